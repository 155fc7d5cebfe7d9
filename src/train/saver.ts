/**
 * tf.train.Saver: saves variables under names, restores them, and keeps count of what it saved.
 *
 *     save:     values held at the call → data file → index → recorded → state file → at most one old checkpoint deleted
 *     restore:  index → keys, dtypes, shapes compared → bytes read and checked → assigned, all or none
 *
 * TensorFlow: python/training/saver.py.
 */
import { CheckpointReader, type Progress } from '../checkpoint/checkpoint-reader'
import { prefixHint } from '../checkpoint/wrong-prefix'
import { defaultFileSystem } from '../fs/default'
import { type FileSystem, loggerOf, type ReadOptions, type WriteOptions } from '../fs/file-system'
import { isOpError, UnimplementedError, ValueError } from '../util/errors'
import { dirname } from '../util/path'
import { type RestoreReport } from '../variables/restore-report'
import { type Variable } from '../variables/variable'
import { checkpointExists, getCheckpointMtimes, removeCheckpoint } from './checkpoint-files'
import { updateCheckpointStateInternal } from './checkpoint-state'
import { checkpointName, checkStateName } from './checkpoint-name'
import { prefaced, type RestoreRules, restoreValues } from './restore-values'
import { Retention } from './retention'
import { type HeldValue, holdValues, releaseValues, writeValues } from './save-values'
import { resolveVarList, type SaveItem, type VarList } from './var-list'

/** How a Saver saves. */
export interface SaverOptions extends WriteOptions {
  /** How many checkpoints are kept; 0 and null keep all. Default 5. */
  maxToKeep?: number | null
  /** One checkpoint in this many hours is kept for good. Default 10000. */
  keepCheckpointEveryNHours?: number
  /** Restores into variables of another shape with as many elements. Default false. */
  reshape?: boolean
  /** Without effect, as in TensorFlow: nothing here is restored at the same time. */
  restoreSequentially?: boolean
  /** A Saver of no variables is no error: it saves nothing. Default false. */
  allowEmpty?: boolean
  /** Steps have eight digits at least: "m-00000005". Default false. */
  padStepNumber?: boolean
  /** The state file of an absolute directory names checkpoints relative to it. Default false. */
  saveRelativePaths?: boolean
  /** The format that is written. */
  writeVersion?: 'V2'
  /** Seconds since 1970; a test hands in its own clock. */
  now?: () => number
  /** Hears of each tensor that a save has written. */
  onProgress?: (progress: Progress) => void
}

/** How one checkpoint is saved. */
export interface SaveOptions {
  /** Is appended to the path: "m-3". A variable is read at the call. */
  globalStep?: number | bigint | Variable
  /** The state file's name. Default "checkpoint". */
  latestFilename?: string
  /** The suffix under which the meta graph of a deleted checkpoint is looked for. Default "meta". */
  metaGraphSuffix?: string
  /** Meta graphs are not written yet. */
  writeMetaGraph?: false
  /** Whether the checkpoint is recorded and named in the state file, and an old one deleted. Default true. */
  writeState?: boolean
  /** Gives the save up: nothing of it is left, and it rejects with `signal.reason`. */
  signal?: AbortSignal
}

/** How a checkpoint is restored. */
export interface RestoreOptions extends ReadOptions {
  /** Restores what is there, and reports the rest as `missing`. */
  ignoreMissing?: boolean
  /** Restores what fits, and reports the rest as `mismatched`. */
  ignoreMismatched?: boolean
}

/** Options of tf.train.Saver, or of later formats, that would be ignored silently. */
const NOT_YET = ['sharded', 'numShards', 'shardOf', 'graph', 'name', 'filename'] as const

/**
 * tf.train.Saver. Calls on one Saver run one after another, in the order of the calls: what a save calls back (`read`,
 * `onProgress`) must not wait for another call on the same Saver.
 */
export class Saver {
  readonly #items: readonly SaveItem[]
  readonly #options: SaverOptions
  readonly #retention: Retention
  /** Settles when the calls so far are done, whatever came of them. */
  #queue: Promise<unknown> = Promise.resolve()

  /**
   * @throws {ValueError} "No variables to save", unless `allowEmpty`; for names that clash
   * @throws {TypeError} for what is no variable; for a `maxToKeep` that is no whole number
   */
  constructor(varList: VarList, options: SaverOptions = {}) {
    for (const name of NOT_YET) refuse(name, (options as Readonly<Record<string, unknown>>)[name])
    if (options.writeVersion !== undefined && options.writeVersion !== 'V2')
      refuse('writeVersion', options.writeVersion)
    this.#items = resolveVarList(varList)
    if (this.#items.length === 0 && options.allowEmpty !== true) throw new ValueError('No variables to save')
    this.#options = options
    const { maxToKeep = 5, keepCheckpointEveryNHours = 10000, now = () => Date.now() / 1000 } = options
    this.#retention = new Retention({ maxToKeep, keepCheckpointEveryNHours, now })
  }

  /**
   * Saves the values as they stand at the call, and gives the prefix to restore from: `savePath`, or `savePath-step`.
   * '' where TensorFlow returns None: `allowEmpty` and nothing to save.
   *
   * On an error before the index is in its place nothing of the new checkpoint is left, and an older one of that name
   * stands.
   *
   * @throws {ValueError} "Parent directory of d/m doesn't exist, can't save."; for a clash with the state file's name
   * @throws {FailedPreconditionError} "Attempting to use uninitialized value v"
   */
  async save(savePath: string, options: SaveOptions = {}): Promise<string> {
    refuse('writeMetaGraph', (options as { writeMetaGraph?: boolean }).writeMetaGraph)
    refuse('stripDefaultAttrs', (options as { stripDefaultAttrs?: boolean }).stripDefaultAttrs)
    checkStateName(savePath, options)
    const prefix = checkpointName(savePath, options.globalStep, this.#options.padStepNumber ?? false)
    if (this.#items.length === 0) return ''
    // Held before anything is waited for: what is assigned from here on is not in this checkpoint.
    const held = this.#hold(savePath)
    // Met in its turn; until then its error must not count as unhandled.
    held.catch(() => undefined)
    return this.#enqueue(async () => {
      try {
        await this.#write(savePath, prefix, await held, options)
      } finally {
        // A failed hold holds nothing.
        await held.then(releaseValues, () => undefined)
      }
      return prefix
    })
  }

  /**
   * Restores the variables from the checkpoint of that prefix: all of them, or none where anything is missing, of
   * another dtype or shape, or damaged.
   *
   * @throws {ValueError} "Can't load save_path when it is None."; "The passed save_path is not a valid checkpoint: m"
   * @throws {NotFoundError} "Key w not found in checkpoint": every missing key, and the names that come nearest
   * @throws {InvalidArgumentError} for another dtype or shape
   * @throws {DataLossError} {OutOfRangeError} for bytes that are damaged or missing
   */
  async restore(savePath: string | undefined, options: RestoreOptions = {}): Promise<RestoreReport> {
    return this.#enqueue(() => this.#restore(savePath, options))
  }

  /** The prefixes of the checkpoints that are kept, oldest first; a new list each time. */
  get lastCheckpoints(): readonly string[] {
    return this.#retention.lastCheckpoints
  }

  /** Puts `paths` in place of the list. Their time counts as infinite: they are never deleted, as in TensorFlow. */
  setLastCheckpoints(paths: readonly string[]): void {
    this.#retention.setLastCheckpoints(paths)
  }

  /** Puts these prefixes and times, in seconds since 1970, in place of the list. */
  setLastCheckpointsWithTime(checkpoints: readonly (readonly [path: string, seconds: number])[]): void {
    this.#retention.setLastCheckpointsWithTime(checkpoints)
  }

  /** After a restart: puts those of `checkpointPaths` that are there in place of the list, with their files' times. */
  async recoverLastCheckpoints(checkpointPaths: readonly string[]): Promise<void> {
    const paths = [...checkpointPaths]
    return this.#enqueue(async () => {
      const recovered: [string, number][] = []
      for (const path of paths) {
        const [mtime] = await getCheckpointMtimes([path], this.#options)
        if (mtime !== undefined) recovered.push([path, mtime])
      }
      this.#retention.setLastCheckpointsWithTime(recovered)
    })
  }

  async #hold(savePath: string): Promise<HeldValue[]> {
    try {
      return holdValues(this.#items)
    } catch (error) {
      throw await this.#saveError(savePath, error)
    }
  }

  async #write(savePath: string, prefix: string, held: readonly HeldValue[], options: SaveOptions): Promise<void> {
    const { durable = true, onProgress } = this.#options
    const fs = this.#fs()
    try {
      await writeValues(prefix, held, { fs, durable, onProgress, signal: options.signal })
      if (options.writeState !== false) await this.#record(dirname(savePath), prefix, options)
    } catch (error) {
      throw await this.#saveError(savePath, error)
    }
  }

  /** The list, then the state file, then the deletion: in this order a crash loses nothing that the state file names. */
  async #record(saveDir: string, prefix: string, options: SaveOptions): Promise<void> {
    this.#retention.record(prefix)
    await updateCheckpointStateInternal(saveDir, prefix, {
      ...this.#writeOptions(),
      allModelCheckpointPaths: this.#retention.lastCheckpoints,
      saveRelativePaths: this.#options.saveRelativePaths ?? false,
      ...(options.latestFilename === undefined ? {} : { latestFilename: options.latestFilename }),
    })
    const old = this.#retention.takeForDeletion()
    if (old === undefined) return
    const { metaGraphSuffix = 'meta' } = options
    try {
      await removeCheckpoint(old, { ...this.#writeOptions(), metaGraphSuffix })
    } catch (error) {
      loggerOf(this.#options).warn?.(`Ignoring: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** TensorFlow blames the directory for these two, whatever was wrong, where it is none; what was wrong stands behind. */
  async #saveError(savePath: string, error: unknown): Promise<unknown> {
    if (!isOpError(error, 'FAILED_PRECONDITION', 'NOT_FOUND')) return error
    const parent = dirname(savePath)
    if (parent !== '' && (await this.#fs().isDirectory(parent))) return error
    const blamed = new ValueError(`Parent directory of ${savePath} doesn't exist, can't save. (${error.message})`)
    blamed.cause = error
    return blamed
  }

  async #restore(savePath: string | undefined, options: RestoreOptions): Promise<RestoreReport> {
    if (this.#items.length === 0) return { restored: [], missing: [], mismatched: [], unused: [] }
    if (savePath === undefined || savePath === null) throw new ValueError("Can't load save_path when it is None.")
    if (typeof savePath !== 'string') throw new TypeError(`Expected binary or unicode string, got ${String(savePath)}`)
    const fs = options.fs ?? this.#fs()
    const reading: ReadOptions = { ...options, fs, logger: options.logger ?? loggerOf(this.#options) }
    if (!(await checkpointExists(savePath, reading))) {
      const hint = await prefixHint(fs, savePath)
      throw new ValueError(
        `The passed save_path is not a valid checkpoint: ${savePath}${hint === '' ? '' : `. ${hint}`}`,
      )
    }
    loggerOf(reading).info?.(`Restoring parameters from ${savePath}`)
    const { ignoreMissing = false, ignoreMismatched = false } = options
    const rules = { reshape: this.#options.reshape ?? false, ignoreMissing, ignoreMismatched }
    try {
      return await this.#restoreFrom(savePath, reading, rules)
    } catch (error) {
      throw prefaced(error)
    }
  }

  async #restoreFrom(savePath: string, reading: ReadOptions, rules: RestoreRules): Promise<RestoreReport> {
    const reader = await CheckpointReader.open(savePath, reading)
    try {
      return await restoreValues(reader, this.#items, rules)
    } finally {
      await reader.close()
    }
  }

  /** Runs `work` when the calls before it are done. */
  #enqueue<R>(work: () => Promise<R>): Promise<R> {
    const run = this.#queue.then(work)
    this.#queue = run.catch(() => undefined)
    return run
  }

  #fs(): FileSystem {
    return this.#options.fs ?? defaultFileSystem()
  }

  #writeOptions(): WriteOptions {
    const { fs, logger, durable } = this.#options
    return {
      ...(fs === undefined ? {} : { fs }),
      ...(logger === undefined ? {} : { logger }),
      ...(durable === undefined ? {} : { durable }),
    }
  }
}

function refuse(name: string, value: unknown): void {
  if (value === undefined || value === false || value === null) return
  throw new UnimplementedError(`Saver does not do ${name} yet: ${String(value)}`)
}
