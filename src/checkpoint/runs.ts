/**
 * Runs: small tensors that lie one behind another in a file, read together and held against one checksum (joint-sums.ts), by the
 * numbers of the index, without an object for each.
 *
 * Who goes through runs leaves what does not fit in to who reads tensor by tensor, and tells what is wrong with which.
 */
import { CRC32C, DTYPE, OFFSET, SHARD, SIZE } from '../proto/bundle-messages'
import { dtypeInfoByNumber } from '../tensor/dtype'
import { crc32c, unmaskCrc } from '../util/crc32c'
import { joinCrc32c } from '../util/crc32c-join'
import { type BundleColumns } from './bundle-columns'
import { type DataFileReader } from './data-file-reader'
import { type BundlePlan } from './open-bundle'
import { endAll, type Flight, giveBack, QUICK, takePiece } from './pieces'
import { type Slab } from './slab-memory'

/** Reads under way at once. */
const IN_FLIGHT = 4
/** Fewer tensors are no run: they are read where they lie between large ones. */
export const FEW = 16

/** Tensors of an index, and how they are read. */
export interface RunsOf {
  readonly columns: BundleColumns
  /** Positions in the index, in the order of the files. */
  readonly places: Uint32Array
  readonly plan: BundlePlan
}

/** Tensors of numbers that lie one behind another, from one place in the order of the files up to another. */
export interface Run {
  readonly file: DataFileReader
  readonly offset: number
  end: number
  readonly from: number
  to: number
}

/** A run that was read; its bytes are valid until the next. */
export interface ReadRun {
  readonly run: Run
  /** What it was read into, with other runs before it. */
  readonly slab: Slab
  readonly bytes: Uint8Array<ArrayBuffer>
}

interface RunFlight extends Flight, ReadRun {
  readonly slab: Slab
}

/** The runs that could be read and have the checksums of the index, in their order. @param places as runsOf() */
export async function* readRuns(
  runs: AsyncIterator<Run> | Iterator<Run>,
  { columns, places, plan }: RunsOf,
): AsyncGenerator<ReadRun> {
  const flights: RunFlight[] = []
  try {
    for (let next = await runs.next(); ;) {
      for (; next.done !== true && flights.length < IN_FLIGHT; next = await runs.next())
        flights.push(startRun(next.value))
      const [flight] = flights
      if (flight === undefined) return
      const isRead = await flight.landed
      plan.signal?.throwIfAborted()
      if (isRead && (!plan.verifyChecksums || sumOf(columns, places, flight.run) === crc32c(flight.bytes))) yield flight
      flights.shift()
      giveBack(flight)
    }
  } finally {
    await endAll(flights)
  }
}

/** Whether tensors lie on the same bytes, which who reads them in turn has to find. */
export function overlap(tensors: BundleColumns, places: Uint32Array): boolean {
  let [shard, end] = [-1, 0]
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number
    const [shardId, offset, size] = [tensors.number(at, SHARD), tensors.number(at, OFFSET), tensors.number(at, SIZE)]
    if (size === 0) continue
    if (shardId === shard && offset < end) return true
    shard = shardId
    end = offset + size
  }
  return false
}

/** Runs of many, each no longer than what its file is read in. A file that has none is not opened. */
export async function* runsOf({ columns: tensors, places, plan }: RunsOf): AsyncGenerator<Run> {
  for (const [from, to] of stretchesOf(tensors, places)) {
    const file = await plan.dataFile(tensors.number(places[from] as number, SHARD)).catch(() => undefined)
    if (file === undefined) continue
    let run: Run | undefined
    for (let i = from; i < to; i++) {
      const at = places[i] as number
      const [offset, size] = [tensors.number(at, OFFSET), tensors.number(at, SIZE)]
      // It is too short.
      if (offset + size > file.size) break
      if (run !== undefined && offset + size - run.offset > file.step) {
        yield run
        run = undefined
      }
      run ??= { file, offset, end: offset, from: i, to: i }
      run.end = offset + size
      run.to = i + 1
    }
    if (run !== undefined) yield run
  }
}

/** Small tensors of numbers of one file, one behind another and many: from which of the places, and up to which. */
function* stretchesOf(tensors: BundleColumns, places: Uint32Array): Generator<readonly [from: number, to: number]> {
  let [from, shard, end] = [0, -1, 0]
  let [dtype, isNumbers] = [-1, false]
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number
    const [shardId, offset, size] = [tensors.number(at, SHARD), tensors.number(at, OFFSET), tensors.number(at, SIZE)]
    if (tensors.number(at, DTYPE) !== dtype) {
      dtype = tensors.number(at, DTYPE)
      isNumbers = (dtypeInfoByNumber(dtype)?.size ?? 0) > 0
    }
    const isSmall = isNumbers && size <= QUICK / FEW
    if (!isSmall || shardId !== shard || offset !== end) {
      if (i - from >= FEW) yield [from, i]
      from = isSmall ? i : i + 1
    }
    shard = shardId
    end = offset + size
  }
  if (places.length - from >= FEW) yield [from, places.length]
}

function startRun(run: Run): RunFlight {
  const { file, offset, end } = run
  const slab = takePiece(end - offset)
  const bytes = slab.subarray(0, end - offset)
  return { run, slab, bytes, landed: wasRead(file, offset, bytes) }
}

async function wasRead(file: DataFileReader, offset: number, bytes: Uint8Array): Promise<boolean> {
  try {
    if (bytes.length > 0) await file.readInto(offset, bytes)
    return true
  } catch {
    return false
  }
}

/** What the index has for all of their bytes. */
function sumOf(tensors: BundleColumns, places: Uint32Array, { from, to }: Run): number {
  let sum = 0
  for (let i = from; i < to; i++) {
    const at = places[i] as number
    sum = joinCrc32c(sum, unmaskCrc(tensors.number(at, CRC32C)), tensors.number(at, SIZE))
  }
  return sum
}
