/**
 * Reads many tensors of a bundle in the order of the file: small neighbours in one read, large ones by themselves, the
 * next reads under way while the bytes of the last are checksummed and handed on.
 */
import { type NumericArray } from '../tensor/dtype'
import { crc32c, unmaskCrc } from '../util/crc32c'
import { DataLossError, OpError } from '../util/errors'
import { type DataFileReader, type Take } from './data-file-reader'
import { decodeStringTensor } from './string-tensor'
import { newBytes, type TensorEntry } from './tensor-entry'
import { decodeVariantTensor } from './variant-tensor'

/** A tensor above this size is read by itself, into memory of its own. */
const LARGE = 1 << 18
/** Neighbours are read together up to this size… */
const SLAB = 4 << 20
/** …and across gaps of up to this: other tensors between those that are wanted. */
export const GAP = 1 << 14
/** Bytes of memory that reads under way may take at once; one read always may. */
const WINDOW = 12 << 20
/** Reads that may be under way at once, however small they are. */
const IN_FLIGHT = 16

/** How to read. */
export interface ReadPlan {
  readonly prefix: string
  readonly verifyChecksums: boolean
  readonly bigEndian: boolean
  readonly signal?: AbortSignal | undefined
  dataFile(shardId: number): Promise<DataFileReader>
  /**
   * Memory of exactly `entry.size` bytes for a tensor of numbers that is read by itself, or what takes it piece by piece,
   * before its checksum is known.
   */
  target(entry: TensorEntry): NumericArray | Take
  /** Every batch stays valid: no memory is used twice. */
  readonly retain?: boolean
  /** Hands errors of one tensor out with it, and goes on; else the first one is thrown. */
  readonly collectFaults?: boolean
}

/** A tensor's bytes, checked. */
export interface TensorBytes {
  readonly entry: TensorEntry
  /** As they stand in the file: a view of a buffer that the next batch overwrites, unless `retain`. */
  readonly bytes?: Uint8Array
  /** The memory that `target` gave, with the bytes in it. */
  readonly own?: NumericArray
  /** The elements of strings and variants: views of memory like that of `bytes`. */
  readonly elements?: readonly Uint8Array[]
  readonly fault?: Error
}

/** One read: neighbours of one shard. */
interface Job {
  readonly shardId: number
  readonly offset: number
  end: number
  readonly entries: TensorEntry[]
  /** What the index alone tells against the one entry. */
  readonly fault?: Error
}

/** A job whose reads are under way. */
interface Flight {
  /** Memory that it takes. */
  readonly size: number
  readonly buffer: Uint8Array | undefined
  readonly landed: Promise<readonly TensorBytes[]>
}

/** Orders entries as they lie in the files. */
export function byPlace(a: TensorEntry, b: TensorEntry): number {
  return a.shardId - b.shardId || a.offset - b.offset || a.size - b.size
}

/**
 * Batches of tensors in the order of the files; a batch is valid until the next one is asked for.
 *
 * @throws {DataLossError} for a checksum that does not match, or tensors that lie on the same bytes
 * @throws {OutOfRangeError} for a data file that is too short
 */
export async function* readTensors(
  entries: readonly TensorEntry[],
  plan: ReadPlan,
): AsyncGenerator<readonly TensorBytes[]> {
  const sorted = [...entries].sort(byPlace)
  const jobs = jobsOf(sorted, await faultsOf(sorted, plan))
  const { retain = false } = plan
  const room = retain ? 0 : slabRoom(jobs)
  const pool: Uint8Array[] = []
  const flights: Flight[] = []
  let next = 0
  let underWay = 0
  try {
    for (;;) {
      for (let job = jobs[next]; job !== undefined; job = jobs[++next]) {
        const slab = job.fault === undefined && !isAlone(job)
        const size = slab && !retain ? room : job.end - job.offset
        if (flights.length > 0 && (underWay + size > WINDOW || flights.length >= IN_FLIGHT)) break
        const buffer = slab ? (pool.pop() ?? new Uint8Array(size)) : undefined
        const landed = readJob(job, buffer, plan)
        landed.catch(() => undefined) // Met when its turn comes.
        flights.push({ size, buffer, landed })
        underWay += size
      }
      const flight = flights.shift()
      if (flight === undefined) return
      const batch = await flight.landed
      plan.signal?.throwIfAborted()
      underWay -= flight.size
      yield batch
      if (flight.buffer !== undefined && !retain) pool.push(flight.buffer)
    }
  } finally {
    // The other reads still write into the caller's memory: they end before the caller hears of an error.
    await Promise.allSettled(flights.map((flight) => flight.landed))
  }
}

/** The largest slab that is needed. */
function slabRoom(jobs: readonly Job[]): number {
  return jobs.reduce((room, job) => (isAlone(job) ? room : Math.max(room, job.end - job.offset)), 0)
}

function isAlone(job: Job): boolean {
  return job.end - job.offset > LARGE && job.entries.length === 1
}

/**
 * What index and file sizes tell before a byte is read, by entry: files that are missing or too short, tensors on the same bytes (no writer makes those, and each byte is read once).
 */
async function faultsOf(sorted: readonly TensorEntry[], plan: ReadPlan): Promise<ReadonlyMap<TensorEntry, Error>> {
  const faults = new Map<TensorEntry, Error>()
  let before: TensorEntry | undefined
  let shard: { readonly id: number; readonly file: DataFileReader } | undefined
  for (const entry of sorted) {
    try {
      if (shard?.id !== entry.shardId) shard = { id: entry.shardId, file: await plan.dataFile(entry.shardId) }
      const { file } = shard
      file.checkRange(entry.key, entry.offset, entry.size)
      if (entry.size === 0) continue
      if (before?.shardId === entry.shardId && entry.offset < before.offset + before.size) {
        throw overlap(entry, before, file.path)
      }
      before = entry
    } catch (thrown) {
      faults.set(entry, faultOf(thrown, plan, entry.key))
    }
  }
  return faults
}

function jobsOf(sorted: readonly TensorEntry[], faults: ReadonlyMap<TensorEntry, Error>): Job[] {
  const jobs: Job[] = []
  let job: Job | undefined
  for (const entry of sorted) {
    const { shardId, offset } = entry
    const end = offset + entry.size
    const fault = faults.get(entry)
    if (fault !== undefined) jobs.push({ shardId, offset, end: offset, entries: [entry], fault })
    else if (job !== undefined && joins(entry, job)) {
      job.entries.push(entry)
      job.end = Math.max(job.end, end)
    } else {
      job = { shardId, offset, end, entries: [entry] }
      jobs.push(job)
    }
  }
  return jobs
}

function joins(entry: TensorEntry, job: Job): boolean {
  return (
    job.shardId === entry.shardId &&
    entry.size <= LARGE &&
    entry.offset <= job.end + GAP &&
    entry.offset + entry.size - job.offset <= SLAB &&
    !isAlone(job)
  )
}

async function readJob(job: Job, buffer: Uint8Array | undefined, plan: ReadPlan): Promise<readonly TensorBytes[]> {
  const { fault } = job
  if (fault !== undefined) return job.entries.map((entry) => ({ entry, fault }))
  try {
    const file = await plan.dataFile(job.shardId)
    const [first] = job.entries
    if (buffer === undefined) return first === undefined ? [] : [await readAlone(first, file, plan)]
    const bytes = buffer.subarray(0, job.end - job.offset)
    if (bytes.length > 0) await file.readInto(job.offset, bytes)
    return job.entries.map((entry) => {
      const at = entry.offset - job.offset
      return checked(entry, bytes.subarray(at, at + entry.size), file, plan)
    })
  } catch (thrown) {
    const [only, ...others] = job.entries
    if (only !== undefined && others.length === 0) return [{ entry: only, fault: faultOf(thrown, plan, only.key) }]
    // One of them failed: each by itself tells which.
    faultOf(thrown, plan)
    return readOneByOne(job, buffer, plan)
  }
}

async function readOneByOne(job: Job, buffer: Uint8Array | undefined, plan: ReadPlan): Promise<readonly TensorBytes[]> {
  const batch: TensorBytes[] = []
  for (const entry of job.entries) {
    const single = { ...job, entries: [entry], offset: entry.offset, end: entry.offset + entry.size }
    const at = entry.offset - job.offset
    batch.push(...(await readJob(single, buffer?.subarray(at, at + entry.size), plan)))
  }
  return batch
}

async function readAlone(entry: TensorEntry, file: DataFileReader, plan: ReadPlan): Promise<TensorBytes> {
  const { offset, size } = entry
  const { verifyChecksums: summed, signal } = plan
  if (entry.dtype.size === 0) {
    const bytes = newBytes(entry)
    await file.readSummed(offset, bytes, false, signal)
    return checked(entry, bytes, file, plan)
  }
  const target = plan.target(entry)
  const streamed = typeof target === 'function'
  const crc = streamed
    ? await file.stream(offset, size, target, { summed, signal })
    : await file.readSummed(offset, target, summed, signal)
  if (summed) checkSum(entry, crc, file, plan)
  return streamed ? { entry } : { entry, own: target }
}

function checked(entry: TensorEntry, bytes: Uint8Array, file: DataFileReader, plan: ReadPlan): TensorBytes {
  const { key, offset, count, dtype } = entry
  const decode = dtype.kind === 'variant' ? decodeVariantTensor : decodeStringTensor
  const { elements, crc } =
    dtype.size > 0
      ? { crc: plan.verifyChecksums ? crc32c(bytes) : 0 }
      : decode(bytes, count, { path: file.path, key, offset }, plan)
  if (plan.verifyChecksums) checkSum(entry, crc, file, plan)
  return elements === undefined ? { entry, bytes } : { entry, elements }
}

function checkSum(entry: TensorEntry, crc: number, file: DataFileReader, plan: ReadPlan): void {
  const stored = unmaskCrc(entry.crc32c)
  if (stored === crc) return
  throw new DataLossError(
    `TensorBundle at ${plan.prefix} shard ${entry.shardId} (${entry.size} bytes): Checksum does not match: ` +
      `stored ${String(stored).padStart(8, '0')} vs. calculated on the restored bytes ${crc}: ` +
      `tensor ${entry.key} at byte ${entry.offset} of ${file.path}`,
    { path: file.path, key: entry.key, offset: entry.offset },
  )
}

/** What is wrong with a tensor, where faults are collected. @throws what ends the reading */
function faultOf(error: unknown, plan: ReadPlan, key?: string): Error {
  // The reason of an abort stays what it is.
  const aborted = plan.signal?.aborted === true
  const told = aborted || key === undefined ? error : withPlace(error, { key })
  if (aborted || plan.collectFaults !== true || !(told instanceof Error)) throw told
  return told
}

/** The error, with what it does not tell of where it happened; what is no OpError stays what it is. */
export function withPlace(error: unknown, place: { readonly key: string; readonly path?: string }): unknown {
  if (!(error instanceof OpError) || error.key !== undefined) return error
  const { path = place.path, offset, message } = error
  // Every class of OpError is made alike.
  const Class = error.constructor as new (message: string, details: object) => OpError
  return new Class(message, { path, offset, key: place.key, cause: error })
}

function overlap(entry: TensorEntry, before: TensorEntry, path: string): DataLossError {
  const { key, offset } = entry
  const both = `the tensors ${before.key} and ${key} lie on the same bytes`
  return new DataLossError(`Corrupted index: ${both}, at byte ${offset} of ${path}`, { path, key, offset })
}
