/**
 * Node's disk. The only file that names node:*, and never in an import that a bundler could follow: it loads in a
 * browser too, where every method throws.
 *
 * Raw file descriptors and callbacks, since they are faster than FileHandle and promises.
 * TensorFlow: core/platform/default/posix_file_system.cc.
 */
import type * as NodeFs from 'node:fs'
import { type OpError, UnimplementedError } from '../util/errors'
import { normpath } from '../util/path'
import type { FileSystem, RandomAccessFile, WritableFile } from './file-system'
import { type Done, NodeFile, NodeWritableFile, OpenFile, call, codeOf, diskError } from './node-file'
import { checkPath, systemError } from './system-errors'

type Fs = typeof NodeFs

/** As much of Node's `process` as is used here; undefined elsewhere. */
interface NodeProcess {
  readonly platform?: string
  readonly versions?: { readonly node?: string }
  readonly env?: { readonly HOME?: string; readonly USERPROFILE?: string }
  getBuiltinModule?(name: string): unknown
}

function nodeProcess(): NodeProcess | undefined {
  return (globalThis as { process?: NodeProcess }).process
}

/** Whether there is a Node, or what takes itself for one (Bun, Deno, Electron), and so a disk. */
function hasDisk(): boolean {
  return nodeProcess()?.versions?.node !== undefined
}

let theDisk: NodeFileSystem | undefined

/** The disk, one object for all; undefined where there is none. */
export function nodeDisk(): FileSystem | undefined {
  return hasDisk() ? (theDisk ??= new NodeFileSystem()) : undefined
}

let loaded: Promise<Fs> | undefined

/** node:fs. @throws {UnimplementedError} where there is none. */
async function loadFs(): Promise<Fs> {
  if (!hasDisk()) throw noDisk()
  return (loaded ??= importFs())
}

async function importFs(): Promise<Fs> {
  // Computed, so that no bundler looks for it.
  const name = ['node', 'fs'].join(':')
  const builtin = nodeProcess()?.getBuiltinModule?.(name)
  if (builtin !== undefined) return builtin as Fs
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as Fs
  } catch (cause) {
    // A bundler's imitation of `process`.
    throw noDisk(cause)
  }
}

function noDisk(cause?: unknown): UnimplementedError {
  const others = 'a MemoryFileSystem, HttpFileSystem, BlobFileSystem or a FileSystem of your own'
  return new UnimplementedError(`Cannot reach a disk: this is not Node. Pass { fs }: ${others}`, { cause })
}

/** The disk as Node has it. Paths are cleaned like TensorFlow's: 'a//b', './a/b', 'a/x/../b' and 'a/b/' are one. */
export class NodeFileSystem implements FileSystem {
  async open(path: string, options?: { signal?: AbortSignal }): Promise<RandomAccessFile> {
    const signal = options?.signal
    signal?.throwIfAborted()
    const fs = await loadFs()
    const fd = await run<number>(path, (disk, name, done) => disk.open(name, 'r', done))
    const file = new OpenFile(fs, fd, path)
    try {
      const stats = await file.use(() => call<NodeFs.Stats>((done) => fs.fstat(fd, done)))
      if (stats.isDirectory()) throw systemError('EISDIR', path)
      signal?.throwIfAborted()
      return new NodeFile(file, stats.size)
    } catch (error) {
      await file.close().catch(() => undefined)
      throw error
    }
  }

  /** @throws {OpError} where the system does not let us know. */
  async exists(path: string): Promise<boolean> {
    return (await statIfThere(path)) !== undefined
  }

  async create(path: string): Promise<WritableFile> {
    const fd = await run<number>(path, (fs, file, done) => fs.open(file, 'w', done))
    return new NodeWritableFile(new OpenFile(await loadFs(), fd, path))
  }

  /** The errors name `from`, as TensorFlow's do; both names are in the cause. */
  async rename(from: string, to: string): Promise<void> {
    checkPath(to)
    await run<void>(from, (fs, file, done) => fs.rename(file, cleanPath(to), done))
  }

  async remove(path: string): Promise<void> {
    try {
      await run<void>(path, (fs, file, done) => fs.unlink(file, done))
    } catch (error) {
      // macOS and Windows call this EPERM.
      const found = await statIfThere(path).catch(() => undefined)
      throw found?.isDirectory() ? systemError('EISDIR', path, (error as OpError).cause) : error
    }
  }

  async list(dir: string): Promise<string[]> {
    return run<string[]>(dir, (fs, file, done) => fs.readdir(file || '.', done))
  }

  async mtime(path: string): Promise<number> {
    return (await stat(path)).mtimeMs / 1000
  }

  async mkdir(dir: string): Promise<void> {
    try {
      await run<void>(dir, (fs, file, done) => fs.mkdir(file || '.', done))
    } catch (error) {
      // A directory that is there may be EEXIST, EISDIR (the root of macOS) or EROFS.
      if (!(await this.isDirectory(dir).catch(() => false))) throw error
    }
  }

  async removeDir(dir: string): Promise<void> {
    await run<void>(dir, (fs, file, done) => fs.rmdir(file, done))
  }

  /** Whether there is a directory of that name; '' is the working directory. */
  async isDirectory(path: string): Promise<boolean> {
    return (await statIfThere(path || '.'))?.isDirectory() ?? false
  }

  /** What "~" stands for; undefined where the system does not say. */
  async homeDirectory(): Promise<string | undefined> {
    const { HOME, USERPROFILE } = nodeProcess()?.env ?? {}
    return HOME || USERPROFILE || undefined
  }

  /** Does nothing where the system has no such thing: Windows, and some network drives. */
  async syncDir(dir: string): Promise<void> {
    // Windows opens no directory (EPERM, EISDIR) and syncs none (EPERM, EINVAL); its file system journals names.
    if (nodeProcess()?.platform === 'win32') return
    const onlyDirectories = (await loadFs()).constants.O_DIRECTORY
    const fd = await run<number>(dir, (fs, file, done) => fs.open(file || '.', onlyDirectories, done))
    const file = new OpenFile(await loadFs(), fd, dir)
    try {
      await file.use(() => call<void>((done) => file.fs.fsync(fd, done)))
    } catch (error) {
      if (!isRefusal(error)) throw error
    } finally {
      await file.close()
    }
  }
}

/** Whether a file system says that it syncs no directories: EINVAL by POSIX, ENOTSUP by some drivers. */
function isRefusal(error: unknown): boolean {
  const code = codeOf((error as OpError).cause)
  return code === 'EINVAL' || code === 'ENOTSUP'
}

/** Two dots are resolved before symbolic links are, as TensorFlow does; Windows cleans its paths itself. */
function cleanPath(path: string): string {
  return path === '' || nodeProcess()?.platform === 'win32' ? path : normpath(path)
}

/** Calls one function of node:fs on a path, and gives its failure as TensorFlow's. */
async function run<T>(path: string, start: (fs: Fs, file: string, done: Done<T>) => void): Promise<T> {
  const fs = await loadFs()
  checkPath(path)
  try {
    return await call<T>((done) => start(fs, cleanPath(path), done))
  } catch (error) {
    throw diskError(error, path)
  }
}

function stat(path: string): Promise<NodeFs.Stats> {
  return run<NodeFs.Stats>(path, (fs, file, done) => fs.stat(file, done))
}

/** undefined where there is nothing of that name, or no such name can be. */
async function statIfThere(path: string): Promise<NodeFs.Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    const code = codeOf((error as OpError).cause)
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
    throw error
  }
}
