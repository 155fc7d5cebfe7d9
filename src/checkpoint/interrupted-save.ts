/**
 * A checkpoint whose index is missing while an older one lies aside: a save of it is under way, or was interrupted
 * (replace-checkpoint.ts says how one checkpoint takes another's place, replace-shards.ts the same of format V1 in shards).
 *
 * Putting the older one back is a writer's work, and a page that only reads does without its code: it is registered by the
 * first writer, and in Node by src/node.ts.
 */
import { type ReadableFileSystem } from '../fs/file-system'
import { NotFoundError } from '../util/errors'
import { metaFilename } from './naming'

/** How long the index of a writer that may be alive is waited for, in milliseconds, and how often somebody looks. */
export const GRACE = 600
export const LOOK_EVERY = 50

/** Whether there is an index now. */
type Recover = (fs: ReadableFileSystem, prefix: string, signal?: AbortSignal) => Promise<boolean>

/** The same for the path of a V1 checkpoint in shards; nothing where nothing lies aside. */
type RecoverShards = (fs: ReadableFileSystem, path: string) => Promise<void>

let recover: Recover | undefined
let recoverShards: RecoverShards | undefined

/** Says how a reader waits for a writer, or puts an older checkpoint back. */
export function registerRecovery(how: Recover): void {
  recover = how
}

/** Says the same of format V1 in shards. */
export function registerShardRecovery(how: RecoverShards): void {
  recoverShards = how
}

/** The name under which a file of the older checkpoint is kept aside. */
export function previousName(path: string): string {
  return `${path}.previous`
}

/**
 * For a reader that finds no index: waits for a save that may be under way, else puts back the older checkpoint, or the
 * shards of one of format V1. Whether there is an index now.
 *
 * @throws {UnavailableError} while this process is saving that very prefix
 * @throws {NotFoundError} where the older checkpoint lies aside and stays there
 */
export async function recoverForReading(
  fs: ReadableFileSystem,
  prefix: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const index = metaFilename(prefix)
  if (!(await fs.exists(previousName(index)))) {
    await recoverShards?.(fs, prefix)
    return false
  }
  if (recover !== undefined) return recover(fs, prefix, signal)
  for (let waited = 0; waited < GRACE; waited += LOOK_EVERY) {
    if (await fs.exists(index)) return true
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    signal?.throwIfAborted()
  }
  throw liesAside(index)
}

/** The error where nobody here can put the older checkpoint back. */
export function liesAside(index: string): NotFoundError {
  return new NotFoundError(
    `${index}; No such file or directory: an interrupted save left the checkpoint aside as ${previousName(index)}. ` +
      'Open it once through a file system that can rename, which puts it back',
    { path: index },
  )
}
