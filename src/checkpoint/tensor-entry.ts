/**
 * An entry of a bundle's index, once its numbers are known to make sense: the reader's view of a tensor.
 *
 * What the index says is not believed: the dtype must be known, the shape must be a shape, size and shape must agree.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, GetBundleEntryProto and GetValue.
 */
import { type BundleEntry, type EntrySlice } from '../proto/bundle-messages'
import { type DTypeInfo, dtypeInfoByNumber } from '../tensor/dtype'
import { formatShape, type Shape } from '../tensor/ndarray'
import { type Place } from '../util/coding'
import { DataLossError, InvalidArgumentError, type OpErrorDetails, ResourceExhaustedError } from '../util/errors'

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

/**
 * @param place the entry in the index, for errors
 * @throws {DataLossError} for an entry that cannot be
 */
export function checkEntry(key: string, raw: BundleEntry, numShards: number, place: Place): TensorEntry {
  const dtype = dtypeInfoByNumber(raw.dtype)
  if (dtype === undefined) throw badEntry(`Unknown dtype in bundle entry: key ${key}; number ${raw.dtype}`, key, place)
  const count = countOf(raw, dtype)
  if (count === undefined) {
    const { length } = raw.shape
    const shape = length > MAX_DIMENSIONS ? `of ${length} dimensions` : formatShape(raw.shape)
    throw badEntry(`Invalid tensor shape: ${key} ${shape}`, key, place)
  }
  const { shape, shardId, offset, size, crc32c, slices } = raw
  if (shardId < 0 || shardId >= numShards) {
    throw badEntry(`Invalid shard in bundle entry: key ${key}; shard ${shardId} of ${numShards}`, key, place)
  }
  if (offset < 0 || size < 0 || !Number.isSafeInteger(offset + size)) {
    throw badEntry(`Invalid place in bundle entry: key ${key}; offset ${offset}, size ${size}`, key, place)
  }
  // Each string has a length of a byte or more in front; other tensors take just their elements' bytes.
  const least = dtype.size === 0
  const expected = least ? count : count * dtype.size
  if (slices.length === 0 && (least ? size < expected : size !== expected)) {
    const wanted = `expected size ${least ? `is at least ${expected}` : expected}`
    throw badEntry(`Invalid size in bundle entry: key ${key}; stored size ${size}; ${wanted}`, key, place)
  }
  return { key, dtype, shape, count, shardId, offset, size, crc32c, slices }
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

function badEntry(what: string, key: string, place: Place): DataLossError {
  const details: OpErrorDetails = { ...place, key }
  return new DataLossError(`${what} (entry at byte ${place.offset} of ${place.path})`, details)
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
