/**
 * tf.train.Saver: saves variables under names, restores them, and keeps count of what it saved.
 *
 *     save:     values held at the call → data file → index → recorded → state file → at most one old checkpoint deleted
 *               → meta graph
 *     restore:  index → keys, dtypes, shapes compared → bytes read and checked → assigned, all or none
 *
 * TensorFlow: python/training/saver.py.
 */
import { registerShardRecovery } from '../checkpoint/interrupted-save'
import { recoverPath } from '../checkpoint/replace-shards'
import { defaultFileSystem } from '../fs/default'
import { type FileSystem, loggerOf } from '../fs/file-system'
import { graphOf } from '../graph/store-graph'
import { type ISaverDef, type MetaGraphDef, type SaverDef } from '../proto/messages'
import { FailedPreconditionError, ValueError } from '../util/errors'
import { dirname } from '../util/path'
import { type RestoreReport } from '../variables/restore-report'
import { getCheckpointMtimes, metaGraphFilename, removeCheckpoint } from './checkpoint-files'
import { checkpointName, checkStateName } from './checkpoint-name'
import { updateCheckpointStateInternal } from './checkpoint-state'
import { type ExportMetaGraphOptions, exportMetaGraph, strippedSaverDef } from './export-meta-graph'
import { restoreCheckpoint } from './restore-checkpoint'
import { RestoreStaging } from './restore-memory'
import { Retention } from './retention'
import { MetaGraphEncoder, writeMetaGraphFile } from './save-meta-graph'
import { type HeldValue, holdValues, releaseValues } from './save-values'
import { type RestoreOptions, type SaveOptions, type SaverOptions } from './saver-options'
import { type SaverGraph } from './saver-graph'
import { newSaverParts, partsFromProto, SaverParts } from './saver-parts'
import { type VarList } from './var-list'
import { saveError, writeCheckpoint } from './write-checkpoint'

export type { RestoreOptions, SaveOptions, SaverOptions } from './saver-options'

/** Gives the bytes of a meta graph, or throws what making them threw. */
type MetaGraphBytes = () => Uint8Array<ArrayBuffer>

/**
 * tf.train.Saver. Calls on one Saver run one after another, in the order of the calls: what a save calls back (`read`,
 * `onProgress`) must not wait for another call on the same Saver.
 */
export class Saver {
  readonly #parts: SaverParts
  readonly #options: SaverOptions
  readonly #retention: Retention
  /** Whether the options say so, and no SaverDef. */
  readonly #isSharded: boolean
  #encoder: MetaGraphEncoder | undefined
  readonly #staging = new RestoreStaging()
  /** Settles when the calls so far are done, whatever came of them. */
  #queue: Promise<unknown> = Promise.resolve()

  /**
   * @throws {ValueError} "No variables to save", unless `allowEmpty`; for names that clash; for a `graph` that lacks a variable;
   *   for shards that are none
   * @throws {TypeError} for what is no variable; for a `maxToKeep` that is no whole number
   */
  constructor(varList: VarList, options: SaverOptions = {}) {
    // What the house makes from a file comes with its parts.
    const parts = varList instanceof SaverParts ? varList : newSaverParts(varList, options)
    this.#parts = parts
    this.#isSharded = !(varList instanceof SaverParts) && parts.format.shards !== undefined
    this.#options = options
    const now = options.now ?? (() => Date.now() / 1000)
    this.#retention = new Retention({
      now,
      get maxToKeep() {
        return parts.limits.maxToKeep
      },
      get keepCheckpointEveryNHours() {
        return parts.limits.keepCheckpointEveryNHours
      },
    })
  }

  /**
   * The Saver that a SaverDef tells of, over these variables: its counts, format and names of nodes are the message's, and
   * options that say otherwise have no effect. Where the graph lacks its nodes, they are made: those of a sharded one by
   * `numShards` and `shardOf`, else by device.
   *
   * @param options.importScope is put in front of the names of the nodes. The message itself stays as it was.
   * @throws {ValueError} "saver_def must specify the save_tensor_name: …"; for names that the nodes of these variables would
   *   not get; as the constructor
   */
  static fromProto(
    saverDef: ISaverDef,
    varList: VarList,
    options: SaverOptions & { importScope?: string } = {},
  ): Saver {
    return saverOf(partsFromProto(saverDef, varList, options), options)
  }

  /**
   * Saves the values as they stand at the call, and gives the path to restore from: `savePath`, or `savePath-step`; of V1 in
   * shards a pattern for its files, "m-3-?????-of-00002". '' where TensorFlow returns None: `allowEmpty` and nothing to save,
   * which writes the meta graph alone.
   *
   * On an error before the index is in its place nothing of the new checkpoint is left, and an older one of that name
   * stands. Where the meta graph cannot be written, the checkpoint is whole and recorded.
   *
   * @throws {ValueError} "Parent directory of d/m doesn't exist, can't save."; for a clash with the state file's name; for a
   *   graph of 2 GB or more
   * @throws {FailedPreconditionError} "Attempting to use uninitialized value v"; {AlreadyExistsError} for V1 beside an index of V2
   */
  async save(savePath: string, options: SaveOptions = {}): Promise<string> {
    this.#parts.checkSave(loggerOf(this.#options))
    checkStateName(savePath, options, this.#isSharded)
    const prefix = checkpointName(savePath, options.globalStep, this.#options.padStepNumber ?? false)
    const { items } = this.#parts
    // Held before anything is waited for: what is assigned from here on is not in this checkpoint.
    let held: HeldValue[]
    try {
      held = holdValues(items)
    } catch (error) {
      return this.#enqueue(async () => {
        throw await saveError(this.#fs(), savePath, error)
      })
    }
    const metaGraph = this.#holdMetaGraph(options)
    return this.#enqueue(async () => {
      let path = ''
      try {
        if (items.length > 0) path = await this.#write(savePath, prefix, held, options)
      } finally {
        releaseValues(held)
      }
      if (metaGraph !== undefined) await this.#writeMetaGraph(prefix, metaGraph, options)
      return path
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

  /** Lets go of the memory that a restore has kept for the next one: as much as the variables take. */
  releaseStaging(): void {
    this.#staging.release()
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
        const [mtime] = await getCheckpointMtimes([path], this.#writeOptions())
        if (mtime !== undefined) recovered.push([path, mtime])
      }
      this.#retention.setLastCheckpointsWithTime(recovered)
    })
  }

  /**
   * The Saver as a message: the names of its nodes, which are made where nobody has looked at them yet, and its counts. It is
   * the Saver's own, the same at each call: its counts are what the Saver goes by.
   * @throws {FailedPreconditionError} where `allowEmpty` left nothing to save: TensorFlow gives None
   */
  asSaverDef(): SaverDef {
    const { saverDef } = this.#parts.nodes
    if (saverDef !== undefined) return saverDef
    throw new FailedPreconditionError('This Saver has no SaverDef: it saves nothing')
  }

  /**
   * asSaverDef(); with `exportScope` a copy whose names lack that scope, and undefined where one of them is outside of it.
   * @throws as asSaverDef()
   */
  toProto(): SaverDef
  toProto(options: { exportScope: string }): SaverDef | undefined
  toProto(options?: { exportScope: string }): SaverDef | undefined {
    const saverDef = this.asSaverDef()
    return options?.exportScope === undefined ? saverDef : strippedSaverDef(saverDef, options.exportScope)
  }

  /**
   * exportMetaGraph() of the Saver's graph, with the Saver in it. Without `fs` it writes where the Saver does.
   * @throws {ValueError} for a `graph`, `variables` or `saverDef` that is not this Saver's; as exportMetaGraph()
   */
  async exportMetaGraph(options: ExportMetaGraphOptions = {}): Promise<MetaGraphDef> {
    const { graph, saverDef } = this.#parts.nodes
    checkOwn(options, { graph, saverDef })
    // A Saver over a file system that is only read writes nothing until it is asked to.
    const writing = options.filename === undefined ? {} : this.#writeOptions()
    const own = { graph, ...(saverDef === undefined ? {} : { saverDef }) }
    return exportMetaGraph({ ...writing, ...options, ...own })
  }

  /** The graph as it is at the call; what goes wrong with it is said when its turn comes, as the last of the files. */
  #holdMetaGraph({ writeMetaGraph = true, stripDefaultAttrs = false }: SaveOptions): MetaGraphBytes | undefined {
    if (!writeMetaGraph) return undefined
    try {
      const { graph, saverDef } = this.#parts.nodes
      this.#encoder ??= new MetaGraphEncoder(graph)
      const logger = loggerOf(this.#options)
      const bytes = this.#encoder.encode(saverDef, { strip: stripDefaultAttrs, logger })
      return () => bytes
    } catch (error) {
      return () => {
        throw error
      }
    }
  }

  async #writeMetaGraph(prefix: string, metaGraph: MetaGraphBytes, { metaGraphSuffix }: SaveOptions): Promise<void> {
    const { durable = true } = this.#options
    await writeMetaGraphFile(metaGraphFilename(prefix, metaGraphSuffix), metaGraph(), { fs: this.#fs(), durable })
  }

  /** What to restore from. */
  async #write(savePath: string, prefix: string, held: readonly HeldValue[], options: SaveOptions): Promise<string> {
    const { durable = true, onProgress } = this.#options
    const { signal, writeState = true } = options
    const hooks = { onProgress, signal, logger: loggerOf(this.#options) }
    try {
      const path = await writeCheckpoint(prefix, held, this.#parts.format, { fs: this.#fs(), durable, ...hooks })
      if (writeState) await this.#record(dirname(savePath), path, options)
      return path
    } catch (error) {
      throw await saveError(this.#fs(), savePath, error)
    }
  }

  /** The list, then the state file, then the deletion: in this order a crash loses nothing that the state file names. */
  async #record(saveDir: string, path: string, options: SaveOptions): Promise<void> {
    this.#retention.record(path)
    await updateCheckpointStateInternal(saveDir, path, {
      ...this.#writeOptions(),
      allModelCheckpointPaths: this.#retention.lastCheckpoints,
      saveRelativePaths: this.#options.saveRelativePaths ?? false,
      ...(options.latestFilename === undefined ? {} : { latestFilename: options.latestFilename }),
    })
    const old = this.#retention.takeForDeletion()
    if (old === undefined) return
    const { metaGraphSuffix = 'meta' } = options
    try {
      const { version: writeVersion } = this.#parts.format
      await removeCheckpoint(old, { ...this.#writeOptions(), writeVersion, metaGraphSuffix })
    } catch (error) {
      loggerOf(this.#options).warn?.(`Ignoring: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async #restore(savePath: string | undefined, options: RestoreOptions): Promise<RestoreReport> {
    const { items, reshape } = this.#parts
    this.#parts.checkRestore()
    const fs = options.fs ?? this.#parts.fs ?? this.#options.fs ?? defaultFileSystem()
    const logger = options.logger ?? loggerOf(this.#options)
    registerShardRecovery(recoverPath)
    return restoreCheckpoint(savePath, items, { ...options, fs, logger, reshape, staging: this.#staging })
  }

  /** Runs `work` when the calls before it are done. */
  #enqueue<R>(work: () => Promise<R>): Promise<R> {
    const run = this.#queue.then(work)
    this.#queue = run.catch(() => undefined)
    return run
  }

  #fs(): FileSystem {
    return this.#parts.writableFs() ?? this.#options.fs ?? defaultFileSystem()
  }

  #writeOptions() {
    const { logger, durable } = this.#options
    const fs = this.#fs()
    return { fs, ...(logger === undefined ? {} : { logger }), ...(durable === undefined ? {} : { durable }) }
  }
}

/** What somebody asks a Saver to export has to be its own. */
function checkOwn(options: ExportMetaGraphOptions, own: Pick<SaverGraph, 'graph' | 'saverDef'>): void {
  const { graph = own.graph, variables, saverDef = own.saverDef } = options
  if (graph === own.graph && saverDef === own.saverDef && (variables === undefined || graphOf(variables) === graph))
    return
  throw new ValueError("Saver.exportMetaGraph() exports the Saver's own graph: take exportMetaGraph() for another")
}

/** A Saver of parts that are there already. */
export function saverOf(parts: SaverParts, options: SaverOptions): Saver {
  return new Saver(parts as unknown as VarList, options)
}
