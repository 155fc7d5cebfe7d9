/**
 * Graphs in files: .pb and .pbtxt.
 *
 * TensorFlow: python/framework/graph_io.py (write_graph).
 */
import { atomicWriteFile } from '../fs/atomic-write'
import { defaultFileSystem } from '../fs/default'
import type { ReadOptions, WriteOptions } from '../fs/file-system'
import { makeDirectories } from '../fs/make-directories'
import type { GraphDef, IGraphDef } from '../proto/messages'
import { join } from '../util/path'
import { encodeMessageOf, parseMessageOf, readMessageFile } from './message-file'

/** What knows its GraphDef: a Graph. */
interface HasGraphDef {
  asGraphDef(): GraphDef
}

/**
 * A graph from bytes or from protobuf text, told apart by content. Byte fields, such as the values of constants, are views
 * of the bytes.
 *
 * @throws {InvalidArgumentError} for what is no GraphDef, saying what it is: a .meta file, a saved model, a Git LFS pointer,
 *   nothing at all
 * @throws {DataLossError} ParseError, for text, with line and column in Python's words
 */
export function parseGraphDef(bytesOrText: Uint8Array | string): GraphDef {
  return parseMessageOf('GraphDef', bytesOrText)
}

/**
 * The graph in a file, .pb or .pbtxt, told apart by content.
 * @throws as parseGraphDef(), with `path`; {NotFoundError} where there is no such file
 */
export function readGraphDef(path: string, options: ReadOptions = {}): Promise<GraphDef> {
  return readMessageFile('GraphDef', path, options)
}

/**
 * tf.train.write_graph: writes a graph as text, or as bytes, under `<logdir>/<name>`, and gives that path. Directories that
 * are missing are made. The file is as it was or whole.
 *
 * @param options.asText default true
 * @throws {ValueError} for a graph of 2 GB or more, before anything is written
 * @throws {FailedPreconditionError} "f is not a directory", "d/g.tmp…; Is a directory"; {NotFoundError} where `name` names a
 *   directory that is missing
 */
export async function writeGraph(
  graphOrDef: HasGraphDef | IGraphDef,
  logdir: string,
  name: string,
  options: WriteOptions & { asText?: boolean } = {},
): Promise<string> {
  const { fs = defaultFileSystem(), durable = true, asText = true } = options
  const graphDef = 'asGraphDef' in graphOrDef ? graphOrDef.asGraphDef() : graphOrDef
  const bytes = encodeMessageOf('GraphDef', graphDef, asText)
  await makeDirectories(fs, logdir, durable)
  const path = join(logdir, name)
  await atomicWriteFile(fs, path, bytes, { durable })
  return path
}
