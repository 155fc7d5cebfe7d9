/**
 * What a value is to numpy's formats, and what of it they cannot hold.
 */
import { allocate } from '../fs/system-errors'
import { dtypeInfo } from '../tensor/dtype'
import { bytesOf, checkElements, type NDArray, ndarray } from '../tensor/ndarray'
import { MAX_DIMENSIONS, paddedStrings } from './array-bytes'
import { type Place, unwritable } from './fault'
import { numpyCode, orderOf } from './numpy-dtype'

/** What npy and npz make of bfloat16, which numpy has no name for. */
export interface Bfloat16Options {
  /**
   * 'uint16': the bits, in half the room; the reader has to know what they are. 'float32': the same numbers.
   * Without it a bfloat16 value is an error: neither should come as a surprise.
   */
  bfloat16?: 'uint16' | 'float32'
}

/** A value as numpy writes it. */
export interface WrittenValue {
  /** numpy's name of the dtype, without the order: "f4", "S3"; for ml_dtypes' own, that of the dtype. */
  readonly code: string
  readonly order: '<' | '|'
  /** Bytes of an element. */
  readonly size: number
  /** The elements; a view of the value's where that is possible. */
  readonly bytes: Uint8Array
}

/**
 * The elements as numpy has them; `extensions`: also the dtypes of ml_dtypes.
 * @throws {InvalidArgumentError} for what numpy has no dtype for, strings that end in NUL, more than 64 dimensions, and what
 *   is no NDArray.
 */
export function writtenValue(value: NDArray, place: Place, extensions: boolean): WrittenValue {
  checkValue(value, place)
  if (value.shape.length > MAX_DIMENSIONS) throw unwritable(place, `numpy has ${MAX_DIMENSIONS} dimensions at most`)
  const info = dtypeInfo(value.dtype)
  if (value.dtype === 'string') {
    checkEnds(value.data, place)
    const { width, bytes } = paddedStrings(value.data, place.path ?? place.format)
    return { code: `S${width}`, order: '|', size: width, bytes }
  }
  const extension = extensions && info.numpy === 'extension'
  const code = extension ? value.dtype : numpyCode(value.dtype)
  if (code === undefined) throw unwritable(place, `numpy has no ${value.dtype}${remedy(value)}`)
  return { code, order: extension ? '<' : orderOf(info.size), size: info.size, bytes: bytesOf(value) }
}

/** @throws {InvalidArgumentError} for what is no NDArray, and for booleans beyond 1 */
export function checkValue(value: NDArray, place: Place): void {
  try {
    checkElements(value.dtype, value.shape, value.data)
  } catch (error) {
    throw unwritable(place, error instanceof Error ? error.message : String(error))
  }
  if (value.dtype !== 'bool') return
  const at = value.data.findIndex((byte) => byte > 1)
  if (at >= 0) throw unwritable(place, `element ${at} is a boolean of ${value.data[at]}`)
}

/** A value that stays as it is. @throws {InvalidArgumentError} as checkValue() */
export function copyOf(value: NDArray, place: Place): NDArray {
  checkValue(value, place)
  return { ...value, shape: [...value.shape], data: value.data.slice() } as NDArray
}

function checkEnds(strings: readonly Uint8Array[], place: Place): void {
  const at = strings.findIndex((bytes) => bytes.at(-1) === 0)
  if (at >= 0) throw unwritable(place, `element ${at} ends in a NUL, which numpy's strings lose`)
}

/** How the elements can be written all the same. */
export function remedy(value: NDArray): string {
  const { Array: Numbers, rawFloat, kind } = dtypeInfo(value.dtype)
  if (Numbers === undefined) return ''
  const bits = `'${Numbers.name.replace('Array', '').toLowerCase()}'`
  if (kind === 'complex') return ": write its real and its imaginary parts, as 'float64'"
  return `: write its elements as they are held, ndarray(${bits}, shape, data)${rawFloat ? ', or toFloat32(value)' : ''}`
}

/**
 * Bytes in pieces, which may be made while one goes through them, as often as that is: each stays as it is until the next one
 * is asked for.
 */
export interface Contents extends Iterable<Uint8Array> {
  /** Bytes of all pieces together. */
  readonly size: number
}

/** Contents in one array. @throws {ResourceExhaustedError} where there is no memory for it */
export function allPieces(contents: Contents, place: Place): Uint8Array {
  const whole = allocate(contents.size, place.path ?? place.format)
  let at = 0
  for (const piece of contents) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** The bits of a bfloat16 value that the options have a form for. @throws {InvalidArgumentError} where they say nothing of it */
export function bitsOfBfloat16(
  value: NDArray<'bfloat16'>,
  { bfloat16 }: Bfloat16Options,
  place: Place,
): NDArray<'uint16'> {
  if (bfloat16 !== undefined && bfloat16 !== 'uint16' && bfloat16 !== 'float32') {
    throw unwritable(place, `bfloat16 is 'uint16' or 'float32', not ${String(bfloat16)}`)
  }
  if (bfloat16 !== undefined) return ndarray('uint16', value.shape, value.data)
  throw unwritable(place, "numpy has no bfloat16: choose { bfloat16: 'float32' }, or 'uint16' for its bits")
}
