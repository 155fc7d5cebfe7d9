/**
 * Which file of a sharded checkpoint a value goes into.
 *
 *     sharded      one for each device, in the order of the devices' names as strings: "" < "/device:CPU:0" < "/job:ps/task:10" <
 *                  "/job:ps/task:2"; anything without a device, objects of the caller's own too, goes with ""
 *     numShards    that many of like size: the largest value first, each into the shard that has the fewest bytes so far (the
 *                  first of several such). A string counts as 16 bytes. Never more shards than values
 *     shardOf      the caller's own numbers, by key; numbers that nobody has are passed over: 3 and 7 are 0 and 1
 *
 * There are no empty shards, as in TensorFlow, where a device without a variable has none. Within a shard the values keep their
 * order: by key. TensorFlow: python/training/saver.py, _GroupByDevices.
 */
import { dtypeInfo } from '../tensor/dtype'
import { elementCount } from '../tensor/ndarray'
import { compareKeys } from '../util/bytes'
import { ValueError } from '../util/errors'
import { reprString } from '../util/python-repr'
import { canonicalDevice } from '../variables/device'
import { Variable } from '../variables/variable'
import type { SaverOptions } from './saver-options'
import type { SaveItem } from './var-list'

/** File names have five digits for them: TensorFlow, too, deletes no others. */
const MOST_SHARDS = 99999

/** What a string counts as. */
const STRING_BYTES = 16

/** What a Saver writes. */
export interface SaverFormat {
  readonly version: 'V1' | 'V2'
  /** The shard of each item, from 0 and without gaps; undefined where nothing is sharded. */
  readonly shards: readonly number[] | undefined
}

/** @throws {ValueError} for options that are none, or that contradict one another; for what shardOf gives */
export function formatOf(items: readonly SaveItem[], options: SaverOptions): SaverFormat {
  const { writeVersion: version = 'V2' } = options
  if (version !== 'V1' && version !== 'V2') throw new ValueError(`Unexpected write_version: ${String(version)}`)
  return { version, shards: shardsOf(items, options) }
}

function shardsOf(items: readonly SaveItem[], options: SaverOptions): readonly number[] | undefined {
  checkOptions(options)
  const { sharded = false, numShards, shardOf } = options
  if (shardOf !== undefined) return compactShards(shardsByKey(items, shardOf, numShards))
  if (numShards !== undefined) return compactShards(shardsOfLikeSize(items, numShards))
  return sharded ? shardsByDevice(items) : undefined
}

function checkOptions({ sharded, numShards, shardOf }: SaverOptions): void {
  if (sharded !== undefined && typeof sharded !== 'boolean') {
    throw new ValueError(`sharded takes true or false, not ${String(sharded)}`)
  }
  if (numShards !== undefined && !isCount(numShards)) {
    throw new ValueError(`numShards takes a whole number from 1 to ${MOST_SHARDS}, not ${String(numShards)}`)
  }
  if (shardOf !== undefined && typeof shardOf !== 'function') {
    throw new ValueError(`shardOf takes a function, not ${String(shardOf)}`)
  }
  if (sharded === false && (numShards ?? shardOf) !== undefined) {
    throw new ValueError(`${numShards === undefined ? 'shardOf' : 'numShards'} contradicts sharded: false`)
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= MOST_SHARDS
}

/** One for each device, sorted as strings. @throws {ValueError} for a device that is none */
export function shardsByDevice(items: readonly SaveItem[]): number[] {
  const devices = items.map(({ saveable }) => (saveable instanceof Variable ? canonicalDevice(saveable.device) : ''))
  const numbers = new Map([...new Set(devices)].sort(compareKeys).map((device, shard) => [device, shard]))
  checkCount(numbers.size)
  return devices.map((device) => numbers.get(device) ?? 0)
}

/** Each key is asked for once: the parts of one tensor stay together. */
function shardsByKey(
  items: readonly SaveItem[],
  shardOf: (key: string) => number,
  numShards: number | undefined,
): number[] {
  const numbers = new Map<string, number>()
  for (const { key } of items) {
    if (numbers.has(key)) continue
    const shard = shardOf(key)
    if (!Number.isSafeInteger(shard) || shard < 0) {
      throw new ValueError(
        `shardOf takes a key to a whole number from 0: it gave ${String(shard)} for ${reprString(key)}`,
      )
    }
    if (numShards !== undefined && shard >= numShards) {
      throw new ValueError(`shardOf gave ${shard} for ${reprString(key)}, and numShards is ${numShards}`)
    }
    numbers.set(key, shard)
  }
  return items.map(({ key }) => numbers.get(key) ?? 0)
}

function shardsOfLikeSize(items: readonly SaveItem[], numShards: number): number[] {
  const sizes = items.map(sizeOf)
  const heap = new LightestFirst(Math.min(numShards, items.length))
  const shards = new Array<number>(items.length).fill(0)
  const byFalling = sizes.map((_, at) => at).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b)
  for (const at of byFalling) shards[at] = heap.give(sizes[at] ?? 0)
  return shards
}

/** Bytes; 1 for what has none, so that it is spread all the same. */
function sizeOf({ saveable: { dtype, shape } }: SaveItem): number {
  return Math.max(1, elementCount(shape) * (dtypeInfo(dtype).size || STRING_BYTES))
}

/** Shards in a heap, the one with the fewest bytes on top. */
class LightestFirst {
  readonly #heap: { readonly shard: number; bytes: number }[]

  constructor(count: number) {
    this.#heap = Array.from({ length: count }, (_, shard) => ({ shard, bytes: 0 }))
  }

  /** Gives so many bytes to the lightest, and says which that is. */
  give(bytes: number): number {
    const heap = this.#heap
    const top = heap[0]
    if (top === undefined) return 0
    top.bytes += bytes
    let at = 0
    for (let next = this.#lightest(at); next !== at; next = this.#lightest(at)) {
      const below = heap[next] as typeof top
      heap[next] = top
      heap[at] = below
      at = next
    }
    return top.shard
  }

  /** The lightest of a place and the two below it. */
  #lightest(at: number): number {
    let best = at
    for (const child of [2 * at + 1, 2 * at + 2]) if (this.#isLighter(child, best)) best = child
    return best
  }

  #isLighter(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]]
    if (one === undefined || other === undefined) return false
    return one.bytes < other.bytes || (one.bytes === other.bytes && one.shard < other.shard)
  }
}

/** The same shards, numbered from 0 without gaps. @throws {ValueError} for more than file names have room for */
export function compactShards(shards: readonly number[]): number[] {
  const numbers = new Map([...new Set(shards)].sort((a, b) => a - b).map((shard, at) => [shard, at]))
  checkCount(numbers.size)
  return shards.map((shard) => numbers.get(shard) ?? 0)
}

function checkCount(count: number): void {
  if (count > MOST_SHARDS) throw new ValueError(`Cannot save in ${count} shards: ${MOST_SHARDS} is the most`)
}

/** What goes into each shard, in order. */
export function inShards<T>(all: readonly T[], shards: readonly number[]): T[][] {
  const groups: T[][] = []
  all.forEach((one, at) => {
    const shard = shards[at] ?? 0
    const group = (groups[shard] ??= [])
    group.push(one)
  })
  return groups
}
