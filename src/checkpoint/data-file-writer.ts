/**
 * Writes a data file front to back: small pieces gathered in a staging buffer, large ones straight from the caller's
 * array, each checksummed while the piece before it is being written.
 *
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.h, FileOutputBuffer, by its place; it copies all through 8 MiB.
 */
import { type WritableFile } from '../fs/file-system'
import { crc32c } from '../util/crc32c'

/** Room of the staging buffer. */
const STAGING = 1 << 20
/** Pieces of up to this size are gathered. */
const SMALL = 1 << 17
/** A large array is written in pieces of this size: checksummed while it is warm, then handed to the system. */
const PIECE = 4 << 20

export class DataFileWriter {
  readonly #file: WritableFile
  #staging = new Uint8Array(STAGING)
  #spare = new Uint8Array(0)
  #staged = 0
  /** The write that is under way; settled, it leaves its error to the next call. */
  #pending: Promise<void> = Promise.resolve()
  /** Bytes handed in so far: the offset of the next. */
  size = 0

  constructor(file: WritableFile) {
    this.#file = file
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
    const staged = this.#staging.subarray(this.#staged, this.#staged + bytes.length)
    staged.set(bytes)
    this.#staged += bytes.length
    this.size += bytes.length
    // Over the copy, so that what is checksummed is what is written.
    return crc32c(staged, crc)
  }

  /** Waits until all that was handed in is with the file. */
  async flush(): Promise<void> {
    await this.#flushStaging()
    await this.#settle()
  }

  async #appendLarge(bytes: Uint8Array, crc: number): Promise<number> {
    await this.#flushStaging()
    const small = this.appendSmall(bytes, crc)
    if (small !== undefined) return small
    let sum = crc
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE)
      sum = crc32c(piece, sum)
      await this.#settle()
      this.#start(piece)
      // A file begins to write in a later microtask, as Node's does, and the next checksum leaves it none.
      await Promise.resolve()
    }
    this.size += bytes.length
    return sum
  }

  async #flushStaging(): Promise<void> {
    if (this.#staged === 0) return
    const full = this.#staging
    const bytes = full.subarray(0, this.#staged)
    await this.#settle()
    this.#start(bytes)
    // What is being written must not change: the other buffer takes over.
    this.#staging = this.#spare.length > 0 ? this.#spare : new Uint8Array(STAGING)
    this.#spare = full
    this.#staged = 0
  }

  #start(bytes: Uint8Array): void {
    this.#pending = this.#append(bytes)
    // The error is met by the next #settle; until then it must not count as unhandled.
    this.#pending.catch(() => undefined)
  }

  /** A file that throws, and one that rejects, fail alike. */
  async #append(bytes: Uint8Array): Promise<void> {
    await this.#file.append(bytes)
  }

  async #settle(): Promise<void> {
    await this.#pending
  }
}
