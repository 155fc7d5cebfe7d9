/**
 * Restoring: what a checkpoint holds against what is asked for, and the reading; assign-values.ts puts the values in place.
 *
 * TensorFlow checks keys, then dtypes, then (while assigning) shapes; python/training/saver.py, Saver.restore wraps
 * what the first two say in a long sentence that people search for.
 */
import { type CheckpointReader, checkpointInternals } from '../checkpoint/checkpoint-reader'
import { type CheckpointSource, type ReadRequest } from '../checkpoint/checkpoint-source'
import { type ArrayOf, type Fill } from '../checkpoint/fill-runs'
import { slabKeeper } from '../checkpoint/slab-memory'
import { dtypeInfo, type NumericArray } from '../tensor/dtype'
import { elementCount, formatShape, shapesEqual } from '../tensor/ndarray'
import { InvalidArgumentError, isOpError, NotFoundError } from '../util/errors'
import { withNearest } from '../util/nearest-names'
import { type RestoreReport } from '../variables/restore-report'
import { Variable } from '../variables/variable'
import { type Restored, type RestoreMemory, RestoreStaging } from './restore-memory'
import { shapeOfPart } from './slice-spec'
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

/** What is asked for: a request of the checkpoint's, and whom it is for. */
interface Found extends ReadRequest, Restored {}

/** An item that the checkpoint holds otherwise, and the sentence of TensorFlow's for it. */
interface Mismatch extends Found {
  readonly kind: 'dtype' | 'shape'
  readonly text: string
}

interface Match {
  readonly found: readonly Found[]
  readonly missing: readonly SaveItem[]
  readonly mismatched: readonly Mismatch[]
}

/**
 * Reads the items' values and assigns them. Items of one key are parts of one tensor.
 *
 * @param memory where values are read to. Default: all or nothing, and nothing is kept
 * @throws {NotFoundError} where keys are missing, {InvalidArgumentError} where dtypes or shapes differ: before a byte of
 * data is read. {DataLossError} {OutOfRangeError} for bytes that are damaged or missing. Nothing is assigned then, unless
 * `memory` gives that up.
 */
export async function restoreValues(
  reader: CheckpointReader,
  items: readonly SaveItem[],
  rules: RestoreRules,
  memory: RestoreMemory = new RestoreStaging().begin(),
): Promise<RestoreReport> {
  const { source } = checkpointInternals(reader)
  let fill = await planFill(source, items, memory)
  let match = matchItems(source, items, rules.reshape, fill?.left)
  if (match.mismatched.length > 0) {
    // What else there is of a key decides, too.
    fill = undefined
    match = matchItems(source, items, rules.reshape)
  }
  if (match.missing.length > 0 && !rules.ignoreMissing) throw missingError(match.missing, items, source)
  if (match.mismatched.length > 0 && !rules.ignoreMismatched) throw mismatchError(match.mismatched, source.path)
  await readAll(source, match.found, items, memory, fill)
  return reportOf(match, items, source)
}

/** What of the items is small and many, and has an array. */
async function planFill(
  source: CheckpointSource,
  items: readonly SaveItem[],
  memory: RestoreMemory,
): Promise<Fill | undefined> {
  const mayFill = (at: number): boolean => {
    const { part, saveable } = items[at] as SaveItem
    return part === undefined && saveable instanceof Variable
  }
  return source.planFill?.(items, mayFill, arraysOf(items, memory))
}

function arraysOf(items: readonly SaveItem[], memory: RestoreMemory): ArrayOf {
  return (at) => memory.ready(items[at] as SaveItem, at)
}

/** @param done by the items' numbers: 1 for those that need not be looked at */
function matchItems(source: CheckpointSource, items: readonly SaveItem[], reshape: boolean, done?: Uint8Array): Match {
  const found: Found[] = []
  const missing: SaveItem[] = []
  const mismatched: Mismatch[] = []
  for (let at = 0; at < items.length; at++) {
    if (done?.[at] === 1) continue
    const item = items[at] as SaveItem
    const tensor = source.tensors.get(item.key)
    if (tensor === undefined) {
      missing.push(item)
      continue
    }
    const request = { item, at, tensor, slice: item.part?.slice }
    const mismatch = mismatchOf(request, reshape, source.version)
    if (mismatch === undefined) found.push(request)
    else mismatched.push({ ...request, ...mismatch })
  }
  if (mismatched.length === 0) return { found, missing, mismatched }
  // A tensor of which one part does not fit is restored in no part.
  const refused = new Set(mismatched.map(({ item }) => item.key))
  return { found: found.filter(({ item }) => !refused.has(item.key)), missing, mismatched }
}

function mismatchOf(
  { item, tensor }: Found,
  reshape: boolean,
  version: 'V1' | 'V2',
): Pick<Mismatch, 'kind' | 'text'> | undefined {
  const { key, saveable, part } = item
  const { dtype: stored } = tensor
  if (saveable.dtype !== stored.name) {
    const { word: expected } = dtypeInfo(saveable.dtype)
    return { kind: 'dtype', text: DTYPE_TEXTS[version](key, expected, stored.word) }
  }
  if (part !== undefined && !shapesEqual(part.fullShape, tensor.shape)) {
    return { kind: 'shape', text: PART_TEXTS[version](key, formatShape(part.fullShape), formatShape(tensor.shape)) }
  }
  const shape = part === undefined ? tensor.shape : shapeOfPart(part)
  if (reshape) {
    const [count, requested] = [elementCount(shape), elementCount(saveable.shape)]
    if (requested === count) return undefined
    const text = `Input to reshape is a tensor with ${count} values, but the requested shape has ${requested}`
    return { kind: 'shape', text }
  }
  if (shapesEqual(saveable.shape, shape)) return undefined
  const both = `lhs shape= ${formatShape(saveable.shape)} rhs shape= ${formatShape(shape)}`
  return { kind: 'shape', text: `Assign requires shapes of both tensors to match. ${both}` }
}

type Words = Readonly<Record<'V1' | 'V2', (key: string, expected: string, stored: string) => string>>

/** Another dtype than the one asked for, in the words of either format. */
const DTYPE_TEXTS: Words = {
  V1: (key, expected, stored) =>
    `Expected to restore a tensor of type ${expected}, got a tensor of type ${stored} instead: tensor_name = ${key}`,
  V2: (key, expected, stored) =>
    `tensor_name = ${key}; expected dtype ${expected} does not equal original dtype ${stored}`,
}

/** A part of a tensor of another shape. */
const PART_TEXTS: Words = {
  V1: (key, expected, stored) =>
    `Shape in shape_and_slice spec does not match the shape in the save file: ${expected}, save file shape: ${stored}: ` +
    `tensor_name = ${key}`,
  V2: (key, expected, stored) =>
    `tensor_name = ${key}; shape in shape_and_slice spec ${expected} does not match the shape stored in checkpoint: ${stored}`,
}

/** Reads every value into its place: first those that were found, so that all is planned before the first byte is read. */
async function readAll(
  source: CheckpointSource,
  found: readonly Found[],
  items: readonly SaveItem[],
  memory: RestoreMemory,
  fill: Fill | undefined,
): Promise<void> {
  try {
    await readFound(source, found, memory)
    if (fill !== undefined) {
      await fill.read(arraysOf(items, memory), (at) => memory.filled(items[at] as SaveItem, at))
      // Each by itself tells what is wrong. They fit.
      if (fill.left.includes(1)) {
        const done = fill.left.map((left) => 1 - left)
        await readFound(source, matchItems(source, items, true, done).found, memory)
      }
    }
  } catch (error) {
    throw memory.failed(error)
  }
  await memory.finish()
}

async function readFound(source: CheckpointSource, found: readonly Found[], memory: RestoreMemory): Promise<void> {
  // Each request is one of those that were handed in.
  const target = (request: ReadRequest): NumericArray | undefined => memory.target(request as Found)
  for await (const batch of source.read(found, { target, keep: slabKeeper() })) {
    for (const loaded of batch) {
      const assigned = memory.landed(loaded.request as Found, loaded)
      if (assigned !== undefined) await assigned
    }
  }
}

function reportOf(match: Match, items: readonly SaveItem[], { tensors }: CheckpointSource): RestoreReport {
  const missing = keysOf(match.missing)
  const restored = keysOf(restoredOf(match, items))
  const mismatched = new Map(match.mismatched.map((one) => [one.item.key, one]))
  return {
    restored,
    missing,
    mismatched: [...mismatched].map(([key, one]) => ({ key, ...bothOf(one) })),
    unused: unusedKeys(restored.length === items.length ? restored : keysOf(items), tensors, missing.length),
  }
}

function restoredOf({ found, missing, mismatched }: Match, items: readonly SaveItem[]): readonly SaveItem[] {
  if (mismatched.length > 0) return found.map(({ item }) => item)
  const lost = new Set(missing)
  return missing.length === 0 ? items : items.filter((item) => !lost.has(item))
}

/** Each key once: only parts share one. */
function keysOf(items: readonly SaveItem[]): string[] {
  const keys = items.map(({ key }) => key)
  return items.some(({ part }) => part !== undefined) ? [...new Set(keys)] : keys
}

function bothOf({ item, tensor }: Mismatch): { expected: string; found: string } {
  const { saveable, part } = item
  const [expected, found] = [saveable.dtype + formatShape(part?.fullShape ?? saveable.shape), formatShape(tensor.shape)]
  return { expected, found: tensor.dtype.name + found }
}

/** What the checkpoint holds and nobody asked for. */
function unusedKeys(keys: readonly string[], tensors: CheckpointSource['tensors'], missing: number): readonly string[] {
  if (keys.length - missing === tensors.size) return []
  const asked = new Set(keys)
  return [...tensors.keys()].filter((key) => !asked.has(key))
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
  source: CheckpointSource,
): NotFoundError {
  const keys = keysOf(missing)
  const { path, tensors } = source
  const lines = withNearest(keys, unusedKeys(keysOf(items), tensors, keys.length))
  const key = keys[0] ?? ''
  const count = `${keys.length} of ${keysOf(items).length} keys are missing in ${path}:`
  return new NotFoundError(`${preface(MISSING)}${source.missing(key)}\n\n${count}\n  ${lines.join('\n  ')}`, {
    path,
    key,
  })
}

/** Dtypes first, as TensorFlow meets them; it names every dtype, and one shape. */
function mismatchError(mismatched: readonly Mismatch[], path: string): InvalidArgumentError {
  const dtypes = mismatched.filter(({ kind }) => kind === 'dtype')
  const [first] = mismatched
  const own = dtypes.length > 0 ? dtypes.map(({ text }) => text).join('\n') : (first?.text ?? '')
  const lines = mismatched.map((one) => {
    const { expected, found } = bothOf(one)
    return `${one.item.key}: ${expected} is asked for, ${path} holds ${found}`
  })
  const all = [...new Set(lines)].join('\n')
  return new InvalidArgumentError(`${preface(MISMATCH)}${own}\n\n${all}`, { path, key: first?.item.key ?? '' })
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
