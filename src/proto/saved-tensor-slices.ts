/**
 * The messages of a checkpoint of format V1, read and written by hand.
 *
 *     SavedTensorSlices    { meta: 1 SavedTensorSliceMeta, data: 2 SavedSlice }
 *     SavedTensorSliceMeta { tensor: 1 repeated SavedSliceMeta, versions: 2 VersionDef }
 *     SavedSliceMeta       { name: 1 string, shape: 2 TensorShapeProto, type: 3 enum, slice: 4 repeated TensorSliceProto }
 *     SavedSlice           { name: 1 string, slice: 2 TensorSliceProto, data: 3 TensorProto }
 *     TensorProto          { float_val: 5, double_val: 6, int_val: 7 int32, string_val: 8 bytes, scomplex_val: 9 float,
 *                            int64_val: 10, bool_val: 11, dcomplex_val: 12 double, half_val: 13 int32, uint32_val: 16,
 *                            uint64_val: 17 }, all repeated; of its other fields none is there
 *
 * Numbers are packed: a field's number once, the length in bytes, then the values back to back, each a varint, or 4 or 8 bytes
 * little-endian. Protocol buffers read numbers one by one too, and messages in pieces. A negative int32 takes ten bytes.
 * TensorFlow: core/util/saved_tensor_slice.proto, core/framework/tensor.proto; bundle-messages.ts has the messages within.
 */
import { bytesFromKey, keyFromBytes } from '../util/bytes'
import { ByteReader, ByteWriter, type Place } from '../util/coding'
import {
  decodeShape,
  decodeSlice,
  decodeVersion,
  encodeSlice,
  encodeVersion,
  type EntrySlice,
  type VersionDef,
  writeShape,
} from './bundle-messages'
import { fixed32Tag, fixed64Tag, lengthTag, readMessage, skipField, varintTag, writeBytes, writeVarint } from './wire'

/** What a file says of one tensor: numbers as they stand there, nothing is checked yet. */
export interface SavedSliceMeta {
  readonly name: string
  readonly shape: readonly number[]
  readonly unknownRank: boolean
  /** DataType in types.proto. */
  readonly dtype: number
  /** The parts of it that are in the file. */
  readonly slices: readonly EntrySlice[]
}

/** What a file holds. */
export interface SavedTensorSliceMeta {
  readonly tensors: readonly SavedSliceMeta[]
  readonly version: VersionDef
}

/** Whether a field of TensorProto has values of 4 or 8 bytes: float_val, double_val, scomplex_val, dcomplex_val. */
function isFixed(field: number): boolean {
  return ((0x1260 >> field) & 1) === 1
}

/** The elements of a record: numbers, complex ones as two; strings. */
export type SavedValues = NumberArray | Uint8Array[]

/** Arrays of numbers, without naming them: the dtype table is on a higher floor. */
export type NumberArray = ArrayBufferView<ArrayBuffer> & { readonly length: number; readonly BYTES_PER_ELEMENT: number }

/** The meta of SavedTensorSlices; undefined where there is none. */
export function decodeSavedMeta(bytes: Uint8Array, place?: Place): SavedTensorSliceMeta | undefined {
  const tensors: SavedSliceMeta[] = []
  const version = { producer: 0, minConsumer: 0, badConsumers: [] as number[] }
  let found = false
  eachField(new ByteReader(bytes, place), [1], (reader, tag) => {
    found = true
    if (tag === lengthTag(1)) tensors.push(decodeSliceMeta(readMessage(reader)))
    else if (tag === lengthTag(2)) decodeVersion(readMessage(reader), version)
    else skipField(reader, tag)
  })
  return found ? { tensors, version } : undefined
}

function decodeSliceMeta(reader: ByteReader): SavedSliceMeta {
  let name = ''
  const shape: number[] = []
  let unknownRank = false
  let dtype = 0
  const slices: EntrySlice[] = []
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === lengthTag(1)) name = keyFromBytes(reader.view(reader.varint32()))
    else if (tag === lengthTag(2)) unknownRank = decodeShape(reader, shape) || unknownRank
    else if (tag === varintTag(3)) dtype = reader.varint64()
    else if (tag === lengthTag(4)) slices.push(decodeSlice(readMessage(reader)))
    else skipField(reader, tag)
  }
  return { name, shape, unknownRank, dtype, slices }
}

/** Hands out the fields of the messages under `path`, a field's number for each level, in order. */
function eachField(
  message: ByteReader,
  [field, ...path]: readonly number[],
  visit: (reader: ByteReader, tag: number) => void,
): void {
  while (!message.done) {
    const tag = message.varint32()
    if (field === undefined) visit(message, tag)
    else if (tag === lengthTag(field)) eachField(readMessage(message), path, visit)
    else skipField(message, tag)
  }
}

/** SavedTensorSlices with a meta. */
export function encodeSavedMeta({ tensors, version }: SavedTensorSliceMeta): Uint8Array {
  const meta = new ByteWriter(4096)
  const tensor = new ByteWriter()
  for (const { name, shape, unknownRank, dtype, slices } of tensors) {
    tensor.clear()
    writeName(tensor, name)
    writeShape(tensor, shape, unknownRank)
    writeVarint(tensor, 3, dtype)
    for (const slice of slices) writeBytes(tensor, 4, encodeSlice(slice))
    writeBytes(meta, 1, tensor.view())
  }
  writeBytes(meta, 2, encodeVersion(version))
  const writer = new ByteWriter(meta.length + 16)
  writeBytes(writer, 1, meta.view())
  return writer.view()
}

/** A string of no bytes is left out. */
function writeName(writer: ByteWriter, name: string): void {
  if (name !== '') writeBytes(writer, 1, bytesFromKey(name))
}

/**
 * Reads the elements that a record, a SavedTensorSlices with data, has in a field of its TensorProto.
 *
 * @param target an array of just the items that the record should have; of strings, an empty one, which grows up to `count`
 * @param count how many items there should be
 * @throws {DataLossError} for another number of them, or for a number that the array cannot hold
 */
export function decodeSavedValues(
  bytes: Uint8Array,
  place: Place,
  field: number,
  target: SavedValues,
  count: number,
): void {
  const record = new ByteReader(bytes, place)
  const take = Array.isArray(target) ? takeString : isFixed(field) ? takeFixed : takeVarints
  let taken = 0
  eachField(record, [2, 3], (reader, tag) => {
    const isList = tag === lengthTag(field)
    const start = reader.position
    if (!isList) skipField(reader, tag)
    // One number by itself is all that was skipped.
    const values = isList ? readMessage(reader) : new ByteReader(bytes, place, start, reader.position)
    if (isList || tag === singleTag(field, target)) taken = take(values, taken, target as never, field)
    if (taken > count) throw reader.error(`more than the ${count} values that there should be`, start)
  })
  if (taken < count) throw record.error(`${taken} values, where there should be ${count}`, 0)
}

/** The tag of a number by itself; of strings there is no other way. */
function singleTag(field: number, target: SavedValues): number {
  if (Array.isArray(target)) return lengthTag(field)
  return isFixed(field) ? (target.BYTES_PER_ELEMENT === 4 ? fixed32Tag : fixed64Tag)(field) : varintTag(field)
}

/** Puts what is in `values` behind the first `taken` items; how many there are then, or would be. */
function takeString({ bytes, position, end }: ByteReader, _: number, target: Uint8Array[]): number {
  return target.push(bytes.subarray(position, end))
}

function takeFixed(values: ByteReader, taken: number, target: NumberArray): number {
  const { bytes, position, end } = values
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: size } = target
  const all = taken + (end - position) / size
  if (!Number.isInteger(all)) throw values.error(`${end - position} bytes of values of ${size} bytes`)
  if (all <= target.length) {
    new Uint8Array(buffer, byteOffset, byteLength).set(bytes.subarray(position, end), taken * size)
  }
  return all
}

/** bool_val: all that is not 0 is true. */
const BOOL = 11
/** Bytes that a varint has at most. */
const MAX_VARINT = 10

function takeVarints(values: ByteReader, taken: number, target: NumberArray, field: number): number {
  const wide = target.BYTES_PER_ELEMENT === 8
  const items = wordsOf(target)
  const { bytes, end } = values
  let at = values.position
  let index = taken
  // Millions of times: nothing is called in here.
  for (; at < end && index < target.length; index++) {
    let byte = bytes[at++] as number
    let low = byte & 0x7f
    let high = 0
    for (let shift = 7; byte > 0x7f; shift += 7) {
      if (at >= end || shift >= 7 * MAX_VARINT) throw values.error('a varint is cut off, or has more than 64 bits', at)
      byte = bytes[at++] as number
      if (shift < 32) low |= (byte & 0x7f) << shift
      if (shift > 24) high |= shift < 32 ? (byte & 0x7f) >> (32 - shift) : (byte & 0x7f) << (shift - 32)
    }
    if (field === BOOL && (low | high) !== 0) low = 1
    if (wide) {
      items[2 * index] = low
      items[2 * index + 1] = high
    } else {
      items[index] = low
      if (((items[index] as number) | 0) !== low) throw values.error(`a value of ${low} is beyond its dtype`, at)
    }
  }
  return at < end ? index + 1 : index
}

/** The items, or the lower and the upper words of those of 64 bits. */
function wordsOf(data: NumberArray): Int32Array {
  if (data.BYTES_PER_ELEMENT < 8) return data as Int32Array
  return new Int32Array(data.buffer, data.byteOffset, 2 * data.length)
}

/** Up to so many numbers are made varints at once. */
const PIECE = 1 << 16

/**
 * A record, in pieces: those of floats are views of `data`.
 *
 * @param field where in TensorProto the elements belong
 * @param data items as the dtype's array has them
 */
export function encodeSavedSlice(name: string, slice: EntrySlice, field: number, data: SavedValues): Uint8Array[] {
  const values = ArrayBuffer.isView(data) ? packedField(field, data) : data.flatMap((one) => withLength(field, [one]))
  return withLength(2, [encodeSliceHead(name, slice), ...withLength(3, values)])
}

/** A SavedSlice without its data. */
export function encodeSliceHead(name: string, slice: EntrySlice): Uint8Array {
  const head = new ByteWriter()
  writeName(head, name)
  writeBytes(head, 2, encodeSlice(slice))
  return head.view()
}

/** A field of bytes, a message or a packed list, in pieces. */
function withLength(field: number, pieces: readonly Uint8Array[]): Uint8Array[] {
  const head = new ByteWriter(16)
  head.varint64(lengthTag(field))
  head.varint64(pieces.reduce((sum, piece) => sum + piece.length, 0))
  return [head.view(), ...pieces]
}

function packedField(field: number, data: NumberArray): Uint8Array[] {
  if (data.length === 0) return []
  if (!isFixed(field)) return withLength(field, packedVarints(data))
  return withLength(field, [new Uint8Array(data.buffer, data.byteOffset, data.byteLength)])
}

function packedVarints(data: NumberArray): Uint8Array[] {
  const wide = data.BYTES_PER_ELEMENT === 8
  const items = wordsOf(data)
  const room = new Uint8Array(MAX_VARINT * Math.min(PIECE, data.length))
  const pieces: Uint8Array[] = []
  for (let from = 0; from < data.length; from += PIECE) {
    let at = 0
    for (let i = from; i < Math.min(from + PIECE, data.length); i++) {
      let low = items[wide ? 2 * i : i] as number
      // What is unsigned is not negative here either: no dtype of 32 bits is, that V1 has.
      let high = wide ? (items[2 * i + 1] as number) : low >> 31
      while (high !== 0 || low >>> 0 > 0x7f) {
        room[at++] = (low & 0x7f) | 0x80
        low = (low >>> 7) | (high << 25)
        high >>>= 7
      }
      room[at++] = low
    }
    pieces.push(room.slice(0, at))
  }
  return pieces
}
