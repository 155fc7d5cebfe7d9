/**
 * Integers as LevelDB and protocol buffers write them.
 *
 *     <fixed32>  = 4 bytes, little-endian
 *     <fixed64>  = 8 bytes, little-endian
 *     <varint>   = 7 bits a byte, low bits first, the top bit set on all but the last byte; at most 10 bytes
 *
 * LevelDB: util/coding.h. TensorFlow: core/lib/core/coding.h.
 */
import { DataLossError, InvalidArgumentError } from './errors'

/** Where a reader's bytes come from, for its errors. */
export interface Place {
  readonly path?: string
  readonly key?: string
  /** Offset of the first byte in the file. */
  readonly offset?: number
}

/** Reads integers from bytes, in order. Every read is checked against the end: DataLossError. */
export class ByteReader {
  position: number

  constructor(
    readonly bytes: Uint8Array,
    readonly place: Place = {},
    start = 0,
    public end: number = bytes.length,
  ) {
    this.position = start
  }

  get done(): boolean {
    return this.position >= this.end
  }

  /** The byte in the file that is read next. */
  get fileOffset(): number {
    return (this.place.offset ?? 0) + this.position
  }

  /** A varint as a signed 64-bit integer. @throws {DataLossError} where it never ends or is beyond 2^53. */
  varint64(): number {
    const { bytes, end, position: from } = this
    let low = 0
    let at = from
    for (let shift = 0; shift < 28; shift += 7) {
      if (at >= end) throw this.error('a varint is cut off', from)
      const byte = bytes[at++] as number
      low |= (byte & 0x7f) << shift
      if (byte > 0x7f) continue
      this.position = at
      return low
    }
    this.position = at
    return this.#longVarint(low, from)
  }

  /** A varint of 32 bits, as block entries have them. @throws {DataLossError} above 2^32-1, or in more than five bytes. */
  varint32(): number {
    const from = this.position
    const value = this.varint64()
    // Of four bytes: 28 bits.
    if (this.position - from < 5) return value
    if (value < 0 || value > 0xffffffff) throw this.error(`a varint32 holds ${value}`, from)
    if (this.position - from > 5) throw this.error('a varint32 takes more than five bytes', from)
    return value
  }

  /** Reads over a varint of whatever value. @throws {DataLossError} where it never ends. */
  skipVarint(): void {
    const from = this.position
    for (let i = 0; i < 10; i++) {
      if (this.position >= this.end) throw this.error('a varint is cut off', from)
      if ((this.bytes[this.position++] as number) < 0x80) return
    }
    throw this.error('a varint has more than 64 bits', from)
  }

  fixed32(): number {
    const at = this.#take(4)
    const b = this.bytes
    return (
      ((b[at] as number) |
        ((b[at + 1] as number) << 8) |
        ((b[at + 2] as number) << 16) |
        ((b[at + 3] as number) << 24)) >>>
      0
    )
  }

  fixed64(): bigint {
    const low = this.fixed32()
    return (BigInt(this.fixed32()) << 32n) | BigInt(low)
  }

  /** A view of the next `length` bytes. */
  view(length: number): Uint8Array {
    const at = this.#take(length)
    return this.bytes.subarray(at, at + length)
  }

  /** Ends the reader behind the next `length` bytes, for a message in a message; what `end` was is to be put back. */
  enter(length: number): number {
    const outer = this.end
    if (length > outer - this.position) this.#take(length)
    this.end = this.position + length
    return outer
  }

  skip(length: number): void {
    this.#take(length)
  }

  /** A DataLossError that says what is wrong, and where. */
  error(what: string, at: number = this.position): DataLossError {
    const offset = (this.place.offset ?? 0) + at
    const { path } = this.place
    const file = path === undefined ? '' : ` of ${path}`
    return new DataLossError(`Corrupted bytes: ${what} at byte ${offset}${file}`, { ...this.place, offset })
  }

  #take(length: number): number {
    const at = this.position
    if (!(length >= 0 && length <= this.end - at)) {
      throw this.error(`${length} bytes are announced and ${this.end - at} are left`, at)
    }
    this.position = at + length
    return at
  }

  /** What begins with these 28 bits. */
  #longVarint(low: number, from: number): number {
    let high = 0
    let top = 0
    for (let i = 4; ; i++) {
      if (this.position >= this.end) throw this.error('a varint is cut off', from)
      const byte = this.bytes[this.position++] as number
      const bits = byte & 0x7f
      if (i < 8) high |= bits << (7 * (i - 4))
      else if (i === 8) top = bits
      else {
        top |= (bits & 1) << 7
        if (byte > 1) throw this.error(`a varint has more than 64 bits`, from)
      }
      if (byte < 0x80) return this.#join(low, high, top, from)
    }
  }

  /** 28 + 28 + 8 bits, as a signed number. */
  #join(low: number, high: number, top: number, from: number): number {
    const unsigned = low + high * 2 ** 28 + top * 2 ** 56
    if (Number.isSafeInteger(unsigned)) return unsigned
    if (top < 0x80) throw this.error('a varint is beyond 2^53', from)
    // Two's complement: what is missing to 2^64, counted from the complement's bits so that nothing rounds.
    const missing = (0xfffffff ^ low) + (0xfffffff ^ high) * 2 ** 28 + (0xff ^ top) * 2 ** 56 + 1
    if (!Number.isSafeInteger(missing)) throw this.error('a varint is below -2^53', from)
    return -missing
  }
}

/** Up to here a loop copies faster than set(), whose call costs more than the bytes. */
const SHORT = 48

/** Gathers bytes in a buffer that grows. */
export class ByteWriter {
  #buffer: Uint8Array<ArrayBuffer>
  length = 0

  constructor(capacity = 256) {
    this.#buffer = new Uint8Array(capacity)
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#buffer[this.length++] = value
  }

  /** A varint. @throws {InvalidArgumentError} for anything but an integer from -2^53 to 2^53; negative ones take ten bytes. */
  varint64(value: number): void {
    if ((value & 0x7f) === value) {
      this.byte(value)
      return
    }
    if (!Number.isSafeInteger(value)) throw new InvalidArgumentError(`Cannot write ${value} as a varint`)
    this.#reserve(10)
    if (value < 0) {
      this.#negative(value)
      return
    }
    const buffer = this.#buffer
    let rest = value
    while (rest > 0x7fffffff) {
      buffer[this.length++] = (rest % 128) | 0x80
      rest = Math.floor(rest / 128)
    }
    while (rest > 0x7f) {
      buffer[this.length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    buffer[this.length++] = rest
  }

  fixed32(value: number): void {
    this.#reserve(4)
    const buffer = this.#buffer
    buffer[this.length++] = value
    buffer[this.length++] = value >>> 8
    buffer[this.length++] = value >>> 16
    buffer[this.length++] = value >>> 24
  }

  /** Appends `bytes`, or what of them begins at `from`. */
  append(bytes: Uint8Array, from = 0): void {
    const length = bytes.length - from
    this.#reserve(length)
    if (length > SHORT) this.#buffer.set(from > 0 ? bytes.subarray(from) : bytes, this.length)
    // Both indices are inside.
    else for (let i = 0; i < length; i++) this.#buffer[this.length + i] = bytes[from + i] as number
    this.length += length
  }

  /** A view of what was written; the next write may change it. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.length)
  }

  /** A copy of what was written. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.length)
  }

  clear(): void {
    this.length = 0
  }

  #negative(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value))
    for (; rest > 0x7fn; rest >>= 7n) this.#buffer[this.length++] = Number(rest & 0x7fn) | 0x80
    this.#buffer[this.length++] = Number(rest)
  }

  #reserve(more: number): void {
    const needed = this.length + more
    if (needed <= this.#buffer.length) return
    const grown = new Uint8Array(Math.max(needed, 2 * this.#buffer.length))
    grown.set(this.view())
    this.#buffer = grown
  }
}

/** Bytes that a varint of a number from 0 to 2^53 takes. */
export function varintLength(value: number): number {
  let length = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++
  return length
}
