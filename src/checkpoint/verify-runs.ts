/**
 * Verifies many small tensors without an object for each: runs of neighbours, by one checksum (joint-sums.ts).
 *
 * What it does not understand, or finds wrong, is left to who reads tensor by tensor, and tells what is wrong with which.
 */
import { dtypeInfoByNumber } from '../tensor/dtype'
import { crc32c, unmaskCrc } from '../util/crc32c'
import { joinCrc32c } from '../util/crc32c-join'
import { type BundleColumns, CRC32C, DTYPE, OFFSET, SHARD, SIZE } from './bundle-columns'
import { type VerifiedTensor } from './checkpoint-source'
import { type DataFileReader } from './data-file-reader'
import { type BundlePlan } from './open-bundle'
import { endAll, type Flight, giveBack, QUICK, takePiece } from './pieces'

/** Reads under way at once. */
const IN_FLIGHT = 4
/** Fewer tensors are no run: they are read where they lie between large ones. */
const FEW = 16

/** Tensors of numbers that lie one behind another, from one place in the order of the files up to another. */
interface Run {
  readonly shardId: number
  readonly offset: number
  end: number
  readonly from: number
  to: number
}

interface RunFlight extends Flight {
  readonly run: Run
  readonly bytes: Uint8Array
}

/** As FastPaths.verify(). */
export async function* verifyRuns(
  tensors: BundleColumns,
  plan: BundlePlan,
  each: boolean,
): AsyncGenerator<VerifiedTensor, Iterable<number>> {
  const places = tensors.places(true)
  const runs = runsOf(tensors, places)
  /** By its place: whether it is done. */
  const done = new Uint8Array(places.length)
  const flights: RunFlight[] = []
  try {
    for (let next = 0; ;) {
      for (; next < runs.length && flights.length < IN_FLIGHT; next++) {
        const flight = await startRun(runs[next] as Run, plan)
        if (flight !== undefined) flights.push(flight)
      }
      const [flight] = flights
      if (flight === undefined) break
      const { run } = flight
      const isSound = (await flight.landed) && sumOf(tensors, places, run) === crc32c(flight.bytes)
      plan.signal?.throwIfAborted()
      flights.shift()
      giveBack(flight)
      if (!isSound) continue
      done.fill(1, run.from, run.to)
      if (!each) continue
      const [first, ...neighbours] = Array.from(places.subarray(run.from, run.to), (at) => ({
        key: tensors.key(at),
        bytes: tensors.number(at, SIZE),
      }))
      if (first !== undefined) yield { ...first, neighbours }
    }
  } finally {
    await endAll(flights)
  }
  return places.filter((_, i) => done[i] === 0)
}

/** Runs of many; none where tensors lie on the same bytes, which who reads them in turn has to find. */
function runsOf(tensors: BundleColumns, places: Uint32Array): Run[] {
  const runs: Run[] = []
  let run: Run | undefined
  let [shard, end] = [-1, 0]
  let [dtype, isNumbers] = [-1, false]
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number
    const [shardId, offset, size] = [tensors.number(at, SHARD), tensors.number(at, OFFSET), tensors.number(at, SIZE)]
    if (shardId !== shard) [shard, end] = [shardId, 0]
    if (size > 0 && offset < end) return []
    if (size > 0) end = offset + size
    if (tensors.number(at, DTYPE) !== dtype) {
      dtype = tensors.number(at, DTYPE)
      isNumbers = (dtypeInfoByNumber(dtype)?.size ?? 0) > 0
    }
    if (!isNumbers || size > QUICK / FEW) {
      run = undefined
      continue
    }
    const isNext = run?.shardId === shardId && offset === run.end && offset + size - run.offset <= QUICK
    if (run === undefined || !isNext) runs.push((run = { shardId, offset, end: offset, from: i, to: i }))
    run.end = offset + size
    run.to = i + 1
  }
  return runs.filter(({ from, to }) => to - from >= FEW)
}

/** undefined where the file is not there, or too short. */
async function startRun(run: Run, plan: BundlePlan): Promise<RunFlight | undefined> {
  const { offset, end } = run
  const file = await plan.dataFile(run.shardId).catch(() => undefined)
  if (file === undefined || end > file.size) return undefined
  const slab = takePiece(end - offset)
  const bytes = slab.subarray(0, end - offset)
  return { run, slab, bytes, landed: isRead(file, offset, bytes) }
}

async function isRead(file: DataFileReader, offset: number, bytes: Uint8Array): Promise<boolean> {
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
