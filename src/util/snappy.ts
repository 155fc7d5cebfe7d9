/**
 * Snappy blocks, which tables of old TensorFlow releases and of LevelDB may hold. Only read: TensorFlow writes none.
 *
 *     <block>   = uncompressed length: varint32, element*
 *     <element> = literal: tag 00, bytes | copy: tag 01, 10 or 11, length, offset back into what was written
 *     <literal> = (length - 1) << 2 in a byte, up to 60; else (59 + n) << 2 in a byte, length - 1 in n bytes
 *     <copy>    = offset high << 5 | (length - 4) << 2 | 1, offset low: uint8
 *               | (length - 1) << 2 | 2, offset: uint16 | (length - 1) << 2 | 3, offset: uint32
 *
 * Nothing is trusted: the length that is claimed, each element and their sum must be right, or it is a DataLossError.
 * google/snappy: format_description.txt.
 */
import { type ByteReader } from './coding'

/** A block may claim at most this many times its own length; the format itself reaches about 21. */
const MAX_RATIO = 64

/** The bytes of the snappy block in `reader`, up to its end. @throws {DataLossError} for a block that is none. */
export function uncompressSnappy(reader: ByteReader): Uint8Array {
  const { bytes } = reader
  const compressed = reader.end - reader.position
  const length = reader.varint32()
  const fail = (what: string): Error => reader.error(`corrupted compressed block contents: ${what}`)
  if (length > MAX_RATIO * compressed) throw fail(`${compressed} bytes of snappy claim ${length}`)
  const target = new Uint8Array(length)
  let written = 0
  while (!reader.done) {
    const tag = bytes[reader.position++] as number
    const kind = tag & 3
    let size = tag >>> 2
    // Bytes of a number behind the tag: of a copy 1, 2 or 4; of a literal none, where this is 0 or less.
    const digits = (1 << kind) >> 1 || size - 59
    // Where the bytes come from. No view is made of what is short, and nearly all is.
    let at = reader.position
    let source = bytes
    let number = 0
    if (digits > 0) reader.skip(digits)
    for (let shift = 0; at < reader.position; shift += 8) number |= (bytes[at++] as number) << shift
    number >>>= 0
    if (kind > 0) {
      if (kind === 1) {
        number |= (tag >>> 5) << 8
        size = (size & 7) + 3
      }
      if (number === 0 || number > written) throw fail(`a snappy copy reaches ${number} bytes back of ${written}`)
      at = written - number
      source = target
    } else {
      if (digits > 0) size = number
      reader.skip(size + 1)
    }
    const stop = written + size + 1
    if (stop > length) throw fail(`snappy claims ${length} bytes and holds more`)
    // No copy is so long.
    if (size > 63) {
      target.set(bytes.subarray(at, reader.position), written)
      written = stop
    }
    // A copy that reaches less far back than it is long repeats itself. All indices are inside.
    while (written < stop - 3) {
      target[written++] = source[at++] as number
      target[written++] = source[at++] as number
      target[written++] = source[at++] as number
      target[written++] = source[at++] as number
    }
    while (written < stop) target[written++] = source[at++] as number
  }
  if (written !== length) throw fail(`snappy claims ${length} bytes and holds ${written}`)
  return target
}
