/**
 * Parts of tensors: boxes of indices, as text, and their elements in arrays that hold other boxes.
 *
 *     <slice> = <range> ( ":" <range> )* | ""
 *     <range> = <start> "," <length> | "-"
 *
 * A range is one dimension's; "-" is all of it, and the slice of a scalar has none. A box is a slice of a known shape, where
 * every range is told.
 * TensorFlow: core/framework/tensor_slice.cc.
 */
import { InternalError, InvalidArgumentError } from '../util/errors'
import { type NumericArray } from './dtype'
import { formatShape, type Shape, type TensorSlice } from './ndarray'

/** [start, length] for every dimension. */
export type Box = readonly (readonly [start: number, length: number])[]

/** Elements of one box, row-major. Complex numbers take two items each, bytes as many as an element has. */
export interface BoxOfElements<Data = NumericArray | readonly Uint8Array[]> {
  readonly data: Data
  readonly box: Box
}

/** Such elements, or some of them: from number `first` on, as many as there are. */
export interface SomeElements extends BoxOfElements {
  readonly first?: number
}

/**
 * The slice as a box; undefined is all of the shape.
 *
 * @throws {InternalError} "Mismatching ranks: shape = [6,2], slice = 0,2"; "Extent in dimension 0 out of bounds: shape = [3],
 * slice = 2,2"
 * @throws {InvalidArgumentError} for a start below 0 or a length below 1: only an undefined range is empty
 */
export function boxOf(slice: TensorSlice | undefined, shape: Shape): Box {
  const whole = shape.map((size) => [0, size] as const)
  if (slice === undefined) return whole
  const place = (): string => `shape = ${formatShape(shape)}, slice = ${formatSlice(slice)}`
  if (slice.length !== shape.length) throw new InternalError(`Mismatching ranks: ${place()}`)
  return whole.map((all, at) => {
    const [start, length] = slice[at] ?? all
    if (slice[at] !== undefined) checkRange(start, length, `slice = ${formatSlice(slice)}`)
    if (start + length <= all[1]) return [start, length]
    throw new InternalError(`Extent in dimension ${at} out of bounds: ${place()}`)
  })
}

function checkRange(start: number, length: number, where: string): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(length) && start >= 0 && length > 0) return
  const given = `start = ${start}, length = ${length}`
  throw new InvalidArgumentError(`Expected non-negative start and positive length but got ${given}: ${where}`)
}

/** The shape of the slice itself. @throws as boxOf() */
export function shapeOfSlice(slice: TensorSlice | undefined, shape: Shape): Shape {
  return boxOf(slice, shape).map(([, length]) => length)
}

/** Whether the box is all of the shape. */
export function isWholeBox(box: Box, shape: Shape): boolean {
  return box.length === shape.length && box.every(([start, length], at) => start === 0 && length === shape[at])
}

/** Elements of the box. */
export function boxCount(box: Box): number {
  return box.reduce((count, [, length]) => count * length, 1)
}

/** The elements that are in both, undefined where there are none; of boxes of one rank. */
export function intersect(a: Box, b: Box): Box | undefined {
  const shared: [number, number][] = []
  for (let at = 0; at < a.length; at++) {
    const [start, length] = a[at] as Box[number]
    const [otherStart, otherLength] = b[at] as Box[number]
    const from = Math.max(start, otherStart)
    const count = Math.min(start + length, otherStart + otherLength) - from
    if (count <= 0) return undefined
    shared.push([from, count])
  }
  return shared
}

/** "-:0,1" */
export function formatSlice(slice: TensorSlice): string {
  return Array.from(slice, (range) => range?.join(',') ?? '-').join(':')
}

/**
 * The slice of such a text.
 *
 * @throws {InvalidArgumentError} "Expected a pair of numbers or '-' but got 'x': string = x"; "Expected non-negative start and
 * positive length but got start = 0, length = 0: string = 0,0"
 */
export function parseSlice(text: string): TensorSlice {
  // TensorFlow leaves out what is empty between its separators.
  return text
    .split(':')
    .filter(Boolean)
    .map((range) => {
      if (range === '-') return undefined
      const numbers = range.split(',').filter(Boolean).map(integerOf)
      const [start, length] = numbers
      if (start === undefined || length === undefined || numbers.length > 2) {
        throw new InvalidArgumentError(`Expected a pair of numbers or '-' but got '${range}': string = ${text}`)
      }
      checkRange(start, length, `string = ${text}`)
      return [start, length]
    })
}

/** A whole number of decimal digits, within blanks, as strto64 takes it; undefined for other text, and beyond 2^53. */
export function integerOf(text: string): number | undefined {
  const number = /^\s*[+-]?\d{1,16}\s*$/.test(text) ? Number(text) : undefined
  return Number.isSafeInteger(number) ? number : undefined
}

/** How a box lies in the arrays that hold it. */
interface Walk {
  /** Elements that are neighbours in every array. */
  readonly run: number
  /** How many of the first dimensions count runs, not elements. */
  readonly outer: number
  /** Runs of the box. */
  readonly runs: number
}

/** The last dimensions that the box and every array have in full, and the one before them, make one run. */
function walkOf(box: Box, ...arrays: Box[]): Walk {
  const total = boxCount(box)
  if (total === 0) return { run: 0, outer: 0, runs: 0 }
  let outer = box.length
  let run = 1
  for (let full = true; outer > 0 && full;) {
    const [, length] = box[--outer] as Box[number]
    run *= length
    full = arrays.every((array) => array[outer]?.[1] === length)
  }
  return { run, outer, runs: total / run }
}

/** Where the first element of `box` lies in an array of `whole`, and how far apart its neighbours are in each dimension. */
function placeIn(whole: Box, box: Box): { readonly first: number; readonly strides: readonly number[] } {
  const strides: number[] = []
  let first = 0
  let stride = 1
  for (let at = whole.length - 1; at >= 0; at--) {
    const [start, length] = whole[at] as Box[number]
    first += ((box[at] as Box[number])[0] - start) * stride
    strides[at] = stride
    stride *= length
  }
  return { first, strides }
}

/** Elements from the first run of a box to its run number `run`. */
function distanceTo(run: number, box: Box, outer: number, strides: readonly number[]): number {
  let rest = run
  let distance = 0
  for (let at = outer - 1; at >= 0; at--) {
    const [, length] = box[at] as Box[number]
    const index = rest % length
    distance += index * (strides[at] as number)
    rest = (rest - index) / length
  }
  return distance
}

/** Runs of neighbouring elements of `box` in an array that holds `whole`: [first element, count], in order. */
export function* runsOf(box: Box, whole: Box): Iterable<readonly [start: number, count: number]> {
  const { run, outer, runs } = walkOf(box, whole)
  const { first, strides } = placeIn(whole, box)
  for (let i = 0; i < runs; i++) yield [first + distanceTo(i, box, outer, strides), run]
}

/** Up to here a loop copies faster than set(), whose call costs more than the items. */
const SHORT = 32

/**
 * Copies the elements of `box`, those that are there, out of an array that holds `from.box` or some of it into one that holds
 * `to.box`, bit for bit; both arrays are of one kind. `lanes` are the items of an element, 1 by default.
 */
export function copyBox(from: SomeElements, to: BoxOfElements<NumericArray | Uint8Array[]>, box: Box, lanes = 1): void {
  const { run, outer, runs } = walkOf(box, from.box, to.box)
  const source = placeIn(from.box, box)
  const target = placeIn(to.box, box)
  const copy = copierOf(from.data, to.data, lanes)
  // The runs of the last dimension that counts them lie evenly apart.
  const last = outer - 1
  const [, row] = box[last] ?? [0, 1]
  const [step = 0, stride = 0] = [source.strides[last], target.strides[last]]
  const placeOf = (i: number): number => source.first + distanceTo(i, box, last, source.strides)
  const { first = 0 } = from
  const end = first + from.data.length / lanes
  let i = 0
  // The last row that begins at or before the elements that are there.
  for (let behind = runs / row; behind - i > 1;) {
    const middle = (i + behind) >>> 1
    if (placeOf(middle) <= first) i = middle
    else behind = middle
  }
  for (; i < runs / row; i++) {
    const [at, into] = [placeOf(i), target.first + distanceTo(i, box, last, target.strides)]
    if (at >= end) return
    // The first run that ends behind the first element.
    let j = Math.max(Math.ceil((first - at - run + 1) / (step || 1)), 0)
    for (let place = at + j * step; j < row && place < end; j++, place += step) {
      const skipped = Math.max(first - place, 0)
      copy(place + skipped - first, into + j * stride + skipped, Math.min(run, end - place) - skipped)
    }
  }
}

/** Copies `count` elements from one place to another. */
function copierOf(
  from: BoxOfElements['data'],
  to: NumericArray | Uint8Array[],
  lanes: number,
): (source: number, target: number, count: number) => void {
  if (!ArrayBuffer.isView(from) || !ArrayBuffer.isView(to)) {
    const [source, target] = [from, to] as [Uint8Array[], Uint8Array[]]
    return (at, into, count) => {
      for (let i = 0; i < count; i++) target[into + i] = source[at + i] as Uint8Array
    }
  }
  // Through whole numbers: as floats, NaNs would lose their bits.
  const source = wordsOf(from)
  const target = wordsOf(to)
  const words = (lanes * from.BYTES_PER_ELEMENT) / source.BYTES_PER_ELEMENT
  return (at, into, count) => {
    const [begin, end, place] = [at * words, (at + count) * words, into * words]
    if (end - begin > SHORT) target.set(source.subarray(begin, end), place)
    else for (let i = begin; i < end; i++) target[place + i - begin] = source[i] as number
  }
}

/** The items as whole numbers of at most 32 bits. */
function wordsOf(data: NumericArray): Uint8Array | Uint16Array | Uint32Array {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT } = data
  const Words = BYTES_PER_ELEMENT === 1 ? Uint8Array : BYTES_PER_ELEMENT === 2 ? Uint16Array : Uint32Array
  return new Words(buffer, byteOffset, byteLength / Words.BYTES_PER_ELEMENT)
}
