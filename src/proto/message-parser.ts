/**
 * Messages from protobuf text: what a parser does with what it reads.
 *
 * Python has two ways. Parse refuses a field that comes twice, as far as that shows (a field that does not tell "not set" may
 * follow its default), and a second member of a oneof. Merge lets the last one win, and merges messages; TensorFlow reads
 * .pbtxt files so. protobuf: python/google/protobuf/text_format.py, _Parser.
 */
import { isBytes } from '../util/bytes'
import type { AnyMessage, EnumField, FieldType, MessageField, MessageType, ScalarField } from './message-type'
import { toLong } from './message-values'
import { encodeMessage } from './messages'
import type { Refusal, TextTarget } from './text-format'
import type { TextScalar } from './text-scalar'

/** Puts what is read into messages of the static code. The types and fields must be those of message-type.ts. */
export class MessageTarget implements TextTarget<AnyMessage> {
  constructor(readonly merges: boolean) {}

  begin(message: AnyMessage, type: MessageType, field: FieldType): Refusal {
    if (this.merges || field.oneof === undefined) return undefined
    const other = otherMember(message, type, field)
    if (other === undefined) return undefined
    return `Field "${field.name}" is specified along with field "${other.name}", another member of oneof "${field.oneof}" for message type "${type.fullName}".`
  }

  open(message: AnyMessage, type: MessageType, field: MessageField): AnyMessage | string {
    const { messageType } = field
    if (field.isMap) return messageType.create()
    if (field.repeated) return append(message, field, messageType.create())
    const known = ownValue(message, field)
    if (known !== undefined) return this.merges ? (known as AnyMessage) : multiple(type, field)
    return setMember(message, type, field, messageType.create())
  }

  close(message: AnyMessage, field: MessageField, inner: AnyMessage): void {
    if (!field.isMap) return
    const [key, value] = field.messageType.fields as readonly [FieldType, FieldType]
    const name = String(inner['key'] ?? (key.kind === 'string' ? '' : 0))
    setEntry(message[field.property] as AnyMessage, name, inner['value'] ?? defaultOf(value))
  }

  add(message: AnyMessage, type: MessageType, field: ScalarField | EnumField, value: TextScalar): Refusal {
    const isLong = typeof value === 'bigint' || field.kind === 'int64' || field.kind === 'uint64'
    const held = isLong ? longOf(value as number | bigint, field.kind === 'uint64') : value
    if (field.repeated) {
      append(message, field, held)
      return undefined
    }
    const known = ownValue(message, field)
    if (known !== undefined && !this.merges) return multiple(type, field)
    // As what is read from bytes: a default that does not tell "not set" is not there.
    if (field.hasPresence || !isDefault(value)) setMember(message, type, field, held)
    else delete message[field.property]
    return undefined
  }

  openAny(type: MessageType): AnyMessage {
    return type.create()
  }

  closeAny(message: AnyMessage, typeUrl: string, type: MessageType, inner: AnyMessage): void {
    message['typeUrl'] = typeUrl
    message['value'] = encodeMessage(type.codec(), inner, type.fullName)
  }
}

function multiple(type: MessageType, field: FieldType): string {
  return `Message type "${type.fullName}" should not have multiple "${field.name}" fields.`
}

/** What is set, null as undefined. */
function ownValue(message: AnyMessage, field: FieldType): unknown {
  return Object.hasOwn(message, field.property) ? (message[field.property] ?? undefined) : undefined
}

/** V8 gives a list that grows room for 17 elements: the first does not make it grow. */
function append<T>(message: AnyMessage, field: FieldType, value: T): T {
  const list = Object.hasOwn(message, field.property) ? (message[field.property] as unknown[]) : []
  if (list.length === 0) message[field.property] = [value]
  else list.push(value)
  return value
}

/** The member of the field's oneof that is set, if that is another one. */
function otherMember(message: AnyMessage, type: MessageType, field: FieldType): FieldType | undefined {
  return type.fields.find(
    (other) => other.oneof === field.oneof && other !== field && ownValue(message, other) !== undefined,
  )
}

function setMember<T>(message: AnyMessage, type: MessageType, field: FieldType, value: T): T {
  const other = field.oneof === undefined ? undefined : otherMember(message, type, field)
  if (other !== undefined) delete message[other.property]
  message[field.property] = value
  return value
}

/** `__proto__` is a key like others. */
function setEntry(map: AnyMessage, key: string, value: unknown): void {
  if (key !== '__proto__') map[key] = value
  else Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
}

function longOf(value: number | bigint, unsigned: boolean): unknown {
  const long = toLong(value)
  return unsigned ? long.toUnsigned() : long
}

function isDefault(value: TextScalar): boolean {
  if (typeof value === 'number') return Object.is(value, 0)
  if (isBytes(value)) return value.length === 0
  return value === '' || value === false || value === 0n
}

/** Of a map's entry without a value. */
function defaultOf(field: FieldType): unknown {
  switch (field.kind) {
    case 'message':
      return field.messageType.create()
    case 'string':
      return ''
    case 'bytes':
      return new Uint8Array(0)
    case 'bool':
      return false
    case 'int64':
    case 'uint64':
      return longOf(0, field.kind === 'uint64')
    default:
      return 0
  }
}
