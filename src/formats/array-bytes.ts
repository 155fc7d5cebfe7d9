/**
 * Elements as other formats lay them out: either byte order, row by row or column by column, strings padded with NULs.
 */
import { allocate } from '../fs/system-errors'
import { type DTypeInfo, type NumericArray } from '../tensor/dtype'
import { elementCount, type NDArray, ndarray, type Shape } from '../tensor/ndarray'
import { InvalidArgumentError } from '../util/errors'
import { damaged, type Place } from './fault'
import { type NumpyType } from './numpy-dtype'

/** What bytes are elements of. */
export interface Layout {
  readonly type: NumpyType
  readonly shape: Shape
  /**
   * The dimensions of the file from the slowest to the fastest: in C order 0, 1, 2, …, which is the default.
   * In Fortran's …, 2, 1, 0.
   */
  readonly axes?: readonly number[]
}

/** numpy's limit. */
export const MAX_DIMENSIONS = 64

/** The dimensions of a shape, last to first. */
export function fortranAxes(shape: Shape): number[] {
  return shape.map((_, axis) => shape.length - 1 - axis)
}

/** Bytes that a layout takes. @throws {DataLossError} for a shape that is none */
export function layoutBytes({ type, shape }: Layout, place: Place): number {
  if (shape.length > MAX_DIMENSIONS) throw damaged(place, `a shape of ${shape.length} dimensions`)
  try {
    return elementCount(shape) * type.size
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw damaged(place, error.message, undefined, error)
    throw error
  }
}

/**
 * The value of `bytes`: a view of them where they lie aligned and in the order of an NDArray, else a copy.
 * @throws {DataLossError} where they are more or fewer than the layout takes; for booleans beyond 1, and text that is none
 */
export function arrayFromBytes(layout: Layout, bytes: Uint8Array, place: Place): NDArray {
  const expected = layoutBytes(layout, place)
  const { type, shape } = layout
  if (bytes.length !== expected) {
    const what = `[${shape}] of ${type.name} takes ${expected} bytes, and there are ${bytes.length}`
    throw damaged(place, what)
  }
  const axes = layout.axes === undefined || isInOrder(layout) ? undefined : layout.axes
  if (type.text !== undefined) return stringsFromBytes(type, shape, axes, bytes, place)
  if (type.info.kind === 'bool') checkBooleans(bytes, place)
  const ordered = axes === undefined ? bytes : reorderBytes(bytes, type.size, shape, axes)
  const data = numbersFrom(type.info, ordered)
  const swapped = type.bigEndian && type.size > 1 ? swapBytes(data, ordered === bytes) : data
  return ndarray(type.info.name, shape, swapped)
}

/** Whether the file's order is that of an NDArray: dimensions of one element stand anywhere. */
function isInOrder({ shape, axes = [] }: Layout): boolean {
  const wide = axes.filter((axis) => shape[axis] !== 1)
  return shape.includes(0) || wide.every((axis, i) => i === 0 || axis > (wide[i - 1] ?? 0))
}

/** An array of numbers over these bytes; a copy of them where they are not aligned. */
function numbersFrom({ Array: Numbers }: DTypeInfo, bytes: Uint8Array): NumericArray {
  if (Numbers === undefined) throw new InvalidArgumentError('Strings are no numbers')
  const size = Numbers.BYTES_PER_ELEMENT
  const aligned = bytes.byteOffset % size === 0 && bytes.buffer instanceof ArrayBuffer
  const { buffer, byteOffset, length } = aligned ? bytes : new Uint8Array(bytes)
  return new Numbers(buffer as ArrayBuffer, byteOffset, length / size)
}

function checkBooleans(bytes: Uint8Array, place: Place): void {
  const at = bytes.findIndex((byte) => byte > 1)
  if (at >= 0) throw damaged(place, `element ${at} is a boolean of ${bytes[at]}`)
}

/** The items with their bytes the other way round; in a copy, where the bytes are not ours. */
function swapBytes(data: NumericArray, copy: boolean): NumericArray {
  const swapped = copy ? (data.slice() as NumericArray) : data
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: size } = swapped
  if (size === 2) {
    const items = new Uint16Array(buffer, byteOffset, byteLength / 2)
    for (let i = 0; i < items.length; i++) items[i] = swap16(items[i] as number)
    return swapped
  }
  const words = new Uint32Array(buffer, byteOffset, byteLength / 4)
  for (let i = 0; i < words.length; i++) words[i] = swap32(words[i] as number)
  if (size === 8) {
    for (let i = 0; i < words.length; i += 2) {
      const first = words[i] as number
      words[i] = words[i + 1] as number
      words[i + 1] = first
    }
  }
  return swapped
}

function swap16(value: number): number {
  return (value << 8) | (value >>> 8)
}

function swap32(value: number): number {
  return (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)
}

/** Elements of `size` bytes from the order of `axes` into C order. */
function reorderBytes(bytes: Uint8Array, size: number, shape: Shape, axes: readonly number[]): Uint8Array {
  const Words = size % 4 === 0 ? Uint32Array : size % 2 === 0 ? Uint16Array : Uint8Array
  const aligned = bytes.byteOffset % Words.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes)
  const from = new Words(aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.length / Words.BYTES_PER_ELEMENT)
  const to = new Words(from.length)
  const lanes = size / Words.BYTES_PER_ELEMENT
  forEachPlace(shape, axes, (source, target) => {
    for (let lane = 0; lane < lanes; lane++) to[target * lanes + lane] = from[source * lanes + lane] as number
  })
  return new Uint8Array(to.buffer)
}

/** Calls with the place of every element in the order of `axes` and in C order. Not for shapes without elements. */
function forEachPlace(shape: Shape, axes: readonly number[], visit: (source: number, target: number) => void): void {
  const strides = stridesOf(shape, axes)
  const index = shape.map(() => 0)
  const last = shape.length - 1
  const [width, step] = [shape[last] ?? 1, strides[last] ?? 1]
  let source = 0
  const count = elementCount(shape)
  for (let target = 0; target < count;) {
    for (let i = 0; i < width; i++) visit(source + i * step, target++)
    for (let axis = last - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0
      const size = shape[axis] ?? 1
      const next = ((index[axis] ?? 0) + 1) % size
      source += next === 0 ? stride * (1 - size) : stride
      index[axis] = next
      if (next !== 0) break
    }
  }
}

/** How far apart, in elements of the file, neighbours along each dimension are. */
function stridesOf(shape: Shape, axes: readonly number[]): number[] {
  const strides = shape.map(() => 1)
  let stride = 1
  for (const axis of axes.toReversed()) {
    strides[axis] = stride
    stride *= shape[axis] ?? 1
  }
  return strides
}

function stringsFromBytes(
  type: NumpyType,
  shape: Shape,
  axes: readonly number[] | undefined,
  bytes: Uint8Array,
  place: Place,
): NDArray {
  const { name, size, bigEndian, text } = type
  const count = elementCount(shape)
  // Nothing in the file stands for an element of no bytes.
  if (size === 0 && count > 0) throw damaged(place, `${count} elements of ${name}, which take no bytes`)
  const decodeAny = text === 'U' ? wideDecoder(bigEndian, place) : trimmed
  const decode = isShort(type) ? onceEach(decodeAny) : decodeAny
  let strings = Array.from({ length: count }, (_, i) => decode(bytes.subarray(i * size, (i + 1) * size)))
  if (axes !== undefined) {
    const from = strings
    strings = [...from]
    forEachPlace(shape, axes, (source, target) => {
      strings[target] = from[source] as Uint8Array
    })
  }
  return ndarray('string', shape, strings)
}

/** Whether few different strings are possible, so that equal ones are one. */
function isShort({ size, text }: NumpyType): boolean {
  return size <= (text === 'U' ? 4 : 2)
}

/** Bytes of memory that so many strings take, more or less, beside what stands in them. */
export function roomForStrings(type: NumpyType, count: number): number {
  return count * (isShort(type) ? 8 : 128)
}

/** The same array for the same bytes, of which there are four at most. */
function onceEach(decode: (bytes: Uint8Array) => Uint8Array): (bytes: Uint8Array) => Uint8Array {
  const known = new Map<number, Uint8Array>()
  return (bytes) => {
    const key = bytes.reduce((number, byte) => number * 0x100 + byte, 0)
    const before = known.get(key)
    if (before !== undefined) return before
    const string = decode(bytes)
    known.set(key, string)
    return string
  }
}

/** Without the NULs at the end, as numpy has it. */
function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end--
  return bytes.subarray(0, end)
}

const utf8 = new TextEncoder()

/** Code points of four bytes as UTF-8, without the NULs at the end. */
function wideDecoder(bigEndian: boolean, place: Place): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let end = bytes.length
    while (end > 0 && view.getUint32(end - 4) === 0) end -= 4
    let text = ''
    for (let at = 0; at < end; at += 4) {
      const code = view.getUint32(at, !bigEndian)
      if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
        throw damaged(place, `U+${code.toString(16).toUpperCase().padStart(4, '0')} is no character`)
      }
      text += String.fromCodePoint(code)
    }
    return utf8.encode(text)
  }
}

/** A value of strings in the form of numpy's S: all as wide as the longest, which is at least one byte. */
export function paddedStrings(strings: readonly Uint8Array[], path: string): { width: number; bytes: Uint8Array } {
  let width = 1
  for (const { length } of strings) width = Math.max(width, length)
  const bytes = allocate(width * strings.length, path)
  for (const [i, string] of strings.entries()) bytes.set(string, i * width)
  return { width, bytes }
}
