/**
 * Dense values on the host: what numpy.ndarray is to TensorFlow's Python.
 */
import { InvalidArgumentError } from '../util/errors'
import { type DType, type DTypeInfo, type DTypeMap, dtypeInfo } from './dtype'

/** The size of each dimension; [] is a scalar. */
export type Shape = readonly number[]

/** A dense value: row-major, native little-endian. A union told apart by `dtype`. */
export type NDArray<D extends DType = DType> = {
  [K in D]: { readonly dtype: K; readonly shape: Shape; readonly data: DTypeMap[K] }
}[D]

/** One [start, length] per dimension; undefined is all of it. TensorFlow writes it "-:0,1". */
export type TensorSlice = readonly (readonly [start: number, length: number] | undefined)[]

/** Elements of a shape. @throws {InvalidArgumentError} for a dimension that is no size, or a product beyond 2^53. */
export function elementCount(shape: Shape): number {
  let count = 1
  // By numbers: an iterator would make an object for each of many shapes.
  for (let i = 0; i < shape.length; i++) {
    const size = shape[i] as number
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new InvalidArgumentError(`Not a shape: [${shape}] has the dimension ${size}`)
    }
    count *= size
  }
  if (!Number.isSafeInteger(count)) throw new InvalidArgumentError(`Not a shape: [${shape}] has 2^53 elements or more`)
  return count
}

/** Whether two shapes are the same. */
export function shapesEqual(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i])
}

/** A shape as TensorFlow's messages print it: "[2,3]". */
export function formatShape(shape: Shape): string {
  return `[${shape.join(',')}]`
}

/**
 * The value of `data` in `shape`; `data` is not copied.
 * @throws {InvalidArgumentError} where `data` is of another kind, or does not hold exactly the elements of `shape`.
 */
export function ndarray<D extends DType>(dtype: D, shape: Shape, data: DTypeMap[D]): NDArray<D> {
  checkElements(dtype, shape, data)
  return { dtype, shape: [...shape], data } as unknown as NDArray<D>
}

/** What ndarray() checks, for a value that somebody else made. */
export function checkElements(dtype: DType, shape: Shape, data: NDArray['data']): void {
  const info = dtypeInfo(dtype)
  if (!isOfKind(data, info)) {
    const wanted = info.Array === undefined ? 'Array' : info.Array.name
    throw new InvalidArgumentError(`Cannot hold ${dtype} in ${kindOf(data)}: it takes ${wanted}`)
  }
  const expected = elementCount(shape) * info.lanes
  if (data.length !== expected) {
    throw new InvalidArgumentError(
      `Cannot shape ${data.length} items of ${dtype} as ${formatShape(shape)}: it takes ${expected}`,
    )
  }
  if (info.Array === undefined) checkAllBytes(dtype, data as readonly unknown[])
}

function isOfKind(data: unknown, info: DTypeInfo): boolean {
  if (info.Array === undefined) return Array.isArray(data)
  return data instanceof info.Array || kindOf(data) === info.Array.name
}

/** "Float32Array", "Array": by the tag and not by instanceof, since arrays come from other realms too (frames, test runners). */
function kindOf(data: unknown): string {
  return Object.prototype.toString.call(data).slice('[object '.length, -1)
}

/** Whether a value is a Uint8Array, of this realm or another. */
export function isBytes(value: unknown): value is Uint8Array {
  return kindOf(value) === 'Uint8Array'
}

function checkAllBytes(dtype: DType, data: readonly unknown[]): void {
  for (let i = 0; i < data.length; i++) {
    if (!isBytes(data[i])) {
      throw new InvalidArgumentError(`Cannot hold ${kindOf(data[i])} as element ${i} of ${dtype}: it takes Uint8Array`)
    }
  }
}

/** The bytes that a numeric value's elements take in memory, as a view of them. */
export function bytesOf(value: NDArray): Uint8Array {
  const data = value.data
  if (!ArrayBuffer.isView(data)) throw new InvalidArgumentError(`A ${value.dtype} value has no bytes of fixed size`)
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
