/**
 * Reads a table: an immutable, sorted map from bytes to bytes in a file. The twin of table-builder.ts.
 *
 * Opening reads the footer and the index block. A look-up reads one block more; going through reads block after block.
 * TensorFlow: core/lib/io/table.cc, two_level_iterator.cc.
 */
import { type RandomAccessFile } from '../fs/file-system'
import { compareBytes, concatBytes, EMPTY_BYTES } from '../util/bytes'
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
  #cached: readonly [handle: string, contents: ByteReader] | undefined

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
   * What `find` finds for each of many keys, which ascend: every block is read once. Where one is damaged, its fault is handed
   * out for each of its keys.
   */
  async *findAll(keys: readonly Uint8Array[]): AsyncGenerator<BlockCursor | DataLossError | undefined> {
    const index = this.#indexCursor()
    let [offset, end] = [-1, 0]
    let block: BlockCursor | undefined
    let fault: DataLossError | undefined
    for (const key of keys) {
      try {
        goTo(index, key, offset < 0)
        const handle = index.valid ? this.#handle(index) : undefined
        const isNext = handle?.offset !== offset
        if (handle === undefined) block = undefined
        else if (isNext) {
          end = this.#endOf(handle, end)
          offset = handle.offset
          fault = undefined
          block = await this.#block(handle)
        }
        if (block !== undefined && fault === undefined) goTo(block, key, isNext)
      } catch (error) {
        if (!(error instanceof DataLossError)) throw error
        fault = error
      }
      yield fault ?? (block?.valid && compareBytes(block.key, key) === 0 ? block : undefined)
    }
  }

  /**
   * The blocks in order, each a cursor that stands on its first entry. Keys ascend in a table; a caller who goes through
   * all of them holds them against an OrderCheck.
   *
   * @param ahead bytes that are read at once, where that is more than a block; the cursors gather their keys then, in
   *   memory that the next one uses again
   * @throws {DataLossError} where the blocks do not follow one another in the file: each byte is read once
   */
  async *blocks(ahead = 0): AsyncGenerator<BlockCursor> {
    const index = this.#indexCursor()
    const file = ahead > 0 ? readingAhead(this.#file, ahead, this.#index.place.offset ?? 0) : undefined
    let keys = file && (EMPTY_BYTES as Uint8Array)
    let end = 0
    for (index.seekToFirst(); index.valid; index.next()) {
      const handle = this.#handle(index)
      end = this.#endOf(handle, end)
      const block = await this.#block(handle, file, keys)
      block.seekToFirst()
      yield block
      keys &&= block.keys
    }
  }

  /** Where a block ends that begins at `from` or behind it. */
  #endOf(handle: BlockHandle, from: number): number {
    const { offset, size } = handle
    if (offset >= from) return offset + size + BLOCK_TRAILER_SIZE
    throw new DataLossError(`bad block handle: a block of ${this.#path} begins before the one before it ends`, {
      path: this.#path,
      offset,
    })
  }

  #indexCursor(): BlockCursor {
    const { bytes, place, end } = this.#index
    return new BlockCursor(new ByteReader(bytes, place, 0, end))
  }

  #handle(index: BlockCursor): BlockHandle {
    return decodeHandle(new ByteReader(index.value, { path: this.#path, offset: index.valueOffset }))
  }

  async #block(handle: BlockHandle, file = this.#file, keys?: Uint8Array): Promise<BlockCursor> {
    const name = `${handle.offset} ${handle.size}`
    let contents = this.#cached?.[0] === name ? this.#cached[1] : undefined
    if (contents === undefined) {
      contents = await readBlock(file, this.#path, handle, this.#verifyChecksums)
      // A view of what was read ahead would hold all of that.
      if (file === this.#file) this.#cached = [name, contents]
    }
    const { bytes, place, end } = contents
    return new BlockCursor(new ByteReader(bytes, place, 0, end), keys)
  }
}

/** The file for reads that ascend, and lie behind one another, up to `limit`: they are taken out of large ones. */
function readingAhead(file: RandomAccessFile, ahead: number, limit: number): RandomAccessFile {
  let window: Uint8Array = EMPTY_BYTES
  let from = 0
  return {
    size: file.size,
    async read(offset, length) {
      const rest = window.subarray(offset - from)
      if (rest.length < length) {
        const wanted = Math.max(length, Math.min(ahead, limit - offset)) - rest.length
        const more = await file.read(offset + rest.length, wanted)
        window = rest.length > 0 ? concatBytes([rest, more]) : more
        from = offset
      }
      return window.subarray(offset - from, offset - from + length)
    },
    close: () => file.close(),
  }
}

/** Goes to the first entry at or behind `key`: from where the cursor stands, which is before it, or by a search. */
function goTo(cursor: BlockCursor, key: Uint8Array, search: boolean): void {
  if (search) cursor.seek(key)
  else while (cursor.valid && compareBytes(cursor.key, key) < 0) cursor.next()
}

export function unordered(path: string): DataLossError {
  return new DataLossError(`Corrupted table: a key of ${path} does not sort behind the key before it`, { path })
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
      throw unordered(this.path)
    }
    if (this.#last?.length !== key.length) this.#last = this.#room(key.length)
    this.#last.set(key)
  }

  #room(length: number): Uint8Array {
    if (length > this.#buffer.length) this.#buffer = new Uint8Array(2 * length)
    return this.#buffer.subarray(0, length)
  }
}
