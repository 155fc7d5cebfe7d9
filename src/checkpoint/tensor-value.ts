/**
 * From a tensor's bytes, as they stand in the file, to a value.
 */
import { type NumericArray } from '../tensor/dtype'
import { ndarray, type NDArray } from '../tensor/ndarray'
import { InternalError } from '../util/errors'
import { type TensorBytes } from './read-tensors'
import { allocating, type TensorEntry } from './tensor-entry'

const SECTION = 1 << 24

/** A fresh array for the tensor's elements. @throws {ResourceExhaustedError} where there is not so much memory. */
export function allocate(entry: TensorEntry): NumericArray {
  const { key, dtype, count } = entry
  const { Array, lanes } = dtype
  if (Array === undefined) throw new InternalError(`A tensor of ${dtype.name} has no array of numbers`, { key })
  return allocating(entry, () => new Array(count * lanes))
}

/** The value in an array of its own; `target` where that holds the bytes already, or is to hold them. */
export function valueOf(tensor: TensorBytes, bigEndian: boolean, target?: NumericArray): NDArray {
  const { entry, elements } = tensor
  if (elements !== undefined) {
    return ndarray(
      'string',
      entry.shape,
      elements.map((element) => element.slice()),
    )
  }
  const data = target ?? allocate(entry)
  fillFrom(tensor, bigEndian, data)
  return ndarray(entry.dtype.name, entry.shape, data as never)
}

/** The elements of a tensor of numbers into `data`, an array of just its size; where it was read into that, they are there. */
export function fillFrom(tensor: TensorBytes, bigEndian: boolean, data: NumericArray): void {
  if (!tensor.own) copyBytes(tensor.bytes, data)
  if (bigEndian) swapBytes(data)
}

/** Fills `data` with bytes of just its length. */
export function copyBytes(bytes: Uint8Array, data: NumericArray): void {
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength).set(bytes)
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
