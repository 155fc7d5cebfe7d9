/**
 * The nodes of a GraphDef become part of a graph: all of them, or nothing.
 *
 * Nodes may stand in any order; they are made in the order in which TensorFlow makes them. What can fail is done before the
 * graph changes.
 *
 * TensorFlow: python/framework/importer.py, core/common_runtime/graph_constructor.cc.
 */
import { isBytes } from '../util/bytes'
import {
  type FunctionDef,
  type GraphDef,
  type IGraphDef,
  type OpDef,
  type OpList,
  tensorflow,
  type VersionDef,
} from '../proto/messages'
import { ValueError } from '../util/errors'
import { enter } from './add-node'
import { nodesOf } from './file-nodes'
import { type GraphState, settle } from './graph-state'
import { CONTROL, formatTensorId, ImportNames, importScope, type TensorId } from './import-names'
import { type ImportPlan, makeNodes } from './import-nodes'
import {
  type ImportGraphDefOptions,
  type InputMap,
  readGraphDefArgument,
  readInputMap,
  readReturnElements,
  type ReturnElement,
} from './import-options'
import { findEdges, indexNodes, orderNodes } from './import-order'
import { findPlaces } from './import-places'
import { checkVersions, mergeVersions, withVersionHint } from './import-versions'
import { findOp } from './op-registry'
import { type GraphOperation, type Operation, partsOf } from './operation'
import { removeUnknownDefaults } from './strip-attrs'
import type { Tensor } from './tensor'

/** How to import, beside the graph. */
export interface ImportNodesOptions extends Omit<ImportGraphDefOptions, 'graph'> {
  /** The ops of who wrote the graph: attributes that are unknown here, and that have the default of there, are left out. */
  producerOps?: OpList | undefined
  /** Whether nobody else has `graphDef`, so that the graph may keep its parts; default false: they are copied. */
  owned?: boolean | undefined
}

/** What came of it. */
export interface ImportedNodes {
  /** What `returnElements` asked for, in its order. */
  readonly elements: (Operation | Tensor)[]
  /** The scope that was taken: "import_1/", or ''. */
  readonly prefix: string
  /** Of the nodes that got another name than the prefix and their own: by the name in the file, the name in the graph. */
  readonly renamed: ReadonlyMap<string, string>
}

/** Where it throws, the graph is as it was. @throws as importGraphDef() */
export function importInto(
  state: GraphState,
  graphDef: IGraphDef | Uint8Array,
  options: ImportNodesOptions,
): ImportedNodes {
  const read = readGraphDefArgument(graphDef)
  const given = options.producerOps === undefined ? read : removeUnknownDefaults(read, options.producerOps, findOp)
  settle(state)
  const inputMap = readInputMap(options.inputMap, state.graph)
  const wanted = readReturnElements(options.returnElements)
  const scope = importScope(state, options.name ?? 'import')
  const versions = given.versions ?? new tensorflow.VersionDef({})
  checkVersions(versions)
  const isOwned = options.owned === true || isBytes(graphDef)
  const prepared = withVersionHint(versions.producer, () => {
    return prepare(state, given, { versions, inputMap, wanted, prefix: scope.prefix, isOwned })
  })
  checkAllUsed(prepared, inputMap)
  scope.take()
  commit(prepared, given, versions)
  return { elements: prepared.elements, prefix: scope.prefix, renamed: renamedNodes(prepared.plan, scope.prefix) }
}

/** What is ready to go into the graph. */
interface Prepared {
  readonly plan: ImportPlan
  /** By the number of the node in the file. */
  readonly made: readonly GraphOperation[]
  readonly elements: (Operation | Tensor)[]
}

function prepare(state: GraphState, graphDef: GraphDef, options: PlanOptions): Prepared {
  const plan = planImport(state, graphDef, options)
  const made = makeNodes(plan)
  return { plan, made, elements: findElements(options.wanted, plan, made, options.inputMap) }
}

function renamedNodes({ nodes, names }: ImportPlan, prefix: string): Map<string, string> {
  const renamed = new Map<string, string>()
  nodes.forEach(({ name }, at) => {
    const newName = names[at] ?? ''
    if (newName.length !== prefix.length + name.length) renamed.set(name, newName)
  })
  return renamed
}

interface PlanOptions {
  readonly versions: VersionDef
  readonly inputMap: InputMap
  readonly wanted: readonly ReturnElement[]
  readonly prefix: string
  readonly isOwned: boolean
}

function planImport(
  state: GraphState,
  graphDef: GraphDef,
  { versions, inputMap, wanted, prefix, isOwned }: PlanOptions,
): ImportPlan {
  const nodes = nodesOf(graphDef)
  const index = indexNodes(nodes)
  const edges = findEdges(nodes, index, inputMap)
  const functions = state.library.checkAdditions(graphDef.library ?? {})
  const order = orderNodes(nodes, edges)
  const unique = new ImportNames(state, prefix, index)
  const names = new Array<string>(nodes.length)
  for (const at of order) names[at] = unique.unique(nodes[at]?.name ?? '')
  return {
    state,
    nodes,
    index,
    edges,
    order,
    names,
    places: findPlaces(nodes, index, order),
    opDef: opDefs(state, functions),
    wanted,
    producer: versions.producer,
    isOwned,
  }
}

/** Each op is looked up once. */
function opDefs(state: GraphState, functions: ReadonlyMap<string, FunctionDef>): (type: string) => OpDef | undefined {
  const known = new Map<string, OpDef | undefined>()
  return (type) => {
    if (known.has(type)) return known.get(type)
    const own = functions.get(type)?.signature ?? undefined
    const found = findOp(type) ?? state.library.signature(type) ?? own ?? state.fileOps.get(type)
    known.set(type, found)
    return found
  }
}

/** Tensors are looked up before operations. */
function findElements(
  wanted: readonly ReturnElement[],
  plan: ImportPlan,
  made: readonly GraphOperation[],
  inputMap: InputMap,
): (Operation | Tensor)[] {
  const tensors = wanted.map(({ node, index }) => {
    return index === undefined ? undefined : findTensor({ node, index }, plan, made, inputMap)
  })
  return wanted.map(({ node }, at) => tensors[at] ?? findOperation(node, plan, made))
}

function findOperation(name: string, { index }: ImportPlan, made: readonly GraphOperation[]): Operation {
  const found = made[index.get(name) ?? -1]
  if (found === undefined) throw new ValueError(`Requested return node '${name}' not found in graph def`)
  return found
}

function findTensor(id: TensorId, { index }: ImportPlan, made: readonly GraphOperation[], inputMap: InputMap): Tensor {
  const mapped = inputMap.get(formatTensorId(id))
  const op = mapped?.op ?? made[index.get(id.node) ?? -1]
  if (op === undefined) throw new ValueError(`Requested return tensor '${formatTensorId(id)}' not found in graph def`)
  // TensorFlow takes -1 for the node itself, and Python its last output for that.
  const output = mapped?.index ?? (id.index === CONTROL ? op.outputs.length - 1 : id.index)
  const tensor = op.outputs[output]
  if (tensor !== undefined) return tensor
  throw new ValueError(
    `Invalid return output ${id.index} of node '${id.node}', which has ${op.outputs.length} output(s)`,
  )
}

/** A key that stands for nothing is likely a slip of the pen. */
function checkAllUsed({ plan: { edges, index, opDef, nodes }, made }: Prepared, inputMap: InputMap): void {
  const missing = [...inputMap.values()].filter(({ key }) => {
    if (edges.usedKeys.has(formatTensorId(key))) return false
    const at = index.get(key.node)
    if (at === undefined) return true
    const isKnown = opDef(nodes[at]?.op ?? '') !== undefined
    return isKnown && key.index >= partsOf(made[at] as GraphOperation).outputTypes.length
  })
  if (missing.length === 0) return
  const names = missing
    .map(({ key }) => key)
    .sort(compareIds)
    .map(formatTensorId)
  throw new ValueError(`Attempted to map inputs that were not found in graph_def: [${names.join(', ')}]`)
}

function compareIds(a: TensorId, b: TensorId): number {
  return a.node === b.node ? a.index - b.index : a.node < b.node ? -1 : 1
}

function commit({ plan: { state, order }, made }: Prepared, { library }: GraphDef, versions: VersionDef): void {
  if (library) state.library.add(library)
  for (const at of order) enter(state, made[at] as GraphOperation)
  state.versions = mergeVersions(state.versions, versions, (library?.function.length ?? 0) > 0)
}
