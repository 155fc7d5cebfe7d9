/**
 * The one table of dtypes. Nobody switches on a dtype anywhere else: what differs between two of them is a column here.
 *
 * TensorFlow: core/framework/types.proto (numbers and DT_ names), core/framework/types.cc (the words of its messages),
 * python/framework/dtypes.py (names).
 */
import { InvalidArgumentError } from '../util/errors'
import {
  BFLOAT16,
  FLOAT16,
  FLOAT32,
  FLOAT4_E2M1FN,
  FLOAT64,
  FLOAT8_E4M3B11FNUZ,
  FLOAT8_E4M3FN,
  FLOAT8_E4M3FNUZ,
  FLOAT8_E5M2,
  FLOAT8_E5M2FNUZ,
  type FloatFormat,
} from '../util/float16'

/** TensorFlow's dtype names, and the array that holds the elements (row-major, native little-endian). */
export interface DTypeMap {
  float32: Float32Array
  float64: Float64Array
  /** The raw 16 bits. */
  float16: Uint16Array
  /** The raw 16 bits: the upper half of a float32. */
  bfloat16: Uint16Array
  /** The raw 8 bits. */
  float8_e5m2: Uint8Array
  float8_e4m3fn: Uint8Array
  int8: Int8Array
  int16: Int16Array
  int32: Int32Array
  int64: BigInt64Array
  uint8: Uint8Array
  uint16: Uint16Array
  uint32: Uint32Array
  uint64: BigUint64Array
  float8_e4m3fnuz: Uint8Array
  float8_e4m3b11fnuz: Uint8Array
  float8_e5m2fnuz: Uint8Array
  float4_e2m1fn: Uint8Array
  /** One element a byte, as TensorFlow stores them. */
  int2: Int8Array
  uint2: Uint8Array
  int4: Int8Array
  uint4: Uint8Array
  qint8: Int8Array
  quint8: Uint8Array
  qint16: Int16Array
  quint16: Uint16Array
  qint32: Int32Array
  /** 0 or 1. */
  bool: Uint8Array
  /** re, im, re, im, … */
  complex64: Float32Array
  complex128: Float64Array
  /** TensorFlow strings are bytes, not text. */
  string: readonly Uint8Array[]
  /** Serialized VariantTensorDataProto, carried through unread. */
  variant: readonly Uint8Array[]
}

/** The name of a dtype, such as 'float32'. */
export type DType = keyof DTypeMap

/** What kind of value an element is. */
export type DTypeKind = 'float' | 'integer' | 'bool' | 'complex' | 'string' | 'variant'

/** The arrays whose elements are numbers or bigints. */
export type NumericArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>

/** Makes arrays of one dtype. */
export interface NumericArrayConstructor {
  new (length: number): NumericArray
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): NumericArray
  readonly BYTES_PER_ELEMENT: number
  readonly name: string
}

/** A row of the table. */
export interface DTypeInfo {
  readonly name: DType
  /** DataType in types.proto. */
  readonly number: number
  /** "DT_FLOAT" */
  readonly enumName: string
  /** The word of TensorFlow's messages, "float". */
  readonly word: string
  readonly kind: DTypeKind
  /** Bytes of an element in the file and in memory; 0 for string and variant, whose elements vary. */
  readonly size: number
  /** Items of the array that make one element: 2 for complex. */
  readonly lanes: number
  /** The array that holds the elements; undefined for string and variant. */
  readonly Array: NumericArrayConstructor | undefined
  /** Whether floats are held as raw bits, in `format`. */
  readonly rawFloat: boolean
  /** The layout of a float, or of either part of a complex number. */
  readonly format: FloatFormat | undefined
  /** Bits of an integer; an element below 8 leaves the upper bits of its byte 0, as TensorFlow's int4 does: -1 is 0x0f. */
  readonly bits: number | undefined
  /** What the dtype is to numpy, which prints by it: its own, one of ml_dtypes, or a record of one field (qint8 and its kin). */
  readonly numpy: NumpyKind
}

/** What a dtype is to numpy. */
export type NumpyKind = 'builtin' | 'extension' | 'record'

type Row = [
  name: DType,
  number: number,
  kind: DTypeKind,
  Array?: NumericArrayConstructor,
  /** Bits of an integer, negative for signed ones; the layout of a float. */
  layout?: number | FloatFormat,
  numpy?: NumpyKind,
]

const ROWS: readonly Row[] = [
  ['float32', 1, 'float', Float32Array, FLOAT32],
  ['float64', 2, 'float', Float64Array, FLOAT64],
  ['int32', 3, 'integer', Int32Array, -32],
  ['uint8', 4, 'integer', Uint8Array, 8],
  ['int16', 5, 'integer', Int16Array, -16],
  ['int8', 6, 'integer', Int8Array, -8],
  ['string', 7, 'string'],
  ['complex64', 8, 'complex', Float32Array, FLOAT32],
  ['int64', 9, 'integer', BigInt64Array, -64],
  ['bool', 10, 'bool', Uint8Array],
  ['qint8', 11, 'integer', Int8Array, -8, 'record'],
  ['quint8', 12, 'integer', Uint8Array, 8, 'record'],
  ['qint32', 13, 'integer', Int32Array, -32, 'record'],
  ['bfloat16', 14, 'float', Uint16Array, BFLOAT16, 'extension'],
  ['qint16', 15, 'integer', Int16Array, -16, 'record'],
  ['quint16', 16, 'integer', Uint16Array, 16, 'record'],
  ['uint16', 17, 'integer', Uint16Array, 16],
  ['complex128', 18, 'complex', Float64Array, FLOAT64],
  ['float16', 19, 'float', Uint16Array, FLOAT16],
  ['variant', 21, 'variant'],
  ['uint32', 22, 'integer', Uint32Array, 32],
  ['uint64', 23, 'integer', BigUint64Array, 64],
  ['float8_e5m2', 24, 'float', Uint8Array, FLOAT8_E5M2, 'extension'],
  ['float8_e4m3fn', 25, 'float', Uint8Array, FLOAT8_E4M3FN, 'extension'],
  ['float8_e4m3fnuz', 26, 'float', Uint8Array, FLOAT8_E4M3FNUZ, 'extension'],
  ['float8_e4m3b11fnuz', 27, 'float', Uint8Array, FLOAT8_E4M3B11FNUZ, 'extension'],
  ['float8_e5m2fnuz', 28, 'float', Uint8Array, FLOAT8_E5M2FNUZ, 'extension'],
  ['int4', 29, 'integer', Int8Array, -4, 'extension'],
  ['uint4', 30, 'integer', Uint8Array, 4, 'extension'],
  ['int2', 31, 'integer', Int8Array, -2, 'extension'],
  ['uint2', 32, 'integer', Uint8Array, 2, 'extension'],
  ['float4_e2m1fn', 33, 'float', Uint8Array, FLOAT4_E2M1FN, 'extension'],
]

/** The words that are not the name. */
const WORDS: Partial<Record<DType, string>> = { float32: 'float', float64: 'double', float16: 'half' }

function infoOf([name, number, kind, Array, layout, numpy = 'builtin']: Row): DTypeInfo {
  const word = WORDS[name] ?? name
  const lanes = kind === 'complex' ? 2 : 1
  const size = (Array?.BYTES_PER_ELEMENT ?? 0) * lanes
  // JavaScript has no array of floats of fewer bytes.
  const rawFloat = kind === 'float' && size < 4
  const [signedBits, format] = typeof layout === 'object' ? [undefined, layout] : [layout, undefined]
  const bits = signedBits === undefined ? undefined : Math.abs(signedBits)
  return {
    name,
    number,
    enumName: `DT_${word.toUpperCase()}`,
    word,
    kind,
    size,
    lanes,
    Array,
    rawFloat,
    format,
    bits,
    numpy,
  }
}

/** Whether a dtype of integers has negative ones: its array tells. */
export function isSigned({ Array }: DTypeInfo): boolean {
  return Array !== undefined && /^(Big)?Int/.test(Array.name)
}

/** Every dtype, in the order of their numbers. */
export const DTYPES: readonly DTypeInfo[] = ROWS.map(infoOf)

const byName = new Map<string, DTypeInfo>(DTYPES.map((info) => [info.name, info]))
const byNumber = new Map<number, DTypeInfo>(DTYPES.map((info) => [info.number, info]))

/** The row of a dtype. @throws {InvalidArgumentError} for a name that is none. */
export function dtypeInfo(name: DType): DTypeInfo {
  const info = byName.get(name)
  if (info === undefined) throw new InvalidArgumentError(`Unknown dtype: ${String(name)}`)
  return info
}

/** The row of a number of types.proto; undefined for one that is unknown or holds no value (DT_INVALID, DT_RESOURCE). */
export function dtypeInfoByNumber(number: number): DTypeInfo | undefined {
  return byNumber.get(number)
}
