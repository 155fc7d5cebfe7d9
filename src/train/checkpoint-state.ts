/**
 * The state file, "checkpoint": which checkpoint of a directory is the latest.
 *
 * Two ways in which this is not TensorFlow, on purpose: names are taken literally (TensorFlow globs, so that a "[" or "*"
 * in a path finds other files, or none), and the caller's list of paths is left as it was (TensorFlow appends to it and
 * rewrites it). TensorFlow: python/checkpoint/checkpoint_management.py.
 */
import { metaFilename } from '../checkpoint/naming'
import { isDirectory } from '../checkpoint/wrong-prefix'
import { atomicWriteFile } from '../fs/atomic-write'
import { defaultFileSystem } from '../fs/default'
import {
  loggerOf,
  type Logger,
  type ReadableFileSystem,
  type ReadOptions,
  type StateOptions,
  type WriteOptions,
} from '../fs/file-system'
import { DataLossError, isOpError, type OpError, RuntimeError, ValueError } from '../util/errors'
import { isAbsolute, join, normpath, relpath } from '../util/path'
import { reprFloat, reprString } from '../util/python-repr'
import { decodeUtf8, utf8Fault } from '../util/utf8'
import { checkpointExists } from './checkpoint-files'
import { type CheckpointState, decodeCheckpointState, encodeCheckpointState } from './checkpoint-state-text'
import { noteListed } from './listed-checkpoints'

export type { CheckpointState } from './checkpoint-state-text'

/** What a state file holds beside the latest checkpoint. */
export interface CheckpointStateFields {
  /** Oldest first. The latest is appended where it is not the last one. Default: the latest alone. */
  allModelCheckpointPaths?: readonly string[]
  /** Seconds since 1970, one for each path; or none. */
  allModelCheckpointTimestamps?: readonly number[]
  /** Seconds since 1970. Default 0: not recorded. */
  lastPreservedTimestamp?: number
}

/** What writing a state file takes. */
export interface UpdateStateOptions extends WriteOptions, CheckpointStateFields {
  /** The state file's name. Default "checkpoint". */
  latestFilename?: string
}

/**
 * The state file of `checkpointDir`, with relative paths joined to `checkpointDir` as it was given, not normalized.
 * undefined where there is no such file, and, with two warnings, where it can't be read or is no protobuf text.
 * @throws {ValueError} `Invalid checkpoint state loaded from <dir>` where it names no latest checkpoint;
 *   {DataLossError} with `path` and `offset` where it is no UTF-8; the signal's reason on an abort.
 */
export async function getCheckpointState(
  checkpointDir: string,
  options: StateOptions = {},
): Promise<CheckpointState | undefined> {
  const path = stateFilename(checkpointDir, options.latestFilename)
  const logger = loggerOf(options)
  const bytes = await tolerant(path, logger, options.signal, () => readIfThere(path, options))
  if (bytes === undefined) return undefined
  const text = textOf(bytes, path)
  const state = await tolerant(path, logger, options.signal, () => decodeCheckpointState(text))
  if (state === undefined) return undefined
  if (state.modelCheckpointPath === '') throw new ValueError(`Invalid checkpoint state loaded from ${checkpointDir}`)
  state.modelCheckpointPath = join(checkpointDir, state.modelCheckpointPath)
  noteListed(options.fs ?? defaultFileSystem(), state.modelCheckpointPath)
  state.allModelCheckpointPaths = state.allModelCheckpointPaths.map((one) => join(checkpointDir, one))
  return state
}

/**
 * The prefix of the latest checkpoint that the state file of `checkpointDir` names. Where no checkpoint of that name is there,
 * one of the same base name beside the state file is taken, with a warning: the folder was moved. undefined where there is no
 * state file, and, with an error in the log, where neither is there: no older one is taken.
 * @throws as getCheckpointState.
 */
export async function latestCheckpoint(checkpointDir: string, options: StateOptions = {}): Promise<string | undefined> {
  const state = await getCheckpointState(checkpointDir, options)
  if (state === undefined) return undefined
  const named = state.modelCheckpointPath
  if (await checkpointExists(named, options)) return named
  const logger = loggerOf(options)
  // Saved on Windows, maybe.
  const name = /[^/\\]*$/.exec(named)?.[0] ?? ''
  const beside = join(checkpointDir, name)
  if (name !== '' && beside !== named && (await isCheckpoint(beside, options))) {
    logger.warn?.(
      `${named}, which the state file names, is not there: ${beside}, beside the state file, is taken for it`,
    )
    noteListed(options.fs ?? defaultFileSystem(), beside)
    return beside
  }
  logger.error?.(`Couldn't match files for checkpoint ${named}`)
  return undefined
}

/** Whether a checkpoint is there, and no mere directory, which checkpointExists() takes for one. */
async function isCheckpoint(prefix: string, options: ReadOptions): Promise<boolean> {
  if (!(await checkpointExists(prefix, options))) return false
  const fs = options.fs ?? defaultFileSystem()
  return (await fs.exists(metaFilename(prefix))) || !(await isDirectory(fs, prefix))
}

/**
 * What updateCheckpointState() would write. With a relative `saveDir` every relative path is rewritten as seen from it
 * (normalized); with an absolute one all stay as they are. TensorFlow: tf.train.generate_checkpoint_state_proto.
 * @throws {ValueError} where there are timestamps, but not one for each path; for a path that can't be seen from
 *   `saveDir` without knowing the working directory.
 */
export function generateCheckpointState(
  saveDir: string,
  modelCheckpointPath: string,
  options: CheckpointStateFields & { logger?: Logger } = {},
): CheckpointState {
  const paths = [...(options.allModelCheckpointPaths ?? [])]
  if (paths.at(-1) !== modelCheckpointPath) {
    loggerOf(options).info?.(`${modelCheckpointPath} is not in all_model_checkpoint_paths. Manually adding it.`)
    paths.push(modelCheckpointPath)
  }
  const timestamps = [...(options.allModelCheckpointTimestamps ?? [])]
  if (timestamps.length > 0 && timestamps.length !== paths.length) refuseTimestamps(paths, timestamps)
  const rewrite = (path: string): string => (isAbsolute(saveDir) || isAbsolute(path) ? path : relativeTo(path, saveDir))
  return {
    modelCheckpointPath: rewrite(modelCheckpointPath),
    allModelCheckpointPaths: paths.map(rewrite),
    allModelCheckpointTimestamps: timestamps,
    lastPreservedTimestamp: options.lastPreservedTimestamp ?? 0,
  }
}

/**
 * Writes the state file of `saveDir`, whole or not at all.
 * @throws {RuntimeError} where the checkpoint has the state file's own name; {NotFoundError} where the directory is
 *   missing; {FailedPreconditionError} where the name is a directory's; as generateCheckpointState.
 */
export async function updateCheckpointState(
  saveDir: string,
  modelCheckpointPath: string,
  options: UpdateStateOptions = {},
): Promise<void> {
  await updateCheckpointStateInternal(saveDir, modelCheckpointPath, options)
}

/**
 * The same, for the Saver. `saveRelativePaths` (default false) first rewrites absolute paths as seen from an absolute
 * `saveDir`; a relative one leaves them absolute, where Python would ask for the working directory.
 */
export async function updateCheckpointStateInternal(
  saveDir: string,
  modelCheckpointPath: string,
  options: UpdateStateOptions & { saveRelativePaths?: boolean } = {},
): Promise<void> {
  const path = stateFilename(saveDir, options.latestFilename)
  const shorten = (one: string): string =>
    options.saveRelativePaths === true && isAbsolute(one) && isAbsolute(saveDir) ? relativeTo(one, saveDir) : one
  const state = generateCheckpointState(saveDir, shorten(modelCheckpointPath), {
    ...options,
    allModelCheckpointPaths: (options.allModelCheckpointPaths ?? []).map(shorten),
  })
  if (state.modelCheckpointPath === path) {
    throw new RuntimeError(
      // Two blanks, as in TensorFlow.
      `Save path '${modelCheckpointPath}' conflicts with path used for checkpoint state.  Please use a different save path.`,
    )
  }
  const bytes = new TextEncoder().encode(encodeCheckpointState(state))
  await atomicWriteFile(options.fs ?? defaultFileSystem(), path, bytes, { durable: options.durable })
}

/** The state file's path. */
function stateFilename(dir: string, latestFilename: string | undefined): string {
  return join(dir, latestFilename ?? 'checkpoint')
}

/** `path` as seen from `dir`, both absolute or both relative. */
function relativeTo(path: string, dir: string): string {
  if (path === '') throw new ValueError('no path specified')
  const relative = relpath(path, dir)
  // A ".." in `dir` leaves a directory whose name only the system knows.
  if (normpath(join(dir, relative)) !== normpath(path)) {
    throw new ValueError(`Cannot express ${path} as a path relative to ${dir}: that takes the working directory's name`)
  }
  return relative
}

function refuseTimestamps(paths: readonly string[], timestamps: readonly number[]): never {
  const [shownPaths, shownTimes] = [paths.map(reprString).join(', '), timestamps.map(reprFloat).join(', ')]
  throw new ValueError(
    'Checkpoint timestamps, if provided, must match checkpoint paths ' +
      `(got paths [${shownPaths}] and timestamps [${shownTimes}])`,
  )
}

/** undefined and two warnings for an OpError, as TensorFlow; an abort and everything else goes on. */
async function tolerant<T>(
  path: string,
  logger: Logger,
  signal: AbortSignal | undefined,
  read: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    signal?.throwIfAborted()
    if (!isOpError(error)) throw error
    warn(path, logger, error)
    return undefined
  }
}

function warn(path: string, logger: Logger, error: OpError): void {
  logger.warn?.(`${error.name}: ${error.message}`)
  logger.warn?.(`${path}: Checkpoint ignored`)
}

async function readIfThere(path: string, options: StateOptions): Promise<Uint8Array | undefined> {
  options.signal?.throwIfAborted()
  const fs: ReadableFileSystem = options.fs ?? defaultFileSystem()
  if (!(await fs.exists(path))) return undefined
  const file = await fs.open(path, options.signal === undefined ? {} : { signal: options.signal })
  try {
    return await file.read(0, file.size)
  } finally {
    await file.close()
  }
}

function textOf(bytes: Uint8Array, path: string): string {
  const text = decodeUtf8(bytes)
  if (text !== undefined) return text
  const { start, text: what } = utf8Fault(bytes)
  throw new DataLossError(`${path}: ${what}`, { path, offset: start })
}
