/**
 * Putting a checkpoint in the place of an older one of the same prefix, so that a crash at any moment leaves the old
 * set of files or the new one, and a reader never meets the index of one with the data of the other.
 *
 * Where no file has the name of a new data file (other numbers of shards have other names), the new data is renamed into
 * place beside the old set, and then its index replaces the old one, in one step. The old data stays behind, as with
 * TensorFlow. Else, since several renames cannot happen at once, all new files are complete under temporary names first,
 * and then:
 *
 *     1  P.index                → P.index.previous                   from here on a reader finds no index
 *     2  P.data-00000-of-00001  → P.data-00000-of-00001.previous     and so on, every shard
 *     3  data.tempstate         → P.data-00000-of-00001              and so on
 *     4  index.tempstate        → P.index                            the new checkpoint is there
 *     5  the .previous files are deleted, the index first: without its data it must not look like a checkpoint
 *
 * An index that is missing while `.previous` is there tells of a crash between 1 and 4; who saves or opens next puts
 * the old set back. A slow writer in another process looks the same: the index is waited for first, as long as files
 * still move, and then its temporary files are taken away before anything is put back, so that its steps 3 and 4 fail
 * instead of mixing sets.
 * TensorFlow renames data over data, then index over index: see docs/deviations.md.
 */
import { type FileSystem, isWritable, type ReadableFileSystem } from '../fs/file-system'
import { isOpError, UnavailableError } from '../util/errors'
import { basename, dirname, join, normpath } from '../util/path'
import { GRACE, liesAside, LOOK_EVERY, previousName, registerRecovery } from './interrupted-save'
import { inBatches } from './merge-parts'
import { dataFilename, metaFilename, temporaryFilename } from './naming'

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

/** What a checkpoint is made of, complete, before it has its names. */
export interface NewFiles {
  /** Under a temporary name of the prefix's own index. */
  readonly index: string
  /** The data file of every shard, in order; one name for one shard. Of parts that are merged, under the parts' names. */
  readonly data: string | readonly string[]
}

interface Move {
  readonly from: string
  readonly to: string
}

/**
 * Renames the new files into place, several data files at once: where a request takes long, thousands of shards would take minutes
 * one after another. On an error data files have the names again that they came with, and the old set
 * is back in its place, as far as the disk lets it.
 */
export async function replaceCheckpoint(
  fs: FileSystem,
  prefix: string,
  files: NewFiles,
  sync: () => Promise<void>,
): Promise<void> {
  const index = metaFilename(prefix)
  const sources = [files.data].flat()
  let moves = sources.map((from, shard): Move => ({ from, to: dataFilename(prefix, shard, sources.length) }))
  const taken = (await fs.exists(index)) ? await takenNames(fs, prefix, moves) : []
  const done: Move[] = []
  const move = async (from: string, to: string): Promise<void> => {
    await fs.rename(from, to)
    done.push({ from, to })
  }
  try {
    if (taken.length > 0) {
      await settle(fs, prefix)
      moves = await stage(moves, move)
      await fs.rename(index, previousName(index))
      await inBatches(taken, (path) => fs.rename(path, previousName(path)))
    }
    await inBatches(moves, ({ from, to }) => move(from, to))
    await fs.rename(files.index, index)
  } catch (error) {
    await undo(fs, files.index, done)
    if (taken.length > 0) await putBack(fs, prefix).catch(() => undefined)
    throw error
  }
  await sync()
  if (taken.length === 0) return
  // The new checkpoint is there: what cannot be deleted now goes with the next save.
  await fs.remove(previousName(index)).catch(() => undefined)
  await inBatches(taken, (path) => fs.remove(previousName(path)).catch(() => undefined))
}

/** Those names of new data files that are a file's already: of the older checkpoint, or left over from one before it. */
async function takenNames(fs: FileSystem, prefix: string, moves: readonly Move[]): Promise<string[]> {
  const there = new Set((await filesOf(fs, prefix, DATA)).map(basename))
  return moves.map(({ to }) => to).filter((path) => there.has(basename(path)))
}

/** Gives files that have names of their own temporary ones of the prefix, which another process takes away before it puts back. */
async function stage(moves: readonly Move[], move: (from: string, to: string) => Promise<void>): Promise<Move[]> {
  return inBatches(moves, async ({ from, to }) => {
    const temporary = from.startsWith(`${to}.tempstate`) ? from : temporaryFilename(to)
    if (temporary !== from) await move(from, temporary)
    return { from: temporary, to }
  })
}

/** Takes the moves back, unless the new index is in place, or gone because another process has put the old set back. */
async function undo(fs: FileSystem, newIndex: string, done: readonly Move[]): Promise<void> {
  if (!(await fs.exists(newIndex).catch(() => false))) return
  for (const { from, to } of [...done].reverse()) await fs.rename(to, from).catch(() => undefined)
}

/**
 * For a writer, before it begins: puts back what a crashed save left aside, and deletes what it left over.
 */
export async function recoverForWriting(fs: FileSystem, prefix: string): Promise<void> {
  // Who writes has the code for it.
  registerRecovery(recoverReader)
  const index = metaFilename(prefix)
  if (!(await fs.exists(index))) {
    if (!(await fs.exists(previousName(index)))) return
    if (!(await appears(fs, prefix))) await putBack(fs, prefix)
  }
  await settle(fs, prefix)
}

/** Where the index stands: data that went aside after it was put back comes back, and what else lies aside is old. */
async function settle(fs: FileSystem, prefix: string): Promise<void> {
  const aside = await filesOf(fs, prefix, PREVIOUS)
  for (const path of aside) await comeBack(fs, path)
  for (const path of aside) await removeIfThere(fs, path)
}

/**
 * What recoverForReading() does where an older checkpoint lies aside, once it was registered.
 *
 * @throws {UnavailableError} while this process is saving that very prefix
 * @throws {NotFoundError} where the file system cannot rename
 */
export async function recoverReader(fs: ReadableFileSystem, prefix: string, signal?: AbortSignal): Promise<boolean> {
  const index = metaFilename(prefix)
  if (busy.get(normpath(prefix))?.saves === true) {
    if (await fs.exists(index)) return true
    throw new UnavailableError(`Cannot open ${prefix}: it is being saved at this moment; try again`, { path: index })
  }
  // One after another, and before the next save: a reader that comes late must not rename what is new by then.
  return exclusively(prefix, () => waitOrPutBack(fs, prefix, signal), false)
}

async function waitOrPutBack(fs: ReadableFileSystem, prefix: string, signal?: AbortSignal): Promise<boolean> {
  const index = metaFilename(prefix)
  if (await appears(fs, prefix, signal)) return true
  if (!isWritable(fs)) throw liesAside(index)
  await putBack(fs, prefix)
  return true
}

/** Undoes steps 1 to 3. Another process may do the same at once: what is gone already is done. */
async function putBack(fs: FileSystem, prefix: string): Promise<void> {
  const index = metaFilename(prefix)
  if (!(await fs.exists(index))) {
    for (const path of await filesOf(fs, prefix, TEMPORARY)) await removeIfThere(fs, path)
  }
  const aside = await previousDataFiles(fs, prefix)
  // Asked again: a slow writer may have taken its last step before its files were taken away.
  if (await fs.exists(index)) for (const path of aside) await comeBack(fs, path)
  else {
    for (const path of aside) await renameIfThere(fs, path, ownName(path))
    await renameIfThere(fs, previousName(index), index)
  }
  await fs.syncDir?.(dirname(prefix))
}

/** For an index that another process put back between a writer's steps 1 and 2: the data went aside after it. */
async function comeBack(fs: FileSystem, previous: string): Promise<void> {
  if (!(await fs.exists(ownName(previous)))) await renameIfThere(fs, previous, ownName(previous))
}

const DATA = /^\.data-\d{5}-of-\d{5}$/
const PREVIOUS_DATA = /^\.data-\d{5}-of-\d{5}\.previous$/
const PREVIOUS = /^\.(index|data-\d{5}-of-\d{5})\.previous$/
const TEMPORARY = /^\.(index|data-\d{5}-of-\d{5})\.tempstate/

/** Data files of the older checkpoint that lie aside, of any number of shards. */
export function previousDataFiles(fs: ReadableFileSystem, prefix: string): Promise<string[]> {
  return filesOf(fs, prefix, PREVIOUS_DATA)
}

/** The prefix's files with such names behind the prefix; those of the index come first. */
async function filesOf(fs: ReadableFileSystem, prefix: string, names: RegExp): Promise<string[]> {
  const start = basename(prefix)
  const there = (await fs.list?.(dirname(prefix) || '.')) ?? []
  const found = there.filter((name) => name.startsWith(start) && names.test(name.slice(start.length)))
  return found
    .sort()
    .reverse()
    .map((name) => join(dirname(prefix), name))
}

function ownName(previous: string): string {
  return previous.slice(0, -'.previous'.length)
}

/** Waits for the index as long as data files come and go: thousands of shards take longer to move than one. */
function appears(fs: ReadableFileSystem, prefix: string, signal?: AbortSignal): Promise<boolean> {
  const files = async (): Promise<string> => (await filesOf(fs, prefix, DATA)).join()
  return comesWhileMoving(() => fs.exists(metaFilename(prefix)), files, signal)
}

/** Whether something is there within the time that a writer may take, which begins again with each change of `files`. */
export async function comesWhileMoving(
  isThere: () => Promise<boolean>,
  files: () => Promise<string>,
  signal?: AbortSignal,
): Promise<boolean> {
  let seen: string | undefined
  for (let waited = 0; ; waited += LOOK_EVERY) {
    if (await isThere()) return true
    const now = await files()
    if (seen !== undefined && now !== seen) waited = 0
    if (waited >= GRACE) return false
    seen = now
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    signal?.throwIfAborted()
  }
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
