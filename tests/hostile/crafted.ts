/**
 * Checkpoints with right checksums and wrong contents: what an attacker writes, since no damage looks like it.
 */
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { type BundleEntry, encodeBundleEntry, encodeBundleHeader } from '../../src/proto/bundle-messages'
import { type NDArray } from '../../src/tensor/ndarray'
import { bytesFromKey, EMPTY_BYTES } from '../../src/util/bytes'
import { ByteWriter } from '../../src/util/coding'
import { crc32c, maskCrc } from '../../src/util/crc32c'
import { tableBytes } from '../helpers/bundle'
import { type Bytes, DATA, INDEX, type Pair, PREFIX } from './survey'

/** Data of 64 bytes, 0 to 63. */
export const SOME_DATA: Bytes = Uint8Array.from({ length: 64 }, (_, i) => i)

/** The masked checksum of a range of the data. */
export function crcOf(data: Uint8Array, offset = 0, size = data.length): number {
  return maskCrc(crc32c(data.subarray(offset, offset + size)))
}

/** A header as TensorFlow writes it. */
export const HEADER: Uint8Array = headerBytes({})

export function headerBytes(fields: {
  numShards?: number
  producer?: number
  minConsumer?: number
  badConsumers?: readonly number[]
}): Uint8Array {
  const { numShards = 1, producer = 1, minConsumer = 0, badConsumers = [] } = fields
  return encodeBundleHeader({ numShards, bigEndian: false, version: { producer, minConsumer, badConsumers } })
}

/** An entry: the first four bytes of SOME_DATA as uint8, but for what is given. */
export function entryBytes(fields: Partial<BundleEntry> = {}): Uint8Array {
  const { offset = 0, size = 4 } = fields
  const writer = new ByteWriter()
  encodeBundleEntry(writer, {
    dtype: 4,
    shape: [size],
    unknownRank: false,
    shardId: 0,
    offset,
    size,
    crc32c: crcOf(SOME_DATA, offset, size),
    slices: [],
    ...fields,
  })
  return writer.take()
}

/** A message of any fields, in order: numbers as varints of 64 bits, bytes with their length. */
export function message(
  ...fields: readonly (readonly [field: number, value: number | bigint | Uint8Array])[]
): Uint8Array {
  const writer = new ByteWriter()
  for (const [field, value] of fields) {
    const bytes = value instanceof Uint8Array
    writer.varint64((field << 3) | (bytes ? 2 : 0))
    if (bytes) writer.varint64(value.length)
    writer.append(bytes ? value : varint(BigInt(value)))
  }
  return writer.take()
}

/** A varint of 64 bits, two's complement. */
export function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return Uint8Array.from([...bytes, Number(rest)])
}

/** The pair of these entries, which must be sorted. */
export function crafted(
  entries: Iterable<readonly [key: string | Uint8Array, entry: Uint8Array]>,
  { header = HEADER, data = SOME_DATA }: { header?: Uint8Array; data?: Bytes } = {},
): Pair {
  function* rows(): Iterable<readonly [Uint8Array, Uint8Array]> {
    yield [EMPTY_BYTES, header]
    for (const [key, entry] of entries) yield [typeof key === 'string' ? bytesFromKey(key) : key, entry]
  }
  return { index: tableBytes(rows()), data }
}

/** The pair that TensorBundleWriter makes of these values. */
export async function written(
  tensors: Iterable<readonly [key: string, value: NDArray]>,
  options: { dataAlignment?: number } = {},
): Promise<Pair> {
  const fs = new MemoryFileSystem()
  const writer = await TensorBundleWriter.create(PREFIX, { fs, ...options })
  for (const [key, value] of tensors) await writer.add(key, value)
  await writer.finish()
  return { index: fs.files.get(INDEX) as Bytes, data: fs.files.get(DATA) as Bytes }
}
