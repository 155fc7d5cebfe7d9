/**
 * A directory with all that is missing above it.
 */
import { FailedPreconditionError } from '../util/errors'
import { dirname } from '../util/path'
import type { FileSystem } from './file-system'
import { makeDirectory } from './make-directory'

/**
 * Makes every level that is missing, as TensorFlow's recursive_create_dir does; nothing for ''.
 *
 * @param durable puts the names on the medium
 * @throws {FailedPreconditionError} "f is not a directory" where a file has the name of one of them
 */
export async function makeDirectories(fs: FileSystem, dir: string, durable: boolean): Promise<void> {
  const missing: string[] = []
  let path = dir
  while (path !== '' && !(await fs.isDirectory(path))) {
    if (await fs.exists(path)) throw new FailedPreconditionError(`${path} is not a directory`, { path })
    missing.push(path)
    const parent = dirname(path)
    path = parent === path ? '' : parent
  }
  for (const one of missing.reverse()) await makeDirectory(fs, one, durable)
}
