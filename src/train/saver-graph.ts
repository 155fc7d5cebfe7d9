/**
 * The graph of a Saver: which one it is, the Saver's nodes in it, and the SaverDef that names them.
 *
 *     options.graph                              a node for each variable has to be there
 *     variables of one store                     the graph of that store
 *     anything else                              a graph of its own, with a variable for each key
 *
 * The Saver's scope is taken when it is made; its nodes are made when somebody looks at the graph.
 *
 * TensorFlow: python/training/saver.py, Saver.build.
 */
import { Graph, graphInternals, type Operation } from '../graph/graph'
import { graphOf, storeForGraph, storeOfGraph } from '../graph/store-graph'
import { shapeFromProto } from '../graph/output-shapes'
import type { SaverDef } from '../proto/messages'
import { dtypeInfo } from '../tensor/dtype'
import { formatShape, type Shape } from '../tensor/ndarray'
import { ValueError } from '../util/errors'
import { setSaveSliceInfo, Variable } from '../variables/variable'
import { storeInternals, VariableStore } from '../variables/variable-store'
import { isVariableOp } from './item-nodes'
import { addSaverNodes, type SaverNodeItem, type SaverNodeOptions } from './saver-nodes'
import type { SaverOptions } from './saver-options'
import type { SaverFormat } from './shards'
import type { SaveItem, VarList } from './var-list'

/** Where a Saver's nodes are. */
export interface SaverGraph {
  readonly graph: Graph
  /** The Saver's message, of which there is one: undefined where it saves nothing. */
  readonly saverDef: SaverDef | undefined
  /** The message as far as its nodes were made. */
  readonly known: SaverDef | undefined
}

/** The graph of a Saver whose nodes are there already. */
export function givenSaverGraph(graph: Graph, saverDef: SaverDef): SaverGraph {
  return { graph, saverDef, known: saverDef }
}

/**
 * The graph of a new Saver.
 * @throws {ValueError} where `options.graph` has no node for a variable; for a name that is none
 */
export function newSaverGraph(
  varList: VarList,
  items: readonly SaveItem[],
  options: SaverOptions,
  format: SaverFormat,
): SaverGraph {
  const place = graphOfItems(varList, items, options)
  if (place === undefined) return new PrivateGraph(items, options, format)
  const { graph, nodeOf } = place
  return new BuiltGraph(graph, items, nodeOptionsOf(options, format, takeScope(graph, options.name)), nodeOf)
}

/** A graph, and how an item's node is found there. */
export interface ItemsPlace {
  readonly graph: Graph
  readonly nodeOf: (item: SaveItem) => SaverNodeItem
}

/**
 * The graph that items are in, or that the caller chose; undefined where a Saver makes one of its own.
 * @throws {ValueError} where `options.graph` has no node for one of them
 */
export function graphOfItems(
  varList: VarList,
  items: readonly SaveItem[],
  { graph }: SaverOptions,
): ItemsPlace | undefined {
  const store = storeOfItems(varList, items)
  if (graph === undefined) return store && placeIn(graphOf(store))
  if (!(graph instanceof Graph)) throw new TypeError(`Cannot save with this graph: it is no Graph: ${String(graph)}`)
  if (store !== undefined && storeOfGraph(graph) === store) return placeIn(graph)
  // Said at once, and not when somebody looks at the graph.
  const names = ownNodeNames(items)
  const nodes = new Map(items.map((item, at) => [item, checkedNode(graph, item, names[at] ?? item.key)]))
  return { graph, nodeOf: (item) => nodes.get(item) ?? checkedNode(graph, item, item.key) }
}

function placeIn(graph: Graph): ItemsPlace {
  return { graph, nodeOf: (item) => variableNode(graph, item) }
}

/** The store that all the variables belong to; undefined where there is none, or several. */
function storeOfItems(varList: VarList, items: readonly SaveItem[]): VariableStore | undefined {
  if (varList instanceof VariableStore) return varList
  let store: VariableStore | undefined
  for (const { saveable } of items) {
    if (!(saveable instanceof Variable)) return undefined
    const own = storeInternals.storeOf(saveable)
    if (own === undefined || (store !== undefined && store !== own)) return undefined
    store = own
  }
  return store
}

/** Nodes that are promised to a graph. */
class BuiltGraph implements SaverGraph {
  readonly graph: Graph
  readonly #isEmpty: boolean
  #saverDef: SaverDef | undefined

  constructor(
    graph: Graph,
    items: readonly SaveItem[],
    options: SaverNodeOptions,
    nodeOf: (item: SaveItem) => SaverNodeItem,
  ) {
    this.graph = graph
    this.#isEmpty = items.length === 0
    if (this.#isEmpty) return
    graphInternals.defer(graph, () => {
      this.#saverDef = addSaverNodes(graph, items.map(nodeOf), options)
    })
  }

  get saverDef(): SaverDef | undefined {
    // Looking at the graph makes what was promised.
    if (!this.#isEmpty) graphInternals.state(this.graph)
    return this.#saverDef
  }

  get known(): SaverDef | undefined {
    return this.#saverDef
  }
}

/** A graph that is made when somebody asks. */
class PrivateGraph implements SaverGraph {
  readonly #items: readonly SaveItem[]
  readonly #options: SaverOptions
  readonly #format: SaverFormat
  #built: SaverGraph | undefined

  constructor(items: readonly SaveItem[], options: SaverOptions, format: SaverFormat) {
    this.#items = items
    this.#options = options
    this.#format = format
    // What is wrong with the scope's name is said at once.
    takeScope(graphOf(new VariableStore()), options.name)
  }

  get graph(): Graph {
    return this.#build().graph
  }

  get saverDef(): SaverDef | undefined {
    return this.#build().saverDef
  }

  get known(): SaverDef | undefined {
    return this.#built?.known
  }

  #build(): SaverGraph {
    if (this.#built !== undefined) return this.#built
    const store = new VariableStore()
    const graph = graphOf(store)
    const names = ownNodeNames(this.#items)
    const variables = new Map(this.#items.map((item, at) => [item, stand(store, item, names[at] ?? item.key)]))
    const nodeOf = (item: SaveItem): SaverNodeItem =>
      variableNode(graph, { ...item, saveable: variables.get(item) as Variable })
    const options = nodeOptionsOf(this.#options, this.#format, takeScope(graph, this.#options.name))
    this.#built = new BuiltGraph(graph, this.#items, options, nodeOf)
    return this.#built
  }
}

/** The nodes that stand for objects of the caller's own: named after their keys, parts as TensorFlow names parts. */
export function ownNodeNames(items: readonly SaveItem[]): string[] {
  let number = 0
  return items.map(({ key, part }, at) => {
    if (part === undefined) return key
    number = items[at - 1]?.key === key ? number + 1 : 0
    return `${key}/part_${number}`
  })
}

/** A variable without a value that stands for what is saved. */
function stand(store: VariableStore, { key, saveable, part }: SaveItem, name: string): Variable {
  const { dtype, shape } = saveable
  const kind =
    saveable instanceof Variable
      ? { trainable: saveable.trainable, device: saveable.device, useResource: saveable.op.type === 'VarHandleOp' }
      : { trainable: false }
  const variable = storeInternals.create(store, nodeNameOf(name), { dtype, shape, value: undefined }, kind)
  if (part !== undefined) setSaveSliceInfo(variable, { fullName: nodeNameOf(key), ...part })
  return variable
}

/** A key as a node's name: what a name cannot hold becomes "_". TensorFlow: python/framework/ops.py, _VALID_OP_NAME_REGEX. */
export function nodeNameOf(key: string): string {
  // A slash at the end means something else to those who make nodes.
  const name = key.replace(/[^A-Za-z0-9_.\\/>-]/g, '_').replace(/\/$/, '_')
  return /^[A-Za-z0-9.]/.test(name) ? name : `v${name}`
}

/** "save/", "save_1/", …, under the name scope that is open. @throws {ValueError} for what is no name of a scope */
function takeScope(graph: Graph, name = 'save'): string {
  return storeForGraph(graph).nameScope(name, (scope) => scope)
}

function nodeOptionsOf(options: SaverOptions, { version, shards }: SaverFormat, scope: string): SaverNodeOptions {
  const { filename, reshape = false, maxToKeep = 5, keepCheckpointEveryNHours = 10000 } = options
  const format = { writeVersion: version, sharded: shards !== undefined, shards }
  return { scope, filename, reshape, maxToKeep, keepCheckpointEveryNHours, ...format }
}

/** A variable's own node. */
function variableNode(graph: Graph, { key, saveable, part }: SaveItem): SaverNodeItem {
  // Only what belongs to the store of this graph comes here.
  const variable = saveable as Variable
  const op = graph.getOperationByName(variable.op.name)
  const { shape } = variable
  if (op.type !== 'VarHandleOp' && part === undefined) return { key, op, shape }
  const { snapshot } = storeInternals.nodeNames(variable)
  const tensor = findTensor(graph, snapshot)
  return { key, op, shape, snapshot: tensor, part }
}

/** What "w/read" or "split:1" is; undefined where it is not there. */
function findTensor(graph: Graph, input: string): SaverNodeItem['snapshot'] {
  const [, name = input, index = '0'] = /^(.*):(\d+)$/.exec(input) ?? []
  return graphInternals.find(graph, name)?.outputs[Number(index)]
}

/** The node of that name in a graph of the caller's. @throws {ValueError} where there is none that fits */
function checkedNode(graph: Graph, { key, saveable, part }: SaveItem, ownName: string): SaverNodeItem {
  const name = saveable instanceof Variable ? saveable.op.name : ownName
  const op = graphInternals.find(graph, name)
  if (op === undefined || !isVariableOp(op.type)) {
    const what = op === undefined ? 'has no node of that name' : `has a node of that name of type ${op.type}`
    throw new ValueError(`Cannot save ${key} with this graph: no variable ${name}: it ${what}`)
  }
  const shape = knownShape(op)
  if (op.getAttr('dtype')?.type !== dtypeInfo(saveable.dtype).number || !isShape(shape, saveable.shape)) {
    const asked = `${saveable.dtype}${formatShape(saveable.shape)}`
    throw new ValueError(`Cannot save ${key} with this graph: its variable ${name} is no ${asked}`)
  }
  return { key, op, shape: saveable.shape, part }
}

function knownShape(op: Operation): readonly (number | null)[] | undefined {
  return shapeFromProto(op.getAttr('shape')?.shape ?? { unknownRank: true })
}

function isShape(partial: readonly (number | null)[] | undefined, shape: Shape): boolean {
  if (partial === undefined) return true
  return partial.length === shape.length && partial.every((size, at) => size === null || size === shape[at])
}
