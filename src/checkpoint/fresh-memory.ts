/**
 * Memory for values that have none yet, many in one piece.
 *
 * With each buffer that it makes an engine counts what they take, and after some 30 MB it looks for garbage: for a checkpoint of
 * 1 GB in tensors of 1 MB, thirty times, which takes as long as reading it. The pieces are few, then; but one that is left of its
 * tensors keeps the piece, so that none is larger than CHUNK.
 */
import { newBuffer } from '../util/memory'

/** The largest piece. */
const CHUNK = 1 << 26
/** What is larger than this gets a buffer of its own. */
const MOST = 1 << 24
/** Of every kind of numbers. */
const ALIGNED = 8

export class FreshMemory {
  /** Bytes that are still to be read, at most. */
  #left: number
  #made = 0
  #chunk = new ArrayBuffer(0)
  #at = 0

  /** @param bytes of all that may be asked for */
  constructor(bytes: number) {
    this.#left = bytes
  }

  /** So many bytes, zeros, at a multiple of 8; undefined where they had better be by themselves, or there is no memory for a piece. */
  take(bytes: number): Uint8Array<ArrayBuffer> | undefined {
    if (bytes > MOST) return undefined
    const at = Math.ceil(this.#at / ALIGNED) * ALIGNED
    if (at + bytes <= this.#chunk.byteLength) return this.#use(at, bytes)
    // No more than twice of what is needed, where others have memory of their own.
    const size = Math.max(bytes, Math.min(this.#left, CHUNK, Math.max(this.#made, MOST)))
    try {
      this.#chunk = newBuffer(size)
    } catch {
      // A buffer for the one may fit still; else who makes that tells of which tensor it is.
      return undefined
    }
    this.#made += size
    return this.#use(0, bytes)
  }

  #use(at: number, bytes: number): Uint8Array<ArrayBuffer> {
    this.#at = at + bytes
    this.#left -= bytes
    return new Uint8Array(this.#chunk, at, bytes)
  }
}
