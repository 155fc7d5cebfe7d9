/**
 * The files of one save.
 *
 *     V2             P.data-00000-of-00001, P.index
 *     V2 in shards   P_temp/part-00000-of-00002 and so on, each a checkpoint; merged into P, and P_temp is gone
 *     V1             P
 *     V1 in shards   P-00000-of-00002 and so on; all written before the first has its name
 *
 * Of an s3:// prefix the parts are P.part-00000-of-00002, beside it. Where P_temp is there already, left by a crash or made by
 * another process at this moment, the parts have names that nobody else has, P_temp/part_<32 hex>-00000-of-00002; what is left
 * over there goes once the save is done. A shard is written after another, so that a save in shards takes no more memory.
 *
 * TensorFlow: python/training/saver.py, _AddShardedSaveOps and _AddShardedSaveOpsForV2, which writes all shards at once.
 */
import { previousName, registerShardRecovery } from '../checkpoint/interrupted-save'
import { mergeBundles } from '../checkpoint/merge-bundles'
import { dataFilename, metaFilename, shardedFilename, shardedFilespec, temporaryFilename } from '../checkpoint/naming'
import { exclusively } from '../checkpoint/replace-checkpoint'
import { recoverPath, recoverShards, replaceShards } from '../checkpoint/replace-shards'
import { addHeld, addHeldSlice, TensorBundleWriter } from '../checkpoint/tensor-bundle-writer'
import { TensorSliceWriter } from '../checkpoint/tensor-slice-writer'
import { type FileSystem, type Logger } from '../fs/file-system'
import { AlreadyExistsError, isOpError, ValueError } from '../util/errors'
import { dirname, join } from '../util/path'
import { randomHex32 } from '../util/random'
import { type HeldValue, type SaveHooks, ValueCount, type ValueWriter } from './save-values'
import { inShards, type SaverFormat } from './shards'

/** Where and how a save writes. */
export interface WriteCheckpointOptions extends SaveHooks {
  readonly fs: FileSystem
  readonly durable: boolean
  readonly logger: Logger
}

/** What a sharded save leaves in P_temp where it does not come to its end. */
const LEFT_OVER = /^part(_[0-9a-f]{32})?-\d{5}-of-\d{5}\.(index|data-00000-of-00001)(\.tempstate\d+|\.previous)?$/

/**
 * Writes a checkpoint, and gives the path to restore it from: the prefix, or, of V1 in shards, "P-?????-of-00002". On an error,
 * or an abort, nothing of it is left, and an older checkpoint stands.
 *
 * @throws {AlreadyExistsError} for a file of format V1 beside an index of V2
 */
export async function writeCheckpoint(
  prefix: string,
  held: readonly HeldValue[],
  { version, shards }: SaverFormat,
  options: WriteCheckpointOptions,
): Promise<string> {
  const count = new ValueCount(held, options)
  const open = version === 'V1' ? openSlices : openBundle
  const write = (path: string, values: readonly HeldValue[]): Promise<void> =>
    count.write(values, () => open(path, options))
  if (shards === undefined) {
    if (version === 'V1') await refuseUnreadable(prefix, options.fs)
    await write(prefix, held)
    return prefix
  }
  const groups = inShards(held, shards)
  if (version === 'V1') return writeShards(prefix, groups, write, options)
  await exclusively(temporaryPrefix(prefix), () => writeMerged(prefix, groups, write, options))
  return prefix
}

/** Every reader takes an index before a file of that name: TensorFlow writes the file, and restores the old values. */
async function refuseUnreadable(prefix: string, fs: FileSystem): Promise<void> {
  const index = metaFilename(prefix)
  const path = (await fs.exists(index)) ? index : previousName(index)
  if (path !== index && !(await fs.exists(path))) return
  const what = `it is that of a checkpoint of format V2, which would be read in place of ${prefix}`
  throw new AlreadyExistsError(
    `Cannot save ${prefix} in format V1: ${path} is there: ${what}. Save under another path, or ` +
      `remove that one: removeCheckpoint(${JSON.stringify(prefix)})`,
    { path },
  )
}

type WriteFile = (path: string, values: readonly HeldValue[]) => Promise<void>

async function openBundle(prefix: string, { fs, durable }: WriteCheckpointOptions): Promise<ValueWriter> {
  const writer = await TensorBundleWriter.create(prefix, { fs, durable })
  return {
    add: (key, value, part) =>
      part === undefined ? addHeld(writer, key, value) : addHeldSlice(writer, key, part.fullShape, part.slice, value),
    finish: () => writer.finish(),
    abandon: () => writer.abandon(),
  }
}

async function openSlices(path: string, { fs, durable, signal }: WriteCheckpointOptions): Promise<ValueWriter> {
  const writer = TensorSliceWriter.create(path, { fs, durable, signal })
  return {
    add: (key, value, part) => writer.add(key, part?.fullShape ?? value.shape, part?.slice, value),
    finish: () => writer.finish(),
    abandon: () => writer.abandon(),
  }
}

/** Parts, and the checkpoint that they are merged into. */
async function writeMerged(
  prefix: string,
  groups: readonly (readonly HeldValue[])[],
  write: WriteFile,
  options: WriteCheckpointOptions,
): Promise<void> {
  const { fs, durable, logger, signal } = options
  const start = temporaryPrefix(prefix)
  const isBeside = dirname(start) === dirname(prefix)
  const isTaken = !isBeside && (await fs.exists(dirname(start)))
  const unique = isTaken ? `${start}_${randomHex32()}` : start
  const parts = groups.map((_, shard) => shardedFilename(unique, shard, groups.length))
  try {
    for (const [shard, group] of groups.entries()) await write(parts[shard] ?? '', group)
    signal?.throwIfAborted()
    await mergeBundles(parts, prefix, { deleteOld: true, fs, durable, logger })
  } catch (error) {
    for (const part of parts) await removeAll(fs, [metaFilename(part), dataFilename(part, 0, 1)])
    if (!isBeside) await fs.removeDir(dirname(start)).catch(() => undefined)
    throw error
  }
  if (isTaken) await removeLeftOver(fs, dirname(start))
}

/** "P_temp/part", or "P.part" where there is no renaming. */
function temporaryPrefix(prefix: string): string {
  return prefix.startsWith('s3://') ? `${prefix}.part` : `${prefix}_temp/part`
}

/** The new checkpoint is there: what cannot be deleted now stays, and disturbs nobody. */
async function removeLeftOver(fs: FileSystem, dir: string): Promise<void> {
  const names = await fs.list(dir).catch(() => [])
  const left = names.filter((name) => LEFT_OVER.test(name))
  await removeAll(
    fs,
    left.map((name) => join(dir, name)),
  )
  await fs.removeDir(dir).catch(() => undefined)
}

async function removeAll(fs: FileSystem, paths: readonly string[]): Promise<void> {
  for (const path of paths) await fs.remove(path).catch(() => undefined)
}

/** Files of format V1, side by side. */
async function writeShards(
  prefix: string,
  groups: readonly (readonly HeldValue[])[],
  write: WriteFile,
  { fs, durable, signal }: WriteCheckpointOptions,
): Promise<string> {
  // Who writes has the code for it.
  registerShardRecovery(recoverPath)
  const path = shardedFilespec(prefix, groups.length)
  const shards = groups.map((_, shard) => {
    const name = shardedFilename(prefix, shard, groups.length)
    return { name, temporary: temporaryFilename(name) }
  })
  const sync = async (): Promise<void> => {
    if (durable) await fs.syncDir?.(dirname(prefix))
  }
  await exclusively(path, async () => {
    await recoverShards(
      fs,
      shards.map(({ name }) => name),
    )
    try {
      for (const [shard, group] of groups.entries()) await write(shards[shard]?.temporary ?? '', group)
      signal?.throwIfAborted()
      await replaceShards(fs, shards, sync)
    } catch (error) {
      await removeAll(
        fs,
        shards.map(({ temporary }) => temporary),
      )
      throw error
    }
  })
  return path
}

/** TensorFlow blames the directory for these two, whatever was wrong, where it is none; what was wrong stands behind. */
export async function saveError(fs: FileSystem, savePath: string, error: unknown): Promise<unknown> {
  if (!isOpError(error, 'FAILED_PRECONDITION', 'NOT_FOUND')) return error
  const parent = dirname(savePath)
  if (parent !== '' && (await fs.isDirectory(parent))) return error
  const blamed = new ValueError(`Parent directory of ${savePath} doesn't exist, can't save. (${error.message})`)
  blamed.cause = error
  return blamed
}
