/**
 * Builds a block of sorted entries: the twin of block.ts, where the grammar stands.
 *
 * LevelDB: table/block_builder.cc.
 */
import { EMPTY_BYTES, sharedPrefix } from '../util/bytes'
import { ByteWriter } from '../util/coding'

/** Takes entries in ascending order of their keys, and gives the block. */
export class BlockBuilder {
  readonly #writer = new ByteWriter(4096)
  readonly #restartInterval: number
  #restarts: number[] = [0]
  #sinceRestart = 0
  #buffer: Uint8Array<ArrayBuffer> = new Uint8Array(64)
  /** A view of the buffer: neighbours are often of one length, and share it. */
  #lastKey: Uint8Array = EMPTY_BYTES

  constructor(restartInterval: number) {
    this.#restartInterval = restartInterval
  }

  /** Whether nothing was added since the last `finish`. */
  get empty(): boolean {
    return this.#writer.length === 0
  }

  /** Bytes of the block if it were finished now. */
  get sizeEstimate(): number {
    return this.#writer.length + 4 * this.#restarts.length + 4
  }

  /** The key that was added last, a view. */
  get lastKey(): Uint8Array {
    return this.#lastKey
  }

  add(key: Uint8Array, value: Uint8Array): void {
    let shared = 0
    if (this.#sinceRestart < this.#restartInterval) shared = sharedPrefix(this.#lastKey, key)
    else {
      this.#restarts.push(this.#writer.length)
      this.#sinceRestart = 0
    }
    const writer = this.#writer
    writer.varint64(shared)
    writer.varint64(key.length - shared)
    writer.varint64(value.length)
    writer.append(key, shared)
    writer.append(value)
    this.#keep(key)
    this.#sinceRestart++
  }

  /** The bytes of the block; the builder begins a new one. */
  finish(): Uint8Array {
    for (const restart of this.#restarts) this.#writer.fixed32(restart)
    this.#writer.fixed32(this.#restarts.length)
    const bytes = this.#writer.take()
    this.#writer.clear()
    this.#restarts = [0]
    this.#sinceRestart = 0
    this.#lastKey = EMPTY_BYTES
    return bytes
  }

  #keep(key: Uint8Array): void {
    if (key.length > this.#buffer.length) this.#buffer = new Uint8Array(2 * key.length)
    if (key.length !== this.#lastKey.length) this.#lastKey = this.#buffer.subarray(0, key.length)
    this.#lastKey.set(key)
  }
}
