/**
 * Putting a checkpoint in the place of an older one of the same prefix, so that a crash at any moment leaves the old
 * pair or the new one, and a reader never meets the index of one with the data of the other.
 *
 * Two renames cannot happen at once. So both new files are complete under their temporary names first, and then:
 *
 *     1  P.index                → P.index.previous                   from here on a reader finds no index
 *     2  P.data-00000-of-00001  → P.data-00000-of-00001.previous
 *     3  data.tempstate         → P.data-00000-of-00001
 *     4  index.tempstate        → P.index                            the new checkpoint is there
 *     5  both .previous files are deleted, the index first: without its data it must not look like a checkpoint
 *
 * An index that is missing while `.previous` is there tells of a crash between 1 and 4; who saves or opens next puts
 * the old pair back. A slow writer in another process looks the same: the index is waited for first, and then its
 * temporary files are taken away before anything is put back, so that its steps 3 and 4 fail instead of mixing pairs.
 * TensorFlow renames data over data, then index over index: see docs/deviations.md.
 */
import { type FileSystem, type ReadableFileSystem } from '../fs/file-system'
import { isOpError, NotFoundError, UnavailableError } from '../util/errors'
import { basename, dirname, join, normpath } from '../util/path'
import { dataFilename, metaFilename } from './naming'

/** How long a reader waits for the index of a writer that may be alive, in milliseconds, and how often it looks. */
const GRACE = 600
const LOOK_EVERY = 50

/** What this process does to the files of a prefix now. */
interface Work {
  /** Settles with the last of it. */
  readonly end: Promise<unknown>
  /** Whether a save is among it, and not only readers that put an older checkpoint back. */
  readonly saves: boolean
}

const busy = new Map<string, Work>()

/** Runs `work` when no other work of this process on that prefix is under way. */
export async function exclusively<R>(prefix: string, work: () => Promise<R>, saves = true): Promise<R> {
  const key = normpath(prefix)
  const before = busy.get(key)
  const end = (async () => {
    // Another writer's failure is that writer's: this one goes on either way.
    await before?.end.catch(() => undefined)
    return work()
  })()
  const mine = { end, saves: saves || before?.saves === true }
  busy.set(key, mine)
  try {
    return await end
  } finally {
    if (busy.get(key) === mine) busy.delete(key)
  }
}

/** The name under which a file of the older checkpoint is kept aside. */
export function previousName(path: string): string {
  return `${path}.previous`
}

/** Steps 1 to 5; both temporary files are complete. On an error the old pair is back in its place, as far as the disk lets it. */
export async function replaceCheckpoint(
  fs: FileSystem,
  prefix: string,
  temporary: { readonly index: string; readonly data: string },
  sync: () => Promise<void>,
): Promise<void> {
  const index = metaFilename(prefix)
  const data = dataFilename(prefix, 0, 1)
  try {
    await fs.rename(index, previousName(index))
    // A sharded checkpoint has no data file of this name.
    if (await fs.exists(data)) await fs.rename(data, previousName(data))
    await fs.rename(temporary.data, data)
    await fs.rename(temporary.index, index)
  } catch (error) {
    await putBack(fs, prefix).catch(() => undefined)
    throw error
  }
  await sync()
  // The new checkpoint is there: what cannot be deleted now goes with the next save.
  for (const path of [index, data]) await fs.remove(previousName(path)).catch(() => undefined)
}

/**
 * For a writer, before it begins: puts back what a crashed save left aside, and deletes what it left over.
 */
export async function recoverForWriting(fs: FileSystem, prefix: string): Promise<void> {
  const index = metaFilename(prefix)
  const data = dataFilename(prefix, 0, 1)
  const aside = await fs.exists(previousName(index))
  if (!aside && !(await fs.exists(previousName(data)))) return
  if (await fs.exists(index)) await putDataBack(fs, data)
  else if (aside && !(await appears(fs, index))) await putBack(fs, prefix)
  await removeIfThere(fs, previousName(index))
  await removeIfThere(fs, previousName(data))
}

/**
 * For a reader that finds no index: waits for a save that may be under way, else puts back the older checkpoint.
 * Whether there is an index now.
 *
 * @throws {UnavailableError} while this process is saving that very prefix
 * @throws {NotFoundError} where the older checkpoint lies aside and the file system cannot rename
 */
export async function recoverForReading(
  fs: ReadableFileSystem,
  prefix: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const index = metaFilename(prefix)
  if (!(await fs.exists(previousName(index)))) return false
  if (busy.get(normpath(prefix))?.saves === true) {
    if (await fs.exists(index)) return true
    throw new UnavailableError(`Cannot open ${prefix}: it is being saved at this moment; try again`, { path: index })
  }
  // One after another, and before the next save: a reader that comes late must not rename what is new by then.
  return exclusively(prefix, () => waitOrPutBack(fs, prefix, signal), false)
}

async function waitOrPutBack(fs: ReadableFileSystem, prefix: string, signal?: AbortSignal): Promise<boolean> {
  const index = metaFilename(prefix)
  if ((await fs.exists(index)) || (await appears(fs, index, signal))) return true
  if (!isWritable(fs)) {
    const kept = previousName(index)
    throw new NotFoundError(
      `${index}; No such file or directory: an interrupted save left the checkpoint aside as ${kept}. ` +
        'Open it once through a file system that can rename, which puts it back',
      { path: index },
    )
  }
  await putBack(fs, prefix)
  return true
}

/** Undoes steps 1 to 3. Another process may do the same at once: what is gone already is done. */
async function putBack(fs: FileSystem, prefix: string): Promise<void> {
  const index = metaFilename(prefix)
  const data = dataFilename(prefix, 0, 1)
  if (!(await fs.exists(index))) {
    await removeTemporaries(fs, index)
    await removeTemporaries(fs, data)
  }
  // Asked again: a slow writer may have taken its last step before its files were taken away.
  if (await fs.exists(index)) await putDataBack(fs, data)
  else {
    await renameIfThere(fs, previousName(data), data)
    await renameIfThere(fs, previousName(index), index)
  }
  await fs.syncDir?.(dirname(prefix))
}

/** For an index that another process put back between a writer's steps 1 and 2: the data went aside after it. */
async function putDataBack(fs: FileSystem, data: string): Promise<void> {
  if (!(await fs.exists(data))) await renameIfThere(fs, previousName(data), data)
}

async function removeTemporaries(fs: FileSystem, path: string): Promise<void> {
  const dir = dirname(path)
  const start = `${basename(path)}.tempstate`
  for (const name of await fs.list(dir === '' ? '.' : dir)) {
    if (name.startsWith(start)) await removeIfThere(fs, join(dir, name))
  }
}

async function appears(fs: ReadableFileSystem, index: string, signal?: AbortSignal): Promise<boolean> {
  for (let waited = 0; waited < GRACE; waited += LOOK_EVERY) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    signal?.throwIfAborted()
    if (await fs.exists(index)) return true
  }
  return false
}

async function removeIfThere(fs: FileSystem, path: string): Promise<void> {
  await fs.remove(path).catch(ignoreMissing)
}

async function renameIfThere(fs: FileSystem, from: string, to: string): Promise<void> {
  await fs.rename(from, to).catch(ignoreMissing)
}

function ignoreMissing(error: unknown): void {
  if (!isOpError(error, 'NOT_FOUND')) throw error
}

function isWritable(fs: ReadableFileSystem): fs is FileSystem {
  return 'rename' in fs && 'remove' in fs
}
