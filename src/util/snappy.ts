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
  const compressed = reader.end - reader.position
  const length = reader.varint32()
  if (length > MAX_RATIO * compressed) throw corrupted(reader, `${compressed} bytes of snappy claim ${length}`)
  const target = new Uint8Array(length)
  let written = 0
  while (!reader.done) {
    const tag = reader.view(1)[0] as number
    written = (tag & 3) === 0 ? literal(reader, tag, target, written) : copy(reader, tag, target, written)
  }
  if (written !== length) throw corrupted(reader, `snappy claims ${length} bytes and holds ${written}`)
  return target
}

/** Where the literal's bytes end in `target`. */
function literal(reader: ByteReader, tag: number, target: Uint8Array, start: number): number {
  const short = (tag >>> 2) + 1
  const length = short <= 60 ? short : littleEndian(reader.view(short - 60)) + 1
  const bytes = reader.view(length)
  checkRoom(reader, target, start + length)
  target.set(bytes, start)
  return start + length
}

/** Where the copy ends in `target`. One that reaches less far back than it is long repeats itself. */
function copy(reader: ByteReader, tag: number, target: Uint8Array, start: number): number {
  const short = (tag & 3) === 1
  const length = short ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1
  const low = littleEndian(reader.view(1 << ((tag & 3) - 1)))
  const offset = short ? ((tag >>> 5) << 8) | low : low
  if (offset === 0 || offset > start) throw corrupted(reader, `a snappy copy reaches ${offset} bytes back of ${start}`)
  const end = start + length
  checkRoom(reader, target, end)
  // Both indices are inside, `at - offset` from 0 on.
  for (let at = start; at < end; at++) target[at] = target[at - offset] as number
  return end
}

function checkRoom(reader: ByteReader, target: Uint8Array, end: number): void {
  if (end > target.length) throw corrupted(reader, `snappy claims ${target.length} bytes and holds more`)
}

function corrupted(reader: ByteReader, what: string): Error {
  return reader.error(`corrupted compressed block contents: ${what}`)
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0)
}
