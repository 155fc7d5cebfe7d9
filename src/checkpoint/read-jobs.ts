/**
 * Which tensors of a bundle are read together: small neighbours in one read, a slab; a large one by itself.
 */
import { DataLossError } from '../util/errors'
import { type DataFileReader } from './data-file-reader'
import { type TensorEntry } from './tensor-entry'

/** A tensor above this size is read by itself, into memory of its own. */
const LARGE = 1 << 18
/** Neighbours are read together across gaps of up to this: other tensors between those that are wanted. */
export const GAP = 1 << 14

/** What is to be read. */
export interface Reading {
  readonly tensor: TensorEntry
}

/** One read, of one shard. */
export interface Job<R> {
  readonly shardId: number
  readonly readings: R[]
  readonly offset: number
  end: number
  /** What the file is read in, in bytes. */
  readonly step: number
  /** What the index alone tells against the one tensor. */
  readonly fault: Error | undefined
}

/** Orders readings as they lie in the files. */
export function byPlace({ tensor: a }: Reading, { tensor: b }: Reading): number {
  return a.shardId - b.shardId || a.offset - b.offset || a.size - b.size
}

/** Whether all of the job is one tensor that is read by itself. */
export function isAlone({ readings, offset, end }: Job<unknown>): boolean {
  return end - offset > LARGE && readings.length === 1
}

/**
 * The reads, as far as index and file sizes tell that they can be done: not of files that are missing or too short, nor of
 * tensors on the same bytes (no writer makes those, and each byte is read once).
 *
 * @param sorted in the order in which they lie in the files
 * @param tell what to do about an error: gives what is said of the tensor, or throws
 */
export async function* jobsOf<R extends Reading>(
  sorted: Iterable<R>,
  dataFile: (shardId: number) => Promise<DataFileReader>,
  tell: (error: unknown, key: string) => Error,
): AsyncGenerator<Job<R>> {
  let job: Job<R> | undefined
  let end = 0
  let before = ''
  let shardId = -1
  let file: DataFileReader | undefined
  for (const reading of sorted) {
    const { tensor } = reading
    const { key, offset, size } = tensor
    let fault: Error | undefined
    try {
      if (file === undefined || shardId !== tensor.shardId) {
        shardId = tensor.shardId
        end = 0
        file = undefined
        file = await dataFile(shardId)
      }
      file.checkRange(key, offset, size)
      if (size > 0) {
        if (offset < end) throw overlap(tensor, before, file.path)
        end = offset + size
        before = key
      }
    } catch (error) {
      fault = tell(error, key)
    }
    if (fault === undefined && job !== undefined && joins(tensor, job)) {
      job.readings.push(reading)
      job.end = Math.max(job.end, offset + size)
      continue
    }
    if (job !== undefined) yield job
    job = { shardId: tensor.shardId, readings: [reading], offset, end: offset + size, fault, step: file?.step ?? 0 }
  }
  if (job !== undefined) yield job
}

function joins({ shardId, offset, size }: TensorEntry, job: Job<unknown>): boolean {
  return (
    job.fault === undefined &&
    job.shardId === shardId &&
    size <= LARGE &&
    offset <= job.end + GAP &&
    offset + size - job.offset <= job.step &&
    !isAlone(job)
  )
}

function overlap({ key, offset }: TensorEntry, before: string, path: string): DataLossError {
  const both = `the tensors ${before} and ${key} lie on the same bytes`
  return new DataLossError(`Corrupted index: ${both}, at byte ${offset} of ${path}`, { path, key, offset })
}
