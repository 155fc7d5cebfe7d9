/** How much reading works: listing, loading one, verifying, going through all. */
import { beforeAll, describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { mergeBundles } from '../../src/checkpoint/merge-bundles'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { type ReadableFileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { ndarray } from '../../src/tensor/ndarray'
import { listVariables, loadVariable } from '../../src/train/checkpoint-utils'
import {
  checkpointOf,
  countWasm,
  LARGE,
  MEDIUM,
  NEIGHBOURS,
  sizeOf,
  SMALL,
  wasmCallsFor,
  type Work,
  workOf,
} from '../helpers/counting'

countWasm()

/** Bytes of a block of an index, at least. */
const BLOCK = 256 * 1024
/** What may be under way at once, in bytes. */
const WINDOW = 16 << 20

async function withReader(fs: ReadableFileSystem, use: (reader: CheckpointReader) => Promise<unknown>): Promise<void> {
  const reader = await CheckpointReader.open('m', { fs })
  await use(reader)
  await reader.close()
}

async function goThrough(reader: CheckpointReader, reuseBuffer: boolean): Promise<void> {
  let last = 0
  for await (const [name, { data }] of reader.tensors({ reuseBuffer })) last = Number(data[0]) - Number(name.slice(2))
  expect(last).toBe(1)
}

describe.each([
  { name: 'one of 32 MB', set: LARGE, reads: 8, slabs: 0 },
  { name: '40 of 1 MB', set: MEDIUM, NEIGHBOURS, reads: 40, slabs: 0 },
  { name: '96 of 256 KiB', set: NEIGHBOURS, reads: 6, slabs: 3 },
  { name: '5,000 of 400 bytes', set: SMALL, reads: 1, slabs: 1 },
])('Of $name', ({ set, reads, slabs }) => {
  const data = set.count * set.bytes
  let files: MemoryFileSystem

  beforeAll(async () => {
    files = await checkpointOf(set)
  })

  function expectAllOnce(work: Work): void {
    const index = sizeOf(files, 'm.index')
    expect(work.opens).toBe(2)
    expect(work.reads).toBeLessThanOrEqual(reads + 3)
    expect(work.bytesRead).toBeGreaterThan(data)
    expect(work.bytesRead).toBeLessThanOrEqual(data + index)
    const { least, most } = wasmCallsFor(data + index, reads + 1)
    expect(work.wasm).toBeLessThanOrEqual(most)
    expect(work.wasm).toBeGreaterThanOrEqual(least)
  }

  test('listing reads the index once, in three reads, and takes no memory for it that stays', async () => {
    const work = await workOf(files, (fs) => listVariables('m', { fs }))
    expect(work).toMatchObject({ opens: 1, reads: 3, buffers: 0 })
    expect(work.bytesRead).toBeLessThanOrEqual(sizeOf(files, 'm.index'))
    expect(work.questions).toBeLessThanOrEqual(1)
    // Each block's checksum.
    expect(work.wasm).toBeLessThanOrEqual(4)
  })

  test('verifying reads each byte once, in memory of what is under way', async () => {
    const work = await workOf(files, (fs) =>
      withReader(fs, async (reader) => expect((await reader.verify()).faults).toEqual([])),
    )
    expectAllOnce(work)
    expect(work.bytes).toBeLessThanOrEqual(WINDOW)
    expect(work.buffers).toBeLessThanOrEqual(16)
  })

  test('going through with one buffer takes memory for what is under way, and the largest tensor', async () => {
    const work = await workOf(files, (fs) => withReader(fs, (reader) => goThrough(reader, true)))
    expectAllOnce(work)
    expect(work.bytes).toBeLessThanOrEqual(Math.max(WINDOW, set.bytes))
    expect(work.buffers).toBeLessThanOrEqual(16)
  })

  test('going through with a value each takes one copy of the data, and a slab', async () => {
    const work = await workOf(files, (fs) => withReader(fs, (reader) => goThrough(reader, false)))
    expectAllOnce(work)
    expect(work.bytes).toBeLessThanOrEqual(data + slabs * (4 << 20))
    expect(work.buffers).toBeLessThanOrEqual(set.count + slabs)
  })

  test('loading one reads its blocks of the index, and its bytes', async () => {
    const pieces = Math.ceil(set.bytes / (4 << 20))
    const work = await workOf(files, (fs) => loadVariable('m', 'v/0', { fs }))
    expect(work.opens).toBe(2)
    expect(work.questions).toBeLessThanOrEqual(1)
    expect(work.reads).toBeLessThanOrEqual(3 + pieces)
    expect(work.bytesRead).toBeLessThanOrEqual(set.bytes + sizeOf(files, 'm.index'))
    expect(work.bytes).toBeLessThanOrEqual(2 * set.bytes)
    expect(work.bytes).toBeLessThanOrEqual(set.bytes + (4 << 20))
    expect(work.buffers).toBeLessThanOrEqual(2)
    expect(work.wasm).toBeLessThanOrEqual(wasmCallsFor(set.bytes + sizeOf(files, 'm.index'), pieces + 1).most)
  })

  test('getTensor() of an open reader reads the tensor alone', async () => {
    const pieces = Math.ceil(set.bytes / (4 << 20))
    const opened = await workOf(files, (fs) => withReader(fs, async () => undefined))
    const work = await workOf(files, (fs) => withReader(fs, (reader) => reader.getTensor('v/0')))
    expect(opened).toMatchObject({ opens: 1, reads: 3, buffers: 0 })
    expect(work.reads - opened.reads).toBe(pieces)
    expect(work.bytesRead - opened.bytesRead).toBe(set.bytes)
    expect(work.buffers).toBeLessThanOrEqual(2)
    expect(work.wasm - opened.wasm).toBeLessThanOrEqual(wasmCallsFor(set.bytes, pieces).most)
  })

  test('readTensor() fills the array that is handed in, and makes none of its size', async () => {
    const target = ndarray('float32', [set.bytes / 4], new Float32Array(set.bytes / 4))
    const work = await workOf(files, (fs) => withReader(fs, (reader) => reader.readTensor('v/0', target)))
    expect(target.data[0]).toBe(1)
    expect(work.buffers).toBeLessThanOrEqual(slabs > 0 ? 1 : 0)
    expect(work.bytes).toBeLessThanOrEqual(slabs > 0 ? set.bytes : 0)
  })
})

describe('Of 50,000 scalars', () => {
  let files: MemoryFileSystem

  beforeAll(async () => {
    files = await checkpointOf({ count: 50_000, bytes: 4 })
  })

  test('loading one reads two blocks of the index', async () => {
    const work = await workOf(files, (fs) => loadVariable('m', 'v/31234', { fs }))
    // The header is in the first. They have 256 KiB and an entry at most, and the index of the index a few hundred bytes.
    expect(sizeOf(files, 'm.index')).toBeGreaterThan(4 * BLOCK)
    expect(work.bytesRead).toBeLessThan(2 * BLOCK + 1000)
    expect(work.reads).toBeLessThanOrEqual(5)
  })

  test('listing reads blocks together, each once', async () => {
    const work = await workOf(files, (fs) => listVariables('m', { fs }))
    expect(work.bytesRead).toBeLessThanOrEqual(sizeOf(files, 'm.index'))
    expect(work.reads).toBeLessThanOrEqual(4)
    expect(work.buffers).toBe(0)
  })
})

describe('Of a checkpoint in shards', () => {
  const SHARDS = 6
  const BYTES = 8 << 20

  async function sharded(): Promise<MemoryFileSystem> {
    const files = new MemoryFileSystem()
    const value = ndarray('float32', [BYTES / 4], new Float32Array(BYTES / 4).fill(1))
    const parts = Array.from({ length: SHARDS }, (_, shard) => `t/part-${shard}`)
    for (const [shard, part] of parts.entries()) {
      const writer = await TensorBundleWriter.create(part, { fs: files })
      await writer.add(`v/${shard}`, value)
      await writer.finish()
    }
    const work = await workOf(files, (fs) => mergeBundles(parts, 'm', { fs }))
    // Data is renamed, never read: an index is, once, and a data file is opened to see how long it is.
    expect(work.bytesRead).toBeLessThan(SHARDS * 1000)
    expect(work.opens).toBe(2 * SHARDS)
    return files
  }

  test('verifying takes as much memory as of one', async () => {
    const files = await sharded()
    const work = await workOf(files, (fs) => withReader(fs, (reader) => reader.verify()))
    expect(work.opens).toBe(1 + SHARDS)
    expect(work.reads).toBeLessThanOrEqual(3 + 2 * SHARDS)
    expect(work.bytes).toBeLessThanOrEqual(2 * WINDOW)
  })

  test('one tensor opens one of them', async () => {
    const files = await sharded()
    const work = await workOf(files, (fs) => loadVariable('m', 'v/3', { fs }))
    expect(work.opens).toBe(2)
  })
})
