/**
 * Writes a tensor bundle: the twin of tensor-bundle-reader.ts.
 *
 *     <bundle> = P.data-00000-of-00001, P.index
 *     <data>   = the tensors' bytes, in the order in which they were added, each padded to the alignment
 *     <index>  = table of "" → BundleHeaderProto, then key → BundleEntryProto in the order of the keys' bytes
 *
 * A tensor in parts has an entry that names its slices and no bytes, and for each part an entry under the part's own key
 * (slice-key.ts).
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, BundleWriter.
 */
import { defaultFileSystem } from '../fs/default'
import { type FileSystem, type WritableFile, type WriteOptions } from '../fs/file-system'
import { makeDirectory } from '../fs/make-directory'
import { dtypeInfo } from '../tensor/dtype'
import { checkElements, formatShape, type NDArray, type Shape, shapesEqual, type TensorSlice } from '../tensor/ndarray'
import { formatSlice, shapeOfSlice } from '../tensor/tensor-slice'
import { maskCrc } from '../util/crc32c'
import { InternalError, InvalidArgumentError } from '../util/errors'
import { dirname } from '../util/path'
import { BundleEntries } from './bundle-entries'
import { ONE_SHARD, syncAndClose, writeBundleIndex } from './bundle-index-writer'
import { DataFileWriter } from './data-file-writer'
import { dataFilename, metaFilename, temporaryFilename } from './naming'
import { exclusively, recoverForWriting, replaceCheckpoint } from './replace-checkpoint'
import { writeSmallTensor, writeTensor } from './tensor-data-writer'
import { checkRank } from './tensor-entry'

/**
 * Adds a value that the caller keeps unchanged until `finish` has settled. A small one goes into the staging buffer at
 * once: there is nothing to wait for then.
 */
export let addHeld: (writer: TensorBundleWriter, key: string, value: NDArray) => Promise<void> | undefined

/** The same for a part of a tensor, as `addSlice` adds it. */
export let addHeldSlice: (
  writer: TensorBundleWriter,
  key: string,
  fullShape: Shape,
  slice: TensorSlice,
  value: NDArray,
) => Promise<void> | undefined

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
  readonly #entries = new BundleEntries()
  #error: unknown
  /** Settles when the calls so far are done. */
  #queue: Promise<void> = Promise.resolve()

  static {
    addHeld = (writer, key, value) => writer.#tryNow(key, undefined, undefined, value)
    addHeldSlice = (writer, key, fullShape, slice, value) => writer.#tryNow(key, fullShape, slice, value)
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
    this.#data = new DataFileWriter(file, options.durable)
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
    return this.#next(() => this.#addAndFlush(addHeld(this, key, value)))
  }

  /**
   * Writes a part of the tensor `key`, as `add` writes a tensor. A slice that is all of the shape is added as the tensor
   * itself. The parts of a tensor may be spread over several writers, whose bundles are then merged.
   *
   * @throws {InternalError} for a slice that the shape does not have; for a tensor whose other parts are of another dtype or
   * shape: "Mismatching shapes: existing tensor = [4], trying to add name x, shape = [5]"
   * @throws {InvalidArgumentError} "Adding duplicate key: x"; for a value of another shape than the slice's
   */
  async addSlice(key: string, fullShape: Shape, slice: TensorSlice, value: NDArray): Promise<void> {
    return this.#next(() => this.#addAndFlush(addHeldSlice(this, key, fullShape, slice, value)))
  }

  /**
   * Writes the index and puts both files in their place. After an error, `abandon` takes away what is left.
   *
   * @throws {InternalError} "Overlapping slices: existing slice = 0,3, new slice = 2,2"
   */
  async finish(): Promise<void> {
    return this.#next(async () => {
      await this.#run(async () => {
        await this.#data.finish()
        this.#entries.check(metaFilename(this.#prefix))
        await syncAndClose(this.#file, this.#durable)
        this.#file = undefined
        await exclusively(this.#prefix, () => this.#put())
        this.#entries.letGo()
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

  /** A value that was staged is copied, and may change at once. */
  async #addAndFlush(adding: Promise<void> | undefined): Promise<void> {
    if (adding === undefined) return
    await adding
    await this.#run(() => this.#data.flush())
  }

  /** Adds a tensor, or a part of one, which may have nothing to wait for; the first error stays. */
  #tryNow(
    key: string,
    fullShape: Shape | undefined,
    slice: TensorSlice | undefined,
    value: NDArray,
  ): Promise<void> | undefined {
    if (this.#error !== undefined) throw this.#error
    try {
      if (fullShape === undefined || slice === undefined) return this.#addNow(key, value)
      return this.#addSliceNow(key, fullShape, slice, value)
    } catch (error) {
      this.#error = error
      throw error
    }
  }

  #addNow(key: string, value: NDArray): Promise<void> | undefined {
    const place = this.#entries.add(key)
    checkValue(key, value)
    return this.#append(value, place)
  }

  #addSliceNow(key: string, fullShape: Shape, slice: TensorSlice, value: NDArray): Promise<void> | undefined {
    checkValue(key, value)
    checkPart(key, fullShape, slice, value.shape)
    // Of the same sizes, it begins at 0: TensorFlow's IsFullSlice.
    const whole = shapesEqual(value.shape, fullShape)
    const place = whole ? this.#entries.add(key) : this.#entries.addSlice(key, fullShape, slice, value.dtype)
    return this.#append(value, place)
  }

  /** Without a promise where the value fits the staging buffer. */
  #append(value: NDArray, place: number): Promise<void> | undefined {
    const offset = this.#data.size
    const crc = this.#alignment === 1 ? writeSmallTensor(this.#data, value) : undefined
    // Apart: a function made here would be made for each of the others, too.
    if (crc === undefined) return this.#appendLarge(value, place)
    this.#place(place, value, offset, crc)
    return undefined
  }

  #appendLarge(value: NDArray, place: number): Promise<void> {
    return this.#run(() => this.#write(value, place))
  }

  async #write(value: NDArray, place: number): Promise<void> {
    const offset = this.#data.size
    const crc = await writeTensor(this.#data, value)
    this.#place(place, value, offset, crc)
    await this.#pad()
  }

  /** @param crc unmasked */
  #place(place: number, value: NDArray, offset: number, crc: number): void {
    const { number } = dtypeInfo(value.dtype)
    this.#entries.place(place, number, value.shape, offset, this.#data.size - offset, maskCrc(crc))
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

  #writeIndex(): Promise<void> {
    return writeBundleIndex(this.#fs, this.#indexTemp, ONE_SHARD, this.#entries, this.#durable)
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

function checkValue(key: string, value: NDArray): void {
  checkElements(value.dtype, value.shape, value.data)
  checkRank(key, value.shape)
}

/** What SaveV2 asks of a part. TensorFlow: core/kernels/save_restore_v2_ops.cc. */
function checkPart(key: string, fullShape: Shape, slice: TensorSlice, shape: Shape): void {
  checkRank(key, fullShape)
  if (shapesEqual(shapeOfSlice(slice, fullShape), shape)) return
  const what = `${fullShape.join(' ')} ${formatSlice(slice)}, tensor: ${formatShape(shape)}`
  const text = 'Slice in shape_and_slice specification does not match the shape of the tensor to  save:'
  throw new InvalidArgumentError(`${text} ${what}`, { key })
}
