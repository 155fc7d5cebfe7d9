/**
 * Numbers and strings as bytes that sort as what they stand for.
 *
 *     <number> = n: uint8, n bytes, big-endian, without leading zeros; 0 has no bytes
 *     <string> = bytes, with 00 as "00 ff" and ff as "ff 00", then "00 01"
 *     <signed> = n bytes of two's complement, big-endian, for -2^(7n-1) up to 2^(7n-1); the n highest bits are turned over
 *                in a number from 0 on, and one more is where they fill the first byte
 *
 * TensorFlow: core/lib/strings/ordered_code.cc.
 */
import { type ByteReader } from './coding'
import { concatBytes } from './bytes'

/** Appends a number from 0 to 2^53. */
export function writeNumber(to: number[], value: number): void {
  const bytes: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  to.push(bytes.length, ...bytes)
}

/** Appends bytes, with a mark behind them. */
export function writeString(to: number[], bytes: Uint8Array): void {
  for (const byte of bytes) {
    to.push(byte)
    if (byte === 0 || byte === 0xff) to.push(0xff - byte)
  }
  to.push(0, 1)
}

/** Appends a number from -2^53 to 2^53. */
export function writeSigned(to: number[], value: number): void {
  const length = signedLength(value)
  to.push(byteAt(value, length - 1) ^ headOf(length))
  for (let at = length - 2; at >= 0; at--) to.push(byteAt(value, at))
}

/** Bytes that a signed number takes: at most 8, up to 2^53. */
function signedLength(value: number): number {
  const magnitude = value < 0 ? -value - 1 : value
  let length = 1
  for (let limit = 2 ** 6; magnitude >= limit; limit *= 2 ** 7) length++
  return length
}

/** Byte number `at` of the two's complement, the lowest first. */
function byteAt(value: number, at: number): number {
  return Math.floor(value / 2 ** (8 * at)) & 0xff
}

/** As many high bits as there are bytes. */
function headOf(length: number): number {
  return (0xff00 >> length) & 0xff
}

/** The twin of writeNumber(). @throws {DataLossError} for other bytes */
export function readNumber(reader: ByteReader): number {
  const from = reader.position
  const length = reader.view(1)[0] as number
  const bytes = reader.view(length)
  const value = bytes.reduce((number, byte) => number * 256 + byte, 0)
  if (bytes[0] === 0 || !Number.isSafeInteger(value)) throw reader.error('no number of ordered code', from)
  return value
}

/** The twin of writeString(). @throws {DataLossError} for other bytes */
export function readString(reader: ByteReader): Uint8Array {
  const { bytes, position: start } = reader
  const parts: Uint8Array[] = []
  let from = start
  for (let at = start; at + 1 < reader.end; at++) {
    const [byte, next] = [bytes[at], bytes[at + 1]]
    if (byte !== 0 && byte !== 0xff) continue
    const ends = byte === 0 && next === 1
    if (!ends && next !== 0xff - byte) break
    parts.push(bytes.subarray(from, ends ? at : at + 1))
    from = ++at + 1
    if (!ends) continue
    reader.position = from
    return concatBytes(parts)
  }
  throw reader.error('no string of ordered code', start)
}

/** The twin of writeSigned(). @throws {DataLossError} for other bytes, and beyond 2^53 */
export function readSigned(reader: ByteReader): number {
  const from = reader.position
  const [first] = reader.view(1) as unknown as [number]
  // Turned over, the bits that tell the length are ones, and then a zero.
  const negative = first < 0x80
  const head = negative ? ~first & 0xff : first
  const length = Math.clz32(~(head << 24))
  const rest = reader.view(length - 1)
  const top = (first ^ headOf(length)) & 0xff
  const value = rest.reduce((number, byte) => number * 256 + byte, top < 0x80 ? top : top - 0x100)
  if (Number.isSafeInteger(value) && signedLength(value) === length) return value
  throw reader.error('no signed number of ordered code', from)
}
