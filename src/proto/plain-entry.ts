/**
 * An entry as every writer lays it, read or written at one go: no slices, no unknown field, no number of 2^28 or more; what is
 * written may lie anywhere in a file. Listing an index of such entries takes a quarter less time.
 *
 *     <entry>  = (08 dtype | 12 length <dim>* | 18 shard | 20 offset | 28 size | 35 checksum: 4 bytes)*
 *     <dim>    = 12 length 08 size
 *     <number> = a varint of up to four bytes; a length has one
 *
 * TensorFlow: core/protobuf/tensor_bundle.proto. The whole grammar stands in bundle-messages.ts.
 */
import { type ByteReader } from '../util/coding'
import { type BundleEntry, NO_SLICES, type RawBundleEntry } from './bundle-messages'

/**
 * Reads the message up to the reader's end into `entry`, as readBundleEntry() does. false for any other entry, which is to be
 * read with care: the reader stands where it stood, and `entry` may hold anything.
 */
export function readPlainEntry({ bytes, position, end }: ByteReader, entry: RawBundleEntry): boolean {
  const { shape } = entry
  let dtype = 0
  let rank = 0
  let shardId = 0
  let offset = 0
  let size = 0
  let crc32c = 0
  let at = position
  while (at < end) {
    const tag = bytes[at++] as number
    if (tag === 0x35) {
      crc32c = fixed32At(bytes, at)
      at += 4
      continue
    }
    let byte = bytes[at++] as number
    if (tag === 0x12) {
      const stop = at + byte
      if (byte > 0x7f || stop > end) return false
      while (at < stop) {
        const dimEnd = at + 2 + (bytes[at + 1] as number)
        if (bytes[at] !== 0x12 || bytes[at + 2] !== 0x08 || dimEnd > stop) return false
        at += 3
        byte = bytes[at++] as number
        let sizeOfDim = byte & 0x7f
        for (let shift = 7; byte > 0x7f; shift += 7) {
          if (shift > 21) return false
          byte = bytes[at++] as number
          sizeOfDim |= (byte & 0x7f) << shift
        }
        if (at !== dimEnd) return false
        shape[rank++] = sizeOfDim
      }
      continue
    }
    let value = byte & 0x7f
    for (let shift = 7; byte > 0x7f; shift += 7) {
      if (shift > 21) return false
      byte = bytes[at++] as number
      value |= (byte & 0x7f) << shift
    }
    if (tag === 0x08) dtype = value
    else if (tag === 0x20) offset = value
    else if (tag === 0x28) size = value
    else if (tag === 0x18) shardId = value
    else return false
  }
  // A number that was cut off goes on behind the entry, or behind the block.
  if (at !== end) return false
  if (shape.length > rank) shape.length = rank
  entry.dtype = dtype
  entry.unknownRank = false
  entry.shardId = shardId
  entry.offset = offset
  entry.size = size
  entry.crc32c = crc32c
  entry.slices = NO_SLICES
  return true
}

/** Of what is written a dimension does not reach this: its varint has up to four bytes. */
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

function fixed32At(bytes: Uint8Array, at: number): number {
  const [a, b, c, d] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]] as [number, number, number, number]
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0
}
