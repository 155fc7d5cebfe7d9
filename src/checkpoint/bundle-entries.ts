/**
 * What a bundle's index is to say: the entries that were added, by key.
 *
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, BundleWriter::Add and AddSlice, which keep one sorted map.
 */
import { type BundleEntry, type EntrySlice } from '../proto/bundle-messages'
import { type DType, dtypeInfo, dtypeInfoByNumber } from '../tensor/dtype'
import { formatShape, type Shape, shapesEqual, type TensorSlice } from '../tensor/ndarray'
import { boxOf, formatSlice } from '../tensor/tensor-slice'
import { bytesFromKey, compareKeys, hasLoneSurrogate, keyFromBytes } from '../util/bytes'
import { InternalError, InvalidArgumentError } from '../util/errors'
import { encodeSliceKey, isSliceKey } from './slice-key'
import { partFinder } from './stored-parts'

/** The entry of a tensor in parts: it has no bytes, and its slices grow. */
interface SlicedEntry extends BundleEntry {
  readonly slices: EntrySlice[]
}

/** Puts an entry into the place that was kept for it. */
export type KeepEntry = (entry: BundleEntry) => void

export class BundleEntries {
  /** By key, as text: one string for all strings of the same bytes. */
  readonly #named = new Map<string, BundleEntry>()
  /** Those whose key begins with the byte 0, as a part's does: by the key's bytes, each a character, which sort as bytes do. */
  readonly #coded = new Map<string, BundleEntry>()
  /** Of those, the ones that have parts. */
  readonly #sliced = new Map<string, SlicedEntry>()

  /**
   * A place for the entry of a tensor.
   *
   * @throws {InvalidArgumentError} "Adding duplicate key: x"; for the empty key
   */
  add(key: string): KeepEntry {
    const name = nameOf(key)
    if (this.#has(name)) throw duplicate(key)
    return (entry) => this.#put(name, entry)
  }

  /**
   * A place for the entry of a part. The tensor's own entry names the part once it is filled.
   *
   * @throws {InvalidArgumentError} "Adding duplicate key: x"; for the empty key
   * @throws {InternalError} "Mismatching shapes: existing tensor = [4], trying to add name x, shape = [5]"; "Mismatching types:
   * existing type = float, trying to add name x, type = int32": TensorFlow ends the process, but for V1, whose words these are
   */
  addSlice(key: string, fullShape: Shape, slice: TensorSlice, dtype: DType): KeepEntry {
    const name = nameOf(key)
    const sliced = this.#sliced.get(name)
    const place = charactersOf(encodeSliceKey(name, slice))
    if (sliced !== undefined) checkSame(key, sliced, fullShape, dtype)
    if (this.#coded.has(place)) throw duplicate(key, `the slice ${formatSlice(slice)} of ${key}`)
    if (sliced === undefined && this.#has(name)) throw duplicate(key)
    return (entry) => {
      this.#coded.set(place, entry)
      this.#wholeOf(name, fullShape, entry).slices.push(slice.map((range) => range && [range[0], range[1]]))
    }
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

  /** All, in the order of the keys' bytes. */
  *sorted(): Iterable<readonly [key: Uint8Array, entry: BundleEntry]> {
    const coded = [...this.#coded].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [characters, entry] of coded) yield [bytesOf(characters), entry]
    const named = [...this.#named].sort(([a], [b]) => compareKeys(a, b))
    for (const [name, entry] of named) yield [bytesFromKey(name), entry]
  }

  #has(name: string): boolean {
    return isSliceKey(name) ? this.#coded.has(charactersOf(bytesFromKey(name))) : this.#named.has(name)
  }

  #put(name: string, entry: BundleEntry): void {
    if (isSliceKey(name)) this.#coded.set(charactersOf(bytesFromKey(name)), entry)
    else this.#named.set(name, entry)
  }

  #wholeOf(name: string, fullShape: Shape, { dtype, unknownRank }: BundleEntry): SlicedEntry {
    const known = this.#sliced.get(name)
    if (known !== undefined) return known
    const shape = fullShape.slice()
    const entry: SlicedEntry = { dtype, shape, unknownRank, shardId: 0, offset: 0, size: 0, crc32c: 0, slices: [] }
    this.#sliced.set(name, entry)
    this.#put(name, entry)
    return entry
  }
}

/** One name for all strings of the same bytes. */
function nameOf(key: string): string {
  if (key === '') throw new InvalidArgumentError('Cannot add a tensor under the empty key', { key })
  return hasLoneSurrogate(key) ? keyFromBytes(bytesFromKey(key)) : key
}

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

function checkSame(key: string, existing: BundleEntry, shape: Shape, dtype: DType): void {
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
