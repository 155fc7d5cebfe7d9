/**
 * The bundles that are merged into one: their indexes, opened and held against one another.
 *
 * Thousands of them may be open at once, so that none keeps a file: a small index is held in memory, where its entries
 * would be anyway, and a larger one is opened anew for each of its blocks.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, MergeOneBundle.
 */
import { type FileSystem, type RandomAccessFile } from '../fs/file-system'
import { type BundleHeader, encodeBundleHeader } from '../proto/bundle-messages'
import { Table } from '../table/table'
import { compareBytes, keyFromBytes } from '../util/bytes'
import { DataLossError, InvalidArgumentError, isOpError, OutOfRangeError } from '../util/errors'
import { metaFilename } from './naming'
import { recoverForReading } from './interrupted-save'
import { readHeader } from './open-bundle'

/** A bundle that is to be merged. */
export interface Part {
  readonly prefix: string
  /** Its index. */
  readonly path: string
  readonly table: Table
  readonly header: BundleHeader
}

/** Files that are opened at once. */
const AT_ONCE = 16
/** An index up to this size is held in memory: one block of it would take as much. */
const HELD = 1 << 19

/**
 * Opens the parts' indexes.
 *
 * @throws {InvalidArgumentError} for one that is not there; where byte order or version differ
 * @throws {DataLossError} for one that is damaged
 */
export async function openParts(fs: FileSystem, prefixes: readonly string[]): Promise<Part[]> {
  const parts = await inBatches(prefixes, (prefix) => openPart(fs, prefix))
  for (const part of parts) checkHeader(part, parts[0] as Part)
  return parts
}

/** Some at once; the first error in the order of the items is thrown. */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) {
    for (const one of await Promise.allSettled(items.slice(at, at + AT_ONCE).map(work))) {
      if (one.status === 'rejected') throw one.reason
      results.push(one.value)
    }
  }
  return results
}

async function openPart(fs: FileSystem, prefix: string): Promise<Part> {
  const path = metaFilename(prefix)
  const table = await Table.open(await openIndex(fs, prefix, path), path)
  return { prefix, path, table, header: await readHeader(table, path) }
}

async function openIndex(fs: FileSystem, prefix: string, path: string): Promise<RandomAccessFile> {
  const file = await openFile(fs, prefix, path)
  try {
    const { size } = file
    return size > HELD ? reopening(fs, path, size) : heldFile(await file.read(0, size), path)
  } finally {
    await file.close()
  }
}

async function openFile(fs: FileSystem, prefix: string, path: string): Promise<RandomAccessFile> {
  try {
    return await fs.open(path)
  } catch (cause) {
    if (!isOpError(cause, 'NOT_FOUND')) throw cause
    // Written a second time by a process that crashed meanwhile.
    if (await recoverForReading(fs, prefix)) return fs.open(path)
    throw new InvalidArgumentError(
      `allow_missing_files was set to false and ${prefix} did not exist.NOT_FOUND: ${prefix} not found: ` +
        `${path} is missing, which is written when a part is complete`,
      { path, cause },
    )
  }
}

function heldFile(bytes: Uint8Array, path: string): RandomAccessFile {
  return {
    size: bytes.length,
    read: (offset, length) =>
      offset + length <= bytes.length
        ? Promise.resolve(bytes.subarray(offset, offset + length))
        : Promise.reject(new OutOfRangeError(`Read less bytes than requested: ${path}`, { path, offset })),
    close: () => Promise.resolve(),
  }
}

function reopening(fs: FileSystem, path: string, size: number): RandomAccessFile {
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const file = await fs.open(path)
    try {
      if (file.size === size) return await file.read(offset, length)
      throw new DataLossError(`${path} had ${size} bytes, and has ${file.size} now: somebody writes it`, {
        path,
        offset,
      })
    } finally {
      await file.close()
    }
  }
  return { size, read, close: () => Promise.resolve() }
}

function checkHeader(part: Part, first: Part): void {
  const { path } = part
  const difference = `${path} differs from ${first.path}`
  if (part.header.bigEndian !== first.header.bigEndian) {
    const text = 'Merging bundles with conflicting endianness; inputs corrupted?'
    throw new InvalidArgumentError(`${text} ${difference}`, { path })
  }
  const [merged, current] = [versionBytes(first.header), versionBytes(part.header)]
  if (compareBytes(merged, current) === 0) return
  const versions = `merged ${keyFromBytes(merged)} vs. curr ${keyFromBytes(current)}`
  throw new InvalidArgumentError(`Merging bundles with different format versions: ${versions}: ${difference}`, { path })
}

/** The message that tells the version, as TensorFlow compares and prints it. */
function versionBytes({ version }: BundleHeader): Uint8Array {
  // Of a header that says nothing else: behind the tag and the length.
  return encodeBundleHeader({ numShards: 0, bigEndian: false, version }).subarray(2)
}
