/**
 * How many bytes a message has, and whether every value is of its field's type: the first of two walks over it.
 */
import { bytesFromKey, isBytes } from '../util/bytes'
import { type ByteSource, isMadeBytes } from './later-fields'
import type { Long } from './message-values'
import type { NanHolder } from './nan-bits'
import { refuseSurrogates } from './text-printer'

/** What the generated code calls. Each call gives back the writer. */
export interface WireWriter {
  uint32(value: number): WireWriter
  int32(value: number): WireWriter
  bool(value: boolean): WireWriter
  int64(value: Long): WireWriter
  uint64(value: Long): WireWriter
  sint64(value: Long): WireWriter
  fixed64(value: Long): WireWriter
  /** Of the field `property` of `owner`, which may remember the bits of a NaN. */
  float(value: number, owner: NanHolder, property: string): WireWriter
  double(value: number, owner: NanHolder, property: string): WireWriter
  bytes(value: Uint8Array): WireWriter
  string(value: string): WireWriter
  /** Of proto2: U+DC80 + n is byte 0x80 + n. */
  looseString(value: string): WireWriter
  /** Bytes without a length before them. */
  raw(value: ByteSource): WireWriter
  int32s(values: readonly number[]): WireWriter
  uint32s(values: readonly number[]): WireWriter
  int64s(values: readonly Long[]): WireWriter
  uint64s(values: readonly Long[]): WireWriter
  fixed64s(values: readonly Long[]): WireWriter
  floats(values: readonly number[], owner: NanHolder, property: string): WireWriter
  doubles(values: readonly number[], owner: NanHolder, property: string): WireWriter
  bools(values: readonly boolean[]): WireWriter
  /** What follows, up to the matching `ldelim`, has its length before it. */
  fork(): WireWriter
  ldelim(): WireWriter
}

/** Counts what a MessageWriter will write. @throws {TypeError} for a value that is not of its field's type */
export class MessageSizer implements WireWriter {
  /** Bytes so far. */
  length = 0
  /** Of every string, list and inner message, in order: how many bytes it has without its length. */
  readonly sizes: number[] = []
  /** Of each open fork: its place in `sizes`, and the bytes before it. */
  readonly #open: number[] = []

  uint32(value: number): this {
    if (value >>> 0 !== value) throw misfit('an unsigned 32-bit integer', value)
    this.length += sizeOf32(value)
    return this
  }

  int32(value: number): this {
    if ((value | 0) !== value) throw misfit('a 32-bit integer', value)
    this.length += value < 0 ? 10 : sizeOf32(value)
    return this
  }

  bool(value: boolean): this {
    if (typeof value !== 'boolean') throw misfit('a boolean', value)
    this.length += 1
    return this
  }

  int64(value: Long): this {
    this.length += sizeOf64(value.low, value.high)
    return this
  }

  uint64(value: Long): this {
    return this.int64(value)
  }

  sint64(value: Long): this {
    this.length += sizeOf64(zigzagLow(value), zigzagHigh(value))
    return this
  }

  fixed64(_value: Long): this {
    this.length += 8
    return this
  }

  float(value: number): this {
    if (typeof value !== 'number') throw misfit('a number', value)
    this.length += 4
    return this
  }

  double(value: number): this {
    if (typeof value !== 'number') throw misfit('a number', value)
    this.length += 8
    return this
  }

  bytes(value: Uint8Array): this {
    if (!isBytes(value)) throw misfit('a Uint8Array', value)
    this.length += sizeOf32(value.length) + value.length
    return this
  }

  string(value: string): this {
    if (typeof value !== 'string') throw misfit('a string', value)
    return this.#sized(utf8Size(value))
  }

  looseString(value: string): this {
    if (typeof value !== 'string') throw misfit('a string', value)
    return this.bytes(bytesFromKey(value))
  }

  raw(value: ByteSource): this {
    if (!isBytes(value) && !isMadeBytes(value)) throw misfit('a Uint8Array', value)
    this.length += value.length
    return this
  }

  int32s(values: readonly number[]): this {
    return this.#packed(values, (value) => this.int32(value))
  }

  uint32s(values: readonly number[]): this {
    return this.#packed(values, (value) => this.uint32(value))
  }

  int64s(values: readonly Long[]): this {
    return this.#packed(values, (value) => this.int64(value))
  }

  uint64s(values: readonly Long[]): this {
    return this.int64s(values)
  }

  fixed64s(values: readonly Long[]): this {
    return this.#sized(values.length * 8)
  }

  floats(values: readonly number[]): this {
    return this.#packed(values, (value) => this.float(value))
  }

  doubles(values: readonly number[]): this {
    return this.#packed(values, (value) => this.double(value))
  }

  bools(values: readonly boolean[]): this {
    return this.#packed(values, (value) => this.bool(value))
  }

  fork(): this {
    this.#open.push(this.sizes.length, this.length)
    this.sizes.push(0)
    return this
  }

  ldelim(): this {
    const size = this.length - (this.#open.pop() ?? 0)
    this.sizes[this.#open.pop() ?? 0] = size
    this.length += sizeOf32(size)
    return this
  }

  #packed<T>(values: readonly T[], count: (value: T) => void): this {
    this.fork()
    for (let i = 0; i < values.length; i++) count(values[i] as T) // A hole is no value either.
    return this.ldelim()
  }

  #sized(size: number): this {
    this.sizes.push(size)
    this.length += sizeOf32(size) + size
    return this
  }
}

function misfit(what: string, value: unknown): TypeError {
  return new TypeError(
    `a field that takes ${what} holds ${typeof value === 'object' ? String(value) : `${value as string}`}`,
  )
}

function sizeOf32(value: number): number {
  if (value < 0x80) return 1
  if (value < 0x4000) return 2
  if (value < 0x200000) return 3
  return value < 0x10000000 ? 4 : 5
}

/** Seven bits a byte. */
function sizeOf64(low: number, high: number): number {
  return high === 0 ? sizeOf32(low >>> 0) : Math.ceil((64 - Math.clz32(high)) / 7)
}

/** Of the zigzag form, which has the sign in its lowest bit. */
export function zigzagLow(value: Long): number {
  return (value.low << 1) ^ (value.high >> 31)
}

/** Of the zigzag form, which has the sign in its lowest bit. */
export function zigzagHigh(value: Long): number {
  return ((value.high << 1) | (value.low >>> 31)) ^ (value.high >> 31)
}

/** The bytes that a text has in UTF-8. @throws {ValueError} for half of a surrogate pair: it has none */
export function utf8Size(text: string): number {
  let size = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    if (code >= 0xd800 && code < 0xe000) {
      const isPair = code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00
      if (!isPair) refuseSurrogates(text)
      size += 2
      i++
    } else size += code < 0x800 ? 1 : 2
  }
  return size
}
