/**
 * Putting the files of a V1 checkpoint in shards in the place of older ones of the same names, so that files of both are never
 * in place together: nothing in them says to which checkpoint they belong.
 *
 *     1  P-00000-of-00002           → P-00000-of-00002.previous      and so on, in order; from here on files are missing
 *     2  P-00000-of-00002.tempstate → P-00000-of-00002               and so on, in order; with the last one the new one is there
 *     3  the .previous files are deleted
 *
 * A file that is missing while a .previous is there tells of a crash in 1 or 2: who saves or opens next puts the old files
 * back, in the same order, so that all are there again with the last one only. Before that it waits, and takes away the
 * temporary files, for a slow writer in another process, whose next step fails then. What a crash leaves of a checkpoint that
 * had no older one is incomplete, as in TensorFlow, which renames each file when it is written.
 */
import { type FileSystem, isWritable, type ReadableFileSystem } from '../fs/file-system'
import { basename, dirname, join } from '../util/path'
import { shardedFilename } from './naming'
import { previousName } from './interrupted-save'
import { comesWhileMoving, exclusively } from './replace-checkpoint'
import { shardsOf } from './v1-files'

/** A file that is complete under a temporary name, and its place. */
export interface NewShard {
  readonly temporary: string
  readonly name: string
}

/** Steps 1 to 3. On an error the old files are back in their place, as far as the disk lets it. */
export async function replaceShards(
  fs: FileSystem,
  shards: readonly NewShard[],
  sync: () => Promise<void>,
): Promise<void> {
  const names = shards.map(({ name }) => name)
  const old = await existing(fs, names)
  // One file alone is replaced in one step.
  const aside = names.length > 1 && old.length === names.length
  // What lacks a file was no checkpoint any more; beside new files it would look like one.
  if (names.length > 1 && !aside) for (const name of old) await fs.remove(name)
  try {
    if (aside) for (const name of names) await fs.rename(name, previousName(name))
    for (const { temporary, name } of shards) await fs.rename(temporary, name)
  } catch (error) {
    await takeBack(fs, names, aside).catch(() => undefined)
    throw error
  }
  await sync()
  // The new checkpoint is there: what cannot be deleted now goes with the next save.
  if (aside) for (const name of names) await fs.remove(previousName(name)).catch(() => undefined)
}

async function takeBack(fs: FileSystem, names: readonly string[], aside: boolean): Promise<void> {
  if (aside) await putBack(fs, names)
  else if (names.length > 1) for (const name of await existing(fs, names)) await fs.remove(name)
}

/**
 * The files of an older checkpoint that lie aside, of the path "m-?????-of-00002"; none for any other path, or where the file
 * system does not list.
 */
export async function filesAside(fs: ReadableFileSystem, path: string): Promise<string[]> {
  const { prefix } = shardsOf(path) ?? {}
  if (prefix === undefined) return []
  const [start, end] = [`${basename(prefix)}-`, previousName(path.slice(-'-of-00002'.length))]
  const isAside = (name: string): boolean =>
    name.startsWith(start) && name.endsWith(end) && /^\d{5}$/.test(name.slice(start.length, -end.length))
  // What is no directory has no files.
  const names = (await fs.list?.(dirname(path) || '.').catch(() => [])) ?? []
  return names
    .filter(isAside)
    .sort()
    .map((name) => join(dirname(path), name))
}

/** recoverShards() for the path of a checkpoint, where something lies aside and can be renamed. */
export async function recoverPath(fs: ReadableFileSystem, path: string): Promise<void> {
  const aside = await filesAside(fs, path)
  const { prefix, shards = 0 } = shardsOf(path) ?? {}
  if (aside.length === 0 || prefix === undefined || !isWritable(fs)) return
  const names = Array.from({ length: shards }, (_, shard) => shardedFilename(prefix, shard, shards))
  await exclusively(path, () => recoverShards(fs, names), false)
}

/** Before a save, or a restore: finishes, or takes back, what a crash left half done. */
export async function recoverShards(fs: FileSystem, names: readonly string[]): Promise<void> {
  const aside = await existing(fs, names.map(previousName))
  if (aside.length === 0) return
  if (await appear(fs, names)) {
    for (const name of aside) await fs.remove(name).catch(() => undefined)
    return
  }
  await removeTemporaries(fs, names)
  await putBack(fs, names)
}

/** In the order in which they were put aside. */
async function putBack(fs: FileSystem, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (await fs.exists(previousName(name))) await fs.rename(previousName(name), name)
  }
  await fs.syncDir?.(dirname(names[0] ?? ''))
}

/** Whether all of them are there, soon. */
function appear(fs: FileSystem, names: readonly string[]): Promise<boolean> {
  let there: string[] = []
  const areThere = async (): Promise<boolean> => {
    there = await existing(fs, names)
    return there.length === names.length
  }
  return comesWhileMoving(areThere, () => Promise.resolve(there.join()))
}

async function existing(fs: FileSystem, names: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const name of names) if (await fs.exists(name)) found.push(name)
  return found
}

async function removeTemporaries(fs: FileSystem, names: readonly string[]): Promise<void> {
  const dir = dirname(names[0] ?? '')
  const starts = new Set(names.map((name) => basename(name)))
  for (const name of await fs.list(dir || '.')) {
    const at = name.indexOf('.tempstate')
    if (at >= 0 && starts.has(name.slice(0, at))) await fs.remove(join(dir, name)).catch(() => undefined)
  }
}
