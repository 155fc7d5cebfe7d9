/**
 * Putting values in place that were read and checked: all of them, or none.
 */
import { type DType, type DTypeMap, type NumericArray } from '../tensor/dtype'
import { ndarray, type NDArray } from '../tensor/ndarray'
import { InternalError } from '../util/errors'
import { type Saveable } from '../variables/saveable'
import { copyValue, putData, Variable } from '../variables/variable'
import { type SaveItem } from './var-list'

/** A value that was read and checked, in memory of its own, and whom it is for. */
export interface Staged {
  readonly item: SaveItem
  /** The place of the item among all. */
  readonly at: number
  /** Its elements, or it. */
  readonly value: NumericArray | NDArray
}

/**
 * A Saveable of the caller's own may refuse its value, so those go first, and what was assigned is taken back when one
 * does. Variables cannot: they take the array over.
 *
 * @param left hears of each variable's value that nobody uses any more
 */
export async function assignAll(
  staged: readonly Staged[],
  left: (at: number, before: NDArray | undefined) => void,
): Promise<void> {
  const undo: { key: string; step: () => unknown }[] = []
  for (let i = 0; i < staged.length; i++) {
    const { item, value } = staged[i] as Staged
    if (item.saveable instanceof Variable) continue
    const step = await undoOf(item.saveable)
    try {
      await assignOwn(item, value)
    } catch (error) {
      // The one that refused is asked too: it may have taken a part.
      await Promise.resolve(step()).catch(() => undefined)
      await takeBack(undo, error)
      throw error
    }
    undo.push({ key: item.key, step })
  }
  for (let i = 0; i < staged.length; i++) {
    const { item, at, value } = staged[i] as Staged
    if (item.saveable instanceof Variable) left(at, putData(item.saveable, dataOf(value)))
  }
}

/** Assigns a value to a Saveable of the caller's own. */
export async function assignOwn({ saveable }: SaveItem, value: NumericArray | NDArray): Promise<void> {
  const data = dataOf(value)
  // Who keeps a small array would keep all that was read with it.
  const own = ArrayBuffer.isView(data) && data.byteLength < data.buffer.byteLength ? data.slice() : data
  // The data and the dtype are one value's; only the type checker cannot see it.
  await saveable.assign(ndarray<DType>(saveable.dtype, saveable.shape, own as never) as never)
}

function dataOf(value: NumericArray | NDArray): DTypeMap[DType] {
  return ArrayBuffer.isView(value) ? value : value.data
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
