/**
 * Whether the elements of a list or a map are written already as they would be written: then nobody needs to make them.
 *
 *     fields in the order of their numbers, each once, lists of numbers packed, no defaults where those do not tell
 *     one member of a oneof, the shortest varints, entries by key, a key and a value in each
 *
 * Only for bytes that message-shape.ts said yes to: here nothing is checked that was checked there. What says no may be
 * canonical all the same (maps with integers for keys are not looked at). Kept together with upb's order of keys in
 * message-values.ts.
 */
import type { FieldType, MessageField, MessageType } from './message-type'

/** Whether `bytes` from `start` up to `end`, elements of `field` one behind the other, are what encoding them would give. */
export function areCanonicalElements(field: MessageField, bytes: Uint8Array, start: number, end: number): boolean {
  return new CanonicalChecker(bytes, start).isField(field, (field.number << 3) | 2, end)
}

const NOT_A_BYTE = -1

/** Walks over bytes. Each of its functions passes what it is named after, and says whether that is canonical. */
class CanonicalChecker {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes
    this.#at = start
  }

  /** Up to `end`, or up to another field. */
  #areEntries(field: MessageField, end: number): boolean {
    const [key, value] = field.messageType.fields as readonly [FieldType, FieldType]
    if (key.kind !== 'string' || field.number > 15) return false
    let [from, to] = [NOT_A_BYTE, NOT_A_BYTE]
    while (this.#at < end && this.#bytes[this.#at] === ((field.number << 3) | 2)) {
      this.#at++
      const entryEnd = this.#sizedEnd()
      if (entryEnd < 0 || this.#bytes[this.#at++] !== 0x0a) return false
      const keyEnd = this.#sizedEnd()
      const keyStart = this.#at
      if (keyEnd < 0 || (from >= 0 && !this.#comesBefore(from, to, keyStart, keyEnd))) return false
      this.#at = keyEnd
      if (this.#at >= entryEnd || this.#bytes[this.#at++] !== ((2 << 3) | value.wireType)) return false
      if (!this.#isValue(value, true) || this.#at !== entryEnd) return false
      ;[from, to] = [keyStart, keyEnd]
    }
    return true
  }

  #isMessage(type: MessageType, end: number): boolean {
    let last: FieldType | undefined
    const members = new Set<string>()
    while (this.#at < end) {
      const tag = this.#bytes[this.#at] as number
      const field = fieldsByNumber(type)[tag >>> 3]
      if (field === undefined || field.number <= (last?.number ?? 0)) return false
      if (field.oneof !== undefined && members.has(field.oneof)) return false
      if (field.oneof !== undefined) members.add(field.oneof)
      if (!this.isField(field, tag, end)) return false
      last = field
    }
    return true
  }

  /** All elements of a list, all entries of a map. */
  isField(field: FieldType, tag: number, end: number): boolean {
    if (field.kind === 'message' && field.isMap) return this.#areEntries(field, end)
    if (field.repeated && field.wireType !== 2) return (tag & 7) === 2 && this.#isPacked(field)
    do {
      this.#at++
      if (!this.#isValue(field, field.repeated || field.hasPresence)) return false
    } while (field.repeated && this.#at < end && this.#bytes[this.#at] === tag)
    return true
  }

  #isPacked(field: FieldType): boolean {
    this.#at++
    const end = this.#sizedEnd()
    if (end <= this.#at) return false
    while (this.#at < end) if (!this.#isValue(field, true)) return false
    return true
  }

  /** `tells` says whether a default is written. */
  #isValue(field: FieldType, tells: boolean): boolean {
    if (field.wireType === 0) return this.#isVarint(field, tells)
    if (field.wireType !== 2) return this.#isFixed(field.wireType === 1 ? 8 : 4, tells)
    const end = this.#sizedEnd()
    if (end < 0 || (end === this.#at && !tells)) return false
    if (field.kind === 'message') return this.#isMessage(field.messageType, end)
    this.#at = end
    return true
  }

  #isFixed(size: number, tells: boolean): boolean {
    const start = this.#at
    this.#at += size
    return tells || this.#bytes.subarray(start, this.#at).some((byte) => byte !== 0)
  }

  #isVarint(field: FieldType, tells: boolean): boolean {
    const bytes = this.#bytes
    const start = this.#at
    while ((bytes[this.#at++] as number) >= 0x80);
    const last = bytes[this.#at - 1] as number
    const size = this.#at - start
    if (size === 1) return (last !== 0 || tells) && (field.kind !== 'bool' || last < 2)
    if (last === 0 || field.kind === 'bool') return false
    if (field.kind === 'int64' || field.kind === 'uint64') return size < 10 || last === 1
    if (size < 5) return true
    if (size === 5) return last <= (field.kind === 'uint32' ? 0x0f : 0x07)
    return field.kind !== 'uint32' && size === 10 && this.#isNegative32(start)
  }

  /** Ten bytes: 31 bits, and ones. */
  #isNegative32(start: number): boolean {
    const bytes = this.#bytes
    if (((bytes[start + 4] as number) & 0x78) !== 0x78 || bytes[start + 9] !== 1) return false
    return bytes.subarray(start + 5, start + 9).every((byte) => byte === 0xff)
  }

  /** Behind the bytes whose length comes next; negative where that is longer than it has to be. */
  #sizedEnd(): number {
    const bytes = this.#bytes
    let size = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[this.#at++] as number
      size |= (byte & 0x7f) << shift
      if (byte < 0x80) return byte === 0 && shift > 0 ? -1 : this.#at + size
    }
  }

  /** Whether one key is written before another: by bytes, the longer one first where one begins with the other. */
  #comesBefore(from: number, to: number, start: number, end: number): boolean {
    const bytes = this.#bytes
    const length = Math.min(to - from, end - start)
    for (let i = 0; i < length; i++) {
      const difference = (bytes[from + i] as number) - (bytes[start + i] as number)
      if (difference !== 0) return difference < 0
    }
    return to - from > end - start
  }
}

const byNumber = new WeakMap<MessageType, (FieldType | undefined)[]>()

function fieldsByNumber(type: MessageType): readonly (FieldType | undefined)[] {
  const known = byNumber.get(type)
  if (known !== undefined) return known
  const fields: (FieldType | undefined)[] = []
  for (const field of type.fields) fields[field.number] = field
  byNumber.set(type, fields)
  return fields
}
