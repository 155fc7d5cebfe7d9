/**
 * The variables of a model in memory, by name: what a graph and a session are to TensorFlow's Saver.
 *
 * Names are those that TensorFlow would give in a graph of the same calls, so that the keys in a checkpoint are too.
 *
 * TensorFlow: python/ops/variable_scope.py (get_variable), python/ops/variables.py, python/framework/ops.py
 * (collections).
 */
import type { DType } from '../tensor/dtype'
import type { NDArray } from '../tensor/ndarray'
import { ValueError } from '../util/errors'
import { UniqueNames } from '../util/unique-name'
import { isResourceVariable } from './assignment'
import { COLLECTION_KEYS, Collections, collectionsOf } from './collections'
import { computedTensor, type ComputedTensor } from './computed-tensor'
import { canonicalDevice } from './device'
import {
  getShared,
  type GetVariableOptions,
  type Initial,
  type VariableHost,
  type VariableKind,
  type VariableOptions,
} from './get-variable'
import { getPartitioned, type GetPartitionedVariableOptions } from './get-partitioned-variable'
import { type LoadOptions, loadValues, opNameOf } from './load-values'
import type { RestoreReport } from './restore-report'
import { forgetAfter, NameTable } from './name-table'
import { nodesOf, takeNodeName, takeVariableName, usualNodeNames, type VariableNodeNames } from './node-names'
import type { PartitionedVariable } from './partitioned-variable'
import type { AdoptedParts, GraphHost, StoreInternals } from './store-internals'
import { copyValue, createVariable, initialValueOf, originOf, type Variable, type VariableOrigin } from './variable'
import { type Reuse, ScopeStack } from './variable-scope'

let secrets: Omit<StoreInternals, 'nodeNames' | 'storeOf' | 'originOf' | 'initialValue'>

/**
 * Variables by name. Iterating gives all of them in the order of their creation, local ones too; a Saver takes the global ones.
 *
 * A store has a graph, which a Saver writes as `.meta`. There an initial value is what it was up to 1 kB, or where all its
 * elements are the same; a longer one is zeros, so that a store of 1 GB has a small `.meta`.
 */
export class VariableStore implements Iterable<Variable> {
  #scopes = new ScopeStack(new UniqueNames())
  #collections = new Collections()
  #host: GraphHost | undefined
  readonly #nodes = new NameTable(hasNode, (name) => this.#host?.hasNode(name) ?? false)
  /** Those of getVariable(), by the name that it was called with, scopes in front. */
  readonly #shared = new Map<string, Variable>()
  /** Those of getPartitionedVariable(), likewise. */
  readonly #partitioned = new Map<string, PartitionedVariable>()
  readonly #sharing: VariableHost = {
    shared: this.#shared,
    scope: () => this.#scopes.variableScope,
    checkFree: (name) => this.#nodes.check(name, false),
    takeScope: (name) => void this.#scopes.atRoot(() => this.#scopes.uniqueName(name)),
    create: (name, initial, kind, initializer) =>
      this.#scopes.atRoot(() => this.#create(name, initial, kind, initializer)),
  }
  readonly #ofConstant: VariableOrigin = { store: this, initializer: false }
  readonly #ofInitializer: VariableOrigin = { store: this, initializer: true }

  static {
    secrets = {
      names: (store) => store.#scopes.names,
      collections: (store) => store.#collections,
      host: (store) => store.#host,
      attach: (store, host) => void (store.#host = host),
      createIn: (names, collections) => {
        const store = new VariableStore()
        store.#scopes = new ScopeStack(names)
        store.#collections = collections
        return store
      },
      adopt: (store, parts, nodes) => store.#adopt(parts, nodes),
      sharedVariables: (store) => store.#shared,
      atomically: (store, work) => store.#atomically(work),
      variableScopeName: (store) => store.#scopes.variableScope.name,
      uniqueName: (store, name, options) => store.#scopes.uniqueName(name, options),
      enterDefaultScope: (store, defaultName, body) => store.#scopes.enterDefaultScope(defaultName, body),
      create: (store, name, initial, options = {}) =>
        store.#create(name, initial, options, options.initializer ?? false),
    }
  }

  /**
   * tf.Variable: a new variable with a copy of a value. Under name scopes, a taken name gets _1, _2, …; a name that ends
   * in `/` is taken from the root as it is.
   *
   * @throws {ValueError} for what is no name, and for a name in `/` that is taken.
   * @throws {InvalidArgumentError} where the elements do not fill the shape.
   */
  variable<D extends DType>(initialValue: NDArray<D>, options: VariableOptions = {}): Variable<D> {
    // Callers without types.
    if ((initialValue as unknown) === undefined) throw new ValueError('initial_value must be specified.')
    const { dtype, shape } = initialValue
    const initial = { dtype: dtype as D, shape, value: initialValue }
    return this.#create(options.name ?? 'Variable', initial, options, false)
  }

  /**
   * tf.get_variable: the variable of that name under the variable scopes. It must be new; where the scope reuses, it must
   * be there, and of the dtype and shape that are given; with 'auto', either.
   *
   * Where TensorFlow would take an initializer of its own, the variable is uninitialized: saving or reading it throws until
   * it is assigned or restored.
   *
   * @param options.dtype default float32, or that of an `initializer` that is a value. A variable that is reused must be of
   *   it, whatever the initializer is.
   * @param options.shape the shape; left out where `initializer` is a value, or a function without parameters.
   * @param options.initializer the value, copied; or a function that makes it, called only where the variable is new.
   * @throws {ValueError} where there is such a variable and should not be, or the other way round; where dtype and shape
   *   are not those of the variable or of the initializer's value; where neither shape nor initializer is given.
   */
  getVariable<D extends DType = 'float32'>(name: string, options: GetVariableOptions<D> = {}): Variable<D> {
    return getShared(this.#sharing, name, options)
  }

  /**
   * tf.get_variable with tf.fixed_size_partitioner(numShards, axis): a variable in parts `name/part_0`, `name/part_1`, …, under
   * the rules of getVariable(). Sizes that numShards does not divide make the first parts longer by one.
   *
   * @throws {ValueError} as getVariable(); where the parts that are there are cut otherwise; for shapes [] and those without
   *   elements, and less than one part.
   * @throws {LookupError} for an axis that the shape has not. {TypeError} for parts of no whole number.
   */
  getPartitionedVariable<D extends DType = 'float32'>(
    name: string,
    options: GetPartitionedVariableOptions<D>,
  ): PartitionedVariable<D> {
    return getPartitioned(this.#sharing, this.#partitioned, name, options)
  }

  /**
   * Runs `body` in a variable scope, and in a name scope of that name.
   *
   * @param options.reuse whether getVariable() gives variables that are there; 'auto' is tf.AUTO_REUSE. A scope inside of
   *   one that reuses, reuses. Default: as the scope around.
   * @throws {ValueError} for what is no name of a scope. {TypeError} where `body` returns a promise.
   */
  variableScope<R>(name: string, body: () => R, options: { reuse?: Reuse } = {}): R {
    return this.#scopes.enterVariableScope(name, options.reuse, body)
  }

  /**
   * Runs `body` in a name scope, made unique, and hands it the scope: "a/". A name that ends in `/` enters that very scope
   * again, from the root; '' is the root.
   *
   * @throws {ValueError} for what is no name of a scope. {TypeError} where `body` returns a promise.
   */
  nameScope<R>(name: string, body: (scope: string) => R): R {
    return this.#scopes.enterNameScope(name, body)
  }

  /**
   * A tensor that `compute` computes anew at each read, under a unique name in the name scope. Its dtype and shape are
   * those of the first value, which is computed when somebody asks.
   *
   * It is in no graph, and in no `.meta`: what it computes is JavaScript, which nobody could run from a file. Its name stays
   * taken all the same.
   *
   * @param options.type the op's type. Default "PyFunc", which is what TensorFlow calls a function of the host language.
   * @throws {ValueError} for what is no name, and for a name in `/` that is taken.
   */
  computed<D extends DType>(compute: () => NDArray<D>, options: { name: string; type?: string }): ComputedTensor<D> {
    const name = takeNodeName(this.#scopes, options.name, this.#nodes)
    this.#nodes.addNode(name, options.name.endsWith('/'))
    return computedTensor(compute, { name, type: options.type ?? 'PyFunc' })
  }

  /** The variable of that name, "w" or "w:0". */
  get(name: string): Variable | undefined {
    return this.#nodes.variables.get(opNameOf(name))
  }

  /** The collection "variables": what a Saver saves. `scope` as in getCollection(). */
  globalVariables(scope?: string): Variable[] {
    return this.getCollection(COLLECTION_KEYS.global, scope) as Variable[]
  }

  /** The collection "trainable_variables": local variables too, where they are trainable. */
  trainableVariables(scope?: string): Variable[] {
    return this.getCollection(COLLECTION_KEYS.trainable, scope) as Variable[]
  }

  /** The collection "moving_average_variables": what an ExponentialMovingAverage was applied to, once for each. */
  movingAverageVariables(scope?: string): (Variable | ComputedTensor)[] {
    return this.getCollection(COLLECTION_KEYS.movingAverage, scope) as (Variable | ComputedTensor)[]
  }

  /** The collection "local_variables". */
  localVariables(scope?: string): Variable[] {
    return this.getCollection(COLLECTION_KEYS.local, scope) as Variable[]
  }

  /**
   * A copy of a collection; an empty one where there is none.
   *
   * @param scope a regular expression: only items that have a `name` whose start it matches; '' leaves out those that have none.
   * @throws {ValueError} for what is no regular expression.
   */
  getCollection(key: string, scope?: string): unknown[] {
    return this.#collections.get(key, scope)
  }

  /** Puts a value behind those of a collection; one that is there already is there twice then. */
  addToCollection(key: string, value: unknown): void {
    this.#collections.add(key, value)
  }

  /**
   * Assigns by name ("w" and "w:0" are one key), all or nothing: where it throws, the store is as it was. Values are
   * copied; names that no variable has are in the report as `unused`. Parts without a value of their own take their piece of
   * that of the whole's name.
   *
   * @throws {NotFoundError} where a variable has no value: all of them, with the names that may have been meant.
   * @throws {ValueError} for two values of one name.
   * @throws as Variable.assign() for values of another dtype or shape; the message names all of them.
   */
  load(values: Iterable<readonly [name: string, value: NDArray]>, options: LoadOptions = {}): RestoreReport {
    const { exclude = () => false, ignoreMissing = false } = options
    const variables = [...(options.variables ?? this)].filter((variable) => !exclude(variable))
    const required = new Set(options.variables === undefined ? this.globalVariables() : variables)
    return loadValues(variables, values, { ignoreMissing, isRequired: (variable) => required.has(variable) })
  }

  /** All variables in the order of their creation, as they stand now. */
  [Symbol.iterator](): Iterator<Variable> {
    return [...this.#nodes.variables.values()][Symbol.iterator]()
  }

  /** What can fail but the name is done before the name is used. */
  #create<D extends DType>(
    name: string,
    initial: Initial<D>,
    options: VariableKind,
    initializer: boolean,
  ): Variable<D> {
    const { trainable = true, useResource = false, device } = options
    const { dtype, shape } = initial
    const value = initial.value && (copyValue(initial.value as NDArray) as NDArray<D>)
    const collections = collectionsOf(options.collections, trainable)
    if (device !== undefined) canonicalDevice(device)
    const taken = takeVariableName(this.#scopes, name, { useResource, initializer }, this.#nodes)
    const origin = this.#originOf(initializer, taken.nodes)
    const variable = createVariable({ name: taken.opName, dtype, shape, value, trainable, useResource, device, origin })
    this.#nodes.addVariable(variable, taken)
    for (const key of collections) this.#collections.add(key, variable)
    this.#host?.variableCreated(variable)
    return variable
  }

  #originOf(initializer: boolean, nodes: VariableNodeNames | undefined): VariableOrigin {
    if (nodes !== undefined) return { store: this, initializer, nodes }
    return initializer ? this.#ofInitializer : this.#ofConstant
  }

  #atomically<R>(work: () => R): R {
    const undo = [
      this.#nodes.snapshot(),
      this.#collections.snapshot(),
      forgetAfter(this.#shared),
      forgetAfter(this.#partitioned),
    ]
    try {
      return work()
    } catch (error) {
      for (const each of undo) each()
      throw error
    }
  }

  #adopt({ distribution, ...parts }: AdoptedParts, nodes: VariableNodeNames): Variable {
    const known = this.#nodes.variables.get(parts.name)
    if (known !== undefined) return known
    const variable = createVariable({ ...parts, origin: { store: this, initializer: false, nodes, distribution } })
    this.#nodes.addVariable(variable, { opName: parts.name, nodes: undefined, verbatim: false })
    return variable
  }
}

/** For the floors above: graphs, and what is made of variables and of their graph. */
export const storeInternals: StoreInternals = {
  ...secrets,
  nodeNames,
  storeOf: (variable) => originOf(variable).store,
  originOf,
  initialValue: initialValueOf,
}

function nodeNames(variable: Variable): VariableNodeNames {
  const { nodes, initializer } = originOf(variable)
  return nodes ?? usualNodeNames(variable.op.name, { useResource: isResourceVariable(variable), initializer })
}

function hasNode(name: string, variable: Variable): boolean {
  return [...nodesOf(nodeNames(variable))].includes(name)
}
