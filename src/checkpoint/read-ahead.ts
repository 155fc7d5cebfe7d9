/**
 * One small tensor after another, as scripts ask for them with getTensor(): who asks for neighbours in the order of the file gets them
 * from a window that was read ahead. Each read of its own would take longer than all the rest, by far over a network.
 *
 * A window is read when a tensor is asked for that lies right behind the last one: the first is small, the next ones larger. What is asked
 * for in any other order is read by itself. Each tensor is checked by its own checksum; what is wrong is left to who tells of it.
 */
import { crc32c, unmaskCrc } from '../util/crc32c'
import { newBuffer } from '../util/memory'
import { type CheckpointSource, type LoadedTensor, type ReadHow, type ReadRequest } from './checkpoint-source'
import { type BundlePlan } from './open-bundle'
import { GAP } from './read-jobs'
import { type TensorEntry } from './tensor-entry'

/** What is larger is read by itself. */
const SMALL = 1 << 16
const FIRST_WINDOW = 1 << 16
const LARGEST_WINDOW = 1 << 20
const GROWTH = 4

/** Bytes of a data file, once they are there. */
interface Window {
  readonly shardId: number
  readonly offset: number
  readonly end: number
  /** undefined where they could not be read. */
  readonly bytes: Promise<Uint8Array | undefined>
  /** The same without a promise to wait for. */
  landed?: Uint8Array | undefined
}

/** CheckpointSource.read() with windows. */
export function readingAhead(source: CheckpointSource, plan: BundlePlan): CheckpointSource['read'] {
  const windows = new Windows(plan)
  return (requests, how) => {
    // A restore has a way of its own, also for one.
    const isOne = Array.isArray(requests) && requests.length === 1 && how.keep === undefined
    const [request] = isOne ? requests : []
    if (request === undefined || request.slice !== undefined) return source.read(requests, how)
    const window = windows.of(request.tensor as TensorEntry)
    return window === undefined ? source.read(requests, how) : readFrom(window, request, how)
  }
  /** Whoever finds something wrong reads it again. */
  async function* readFrom(
    window: Window,
    request: ReadRequest,
    how: ReadHow,
  ): AsyncGenerator<readonly LoadedTensor[]> {
    const tensor = request.tensor as TensorEntry
    const all = window.landed ?? (await window.bytes)
    plan.signal?.throwIfAborted()
    source.checkOpen()
    const at = tensor.offset - window.offset
    const bytes = all?.subarray(at, at + tensor.size)
    const isThere = bytes?.length === tensor.size
    if (isThere && (!plan.verifyChecksums || crc32c(bytes) === unmaskCrc(tensor.crc32c)))
      yield [{ request, bytes, swapped: plan.bigEndian }]
    else yield* source.read([request], how)
  }
}

class Windows {
  readonly #plan: BundlePlan
  #window: Window | undefined
  /** Where the tensor ends that was asked for last. */
  #shardId = -1
  #end = -1
  #size = FIRST_WINDOW

  constructor(plan: BundlePlan) {
    this.#plan = plan
  }

  /** The window in which the tensor lies; undefined for one that is to be read by itself. */
  of({ shardId, offset, size, dtype, slices }: TensorEntry): Window | undefined {
    if (size > SMALL || size === 0 || dtype.size === 0 || slices.length > 0) return undefined
    const isNext = shardId === this.#shardId && offset >= this.#end && offset <= this.#end + GAP
    this.#shardId = shardId
    this.#end = offset + size
    const window = this.#window
    if (window?.shardId === shardId && offset >= window.offset && offset + size <= window.end) return window
    if (!isNext) {
      this.#size = FIRST_WINDOW
      return undefined
    }
    return (this.#window = this.#open(shardId, offset))
  }

  #open(shardId: number, offset: number): Window {
    const end = offset + Math.max(this.#size, SMALL)
    this.#size = Math.min(GROWTH * this.#size, LARGEST_WINDOW)
    const bytes = this.#read(shardId, offset, end)
    const window: Window = { shardId, offset, end, bytes }
    void bytes.then((landed) => (window.landed = landed))
    return window
  }

  async #read(shardId: number, offset: number, end: number): Promise<Uint8Array | undefined> {
    try {
      const file = await this.#plan.dataFile(shardId)
      const bytes = new Uint8Array(newBuffer(Math.min(end, file.size) - offset))
      await file.readInto(offset, bytes)
      return bytes
    } catch {
      return undefined
    }
  }
}
