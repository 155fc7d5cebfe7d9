/**
 * Restoring by names from a checkpoint of tf.train.Checkpoint, whose keys are paths through objects.
 *
 * TensorFlow: python/training/saver.py, Saver.restore and saver_from_object_based_checkpoint.
 */
import { type CheckpointReader, checkpointInternals } from '../checkpoint/checkpoint-reader'
import { namesToKeys, OBJECT_GRAPH_KEY } from '../checkpoint/object-graph'
import { type Logger } from '../fs/file-system'
import { compareKeys } from '../util/bytes'
import { DataLossError, NotFoundError } from '../util/errors'
import { type RestoreReport } from '../variables/restore-report'
import { type RestoreMemory } from './restore-memory'
import { OBJECT_BASED, type RestoreRules, restoreValues } from './restore-values'
import { type SaveItem } from './var-list'

const WARNING =
  'Restoring an object-based checkpoint using a name-based saver. This may be somewhat fragile, and will re-build the ' +
  'Saver. Instead, consider loading object-based checkpoints using tf.train.Checkpoint().'

const ADVICE =
  'Could not find some variables in the checkpoint (see names above). Saver was attempting to load an object-based ' +
  'checkpoint (saved using tf.train.Checkpoint or tf.keras.Model.save_weights) using variable names. If the checkpoint ' +
  "was written with eager execution enabled, it's possible that variable names have changed (for example missing a " +
  "'_1' suffix). It's also possible that there are new variables which did not exist when the checkpoint was written. " +
  'You can construct a Saver(var_list=...) with only the variables which previously existed, and if variable names ' +
  'have changed you may need to make this a dictionary with the old names as keys.'

/**
 * As restoreValues(). Where a key is missing and the checkpoint is object-based, its variables are found by their names,
 * with a warning, and the report names them. Where missing ones may be left out, what is found by its key is taken, too.
 *
 * @throws {NotFoundError} in TensorFlow's words, with the names of both sides, where one has no counterpart
 * @throws {DataLossError} where the checkpoint gives two names to one tensor: no writer does
 */
export async function restoreByKeysOrNames(
  reader: CheckpointReader,
  items: readonly SaveItem[],
  rules: RestoreRules,
  logger: Logger,
  memory?: RestoreMemory,
): Promise<RestoreReport> {
  const { source, graph: graphOf } = checkpointInternals(reader)
  const { tensors } = source
  const isObjectBased = tensors.has(OBJECT_GRAPH_KEY) && items.some(({ key }) => !tensors.has(key))
  const graph = isObjectBased ? graphOf() : undefined
  if (graph === undefined) return restoreValues(reader, items, rules, memory)
  logger.warn?.(WARNING)
  const keys = namesToKeys(graph)
  const unnamed = items.filter(({ key }) => !keys.has(key))
  if (unnamed.length > 0 && !rules.ignoreMissing) throw missingNames(unnamed, items, keys)
  const found = byRawKey(items, keys)
  const missing: SaveItem[] = []
  for (const item of unnamed) {
    if (source.tensors.has(item.key) && !found.has(item.key)) found.set(item.key, item)
    else missing.push(item)
  }
  const names = new Map([...found].map(([rawKey, { key }]) => [rawKey, key]))
  const raw = [...found].map(([key, item]) => ({ ...item, key }))
  return underNames(await restoreValues(reader, raw, rules, memory), missing, new Map([...namesOf(keys), ...names]))
}

/** The items that the checkpoint knows by name. */
function byRawKey(items: readonly SaveItem[], keys: ReadonlyMap<string, string>): Map<string, SaveItem> {
  const found = new Map<string, SaveItem>()
  for (const item of items) {
    const rawKey = keys.get(item.key)
    if (rawKey === undefined) continue
    const other = found.get(rawKey)
    if (other !== undefined) {
      const text = `The object graph gives the tensor ${rawKey} two names: ${other.key}, ${item.key}`
      throw new DataLossError(text, { key: rawKey })
    }
    found.set(rawKey, item)
  }
  return found
}

function namesOf(keys: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...keys].map(([name, rawKey]) => [rawKey, name]))
}

function missingNames(
  missing: readonly SaveItem[],
  items: readonly SaveItem[],
  keys: ReadonlyMap<string, string>,
): NotFoundError {
  const asked = new Set(items.map(({ key }) => key))
  const extra = [...keys.keys()].filter((name) => !asked.has(name)).sort(compareKeys)
  const names = missing.map(({ key }) => key).sort(compareKeys)
  const matched = keys.size - extra.length
  return new NotFoundError(
    `${OBJECT_BASED}${names.join(', ')}\n\n` +
      `Variables names when this checkpoint was written which don't exist now: ${extra.join(', ')}\n\n` +
      `(${matched} variable name(s) did match)\n\n${ADVICE}`,
    { key: names[0] ?? '' },
  )
}

/** The report of what was restored by raw keys, under the names that the caller knows. */
function underNames(
  report: RestoreReport,
  missing: readonly SaveItem[],
  names: ReadonlyMap<string, string>,
): RestoreReport {
  const nameOf = (key: string): string => names.get(key) ?? key
  return {
    restored: report.restored.map(nameOf),
    missing: [...missing.map(({ key }) => key), ...report.missing.map(nameOf)],
    mismatched: report.mismatched.map(({ key, ...rest }) => ({ ...rest, key: nameOf(key) })),
    unused: report.unused.map(nameOf),
  }
}
