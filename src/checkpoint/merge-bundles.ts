/**
 * Merges tensor bundles: many writers' files become the shards of one checkpoint.
 *
 *     t/part-0.data-00000-of-00001  → P.data-00000-of-00002
 *     t/part-1.data-00000-of-00001  → P.data-00001-of-00002
 *     t/part-0.index, t/part-1.index → P.index, in which every entry has its new shard number
 *
 * Data is renamed, never read. The indexes are gone through twice, all at once and entry by entry: first everything is
 * checked and the shards are numbered (merge-plan.ts), then the merged index is written under a temporary name. Only
 * then the first file is renamed, so that what fails before leaves all parts as they were.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, MergeBundles; core/kernels/save_restore_v2_ops.cc,
 * MergeV2Checkpoints. It writes the index in place, after the data was renamed: see docs/deviations.md.
 */
import { defaultFileSystem } from '../fs/default'
import { type FileSystem, type WriteOptions } from '../fs/file-system'
import { makeDirectory } from '../fs/make-directory'
import { mergeTables } from '../table/merge-tables'
import { compareBytes, EMPTY_BYTES } from '../util/bytes'
import { ByteWriter, type Place } from '../util/coding'
import { DataLossError, InvalidArgumentError } from '../util/errors'
import { dirname, normpath } from '../util/path'
import { type PutEntry, writeIndexFile } from './bundle-index-writer'
import { appendSlices, shardIdOf, writeEntryOfShard } from './merge-entry'
import { inBatches, openParts, type Part } from './merge-parts'
import { type MergePlan, planMerge } from './merge-plan'
import { metaFilename, temporaryFilename } from './naming'
import { exclusively, recoverForWriting, replaceCheckpoint } from './replace-checkpoint'

/** What mergeBundles takes. */
export interface MergeOptions extends WriteOptions {
  /**
   * Removes the parts' directories, where nothing else is in them, unless it is that of the merged checkpoint. Default
   * true, as `delete_old_dirs` of the op MergeV2Checkpoints; the C++ function MergeBundles leaves them.
   */
  deleteOld?: boolean
}

/** Shards have five digits in the names of files. */
const MAX_SHARDS = 99_999

/**
 * tensorflow::MergeBundles, and the op MergeV2Checkpoints: many writers' shards become one checkpoint. Moves data files,
 * writes one index in place of the parts' and deletes those. The order of `prefixes` gives the shards their numbers.
 *
 * A part may be in shards itself. The parts' writers must have finished; their bytes are as durable as they made them.
 * Makes the directory of `mergedPrefix` where it is missing, one level. An older checkpoint of that prefix stands until
 * the merged one does.
 *
 * @throws {InvalidArgumentError} "Duplicate tensor keyed by x encountered, when merging prefix: t/p1"; for a part that is
 * not there; where byte order or version differ; for no parts, and for more than 99,999 shards
 * @throws {InternalError} for slices that overlap; for a tensor that is whole in one part and sliced in another
 * @throws {DataLossError} {NotFoundError} {OutOfRangeError} for a part that is damaged, or whose data is missing or short
 */
export async function mergeBundles(
  prefixes: readonly string[],
  mergedPrefix: string,
  options: MergeOptions = {},
): Promise<void> {
  const { fs = defaultFileSystem(), durable = true, deleteOld = true } = options
  checkPrefixes(prefixes, mergedPrefix)
  await makeDirectory(fs, dirname(mergedPrefix), durable)
  const parts = await openParts(fs, prefixes)
  checkNumberOfShards(parts)
  const plan = await planMerge(fs, parts)
  await exclusively(mergedPrefix, () => recoverForWriting(fs, mergedPrefix))
  await put(fs, mergedPrefix, parts, plan, durable)
  // TensorFlow ignores what goes wrong from here on: the checkpoint is there.
  await inBatches(parts, ({ path }) => fs.remove(path).catch(() => undefined))
  if (deleteOld) await removeDirectories(fs, prefixes, mergedPrefix)
}

function checkPrefixes(prefixes: readonly string[], mergedPrefix: string): void {
  if (prefixes.length === 0) {
    throw new InvalidArgumentError(
      `At least one prefix checkpoint file must exist, but none existed. Nothing was given to merge into ${mergedPrefix}`,
    )
  }
  // TensorFlow deletes the merged index in place of the part's.
  if (prefixes.some((prefix) => normpath(prefix) === normpath(mergedPrefix))) {
    throw new InvalidArgumentError(`Cannot merge ${mergedPrefix} into itself: merge under another prefix`, {
      path: metaFilename(mergedPrefix),
    })
  }
  checkCount(prefixes.length)
}

function checkNumberOfShards(parts: readonly Part[]): void {
  checkCount(parts.reduce((count, { header }) => count + header.numShards, 0))
}

function checkCount(shards: number): void {
  if (shards <= MAX_SHARDS) return
  throw new InvalidArgumentError(`Cannot merge into ${shards} shards: a checkpoint has ${MAX_SHARDS} at most`)
}

/** Writes the index, and puts all files in their place. On an error the parts are as they were, but for a crash. */
async function put(
  fs: FileSystem,
  prefix: string,
  parts: readonly Part[],
  plan: MergePlan,
  durable: boolean,
): Promise<void> {
  const index = temporaryFilename(metaFilename(prefix))
  const sync = async (): Promise<void> => {
    if (durable) await fs.syncDir?.(dirname(prefix))
  }
  try {
    await writeIndexFile(fs, index, plan.header, (entry) => putEntries(parts, plan, entry), durable)
    await exclusively(prefix, () => replaceCheckpoint(fs, prefix, { index, data: plan.files }, sync))
  } catch (error) {
    await fs.remove(index).catch(() => undefined)
    throw error
  }
}

async function putEntries(parts: readonly Part[], plan: MergePlan, putEntry: PutEntry): Promise<void> {
  /** The entry that was met last: slices may still come. */
  let key: Uint8Array = EMPTY_BYTES
  const value = new ByteWriter()
  const putLast = (): Promise<void> | undefined => (key.length > 0 ? putEntry(key, value.view()) : undefined)
  await mergeTables(parts, (number, cursor) => {
    const next = cursor.key
    if (next.length === 0) return undefined
    const place = { path: parts[number]?.path ?? '', offset: cursor.valueOffset }
    if (compareBytes(key, next) === 0) {
      appendSlices(value, cursor.value, place)
      return undefined
    }
    const putting = putLast()
    key = next.slice()
    value.clear()
    writeEntryOfShard(value, cursor.value, newShard(plan, parts, number, cursor.value, place), place)
    return putting
  })
  await putLast()
}

function newShard(plan: MergePlan, parts: readonly Part[], number: number, entry: Uint8Array, place: Place): number {
  const shards = plan.shards[number]
  const own = parts[number]?.header.numShards === 1 ? 0 : shardIdOf(entry, place)
  const shard = shards?.get(own)
  if (shard === undefined) throw new DataLossError(`${place.path} is being written while it is merged`, place)
  return shard
}

async function removeDirectories(fs: FileSystem, prefixes: readonly string[], mergedPrefix: string): Promise<void> {
  const own = normpath(dirname(mergedPrefix))
  for (const dir of new Set(prefixes.map(dirname))) {
    if (normpath(dir) !== own) await fs.removeDir(dir).catch(() => undefined)
  }
}
