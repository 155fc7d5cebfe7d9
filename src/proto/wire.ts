/**
 * Protocol buffers' wire format, as far as the messages need it that are read by hand.
 *
 *     <message> = field*
 *     <field>   = tag: varint32 (field number << 3 | wire type), value
 *     <value>   = 0: varint | 1: 8 bytes | 2: length: varint32, bytes | 3: field* up to a tag of type 4 | 5: 4 bytes
 *
 * A field of another number, or of another wire type than the schema's, is skipped, as protocol buffers do.
 * protobuf: docs, "Encoding".
 */
import { ByteReader, type ByteWriter } from '../util/coding'

const VARINT = 0
const FIXED64 = 1
const LENGTH = 2
const START_GROUP = 3
const END_GROUP = 4
const FIXED32 = 5

/** How deep groups may nest: protobuf's own limit for messages. */
const MAX_DEPTH = 100

/** The tag of a varint field. */
export function varintTag(field: number): number {
  return (field << 3) | VARINT
}

/** The tag of a field of bytes, text or a message. */
export function lengthTag(field: number): number {
  return (field << 3) | LENGTH
}

/** The tag of a fixed32 or float field. */
export function fixed32Tag(field: number): number {
  return (field << 3) | FIXED32
}

/** The tag of a fixed64 or double field. */
export function fixed64Tag(field: number): number {
  return (field << 3) | FIXED64
}

/** Reads over the value of a field that nobody asked for. @throws {DataLossError} for a tag that is none. */
export function skipField(reader: ByteReader, tag: number): void {
  /** The fields whose groups are open. */
  const groups: number[] = []
  for (let next = tag; ; next = reader.varint32()) {
    const field = next >>> 3
    const type = next & 7
    if (field === 0) throw reader.error(`a field has the tag ${next}`)
    if (type === START_GROUP) {
      if (groups.push(field) > MAX_DEPTH) throw reader.error(`groups nest deeper than ${MAX_DEPTH}`)
    } else if (type === END_GROUP) {
      if (groups.pop() !== field) throw reader.error(`a group of field ${field} ends that is not open`)
    } else skipValue(reader, type)
    if (groups.length === 0) return
  }
}

function skipValue(reader: ByteReader, type: number): void {
  if (type === VARINT) reader.skipVarint()
  else if (type === FIXED64) reader.skip(8)
  else if (type === FIXED32) reader.skip(4)
  else if (type === LENGTH) reader.skip(reader.varint32())
  else throw reader.error(`a field has the wire type ${type}`)
}

/** A reader of the message that follows; the outer reader goes on behind it. */
export function readMessage(reader: ByteReader): ByteReader {
  const length = reader.varint32()
  const start = reader.position
  reader.skip(length)
  return new ByteReader(reader.bytes, reader.place, start, reader.position)
}

/** A varint field; one that holds the default, 0, is left out as proto3 does. */
export function writeVarint(writer: ByteWriter, field: number, value: number): void {
  if (value === 0) return
  writer.varint64(varintTag(field))
  writer.varint64(value)
}

/** A fixed32 field; 0 is left out. */
export function writeFixed32(writer: ByteWriter, field: number, value: number): void {
  if (value === 0) return
  writer.varint64(fixed32Tag(field))
  writer.fixed32(value)
}

/** A field of bytes or a message, also when it is empty. */
export function writeBytes(writer: ByteWriter, field: number, bytes: Uint8Array): void {
  writer.varint64(lengthTag(field))
  writer.varint64(bytes.length)
  writer.append(bytes)
}
