/**
 * The messages' types: what fields they have, for text and for copies. protobufjs's static code cannot tell.
 *
 * It is read from gen/descriptors.ts, one message at a time, when somebody asks.
 */
import { google, tensorflow } from './gen/messages'
import { ENUMS, MESSAGES } from './gen/descriptors'
import type { MessageCodec } from './message-values'
import type { TextEnumType, TextMessageType, TextScalarKind } from './text-format'

/** A message, as whoever knows only its type sees it. */
export type AnyMessage = { [property: string]: unknown }

/** Of a message: its fields and the code for its bytes. */
export interface MessageType extends TextMessageType {
  /** "tensorflow.NodeDef"; of an entry of a map "tensorflow.NodeDef.AttrEntry". */
  readonly fullName: string
  /** In the order of their numbers. */
  readonly fields: readonly FieldType[]
  /** By the name in the schema, "tensor_shape". */
  field(name: string): FieldType | undefined
  /** By the name of the property, "tensorShape". */
  property(name: string): FieldType | undefined
  anyType?(fullName: string): MessageType | undefined
  /** A new one with nothing set. */
  create(): AnyMessage
  /** The code for its bytes. @throws {Error} for entries of maps: they have none */
  codec(): MessageCodec<AnyMessage>
}

/** How a value lies in the bytes. */
export type WireType = 0 | 1 | 2 | 5

interface FieldBase {
  readonly number: number
  /** Of one value on the wire: 0 varint, 1 eight bytes, 2 bytes behind their number, 5 four bytes. */
  readonly wireType: WireType
  /** In the schema, "tensor_shape". */
  readonly name: string
  /** Of a message object, "tensorShape". */
  readonly property: string
  /** Lists and maps. */
  readonly repeated: boolean
  /** Whether "not set" differs from the default: messages, members of a oneof, proto2's fields. */
  readonly hasPresence: boolean
  /** The oneof of which it is a member. */
  readonly oneof: string | undefined
}

export interface ScalarField extends FieldBase {
  readonly kind: TextScalarKind
  /** Of a string of proto2: it may be any bytes, byte 0x80 + n that is no UTF-8 is U+DC80 + n. */
  readonly isLoose: boolean
}

export interface EnumField extends FieldBase {
  readonly kind: 'enum'
  readonly enumType: EnumType
}

export interface MessageField extends FieldBase {
  readonly kind: 'message'
  /** Of a map: its entries, with the fields `key` and `value`. */
  readonly messageType: MessageType
  readonly isMap: boolean
}

export type FieldType = ScalarField | EnumField | MessageField

export interface EnumType extends TextEnumType {
  /** The name of a number, the first where there are several; undefined for a number that has none. */
  nameOf(number: number): string | undefined
}

/** @throws {Error} for a name that proto/ has not: a fault of the caller. */
export function messageType(fullName: string): MessageType {
  const type = findMessageType(fullName)
  if (type === undefined) throw new Error(`no message ${fullName} in proto/`)
  return type
}

/** The type of a full name, "tensorflow.GraphDef"; undefined where proto/ has none. */
export function findMessageType(fullName: string): MessageType | undefined {
  const known = types.get(fullName)
  const text = MESSAGES.get(fullName)
  if (known !== undefined || text === undefined) return known
  const type = newMessageType(fullName, text)
  types.set(fullName, type)
  return type
}

/** The full names of all messages of proto/. */
export function messageTypeNames(): readonly string[] {
  return [...MESSAGES.keys()]
}

/** The code for the bytes of a message. @throws {Error} as `messageType` does */
export function messageCodec(fullName: string): MessageCodec<AnyMessage> {
  let at: unknown = { google, tensorflow }
  for (const part of fullName.split('.')) at = (at as AnyMessage | undefined)?.[part]
  if (typeof at !== 'function') throw new Error(`no message ${fullName} in proto/`)
  return at as unknown as MessageCodec<AnyMessage>
}

const types = new Map<string, MessageType>()
const enums = new Map<string, EnumType>()

const ANY = 'google.protobuf.Any'

function newMessageType(fullName: string, text: string): MessageType {
  const fields = text === '' ? [] : text.split('|').map((row) => parseField(row, fullName))
  const Codec = messageCodec(fullName)
  const type = typeOf(
    fullName,
    fields,
    () => new Codec(),
    () => Codec,
  )
  return fullName === ANY ? { ...type, anyType: findMessageType } : type
}

/** Of the entries of a map: they are plain objects, and the code of their message reads and writes them. */
function entryType(fullName: string, fields: readonly FieldType[]): MessageType {
  return typeOf(
    fullName,
    fields,
    () => ({}),
    () => messageCodec(fullName),
  )
}

function typeOf(
  fullName: string,
  fields: readonly FieldType[],
  create: () => AnyMessage,
  codec: () => MessageCodec<AnyMessage>,
): MessageType {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const byProperty = new Map(fields.map((field) => [field.property, field]))
  return {
    fullName,
    fields,
    field: (name) => byName.get(name),
    property: (name) => byProperty.get(name),
    create,
    codec,
  }
}

const ROW = /^(\d+) (\w+) (?:<(\w+),([\w.]+)>|([\w.]+)(\*?))(\??)(\w*)$/

function parseField(row: string, fullName: string): FieldType {
  const match = ROW.exec(row)
  if (match === null) throw new Error(`${fullName}: no field: ${row}`)
  const [, number, name = '', key, value = '', type = value, star, presence, oneof = ''] = match
  const base: FieldBase = {
    number: Number(number),
    wireType: key === undefined ? wireTypeOf(type) : 2,
    name,
    property: propertyOf(name),
    repeated: key !== undefined || star === '*',
    hasPresence: presence === '?',
    oneof: oneof === '' ? undefined : oneof,
  }
  return key === undefined ? withType(base, type) : mapField(base, key, value, fullName)
}

function withType(base: FieldBase, type: string): FieldType {
  const kind = SCALARS.get(type)
  if (kind !== undefined) return { ...base, kind, isLoose: type === LOOSE_STRING }
  if (ENUMS.has(type)) return { ...base, kind: 'enum', enumType: enumType(type) }
  return messageField(base, false, () => messageType(type))
}

/** Types may hold themselves: the field's is looked up when it is asked for. */
function messageField(base: FieldBase, isMap: boolean, find: () => MessageType): MessageField {
  let found: MessageType | undefined
  return {
    ...base,
    kind: 'message',
    isMap,
    get messageType() {
      found ??= find()
      return found
    },
  }
}

function mapField(base: FieldBase, key: string, value: string, fullName: string): MessageField {
  return messageField(base, true, () => {
    const field = (number: number, name: string, type: string): FieldType =>
      withType(
        {
          number,
          wireType: wireTypeOf(type),
          name,
          property: name,
          repeated: false,
          hasPresence: base.hasPresence || MESSAGES.has(type),
          oneof: undefined,
        },
        type,
      )
    return entryType(`${fullName}.${entryNameOf(base.name)}`, [field(1, 'key', key), field(2, 'value', value)])
  })
}

/** "collection_def" gives "CollectionDefEntry", as protoc names it. */
function entryNameOf(name: string): string {
  return `${name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Entry`
}

/** As protobufjs names properties; scripts/generate-proto.mjs checks that it does. */
function propertyOf(name: string): string {
  return name.replace(/(?<=.)_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function enumType(fullName: string): EnumType {
  const known = enums.get(fullName)
  if (known !== undefined) return known
  const pairs = (ENUMS.get(fullName) ?? '').split('|').map((pair) => pair.split('=') as [string, string])
  const numbers = new Map(pairs.map(([name, number]) => [name, Number(number)]))
  // Aliases stand behind the name that is printed.
  const names = new Map(pairs.reverse().map(([name, number]) => [Number(number), name]))
  const type: EnumType = { fullName, numberOf: (name) => numbers.get(name), nameOf: (number) => names.get(number) }
  enums.set(fullName, type)
  return type
}

function wireTypeOf(type: string): WireType {
  if (MESSAGES.has(type) || type === 'string' || type === LOOSE_STRING || type === 'bytes') return 2
  if (type === 'double' || type.endsWith('fixed64')) return 1
  return type === 'float' || type.endsWith('fixed32') ? 5 : 0
}

/** As descriptors.ts calls the strings of proto2. */
const LOOSE_STRING = 'string2'

/** protobuf's names of the scalars, as text and copies tell them apart. */
const SCALARS: ReadonlyMap<string, TextScalarKind> = new Map<string, TextScalarKind>([
  ['double', 'double'],
  ['float', 'float'],
  ['int32', 'int32'],
  ['sint32', 'int32'],
  ['sfixed32', 'int32'],
  ['int64', 'int64'],
  ['sint64', 'int64'],
  ['sfixed64', 'int64'],
  ['uint32', 'uint32'],
  ['fixed32', 'uint32'],
  ['uint64', 'uint64'],
  ['fixed64', 'uint64'],
  ['bool', 'bool'],
  ['string', 'string'],
  [LOOSE_STRING, 'string'],
  ['bytes', 'bytes'],
])
