/**
 * Reads a checkpoint of format V1: the twin of tensor-slice-writer.ts, where the grammar stands.
 *
 * Opening reads the list of tensors of every file. What is asked for is read record by record, each file from its start to its
 * end; a tensor in parts may lie in several.
 * TensorFlow: core/util/tensor_slice_reader.cc, tensor_slice_set.cc; core/kernels/save_restore_tensor.cc, RestoreTensor.
 */
import { defaultFileSystem } from '../fs/default'
import { type RandomAccessFile, type ReadableFileSystem, type ReadOptions } from '../fs/file-system'
import { decodeSavedMeta, type SavedTensorSliceMeta } from '../proto/saved-tensor-slices'
import { Table } from '../table/table'
import { dtypeInfoByNumber } from '../tensor/dtype'
import { formatShape, shapesEqual } from '../tensor/ndarray'
import { boxOf, isWholeBox } from '../tensor/tensor-slice'
import { compareKeys, EMPTY_BYTES } from '../util/bytes'
import { DataLossError, FailedPreconditionError, InternalError, isOpError, NotFoundError } from '../util/errors'
import { type CheckpointSource } from './checkpoint-source'
import { checkVersion } from './open-bundle'
import { partBytes, readSaved, roomOf, type SavedPart, type SavedTensor, verifySaved } from './read-saved'
import { withPlace } from './read-tensors'
import { partFinder } from './stored-parts'
import { countOf } from './tensor-entry'
import { matchingFiles, shardsOf } from './v1-files'
import { reasonOf, unableToOpen } from './wrong-prefix'

/** A file, open. */
interface Shard {
  readonly path: string
  readonly file: RandomAccessFile
  readonly table: Table
}

/**
 * Opens the checkpoint of a path, or of the pattern that stands for its shards.
 *
 * @throws {NotFoundError} where no file matches
 * @throws {DataLossError} "Unable to open table file m: …"; for tensors of an unknown dtype, or whose shape is none
 * @throws {InternalError} for a table without tensors, "Failed to find the saved tensor slices at the beginning of the
 * checkpoint file: m"; where two files, or two parts, contradict
 * @throws {InvalidArgumentError} for a file that says this version must not read it
 */
export async function openTensorSliceReader(
  pathOrPattern: string,
  options: ReadOptions = {},
): Promise<CheckpointSource> {
  const { fs = defaultFileSystem() } = options
  options.signal?.throwIfAborted()
  const paths = await matchingFiles(fs, pathOrPattern)
  if (paths.length === 0) {
    const text = `Unsuccessful TensorSliceReader constructor: Failed to find any matching files for ${pathOrPattern}`
    throw new NotFoundError(text, { path: pathOrPattern })
  }
  const shards: Shard[] = []
  try {
    const tensors = new Map<string, SavedTensor>()
    for (const path of paths) {
      const shard = await openShard(fs, path, options)
      shards.push(shard)
      register(tensors, shard, await readMeta(shard))
    }
    return sourceOf(pathOrPattern, shards, sorted(tensors, pathOrPattern), options.signal)
  } catch (error) {
    await closeAll(shards)
    throw error
  }
}

async function openShard(fs: ReadableFileSystem, path: string, options: ReadOptions): Promise<Shard> {
  const { signal, verifyChecksums = true } = options
  const file = await fs.open(path, signal && { signal })
  try {
    return { path, file, table: await Table.open(file, path, { verifyChecksums }) }
  } catch (error) {
    await file.close()
    if (!isOpError(error, 'DATA_LOSS')) throw error
    throw new DataLossError(unableToOpen(path, reasonOf(error)), { path, cause: error })
  }
}

/** What the record under the empty key says. */
async function readMeta({ path, table }: Shard): Promise<SavedTensorSliceMeta> {
  let [meta, why]: [SavedTensorSliceMeta?, string?] = []
  try {
    const cursor = await table.find(EMPTY_BYTES)
    meta = cursor && decodeSavedMeta(cursor.value, { path, offset: cursor.valueOffset })
  } catch (error) {
    if (!isOpError(error, 'DATA_LOSS')) throw error
    why = error.message
  }
  if (meta === undefined) {
    const text = `Failed to find the saved tensor slices at the beginning of the checkpoint file: ${path}`
    throw new InternalError(why === undefined ? text : `${text}: ${why}`, { path })
  }
  checkVersion(meta.version, path)
  return meta
}

/** Adds what a file says to what the others do. A tensor without a part there is none, as in TensorFlow. */
function register(tensors: Map<string, SavedTensor>, { path, table }: Shard, meta: SavedTensorSliceMeta): void {
  for (const { name: key, dtype: number, shape, unknownRank, slices } of meta.tensors) {
    if (slices.length === 0) continue
    const dtype = dtypeInfoByNumber(number)
    const count = dtype && countOf({ shape, unknownRank }, dtype)
    const details = { path, key }
    if (dtype === undefined || count === undefined) {
      throw new DataLossError(`Invalid tensor: ${key}, dtype ${number}, shape ${formatShape(shape)}`, details)
    }
    const tensor = tensors.get(key) ?? { key, dtype, shape, count, slices: [], parts: [] }
    tensors.set(key, tensor)
    const [what, ...both] = shapesEqual(tensor.shape, shape)
      ? ['types', tensor.dtype.word, dtype.word]
      : ['shapes', formatShape(tensor.shape), formatShape(shape)]
    if (both[0] !== both[1]) {
      const text = `Incompatible tensor ${what} detected for tensor ${key}: existing = ${both.join(', new = ')}`
      throw new InternalError(text, details)
    }
    try {
      for (const slice of slices) tensor.parts.push({ tensor, slice, box: boxOf(slice, shape), path, table })
    } catch (error) {
      throw withPlace(error, details)
    }
  }
}

/** In the order of the keys' bytes. */
function sorted(tensors: ReadonlyMap<string, SavedTensor>, path: string): Map<string, SavedTensor> {
  const list = [...tensors.values()].sort((a, b) => compareKeys(a.key, b.key))
  for (const tensor of list) {
    const { parts, shape } = tensor
    if (parts.length === 1 && parts.every(({ box }) => isWholeBox(box, shape))) continue
    tensor.slices = parts.map(({ slice }) => slice)
    tensor.find = partFinder(tensor, parts, path)
  }
  return new Map(list.map((tensor) => [tensor.key, tensor]))
}

function sourceOf(
  path: string,
  shards: readonly Shard[],
  tensors: ReadonlyMap<string, SavedTensor>,
  signal: AbortSignal | undefined,
): CheckpointSource {
  let closed = false
  const room = roomOf(shards.reduce((sum, { file }) => sum + file.size, 0))
  const parts: SavedPart[] = [...tensors.values()].flatMap((tensor) => tensor.parts)
  const lost = (shardsOf(path)?.shards ?? 0) - shards.length
  // What is not there may be in a file that is not there.
  const behind = lost > 0 ? `: ${lost} of its files are missing` : ''
  return {
    version: 'V1',
    path,
    tensors,
    missing: (key) => `Tensor name "${key}" not found in checkpoint files ${path}${behind}`,
    read: (requests, how) => readSaved(requests, how, { path, room, signal }),
    verify: () => verifySaved(parts, signal),
    stored: { tensors: parts.length, bytes: parts.reduce((sum, part) => sum + partBytes(part), 0) },
    debugString: () => [...tensors.values()].map(describe).join(''),
    checkOpen() {
      if (closed) throw new FailedPreconditionError(`The reader of ${path} is closed`, { path })
    },
    async close() {
      closed = true
      await closeAll(shards)
    },
  }
}

/** "p (DT_FLOAT) [4], 2 slices" */
function describe({ key, dtype, shape, parts: { length } }: SavedTensor): string {
  return `${key} (${dtype.enumName}) ${formatShape(shape)}${length > 1 ? `, ${length} slices` : ''}\n`
}

async function closeAll(shards: readonly Shard[]): Promise<void> {
  await Promise.all(shards.map(({ file }) => file.close()))
}
