/**
 * Files in memory: for tests, for browsers, and for checkpoints that never see a disk.
 */
import type { FileSystem, RandomAccessFile, WritableFile } from './file-system'
import { type Bytes, FileTree, isRoot, keyOf } from './file-tree'
import { checkRange, closedError, systemError } from './system-errors'

/**
 * Files in memory, with the errors and the habits of a POSIX disk. A directory is there when mkdir() made it or a file
 * lies below it; '.', '/' and '..' always are. Relative and absolute paths are two worlds: there is no working directory.
 */
export class MemoryFileSystem implements FileSystem {
  readonly #tree = new FileTree()

  /**
   * Path → bytes, read and written at will: './m' and 'm' are one path, and setting a file makes its directories.
   * A file that is open for writing shows what it holds so far.
   */
  readonly files: Map<string, Uint8Array<ArrayBuffer>> = this.#tree

  /** `files`: what is there to begin with; the bytes are not copied. */
  constructor(files: Iterable<readonly [path: string, bytes: Uint8Array<ArrayBuffer>]> = []) {
    for (const [path, bytes] of files) this.files.set(path, bytes)
  }

  /** The handle keeps the bytes that the file has now. */
  async open(path: string, options?: { signal?: AbortSignal }): Promise<RandomAccessFile> {
    options?.signal?.throwIfAborted()
    const key = keyOf(path)
    const bytes = this.#tree.get(key)
    if (bytes === undefined)
      throw systemError(this.#tree.isDirectory(key) ? 'EISDIR' : this.#tree.whyMissing(key), path)
    return new MemoryFile(path, bytes)
  }

  async exists(path: string): Promise<boolean> {
    const key = keyOf(path)
    return this.#tree.has(key) || this.#tree.isDirectory(key)
  }

  async create(path: string): Promise<WritableFile> {
    const key = keyOf(path)
    if (this.#tree.isDirectory(key)) throw systemError('EISDIR', path)
    this.#tree.checkParent(key, path)
    return new MemoryWritableFile(this.#tree, key, path)
  }

  /** Renames a directory as well; the errors name `from`, as TensorFlow's do. */
  async rename(from: string, to: string): Promise<void> {
    const [source, target] = [keyOf(from), keyOf(to)]
    const tree = this.#tree
    const isFile = tree.has(source)
    // In the order in which Linux looks.
    tree.checkParent(source, from)
    tree.checkParent(target, from)
    if (!isFile && !tree.isDirectory(source)) throw systemError('ENOENT', from)
    if (!isFile && (isRoot(source) || target.startsWith(`${source}/`))) throw systemError('EINVAL', from)
    if (source.startsWith(`${target}/`)) throw systemError('ENOTEMPTY', from)
    if (source === target) return
    if (isFile && tree.isDirectory(target)) throw systemError('EISDIR', from)
    if (!isFile && tree.has(target)) throw systemError('ENOTDIR', from)
    if (!isFile && tree.isDirectory(target) && tree.namesIn(target).length > 0) throw systemError('ENOTEMPTY', from)
    tree.move(source, target)
  }

  async remove(path: string): Promise<void> {
    const key = keyOf(path)
    if (this.#tree.isDirectory(key)) throw systemError('EISDIR', path)
    if (!this.#tree.has(key)) throw systemError(this.#tree.whyMissing(key), path)
    this.#tree.keepParents(key)
    this.#tree.delete(key)
  }

  async list(dir: string): Promise<string[]> {
    const key = keyOf(dir || '.')
    if (this.#tree.has(key)) throw systemError('ENOTDIR', dir)
    if (!this.#tree.isDirectory(key)) throw systemError(this.#tree.whyMissing(key), dir)
    return this.#tree.namesIn(key)
  }

  async mtime(path: string): Promise<number> {
    const key = keyOf(path)
    if (!this.#tree.has(key) && !this.#tree.isDirectory(key)) throw systemError(this.#tree.whyMissing(key), path)
    return this.#tree.time(key)
  }

  async mkdir(dir: string): Promise<void> {
    const key = keyOf(dir || '.')
    if (this.#tree.isDirectory(key)) return
    if (this.#tree.has(key)) throw systemError('EEXIST', dir)
    this.#tree.checkParent(key, dir)
    this.#tree.makeDirectory(key)
  }

  async removeDir(dir: string): Promise<void> {
    const key = keyOf(dir)
    if (this.#tree.has(key)) throw systemError('ENOTDIR', dir)
    if (!this.#tree.isDirectory(key)) throw systemError(this.#tree.whyMissing(key), dir)
    if (isRoot(key)) throw systemError('EINVAL', dir)
    if (this.#tree.namesIn(key).length > 0) throw systemError('ENOTEMPTY', dir)
    this.#tree.keepParents(key)
    this.#tree.removeDirectory(key)
  }

  /** Whether there is a directory of that name; '' is the working directory. */
  async isDirectory(path: string): Promise<boolean> {
    return this.#tree.isDirectory(keyOf(path || '.'))
  }

  /** Nothing to do but to see that the directory is there. */
  async syncDir(dir: string): Promise<void> {
    await this.list(dir)
  }
}

class MemoryFile implements RandomAccessFile {
  readonly #path: string
  #bytes: Bytes | undefined
  readonly size: number

  constructor(path: string, bytes: Bytes) {
    this.#path = path
    this.#bytes = bytes
    this.size = bytes.length
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    // A copy: the reader may write into what it gets.
    return new Uint8Array(this.#range(offset, length))
  }

  async readInto(offset: number, target: Uint8Array): Promise<void> {
    target.set(this.#range(offset, target.length))
  }

  async close(): Promise<void> {
    this.#bytes = undefined
  }

  #range(offset: number, length: number): Bytes {
    if (this.#bytes === undefined) throw closedError(this.#path)
    checkRange(this.#path, this.size, offset, length)
    return this.#bytes.subarray(offset, offset + length)
  }
}

/** Writes into a buffer that doubles. It follows its file through renames; where that is gone, nobody sees the bytes. */
class MemoryWritableFile implements WritableFile {
  readonly #tree: FileTree
  readonly #path: string
  /** Where the file is; undefined once it was removed or replaced. */
  #key: string | undefined
  #buffer: Bytes = new Uint8Array(0)
  /** The array that the tree has: what was written so far. */
  #shown: Bytes = this.#buffer
  #closed = false

  constructor(tree: FileTree, key: string, path: string) {
    this.#tree = tree
    this.#path = path
    this.#key = key
    tree.set(key, this.#shown)
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#checkOpen()
    const start = this.#shown.length
    const end = start + bytes.length
    if (end > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.#buffer.length))
      grown.set(this.#shown)
      this.#buffer = grown
    }
    this.#buffer.set(bytes, start)
    this.#show(this.#buffer.subarray(0, end))
  }

  async sync(): Promise<void> {
    this.#checkOpen()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    // Whoever takes the file's ArrayBuffer finds its bytes in it and nothing else.
    if (this.#buffer.length > this.#shown.length) this.#show(this.#shown.slice())
    this.#buffer = this.#shown
  }

  #show(bytes: Bytes): void {
    if (this.#key !== undefined) this.#key = this.#tree.pathOf(this.#shown, this.#key)
    if (this.#key !== undefined) this.#tree.set(this.#key, bytes)
    this.#shown = bytes
  }

  #checkOpen(): void {
    if (this.#closed) throw closedError(this.#path)
  }
}
