/**
 * A named value, and what the Saver may do with it beyond its public methods: keep the value of a moment while it is
 * being written, swap an array in without a copy, write into the array that is there.
 *
 * Copy on write: while a value is pinned, whatever assigns to its variable writes into a new array. So it is while the
 * value is the initial one, which a graph wants to know later.
 *
 * TensorFlow: python/ops/ref_variable.py, python/ops/resource_variable_ops.py.
 */
import { type DType, type DTypeMap, dtypeInfo, type NumericArray } from '../tensor/dtype'
import { type NDArray, ndarray, type Shape } from '../tensor/ndarray'
import { FailedPreconditionError, InvalidArgumentError } from '../util/errors'
import { addInto, checkArithmetic } from './arithmetic'
import { checkAssignable, formatTuple, formatVariableDType, isResourceVariable, operand } from './assignment'
import { compactInitialValue } from './initial-value'
import { opTypeOf, type VariableNodeNames } from './node-names'
import type { Saveable, SaveSliceInfo } from './saveable'
import type { VariableStore } from './variable-store'

/** What a variable is made of. The name is one that no other variable of its store has. */
export interface VariableParts<D extends DType = DType> {
  /** "conv1/w", without ":0". */
  readonly name: string
  readonly dtype: D
  readonly shape: Shape
  readonly trainable: boolean
  readonly useResource: boolean
  /** "" is anywhere. */
  readonly device?: string | undefined
  readonly saveSliceInfo?: SaveSliceInfo | undefined
  /** An array that the caller gives up. Without one the variable is uninitialized. */
  readonly value?: NDArray<D> | undefined
  /** "Variable", in files. Default: VariableV2 or VarHandleOp, by `useResource`. */
  readonly type?: string | undefined
  /** Who made it, and what its nodes are called. */
  readonly origin: VariableOrigin
}

/** Where a variable belongs: one object for all variables of a store whose nodes have the usual names. */
export interface VariableOrigin {
  readonly store: VariableStore
  /** As VariableNodeKind has it. */
  readonly initializer: boolean
  /** undefined where they are usualNodeNames(). */
  readonly nodes?: VariableNodeNames | undefined
  /** What a file's VariableDef says, for training on several machines; numbers of VariableSynchronization and -Aggregation. */
  readonly distribution?: { readonly synchronization: number; readonly aggregation: number } | undefined
}

/** What changes in a variable. An array with pins is not written to, nor is that of the initial value. */
interface State {
  value: NDArray | undefined
  pins: Pins | undefined
  /** As compactInitialValue() gives it: the very array that was the first value, where that is short. */
  readonly initial: NDArray | undefined
  readonly origin: VariableOrigin
}

let stateOf: (variable: Variable) => State
let make: <D extends DType>(parts: VariableParts<D>) => Variable<D>
let placeIn: (variable: Variable, info: SaveSliceInfo) => void

/** A named value in a store. VariableStore makes them. */
export class Variable<D extends DType = DType> implements Saveable<D> {
  /** TensorFlow's "conv1/w:0". */
  readonly name: string
  /** `op.name`, "conv1/w", is the key in a checkpoint; `op.type` is VariableV2, or VarHandleOp for a resource variable. */
  readonly op: { readonly name: string; readonly type: string }
  /** Fixed when the variable was made, as is the shape. */
  readonly dtype: D
  /** The size of each dimension; [] is a scalar. */
  readonly shape: Shape
  /** Whether it was made for training: it is in the collection "trainable_variables" then. */
  readonly trainable: boolean
  /** As it was given: "/cpu:0"; "" is anywhere. A sharded Saver writes one file for each. */
  readonly device: string
  readonly #state: State
  #saveSliceInfo: SaveSliceInfo | undefined

  static {
    stateOf = (variable) => variable.#state
    placeIn = (variable, info) => void (variable.#saveSliceInfo = info)
    make = (parts) => new Variable(parts)
  }

  private constructor(parts: VariableParts<D>) {
    this.name = `${parts.name}:0`
    this.op = Object.freeze({ name: parts.name, type: parts.type ?? opTypeOf(parts) })
    this.dtype = parts.dtype
    this.shape = Object.freeze([...parts.shape])
    this.trainable = parts.trainable
    this.device = parts.device ?? ''
    this.#saveSliceInfo = parts.saveSliceInfo
    const value = parts.value as NDArray | undefined
    this.#state = { value, pins: undefined, initial: value && compactInitialValue(value), origin: parts.origin }
  }

  /** Set where this is a part of a partitioned variable. */
  get saveSliceInfo(): SaveSliceInfo | undefined {
    return this.#saveSliceInfo
  }

  /** false until a value was given, assigned or restored. */
  get initialized(): boolean {
    return this.#state.value !== undefined
  }

  /**
   * The value, as a view: valid until the next assign or restore, and not to be written into.
   * @throws {FailedPreconditionError} while uninitialized.
   */
  read(): NDArray<D> {
    return valueOf(this) as NDArray<D>
  }

  /**
   * Takes a copy of `value`. Where it throws, the variable keeps what it had.
   *
   * @param value of this dtype and shape; or the elements alone; or a number, for shape [].
   * @throws {TypeError | ValueError} for another dtype: TypeError, and ValueError for a resource variable.
   * @throws {InvalidArgumentError} for another shape, for elements that do not fill the shape, for a number that the
   *   dtype cannot hold.
   */
  assign(value: NDArray<D>): this
  assign(value: number | bigint | DTypeMap[D]): this
  assign(value: unknown): this {
    write(this, operand(this, value, 'Assign'))
    return this
  }

  /**
   * Adds in this dtype: integers wrap around, floats round. Where it throws, the variable keeps what it had.
   * @throws as assign(); {FailedPreconditionError} while uninitialized; {TypeError | InvalidArgumentError} for a dtype
   *   that TensorFlow does not add: bool, string, quantized and narrow ones.
   */
  assignAdd(delta: NDArray<D> | number | bigint): this {
    return update(this, delta, 'AssignAdd')
  }

  /** Subtracts. @throws as assignAdd(). */
  assignSub(delta: NDArray<D> | number | bigint): this {
    return update(this, delta, 'AssignSub')
  }

  /** "<tf.Variable 'v1:0' shape=() dtype=float32_ref>", as Python prints it. */
  toString(): string {
    return `<tf.Variable '${this.name}' shape=${formatTuple(this.shape)} dtype=${formatVariableDType(this)}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** Makes a variable, for a store that took the name and checked shape and value. */
export function createVariable<D extends DType>(parts: VariableParts<D>): Variable<D> {
  return make(parts)
}

/** Says of which whole the variable is a part. */
export function setSaveSliceInfo(variable: Variable, info: SaveSliceInfo): void {
  placeIn(variable, info)
}

/** Where the variable belongs. */
export function originOf(variable: Variable): VariableOrigin {
  return stateOf(variable).origin
}

/** What the variable was made with, as compactInitialValue() keeps it. */
export function initialValueOf(variable: Variable): NDArray | undefined {
  return stateOf(variable).initial
}

/** How many saves hold the array that a variable had: while it is more than 0, assignments go into a new one. */
export interface Pins {
  count: number
}

/** A value that stays as it was when it was pinned. */
export interface PinnedValue {
  readonly value: NDArray
  /** Lets the variable write into the array again. Further calls do nothing. */
  release(): void
}

/**
 * The value at this moment, for a save: until it is released, assignments go into a new array.
 * @throws {FailedPreconditionError} while uninitialized.
 */
export function pinValue(variable: Variable): PinnedValue {
  const value = valueOf(variable)
  const pins = addPin(variable)
  let held = true
  const release = (): void => {
    if (held) pins.count--
    held = false
  }
  return { value, release }
}

/** Pins the value that read() gives now, without an object of its own: whoever called takes 1 off, once. */
export function addPin(variable: Variable): Pins {
  const state = stateOf(variable)
  const pins = (state.pins ??= { count: 0 })
  pins.count++
  return pins
}

/**
 * Gives the variable an array that the caller gives up: it is not copied.
 * @throws as assign(), for another dtype or shape.
 */
export function adoptValue(variable: Variable, value: NDArray): void {
  checkAssignable(variable, value)
  replace(variable, ndarray(value.dtype, value.shape, value.data))
}

/** The variable's own array where it may be written into: initialized, of numbers, not pinned and not the initial value. */
export function valueTarget(variable: Variable): NDArray | undefined {
  const { value, pins, initial } = stateOf(variable)
  const isHeld = value === initial || (pins !== undefined && pins.count > 0)
  return isHeld || value === undefined || !ArrayBuffer.isView(value.data) ? undefined : value
}

/** Takes the variable's own array away, which is uninitialized then; undefined where valueTarget() has none. */
export function takeData(variable: Variable): NumericArray | undefined {
  const data = valueTarget(variable)?.data as NumericArray | undefined
  if (data !== undefined) replace(variable, undefined)
  return data
}

/**
 * Gives the variable elements that the caller gives up, of just its dtype and number; the value that it had, where that is
 * nobody's now.
 */
export function putData(variable: Variable, data: NDArray['data']): NDArray | undefined {
  const { dtype, shape } = variable
  return putValue(variable, { dtype, shape, data } as NDArray)
}

/** The same with a value of just its dtype and shape: one that it had before. */
export function putValue(variable: Variable, value: NDArray): NDArray | undefined {
  const before = valueTarget(variable)
  replace(variable, value)
  return before?.data === value.data ? undefined : before
}

function valueOf(variable: Variable): NDArray {
  const { value } = stateOf(variable)
  if (value !== undefined) return value
  const { name } = variable.op
  const message = isResourceVariable(variable)
    ? `Could not find variable ${name}. This could mean that the variable has been deleted. In TF1, it can also mean the variable is uninitialized.`
    : `Attempting to use uninitialized value ${name}`
  throw new FailedPreconditionError(message, { key: name })
}

function replace(variable: Variable, value: NDArray | undefined): void {
  const state = stateOf(variable)
  state.value = value
  state.pins = undefined
}

/** Takes a copy of a value that was checked. */
function write(variable: Variable, value: NDArray): void {
  const target = valueTarget(variable)
  if (target === undefined) replace(variable, copyValue(value))
  else copyElements(value, target)
}

function update<V extends Variable>(variable: V, delta: unknown, operation: 'AssignAdd' | 'AssignSub'): V {
  checkArithmetic(variable.dtype, isResourceVariable(variable) ? `${operation}VariableOp` : operation)
  const checked = operand(variable, delta, operation)
  const value = valueOf(variable)
  const target = valueTarget(variable) ?? blankLike(value)
  addInto(target, value, checked, operation === 'AssignAdd' ? 1 : -1)
  if (target !== value) replace(variable, target)
  return variable
}

/**
 * A value with an array of its own. Never by slice(): that of a Node Buffer shares the bytes.
 * @throws {InvalidArgumentError} where the elements do not fill the shape.
 */
export function copyValue(value: NDArray): NDArray {
  const { dtype, shape, data } = ndarray(value.dtype, value.shape, value.data)
  if (ArrayBuffer.isView(data)) {
    const copy = blankLike(value)
    copyElements(value, copy)
    return copy
  }
  return { dtype, shape, data: (data as readonly Uint8Array[]).map((bytes) => new Uint8Array(bytes)) } as NDArray
}

/** Bit for bit, since both arrays are of one kind; not as bytes, of which Node 20 takes 4 GiB in one array at most. */
function copyElements(from: NDArray, to: NDArray): void {
  // Any one kind stands for both: the type checker cannot see that they are the same.
  ;(to.data as Uint8Array).set(from.data as Uint8Array)
}

function blankLike(value: NDArray): NDArray {
  const { Array: Items } = dtypeInfo(value.dtype)
  if (Items === undefined) throw new InvalidArgumentError(`A ${value.dtype} value has no bytes of fixed size`)
  return { dtype: value.dtype, shape: [...value.shape], data: new Items(value.data.length) } as unknown as NDArray
}
