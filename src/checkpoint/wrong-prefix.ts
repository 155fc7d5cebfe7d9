/**
 * What to say where a prefix names no checkpoint: most people hand in one of its files, or its directory.
 *
 * TensorFlow's own sentence comes first, word for word; what they should pass instead comes behind it.
 */
import { type ReadableFileSystem } from '../fs/file-system'
import { readFooter } from '../table/format'
import { DataLossError, isOpError, NotFoundError } from '../util/errors'
import { knownFormat, SIGNATURE_BYTES } from '../util/file-signatures'
import { basename, dirname, join } from '../util/path'
import { matchingFiles } from './v1-files'

/** How the files of a checkpoint end. */
const SUFFIX = /\.(index|meta|data-\d{5}-of-\d{5})$/
/** Prefixes of the directory that are named at most. */
const NAMED = 8

/** Whether `path` is a directory, as far as a file system can tell that only reads. '' is none, as in TensorFlow. */
export async function isDirectory(fs: ReadableFileSystem, path: string): Promise<boolean> {
  if (path === '') return false
  const tell = (fs as { isDirectory?: (path: string) => Promise<boolean> }).isDirectory
  if (typeof tell === 'function') return tell.call(fs, path)
  if (await fs.exists(`${path}.index`)) return false
  return fs.exists(join(path, 'checkpoint'))
}

/** A sentence that says what to pass in place of `prefix`; '' where nothing is known. */
export async function prefixHint(fs: ReadableFileSystem, prefix: string): Promise<string> {
  const name = basename(prefix)
  const stem = prefix.replace(SUFFIX, '')
  if (stem !== prefix && (await fs.exists(`${stem}.index`))) {
    return `${name} is one file of the checkpoint ${stem}: pass ${JSON.stringify(stem)}`
  }
  if (stem !== prefix && (await fs.exists(prefix))) {
    return `${name} is one file of a checkpoint; its index ${stem}.index is missing`
  }
  if (await isDirectory(fs, prefix)) return directoryHint(fs, prefix)
  if (name === 'checkpoint' && (await fs.exists(prefix))) {
    const dir = dirname(prefix) === '' ? '.' : dirname(prefix)
    return `checkpoint is the state file: pass what latestCheckpoint(${JSON.stringify(dir)}) gives`
  }
  const known = await prefixesIn(fs, dirname(prefix))
  return known.length === 0 ? '' : `Checkpoints there: ${known.join(', ')}`
}

async function directoryHint(fs: ReadableFileSystem, dir: string): Promise<string> {
  const known = await prefixesIn(fs, dir)
  const list = known.length === 0 ? 'there is no checkpoint in it' : `in it: ${known.join(', ')}`
  return `${dir} is a directory: pass what latestCheckpoint(${JSON.stringify(dir)}) gives, or a prefix; ${list}`
}

/** The prefixes of a directory, at most NAMED of them and an ellipsis. */
async function prefixesIn(fs: ReadableFileSystem, dir: string): Promise<string[]> {
  const names = await (fs.list?.(dir === '' ? '.' : dir) ?? Promise.resolve([])).catch(() => [] as string[])
  const prefixes = names
    .filter((name) => name.endsWith('.index'))
    .map((name) => join(dir, name.slice(0, -'.index'.length)))
    .sort()
  return prefixes.length > NAMED ? [...prefixes.slice(0, NAMED), '…'] : prefixes
}

/** The error for a prefix without an index: a missing file, or a file that is no checkpoint. undefined for one of format V1. */
export async function notACheckpoint(fs: ReadableFileSystem, prefix: string): Promise<Error | undefined> {
  const hint = await prefixHint(fs, prefix)
  const behind = hint === '' ? '' : `. ${hint}`
  const details = { path: prefix }
  const [file] = await matchingFiles(fs, prefix)
  if (file === undefined && !(await isDirectory(fs, prefix))) {
    const text = `Unsuccessful TensorSliceReader constructor: Failed to find any matching files for ${prefix}`
    return new NotFoundError(text + behind, details)
  }
  const reason = await whyNoTable(fs, file ?? prefix)
  if (reason !== undefined) {
    return new DataLossError(unableToOpen(file ?? prefix, reason) + behind.slice(1), details)
  }
  return SUFFIX.test(prefix) ? new NotFoundError(`${prefix} is not a checkpoint${behind}`, details) : undefined
}

/** Why a file is no table, in TensorFlow's words and ours; undefined where it is one. */
async function whyNoTable(fs: ReadableFileSystem, path: string): Promise<string | undefined> {
  try {
    const file = await fs.open(path)
    try {
      await readFooter(file, path)
      return undefined
    } catch (error) {
      const known = knownFormat(await file.read(0, Math.min(file.size, SIGNATURE_BYTES)))
      return reasonOf(error) + (known === undefined ? '' : `; it looks like ${known}`)
    } finally {
      await file.close()
    }
  } catch (error) {
    return reasonOf(error)
  }
}

/** TensorFlow's sentence for a file that is no table. */
export function unableToOpen(path: string, reason: string): string {
  return `Unable to open table file ${path}: ${reason}: perhaps your file is in a different file format and you need to use a different restore operator?`
}

/** "DATA_LOSS: not an sstable (bad magic number)": code and text, without what we add behind them. */
export function reasonOf(error: unknown): string {
  if (!isOpError(error)) throw error
  const text = error.message.split(': ')[0] as string
  return `${error.code}: ${text}`
}
