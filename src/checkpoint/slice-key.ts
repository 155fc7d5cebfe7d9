/**
 * The keys under which the parts of a tensor lie in a table.
 *
 *     <key> = 0: number, name: string, rank: number, ( start: signed, length: signed ) *
 *
 * in ordered code (util/ordered-code.ts). All of a dimension is start 0, length -1: "80 7f".
 * TensorFlow: core/util/saved_tensor_slice_util.cc, EncodeTensorNameSlice and DecodeTensorNameSlice.
 */
import { type TensorSlice } from '../tensor/ndarray'
import { bytesFromKey, keyFromBytes } from '../util/bytes'
import { ByteReader, type Place } from '../util/coding'
import type { DataLossError } from '../util/errors'
import { readNumber, readSigned, readString, writeNumber, writeSigned, writeString } from '../util/ordered-code'

/** A range in the key that means all of the dimension. */
const WHOLE = [0, -1] as const

/** Whether a key is that of a part: no tensor's own name begins with the byte 0. */
export function isSliceKey(key: Uint8Array | string): boolean {
  return (typeof key === 'string' ? key.charCodeAt(0) : key[0]) === 0
}

/** The key of a part. Ranges are written as they are told, also those that are all of a dimension. */
export function encodeSliceKey(name: string, slice: TensorSlice): Uint8Array {
  const bytes: number[] = []
  writeNumber(bytes, 0)
  writeString(bytes, bytesFromKey(name))
  writeNumber(bytes, slice.length)
  for (const range of slice) for (const number of range ?? WHOLE) writeSigned(bytes, number)
  return Uint8Array.from(bytes)
}

/** The tensor and the part that a key names. @throws {DataLossError} for a key that is none of a part */
export function decodeSliceKey(key: Uint8Array, place: Place = {}): { name: string; slice: TensorSlice } {
  const reader = new ByteReader(key, place)
  if (readNumber(reader) !== 0) throw notASlice(reader, 'The leading number should always be 0 for any valid key')
  const name = keyFromBytes(readString(reader))
  const rank = readNumber(reader)
  // Two bytes a dimension, at least.
  if (rank * 2 > reader.end - reader.position) throw notASlice(reader, `Too many elements ${rank}`)
  const slice = Array.from({ length: rank }, () => readRange(reader))
  if (!reader.done) throw notASlice(reader, `${reader.end - reader.position} bytes too many`)
  return { name, slice }
}

function readRange(reader: ByteReader): readonly [start: number, length: number] | undefined {
  const start = readSigned(reader)
  const length = readSigned(reader)
  if (start === WHOLE[0] && length === WHOLE[1]) return undefined
  if (start >= 0 && length >= 0) return [start, length]
  throw notASlice(reader, `Failed to parse a range: start = ${start}, length = ${length}`)
}

function notASlice(reader: ByteReader, what: string): DataLossError {
  return reader.error(`the key of a part: ${what}`)
}
