/**
 * Which old checkpoints a Saver deletes, and when: no files here, only the decisions.
 *
 *     after the files of a save exist:   record(path) → the state file is written → takeForDeletion() → delete what it gives
 *
 * At most one checkpoint goes per save, and one that was recorded later than the limit is kept for good instead; each
 * one kept moves the limit by one period. TensorFlow: python/training/saver.py, _RecordLastCheckpoint and
 * _MaybeDeleteOldCheckpoints.
 */
import { metaFilename } from '../checkpoint/naming'
import { AssertionError } from '../util/errors'
import { normpath } from '../util/path'

/** A checkpoint's prefix and when it was recorded, in seconds since 1970; Infinity: it is never deleted. */
export type TimedCheckpoint = readonly [path: string, seconds: number]

/** Counts and period are asked for at each use: those of a SaverDef may change. */
export interface RetentionOptions {
  /** How many are kept; 0 and null: all, and none is recorded. A negative number keeps none. */
  readonly maxToKeep: number | null
  /** Hours between those that are kept for good. Rounded to float32, as the field of SaverDef does. */
  readonly keepCheckpointEveryNHours: number
  /** Seconds since 1970. Asked once here, and at each recording. */
  readonly now: () => number
}

/** A Saver's memory of what it saved. */
export class Retention {
  readonly #options: RetentionOptions
  #checkpoints: TimedCheckpoint[] = []
  readonly #toBeDeleted: TimedCheckpoint[] = []
  #limit: number

  /** @throws {TypeError} where `maxToKeep` is no whole number, or the hours are no number */
  constructor(options: RetentionOptions) {
    const { maxToKeep, keepCheckpointEveryNHours: hours } = options
    if (maxToKeep !== null && !Number.isSafeInteger(maxToKeep)) {
      throw new TypeError(`maxToKeep takes a whole number, or null to keep all, not ${String(maxToKeep)}`)
    }
    if (typeof hours !== 'number') throw new TypeError(`keepCheckpointEveryNHours takes a number, not ${String(hours)}`)
    this.#options = options
    this.#limit = options.now() + this.#periodSeconds
  }

  get #maxToKeep(): number {
    return this.#options.maxToKeep ?? 0
  }

  get #periodSeconds(): number {
    return Math.fround(this.#options.keepCheckpointEveryNHours) * 3600
  }

  /** What was recorded later than this is kept, in seconds since 1970. */
  get nextCheckpointTime(): number {
    return this.#limit
  }

  /** The paths that are kept, oldest first; a new list each time. */
  get lastCheckpoints(): string[] {
    return this.#checkpoints.map(([path]) => path)
  }

  /** Takes `path` in as the newest, once, and sets the oldest one aside when they are too many. */
  record(path: string): void {
    if (this.#maxToKeep === 0) return
    this.#checkpoints = this.#checkpoints.filter(([one]) => one !== path)
    this.#checkpoints.push([path, this.#options.now()])
    if (this.#checkpoints.length <= this.#maxToKeep) return
    const oldest = this.#checkpoints.shift()
    if (oldest !== undefined) this.#toBeDeleted.push(oldest)
  }

  /**
   * Takes up the one that was set aside first: its path where its files are to be deleted; undefined where there is none,
   * or where it is kept, which moves the limit. TensorFlow deletes it also where the list names the same files again,
   * with another spelling ("./m" and "m") or after a state file that could not be written: here they stay.
   */
  takeForDeletion(): string | undefined {
    const checkpoint = this.#toBeDeleted.shift()
    if (checkpoint === undefined) return undefined
    const [path, seconds] = checkpoint
    // Strictly later: one that was recorded at the limit itself goes.
    if (!(seconds > this.#limit)) return this.#isListed(path) ? undefined : path
    this.#limit += this.#periodSeconds
    return undefined
  }

  #isListed(path: string): boolean {
    const index = normpath(metaFilename(path))
    return this.#checkpoints.some(([one]) => normpath(metaFilename(one)) === index)
  }

  /** Puts `paths` in place of the list, with times at which nothing is deleted. @throws {AssertionError} for no array. */
  setLastCheckpoints(paths: readonly string[]): void {
    assertArray(paths)
    this.#checkpoints = paths.map((path) => [path, Infinity])
  }

  /** Puts a copy of `checkpoints` in place of the list. @throws {AssertionError} for no array. */
  setLastCheckpointsWithTime(checkpoints: readonly TimedCheckpoint[]): void {
    assertArray(checkpoints)
    this.#checkpoints = checkpoints.map(([path, seconds]) => [path, seconds])
  }
}

function assertArray(value: unknown): void {
  // TensorFlow asserts without a word.
  if (!Array.isArray(value)) throw new AssertionError('')
}
