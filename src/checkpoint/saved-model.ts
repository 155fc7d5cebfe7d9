/**
 * The variables of a SavedModel: a checkpoint of format V2 in its folder.
 *
 *     <folder>/saved_model.pb | saved_model.pbtxt
 *     <folder>/variables/variables.index, variables.data-00000-of-00001
 *
 * TensorFlow: python/saved_model/path_helpers.py, get_variables_path.
 */
import { type ReadableFileSystem } from '../fs/file-system'
import { join } from '../util/path'
import { metaFilename } from './naming'

/** The prefix of the variables of the SavedModel in `dir`, which may be its folder `variables` as well; undefined where none is. */
export async function savedModelPrefix(fs: ReadableFileSystem, dir: string): Promise<string | undefined> {
  if (dir === '') return undefined
  for (const name of ['variables/variables', 'variables']) {
    const prefix = join(dir, name)
    if (await fs.exists(metaFilename(prefix))) return prefix
  }
  return undefined
}
