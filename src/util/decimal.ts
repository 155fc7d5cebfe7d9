/**
 * Binary floats as decimal digits, exactly: the shortest that tell a number from its neighbours, or as many as asked.
 *
 * Steele and White's free-format algorithm in whole numbers (PLDI 1990), with a margin of half a step to either side;
 * numpy's _core/src/multiarray/dragon4.c decides where it stops and how it rounds.
 */
import { binaryExponent, type FloatFormat } from './float16'

/** A number as 0 or d.ddd * 10^exponent; the sign is left to the caller. */
export interface Decimal {
  readonly digits: string
  readonly exponent: number
}

/** Where the digits end. */
export interface DigitLimits {
  /** Whether to stop at the digit that tells the number from its neighbours in the format. */
  readonly unique: boolean
  /** How many digits there are at most, and at least. */
  readonly atMost?: number
  readonly atLeast?: number
  /** The lowest power of ten that gets a digit: -8 for eight places behind the point. */
  readonly lowest?: number
}

/** A number held as fractions of one scale: value / 10^exponent = rest / scale, in [1, 10). */
interface Scaled {
  readonly exponent: number
  readonly rest: bigint
  readonly scale: bigint
  /** Half the way to the next number below and above. */
  readonly below: bigint
  readonly above: bigint
  /** An even mantissa owns the points halfway: what lies there would round to it. */
  readonly even: boolean
}

/** Scales by a power of ten that the logarithm guesses: one off at most, beside a power of ten. */
function scaled(value: number, format: FloatFormat, exponent = Math.floor(Math.log10(value))): Scaled {
  const lowest = 1 - format.bias - format.mantissaBits
  const step = Math.max(binaryExponent(value) - format.mantissaBits, lowest)
  const mantissa = BigInt(value / 2 ** step)
  // Quarters of a step, so that half the way to a neighbour is whole.
  const quarter = (10n ** BigInt(Math.max(-exponent, 0))) << BigInt(Math.max(step, 0))
  const scale = (4n * 10n ** BigInt(Math.max(exponent, 0))) << BigInt(Math.max(-step, 0))
  const rest = 4n * mantissa * quarter
  if (rest < scale) return scaled(value, format, exponent - 1)
  if (rest >= 10n * scale) return scaled(value, format, exponent + 1)
  // At a power of two the numbers below stand half as far apart.
  const narrow = mantissa === 1n << BigInt(format.mantissaBits) && step > lowest
  return {
    exponent,
    rest,
    scale,
    below: narrow ? quarter : 2n * quarter,
    above: 2n * quarter,
    even: mantissa % 2n === 0n,
  }
}

/** The digits of a positive finite number, a value of `format`, which is held in a double. */
export function decimalOf(value: number, format: FloatFormat, limits: DigitLimits): Decimal {
  const { exponent, scale, even, ...start } = scaled(value, format)
  const last = Math.min(limits.atMost ?? Infinity, exponent + 1 - (limits.lowest ?? -Infinity))
  const first = limits.atLeast ?? 1
  let { rest, below, above } = start
  let digits = ''
  for (let count = 1; ; count++) {
    const digit = rest / scale
    rest %= scale
    const low = limits.unique && (even ? rest <= below : rest < below)
    const high = limits.unique && (even ? rest + above >= scale : rest + above > scale)
    if (((low || high) && count >= first) || count >= last) {
      return rounded(digits, digit, exponent, low === high ? compareToHalf(rest, scale, digit) : high)
    }
    digits += digit
    rest *= 10n
    below *= 10n
    above *= 10n
  }
}

/** Whether what is left behind a digit rounds it up: ties go to the even digit. */
function compareToHalf(rest: bigint, scale: bigint, digit: bigint): boolean {
  const twice = 2n * rest
  return twice === scale ? digit % 2n === 1n : twice > scale
}

/** The digits with the last one appended, rounded up or not; 9.99 becomes 10. */
function rounded(digits: string, digit: bigint, exponent: number, up: boolean): Decimal {
  if (!up) return { digits: digits + digit, exponent }
  const next = (BigInt(digits + digit) + 1n).toString()
  return next.length > digits.length + 1
    ? { digits: next.slice(0, -1), exponent: exponent + 1 }
    : { digits: next, exponent }
}

/** d.ddde+xx: `fraction` digits at least behind the point, `exponentDigits` at least behind the sign. */
export function scientific(decimal: Decimal, fraction = 0, exponentDigits = 2): string {
  const { digits, exponent } = decimal
  const places = digits.slice(1).padEnd(fraction, '0')
  const power = Math.abs(exponent).toString().padStart(exponentDigits, '0')
  return `${digits[0]}.${places}e${exponent < 0 ? '-' : '+'}${power}`
}

/** ddd.ddd without trailing zeros; the point is always there. */
export function positional({ digits, exponent }: Decimal): string {
  const whole = exponent < 0 ? '0' : digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const places = exponent < 0 ? '0'.repeat(-exponent - 1) + digits : digits.slice(exponent + 1)
  return `${whole}.${places.replace(/0+$/, '')}`
}

/** C's "%g": six digits (or as many as asked), trailing zeros dropped, an exponent below 1e-4 and from 1e6 (1e<digits>) on. */
export function formatG(value: number, format: FloatFormat, atMost = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (value === 0) return `${sign}0`
  const decimal = decimalOf(Math.abs(value), format, { unique: false, atMost })
  const digits = decimal.digits.replace(/0+$/, '')
  const fixed = decimal.exponent >= -4 && decimal.exponent < atMost
  const text = fixed ? positional(decimal) : scientific({ digits, exponent: decimal.exponent })
  return sign + text.replace(/\.(?=e|$)/, '')
}
