/**
 * Which values a Saver saves, and under which keys.
 *
 * TensorFlow: python/training/saving/saveable_object_util.py, op_list_to_dict and validate_and_slice_inputs.
 */
import { type Saveable } from '../variables/saveable'
import { Variable } from '../variables/variable'
import { VariableStore } from '../variables/variable-store'
import type { ShapeAndSlice } from './slice-spec'
import { bytesFromKey, compareKeys, hasLoneSurrogate, keyFromBytes } from '../util/bytes'
import { UnimplementedError, ValueError } from '../util/errors'

/** A store is its global variables as they stand when the Saver is built; a list is saved under the op names; a map under its keys. */
export type VarList =
  VariableStore | Iterable<Variable> | ReadonlyMap<string, SaveableLike> | Readonly<Record<string, SaveableLike>>

/** What a map may hold under a key. */
export type SaveableLike = Saveable

/** One value of a checkpoint. */
export interface SaveItem {
  readonly key: string
  readonly saveable: Saveable
  /** Which part of the tensor under `key` it is, where it is none by itself. */
  readonly part?: ShapeAndSlice | undefined
}

/**
 * The items in the order in which TensorFlow writes them: by key.
 *
 * @throws {InvalidArgumentError} for a key with a lone surrogate that stands for no byte
 * @throws {ValueError} {TypeError} in TensorFlow's words for a list that names something twice, or something else
 */
export function resolveVarList(varList: VarList): SaveItem[] {
  const items = varList instanceof VariableStore ? fromList(varList.globalVariables()) : fromListOrMap(varList)
  items.sort((a, b) => compareKeys(a.key, b.key))
  const seen = new Set<Saveable>()
  for (const { key, saveable } of items) {
    // The key that sorts later is the one that TensorFlow names.
    if (seen.has(saveable)) throw new ValueError(`The same saveable will be restored with two names: ${key}`)
    seen.add(saveable)
  }
  return items
}

function fromListOrMap(varList: Exclude<VarList, VariableStore>): SaveItem[] {
  if (varList instanceof Map) return fromEntries([...varList])
  const listable = typeof varList === 'object' && varList !== null && !isSaveable(varList)
  if (!listable) throw new TypeError(`Variables to save should be passed in a dict or a list. Got ${String(varList)}`)
  if (Symbol.iterator in varList) return fromList([...(varList as Iterable<unknown>)].flat(Infinity))
  return fromEntries(Object.entries(varList))
}

function fromList(list: readonly unknown[]): SaveItem[] {
  const byKey = new Map<string, SaveItem>()
  for (const item of list) {
    if (!(item instanceof Variable)) throw new TypeError(`Variable to save is not a Variable: ${String(item)}`)
    refuseSlice(item)
    const key = item.op.name
    if (byKey.has(key)) throw new ValueError(`At least two variables have the same name: ${key}`)
    byKey.set(key, { key, saveable: item })
  }
  return [...byKey.values()]
}

function fromEntries(entries: readonly (readonly [unknown, unknown])[]): SaveItem[] {
  return entries.map(([key, value]) => {
    if (typeof key !== 'string') {
      throw new TypeError(
        `names_to_saveables must be a dict mapping string names to trackable operations. Name is not a string: ${String(key)}`,
      )
    }
    if (Array.isArray(value)) refuseParts(value)
    if (!isSaveable(value)) {
      throw new TypeError(
        `names_to_saveables must be a dict mapping string names to Tensors/Variables. Not a variable: ${String(value)}`,
      )
    }
    refuseSlice(value)
    // One spelling for all strings of the same bytes, as the reader has it.
    return { key: hasLoneSurrogate(key) ? keyFromBytes(bytesFromKey(key)) : key, saveable: value }
  })
}

function isSaveable(value: unknown): value is Saveable {
  if (typeof value !== 'object' || value === null) return false
  const { dtype, shape, read, assign } = value as Partial<Saveable>
  return typeof dtype === 'string' && Array.isArray(shape) && typeof read === 'function' && typeof assign === 'function'
}

/** A list under a key stands for the parts of one partitioned variable. */
function refuseParts(parts: readonly unknown[]): void {
  for (const part of parts) {
    if (!isSaveable(part)) throw new ValueError(`Slices must all be Variables: ${String(part)}`)
    if (part.saveSliceInfo === undefined) throw new ValueError(`Slices must all be slices: ${String(part)}`)
    refuseSlice(part)
  }
}

function refuseSlice(saveable: Saveable): void {
  const fullName = saveable.saveSliceInfo?.fullName
  if (fullName !== undefined)
    throw new UnimplementedError(`Cannot save ${fullName}: parts of tensors are not saved yet`)
}
