/**
 * Restores many small tensors into arrays that are there, without an object for each: a run is read, checked, and copied.
 */
import {
  type DType,
  dtypeInfo,
  dtypeInfoByNumber,
  type NumericArray,
  type NumericArrayConstructor,
} from '../tensor/dtype'
import { type Shape } from '../tensor/ndarray'
import { type BundleColumns, DTYPE, HEAD, SIZE } from './bundle-columns'
import { type BundlePlan } from './open-bundle'
import { QUICK } from './pieces'
import { FEW, overlap, readRuns, type ReadRun, type Run, type RunsOf, runsOf } from './runs'

/** What is to be filled: just what the index has to have under the key. */
export interface FillItem {
  readonly key: string
  readonly saveable: { readonly dtype: DType; readonly shape: Shape }
}

/** An array for the item number `at`, which is taken where it is of just its elements; undefined where there is none. */
export type ArrayOf = (at: number) => NumericArray | undefined

/** What can be filled, so far as index and file sizes tell. */
export interface Fill {
  /** By the number of the item 1, if it is to be filled; once read() is done, if it still is. */
  readonly left: Uint8Array
  /**
   * Fills the arrays, each once its value is checked, and says so. What has no array then, or cannot be read, or does not have
   * the checksum of the index, is left.
   */
  read(arrayOf: ArrayOf, filled: (at: number, array: NumericArray) => void): Promise<void>
}

interface Filling extends RunsOf {
  /** By position in the index: the number of the item and 1; 0 for none. */
  readonly wanted: Uint32Array
  readonly left: Uint8Array
}

/** undefined where nothing can be said of the whole. What there are not many of together is not in it. */
export async function planFill(
  columns: BundleColumns,
  plan: BundlePlan,
  items: readonly FillItem[],
  arrayOf: ArrayOf,
): Promise<Fill | undefined> {
  if (items.length < FEW || plan.bigEndian) return undefined
  const wanted = new Uint32Array(columns.ends.length)
  let before = -1
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as FillItem
    const next = before + 1
    const place = isKey(columns, next, item.key) ? next : columns.find(item.key)
    before = place
    if (place >= 0 && fits(columns, place, item) && holds(arrayOf(at), columns, place)) wanted[place] = at + 1
  }
  if (!wanted.some((number) => number > 0)) return undefined
  const every = columns.places(true)
  if (overlap(columns, every)) return undefined
  const places = new Uint32Array(every.length)
  let count = 0
  for (const place of every) if ((wanted[place] as number) > 0) places[count++] = place
  const filling = { columns, places: places.subarray(0, count), plan, wanted, left: new Uint8Array(items.length) }
  const runs: Run[] = []
  for await (const run of runsOf(filling)) {
    // From others it is less work to read straight into the arrays than to copy.
    if (run.file.step > QUICK) continue
    runs.push(run)
    for (let i = run.from; i < run.to; i++) filling.left[itemAt(filling, i)] = 1
  }
  return {
    left: filling.left,
    async read(arrays, filled) {
      for await (const run of readRuns(runs.values(), filling)) fill(run, filling, arrays, filled)
    },
  }
}

function itemAt({ wanted, places }: Filling, i: number): number {
  return (wanted[places[i] as number] as number) - 1
}

/** Whether a tensor has that key, which most items have in turn. Of another key than ASCII, or of what is stored in parts, it says no. */
function isKey({ bytes, ends }: BundleColumns, place: number, key: string): boolean {
  const start = ends[place] as number
  const { length } = key
  // Keys of parts begin with the byte 0.
  if (bytes[start] === 0 || (ends[place + 1] as number) - start !== length) return false
  for (let i = 0; i < length; i++) {
    const code = key.charCodeAt(i)
    if (code !== bytes[start + i] || code > 0x7f) return false
  }
  return true
}

function fits(columns: BundleColumns, place: number, { saveable: { dtype, shape } }: FillItem): boolean {
  if (columns.number(place, DTYPE) !== dtypeInfo(dtype).number || columns.rank(place) !== shape.length) return false
  for (let i = 0; i < shape.length; i++) if (columns.number(place, HEAD + i) !== shape[i]) return false
  return true
}

/** Whether the array is one for the elements of that entry, and no more. */
function holds(array: NumericArray | undefined, columns: BundleColumns, place: number): array is NumericArray {
  if (array === undefined || array.byteLength !== columns.number(place, SIZE)) return false
  return array.constructor === dtypeInfoByNumber(columns.number(place, DTYPE))?.Array
}

/** Copies the values of a run. */
function fill(
  { run: { from, to }, bytes }: ReadRun,
  filling: Filling,
  arrayOf: ArrayOf,
  filled: (at: number, array: NumericArray) => void,
): void {
  const { columns, places, left } = filling
  const { buffer } = bytes
  let start = bytes.byteOffset
  for (let i = from; i < to; i++) {
    const place = places[i] as number
    const size = columns.number(place, SIZE)
    const at = itemAt(filling, i)
    const array = arrayOf(at)
    if (holds(array, columns, place)) {
      copy(buffer, start, size, array)
      left[at] = 0
      filled(at, array)
    }
    start += size
  }
}

/** The bytes of a tensor into an array of just its elements. */
function copy(buffer: ArrayBuffer, start: number, size: number, array: NumericArray): void {
  // Of numbers, whose kind the array is.
  const Numbers = array.constructor as NumericArrayConstructor
  if (start % array.BYTES_PER_ELEMENT > 0) {
    new Uint8Array(array.buffer, array.byteOffset, size).set(new Uint8Array(buffer, start, size))
    return
  }
  // Any one kind stands for both: they are of one dtype.
  ;(array as Float32Array).set(new Numbers(buffer, start, size / array.BYTES_PER_ELEMENT) as Float32Array)
}
