/**
 * Restoring: what a checkpoint holds against what is asked for, the reading, and putting the values in place, all of
 * them or none.
 *
 * TensorFlow checks keys, then dtypes, then (while assigning) shapes; python/training/saver.py, Saver.restore wraps
 * what the first two say in a long sentence that people search for.
 */
import { type CheckpointReader, checkpointInternals } from '../checkpoint/checkpoint-reader'
import { readTensors, type TensorBytes } from '../checkpoint/read-tensors'
import { type TensorEntry } from '../checkpoint/tensor-entry'
import { allocate, fillFrom, valueOf } from '../checkpoint/tensor-value'
import { type DType, dtypeInfo, type NumericArray } from '../tensor/dtype'
import { elementCount, formatShape, ndarray, type NDArray, type Shape, shapesEqual } from '../tensor/ndarray'
import { InternalError, InvalidArgumentError, isOpError, NotFoundError } from '../util/errors'
import { withNearest } from '../util/nearest-names'
import { type RestoreReport } from '../variables/restore-report'
import { type Saveable } from '../variables/saveable'
import { adoptValue, copyValue, valueTarget, Variable } from '../variables/variable'
import { type SaveItem } from './var-list'

/** What may be left out. */
export interface RestoreRules {
  readonly reshape: boolean
  readonly ignoreMissing: boolean
  readonly ignoreMismatched: boolean
}

const PREFACE = 'Restoring from checkpoint failed.'
/** What restore-object-based.ts says goes without a preface. */
export const OBJECT_BASED = '\n\nExisting variables not in the checkpoint: '
const MISSING = 'a Variable name or other graph key that is missing'
const MISMATCH = 'a mismatch between the current graph and the graph'

interface Found {
  readonly item: SaveItem
  readonly entry: TensorEntry
}

/** An item that the checkpoint holds otherwise, and the sentence of TensorFlow's for it. */
interface Mismatch extends Found {
  readonly kind: 'dtype' | 'shape'
  readonly text: string
}

interface Match {
  readonly found: Found[]
  readonly missing: SaveItem[]
  readonly mismatched: Mismatch[]
}

/**
 * Reads the items' values and assigns them.
 *
 * @throws {NotFoundError} where keys are missing, {InvalidArgumentError} where dtypes or shapes differ: before a byte of
 * data is read. {DataLossError} {OutOfRangeError} for bytes that are damaged or missing. Nothing is assigned then.
 */
export async function restoreValues(
  reader: CheckpointReader,
  items: readonly SaveItem[],
  rules: RestoreRules,
): Promise<RestoreReport> {
  const { entries, bundle } = checkpointInternals(reader)
  const match = matchItems(entries, items, rules)
  if (match.missing.length > 0 && !rules.ignoreMissing)
    throw missingError(match.missing, items, entries, bundle.indexPath)
  if (match.mismatched.length > 0 && !rules.ignoreMismatched) throw mismatchError(match.mismatched, bundle.indexPath)
  await assignAll(await readAll(reader, match.found), bundle.plan.bigEndian)
  return reportOf(match, items, entries)
}

function matchItems(entries: ReadonlyMap<string, TensorEntry>, items: readonly SaveItem[], rules: RestoreRules): Match {
  const match: Match = { found: [], missing: [], mismatched: [] }
  for (const item of items) {
    const entry = entries.get(item.key)
    if (entry === undefined) {
      match.missing.push(item)
      continue
    }
    const mismatch = mismatchOf({ item, entry }, rules.reshape)
    if (mismatch === undefined) match.found.push({ item, entry })
    else match.mismatched.push(mismatch)
  }
  return match
}

function mismatchOf(found: Found, reshape: boolean): Mismatch | undefined {
  const { key, saveable } = found.item
  const { dtype, shape, count } = found.entry
  const expected = dtypeInfo(saveable.dtype)
  if (expected !== dtype) {
    const text = `tensor_name = ${key}; expected dtype ${expected.word} does not equal original dtype ${dtype.word}`
    return { ...found, kind: 'dtype', text }
  }
  if (reshape) {
    const requested = elementCount(saveable.shape)
    if (requested === count) return undefined
    const text = `Input to reshape is a tensor with ${count} values, but the requested shape has ${requested}`
    return { ...found, kind: 'shape', text }
  }
  if (shapesEqual(saveable.shape, shape)) return undefined
  const both = `lhs shape= ${formatShape(saveable.shape)} rhs shape= ${formatShape(shape)}`
  return { ...found, kind: 'shape', text: `Assign requires shapes of both tensors to match. ${both}` }
}

/** A value that was read and checked, and whom it is for. */
interface Staged {
  readonly item: SaveItem
  readonly tensor: TensorBytes
  /** The memory that the tensor was read into by itself. */
  readonly array: NumericArray | undefined
}

/** Every value, checked: nothing is assigned before the last one is there. */
async function readAll(reader: CheckpointReader, found: readonly Found[]): Promise<Staged[]> {
  const { plan } = checkpointInternals(reader).bundle
  const items = new Map(found.map(({ item, entry }) => [entry, item]))
  const arrays = new Map<TensorEntry, NumericArray>()
  const target = (entry: TensorEntry): NumericArray | undefined => {
    if (entry.dtype.Array === undefined) return undefined
    const array = allocate(entry)
    arrays.set(entry, array)
    return array
  }
  const staged: Staged[] = []
  for await (const batch of readTensors([...items.keys()], { ...plan, target, retain: true })) {
    for (const tensor of batch) {
      // Each entry that is read is one that was found.
      const item = items.get(tensor.entry) as SaveItem
      staged.push({ item, tensor, array: arrays.get(tensor.entry) })
    }
  }
  return staged
}

/**
 * A Saveable of the caller's own may refuse its value, so those go first, and what was assigned is taken back when one
 * does. Variables cannot: what was read by itself is taken over, the rest is copied into the array that is there.
 */
async function assignAll(staged: readonly Staged[], bigEndian: boolean): Promise<void> {
  const undo: { key: string; step: () => unknown }[] = []
  for (const { item, tensor, array } of staged) {
    if (item.saveable instanceof Variable) continue
    const value = shaped(valueOf(tensor, bigEndian, array), item.saveable.shape)
    const step = await undoOf(item.saveable)
    try {
      await item.saveable.assign(value as never)
    } catch (error) {
      // The one that refused is asked too: it may have taken a part.
      await Promise.resolve(step()).catch(() => undefined)
      await takeBack(undo, error)
      throw error
    }
    undo.push({ key: item.key, step })
  }
  try {
    assignVariables(staged, bigEndian)
  } catch (error) {
    await takeBack(undo, error)
    throw error
  }
}

/** What can fail, the making of arrays, comes before the first value is put in its place. */
function assignVariables(staged: readonly Staged[], bigEndian: boolean): void {
  const adopted: { variable: Variable; value: NDArray }[] = []
  const copied: { tensor: TensorBytes; target: NumericArray }[] = []
  for (const { item, tensor, array } of staged) {
    const { saveable } = item
    if (!(saveable instanceof Variable)) continue
    const target = tensor.own ? undefined : (valueTarget(saveable)?.data as NumericArray | undefined)
    if (target !== undefined) copied.push({ tensor, target })
    else adopted.push({ variable: saveable, value: shaped(valueOf(tensor, bigEndian, array), saveable.shape) })
  }
  for (const { variable, value } of adopted) adoptValue(variable, value)
  for (const { tensor, target } of copied) fillFrom(tensor, bigEndian, target)
}

function shaped(value: NDArray, shape: Shape): NDArray {
  if (shapesEqual(value.shape, shape)) return value
  // The data and the dtype are one value's; only the type checker cannot see it.
  return ndarray<DType>(value.dtype, shape, value.data as never)
}

/** @throws {InternalError} where one does not take its old value again: nobody may think that nothing has changed */
async function takeBack(undo: readonly { key: string; step: () => unknown }[], cause: unknown): Promise<void> {
  const lost: string[] = []
  for (const { key, step } of [...undo].reverse()) {
    try {
      await step()
    } catch {
      lost.push(key)
    }
  }
  if (lost.length === 0) return
  const why = cause instanceof Error ? cause.message : String(cause)
  throw new InternalError(`Cannot put back ${lost.join(', ')} after an assignment failed: ${why}`, { cause })
}

/** Puts back what a Saveable holds now, a copy, since the next assign may write into it; nothing where it has no value yet. */
async function undoOf(saveable: Saveable): Promise<() => unknown> {
  try {
    const before = copyValue(await saveable.read())
    return async () => saveable.assign(before as never)
  } catch {
    return () => undefined
  }
}

function reportOf(match: Match, items: readonly SaveItem[], entries: ReadonlyMap<string, TensorEntry>): RestoreReport {
  return {
    restored: match.found.map(({ item }) => item.key),
    missing: match.missing.map(({ key }) => key),
    mismatched: match.mismatched.map(({ item, entry }) => ({
      key: item.key,
      expected: `${item.saveable.dtype}${formatShape(item.saveable.shape)}`,
      found: `${entry.dtype.name}${formatShape(entry.shape)}`,
    })),
    unused: unusedKeys(items, entries, match.missing.length),
  }
}

/** What the checkpoint holds and nobody asked for; no key is asked for twice. */
function unusedKeys(
  items: readonly SaveItem[],
  entries: ReadonlyMap<string, TensorEntry>,
  missing: number,
): readonly string[] {
  if (items.length - missing === entries.size) return []
  const asked = new Set(items.map(({ key }) => key))
  return [...entries.keys()].filter((key) => !asked.has(key))
}

function preface(what: string): string {
  return (
    `${PREFACE} This is most likely due to ${what} from the checkpoint. ` +
    'Please ensure that you have not altered the graph expected based on the checkpoint. Original error:\n\n'
  )
}

function missingError(
  missing: readonly SaveItem[],
  items: readonly SaveItem[],
  entries: ReadonlyMap<string, TensorEntry>,
  path: string,
): NotFoundError {
  const keys = missing.map((item) => item.key)
  const lines = withNearest(keys, unusedKeys(items, entries, missing.length))
  const key = missing[0]?.key ?? ''
  const count = `${missing.length} of ${items.length} keys are missing in ${path}:`
  const text = preface(MISSING)
  return new NotFoundError(`${text}Key ${key} not found in checkpoint\n\n${count}\n  ${lines.join('\n  ')}`, {
    path,
    key,
  })
}

/** Dtypes first, as TensorFlow meets them; it names every dtype, and one shape. */
function mismatchError(mismatched: readonly Mismatch[], path: string): InvalidArgumentError {
  const dtypes = mismatched.filter(({ kind }) => kind === 'dtype')
  const [first] = mismatched
  const own = dtypes.length > 0 ? dtypes.map(({ text }) => text).join('\n') : (first?.text ?? '')
  const lines = mismatched.map(({ item, entry }) => {
    const expected = `${item.saveable.dtype}${formatShape(item.saveable.shape)}`
    return `${item.key}: ${expected} is asked for, ${path} holds ${entry.dtype.name}${formatShape(entry.shape)}`
  })
  const text = preface(MISMATCH)
  return new InvalidArgumentError(`${text}${own}\n\n${lines.join('\n')}`, { path, key: first?.item.key ?? '' })
}

/** The error as Saver.restore of TensorFlow gives it: what is missing or does not fit comes behind a long sentence. */
export function prefaced(error: unknown): unknown {
  if (!isOpError(error, 'NOT_FOUND', 'INVALID_ARGUMENT')) return error
  if (error.message.startsWith(PREFACE) || error.message.startsWith(OBJECT_BASED)) return error
  const { path, key, offset } = error
  const details = {
    ...(path === undefined ? {} : { path }),
    ...(key === undefined ? {} : { key }),
    ...(offset === undefined ? {} : { offset }),
    cause: error,
  }
  return error.code === 'NOT_FOUND'
    ? new NotFoundError(preface(MISSING) + error.message, details)
    : new InvalidArgumentError(preface(MISMATCH) + error.message, details)
}
