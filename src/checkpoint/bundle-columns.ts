/**
 * A bundle's index in memory: the keys, and the entries' numbers one behind another. An entry becomes an object when it is
 * asked for.
 */
import { type DTypeInfo, dtypeInfoByNumber } from '../tensor/dtype'
import {
  type BundleEntry,
  CRC32C,
  type EntrySlice,
  HEAD,
  NO_SLICES,
  OFFSET,
  SHARD,
  SIZE,
} from '../proto/bundle-messages'
import { bytesFromKey, compareBytes, keyFromBytes, keysFromBytes } from '../util/bytes'
import { roomFor } from '../util/memory'
import { type StoredTensors } from './checkpoint-source'
import { encodeSliceKey } from './slice-key'
import { type TensorEntry } from './tensor-entry'

/** Keys become text so many at once: 2 to that power. */
const CHUNK = 12

/** What columns stand in. */
export type ColumnsMemory = Pick<BundleColumns, 'bytes' | 'ends' | 'numbers' | 'starts'>

/** The tensors of a bundle; and beside them, of those in parts, the parts. */
export class BundleColumns implements StoredTensors {
  /** The keys of all of the index, in its order, one behind another. */
  bytes = new Uint8Array(1)
  /** Where each begins; and behind the last one, where that ends. */
  ends = new Uint32Array(1)
  /** Of each entry HEAD numbers, then its sizes. */
  numbers = new Float64Array(1)
  /** Where the numbers of each entry begin; and behind the last one, where those end. */
  starts = new Uint32Array(1)
  /** Their text, where somebody asked for it. */
  readonly #text: string[][] = []
  /** Entries; and those that have a key. */
  #count = 0
  #named = 0
  /** Of tensors in parts, by their position. */
  readonly #slices = new Map<number, readonly EntrySlice[]>()
  /** The tensor's key, by the position of its part. */
  readonly #owners = new Map<number, string>()
  /** One object for what is asked for several times. */
  #entries: TensorEntry[] | undefined
  /** Where the key stands that was found last. */
  #last = -1

  /** @param memory that nobody else uses any more; its `ends` and `starts` begin with 0 */
  constructor(memory?: Partial<ColumnsMemory>) {
    Object.assign(this, memory)
  }

  get size(): number {
    return this.#count - this.#owners.size
  }

  /** Adds an entry in which nothing is wrong. */
  add({ dtype, shardId, offset, size, crc32c, shape, slices }: BundleEntry): void {
    let at = this.starts[this.#count] as number
    const numbers = (this.numbers = roomFor(this.numbers, at + HEAD + shape.length))
    if (slices.length > 0) this.#slices.set(this.#count, slices)
    numbers[at++] = dtype
    numbers[at++] = shardId
    numbers[at++] = offset
    numbers[at++] = size
    numbers[at++] = crc32c
    for (let i = 0; i < shape.length; i++) numbers[at++] = shape[i] as number
    this.starts = roomFor(this.starts, ++this.#count + 1)
    this.starts[this.#count] = at
  }

  /** The keys of the entries that were added last, as keysFromBytes() takes them, from 0 on. */
  addKeys(bytes: Uint8Array, ends: Uint32Array): void {
    const from = this.ends[this.#named] as number
    const last = ends.at(-1) as number
    this.bytes = roomFor(this.bytes, from + last)
    this.bytes.set(bytes.subarray(0, last), from)
    this.ends = roomFor(this.ends, this.#count + 1)
    let before = 0
    for (const end of ends) {
      if (end > before) this.ends[++this.#named] = from + end
      before = end
    }
  }

  /** All is added: says which entries are parts of which tensors. */
  findParts(): void {
    for (const [position, slices] of this.#slices) {
      const key = this.#key(position)
      for (const part of partKeys(key, slices)) {
        const at = this.find(part)
        if (at >= 0) this.#owners.set(at, key)
      }
    }
  }

  has(key: string): boolean {
    return this.find(key) >= 0
  }

  /** @param isPart asks for a part, and not for a tensor */
  get(key: string, isPart = false): TensorEntry | undefined {
    const at = this.find(key, isPart)
    if (at < 0) return undefined
    this.#entries ??= new Array(this.#count)
    return (this.#entries[at] ??= this.entry(at))
  }

  /** The position of a tensor, or of a part; -1 where there is none. */
  find(key: string, isPart = false): number {
    const target = bytesFromKey(key)
    let low = 0
    let high = this.#count
    // Most ask in order.
    for (let middle = (this.#last + 1) % high; low < high; middle = (low + high) >>> 1) {
      const order = compareBytes(this.bytes.subarray(this.ends[middle], this.ends[middle + 1]), target)
      if (order === 0) return this.#owners.has((this.#last = middle)) === isPart ? middle : -1
      if (order < 0) low = middle + 1
      else high = middle
    }
    return -1
  }

  *keys(): Generator<string> {
    for (const at of this.#tensors()) yield this.#key(at)
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
    const places = new Uint32Array(this.#count)
    let count = 0
    for (let at = 0; at < places.length; at++) if (!this.#slices.has(at)) places[count++] = at
    const all = places.subarray(0, count)
    const less = (a: number, b: number, which: number): number => this.number(a, which) - this.number(b, which)
    const order = (a: number, b: number): number => less(a, b, SHARD) || less(a, b, OFFSET) || less(a, b, SIZE)
    const isSorted = all.every((at, i) => i === 0 || order(all[i - 1] as number, at) <= 0)
    return byPlace && !isSorted ? all.sort(order) : all
  }

  /** The key of the tensor at that position, or of which it is a part. */
  key(at: number): string {
    return this.#owners.get(at) ?? this.#key(at)
  }

  /** Dimensions of the entry at that position. */
  rank(at: number): number {
    return (this.starts[at + 1] as number) - (this.starts[at] as number) - HEAD
  }

  /** One of the numbers in front of an entry's sizes, or of those. */
  number(at: number, which: number): number {
    return this.numbers[(this.starts[at] as number) + which] as number
  }

  #key(at: number): string {
    const from = (at >> CHUNK) << CHUNK
    const end = Math.min(from + (1 << CHUNK), this.#count) + 1
    const keys = (this.#text[at >> CHUNK] ??= keysFromBytes(this.bytes, this.ends.subarray(from, end)))
    return keys[at - from] as string
  }

  *#tensors(): Generator<number> {
    for (let at = 0; at < this.#count; at++) if (!this.#owners.has(at)) yield at
  }

  /** What stands at that position, an object that is nobody else's. */
  entry(at: number, key = this.#key(at)): TensorEntry {
    const numbers = this.numbers
    const start = this.starts[at] as number
    const shape = new Array<number>(this.rank(at))
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
}

/** The keys of a tensor's parts. */
export function partKeys(key: string, slices: readonly EntrySlice[]): string[] {
  return slices.map((slice) => keyFromBytes(encodeSliceKey(key, slice)))
}
