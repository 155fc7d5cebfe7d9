/**
 * A graph: operations by name, in their order, with collections, versions and functions.
 *
 * TensorFlow: python/framework/ops.py (Graph).
 */
import {
  type AttrValue,
  type FunctionDefLibrary,
  type GraphDef,
  type IFunctionDefLibrary,
  type IGraphDef,
  type NodeDef,
  type OpDef,
  tensorflow,
  type VersionDef,
} from '../proto/messages'
import { InternalError } from '../util/errors'
import { UniqueNames } from '../util/unique-name'
import { Collections } from '../variables/collections'
import { addNode, addNodeOfKind, type NewNodeOfKind, type NewOperation } from './add-node'
import { exportGraphDef, nodeDefOf } from './export-graph-def'
import { FunctionLibrary } from './function-library'
import { type Allowed, elementOf, namedOperation, namedTensor } from './graph-element'
import { snapshot } from './graph-snapshot'
import { type GraphState, settle } from './graph-state'
import { importInto } from './import-into'
import { CLASS, newKind, type NewKind, type NodeKind } from './node-kind'
import { type GraphOperation, type Operation, partsOf } from './operation'
import { findOp } from './op-registry'
import { GRAPH_DEF_VERSION } from './ops.gen'
import type { Tensor } from './tensor'

export type { NewOperation } from './add-node'
export type { NodeKind } from './node-kind'
export type { Operation } from './operation'
export type { PartialShape, Tensor } from './tensor'

let stateOf: (graph: Graph) => GraphState

/** Operations by name, in their order, with collections, versions and functions. */
export class Graph {
  readonly #state: GraphState = newState(this)

  static {
    stateOf = (graph) => graph.#state
  }

  /** A new graph of the nodes of a GraphDef: importGraphDef() with the name ''. @throws as importGraphDef() */
  static fromGraphDef(graphDef: IGraphDef): Graph {
    const graph = new Graph()
    importInto(graph.#state, graphDef, { name: '' })
    return graph
  }

  /** Every operation, in graph order: a fresh list. */
  getOperations(): readonly Operation[] {
    return [...settled(this.#state).operations]
  }

  /**
   * @throws {KeyError} where there is no such operation. {ValueError} for the name of a tensor. {TypeError} for what is no name.
   */
  getOperationByName(name: string): Operation {
    return namedOperation(name, findIn(this.#state))
  }

  /**
   * The tensor "<op_name>:<output_index>"; an index below zero counts from the op's last output, as in Python.
   *
   * @throws {KeyError} where there is no such operation or output. {ValueError} for what is no tensor's name, such as that of
   *   an operation. {TypeError} for what is no name.
   */
  getTensorByName(name: string): Tensor {
    return namedTensor(name, findIn(this.#state))
  }

  /**
   * The operation or tensor that is meant: by its name, or itself.
   *
   * @throws as getOperationByName() and getTensorByName(); {ValueError} for an element of another graph, and where neither kind
   *   is allowed. {TypeError} for what is neither.
   */
  asGraphElement(nameOrElement: string | Operation | Tensor, options: Allowed = {}): Operation | Tensor {
    const { collections } = this.#state
    return elementOf(nameOrElement, { graph: this, collections, find: findIn(this.#state) }, options)
  }

  /**
   * A copy of a collection; an empty one where there is none.
   *
   * @param scope a regular expression: only items that have a `name` whose start it matches; '' leaves out those that have none.
   * @throws {ValueError} for what is no regular expression.
   */
  getCollection(key: string, scope?: string): readonly unknown[] {
    return this.#state.collections.get(key, scope)
  }

  /** Puts a value behind those of a collection; one that is there already is there twice then. */
  addToCollection(key: string, value: unknown): void {
    this.#state.collections.add(key, value)
  }

  /** The keys that have a collection. */
  getAllCollectionKeys(): string[] {
    return this.#state.collections.keys()
  }

  /**
   * The graph as a message. The lists and maps in it are the caller's; the values of attributes are the graph's own: put
   * others in their places, but do not write into them.
   *
   * @param options.addShapes whether each node says the shapes of its outputs, in the attribute `_output_shapes`; default false.
   */
  asGraphDef(options: { addShapes?: boolean } = {}): GraphDef {
    return exportGraphDef(settled(this.#state), options.addShapes ?? false)
  }

  /**
   * `name` where nobody has used it, else `name_1`, `name_2`, …: the first that is free, without regard to case.
   *
   * @param options.markAsUsed false only looks: the next call gives the same name. Default true.
   */
  uniqueName(name: string, options: { markAsUsed?: boolean } = {}): string {
    // Nodes that are only promised have taken their names already.
    return this.#state.names.unique(name, options)
  }

  /** The versions that a GraphDef of this graph says: of a new one TensorFlow 2.21's producer; a copy. */
  get versions(): VersionDef {
    return copyVersions(settled(this.#state).versions)
  }

  /** The functions that its nodes may call; undefined where there are none. */
  get library(): FunctionDefLibrary | undefined {
    return settled(this.#state).library.toProto()
  }
}

function newState(graph: Graph): GraphState {
  return {
    graph,
    names: new UniqueNames(),
    collections: new Collections(),
    operations: [],
    byName: new Map(),
    library: new FunctionLibrary(),
    fileOps: new Map(),
    versions: new tensorflow.VersionDef({ producer: GRAPH_DEF_VERSION }),
    deferred: [],
    settling: false,
    scopes: { names: new Set(), upTo: 0 },
    indexed: 0,
  }
}

function settled(state: GraphState): GraphState {
  settle(state)
  return state
}

function findIn(state: GraphState): (name: string) => GraphOperation | undefined {
  return (name) => settled(state).byName.get(name)
}

function copyVersions(versions: VersionDef): VersionDef {
  return new tensorflow.VersionDef({ ...versions, badConsumers: [...versions.badConsumers] })
}

/** What the house may do with a graph beyond its public methods. */
export const graphInternals = {
  /** A graph that shares names and collections with a store. */
  create(names: UniqueNames, collections: Collections): Graph {
    const graph = new Graph()
    Object.assign(stateOf(graph), { names, collections })
    return graph
  },

  /** What the graph holds; deferred builds have run. */
  state(graph: Graph): GraphState {
    return settled(stateOf(graph))
  },

  /**
   * Adds a node under the very name that is given.
   * @throws {ValueError} "Duplicate node name in graph: 'x'"; what the node's op does not allow
   */
  addOperation(graph: Graph, node: NewOperation): Operation {
    return addNode(stateOf(graph), node, node.opDef ?? graphInternals.opDef(graph, node.type))
  },

  /** Adds a node of a kind that was checked. @throws as addOperation() */
  addOfKind(graph: Graph, node: NewNodeOfKind): Operation {
    return addNodeOfKind(stateOf(graph), node)
  },

  /** What nodes of a type and with these attributes share. @throws as addOperation() */
  newKind(graph: Graph, type: string, kind: Omit<NewKind, 'opDef'>): NodeKind {
    const opDef = graphInternals.opDef(graph, type)
    if (opDef === undefined) throw new InternalError(`There is no op ${type}`)
    return newKind({ ...kind, opDef })
  },

  /** The names that its nodes have, and those that are reserved. */
  names(graph: Graph): UniqueNames {
    return stateOf(graph).names
  },

  collections(graph: Graph): Collections {
    return stateOf(graph).collections
  },

  /** Every operation, in graph order: the graph's own list. */
  operations(graph: Graph): readonly Operation[] {
    return settled(stateOf(graph)).operations
  },

  /** What an operation takes, without making tensors of it: whose outputs, and which. */
  inputsOf(op: Operation): { readonly inputOps: readonly Operation[]; readonly inputIndexes: readonly number[] } {
    return partsOf(op as GraphOperation)
  },

  /** What runs before an operation: the graph's own list. */
  controlsOf(op: Operation): readonly Operation[] {
    return partsOf(op as GraphOperation).controls
  },

  /** The one text of `_class`, where the node is of a kind that leaves it to its nodes. */
  classText(op: Operation): string | undefined {
    const { kind, own } = partsOf(op as GraphOperation)
    const value = own[kind?.own.indexOf(CLASS) ?? -1]
    return typeof value === 'string' ? value : undefined
  },

  /** An attribute that other nodes may have, too: not to be changed, nor to be handed out. */
  heldAttr(op: Operation, name: string): AttrValue | undefined {
    return (op as GraphOperation).heldAttr(name)
  },

  /** The op of a type: TensorFlow's own, else a function of the library, else one that a file told of. */
  opDef(graph: Graph, type: string): OpDef | undefined {
    const { library, fileOps } = stateOf(graph)
    return findOp(type) ?? library.signature(type) ?? fileOps.get(type)
  },

  /** Ops of a file's stripped_op_list: asked for where an op is unknown otherwise. The first of a name stays. */
  addOpDefs(graph: Graph, opDefs: Iterable<OpDef>): void {
    const { fileOps } = stateOf(graph)
    for (const opDef of opDefs) if (!fileOps.has(opDef.name)) fileOps.set(opDef.name, opDef)
  },

  setVersions(graph: Graph, versions: VersionDef): void {
    stateOf(graph).versions = copyVersions(versions)
  },

  library(graph: Graph): FunctionLibrary {
    return stateOf(graph).library
  },

  addFunctions(graph: Graph, library: IFunctionDefLibrary): void {
    stateOf(graph).library.add(library)
  },

  /**
   * Runs `build` before anybody looks at the graph's nodes: the next look-up, export or new node from outside of a
   * deferred build. Builds run in the order in which they were deferred. Names are taken by the caller, at once.
   */
  defer(graph: Graph, build: () => void): void {
    stateOf(graph).deferred.push(build)
  },

  /** The last build that still waits: who goes on adding to it need not defer another. */
  lastDeferred(graph: Graph): (() => void) | undefined {
    return stateOf(graph).deferred.at(-1)
  },

  /**
   * Runs `work`; where it throws, the graph is as it was: nodes, names, functions, versions. Collections are not among it.
   * Deferred builds run first.
   */
  atomically<R>(graph: Graph, work: () => R): R {
    const restore = snapshot(stateOf(graph))
    try {
      return work()
    } catch (error) {
      restore()
      throw error
    }
  },

  /** A node as it is exported. */
  nodeDef(op: Operation): NodeDef {
    return nodeDefOf(op as GraphOperation)
  },

  /** The operation of that name, if there is one. */
  find(graph: Graph, name: string): Operation | undefined {
    return settled(stateOf(graph)).byName.get(name)
  },
}
