/**
 * Putting values in place that were read and checked: all of them, or none.
 */
import { type LoadedTensor } from '../checkpoint/checkpoint-source'
import { fillFrom, valueOf } from '../checkpoint/tensor-value'
import { type DType, type NumericArray } from '../tensor/dtype'
import { ndarray, type NDArray, type Shape, shapesEqual } from '../tensor/ndarray'
import { InternalError } from '../util/errors'
import { type Saveable } from '../variables/saveable'
import { adoptValue, copyValue, valueTarget, Variable } from '../variables/variable'
import { type SaveItem } from './var-list'

/** A value that was read and checked, and whom it is for. */
export interface Staged {
  readonly item: SaveItem
  readonly loaded: LoadedTensor
}

/**
 * A Saveable of the caller's own may refuse its value, so those go first, and what was assigned is taken back when one
 * does. Variables cannot: what was read by itself is taken over, the rest is copied into the array that is there.
 */
export async function assignAll(staged: readonly Staged[]): Promise<void> {
  const undo: { key: string; step: () => unknown }[] = []
  for (const { item, loaded } of staged) {
    if (item.saveable instanceof Variable) continue
    const value = shaped(valueOf(loaded), item.saveable.shape)
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
    assignVariables(staged)
  } catch (error) {
    await takeBack(undo, error)
    throw error
  }
}

/** What can fail, the making of arrays, comes before the first value is put in its place. */
function assignVariables(staged: readonly Staged[]): void {
  const adopted: { variable: Variable; value: NDArray }[] = []
  const copied: { loaded: LoadedTensor; target: NumericArray }[] = []
  for (const { item, loaded } of staged) {
    const { saveable } = item
    if (!(saveable instanceof Variable)) continue
    const target = loaded.bytes === undefined ? undefined : (valueTarget(saveable)?.data as NumericArray | undefined)
    if (target !== undefined) copied.push({ loaded, target })
    else adopted.push({ variable: saveable, value: shaped(valueOf(loaded), saveable.shape) })
  }
  for (const { variable, value } of adopted) adoptValue(variable, value)
  for (const { loaded, target } of copied) fillFrom(loaded, target)
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
