/**
 * What protobufjs's static code calls where scripts/generate-proto.mjs changes it, and how its values are typed.
 *
 * protobufjs by itself writes maps in the order of insertion, and 0 for a bigint.
 */
import Long from 'long'
import { InvalidArgumentError } from '../util/errors'
import { compareKeys } from '../util/bytes'

/** A 64-bit integer, exact, as the package `long` has it. */
export type { Long }

/** What may stand for a 64-bit integer in a message that is written. A number must be a safe integer. */
export type LongLike = Long | number | bigint

/** One message of the static code. */
export interface MessageCodec<T> {
  new (properties?: object): T
  /** Behind what the writer holds already. */
  encode(message: object, writer?: WireWriter): WireWriter
  /** All that the reader holds. */
  decode(reader: WireReader): T
}

/** As much of protobufjs's Writer as is used. */
export interface WireWriter {
  /** Bytes so far. */
  readonly len: number
  finish(): Uint8Array
}

/** As much of protobufjs's Reader as is used. */
export interface WireReader {
  discardUnknown: boolean
  readonly pos: number
}

/** The keys of a map in the order of their UTF-8 bytes, as TensorFlow's deterministic serialization writes them. */
export function sortedKeys(map: object): string[] {
  const keys = Object.keys(map)
  return isSorted(keys) ? keys : keys.sort(compareKeys)
}

/** The keys of a map whose keys are unsigned integers, in their order. */
export function sortedNumericKeys(map: object): string[] {
  return Object.keys(map).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
}

/** @throws {InvalidArgumentError} for a number that is no safe integer, and for what does not fit into 64 bits. */
export function toLong(value: LongLike | string): Long {
  if (Long.isLong(value)) return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return Long.fromNumber(value)
  if (typeof value === 'number') throw new InvalidArgumentError(`${value} is no safe integer: give a bigint or a Long`)
  const integer = BigInt(value)
  if (BigInt.asIntN(64, integer) !== integer && BigInt.asUintN(64, integer) !== integer) {
    throw new InvalidArgumentError(`${integer} does not fit into 64 bits`)
  }
  return Long.fromBigInt(integer, integer > 0x7fff_ffff_ffff_ffffn)
}

export function toLongs(values: readonly LongLike[]): Long[] {
  return values.map(toLong)
}

/** Whether a field of 64 bits that does not tell "not set" is written. */
export function isNonZero(value: LongLike): boolean {
  return typeof value === 'object' ? value.low !== 0 || value.high !== 0 : value !== 0 && value !== 0n
}

/** Most maps of a file are: then nothing is compared twice. Code units of ASCII sort as its bytes. */
function isSorted(keys: readonly string[]): boolean {
  return keys.every((key, at) => at === 0 || compareKeys(keys[at - 1] as string, key) < 0)
}
