/**
 * Writes a table: sorted entries in blocks, then the empty metaindex block, the index block and the footer.
 * The twin of table.ts; the grammar of the file stands in format.ts, that of a block in block.ts.
 *
 * The index has one entry a block: a key at or behind the block's last and before the next block's first, as short as
 * that can be, and the block's handle.
 * TensorFlow: core/lib/io/table_builder.cc. LevelDB: util/comparator.cc (shortest separator, short successor).
 */
import { compareBytes, concatBytes, sharedPrefix } from '../util/bytes'
import { ByteWriter } from '../util/coding'
import { InvalidArgumentError } from '../util/errors'
import { BlockBuilder } from './block-builder'
import { BLOCK_SIZE, type BlockHandle, encodeFooter, encodeHandle, encodeTrailer, RESTART_INTERVAL } from './format'

/** How a table is cut; TensorFlow's values by default. */
export interface TableOptions {
  readonly blockSize?: number
  readonly restartInterval?: number
}

/** Takes entries in ascending order of their keys and hands the bytes of the file to `emit`, in order. */
export class TableBuilder {
  readonly #emit: (bytes: Uint8Array) => void
  readonly #blockSize: number
  readonly #block: BlockBuilder
  readonly #index = new BlockBuilder(1)
  #offset = 0
  #entries = 0
  /** The last key of the block that was written last, whose index entry waits for the key behind it. */
  #pending: { key: Uint8Array; handle: BlockHandle } | undefined

  constructor(emit: (bytes: Uint8Array) => void, options: TableOptions = {}) {
    this.#emit = emit
    this.#blockSize = options.blockSize ?? BLOCK_SIZE
    this.#block = new BlockBuilder(options.restartInterval ?? RESTART_INTERVAL)
  }

  /** @throws {InvalidArgumentError} for a key that is not behind the one before it. */
  add(key: Uint8Array, value: Uint8Array): void {
    this.#checkOrder(key)
    // An entry that is larger than two blocks gets a block of its own, so that the others stay small.
    if (key.length + value.length >= 2 * this.#blockSize) this.#flush()
    this.#writeIndexEntry(key)
    this.#block.add(key, value)
    this.#entries++
    if (this.#block.sizeEstimate >= this.#blockSize) this.#flush()
  }

  /** `add` of a value in pieces. Those of a large one go to `emit` as they are. */
  addPieces(key: Uint8Array, pieces: readonly Uint8Array[]): void {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    if (key.length + length < 2 * this.#blockSize) {
      this.add(key, concatBytes(pieces))
      return
    }
    this.#checkOrder(key)
    this.#flush()
    this.#writeIndexEntry(key)
    this.#entries++
    const handle = this.#writeBlock(...blockOfOne(key, pieces, length))
    this.#pending = { key: new Uint8Array(key), handle }
  }

  #checkOrder(key: Uint8Array): void {
    const last = this.#block.empty ? this.#pending?.key : this.#block.lastKey
    if (this.#entries > 0 && last !== undefined && compareBytes(key, last) <= 0) {
      throw new InvalidArgumentError('Cannot add to a table: keys must ascend')
    }
  }

  /** Writes what is left: nothing may be added any more. */
  finish(): void {
    this.#flush()
    const metaindex = this.#writeBlock(new BlockBuilder(RESTART_INTERVAL).finish())
    this.#writeIndexEntry(undefined)
    const index = this.#writeBlock(this.#index.finish())
    this.#emit(encodeFooter({ metaindex, index }))
  }

  #flush(): void {
    if (this.#block.empty) return
    const key = this.#block.lastKey.slice()
    this.#pending = { key, handle: this.#writeBlock(this.#block.finish()) }
  }

  #writeBlock(...contents: readonly Uint8Array[]): BlockHandle {
    const offset = this.#offset
    for (const piece of contents) this.#write(piece)
    const size = this.#offset - offset
    this.#write(encodeTrailer(...contents))
    return { offset, size }
  }

  #write(bytes: Uint8Array): void {
    this.#emit(bytes)
    this.#offset += bytes.length
  }

  /** `next` is the first key of the next block; undefined where none follows. */
  #writeIndexEntry(next: Uint8Array | undefined): void {
    if (this.#pending === undefined) return
    const { key, handle } = this.#pending
    const value = new ByteWriter(20)
    encodeHandle(value, handle)
    this.#index.add(next === undefined ? shortSuccessor(key) : shortestSeparator(key, next), value.view())
    this.#pending = undefined
  }
}

/** A block with one entry, in pieces. */
function blockOfOne(key: Uint8Array, value: readonly Uint8Array[], length: number): Uint8Array[] {
  const head = new ByteWriter(key.length + 16)
  for (const number of [0, key.length, length]) head.varint64(number)
  head.append(key)
  const restarts = new ByteWriter(8)
  for (const number of [0, 1]) restarts.fixed32(number)
  return [head.view(), ...value, restarts.view()]
}

/** A short key k with start <= k < limit. */
export function shortestSeparator(start: Uint8Array, limit: Uint8Array): Uint8Array {
  const at = sharedPrefix(start, limit)
  if (at >= start.length || at >= limit.length) return start
  const byte = start[at] as number
  if (byte === 0xff || byte + 1 >= (limit[at] as number)) return start
  return cutIncremented(start, at)
}

/** A short key k with key <= k: cut behind the first byte that can grow. */
export function shortSuccessor(key: Uint8Array): Uint8Array {
  const at = key.findIndex((byte) => byte !== 0xff)
  return at < 0 ? key : cutIncremented(key, at)
}

function cutIncremented(key: Uint8Array, at: number): Uint8Array {
  // Not slice(): that of a Buffer is a view, and the caller's key would change.
  const cut = new Uint8Array(key.subarray(0, at + 1))
  cut[at] = (key[at] as number) + 1
  return cut
}
