/**
 * The inside of a quoted string in protobuf text, as bytes.
 *
 *     <escape> = '\' (a | b | f | n | r | t | v | '\' | ''' | '"')
 *              | '\' octal{1,3} | '\x' hex{1,2} | '\u' hex{4} | '\U' hex{8}
 *     a backslash before anything else stays; what is not escaped is UTF-8
 *
 * Python reads it in two passes, \u and \U first, and that shows: "\u005cn" is a line feed. So do we.
 * protobuf: python/google/protobuf/text_encoding.py, CUnescape. CPython: Objects/unicodeobject.c.
 */
import { ValueError } from '../util/errors'
import { escapeCodePoint } from '../util/python-repr'
import { decodeError } from '../util/utf8'

const utf8 = /* @__PURE__ */ new TextEncoder()

/** Where the first pass changes something: \u, \U, and a backslash before what Latin-1 has not. */
const FIRST_PASS = /\\[uU]|\\[^\0-\xff]/

const LETTERS: ReadonlyMap<number, number> = new Map(
  Object.entries({ a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, "'": 39, '\\': 92 }).map(([letter, code]) => [
    letter.charCodeAt(0),
    code,
  ]),
)

const BACKSLASH = 0x5c

/** No byte. */
const NONE = 0x100

/** By the letter's code: the byte. */
const LETTER_CODES: readonly number[] = Array.from({ length: 128 }, (_, letter) => LETTERS.get(letter) ?? NONE)

/**
 * The bytes that stand for `text`, the string without its quotes.
 * @throws {ValueError} with the text of Python's UnicodeError: a cut escape, a surrogate, an octal above 255.
 */
export function unescapeText(text: string): Uint8Array {
  if (!text.includes('\\')) return utf8.encode(text)
  return decodePlainEscapes(text) ?? decodeRareEscapes(text)
}

/** What printers write: ASCII with octals and letters, in one pass. Undefined where there is anything else. */
function decodePlainEscapes(text: string): Uint8Array | undefined {
  const out = new Uint8Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at)
    if (code >= 0x80) return undefined
    if (code === BACKSLASH) {
      const next = text.charCodeAt(++at)
      if (next >= 0x30 && next <= 0x37) {
        code = next - 0x30
        for (let digits = 1; digits < 3 && isOctal(text.charCodeAt(at + 1)); digits++) {
          code = code * 8 + text.charCodeAt(++at) - 0x30
        }
      } else code = LETTER_CODES[next] ?? NONE
      if (code > 0xff) return undefined
    }
    out[length++] = code
  }
  return out.slice(0, length)
}

function isOctal(code: number): boolean {
  return code >= 0x30 && code <= 0x37
}

function decodeRareEscapes(text: string): Uint8Array {
  // A single hexadecimal digit is allowed, behind a backslash that is not escaped itself.
  const padded = text.replace(/(\\+)x([0-9a-fA-F])(?![0-9a-fA-F])/g, (match, slashes: string, digit: string) =>
    slashes.length % 2 === 1 ? `${slashes}x0${digit}` : match,
  )
  return decodeEscapes(utf8.encode(FIRST_PASS.test(padded) ? decodeUnicodeEscapes(padded) : padded))
}

/** The first pass: every \uXXXX and \UXXXXXXXX, no others. */
function decodeUnicodeEscapes(text: string): string {
  const bytes = encodeRawUnicode(text)
  const codes: number[] = []
  for (let at = 0; at < bytes.length;) {
    const [byte = 0, next] = [bytes[at], bytes[at + 1]]
    if (byte !== BACKSLASH || next === undefined) {
      codes.push(byte)
      at += 1
    } else if (next === 0x75 || next === 0x55) {
      const digits = next === 0x75 ? 4 : 8
      codes.push(unicodeEscape(bytes, at, digits))
      at += 2 + digits
    } else {
      codes.push(byte, next)
      at += 2
    }
  }
  refuseRun(codes, (code) => code >= 0xd800 && code < 0xe000, 'utf-8', 'surrogates not allowed')
  return codes.map((code) => String.fromCodePoint(code)).join('')
}

/** Latin-1, and "\uXXXX" or "\UXXXXXXXX" for what it has not. */
function encodeRawUnicode(text: string): Uint8Array {
  const latin1 = text.replace(/[^\0-\xff]/gu, (character) => escapeCodePoint(character.codePointAt(0) ?? 0))
  return Uint8Array.from(latin1, (character) => character.charCodeAt(0))
}

function unicodeEscape(bytes: Uint8Array, start: number, digits: 4 | 8): number {
  const codec = 'rawunicodeescape'
  const [code, end] = hexNumber(bytes, start + 2, digits)
  if (end < start + 2 + digits) {
    const shape = digits === 4 ? '\\uXXXX' : '\\UXXXXXXXX'
    throw new ValueError(decodeError(codec, bytes, start, end, `truncated ${shape} escape`))
  }
  if (code > 0x10ffff) throw new ValueError(decodeError(codec, bytes, start, end, '\\Uxxxxxxxx out of range'))
  return code
}

/** The second pass: everything else, down to bytes. */
function decodeEscapes(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length)
  const large = new Map<number, number>()
  let length = 0
  for (let at = 0; at < bytes.length;) {
    const slash = bytes.indexOf(BACKSLASH, at)
    const plain = bytes.subarray(at, slash < 0 ? bytes.length : slash)
    out.set(plain, length)
    length += plain.length
    if (slash < 0) break
    const [code, end] = escapeAt(bytes, slash)
    if (code === undefined) {
      out.set(bytes.subarray(slash, end), length)
      length += end - slash
    } else {
      if (code > 0xff) large.set(length, code)
      out[length++] = code
    }
    at = end
  }
  if (large.size > 0) refuseLarge(large, length)
  return out.subarray(0, length)
}

/** The value of the escape at `start` and where it ends; undefined for one that stays as it is written. */
function escapeAt(bytes: Uint8Array, start: number): readonly [code: number | undefined, end: number] {
  const next = bytes[start + 1]
  if (next === undefined) refuse(bytes, start, start + 1, '\\ at end of string')
  if (next >= 0x30 && next <= 0x37) return octalNumber(bytes, start + 1)
  if (next === 0x78) {
    const [code, end] = hexNumber(bytes, start + 2, 2)
    if (end < start + 4) refuse(bytes, start, end, 'truncated \\xXX escape')
    return [code, end]
  }
  if (next === 0x4e) refuseName(bytes, start)
  const second = next === 0x75 || next === 0x55 ? unicodeInSecondPass(bytes, start, next === 0x75 ? 4 : 8) : undefined
  return second ?? [LETTERS.get(next), start + 2]
}

/** A \u whose backslash the first pass made; above 255 it fails with the rest. */
function unicodeInSecondPass(bytes: Uint8Array, start: number, digits: 4 | 8): readonly [code: number, end: number] {
  const [code, end] = hexNumber(bytes, start + 2, digits)
  const shape = digits === 4 ? '\\uXXXX' : '\\UXXXXXXXX'
  if (end < start + 2 + digits) refuse(bytes, start, end, `truncated ${shape} escape`)
  if (code > 0x10ffff) refuse(bytes, start, end, 'illegal Unicode character')
  return [code, end]
}

/** \N{...}: Python knows the names of Unicode's characters; none of the graphs or state files that are written has one. */
function refuseName(bytes: Uint8Array, start: number): never {
  const open = bytes[start + 2] === 0x7b
  const close = open ? bytes.indexOf(0x7d, start + 3) : -1
  if (close > start + 3) refuse(bytes, start, close + 1, 'unknown Unicode character name')
  refuse(bytes, start, open ? (close < 0 ? bytes.length : close) : start + 2, 'malformed \\N character escape')
}

function refuse(bytes: Uint8Array, start: number, end: number, reason: string): never {
  throw new ValueError(decodeError('unicodeescape', bytes, start, end, reason))
}

/** At most `digits` hexadecimal digits at `start`: their value and where they end. */
function hexNumber(bytes: Uint8Array, start: number, digits: number): readonly [code: number, end: number] {
  let [code, at] = [0, start]
  for (; at < start + digits; at++) {
    const digit = Number.parseInt(String.fromCharCode(bytes[at] ?? 0), 16)
    if (Number.isNaN(digit)) break
    code = code * 16 + digit
  }
  return [code, at]
}

function octalNumber(bytes: Uint8Array, start: number): readonly [code: number, end: number] {
  let [code, at] = [0, start]
  for (; at < start + 3; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 0x30 || byte > 0x37) break
    code = code * 8 + byte - 0x30
  }
  return [code, at]
}

/** Octals above 255, by their place among the `length` bytes that were decoded. */
function refuseLarge(large: ReadonlyMap<number, number>, length: number): void {
  const codes = Array.from({ length }, (_, at) => large.get(at) ?? 0)
  refuseRun(codes, (code) => code > 0xff, 'latin-1', 'ordinal not in range(256)')
}

/** Throws Python's UnicodeEncodeError over the first run of characters that are `bad`. */
function refuseRun(codes: readonly number[], bad: (code: number) => boolean, codec: string, reason: string): void {
  const start = codes.findIndex(bad)
  if (start < 0) return
  let end = start
  while (end < codes.length && bad(codes[end] ?? 0)) end++
  const one = escapeCodePoint(codes[start] ?? 0)
  const what =
    end === start + 1 ? `character '${one}' in position ${start}` : `characters in position ${start}-${end - 1}`
  throw new ValueError(`'${codec}' codec can't encode ${what}: ${reason}`)
}
