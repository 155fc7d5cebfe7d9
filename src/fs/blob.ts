/**
 * Files that a person chose in a page, or dropped into it: read where they lie, and only what is asked for.
 *
 * It counts on no more of a browser's File, its directories and what is dropped than stands here.
 * W3C File API; WHATWG File System; WICG File and Directory Entries.
 */
import { registerChecksum } from '../util/crc32c'
import { simdChecksum } from '../util/crc32c-simd'
import type { RandomAccessFile, ReadableFileSystem } from './file-system'
import { FileTree, keyOf } from './file-tree'
import { checkRange, closedError, shortRead, systemError } from './system-errors'

/** As much of a Blob as is used here. */
export interface BlobLike {
  /** Bytes. */
  readonly size: number
  /** The bytes from `start` up to `end`. */
  slice(start: number, end: number): BlobLike
  /** Reads all of it; rejects where it has changed on the disk. */
  arrayBuffer(): Promise<ArrayBuffer>
}

/** As much of a File as is used here. */
export interface FileLike extends BlobLike {
  /** Its base name. */
  readonly name: string
  /** "folder/m.index" for a folder that was chosen; else ''. */
  readonly webkitRelativePath?: string
}

/** A folder that was opened, as much of a FileSystemDirectoryHandle as is used here. */
export interface DirectoryHandleLike {
  /** Its base name. */
  readonly name: string
  /** Handles of files, and of folders, which are such as this one. */
  values(): AsyncIterable<{ readonly kind: string; readonly name: string }>
}

/** As much of a FileSystemFileHandle as is used here. */
interface FileHandle {
  getFile(): Promise<BlobLike>
}

/** What was dropped, as much of a DataTransferItem as is used here. */
export interface DroppedItemLike {
  /** The file or folder; null for text. */
  webkitGetAsEntry(): object | null
}

/** A FileSystemFileEntry or a FileSystemDirectoryEntry. */
interface Entry {
  readonly fullPath: string
  file?(done: (file: BlobLike) => void, failed: (error: unknown) => void): void
  createReader?(): { readEntries(done: (entries: readonly Entry[]) => void, failed: (error: unknown) => void): void }
}

/** Browsers have lists of their own. */
type Some<T> = Iterable<T> | ArrayLike<T>

type NamedBlob = readonly [path: string, blob: BlobLike]

/** Files of a page, by paths that it gives them. There is a directory wherever a file lies in one. */
export class BlobFileSystem implements ReadableFileSystem {
  readonly #tree = new FileTree<BlobLike>()

  /** `files`: './m' and 'm' are one path, of which the last blob holds. */
  constructor(files: Iterable<NamedBlob>) {
    // A disk is faster than JavaScript's checksums.
    registerChecksum(simdChecksum)
    for (const [path, blob] of files) this.#tree.set(path, blob)
  }

  /**
   * The files of an `<input type="file">`, by their names; with `webkitdirectory`, by their paths, which begin with the name
   * of the folder that was chosen.
   */
  static fromFiles(files: Some<FileLike>): BlobFileSystem {
    return new BlobFileSystem(Array.from(files, (file) => [file.webkitRelativePath || file.name, file]))
  }

  /** All that is in a folder of showDirectoryPicker(); the paths begin with its name. */
  static async fromDirectory(directory: DirectoryHandleLike): Promise<BlobFileSystem> {
    return new BlobFileSystem(await filesBelow(directory, directory.name))
  }

  /**
   * Files and folders that were dropped: the `dataTransfer.items` of the event, while it is handled (a browser empties it
   * then). The paths of files begin with the name of the folder that was dropped.
   */
  static async fromDropped(items: Some<DroppedItemLike>): Promise<BlobFileSystem> {
    // All at once, before anything is waited for. Text that was dropped is null.
    const entries = Array.from(items, (item) => item.webkitGetAsEntry() as Entry | null)
    const files = await Promise.all(entries.map((entry) => (entry === null ? [] : filesOf(entry))))
    return new BlobFileSystem(files.flat())
  }

  async open(path: string, options?: { signal?: AbortSignal }): Promise<RandomAccessFile> {
    options?.signal?.throwIfAborted()
    const key = keyOf(path)
    const blob = this.#tree.get(key)
    if (blob !== undefined) return new BlobFile(path, blob, options?.signal)
    throw systemError(this.#tree.isDirectory(key) ? 'EISDIR' : this.#tree.whyMissing(key), path)
  }

  async exists(path: string): Promise<boolean> {
    return this.#tree.has(path) || (path !== '' && this.#tree.isDirectory(keyOf(path)))
  }

  async list(dir: string): Promise<string[]> {
    const key = keyOf(dir || '.')
    if (this.#tree.isDirectory(key)) return this.#tree.namesIn(key)
    throw systemError(this.#tree.has(key) ? 'ENOTDIR' : this.#tree.whyMissing(key), dir)
  }

  /** Whether there is a directory of that name; '' is the one around all. */
  async isDirectory(path: string): Promise<boolean> {
    return this.#tree.isDirectory(keyOf(path || '.'))
  }
}

/**
 * A file that is read as it was when it was chosen. @throws {AbortedError} "Stale file handle" where it has changed since, or
 * can no longer be read
 */
class BlobFile implements RandomAccessFile {
  readonly size: number
  #blob: BlobLike | undefined

  constructor(
    readonly path: string,
    blob: BlobLike,
    readonly signal: AbortSignal | undefined,
  ) {
    this.size = blob.size
    this.#blob = blob
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (this.#blob === undefined) throw closedError(this.path)
    checkRange(this.path, this.size, offset, length)
    this.signal?.throwIfAborted()
    const bytes = await bytesOf(this.#blob.slice(offset, offset + length), this.path)
    this.signal?.throwIfAborted()
    if (bytes.length !== length) throw shortRead(this.path, offset, length, length - bytes.length)
    return bytes
  }

  async close(): Promise<void> {
    this.#blob = undefined
  }
}

async function bytesOf(blob: BlobLike, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer())
  } catch (cause) {
    throw systemError('ESTALE', path, cause, `it changed, or went away, since it was chosen: choose it again. ${cause}`)
  }
}

async function filesBelow(directory: DirectoryHandleLike, path: string): Promise<NamedBlob[]> {
  const files: NamedBlob[] = []
  for await (const one of directory.values()) {
    const name = `${path}/${one.name}`
    // Of the two kinds that there are.
    if (one.kind === 'file') files.push([name, await (one as unknown as FileHandle).getFile()])
    else files.push(...(await filesBelow(one as unknown as DirectoryHandleLike, name)))
  }
  return files
}

async function filesOf(entry: Entry): Promise<NamedBlob[]> {
  const path = entry.fullPath.replace(/^\//, '')
  if (entry.file !== undefined) {
    return [[path, await new Promise<BlobLike>((resolve, reject) => entry.file?.(resolve, reject))]]
  }
  const reader = entry.createReader?.()
  const files: NamedBlob[] = []
  // A browser hands out some at a time, and none at the end.
  for (;;) {
    const some = await new Promise<readonly Entry[]>((resolve, reject) => reader?.readEntries(resolve, reject))
    if (some.length === 0) return files
    for (const one of some) files.push(...(await filesOf(one)))
  }
}
