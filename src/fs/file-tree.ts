/**
 * The files of a MemoryFileSystem or a BlobFileSystem, and the directories that follow from them.
 */
import { dirname, normpath } from '../util/path'
import { checkPath, systemError } from './system-errors'

/** What a file holds. */
export type Bytes = Uint8Array<ArrayBuffer>

/** A path in the one spelling under which the tree has it; '' names nothing. */
export function keyOf(path: string): string {
  checkPath(path)
  return path === '' ? '' : normpath(path).replace(/^\/\//, '/')
}

function parentOf(key: string): string {
  return dirname(key) || '.'
}

/** Whether a key is '.', '/', '..' or '../..': a directory that nobody made. */
export function isRoot(key: string): boolean {
  return /^(?:[./]|\.\.(?:\/\.\.)*)$/.test(key)
}

/** The directories around a path, the nearest first. */
function* ancestors(key: string): Generator<string> {
  let dir = key
  while (!isRoot(dir)) yield (dir = parentOf(dir))
}

/** What the keys of everything in a directory begin with. */
function prefixOf(dir: string): string {
  return dir === '.' ? '' : dir === '/' ? '/' : `${dir}/`
}

/**
 * The files by path, and the directories around them. It is the Map that users get, so any spelling of a path will do,
 * and it counts the files below each directory, so that a look-up is no walk over all of them.
 */
export class FileTree<T = Bytes> extends Map<string, T> {
  /** Directories that stay when no file lies below them. */
  readonly #made = new Set<string>()
  /** How many files lie below a directory, at any depth. */
  readonly #below = new Map<string, number>()
  /** When a file or a directory changed, in seconds since 1970. */
  readonly #times = new Map<string, number>()
  readonly #born = Date.now() / 1000

  override get(path: string): T | undefined {
    return super.get(keyOf(path))
  }

  override has(path: string): boolean {
    return super.has(keyOf(path))
  }

  /** @throws {FailedPreconditionError} where a directory has the name, or a file stands where its directory would be. */
  override set(path: string, bytes: T): this {
    const key = keyOf(path)
    if (!super.has(key)) {
      if (key === '') throw systemError('ENOENT', path)
      if (this.isDirectory(key)) throw systemError('EISDIR', path)
      for (const dir of ancestors(key)) if (super.has(dir)) throw systemError('ENOTDIR', path)
      this.#count(key, 1)
    }
    this.#times.set(key, Date.now() / 1000)
    return super.set(key, bytes)
  }

  override delete(path: string): boolean {
    const key = keyOf(path)
    if (!super.delete(key)) return false
    this.#count(key, -1)
    this.#times.delete(key)
    return true
  }

  override clear(): void {
    super.clear()
    this.#below.clear()
    this.#times.clear()
  }

  isDirectory(key: string): boolean {
    return isRoot(key) || this.#made.has(key) || this.#below.has(key)
  }

  makeDirectory(key: string): void {
    this.#made.add(key)
    this.#touch(key)
    this.#touch(parentOf(key))
  }

  removeDirectory(key: string): void {
    this.#made.delete(key)
    this.#times.delete(key)
    this.#touch(parentOf(key))
  }

  /** Sees to it that the directories around `key` stay when it goes. */
  keepParents(key: string): void {
    for (const dir of ancestors(key)) if (!isRoot(dir)) this.#made.add(dir)
  }

  /** Why there is nothing at `key`: a file stands in the way, or it is just not there. */
  whyMissing(key: string): 'ENOTDIR' | 'ENOENT' {
    for (const dir of ancestors(key)) if (this.has(dir)) return 'ENOTDIR'
    return 'ENOENT'
  }

  /** Checks that something can be put at `key`; the error names `path`. */
  checkParent(key: string, path: string): void {
    if (key === '' || !this.isDirectory(parentOf(key))) throw systemError(this.whyMissing(key), path)
  }

  /** The base names in a directory. */
  namesIn(dir: string): string[] {
    const prefix = prefixOf(dir)
    const names = new Set<string>()
    for (const key of [...this.keys(), ...this.#made]) {
      if (!key.startsWith(prefix)) continue
      const name = key.slice(prefix.length).split('/', 1)[0]
      // '' is an absolute path seen from '.', '..' one that leads out of it.
      if (name !== undefined && name !== '' && name !== '..') names.add(name)
    }
    return [...names]
  }

  time(key: string): number {
    return this.#times.get(key) ?? this.#born
  }

  /** Moves a file, or a directory with all that is in it, in place of what is at `to`. Times move along. */
  move(from: string, to: string): void {
    this.keepParents(from)
    if (this.has(from)) this.#moveFile(from, to)
    else this.#moveDirectory(from, to)
  }

  /** The path of the file that has this very array, looked for at `guess` first. */
  pathOf(bytes: T, guess: string): string | undefined {
    if (super.get(guess) === bytes) return guess
    for (const [key, other] of this) if (other === bytes) return key
    return undefined
  }

  #moveFile(from: string, to: string): void {
    const bytes = this.get(from)
    if (bytes === undefined) return
    const time = this.time(from)
    this.delete(from)
    this.set(to, bytes)
    this.#times.set(to, time)
  }

  #moveDirectory(from: string, to: string): void {
    const inside = (key: string): boolean => key === from || key.startsWith(`${from}/`)
    const made = [...this.#made].filter(inside)
    for (const key of [...this.keys()].filter(inside)) this.#moveFile(key, to + key.slice(from.length))
    for (const key of made) {
      this.removeDirectory(key)
      this.makeDirectory(to + key.slice(from.length))
    }
  }

  #count(key: string, by: 1 | -1): void {
    for (const dir of ancestors(key)) {
      const count = (this.#below.get(dir) ?? 0) + by
      if (count === 0) this.#below.delete(dir)
      else this.#below.set(dir, count)
    }
    this.#touch(parentOf(key))
  }

  #touch(key: string): void {
    this.#times.set(key, Date.now() / 1000)
  }
}
