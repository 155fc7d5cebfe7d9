/**
 * The file system that is meant where a caller names none.
 *
 * A bundle for browsers is made without the disk (src/node.ts puts it in), so that no page pays for it.
 */
import { UnimplementedError } from '../util/errors'
import type { FileSystem } from './file-system'

let find: (() => FileSystem | undefined) | undefined

/** Says how the disk is found: one object for all, or undefined where there is none. */
export function registerDisk(findDisk: () => FileSystem | undefined): void {
  find = findDisk
}

/** The disk in Node (and Bun, Deno). @throws {UnimplementedError} elsewhere: there is none. */
export function defaultFileSystem(): FileSystem {
  const disk = find?.()
  if (disk !== undefined) return disk
  const some = 'such as a MemoryFileSystem, HttpFileSystem or BlobFileSystem'
  throw new UnimplementedError(`There is no file system here: pass { fs }, ${some}`)
}
