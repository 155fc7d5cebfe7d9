/**
 * Values from and to JavaScript's own: nested arrays, text, float32.
 */
import { InvalidArgumentError, ValueError } from '../util/errors'
import { BFLOAT16, toFloat32Array } from '../util/float16'
import { decodeUtf8, describeUtf8Fault, findUtf8Fault } from '../util/utf8'
import { type DType, type DTypeInfo, type DTypeMap, dtypeInfo, isSigned } from './dtype'
import { describe, type Element, elementEncoder, elementReader, narrowInteger, type Scalar } from './elements'
import { bytesOf, elementCount, isBytes, type NDArray, ndarray, type Shape, shapesEqual } from './ndarray'

/** A value, or arrays of them to any depth, all of one shape. */
export type Nested<T> = T | readonly Nested<T>[]

/** numpy.ndarray's limit; an array that contains itself runs into it too. */
const MAX_DIMENSIONS = 64

/**
 * Like np.array: the shape comes from the nesting. Without a dtype numbers make float32, bigints int64, booleans bool,
 * strings (as UTF-8) and bytes string; no element makes float32. Numbers in complex64 and complex128 are real parts: for
 * imaginary ones, ndarray() takes the pairs.
 * @throws {ValueError} for a ragged nesting, or one deeper than 64.
 * @throws {TypeError} for kinds that do not go together, or do not go into `dtype`: a string in float32, a boolean in int32.
 * @throws {InvalidArgumentError} for what `dtype` cannot hold (300 in int8, 1.5 in int32), and for text with lone surrogates.
 */
export function array(values: Nested<number>): NDArray<'float32'>
export function array(values: Nested<bigint>): NDArray<'int64'>
export function array(values: Nested<boolean>): NDArray<'bool'>
export function array(values: Nested<string | Uint8Array>): NDArray<'string'>
export function array<D extends DType>(values: Nested<Scalar>, dtype: D): NDArray<D>
export function array(values: Nested<Scalar>, dtype?: DType): NDArray {
  const shape = nestingOf(values)
  const path: number[] = []
  const where = (): string => (path.length === 0 ? '' : ` at ${formatPath(path)}`)
  const info = dtypeInfo(dtype ?? impliedDType(values, shape))
  const encode = elementEncoder(info, where)
  const value = zeros(shape, info.name)
  const items = value.data as { [index: number]: ReturnType<typeof encode> }
  const kind = dtype === undefined ? info.name : undefined
  let next = 0
  const fill = (nested: Nested<Scalar>, axis: number): void => {
    if (isNested(nested) ? axis === shape.length : axis < shape.length) throw ragged(values, path)
    if (!isNested(nested)) {
      if (kind !== undefined && dtypeOfScalar(nested, where) !== kind) throw mixed(nested, info, where)
      items[next] = encode(nested)
      next += info.lanes
      return
    }
    if (nested.length !== shape[axis]) throw ragged(values, path)
    for (let i = 0; i < nested.length; i++) {
      path[axis] = i
      fill(nested[i] as Nested<Scalar>, axis + 1)
    }
    path.length = axis
  }
  fill(values, 0)
  return value
}

/** A value of shape []: what Variable.assign makes of a number. @throws as array() does. */
export function scalarOf<D extends DType>(dtype: D, value: Scalar): NDArray<D> {
  return array(value, dtype)
}

function isNested(value: Nested<Scalar>): value is readonly Nested<Scalar>[] {
  return Array.isArray(value)
}

/** The shape along the first elements; the others have to agree with it. */
function nestingOf(values: Nested<Scalar>): Shape {
  const shape: number[] = []
  for (let nested: Nested<Scalar> | undefined = values; nested !== undefined && isNested(nested); nested = nested[0]) {
    if (shape.length === MAX_DIMENSIONS) {
      throw new ValueError(`setting an array element with a sequence: the nesting is deeper than ${MAX_DIMENSIONS}`)
    }
    shape.push(nested.length)
  }
  return shape
}

function impliedDType(values: Nested<Scalar>, shape: Shape): DType {
  let first: Nested<Scalar> | undefined = values
  for (let axis = 0; axis < shape.length && first !== undefined; axis++) first = isNested(first) ? first[0] : first
  if (shape.at(-1) === 0) return 'float32'
  return dtypeOfScalar(first, () => '')
}

function dtypeOfScalar(value: unknown, where: () => string): DType {
  if (typeof value === 'number') return 'float32'
  if (typeof value === 'bigint') return 'int64'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string' || isBytes(value)) return 'string'
  throw new TypeError(`Cannot make an array of ${describe(value)}${where()}`)
}

function mixed(value: unknown, info: DTypeInfo, where: () => string): TypeError {
  return new TypeError(`Cannot make one array of different kinds: ${describe(value)}${where()} among ${info.name}`)
}

/** The error of a nesting that is ragged at `path`, whose first neighbour in every array gives the shape. */
function ragged(values: Nested<Scalar>, path: readonly number[]): ValueError {
  const sizeAt = (indices: readonly number[]): string => {
    const at = indices.reduce<Nested<Scalar> | undefined>((v, i) => (v !== undefined && isNested(v) ? v[i] : v), values)
    return at !== undefined && isNested(at) ? `has length ${at.length}` : 'is no array'
  }
  const first = path.map(() => 0)
  return new ValueError(
    `setting an array element with a sequence: ${formatPath(path)} ${sizeAt(path)}, ${formatPath(first)} ${sizeAt(first)}`,
  )
}

function formatPath(path: readonly number[]): string {
  return path.map((index) => `[${index}]`).join('')
}

const NO_BYTES = new Uint8Array(0)

/** Zeros, false, or empty strings. */
export function zeros<D extends DType = 'float32'>(shape: Shape, dtype?: D): NDArray<D>
export function zeros(shape: Shape, dtype: DType = 'float32'): NDArray {
  const info = dtypeInfo(dtype)
  const count = elementCount(shape) * info.lanes
  const data = info.Array === undefined ? Array.from({ length: count }, () => NO_BYTES) : new info.Array(count)
  return ndarray(dtype, shape, data as DTypeMap[DType])
}

/**
 * The elements in arrays nested as the shape is: floats as numbers, int64 and uint64 as bigints, bool as booleans, strings
 * as bytes, complex numbers as pairs [re, im]. A scalar comes without an array.
 */
export function toNested(value: NDArray): Nested<number | bigint | boolean | Uint8Array> {
  const read = elementReader(value)
  let next = 0
  const nest = (axis: number): Nested<Element> =>
    axis === value.shape.length ? read(next++) : Array.from({ length: value.shape[axis] ?? 0 }, () => nest(axis + 1))
  return nest(0)
}

/** The text of a string array, in row-major order. @throws {InvalidArgumentError} for bytes that are no UTF-8. */
export function toStrings(value: NDArray<'string'>): string[] {
  return value.data.map((bytes, index) => {
    const text = decodeUtf8(bytes)
    if (text !== undefined) return text
    const fault = findUtf8Fault(bytes)
    const reason = fault === undefined ? 'no UTF-8' : describeUtf8Fault(bytes, fault)
    throw new InvalidArgumentError(`Cannot read element ${index} as text: ${reason}`)
  })
}

/**
 * Floats, integers and bool as float32, each to the nearest; a float32 value comes back as it is.
 * @throws {InvalidArgumentError} for string, variant and complex.
 */
export function toFloat32(value: NDArray): NDArray<'float32'> {
  if (value.dtype === 'float32') return value
  return ndarray('float32', value.shape, float32Elements(value, dtypeInfo(value.dtype)))
}

function float32Elements(value: NDArray, info: DTypeInfo): Float32Array {
  const { data } = value
  if (info.kind === 'string' || info.kind === 'variant' || info.kind === 'complex') {
    throw new InvalidArgumentError(`Cannot convert ${value.dtype} to float32`)
  }
  if (info.rawFloat && info.format !== undefined) return toFloat32Array(info.format, data as Uint16Array | Uint8Array)
  if (info.bits === 64) return longsToFloat32(data as BigInt64Array | BigUint64Array, info)
  if (info.bits !== undefined && info.bits < 8) return eachByte(data as Int8Array, (byte) => narrowInteger(byte, info))
  if (info.kind === 'bool') return eachByte(data as Uint8Array, (byte) => (byte === 0 ? 0 : 1))
  return data instanceof Float64Array ? doublesToFloat32(data) : new Float32Array(data as ArrayLike<number>)
}

/** In V8 half the time of new Float32Array(data), and for four at a time a third. */
function doublesToFloat32(data: Float64Array): Float32Array {
  const result = new Float32Array(data.length)
  const fours = data.length - (data.length % 4)
  for (let i = 0; i < fours; i += 4) {
    result[i] = data[i] as number
    result[i + 1] = data[i + 1] as number
    result[i + 2] = data[i + 2] as number
    result[i + 3] = data[i + 3] as number
  }
  for (let i = fours; i < data.length; i++) result[i] = data[i] as number
  return result
}

/** Bytes by a table of what each of them becomes. */
function eachByte(data: Uint8Array | Int8Array, convert: (byte: number) => number): Float32Array {
  const table = Float32Array.from({ length: 256 }, (_, byte) => convert(byte))
  const result = new Float32Array(data.length)
  for (let i = 0; i < result.length; i++) result[i] = table[(data[i] as number) & 255] as number
  return result
}

/**
 * 64-bit integers rounded once. A double does not hold all of them, and rounding to it first could make a tie of what is
 * none: where the upper word is large, the lowest eleven bits only say whether anything is there.
 */
function longsToFloat32(data: BigInt64Array | BigUint64Array, info: DTypeInfo): Float32Array {
  const low = new Uint32Array(data.buffer, data.byteOffset, data.length * 2)
  const high = isSigned(info) ? new Int32Array(data.buffer, data.byteOffset, data.length * 2) : low
  const result = new Float32Array(data.length)
  for (let i = 0; i < result.length; i++) {
    const upper = high[2 * i + 1] ?? 0
    let lower = low[2 * i] ?? 0
    if (Math.abs(upper) >= 2 ** 20 && (lower & 0x7ff) !== 0) lower = ((lower & ~0x7ff) | 0x800) >>> 0
    result[i] = upper * 2 ** 32 + lower
  }
  return result
}

/** Elements in one piece of float32Pieces(). */
const PIECE = 1 << 18

/** bfloat16 as the bytes of float32, in memory for one piece. */
export function* float32Pieces(codes: Uint16Array): Generator<Uint8Array> {
  const floats = new Float32Array(Math.min(PIECE, codes.length))
  for (let at = 0; at < codes.length; at += PIECE) {
    const { length } = toFloat32Array(BFLOAT16, codes.subarray(at, at + PIECE), floats)
    yield new Uint8Array(floats.buffer, 0, 4 * Math.min(length, codes.length - at))
  }
}

/** Whether dtype, shape and bytes are the same: a NaN equals the same NaN, and 0 differs from -0. */
export function arraysEqual(a: NDArray, b: NDArray): boolean {
  if (a.dtype !== b.dtype || !shapesEqual(a.shape, b.shape)) return false
  if (dtypeInfo(a.dtype).Array !== undefined) return bytesEqual(bytesOf(a), bytesOf(b))
  const others = b.data as readonly Uint8Array[]
  return (a.data as readonly Uint8Array[]).every((bytes, i) => bytesEqual(bytes, others[i] ?? NO_BYTES))
}

function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  const words = (a.byteOffset | b.byteOffset) % 4 === 0 ? a.length >>> 2 : 0
  const left = new Uint32Array(a.buffer, words === 0 ? 0 : a.byteOffset, words)
  const right = new Uint32Array(b.buffer, words === 0 ? 0 : b.byteOffset, words)
  for (let i = 0; i < words; i++) if (left[i] !== right[i]) return false
  for (let i = words * 4; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
