/**
 * tf.train.import_meta_graph: a graph with its collections, its variables and its Saver, out of a meta graph.
 *
 *     bytes → the graph's nodes → collections by key, "trainable_variables" first → the Saver
 *
 * All or nothing: where it throws, a graph and variables that were given are as they were.
 *
 * TensorFlow: python/training/saver.py (import_meta_graph), python/framework/meta_graph.py (import_scoped_meta_graph).
 */
import { loggerOf, type ReadOptions } from '../fs/file-system'
import { Graph, graphInternals, type Operation, type Tensor } from '../graph/graph'
import { importGraphDef } from '../graph/import-graph-def'
import { findOp } from '../graph/op-registry'
import { graphOf, storeForGraph } from '../graph/store-graph'
import { removeUnknownDefaults } from '../graph/strip-attrs'
import { variableFromDef } from '../graph/variable-def'
import { copyMessage } from '../proto/message-copy'
import { type GraphDef, type IMetaGraphDef, type MetaGraphDef, type SaverDef, tensorflow } from '../proto/messages'
import { ValueError } from '../util/errors'
import { isBytes } from '../tensor/ndarray'
import { storeInternals, type VariableStore } from '../variables/variable-store'
import { changedMessage } from './changed-message'
import { markFloats } from './collection-items'
import { frameNames } from './collection-protos'
import { checkGraph } from './export-meta-graph'
import { isEnter, UNBOUND_INPUTS } from './export-scope'
import { importCollections } from './import-collections'
import { defaultSaver, importedSaver } from './imported-saver'
import { parseMetaGraph, readMetaGraph } from './meta-graph-io'
import type { Saver } from './saver'
import { nodeNameOf, prependNameScope, type Rename, withoutMark } from './scope-names'

/** Tensors in place of inputs, by the inputs' names. */
type InputMap = ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>

/** What importMetaGraph() takes. */
export interface ImportMetaGraphOptions extends ReadOptions {
  /** The graph that gets the nodes. Default: that of `variables`, else a new one. */
  graph?: Graph
  /** The variables of the graph that gets the nodes. */
  variables?: VariableStore
  /** Whether nodes forget the devices they were put on. Default false. */
  clearDevices?: boolean
  /** What stands in front of all names, made unique: "sc" gives "sc/w", "sc_1/w" the next time. Default: nothing. */
  importScope?: string
  /** Tensors of `graph` in place of inputs, by the names that the file has for them. */
  inputMap?: InputMap
  /** Names of operations and tensors of the file that are given back. */
  returnElements?: readonly string[]
}

/** What importMetaGraph() gives. */
export interface ImportedMetaGraph {
  readonly graph: Graph
  /** Shapes and dtypes are known, values are unset until they are restored. */
  readonly variables: VariableStore
  /**
   * The Saver that the file tells of, with its keys; without one, a Saver of all variables; undefined where there are none.
   * Its list of checkpoints is empty.
   */
  readonly saver: Saver | undefined
  /** As it stands in the file. */
  readonly metaGraphDef: MetaGraphDef
  /** Those of `returnElements`. */
  readonly elements: (Operation | Tensor)[]
}

/**
 * tf.train.import_meta_graph: a graph, its collections, its variables and its Saver, from a .meta file, its bytes, or a
 * message. Bytes of the file stay in use: constants are views of them.
 *
 * Names that the file uses and the graph has from elsewhere are an error (TensorFlow takes the graph's own node for the
 * file's): give an `importScope`. Ops that TensorFlow does not have are taken from the file's list of ops.
 *
 * @throws {OSError} "File does not exist. Received: no.meta."; "Cannot parse file t.meta: …"
 * @throws {FailedPreconditionError} "d; Is a directory"
 * @throws {ValueError} "Graph contains unbound inputs: $unbound_inputs_c. Must provide these inputs through input_map."; as
 *   importGraphDef(); for names that the graph has already; for variables of another graph
 * @throws {KeyError} for names of nodes that are not in the graph
 * @throws {InvalidArgumentError} for collections of bytes that are no messages, and Savers whose nodes contradict themselves
 */
export async function importMetaGraph(
  metaGraphOrFile: IMetaGraphDef | Uint8Array | string,
  options: ImportMetaGraphOptions = {},
): Promise<ImportedMetaGraph> {
  const metaGraphDef =
    typeof metaGraphOrFile === 'string' ? await readMetaGraph(metaGraphOrFile, options) : messageOf(metaGraphOrFile)
  checkUnboundInputs(metaGraphDef, options.inputMap)
  const target = chooseTarget(options)
  const imported = graphInternals.atomically(target.graph, () =>
    storeInternals.atomically(target.variables, () => importInto(target, metaGraphDef, options)),
  )
  for (const key of imported.floatKeys) markFloats(graphInternals.collections(target.graph), key)
  const { saver, elements } = imported
  return { ...target, saver, metaGraphDef, elements }
}

function messageOf(given: IMetaGraphDef | Uint8Array): MetaGraphDef {
  if (isBytes(given)) return parseMetaGraph(given)
  if (given instanceof tensorflow.MetaGraphDef) return given as MetaGraphDef
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`importMetaGraph() takes a MetaGraphDef, its bytes or a file's name, and not ${String(given)}`)
  }
  if (Array.isArray((given as { node?: unknown }).node)) {
    throw new TypeError('importMetaGraph() takes a MetaGraphDef, and this is a GraphDef: importGraphDef() takes it')
  }
  return copyMessage<MetaGraphDef>('tensorflow.MetaGraphDef', given as IMetaGraphDef)
}

/** TensorFlow also refuses a map of more inputs than these, and an input that is in the list twice. */
function checkUnboundInputs({ collectionDef }: MetaGraphDef, inputMap: InputMap = {}): void {
  const def = Object.hasOwn(collectionDef, UNBOUND_INPUTS) ? collectionDef[UNBOUND_INPUTS] : undefined
  const texts = def?.bytesList?.value.map((bytes) => new TextDecoder().decode(bytes))
  const inputs = texts ?? def?.nodeList?.value ?? []
  const isMapped = (name: string): boolean =>
    inputMap instanceof Map ? inputMap.has(name) : Object.hasOwn(inputMap, name)
  if (inputs.every((name) => isMapped(name) || isMapped(`${name}:0`))) return
  throw new ValueError(
    `Graph contains unbound inputs: ${inputs.join(',')}. Must provide these inputs through input_map.`,
  )
}

interface Target {
  readonly graph: Graph
  readonly variables: VariableStore
}

function chooseTarget({ graph, variables }: ImportMetaGraphOptions): Target {
  checkGraph(graph)
  if (variables === undefined) {
    const chosen = graph ?? new Graph()
    return { graph: chosen, variables: storeForGraph(chosen) }
  }
  const own = graphOf(variables)
  if (graph === undefined || graph === own) return { graph: own, variables }
  throw new ValueError('Cannot import into this graph and these variables: they belong to another graph')
}

function importInto(
  { graph, variables }: Target,
  metaGraphDef: MetaGraphDef,
  options: ImportMetaGraphOptions,
): Pick<ImportedMetaGraph, 'saver' | 'elements'> & { readonly floatKeys: readonly string[] } {
  const { importScope = '', inputMap, returnElements, fs, logger } = options
  const known = new Set(graph.getOperations().map(({ name }) => name))
  const scope = importScope === '' ? '' : graph.uniqueName(importScope, { markAsUsed: false })
  const rename = renamer(scope, known)
  graphInternals.addOpDefs(graph, metaGraphDef.metaInfoDef?.strippedOpList?.op ?? [])
  const { elements } = importGraphDef(preparedGraphDef(metaGraphDef, scope, options.clearDevices === true), {
    graph,
    name: importScope,
    ...(inputMap === undefined ? {} : { inputMap }),
    ...(returnElements === undefined ? {} : { returnElements }),
  })
  const makeSaver = (saverDef: SaverDef): Saver =>
    importedSaver(renamedSaverDef(saverDef, rename), { graph, variables, fs, logger })
  const leftOut = new Map<string, string>()
  const { floatKeys } = importCollections(metaGraphDef, {
    graph,
    importScope: scope,
    rename,
    makeVariable: (def) => {
      for (const name of [def.variableName, def.initializerName, def.snapshotName, def.initialValueName]) rename(name)
      const made = variableFromDef(graph, def, { store: variables, importScope: scope })
      if (made.variable === undefined) leftOut.set(def.variableName, made.reason)
      return made.variable
    },
    makeSaver,
    logger,
  })
  // Once for each, in however many collections it is.
  for (const [name, reason] of leftOut) loggerOf({ logger }).warn?.(`${name} is left out: ${reason}`)
  const { saverDef } = metaGraphDef
  return { elements, floatKeys, saver: saverDef ? makeSaver(saverDef) : saverOfAll(variables, importScope, options) }
}

/** A copy with the graph's names. */
function renamedSaverDef(saverDef: SaverDef, rename: Rename): SaverDef {
  const { filenameTensorName, saveTensorName, restoreOpName } = saverDef
  return changedMessage(tensorflow.SaverDef, saverDef, {
    filenameTensorName: rename(filenameTensorName),
    saveTensorName: rename(saveTensorName),
    restoreOpName: rename(restoreOpName),
  })
}

/** A Saver of all variables, where the file has none: those that were there before too. */
function saverOfAll(variables: VariableStore, importScope: string, { fs, logger }: ReadOptions): Saver | undefined {
  // As TensorFlow looks: for the scope that was asked for, where another was taken too.
  if (variables.globalVariables(importScope).length > 0) return defaultSaver(variables, { fs, logger })
  loggerOf({ logger }).info?.('Saver not created because there are no variables in the graph to restore')
  return undefined
}

/** Puts the scope in front. @throws {ValueError} for a name that the graph had before: it is not the file's node */
function renamer(scope: string, known: ReadonlySet<string>): Rename {
  if (known.size === 0) return (name) => prependNameScope(name, scope)
  return (name) => {
    const full = prependNameScope(name, scope)
    const node = nodeNameOf(withoutMark(full))
    if (!known.has(node)) return full
    throw new ValueError(
      `Cannot import ${name}: the graph has a node ${node} already, which is not the file's. Import under an importScope`,
    )
  }
}

/** The file's graph as it is imported; the message is not written into. */
function preparedGraphDef(metaGraphDef: MetaGraphDef, scope: string, clearDevices: boolean): GraphDef {
  const ops = metaGraphDef.metaInfoDef?.strippedOpList
  const whole = metaGraphDef.graphDef ?? new tensorflow.GraphDef({})
  const graphDef = ops ? removeUnknownDefaults(whole, ops, findOp) : whole
  const frames = scope === '' ? undefined : loopFrames(metaGraphDef, scope)
  if (!clearDevices && frames === undefined) return graphDef
  const node = graphDef.node.map((one) => {
    const frame = isEnter(one.op) ? frames?.get(one.name) : undefined
    const isMoved = clearDevices && one.device !== ''
    if (frame === undefined && !isMoved) return one
    const attr = frame === undefined ? one.attr : { ...one.attr, frame_name: frameAttr(frame) }
    return changedMessage(tensorflow.NodeDef, one, { attr, device: clearDevices ? '' : one.device })
  })
  return changedMessage(tensorflow.GraphDef, graphDef, { node })
}

function frameAttr(frame: string): NonNullable<GraphDef['node'][number]['attr'][string]> {
  return new tensorflow.AttrValue({ s: new TextEncoder().encode(frame) })
}

/** The frames of loops have the names of their contexts, by the node that enters. */
function loopFrames({ collectionDef }: MetaGraphDef, scope: string): Map<string, string> {
  const bytesOf = (key: string): readonly Uint8Array[] =>
    (Object.hasOwn(collectionDef, key) ? collectionDef[key]?.bytesList?.value : undefined) ?? []
  const frames = frameNames(bytesOf('while_context'), bytesOf('cond_context'), (name) => prependNameScope(name, scope))
  return new Map([...frames].map(([tensor, frame]) => [nodeNameOf(tensor), frame]))
}
