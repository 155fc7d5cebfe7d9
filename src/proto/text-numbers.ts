/**
 * Numbers as protobuf text spells them, and as Python reads them.
 *
 *     <integer> = sign? ( decimal | 0 octal | 0o octal | 0x hex | 0b binary )      underscores between digits
 *     <float>   = sign? ( digits ( '.' digits? )? | '.' digits ) ( e sign? digits )? f*  |  sign? ( inf | infinity | nan ) f*
 *
 * protobuf: python/google/protobuf/text_format.py, ParseInteger, ParseFloat, ParseBool.
 */
import { ValueError } from '../util/errors'

const INTEGER = /^([+-]?)(0x(?:_?[0-9a-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+|0(?:_?0)*|[1-9](?:_?[0-9])*)$/i
const SMALL_INTEGER = /^-?(?:0|[1-9][0-9]{0,14})$/
const OLD_OCTAL = /^(-?)0([0-7]+)$/
const FLOAT = /^[+-]?(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?$/i
const USUAL_FLOAT = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?$/
const INFINITE = /^([+-]?)inf(?:inity)?$/i
/** Not read by Python's float(), and not left by taking every f off its end. */
const INFINITE_WITH_SUFFIX = /^-?inf(?:inity)?f$/i
const NOT_A_NUMBER = /^[+-]?nan$/i

/** Longest number that is looked at: Python's limit for text that becomes an integer. */
const MAX_DIGITS = 4300

/** Decimal digits, fifteen at most, as they are usually written; undefined for everything else. */
export function parseSmallInteger(text: string): number | undefined {
  return SMALL_INTEGER.test(text) ? Number(text) + 0 : undefined // -0 is 0.
}

/** Python's int(text, 0): undefined where it raises ValueError. "010" is none; see parseInteger. */
export function pythonInteger(text: string): bigint | undefined {
  const match = text.length > MAX_DIGITS ? null : INTEGER.exec(text)
  if (match === null) return undefined
  const [, sign, body = ''] = match
  const value = BigInt(body.replaceAll('_', ''))
  return sign === '-' ? -value : value
}

/** An integer from `min` to `max`; "010" is octal. @throws {ValueError} */
export function parseInteger(text: string, min: bigint, max: bigint): bigint {
  const value = pythonInteger(text.replace(OLD_OCTAL, '$10o$2'))
  if (value === undefined) throw new ValueError(`Couldn't parse integer: ${text}`)
  if (value < min || value > max) throw new ValueError(`Value out of range: ${value}`)
  return value
}

/** A float64, with or without f behind it. @throws {ValueError} */
export function parseFloat64(text: string): number {
  if (USUAL_FLOAT.test(text)) return Number(text)
  if (/^-?0[0-9]/.test(text)) throw new ValueError(`Invalid octal float: ${text}`)
  const suffix = INFINITE_WITH_SUFFIX.test(text) ? /f$/i : /f+$/i
  const value = pythonFloat(text) ?? pythonFloat(text.replace(suffix, ''))
  if (value === undefined) throw new ValueError(`Couldn't parse float: ${text}`)
  return value
}

/** Python's float(text): undefined where it raises ValueError. */
function pythonFloat(text: string): number | undefined {
  if (FLOAT.test(text)) return Number(text.replaceAll('_', ''))
  if (NOT_A_NUMBER.test(text)) return NaN
  const match = INFINITE.exec(text)
  if (match === null) return undefined
  return match[1] === '-' ? -Infinity : Infinity
}

/** true, True, t, 1; false, False, f, 0. @throws {ValueError} */
export function parseBoolean(text: string): boolean {
  if (['true', 't', '1', 'True'].includes(text)) return true
  if (['false', 'f', '0', 'False'].includes(text)) return false
  throw new ValueError('Expected "true" or "false".')
}
