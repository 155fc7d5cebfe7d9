/**
 * tf.train.export_meta_graph: a graph with its collections and what its Saver is, as one message.
 *
 *     graph → the part that is exported → ops that it takes → collections, by key
 *
 * TensorFlow: python/framework/meta_graph.py, export_scoped_meta_graph and create_meta_graph_def.
 */
import type { Logger, WriteOptions } from '../fs/file-system'
import { Graph, graphInternals } from '../graph/graph'
import { TENSORFLOW_GIT_VERSION, TENSORFLOW_VERSION } from '../graph/ops.gen'
import { graphOf } from '../graph/store-graph'
import { stripDefaultAttrs } from '../graph/strip-attrs'
import { type OpUsers, strippedOpList, usersOf } from '../graph/stripped-op-list'
import { copyMessage } from '../proto/message-copy'
import {
  type GraphDef,
  type ICollectionDef,
  type ISaverDef,
  type MetaGraphDef,
  type SaverDef,
  tensorflow,
} from '../proto/messages'
import { ValueError } from '../util/errors'
import type { VariableStore } from '../variables/variable-store'
import { collectionDef, collectionDefOf } from './collection-defs'
import { itemTypeName } from './collection-items'
import { type ExportPart, exportPart, extraneousSaverNodes, UNBOUND_INPUTS } from './export-scope'
import { writeMetaGraph } from './meta-graph-io'
import { stripNameScope } from './scope-names'

/** What of a graph is exported, and how. */
export interface MetaGraphOptions {
  /** The Saver that is to come back with the graph. */
  saverDef?: ISaverDef
  /** The keys of the collections that are exported. Default: all. */
  collectionList?: readonly string[] | undefined
  /** Only nodes whose name begins with this; the scope is cut from their names. Default: the whole graph. */
  exportScope?: string | undefined
  /** Whether nodes forget the devices they were put on. Default false. */
  clearDevices?: boolean | undefined
  /** Whether the nodes of other Savers than `saverDef`'s are left out. Default false. */
  clearExtraneousSavers?: boolean | undefined
  /** Whether attributes that are what the op has by default are left out. Default false. */
  stripDefaultAttrs?: boolean | undefined
  /** Where messages go: the console by default. */
  logger?: Logger | undefined
}

/** What exportMetaGraph() takes: a graph, or the variables of one. */
export interface ExportMetaGraphOptions extends WriteOptions, Omit<MetaGraphOptions, 'logger'> {
  /** Where the meta graph is written; without it, it is only given back. */
  filename?: string
  /** The graph. */
  graph?: Graph
  /** Variables, in place of their graph. */
  variables?: VariableStore
  /** Whether the file is text. Default false. */
  asText?: boolean
}

/**
 * tf.train.export_meta_graph: the graph, its collections, and a Saver if one is given, as a message; with `filename`, also
 * as a file.
 *
 * The message says that TensorFlow 2.21.0 made it: that is whose ops and attributes are in it, and readers go by it.
 * Attributes share their values with the graph: put others in their places, but do not write into them.
 *
 * What a collection holds that no file can (a mixed list, an object without a name) is left out with a warning, the whole
 * collection, as in TensorFlow. With a scope, `clearDevices` or `clearExtraneousSavers`, the graph's collection
 * "unbound_inputs" becomes what the part takes from outside.
 *
 * @throws {ValueError} without a graph and variables, and for variables of another graph; for a graph of 2 GB or more, when it
 *   is written, and before anything is
 * @throws {TypeError} "saver_def must be of type SaverDef. Received type: …"
 */
export async function exportMetaGraph(options: ExportMetaGraphOptions): Promise<MetaGraphDef> {
  const { filename, ...rest } = options
  const metaGraphDef = metaGraphOf(chosenGraph(options), rest)
  if (filename !== undefined) await writeMetaGraph(filename, metaGraphDef, rest)
  return metaGraphDef
}

function chosenGraph({ graph, variables }: ExportMetaGraphOptions): Graph {
  checkGraph(graph)
  if (variables === undefined) {
    if (graph === undefined) throw new ValueError('exportMetaGraph() takes a graph or variables: neither is there')
    return graph
  }
  const own = graphOf(variables)
  if (graph === undefined || graph === own) return own
  throw new ValueError('Cannot export these variables with this graph: they belong to another one')
}

/** @throws {TypeError} "graph must be of type Graph. Received type: <class 'str'>." */
export function checkGraph(graph: unknown): void {
  if (graph === undefined || graph instanceof Graph) return
  throw new TypeError(`graph must be of type Graph. Received type: <class '${itemTypeName(graph)}'>.`)
}

/** What exportMetaGraph() gives. @throws as exportMetaGraph() */
export function metaGraphOf(graph: Graph, options: MetaGraphOptions): MetaGraphDef {
  const saverDef = checkedSaverDef(options.saverDef)
  const { part, graphDef, users } = exportedGraph(graph, options, saverDef)
  const stripped = options.stripDefaultAttrs === true
  const findOp = (type: string): ReturnType<typeof graphInternals.opDef> => graphInternals.opDef(graph, type)
  const metaGraphDef = new tensorflow.MetaGraphDef({})
  metaGraphDef.metaInfoDef = new tensorflow.MetaGraphDef.MetaInfoDef({
    strippedOpList: strippedOpList(users, findOp),
    tensorflowVersion: TENSORFLOW_VERSION,
    tensorflowGitVersion: TENSORFLOW_GIT_VERSION,
    ...(stripped ? { strippedDefaultAttrs: true } : {}),
  })
  metaGraphDef.graphDef = stripped ? stripDefaultAttrs(graphDef, findOp) : graphDef
  if (saverDef !== undefined) metaGraphDef.saverDef = saverDef
  metaGraphDef.collectionDef = collectionDefs(graph, options, part, saverDef)
  return metaGraphDef
}

/** A copy, so that nobody's later changes show in it. */
function checkedSaverDef(saverDef: ISaverDef | undefined): SaverDef | undefined {
  if (saverDef === undefined || saverDef === null) return undefined
  if (typeof saverDef === 'object') return copyMessage<SaverDef>('tensorflow.SaverDef', saverDef)
  throw new TypeError(`saver_def must be of type SaverDef. Received type: <class '${itemTypeName(saverDef)}'>.`)
}

function exportedGraph(
  graph: Graph,
  options: MetaGraphOptions,
  saverDef: SaverDef | undefined,
): { part: ExportPart; graphDef: GraphDef; users: OpUsers } {
  const { exportScope = '', clearDevices = false, clearExtraneousSavers = false } = options
  const whole = graph.asGraphDef({ addShapes: true })
  const excluded = clearExtraneousSavers ? extraneousSaverNodes(whole, saverDef) : new Set<string>()
  const part = { exportScope, clearDevices, excluded }
  if (exportScope === '' && !clearDevices && !clearExtraneousSavers) {
    // Nodes are made of a graph where somebody looks at them.
    return { part, graphDef: whole, users: { node: usersOf(graphInternals.operations(graph)), library: whole.library } }
  }
  const { graphDef, unboundInputs } = exportPart(whole, part)
  setUnboundInputs(graph, unboundInputs)
  return { part, graphDef, users: graphDef }
}

function setUnboundInputs(graph: Graph, unboundInputs: readonly string[]): void {
  const collections = graphInternals.collections(graph)
  collections.delete(UNBOUND_INPUTS)
  for (const input of unboundInputs) collections.add(UNBOUND_INPUTS, input)
}

function collectionDefs(
  graph: Graph,
  options: MetaGraphOptions,
  part: ExportPart,
  saverDef: SaverDef | undefined,
): MetaGraphDef['collectionDef'] {
  const filter = { exportScope: part.exportScope, excluded: part.excluded, logger: options.logger }
  const collections = graphInternals.collections(graph)
  const entries: [string, ICollectionDef][] = []
  for (const key of new Set(options.collectionList ?? collections.keys())) {
    const isOverridden = options.clearExtraneousSavers === true && key === 'savers'
    const def = isOverridden
      ? collectionDefOf(key, collections.get(key).length > 0 ? savers(saverDef) : [], filter)
      : collectionDef(collections, key, filter)
    if (def !== undefined) entries.push([key, def])
  }
  // Keys are anybody's words: entries become properties of its own, __proto__ too.
  return Object.fromEntries(entries) as MetaGraphDef['collectionDef']
}

/** The one Saver that stays. TensorFlow makes one up where there is none, whose nodes the file lacks. */
function savers(saverDef: SaverDef | undefined): unknown[] {
  if (saverDef === undefined) return []
  const toProto = (options?: { exportScope: string }): SaverDef | undefined =>
    options === undefined ? saverDef : strippedSaverDef(saverDef, options.exportScope)
  return [{ toProto }]
}

/**
 * A SaverDef whose names lack the scope; undefined where one of them is outside of it.
 * TensorFlow: python/training/saver.py, Saver.to_proto.
 */
export function strippedSaverDef(saverDef: SaverDef, exportScope: string): SaverDef | undefined {
  const { filenameTensorName, saveTensorName, restoreOpName } = saverDef
  const isInside = [filenameTensorName, saveTensorName, restoreOpName].every((name) => name.startsWith(exportScope))
  if (!isInside) return undefined
  const stripped = copyMessage<SaverDef>('tensorflow.SaverDef', saverDef)
  stripped.filenameTensorName = stripNameScope(filenameTensorName, exportScope)
  stripped.saveTensorName = stripNameScope(saveTensorName, exportScope)
  stripped.restoreOpName = stripNameScope(restoreOpName, exportScope)
  return stripped
}
