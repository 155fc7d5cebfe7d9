/**
 * Files as the rest of tfsave sees them: TensorFlow's Env, cut to what a checkpoint needs.
 *
 * Every implementation passes the suite in tests/contract. All the bytes or an error: a read returns exactly what
 * was asked for. Errors carry `path`; their text is TensorFlow's, "<path>; No such file or directory".
 * TensorFlow: core/platform/env.h, core/platform/file_system.h.
 */

/** A place that files can be read from. */
export interface ReadableFileSystem {
  /** @throws {NotFoundError} where there is none; {FailedPreconditionError} for a directory. */
  open(path: string, options?: { signal?: AbortSignal }): Promise<RandomAccessFile>
  /** Whether a file or a directory of that very name is there (no globbing). */
  exists(path: string): Promise<boolean>
  /** The base names in a directory, in no particular order. */
  list?(dir: string): Promise<string[]>
}

/** A place that files can be read from and written to. Paths compare after normalizing `//` and `./`. */
export interface FileSystem extends ReadableFileSystem {
  /** Opens a file for writing and truncates it. The directory must be there. */
  create(path: string): Promise<WritableFile>
  /** Renames a file; one that has the name already is replaced in one step. */
  rename(from: string, to: string): Promise<void>
  /** @throws {NotFoundError} where there is none. */
  remove(path: string): Promise<void>
  /** The base names in a directory, in no particular order. */
  list(dir: string): Promise<string[]>
  /** Time of the last change, in seconds since 1970. */
  mtime(path: string): Promise<number>
  /** Makes one level; no error where the directory exists. */
  mkdir(dir: string): Promise<void>
  /** Removes an empty directory. */
  removeDir(dir: string): Promise<void>
  /** Whether there is a directory of that name. */
  isDirectory(path: string): Promise<boolean>
  /** Puts the names in a directory on the medium. */
  syncDir?(dir: string): Promise<void>
}

/** An open file, read at any offset. */
export interface RandomAccessFile {
  /** Bytes in the file when it was opened. */
  readonly size: number
  /** Whether a read takes little beside its bytes, as from this machine's disk: then it is asked for less at once. */
  readonly quick?: boolean
  /** Exactly `length` bytes at `offset`. @throws {OutOfRangeError} where the file has fewer: never zeros in their place. */
  read(offset: number, length: number): Promise<Uint8Array>
  /** Fills all of `target` from `offset`, or throws as `read`; `target` may then hold anything. */
  readInto?(offset: number, target: Uint8Array): Promise<void>
  /** Lets the file go. Further calls do nothing. */
  close(): Promise<void>
}

/** An open file, written from its start to its end. */
export interface WritableFile {
  /** Writes all of `bytes` behind what was written before. The caller keeps `bytes` unchanged until the promise settles. */
  append(bytes: Uint8Array): Promise<void>
  /** Puts what was written on the medium. */
  sync(): Promise<void>
  /** Lets the file go. Further calls do nothing. */
  close(): Promise<void>
}

/** What reading takes. */
export interface ReadOptions {
  /** Where the files are: the disk in Node by default. */
  fs?: ReadableFileSystem
  /** Gives the work up: it rejects with `signal.reason`. */
  signal?: AbortSignal
  /** Checks every checksum that is met. Default true. */
  verifyChecksums?: boolean
  /** Where messages go: the console by default. */
  logger?: Logger
}

/** What writing takes. */
export interface WriteOptions {
  /** Where the files go: the disk in Node by default; elsewhere there is none, which is a clear error. */
  fs?: FileSystem
  /** Where messages go: the console by default. */
  logger?: Logger
  /** true (default): on the medium before it is named, and before anything old is deleted. false: never synced, as in TensorFlow. */
  durable?: boolean
}

/** What reading a state file takes. */
export interface StateOptions extends ReadOptions {
  /** The state file's name. Default "checkpoint". */
  latestFilename?: string
}

/** Where messages go. Default: the console for warn and error, nothing for info. */
export interface Logger {
  /** What TensorFlow logs at INFO. */
  info?(message: string): void
  /** What went wrong without stopping the work. */
  warn?(message: string): void
  /** What the caller should look into. */
  error?(message: string): void
}

/** Time in seconds; a test hands in its own. */
export interface Clock {
  /** Seconds since 1970. */
  now(): number
  /** Waits; rejects with `signal.reason` when that is aborted. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>
}

const CONSOLE: Logger = {
  warn: (message) => console.warn(message),
  error: (message) => console.error(message),
}

/** The logger to use where the caller gave none. */
export function loggerOf(options: { logger?: Logger | undefined } | undefined): Logger {
  return options?.logger ?? CONSOLE
}

/** Whether files can be written, renamed and removed there. */
export function isWritable(fs: ReadableFileSystem): fs is FileSystem {
  return 'create' in fs && 'rename' in fs && 'remove' in fs
}
