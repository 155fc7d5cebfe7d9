/**
 * Reads ranges of a data file: the twin of data-file-writer.ts. Large ranges in pieces, several under way at once, each
 * checksummed as it lands, in whatever order, while the others are read.
 */
import { type RandomAccessFile, type ReadableFileSystem } from '../fs/file-system'
import { crc32c } from '../util/crc32c'
import { OutOfRangeError } from '../util/errors'
import { newBuffer } from '../util/memory'
import { summing } from './summing'

/** A large range is read in pieces of this size. */
const PIECE = 4 << 20
/** Reads under way at once: the system's threads do them beside the checksum. */
const IN_FLIGHT = 4
/** From a file that is quick, what is looked at and let go of comes in smaller ones, which stay in the cache. */
const SMALL_PIECE = 1 << 20

/** Memory of streams that are over, of any file: a checkpoint may have thousands. */
const spare: Uint8Array[] = []

/** Takes bytes of a range, from its byte `at` on. */
export type Take = (bytes: Uint8Array, at: number) => void

interface PieceOptions {
  readonly summed: boolean
  readonly signal?: AbortSignal | undefined
  readonly take?: Take
  readonly step: number
}

export class DataFileReader {
  readonly path: string
  readonly #file: RandomAccessFile

  private constructor(file: RandomAccessFile, path: string) {
    this.#file = file
    this.path = path
  }

  static async open(fs: ReadableFileSystem, path: string, signal?: AbortSignal): Promise<DataFileReader> {
    return new DataFileReader(await fs.open(path, signal === undefined ? {} : { signal }), path)
  }

  get size(): number {
    return this.#file.size
  }

  /** @throws {OutOfRangeError} for a range that the file does not have, before anything is allocated for it */
  checkRange(key: string, offset: number, size: number): void {
    const missing = offset + size - this.size
    if (missing <= 0) return
    throw new OutOfRangeError(
      `Read less bytes than requested: ${key} takes ${size} bytes at byte ${offset} of ${this.path}, ` +
        `which has ${this.size}: ${missing} bytes are missing`,
      { path: this.path, key, offset },
    )
  }

  /** Fills `target` from `offset`, without a checksum. */
  async readInto(offset: number, target: Uint8Array): Promise<void> {
    if (this.#file.readInto !== undefined) {
      await this.#file.readInto(offset, target)
      return
    }
    const bytes = await this.#file.read(offset, target.length)
    if (bytes.length !== target.length) {
      const what = `${bytes.length} bytes came for ${target.length} at byte ${offset} of ${this.path}`
      throw new OutOfRangeError(`Read less bytes than requested: ${what}`, { path: this.path, offset })
    }
    target.set(bytes)
  }

  /** Fills the bytes of `target` from `offset`; the unmasked checksum of what came, or 0 where none is wanted. */
  async readSummed(offset: number, target: ArrayBufferView, summed: boolean, signal?: AbortSignal): Promise<number> {
    const { buffer, byteOffset, byteLength } = target
    // Not a Uint8Array over all of it: in Node 20 that ends at 4 GiB, where a Float32Array has 16.
    const piece = (at: number): Uint8Array => new Uint8Array(buffer, byteOffset + at, Math.min(PIECE, byteLength - at))
    return this.#pieces(offset, byteLength, piece, { summed, signal, step: PIECE })
  }

  /**
   * Hands a range to `take`, piece by piece in order, and keeps nothing: a piece is valid for that call only. No element is
   * cut in two. The unmasked checksum, or 0.
   */
  async stream(
    offset: number,
    size: number,
    take: Take,
    options: { readonly summed: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<number> {
    const step = this.#file.quick ? SMALL_PIECE : PIECE
    const room = Math.min(step, size)
    const buffers = Array.from({ length: Math.min(IN_FLIGHT, Math.ceil(size / step)) }, () => this.#buffer(room))
    const piece = (at: number): Uint8Array => {
      // One of the buffers is free again whenever a piece is asked for.
      const buffer = buffers[(at / step) % buffers.length] as Uint8Array
      return buffer.subarray(0, Math.min(step, size - at))
    }
    try {
      return await this.#pieces(offset, size, piece, { ...options, take, step })
    } finally {
      spare.push(...buffers)
      spare.length = Math.min(spare.length, 2 * IN_FLIGHT)
    }
  }

  /** Memory that no stream uses now: fresh memory costs more than the reading. */
  #buffer(room: number): Uint8Array {
    const buffer = spare.pop()
    return buffer !== undefined && buffer.length >= room ? buffer : new Uint8Array(newBuffer(room))
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  /** Reads piece after piece of `step` bytes with IN_FLIGHT under way; `piece` gives the memory for the one at that place in the range. */
  async #pieces(
    offset: number,
    size: number,
    piece: (at: number) => Uint8Array,
    { summed, signal, take, step }: PieceOptions,
  ): Promise<number> {
    const flights: { at: number; bytes: Uint8Array; landed: Promise<number> }[] = []
    let at = 0
    let crc = 0
    const join = summed ? summing?.join : undefined
    const start = (): void => {
      const bytes = piece(at)
      const landed = this.readInto(offset + at, bytes).then(() => (join === undefined ? 0 : crc32c(bytes)))
      landed.catch(() => undefined) // Met below when its turn comes.
      flights.push({ at, bytes, landed })
      at += step
    }
    try {
      while (at < size && flights.length < IN_FLIGHT) start()
      for (let flight = flights.shift(); flight !== undefined; flight = flights.shift()) {
        const sum = await flight.landed
        signal?.throwIfAborted()
        if (join !== undefined) crc = join(crc, sum, flight.bytes.length)
        else if (summed) crc = crc32c(flight.bytes, crc)
        take?.(flight.bytes, flight.at)
        if (at < size) start()
      }
    } finally {
      // On an error the other reads still write into the caller's memory: they end before the caller hears of it.
      await Promise.allSettled(flights.map((flight) => flight.landed))
    }
    return crc
  }
}
