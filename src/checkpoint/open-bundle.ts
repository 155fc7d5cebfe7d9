/**
 * A tensor bundle that is open: its index, and its data files as they are needed.
 *
 * Opening reads the index's footer, its index block and the header. A look-up reads one block of the index.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, BundleReader; core/framework/versions.cc, CheckVersions.
 */
import { defaultFileSystem } from '../fs/default'
import { type RandomAccessFile, type ReadableFileSystem, type ReadOptions } from '../fs/file-system'
import {
  type BundleEntry,
  type BundleHeader,
  decodeBundleHeader,
  newBundleEntry,
  type RawBundleEntry,
  readBundleEntry,
  type VersionDef,
} from '../proto/bundle-messages'
import { type BlockCursor } from '../table/block'
import { Table, unordered } from '../table/table'
import { compareBytes, EMPTY_BYTES, keyFromBytes } from '../util/bytes'
import {
  DataLossError,
  FailedPreconditionError,
  InvalidArgumentError,
  isOpError,
  type OpErrorDetails,
} from '../util/errors'
import { roomFor } from '../util/memory'
import { BundleColumns } from './bundle-columns'
import { fastPaths } from './fast-paths'
import { DataFileReader } from './data-file-reader'
import { dataFilename, metaFilename } from './naming'
import { type ReadPlan } from './read-tensors'
import { recoverForReading } from './interrupted-save'
import { savedModelPrefix } from './saved-model'
import { entryOf, faultOf, type TensorEntry } from './tensor-entry'

/** The version that this reader reads: kTensorBundleVersion. */
const CONSUMER = 1
/** The release whose messages these are. */
const RELEASE = 'TensorFlow 2.21.0'
/** A header may name this many shards at most: five digits in a file's name. */
const MAX_SHARDS = 99999
/** Bytes of the index that are read at once, where all of it is. */
const AHEAD = 1 << 21

/** How any of the bundle's tensors are read. */
export type BundlePlan = Omit<ReadPlan<never>, 'target' | 'keep' | 'collectFaults'>

export class OpenBundle {
  /** The index. */
  readonly path: string
  /** Data files of the checkpoint. */
  readonly numShards: number
  readonly plan: BundlePlan
  readonly #fs: ReadableFileSystem
  readonly #prefix: string
  readonly #index: RandomAccessFile
  readonly table: Table
  readonly #data = new Map<number, Promise<DataFileReader>>()
  #closed = false

  private constructor(
    fs: ReadableFileSystem,
    prefix: string,
    index: RandomAccessFile,
    table: Table,
    header: BundleHeader,
    options: ReadOptions,
  ) {
    this.#fs = fs
    this.#prefix = prefix
    this.#index = index
    this.table = table
    this.path = metaFilename(prefix)
    this.numShards = header.numShards
    this.plan = {
      prefix,
      verifyChecksums: options.verifyChecksums ?? true,
      bigEndian: header.bigEndian,
      signal: options.signal,
      dataFile: (shardId) => this.#dataFile(shardId),
    }
  }

  /**
   * undefined where there is no index of that prefix. The folder of a SavedModel stands for the prefix of its variables.
   *
   * @throws {DataLossError} for an index that is damaged
   * @throws {InvalidArgumentError} for a header that says this version must not read it
   */
  static async open(prefix: string, options: ReadOptions): Promise<OpenBundle | undefined> {
    const fs = options.fs ?? defaultFileSystem()
    options.signal?.throwIfAborted()
    const index = await openIndex(fs, prefix, options.signal)
    if (index === undefined) {
      const inside = await savedModelPrefix(fs, prefix)
      return inside === undefined ? undefined : OpenBundle.open(inside, options)
    }
    try {
      const path = metaFilename(prefix)
      const table = await Table.open(index, path, { verifyChecksums: options.verifyChecksums ?? true })
      return new OpenBundle(fs, prefix, index, table, await readHeader(table, path), options)
    } catch (error) {
      await index.close()
      throw error
    }
  }

  /**
   * The keys of the index in their order, block by block, as keysFromBytes() takes them: valid until the next. Before, `take` is called with the entry of each, in which nothing is
   * wrong: always the same object.
   */
  async *scan(take: (entry: BundleEntry) => void): AsyncGenerator<[Uint8Array, Uint32Array]> {
    this.checkOpen()
    const { path } = this
    const entry = newBundleEntry()
    const plain = fastPaths?.blocks(this.numShards, take)
    let last: Uint8Array | undefined
    let ends = new Uint32Array(1)
    for await (const block of this.table.blocks(AHEAD)) {
      this.plan.signal?.throwIfAborted()
      let keys = plain?.read(block, last)
      if (!keys) {
        let count = 1
        block.ascends = !last || compareBytes(last, block.key) < 0
        for (let end = 0; block.valid; block.next()) {
          if (!block.ascends) throw unordered(path)
          // But for the header.
          if (block.keyEnd > end) take(readEntryAt(block, path, this.numShards, entry))
          ends = roomFor(ends, count + 1)
          ends[count++] = end = block.keyEnd
        }
        keys = [block.keys, ends.subarray(0, count)]
      }
      const [all, end] = keys
      if (end.length > 1) last = all.slice(end.at(-2), end.at(-1))
      yield keys
    }
  }

  /** Every entry. */
  async entries(): Promise<BundleColumns> {
    const columns = new BundleColumns(fastPaths?.index(this.#index.size))
    for await (const keys of this.scan((entry) => columns.add(entry))) columns.addKeys(...keys)
    columns.findParts()
    return columns
  }

  /** @throws {FailedPreconditionError} once it is closed */
  checkOpen(): void {
    const path = this.#prefix
    if (this.#closed) throw new FailedPreconditionError(`The reader of ${path} is closed`, { path })
  }

  /** Closes the files. Further calls do nothing. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    // One that could not be opened needs no closing.
    const files = await Promise.all(Array.from(this.#data.values(), (file) => file.catch(() => undefined)))
    const closed = await Promise.allSettled([...files, this.#index].map((file) => file?.close()))
    for (const one of closed) if (one.status === 'rejected') throw one.reason
  }

  #dataFile(shardId: number): Promise<DataFileReader> {
    this.checkOpen()
    const open = this.#data.get(shardId)
    if (open !== undefined) return open
    const path = dataFilename(this.#prefix, shardId, this.numShards)
    const opening = DataFileReader.open(this.#fs, path, this.plan.signal)
    this.#data.set(shardId, opening)
    // A file that could not be opened may be there the next time.
    opening.catch(() => this.#data.delete(shardId))
    return opening
  }
}

/** The entry on which the cursor stands. @param path of the index */
export function entryAt(cursor: BlockCursor, path: string, numShards: number): TensorEntry {
  return entryOf(keyFromBytes(cursor.key), readEntryAt(cursor, path, numShards, newBundleEntry()))
}

/** The same as it stands there, in `entry`. The key, which takes longest to read, is read for an error only. */
function readEntryAt(cursor: BlockCursor, path: string, numShards: number, entry: RawBundleEntry): BundleEntry {
  let cause: DataLossError | undefined
  try {
    readBundleEntry(cursor.valueReader, entry)
    if (faultOf(entry, numShards) === undefined) return entry
  } catch (error) {
    if (!(error instanceof DataLossError)) throw error
    cause = error
  }
  const key = keyFromBytes(cursor.key)
  const { valueOffset: offset } = cursor
  const what = cause
    ? `Entry for key ${key} not parseable. ${cause.message}`
    : `${faultOf(entry, numShards, key)} (entry at byte ${offset} of ${path})`
  throw new DataLossError(what, { path, key, offset, cause })
}

async function openIndex(
  fs: ReadableFileSystem,
  prefix: string,
  signal?: AbortSignal,
): Promise<RandomAccessFile | undefined> {
  const path = metaFilename(prefix)
  const options = signal && { signal }
  try {
    return await fs.open(path, options)
  } catch (error) {
    if (!isOpError(error, 'NOT_FOUND')) throw error
    return (await recoverForReading(fs, prefix, signal)) ? fs.open(path, options) : undefined
  }
}

/** The header under the empty key, which every bundle begins with. */
export async function readHeader(table: Table, path: string): Promise<BundleHeader> {
  let detail = 'failed to seek to header entry'
  let cause: DataLossError | undefined
  try {
    const cursor = await table.find(EMPTY_BYTES)
    if (cursor !== undefined) {
      detail = 'unable to parse header'
      const header = decodeBundleHeader(cursor.value, { path, offset: cursor.valueOffset })
      checkVersion(header.version, path)
      if (header.numShards >= 0 && header.numShards <= MAX_SHARDS) return header
      detail = `${header.numShards} shards`
    }
  } catch (error) {
    if (!(error instanceof DataLossError)) throw error
    cause = error
  }
  const why = cause ? `: ${cause.message}` : ''
  throw new DataLossError(
    `Unable to read file (${path}). Perhaps the file is corrupt or was produced by a newer version of TensorFlow with format changes (${detail})${why}`,
    { ...(cause as OpErrorDetails | undefined), path, cause },
  )
}

export function checkVersion({ producer, minConsumer, badConsumers }: VersionDef, path: string): void {
  const what =
    producer < 0
      ? `producer version ${producer} below min producer 0 supported by ${RELEASE}.  Please regenerate your checkpoint.`
      : minConsumer > CONSUMER
        ? `min consumer version ${minConsumer} above current version ${CONSUMER} for ${RELEASE}.  Please upgrade TensorFlow.`
        : badConsumers.includes(CONSUMER)
          ? `disallows consumer version ${CONSUMER}.  Please upgrade TensorFlow: this version is likely buggy.`
          : undefined
  if (what !== undefined) throw new InvalidArgumentError(`Checkpoint ${what}`, { path })
}
