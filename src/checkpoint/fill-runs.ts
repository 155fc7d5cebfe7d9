/**
 * Restores many small tensors into arrays that are there, without an object for each: a run is read, checked, and copied.
 */
import { DTYPE, HEAD, SIZE } from '../proto/bundle-messages'
import {
  type DType,
  dtypeInfo,
  dtypeInfoByNumber,
  type NumericArray,
  type NumericArrayConstructor,
} from '../tensor/dtype'
import { type Shape } from '../tensor/ndarray'
import { bytesFromKey, concatBytes } from '../util/bytes'
import { roomFor } from '../util/memory'
import { type BundleColumns } from './bundle-columns'
import { type BundlePlan } from './open-bundle'
import { QUICK } from './pieces'
import { type Slab } from './slab-memory'
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
  read(arrayOf: ArrayOf, filled: (at: number) => void): Promise<void>
}

interface Filling extends RunsOf {
  /** By position in the index: the number of the item and 1; 0 for none. */
  readonly wanted: Uint32Array
  readonly left: Uint8Array
  /** Views of each piece that was read into, in the order in which the values of its last run lay. */
  readonly views: Map<Slab, NumericArray[]>
}

/** What items ask for, as the index has it: to go through 50,000 objects takes longer than to compare it. */
interface Asked {
  readonly keys: Uint8Array
  /** Where the keys begin; and where the last one ends. */
  readonly ends: Uint32Array
  /** Of each item the dtype's number, its rank, its sizes. */
  readonly numbers: Float64Array
}

/** No dtype has that number. */
const NONE = -1
/** Who restores again and again does so into the same. */
const asked = new WeakMap<readonly FillItem[], Asked>()
/** So many items are looked at for whether any has an array. */
const SAMPLES = 16

/**
 * undefined where nothing can be said of the whole. What there are not many of together is not in it.
 *
 * @param items always the same of one list: keys, dtypes and shapes stay as they are of those that may be filled
 * @param mayFill whether the item of that number may be
 * @param arrayOf is asked of some, and of the first one of each run; others that have none are left
 */
export async function planFill(
  columns: BundleColumns,
  plan: BundlePlan,
  items: readonly FillItem[],
  mayFill: (at: number) => boolean,
  arrayOf: ArrayOf,
): Promise<Fill | undefined> {
  if (items.length < FEW || plan.bigEndian || !anyHas(items, arrayOf)) return undefined
  const wanted = wantedOf(columns, items, askedBy(items, mayFill))
  if (!wanted.some((number) => number > 0)) return undefined
  const every = columns.places(true)
  if (overlap(columns, every)) return undefined
  const places = new Uint32Array(every.length)
  let count = 0
  for (let i = 0; i < every.length; i++) {
    const place = every[i] as number
    if ((wanted[place] as number) > 0) places[count++] = place
  }
  const left = new Uint8Array(items.length)
  const filling = { columns, places: places.subarray(0, count), plan, wanted, left, views: new Map() }
  const runs: Run[] = []
  for await (const run of runsOf(filling)) {
    // From others it is less work to read straight into the arrays than to copy.
    if (run.file.step > QUICK || arrayOf(itemAt(filling, run.from)) === undefined) continue
    runs.push(run)
    for (let i = run.from; i < run.to; i++) left[itemAt(filling, i)] = 1
  }
  return {
    left,
    async read(arrays, filled) {
      for await (const run of readRuns(runs.values(), filling)) fill(run, filling, arrays, filled)
    },
  }
}

function anyHas({ length }: readonly FillItem[], arrayOf: ArrayOf): boolean {
  for (let i = 0; i < SAMPLES; i++) if (arrayOf(Math.floor((i * length) / SAMPLES)) !== undefined) return true
  return false
}

/** By position in the index: the number and 1 of the item that asks for just that. */
function wantedOf(columns: BundleColumns, items: readonly FillItem[], known: Asked): Uint32Array {
  const wanted = new Uint32Array(columns.ends.length)
  const isSame = haveSameKeys(columns, known)
  let before = -1
  let from = 0
  for (let at = 0; at < items.length; at++) {
    // Most come in turn. Behind the last one the memory may hold what another index had there: no run has such a place.
    const next = before + 1
    const isNext = isSame || isKey(columns, next, known, at)
    const place = isNext ? next : columns.find((items[at] as FillItem).key)
    before = place
    if (place >= 0 && fits(columns, place, known, from)) wanted[place] = at + 1
    from += 2 + (known.numbers[from + 1] as number)
  }
  return wanted
}

/** Whether the index begins with the keys of the items, in their order; it may say no though it does. */
function haveSameKeys({ bytes, ends }: BundleColumns, { keys, ends: askedEnds }: Asked): boolean {
  for (let at = 0; at < askedEnds.length; at++) if (ends[at] !== askedEnds[at]) return false
  // Of what is stored in parts the keys of the parts come first, and begin with the byte 0.
  if (bytes[0] === 0) return false
  const words = keys.length >> 2
  const [some, others] = [keys, bytes].map(({ buffer, byteOffset }) => new Uint32Array(buffer, byteOffset, words)) as [
    Uint32Array,
    Uint32Array,
  ]
  for (let i = 0; i < words; i++) if (some[i] !== others[i]) return false
  for (let i = words << 2; i < keys.length; i++) if (keys[i] !== bytes[i]) return false
  return true
}

function askedBy(items: readonly FillItem[], mayFill: (at: number) => boolean): Asked {
  let known = asked.get(items)
  if (known === undefined) {
    const keys = items.map(({ key }) => bytesFromKey(key))
    const ends = new Uint32Array(items.length + 1)
    for (let at = 0; at < items.length; at++) ends[at + 1] = (ends[at] as number) + (keys[at] as Uint8Array).length
    let numbers = new Float64Array(3 * items.length)
    let to = 0
    for (let at = 0; at < items.length; at++) {
      const { dtype, shape } = (items[at] as FillItem).saveable
      numbers = roomFor(numbers, to + 2 + shape.length)
      numbers[to++] = mayFill(at) ? dtypeInfo(dtype).number : NONE
      numbers[to++] = shape.length
      for (const size of shape) numbers[to++] = size
    }
    known = { keys: concatBytes(keys), ends, numbers }
    asked.set(items, known)
  }
  return known
}

function itemAt({ wanted, places }: Filling, i: number): number {
  return (wanted[places[i] as number] as number) - 1
}

/** Whether a tensor at that position has the key of the item. Of what is stored in parts it says no. */
function isKey({ bytes, ends }: BundleColumns, place: number, { keys, ends: askedEnds }: Asked, at: number): boolean {
  const start = ends[place] as number
  const from = askedEnds[at] as number
  const length = (askedEnds[at + 1] as number) - from
  // Keys of parts begin with the byte 0.
  if (bytes[start] === 0 || (ends[place + 1] as number) - start !== length) return false
  for (let i = 0; i < length; i++) if (keys[from + i] !== bytes[start + i]) return false
  return true
}

function fits(columns: BundleColumns, place: number, { numbers }: Asked, from: number): boolean {
  const rank = numbers[from + 1] as number
  if (columns.number(place, DTYPE) !== numbers[from] || columns.rank(place) !== rank) return false
  for (let i = 0; i < rank; i++) if (columns.number(place, HEAD + i) !== numbers[from + 2 + i]) return false
  return true
}

/** Copies the values of a run. */
function fill(
  { run: { from, to }, slab, bytes }: ReadRun,
  filling: Filling,
  arrayOf: ArrayOf,
  filled: (at: number) => void,
): void {
  const { columns, places, left, views } = filling
  const { buffer } = bytes
  const viewsHere = views.get(slab) ?? []
  views.set(slab, viewsHere)
  let start = bytes.byteOffset
  let dtype = -1
  let Numbers: NumericArrayConstructor | undefined
  let width = 1
  for (let i = from; i < to; i++) {
    const place = places[i] as number
    const size = columns.number(place, SIZE)
    const at = itemAt(filling, i)
    const array = arrayOf(at)
    if (columns.number(place, DTYPE) !== dtype) {
      dtype = columns.number(place, DTYPE)
      Numbers = dtypeInfoByNumber(dtype)?.Array
      width = Numbers?.BYTES_PER_ELEMENT ?? 1
    }
    // One for just its elements.
    if (Numbers !== undefined && array?.constructor === Numbers && array.length * width === size) {
      if (start % width > 0) {
        new Uint8Array(array.buffer, array.byteOffset, size).set(new Uint8Array(buffer, start, size))
      } else {
        // Of tensors of one size those of the run before fit.
        const before = viewsHere[i - from]
        const isSame = before?.constructor === Numbers && before.byteOffset === start && before.length === array.length
        const view = isSame ? before : new Numbers(buffer, start, array.length)
        viewsHere[i - from] = view
        // Any one kind stands for both: they are of one dtype.
        ;(array as Float32Array).set(view as Float32Array)
      }
      left[at] = 0
      filled(at)
    }
    start += size
  }
}
