/**
 * Values as Python's repr() prints them: text files and error messages of TensorFlow hold them.
 *
 * CPython: Python/pystrtod.c (float), Objects/unicodeobject.c (str), by behaviour.
 */

/** A float64: the shortest digits that read back, "1.0", "1e+16", "1e-05", "inf", "nan", "-0.0". */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const [mantissa = '', power = ''] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const exponent = Number(power)
  // Python leaves the plain form below 1e-4 and from 1e16 on.
  if (exponent >= -4 && exponent < 16) return sign + plainDecimal(digits, exponent)
  return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** `digits` with the point behind the place of 10^0; always with one place behind the point. */
function plainDecimal(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.padEnd(exponent + 1, '0')
  return `${whole.slice(0, exponent + 1)}.${whole.slice(exponent + 1) || '0'}`
}

/** Controls, format characters, separators and what is not assigned; the blank is none of them. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u

/** A str: single quotes, unless it holds such and no double ones. */
export function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let body = ''
  for (const character of text) {
    if (character === quote || character === '\\') body += `\\${character}`
    else if (character === ' ' || !UNPRINTABLE.test(character)) body += character
    else body += escapeCharacter(character)
  }
  return quote + body + quote
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  return escapeCodePoint(character.codePointAt(0) ?? 0)
}

/** "\\x7f", "\\ue000" or "\\U000e0001". */
export function escapeCodePoint(code: number): string {
  const hex = code.toString(16)
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
