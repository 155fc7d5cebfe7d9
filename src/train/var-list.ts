/**
 * Which values a Saver saves, and under which keys.
 *
 *     a list     each variable under the name of its op; the parts of a partitioned one together, under the name of the whole
 *     a map      each value under its key; a partitioned variable, or a list of its parts, as one tensor; a part that stands there
 *                by itself as a tensor of its own
 *
 * TensorFlow: python/training/saving/saveable_object_util.py, op_list_to_dict and validate_and_slice_inputs.
 */
import { bytesFromKey, compareKeys, hasLoneSurrogate, keyFromBytes } from '../util/bytes'
import { ValueError } from '../util/errors'
import { isPartitionedVariable, type PartitionedVariable } from '../variables/partitioned-variable'
import { type Saveable } from '../variables/saveable'
import { Variable } from '../variables/variable'
import { VariableStore } from '../variables/variable-store'
import type { ShapeAndSlice } from './slice-spec'

/**
 * A store is its global variables as they stand when the Saver is built; a list is saved under the op names, what is
 * partitioned under the name of the whole; a map under its keys.
 */
export type VarList =
  | VariableStore
  | Iterable<Variable | PartitionedVariable>
  | ReadonlyMap<string, SaveableLike>
  | Readonly<Record<string, SaveableLike>>

/** What a map may hold under a key: a list is the parts of one partitioned variable. */
export type SaveableLike = Saveable | PartitionedVariable | readonly Saveable[]

/** One value of a checkpoint. Several may have one key, one behind the other: they are the parts of one tensor. */
export interface SaveItem {
  readonly key: string
  readonly saveable: Saveable
  /** Which part of the tensor under `key` it is, where it is none by itself. */
  readonly part?: ShapeAndSlice | undefined
}

type Entry = readonly [key: string, value: SaveableLike]

/**
 * The items in the order in which TensorFlow writes them: by key, parts in the order in which they were given; those of a list
 * by their names, which puts "p/part_10:0" before "p/part_1:0".
 *
 * @throws {InvalidArgumentError} for a key with a lone surrogate that stands for no byte
 * @throws {ValueError} {TypeError} in TensorFlow's words for a list that names something twice, or something else; for parts
 *   that are not of one tensor
 */
export function resolveVarList(varList: VarList): SaveItem[] {
  const entries = varList instanceof VariableStore ? fromList(varList.globalVariables()) : fromListOrMap(varList)
  entries.sort(([a], [b]) => compareKeys(a, b))
  const items = entries.flatMap(([key, value]) => itemsOf(key, value))
  const seen = new Set<Saveable>()
  for (const { key, saveable } of items) {
    // The key that sorts later is the one that TensorFlow names.
    if (seen.has(saveable)) throw new ValueError(`The same saveable will be restored with two names: ${key}`)
    seen.add(saveable)
  }
  return items
}

function fromListOrMap(varList: Exclude<VarList, VariableStore>): Entry[] {
  if (varList instanceof Map) return fromEntries([...varList])
  const listable = typeof varList === 'object' && varList !== null && !isValue(varList)
  if (!listable) throw new TypeError(`Variables to save should be passed in a dict or a list. Got ${String(varList)}`)
  if (Symbol.iterator in varList) return fromList([...(varList as Iterable<unknown>)].flat(Infinity))
  return fromEntries(Object.entries(varList))
}

/** By name, as TensorFlow does: which of two is the one too many depends on it. */
function fromList(list: readonly unknown[]): Entry[] {
  const byKey = new Map<string, Variable | PartitionedVariable | Variable[]>()
  const named = list.map((item) => [nameOf(item), item] as const).sort(([a], [b]) => compareKeys(a, b))
  for (const [, item] of named) {
    if (item instanceof Variable && item.saveSliceInfo !== undefined) {
      addPart(byKey, item.saveSliceInfo.fullName, item)
      continue
    }
    if (!(item instanceof Variable || isPartitionedVariable(item))) {
      throw new TypeError(`Variable to save is not a Variable: ${String(item)}`)
    }
    const key = item instanceof Variable ? item.op.name : item.name
    if (byKey.has(key)) throw new ValueError(`At least two variables have the same name: ${key}`)
    byKey.set(key, item)
  }
  return [...byKey]
}

function nameOf(item: unknown): string {
  const name = (item as { name?: unknown } | null | undefined)?.name
  return typeof name === 'string' ? name : ''
}

function addPart(byKey: Map<string, Variable | PartitionedVariable | Variable[]>, key: string, part: Variable): void {
  const others = byKey.get(key)
  if (others === undefined) byKey.set(key, [part])
  else if (Array.isArray(others)) others.push(part)
  else throw new ValueError(`Mixing slices and non-slices with the same name: ${key}`)
}

function fromEntries(entries: readonly (readonly [unknown, unknown])[]): Entry[] {
  return entries.map(([key, value]) => {
    if (typeof key !== 'string') {
      throw new TypeError(
        `names_to_saveables must be a dict mapping string names to trackable operations. Name is not a string: ${String(key)}`,
      )
    }
    if (!Array.isArray(value) && !isValue(value)) {
      throw new TypeError(
        `names_to_saveables must be a dict mapping string names to Tensors/Variables. Not a variable: ${String(value)}`,
      )
    }
    // One spelling for all strings of the same bytes, as the reader has it.
    return [hasLoneSurrogate(key) ? keyFromBytes(bytesFromKey(key)) : key, value as SaveableLike]
  })
}

function isValue(value: unknown): value is Saveable | PartitionedVariable {
  if (isPartitionedVariable(value)) return true
  if (typeof value !== 'object' || value === null) return false
  const { dtype, shape, read, assign } = value as Partial<Saveable>
  return typeof dtype === 'string' && Array.isArray(shape) && typeof read === 'function' && typeof assign === 'function'
}

function itemsOf(key: string, value: SaveableLike): SaveItem[] {
  if (isPartitionedVariable(value)) return partsOf(key, [...value])
  // A part by itself is a tensor of its own.
  return Array.isArray(value) ? partsOf(key, value) : [{ key, saveable: value as Saveable }]
}

function partsOf(key: string, parts: readonly unknown[]): SaveItem[] {
  let fullName: string | undefined
  return parts.map((saveable) => {
    if (!isValue(saveable) || isPartitionedVariable(saveable)) {
      throw new ValueError(`Slices must all be Variables: ${String(saveable)}`)
    }
    const { saveSliceInfo: info } = saveable
    if (info === undefined) throw new ValueError(`Slices must all be slices: ${String(saveable)}`)
    if (info.fullName !== (fullName ??= info.fullName)) {
      throw new ValueError(`Slices must all be from the same tensor: ${fullName} != ${info.fullName}`)
    }
    return { key, saveable, part: { fullShape: info.fullShape, slice: info.slice } }
  })
}
