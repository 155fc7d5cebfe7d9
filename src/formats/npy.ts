/**
 * npy: one array of numpy's.
 *
 *     <file>    = "\x93NUMPY", major: uint8, minor: uint8, length, header, elements
 *     <length>  = of the header: uint16 in version 1.0; uint32 in 2.0 and 3.0
 *     <header>  = a Python dict { 'descr': <dtype>, 'fortran_order': True or False, 'shape': (3, 4), }, spaces, '\n'
 *                 in Latin-1; in 3.0 UTF-8; what comes before the elements is a multiple of 64 bytes
 *     <dtype>   = "<f4", see numpy-dtype.ts; a list for records
 *
 * numpy: lib/_format_impl.py, doc/neps/nep-0001-npy-format.rst.
 */
import { float32Pieces } from '../tensor/convert'
import type { NDArray, Shape } from '../tensor/ndarray'
import { decodeUtf8 } from '../util/utf8'
import { arrayFromBytes, fortranAxes, roomForStrings } from './array-bytes'
import { damaged, type Place, shorten, unsupported } from './fault'
import { numpyTypeOf } from './numpy-dtype'
import { type Literal, parseLiteral } from './python-literal'
import { allPieces, type Bfloat16Options, bitsOfBfloat16, type Contents, writtenValue } from './written-value'

const MAGIC = '\x93NUMPY'
const ALIGNMENT = 64
/** np.load's max_header_size: the header of an array takes far less, that of records may take more. */
const LONGEST_HEADER = 10_000
/** numpy leaves room for the first dimension to grow to so many digits. */
const GROWTH_DIGITS = 21

const NPY: Place = { format: 'an npy' }

/**
 * The array of an npy file, of format 1.0, 2.0 or 3.0, in C or Fortran order and either byte order. Where the elements lie
 * aligned and as an NDArray has them, they are a view of `bytes`. S and U become string (U as UTF-8), without the NULs
 * at the end, as in numpy. '<V2', which is how numpy saves ml_dtypes' bfloat16, becomes bfloat16.
 *
 * @throws {DataLossError} for what is no npy file, or one that is cut off, or has bytes behind its array
 * @throws {UnimplementedError} naming the dtype: objects (which are never executed), records, dates, long doubles, raw bytes;
 *   for a header beyond 10,000 bytes, which np.load refuses as well
 */
export function parseNpy(bytes: Uint8Array): NDArray {
  return readNpy(bytes, NPY)
}

/**
 * The file that numpy.save writes for a value, byte for byte. Strings become S, all as wide as the longest.
 *
 * @throws {InvalidArgumentError} for what numpy has no dtype for, saying how to write it all the same: bfloat16 (where
 *   `bfloat16` does not choose), float8, int4, qint8 and their kin, variant; for strings that end in NUL, which numpy loses
 */
export function encodeNpy(value: NDArray, options: Bfloat16Options = {}): Uint8Array {
  return allPieces(npyContents(value, options, NPY), NPY)
}

/** Whether bytes begin as an npy file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, MAGIC.length)) === MAGIC
}

/** parseNpy() of a file in a file; `checkRoom` hears how many bytes its strings will take beside those in the file. */
export function readNpy(bytes: Uint8Array, place: Place, checkRoom?: (bytes: number) => void): NDArray {
  if (!isNpy(bytes)) throw damaged(place, 'it does not begin with \\x93NUMPY')
  const { text, end } = headerOf(bytes, place)
  const header = parseHeader(text, place)
  const type = numpyTypeOf(descrOf(header.get('descr'), text, place))
  if (typeof type === 'string') throw unsupported(place, type)
  const shape = shapeOf(header.get('shape'), text, place)
  if (type.text !== undefined && type.size > 0) checkRoom?.(roomForStrings(type, (bytes.length - end) / type.size))
  const axes = header.get('fortran_order') === true ? fortranAxes(shape) : undefined
  return arrayFromBytes({ type, shape, ...(axes && { axes }) }, bytes.subarray(end), place)
}

/** The header's text, and where the elements begin. */
function headerOf(bytes: Uint8Array, place: Place): { text: string; end: number } {
  const [major = 0, minor = 0] = bytes.subarray(MAGIC.length)
  if (major < 1 || major > 3 || minor !== 0) throw unsupported(place, `its format is ${major}.${minor}`)
  const start = MAGIC.length + (major === 1 ? 4 : 6)
  if (bytes.length < start) throw damaged(place, `its header is cut off`)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const length = major === 1 ? view.getUint16(start - 2, true) : view.getUint32(start - 4, true)
  const end = start + length
  if (end > bytes.length) {
    throw damaged(place, `its header is cut off: ${length} bytes are announced and ${bytes.length - start} are there`)
  }
  if (length > LONGEST_HEADER) {
    throw unsupported(place, `its header has ${length} bytes, and np.load takes ${LONGEST_HEADER} at most`)
  }
  const text = decodeHeader(bytes.subarray(start, end), major === 3)
  if (text === undefined) throw damaged(place, 'its header is no UTF-8')
  return { text, end }
}

function decodeHeader(bytes: Uint8Array, isUtf8: boolean): string | undefined {
  // "latin1" is windows-1252 to a TextDecoder; what is beyond ASCII only stands in names of records.
  return isUtf8 ? decodeUtf8(bytes) : new TextDecoder('latin1').decode(bytes)
}

function parseHeader(text: string, place: Place): ReadonlyMap<string, Literal> {
  let header: Literal
  try {
    header = parseLiteral(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw damaged(place, `its header is no Python dict: ${error.message}: ${shorten(text)}`, undefined, error)
  }
  if (!(header instanceof Map) || [...header.keys()].sort().join() !== 'descr,fortran_order,shape') {
    throw damaged(place, `its header has not the keys descr, fortran_order and shape: ${shorten(text)}`)
  }
  if (typeof header.get('fortran_order') !== 'boolean') {
    throw damaged(place, `its fortran_order is neither True nor False: ${shorten(text)}`)
  }
  return header
}

function descrOf(descr: Literal | undefined, text: string, place: Place): string {
  if (typeof descr === 'string') return descr
  if (Array.isArray(descr)) throw unsupported(place, `its dtype is one of records: ${shorten(text)}`)
  throw damaged(place, `its descr names no dtype: ${shorten(text)}`)
}

function shapeOf(shape: Literal | undefined, text: string, place: Place): Shape {
  const isSize = (size: Literal): size is number => typeof size === 'number' && size >= 0
  if (Array.isArray(shape) && shape.every(isSize)) return shape
  throw damaged(place, `its shape is no tuple of sizes: ${shorten(text)}`)
}

/** What a value's file holds. */
export function npyContents(value: NDArray, options: Bfloat16Options, place: Place): Contents {
  const numpy = value.dtype === 'bfloat16' ? bitsOfBfloat16(value, options, place) : value
  const { order, code, bytes } = writtenValue(numpy, place, false)
  if (value.dtype !== 'bfloat16' || options.bfloat16 !== 'float32') {
    return contentsOf(npyHead(`${order}${code}`, value.shape), bytes.length, () => [bytes])
  }
  return contentsOf(npyHead('<f4', value.shape), 2 * bytes.length, () => float32Pieces(value.data))
}

function contentsOf(head: Uint8Array, size: number, elements: () => Iterable<Uint8Array>): Contents {
  return {
    size: head.length + size,
    *[Symbol.iterator]() {
      yield head
      yield* elements()
    },
  }
}

/** Everything before the elements: version 1.0, since 64 dimensions always fit. */
function npyHead(descr: string, shape: Shape): Uint8Array {
  const [first] = shape
  const tuple = shape.length === 1 ? `(${first},)` : `(${shape.join(', ')})`
  const room = first === undefined ? 0 : GROWTH_DIGITS - String(first).length
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }${' '.repeat(room)}`
  const start = MAGIC.length + 4
  // At least one space: numpy adds a whole line of 64 where none would be needed.
  const length = (Math.floor((start + dict.length + 1) / ALIGNMENT) + 1) * ALIGNMENT - start
  const head = `${MAGIC}\x01\x00${String.fromCharCode(length & 0xff, length >> 8)}${dict.padEnd(length - 1)}\n`
  const bytes = new Uint8Array(head.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = head.charCodeAt(i)
  return bytes
}
