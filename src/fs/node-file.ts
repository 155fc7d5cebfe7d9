/**
 * Open files of Node's disk. It calls node:fs through what is handed in, and names it nowhere.
 *
 * TensorFlow: core/platform/default/posix_file_system.cc, PosixRandomAccessFile, PosixWritableFile.
 */
import { OpError } from '../util/errors'
import type { RandomAccessFile, WritableFile } from './file-system'
import { allocate, checkRange, closedError, shortRead, systemError } from './system-errors'

/** Node's callbacks. */
export type Done<T> = (error: Error | null, value?: T) => void

/** What of node:fs an open file takes. */
export interface FileCalls {
  read(fd: number, target: Uint8Array, start: number, length: number, position: number, done: Done<number>): void
  write(fd: number, bytes: Uint8Array, start: number, length: number, position: number, done: Done<number>): void
  writev(fd: number, bytes: readonly Uint8Array[], position: number, done: Done<number>): void
  fsync(fd: number, done: Done<void>): void
  close(fd: number, done: Done<void>): void
}

/** Bytes in one call to the system at most: Node takes less than 2 GiB. */
const CALL_LIMIT = 2 ** 30

/** A function with a callback, as a promise. */
export function call<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => {
      // Bun gives undefined, and not null, for none.
      if (error) reject(error)
      // The functions that give nothing are called with T as void.
      else resolve(value as T)
    })
  })
}

/** The system's name for an error: 'ENOENT'. */
export function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | undefined)?.code
}

/** The system's error as TensorFlow's; one that is ours already stays. */
export function diskError(error: unknown, path: string): OpError {
  return error instanceof OpError ? error : systemError(codeOf(error) ?? '', path, error)
}

/**
 * Moves all of `bytes` by calls that move some: at most `limit` of them each, and as few as they like.
 * `move` gets the piece and where it begins, and says how many it moved. Returns how many were moved when one moved none.
 */
export async function moveAll(
  bytes: Uint8Array,
  move: (piece: Uint8Array, start: number) => Promise<number>,
  limit: number = CALL_LIMIT,
): Promise<number> {
  let moved = 0
  while (moved < bytes.length) {
    const count = await move(bytes.subarray(moved, moved + limit), moved)
    if (count === 0) break
    moved += count
  }
  return moved
}

/** A file descriptor that is closed once, when nobody uses it: a later file may get its number. */
export class OpenFile {
  #users = 0
  #whenUnused: (() => void) | undefined
  #closing: Promise<void> | undefined

  constructor(
    readonly fs: FileCalls,
    readonly fd: number,
    readonly path: string,
  ) {}

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) throw closedError(this.path)
    this.#users++
    try {
      return await work()
    } catch (error) {
      throw diskError(error, this.path)
    } finally {
      if (--this.#users === 0) this.#whenUnused?.()
    }
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close())
  }

  async #close(): Promise<void> {
    if (this.#users > 0) await new Promise<void>((resolve) => (this.#whenUnused = resolve))
    try {
      await call<void>((done) => this.fs.close(this.fd, done))
    } catch (error) {
      throw diskError(error, this.path)
    }
  }
}

/** A file that is read with pread(), at most its size when it was opened. */
export class NodeFile implements RandomAccessFile {
  readonly quick = true
  readonly #file: OpenFile
  readonly size: number

  constructor(file: OpenFile, size: number) {
    this.#file = file
    this.size = size
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    checkRange(this.#file.path, this.size, offset, length)
    const target = allocate(length, this.#file.path)
    await this.readInto(offset, target)
    return target
  }

  async readInto(offset: number, target: Uint8Array): Promise<void> {
    const { fs, fd, path } = this.#file
    checkRange(path, this.size, offset, target.length)
    const moved = await this.#file.use(() =>
      moveAll(target, (piece, start) =>
        call<number>((done) => fs.read(fd, piece, 0, piece.length, offset + start, done)),
      ),
    )
    // It has shrunk since it was opened.
    if (moved < target.length) throw shortRead(path, offset, target.length, target.length - moved)
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

/** Whether a file takes appends before the ones in front of them are done, and keeps their order. */
export function queuesAppends(file: WritableFile): file is NodeWritableFile {
  return file instanceof NodeWritableFile
}

/**
 * Appends one after the other, also where they are not awaited: what has come in the meantime is written in one call. The first
 * failure is final: what would come after it would stand behind a gap, and a sync() that is repeated after a failed one may succeed
 * with the bytes lost.
 */
export class NodeWritableFile implements WritableFile {
  readonly #file: OpenFile
  #written = 0
  #last: Promise<void> = Promise.resolve()
  /** What waits to be written in one call; undefined where a sync() came behind it, or it is being written. */
  #waiting: Uint8Array[] | undefined
  /** A sync beside the appends; one that failed stays. */
  #syncing: Promise<void> | undefined

  constructor(file: OpenFile) {
    this.#file = file
  }

  append(bytes: Uint8Array): Promise<void> {
    if (this.#waiting !== undefined) {
      this.#waiting.push(bytes)
      return this.#last.then()
    }
    const waiting = (this.#waiting = [bytes])
    return this.#next(async () => {
      if (this.#waiting === waiting) this.#waiting = undefined
      await this.#write(waiting)
    })
  }

  sync(): Promise<void> {
    const { fs, fd } = this.#file
    this.#waiting = undefined
    return this.#next(async () => {
      await this.#syncing
      await call<void>((done) => fs.fsync(fd, done))
    })
  }

  /** Begins to put on the medium what is written by now, beside further appends, so that sync() has less to do; its error is sync()'s. */
  syncSoon(): void {
    if (this.#syncing !== undefined) return
    const { fs, fd } = this.#file
    const syncing = this.#file.use(async () => {
      await call<void>((done) => fs.fsync(fd, done))
      this.#syncing = undefined
    })
    syncing.catch(() => undefined)
    this.#syncing = syncing
  }

  close(): Promise<void> {
    this.#waiting = undefined
    return this.#file.close()
  }

  async #write(waiting: readonly Uint8Array[]): Promise<void> {
    const { fs, fd, path } = this.#file
    let over = 0
    if (waiting.length > 1) over = await call<number>((done) => fs.writev(fd, waiting, this.#written, done))
    this.#written += over
    // What that call did not take.
    for (const bytes of waiting) {
      const rest = bytes.subarray(over)
      over -= bytes.length - rest.length
      const start = this.#written
      const moved = await moveAll(rest, (piece, at) =>
        call<number>((done) => fs.write(fd, piece, 0, piece.length, start + at, done)),
      )
      if (moved < rest.length) throw systemError('EIO', path)
      this.#written += moved
    }
  }

  #next(work: () => Promise<void>): Promise<void> {
    const before = this.#last
    const mine = this.#file.use(() => before.then(work))
    this.#last = mine
    mine.catch(() => undefined)
    // A promise of the caller's own: one that he forgets is still reported as unhandled.
    return mine.then()
  }
}
