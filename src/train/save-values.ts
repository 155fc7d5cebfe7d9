/**
 * The values of a save: as they stood at the call, handed to a writer one after another.
 */
import { type Progress } from '../checkpoint/checkpoint-reader'
import { dtypeInfo } from '../tensor/dtype'
import { elementCount, type NDArray, shapesEqual, formatShape } from '../tensor/ndarray'
import { InvalidArgumentError } from '../util/errors'
import { addPin, type Pins, Variable } from '../variables/variable'
import type { ShapeAndSlice } from './slice-spec'
import { type SaveItem } from './var-list'

/** A value that stays as it is until it is released. There is one for each tensor: small. */
export interface HeldValue {
  readonly item: SaveItem
  readonly value: NDArray | Promise<NDArray>
  /** What holds it; undefined where nothing does, or no more. */
  pins: Pins | undefined
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
    // By numbers: an iterator would make an object for each.
    for (let at = 0; at < items.length; at++) held.push(holdValue(items[at] as SaveItem))
  } catch (error) {
    releaseValues(held)
    throw error
  }
  return held
}

export function releaseValues(held: readonly HeldValue[]): void {
  for (let at = 0; at < held.length; at++) {
    const value = held[at] as HeldValue
    if (value.pins !== undefined) value.pins.count--
    value.pins = undefined
  }
}

function holdValue(item: SaveItem): HeldValue {
  const { key, saveable } = item
  if (saveable instanceof Variable) return { item, value: saveable.read(), pins: addPin(saveable) }
  const { dtype, shape } = saveable
  // Refused before anything is written.
  elementCount(shape)
  const value = saveable.read()
  if (!isPromise(value)) return { item, value: check(key, value, dtype, shape), pins: undefined }
  const checked = Promise.resolve(value).then((one) => check(key, one, dtype, shape))
  // Awaited when its turn comes; until then its error must not count as unhandled.
  checked.catch(() => undefined)
  return { item, value: checked, pins: undefined }
}

function bytesOf({ item: { saveable } }: HeldValue): number {
  return elementCount(saveable.shape) * dtypeInfo(saveable.dtype).size
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
  /** 0 where nobody wants to know. */
  readonly #bytesTotal: number
  #bytesDone = 0

  constructor(held: readonly HeldValue[], hooks: SaveHooks) {
    this.#hooks = hooks
    this.#bytesTotal = hooks.onProgress ? held.reduce((sum, value) => sum + bytesOf(value), 0) : 0
  }

  /** Writes values into one file. On an error, or an abort, nothing of it is left. @throws the signal's reason */
  async write(held: readonly HeldValue[], open: () => Promise<ValueWriter>): Promise<void> {
    const { signal, onProgress } = this.#hooks
    signal?.throwIfAborted()
    const writer = await open()
    try {
      for (let at = 0; at < held.length; at++) {
        const one = held[at] as HeldValue
        const { item, value } = one
        const ready = value instanceof Promise ? await unlessAborted(value, signal) : value
        const added = writer.add(item.key, ready, item.part)
        if (added !== undefined) await added
        if (onProgress !== undefined) this.#tell(one, onProgress)
        signal?.throwIfAborted()
      }
      await writer.finish()
    } catch (error) {
      await writer.abandon()
      throw error
    }
  }

  #tell(one: HeldValue, onProgress: (progress: Progress) => void): void {
    this.#bytesDone += bytesOf(one)
    onProgress({ key: one.item.key, bytesDone: this.#bytesDone, bytesTotal: this.#bytesTotal })
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
