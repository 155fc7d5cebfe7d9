/**
 * Values as Python's text_format.MessageToString prints them.
 *
 *     <string> = '"' ( '\"' | '\'' | '\\' | '\n' | '\r' | '\t' | '\' octal{3} | any other character )* '"'
 *
 * protobuf 7: python/google/protobuf/text_encoding.py, text_format.py; internal/type_checkers.py for float.
 */
import { ValueError } from '../util/errors'
import { escapeCodePoint, reprFloat } from '../util/python-repr'

const NAMED: ReadonlyMap<number, string> = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x27, "\\'"],
  [0x5c, '\\\\'],
])

/**
 * A string field: what is not ASCII stays as it is.
 * @throws {ValueError} for half of a surrogate pair: it has no UTF-8.
 */
export function quoteText(text: string): string {
  const lone = /\p{Surrogate}/u.exec(text)
  if (lone !== null) {
    const character = escapeCodePoint(text.charCodeAt(lone.index))
    const position = Array.from(text.slice(0, lone.index)).length
    throw new ValueError(
      `'utf-8' codec can't encode character '${character}' in position ${position}: surrogates not allowed`,
    )
  }
  // What is no printable ASCII and below U+0080, the quotes and the backslash.
  const escaped = text.replace(/[^ -~\u0080-\uffff]|["'\\]/g, (character) => escapeByte(character.charCodeAt(0)))
  return `"${escaped}"`
}

/** A bytes field: ASCII, everything else in octal, UTF-8 or not. */
export function quoteBytes(bytes: Uint8Array): string {
  const parts: string[] = []
  for (const byte of bytes) parts.push(BYTES[byte] ?? '')
  return `"${parts.join('')}"`
}

/** A double field: "1.0", "1e+16", "inf", "nan". */
export function formatDouble(value: number): string {
  return reprFloat(value)
}

/** A float field: the value with the fewest digits, six at least, that rounds to the same float32. */
export function formatFloat(value: number): string {
  const single = Math.fround(value)
  if (!Number.isFinite(single) || single === 0) return reprFloat(single)
  let digits = 6
  let candidate = roundToDigits(single, digits)
  while (Math.fround(candidate) !== single) candidate = roundToDigits(single, ++digits)
  return reprFloat(candidate)
}

/** Python's float('%.<digits>g' % value): toPrecision, but a tie goes to the even digit. */
function roundToDigits(value: number, digits: number): number {
  const rounded = value.toPrecision(digits)
  const [mantissa = '', power = ''] = value.toExponential(20).split('e')
  // A tie of nine digits or fewer is written out in full by 21.
  const tail = mantissa.replace(/[-.]/g, '').slice(digits)
  const isTie = tail.startsWith('5') && !/[1-9]/.test(tail.slice(1))
  const kept = mantissa.slice(0, mantissa.indexOf('.') + digits)
  return isTie && /[02468]$/.test(kept) ? Number(`${kept}e${power}`) : Number(rounded)
}

function escapeByte(byte: number): string {
  const named = NAMED.get(byte)
  if (named !== undefined) return named
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return `\\${byte.toString(8).padStart(3, '0')}`
}

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => escapeByte(byte))
