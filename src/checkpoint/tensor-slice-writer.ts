/**
 * Writes a checkpoint of format V1: the twin of tensor-slice-reader.ts.
 *
 *     <file> = table of "" → SavedTensorSlices with meta, then <key> → SavedTensorSlices with data, in the order of the keys
 *     <key>  = name and slice: slice-key.ts
 *
 * The meta lists tensors and their slices by name; the slices of a tensor as sorting by names leaves them, std-sort.ts. A whole
 * tensor's slice has the range "-" for each dimension. proto/saved-tensor-slices.ts has the messages, table/format.ts the table.
 * TensorFlow: core/util/tensor_slice_writer.h and .cc; core/kernels/save_restore_tensor.cc, SaveTensors, which sorts.
 */
import { defaultFileSystem } from '../fs/default'
import { type FileSystem, type WritableFile, type WriteOptions } from '../fs/file-system'
import {
  encodeSavedMeta,
  encodeSavedSlice,
  encodeSliceHead,
  type SavedSliceMeta,
  type SavedValues,
} from '../proto/saved-tensor-slices'
import { TableBuilder } from '../table/table-builder'
import { type DTypeInfo, dtypeInfo, isSigned } from '../tensor/dtype'
import { checkElements, formatShape, type NDArray, type Shape, shapesEqual, type TensorSlice } from '../tensor/ndarray'
import { savedField } from '../tensor/saved-fields'
import { boxOf, formatSlice, shapeOfSlice } from '../tensor/tensor-slice'
import { compareBytes, compareKeys, EMPTY_BYTES, hasLoneSurrogate } from '../util/bytes'
import { ByteWriter } from '../util/coding'
import { InternalError, InvalidArgumentError, OpError, UnimplementedError } from '../util/errors'
import { dirname } from '../util/path'
import { stdSort } from '../util/std-sort'
import { syncAndClose } from './bundle-index-writer'
import { temporaryFilename } from './naming'
import { encodeSliceKey } from './slice-key'
import { partFinder } from './stored-parts'

/** TF_CHECKPOINT_VERSION. TensorFlow: core/public/version.h. */
const PRODUCER = 1
/** kMaxMessageBytes and kTensorProtoHeaderBytes in tensor_slice_writer.h. */
const MAX_MESSAGE = 2 ** 31
const MESSAGE_HEADER = 2 ** 10
/** What TensorFlow reckons for the length of a string, and for a number that may be negative. */
const LONGEST_VARINT = 10
/** Pieces up to this size are gathered, and handed to the file when there are so many bytes. */
const SMALL = 1 << 18
const GATHERED = 1 << 20

/** What TensorSliceWriter takes. */
export interface SliceWriterOptions extends WriteOptions {
  /** Gives the file up while it is written, which is all in `finish`; it rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
}

/** A tensor, and what of it was added. */
interface SavedTensor {
  readonly name: string
  readonly shape: Shape
  readonly dtype: DTypeInfo
  readonly slices: Map<string, TensorSlice>
}

/** A record to be. */
interface SavedPart {
  readonly key: Uint8Array
  readonly name: string
  readonly slice: TensorSlice
  readonly field: number
  readonly data: SavedValues
}

/**
 * tensorflow::checkpoint::TensorSliceWriter: one file, under its name once `finish` has settled. Values are not copied: they
 * stay as they are until then.
 */
export class TensorSliceWriter {
  readonly #fs: FileSystem
  readonly #path: string
  readonly #durable: boolean
  readonly #signal: AbortSignal | undefined
  readonly #tensors = new Map<string, SavedTensor>()
  readonly #parts: SavedPart[] = []
  #closed = false

  private constructor(path: string, { fs = defaultFileSystem(), durable = true, signal }: SliceWriterOptions) {
    this.#fs = fs
    this.#path = path
    this.#durable = durable
    this.#signal = signal
  }

  /** A writer of the file `path`, of which nothing is there before `finish`. */
  static create(path: string, options: SliceWriterOptions = {}): TensorSliceWriter {
    return new TensorSliceWriter(path, options)
  }

  /**
   * Adds a tensor, or a part of one. An error leaves the writer as it was.
   *
   * @param slice undefined is all of the shape
   * @throws {UnimplementedError} "Saving data type bfloat16 not yet supported"
   * @throws {InvalidArgumentError} "Tensor slice serialization not implemented for dtype 22"; "Tensor slice is too large to
   * serialize (conservative estimate: 2147484681 bytes)"; for a value that has not the shape of the slice
   * @throws {InternalError} "Mismatching shapes: existing tensor = [4], trying to add name x, shape = [5]"; "Mismatching types:
   * existing type = float, trying to add name x, type = int32"; "Overlapping slices: existing slice = -, new slice = -"; for a
   * slice that the shape does not have
   */
  add(name: string, fullShape: Shape, slice: TensorSlice | undefined, value: NDArray): void {
    if (this.#closed) throw new InternalError('TensorSliceWriter is closed', { path: this.#path })
    const dtype = dtypeInfo(value.dtype)
    const ranges = slice ?? fullShape.map(() => undefined)
    checkElements(value.dtype, value.shape, value.data)
    checkName(name)
    checkPart(name, fullShape, ranges, value.shape)
    const field = fieldOf(name, dtype)
    const tensor = this.#tensors.get(name) ?? { name, shape: fullShape.slice(), dtype, slices: new Map() }
    const text = formatSlice(ranges)
    checkAlike(tensor, fullShape, dtype, text)
    checkSize(name, ranges, dtype, value)
    const part = { key: encodeSliceKey(name, ranges), name, slice: ranges, field, data: value.data as SavedValues }
    tensor.slices.set(text, ranges)
    this.#tensors.set(name, tensor)
    this.#parts.push(part)
  }

  /**
   * Writes the file under a temporary name and gives it its own. The directory must be there.
   *
   * @throws {NotFoundError} "d/m.tempstate123; No such file or directory"
   * @throws {InternalError} "Overlapping slices: existing slice = 0,3, new slice = 2,2"; "Error writing (tmp) checkpoint file: …"
   */
  async finish(): Promise<void> {
    if (this.#closed) throw new InternalError('TensorSliceWriter is closed', { path: this.#path })
    this.#closed = true
    for (const tensor of this.#tensors.values()) checkApart(tensor, this.#path)
    const temporary = temporaryFilename(this.#path)
    const file = await this.#fs.create(temporary)
    try {
      await this.#write(file, temporary)
      this.#signal?.throwIfAborted()
      await this.#fs.rename(temporary, this.#path)
    } catch (error) {
      // Whatever fails here hides what failed first.
      await this.#fs.remove(temporary).catch(() => undefined)
      throw error
    }
    if (this.#durable) await this.#fs.syncDir?.(dirname(this.#path) || '.')
  }

  /** Gives up. There is nothing to take away. */
  async abandon(): Promise<void> {
    this.#closed = true
    this.#parts.length = 0
  }

  async #write(file: WritableFile, path: string): Promise<void> {
    try {
      await this.#append(file).catch(async (error: unknown) => {
        await file.close().catch(() => undefined)
        throw error
      })
      await syncAndClose(file, this.#durable)
    } catch (error) {
      if (!(error instanceof OpError)) throw error
      const text = `Error writing (tmp) checkpoint file: ${path}: ${error.message}`
      throw new InternalError(text, { path, cause: error })
    }
  }

  async #append(file: WritableFile): Promise<void> {
    const output = new Gatherer()
    const table = new TableBuilder((bytes) => output.add(bytes))
    const record = new ByteWriter(SMALL)
    table.add(EMPTY_BYTES, this.#meta())
    for (const part of [...this.#parts].sort((a, b) => compareBytes(a.key, b.key))) {
      addRecord(table, part.key, encodeSavedSlice(part.name, part.slice, part.field, part.data), record)
      if (output.bytes < GATHERED) continue
      await output.writeTo(file)
      this.#signal?.throwIfAborted()
    }
    table.finish()
    await output.writeTo(file)
  }

  #meta(): Uint8Array {
    const metas = new Map<string, SavedSliceMeta & { slices: TensorSlice[] }>()
    for (const { name, slice } of byName(this.#parts)) {
      const { shape, dtype } = this.#tensors.get(name) as SavedTensor
      const meta = metas.get(name) ?? { name, shape, unknownRank: false, dtype: dtype.number, slices: [] }
      meta.slices.push(slice)
      metas.set(name, meta)
    }
    const version = { producer: PRODUCER, minConsumer: 0, badConsumers: [] }
    return encodeSavedMeta({ tensors: [...metas.values()], version })
  }
}

/** In TensorFlow's order; nothing is to be sorted where each name is behind the one before, as a Saver's are. */
function byName(parts: readonly SavedPart[]): readonly SavedPart[] {
  const isSorted = parts.every(({ name }, i) => i === 0 || compareKeys(parts[i - 1]?.name ?? '', name) < 0)
  return isSorted ? parts : stdSort(parts, (a, b) => compareKeys(a.name, b.name) < 0)
}

/** TensorFlow writes such a name, and then cannot read the file: the message that lists all tensors takes UTF-8 alone. */
function checkName(name: string): void {
  if (!hasLoneSurrogate(name)) return
  const key = JSON.stringify(name)
  throw new InvalidArgumentError(`Cannot write ${key} in format V1: its names are UTF-8`, { key: name })
}

function checkPart(name: string, fullShape: Shape, slice: TensorSlice, shape: Shape): void {
  if (slice.length !== fullShape.length) {
    const both = `shape = ${formatShape(fullShape)}, slice = ${formatSlice(slice)}`
    throw new InternalError(`Incompatible tensor shape and slice: ${both}`, { key: name })
  }
  if (shapesEqual(shapeOfSlice(slice, fullShape), shape)) return
  const spec = `${fullShape.join(' ')} ${formatSlice(slice)}`
  throw new InvalidArgumentError(
    `Slice in shape_and_slice specification does not match the shape of the tensor to  save: ${spec}, ` +
      `tensor: ${formatShape(shape)}`,
    { key: name },
  )
}

/** Where TensorProto has the elements, for the dtypes that TensorFlow writes. */
function fieldOf(name: string, dtype: DTypeInfo): number {
  const { word, number } = dtype
  const field = savedField(dtype)
  if (field === 0) throw new UnimplementedError(`Saving data type ${word} not yet supported`, { key: name })
  if (FIELDS_READ.has(field)) {
    const text = `Tensor slice serialization not implemented for dtype ${number}`
    throw new InvalidArgumentError(text, { key: name })
  }
  return field
}

/** uint32_val and uint64_val, which TensorFlow reads and does not write. */
const FIELDS_READ: ReadonlySet<number> = new Set([16, 17])

/** @param slice as formatSlice() has it */
function checkAlike(tensor: SavedTensor, shape: Shape, dtype: DTypeInfo, slice: string): void {
  const { name } = tensor
  if (!shapesEqual(tensor.shape, shape)) {
    const both = `existing tensor = ${formatShape(tensor.shape)}, trying to add name ${name}, shape = ${formatShape(shape)}`
    throw new InternalError(`Mismatching shapes: ${both}`, { key: name })
  }
  if (tensor.dtype !== dtype) {
    const both = `existing type = ${tensor.dtype.word}, trying to add name ${name}, type = ${dtype.word}`
    throw new InternalError(`Mismatching types: ${both}`, { key: name })
  }
  // TensorFlow keeps the first value, and no TensorFlow reads the file.
  if (tensor.slices.has(slice)) {
    throw new InternalError(`Overlapping slices: existing slice = ${slice}, new slice = ${slice}`, { key: name })
  }
}

/** Parts that share elements are no checkpoint: TensorFlow writes it, and refuses to read it. */
function checkApart({ name, shape, slices }: SavedTensor, path: string): void {
  if (slices.size < 2) return
  const parts = Array.from(slices.values(), (slice) => ({ slice, box: boxOf(slice, shape) }))
  partFinder({ key: name, shape }, parts, path)
}

/** TensorFlow's limit, and the estimate that it holds against it. */
function checkSize(name: string, slice: TensorSlice, dtype: DTypeInfo, { data }: NDArray): void {
  let estimate = MESSAGE_HEADER + (data.length / dtype.lanes) * bytesOfOne(dtype)
  if (dtype.Array === undefined) for (const { length } of data as readonly Uint8Array[]) estimate += length
  // The head is much smaller than what is left: three bytes a character, and two varints for each range.
  if (estimate <= MAX_MESSAGE / 2 && name.length + slice.length < MAX_MESSAGE / 100) return
  estimate += encodeSliceHead(name, slice).length
  if (estimate <= MAX_MESSAGE) return
  const text = `Tensor slice is too large to serialize (conservative estimate: ${estimate} bytes)`
  throw new InvalidArgumentError(text, { key: name })
}

/** TensorSliceWriter::MaxBytesPerElement: the longest varint of an integer. */
function bytesOfOne(info: DTypeInfo): number {
  const { kind, bits, rawFloat, size } = info
  if (kind === 'bool') return 1
  if (rawFloat) return Math.ceil((8 * size) / 7)
  if (bits === undefined) return size === 0 ? LONGEST_VARINT : size
  return isSigned(info) ? LONGEST_VARINT : Math.ceil(bits / 7)
}

/** A small record is put together in memory that is used again: the table copies it. A large one stays in pieces. */
function addRecord(table: TableBuilder, key: Uint8Array, pieces: readonly Uint8Array[], record: ByteWriter): void {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (length > SMALL) return table.addPieces(key, pieces)
  record.clear()
  for (const piece of pieces) record.append(piece)
  table.add(key, record.view())
}

/** Bytes on their way to a file: small pieces are copied together, large ones stay where they are. */
class Gatherer {
  /** That are waiting. */
  bytes = 0
  readonly #ready: Uint8Array[] = []
  #small = new ByteWriter(SMALL)

  add(piece: Uint8Array): void {
    this.bytes += piece.length
    if (piece.length <= SMALL) {
      this.#small.append(piece)
      return
    }
    this.#flush()
    this.#ready.push(piece)
  }

  async writeTo(file: WritableFile): Promise<void> {
    this.#flush()
    for (const piece of this.#ready) await file.append(piece)
    this.#ready.length = 0
    this.bytes = 0
  }

  #flush(): void {
    if (this.#small.length === 0) return
    this.#ready.push(this.#small.take())
    this.#small.clear()
  }
}
