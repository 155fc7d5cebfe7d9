/**
 * How numpy names the dtypes of its files.
 *
 *     <name>  = order, kind, bytes of an element     "<f4", "|b1", ">i8", "|S3"; of U in characters of four bytes
 *     <order> = '<' | '>' | '=' | '|'                little-endian, big-endian, the machine's, of no order
 *
 * bfloat16 and its kin are ml_dtypes' own. In npy files numpy names them by size alone: "<V2" can only be bfloat16 and
 * "<f1" float8_e5m2 (plain raw bytes are "|V2"), while "<V1" is any of nine.
 *
 * numpy: doc/source/reference/arrays.interface.rst; lib/_format_impl.py, dtype_to_descr.
 */
import { type DType, type DTypeInfo, dtypeInfo } from '../tensor/dtype'
import { shorten } from './fault'

/** A dtype of numpy's that an NDArray holds. */
export interface NumpyType {
  /** As it stands in the file. */
  readonly name: string
  readonly info: DTypeInfo
  /** Bytes of an element in the file. */
  readonly size: number
  readonly bigEndian: boolean
  /** Of a string: bytes, or code points of four bytes; padded with NULs. */
  readonly text?: 'S' | 'U'
}

/** numpy's names without the order. Those of one byte have none. */
const CODES: readonly (readonly [code: string, dtype: DType])[] = [
  ['b1', 'bool'],
  ['i1', 'int8'],
  ['i2', 'int16'],
  ['i4', 'int32'],
  ['i8', 'int64'],
  ['u1', 'uint8'],
  ['u2', 'uint16'],
  ['u4', 'uint32'],
  ['u8', 'uint64'],
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
  ['c8', 'complex64'],
  ['c16', 'complex128'],
]

const byCode = new Map(CODES)
const byDType = new Map(CODES.map(([code, dtype]) => [dtype, code]))

/** The names that only ml_dtypes' bfloat16 and float8_e5m2 have in an npy file. */
const EXTENSIONS_IN_NPY = new Map<string, DType>([
  ['<V2', 'bfloat16'],
  ['<f1', 'float8_e5m2'],
])

/** What else numpy has, and why it is no value here. */
const REFUSED: readonly (readonly [name: RegExp, why: string])[] = [
  [/^.?O/, 'Python objects, which may be anything: nothing of them is read or executed'],
  [/^.?[Mm]/, 'dates and times'],
  [/^.?(f1[26]|c24|c32)/, 'long doubles, which differ from machine to machine'],
  [/^<V1$/, "one of ml_dtypes' (float8_e4m3fn, int4, …), but the file does not say which"],
  [/^.?V/, 'raw bytes'],
  [/^.?T/, 'strings of varying size'],
]

/** The type of a name such as "<f4"; a sentence on why where there is none. */
export function numpyTypeOf(name: string): NumpyType | string {
  const extension = EXTENSIONS_IN_NPY.get(name)
  if (extension !== undefined) return extensionType(extension, false)
  const match = /^([<>=|]?)([A-Za-z]\d*)(.*)$/s.exec(name)
  const [, order, code = '', rest] = match ?? []
  const bigEndian = order === '>'
  const dtype = byCode.get(code)
  if (dtype !== undefined && rest === '') return plainType(name, dtype, bigEndian)
  const text = /^([SU])(\d{1,10})$/.exec(code)
  if (text !== null && rest === '') {
    const wide = text[1] === 'U'
    const size = Number(text[2]) * (wide ? 4 : 1)
    return { name, info: dtypeInfo('string'), size, bigEndian, text: wide ? 'U' : 'S' }
  }
  return `its dtype is ${shorten(name)}: ${REFUSED.find(([pattern]) => pattern.test(name))?.[1] ?? 'none that is known here'}`
}

/** A type whose elements are as an NDArray has them, but for the byte order. */
export function plainType(name: string, dtype: DType, bigEndian: boolean): NumpyType {
  const info = dtypeInfo(dtype)
  return { name, info, size: info.size, bigEndian }
}

/** The type that ml_dtypes has under the name of a dtype here. */
export function extensionType(dtype: DType, bigEndian: boolean): NumpyType {
  return plainType(dtype, dtype, bigEndian)
}

/** numpy's own name for a dtype, without the order: "f4"; undefined where there is none. */
export function numpyCode(dtype: DType): string | undefined {
  return byDType.get(dtype)
}

/** '<' for what has an order, '|' for the others. */
export function orderOf(size: number): '<' | '|' {
  return size > 1 ? '<' : '|'
}
