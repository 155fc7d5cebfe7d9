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
import { compareBytes } from '../util/bytes'
import { ByteReader } from '../util/coding'
import { roomFor } from '../util/memory'

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
  /** Where the entries end, from the beginning of the block. */
  readonly limit: number
  /** The entry's key; in front of it those before, where they are gathered. */
  #key: Uint8Array
  readonly #gathers: boolean
  #keyStart = 0
  #keyLength = 0
  /** Whether the key is behind the one before it. Of the first one in a block that is for the caller to say. */
  ascends = true
  #value: ByteReader | undefined
  #valueStart = 0
  #valueEnd = 0
  /** Bytes of keys that were shared since the last seek. */
  #expanded = 0
  /** Whether the cursor stands on an entry. */
  valid = false

  /** @param keys memory in which the keys of all entries that are gone through are kept, one behind another */
  constructor(contents: ByteReader, keys?: Uint8Array) {
    const { bytes, end, position } = contents
    if (end - position < 4) throw contents.error('bad block contents: a block of less than 4 bytes')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#restarts = view.getUint32(end - 4, true)
    this.limit = end - 4 - 4 * this.#restarts
    // Without restart points nothing can be found: LevelDB reads such a block as empty, whatever is in it.
    const lost = this.#restarts === 0 && this.limit > position
    if (lost || this.limit < position) {
      throw contents.error(`bad block contents: ${this.#restarts} restart points in a block of ${end - position} bytes`)
    }
    // Every builder begins so; elsewhere a search would not see the entries that seekToFirst does.
    if (this.#restarts > 0 && view.getUint32(this.limit, true) !== 0) {
      throw contents.error('bad block contents: the first restart point is not the first entry')
    }
    this.#reader = contents
    this.#gathers = keys !== undefined
    this.#key = keys ?? new Uint8Array(64)
  }

  /** The key of the entry, a view. */
  get key(): Uint8Array {
    return this.#key.subarray(this.#keyStart, this.keyEnd)
  }

  /** The keys that were gathered, up to `keyEnd`; in the memory that was given, or in more. */
  get keys(): Uint8Array {
    return this.#key
  }

  get keyEnd(): number {
    return this.#keyStart + this.#keyLength
  }

  /** The value of the entry, a view. */
  get value(): Uint8Array {
    return this.#reader.bytes.subarray(this.#valueStart, this.#valueEnd)
  }

  /** A reader of the value, the same one for every entry. Its errors do not name the key. */
  get valueReader(): ByteReader {
    const { bytes, place } = this.#reader
    const reader = (this.#value ??= new ByteReader(bytes, place))
    reader.position = this.#valueStart
    reader.end = this.#valueEnd
    return reader
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
    const { bytes, position: from } = reader
    this.valid = false
    if (from >= this.limit) return
    // Most lengths take a byte; the restart points are behind.
    let shared = bytes[from] as number
    let unshared = bytes[from + 1] as number
    let valueLength = bytes[from + 2] as number
    reader.position = from + 3
    if ((shared | unshared | valueLength) > 0x7f) {
      reader.position = from
      shared = reader.varint32()
      unshared = reader.varint32()
      valueLength = reader.varint32()
    }
    if (shared > this.#keyLength || reader.position + unshared + valueLength > this.limit) {
      throw reader.error('bad entry in block', from)
    }
    this.#expanded += shared
    if (this.#expanded > MAX_EXPANSION * reader.end)
      throw reader.error('bad block contents: its keys are too long', from)
    this.#setKey(shared, reader.position, unshared)
    this.#valueStart = reader.position + unshared
    this.#valueEnd = reader.position = this.#valueStart + valueLength
    this.valid = true
  }

  #setKey(shared: number, tail: number, unshared: number): void {
    const { bytes } = this.#reader
    const from = this.#keyStart
    const end = this.keyEnd
    const start = this.#gathers ? end : from
    this.#keyStart = start
    this.#keyLength = shared + unshared
    const key = this.#roomFor(this.keyEnd)
    let same = 0
    while (same < unshared && key[from + shared + same] === bytes[tail + same] && from + shared + same < end) same++
    const at = from + shared + same
    this.ascends = same < unshared && !(at < end && (key[at] as number) > (bytes[tail + same] as number))
    for (let i = 0; i < shared; i++) key[start + i] = key[from + i] as number
    for (let i = 0; i < unshared; i++) key[start + shared + i] = bytes[tail + i] as number
  }

  #roomFor(bytes: number): Uint8Array {
    return (this.#key = roomFor(this.#key, bytes))
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
    reader.position = this.limit + 4 * index
    // A block without restart points is empty.
    const offset = this.#restarts === 0 ? this.limit : reader.fixed32()
    if (offset > this.limit) throw reader.error(`bad block contents: a restart point at ${offset}`)
    reader.position = offset
  }
}
