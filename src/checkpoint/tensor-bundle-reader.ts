/**
 * Reads a tensor bundle: the twin of tensor-bundle-writer.ts, where the grammar stands.
 *
 * A look-up reads one block of the index, one more for each part of a sliced tensor that it needs, where those lie in
 * others, and the tensor's own bytes.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, BundleReader.
 */
import { defaultFileSystem } from '../fs/default'
import { type ReadOptions } from '../fs/file-system'
import { type BlockCursor } from '../table/block'
import { type DType } from '../tensor/dtype'
import { type NDArray, type Shape, type TensorSlice } from '../tensor/ndarray'
import { bytesFromKey, keysFromBytes } from '../util/bytes'
import { NotFoundError } from '../util/errors'
import { entryAt, OpenBundle } from './open-bundle'
import { readRequests } from './read-requests'
import { type TensorEntry } from './tensor-entry'
import { readOne } from './tensor-value'
import { notACheckpoint } from './wrong-prefix'

/** tensorflow::BundleReader: the tensors of a checkpoint, by key. */
export class TensorBundleReader {
  /** Data files of the checkpoint. */
  readonly numShards: number
  readonly #bundle: OpenBundle

  private constructor(bundle: OpenBundle) {
    this.#bundle = bundle
    this.numShards = bundle.numShards
  }

  /**
   * Opens the checkpoint of that prefix.
   *
   * @throws {NotFoundError} where there is none; the message says what is there
   * @throws {DataLossError} for an index that is damaged, or for a file that is something else
   * @throws {InvalidArgumentError} for a header that says this version must not read it
   */
  static async open(prefix: string, options: ReadOptions = {}): Promise<TensorBundleReader> {
    const bundle = await OpenBundle.open(prefix, options)
    if (bundle !== undefined) return new TensorBundleReader(bundle)
    const error = await notACheckpoint(options.fs ?? defaultFileSystem(), prefix)
    const path = `${prefix}.index`
    const v1 = `${path}; No such file or directory: ${prefix} is a checkpoint of format V1, which CheckpointReader reads`
    throw error ?? new NotFoundError(v1, { path })
  }

  /**
   * The keys in the order of their bytes; a key that is no UTF-8 holds its stray bytes 0x80+n as U+DC80+n. Those that begin
   * with a zero byte name the parts of sliced tensors.
   */
  async *keys(): AsyncIterable<string> {
    for await (const keys of this.#bundle.scan(() => undefined)) yield* keysFromBytes(...keys)
  }

  /** Whether there is a tensor of that very key. */
  async contains(key: string): Promise<boolean> {
    return (await this.#find(key)) !== undefined
  }

  /** @throws {NotFoundError} "Key w not found in checkpoint" */
  async lookupDtypeAndShape(key: string): Promise<{ readonly dtype: DType; readonly shape: Shape }> {
    const { dtype, shape } = await this.#entry(key)
    return { dtype: dtype.name, shape }
  }

  /**
   * The tensor's value, in an array of its own; put together, where it is stored in parts.
   *
   * @throws {NotFoundError} "Key w not found in checkpoint"; or for a data file that is missing
   * @throws {DataLossError} for bytes that do not have the checksum of the index
   * @throws {OutOfRangeError} for a data file that is too short
   * @throws {InvalidArgumentError} {InternalError} for parts that leave holes, or overlap
   */
  async lookup(key: string): Promise<NDArray> {
    return this.#read(await this.#entry(key))
  }

  /**
   * A part of the tensor, however it is stored. A checksum is that of a stored part as a whole, or of a tensor that is
   * stored whole: it is read to its end, though only what is asked for is kept. With `verifyChecksums: false` just the
   * bytes of the slice are read, and what lies in gaps of up to 16 KiB between them; strings as a whole in any case.
   *
   * @throws {InternalError} {InvalidArgumentError} for a slice that the tensor does not have: "Extent in dimension 0 out of
   * bounds: shape = [3], slice = 2,2"; and as lookup()
   */
  async lookupSlice(key: string, slice: TensorSlice): Promise<NDArray> {
    return this.#read(await this.#entry(key), slice)
  }

  /** The parts in which the tensor is stored; none where it is stored whole. @throws {NotFoundError} as lookup() */
  async lookupTensorSlices(key: string): Promise<TensorSlice[]> {
    return [...(await this.#entry(key)).slices]
  }

  /** Closes the files. Further calls do nothing. */
  async close(): Promise<void> {
    await this.#bundle.close()
  }

  async #find(key: string): Promise<BlockCursor | undefined> {
    this.#bundle.checkOpen()
    return key === '' ? undefined : this.#bundle.table.find(bytesFromKey(key))
  }

  /** The entry of that very key, a tensor's or a part's. */
  async #entryOf(key: string): Promise<TensorEntry | undefined> {
    const cursor = await this.#find(key)
    return cursor && entryAt(cursor, this.#bundle.path, this.numShards)
  }

  async #entry(key: string): Promise<TensorEntry> {
    const entry = await this.#entryOf(key)
    if (entry !== undefined) return entry
    throw new NotFoundError(`Key ${key} not found in checkpoint`, { path: this.#bundle.path, key })
  }

  #read(tensor: TensorEntry, slice?: TensorSlice): Promise<NDArray> {
    const { path, plan } = this.#bundle
    const bundle = { path, plan, find: (key: string) => this.#entryOf(key) }
    return readOne((requests, how) => readRequests(bundle, requests, how), { tensor, slice })
  }
}
