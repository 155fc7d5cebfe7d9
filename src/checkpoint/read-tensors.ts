/**
 * Reads many tensors of a bundle in the order of the file: small neighbours in one read, large ones by themselves, the
 * next reads under way while the bytes of the last are checksummed and handed on.
 */
import { EMPTY_BYTES } from '../util/bytes'
import { crc32c, unmaskCrc } from '../util/crc32c'
import { DataLossError, OpError, type OpErrorDetails, UnimplementedError } from '../util/errors'
import { type DataFileReader } from './data-file-reader'
import { decodeStringTensor } from './string-tensor'
import { newBytes, type TensorEntry } from './tensor-entry'

/** A tensor above this size is read by itself, into memory of its own. */
const LARGE = 1 << 18
/** Neighbours are read together up to this size… */
const SLAB = 4 << 20
/** …and across gaps of up to this: other tensors between those that are wanted. */
const GAP = 1 << 14
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
  /** Memory of exactly `entry.size` bytes for a tensor that is read by itself; undefined where only its checksum matters. */
  target(entry: TensorEntry): ArrayBufferView | undefined
  /** Every batch stays valid: no memory is used twice. */
  readonly retain?: boolean
  /** Hands errors of one tensor out with it, and goes on; else the first one is thrown. */
  readonly collectFaults?: boolean
}

/** A tensor's bytes, checked. */
export interface TensorBytes {
  readonly entry: TensorEntry
  /** As they stand in the file: a view of a buffer that the next batch overwrites, unless `retain`. Empty where `own`. */
  readonly bytes: Uint8Array
  /** Whether they are in the memory that `target` gave. */
  readonly own: boolean
  /** The elements of a string tensor: views of `bytes`. */
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
 * What index and file sizes tell before a byte is read, by entry: parts of the format that are not read here, files that
 * are missing or too short, tensors on the same bytes (no writer makes those, and each byte is read once).
 */
async function faultsOf(sorted: readonly TensorEntry[], plan: ReadPlan): Promise<ReadonlyMap<TensorEntry, Error>> {
  const faults = new Map<TensorEntry, Error>()
  let before: TensorEntry | undefined
  let shard: { readonly id: number; readonly file: DataFileReader } | undefined
  for (const entry of sorted) {
    try {
      checkReadable(entry)
      if (shard?.id !== entry.shardId) shard = { id: entry.shardId, file: await plan.dataFile(entry.shardId) }
      const { file } = shard
      file.checkRange(entry.key, entry.offset, entry.size)
      if (entry.size === 0) continue
      if (before?.shardId === entry.shardId && entry.offset < before.offset + before.size) {
        throw overlap(entry, before, file.path)
      }
      before = entry
    } catch (thrown) {
      const error = ofTensor(thrown, entry, plan)
      if (plan.collectFaults !== true || plan.signal?.aborted === true || !(error instanceof Error)) throw error
      faults.set(entry, error)
    }
  }
  return faults
}

function checkReadable(entry: TensorEntry): void {
  const { key, dtype, slices } = entry
  const what = slices.length > 0 ? 'tensors saved in slices' : dtype.kind === 'variant' ? 'variant tensors' : undefined
  if (what !== undefined) throw new UnimplementedError(`Cannot read ${key}: ${what} are not read yet`, { key })
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
  if (job.fault !== undefined) return job.entries.map((entry) => faulty(entry, job.fault as Error))
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
    const alone = only !== undefined && others.length === 0
    const error = alone ? ofTensor(thrown, only, plan) : thrown
    if (plan.collectFaults !== true || plan.signal?.aborted === true || !(error instanceof Error)) throw error
    if (alone) return [faulty(only, error)]
    // One of them failed: each by itself tells which.
    return readOneByOne(job, buffer, plan)
  }
}

function faulty(entry: TensorEntry, fault: Error): TensorBytes {
  return { entry, bytes: EMPTY_BYTES, own: false, fault }
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
  const target = plan.target(entry)
  const strings = entry.dtype.size === 0
  if (target === undefined && !strings) {
    const crc = plan.verifyChecksums ? await file.sum(entry.offset, entry.size, plan.signal) : unmaskCrc(entry.crc32c)
    checkSum(entry, crc, file, plan)
    return { entry, bytes: EMPTY_BYTES, own: false }
  }
  if (target !== undefined) {
    const crc = await file.readSummed(entry.offset, target, plan.verifyChecksums, plan.signal)
    if (plan.verifyChecksums) checkSum(entry, crc, file, plan)
    return { entry, bytes: EMPTY_BYTES, own: true }
  }
  const bytes = newBytes(entry)
  await file.readSummed(entry.offset, bytes, false, plan.signal)
  return checked(entry, bytes, file, plan)
}

function checked(entry: TensorEntry, bytes: Uint8Array, file: DataFileReader, plan: ReadPlan): TensorBytes {
  if (entry.dtype.size > 0) {
    if (plan.verifyChecksums) checkSum(entry, crc32c(bytes), file, plan)
    return { entry, bytes, own: false }
  }
  const place = { path: file.path, key: entry.key, offset: entry.offset }
  const { elements, crc } = decodeStringTensor(bytes, entry.count, place, plan)
  if (plan.verifyChecksums) checkSum(entry, crc, file, plan)
  return { entry, bytes, own: false, elements }
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

/** A file's error, with the tensor that it keeps from being read; the reason of an abort stays what it is. */
function ofTensor(error: unknown, entry: TensorEntry, plan: ReadPlan): unknown {
  if (plan.signal?.aborted === true || !(error instanceof OpError) || error.key !== undefined) return error
  const { path, offset, message } = error
  // Every class of OpError is made alike.
  const Class = error.constructor as new (message: string, details: OpErrorDetails) => OpError
  const place = { ...(path === undefined ? {} : { path }), ...(offset === undefined ? {} : { offset }) }
  return new Class(message, { ...place, key: entry.key, cause: error })
}

function overlap(entry: TensorEntry, before: TensorEntry, path: string): DataLossError {
  const { key, offset } = entry
  const both = `the tensors ${before.key} and ${key} lie on the same bytes`
  return new DataLossError(`Corrupted index: ${both}, at byte ${offset} of ${path}`, { path, key, offset })
}
