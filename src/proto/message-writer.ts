/**
 * The bytes of a message, as protobufjs's static code writes them: the twin of message-reader.ts.
 *
 * A message is walked over twice. The first time a MessageSizer checks every value and counts bytes, the second time a
 * MessageWriter fills an array of just that many. So nothing is copied twice, nothing but the result is held, and a
 * message that is too large, or holds what its schema does not allow, is refused before there is any of it.
 */
import { bytesFromKey } from '../util/bytes'
import { type ByteSource, isMadeBytes } from './later-fields'
import { type MessageSizer, type WireWriter, zigzagHigh, zigzagLow } from './message-sizer'
import type { Long } from './message-values'
import { nanBits, type NanHolder } from './nan-bits'

/** What every NaN is written as whose bits nobody remembers: V8's own differ from run to run. */
const PLAIN_NAN32 = Uint8Array.of(0, 0, 0xc0, 0x7f)
const PLAIN_NAN64 = Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0x7f)

const utf8 = /* @__PURE__ */ new TextEncoder()

/** Fills an array of just the bytes that a MessageSizer counted over the same message. */
export class MessageWriter implements WireWriter {
  /** Where it writes: unless told otherwise an array of its own, with nothing else in its buffer. */
  readonly result: Uint8Array<ArrayBuffer>
  readonly #view: DataView
  readonly #sizes: readonly number[]
  #size = 0
  #at: number

  /** @param place an array that has room, and from where on */
  constructor(counted: MessageSizer, place?: { readonly target: Uint8Array<ArrayBuffer>; readonly at: number }) {
    this.result = place?.target ?? new Uint8Array(counted.length)
    this.#at = place?.at ?? 0
    this.#view = new DataView(this.result.buffer, this.result.byteOffset, this.result.length)
    this.#sizes = counted.sizes
  }

  uint32(value: number): this {
    const bytes = this.result
    let at = this.#at
    let rest = value
    for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80
    bytes[at] = rest
    this.#at = at + 1
    return this
  }

  int32(value: number): this {
    return value < 0 ? this.#varint64(value, -1) : this.uint32(value)
  }

  bool(value: boolean): this {
    this.result[this.#at++] = value ? 1 : 0
    return this
  }

  int64(value: Long): this {
    return this.#varint64(value.low, value.high)
  }

  uint64(value: Long): this {
    return this.#varint64(value.low, value.high)
  }

  sint64(value: Long): this {
    return this.#varint64(zigzagLow(value), zigzagHigh(value))
  }

  fixed64(value: Long): this {
    this.#view.setInt32(this.#at, value.low, true)
    this.#view.setInt32(this.#at + 4, value.high, true)
    this.#at += 8
    return this
  }

  float(value: number, owner: NanHolder, property: string, place = 0): this {
    if (Number.isNaN(value)) return this.raw(nanBits(owner, property, place) ?? PLAIN_NAN32)
    this.#view.setFloat32(this.#at, value, true)
    this.#at += 4
    return this
  }

  double(value: number, owner: NanHolder, property: string, place = 0): this {
    if (Number.isNaN(value)) return this.raw(nanBits(owner, property, place) ?? PLAIN_NAN64)
    this.#view.setFloat64(this.#at, value, true)
    this.#at += 8
    return this
  }

  bytes(value: Uint8Array): this {
    return this.uint32(value.length).raw(value)
  }

  string(value: string): this {
    const size = this.#nextSize()
    this.uint32(size)
    if (size === value.length && size < 64) this.#ascii(value)
    else utf8.encodeInto(value, this.result.subarray(this.#at, this.#at + size))
    this.#at += size
    return this
  }

  looseString(value: string): this {
    return this.bytes(bytesFromKey(value))
  }

  raw(value: ByteSource): this {
    if (isMadeBytes(value)) value.writeTo(this.result, this.#at)
    else this.result.set(value, this.#at)
    this.#at += value.length
    return this
  }

  int32s(values: readonly number[]): this {
    this.fork()
    for (const value of values) this.int32(value)
    return this
  }

  uint32s(values: readonly number[]): this {
    this.fork()
    for (const value of values) this.uint32(value)
    return this
  }

  int64s(values: readonly Long[]): this {
    this.fork()
    for (const value of values) this.int64(value)
    return this
  }

  uint64s(values: readonly Long[]): this {
    return this.int64s(values)
  }

  fixed64s(values: readonly Long[]): this {
    this.fork()
    for (const value of values) this.fixed64(value)
    return this
  }

  floats(values: readonly number[], owner: NanHolder, property: string): this {
    this.fork()
    for (let i = 0; i < values.length; i++) this.float(values[i] as number, owner, property, i)
    return this
  }

  doubles(values: readonly number[], owner: NanHolder, property: string): this {
    this.fork()
    for (let i = 0; i < values.length; i++) this.double(values[i] as number, owner, property, i)
    return this
  }

  bools(values: readonly boolean[]): this {
    this.fork()
    for (const value of values) this.bool(value)
    return this
  }

  fork(): this {
    return this.uint32(this.#nextSize())
  }

  ldelim(): this {
    return this
  }

  #nextSize(): number {
    return this.#sizes[this.#size++] as number // The sizer saw the same calls.
  }

  #ascii(value: string): void {
    const bytes = this.result
    const start = this.#at
    for (let i = 0; i < value.length; i++) bytes[start + i] = value.charCodeAt(i)
  }

  #varint64(low: number, high: number): this {
    const bytes = this.result
    let [at, lower, upper] = [this.#at, low >>> 0, high >>> 0]
    while (upper > 0 || lower > 0x7f) {
      bytes[at++] = (lower & 0x7f) | 0x80
      lower = ((lower >>> 7) | (upper << 25)) >>> 0
      upper >>>= 7
    }
    bytes[at] = lower
    this.#at = at + 1
    return this
  }
}
