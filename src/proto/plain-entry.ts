/**
 * An entry as every writer lays it, written at one go: no slices, no dimension of 2^28 or more. The twin of plain-block.wat.
 *
 *     <entry>  = (08 dtype | 12 length <dim>* | 18 shard | 20 offset | 28 size | 35 checksum: 4 bytes)*
 *     <dim>    = 12 length (08 size)?
 *     <number> = a varint: of a dimension up to four bytes, a length has one
 *
 * TensorFlow: core/protobuf/tensor_bundle.proto. The whole grammar stands in bundle-messages.ts.
 */
import { type BundleEntry } from './bundle-messages'

/** A dimension does not reach this: its varint has up to four bytes. */
const LIMIT = 2 ** 28
/** Dimensions are up to this number: the length of their message takes one byte then. */
const DIMENSIONS = 16

/**
 * What writes such an entry as encodeBundleEntry() does, into memory that is used again: the bytes are valid until the next. undefined
 * for any other entry.
 */
export function plainEntryWriter(): (entry: BundleEntry) => Uint8Array | undefined {
  // Tags and numbers, each at its longest.
  const bytes = new Uint8Array(48 + 8 * DIMENSIONS)
  /** Of each length: entries are of a few. */
  const views = Array.from(bytes, (_, length) => bytes.subarray(0, length))
  let at = 0
  const number = (tag: number, value: number): void => {
    bytes[at++] = tag
    let rest = value
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 0x80
    for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80
    bytes[at++] = rest
  }
  return ({ dtype, shape, unknownRank, shardId, offset, size, crc32c, slices }) => {
    const isPlace = Number.isSafeInteger(offset) && offset >= 0 && Number.isSafeInteger(size) && size >= 0
    if (
      !isPlace ||
      !isShort(dtype) ||
      !isShort(shardId) ||
      unknownRank ||
      slices.length > 0 ||
      shape.length > DIMENSIONS
    )
      return undefined
    at = 0
    if (dtype > 0) number(0x08, dtype)
    bytes[at++] = 0x12
    const length = at++
    for (let i = 0; i < shape.length; i++) {
      const dimension = shape[i] as number
      if (!isShort(dimension)) return undefined
      bytes[at++] = 0x12
      const start = at++
      if (dimension > 0) number(0x08, dimension)
      bytes[start] = at - start - 1
    }
    bytes[length] = at - length - 1
    if (shardId > 0) number(0x18, shardId)
    if (offset > 0) number(0x20, offset)
    if (size > 0) number(0x28, size)
    if (crc32c > 0) {
      bytes[at++] = 0x35
      for (let shift = 0; shift < 32; shift += 8) bytes[at++] = crc32c >>> shift
    }
    return views[at]
  }
}

function isShort(number: number): boolean {
  return number >= 0 && number < LIMIT
}
