/**
 * What getVariable() asks of its arguments, and of a variable that is there already.
 *
 * TensorFlow: python/ops/variable_scope.py, VariableScope.get_variable and _VariableStore._get_single_variable.
 */
import type { DType } from '../tensor/dtype'
import { elementCount, type NDArray, type Shape, shapesEqual } from '../tensor/ndarray'
import { ValueError } from '../util/errors'
import { formatTuple, formatVariableDType } from './assignment'
import type { Variable } from './variable'
import type { Reuse, VariableScope } from './variable-scope'

/** What making a variable takes, whatever names it. */
export interface VariableKind {
  /** Whether it is in the collection trainable_variables. Default true. */
  trainable?: boolean
  /** The collections that it goes into. Default ["variables"], which a Saver saves. */
  collections?: readonly string[]
  /** A VarHandleOp in place of a VariableV2: other nodes, other texts of errors. Default false. */
  useResource?: boolean
  /** "/cpu:0", for a sharded Saver. Default: anywhere. */
  device?: string
}

/** What variable() takes. */
export interface VariableOptions extends VariableKind {
  /** Default "Variable". */
  name?: string
}

/** What getVariable() takes; see there. */
export interface GetVariableOptions<D extends DType = DType> extends VariableKind {
  shape?: Shape
  dtype?: D
  initializer?: NDArray<D> | ((shape: Shape, dtype: D) => NDArray<D>)
}

/** A store, as far as getVariable() and getPartitionedVariable() go. */
export interface VariableHost {
  /** The variables of getVariable(), and parts, by the name that it was called with, scopes in front. */
  readonly shared: Map<string, Variable>
  /** The variable scope that is open. */
  scope(): VariableScope
  /** @throws {ValueError} for a name that is taken and is not made unique */
  checkFree(name: string): void
  /** Takes the name of a scope that stays empty. */
  takeScope(name: string): void
  /** A variable of that name from the root; `initializer` as VariableNodeKind has it. */
  create<D extends DType>(name: string, initial: Initial<D>, kind: VariableKind, initializer: boolean): Variable<D>
}

/** The variable of that name, or a new one. @throws as VariableStore.getVariable() */
export function getShared<D extends DType>(
  host: VariableHost,
  name: string,
  options: GetVariableOptions<D>,
): Variable<D> {
  checkInitializer(options)
  const { name: scope, reuse } = host.scope()
  const fullName = scope === '' ? name : `${scope}/${name}`
  checkUnpartitioned(host, fullName)
  const known = host.shared.get(fullName)
  if (known !== undefined || reuse === true) return checkReuse(known, fullName, reuse, options)
  const initial = initialize(fullName, options)
  const isConstant = options.initializer !== undefined && typeof options.initializer !== 'function'
  const variable = host.create(fullName, initial, options, !isConstant)
  host.shared.set(fullName, variable as Variable as Variable<DType>)
  return variable
}

/** @throws {ValueError} where there are parts of that name. TensorFlow gives them where the scope reuses. */
function checkUnpartitioned({ shared }: VariableHost, name: string): void {
  if (!shared.has(`${name}/part_0`)) return
  throw new ValueError(
    `No partitioner was provided, but a partitioned version of the variable was found: ${name}/part_0. Perhaps a variable of the same name was already created with partitioning? getPartitionedVariable() gives it`,
  )
}

/** @throws {ValueError} where the initializer is a value, and a dtype or a shape beside it says something else. */
export function checkInitializer<D extends DType>({ initializer, dtype, shape }: GetVariableOptions<D>): void {
  if (initializer === undefined || typeof initializer === 'function') return
  if (dtype !== undefined && initializer.dtype !== dtype) {
    throw new ValueError(
      `Initializer type '<dtype: '${initializer.dtype}'>' and explicit dtype '<dtype: '${dtype}'>' don't match.`,
    )
  }
  if (shape !== undefined) throw new ValueError('If initializer is a constant, do not specify shape.')
}

/**
 * The variable that is there, where the scope reuses and it is what is asked for.
 *
 * An initializer that is a value says nothing about the dtype to TensorFlow, which then takes float32; where it is of
 * another dtype or shape than the variable TensorFlow says nothing at all, and here it throws.
 *
 * @throws {ValueError} where it does not, or is not.
 */
export function checkReuse<D extends DType>(
  known: Variable | undefined,
  name: string,
  reuse: Reuse,
  options: GetVariableOptions<D>,
): Variable<D> {
  if (known === undefined) {
    throw new ValueError(
      `Variable ${name} does not exist, or was not created with tf.get_variable(). Did you mean to set reuse=tf.AUTO_REUSE in VarScope?`,
    )
  }
  if (reuse === false) {
    throw new ValueError(
      `Variable ${name} already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope?`,
    )
  }
  const { initializer } = options
  const value = typeof initializer === 'function' ? undefined : initializer
  checkShared(known, name, options.dtype ?? 'float32', options.shape)
  if (value !== undefined) checkShared(known, name, value.dtype, value.shape)
  return known as Variable as Variable<D>
}

function checkShared(known: Variable, name: string, dtype: DType, shape: Shape | undefined): void {
  if (shape !== undefined && !shapesEqual(shape, known.shape)) {
    const [specified, found] = [formatTuple(shape), formatTuple(known.shape)]
    throw new ValueError(`Trying to share variable ${name}, but specified shape ${specified} and found shape ${found}.`)
  }
  if (dtype !== known.dtype) {
    const found = formatVariableDType(known)
    throw new ValueError(`Trying to share variable ${name}, but specified dtype ${dtype} and found dtype ${found}.`)
  }
}

/** What a new variable is made of. A value is not copied. */
export interface Initial<D extends DType> {
  readonly dtype: D
  readonly shape: Shape
  readonly value: NDArray<D> | undefined
}

/**
 * Calls the initializer, where it is a function.
 * @throws {ValueError} where neither shape nor initializer is given, and where the value is of another dtype or shape.
 * @throws {InvalidArgumentError} for what is no shape.
 */
export function initialize<D extends DType>(name: string, options: GetVariableOptions<D>): Initial<D> {
  const { shape, initializer } = options
  // The default of D is float32: without a dtype D is that, or the initializer's.
  const dtype = options.dtype ?? ('float32' as D)
  if (shape !== undefined) elementCount(shape)
  if (initializer === undefined) {
    if (shape === undefined) {
      throw new ValueError(`Variable ${name} did not get an initializer, so its \`shape\` argument must be specified.`)
    }
    return { dtype, shape, value: undefined }
  }
  if (typeof initializer !== 'function') return initialOf(initializer)
  if (shape === undefined) return initialOf(callWithoutShape(initializer, options.dtype))
  const value = initializer(shape, dtype)
  checkDType(value, dtype)
  checkInitialShape(value, shape)
  return initialOf(value)
}

/** @throws {ValueError} for an initial value of another shape than was asked for */
export function checkInitialShape(value: { readonly shape: Shape }, shape: Shape): void {
  if (shapesEqual(value.shape, shape)) return
  throw new ValueError(
    `In this \`tf.Variable\` creation, the initial value's shape (${formatTuple(value.shape)}) is not compatible with the explicitly supplied \`shape\` argument (${formatTuple(shape)}).`,
  )
}

function initialOf<D extends DType>(value: NDArray<D>): Initial<D> {
  const { dtype, shape } = value
  return { dtype: dtype as D, shape, value }
}

/** A function that takes no shape says it with its value; one that takes a shape has to be given one. */
function callWithoutShape<D extends DType>(
  initializer: (shape: Shape, dtype: D) => NDArray<D>,
  dtype: D | undefined,
): NDArray<D> {
  if (initializer.length > 0) {
    throw new ValueError(
      "The initializer passed is not valid. It should be a callable with no arguments and the shape should not be provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined.",
    )
  }
  const value = (initializer as () => NDArray<D>)()
  if (dtype !== undefined) checkDType(value, dtype)
  return value
}

function checkDType(value: { readonly dtype: DType }, dtype: DType): void {
  if (value.dtype === dtype) return
  throw new ValueError(`initial_value: Tensor conversion requested dtype ${dtype} for Tensor with dtype ${value.dtype}`)
}
