/**
 * A checkpoint as a whole: its index in memory, so that look-ups are at hand at once, as in Python.
 *
 * TensorFlow: c/checkpoint_reader.cc.
 */
import { defaultFileSystem } from '../fs/default'
import { type ReadOptions } from '../fs/file-system'
import { type ObjectGraph } from '../proto/object-graph'
import { type DType, dtypeInfo, type NumericArray } from '../tensor/dtype'
import { checkElements, formatShape, type NDArray, type Shape, shapesEqual, type TensorSlice } from '../tensor/ndarray'
import { bytesFromKey, hasLoneSurrogate, keyFromBytes } from '../util/bytes'
import { InvalidArgumentError, NotFoundError, type OpError } from '../util/errors'
import { withNearest } from '../util/nearest-names'
import { BufferPool } from './buffer-pool'
import { openBundleSource } from './bundle-source'
import { type CheckpointSource, type ReadRequest, type StoredTensor } from './checkpoint-source'
import { readableNames, readObjectGraph } from './object-graph'
import { openTensorSliceReader } from './tensor-slice-reader'
import { readOne, valueOf } from './tensor-value'
import { notACheckpoint } from './wrong-prefix'

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
  /** Tensors and parts of tensors that were read, faulty ones included. */
  tensors: number
  /** Bytes of their data. */
  bytes: number
  /** One for each that cannot be read, and for each tensor whose parts do not fit, with the tensor's key. */
  faults: OpError[]
}

/** What the floor above restores by. */
export interface CheckpointInternals {
  readonly source: CheckpointSource
  /** The graph of an object-based checkpoint, undefined for others. @throws {DataLossError} where it is damaged */
  graph(): ObjectGraph | undefined
}

/** The way in for the Saver. */
export let checkpointInternals: (reader: CheckpointReader) => CheckpointInternals

/**
 * A checkpoint of either format, sharded or not, with tensors stored whole or in parts. Opening reads the whole index once,
 * so that look-ups are sync; to read one variable of a huge or remote checkpoint use loadVariable or TensorBundleReader,
 * which read only the blocks they need.
 *
 * A tensor's name is its key. Those of object-based checkpoints (tf.train.Checkpoint) are paths through objects, such as
 * "first/kernel/.ATTRIBUTES/VARIABLE_VALUE"; there the name that variableNames() has is taken, too. A key counts first.
 */
export class CheckpointReader {
  /** The format of the checkpoint. */
  readonly version: 'V1' | 'V2'
  readonly #source: CheckpointSource
  readonly #graph: () => ObjectGraph | undefined
  #names: ReadonlyMap<string, string> | undefined

  static {
    checkpointInternals = (reader) => ({ source: reader.#source, graph: reader.#graph })
  }

  private constructor(source: CheckpointSource, graph: () => ObjectGraph | undefined) {
    this.#source = source
    this.version = source.version
    this.#graph = graph
  }

  /**
   * Opens the checkpoint of that prefix: of format V2 where there is an index, else of V1, for which `prefix` is the path of
   * the file, or "m-?????-of-00002" for its shards.
   *
   * @throws {NotFoundError} where there is none; the message says what is there
   * @throws {DataLossError} for an index that is damaged, or for a file that is something else
   */
  static async open(prefix: string, options: ReadOptions = {}): Promise<CheckpointReader> {
    const source = (await openBundleSource(prefix, options)) ?? (await openV1(prefix, options))
    try {
      return new CheckpointReader(source, await objectGraphOf(source, options))
    } catch (error) {
      await source.close()
      throw error
    }
  }

  /**
   * Whether there is a tensor of that name: "w", not "w:0".
   * @throws {DataLossError} where the graph of an object-based checkpoint is damaged and no key is meant
   */
  hasTensor(name: string): boolean {
    return this.#find(name) !== undefined
  }

  /**
   * A tensor's value, in an array of its own; put together, where it is stored in parts.
   *
   * @throws {NotFoundError} "Key w not found in checkpoint", and the names that come nearest
   * @throws {InvalidArgumentError} where it is of another dtype than the one asked for
   * @throws {DataLossError} {OutOfRangeError} where its bytes are damaged or missing
   * @throws {InvalidArgumentError} {InternalError} {NotFoundError} where its parts leave holes, overlap or are missing
   */
  async getTensor(name: string): Promise<NDArray>
  async getTensor<D extends DType>(name: string, dtype: D): Promise<NDArray<D>>
  async getTensor(name: string, dtype?: DType): Promise<NDArray> {
    const tensor = this.#tensor(name)
    if (dtype !== undefined && tensor.dtype.name !== dtype) {
      const text = `tensor_name = ${name}; expected dtype ${dtypeInfo(dtype).word} does not equal original dtype ${tensor.dtype.word}`
      throw new InvalidArgumentError(text, { key: name, path: this.#source.path })
    }
    return this.#read({ tensor })
  }

  /**
   * A part of a tensor, however that is stored. A checksum is that of a tensor, or of a part that is stored by itself, as a
   * whole: it is read to its end, though memory is only taken for what is asked for and a few MB. With
   * `verifyChecksums: false` just the bytes of the slice are read, and what lies in gaps of up to 16 KiB between them;
   * strings as a whole in any case.
   *
   * @throws {InternalError} {InvalidArgumentError} for a slice that the tensor does not have: "Extent in dimension 0 out of
   * bounds: shape = [3], slice = 2,2"; and as getTensor()
   */
  async getSlice(name: string, slice: TensorSlice): Promise<NDArray> {
    return this.#read({ tensor: this.#tensor(name), slice })
  }

  /**
   * Reads a tensor into an array that the caller hands in, and gives that value back. After an error `target` may hold
   * anything.
   *
   * @throws {InvalidArgumentError} where dtype or shape of `target` are not the tensor's, where its data does not fill
   *   the shape, or where it has strings
   */
  async readTensor<T extends NDArray>(name: string, target: T): Promise<T> {
    const tensor = this.#tensor(name)
    const found = `${tensor.dtype.name}${formatShape(tensor.shape)}`
    const given = `${target.dtype}${formatShape(target.shape)}`
    if (target.dtype !== tensor.dtype.name || !shapesEqual(target.shape, tensor.shape) || tensor.dtype.size === 0) {
      throw new InvalidArgumentError(`Cannot read ${name} into ${given}: the checkpoint holds ${found}`, { key: name })
    }
    checkElements(target.dtype, target.shape, target.data)
    await this.#read({ tensor }, target.data as NumericArray)
    return target
  }

  /** The tensors' shapes by key, in the order of the keys' bytes. */
  getVariableToShapeMap(): Map<string, Shape> {
    const shapes = new Map<string, Shape>()
    for (const { key, shape } of this.#source.tensors.values()) shapes.set(key, shape)
    return shapes
  }

  /** The tensors' dtypes by key, in the order of the keys' bytes. */
  getVariableToDtypeMap(): Map<string, DType> {
    const dtypes = new Map<string, DType>()
    for (const { key, dtype } of this.#source.tensors.values()) dtypes.set(key, dtype.name)
    return dtypes
  }

  /**
   * A readable name for each tensor, and its key, in the order of the keys' bytes. They differ in an object-based checkpoint:
   * there it is the name that the variable had in the program that saved it, "dense/kernel", slot variables included
   * ("dense/kernel/Adam"). The key is taken where there was no name, or several tensors have one. The graph of objects is
   * left out.
   *
   * @throws {DataLossError} where the graph of objects is damaged; keys can be read even so
   */
  variableNames(): Map<string, string> {
    return readableNames(this.#graph(), this.#source.tensors)
  }

  /**
   * Every tensor with its key, in the order of the file, as the bytes stream in; behind them those that are stored in parts,
   * one after another.
   *
   * @param options.filter the names that are wanted; what lies between them is not read, or read over
   * @param options.reuseBuffer each value is valid only until the next: large tensors share one array
   */
  async *tensors(
    options: { filter?: (name: string) => boolean; reuseBuffer?: boolean } = {},
  ): AsyncGenerator<[name: string, value: NDArray]> {
    const { filter = () => true, reuseBuffer = false } = options
    const { tensors } = this.#source
    const wanted = Array.from(tensors.keys(), (key) => filter(key))
    // One by one: a million objects are never there at once.
    const requestsFor = function* (inParts: boolean): Generator<ReadRequest> {
      let at = 0
      for (const tensor of tensors.values()) {
        if (wanted[at++] && tensor.slices.length > 0 === inParts) yield { tensor }
      }
    }
    const whole = { [Symbol.iterator]: () => requestsFor(false) }
    const pool = reuseBuffer ? new BufferPool() : undefined
    const target = ({ tensor }: ReadRequest, alone: boolean) => (alone ? pool?.take(tensor) : undefined)
    // By themselves: the parts of several may lie in turns, and memory would be taken for all.
    for (const requests of [whole, ...Array.from(requestsFor(true), (one) => [one])]) {
      for await (const batch of this.#source.read(requests, { target })) {
        for (const loaded of batch) {
          const { tensor } = loaded.request
          const array = loaded.own ?? pool?.take(tensor)
          yield [tensor.key, valueOf(loaded, array)]
          if (array !== undefined) pool?.give(array)
        }
      }
    }
  }

  /** Reads every byte and checks every checksum; reports each fault and goes on. */
  async verify(options: { onProgress?: ((progress: Progress) => void) | undefined } = {}): Promise<VerifyReport> {
    this.#source.checkOpen()
    const { tensors, bytes: bytesTotal } = this.#source.stored
    const faults: OpError[] = []
    let bytesDone = 0
    for await (const first of this.#source.verify(options.onProgress)) {
      for (const { key, bytes, fault } of [first, ...(first.neighbours ?? [])]) {
        bytesDone += bytes
        if (fault !== undefined) faults.push(fault)
        options.onProgress?.({ key, bytesDone, bytesTotal })
      }
    }
    return { tensors, bytes: bytesTotal, faults }
  }

  /**
   * A line a tensor, as TensorFlow's debug_string(): "name (DT_FLOAT) [1,2]". Of one in parts, V2 has a line for each, under
   * the key that it is stored by, and V1 "name (DT_FLOAT) [4], 2 slices".
   */
  debugString(): string {
    return this.#source.debugString()
  }

  /** Closes the files. Further calls do nothing. */
  async close(): Promise<void> {
    await this.#source.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #read(request: ReadRequest, target?: NumericArray): Promise<NDArray> {
    return readOne((requests, how) => this.#source.read(requests, how), request, target)
  }

  /** @throws {InvalidArgumentError} for a lone surrogate that stands for no byte */
  #find(name: string): StoredTensor | undefined {
    const { tensors } = this.#source
    // Escaped bytes may spell what has a shorter name: U+DCC3 U+DCA9 is the key "é".
    const key = hasLoneSurrogate(name) ? keyFromBytes(bytesFromKey(name)) : name
    const tensor = tensors.get(key)
    if (tensor !== undefined || this.#graph() === undefined) return tensor
    this.#names ??= this.variableNames()
    return tensors.get(this.#names.get(key) ?? '')
  }

  #tensor(name: string): StoredTensor {
    const tensor = this.#find(name)
    if (tensor !== undefined) return tensor
    const { version, path, tensors } = this.#source
    const [line] = withNearest([name], (this.#names ?? tensors).keys())
    const what = version === 'V1' ? `${name} not found in checkpoint file` : this.#source.missing(name)
    throw new NotFoundError(what + (line as string).slice(name.length), { key: name, path })
  }
}

async function openV1(prefix: string, options: ReadOptions): Promise<CheckpointSource> {
  const error = await notACheckpoint(options.fs ?? defaultFileSystem(), prefix)
  if (error !== undefined) throw error
  return openTensorSliceReader(prefix, options)
}

/** A graph that is damaged keeps nobody from what is asked for by its key. */
async function objectGraphOf(
  source: CheckpointSource,
  { signal }: ReadOptions,
): Promise<() => ObjectGraph | undefined> {
  try {
    const graph = await readObjectGraph(source)
    return () => graph
  } catch (error) {
    signal?.throwIfAborted()
    return () => {
      throw error
    }
  }
}
