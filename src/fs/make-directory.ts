/**
 * The directory of a checkpoint, where it is missing.
 */
import { isOpError } from '../util/errors'
import { dirname } from '../util/path'
import type { FileSystem } from './file-system'

/**
 * Makes one level, as TensorFlow does for a save; nothing for '' and for a directory that is there. A file in its place is
 * no error here: who creates a file below finds it, with TensorFlow's text.
 *
 * @param durable puts the name on the medium: syncing the new directory itself would not
 * @throws {NotFoundError} where the directory's parent is missing as well
 */
export async function makeDirectory(fs: FileSystem, dir: string, durable: boolean): Promise<void> {
  if (dir === '' || (await fs.isDirectory(dir))) return
  await fs.mkdir(dir).catch(ignoreExisting)
  if (durable) await fs.syncDir?.(dirname(dir))
}

function ignoreExisting(error: unknown): void {
  if (!isOpError(error, 'ALREADY_EXISTS')) throw error
}
