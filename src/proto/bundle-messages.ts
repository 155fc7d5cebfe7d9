/**
 * The two messages of a tensor bundle's index, read and written by hand.
 *
 *     BundleHeaderProto { num_shards: 1 int32, endianness: 2 enum (LITTLE 0, BIG 1), version: 3 VersionDef }
 *     VersionDef        { producer: 1 int32, min_consumer: 2 int32, bad_consumers: 3 repeated int32 }
 *     BundleEntryProto  { dtype: 1 enum, shape: 2 TensorShapeProto, shard_id: 3 int32, offset: 4 int64, size: 5 int64,
 *                         crc32c: 6 fixed32, slices: 7 repeated TensorSliceProto }
 *     TensorShapeProto  { dim: 2 repeated { size: 1 int64, name: 2 string }, unknown_rank: 3 bool }
 *     TensorSliceProto  { extent: 1 repeated { start: 1 int64, length: 2 int64 } }
 *
 * Fields that hold 0 are left out, but for the shape, which is always there, and a slice's length.
 * TensorFlow: core/protobuf/tensor_bundle.proto, core/framework/tensor_shape.proto, tensor_slice.proto, versions.proto.
 */
import { ByteReader, ByteWriter, type Place, varintLength } from '../util/coding'
import { fixed32Tag, lengthTag, readMessage, skipField, varintTag, writeBytes, writeFixed32, writeVarint } from './wire'

/** What the entry under the empty key says of the whole bundle. */
export interface BundleHeader {
  readonly numShards: number
  readonly bigEndian: boolean
  readonly version: VersionDef
}

export interface VersionDef {
  readonly producer: number
  readonly minConsumer: number
  readonly badConsumers: readonly number[]
}

/** One part of a sliced tensor: [start, length] per dimension, undefined for all of it. */
export type EntrySlice = readonly (readonly [start: number, length: number] | undefined)[]

/** Where a tensor lies, and what it is. Numbers as they stand in the file: nothing is checked yet. */
export interface BundleEntry {
  /** DataType in types.proto. */
  readonly dtype: number
  /** Sizes, -1 for unknown ones. */
  readonly shape: readonly number[]
  readonly unknownRank: boolean
  readonly shardId: number
  readonly offset: number
  readonly size: number
  /** Masked. */
  readonly crc32c: number
  /** The parts of a sliced tensor; empty for a plain one. */
  readonly slices: readonly EntrySlice[]
}

/** An entry while it is read. */
export type RawBundleEntry = { -readonly [F in keyof BundleEntry]: BundleEntry[F] } & { readonly shape: number[] }

export function decodeBundleHeader(bytes: Uint8Array, place?: Place): BundleHeader {
  const reader = new ByteReader(bytes, place)
  let numShards = 0
  let endianness = 0
  const version = { producer: 0, minConsumer: 0, badConsumers: [] as number[] }
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === varintTag(1)) numShards = reader.varint64()
    else if (tag === varintTag(2)) endianness = reader.varint64()
    else if (tag === lengthTag(3)) decodeVersion(readMessage(reader), version)
    else skipField(reader, tag)
  }
  return { numShards, bigEndian: endianness === 1, version }
}

export function encodeBundleHeader(header: BundleHeader): Uint8Array {
  const writer = new ByteWriter()
  writeVarint(writer, 1, header.numShards)
  writeVarint(writer, 2, header.bigEndian ? 1 : 0)
  writeBytes(writer, 3, encodeVersion(header.version))
  return writer.take()
}

/** A VersionDef. */
export function encodeVersion({ producer, minConsumer, badConsumers }: VersionDef): Uint8Array {
  const version = new ByteWriter()
  writeVarint(version, 1, producer)
  writeVarint(version, 2, minConsumer)
  if (badConsumers.length > 0) writeBytes(version, 3, packed(badConsumers))
  return version.view()
}

/** Merges what the message holds into `version`: it may come in pieces, and the work is that of all pieces together. */
export function decodeVersion(
  reader: ByteReader,
  version: { producer: number; minConsumer: number; readonly badConsumers: number[] },
): void {
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === varintTag(1)) version.producer = reader.varint64()
    else if (tag === varintTag(2)) version.minConsumer = reader.varint64()
    else if (tag === varintTag(3)) version.badConsumers.push(reader.varint64())
    else if (tag === lengthTag(3)) {
      for (const list = readMessage(reader); !list.done;) version.badConsumers.push(list.varint64())
    } else skipField(reader, tag)
  }
}

function packed(values: readonly number[]): Uint8Array {
  const writer = new ByteWriter()
  for (const value of values) writer.varint64(value)
  return writer.view()
}

/** The numbers of an entry as those lay them who keep many, in front of its sizes. */
export const DTYPE = 0
export const SHARD = 1
export const OFFSET = 2
export const SIZE = 3
export const CRC32C = 4
/** So many they are: behind them stand the sizes. */
export const HEAD = 5

/** Of an entry that has none. */
export const NO_SLICES: readonly EntrySlice[] = /* @__PURE__ */ Object.freeze([])
/** Bytes that a negative number takes. */
const MAX_VARINT = 10
/** TensorSlice::kFullExtent. TensorFlow: core/framework/tensor_slice.h. */
const FULL_EXTENT = -1

export function decodeBundleEntry(bytes: Uint8Array, place?: Place): BundleEntry {
  return readBundleEntry(new ByteReader(bytes, place), newBundleEntry())
}

/** An entry to read into. */
export function newBundleEntry(): RawBundleEntry {
  return { dtype: 0, shape: [], unknownRank: false, shardId: 0, offset: 0, size: 0, crc32c: 0, slices: NO_SLICES }
}

/** Reads the message up to the reader's end. `entry` and its shape are used again, so that many entries make no garbage. */
export function readBundleEntry(reader: ByteReader, entry: RawBundleEntry): RawBundleEntry {
  const { shape } = entry
  let dtype = 0
  let rank = 0
  let unknownRank = false
  let shardId = 0
  let offset = 0
  let size = 0
  let crc32c = 0
  let slices: EntrySlice[] | undefined
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === varintTag(1)) dtype = reader.varint64()
    else if (tag === lengthTag(2)) {
      unknownRank = decodeShape(reader, shape, rank) || unknownRank
      rank = shape.length
    } else if (tag === varintTag(3)) shardId = reader.varint64()
    else if (tag === varintTag(4)) offset = reader.varint64()
    else if (tag === varintTag(5)) size = reader.varint64()
    else if (tag === fixed32Tag(6)) crc32c = reader.fixed32()
    else if (tag === lengthTag(7)) (slices ??= []).push(decodeSlice(readMessage(reader)))
    else skipField(reader, tag)
  }
  if (rank === 0) shape.length = 0
  entry.dtype = dtype
  entry.unknownRank = unknownRank
  entry.shardId = shardId
  entry.offset = offset
  entry.size = size
  entry.crc32c = crc32c
  entry.slices = slices ?? NO_SLICES
  return entry
}

/** Appends the message to `writer`. */
export function encodeBundleEntry(writer: ByteWriter, entry: BundleEntry): void {
  writeVarint(writer, 1, entry.dtype)
  writeShape(writer, entry.shape, entry.unknownRank)
  writeVarint(writer, 3, entry.shardId)
  writeVarint(writer, 4, entry.offset)
  writeVarint(writer, 5, entry.size)
  writeFixed32(writer, 6, entry.crc32c)
  for (const slice of entry.slices) writeBytes(writer, 7, encodeSlice(slice))
}

/** Puts the sizes at the end of `dims`, or from `rank` on: nothing is left behind them. Whether the rank is unknown. */
export function decodeShape(reader: ByteReader, dims: number[], rank = dims.length): boolean {
  const outer = reader.enter(reader.varint32())
  let length = rank
  let unknownRank = false
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === lengthTag(2)) dims[length++] = decodeDim(reader)
    else if (tag === varintTag(3)) unknownRank = reader.varint64() !== 0
    else skipField(reader, tag)
  }
  reader.end = outer
  if (dims.length > length) dims.length = length
  return unknownRank
}

/** A dimension's size; its name is read over. */
function decodeDim(reader: ByteReader): number {
  const outer = reader.enter(reader.varint32())
  let size = 0
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === varintTag(1)) size = reader.varint64()
    else skipField(reader, tag)
  }
  reader.end = outer
  return size
}

/** The shape with its length in front, which is that of its dimensions and of the mark behind them. */
export function writeShape(writer: ByteWriter, shape: readonly number[], unknownRank: boolean): void {
  let length = unknownRank ? 2 : 0
  for (const size of shape) length += 2 + dimLength(size)
  writer.varint64(lengthTag(2))
  writer.varint64(length)
  for (const size of shape) {
    writer.varint64(lengthTag(2))
    writer.varint64(dimLength(size))
    writeVarint(writer, 1, size)
  }
  writeVarint(writer, 3, unknownRank ? 1 : 0)
}

/** Bytes of a dimension's message: at most eleven, so that their number takes one byte. */
function dimLength(size: number): number {
  return size === 0 ? 0 : 1 + (size < 0 ? MAX_VARINT : varintLength(size))
}

/** A TensorSliceProto. */
export function decodeSlice(reader: ByteReader): EntrySlice {
  const extents: (readonly [number, number] | undefined)[] = []
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === lengthTag(1)) extents.push(decodeExtent(readMessage(reader)))
    else skipField(reader, tag)
  }
  return extents
}

/** No length means the whole dimension, which begins at 0: elsewhere the length reads as TensorFlow's mark for it, -1. */
function decodeExtent(reader: ByteReader): readonly [number, number] | undefined {
  let start = 0
  let length: number | undefined
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === varintTag(1)) start = reader.varint64()
    else if (tag === varintTag(2)) length = reader.varint64()
    else skipField(reader, tag)
  }
  return length === undefined && start === 0 ? undefined : [start, length ?? FULL_EXTENT]
}

/** A TensorSliceProto. */
export function encodeSlice(slice: EntrySlice): Uint8Array {
  const writer = new ByteWriter(32)
  for (const extent of slice) {
    const message = new ByteWriter(32)
    if (extent !== undefined) {
      writeVarint(message, 1, extent[0])
      // A member of a oneof: written also when it is 0.
      message.varint64(varintTag(2))
      message.varint64(extent[1])
    }
    writeBytes(writer, 1, message.view())
  }
  return writer.take()
}
