/**
 * What a store and its graph know of one another. The graph is on a floor above: it hands the store a GraphHost.
 */
import type { NDArray } from '../tensor/ndarray'
import type { UniqueNames } from '../util/unique-name'
import type { Collections } from './collections'
import type { Initial, VariableKind } from './get-variable'
import type { VariableNodeNames } from './node-names'
import type { Variable, VariableOrigin, VariableParts } from './variable'
import type { VariableStore } from './variable-store'

/** The graph of a store, as the store sees it. */
export interface GraphHost {
  /** Says that the store has made a variable, whose names are taken: the graph gets its nodes. */
  variableCreated(variable: Variable): void
  /** Whether the graph has a node of that very name. */
  hasNode(name: string): boolean
}

/** What a variable is made of whose nodes are in the graph already. */
export interface AdoptedParts extends Omit<VariableParts, 'origin' | 'value'> {
  readonly distribution?: VariableOrigin['distribution']
}

/** What a variable takes that the house makes under a name of its own. */
export interface CreateOptions extends VariableKind {
  /** Whether the initial value is computed in the graph, as VariableNodeKind has it. Default false. */
  readonly initializer?: boolean
}

/** What the floors above may do with a store beyond its public methods. */
export interface StoreInternals {
  /** The names that the graph has used; shared with the graph. */
  names(store: VariableStore): UniqueNames
  /** The collections; shared with the graph. */
  collections(store: VariableStore): Collections
  /** The full names of a variable's nodes. */
  nodeNames(variable: Variable): VariableNodeNames
  /** The store that made the variable. */
  storeOf(variable: Variable): VariableStore
  /** Where it belongs, and what a file said of it. */
  originOf(variable: Variable): VariableOrigin
  /** What the variable was made with, as compactInitialValue() keeps it. */
  initialValue(variable: Variable): NDArray | undefined
  /** A store over names and collections that are there already, those of a graph. */
  createIn(names: UniqueNames, collections: Collections): VariableStore
  /** Gives the store its graph. Variables that are made later are announced to it; those of before are the caller's. */
  attach(store: VariableStore, host: GraphHost): void
  host(store: VariableStore): GraphHost | undefined
  /**
   * A variable for nodes that are in the graph already: no names are taken, no collection gets it, and it is
   * uninitialized. Where the store has a variable of that name, it is that one.
   */
  adopt(store: VariableStore, parts: AdoptedParts, nodes: VariableNodeNames): Variable
  /** The variables of getVariable(), by the name that it was called with, scopes in front. */
  sharedVariables(store: VariableStore): ReadonlyMap<string, Variable>
  /** Where `work` throws, variables and collections are as they were before it, and the error goes on. Not the names. */
  atomically<R>(store: VariableStore, work: () => R): R
  /** The name of the open variable scope, "v/w"; "" at the root. */
  variableScopeName(store: VariableStore): string
  /** A name that no node has, under the open name scope. `markAsUsed` false only looks. */
  uniqueName(store: VariableStore, name: string, options?: { markAsUsed?: boolean }): string
  /** tf.variable_scope(None, default_name): a variable scope of a name that none had, in a name scope. */
  enterDefaultScope<R>(store: VariableStore, defaultName: string, body: () => R): R
  /** As VariableStore.variable(), of dtype and shape; without a value it is uninitialized. */
  create(store: VariableStore, name: string, initial: Initial<NDArray['dtype']>, options?: CreateOptions): Variable
}
