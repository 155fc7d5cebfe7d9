/**
 * One element at a time: what it is in JavaScript, and how a value becomes one.
 *
 * Floats are numbers, int64 and uint64 bigints, bool booleans, strings bytes, complex numbers pairs [re, im].
 * What a dtype cannot hold is refused: TensorFlow wraps some integers around (300 becomes 44 in int8) and drops fractions.
 */
import {
  BFLOAT16,
  encodeFloat,
  FLOAT16,
  type FloatFormat,
  floatToBfloat16,
  floatToHalf,
  floatValues,
} from '../util/float16'
import { InvalidArgumentError } from '../util/errors'
import { type DTypeInfo, dtypeInfo, isSigned } from './dtype'
import { isBytes, type NDArray } from './ndarray'

/** What an element is read as. */
export type Element = number | bigint | boolean | Uint8Array | readonly [re: number, im: number]

/** What an element is made of. */
export type Scalar = number | bigint | boolean | string | Uint8Array

/** What an array holds for one element; of a complex number the real part. */
type Item = number | bigint | Uint8Array

/** Reads the elements of a value by their row-major index. */
export function elementReader(value: NDArray): (index: number) => Element {
  const info = dtypeInfo(value.dtype)
  const data = value.data as ArrayLike<number | bigint | Uint8Array>
  const numbers = value.data as ArrayLike<number>
  const { format } = info
  if (info.kind === 'complex') return (i) => [numbers[2 * i] ?? 0, numbers[2 * i + 1] ?? 0]
  if (info.kind === 'bool') return (i) => numbers[i] !== 0
  if (info.rawFloat && format !== undefined) {
    const values = floatValues(format)
    return (i) => values[numbers[i] ?? 0] ?? 0
  }
  if (info.bits !== undefined && info.bits < 8) return (i) => narrowInteger(numbers[i] ?? 0, info)
  return (i) => data[i] ?? 0
}

/** The integer in the lower bits of a byte. */
export function narrowInteger(byte: number, info: DTypeInfo): number {
  const spare = 32 - (info.bits ?? 32)
  const lower = byte << spare
  return isSigned(info) ? lower >> spare : lower >>> spare
}

/**
 * Turns values into what the array of a dtype holds. `where` names the place of the value in hand, for messages.
 * It throws InvalidArgumentError for a value that the dtype cannot hold, TypeError for one of another kind.
 */
export function elementEncoder(info: DTypeInfo, where: () => string): (value: Scalar) => Item {
  const encoder = encoders[info.kind]
  return (value) => encoder(value, info, where)
}

type Encoder = (value: Scalar, info: DTypeInfo, where: () => string) => Item

const encoders: Readonly<Record<DTypeInfo['kind'], Encoder>> = {
  integer: encodeInteger,
  float: encodeFloating,
  complex: encodeFloating,
  bool: encodeBool,
  string: encodeString,
  variant: encodeVariant,
}

const ranges = new Map<DTypeInfo, readonly [min: bigint, max: bigint]>()

/** The smallest and the largest value of a dtype of integers. */
export function integerRange(info: DTypeInfo): readonly [min: bigint, max: bigint] {
  let range = ranges.get(info)
  if (range === undefined) {
    const { bits = 0 } = info
    const half = 1n << BigInt(Math.max(0, bits - 1))
    ranges.set(info, (range = isSigned(info) ? [-half, half - 1n] : [0n, 2n * half - 1n]))
  }
  return range
}

function encodeInteger(value: Scalar, info: DTypeInfo, where: () => string): Item {
  const [min, max] = integerRange(info)
  if (typeof value !== 'number' && typeof value !== 'bigint') throw wrongKind(value, info, where)
  if (typeof value === 'number' && !Number.isInteger(value)) throw unfit(value, info, where, 'integers alone')
  if (value < min || value > max) throw unfit(value, info, where, `${min} to ${max}`)
  if (info.bits === 64) return BigInt(value)
  // An int4 of -1 is the byte 0x0f.
  return info.bits !== undefined && info.bits < 8 ? Number(value) & ((1 << info.bits) - 1) : Number(value)
}

function encodeFloating(value: Scalar, info: DTypeInfo, where: () => string): Item {
  if (typeof value !== 'number' && typeof value !== 'bigint') throw wrongKind(value, info, where)
  const double = Number(value)
  if (typeof value === 'bigint' && !Number.isFinite(double)) throw unfit(value, info, where, 'less than 2^1024')
  const { format, rawFloat } = info
  if (format === undefined || !rawFloat) return double
  if (format.special === 'finite' && !Number.isFinite(double)) throw unfit(value, info, where, 'finite numbers alone')
  return rawBits(format, double)
}

/** The bits as np.array([value], dtype) makes them of a Python float. */
function rawBits(format: FloatFormat, value: number): number {
  if (format === FLOAT16) return floatToHalf(value)
  return format === BFLOAT16 ? floatToBfloat16(value) : encodeFloat(format, value)
}

function encodeBool(value: Scalar, info: DTypeInfo, where: () => string): Item {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'number' && typeof value !== 'bigint') throw wrongKind(value, info, where)
  if (value !== 0 && value !== 1 && value !== 0n && value !== 1n)
    throw unfit(value, info, where, 'true, false, 1 and 0')
  return Number(value)
}

const utf8 = /* @__PURE__ */ new TextEncoder()

function encodeString(value: Scalar, info: DTypeInfo, where: () => string): Item {
  if (isBytes(value)) return new Uint8Array(value)
  if (typeof value !== 'string') throw wrongKind(value, info, where)
  const lone = value.search(/\p{Surrogate}/u)
  if (lone >= 0) {
    throw new InvalidArgumentError(
      `Cannot hold text in ${info.name}${where()}: its character ${lone} is a lone surrogate, which UTF-8 has no bytes for`,
    )
  }
  return utf8.encode(value)
}

function encodeVariant(value: Scalar, info: DTypeInfo, where: () => string): Item {
  if (!isBytes(value)) throw wrongKind(value, info, where)
  return new Uint8Array(value)
}

function unfit(value: number | bigint, info: DTypeInfo, where: () => string, takes: string): InvalidArgumentError {
  return new InvalidArgumentError(`Cannot hold ${value} in ${info.name}${where()}: it takes ${takes}`)
}

function wrongKind(value: unknown, info: DTypeInfo, where: () => string): TypeError {
  return new TypeError(`Cannot hold ${describe(value)} in ${info.name}${where()}`)
}

/** The kind of a value, for messages: "a string", "null". */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  return `a ${value.constructor?.name ?? 'value without a constructor'}`
}
