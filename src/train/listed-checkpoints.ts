/**
 * Which checkpoints a state file has named as the latest: one that is gone when it is restored was deleted in between, by
 * a training run that keeps few, and is no mistake in the caller's path.
 */
import { type ReadableFileSystem } from '../fs/file-system'

/** Of one file system; more are forgotten, the oldest first. */
const MOST = 100

const listed = /* @__PURE__ */ new WeakMap<ReadableFileSystem, Set<string>>()

/** Notes that a state file names the checkpoint of that prefix. */
export function noteListed(fs: ReadableFileSystem, prefix: string): void {
  const prefixes = listed.get(fs) ?? new Set()
  listed.set(fs, prefixes)
  prefixes.delete(prefix)
  prefixes.add(prefix)
  if (prefixes.size <= MOST) return
  const [oldest] = prefixes
  if (oldest !== undefined) prefixes.delete(oldest)
}

/** Whether a state file has named the checkpoint of that prefix. */
export function wasListed(fs: ReadableFileSystem, prefix: string): boolean {
  return listed.get(fs)?.has(prefix) === true
}
