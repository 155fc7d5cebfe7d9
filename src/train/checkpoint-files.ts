/**
 * The files of one checkpoint: whether they are there, how old they are, away with them.
 *
 * Names are taken literally; TensorFlow globs. The one name that it needs as a pattern is that of a V1 checkpoint in
 * shards, "P-?????-of-00002", which is not looked for here: its files are P-00000-of-00002 and so on.
 * TensorFlow: python/checkpoint/checkpoint_management.py.
 */
import { dataFilename, isDataFilename, metaFilename } from '../checkpoint/naming'
import { previousName } from '../checkpoint/replace-checkpoint'
import { defaultFileSystem } from '../fs/default'
import {
  type FileSystem,
  loggerOf,
  type Logger,
  type ReadableFileSystem,
  type ReadOptions,
  type WriteOptions,
} from '../fs/file-system'
import { isOpError } from '../util/errors'
import { basename, dirname } from '../util/path'

/**
 * Whether a checkpoint is there: its index (V2), or a file or directory of that very name (V1). One that a crashed save
 * left aside counts: whoever opens it puts it back.
 */
export async function checkpointExists(prefix: string, options: ReadOptions = {}): Promise<boolean> {
  options.signal?.throwIfAborted()
  const fs = options.fs ?? defaultFileSystem()
  const index = metaFilename(prefix)
  return (await fs.exists(index)) || (await isThere(prefix, fs)) || fs.exists(previousName(index))
}

/**
 * When each checkpoint was last written, in whole seconds since 1970: the index (V2), else the file itself (V1), else
 * what a crashed save left aside. Those that are not there are left out, so that the list may be shorter than `prefixes`.
 */
export async function getCheckpointMtimes(prefixes: readonly string[], options: WriteOptions = {}): Promise<number[]> {
  const fs = options.fs ?? defaultFileSystem()
  const mtimes: number[] = []
  for (const prefix of prefixes) {
    const index = metaFilename(prefix)
    const mtime = (await mtimeOf(index, fs)) ?? (await mtimeOf(prefix, fs)) ?? (await mtimeOf(previousName(index), fs))
    if (mtime !== undefined) mtimes.push(mtime)
  }
  return mtimes
}

/**
 * Removes a checkpoint: the meta graph, then the index and all data files (V2), or the file itself (V1). What is not
 * there is passed over; what a crashed save left aside goes too. A data file is named with five digits twice:
 * "P.data-tmp" stays.
 * @throws {OpError} where a file is there and can't be removed; what came before it is gone then.
 */
export async function removeCheckpoint(
  prefix: string,
  options: WriteOptions & { writeVersion?: 'V1' | 'V2'; metaGraphSuffix?: string } = {},
): Promise<void> {
  const fs = options.fs ?? defaultFileSystem()
  const logger = loggerOf(options)
  await removeIfThere(metaGraphFilename(prefix, options.metaGraphSuffix), fs, logger)
  if (options.writeVersion === 'V1') {
    await removeIfThere(prefix, fs, logger)
    return
  }
  // First what lies aside: without the index of today it would be put back.
  for (const name of [metaFilename(prefix), dataFilename(prefix, 0, 1)]) {
    await removeIfThere(previousName(name), fs, logger)
  }
  await removeIfThere(metaFilename(prefix), fs, logger)
  for (const path of await dataFilesOf(prefix, fs)) await removeFound(path, fs, logger)
}

/** "m-3.meta" for "m-3", for "m-3-00001-of-00002" and for "m-3-?????-of-00002". */
export function metaGraphFilename(checkpointFilename: string, metaGraphSuffix = 'meta'): string {
  return `${checkpointFilename.replace(/-[\d?]+-of-\d+$/, '')}.${metaGraphSuffix}`
}

async function mtimeOf(path: string, fs: FileSystem): Promise<number | undefined> {
  if (!(await isThere(path, fs))) return undefined
  try {
    return Math.floor(await fs.mtime(path))
  } catch (error) {
    // Removed between the two calls.
    if (isOpError(error, 'NOT_FOUND')) return undefined
    throw error
  }
}

/** A file system may take '' for the directory that it works in: no checkpoint is meant by that. */
async function isThere(path: string, fs: ReadableFileSystem): Promise<boolean> {
  return path !== '' && (await fs.exists(path))
}

async function dataFilesOf(prefix: string, fs: FileSystem): Promise<string[]> {
  const dir = dirname(prefix) || '.'
  if (!(await fs.isDirectory(dir))) return []
  const names = (await fs.list(dir)).filter((name) => isDataFilename(name, basename(prefix)))
  const start = prefix.slice(0, prefix.length - basename(prefix).length)
  return names.sort().map((name) => start + name)
}

async function removeIfThere(path: string, fs: FileSystem, logger: Logger): Promise<void> {
  if (await isThere(path, fs)) await removeFound(path, fs, logger)
}

async function removeFound(path: string, fs: FileSystem, logger: Logger): Promise<void> {
  try {
    await fs.remove(path)
  } catch (error) {
    if (!isOpError(error, 'NOT_FOUND')) throw error
    logger.warn?.(
      `Hit NotFoundError when deleting '${path}', possibly because another process/thread is also ` +
        'deleting/moving the same file',
    )
  }
}
