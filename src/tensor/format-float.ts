/**
 * Floats as numpy prints them: in columns for the elements of an array, plain for a scalar.
 *
 * numpy: _core/arrayprint.py (FloatingFormat, ComplexFloatingFormat), _core/src/multiarray/scalartypes.c.src; with the
 * default print options: precision 8, mode "maxprec".
 */
import { decimalOf, positional, scientific } from '../util/decimal'
import { decodeFloat, encodeFloat, FLOAT32, FLOAT64, type FloatFormat } from '../util/float16'

/** Places behind the point, np.get_printoptions()['precision']. */
const PRECISION = 8

/** How the numbers of one array are printed, so that their points stand in one column. */
interface Columns {
  readonly format: FloatFormat
  readonly exponential: boolean
  /** Characters before the point, and behind it. */
  readonly left: number
  readonly right: number
  /** Places behind the point of an exponential, and digits of its exponent. */
  readonly places: number
  readonly exponentDigits: number
  /** Whether a plus is printed, as before an imaginary part. */
  readonly plus: boolean
}

/** Decimal digits that the format always holds: np.finfo(dtype).precision. */
function decimalPrecision(format: FloatFormat): number {
  return Math.floor(format.mantissaBits * Math.log10(2))
}

/** The nearest number of the format: numpy compares and divides in it. */
function roundTo(format: FloatFormat, value: number): number {
  if (format === FLOAT64) return value
  return format === FLOAT32 ? Math.fround(value) : decodeFloat(format, encodeFloat(format, value))
}

function needsExponent(finite: readonly number[], format: FloatFormat): boolean {
  const sizes = finite.filter((value) => value !== 0).map(Math.abs)
  if (sizes.length === 0) return false
  const largest = sizes.reduce((a, b) => Math.max(a, b))
  const smallest = sizes.reduce((a, b) => Math.min(a, b))
  return (
    largest >= 10 ** Math.min(PRECISION, decimalPrecision(format)) ||
    smallest < roundTo(format, 0.0001) ||
    roundTo(format, largest / smallest) > 1000
  )
}

function signOf(value: number, plus: boolean): string {
  return value < 0 || Object.is(value, -0) ? '-' : plus ? '+' : ''
}

/** A finite number without its sign, its point anywhere. */
function digitsOf(value: number, how: Pick<Columns, 'format' | 'exponential' | 'places' | 'exponentDigits'>): string {
  const { format, exponential, places, exponentDigits } = how
  if (value === 0) return exponential ? scientific({ digits: '0', exponent: 0 }, places, exponentDigits) : '0.'
  if (!exponential) return positional(decimalOf(Math.abs(value), format, { unique: true, lowest: -PRECISION }))
  const decimal = decimalOf(Math.abs(value), format, { unique: true, atMost: PRECISION + 1, atLeast: places + 1 })
  return scientific({ ...decimal, digits: withoutZeros(decimal.digits) }, places, exponentDigits)
}

function withoutZeros(digits: string): string {
  return digits.replace(/0+$/, '') || '0'
}

function measure(values: readonly number[], format: FloatFormat, plus: boolean): Columns {
  const finite = values.filter(Number.isFinite)
  const exponential = needsExponent(finite, format)
  let [left, places, exponentDigits] = [0, 0, 0]
  for (const value of finite) {
    const [mantissa = '', power = ''] = digitsOf(value, { format, exponential, places: 0, exponentDigits: 0 }).split(
      'e',
    )
    const point = mantissa.indexOf('.')
    left = Math.max(left, point + signOf(value, plus).length)
    places = Math.max(places, mantissa.length - point - 1)
    exponentDigits = Math.max(exponentDigits, power.length - 1, exponential ? 2 : 0)
  }
  const right = exponential ? places + 2 + exponentDigits : places
  if (finite.length < values.length) {
    const longest = plus || values.includes(-Infinity) ? 4 : 3
    left = Math.max(left, 3 - (right + 1), longest - (right + 1))
  }
  return { format, exponential, left, right, places, exponentDigits, plus }
}

function nonFinite(value: number, plus: boolean): string {
  if (Number.isNaN(value)) return plus ? '+nan' : 'nan'
  return `${signOf(value, plus)}inf`
}

function inColumns(value: number, columns: Columns): string {
  const { left, right, plus } = columns
  if (!Number.isFinite(value)) return nonFinite(value, plus).padStart(left + right + 1)
  const text = signOf(value, plus) + digitsOf(value, columns)
  const point = text.indexOf('.')
  return ' '.repeat(Math.max(left - point, 0)) + text + ' '.repeat(Math.max(right - (text.length - point - 1), 0))
}

/** How numpy prints each of `values`, the elements of one array that are shown. */
export function floatColumns(values: readonly number[], format: FloatFormat): (value: number) => string {
  const columns = measure(values, format, false)
  return (value) => inColumns(value, columns)
}

/** The same for complex numbers, real and imaginary parts in columns of their own: "1.+2.j". */
export function complexColumns(
  values: readonly (readonly [number, number])[],
  format: FloatFormat,
): (value: readonly [number, number]) => string {
  const real = floatColumns(
    values.map(([re]) => re),
    format,
  )
  const columns = measure(
    values.map(([, im]) => im),
    format,
    true,
  )
  return ([re, im]) => real(re) + inColumns(im, columns).replace(/ *$/, 'j$&')
}

/** A number as str(np.float32(3)) gives it, all its digits: "3.0", "1e-05"; with `bare` without the ".0", as within complex. */
export function formatFloat(value: number, format: FloatFormat, bare = false, plus = false): string {
  if (!Number.isFinite(value)) return nonFinite(value, plus)
  const size = Math.abs(value)
  const sign = signOf(value, plus)
  const zero = bare ? '' : '.0'
  if (size === 0) return `${sign}0${zero}`
  const decimal = decimalOf(size, format, { unique: true })
  const end = format === FLOAT64 ? 1e16 : 10 ** decimalPrecision(format)
  if (size >= 1e-4 && size < end) return sign + positional(decimal).replace(/\.$/, zero)
  return sign + scientific({ ...decimal, digits: withoutZeros(decimal.digits) }).replace('.e', 'e')
}

/** A complex number as str(np.complex64(1 + 2j)) gives it: "(1+2j)"; without a real part "2j". */
export function formatComplex([re, im]: readonly [number, number], format: FloatFormat): string {
  if (Object.is(re, 0)) return `${formatFloat(im, format, true)}j`
  return `(${formatFloat(re, format, true)}${formatFloat(im, format, true, true)}j)`
}
