/**
 * Reads a tensor bundle: the twin of tensor-bundle-writer.ts, where the grammar stands.
 *
 * Opening reads the index's footer, its index block and the header. A look-up reads one block of the index and the
 * tensor's own bytes.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, BundleReader; core/framework/versions.cc, CheckVersions.
 */
import { defaultFileSystem } from '../fs/default'
import { type RandomAccessFile, type ReadableFileSystem, type ReadOptions } from '../fs/file-system'
import { type BundleHeader, decodeBundleEntry, decodeBundleHeader, type VersionDef } from '../proto/bundle-messages'
import { type BlockCursor } from '../table/block'
import { OrderCheck, Table } from '../table/table'
import { type DType, type NumericArray } from '../tensor/dtype'
import { type NDArray, type Shape } from '../tensor/ndarray'
import { bytesFromKey, EMPTY_BYTES, keyFromBytes } from '../util/bytes'
import {
  DataLossError,
  FailedPreconditionError,
  InternalError,
  InvalidArgumentError,
  isOpError,
  NotFoundError,
  OpError,
} from '../util/errors'
import { DataFileReader } from './data-file-reader'
import { dataFilename, metaFilename } from './naming'
import { type ReadPlan, readTensors } from './read-tensors'
import { recoverForReading } from './replace-checkpoint'
import { checkEntry, type TensorEntry } from './tensor-entry'
import { allocate, valueOf } from './tensor-value'
import { notACheckpoint } from './wrong-prefix'

/** The version that this reader reads: kTensorBundleVersion. */
const CONSUMER = 1
/** The release whose messages these are. */
const RELEASE = 'TensorFlow 2.21.0'
/** A header may name this many shards at most: five digits in a file's name. */
const MAX_SHARDS = 99999

/** What the floors above read a bundle by, beside its public methods. */
export interface BundleInternals {
  readonly indexPath: string
  readonly plan: Omit<ReadPlan, 'target'>
  /** Every entry, in the order of the keys' bytes. */
  entries(): Promise<TensorEntry[]>
  /** @throws {FailedPreconditionError} once the reader is closed */
  checkOpen(): void
}

/** The way in for the files of this floor and the one above. */
export let bundleInternals: (reader: TensorBundleReader) => BundleInternals

/** tensorflow::BundleReader: the tensors of a checkpoint, by key. */
export class TensorBundleReader {
  /** Data files of the checkpoint. */
  readonly numShards: number
  readonly #fs: ReadableFileSystem
  readonly #prefix: string
  readonly #index: RandomAccessFile
  readonly #table: Table
  readonly #plan: Omit<ReadPlan, 'target'>
  readonly #data = new Map<number, Promise<DataFileReader>>()
  #closed = false

  static {
    bundleInternals = (reader) => ({
      indexPath: metaFilename(reader.#prefix),
      plan: reader.#plan,
      entries: () => reader.#entries(),
      checkOpen: () => reader.#checkOpen(),
    })
  }

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
    this.#table = table
    this.numShards = header.numShards
    this.#plan = {
      prefix,
      verifyChecksums: options.verifyChecksums ?? true,
      bigEndian: header.bigEndian,
      signal: options.signal,
      dataFile: (shardId) => this.#dataFile(shardId),
    }
  }

  /**
   * Opens the checkpoint of that prefix.
   *
   * @throws {NotFoundError} where there is none; the message says what is there
   * @throws {DataLossError} for an index that is damaged, or for a file that is something else
   * @throws {InvalidArgumentError} for a header that says this version must not read it
   */
  static async open(prefix: string, options: ReadOptions = {}): Promise<TensorBundleReader> {
    const fs = options.fs ?? defaultFileSystem()
    options.signal?.throwIfAborted()
    const index = await openIndex(fs, prefix, options.signal)
    try {
      const path = metaFilename(prefix)
      const verifyChecksums = options.verifyChecksums ?? true
      const table = await Table.open(index, path, { verifyChecksums })
      const header = await readHeader(table, path)
      return new TensorBundleReader(fs, prefix, index, table, header, options)
    } catch (error) {
      await index.close()
      throw error
    }
  }

  /** The keys in the order of their bytes; a key that is no UTF-8 holds its stray bytes 0x80+n as U+DC80+n. */
  async *keys(): AsyncIterable<string> {
    for (const entry of await this.#entries()) yield entry.key
  }

  /** Whether there is a tensor of that very key. */
  async contains(key: string): Promise<boolean> {
    return key !== '' && (await this.#find(key)) !== undefined
  }

  /** @throws {NotFoundError} "Key w not found in checkpoint" */
  async lookupDtypeAndShape(key: string): Promise<{ readonly dtype: DType; readonly shape: Shape }> {
    const { dtype, shape } = await this.#lookupEntry(key)
    return { dtype: dtype.name, shape }
  }

  /**
   * The tensor's value, in an array of its own.
   *
   * @throws {NotFoundError} "Key w not found in checkpoint"; or for a data file that is missing
   * @throws {DataLossError} for bytes that do not have the checksum of the index
   * @throws {OutOfRangeError} for a data file that is too short
   */
  async lookup(key: string): Promise<NDArray> {
    const entry = await this.#lookupEntry(key)
    return readValue(bundleInternals(this), entry)
  }

  /** Closes the files. Further calls do nothing. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const files = await Promise.allSettled(this.#data.values())
    const open = files.flatMap((file) => (file.status === 'fulfilled' ? [file.value] : []))
    const closed = await Promise.allSettled([...open, this.#index].map((file) => file.close()))
    for (const one of closed) if (one.status === 'rejected') throw one.reason
  }

  async #lookupEntry(key: string): Promise<TensorEntry> {
    const cursor = key === '' ? undefined : await this.#find(key)
    if (cursor === undefined) {
      throw new NotFoundError(`Key ${key} not found in checkpoint`, { path: metaFilename(this.#prefix), key })
    }
    return this.#entryAt(cursor)
  }

  async #find(key: string): Promise<BlockCursor | undefined> {
    this.#checkOpen()
    return this.#table.find(bytesFromKey(key))
  }

  async #entries(): Promise<TensorEntry[]> {
    this.#checkOpen()
    const entries: TensorEntry[] = []
    const order = new OrderCheck(metaFilename(this.#prefix))
    for await (const block of this.#table.blocks()) {
      this.#plan.signal?.throwIfAborted()
      for (; block.valid; block.next()) {
        order.next(block.key)
        if (block.key.length > 0) entries.push(this.#entryAt(block))
      }
    }
    return entries
  }

  #entryAt(cursor: BlockCursor): TensorEntry {
    const key = keyFromBytes(cursor.key)
    const place = { path: metaFilename(this.#prefix), key, offset: cursor.valueOffset }
    try {
      return checkEntry(key, decodeBundleEntry(cursor.value, place), this.numShards, place)
    } catch (error) {
      if (!(error instanceof DataLossError) || !error.message.startsWith('Corrupted')) throw error
      throw new DataLossError(`Entry for key ${key} not parseable. ${error.message}`, { ...place, cause: error })
    }
  }

  #dataFile(shardId: number): Promise<DataFileReader> {
    this.#checkOpen()
    const open = this.#data.get(shardId)
    if (open !== undefined) return open
    const path = dataFilename(this.#prefix, shardId, this.numShards)
    const opening = DataFileReader.open(this.#fs, path, this.#plan.signal)
    this.#data.set(shardId, opening)
    // A file that could not be opened may be there the next time.
    opening.catch(() => this.#data.delete(shardId))
    return opening
  }

  #checkOpen(): void {
    if (this.#closed)
      throw new FailedPreconditionError(`The reader of ${this.#prefix} is closed`, { path: this.#prefix })
  }
}

/** Reads one tensor. `target` takes the elements where the caller hands one in. */
export async function readValue(
  bundle: Pick<BundleInternals, 'plan'>,
  entry: TensorEntry,
  target?: NumericArray,
): Promise<NDArray> {
  let array = target
  const plan: ReadPlan = {
    ...bundle.plan,
    target: () => (array ??= entry.dtype.Array === undefined ? undefined : allocate(entry)),
  }
  for await (const [tensor] of readTensors([entry], plan)) {
    if (tensor !== undefined) return valueOf(tensor, plan.bigEndian, array)
  }
  throw new InternalError(`Nothing was read of ${entry.key}`, { key: entry.key })
}

async function openIndex(fs: ReadableFileSystem, prefix: string, signal?: AbortSignal): Promise<RandomAccessFile> {
  const path = metaFilename(prefix)
  const options = signal === undefined ? {} : { signal }
  try {
    return await fs.open(path, options)
  } catch (error) {
    if (!isOpError(error, 'NOT_FOUND')) throw error
    if (await recoverForReading(fs, prefix, signal)) return fs.open(path, options)
    throw await notACheckpoint(fs, prefix)
  }
}

/** The header under the empty key, which every bundle begins with. */
async function readHeader(table: Table, path: string): Promise<BundleHeader> {
  const corrupt = (detail: string, error?: unknown): Error => {
    const why = error instanceof Error ? `: ${error.message}` : ''
    const offset = error instanceof OpError ? error.offset : undefined
    return new DataLossError(
      `Unable to read file (${path}). Perhaps the file is corrupt or was produced by a newer version of TensorFlow with format changes (${detail})${why}`,
      { path, ...(offset === undefined ? {} : { offset }), ...(error === undefined ? {} : { cause: error }) },
    )
  }
  let cursor: BlockCursor | undefined
  try {
    cursor = await table.find(EMPTY_BYTES)
  } catch (error) {
    throw isOpError(error, 'DATA_LOSS') ? corrupt('failed to seek to header entry', error) : error
  }
  if (cursor === undefined) throw corrupt('failed to seek to header entry')
  let header: BundleHeader
  try {
    header = decodeBundleHeader(cursor.value, { path, offset: cursor.valueOffset })
  } catch (error) {
    throw corrupt('unable to parse header', error)
  }
  checkVersion(header.version, path)
  if (header.numShards < 0 || header.numShards > MAX_SHARDS) throw corrupt(`${header.numShards} shards`)
  return header
}

function checkVersion(version: VersionDef, path: string): void {
  if (version.producer < 0) {
    throw new InvalidArgumentError(
      `Checkpoint producer version ${version.producer} below min producer 0 supported by ${RELEASE}.  Please regenerate your checkpoint.`,
      { path },
    )
  }
  if (version.minConsumer > CONSUMER) {
    throw new InvalidArgumentError(
      `Checkpoint min consumer version ${version.minConsumer} above current version ${CONSUMER} for ${RELEASE}.  Please upgrade TensorFlow.`,
      { path },
    )
  }
  if (version.badConsumers.includes(CONSUMER)) {
    throw new InvalidArgumentError(
      `Checkpoint disallows consumer version ${CONSUMER}.  Please upgrade TensorFlow: this version is likely buggy.`,
      { path },
    )
  }
}
