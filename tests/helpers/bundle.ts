/**
 * A look inside a checkpoint, in the form in which cases.json has it (harness.py: index, kvs, layout).
 */
import type { MemoryFileSystem } from '../../src/fs/memory'
import { decodeBundleEntry, decodeBundleHeader } from '../../src/proto/bundle-messages'
import { BlockCursor } from '../../src/table/block'
import { TableBuilder } from '../../src/table/table-builder'
import { decodeHandle, readBlock, readFooter } from '../../src/table/format'
import { type NDArray } from '../../src/tensor/ndarray'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { concatBytes, keyFromBytes } from '../../src/util/bytes'
import { ByteReader } from '../../src/util/coding'

export function hex(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? 'no such file' : Buffer.from(bytes).toString('hex')
}

export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'hex'))
}

/** Every file, sorted; empty directories are not seen. */
export function ls(fs: MemoryFileSystem): string[] {
  return [...fs.files.keys()].sort()
}

/** Writes values through TensorBundleWriter in the order given: raw_ops.SaveV2. */
export async function saveV2(
  fs: MemoryFileSystem,
  prefix: string,
  tensors: Iterable<readonly [key: string, value: NDArray]>,
): Promise<void> {
  const writer = await TensorBundleWriter.create(prefix, { fs })
  for (const [key, value] of tensors) await writer.add(key, value)
  await writer.finish()
}

export interface BlockLayout {
  readonly offset: number
  readonly size: number
  readonly restarts: number[]
  readonly entries: (readonly [key: Uint8Array, value: Uint8Array])[]
}

/** The blocks of a table, and the entries of its index. */
export async function tableOf(
  fs: MemoryFileSystem,
  path: string,
): Promise<{ blocks: BlockLayout[]; index: BlockLayout; metaindex: BlockLayout; size: number }> {
  const file = await fs.open(path)
  const footer = await readFooter(file, path)
  const block = async (handle: { offset: number; size: number }): Promise<BlockLayout> => {
    const contents = await readBlock(file, path, handle)
    const view = new DataView(contents.bytes.buffer, contents.bytes.byteOffset)
    const count = view.getUint32(contents.end - 4, true)
    const restarts = Array.from({ length: count }, (_, i) => view.getUint32(contents.end - 4 - 4 * (count - i), true))
    const cursor = new BlockCursor(contents)
    const entries: (readonly [Uint8Array, Uint8Array])[] = []
    for (cursor.seekToFirst(); cursor.valid; cursor.next()) entries.push([cursor.key.slice(), cursor.value.slice()])
    return { ...handle, restarts, entries }
  }
  const index = await block(footer.index)
  const blocks: BlockLayout[] = []
  for (const [, value] of index.entries) blocks.push(await block(decodeHandle(new ByteReader(value))))
  return { blocks, index, metaindex: await block(footer.metaindex), size: file.size }
}

/** harness.py layout(). */
export async function layout(fs: MemoryFileSystem, path: string): Promise<Record<string, unknown>> {
  const { blocks, index, metaindex, size } = await tableOf(fs, path)
  const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
  const file = fs.files.get(path)
  return {
    file_size: size,
    magic: hex(file?.subarray(-8)),
    metaindex: [metaindex.offset, metaindex.size],
    index: [index.offset, index.size],
    index_restarts: index.restarts.length,
    index_keys: index.entries.map(([key]) =>
      key.length < 80 ? latin1(key) : `${latin1(key.subarray(0, 16))}..(${key.length})`,
    ),
    blocks: blocks.map((block) => ({
      offset: block.offset,
      size: block.size,
      type: 0,
      crc_ok: true,
      restarts: block.restarts.length < 9 ? block.restarts : block.restarts.length,
      entries: block.entries.length,
    })),
  }
}

/** harness.py kvs(): keys and values of a table. */
export async function entriesOf(
  fs: MemoryFileSystem,
  path: string,
): Promise<(readonly [key: Uint8Array, value: Uint8Array])[]> {
  return (await tableOf(fs, path)).blocks.flatMap((block) => block.entries)
}

/** harness.py index(): the entries of a bundle, decoded. */
export async function indexRows(fs: MemoryFileSystem, prefix: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = []
  for (const [key, value] of await entriesOf(fs, `${prefix}.index`)) {
    if (key.length === 0) {
      const { numShards, bigEndian, version } = decodeBundleHeader(value)
      const header = {
        num_shards: numShards,
        endianness: bigEndian ? 1 : 0,
        producer: version.producer,
        min_consumer: version.minConsumer,
      }
      rows.push({ key: '', header, value_hex: hex(value) })
      continue
    }
    const entry = decodeBundleEntry(value)
    rows.push({
      key: keyFromBytes(key),
      dtype: entry.dtype,
      shape: entry.shape,
      shard_id: entry.shardId,
      offset: entry.offset,
      size: entry.size,
      crc32c: entry.crc32c.toString(16).padStart(8, '0'),
    })
  }
  return rows
}

/** A table of these rows, for damaged or unusual input. */
export function tableBytes(rows: Iterable<readonly [key: Uint8Array, value: Uint8Array]>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const builder = new TableBuilder((bytes) => parts.push(bytes.slice()))
  for (const [key, value] of rows) builder.add(key, value)
  builder.finish()
  return concatBytes(parts)
}

/** What a promise rejects with: its class and message, as harness.py errm() has it. */
export async function errorOf(work: Promise<unknown> | (() => unknown)): Promise<[name: string, message: string]> {
  try {
    const result = await (typeof work === 'function' ? work() : work)
    return ['no error', JSON.stringify(result) ?? 'undefined']
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return [error.name, error.message]
  }
}
