/**
 * Byte strings: comparing, joining, and the one way in which keys are text.
 *
 * A key of a checkpoint is bytes. In JavaScript it is a string: its UTF-8 text, and where the bytes are no UTF-8 each
 * stray byte 0x80+n stands as U+DC80+n, Python's surrogateescape, so that every key survives the way in and out.
 * CPython: Doc/library/codecs.rst, "surrogateescape"; PEP 383.
 */
import { InvalidArgumentError } from './errors'
import { decodeUtf8, findUtf8Fault } from './utf8'

/** No bytes. */
export const EMPTY_BYTES: Uint8Array<ArrayBuffer> = new Uint8Array(0)

/** Whether it is a Uint8Array, be it of another realm, such as a frame's, where `instanceof` says no. */
export function isBytes(value: unknown): value is Uint8Array {
  return (
    value instanceof Uint8Array ||
    (ArrayBuffer.isView(value) && (value as Partial<Uint8Array>)[Symbol.toStringTag] === 'Uint8Array')
  )
}

/** Negative, zero or positive as `a` sorts before, with or after `b`: unsigned bytes, shorter first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    // Both indices are below both lengths.
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** How many bytes `a` and `b` begin with in common. */
export function sharedPrefix(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  let shared = 0
  while (shared < length && a[shared] === b[shared]) shared++
  return shared
}

/** One array of all the bytes, in order. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

const utf8 = /* @__PURE__ */ new TextEncoder()

/** The string that stands for a key's bytes. Lossless: `bytesFromKey` gives the same bytes back. */
export function keyFromBytes(bytes: Uint8Array): string {
  // The keys of parts begin so, and most are no UTF-8: to find that out by an exception takes long.
  return (bytes[0] === 0 ? undefined : decodeUtf8(bytes)) ?? decodeEscaping(bytes)
}

/** The keys that lie one behind another in `bytes`, from one of `ends` to the next; an empty one is left out. */
export function keysFromBytes(bytes: Uint8Array, ends: readonly number[] | Uint32Array): string[] {
  const [first = 0] = ends
  const all = keyFromBytes(bytes.subarray(first, ends.at(-1)))
  // A character for each byte: there is none that takes several bytes, in which a cut could fall.
  const isPlain = all.length === (ends.at(-1) ?? 0) - first
  const keys: string[] = []
  for (let i = 1, from = first; i < ends.length; i++) {
    const to = ends[i] as number
    if (to > from) keys.push(isPlain ? all.slice(from - first, to - first) : keyFromBytes(bytes.subarray(from, to)))
    from = to
  }
  return keys
}

/** The bytes of a key. @throws {InvalidArgumentError} for a lone surrogate that stands for no byte. */
export function bytesFromKey(key: string): Uint8Array {
  return hasLoneSurrogate(key) ? encodeEscaping(key) : utf8.encode(key)
}

/** Orders keys by their bytes, which for UTF-8 is Python's order of code points; UTF-16 sorts astral characters elsewhere. */
export function compareKeys(a: string, b: string): number {
  if (SURROGATE.test(a) || SURROGATE.test(b)) return compareBytes(bytesFromKey(a), bytesFromKey(b))
  return a < b ? -1 : a > b ? 1 : 0
}

const SURROGATE = /[\ud800-\udfff]/

/** Whether a string has characters that UTF-16 sorts elsewhere, or none of UTF-8. */
export function hasSurrogate(text: string): boolean {
  return SURROGATE.test(text)
}

/** Whether a string holds half of a surrogate pair: it has no UTF-8. */
export function hasLoneSurrogate(text: string): boolean {
  return SURROGATE.test(text) && /\p{Surrogate}/u.test(text)
}

function decodeEscaping(bytes: Uint8Array): string {
  let text = ''
  for (let rest = bytes; rest.length > 0;) {
    const { start, end } = findUtf8Fault(rest) ?? { start: rest.length, end: rest.length }
    text += decodeUtf8(rest.subarray(0, start))
    for (const byte of rest.subarray(start, end)) text += String.fromCharCode(0xdc00 + byte)
    rest = rest.subarray(end)
  }
  return text
}

function encodeEscaping(key: string): Uint8Array {
  const parts: Uint8Array[] = []
  let from = 0
  for (const { 0: half, index } of key.matchAll(/\p{Surrogate}/gu)) {
    const code = half.charCodeAt(0)
    if (code < 0xdc80 || code > 0xdcff) {
      const name = `U+${code.toString(16).toUpperCase()}`
      throw new InvalidArgumentError(`Cannot write the key ${JSON.stringify(key)}: ${name} stands alone`, { key })
    }
    parts.push(utf8.encode(key.slice(from, index)), Uint8Array.of(code - 0xdc00))
    from = index + 1
  }
  parts.push(utf8.encode(key.slice(from)))
  return concatBytes(parts)
}
