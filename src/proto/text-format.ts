/**
 * Protobuf text, read as Python's text_format reads it, against a message type that the caller describes.
 *
 *     <message> = <field>*
 *     <field>   = <name> ':' ( <scalar> | '[' (<scalar> (',' <scalar>)*)? ']' ) <end>
 *               | <name> ':'? ( <body> | '[' (<body> (',' <body>)*)? ']' ) <end>         lists for repeated fields alone
 *               | '[' <url> '/' <type> ']' ':'? <body> <end>                             in a google.protobuf.Any alone
 *     <body>    = '{' <message> '}' | '<' <message> '>'
 *     <end>     = ',' | ';' | nothing
 *
 * The type is asked while the text is read, and what is read goes to a target at once, since Python's errors come in that
 * order. protobuf: python/google/protobuf/text_format.py, _Parser.
 */
import { ParseError } from './parse-error'
import { TextTokenizer } from './text-tokenizer'
import { parseScalar, type TextScalar } from './text-scalar'
import { readTypeUrl } from './text-type-url'

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

/** A field whose values are no messages. */
export type TextScalarField = { readonly name: string; readonly repeated: boolean } & (
  { readonly kind: TextScalarKind } | { readonly kind: 'enum'; readonly enumType: TextEnumType }
)

/** A field whose values are messages. A map is a list of such, with the fields `key` and `value`. */
export interface TextMessageField {
  readonly name: string
  readonly repeated: boolean
  readonly kind: 'message'
  readonly messageType: TextMessageType
}

/** A field of a message. Extensions and groups are not there: TensorFlow's schemas have none. */
export type TextFieldType = TextScalarField | TextMessageField

/** An open enum, as all of proto3: any int32 is a value. */
export interface TextEnumType {
  readonly fullName: string
  /** The number of a name. */
  numberOf(name: string): number | undefined
}

/** A sentence that says why something may not stand here; undefined where it may. */
export type Refusal = string | undefined

/**
 * What becomes of what is read, in messages of the kind `M`. A refusal is an error at the place behind which it comes: the
 * field's name, the opening bracket, the value.
 */
export interface TextTarget<M extends object> {
  /** Before the value of a field. */
  begin(message: M, type: TextMessageType, field: TextFieldType): Refusal
  /** The message that the fields up to the closing bracket belong to. */
  open(message: M, type: TextMessageType, field: TextMessageField): M | string
  close(message: M, field: TextMessageField, inner: M): void
  add(message: M, type: TextMessageType, field: TextScalarField, value: TextScalar): Refusal
  /** "[<typeUrl>] { <message> }" in a google.protobuf.Any: it sets `type_url` and `value`. */
  openAny(type: TextMessageType): M
  closeAny(message: M, typeUrl: string, type: TextMessageType, inner: M): void
}

/** Deepest nesting: three times what Python's own stack allows, ten times what the binary format allows. */
export const MAX_TEXT_DEPTH = 1000

/** Reads all of `text` into `message`. @throws {ParseError} in Python's words, with line and column. */
export function parseText<M extends object>(
  text: string,
  message: M,
  type: TextMessageType,
  target: TextTarget<M>,
): void {
  const parser = new TextParser(new TextTokenizer(text), target)
  parser.readAll(message, type)
}

class TextParser<M extends object> {
  constructor(
    readonly tokenizer: TextTokenizer,
    readonly target: TextTarget<M>,
  ) {}

  readAll(message: M, type: TextMessageType): void {
    while (!this.tokenizer.atEnd) this.#readField(message, type, 1)
  }

  #readField(message: M, type: TextMessageType, depth: number): void {
    const { tokenizer } = this
    if (type.anyType !== undefined && tokenizer.tryConsume('[')) this.#readAny(message, type, depth)
    else {
      const field = this.#readName(type)
      this.#refuse(this.target.begin(message, type, field))
      if (field.kind === 'message') tokenizer.tryConsume(':')
      else tokenizer.consume(':')
      if (field.repeated && tokenizer.tryConsume('[')) this.#readList(message, type, field, depth)
      else this.#readValue(message, type, field, depth)
    }
    if (!tokenizer.tryConsume(',')) tokenizer.tryConsume(';')
  }

  #readName(type: TextMessageType): TextFieldType {
    const { tokenizer } = this
    if (tokenizer.tryConsume('[')) this.#refuseExtension(type)
    const name = tokenizer.consumeIdentifierOrNumber()
    const field = type.field(name)
    if (field !== undefined) return field
    throw tokenizer.errorAtPrevious(`Message type "${type.fullName}" has no field named "${name}".`)
  }

  #refuseExtension(type: TextMessageType): never {
    do this.tokenizer.consumeIdentifier()
    while (this.tokenizer.tryConsume('.'))
    throw this.tokenizer.errorAtPrevious(`Message type "${type.fullName}" does not have extensions.`)
  }

  /** Behind the opening bracket, up to and with the closing one. */
  #readList(message: M, type: TextMessageType, field: TextFieldType, depth: number): void {
    if (this.tokenizer.tryConsume(']')) return
    for (;;) {
      this.#readValue(message, type, field, depth)
      if (this.tokenizer.tryConsume(']')) return
      this.tokenizer.consume(',')
    }
  }

  #readValue(message: M, type: TextMessageType, field: TextFieldType, depth: number): void {
    if (field.kind === 'message') this.#readMessage(message, type, field, depth)
    else this.#refuse(this.target.add(message, type, field, parseScalar(this.tokenizer, field)))
  }

  #readMessage(message: M, type: TextMessageType, field: TextMessageField, depth: number): void {
    const end = this.#readOpening()
    const inner = this.target.open(message, type, field)
    if (typeof inner === 'string') throw this.tokenizer.errorAtPrevious(inner)
    this.#readMembers(inner, field.messageType, end, depth + 1)
    this.target.close(message, field, inner)
  }

  /** The bracket that will close what is opened. */
  #readOpening(): string {
    if (this.tokenizer.tryConsume('<')) return '>'
    this.tokenizer.consume('{')
    return '}'
  }

  #readMembers(message: M, type: TextMessageType, end: string, depth: number): void {
    if (depth > MAX_TEXT_DEPTH) {
      throw this.tokenizer.errorAtPrevious(`Message too deep. Max recursion depth is ${MAX_TEXT_DEPTH}`)
    }
    while (!this.tokenizer.tryConsume(end)) {
      if (this.tokenizer.atEnd) throw this.tokenizer.errorAtPrevious(`Expected "${end}".`)
      this.#readField(message, type, depth)
    }
  }

  /** Behind the opening bracket: "type.googleapis.com/tensorflow.NodeDef] { ... }". */
  #readAny(message: M, anyType: TextMessageType, depth: number): void {
    const { prefix, fullName } = readTypeUrl(this.tokenizer)
    this.tokenizer.tryConsume(':')
    const end = this.#readOpening()
    const type = anyType.anyType?.(fullName)
    if (type === undefined) throw new ParseError(`Type ${fullName} not found in descriptor pool`)
    const inner = this.target.openAny(type)
    this.#readMembers(inner, type, end, depth + 1)
    this.target.closeAny(message, `${prefix}/${fullName}`, type, inner)
  }

  #refuse(refusal: Refusal): void {
    if (refusal !== undefined) throw this.tokenizer.errorAtPrevious(refusal)
  }
}
