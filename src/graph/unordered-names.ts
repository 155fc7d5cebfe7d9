/**
 * The order in which a C++ program walks over names that it keeps in a std::unordered_map: TensorFlow lists missing
 * attributes so. It is most often the reverse of the order in which they were put in.
 *
 * libstdc++: bits/hashtable.h (_M_insert_bucket_begin, _M_rehash), src/c++11/hashtable_c++0x.cc (_M_next_bkt),
 * libsupc++/hash_bytes.cc.
 */

/** How many buckets a table has as it grows. */
const BUCKETS = [13, 29, 59, 127, 257, 541, 1109, 2357, 5087, 10273, 20753, 42043]

/** `names`, all different, in the order of the map that they were put into one after the other. */
export function unorderedNames(names: readonly string[]): string[] {
  let order: Hashed[] = []
  let buckets = BUCKETS[0] as number
  for (const name of names) {
    if (order.length + 1 > buckets) {
      const needed = buckets * 2
      buckets = BUCKETS.find((count) => count >= needed) ?? needed
      order = order.reduce<Hashed[]>((walk, entry) => inserted(walk, entry, buckets), [])
    }
    order = inserted(order, { name, hash: hashOf(new TextEncoder().encode(name)) }, buckets)
  }
  return order.map((entry) => entry.name)
}

interface Hashed {
  readonly name: string
  readonly hash: bigint
}

/** Before the others of its bucket; where there are none, before all. */
function inserted(walk: readonly Hashed[], entry: Hashed, buckets: number): Hashed[] {
  const bucketOf = ({ hash }: Hashed): bigint => hash % BigInt(buckets)
  const bucket = bucketOf(entry)
  const at = walk.findIndex((other) => bucketOf(other) === bucket)
  return at < 0 ? [entry, ...walk] : [...walk.slice(0, at), entry, ...walk.slice(at)]
}

const FACTOR = 0xc6a4a7935bd1e995n
const SEED = 0xc70f6907n

/** std::hash of a string: Murmur's, of 64 bits. */
function hashOf(bytes: Uint8Array): bigint {
  const whole = bytes.length - (bytes.length % 8)
  let hash = low(SEED ^ (BigInt(bytes.length) * FACTOR))
  for (let at = 0; at < whole; at += 8) {
    const data = low(shiftMix(low(wordOf(bytes.subarray(at, at + 8)) * FACTOR)) * FACTOR)
    hash = low((hash ^ data) * FACTOR)
  }
  if (whole < bytes.length) hash = low((hash ^ wordOf(bytes.subarray(whole))) * FACTOR)
  return shiftMix(low(shiftMix(hash) * FACTOR))
}

/** Up to eight bytes, little-endian. */
function wordOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((word, byte) => (word << 8n) | BigInt(byte), 0n)
}

function low(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}

function shiftMix(value: bigint): bigint {
  return value ^ (value >> 47n)
}
