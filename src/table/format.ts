/**
 * The fixed parts of a table file: block handles, block trailers and the footer.
 *
 *     <file>    = block* metaindex-block index-block footer
 *     <block>   = contents, trailer
 *     <trailer> = compression: uint8 (0 none, 1 snappy), masked crc32c(contents + compression): fixed32
 *     <footer>  = metaindex: handle, index: handle, zeros up to 40 bytes, magic: fixed64
 *     <handle>  = offset: varint64, size: varint64
 *
 * TensorFlow: core/lib/io/format.h, format.cc. LevelDB: doc/table_format.md.
 */
import { type RandomAccessFile } from '../fs/file-system'
import { ByteReader, ByteWriter } from '../util/coding'
import { crc32c, maskCrc } from '../util/crc32c'
import { DataLossError } from '../util/errors'
import { uncompressSnappy } from '../util/snappy'

/** Where a block lies in the file. `size` leaves out the five bytes of trailer. */
export interface BlockHandle {
  readonly offset: number
  readonly size: number
}

export interface Footer {
  readonly metaindex: BlockHandle
  readonly index: BlockHandle
}

/** Two handles of at most 20 bytes each, and the magic number. */
export const FOOTER_SIZE = 2 * 20 + 8
/** Compression and checksum behind each block. */
export const BLOCK_TRAILER_SIZE = 5
/** A block is closed once it has grown to this: 256 KiB, where LevelDB takes 4. TensorFlow: core/lib/io/table_options.h. */
export const BLOCK_SIZE = 262144
/** Entries from one restart point to the next. TensorFlow: core/lib/io/table_options.h. */
export const RESTART_INTERVAL = 16

const MAGIC = 0xdb4775248b80fb57n
const NO_COMPRESSION = 0
const SNAPPY = 1

export function decodeHandle(reader: ByteReader): BlockHandle {
  const from = reader.position
  const offset = reader.varint64()
  const size = reader.varint64()
  if (offset < 0 || size < 0) throw reader.error('bad block handle', from)
  return { offset, size }
}

export function encodeHandle(writer: ByteWriter, handle: BlockHandle): void {
  writer.varint64(handle.offset)
  writer.varint64(handle.size)
}

/** @throws {DataLossError} "not an sstable (bad magic number)", which names no other format; callers add what it may be. */
export function decodeFooter(bytes: Uint8Array, place: { path: string; offset: number }): Footer {
  const reader = new ByteReader(bytes, place)
  const magic = new ByteReader(bytes, place, FOOTER_SIZE - 8).fixed64()
  if (magic !== MAGIC) {
    throw new DataLossError(`not an sstable (bad magic number): ${place.path} ends in 0x${magic.toString(16)}`, place)
  }
  return { metaindex: decodeHandle(reader), index: decodeHandle(reader) }
}

export function encodeFooter(footer: Footer): Uint8Array {
  const writer = new ByteWriter(FOOTER_SIZE)
  encodeHandle(writer, footer.metaindex)
  encodeHandle(writer, footer.index)
  while (writer.length < FOOTER_SIZE - 8) writer.byte(0)
  writer.fixed32(Number(MAGIC & 0xffffffffn))
  writer.fixed32(Number(MAGIC >> 32n))
  return writer.take()
}

/** Reads the footer of an open file. @throws {DataLossError} for a file that is no table. */
export async function readFooter(file: RandomAccessFile, path: string): Promise<Footer> {
  if (file.size < FOOTER_SIZE) {
    throw new DataLossError(
      `file is too short to be an sstable: ${path} has ${file.size} bytes, a table's footer alone takes ${FOOTER_SIZE}`,
      { path, offset: file.size },
    )
  }
  const offset = file.size - FOOTER_SIZE
  return decodeFooter(await file.read(offset, FOOTER_SIZE), { path, offset })
}

/**
 * The contents of a block, uncompressed, with its checksum checked.
 *
 * @throws {DataLossError} "block checksum mismatch", "bad block handle", "bad block type", or a bad snappy stream.
 */
export async function readBlock(
  file: RandomAccessFile,
  path: string,
  handle: BlockHandle,
  verifyChecksums = true,
): Promise<ByteReader> {
  const { offset, size } = handle
  if (offset + size + BLOCK_TRAILER_SIZE > file.size) {
    const missing = offset + size + BLOCK_TRAILER_SIZE - file.size
    throw new DataLossError(
      `truncated block read: a block of ${size} bytes at byte ${offset} of ${path} needs ${missing} bytes more than the file has`,
      { path, offset },
    )
  }
  const bytes = await file.read(offset, size + BLOCK_TRAILER_SIZE)
  const trailer = new ByteReader(bytes, { path, offset }, size)
  const type = trailer.view(1)[0]
  const stored = trailer.fixed32()
  if (verifyChecksums && stored !== maskCrc(crc32c(bytes.subarray(0, size + 1)))) {
    throw new DataLossError(`block checksum mismatch: the block of ${size} bytes at byte ${offset} of ${path}`, {
      path,
      offset,
    })
  }
  const contents = new ByteReader(bytes, { path, offset }, 0, size)
  if (type === NO_COMPRESSION) return contents
  if (type === SNAPPY) return new ByteReader(uncompressSnappy(contents), { path, offset })
  throw new DataLossError(`bad block type: ${type} of the block at byte ${offset} of ${path}`, { path, offset })
}

/** The trailer of a block that is written as it is; `contents` is one, in pieces. */
export function encodeTrailer(...contents: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter(BLOCK_TRAILER_SIZE)
  writer.byte(NO_COMPRESSION)
  writer.fixed32(maskCrc([...contents, writer.view()].reduce((crc, piece) => crc32c(piece, crc), 0)))
  return writer.take()
}
