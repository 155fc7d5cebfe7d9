/**
 * A checkpoint as a whole: its index in memory, so that look-ups are at hand at once, as in Python.
 *
 * Keys that begin with a zero byte name the parts of sliced tensors; they are hidden from the maps, as in TensorFlow.
 * TensorFlow: c/checkpoint_reader.cc.
 */
import { type ReadOptions } from '../fs/file-system'
import { type DType, dtypeInfo, type NumericArray } from '../tensor/dtype'
import { checkElements, formatShape, type NDArray, type Shape, shapesEqual } from '../tensor/ndarray'
import { bytesFromKey, hasLoneSurrogate, keyFromBytes } from '../util/bytes'
import { InvalidArgumentError, NotFoundError, OpError, UnknownError } from '../util/errors'
import { withNearest } from '../util/nearest-names'
import { readTensors } from './read-tensors'
import { type BundleInternals, bundleInternals, readValue, TensorBundleReader } from './tensor-bundle-reader'
import { allocating, type TensorEntry } from './tensor-entry'
import { allocate, valueOf } from './tensor-value'

/** How far a long work has come. */
export interface Progress {
  /** The tensor that was done last. */
  key: string
  /** Bytes of the tensors that are done. */
  bytesDone: number
  /** Bytes of all of them; those of strings are not counted while saving. */
  bytesTotal: number
}

/** What `verify` found. */
export interface VerifyReport {
  /** Tensors that were read, faulty ones included. */
  tensors: number
  /** Bytes of their data. */
  bytes: number
  /** One for each tensor that cannot be read, with its key. */
  faults: OpError[]
}

/** What the floor above restores by. */
export interface CheckpointInternals {
  readonly bundle: BundleInternals
  /** Every entry but the parts of sliced tensors, by key. */
  readonly entries: ReadonlyMap<string, TensorEntry>
}

/** The way in for the Saver. */
export let checkpointInternals: (reader: CheckpointReader) => CheckpointInternals

/**
 * A checkpoint of format V2. Opening reads the whole index once, so that look-ups are sync; to read one variable of a
 * huge or remote checkpoint use loadVariable or TensorBundleReader, which read only the blocks they need.
 */
export class CheckpointReader {
  /** The format of the checkpoint. */
  readonly version: 'V1' | 'V2' = 'V2'
  readonly #reader: TensorBundleReader
  readonly #bundle: BundleInternals
  readonly #all: readonly TensorEntry[]
  readonly #entries = new Map<string, TensorEntry>()

  static {
    checkpointInternals = (reader) => ({ bundle: reader.#bundle, entries: reader.#entries })
  }

  private constructor(reader: TensorBundleReader, entries: readonly TensorEntry[]) {
    this.#reader = reader
    this.#bundle = bundleInternals(reader)
    this.#all = entries
    for (const entry of entries) if (!isSliceKey(entry.key)) this.#entries.set(entry.key, entry)
  }

  /**
   * Opens the checkpoint of that prefix.
   *
   * @throws {NotFoundError} where there is none; the message says what is there
   * @throws {DataLossError} for an index that is damaged, or for a file that is something else
   */
  static async open(prefix: string, options: ReadOptions = {}): Promise<CheckpointReader> {
    const reader = await TensorBundleReader.open(prefix, options)
    try {
      return new CheckpointReader(reader, await bundleInternals(reader).entries())
    } catch (error) {
      await reader.close()
      throw error
    }
  }

  /** Whether there is a tensor of that very key: "w", not "w:0". */
  hasTensor(name: string): boolean {
    return this.#find(name) !== undefined
  }

  /**
   * A tensor's value, in an array of its own.
   *
   * @throws {NotFoundError} "Key w not found in checkpoint", and the names that come nearest
   * @throws {InvalidArgumentError} where it is of another dtype than the one asked for
   * @throws {DataLossError} {OutOfRangeError} where its bytes are damaged or missing
   */
  async getTensor(name: string): Promise<NDArray>
  async getTensor<D extends DType>(name: string, dtype: D): Promise<NDArray<D>>
  async getTensor(name: string, dtype?: DType): Promise<NDArray> {
    const entry = this.#entry(name)
    if (dtype !== undefined && entry.dtype.name !== dtype) {
      const text = `tensor_name = ${name}; expected dtype ${dtypeInfo(dtype).word} does not equal original dtype ${entry.dtype.word}`
      throw new InvalidArgumentError(text, { key: name, path: this.#bundle.indexPath })
    }
    return readValue(this.#bundle, entry)
  }

  /**
   * Reads a tensor into an array that the caller hands in, and gives that value back. After an error `target` may hold
   * anything.
   *
   * @throws {InvalidArgumentError} where dtype or shape of `target` are not the tensor's, where its data does not fill
   *   the shape, or where it has strings
   */
  async readTensor<T extends NDArray>(name: string, target: T): Promise<T> {
    const entry = this.#entry(name)
    const found = `${entry.dtype.name}${formatShape(entry.shape)}`
    const given = `${target.dtype}${formatShape(target.shape)}`
    if (target.dtype !== entry.dtype.name || !shapesEqual(target.shape, entry.shape) || entry.dtype.size === 0) {
      throw new InvalidArgumentError(`Cannot read ${name} into ${given}: the checkpoint holds ${found}`, { key: name })
    }
    checkElements(target.dtype, target.shape, target.data)
    await readValue(this.#bundle, entry, target.data as NumericArray)
    return target
  }

  /** The tensors' shapes by key, in the order of the keys' bytes. */
  getVariableToShapeMap(): Map<string, Shape> {
    const shapes = new Map<string, Shape>()
    for (const [key, { shape }] of this.#entries) shapes.set(key, shape)
    return shapes
  }

  /** The tensors' dtypes by key, in the order of the keys' bytes. */
  getVariableToDtypeMap(): Map<string, DType> {
    const dtypes = new Map<string, DType>()
    for (const [key, { dtype }] of this.#entries) dtypes.set(key, dtype.name)
    return dtypes
  }

  /**
   * Every tensor with its name, in the order of the file, as the bytes stream in.
   *
   * @param options.filter the names that are wanted; what lies between them is not read, or read over
   * @param options.reuseBuffer each value is valid only until the next: large tensors share one array
   */
  async *tensors(
    options: { filter?: (name: string) => boolean; reuseBuffer?: boolean } = {},
  ): AsyncGenerator<[name: string, value: NDArray]> {
    const { filter = () => true, reuseBuffer = false } = options
    const wanted = [...this.#entries.values()].filter((entry) => filter(entry.key))
    const arrays = new Map<TensorEntry, NumericArray>()
    const pool = reuseBuffer ? new BufferPool() : undefined
    const target = (entry: TensorEntry): NumericArray | undefined => {
      if (entry.dtype.Array === undefined) return undefined
      const array = pool?.take(entry) ?? allocate(entry)
      arrays.set(entry, array)
      return array
    }
    for await (const batch of readTensors(wanted, { ...this.#bundle.plan, target })) {
      for (const tensor of batch) {
        const array = arrays.get(tensor.entry) ?? pool?.take(tensor.entry)
        yield [tensor.entry.key, valueOf(tensor, this.#bundle.plan.bigEndian, array)]
        if (array !== undefined) pool?.give(array)
        arrays.delete(tensor.entry)
      }
    }
  }

  /** Reads every byte and checks every checksum; reports each fault and goes on. */
  async verify(options: { onProgress?: ((progress: Progress) => void) | undefined } = {}): Promise<VerifyReport> {
    this.#bundle.checkOpen()
    const plain = this.#all.filter((entry) => entry.slices.length === 0)
    const bytesTotal = plain.reduce((sum, entry) => sum + entry.size, 0)
    const faults: OpError[] = []
    const plan = { ...this.#bundle.plan, verifyChecksums: true, collectFaults: true, target: () => undefined }
    let bytesDone = 0
    for await (const batch of readTensors(plain, plan)) {
      for (const { entry, fault } of batch) {
        bytesDone += entry.size
        if (fault !== undefined) faults.push(asOpError(fault, entry))
        options.onProgress?.({ key: entry.key, bytesDone, bytesTotal })
      }
    }
    return { tensors: plain.length, bytes: bytesTotal, faults }
  }

  /** A line a tensor, as TensorFlow's debug_string(): "name (DT_FLOAT) [1,2]". */
  debugString(): string {
    const plain = this.#all.filter((entry) => entry.slices.length === 0)
    return plain.map(({ key, dtype, shape }) => `${key} (${dtype.enumName}) ${formatShape(shape)}\n`).join('')
  }

  /** Closes the files. Further calls do nothing. */
  async close(): Promise<void> {
    await this.#reader.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** @throws {InvalidArgumentError} for a lone surrogate that stands for no byte */
  #find(name: string): TensorEntry | undefined {
    // Escaped bytes may spell what has a shorter name: U+DCC3 U+DCA9 is the key "é".
    return this.#entries.get(hasLoneSurrogate(name) ? keyFromBytes(bytesFromKey(name)) : name)
  }

  #entry(name: string): TensorEntry {
    const entry = this.#find(name)
    if (entry !== undefined) return entry
    const details = { key: name, path: this.#bundle.indexPath }
    const [line] = withNearest([name], this.#entries.keys())
    throw new NotFoundError(`Key ${name} not found in checkpoint${(line as string).slice(name.length)}`, details)
  }
}

/** Arrays that are used again for tensors of the same kind and size. */
class BufferPool {
  #free: ArrayBuffer[] = []

  take(entry: TensorEntry): NumericArray | undefined {
    const { Array, size, lanes } = entry.dtype
    if (Array === undefined) return undefined
    const at = this.#free.findIndex((buffer) => buffer.byteLength >= entry.count * size)
    return allocating(entry, () => {
      const [buffer] = at < 0 ? [new ArrayBuffer(entry.count * size)] : this.#free.splice(at, 1)
      return buffer === undefined ? undefined : new Array(buffer, 0, entry.count * lanes)
    })
  }

  give(array: NumericArray): void {
    this.#free.push(array.buffer)
    // Reads under way hold a few; more than that are left to the collector, the smallest first.
    this.#free.sort((a, b) => a.byteLength - b.byteLength)
    if (this.#free.length > 4) this.#free.shift()
  }
}

function isSliceKey(key: string): boolean {
  return key.charCodeAt(0) === 0
}

function asOpError(fault: Error, entry: TensorEntry): OpError {
  if (fault instanceof OpError && fault.key !== undefined) return fault
  return new UnknownError(`Cannot read ${entry.key}: ${fault.message}`, { key: entry.key, cause: fault })
}
