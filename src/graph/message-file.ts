/**
 * Files of one message, GraphDef or MetaGraphDef: as bytes or as text, told apart by what is in them.
 *
 * TensorFlow asks for the form (graphs), or tries bytes and then text (meta graphs); one message taken for the other is
 * "Wire format was corrupt" there, or a message of nonsense. Here it is said what the file is.
 *
 * TensorFlow: python/framework/graph_io.py, python/framework/meta_graph.py (read_meta_graph_file).
 */
import { atomicWriteFile } from '../fs/atomic-write'
import { defaultFileSystem } from '../fs/default'
import type { ReadOptions, WriteOptions } from '../fs/file-system'
import {
  decodeMessage,
  encodeMessage,
  type GraphDef,
  MAX_MESSAGE_BYTES,
  type MessageCodec,
  type MetaGraphDef,
  tensorflow,
} from '../proto/messages'
import { parseMessage, printMessage } from '../proto/message-text'
import { InvalidArgumentError, ValueError } from '../util/errors'
import { knownEnding, knownFormat } from '../util/file-signatures'
import { binaryKind, isPlausible, looksLikeText, MESSAGE_HINTS, type MessageKind, textKind } from './message-kind'

/** Comments before the first field of a text are looked over up to here. */
const HEAD_BYTES = 1 << 16

/** The messages that files are made of, by name. */
interface Messages {
  GraphDef: GraphDef
  MetaGraphDef: MetaGraphDef
}

const CODECS: { readonly [K in keyof Messages]: MessageCodec<Messages[K]> } = {
  GraphDef: tensorflow.GraphDef,
  MetaGraphDef: tensorflow.MetaGraphDef,
}

/**
 * A message from bytes or text. Byte fields are views of `input`. What is no message of that kind is an error that says
 * what it looks like.
 *
 * @param name names the source in errors, a path
 * @throws {InvalidArgumentError} for what is no such message, and for nothing at all; with `path` and, of bytes, `offset`
 * @throws {ParseError} (a DataLossError) for text, with line and column
 */
export function parseMessageOf<K extends keyof Messages>(
  kind: K,
  input: Uint8Array | string,
  path?: string,
): Messages[K] {
  // An empty meta graph is what TensorFlow takes an empty file for: importing it gives no saver.
  if (input.length === 0 && kind === 'GraphDef') throw wrong(kind, path, 'it is empty')
  if (typeof input === 'string') return parseText(kind, input, path)
  const known = knownFormat(input)
  if (known !== undefined) throw wrong(kind, path, `it looks like ${known}`)
  return looksLikeText(input) ? parseText(kind, decodeText(kind, input, path), path) : parseBytes(kind, input, path)
}

function wrong(kind: string, path: string | undefined, what: string, cause?: Error): InvalidArgumentError {
  return new InvalidArgumentError(`Cannot parse ${path ?? 'this'} as a ${kind}: ${what}`, {
    ...(path === undefined ? undefined : { path }),
    cause,
  })
}

/**
 * A graph or a meta graph, whichever it is. @throws as parseMessageOf()
 */
export function parseGraphOrMetaGraph(
  input: Uint8Array | string,
  path?: string,
): { readonly graphDef: GraphDef } | { readonly metaGraphDef: MetaGraphDef } {
  if (kindOf(input) === 'MetaGraphDef') return { metaGraphDef: parseMessageOf('MetaGraphDef', input, path) }
  return { graphDef: parseMessageOf('GraphDef', input, path) }
}

function kindOf(input: Uint8Array | string): MessageKind | undefined {
  if (typeof input === 'string') return textKind(input)
  return looksLikeText(input) ? textKind(headOf(input)) : binaryKind(input)
}

function parseBytes<K extends keyof Messages>(kind: K, bytes: Uint8Array, path: string | undefined): Messages[K] {
  let message: Messages[K] | undefined
  let failure: unknown
  try {
    message = decodeMessage(CODECS[kind], bytes, kind)
  } catch (error) {
    failure = error
  }
  // Bytes of one message may well pass for another, with nonsense in its fields.
  if (message !== undefined && isPlausible(kind, message)) return message
  const found = binaryKind(bytes, kind)
  if (found !== undefined) throw wrong(kind, path, `it is a ${found}: ${hint(found)}`)
  if (message !== undefined) return message
  // Text with control characters in it.
  if (textKind(headOf(bytes)) !== undefined) return parseText(kind, decodeText(kind, bytes, path), path)
  const known = knownEnding(bytes)
  if (known !== undefined) throw wrong(kind, path, `it looks like ${known}`)
  if (failure instanceof InvalidArgumentError && path !== undefined) {
    Object.assign(failure, { path, message: `${failure.message} (${path})` })
  }
  throw failure
}

function headOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES))
}

function hint(kind: MessageKind): string {
  return MESSAGE_HINTS[kind]
}

function decodeText(kind: string, bytes: Uint8Array, path: string | undefined): string {
  try {
    // With the mark that some editors put in front taken off.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw wrong(kind, path, 'it is neither protobuf bytes nor text in UTF-8')
  }
}

function parseText<K extends keyof Messages>(kind: K, text: string, path: string | undefined): Messages[K] {
  try {
    return parseMessage(`tensorflow.${kind}`, text, 'merge')
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const found = textKind(text)
    if (found !== undefined && found !== kind) error.message += `; it is a ${found}: ${hint(found)}`
    if (path !== undefined) Object.assign(error, { path, message: `${error.message} (${path})` })
    throw error
  }
}

/**
 * A file's message.
 * @throws as parseMessageOf(), and what the file system throws: {NotFoundError}, {FailedPreconditionError} for a directory
 */
export async function readMessageFile<K extends keyof Messages>(
  kind: K,
  path: string,
  options: ReadOptions = {},
): Promise<Messages[K]> {
  return parseMessageOf(kind, await readWholeFile(path, options), path)
}

/** All bytes of a file that holds a message. @throws {InvalidArgumentError} for 2 GB or more, before any is read */
export async function readWholeFile(path: string, options: ReadOptions = {}): Promise<Uint8Array> {
  const { fs = defaultFileSystem(), signal } = options
  const file = await fs.open(path, signal === undefined ? {} : { signal })
  try {
    if (file.size > MAX_MESSAGE_BYTES) {
      throw new InvalidArgumentError(`Cannot read ${path}: it has ${file.size} bytes, and no message has 2 GB`, {
        path,
      })
    }
    const bytes = await file.read(0, file.size)
    signal?.throwIfAborted()
    return bytes
  } finally {
    await file.close()
  }
}

/**
 * Writes a message, as text where `asText`. The file is as it was or whole.
 *
 * @throws {ValueError} for 2 GB or more, and for a text longer than a string can be, before anything is written
 */
export async function writeMessageFile(
  kind: keyof Messages,
  message: object,
  path: string,
  options: WriteOptions & { asText?: boolean } = {},
): Promise<void> {
  const { fs = defaultFileSystem(), durable } = options
  await atomicWriteFile(fs, path, encodeMessageOf(kind, message, options.asText === true), { durable })
}

/** What writeMessageFile() writes. @throws {ValueError} */
export function encodeMessageOf(kind: keyof Messages, message: object, asText: boolean): Uint8Array {
  if (!asText) return encodeMessage(CODECS[kind], message, kind)
  try {
    return new TextEncoder().encode(printMessage(`tensorflow.${kind}`, message))
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new ValueError(`Cannot write this ${kind} as text: it is too long for a string. Write it as bytes`, { cause })
  }
}
