/**
 * Values in other shapes, and several in one: what ops do that only move elements.
 *
 * TensorFlow: core/kernels/reshape_op.h, squeeze and expand dims in shape_ops.h, pack_op.cc, concat_op.cc.
 */
import { dtypeInfo } from '../tensor/dtype'
import { elementCount, formatShape, type NDArray, ndarray, type Shape } from '../tensor/ndarray'
import { InvalidArgumentError, ResourceExhaustedError } from '../util/errors'

/** The same elements in another shape; one size may be -1. @throws {InvalidArgumentError} in TensorFlow's words */
export function reshape(value: NDArray, shape: NDArray): NDArray {
  const sizes = integersOf(shape)
  const unknown = sizes.indexOf(-1)
  if (unknown >= 0 && sizes.includes(-1, unknown + 1)) {
    throw new InvalidArgumentError(
      `Only one input size may be -1, not both ${unknown} and ${sizes.indexOf(-1, unknown + 1)}`,
    )
  }
  const negative = sizes.findIndex((size) => size < -1)
  if (negative >= 0) throw new InvalidArgumentError(`Size ${negative} must be non-negative, not ${sizes[negative]}`)
  const count = elementCount(value.shape)
  const known = sizes.reduce((product, size) => (size === -1 ? product : product * size), 1)
  if (unknown >= 0) sizes[unknown] = known === 0 ? 0 : count / known
  if (sizes.every(Number.isInteger) && elementCount(sizes) === count) return withShape(value, sizes)
  throw new InvalidArgumentError(
    `Input to reshape is a tensor with ${count} values, but the requested shape ${unknown >= 0 ? 'requires a multiple of' : 'has'} ${known}`,
  )
}

/** Without dimensions of size 1: those of `axes`, or all of them. */
export function squeeze(value: NDArray, axes: readonly number[]): NDArray {
  const dropped = new Set(axes.map((axis) => axisOf(axis, value.shape.length)))
  for (const axis of dropped) {
    if (value.shape[axis] !== 1) {
      throw new InvalidArgumentError(
        `Can not squeeze dim[${axis}], expected a dimension of 1, got ${value.shape[axis]}`,
      )
    }
  }
  const keeps = (size: number, axis: number): boolean => (axes.length === 0 ? size !== 1 : !dropped.has(axis))
  return withShape(value, value.shape.filter(keeps))
}

/** With a dimension of size 1 before that of number `axis`. */
export function expandDims(value: NDArray, axis: NDArray): NDArray {
  return withNewAxis(value, integersOf(axis)[0] ?? 0)
}

function withNewAxis(value: NDArray, axis: number): NDArray {
  const { shape } = value
  const at = axisOf(axis, shape.length + 1)
  return withShape(value, [...shape.slice(0, at), 1, ...shape.slice(at)])
}

/** Values of one shape along a new axis. */
export function pack(values: readonly NDArray[], axis: number): NDArray {
  const at = axisOf(axis, (values[0]?.shape.length ?? 0) + 1)
  return joined(
    values.map((value) => withNewAxis(value, at)),
    at,
  )
}

/** Values one behind the other along an axis. */
export function concatenate(values: readonly NDArray[], axis: NDArray): NDArray {
  return joined(values, axisOf(integersOf(axis)[0] ?? 0, values[0]?.shape.length ?? 0))
}

function joined(values: readonly NDArray[], axis: number): NDArray {
  const [first] = values
  if (first === undefined) throw new InvalidArgumentError('There is nothing to join')
  for (const { dtype, shape } of values) checkAlike(first, dtype, shape, axis)
  if (values.length === 1) return first
  const shape = [...first.shape]
  shape[axis] = values.reduce((sum, value) => sum + (value.shape[axis] ?? 0), 0)
  const { Array: Items, lanes } = dtypeInfo(first.dtype)
  const count = elementCount(shape) * lanes
  const data = allocate(count, () => (Items === undefined ? new Array<Uint8Array>(count) : new Items(count)))
  const outer = elementCount(shape.slice(0, axis))
  let at = 0
  for (let row = 0; row < outer; row++) {
    for (const value of values) at = copyRow(value.data as ArrayLike<unknown>, row, outer, data as unknown[], at)
  }
  return ndarray(first.dtype, shape, data as never)
}

/** One of `rows` equal stretches of an array, behind what is there; gives where it ends. */
function copyRow(source: ArrayLike<unknown>, row: number, rows: number, target: unknown[], at: number): number {
  const length = source.length / rows
  if (ArrayBuffer.isView(source)) {
    // Any one kind stands for all.
    ;(target as unknown as Uint8Array).set((source as Uint8Array).subarray(row * length, (row + 1) * length), at)
  } else for (let i = 0; i < length; i++) target[at + i] = source[row * length + i]
  return at + length
}

function checkAlike(first: NDArray, dtype: string, shape: Shape, axis: number): void {
  const alike = shape.length === first.shape.length && shape.every((size, i) => i === axis || size === first.shape[i])
  if (alike && dtype === first.dtype) return
  const found = `${first.dtype} ${formatShape(first.shape)} and ${dtype} ${formatShape(shape)}`
  throw new InvalidArgumentError(`Dimensions of inputs should match: ${found} along axis ${axis}`)
}

function axisOf(axis: number, rank: number): number {
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis
  throw new InvalidArgumentError(`Axis ${axis} is not in the range [-${rank}, ${rank})`)
}

function integersOf({ dtype, data }: NDArray): number[] {
  if (dtype === 'int32' || dtype === 'int64') return Array.from(data as ArrayLike<number | bigint>, Number)
  throw new InvalidArgumentError(`Sizes and axes are int32 or int64, not ${dtype}`)
}

function withShape(value: NDArray, shape: Shape): NDArray {
  return { ...value, shape } as NDArray
}

function allocate<T>(count: number, make: () => T): T {
  try {
    return make()
  } catch (cause) {
    throw new ResourceExhaustedError(`Cannot allocate memory: an array of ${count} items`, { cause })
  }
}
