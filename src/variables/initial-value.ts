/**
 * What a graph has to say about a variable's initial value: as little as it takes.
 */
import { dtypeInfo } from '../tensor/dtype'
import { elementCount, type NDArray } from '../tensor/ndarray'

/** Up to here an initial value is kept as it is, and is in the graph as TensorFlow would write it. */
export const MAX_INITIAL_BYTES = 1024

/**
 * The initial value as far as it is kept: the value itself where it has at most 1 kB, one element, of shape [], where it
 * is longer and all its elements are the same, bit for bit, else nothing. So a store of 1 GB has a small graph.
 *
 * @param value an array that starts where its buffer does
 */
export function compactInitialValue(value: NDArray): NDArray | undefined {
  if (isSmall(value)) return value
  return isSplat(value) ? firstElement(value) : undefined
}

function isSmall({ data }: NDArray): boolean {
  if (ArrayBuffer.isView(data)) return data.byteLength <= MAX_INITIAL_BYTES
  // A byte for the length of each, as a lower bound of what the message takes.
  let bytes = data.length
  for (let i = 0; i < data.length && bytes <= MAX_INITIAL_BYTES; i++) bytes += data[i]?.length ?? 0
  return bytes <= MAX_INITIAL_BYTES
}

/** Whether all elements have the same bytes; stops at the first that has not. */
function isSplat(value: NDArray): boolean {
  const { data } = value
  if (!ArrayBuffer.isView(data)) return sameStrings(data)
  const { size } = dtypeInfo(value.dtype)
  const { buffer, byteOffset, byteLength } = data
  const head = new Uint8Array(buffer, byteOffset, Math.min(byteLength, Math.max(size, 4)))
  if (!isPeriodic(head, size)) return false
  // Word by word: a word repeats itself where an element is shorter, else the words of an element do.
  const wordCount = Math.floor(byteLength / 4)
  const tail = new Uint8Array(buffer, byteOffset + wordCount * 4)
  return (
    isPeriodic(new Uint32Array(buffer, byteOffset, wordCount), Math.max(size / 4, 1)) &&
    tail.every((byte, i) => byte === head[i % size])
  )
}

function isPeriodic(items: Uint8Array | Uint32Array, period: number): boolean {
  for (let i = period; i < items.length; i++) if (items[i] !== items[i - period]) return false
  return true
}

function sameStrings(strings: readonly Uint8Array[]): boolean {
  const [first = new Uint8Array()] = strings
  // One that is long is no less so where it is alone.
  if (first.length > MAX_INITIAL_BYTES) return false
  return strings.every((bytes) => bytes.length === first.length && bytes.every((byte, i) => byte === first[i]))
}

function firstElement(value: NDArray): NDArray {
  const { lanes } = dtypeInfo(value.dtype)
  return { dtype: value.dtype, shape: [], data: value.data.slice(0, lanes) } as unknown as NDArray
}

/** Whether an initial value that was kept stands for a longer value of this shape. */
export function isSplatOf(initial: NDArray, shape: readonly number[]): boolean {
  return initial.shape.length !== shape.length || elementCount(initial.shape) !== elementCount(shape)
}
