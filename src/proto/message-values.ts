/**
 * Values of messages: integers of 64 bits, and the order of maps.
 *
 * protobufjs by itself writes maps in the order of insertion, and 0 for a bigint.
 */
import LongClass from 'long'
import { InvalidArgumentError } from '../util/errors'
import { compareKeys } from '../util/bytes'
import type { MessageReader } from './message-reader'
import type { WireWriter } from './message-sizer'

/** A 64-bit integer, exact: what is used of an object of the package `long`, whose other methods it has too. */
export interface Long {
  /** The lower 32 bits, signed. */
  readonly low: number
  /** The upper 32 bits, signed. */
  readonly high: number
  /** Whether it stands for 0 to 2^64 - 1. */
  readonly unsigned: boolean
  /** The nearest number. */
  toNumber(): number
  /** Exactly. */
  toBigInt(): bigint
  toString(radix?: number): string
  isZero(): boolean
  equals(other: Long | number | string): boolean
  greaterThanOrEqual(other: Long | number | string): boolean
  /** The same bits. */
  toSigned(): Long
  /** The same bits. */
  toUnsigned(): Long
}

/** What may stand for a 64-bit integer in a message that is written. A number must be a safe integer. */
export type LongLike = Long | number | bigint

/** One message of the static code. */
export interface MessageCodec<T> {
  new (properties?: object): T
  encode(message: object, writer: WireWriter): void
  /** All that the reader holds. */
  decode(reader: MessageReader): T
}

/** The keys of a map in the order of their UTF-8 bytes, as Python's text_format prints them. */
export function sortedKeys(map: object): string[] {
  const keys = keysOf(map)
  return isSorted(keys, compareKeys) ? keys : keys.sort(compareKeys)
}

/**
 * The keys of a map as TensorFlow's Python writes them: by their bytes, and "Tshape" before "T". What writes is upb, whose
 * deterministic order has the longer one first where one begins with the other (upb/message/map_sorter.c).
 */
export function wireKeys(map: object): string[] {
  const keys = keysOf(map)
  return isSorted(keys, compareOnWire) ? keys : keys.sort(compareOnWire)
}

/** Numeric keys as TensorFlow's Python writes them: upb has the largest first. */
export function wireNumericKeys(map: object): string[] {
  return sortedNumericKeys(map).reverse()
}

/** The keys of a map whose keys are unsigned integers, in their order. */
export function sortedNumericKeys(map: object): string[] {
  return keysOf(map).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
}

/** @throws {TypeError} for what is no object with an entry for each key */
function keysOf(map: object): string[] {
  const isMap = typeof map === 'object' && !Array.isArray(map) && !(map instanceof Map)
  if (!isMap) throw new TypeError(`a field that takes an object with an entry for each key holds ${String(map)}`)
  return Object.keys(map)
}

/** @throws {InvalidArgumentError} for a number that is no safe integer, and for what does not fit into 64 bits. */
export function toLong(value: LongLike | string): Long {
  if (LongClass.isLong(value)) return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return LongClass.fromNumber(value)
  if (typeof value === 'number') throw new InvalidArgumentError(`${value} is no safe integer: give a bigint or a Long`)
  const integer = BigInt(value as bigint | string)
  if (BigInt.asIntN(64, integer) !== integer && BigInt.asUintN(64, integer) !== integer) {
    throw new InvalidArgumentError(`${integer} does not fit into 64 bits`)
  }
  return LongClass.fromBigInt(integer, integer > 0x7fff_ffff_ffff_ffffn)
}

export function toLongs(values: readonly LongLike[]): Long[] {
  return values.map(toLong)
}

/** Whether a field of 64 bits that does not tell "not set" is written. */
export function isNonZero(value: LongLike): boolean {
  return typeof value === 'object' ? value.low !== 0 || value.high !== 0 : value !== 0 && value !== 0n
}

/** Most maps of a file are: then nothing is compared twice. Code units of ASCII sort as its bytes. */
function isSorted(keys: readonly string[], compare: (a: string, b: string) => number): boolean {
  return keys.every((key, at) => at === 0 || compare(keys[at - 1] as string, key) < 0)
}

function compareOnWire(a: string, b: string): number {
  if (a.startsWith(b) || b.startsWith(a)) return b.length - a.length
  return compareKeys(a, b)
}
