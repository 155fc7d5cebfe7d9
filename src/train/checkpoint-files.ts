/**
 * The files of one checkpoint: whether they are there, how old they are, away with them.
 *
 * Names are taken literally; TensorFlow globs. The one name that is a pattern here too is that of a V1 checkpoint in shards,
 * "P-?????-of-00002": its files are P-00000-of-00002 and so on.
 * TensorFlow: python/checkpoint/checkpoint_management.py.
 */
import { isDataFilename, metaFilename } from '../checkpoint/naming'
import { previousName } from '../checkpoint/interrupted-save'
import { previousDataFiles } from '../checkpoint/replace-checkpoint'
import { filesAside } from '../checkpoint/replace-shards'
import { matchingFiles } from '../checkpoint/v1-files'
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
 * Whether a checkpoint is there: its index (V2), or a file or directory of that very name, or one of its shards (V1). One that
 * a crashed save left aside counts: whoever opens it puts it back.
 */
export async function checkpointExists(prefix: string, options: ReadOptions = {}): Promise<boolean> {
  options.signal?.throwIfAborted()
  const fs = options.fs ?? defaultFileSystem()
  const index = metaFilename(prefix)
  if ((await fs.exists(index)) || (await filesOf(prefix, fs)).length > 0) return true
  return (await fs.exists(previousName(index))) || (await filesAside(fs, prefix)).length > 0
}

/**
 * When each checkpoint was last written, in whole seconds since 1970: the index (V2), else the file itself or the first of its
 * shards (V1), else what a crashed save left aside. Those that are not there are left out, so that the list may be shorter
 * than `prefixes`.
 */
export async function getCheckpointMtimes(prefixes: readonly string[], options: WriteOptions = {}): Promise<number[]> {
  const fs = options.fs ?? defaultFileSystem()
  const mtimes: number[] = []
  for (const prefix of prefixes) {
    const index = metaFilename(prefix)
    const [file] = [...(await filesOf(prefix, fs)), ...(await filesAside(fs, prefix))]
    const mtime = (await mtimeOf(index, fs)) ?? (await mtimeOf(file, fs)) ?? (await mtimeOf(previousName(index), fs))
    if (mtime !== undefined) mtimes.push(mtime)
  }
  return mtimes
}

/**
 * Removes a checkpoint: the meta graph, then the index and all data files (V2), or the file itself, or all its shards (V1).
 * What is not there is passed over; what a crashed save left aside goes too. A data file is named with five digits twice:
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
    for (const path of await filesAside(fs, prefix)) await removeFound(path, fs, logger)
    for (const path of await filesOf(prefix, fs)) await removeFound(path, fs, logger)
    return
  }
  // First what lies aside: without the index of today it would be put back.
  await removeIfThere(previousName(metaFilename(prefix)), fs, logger)
  for (const path of await asideOf(prefix, fs)) await removeFound(path, fs, logger)
  await removeIfThere(metaFilename(prefix), fs, logger)
  for (const path of await dataFilesOf(prefix, fs)) await removeFound(path, fs, logger)
}

/** "m-3.meta" for "m-3", for "m-3-00001-of-00002" and for "m-3-?????-of-00002". */
export function metaGraphFilename(checkpointFilename: string, metaGraphSuffix = 'meta'): string {
  return `${checkpointFilename.replace(/-[\d?]+-of-\d+$/, '')}.${metaGraphSuffix}`
}

/** The file of a V1 checkpoint, or its shards; as in TensorFlow, a directory counts where it is asked whether it is there. */
async function filesOf(prefix: string, fs: ReadableFileSystem): Promise<string[]> {
  // A file system may take '' for the directory that it works in: no checkpoint is meant by that.
  if (prefix === '') return []
  return (await fs.exists(prefix)) ? [prefix] : matchingFiles(fs, prefix)
}

async function mtimeOf(path: string | undefined, fs: FileSystem): Promise<number | undefined> {
  if (path === undefined || !(await fs.exists(path))) return undefined
  try {
    return Math.floor(await fs.mtime(path))
  } catch (error) {
    // Removed between the two calls.
    if (isOpError(error, 'NOT_FOUND')) return undefined
    throw error
  }
}

async function asideOf(prefix: string, fs: FileSystem): Promise<string[]> {
  return (await fs.isDirectory(dirname(prefix) || '.')) ? previousDataFiles(fs, prefix) : []
}

async function dataFilesOf(prefix: string, fs: FileSystem): Promise<string[]> {
  const dir = dirname(prefix) || '.'
  if (!(await fs.isDirectory(dir))) return []
  const names = (await fs.list(dir)).filter((name) => isDataFilename(name, basename(prefix)))
  const start = prefix.slice(0, prefix.length - basename(prefix).length)
  return names.sort().map((name) => start + name)
}

async function removeIfThere(path: string, fs: FileSystem, logger: Logger): Promise<void> {
  if (await fs.exists(path)) await removeFound(path, fs, logger)
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
