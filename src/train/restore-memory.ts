/**
 * Where restored values are read to.
 *
 *     with rollback:     staging arrays, swapped in when all are there and checked; what the variables had is the staging
 *                        of the next restore
 *     without rollback:  the variables' own arrays, each given back as soon as its value is checked
 *
 * Either way a repeated restore touches no fresh memory, whose pages cost more than the reading.
 */
import { type LoadedTensor } from '../checkpoint/checkpoint-source'
import { valueOf } from '../checkpoint/tensor-value'
import { dtypeInfo, type NumericArray } from '../tensor/dtype'
import { elementCount, type NDArray } from '../tensor/ndarray'
import { OpError } from '../util/errors'
import { putData, putValue, takeData, valueTarget, Variable } from '../variables/variable'
import { assignAll, assignOwn, type Staged } from './assign-values'
import { type SaveItem } from './var-list'

/** An item that is restored. */
export interface Restored {
  readonly item: SaveItem
  /** Its place among the items: from one restore of a Saver to the next it stays the same. */
  readonly at: number
}

/** Takes the values of one restore. */
export interface RestoreMemory {
  /** Where a value of numbers is to be read to; undefined for memory that is made for it, and stays. */
  target(restored: Restored): NumericArray | undefined
  /** An array that is there, into which a value is copied once it is checked; undefined where it has to go through target(). */
  ready(item: SaveItem, at: number): NumericArray | undefined
  /** Hears of a value that was copied there. */
  filled(item: SaveItem, at: number): void
  /** Hears of a value that was read and checked. Something to wait for, where there is. */
  landed(restored: Restored, loaded: LoadedTensor): Promise<void> | undefined
  /** All values were read and checked. */
  finish(): Promise<void>
  /** What is thrown for what kept one from being read. */
  failed(error: unknown): unknown
}

/** Values that are kept from one restore to the next for their arrays: those that the variables had before. */
export class RestoreStaging {
  #spare: (NDArray | undefined)[] = []

  /** Memory for one restore, with rollback. @param keep whether what the variables had is kept */
  begin(keep = true): RestoreMemory {
    const spare = this.#spare
    const staged: Staged[] = []
    /** By their places, the variables whose values were copied into what is spare. */
    const full = new Array<Variable | undefined>(spare.length)
    const left = (at: number, before: NDArray | undefined): void => void (spare[at] = keep ? before : undefined)
    return {
      target: ({ at, item }) => fitting(arrayOf(spare[at]), item),
      // One that does not fit is passed over.
      ready: ({ saveable }, at) => (saveable instanceof Variable ? arrayOf(spare[at]) : undefined),
      filled: ({ saveable }, at) => void (full[at] = saveable as Variable),
      landed({ at, item }, loaded) {
        staged.push({ at, item, value: loaded.own ?? valueOf(loaded) })
        return undefined
      },
      async finish() {
        await assignAll(staged, left)
        for (let at = 0; at < full.length; at++) {
          const [variable, value] = [full[at], spare[at]]
          if (variable !== undefined && value !== undefined) left(at, putValue(variable, value))
        }
      },
      failed: (error) => error,
    }
  }

  /** Lets go of the arrays; a restore that is under way does so when it is done. */
  release(): void {
    this.#spare = []
  }
}

/** Of numbers: valueTarget() gives no other. */
function arrayOf(value: NDArray | undefined): NumericArray | undefined {
  return value?.data as NumericArray | undefined
}

/** The array, where it is one for the item's value. Of a Saveable of the caller's own nothing is known. */
function fitting(array: NumericArray | undefined, { saveable }: SaveItem): NumericArray | undefined {
  if (array === undefined || !(saveable instanceof Variable)) return undefined
  const { Array, lanes } = dtypeInfo(saveable.dtype)
  return array.constructor === Array && array.length === elementCount(saveable.shape) * lanes ? array : undefined
}

/**
 * Memory for one restore without rollback. A variable is uninitialized while it is being read into: who reads or saves it
 * then hears of it, and so it stays where reading fails.
 */
export function inPlace(): RestoreMemory {
  const taken: Variable[] = []
  let done = 0
  return {
    target({ item: { saveable } }) {
      if (!(saveable instanceof Variable)) return undefined
      const data = takeData(saveable)
      if (data !== undefined) taken.push(saveable)
      return data
    },
    ready: ({ saveable }) => (saveable instanceof Variable ? arrayOf(valueTarget(saveable)) : undefined),
    filled: () => void done++,
    landed({ item }, loaded) {
      done++
      const { saveable } = item
      if (!(saveable instanceof Variable)) return assignOwn(item, valueOf(loaded))
      putData(saveable, loaded.own ?? valueOf(loaded).data)
      return undefined
    },
    finish: () => Promise.resolve(),
    failed: (error) => withState(error, done, taken.filter(({ initialized }) => !initialized).length),
  }
}

/** Says what became of the variables. */
function withState(error: unknown, done: number, lost: number): unknown {
  if (!(error instanceof OpError) || done + lost === 0) return error
  const { path, key, offset, message } = error
  const state = `${done} values were restored, ${lost} variables are uninitialized: rollback was given up`
  // Every class of OpError is made alike.
  const Class = error.constructor as new (message: string, details: object) => OpError
  return new Class(`${message} (${state})`, { path, key, offset, cause: error })
}
