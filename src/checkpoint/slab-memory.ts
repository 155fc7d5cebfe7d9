/**
 * Memory for tensors that are read together and stay where they are: what restoring adds to reading.
 *
 * A slab is read straight into the tensors' arrays where those lie in memory as the tensors do in the file. So they do once a
 * restore has put them there: what has no array gets its place in a slab that stays. Else it goes through a slab that is
 * used again, and is copied.
 */
import { type DTypeInfo, type NumericArray, type NumericArrayConstructor } from '../tensor/dtype'
import { newBuffer } from '../util/memory'
import { FreshMemory } from './fresh-memory'
import { type Take } from './data-file-reader'
import { type Job, type Reading } from './read-jobs'
import { type TensorEntry } from './tensor-entry'

/** Memory that neighbours are read into. */
export type Slab = Uint8Array<ArrayBuffer>

/** How the slab of a job is kept. */
export interface KeptSlab {
  /** What it is read into; undefined where that may be used again. */
  readonly memory: Slab | undefined
  /** The numbers of the reading number `i`, once the slab is read: in its target, or where they lie. */
  numbers(i: number, slab: Slab): NumericArray
}

/** What is wanted of a tensor: an array that it is read into. */
export type Target = NumericArray | Take | undefined

/** What restoring adds to reading. */
export interface SlabKeeper {
  /** Every job, before the first is begun. */
  all<R extends Reading>(jobs: AsyncIterable<Job<R>>): Promise<Iterator<Job<R>>>
  /** Memory for a tensor that is read alone and has none; undefined where it had better have a buffer of its own. */
  fresh(tensor: TensorEntry): NumericArray | undefined
  /** Gives every tensor of numbers an array that stays, but for those that somebody takes piece by piece. */
  slab(job: Job<Reading>, targets: readonly Target[]): KeptSlab
}

/** For one restore. */
export function slabKeeper(): SlabKeeper {
  let memory = new FreshMemory(0)
  return {
    async all<R extends Reading>(jobs: AsyncIterable<Job<R>>) {
      const list: Job<R>[] = []
      for await (const job of jobs) list.push(job)
      memory = new FreshMemory(list.reduce((sum, { offset, end }) => sum + end - offset, 0))
      return list.values()
    },
    fresh: ({ dtype, size }) => {
      const bytes = memory.take(size)
      return bytes && viewOf(dtype, bytes)
    },
    slab: (job, targets) => keepSlab(job, targets, memory),
  }
}

function keepSlab(job: Job<Reading>, targets: readonly Target[], memory: FreshMemory): KeptSlab {
  const direct = memoryOf(job, targets)
  if (direct !== undefined) return { memory: direct, numbers: (i) => targets[i] as NumericArray }
  const homeless = job.readings.filter(({ tensor }, i) => tensor.dtype.size > 0 && targets[i] === undefined)
  const bytes = homeless.reduce((sum, { tensor }) => sum + tensor.size, 0)
  // A few that lie far from one another would keep what lies between them, too: those get memory of their own.
  const stays = bytes > 0 && 2 * bytes >= job.end - job.offset
  const numbers = (i: number, slab: Slab): NumericArray => {
    const { tensor } = job.readings[i] as Reading
    const target = (targets[i] as NumericArray | undefined) ?? (stays ? undefined : newNumbers(tensor))
    return placed(tensor, slab, tensor.offset - job.offset, target)
  }
  return { memory: stays ? ownSlab(job, memory) : undefined, numbers }
}

function viewOf({ Array }: DTypeInfo, { buffer, byteOffset, length }: Slab): NumericArray {
  // Only of numbers is there any.
  const Numbers = Array as NumericArrayConstructor
  return new Numbers(buffer, byteOffset, length / Numbers.BYTES_PER_ELEMENT)
}

function newNumbers({ dtype, size }: TensorEntry): NumericArray {
  return new (dtype.Array as NumericArrayConstructor)(newBuffer(size))
}

/** The memory of all the targets, where they lie side by side just as the tensors do in the file. */
function memoryOf(job: Job<Reading>, targets: readonly Target[]): Slab | undefined {
  const { readings } = job
  let start: NumericArray | undefined
  let { offset: end } = job
  for (let i = 0; i < readings.length; i++) {
    const { offset, size } = (readings[i] as Reading).tensor
    const target = targets[i]
    if (target === undefined || typeof target === 'function') return undefined
    if (size === 0) continue
    start ??= target
    const isNext = offset === end && target.byteOffset - start.byteOffset === offset - job.offset
    // To ask a small array for its buffer makes one.
    if (!isNext || target.buffer !== start.buffer) return undefined
    end = offset + size
  }
  if (start === undefined || end !== job.end) return undefined
  return new Uint8Array(start.buffer, start.byteOffset, end - job.offset)
}

/** Memory that stays, so placed that the largest tensor in it is aligned. */
function ownSlab({ readings, offset, end }: Job<Reading>, memory: FreshMemory): Slab {
  let largest = readings[0] as Reading
  for (const reading of readings) if (reading.tensor.size > largest.tensor.size) largest = reading
  const pad = (offset - largest.tensor.offset) & 7
  const size = pad + end - offset
  return (memory.take(size) ?? new Uint8Array(newBuffer(size))).subarray(pad)
}

/** A tensor's numbers in the target; without one, where they lie, or, where that is not aligned, in memory of their own. */
function placed(tensor: TensorEntry, slab: Slab, at: number, target?: NumericArray): NumericArray {
  const { dtype, size } = tensor
  const Numbers = dtype.Array as NumericArrayConstructor
  const { BYTES_PER_ELEMENT: item } = Numbers
  const start = slab.byteOffset + at
  if (start % item === 0) {
    const numbers = new Numbers(slab.buffer, start, size / item)
    // Any one kind stands for both: they are of one dtype.
    ;(target as Float32Array | undefined)?.set(numbers as Float32Array)
    return target ?? numbers
  }
  const own = target ?? newNumbers(tensor)
  new Uint8Array(own.buffer, own.byteOffset, size).set(slab.subarray(at, at + size))
  return own
}
