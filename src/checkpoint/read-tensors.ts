/**
 * Reads many tensors of a bundle in the order of the file, the next reads under way while the bytes of the last are
 * checksummed and handed on.
 *
 * The tensors of a slab are checked together where fast-paths.ts has a way. Where that finds a fault, each by itself tells which.
 */
import { type NumericArray } from '../tensor/dtype'
import { crc32c, unmaskCrc } from '../util/crc32c'
import { DataLossError, OpError } from '../util/errors'
import { type DataFileReader } from './data-file-reader'
import { endAll, type Flight, giveBack, PIECE, takePiece } from './pieces'
import { isAlone, type Job, jobsOf, type Reading } from './read-jobs'
import { type KeptSlab, type Slab, type SlabKeeper, type Target } from './slab-memory'
import { decodeStringTensor } from './string-tensor'
import { fastPaths } from './fast-paths'
import { newBytes, type TensorEntry } from './tensor-entry'
import { allocate, swapBytes } from './tensor-value'
import { decodeVariantTensor } from './variant-tensor'

/**
 * Memory that reads under way may take at once, in what the file is read in; one read always may. Over a network the next large
 * tensor has to be asked for while one comes: 32 MiB.
 */
const WINDOW = 8
/** Slabs are many: of them it is this part. */
const SLABS = 3
/** Reads that may be under way at once, however small they are; from a disk few, so that they stay in the cache. */
const IN_FLIGHT = 16
const QUICK_IN_FLIGHT = 4

/** How to read. */
export interface ReadPlan<R> {
  readonly prefix: string
  readonly verifyChecksums: boolean
  readonly bigEndian: boolean
  readonly signal?: AbortSignal | undefined
  dataFile(shardId: number): Promise<DataFileReader>
  /**
   * Memory of exactly the size of a tensor of numbers, asked for right before it is read; or what takes its bytes: of one
   * that is read `alone` piece by piece, before its checksum is known. undefined where one that is alone gets memory of its own,
   * and others are handed on as `bytes`.
   */
  target(reading: R, alone: boolean): Target
  /** How small tensors stay valid: `own` in place of `bytes`. Without it their targets that are arrays are passed over. */
  readonly keep?: SlabKeeper | undefined
  /** Hands errors of one tensor out with it, and goes on; else the first one is thrown. */
  readonly collectFaults?: boolean
}

/** A tensor's bytes, checked; fields as in LoadedTensor. */
export interface TensorBytes<R> {
  readonly request: R
  readonly own?: NumericArray
  readonly bytes?: Uint8Array
  readonly swapped?: boolean
  readonly elements?: readonly Uint8Array[]
  readonly fault?: Error
}

/** A job whose reads are under way. */
interface JobFlight<R> extends Flight {
  /** Memory that it takes. */
  readonly size: number
  readonly landed: Promise<TensorBytes<R>[]>
}

/**
 * Batches of tensors in the order of the files; a batch is valid until the next one is asked for.
 *
 * @param readings in that order. With `keep` what index and file sizes tell is told before the first byte is read.
 * @throws {DataLossError} for a checksum that does not match, or tensors that lie on the same bytes
 * @throws {OutOfRangeError} for a data file that is too short
 */
export async function* readTensors<R extends Reading>(
  readings: Iterable<R>,
  plan: ReadPlan<R>,
): AsyncGenerator<readonly TensorBytes<R>[]> {
  const planned = jobsOf(readings, plan.dataFile, (error, key) => faultOf(error, plan, key))
  const jobs = (await plan.keep?.all(planned)) ?? planned
  const flights: JobFlight<R>[] = []
  let underWay = 0
  try {
    for (let next = await jobs.next(); ;) {
      while (next.done !== true) {
        const job = next.value
        const size = (job.end - job.offset) * (isAlone(job) ? 1 : SLABS)
        const most = job.step < PIECE ? QUICK_IN_FLIGHT : IN_FLIGHT
        if (flights.length > 0 && (underWay + size > WINDOW * job.step || flights.length >= most)) break
        const flight = { size, ...startJob(job, plan) }
        flight.landed.catch(() => undefined) // Met when its turn comes.
        flights.push(flight)
        underWay += size
        next = await jobs.next()
      }
      const [flight] = flights
      if (flight === undefined) return
      const batch = await flight.landed
      plan.signal?.throwIfAborted()
      yield batch
      flights.shift()
      underWay -= flight.size
      giveBack(flight)
    }
  } finally {
    // The other reads still write into the caller's memory: they end before the caller hears of an error.
    await endAll(flights)
  }
}

/** A slab that is to be read. */
interface SlabRead<R> {
  readonly job: Job<R>
  readonly targets: readonly Target[]
  readonly bytes: Slab
  readonly kept: KeptSlab | undefined
}

/** Starts to read; `slab` is memory that may be used again, then. */
function startJob<R extends Reading>(job: Job<R>, plan: ReadPlan<R>): Omit<JobFlight<R>, 'size'> {
  const { readings, fault, offset, end } = job
  const [first] = readings as [R]
  if (fault !== undefined) return { landed: Promise.resolve([{ request: first, fault }]) }
  if (isAlone(job)) return { landed: readAlone(first, plan) }
  const targets = readings.map((reading) => (reading.tensor.dtype.size > 0 ? plan.target(reading, false) : undefined))
  const kept = plan.keep?.slab(job, targets)
  const slab = kept?.memory === undefined ? takePiece(end - offset) : undefined
  const bytes = ((kept?.memory ?? slab) as Slab).subarray(0, end - offset)
  return { slab, landed: readSlab({ job, targets, bytes, kept }, plan) }
}

async function readSlab<R extends Reading>(slab: SlabRead<R>, plan: ReadPlan<R>): Promise<TensorBytes<R>[]> {
  const { job, bytes } = slab
  const { readings } = job
  try {
    const file = await plan.dataFile(job.shardId)
    if (bytes.length > 0) await file.readInto(job.offset, bytes)
    const isChecked = !plan.verifyChecksums || fastPaths?.match(readings, bytes, job.offset) === true
    return readings.map((_, i) => handedOn(slab, i, isChecked, file, plan))
  } catch (thrown) {
    const fault = faultOf(thrown, plan, readings.length === 1 ? readings[0]?.tensor.key : undefined)
    if (readings.length === 1) return readings.map((request) => ({ request, fault }))
    // One of them failed: each by itself tells which.
    const batch: TensorBytes<R>[] = []
    for (const reading of readings) {
      const { offset, size } = reading.tensor
      const single = { ...job, readings: [reading], offset, end: offset + size }
      batch.push(...(await startJob(single, plan).landed))
    }
    return batch
  }
}

/** What is handed on of the slab's tensor number `i`, once it is checked. */
function handedOn<R extends Reading>(
  slab: SlabRead<R>,
  i: number,
  isChecked: boolean,
  file: DataFileReader,
  plan: ReadPlan<R>,
): TensorBytes<R> {
  const { job, targets, bytes: whole, kept } = slab
  const request = job.readings[i] as R
  const { tensor } = request
  const at = tensor.offset - job.offset
  const isNumbers = tensor.dtype.size > 0
  const take = targets[i]
  const isTaken = typeof take === 'function'
  if (isChecked && isNumbers && kept !== undefined && !isTaken) return owned(request, kept.numbers(i, whole), plan)
  const bytes = whole.subarray(at, at + tensor.size)
  if (!isNumbers) return { request, elements: checkedElements(tensor, bytes, file, plan) }
  if (!isChecked) {
    checkSum(tensor, crc32c(bytes), file, plan)
    // It is this one that is sound, of a slab that is not.
    return handedOn(slab, i, true, file, plan)
  }
  if (!isTaken) return { request, bytes, swapped: plan.bigEndian }
  take(bytes, 0)
  return { request }
}

function owned<R extends Reading>(request: R, own: NumericArray, { bigEndian }: ReadPlan<R>): TensorBytes<R> {
  if (bigEndian) swapBytes(own)
  return { request, own }
}

async function readAlone<R extends Reading>(request: R, plan: ReadPlan<R>): Promise<TensorBytes<R>[]> {
  const { tensor } = request
  try {
    const file = await plan.dataFile(tensor.shardId)
    const { offset, size } = tensor
    const { verifyChecksums: summed, signal } = plan
    if (tensor.dtype.size === 0) {
      const bytes = newBytes(tensor)
      await file.readSummed(offset, bytes, false, signal)
      return [{ request, elements: checkedElements(tensor, bytes, file, plan) }]
    }
    const given = plan.target(request, true)
    const target = given ?? plan.keep?.fresh(tensor) ?? allocate(request)
    const streamed = typeof target === 'function'
    const crc = streamed
      ? await file.stream(offset, size, target, { summed, signal })
      : await file.readSummed(offset, target, summed, signal, given !== undefined)
    if (summed) checkSum(tensor, crc, file, plan)
    return [streamed ? { request } : owned(request, target, plan)]
  } catch (thrown) {
    return [{ request, fault: faultOf(thrown, plan, tensor.key) }]
  }
}

function checkedElements<R>(
  tensor: TensorEntry,
  bytes: Uint8Array,
  file: DataFileReader,
  plan: ReadPlan<R>,
): readonly Uint8Array[] {
  const { key, offset, count, dtype } = tensor
  const decode = dtype.kind === 'variant' ? decodeVariantTensor : decodeStringTensor
  const { elements, crc } = decode(bytes, count, { path: file.path, key, offset }, plan)
  if (plan.verifyChecksums) checkSum(tensor, crc, file, plan)
  return elements
}

function checkSum(entry: TensorEntry, crc: number, file: DataFileReader, plan: Pick<ReadPlan<never>, 'prefix'>): void {
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
function faultOf<R>(error: unknown, plan: ReadPlan<R>, key?: string): Error {
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
