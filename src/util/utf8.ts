/**
 * UTF-8 read strictly: text, or the first fault, told as Python tells it.
 *
 * CPython: Objects/stringlib/codecs.h, by behaviour; Python's UnicodeDecodeError is the sentence people search for.
 */

/** The bytes from `start` up to `end` that are no UTF-8, and why. */
export interface Utf8Fault {
  readonly start: number
  readonly end: number
  readonly reason: 'invalid start byte' | 'invalid continuation byte' | 'unexpected end of data'
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text, a leading U+FEFF included; undefined where the bytes are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

/** The first fault in `bytes`; undefined where they are UTF-8. */
export function findUtf8Fault(bytes: Uint8Array): Utf8Fault | undefined {
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] as number) // at < length
    if (length === 0) return { start: at, end: at + 1, reason: 'invalid start byte' }
    for (let i = 1; i < length; i++) {
      const byte = bytes[at + i]
      if (byte === undefined) return { start: at, end: bytes.length, reason: 'unexpected end of data' }
      if (!continues(bytes[at] as number, i, byte)) {
        return { start: at, end: at + i, reason: 'invalid continuation byte' }
      }
    }
    at += length
  }
  return undefined
}

/** Python's words: "'utf-8' codec can't decode byte 0xff in position 3: invalid start byte". */
export function describeUtf8Fault(bytes: Uint8Array, fault: Utf8Fault): string {
  return decodeError('utf-8', bytes, fault.start, fault.end, fault.reason)
}

/** The first fault of bytes that are no UTF-8: where it is, and Python's words for it. */
export function utf8Fault(bytes: Uint8Array): { readonly start: number; readonly text: string } {
  const fault = findUtf8Fault(bytes)
  return fault === undefined
    ? { start: 0, text: 'no UTF-8' }
    : { start: fault.start, text: describeUtf8Fault(bytes, fault) }
}

/** The text of Python's UnicodeDecodeError over the bytes from `start` up to `end`. */
export function decodeError(codec: string, bytes: Uint8Array, start: number, end: number, reason: string): string {
  const byte = (bytes[start] ?? 0).toString(16).padStart(2, '0')
  const what = end === start + 1 ? `byte 0x${byte} in position ${start}` : `bytes in position ${start}-${end - 1}`
  return `'${codec}' codec can't decode ${what}: ${reason}`
}

/** Bytes in a sequence that begins so; 0 for a byte that begins none. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1
  if (first < 0xc2) return 0
  if (first < 0xe0) return 2
  if (first < 0xf0) return 3
  return first < 0xf5 ? 4 : 0
}

/** Whether `byte` may stand at place `index`: no overlong form, no surrogate, nothing above U+10FFFF. */
function continues(first: number, index: number, byte: number): boolean {
  let low = 0x80
  let high = 0xbf
  if (index === 1) {
    if (first === 0xe0) low = 0xa0
    if (first === 0xed) high = 0x9f
    if (first === 0xf0) low = 0x90
    if (first === 0xf4) high = 0x8f
  }
  return byte >= low && byte <= high
}
