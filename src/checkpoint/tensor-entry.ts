/**
 * An entry of a bundle's index, once its numbers are known to make sense: the reader's view of a tensor.
 *
 * What the index says is not believed: the dtype must be known, the shape must be a shape, size and shape must agree.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, GetBundleEntryProto and GetValue.
 */
import { type BundleEntry, type EntrySlice } from '../proto/bundle-messages'
import { type DTypeInfo, dtypeInfoByNumber } from '../tensor/dtype'
import { formatShape, type Shape } from '../tensor/ndarray'
import { InvalidArgumentError, ResourceExhaustedError } from '../util/errors'

/** Dimensions that a tensor has at most. TensorFlow: core/framework/tensor_shape.h, TensorShapeRep::MaxDimensions. */
const MAX_DIMENSIONS = 254

/** Where a tensor lies, and what it is. */
export interface TensorEntry {
  readonly key: string
  readonly dtype: DTypeInfo
  readonly shape: Shape
  /** Elements of the shape. */
  readonly count: number
  readonly shardId: number
  readonly offset: number
  readonly size: number
  /** Masked. */
  readonly crc32c: number
  /** The parts of a sliced tensor, whose bytes lie under other keys; empty for a plain one. */
  readonly slices: readonly EntrySlice[]
}

/** What is wrong with an entry; undefined where nothing is. */
export function faultOf(raw: BundleEntry, numShards: number, key = ''): string | undefined {
  const { shape, shardId, offset, size } = raw
  const dtype = dtypeInfoByNumber(raw.dtype)
  if (dtype === undefined) return `Unknown dtype in bundle entry: key ${key}; number ${raw.dtype}`
  const count = countOf(raw, dtype)
  if (count === undefined) {
    const { length } = shape
    return `Invalid tensor shape: ${key} ${length > MAX_DIMENSIONS ? `of ${length} dimensions` : formatShape(shape)}`
  }
  if (shardId < 0 || shardId >= numShards) {
    return `Invalid shard in bundle entry: key ${key}; shard ${shardId} of ${numShards}`
  }
  if (offset < 0 || size < 0 || !Number.isSafeInteger(offset + size)) {
    return `Invalid place in bundle entry: key ${key}; offset ${offset}, size ${size}`
  }
  // Each string has a length of a byte or more in front; other tensors take just their elements' bytes.
  const least = dtype.size === 0
  const expected = least ? count : count * dtype.size
  if (raw.slices.length > 0 || (least ? size >= expected : size === expected)) return undefined
  const wanted = `expected size ${least ? `is at least ${expected}` : expected}`
  return `Invalid size in bundle entry: key ${key}; stored size ${size}; ${wanted}`
}

/** The view of an entry in which nothing is wrong. */
export function entryOf(key: string, raw: BundleEntry): TensorEntry {
  const { shape, shardId, offset, size, crc32c, slices } = raw
  const dtype = dtypeInfoByNumber(raw.dtype) as DTypeInfo
  return { key, dtype, shape, count: countOf(raw, dtype) as number, shardId, offset, size, crc32c, slices }
}

/** Elements of the entry's shape; undefined where it is none, or where no number tells its bytes. */
export function countOf(
  { shape, unknownRank }: Pick<BundleEntry, 'shape' | 'unknownRank'>,
  dtype: DTypeInfo,
): number | undefined {
  if (unknownRank || shape.length > MAX_DIMENSIONS) return undefined
  let count = 1
  for (const size of shape) {
    if (size < 0) return undefined
    count *= size
  }
  return Number.isSafeInteger(count * Math.max(dtype.size, 1)) ? count : undefined
}

/** For a writer. @throws {InvalidArgumentError} for more dimensions than TensorFlow reads */
export function checkRank(key: string, shape: Shape): void {
  if (shape.length <= MAX_DIMENSIONS) return
  const what = `it has ${shape.length} dimensions, and TensorFlow reads at most ${MAX_DIMENSIONS}`
  throw new InvalidArgumentError(`Cannot write ${key}: ${what}`, { key })
}

/** Memory for all of a tensor's bytes. @throws {ResourceExhaustedError} where there is not so much. */
export function newBytes(entry: TensorEntry): Uint8Array<ArrayBuffer> {
  return allocating(entry, entry.size, () => new Uint8Array(entry.size))
}

/** Runs `make`, which makes an array of so many bytes. @throws {ResourceExhaustedError} where the engine refuses. */
export function allocating<R>(
  { key, dtype, shape }: Pick<TensorEntry, 'key' | 'dtype' | 'shape'>,
  bytes: number,
  make: () => R,
): R {
  try {
    return make()
  } catch (cause) {
    const what = `${key}, ${dtype.name} of shape ${formatShape(shape)}, takes ${bytes} bytes in one array`
    throw new ResourceExhaustedError(`Cannot allocate memory: ${what}`, { key, cause })
  }
}
