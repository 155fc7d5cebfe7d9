/**
 * The order in which TensorFlow's hash map gives its entries: the functions of a graph are written in it.
 *
 *     table  = 8 << n slots
 *     slot   = hash >> 8, cut to the table; where it is taken, 1 further, then 2, then 3, …
 *     growth = before the next key, once eight tenths of the slots are taken: all entries, in their order, go into the smallest
 *              table of which one more of them fills less than eight tenths
 *
 * TensorFlow: core/lib/gtl/flatrep.h (FlatRep), core/platform/hash.cc (Hash64: Austin Appleby's MurmurHash64A).
 */
import { bytesFromKey } from '../util/bytes'

const MIN_SLOTS = 8
const MAX_LOAD = 0.8

// core/platform/hash.h: the seed of Hash64; MurmurHash64A: its multiplier and its shift.
const SEED = 0xdeca_fcaf_fen
const MULTIPLIER = 0xc6a4_a793_5bd1_e995n
const SHIFT = 47n

/** Names, in the order of such a map. */
export class FlatMapOrder {
  #slots: (string | undefined)[] = emptySlots(0)
  #count = 0

  /** Adds a name that is not there yet. */
  add(name: string): void {
    if (this.#count >= Math.floor(this.#slots.length * MAX_LOAD)) this.#grow()
    this.#place(name)
    this.#count++
  }

  /** In the map's order. */
  names(): string[] {
    return this.#slots.filter((name) => name !== undefined)
  }

  /** @returns what makes everything as it is now again */
  snapshot(): () => void {
    const [slots, count] = [[...this.#slots], this.#count]
    return () => {
      this.#slots = slots
      this.#count = count
    }
  }

  #grow(): void {
    const names = this.names()
    this.#slots = emptySlots(names.length + 1)
    for (const name of names) this.#place(name)
  }

  #place(name: string): void {
    const mask = this.#slots.length - 1
    let at = Number((hash64(bytesFromKey(name)) >> 8n) & BigInt(mask))
    for (let probe = 1; this.#slots[at] !== undefined; probe++) at = (at + probe) & mask
    this.#slots[at] = name
  }
}

/** Room for `count` names. */
function emptySlots(count: number): undefined[] {
  let slots = MIN_SLOTS
  while (count >= MAX_LOAD * slots) slots *= 2
  return new Array<undefined>(slots).fill(undefined)
}

function hash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let hash = SEED ^ cut(BigInt(bytes.length) * MULTIPLIER)
  let at = 0
  for (; at + 8 <= bytes.length; at += 8) {
    let word = cut(view.getBigUint64(at, true) * MULTIPLIER)
    word = cut((word ^ (word >> SHIFT)) * MULTIPLIER)
    hash = cut((hash ^ word) * MULTIPLIER)
  }
  if (at < bytes.length) hash = cut((hash ^ lastBytes(bytes, at)) * MULTIPLIER)
  hash = cut((hash ^ (hash >> SHIFT)) * MULTIPLIER)
  return hash ^ (hash >> SHIFT)
}

/** Fewer than eight bytes, the first one lowest. */
function lastBytes(bytes: Uint8Array, start: number): bigint {
  let word = 0n
  for (let at = bytes.length - 1; at >= start; at--) word = (word << 8n) | BigInt(bytes[at] ?? 0)
  return word
}

function cut(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}
