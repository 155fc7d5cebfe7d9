/**
 * Bundles to be merged, and what is in an index.
 */
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import type { FileSystem, ReadableFileSystem } from '../../src/fs/file-system'
import type { MemoryFileSystem } from '../../src/fs/memory'
import { decodeBundleEntry, decodeBundleHeader } from '../../src/proto/bundle-messages'
import { array, toNested } from '../../src/tensor/convert'
import { keyFromBytes } from '../../src/util/bytes'
import { parseSliceSpec } from '../../src/train/slice-spec'
import { entriesOf, hex } from './bundle'

/** A tensor of float32: its key, the slice that it is ("4 0,2", "" for all), and its value. */
export type PartTensor = readonly [key: string, spec: string, value: number | readonly number[]]

/** raw_ops.SaveV2, of float32. */
export async function savePart(fs: FileSystem, prefix: string, tensors: readonly PartTensor[]): Promise<void> {
  const writer = await TensorBundleWriter.create(prefix, { fs })
  try {
    for (const [key, spec, value] of tensors) {
      const part = spec === '' ? undefined : parseSliceSpec(spec)
      if (part === undefined) await writer.add(key, array(value))
      else await writer.addSlice(key, part.fullShape, part.slice, array(value))
    }
    await writer.finish()
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

/** Every value that is no part of another. */
export async function valuesIn(fs: ReadableFileSystem, prefix: string): Promise<Record<string, unknown>> {
  const reader = await TensorBundleReader.open(prefix, { fs })
  try {
    const values: Record<string, unknown> = {}
    for await (const key of reader.keys()) {
      if (!key.startsWith('\0')) values[key] = toNested(await reader.lookup(key))
    }
    return values
  } finally {
    await reader.close()
  }
}

/** harness.py index(), slices and keys of parts included. */
export async function indexOf(fs: MemoryFileSystem, prefix: string): Promise<Record<string, unknown>[]> {
  const rows = await entriesOf(fs, `${prefix}.index`)
  return rows.map(([key, value]) => {
    if (key.length === 0) return headerRow(value)
    const { dtype, shape, shardId, offset, size, crc32c, slices } = decodeBundleEntry(value)
    return {
      ...(key[0] === 0 ? { key_hex: hex(key) } : { key: keyFromBytes(key) }),
      dtype,
      shape,
      shard_id: shardId,
      offset,
      size,
      crc32c: crc32c.toString(16).padStart(8, '0'),
      ...(slices.length === 0 ? {} : { slices }),
    }
  })
}

function headerRow(value: Uint8Array): Record<string, unknown> {
  const { numShards, bigEndian, version } = decodeBundleHeader(value)
  const { producer, minConsumer } = version
  const endianness = bigEndian ? 1 : 0
  return {
    key: '',
    header: { num_shards: numShards, endianness, producer, min_consumer: minConsumer },
    value_hex: hex(value),
  }
}
