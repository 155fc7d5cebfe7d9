/**
 * Tables for tests: rows written and read back, blocks laid by hand for what no builder writes, files that count.
 */
import { MemoryFileSystem } from '../../src/fs/memory'
import { type RandomAccessFile } from '../../src/fs/file-system'
import { BlockCursor } from '../../src/table/block'
import { type BlockHandle, encodeFooter, encodeHandle } from '../../src/table/format'
import { OrderCheck, Table } from '../../src/table/table'
import { TableBuilder, type TableOptions } from '../../src/table/table-builder'
import { concatBytes } from '../../src/util/bytes'
import { ByteReader, ByteWriter } from '../../src/util/coding'
import { crc32c, maskCrc } from '../../src/util/crc32c'

export type Row = readonly [key: Uint8Array, value: Uint8Array]

/** Latin-1 text as bytes. */
export function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

export function row(key: string, value: string): Row {
  return [bytes(key), bytes(value)]
}

/** A row as text to compare. */
export function shown([key, value]: Row): string {
  return `${Buffer.from(key).toString('latin1')}=${Buffer.from(value).toString('latin1')}`
}

/** The file that TableBuilder makes of sorted rows. */
export function built(rows: Iterable<Row>, options?: TableOptions): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const builder = new TableBuilder((part) => parts.push(part.slice()), options)
  for (const [key, value] of rows) builder.add(key, value)
  builder.finish()
  return concatBytes(parts)
}

/** An open file that counts what is read of it. */
export class CountingFile implements RandomAccessFile {
  readonly #file: RandomAccessFile
  reads = 0
  bytes = 0

  constructor(file: RandomAccessFile) {
    this.#file = file
  }

  get size(): number {
    return this.#file.size
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    this.reads++
    this.bytes += length
    return this.#file.read(offset, length)
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

export async function opened(file: Uint8Array<ArrayBuffer>): Promise<CountingFile> {
  return new CountingFile(await new MemoryFileSystem([['t.index', file]]).open('t.index'))
}

export async function openTable(file: Uint8Array<ArrayBuffer>, verifyChecksums = true): Promise<Table> {
  return Table.open(await opened(file), 't.index', { verifyChecksums })
}

/** Copies of the rows from where the cursor stands. */
export function rowsOf(cursor: BlockCursor): Row[] {
  const rows: Row[] = []
  for (; cursor.valid; cursor.next()) rows.push([cursor.key.slice(), Uint8Array.from(cursor.value)])
  return rows
}

/** Every row, block by block, with the order of the keys checked. */
export async function allRows(table: Table): Promise<Row[]> {
  const rows: Row[] = []
  const order = new OrderCheck('t.index')
  for await (const block of table.blocks()) {
    for (const found of rowsOf(block)) {
      order.next(found[0])
      rows.push(found)
    }
  }
  return rows
}

/** A cursor on a block's contents, before its first step. */
export function cursorOf(contents: Uint8Array): BlockCursor {
  return new BlockCursor(new ByteReader(contents, { path: 't.index', offset: 0 }))
}

/** An entry as a block has it: how much of the key before it is shared, the tail, the value. */
export type RawEntry = readonly [shared: number, tail: Uint8Array, value: Uint8Array]

/** A block of any entries with any restart points; `count` where their number lies. */
export function rawBlock(entries: readonly RawEntry[], restarts: readonly number[] = [0], count?: number): Uint8Array {
  const writer = new ByteWriter()
  for (const [shared, tail, value] of entries) {
    for (const length of [shared, tail.length, value.length]) writer.varint64(length)
    writer.append(tail)
    writer.append(value)
  }
  for (const restart of restarts) writer.fixed32(restart)
  writer.fixed32(count ?? restarts.length)
  return writer.take()
}

export function handleBytes(handle: BlockHandle): Uint8Array {
  const writer = new ByteWriter()
  encodeHandle(writer, handle)
  return writer.take()
}

/** A block's contents and its type: 0 as they are, 1 snappy. */
export interface RawBlock {
  readonly contents: Uint8Array
  readonly type?: number
}

/** A file of these blocks with right checksums; `index` lays the index block from their handles. */
export function rawTable(
  blocks: readonly RawBlock[],
  index: (handles: readonly BlockHandle[]) => RawBlock,
): Uint8Array<ArrayBuffer> {
  const file = new ByteWriter()
  const put = ({ contents, type = 0 }: RawBlock): BlockHandle => {
    const handle = { offset: file.length, size: contents.length }
    file.append(contents)
    file.byte(type)
    file.fixed32(maskCrc(crc32c(Uint8Array.of(type), crc32c(contents))))
    return handle
  }
  const handles = blocks.map(put)
  const metaindex = put({ contents: rawBlock([]) })
  file.append(encodeFooter({ metaindex, index: put(index(handles)) }))
  return file.take()
}

/** An index block with an entry for each key and handle. */
export function rawIndex(entries: readonly (readonly [key: string, handle: BlockHandle])[]): RawBlock {
  let at = 0
  const restarts: number[] = []
  const raw = entries.map(([key, handle]): RawEntry => {
    const entry: RawEntry = [0, bytes(key), handleBytes(handle)]
    restarts.push(at)
    at += rawBlock([entry], []).length - 4
    return entry
  })
  return { contents: rawBlock(raw, restarts) }
}
