/**
 * A bundle's index in memory: the keys, and the entries' numbers one behind another. An entry becomes an object when it is
 * asked for.
 */
import { type DTypeInfo, dtypeInfoByNumber } from '../tensor/dtype'
import { type BundleEntry, type EntrySlice, NO_SLICES } from '../proto/bundle-messages'
import { compareKeys, keyFromBytes } from '../util/bytes'
import { type StoredTensors } from './checkpoint-source'
import { encodeSliceKey } from './slice-key'
import { type TensorEntry } from './tensor-entry'

/** The numbers in front of an entry's sizes. */
export const DTYPE = 0
export const SHARD = 1
export const OFFSET = 2
export const SIZE = 3
export const CRC32C = 4
const HEAD = 5

/** The tensors of a bundle; and beside them, of those in parts, the parts. */
export class BundleColumns implements StoredTensors {
  /** All of the index, in its order. */
  readonly #keys: string[] = []
  /** Of each entry HEAD numbers, then its sizes; `#length` of them are there. */
  #numbers = new Float64Array(1024)
  #length = 0
  /** Where the numbers of each entry begin. */
  readonly #starts: number[] = []
  /** Of tensors in parts, by their position. */
  readonly #slices = new Map<number, readonly EntrySlice[]>()
  /** The tensor's key, by the position of its part. */
  readonly #owners = new Map<number, string>()
  /** One object for what is asked for several times. */
  #entries: TensorEntry[] | undefined
  /** Where the key stands that was found last: most ask in order. */
  #last = -1

  get size(): number {
    return this.#keys.length - this.#owners.size
  }

  /** Adds an entry in which nothing is wrong. */
  add({ dtype, shardId, offset, size, crc32c, shape, slices }: BundleEntry): void {
    let at = this.#length
    if (at + HEAD + shape.length > this.#numbers.length) {
      const few = this.#numbers
      this.#numbers = new Float64Array(2 * (at + HEAD + shape.length))
      this.#numbers.set(few)
    }
    const numbers = this.#numbers
    if (slices.length > 0) this.#slices.set(this.#starts.length, slices)
    this.#starts.push(at)
    numbers[at++] = dtype
    numbers[at++] = shardId
    numbers[at++] = offset
    numbers[at++] = size
    numbers[at++] = crc32c
    for (let i = 0; i < shape.length; i++) numbers[at++] = shape[i] as number
    this.#length = at
  }

  /** The keys of the entries that were added last. */
  addKeys(keys: readonly string[]): void {
    for (let i = 0; i < keys.length; i++) this.#keys.push(keys[i] as string)
  }

  /** All is added: says which entries are parts of which tensors. */
  findParts(): void {
    for (const [position, slices] of this.#slices) {
      const key = this.#keys[position] as string
      for (const part of partKeys(key, slices)) {
        const at = this.#find(part)
        if (at >= 0) this.#owners.set(at, key)
      }
    }
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** @param isPart asks for a part, and not for a tensor */
  get(key: string, isPart = false): TensorEntry | undefined {
    const at = this.#find(key)
    if (at < 0 || this.#owners.has(at) !== isPart) return undefined
    this.#entries ??= new Array(this.#keys.length)
    return (this.#entries[at] ??= this.entry(at))
  }

  *keys(): Generator<string> {
    for (const at of this.#tensors()) yield this.#keys[at] as string
  }

  /** Objects that are nobody else's. */
  *values(): Generator<TensorEntry> {
    for (const at of this.#tensors()) yield this.entry(at)
  }

  /** Tensors in parts. */
  *inParts(): Generator<TensorEntry> {
    for (const at of this.#slices.keys()) yield this.entry(at)
  }

  /**
   * What has bytes: the positions in the index of tensors that are stored whole, and of parts. In the order of the index, or in that
   * of the files.
   */
  places(byPlace: boolean): Uint32Array {
    const places = new Uint32Array(this.#keys.length)
    let count = 0
    let isSorted = true
    const less = (a: number, b: number, which: number): number => this.number(a, which) - this.number(b, which)
    const order = (a: number, b: number): number => less(a, b, SHARD) || less(a, b, OFFSET) || less(a, b, SIZE)
    for (let at = 0; at < places.length; at++) {
      if (this.#slices.has(at)) continue
      isSorted &&= count === 0 || order(places[count - 1] as number, at) <= 0
      places[count++] = at
    }
    const all = places.subarray(0, count)
    return byPlace && !isSorted ? all.sort(order) : all
  }

  /** The key of the tensor at that position, or of which it is a part. */
  key(at: number): string {
    return this.#owners.get(at) ?? (this.#keys[at] as string)
  }

  /** One of the numbers in front of an entry's sizes. */
  number(at: number, which: number): number {
    return this.#numbers[(this.#starts[at] as number) + which] as number
  }

  *#tensors(): Generator<number> {
    for (const at of this.#keys.keys()) if (!this.#owners.has(at)) yield at
  }

  /** What stands at that position, an object that is nobody else's. */
  entry(at: number, key = this.#keys[at] as string): TensorEntry {
    const numbers = this.#numbers
    const start = this.#starts[at] as number
    const shape = new Array<number>((this.#starts[at + 1] ?? this.#length) - start - HEAD)
    let count = 1
    for (let i = 0; i < shape.length; i++) count *= shape[i] = numbers[start + HEAD + i] as number
    return {
      key,
      // What was added is known.
      dtype: dtypeInfoByNumber(numbers[start] as number) as DTypeInfo,
      shape,
      count,
      shardId: numbers[start + SHARD] as number,
      offset: numbers[start + OFFSET] as number,
      size: numbers[start + SIZE] as number,
      crc32c: numbers[start + CRC32C] as number,
      slices: this.#slices.get(at) ?? NO_SLICES,
    }
  }

  #find(key: string): number {
    const keys = this.#keys
    // At the end one begins anew.
    const next = (this.#last + 1) % keys.length
    if (keys[next] === key) return (this.#last = next)
    let low = 0
    for (let high = keys.length; low < high;) {
      const middle = (low + high) >>> 1
      if (compareKeys(keys[middle] as string, key) < 0) low = middle + 1
      else high = middle
    }
    return keys[low] === key ? (this.#last = low) : -1
  }
}

/** The keys of a tensor's parts. */
export function partKeys(key: string, slices: readonly EntrySlice[]): string[] {
  return slices.map((slice) => keyFromBytes(encodeSliceKey(key, slice)))
}
