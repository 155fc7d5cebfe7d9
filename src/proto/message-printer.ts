/**
 * Messages as the text that Python's text_format.MessageToString gives.
 *
 *     <message> = <field>*                                     in the order of the fields' numbers
 *     <field>   = indent name ': ' scalar LF                   one for every element of a list
 *               | indent name ' {' LF <message> indent '}' LF  two blanks deeper
 *               | indent '[' url ']' ' {' ...                  a google.protobuf.Any whose type is known
 *     a map is a list of messages with `key` and `value`, by key, neither of which is written where it is the default
 *
 * Fields that the schema does not know are not printed. protobuf 7: python/google/protobuf/text_format.py, _Printer.
 */
import { InvalidArgumentError, ValueError } from '../util/errors'
import { bytesFromKey, isBytes } from '../util/bytes'
import { type AnyMessage, type FieldType, findMessageType, type MessageField, type MessageType } from './message-type'
import { type LongLike, sortedKeys, sortedNumericKeys, toLong } from './message-values'
import { decodeMessage } from './messages'
import { MAX_TEXT_DEPTH } from './text-format'
import { formatDouble, formatFloat, quoteBytes, quoteText } from './text-printer'

/** The longest string of V8, in characters; JavaScript's other engines allow more. */
const MAX_TEXT_LENGTH = 2 ** 29 - 24

/** How many pieces are joined at a time. */
const MOST_PIECES = 1 << 14

/** Gathers the text of one message. */
export class MessagePrinter {
  readonly #chunks: string[] = []
  #pieces: string[] = []
  #length = 0

  /** @param maxLength the most characters that the text may have */
  constructor(readonly maxLength: number = MAX_TEXT_LENGTH) {}

  /** All of it. @throws {ValueError} where it is longer than a string can be */
  finish(): string {
    this.#join()
    return this.#chunks.join('')
  }

  /**
   * Writes the fields of a message, `depth` levels in.
   *
   * @throws {TypeError} for a value that is not of its field's type
   * @throws {InvalidArgumentError} for one that nests too deep, as cyclic ones do
   */
  print(type: MessageType, message: AnyMessage, depth: number): void {
    if (depth > MAX_TEXT_DEPTH)
      throw new InvalidArgumentError(`Message too deep. Max recursion depth is ${MAX_TEXT_DEPTH}`)
    if (typeof message !== 'object' || message === null) throw new TypeError(`no message: ${String(message)}`)
    if (type.anyType !== undefined && this.#printAny(message, depth)) return
    for (const field of type.fields) {
      if (!Object.hasOwn(message, field.property)) continue
      const value = message[field.property]
      if (value === undefined || value === null) continue
      if (field.kind === 'message' && field.isMap) this.#printMap(field, value, depth)
      else if (field.repeated) this.#printList(field, value, depth)
      else if (field.kind === 'message') this.#printMessage(field, value, depth)
      else if (field.hasPresence || !isDefault(value)) this.#writeScalar(field, value, depth)
    }
  }

  #printList(field: FieldType, value: unknown, depth: number): void {
    if (!Array.isArray(value)) throw new TypeError(`no array: ${String(value)}`)
    if (field.kind === 'message') for (const element of value) this.#printMessage(field, element, depth)
    else for (const element of value) this.#writeScalar(field, element, depth)
  }

  #printMessage(field: MessageField, value: unknown, depth: number): void {
    this.#write(startOf(field, depth))
    this.print(field.messageType, value as AnyMessage, depth + 1)
    this.#write(endOf(depth))
  }

  #printMap(field: MessageField, value: unknown, depth: number): void {
    const [key, member] = field.messageType.fields as readonly [FieldType, FieldType]
    const map = value as AnyMessage
    const defaultKey = key.kind === 'string' ? '' : '0'
    for (const name of key.kind === 'string' ? sortedKeys(map) : sortedNumericKeys(map)) {
      this.#write(startOf(field, depth))
      if (key.hasPresence || name !== defaultKey) this.#writeKey(key, name, depth + 1)
      if (member.kind === 'message') this.#printMessage(member, map[name], depth + 1)
      else if (member.hasPresence || !isDefault(map[name])) this.#writeScalar(member, map[name], depth + 1)
      this.#write(endOf(depth))
    }
  }

  /** The text of an integer is the property's name itself. */
  #writeKey(key: FieldType, name: string, depth: number): void {
    if (key.kind === 'string') this.#writeScalar(key, name, depth)
    else this.#write(`${startOf(key, depth)}${name}\n`)
  }

  /** Whether it was printed as what it holds. */
  #printAny(message: AnyMessage, depth: number): boolean {
    const { typeUrl, value } = message
    if (typeof typeUrl !== 'string' || !typeUrl.includes('/')) return false
    const fullName = typeUrl.slice(typeUrl.lastIndexOf('/') + 1)
    const type = findMessageType(fullName)
    if (type === undefined) return false
    const held = isBytes(value) ? decodeMessage(type.codec(), value, fullName) : type.create()
    const indent = indentOf(depth)
    this.#write(`${indent}[${typeUrl}] {\n`)
    this.print(type, held, depth + 1)
    this.#write(`${indent}}\n`)
    return true
  }

  /** "name: value" on a line. */
  #writeScalar(field: FieldType, value: unknown, depth: number): void {
    this.#pieces.push(startOf(field, depth), scalarText(field, value), '\n')
    if (this.#pieces.length > MOST_PIECES) this.#join()
  }

  #write(line: string): void {
    this.#pieces.push(line)
  }

  #join(): void {
    const chunk = this.#pieces.join('')
    this.#pieces = []
    this.#length += chunk.length
    if (this.#length > this.maxLength) throw tooLong(this.maxLength)
    this.#chunks.push(chunk)
  }
}

function tooLong(maxLength: number): ValueError {
  return new ValueError(`The text of this message is longer than ${maxLength} characters: write it in binary`)
}

/** By depth: the blanks, and a line that ends a message. */
const indents: string[] = []
const ends: string[] = []

/** By field and depth: how its line begins. */
const starts = new WeakMap<FieldType, string[]>()

function indentOf(depth: number): string {
  return (indents[depth] ??= '  '.repeat(depth))
}

function endOf(depth: number): string {
  return (ends[depth] ??= `${indentOf(depth)}}\n`)
}

function startOf(field: FieldType, depth: number): string {
  const known = starts.get(field) ?? []
  if (known.length === 0) starts.set(field, known)
  return (known[depth] ??= `${indentOf(depth)}${field.name}${field.kind === 'message' ? ' {\n' : ': '}`)
}

/** Whether the value of a field that does not tell "not set" is not printed. */
function isDefault(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      return Object.is(value, 0)
    case 'object':
      return isBytes(value) ? value.length === 0 : toLong(value as LongLike).isZero()
    default:
      return value === '' || value === false || value === 0n
  }
}

function scalarText(field: FieldType, value: unknown): string {
  switch (field.kind) {
    case 'string':
      return typeof value === 'string' ? stringText(field.isLoose, value) : refuse('a string', value)
    case 'bytes':
      return isBytes(value) ? quoteBytes(value) : refuse('a Uint8Array', value)
    case 'double':
      return typeof value === 'number' ? formatDouble(value) : refuse('a number', value)
    case 'float':
      return typeof value === 'number' ? formatFloat(value) : refuse('a number', value)
    case 'bool':
      return typeof value === 'boolean' ? String(value) : refuse('a boolean', value)
    case 'int64':
      return longText(value as LongLike, false)
    case 'uint64':
      return longText(value as LongLike, true)
    case 'enum':
      return field.enumType.nameOf(value as number) ?? integerText(value)
    default:
      return integerText(value)
  }
}

function integerText(value: unknown): string {
  return Number.isInteger(value) ? String(value) : refuse('an integer', value)
}

function longText(value: LongLike, unsigned: boolean): string {
  const long = toLong(value)
  if (long.high === 0 && long.low >= 0) return String(long.low)
  return (unsigned ? long.toUnsigned() : long.toSigned()).toString()
}

/** Where a string of proto2 is no UTF-8, Python has bytes. */
function stringText(isLoose: boolean, text: string): string {
  return isLoose && /\p{Surrogate}/u.test(text) ? quoteBytes(bytesFromKey(text)) : quoteText(text)
}

function refuse(what: string, value: unknown): never {
  throw new TypeError(`not ${what}: ${String(value)}`)
}
