/**
 * The arithmetic of moving averages, each operation rounded in the dtype of the average, as TensorFlow's ops do it:
 *
 *     average -= (average - value) * rate
 *
 *     biased  -= (biased - value) * rate                                    without the bias towards zero
 *     steps   += 1
 *     average  = biased / (1 - (1 - rate) ^ steps)
 *
 * TensorFlow: python/training/moving_averages.py, assign_moving_average and _zero_debias. Denormal floats stay, where
 * TensorFlow's executor flushes them to zero.
 */
import type { DType } from '../tensor/dtype'
import type { NDArray } from '../tensor/ndarray'
import { bfloat16ToFloat, float32ToHalf, floatToBfloat16, halfToFloat } from '../util/float16'
import { simdMoveFloats, simdMovers } from './moving-average-simd'

/** The dtypes that TensorFlow averages. */
export type AverageDType = 'bfloat16' | 'float16' | 'float32' | 'float64'

/** Fewer numbers than this are not worth the way through WebAssembly's memory. */
const SMALL = 64

type Numbers = { readonly length: number; [index: number]: number }

/** How a dtype keeps a number: `round` is what one operation's result becomes, `decode` and `encode` its elements. */
interface FloatKind {
  readonly round: (value: number) => number
  readonly decode: (element: number) => number
  readonly encode: (value: number) => number
}

const asItIs = (value: number): number => value

// The difference of two, and the product of two, is exact in a float32 or rounds to the same over one.
const KINDS: Readonly<Record<AverageDType, FloatKind>> = {
  float64: { round: asItIs, decode: asItIs, encode: asItIs },
  float32: { round: Math.fround, decode: asItIs, encode: asItIs },
  float16: { round: (value) => halfToFloat(float32ToHalf(value)), decode: halfToFloat, encode: float32ToHalf },
  bfloat16: {
    round: (value) => bfloat16ToFloat(floatToBfloat16(value)),
    decode: bfloat16ToFloat,
    encode: floatToBfloat16,
  },
}

/** What the processor makes of 0 / 0: x86's NaN has its sign bit set. */
const INDEFINITE: Readonly<Record<'float16' | 'bfloat16', number>> = { float16: 0xfe00, bfloat16: 0xffc0 }

export function isAverageDType(dtype: DType): dtype is AverageDType {
  return dtype in KINDS
}

/** The rate, 1 - decay, as TensorFlow has it: in float32, then in the dtype of the average. */
export function rateOf(decay: number, dtype: AverageDType): number {
  return KINDS[dtype].round(Math.fround(1 - Math.fround(decay)))
}

/** float32(min(decay, (1 + n) / (10 + n))), each operation in float32. */
export function cappedDecay(decay: number, numUpdates: number): number {
  const n = Math.fround(numUpdates)
  return Math.min(Math.fround(decay), Math.fround(Math.fround(1 + n) / Math.fround(10 + n)))
}

/** Writes average - (average - value) * rate to `target`, which may be `average`. All of one dtype and length. */
export function moveAverage(target: NDArray, average: NDArray, value: NDArray, rate: number): void {
  if (target.dtype === 'float32') {
    const move = target.data.length < SMALL ? moveFloats : (simdMoveFloats() ?? moveFloats)
    move(target.data, average.data as Float32Array, value.data as Float32Array, Math.fround(rate))
  } else if (target.dtype === 'float64') {
    moveDoubles(target.data, average.data as Float64Array, value.data as Float64Array, rate)
  } else {
    const { dtype, data } = target as NDArray<'float16' | 'bfloat16'>
    const otherwise = dtype === 'float16' ? moveHalves : moveBfloats
    const move = data.length < SMALL ? otherwise : (simdMovers()?.[dtype](otherwise) ?? otherwise)
    move(data, average.data as Uint16Array, value.data as Uint16Array, rate)
  }
}

/** Without WebAssembly. Four at a time: the loop's own work is then small beside the rest. */
export function moveFloats(target: Float32Array, average: Float32Array, value: Float32Array, rate: number): void {
  const factor = Math.fround(rate)
  const fours = target.length - (target.length % 4)
  for (let i = 0; i < fours; i += 4) {
    target[i] = movedFloat(average[i] as number, value[i] as number, factor)
    target[i + 1] = movedFloat(average[i + 1] as number, value[i + 1] as number, factor)
    target[i + 2] = movedFloat(average[i + 2] as number, value[i + 2] as number, factor)
    target[i + 3] = movedFloat(average[i + 3] as number, value[i + 3] as number, factor)
  }
  for (let i = fours; i < target.length; i++) {
    target[i] = movedFloat(average[i] as number, value[i] as number, factor)
  }
}

/** A float32 product or difference of float32 numbers, rounded from the double, is the float32 one. */
function movedFloat(old: number, value: number, factor: number): number {
  return Math.fround(old - Math.fround(Math.fround(old - value) * factor))
}

function moveDoubles(target: Float64Array, average: Float64Array, value: Float64Array, rate: number): void {
  for (let i = 0; i < target.length; i++) {
    const old = average[i] as number
    target[i] = old - (old - (value[i] as number)) * rate
  }
}

/** Without WebAssembly, and for infinities and NaNs. */
export function moveHalves(target: Uint16Array, average: Uint16Array, value: Uint16Array, rate: number): void {
  for (let i = 0; i < target.length; i++) {
    const old = halfToFloat(average[i] as number)
    const difference = halfToFloat(float32ToHalf(old - halfToFloat(value[i] as number)))
    target[i] = float32ToHalf(old - halfToFloat(float32ToHalf(difference * rate)))
  }
}

/** The same for bfloat16. */
export function moveBfloats(target: Uint16Array, average: Uint16Array, value: Uint16Array, rate: number): void {
  for (let i = 0; i < target.length; i++) {
    const old = bfloat16ToFloat(average[i] as number)
    const difference = bfloat16ToFloat(floatToBfloat16(old - bfloat16ToFloat(value[i] as number)))
    target[i] = floatToBfloat16(old - bfloat16ToFloat(floatToBfloat16(difference * rate)))
  }
}

/** The factor that takes the bias towards zero out after `steps` updates, all of it in `dtype`: 1 - (1 - rate) ^ steps. */
export function biasFactor(dtype: AverageDType, rate: number, steps: number): number {
  const { round } = KINDS[dtype]
  return round(1 - round(power(round(1 - rate), steps)))
}

/** Writes biased / factor to `target`. */
export function removeBias(target: NDArray, biased: NDArray, factor: number): void {
  const { dtype } = target
  const { decode, encode } = KINDS[dtype as AverageDType]
  const [codes, terms] = [target.data as Numbers, biased.data as Numbers]
  for (let i = 0; i < codes.length; i++) {
    const term = decode(terms[i] as number)
    const quotient = term / factor
    const isNew = Number.isNaN(quotient) && !Number.isNaN(term)
    codes[i] = isNew && (dtype === 'float16' || dtype === 'bfloat16') ? INDEFINITE[dtype] : encode(quotient)
  }
}

/**
 * base ^ exponent, for a whole exponent, as near as a double comes: JavaScript's own power is off by one in the last bit
 * more often than C's, which TensorFlow takes. By squaring, in pairs of doubles whose sum has 106 bits.
 */
function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || exponent < 0 || !Number.isFinite(base)) return base ** exponent
  let result: Pair = [1, 0]
  let square: Pair = [base, 0]
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square)
    if (rest > 1) square = multiply(square, square)
  }
  return result[0]
}

/** The sum of the two, the second of which is below half a unit in the last place of the first. */
type Pair = readonly [high: number, low: number]

function multiply(a: Pair, b: Pair): Pair {
  const product = a[0] * b[0]
  const [a1, a2] = split(a[0])
  const [b1, b2] = split(b[0])
  const rest = a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2) + (a[0] * b[1] + a[1] * b[0])
  const high = product + rest
  // Beyond the largest double there are no halves, only the product.
  return Number.isFinite(high) ? [high, product - high + rest] : [product, 0]
}

/** Dekker's: two halves of 26 bits. */
function split(value: number): Pair {
  const scaled = 134217729 * value
  const high = scaled - (scaled - value)
  return [high, value - high]
}
