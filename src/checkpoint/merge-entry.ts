/**
 * Entries as a merge writes them: with another shard number, and with the slices of other parts; else byte for byte as
 * they were, fields that nobody here knows included.
 *
 *     BundleEntryProto { …, shard_id: 3 int32, …, slices: 7 repeated TensorSliceProto }
 *
 * TensorFlow: core/protobuf/tensor_bundle.proto.
 */
import { lengthTag, skipField, varintTag, writeVarint } from '../proto/wire'
import { ByteReader, type ByteWriter, type Place } from '../util/coding'

const SHARD_ID = 3
const SLICES = 7

/** The shard that the entry names. */
export function shardIdOf(entry: Uint8Array, place: Place): number {
  const reader = new ByteReader(entry, place)
  let shardId = 0
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === varintTag(SHARD_ID)) shardId = reader.varint64()
    else skipField(reader, tag)
  }
  return shardId
}

/** Appends the entry with another shard number. */
export function writeEntryOfShard(writer: ByteWriter, entry: Uint8Array, shardId: number, place: Place): void {
  const reader = new ByteReader(entry, place)
  let copied = 0
  let written = false
  const copyTo = (end: number): void => {
    if (end > copied) writer.append(entry.subarray(copied, end))
  }
  while (!reader.done) {
    const from = reader.position
    const tag = reader.varint32()
    // Where protocol buffers put it: before the first field of a higher number.
    if (!written && tag >>> 3 >= SHARD_ID) {
      copyTo(from)
      copied = from
      writeVarint(writer, SHARD_ID, shardId)
      written = true
    }
    skipField(reader, tag)
    if (tag !== varintTag(SHARD_ID)) continue
    copyTo(from)
    copied = reader.position
  }
  copyTo(entry.length)
  if (!written) writeVarint(writer, SHARD_ID, shardId)
}

/** Appends the slices of the entry, and nothing else of it. */
export function appendSlices(writer: ByteWriter, entry: Uint8Array, place: Place): void {
  const reader = new ByteReader(entry, place)
  while (!reader.done) {
    const from = reader.position
    const tag = reader.varint32()
    skipField(reader, tag)
    if (tag === lengthTag(SLICES)) writer.append(entry.subarray(from, reader.position))
  }
}
