/**
 * Restoring from the checkpoint of a prefix: whether it is one, then its keys, then its values.
 *
 * TensorFlow: python/training/saver.py, Saver.restore.
 */
import { CheckpointReader, checkpointInternals } from '../checkpoint/checkpoint-reader'
import { metaFilename } from '../checkpoint/naming'
import { useSimdChecksums } from '../checkpoint/simd-checksums'
import { prefixHint } from '../checkpoint/wrong-prefix'
import type { Logger, ReadableFileSystem, ReadOptions } from '../fs/file-system'
import { NotFoundError, ValueError } from '../util/errors'
import type { RestoreReport } from '../variables/restore-report'
import { checkpointExists } from './checkpoint-files'
import { wasListed } from './listed-checkpoints'
import { restoreByKeysOrNames } from './restore-object-based'
import { inPlace, type RestoreStaging } from './restore-memory'
import { prefaced } from './restore-values'
import type { RestoreOptions } from './saver-options'
import type { SaveItem } from './var-list'

/** Where from, and what may be left out. */
export interface RestoringOptions extends RestoreOptions {
  readonly fs: ReadableFileSystem
  readonly logger: Logger
  readonly reshape: boolean
  /** What the Saver keeps from one restore to the next. */
  readonly staging: RestoreStaging
}

/** What Saver.restore() does, when its turn comes. @throws as Saver.restore() */
export async function restoreCheckpoint(
  savePath: string | undefined,
  items: readonly SaveItem[],
  options: RestoringOptions,
): Promise<RestoreReport> {
  if (items.length === 0) return { restored: [], missing: [], mismatched: [], unused: [] }
  if (savePath === undefined || savePath === null) throw new ValueError("Can't load save_path when it is None.")
  if (typeof savePath !== 'string') throw new TypeError(`Expected binary or unicode string, got ${String(savePath)}`)
  const { reshape, ignoreMissing = false, ignoreMismatched = false, staging, ...more } = options
  const { rollback = true, keepStaging = true, ...reading } = more
  if (!(await checkpointExists(savePath, reading))) throw await notThere(savePath, options.fs)
  // Who restores has the code for it.
  useSimdChecksums()
  options.logger.info?.(`Restoring parameters from ${savePath}`)
  try {
    return await restoreFrom(savePath, reading, (reader) =>
      restoreByKeysOrNames(
        reader,
        items,
        { reshape, ignoreMissing, ignoreMismatched },
        options.logger,
        rollback ? staging.begin(keepStaging) : inPlace(),
      ),
    )
  } catch (error) {
    throw prefaced(error)
  }
}

/** What is deleted while it is waited for is no mistake of the caller's. */
async function notThere(savePath: string, fs: ReadableFileSystem): Promise<Error> {
  if (wasListed(fs, savePath)) {
    const path = metaFilename(savePath)
    const what = 'a state file has named this checkpoint, and it was deleted since'
    return new NotFoundError(`${path}; No such file or directory: ${what}`, { path })
  }
  const hint = await prefixHint(fs, savePath)
  return new ValueError(`The passed save_path is not a valid checkpoint: ${savePath}${hint === '' ? '' : `. ${hint}`}`)
}

async function restoreFrom(
  savePath: string,
  reading: ReadOptions,
  restore: (reader: CheckpointReader) => Promise<RestoreReport>,
): Promise<RestoreReport> {
  const reader = await CheckpointReader.open(savePath, reading)
  try {
    return await restore(reader)
  } finally {
    await reader.close()
    checkpointInternals(reader).source.letGo?.()
  }
}
