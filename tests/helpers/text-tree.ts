/**
 * Protobuf text as a tree of what stood there, in order, as Python's text_format.Merge takes it.
 *
 * A singular field may appear more than once (a scalar: the last one holds; a message: they merge), a map is a list of
 * messages with `key` and `value`, members of a oneof displace each other. That is the caller's to do.
 */
import { parseText, type TextFieldType, type TextMessageType, type TextTarget } from '../../src/proto/text-format'

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

/** @throws {ParseError} in Python's words, with line and column. */
export function parseTextMessage(text: string, type: TextMessageType): TextMessage {
  const message: OpenMessage = { type, entries: [] }
  parseText(text, message, type, TREE)
  return message
}

interface OpenMessage {
  readonly type: TextMessageType
  readonly entries: TextEntry[]
}

/** Nothing is refused: that is what Merge does. */
const TREE: TextTarget<OpenMessage> = {
  begin: () => undefined,
  open: (_message, _type, field) => ({ type: field.messageType, entries: [] }),
  close: (message, field, value) => void message.entries.push({ field, value }),
  add(message, _type, field, value) {
    const isLong = field.kind === 'int64' || field.kind === 'uint64'
    message.entries.push({ field, value: isLong && typeof value === 'number' ? BigInt(value) : value })
    return undefined
  },
  openAny: (type) => ({ type, entries: [] }),
  closeAny: (message, typeUrl, _type, inner) => void message.entries.push({ typeUrl, message: inner }),
}
