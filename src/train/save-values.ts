/**
 * The values of a save: as they stood at the call, handed to a writer one after another.
 */
import { type Progress } from '../checkpoint/checkpoint-reader'
import { dtypeInfo } from '../tensor/dtype'
import { elementCount, type NDArray, shapesEqual, formatShape } from '../tensor/ndarray'
import { InvalidArgumentError } from '../util/errors'
import { pinValue, Variable } from '../variables/variable'
import type { ShapeAndSlice } from './slice-spec'
import { type SaveItem } from './var-list'

/** A value that stays as it is until it is released. */
export interface HeldValue {
  readonly key: string
  /** Which part of the tensor under `key` it is. */
  readonly part: ShapeAndSlice | undefined
  readonly value: NDArray | Promise<NDArray>
  readonly bytes: number
  release(): void
}

/**
 * Holds the values as they stand now. A variable that is assigned meanwhile gets a new array; a Saveable of the
 * caller's own is read now, and what it gives must stay unchanged until the save is done.
 *
 * @throws {FailedPreconditionError} "Attempting to use uninitialized value v"; nothing is held then
 */
export function holdValues(items: readonly SaveItem[]): HeldValue[] {
  const held: HeldValue[] = []
  try {
    for (const item of items) held.push(holdValue(item))
  } catch (error) {
    releaseValues(held)
    throw error
  }
  return held
}

export function releaseValues(held: readonly HeldValue[]): void {
  for (const value of held) value.release()
}

function holdValue({ key, saveable, part }: SaveItem): HeldValue {
  const bytes = elementCount(saveable.shape) * dtypeInfo(saveable.dtype).size
  if (saveable instanceof Variable) {
    const pin = pinValue(saveable)
    return { key, part, value: pin.value, bytes, release: pin.release }
  }
  const { dtype, shape } = saveable
  const value = saveable.read()
  const release = (): void => undefined
  if (!isPromise(value)) return { key, part, value: check(key, value, dtype, shape), bytes, release }
  const checked = Promise.resolve(value).then((one) => check(key, one, dtype, shape))
  // Awaited when its turn comes; until then its error must not count as unhandled.
  checked.catch(() => undefined)
  return { key, part, value: checked, bytes, release }
}

/** By its method and not by instanceof: promises come from other realms too. */
function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as Partial<PromiseLike<T>> | undefined)?.then === 'function'
}

function check(key: string, value: NDArray, dtype: string, shape: readonly number[]): NDArray {
  // Callers without types may give anything.
  if (!Array.isArray((value as Partial<NDArray> | null | undefined)?.shape)) {
    throw new InvalidArgumentError(`Cannot save ${key}: read() gave ${String(value)}, which is no NDArray`, { key })
  }
  if (value.dtype === dtype && shapesEqual(value.shape, shape)) return value
  const found = `${value.dtype}${formatShape(value.shape)}`
  throw new InvalidArgumentError(`Cannot save ${key}: read() gave ${found}, not ${dtype}${formatShape(shape)}`, { key })
}

/** What values are written with. */
export interface ValueWriter {
  /** Takes a value that stays as it is until `finish` has settled; nothing where there is nothing to wait for. */
  add(key: string, value: NDArray, part: ShapeAndSlice | undefined): Promise<void> | void
  /** What was added is in its place once this has settled. */
  finish(): Promise<void>
  /** Nothing that was added is left, whatever it was given up for. */
  abandon(): Promise<void>
}

/** Who hears of a save, and who may give it up. */
export interface SaveHooks {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** Counts what a save has written, over all of its files. */
export class ValueCount {
  readonly #hooks: SaveHooks
  readonly #bytesTotal: number
  #bytesDone = 0

  constructor(held: readonly HeldValue[], hooks: SaveHooks) {
    this.#hooks = hooks
    this.#bytesTotal = held.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Writes values into one file. On an error, or an abort, nothing of it is left. @throws the signal's reason */
  async write(held: readonly HeldValue[], open: () => Promise<ValueWriter>): Promise<void> {
    const { signal, onProgress } = this.#hooks
    signal?.throwIfAborted()
    const writer = await open()
    try {
      for (const { key, value, part, bytes } of held) {
        const added = writer.add(key, value instanceof Promise ? await unlessAborted(value, signal) : value, part)
        if (added !== undefined) await added
        this.#bytesDone += bytes
        onProgress?.({ key, bytesDone: this.#bytesDone, bytesTotal: this.#bytesTotal })
        signal?.throwIfAborted()
      }
      await writer.finish()
    } catch (error) {
      await writer.abandon()
      throw error
    }
  }
}

/** What the caller's own promise gives; the signal's reason where that comes first. */
async function unlessAborted<T>(value: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return value
  signal.throwIfAborted()
  let stop = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
  })
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([value, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
