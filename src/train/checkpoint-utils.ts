/**
 * Reading a checkpoint in one call, by its prefix or by its directory.
 *
 * TensorFlow: python/training/checkpoint_utils.py.
 */
import { CheckpointReader } from '../checkpoint/checkpoint-reader'
import { listBundle } from '../checkpoint/list-bundle'
import { savedModelPrefix } from '../checkpoint/saved-model'
import { TensorBundleReader } from '../checkpoint/tensor-bundle-reader'
import { matchingFiles } from '../checkpoint/v1-files'
import { isDirectory } from '../checkpoint/wrong-prefix'
import { defaultFileSystem } from '../fs/default'
import { type ReadOptions } from '../fs/file-system'
import { type NDArray, type Shape } from '../tensor/ndarray'
import { isOpError, ValueError } from '../util/errors'
import { join } from '../util/path'
import { latestCheckpoint } from './checkpoint-state'

/**
 * tf.train.load_checkpoint: a reader of the checkpoint of that prefix, or of the latest one in that directory; or of the
 * variables of the SavedModel in that folder.
 *
 * @throws {ValueError} "Couldn't find 'checkpoint' file or checkpoints in given directory d"
 * @throws {NotFoundError} {DataLossError} as CheckpointReader.open
 */
export async function loadCheckpoint(dirOrPrefix: string, options: ReadOptions = {}): Promise<CheckpointReader> {
  return CheckpointReader.open(await prefixOf(dirOrPrefix, options), options)
}

/**
 * tf.train.load_variable: one tensor's value. Reads the blocks of the index that the key needs, and the tensor's bytes.
 *
 * @param name its key; one ":0" at the end is cut
 * @throws {NotFoundError} "Key w not found in checkpoint"; of format V1 "w not found in checkpoint file"
 */
export async function loadVariable(dirOrPrefix: string, name: string, options: ReadOptions = {}): Promise<NDArray> {
  const reader = await openForOne(await prefixOf(dirOrPrefix, options), options)
  try {
    return await reader.lookup(name.endsWith(':0') ? name.slice(0, -2) : name)
  } finally {
    await reader.close()
  }
}

/** What reads one tensor, and not the whole index where that can be. */
async function openForOne(prefix: string, options: ReadOptions): Promise<Pick<TensorBundleReader, 'lookup' | 'close'>> {
  try {
    return await TensorBundleReader.open(prefix, options)
  } catch (error) {
    const isV1 =
      isOpError(error, 'NOT_FOUND') && (await matchingFiles(options.fs ?? defaultFileSystem(), prefix)).length > 0
    if (!isV1) throw error
  }
  const reader = await CheckpointReader.open(prefix, options)
  return { lookup: (key) => reader.getTensor(key), close: () => reader.close() }
}

/** tf.train.list_variables: names and shapes, sorted by name. Parts of sliced tensors are hidden, the whole is shown. */
export async function listVariables(
  dirOrPrefix: string,
  options: ReadOptions = {},
): Promise<[name: string, shape: Shape][]> {
  const prefix = await prefixOf(dirOrPrefix, options)
  const listed = await listBundle(prefix, options)
  if (listed !== undefined) return listed
  const reader = await CheckpointReader.open(prefix, options)
  try {
    // The reader's order is that of the keys' bytes, which for UTF-8 is Python's order of code points.
    return [...reader.getVariableToShapeMap()]
  } finally {
    await reader.close()
  }
}

async function prefixOf(dirOrPrefix: string, options: ReadOptions): Promise<string> {
  const fs = options.fs ?? defaultFileSystem()
  if (!(await isDirectory(fs, dirOrPrefix))) return dirOrPrefix
  const latest = await latestCheckpoint(dirOrPrefix, options)
  if (latest !== undefined) return latest
  // A state file that leads nowhere means none of those.
  const inside = (await fs.exists(join(dirOrPrefix, 'checkpoint')))
    ? undefined
    : await savedModelPrefix(fs, dirOrPrefix)
  if (inside !== undefined) return inside
  throw new ValueError(`Couldn't find 'checkpoint' file or checkpoints in given directory ${dirOrPrefix}`)
}
