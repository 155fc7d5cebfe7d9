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

/** Nothing to escape: most names. */
const PLAIN = /^[ !#-&(-[\]-~]*$/

/**
 * A string field: what is not ASCII stays as it is.
 * @throws {ValueError} for half of a surrogate pair: it has no UTF-8.
 */
export function quoteText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  refuseSurrogates(text)
  // What is no printable ASCII and below U+0080, the quotes and the backslash.
  const escaped = text.replace(/[^ -~\u0080-\uffff]|["'\\]/g, (character) => escapeByte(character.charCodeAt(0)))
  return `"${escaped}"`
}

/** @throws {ValueError} as Python's UnicodeEncodeError tells it, for half of a surrogate pair: it has no UTF-8. */
export function refuseSurrogates(text: string): void {
  const lone = /\p{Surrogate}/u.exec(text)
  if (lone === null) return
  const character = escapeCodePoint(text.charCodeAt(lone.index))
  const position = Array.from(text.slice(0, lone.index)).length
  throw new ValueError(
    `'utf-8' codec can't encode character '${character}' in position ${position}: surrogates not allowed`,
  )
}

/** A bytes field: ASCII, everything else in octal, UTF-8 or not. */
export function quoteBytes(bytes: Uint8Array): string {
  if (bytes.length > MOST_ONE_BY_ONE) return quoteManyBytes(bytes)
  let text = ''
  for (const byte of bytes) text += BYTES[byte] ?? ''
  return `"${text}"`
}

/** More bytes than this are not put together character by character. */
const MOST_ONE_BY_ONE = 16

/** The weights of a layer have millions. */
function quoteManyBytes(bytes: Uint8Array): string {
  let text = ''
  const room = new Uint8Array(4 * Math.min(bytes.length, QUOTED_AT_A_TIME))
  for (let start = 0; start < bytes.length; start += QUOTED_AT_A_TIME) {
    const end = Math.min(bytes.length, start + QUOTED_AT_A_TIME)
    let length = 0
    for (let at = start; at < end; at++) {
      for (const code of CODES[bytes[at] as number] as readonly number[]) room[length++] = code
    }
    text += ascii.decode(room.subarray(0, length))
  }
  return `"${text}"`
}

const QUOTED_AT_A_TIME = 1 << 14
const ascii = /* @__PURE__ */ new TextDecoder()

/** A double field: "1.0", "1e+16", "inf", "nan". */
export function formatDouble(value: number): string {
  const size = Math.abs(value)
  // Where neither of the two has an exponent, both have the same digits.
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(value) ? `${value}.0` : String(value)
  return reprFloat(value)
}

/** A float field: the value with the fewest digits, six at least, that rounds to the same float32. */
export function formatFloat(value: number): string {
  const single = Math.fround(value)
  if (!Number.isFinite(single) || single === 0) return formatDouble(single)
  if (Number.isInteger(single) && Math.abs(single) < 1e6) return `${single}.0`
  let digits = 6
  let candidate = roundToDigits(single, digits)
  while (Math.fround(candidate) !== single) candidate = roundToDigits(single, ++digits)
  return formatDouble(candidate)
}

/** Python's float('%.<digits>g' % value): toPrecision, but a tie goes to the even digit. */
function roundToDigits(value: number, digits: number): number {
  const rounded = value.toPrecision(digits)
  return mayBeTie(value) && isTieToEven(value, digits) ? downToEven(value, digits) : Number(rounded)
}

/**
 * Whether `value` may have ten digits or fewer, written out in full: k binary places behind the point are k decimal ones, and
 * leading zeros are less than a third of them.
 */
function mayBeTie(value: number): boolean {
  return Number.isInteger(value * 2 ** 15)
}

/** Whether `value` lies just between two numbers of so many digits, of which the smaller one is even. */
function isTieToEven(value: number, digits: number): boolean {
  // A tie of nine digits or fewer is written out in full by 21.
  const mantissa = value.toExponential(20).replace(/^-|\.|e.*$/g, '')
  const tail = mantissa.slice(digits)
  return tail.startsWith('5') && !/[1-9]/.test(tail.slice(1)) && /[02468]/.test(mantissa[digits - 1] ?? '')
}

function downToEven(value: number, digits: number): number {
  const [mantissa = '', power = ''] = value.toExponential(20).split('e')
  return Number(`${mantissa.slice(0, mantissa.indexOf('.') + digits)}e${power}`)
}

/** As absl::CEscape() has one byte: octal for what is not printable ASCII. */
export function escapeByte(byte: number): string {
  const named = NAMED.get(byte)
  if (named !== undefined) return named
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return `\\${byte.toString(8).padStart(3, '0')}`
}

const BYTES: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) => escapeByte(byte))

/** The same as codes. */
const CODES: readonly (readonly number[])[] = /* @__PURE__ */ BYTES.map((text) =>
  Array.from(text, (one) => one.charCodeAt(0)),
)
