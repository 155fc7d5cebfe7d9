/**
 * From a tensor's bytes, as they stand in the file, to a value.
 */
import { type NumericArray } from '../tensor/dtype'
import { ndarray, type NDArray, type Shape } from '../tensor/ndarray'
import { boxCount, boxOf, shapeOfSlice } from '../tensor/tensor-slice'
import { InternalError } from '../util/errors'
import { type LoadedTensor, type ReadHow, type ReadRequest } from './checkpoint-source'
import { newBuffer } from '../util/memory'
import { allocating } from './tensor-entry'

const SECTION = 1 << 24

/** The shape of what is asked for. @throws {InternalError} {InvalidArgumentError} as boxOf() */
export function shapeOfRequest({ tensor, slice }: ReadRequest): Shape {
  return slice === undefined ? tensor.shape : shapeOfSlice(slice, tensor.shape)
}

/** Elements of what is asked for. @throws as shapeOfRequest() */
export function countOfRequest({ tensor, slice }: ReadRequest): number {
  return slice === undefined ? tensor.count : boxCount(boxOf(slice, tensor.shape))
}

/** A fresh array for the elements. @throws {ResourceExhaustedError} where there is not so much memory. */
export function allocate(request: ReadRequest): NumericArray {
  const { key, dtype } = request.tensor
  const { Array, lanes, size } = dtype
  if (Array === undefined) throw new InternalError(`A tensor of ${dtype.name} has no array of numbers`, { key })
  const count = countOfRequest(request)
  return allocating(request.tensor, count * size, () => new Array(newBuffer(count * size), 0, count * lanes))
}

/** Where the elements of a request that is alone are to go. @throws {ResourceExhaustedError} as allocate() */
export function targetOf(request: ReadRequest, how: ReadHow): NumericArray {
  return how.target?.(request, true) ?? allocate(request)
}

/** The value in an array of its own; `target` where that is to hold the elements. */
export function valueOf(loaded: LoadedTensor, target?: NumericArray): NDArray {
  const { request, elements } = loaded
  const data = elements?.map((element) => element.slice()) ?? loaded.own ?? target ?? allocate(request)
  if (ArrayBuffer.isView(data)) fillFrom(loaded, data)
  // The data is the dtype's; only the type checker cannot see it.
  return ndarray(request.tensor.dtype.name, shapeOfRequest(request), data as never)
}

/** The elements of a tensor of numbers into `data`, an array of just its size; those that `own` holds are in it. */
export function fillFrom({ bytes, swapped }: LoadedTensor, data: NumericArray): void {
  if (bytes === undefined) return
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength).set(bytes)
  if (swapped === true) swapBytes(data)
}

/** Reads one value with `read`, into `target` where there is one. */
export async function readOne(
  read: (requests: readonly ReadRequest[], how: ReadHow) => AsyncIterable<readonly LoadedTensor[]>,
  request: ReadRequest,
  target?: NumericArray,
): Promise<NDArray> {
  for await (const [loaded] of read([request], { target: () => target })) {
    if (loaded !== undefined) return valueOf(loaded, target)
  }
  const { key } = request.tensor
  throw new InternalError(`Nothing was read of ${key}`, { key })
}

/** Turns the bytes of every item around. */
export function swapBytes(data: NumericArray): void {
  const size = data.BYTES_PER_ELEMENT
  if (size === 1) return
  // In sections of whole items: no engine's Uint8Array need hold all of them.
  for (let from = 0; from < data.byteLength; from += SECTION) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset + from, Math.min(SECTION, data.byteLength - from))
    for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse()
  }
}
