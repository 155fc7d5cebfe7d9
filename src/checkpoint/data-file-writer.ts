/**
 * Writes a data file front to back: small pieces gathered in a staging buffer, large ones straight from the caller's
 * array, each checksummed while the piece before it is being written.
 *
 * The staging buffer is two halves of one memory, one that is filled and one that is being written: small pieces are copied there
 * once, and summed where they lie. A file that puts appends in a row itself is handed the next piece before the last one is
 * written: the system waits for no turn of the event loop, and arrays of some 100 kB are written several at once.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.h, FileOutputBuffer, by its place; it copies all through 8 MiB.
 */
import { type WritableFile } from '../fs/file-system'
import { type NodeWritableFile, queuesAppends } from '../fs/node-file'
import { type NumericArray, type NumericArrayConstructor } from '../tensor/dtype'
import { crc32c } from '../util/crc32c'
import { newSummedMemory, type SummedMemory } from '../util/summed-memory'

/** Room of a half of the staging buffer. */
const STAGING = 1 << 20
/** Pieces of up to this size are gathered. */
const SMALL = 1 << 17
/** A large array is written in pieces of this size: checksummed while it is warm, then handed to the system. */
const PIECE = 4 << 20
/** A file that puts appends in a row is given more before it is done with these. Much more would leave the cache unwritten. */
const AHEAD = 2 << 20
/** Where the file is to be synced, the medium gets bytes whenever there are so many. */
const SYNC_EVERY = 32 << 20

/** The staging buffer of a writer that is done, for the next: making one takes longer than a small save. */
let spare: Staging | undefined

/** Two halves, and the same memory as arrays of other kinds, by their constructor: copying from one kind to the same takes no view. */
interface Staging {
  readonly memory: SummedMemory
  readonly arrays: Map<NumericArrayConstructor, NumericArray>
}

function takeStaging(): Staging {
  const taken = spare ?? { memory: newSummedMemory(2 * STAGING), arrays: new Map() }
  spare = undefined
  return taken
}

export class DataFileWriter {
  readonly #file: WritableFile
  /** The same where it puts appends in a row. */
  readonly #row: NodeWritableFile | undefined
  /** Whether the file is going to be synced. */
  readonly #durable: boolean
  /** Bytes since the last time that the medium got some. */
  #unsynced = 0
  /** The next bytes are handed over when fewer than these are with the file. */
  readonly #ahead: number
  /** Made when there is something small. */
  #staging: Staging | undefined
  /** Where the half begins that is being filled, and how much is in it. */
  #half = 0
  #staged = 0
  /** The write of the other half. */
  #otherHalf: Promise<void> = Promise.resolve()
  /** What is with the file, the oldest first. One that failed stays in front, and leaves its error to every later call. */
  readonly #pending: Promise<void>[] = []
  #pendingBytes = 0
  /** Bytes handed in so far: the offset of the next. */
  size = 0

  /** @param durable whether the file is going to be synced: the medium then gets bytes while others are written */
  constructor(file: WritableFile, durable = false) {
    this.#file = file
    this.#row = queuesAppends(file) ? file : undefined
    this.#ahead = this.#row === undefined ? 0 : AHEAD
    this.#durable = durable
  }

  /**
   * Writes `bytes` behind what was written; the checksum of `crc` followed by them. One call after the other.
   * Up to 128 KiB are copied and may change once this has settled; more must stay as they are until `flush` has.
   */
  async append(bytes: Uint8Array, crc = 0): Promise<number> {
    const sum = bytes.length <= SMALL ? this.appendSmall(bytes, crc) : undefined
    return sum ?? this.#appendLarge(bytes, crc)
  }

  /** `append` of a small piece that fits the staging buffer, without a promise; undefined where it does not. */
  appendSmall(bytes: Uint8Array, crc = 0): number | undefined {
    if (bytes.length > SMALL || this.#staged + bytes.length > STAGING) return undefined
    const { memory } = (this.#staging ??= takeStaging())
    memory.bytes.set(bytes, this.#half + this.#staged)
    return this.#take(memory, bytes.length, crc)
  }

  /** The same of the elements of an array of the kind `Kind`. */
  appendArray(array: NumericArray, Kind: NumericArrayConstructor): number | undefined {
    const { byteLength } = array
    if (byteLength > SMALL || this.#staged + byteLength > STAGING) return undefined
    const { memory, arrays } = (this.#staging ??= takeStaging())
    const at = this.#half + this.#staged
    if (at % Kind.BYTES_PER_ELEMENT === 0) {
      // Of one kind, so that no element is converted; which one, the type checker cannot see.
      const all = arrays.get(Kind) ?? addArray(arrays, memory, Kind)
      ;(all as Uint8Array).set(array as Uint8Array, at / Kind.BYTES_PER_ELEMENT)
    } else memory.bytes.set(new Uint8Array(array.buffer, array.byteOffset, byteLength), at)
    return this.#take(memory, byteLength, 0)
  }

  /** Waits until all that was handed in is with the file. */
  async flush(): Promise<void> {
    await this.#flushStaging()
    await this.#settle(0)
  }

  /** The last flush: nothing may be appended any more. */
  async finish(): Promise<void> {
    await this.flush()
    // A file system that has taken the memory away has broken its promise; the next writer must not meet that.
    if (this.#staging?.memory.bytes.length === 2 * STAGING) spare = this.#staging
    this.#staging = undefined
  }

  /** Over the copy, so that what is checksummed is what is written. */
  #take(memory: SummedMemory, length: number, crc: number): number {
    const at = this.#half + this.#staged
    this.#staged += length
    this.size += length
    return memory.sum(at, length, crc)
  }

  async #appendLarge(bytes: Uint8Array, crc: number): Promise<number> {
    await this.#flushStaging()
    const small = this.appendSmall(bytes, crc)
    if (small !== undefined) return small
    let sum = crc
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE)
      sum = crc32c(piece, sum)
      await this.#settle(this.#ahead)
      this.#start(piece)
      // A file begins to write in a later microtask, as Node's does, and the next checksum leaves it none.
      await Promise.resolve()
    }
    this.size += bytes.length
    return sum
  }

  async #flushStaging(): Promise<void> {
    if (this.#staged === 0 || this.#staging === undefined) return
    const bytes = this.#staging.memory.bytes.subarray(this.#half, this.#half + this.#staged)
    await this.#settle(this.#ahead)
    // What is being written must not change: the other half takes over, once it is written.
    await this.#otherHalf
    this.#otherHalf = this.#start(bytes)
    this.#half = STAGING - this.#half
    this.#staged = 0
  }

  #start(bytes: Uint8Array): Promise<void> {
    this.#pendingBytes += bytes.length
    const done = this.#append(bytes)
    this.#sync(bytes.length)
    this.#pending.push(done)
    // The error is met by the next #settle; until then it must not count as unhandled.
    done.catch(() => undefined)
    return done
  }

  /** A file that throws, and one that rejects, fail alike. */
  async #append(bytes: Uint8Array): Promise<void> {
    await this.#file.append(bytes)
    this.#pending.shift()
    this.#pendingBytes -= bytes.length
  }

  #sync(bytes: number): void {
    this.#unsynced += bytes
    if (!this.#durable || this.#unsynced < SYNC_EVERY) return
    this.#unsynced = 0
    this.#row?.syncSoon()
  }

  /** Waits until fewer bytes are with the file; for 0 until none are, and no append either. */
  async #settle(bytes: number): Promise<void> {
    while (this.#pending.length > 0 && this.#pendingBytes >= bytes) await this.#pending[0]
  }
}

function addArray(arrays: Staging['arrays'], { bytes }: SummedMemory, Kind: NumericArrayConstructor): NumericArray {
  const array = new Kind(bytes.buffer, bytes.byteOffset, bytes.length / Kind.BYTES_PER_ELEMENT)
  arrays.set(Kind, array)
  return array
}
