/**
 * The file system that is meant where a caller names none.
 */
import { UnimplementedError } from '../util/errors'
import type { FileSystem } from './file-system'
import { NodeFileSystem, hasDisk } from './node'

let disk: NodeFileSystem | undefined

/** The disk in Node (and Bun, Deno), one object for all. @throws {UnimplementedError} elsewhere: there is none. */
export function defaultFileSystem(): FileSystem {
  if (!hasDisk()) {
    const some = 'such as a MemoryFileSystem, HttpFileSystem or BlobFileSystem'
    throw new UnimplementedError(`There is no file system here: pass { fs }, ${some}`)
  }
  return (disk ??= new NodeFileSystem())
}
