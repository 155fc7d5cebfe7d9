/**
 * Whether bytes are a message of a type for sure, told without making it.
 *
 * What says no may be one all the same: fields that nobody knows, groups, proto2's strings of any bytes and whatever else is rare are
 * left to message-reader.ts, which knows the error, too. The answer yes is given only where decoding cannot fail.
 */
import { decodeUtf8 } from '../util/utf8'
import { MAX_DEPTH } from './message-reader'
import type { MessageType, WireType } from './message-type'

interface FieldShape {
  readonly wireType: WireType
  readonly repeated: boolean
  readonly isText: boolean
  /** Of a message: the shape of that. */
  readonly inner: MessageShape | undefined
}

/** By the fields' numbers; undefined where there is no such field. */
type MessageShape = readonly (FieldShape | undefined)[]

/** Of the bytes from `start` up to `end`: whether they are a message of the type, `depth` levels in. */
export type ShapeCheck = (bytes: Uint8Array, start: number, end: number, depth: number) => boolean

/** The check for a type. */
export function shapeCheck(type: MessageType): ShapeCheck {
  const shape = shapeOf(type, new Map())
  return (bytes, start, end, depth) => new ShapeChecker(bytes, start).passMessage(shape, end, depth)
}

/** Types may hold themselves: `known` has those that are being made. */
function shapeOf(type: MessageType, known: Map<string, MessageShape>): MessageShape {
  const found = known.get(type.fullName)
  if (found !== undefined) return found
  const shape: (FieldShape | undefined)[] = []
  known.set(type.fullName, shape)
  for (const field of type.fields) {
    const { number, wireType, repeated, kind } = field
    while (shape.length < number) shape.push(undefined)
    const inner = kind === 'message' ? shapeOf(field.messageType, known) : undefined
    shape[number] = { wireType, repeated, isText: kind === 'string', inner }
  }
  return shape
}

/** Walks over bytes. Each of its functions says whether it passed what it is named after. */
class ShapeChecker {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes
    this.#at = start
  }

  passMessage(shape: MessageShape, end: number, depth: number): boolean {
    if (depth > MAX_DEPTH) return false
    while (this.#at < end) {
      const tag = this.#bytes[this.#at++] as number
      // Fields up to 15 have a tag of one byte; the others are rare.
      const field = tag < 0x80 ? shape[tag >>> 3] : undefined
      if (field === undefined || !this.#passField(field, tag & 7, end, depth)) return false
    }
    return this.#at === end
  }

  #passField(field: FieldShape, wireType: number, end: number, depth: number): boolean {
    if (wireType === 2) return this.#passSized(field, end, depth)
    if (wireType !== field.wireType) return false
    if (wireType === 0) return this.#passVarint(end)
    this.#at += wireType === 1 ? 8 : 4
    return this.#at <= end
  }

  #passSized(field: FieldShape, end: number, depth: number): boolean {
    const size = this.#size(end)
    const to = this.#at + size
    if (size < 0 || to > end) return false
    if (field.wireType !== 2) return field.repeated && this.#passPacked(field.wireType, to)
    if (field.inner !== undefined) return this.passMessage(field.inner, to, depth + 1)
    if (field.isText && !this.#isText(to)) return false
    this.#at = to
    return true
  }

  #passPacked(wireType: WireType, end: number): boolean {
    if (wireType !== 0) {
      const size = end - this.#at
      this.#at = end
      return size % (wireType === 1 ? 8 : 4) === 0
    }
    while (this.#at < end) if (!this.#passVarint(end)) return false
    return true
  }

  #passVarint(end: number): boolean {
    const last = Math.min(end, this.#at + 10)
    while (this.#at < last) if ((this.#bytes[this.#at++] as number) < 0x80) return true
    return false
  }

  /** A length of four bytes at most; negative for a longer one. */
  #size(end: number): number {
    let size = 0
    for (let shift = 0; shift < 28 && this.#at < end; shift += 7) {
      const byte = this.#bytes[this.#at++] as number
      size |= (byte & 0x7f) << shift
      if (byte < 0x80) return size
    }
    return -1
  }

  #isText(end: number): boolean {
    for (let at = this.#at; at < end; at++) {
      if ((this.#bytes[at] as number) >= 0x80) return decodeUtf8(this.#bytes.subarray(this.#at, end)) !== undefined
    }
    return true
  }
}
