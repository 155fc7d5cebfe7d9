/**
 * A file system that fails where a test wants it to: for what a writer leaves behind when it is stopped.
 *
 * Run the work once without faults, and `operations` says how many places there are to fail at; then run it with
 * `failAt` 0, 1, … and look at what the file system underneath has.
 */
import type { FileSystem, RandomAccessFile, WritableFile } from '../../src/fs/file-system'
import { UnavailableError } from '../../src/util/errors'

export interface FaultOptions {
  /** The operation that fails, counted from 0 among those that change something; none by default. */
  readonly failAt?: number
  /** 'crash' (default): so does every one after it, as if the process had ended there. 'once': only that one. */
  readonly mode?: 'crash' | 'once'
  /** Where an append() is what fails in a crash: the first half of its bytes is written before. */
  readonly tearWrites?: boolean
  /** Called, and awaited, before each operation that changes something, also before the one that fails. */
  readonly before?: (event: string) => void | Promise<void>
}

/** How often things were asked for, and how many bytes went through. */
export interface FaultCounts {
  opens: number
  reads: number
  bytesRead: number
  /** Files opened by open() and not closed yet. */
  openFiles: number
  exists: number
  lists: number
  mtimes: number
  bytesWritten: number
}

/** Passes everything on to another file system. What fails does so with UnavailableError, before it has any effect. */
export class FaultFileSystem implements FileSystem {
  /**
   * What was passed on and changes something, in the order in which it began: 'create a', 'append a 12', 'sync a',
   * 'close a', 'rename a b', 'remove a', 'mkdir d', 'removeDir d', 'syncDir d'. A torn append has the bytes it wrote.
   */
  readonly events: string[] = []
  readonly counts: FaultCounts = {
    opens: 0,
    reads: 0,
    bytesRead: 0,
    openFiles: 0,
    exists: 0,
    lists: 0,
    mtimes: 0,
    bytesWritten: 0,
  }
  #operations = 0
  readonly #inner: FileSystem
  readonly #options: FaultOptions

  constructor(inner: FileSystem, options: FaultOptions = {}) {
    this.#inner = inner
    this.#options = options
  }

  /** How many operations that change something were asked for, those that failed included. */
  get operations(): number {
    return this.#operations
  }

  /** Whether `failAt` was reached. */
  get failed(): boolean {
    return this.#operations > (this.#options.failAt ?? Infinity)
  }

  async open(path: string, options?: { signal?: AbortSignal }): Promise<RandomAccessFile> {
    this.counts.opens++
    const file = await this.#inner.open(path, options)
    this.counts.openFiles++
    return this.#watchReads(file)
  }

  exists(path: string): Promise<boolean> {
    this.counts.exists++
    return this.#inner.exists(path)
  }

  list(dir: string): Promise<string[]> {
    this.counts.lists++
    return this.#inner.list(dir)
  }

  mtime(path: string): Promise<number> {
    this.counts.mtimes++
    return this.#inner.mtime(path)
  }

  isDirectory(path: string): Promise<boolean> {
    return this.#inner.isDirectory(path)
  }

  async create(path: string): Promise<WritableFile> {
    const file = await this.#change(`create ${path}`, () => this.#inner.create(path))
    let closed = false
    return {
      append: (bytes) => this.#append(file, path, bytes),
      sync: () => this.#change(`sync ${path}`, () => file.sync()),
      close: async () => {
        if (closed) return
        await this.#change(`close ${path}`, () => file.close())
        closed = true
      },
    }
  }

  rename(from: string, to: string): Promise<void> {
    return this.#change(`rename ${from} ${to}`, () => this.#inner.rename(from, to))
  }

  remove(path: string): Promise<void> {
    return this.#change(`remove ${path}`, () => this.#inner.remove(path))
  }

  mkdir(dir: string): Promise<void> {
    return this.#change(`mkdir ${dir}`, () => this.#inner.mkdir(dir))
  }

  removeDir(dir: string): Promise<void> {
    return this.#change(`removeDir ${dir}`, () => this.#inner.removeDir(dir))
  }

  /** Recorded, and can fail, also where the file system underneath has no syncDir(). */
  syncDir(dir: string): Promise<void> {
    return this.#change(`syncDir ${dir}`, async () => this.#inner.syncDir?.(dir))
  }

  #watchReads(file: RandomAccessFile): RandomAccessFile {
    let open = true
    const count = (length: number): void => {
      this.counts.reads++
      this.counts.bytesRead += length
    }
    return {
      size: file.size,
      read: (offset, length) => {
        count(length)
        return file.read(offset, length)
      },
      // Only where the file has one, so that its absence is tried as well.
      ...(file.readInto === undefined
        ? {}
        : {
            readInto: async (offset: number, target: Uint8Array): Promise<void> => {
              count(target.length)
              await file.readInto?.(offset, target)
            },
          }),
      close: async () => {
        if (open) this.counts.openFiles--
        open = false
        await file.close()
      },
    }
  }

  async #append(file: WritableFile, path: string, bytes: Uint8Array): Promise<void> {
    const write = async (part: Uint8Array): Promise<void> => {
      this.counts.bytesWritten += part.length
      await file.append(part)
    }
    const tear = async (): Promise<void> => {
      const half = bytes.subarray(0, bytes.length >> 1)
      this.events.push(`append ${path} ${half.length}`)
      await write(half)
    }
    const torn = this.#options.tearWrites === true && this.#options.mode !== 'once'
    await this.#change(`append ${path} ${bytes.length}`, () => write(bytes), torn ? tear : undefined)
  }

  async #change<T>(event: string, perform: () => Promise<T>, instead?: () => Promise<void>): Promise<T> {
    const number = this.#operations++
    const { failAt = Infinity, mode = 'crash', before } = this.#options
    if (before !== undefined) await before(event)
    if (number === failAt || (number > failAt && mode === 'crash')) {
      if (number === failAt) await instead?.()
      throw new UnavailableError(`Fault at operation ${number}: ${event}`)
    }
    this.events.push(event)
    return perform()
  }
}
