/**
 * A block of sorted entries, read in place.
 *
 *     <block> = entry*, restart: fixed32 *, number of restarts: fixed32
 *     <entry> = shared: varint32, unshared: varint32, length of value: varint32, tail of key, value
 *
 * An entry's key is the first `shared` bytes of the key before it and the tail. At a restart point (an offset in the
 * block) shared is 0, so that a search can begin there.
 * LevelDB: table/block.cc, and the head of table/block_builder.cc.
 */
import { compareBytes, EMPTY_BYTES } from '../util/bytes'
import { type ByteReader } from '../util/coding'

/**
 * What keys share may take this many times the block, so that a small one cannot ask for endless work. A restart point
 * every 16 entries, as TensorFlow and LevelDB write them, reaches 15.
 */
const MAX_EXPANSION = 256

/**
 * Walks over the entries of one block. Keys and values are views that the next step overwrites or moves on from:
 * copy what is kept. Every length is checked against the block.
 */
export class BlockCursor {
  readonly #reader: ByteReader
  readonly #restarts: number
  readonly #restartOffset: number
  #key: Uint8Array<ArrayBuffer> = new Uint8Array(64)
  #keyLength = 0
  /** The view that was asked for last: neighbours are often of one length. */
  #keyView: Uint8Array = EMPTY_BYTES
  #valueStart = 0
  #valueEnd = 0
  /** Bytes of keys that were shared since the last seek. */
  #expanded = 0
  /** Whether the cursor stands on an entry. */
  valid = false

  constructor(contents: ByteReader) {
    const { bytes, end, position } = contents
    if (end - position < 4) throw contents.error('bad block contents: a block of less than 4 bytes')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#restarts = view.getUint32(end - 4, true)
    this.#restartOffset = end - 4 - 4 * this.#restarts
    // Without restart points nothing can be found: LevelDB reads such a block as empty, whatever is in it.
    const lost = this.#restarts === 0 && this.#restartOffset > position
    if (lost || this.#restartOffset < position) {
      throw contents.error(`bad block contents: ${this.#restarts} restart points in a block of ${end - position} bytes`)
    }
    // Every builder begins so; elsewhere a search would not see the entries that seekToFirst does.
    if (this.#restarts > 0 && view.getUint32(this.#restartOffset, true) !== 0) {
      throw contents.error('bad block contents: the first restart point is not the first entry')
    }
    this.#reader = contents
  }

  /** The key of the entry, a view. */
  get key(): Uint8Array {
    if (this.#keyView.length !== this.#keyLength) this.#keyView = this.#key.subarray(0, this.#keyLength)
    return this.#keyView
  }

  /** The value of the entry, a view. */
  get value(): Uint8Array {
    return this.#reader.bytes.subarray(this.#valueStart, this.#valueEnd)
  }

  /** Where the value lies in the file, for uncompressed blocks. */
  get valueOffset(): number {
    return (this.#reader.place.offset ?? 0) + this.#valueStart
  }

  /** Goes to the first entry, or to none. */
  seekToFirst(): void {
    this.#reader.position = 0
    this.#keyLength = 0
    this.#expanded = 0
    this.next()
  }

  /** Goes to the first entry whose key is at or behind `target`, or to none. */
  seek(target: Uint8Array): void {
    this.#seekToRestart(this.#lastRestartBefore(target))
    do this.next()
    while (this.valid && compareBytes(this.key, target) < 0)
  }

  next(): void {
    const reader = this.#reader
    const from = reader.position
    this.valid = false
    if (from >= this.#restartOffset) return
    const shared = reader.varint32()
    const unshared = reader.varint32()
    const valueLength = reader.varint32()
    if (shared > this.#keyLength || reader.position + unshared + valueLength > this.#restartOffset) {
      throw reader.error('bad entry in block', from)
    }
    this.#expanded += shared
    if (this.#expanded > MAX_EXPANSION * reader.end)
      throw reader.error('bad block contents: its keys are too long', from)
    this.#setKey(shared, reader.position, unshared)
    reader.skip(unshared)
    this.#valueStart = reader.position
    reader.skip(valueLength)
    this.#valueEnd = reader.position
    this.valid = true
  }

  #setKey(shared: number, tail: number, unshared: number): void {
    const length = shared + unshared
    if (length > this.#key.length) {
      const grown = new Uint8Array(2 * length)
      grown.set(this.#key.subarray(0, shared))
      this.#key = grown
      this.#keyView = EMPTY_BYTES
    }
    copyBytes(this.#reader.bytes, tail, this.#key, shared, unshared)
    this.#keyLength = length
  }

  /** The last restart point whose key is before `target`; the first one where there is none. */
  #lastRestartBefore(target: Uint8Array): number {
    let low = 0
    let high = this.#restarts - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      this.#seekToRestart(middle)
      this.next()
      if (this.valid && compareBytes(this.key, target) < 0) low = middle
      else high = middle - 1
    }
    return low
  }

  #seekToRestart(index: number): void {
    const reader = this.#reader
    this.#keyLength = 0
    this.#expanded = 0
    reader.position = this.#restartOffset + 4 * index
    // A block without restart points is empty.
    const offset = this.#restarts === 0 ? this.#restartOffset : reader.fixed32()
    if (offset > this.#restartOffset) throw reader.error(`bad block contents: a restart point at ${offset}`)
    reader.position = offset
  }
}

/** Up to this size a loop copies sooner than a view is made for `set`. */
const SHORT = 64

function copyBytes(from: Uint8Array, start: number, to: Uint8Array, at: number, length: number): void {
  if (length > SHORT) {
    to.set(from.subarray(start, start + length), at)
    return
  }
  for (let i = 0; i < length; i++) to[at + i] = from[start + i] as number
}
