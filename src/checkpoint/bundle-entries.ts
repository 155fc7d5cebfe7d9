/**
 * What a bundle's index is to say: the entries that were added, by key.
 *
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, BundleWriter::Add and AddSlice, which keep one sorted map.
 */
import { type BundleEntry, type EntrySlice, newBundleEntry, NO_SLICES } from '../proto/bundle-messages'
import { type DType, dtypeInfo, dtypeInfoByNumber } from '../tensor/dtype'
import { formatShape, type Shape, shapesEqual, type TensorSlice } from '../tensor/ndarray'
import { boxOf, formatSlice } from '../tensor/tensor-slice'
import { bytesFromKey, compareKeys, hasLoneSurrogate, hasSurrogate, keyFromBytes } from '../util/bytes'
import { InternalError, InvalidArgumentError } from '../util/errors'
import { roomFor } from '../util/memory'
import { encodeSliceKey, isSliceKey } from './slice-key'
import { partFinder } from './stored-parts'

/** A tensor in parts: its entry has no bytes, and its slices grow. */
interface Sliced {
  readonly dtype: number
  readonly shape: Shape
  readonly slices: EntrySlice[]
}

/** In front of an entry's sizes: dtype, offset, size, checksum, and how many sizes there are. */
const HEAD = 5
/** Keys up to this length are encoded in memory that is used again. */
const SHORT = 256

/** Numbers of entries that are written, for the next: up to so many of them. */
const KEPT = 1 << 20
let spare: Float64Array | undefined

/** Keys and numbers one behind another: no object an entry. */
export class BundleEntries {
  /** One string for all strings of the same bytes; of those that begin with the byte 0, charactersOf() the bytes. */
  readonly #keys: string[] = []
  /** Of each entry HEAD numbers, then its sizes; `#length` of them are there. */
  #numbers: Float64Array
  #length = 0
  /** Where the numbers of each entry begin. */
  readonly #starts: number[] = []
  /** The last key, for as long as keys come in the order of their bytes; from then on all of them are in the set. */
  #last = ''
  /** Whether it sorts among others like it as its characters do. */
  #isPlain = true
  #known: Set<string> | undefined
  /** The tensors that have parts, by name; and by the place of the entry. */
  readonly #sliced = new Map<string, Sliced>()
  readonly #slicedAt = new Map<number, Sliced>()
  readonly #entry = newBundleEntry()
  readonly #encode = keyEncoder()

  constructor() {
    this.#numbers = spare ?? new Float64Array(1024)
    spare = undefined
  }

  /** Nobody will ask for an entry any more. */
  letGo(): void {
    if (this.#numbers.length <= KEPT) spare = this.#numbers
    this.#numbers = new Float64Array()
    this.#length = 0
  }

  /**
   * A place for the entry of a tensor, which `place` fills.
   *
   * @throws {InvalidArgumentError} "Adding duplicate key: x"; for the empty key
   */
  add(key: string): number {
    const isPlain = !hasSurrogate(key)
    const name = isPlain && key !== '' ? key : nameOf(key)
    const isSlice = isSliceKey(name)
    const added = this.#add(isSlice ? charactersOf(bytesFromKey(name)) : name, isPlain || isSlice)
    if (added === undefined) throw duplicate(key)
    return added
  }

  /**
   * A place for the entry of a part. The tensor's own entry names the part.
   *
   * @throws {InvalidArgumentError} "Adding duplicate key: x"; for the empty key
   * @throws {InternalError} "Mismatching shapes: existing tensor = [4], trying to add name x, shape = [5]"; "Mismatching types:
   * existing type = float, trying to add name x, type = int32": TensorFlow ends the process, but for V1, whose words these are
   */
  addSlice(key: string, fullShape: Shape, slice: TensorSlice, dtype: DType): number {
    const name = nameOf(key)
    const sliced = this.#sliced.get(name)
    if (sliced !== undefined) checkSame(key, sliced, fullShape, dtype)
    const added = this.#add(charactersOf(encodeSliceKey(name, slice)), true)
    if (added === undefined) throw duplicate(key, `the slice ${formatSlice(slice)} of ${key}`)
    const { slices } = sliced ?? this.#addWhole(key, name, fullShape, dtype)
    slices.push(slice.map((range) => range && [range[0], range[1]]))
    return added
  }

  /**
   * Says what is at a place.
   *
   * @param dtype the number in types.proto
   * @param offset bytes in the data file
   * @param crc32c masked
   */
  place(place: number, dtype: number, shape: Shape, offset: number, size: number, crc32c: number): void {
    const start = this.#length
    const numbers = this.#roomFor((this.#length += HEAD + shape.length))
    numbers[start] = dtype
    numbers[start + 1] = offset
    numbers[start + 2] = size
    numbers[start + 3] = crc32c
    numbers[start + 4] = shape.length
    for (let i = 0; i < shape.length; i++) numbers[start + HEAD + i] = shape[i] as number
    this.#starts[place] = start
  }

  /**
   * @param path names the checkpoint in errors
   * @throws {InternalError} "Overlapping slices: existing slice = 0,3, new slice = 2,2": no reader takes those
   */
  check(path: string): void {
    for (const [key, { shape, slices }] of this.#sliced) {
      const parts = slices.map((slice) => ({ slice, box: boxOf(slice, shape) }))
      partFinder({ key, shape }, parts, path)
    }
  }

  /** The places of all entries, in the order of the keys' bytes. */
  sorted(): Uint32Array {
    const keys = this.#keys
    const places = new Uint32Array(keys.length)
    for (let place = 0; place < places.length; place++) places[place] = place
    if (this.#known === undefined) return places
    return places.sort((a, b) => compareKeys(keys[a] as string, keys[b] as string))
  }

  /** The bytes of a key, valid until the next. */
  keyAt(place: number): Uint8Array {
    const key = this.#keys[place] as string
    return isSliceKey(key) ? bytesOf(key) : this.#encode(key)
  }

  /** What is at a place, valid until the next. */
  entryAt(place: number): BundleEntry {
    const numbers = this.#numbers
    const start = this.#starts[place] as number
    const entry = this.#entry
    const { shape } = entry
    const rank = numbers[start + 4] as number
    if (shape.length > rank) shape.length = rank
    for (let i = 0; i < rank; i++) shape[i] = numbers[start + HEAD + i] as number
    entry.dtype = numbers[start] as number
    entry.offset = numbers[start + 1] as number
    entry.size = numbers[start + 2] as number
    entry.crc32c = numbers[start + 3] as number
    entry.slices = this.#slicedAt.get(place)?.slices ?? NO_SLICES
    return entry
  }

  /** A place; undefined where the key is taken. @param isPlain whether it has no surrogate */
  #add(key: string, isPlain: boolean): number | undefined {
    const isBehind = isPlain && this.#isPlain && this.#known === undefined && this.#last < key
    if (!isBehind && this.#isKnown(key)) return undefined
    this.#last = key
    this.#isPlain = isPlain
    return this.#keys.push(key) - 1
  }

  #isKnown(key: string): boolean {
    if (this.#known === undefined) {
      if (compareKeys(this.#last, key) < 0) return false
      this.#known = new Set(this.#keys)
    }
    const { size } = this.#known
    return this.#known.add(key).size === size
  }

  #addWhole(key: string, name: string, fullShape: Shape, dtype: DType): Sliced {
    const place = this.add(key)
    const sliced = { dtype: dtypeInfo(dtype).number, shape: fullShape.slice(), slices: [] }
    this.place(place, sliced.dtype, fullShape, 0, 0, 0)
    this.#sliced.set(name, sliced)
    this.#slicedAt.set(place, sliced)
    return sliced
  }

  #roomFor(length: number): Float64Array {
    return (this.#numbers = roomFor(this.#numbers, length))
  }
}

/** Makes bytes of keys, most of which are ASCII and short, in memory that is used again. */
function keyEncoder(): (name: string) => Uint8Array {
  const buffer = new Uint8Array(SHORT)
  /** Of each length: keys are often of a few. */
  const views = Array.from({ length: SHORT }, (_, length) => buffer.subarray(0, length))
  return (name) => {
    const view = views[name.length]
    if (view === undefined) return bytesFromKey(name)
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i)
      if (code > 0x7f) return bytesFromKey(name)
      buffer[i] = code
    }
    return view
  }
}

/** One name for all strings of the same bytes. */
function nameOf(key: string): string {
  if (key === '') throw new InvalidArgumentError('Cannot add a tensor under the empty key', { key })
  return hasLoneSurrogate(key) ? keyFromBytes(bytesFromKey(key)) : key
}

/**
 * A key that begins with the byte 0, as a part's does: its bytes, each a character. They sort as bytes do, before all other
 * keys, and most are no text.
 */
function charactersOf(bytes: Uint8Array): string {
  let characters = ''
  for (const byte of bytes) characters += String.fromCharCode(byte)
  return characters
}

function bytesOf(characters: string): Uint8Array {
  return Uint8Array.from(characters, (character) => character.charCodeAt(0))
}

function duplicate(key: string, what?: string): InvalidArgumentError {
  return new InvalidArgumentError(`Adding duplicate key: ${what ?? key}`, { key })
}

function checkSame(key: string, existing: Sliced, shape: Shape, dtype: DType): void {
  const adding = `trying to add name ${key}`
  const { word, number } = dtypeInfo(dtype)
  if (!shapesEqual(existing.shape, shape)) {
    const shapes = `existing tensor = ${formatShape(existing.shape)}, ${adding}, shape = ${formatShape(shape)}`
    throw new InternalError(`Mismatching shapes: ${shapes}`, { key })
  }
  if (existing.dtype !== number) {
    const types = `existing type = ${dtypeInfoByNumber(existing.dtype)?.word}, ${adding}, type = ${word}`
    throw new InternalError(`Mismatching types: ${types}`, { key })
  }
}
