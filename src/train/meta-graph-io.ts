/**
 * Meta graphs in files: .meta, as bytes or as text.
 *
 * TensorFlow: python/framework/meta_graph.py, read_meta_graph_file; python/framework/graph_io.py, write_graph.
 */
import { atomicWriteFile } from '../fs/atomic-write'
import { defaultFileSystem } from '../fs/default'
import type { ReadableFileSystem, ReadOptions, WriteOptions } from '../fs/file-system'
import { makeDirectories } from '../fs/make-directories'
import { encodeMessageOf, parseMessageOf, readWholeFile } from '../graph/message-file'
import type { IMetaGraphDef, MetaGraphDef } from '../proto/messages'
import { isOpError, OSError, ValueError } from '../util/errors'
import { basename, dirname, join } from '../util/path'

/** How the files of meta graphs end. */
const SUFFIX = '.meta'
/** Files of a directory that are named at most. */
const NAMED = 8

/**
 * The meta graph in a file, bytes or text, told apart by content; an empty file is an empty meta graph.
 *
 * @throws {OSError} "File does not exist. Received: no.meta."; "Cannot parse file t.meta: …", which says what the file is, a
 *   frozen graph, a saved model, a Git LFS pointer
 * @throws {FailedPreconditionError} "d; Is a directory"
 */
export async function readMetaGraph(path: string, options: ReadOptions = {}): Promise<MetaGraphDef> {
  const { fs = defaultFileSystem() } = options
  return parseMetaGraph(await readFile(fs, path, options), path)
}

/**
 * The meta graph in bytes or text. @param path where it is from, for errors
 * @throws {OSError} "Cannot parse file t.meta: …"
 */
export function parseMetaGraph(input: Uint8Array | string, path?: string): MetaGraphDef {
  try {
    return parseMessageOf('MetaGraphDef', input)
  } catch (cause) {
    if (!isOpError(cause) && !(cause instanceof ValueError)) throw cause
    const reason = cause.message.replace(/^Cannot parse this as a MetaGraphDef: /, '')
    throw new OSError(`Cannot parse file ${path ?? '(bytes)'}: ${reason}.`, { cause })
  }
}

async function readFile(fs: ReadableFileSystem, path: string, options: ReadOptions): Promise<Uint8Array> {
  try {
    return await readWholeFile(path, { ...options, fs })
  } catch (cause) {
    if (isOpError(cause, 'NOT_FOUND')) {
      const hint = await missingHint(fs, path)
      throw new OSError(`File does not exist. Received: ${path}.${hint}`, { cause })
    }
    if (isOpError(cause, 'FAILED_PRECONDITION')) cause.message += await directoryHint(fs, path)
    throw cause
  }
}

/** Most people hand in the prefix of a checkpoint. */
async function missingHint(fs: ReadableFileSystem, path: string): Promise<string> {
  if (await fs.exists(path + SUFFIX)) return ` ${path} is the prefix of a checkpoint: pass ${quoted(path + SUFFIX)}`
  const known = await metaGraphsIn(fs, dirname(path))
  return known.length === 0 ? '' : ` There is ${known.join(', ')}`
}

async function directoryHint(fs: ReadableFileSystem, dir: string): Promise<string> {
  const known = await metaGraphsIn(fs, dir)
  return known.length === 0 ? '' : `: pass a file, such as ${known.join(', ')}`
}

async function metaGraphsIn(fs: ReadableFileSystem, dir: string): Promise<string[]> {
  const names = await (fs.list?.(dir === '' ? '.' : dir) ?? Promise.resolve([])).catch(() => [] as string[])
  const found = names.filter((name) => name.endsWith(SUFFIX)).sort()
  const paths = found.slice(0, NAMED).map((name) => quoted(join(dir, name)))
  return found.length > NAMED ? [...paths, '…'] : paths
}

function quoted(text: string): string {
  return JSON.stringify(text)
}

/**
 * Writes a meta graph, as bytes or as text. Directories that are missing are made; the file is as it was or whole.
 * @throws {ValueError} for 2 GB or more, before anything is written; what the file system throws
 */
export async function writeMetaGraph(
  path: string,
  metaGraphDef: IMetaGraphDef,
  options: WriteOptions & { readonly asText?: boolean | undefined } = {},
): Promise<void> {
  const { fs = defaultFileSystem(), durable = true, asText = false } = options
  const bytes = encodeMessageOf('MetaGraphDef', metaGraphDef, asText) as Uint8Array<ArrayBuffer>
  await makeDirectories(fs, dirname(path), durable)
  await atomicWriteFile(fs, join(dirname(path), basename(path)), bytes, { durable })
}
