/**
 * Reads ranges of a data file: the twin of data-file-writer.ts. Large ranges in pieces, several under way at once, each
 * checksummed as it lands, in whatever order, while the others are read.
 */
import { type RandomAccessFile, type ReadableFileSystem } from '../fs/file-system'
import { crc32c } from '../util/crc32c'
import { OutOfRangeError } from '../util/errors'
import { endAll, type Flight, giveBack, PIECE, QUICK, takePiece } from './pieces'

/** Reads under way at once: the system's threads do them beside the checksum. */
const IN_FLIGHT = 4

/** Takes bytes of a range, from its byte `at` on. */
export type Take = (bytes: Uint8Array, at: number) => void

interface Summed {
  /** Whether a checksum is wanted. */
  readonly summed: boolean
  readonly signal?: AbortSignal | undefined
}

interface PieceOptions extends Summed {
  readonly take?: Take
  readonly step: number
}

/** What a piece is read into. */
interface Room extends Pick<Flight, 'slab'> {
  readonly bytes: Uint8Array
}

export class DataFileReader {
  readonly path: string
  readonly #file: RandomAccessFile

  private constructor(file: RandomAccessFile, path: string) {
    this.#file = file
    this.path = path
  }

  static async open(fs: ReadableFileSystem, path: string, signal?: AbortSignal): Promise<DataFileReader> {
    return new DataFileReader(await fs.open(path, signal && { signal }), path)
  }

  get size(): number {
    return this.#file.size
  }

  /** The bytes in which it reads what is looked at and let go of. */
  get step(): number {
    return this.#file.quick ? QUICK : PIECE
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
    if (this.#file.readInto !== undefined) return this.#file.readInto(offset, target)
    const bytes = await this.#file.read(offset, target.length)
    if (bytes.length !== target.length) {
      const what = `${bytes.length} bytes came for ${target.length} at byte ${offset} of ${this.path}`
      throw new OutOfRangeError(`Read less bytes than requested: ${what}`, { path: this.path, offset })
    }
    target.set(bytes)
  }

  /**
   * Fills the bytes of `target` from `offset`; the unmasked checksum of what came, or 0 where none is wanted.
   *
   * Memory that was `used` is copied to, from pieces that have stayed in the cache since they were read and checksummed. To touch
   * other memory for the first time costs so much that the threads that read had better do it.
   */
  async readSummed(
    offset: number,
    target: ArrayBufferView,
    summed: boolean,
    signal?: AbortSignal,
    used = false,
  ): Promise<number> {
    const { buffer, byteOffset, byteLength } = target
    // Not a Uint8Array over all of it: in Node 20 that ends at 4 GiB, where a Float32Array has 16.
    const view = (at: number, length: number): Uint8Array => new Uint8Array(buffer, byteOffset + at, length)
    const options = { summed, signal, step: PIECE }
    return used && summed && this.#file.quick
      ? this.stream(offset, byteLength, (bytes, at) => view(at, bytes.length).set(bytes), options)
      : this.#pieces(offset, byteLength, options, (at, length) => ({ bytes: view(at, length) }))
  }

  /**
   * Hands a range to `take`, piece by piece in order, and keeps nothing: a piece is valid for that call only. No element is
   * cut in two. The unmasked checksum, or 0.
   */
  stream(offset: number, size: number, take: Take, options: Summed): Promise<number> {
    return this.#pieces(offset, size, { ...options, take, step: this.step }, (_, length) => {
      const slab = takePiece(length)
      return { slab, bytes: slab.subarray(0, length) }
    })
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /** Reads piece after piece of `step` bytes, IN_FLIGHT under way; `memory` gives room for so many that stand at that place in the range. */
  async #pieces(
    offset: number,
    size: number,
    { summed, signal, take, step }: PieceOptions,
    memory: (at: number, length: number) => Room,
  ): Promise<number> {
    const flights: (Flight & Room & { readonly at: number })[] = []
    let at = 0
    let crc = 0
    const start = (): void => {
      const room = memory(at, Math.min(step, size - at))
      const landed = this.readInto(offset + at, room.bytes)
      landed.catch(() => undefined) // Met below when its turn comes.
      flights.push({ at, ...room, landed })
      at += step
    }
    try {
      while (at < size && flights.length < IN_FLIGHT) start()
      for (let [flight] = flights; flight !== undefined; [flight] = flights) {
        await flight.landed
        signal?.throwIfAborted()
        if (summed) crc = crc32c(flight.bytes, crc)
        take?.(flight.bytes, flight.at)
        flights.shift()
        giveBack(flight)
        if (at < size) start()
      }
    } finally {
      // On an error the other reads still write into the caller's memory: they end before the caller hears of it.
      await endAll(flights)
    }
    return crc
  }
}
