/**
 * A variable that is cut into parts along one axis.
 *
 * TensorFlow: python/ops/variables.py, PartitionedVariable.
 */
import { zeros } from '../tensor/convert'
import { type DType, dtypeInfo, type DTypeMap, type NumericArray } from '../tensor/dtype'
import { type NDArray, ndarray, type Shape, type TensorSlice } from '../tensor/ndarray'
import { type Box, type BoxOfElements, boxOf, copyBox } from '../tensor/tensor-slice'
import { InvalidArgumentError } from '../util/errors'
import { checkArithmetic } from './arithmetic'
import { checkAssignable, formatTuple, isResourceVariable } from './assignment'
import { adoptValue, copyValue, type Variable } from './variable'

/** What a partitioned variable is made of. */
export interface PartitionedParts<D extends DType = DType> {
  readonly name: string
  readonly dtype: D
  readonly shape: Shape
  /** How many parts there are along each dimension: at most one is above 1. */
  readonly partitions: readonly number[]
  /** In the order of their places; each has `saveSliceInfo`. */
  readonly parts: readonly Variable<D>[]
}

let make: <D extends DType>(parts: PartitionedParts<D>) => PartitionedVariable<D>

/**
 * A variable in parts, each a variable of its own with `saveSliceInfo`. In a checkpoint they are one tensor, under the name of
 * the whole. Iterating gives the parts.
 */
export class PartitionedVariable<D extends DType = DType> implements Iterable<Variable<D>> {
  /** The name of the whole, which is its key in a checkpoint; without ":0", since it is no tensor. */
  readonly name: string
  /** The dtype of every part. */
  readonly dtype: D
  /** The shape of the whole. */
  readonly shape: Shape
  /** The parts in the order of their places. */
  readonly parts: readonly Variable<D>[]
  /** How many parts there are along each dimension, [3, 1]: only one is above 1. */
  readonly partitions: readonly number[]

  static {
    make = (parts) => new PartitionedVariable(parts)
  }

  private constructor({ name, dtype, shape, partitions, parts }: PartitionedParts<D>) {
    this.name = name
    this.dtype = dtype
    this.shape = Object.freeze([...shape])
    this.partitions = Object.freeze([...partitions])
    this.parts = Object.freeze([...parts])
  }

  /** How many parts there are. */
  get length(): number {
    return this.parts.length
  }

  /** Whether every part has a value. */
  get initialized(): boolean {
    return this.parts.every(({ initialized }) => initialized)
  }

  /** The parts put together, in an array of the caller's own. @throws {FailedPreconditionError} where one is uninitialized. */
  read(): NDArray<D> {
    const pieces = this.parts.map((part) => part.read() as NDArray)
    const whole = blank(this.shape, this.dtype)
    const to = { data: whole.data, box: boxOf(undefined, this.shape) }
    pieces.forEach(({ data }, at) => {
      const box = boxOf(this.parts[at]?.saveSliceInfo?.slice, this.shape)
      copy({ data, box }, to, { box, dtype: this.dtype })
    })
    return owned(whole) as NDArray<D>
  }

  /**
   * Gives each part its piece of `value`, a copy. Where it throws, all parts keep what they had.
   *
   * @param value of this dtype and shape; or the elements alone; or another partitioned variable, however it is cut.
   * @throws {TypeError | ValueError} for another dtype, {InvalidArgumentError} for another shape, as Variable.assign()
   * @throws {FailedPreconditionError} for a partitioned variable without a value
   */
  assign(value: NDArray<D> | PartitionedVariable<D> | DTypeMap[D]): this {
    const pieces = this.#piecesOf(value)
    this.parts.forEach((part, at) => adoptValue(part, pieces[at] as NDArray))
    return this
  }

  /**
   * Adds to each part its piece of `delta`. Where it throws, all parts keep what they had.
   * @throws as assign() and Variable.assignAdd()
   */
  assignAdd(delta: NDArray<D> | PartitionedVariable<D> | DTypeMap[D]): this {
    const pieces = this.#deltasOf(delta, 'AssignAdd')
    this.parts.forEach((part, at) => part.assignAdd(pieces[at] as NDArray<D>))
    return this
  }

  /** Subtracts from each part its piece of `delta`. @throws as assignAdd() */
  assignSub(delta: NDArray<D> | PartitionedVariable<D> | DTypeMap[D]): this {
    const pieces = this.#deltasOf(delta, 'AssignSub')
    this.parts.forEach((part, at) => part.assignSub(pieces[at] as NDArray<D>))
    return this
  }

  [Symbol.iterator](): Iterator<Variable<D>> {
    return this.parts[Symbol.iterator]()
  }

  /** "<tf.PartitionedVariable 'p' shape=(10, 2) dtype=float32 partitions=[3, 1]>": Python has no such text. */
  toString(): string {
    const { name, shape, dtype, partitions } = this
    return `<tf.PartitionedVariable '${name}' shape=${formatTuple(shape)} dtype=${dtype} partitions=[${partitions.join(', ')}]>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  /** The arrays are new ones. */
  #piecesOf(given: unknown): NDArray[] {
    const value = this.#operand(given)
    return this.parts.map(({ saveSliceInfo }) => pieceOf(value, saveSliceInfo?.slice))
  }

  /** What can fail in the second part is looked at before the first one changes. */
  #deltasOf(given: unknown, operation: 'AssignAdd' | 'AssignSub'): NDArray[] {
    const [first] = this.parts
    checkArithmetic(this.dtype, first && isResourceVariable(first) ? `${operation}VariableOp` : operation)
    const pieces = this.#piecesOf(given)
    for (const part of this.parts) part.read()
    return pieces
  }

  #operand(given: unknown): NDArray {
    if (isPartitionedVariable(given)) return this.#checked((given as PartitionedVariable<DType>).read())
    if (ArrayBuffer.isView(given) || Array.isArray(given)) {
      return ndarray<DType>(this.dtype, this.shape, given as DTypeMap[DType])
    }
    if (typeof given === 'object' && given !== null && 'dtype' in given) return this.#checked(given as NDArray)
    throw new TypeError(`Cannot assign ${given === null ? 'null' : `a ${typeof given}`} to ${this.name}`)
  }

  /** In the words of splitting the value, and then of assigning to the first part. */
  #checked(value: NDArray<DType>): NDArray<DType> {
    const { parts, shape } = this
    const axis = Math.max(
      this.partitions.findIndex((count) => count > 1),
      0,
    )
    const found = [...value.shape]
    if (found.length === shape.length) {
      if (found[axis] !== shape[axis]) throw splitError(this.name, { sum: shape[axis], found: found[axis] })
      found[axis] = parts[0]?.shape[axis] ?? 0
    }
    for (const part of parts.slice(0, 1)) checkAssignable(part as Variable, { dtype: value.dtype, shape: found })
    return ndarray<DType>(value.dtype, value.shape, value.data)
  }
}

/** TensorFlow: core/kernels/split_v_op.cc. */
function splitError(key: string, { sum, found }: { sum: number | undefined; found: number | undefined }): Error {
  return new InvalidArgumentError(
    'Determined shape must either match input shape along split_dim exactly if fully specified, or be less than the size of ' +
      `the input along split_dim if not fully specified.  Got: ${sum}: the parts of ${key} take ${sum}, and the value has ${found}`,
    { key },
  )
}

/** Elements of a box, of any dtype. */
interface Elements {
  readonly data: NDArray['data']
  readonly box: Box
}

function copy(from: Elements, to: Elements, { box, dtype }: { box: Box; dtype: DType }): void {
  copyBox(from as BoxOfElements, to as BoxOfElements<NumericArray | Uint8Array[]>, box, dtypeInfo(dtype).lanes)
}

function blank(shape: Shape, dtype: DType): NDArray {
  return zeros(shape, dtype)
}

/** With strings of its own: numbers were copied as they were moved. */
function owned(value: NDArray): NDArray {
  return ArrayBuffer.isView(value.data) ? value : copyValue(value)
}

/** A part of a value, in an array of its own. @throws as boxOf() */
export function pieceOf<D extends DType>(value: NDArray<D>, slice: TensorSlice | undefined): NDArray<D> {
  const { dtype, shape, data } = value as NDArray
  const box = boxOf(slice, shape)
  const piece = blank(
    box.map(([, length]) => length),
    dtype,
  )
  copy({ data, box: boxOf(undefined, shape) }, { data: piece.data, box }, { box, dtype })
  return owned(piece) as NDArray as NDArray<D>
}

/** Makes a partitioned variable of parts that know where they lie. */
export function createPartitionedVariable<D extends DType>(parts: PartitionedParts<D>): PartitionedVariable<D> {
  return make(parts)
}

/** Whether it is what getPartitionedVariable() gives. */
export function isPartitionedVariable(value: unknown): value is PartitionedVariable {
  return value instanceof PartitionedVariable
}

/** The parts, in the order of their places. */
export function partsOf<D extends DType>(variable: PartitionedVariable<D>): readonly Variable<D>[] {
  return variable.parts
}
