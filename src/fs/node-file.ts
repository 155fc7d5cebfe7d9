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

/**
 * Appends one after the other, also where they are not awaited. The first failure is final: what would come after it
 * would stand behind a gap, and a sync() that is repeated after a failed one may succeed with the bytes lost.
 */
export class NodeWritableFile implements WritableFile {
  readonly #file: OpenFile
  #written = 0
  #last: Promise<void> = Promise.resolve()

  constructor(file: OpenFile) {
    this.#file = file
  }

  append(bytes: Uint8Array): Promise<void> {
    const { fs, fd, path } = this.#file
    return this.#next(async () => {
      const position = this.#written
      const moved = await moveAll(bytes, (piece, start) =>
        call<number>((done) => fs.write(fd, piece, 0, piece.length, position + start, done)),
      )
      if (moved < bytes.length) throw systemError('EIO', path)
      this.#written += moved
    })
  }

  sync(): Promise<void> {
    const { fs, fd } = this.#file
    return this.#next(() => call<void>((done) => fs.fsync(fd, done)))
  }

  close(): Promise<void> {
    return this.#file.close()
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
