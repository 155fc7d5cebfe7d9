/**
 * The bytes of a message, as protobufjs's static code reads them.
 *
 *     <message> = (tag: varint32 = number << 3 | type, value)*
 *     <value>   = varint64 | fixed64 | size: varint32, bytes | <message>, end tag | fixed32      types 0 1 2 3 5
 *     <packed>  = size: varint32, value*
 *
 * It does what protobufjs's own Reader does, but names the byte at which something is wrong, refuses strings that are no
 * UTF-8, keeps one string for equal short ones, and gives plain arrays under Node, too. What is lenient and what is not is
 * protobuf's: upb/wire/decode.c, by behaviour. protobuf: the "Encoding" page of its documentation.
 */
import Long from 'long'
import { keyFromBytes } from '../util/bytes'
import type { LaterFields } from './later-fields'
import { decodeText } from './message-strings'
import { WireError } from './wire-error'

/** Deepest nesting of messages, the outermost not counted, entries of maps counted: protobuf's own limit. */
export const MAX_DEPTH = 100

/** The longest message that protocol buffers allow, in bytes: 2 GB less one. */
export const MAX_MESSAGE_BYTES = 2 ** 31 - 1

/** Walks over bytes. The generated code moves `len` while it reads an inner message. */
export class MessageReader {
  /** The next byte. */
  pos = 0
  /** Where the message that is being read ends. */
  len: number
  /** NaNs that were read just now and are not the plain one. Whoever reads numbers takes them: see nan-bits.ts. */
  nans: [place: number, bits: Uint8Array][] | undefined
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #part: MessageReader | undefined

  /** @param later the fields that may be made later; without it, none is */
  constructor(
    bytes: Uint8Array,
    readonly later?: LaterFields,
  ) {
    this.len = bytes.length
    // Views of a Buffer would be Buffers.
    this.#bytes =
      bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  /** A field's number and type. Five bytes at most. */
  tag(): number {
    return this.#short('a tag', 0x0f)
  }

  /** How many bytes come next. What is not there is an error here already. */
  size(): number {
    const size = this.#short('a length', 0x07)
    if (size > this.len - this.pos) throw this.fault(`a length of ${size} bytes where ${this.len - this.pos} are left`)
    return size
  }

  uint32(): number {
    const at = this.pos
    const byte = this.#bytes[at] as number
    if (byte < 0x80 && at < this.len) {
      this.pos = at + 1
      return byte
    }
    return this.#varint64(true).low >>> 0
  }

  int32(): number {
    return this.uint32() | 0
  }

  bool(): boolean {
    return !this.#varint64(true).isZero()
  }

  int64(): Long {
    return this.#varint64(false)
  }

  uint64(): Long {
    return this.#varint64(true)
  }

  sint64(): Long {
    const { low, high } = this.#varint64(true)
    const sign = -(low & 1)
    return Long.fromBits(((low >>> 1) | (high << 31)) ^ sign, (high >>> 1) ^ sign, false)
  }

  fixed64(): Long {
    const at = this.#advance(8)
    return Long.fromBits(this.#view.getInt32(at, true), this.#view.getInt32(at + 4, true), true)
  }

  float(): number {
    const at = this.#advance(4)
    const value = this.#view.getFloat32(at, true)
    if (Number.isNaN(value)) this.#noteNan(0, at, 4)
    return value
  }

  double(): number {
    const at = this.#advance(8)
    const value = this.#view.getFloat64(at, true)
    if (Number.isNaN(value)) this.#noteNan(0, at, 8)
    return value
  }

  /** A view of the bytes that are read. */
  bytes(): Uint8Array {
    const size = this.size()
    return this.raw(this.pos, (this.pos += size))
  }

  /** Of proto2, where a string may be any bytes: byte 0x80 + n that is no UTF-8 is U+DC80 + n. */
  string(): string {
    return keyFromBytes(this.bytes())
  }

  /** Of proto3: UTF-8. */
  stringVerify(): string {
    const size = this.size()
    const start = this.pos
    this.pos = start + size
    return decodeText(this.#bytes, start, start + size)
  }

  int32s(values: number[]): void {
    this.#packed(values, this.int32)
  }

  uint32s(values: number[]): void {
    this.#packed(values, this.uint32)
  }

  int64s(values: Long[]): void {
    this.#packed(values, this.int64)
  }

  uint64s(values: Long[]): void {
    this.#packed(values, this.uint64)
  }

  fixed64s(values: Long[]): void {
    this.#packed(values, this.fixed64)
  }

  floats(values: number[]): void {
    const end = this.#wholeList(4)
    for (let at = this.pos; at < end; at += 4) {
      const value = this.#view.getFloat32(at, true)
      if (Number.isNaN(value)) this.#noteNan(values.length, at, 4)
      values.push(value)
    }
    this.pos = end
  }

  doubles(values: number[]): void {
    const end = this.#wholeList(8)
    for (let at = this.pos; at < end; at += 8) {
      const value = this.#view.getFloat64(at, true)
      if (Number.isNaN(value)) this.#noteNan(values.length, at, 8)
      values.push(value)
    }
    this.pos = end
  }

  bools(values: boolean[]): void {
    this.#packed(values, this.bool)
  }

  /** Over an element of a field that may be made later, if it is sound; `depth` is that of the element. */
  passLater(name: string, depth: number): boolean {
    const checks = this.later?.get(name)
    if (checks === undefined) return false
    const start = this.pos
    const end = this.size() + this.pos
    const passes = checks.isElement(this.#bytes, this.pos, end, depth)
    this.pos = passes ? end : start
    return passes
  }

  /** A reader of the bytes from `start` up to `end`: without `later` always the same one. */
  part(start: number, end: number, later?: LaterFields): MessageReader {
    const part =
      later === undefined ? (this.#part ??= new MessageReader(this.#bytes)) : new MessageReader(this.#bytes, later)
    part.pos = start
    part.len = end
    return part
  }

  /** A view of the bytes from `start` up to `end`. */
  raw(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, end)
  }

  /** Over the value of a field that nobody knows, which lies within so many groups. */
  skip(type: number, number: number, groups = 0): void {
    if (number === 0) throw this.fault('a field with the number 0')
    if (type === 0) this.#varint64(true)
    else if (type === 1) this.#advance(8)
    else if (type === 2) this.#advance(this.size())
    else if (type === 3) this.#skipGroup(number, groups + 1)
    else if (type === 5) this.#advance(4)
    else throw this.fault(type === 4 ? 'the end of a group that did not begin' : `a field of type ${type}`)
  }

  /** What is wrong, and here. */
  fault(reason: string): WireError {
    return new WireError(reason, this.pos)
  }

  tooDeep(): WireError {
    return this.fault(`messages nest deeper than ${MAX_DEPTH}`)
  }

  #skipGroup(number: number, groups: number): void {
    if (groups > MAX_DEPTH) throw this.tooDeep()
    for (;;) {
      const tag = this.tag()
      if (tag === ((number << 3) | 4) >>> 0) return
      this.skip(tag & 7, tag >>> 3, groups)
    }
  }

  #packed<T>(values: T[], readOne: () => T): void {
    const size = this.size()
    const outer = this.len
    this.len = this.pos + size
    while (this.pos < this.len) values.push(readOne.call(this))
    this.len = outer
  }

  /** Where a packed list ends whose elements have so many bytes. */
  #wholeList(elementSize: number): number {
    const size = this.size()
    if (size % elementSize !== 0) throw this.fault(`a list of ${size} bytes whose elements have ${elementSize}`)
    return this.pos + size
  }

  /** Remembers the bits of a NaN, but for the one that is written for any NaN. */
  #noteNan(place: number, at: number, size: 4 | 8): void {
    const plain = size === 4 ? 0x7fc00000 : 0x7ff80000
    const rest = size === 8 ? this.#view.getUint32(at, true) : 0
    if (this.#view.getUint32(at + size - 4, true) === plain && rest === 0) return
    this.nans ??= []
    this.nans.push([place, this.raw(at, at + size)])
  }

  /** Where `count` bytes begin, which are passed. */
  #advance(count: number): number {
    const at = this.pos
    if (count > this.len - at) throw this.fault('the message ends within a field')
    this.pos = at + count
    return at
  }

  /** A varint of five bytes at most, of which the last is at most `last`. */
  #short(what: string, last: number): number {
    const bytes = this.#bytes
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[this.#advance(1)] as number
      if (shift === 28 && byte > last) break
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw this.fault(`${what} of more than ${last === 0x0f ? 32 : 31} bits`)
  }

  /** Ten bytes at most; bits above the 64th are dropped. */
  #varint64(unsigned: boolean): Long {
    let [low, high] = [0, 0]
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.#advance(1)] as number
      const bits = byte & 0x7f
      if (shift < 32) low |= bits << shift
      if (shift === 28) high = bits >>> 4
      else if (shift > 28) high |= bits << (shift - 32)
      // Small ones are shared: Long keeps them.
      if (byte < 0x80) return shift === 0 ? Long.fromInt(low, unsigned) : Long.fromBits(low, high, unsigned)
    }
    throw this.fault('a number of more than ten bytes')
  }
}
