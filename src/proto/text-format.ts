/**
 * Protobuf text, read as Python's text_format.Merge reads it, against a message type that the caller describes.
 *
 *     <message> = <field>*
 *     <field>   = <name> ':' ( <scalar> | '[' (<scalar> (',' <scalar>)*)? ']' ) <end>
 *               | <name> ':'? ( <body> | '[' (<body> (',' <body>)*)? ']' ) <end>         lists for repeated fields alone
 *               | '[' <url> '/' <type> ']' ':'? <body> <end>                             in a google.protobuf.Any alone
 *     <body>    = '{' <message> '}' | '<' <message> '>'
 *     <end>     = ',' | ';' | nothing
 *
 * The type is asked while the text is read, since Python's errors come in that order. What comes back is a tree of what
 * stood there, in order: a singular field may appear more than once (a scalar: the last one holds; a message: they
 * merge), a map is a list of messages with `key` and `value`, members of a oneof displace each other. That is the
 * caller's to do. protobuf: python/google/protobuf/text_format.py, _Parser.
 */
import { ValueError } from '../util/errors'
import { parseBoolean, parseFloat64, parseInteger, pythonInteger } from './text-numbers'
import { ParseError, TextTokenizer } from './text-tokenizer'

/** The fields of a message, as far as its text needs them. */
export interface TextMessageType {
  /** "tensorflow.CheckpointState" */
  readonly fullName: string
  /** By the name in the schema, "model_checkpoint_path". */
  field(name: string): TextFieldType | undefined
  /** Of google.protobuf.Any alone: the type of that full name. Its presence lets "[url/type] { }" in. */
  anyType?(fullName: string): TextMessageType | undefined
}

/** sint and fixed fields are int and uint here. */
export type TextScalarKind = 'double' | 'float' | 'int32' | 'int64' | 'uint32' | 'uint64' | 'bool' | 'string' | 'bytes'

/** A field of a message. Extensions and groups are not there: TensorFlow's schemas have none. */
export type TextFieldType = { readonly name: string; readonly repeated: boolean } & (
  | { readonly kind: TextScalarKind }
  | { readonly kind: 'enum'; readonly enumType: TextEnumType }
  | { readonly kind: 'message'; readonly messageType: TextMessageType }
)

/** An open enum, as all of proto3: any int32 is a value. */
export interface TextEnumType {
  readonly fullName: string
  /** The number of a name. */
  numberOf(name: string): number | undefined
}

/** string; bytes; double, float, int32, uint32, enum; int64, uint64; bool; message. Floats are rounded to float32. */
export type TextValue = string | Uint8Array | number | bigint | boolean | TextMessage

/** What stood in a message, in order. */
export interface TextMessage {
  readonly type: TextMessageType
  readonly entries: readonly TextEntry[]
}

/** A value, and the field it stood for. */
export interface TextFieldEntry {
  readonly field: TextFieldType
  readonly value: TextValue
}

/** "[<typeUrl>] { <message> }" in a google.protobuf.Any: it sets `type_url` and `value`. */
export interface TextAnyEntry {
  readonly field?: undefined
  readonly typeUrl: string
  readonly message: TextMessage
}

/** Told apart by `field`. Any entries come up in messages whose type has `anyType`, in no others. */
export type TextEntry = TextFieldEntry | TextAnyEntry

/** Whether an entry stands for a field of its message: always, but in a google.protobuf.Any. */
export function isFieldEntry(entry: TextEntry): entry is TextFieldEntry {
  return entry.field !== undefined
}

/** Deepest nesting: three times what Python's own stack allows, ten times what the binary format allows. */
export const MAX_TEXT_DEPTH = 1000

/** @throws {ParseError} in Python's words, with line and column. */
export function parseTextMessage(text: string, type: TextMessageType): TextMessage {
  const tokenizer = new TextTokenizer(text)
  const message = newMessage(type)
  while (!tokenizer.atEnd) readField(tokenizer, message, 1)
  return message
}

interface OpenMessage {
  readonly type: TextMessageType
  readonly entries: TextEntry[]
}

function newMessage(type: TextMessageType): OpenMessage {
  return { type, entries: [] }
}

function readField(tokenizer: TextTokenizer, message: OpenMessage, depth: number): void {
  if (message.type.anyType !== undefined && tokenizer.tryConsume('[')) readAny(tokenizer, message, depth)
  else {
    const field = readName(tokenizer, message.type)
    if (field.kind === 'message') tokenizer.tryConsume(':')
    else tokenizer.consume(':')
    const add = (): unknown => message.entries.push({ field, value: readValue(tokenizer, field, depth) })
    if (field.repeated && tokenizer.tryConsume('[')) readList(tokenizer, add)
    else add()
  }
  if (!tokenizer.tryConsume(',')) tokenizer.tryConsume(';')
}

function readName(tokenizer: TextTokenizer, type: TextMessageType): TextFieldType {
  if (tokenizer.tryConsume('[')) refuseExtension(tokenizer, type)
  const name = tokenizer.consumeIdentifierOrNumber()
  const field = type.field(name)
  if (field === undefined) {
    throw tokenizer.errorAtPrevious(`Message type "${type.fullName}" has no field named "${name}".`)
  }
  return field
}

function refuseExtension(tokenizer: TextTokenizer, type: TextMessageType): never {
  do tokenizer.consumeIdentifier()
  while (tokenizer.tryConsume('.'))
  throw tokenizer.errorAtPrevious(`Message type "${type.fullName}" does not have extensions.`)
}

/** Behind the opening bracket, up to and with the closing one. */
function readList(tokenizer: TextTokenizer, readElement: () => void): void {
  if (tokenizer.tryConsume(']')) return
  for (;;) {
    readElement()
    if (tokenizer.tryConsume(']')) return
    tokenizer.consume(',')
  }
}

function readBody(tokenizer: TextTokenizer, type: TextMessageType, depth: number): TextMessage {
  const end = readOpening(tokenizer)
  return readMembers(tokenizer, type, end, depth + 1)
}

/** The bracket that will close what is opened. */
function readOpening(tokenizer: TextTokenizer): string {
  if (tokenizer.tryConsume('<')) return '>'
  tokenizer.consume('{')
  return '}'
}

function readMembers(tokenizer: TextTokenizer, type: TextMessageType, end: string, depth: number): TextMessage {
  if (depth > MAX_TEXT_DEPTH) throw new ParseError(`Message too deep. Max recursion depth is ${MAX_TEXT_DEPTH}`)
  const message = newMessage(type)
  while (!tokenizer.tryConsume(end)) {
    if (tokenizer.atEnd) throw tokenizer.errorAtPrevious(`Expected "${end}".`)
    readField(tokenizer, message, depth)
  }
  return message
}

function readValue(tokenizer: TextTokenizer, field: TextFieldType, depth: number): TextValue {
  switch (field.kind) {
    case 'message':
      return readBody(tokenizer, field.messageType, depth)
    case 'enum':
      return tokenizer.consumeValue((token) => parseEnum(token, field.enumType))
    case 'string':
      return tokenizer.consumeString()
    case 'bytes':
      return tokenizer.consumeBytes()
    case 'bool':
      return tokenizer.consumeValue(parseBoolean)
    case 'double':
      return tokenizer.consumeValue(parseFloat64)
    case 'float':
      return Math.fround(tokenizer.consumeValue(parseFloat64))
    case 'int32':
      return Number(tokenizer.consumeValue((token) => parseInteger(token, -(1n << 31n), (1n << 31n) - 1n)))
    case 'uint32':
      return Number(tokenizer.consumeValue((token) => parseInteger(token, 0n, (1n << 32n) - 1n)))
    case 'int64':
      return tokenizer.consumeValue((token) => parseInteger(token, -(1n << 63n), (1n << 63n) - 1n))
    case 'uint64':
      return tokenizer.consumeValue((token) => parseInteger(token, 0n, (1n << 64n) - 1n))
  }
}

function parseEnum(token: string, type: TextEnumType): number {
  const number = pythonInteger(token)
  if (number !== undefined) return Number(parseInteger(token, -(1n << 31n), (1n << 31n) - 1n))
  const named = type.numberOf(token)
  if (named === undefined) throw new ValueError(`Enum type "${type.fullName}" has no value named ${token}.`)
  return named
}

/** Behind the opening bracket: "type.googleapis.com/tensorflow.NodeDef] { ... }". */
function readAny(tokenizer: TextTokenizer, message: OpenMessage, depth: number): void {
  const { prefix, fullName } = readTypeUrl(tokenizer)
  tokenizer.tryConsume(':')
  const end = readOpening(tokenizer)
  const type = message.type.anyType?.(fullName)
  if (type === undefined) throw new ParseError(`Type ${fullName} not found in descriptor pool`)
  const expanded = readMembers(tokenizer, type, end, depth + 1)
  message.entries.push({ typeUrl: `${prefix}/${fullName}`, message: expanded })
}

const URL_CHARACTERS = /^[0-9a-zA-Z\-.~_ !$&()*+,;=%]+$/
const TYPE_NAME = /^[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*)*$/u

function readTypeUrl(tokenizer: TextTokenizer): { prefix: string; fullName: string } {
  let url = ''
  for (;;) {
    const part = tokenizer.tryConsumeMatch(URL_CHARACTERS)
    if (part !== undefined) url += part
    else if (tokenizer.tryConsume('/')) url += '/'
    else break
  }
  tokenizer.consume(']')
  const slash = url.lastIndexOf('/')
  if (slash < 0) throw tokenizer.error('Type URL does not contain "/".')
  const [prefix, fullName] = [url.slice(0, slash), url.slice(slash + 1)]
  if (prefix === '') throw tokenizer.error('Type URL prefix is empty.')
  if (prefix.startsWith('/')) throw tokenizer.error('Type URL prefix starts with "/".')
  const bad = /%(?![\da-fA-F]{2}).{0,2}/.exec(prefix)
  if (bad !== null) throw tokenizer.error(`Invalid percent escape, got "${bad[0]}".`)
  if (!TYPE_NAME.test(fullName)) throw tokenizer.error(`Expected type name, got "${fullName}".`)
  return { prefix, fullName }
}
