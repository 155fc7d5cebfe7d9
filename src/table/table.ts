/**
 * Reads a table: an immutable, sorted map from bytes to bytes in a file. The twin of table-builder.ts.
 *
 * Opening reads the footer and the index block. A look-up reads one block more; going through reads block after block.
 * TensorFlow: core/lib/io/table.cc, two_level_iterator.cc.
 */
import { type RandomAccessFile } from '../fs/file-system'
import { compareBytes } from '../util/bytes'
import { ByteReader } from '../util/coding'
import { DataLossError } from '../util/errors'
import { BlockCursor } from './block'
import { BLOCK_TRAILER_SIZE, type BlockHandle, decodeHandle, readBlock, readFooter } from './format'

export class Table {
  readonly #file: RandomAccessFile
  readonly #path: string
  readonly #index: ByteReader
  readonly #verifyChecksums: boolean
  /** The block that was read last: look-ups of neighbours find it here. */
  #cached: { readonly handle: BlockHandle; readonly contents: ByteReader } | undefined

  private constructor(file: RandomAccessFile, path: string, index: ByteReader, verifyChecksums: boolean) {
    this.#file = file
    this.#path = path
    this.#index = index
    this.#verifyChecksums = verifyChecksums
  }

  /**
   * @param path names the file in errors
   * @throws {DataLossError} for a file that is no table, or whose index block is damaged
   */
  static async open(file: RandomAccessFile, path: string, options: { verifyChecksums?: boolean } = {}): Promise<Table> {
    const verifyChecksums = options.verifyChecksums ?? true
    const footer = await readFooter(file, path)
    const index = await readBlock(file, path, footer.index, verifyChecksums)
    return new Table(file, path, index, verifyChecksums)
  }

  /** A cursor on the entry of that very key; undefined where there is none. */
  async find(key: Uint8Array): Promise<BlockCursor | undefined> {
    const index = this.#indexCursor()
    index.seek(key)
    if (!index.valid) return undefined
    const block = await this.#block(this.#handle(index))
    block.seek(key)
    return block.valid && compareBytes(block.key, key) === 0 ? block : undefined
  }

  /**
   * The blocks in order, each a cursor that stands on its first entry. Keys ascend in a table; a caller who goes through
   * all of them holds them against an OrderCheck.
   *
   * @throws {DataLossError} where the blocks do not follow one another in the file: each byte is read once
   */
  async *blocks(): AsyncGenerator<BlockCursor> {
    const index = this.#indexCursor()
    let end = 0
    for (index.seekToFirst(); index.valid; index.next()) {
      const handle = this.#handle(index)
      if (handle.offset < end) {
        const details = { path: this.#path, offset: handle.offset }
        throw new DataLossError(
          `bad block handle: a block of ${this.#path} begins before the one before it ends`,
          details,
        )
      }
      end = handle.offset + handle.size + BLOCK_TRAILER_SIZE
      const block = await this.#block(handle)
      block.seekToFirst()
      yield block
    }
  }

  #indexCursor(): BlockCursor {
    const { bytes, place, end } = this.#index
    return new BlockCursor(new ByteReader(bytes, place, 0, end))
  }

  #handle(index: BlockCursor): BlockHandle {
    return decodeHandle(new ByteReader(index.value, { path: this.#path, offset: index.valueOffset }))
  }

  async #block(handle: BlockHandle): Promise<BlockCursor> {
    const { offset, size } = handle
    if (this.#cached?.handle.offset !== offset || this.#cached.handle.size !== size) {
      const contents = await readBlock(this.#file, this.#path, handle, this.#verifyChecksums)
      this.#cached = { handle, contents }
    }
    const { bytes, place: from, end } = this.#cached.contents
    return new BlockCursor(new ByteReader(bytes, from, 0, end))
  }
}

/** Holds that keys ascend, entry by entry: a table that a writer sorted otherwise would be searched in vain. */
export class OrderCheck {
  #buffer = new Uint8Array(256)
  /** The key before, a view of the buffer; none before the first. */
  #last: Uint8Array | undefined

  constructor(readonly path: string) {}

  /** @throws {DataLossError} where `key` is not behind the one before. */
  next(key: Uint8Array): void {
    if (this.#last !== undefined && compareBytes(key, this.#last) <= 0) {
      throw new DataLossError(`Corrupted table: a key of ${this.path} does not sort behind the key before it`, {
        path: this.path,
      })
    }
    if (this.#last?.length !== key.length) this.#last = this.#room(key.length)
    this.#last.set(key)
  }

  #room(length: number): Uint8Array {
    if (length > this.#buffer.length) this.#buffer = new Uint8Array(2 * length)
    return this.#buffer.subarray(0, length)
  }
}
