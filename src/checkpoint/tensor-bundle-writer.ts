/**
 * Writes a tensor bundle: the twin of tensor-bundle-reader.ts.
 *
 *     <bundle> = P.data-00000-of-00001, P.index
 *     <data>   = the tensors' bytes, in the order in which they were added, each padded to the alignment
 *     <index>  = table of "" → BundleHeaderProto, then key → BundleEntryProto in the order of the keys' bytes
 *
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, BundleWriter.
 */
import { defaultFileSystem } from '../fs/default'
import { type FileSystem, type WritableFile, type WriteOptions } from '../fs/file-system'
import { makeDirectory } from '../fs/make-directory'
import { type BundleEntry, encodeBundleEntry, encodeBundleHeader } from '../proto/bundle-messages'
import { TableBuilder } from '../table/table-builder'
import { dtypeInfo, type NumericArray } from '../tensor/dtype'
import { bytesOf, checkElements, type NDArray } from '../tensor/ndarray'
import { bytesFromKey, compareKeys, EMPTY_BYTES, hasLoneSurrogate, keyFromBytes } from '../util/bytes'
import { ByteWriter } from '../util/coding'
import { maskCrc } from '../util/crc32c'
import { InternalError, InvalidArgumentError, UnimplementedError } from '../util/errors'
import { dirname } from '../util/path'
import { DataFileWriter } from './data-file-writer'
import { dataFilename, metaFilename, temporaryFilename } from './naming'
import { exclusively, recoverForWriting, replaceCheckpoint } from './replace-checkpoint'
import { encodeStringHeader } from './string-tensor'
import { checkRank } from './tensor-entry'

/** The version that TensorFlow writes: kTensorBundleVersion. */
const PRODUCER = 1

/** The index is handed to the file in pieces of about this size. */
const INDEX_PIECE = 1 << 20

/** An array is written in sections of this: in Node 20 a Uint8Array ends at 4 GiB, where a Float32Array has 16. */
const SECTION = 1 << 30

const NO_SLICES: BundleEntry['slices'] = []

/**
 * Adds a value that the caller keeps unchanged until `finish` has settled. A small one goes into the staging buffer at
 * once: there is nothing to wait for then.
 */
export let addHeld: (writer: TensorBundleWriter, key: string, value: NDArray) => Promise<void> | undefined

/**
 * tensorflow::BundleWriter: bytes as TensorFlow would write them, under the prefix once `finish` has settled.
 * An error sticks: every later call but `abandon` fails with it.
 */
export class TensorBundleWriter {
  readonly #fs: FileSystem
  readonly #prefix: string
  readonly #durable: boolean
  readonly #alignment: number
  readonly #dataTemp: string
  readonly #indexTemp: string
  #file: WritableFile | undefined
  readonly #data: DataFileWriter
  readonly #entries = new Map<string, BundleEntry>()
  #error: unknown
  /** Settles when the calls so far are done. */
  #queue: Promise<void> = Promise.resolve()

  static {
    addHeld = (writer, key, value) => writer.#addNow(key, value)
  }

  private constructor(
    fs: FileSystem,
    prefix: string,
    file: WritableFile,
    dataTemp: string,
    options: { durable: boolean; alignment: number },
  ) {
    this.#fs = fs
    this.#prefix = prefix
    this.#file = file
    this.#data = new DataFileWriter(file)
    this.#dataTemp = dataTemp
    this.#indexTemp = temporaryFilename(metaFilename(prefix))
    this.#durable = options.durable
    this.#alignment = options.alignment
  }

  /**
   * Makes the prefix's directory where it is missing, one level, and opens the data file under a temporary name.
   *
   * @param options.dataAlignment every tensor begins at a multiple of this many bytes; 1, as the Saver writes, by default
   * @throws {NotFoundError} where the directory's parent is missing as well
   */
  static async create(
    prefix: string,
    options: WriteOptions & { dataAlignment?: number } = {},
  ): Promise<TensorBundleWriter> {
    const alignment = options.dataAlignment ?? 1
    if (!Number.isSafeInteger(alignment) || alignment < 1) {
      throw new InvalidArgumentError(`Cannot align data to ${alignment} bytes: it takes a whole number from 1`)
    }
    const { fs = defaultFileSystem(), durable = true } = options
    await makeDirectory(fs, dirname(prefix), durable)
    await exclusively(prefix, () => recoverForWriting(fs, prefix))
    const dataTemp = temporaryFilename(dataFilename(prefix, 0, 1))
    const file = await fs.create(dataTemp)
    return new TensorBundleWriter(fs, prefix, file, dataTemp, { durable, alignment })
  }

  /**
   * Writes a tensor's bytes; `value` may be changed once this has settled. Calls that are not awaited run one after
   * another.
   *
   * @throws {InvalidArgumentError} "Adding duplicate key: x"; for the empty key; for data that does not fill the shape
   */
  async add(key: string, value: NDArray): Promise<void> {
    return this.#next(async () => {
      await this.#addNow(key, value)
      await this.#run(() => this.#data.flush())
    })
  }

  /** Writes the index and puts both files in their place. After an error, `abandon` takes away what is left. */
  async finish(): Promise<void> {
    return this.#next(async () => {
      await this.#run(async () => {
        await this.#data.flush()
        await this.#closeFile(this.#file)
        this.#file = undefined
        await exclusively(this.#prefix, () => this.#put())
      })
      this.#error = new InternalError('BundleWriter is closed')
    })
  }

  /** Gives up: deletes the temporary files. An older checkpoint of that name stays as it was. */
  async abandon(): Promise<void> {
    this.#error ??= new InternalError('BundleWriter is closed')
    return this.#next(async () => {
      const file = this.#file
      this.#file = undefined
      // All of this is clean-up of what nobody can see: the next save writes under other names.
      await this.#data.flush().catch(() => undefined)
      await file?.close().catch(() => undefined)
      await this.#fs.remove(this.#dataTemp).catch(() => undefined)
      await this.#fs.remove(this.#indexTemp).catch(() => undefined)
    })
  }

  /** Runs `work` when the calls before it are done: their bytes must not get between one another. */
  #next(work: () => Promise<void>): Promise<void> {
    const run = this.#queue.then(work)
    this.#queue = run.catch(() => undefined)
    return run
  }

  #addNow(key: string, value: NDArray): Promise<void> | undefined {
    if (this.#error !== undefined) throw this.#error
    try {
      const name = this.#checked(key, value)
      const offset = this.#data.size
      const small = ArrayBuffer.isView(value.data) && value.data.byteLength <= SECTION && this.#alignment === 1
      const crc = small ? this.#data.appendSmall(bytesOf(value)) : undefined
      if (crc === undefined) return this.#run(() => this.#write(name, value))
      this.#record(name, value, offset, crc)
      return undefined
    } catch (error) {
      this.#error = error
      throw error
    }
  }

  /** The name under which the key is kept: one for all strings of the same bytes. */
  #checked(key: string, value: NDArray): string {
    if (key === '') throw new InvalidArgumentError('Cannot add a tensor under the empty key', { key })
    const name = hasLoneSurrogate(key) ? keyFromBytes(bytesFromKey(key)) : key
    if (this.#entries.has(name)) throw new InvalidArgumentError(`Adding duplicate key: ${key}`, { key })
    checkElements(value.dtype, value.shape, value.data)
    checkRank(key, value.shape)
    return name
  }

  async #write(name: string, value: NDArray): Promise<void> {
    const offset = this.#data.size
    this.#record(name, value, offset, await this.#writeData(value))
    await this.#pad()
  }

  /** @param crc unmasked */
  #record(name: string, value: NDArray, offset: number, crc: number): void {
    this.#entries.set(name, {
      dtype: dtypeInfo(value.dtype).number,
      shape: value.shape.slice(),
      unknownRank: false,
      shardId: 0,
      offset,
      size: this.#data.size - offset,
      crc32c: maskCrc(crc),
      slices: NO_SLICES,
    })
  }

  /** The unmasked checksum. */
  async #writeData(value: NDArray): Promise<number> {
    const kind = dtypeInfo(value.dtype).kind
    if (kind === 'variant') throw new UnimplementedError('Saving data type variant not yet supported')
    if (kind === 'string') return this.#writeStrings(value.data as readonly Uint8Array[])
    const { buffer, byteOffset, byteLength } = value.data as NumericArray
    let crc = 0
    for (let at = 0; at < byteLength; at += SECTION) {
      const bytes = new Uint8Array(buffer, byteOffset + at, Math.min(SECTION, byteLength - at))
      crc = this.#data.appendSmall(bytes, crc) ?? (await this.#data.append(bytes, crc))
    }
    return crc
  }

  async #writeStrings(elements: readonly Uint8Array[]): Promise<number> {
    const header = encodeStringHeader(elements)
    await this.#data.append(header.bytes)
    let crc = header.crc
    for (const element of elements)
      crc = this.#data.appendSmall(element, crc) ?? (await this.#data.append(element, crc))
    return crc
  }

  async #pad(): Promise<void> {
    const over = this.#data.size % this.#alignment
    if (over > 0) await this.#data.append(new Uint8Array(this.#alignment - over))
  }

  /** Both files, from their temporary names to their own. */
  async #put(): Promise<void> {
    const index = metaFilename(this.#prefix)
    if (await this.#fs.exists(index)) {
      await this.#writeIndex()
      const temporary = { index: this.#indexTemp, data: this.#dataTemp }
      await replaceCheckpoint(this.#fs, this.#prefix, temporary, () => this.#syncDir())
      return
    }
    const data = dataFilename(this.#prefix, 0, 1)
    await this.#fs.rename(this.#dataTemp, data)
    try {
      await this.#writeIndex()
      await this.#fs.rename(this.#indexTemp, index)
    } catch (error) {
      // Without an index nobody would ever read it, or delete it.
      const isThere = await this.#fs.exists(index).catch(() => true)
      if (!isThere) await this.#fs.remove(data).catch(() => undefined)
      throw error
    }
    await this.#syncDir()
  }

  async #writeIndex(): Promise<void> {
    const file = await this.#fs.create(this.#indexTemp)
    const ready = new ByteWriter(INDEX_PIECE + (1 << 18))
    const table = new TableBuilder((bytes) => ready.append(bytes))
    const write = async (): Promise<void> => {
      await file.append(ready.view())
      ready.clear()
    }
    try {
      const version = { producer: PRODUCER, minConsumer: 0, badConsumers: [] }
      table.add(EMPTY_BYTES, encodeBundleHeader({ numShards: 1, bigEndian: false, version }))
      const value = new ByteWriter()
      for (const [key, entry] of [...this.#entries].sort(([a], [b]) => compareKeys(a, b))) {
        value.clear()
        encodeBundleEntry(value, entry)
        table.add(bytesFromKey(key), value.view())
        if (ready.length >= INDEX_PIECE) await write()
      }
      table.finish()
      await write()
    } catch (error) {
      await file.close().catch(() => undefined)
      throw error
    }
    await this.#closeFile(file)
  }

  async #closeFile(file: WritableFile | undefined): Promise<void> {
    try {
      if (this.#durable) await file?.sync()
    } finally {
      await file?.close()
    }
  }

  async #syncDir(): Promise<void> {
    if (this.#durable) await this.#fs.syncDir?.(dirname(this.#prefix))
  }

  /** Runs a step; the first error stays. */
  async #run(step: () => Promise<void>): Promise<void> {
    if (this.#error !== undefined) throw this.#error
    try {
      await step()
    } catch (error) {
      this.#error = error
      throw error
    }
  }
}
