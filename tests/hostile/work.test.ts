/**
 * What an index can make a reader do: counted in bytes that are read and files that are opened, not in seconds.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { MemoryFileSystem } from '../../src/fs/memory'
import { FaultFileSystem } from '../helpers/fault-fs'
import { EMPTY_BYTES } from '../../src/util/bytes'
import { rawBlock, rawIndex, rawTable } from '../table/table-file'
import { crafted, entryBytes, HEADER, headerBytes, SOME_DATA } from './crafted'
import { type Bytes, DATA, fileSystemOf, INDEX, type Pair, PREFIX, typed } from './survey'

const MILLION = 1_000_000

/** A file system that counts, over the pair. */
function counting(pair: Pair): FaultFileSystem {
  return new FaultFileSystem(fileSystemOf(pair))
}

/** Keys k1000000, k1000001, … with these entries. */
function* entries(count: number, entry: (i: number) => Uint8Array): Iterable<readonly [string, Uint8Array]> {
  for (let i = 0; i < count; i++) yield [`k${MILLION + i}`, entry(i)]
}

/** Streams all tensors; the error that stopped it. */
async function stream(reader: CheckpointReader): Promise<unknown> {
  try {
    for await (const [, value] of reader.tensors({ reuseBuffer: true })) void value
    return undefined
  } catch (error) {
    return typed(error)
  }
}

describe('A million entries', () => {
  const data: Bytes = new Uint8Array(300_000)

  test('for one block of data: opening reads the index once, streaming and a look-up the data at most once', async () => {
    const one = entryBytes({ size: data.length, crc32c: 0 })
    const pair = crafted(
      entries(MILLION, () => one),
      { data },
    )
    const fs = counting(pair)
    const reader = await CheckpointReader.open(PREFIX, { fs })
    const opening = fs.counts.bytesRead
    expect(reader.getVariableToShapeMap().size).toBe(MILLION)
    expect(opening).toBeLessThanOrEqual(pair.index.length)
    expect(await stream(reader)).toMatchObject({ code: 'DATA_LOSS', path: DATA, offset: 0 })
    expect(fs.counts.bytesRead - opening).toBeLessThanOrEqual(data.length)
    expect(fs.counts.openFiles).toBe(2)

    const bundle = await TensorBundleReader.open(PREFIX, { fs })
    const before = fs.counts.bytesRead
    await expect(bundle.lookup(`k${2 * MILLION - 1}`)).rejects.toMatchObject({ code: 'DATA_LOSS', offset: 0 })
    // A block of the index, a little over 256 KiB, and the tensor.
    expect(fs.counts.bytesRead - before).toBeLessThanOrEqual(300_000 + data.length)
    await bundle.close()
    await reader.close()
    expect(fs.counts.openFiles).toBe(0)
  }, 60_000)
})

describe('Thirty thousand entries', () => {
  const COUNT = 30_000
  const data: Bytes = new Uint8Array(2 << 20)
  const overlapping: readonly (readonly [what: string, entry: (i: number) => Uint8Array])[] = [
    ['for one block of data', () => entryBytes({ size: data.length, crc32c: 0 })],
    ['each a byte on from the one before', (i) => entryBytes({ offset: i, size: 1 << 20, crc32c: 0 })],
    ['of strings on the same bytes', () => entryBytes({ dtype: 7, shape: [1], size: data.length, crc32c: 0 })],
    ['inside of one that has it all', (i) => entryBytes({ offset: i, size: i === 0 ? data.length : 1, crc32c: 0 })],
  ]

  test.each(overlapping)('%s: verify() reads the data once, and finds a fault in each but one', async (_, entry) => {
    const fs = counting(crafted(entries(COUNT, entry), { data }))
    const reader = await CheckpointReader.open(PREFIX, { fs })
    const before = fs.counts.bytesRead
    const { tensors, faults } = await reader.verify()
    expect(tensors).toBe(COUNT)
    expect(faults.length).toBeGreaterThanOrEqual(COUNT - 1)
    for (const { code, path, key } of faults.slice(0, 10))
      expect([code, path, typeof key]).toEqual(['DATA_LOSS', DATA, 'string'])
    expect(fs.counts.bytesRead - before).toBeLessThanOrEqual(data.length)
  })

  test('of no bytes read no data', async () => {
    const empty = entryBytes({ shape: [0], size: 0, crc32c: 0xa282ead8, offset: 7 })
    const fs = counting(
      crafted(
        entries(COUNT, () => empty),
        { data: SOME_DATA },
      ),
    )
    const reader = await CheckpointReader.open(PREFIX, { fs })
    const before = fs.counts.bytesRead
    expect(await reader.verify()).toEqual({ tensors: COUNT, bytes: 0, faults: [] })
    expect(await stream(reader)).toBeUndefined()
    expect(fs.counts.bytesRead).toBe(before)
  })

  test('behind the end of the data read none of it', async () => {
    const fs = counting(crafted(entries(COUNT, () => entryBytes({ offset: 60, size: 2 ** 40, crc32c: 0 }))))
    const reader = await CheckpointReader.open(PREFIX, { fs })
    const before = fs.counts.bytesRead
    const { faults } = await reader.verify()
    expect(faults.length).toBe(COUNT)
    expect(faults[0]).toMatchObject({ code: 'OUT_OF_RANGE', path: DATA, offset: 60 })
    expect(fs.counts.bytesRead).toBe(before)
  })
})

test('An index of many entries for one block of entries is a DataLossError once that block was read', async () => {
  const block = { contents: rawBlock([[0, EMPTY_BYTES, HEADER]]) }
  const index = rawTable([block], ([handle]) =>
    rawIndex(
      handle === undefined ? [] : Array.from({ length: 50_000 }, (_, i) => [`k${MILLION + i}`, handle] as const),
    ),
  )
  const fs = counting({ index, data: SOME_DATA })
  await expect(CheckpointReader.open(PREFIX, { fs })).rejects.toMatchObject({ code: 'DATA_LOSS', path: INDEX })
  expect(fs.counts.reads).toBe(3)
  expect(fs.counts.bytesRead).toBeLessThanOrEqual(index.length)
})

test('A missing data file is asked for once an entry, and leaves nothing open', async () => {
  const count = 1000
  const header = headerBytes({ numShards: count })
  const fs = counting(
    crafted(
      entries(count, (i) => entryBytes({ shardId: i })),
      { header },
    ),
  )
  const reader = await CheckpointReader.open(PREFIX, { fs })
  const opens = fs.counts.opens
  const { faults } = await reader.verify()
  expect(faults.map(({ code }) => code)).toEqual(new Array(count).fill('NOT_FOUND'))
  expect(fs.counts.opens - opens).toBeLessThanOrEqual(count)
  await reader.close()
  expect(fs.counts.openFiles).toBe(0)
})

test('A failed open leaves no file open', async () => {
  const good = crafted([['w', entryBytes()]])
  const bad: readonly Pair[] = [
    { ...good, index: new Uint8Array(100) },
    crafted([['w', entryBytes({ dtype: 99 })]]),
    crafted([['w', entryBytes()]], { header: headerBytes({ minConsumer: 9 }) }),
    { ...good, index: good.index.map((byte, i) => (i === 3 ? byte ^ 1 : byte)) },
  ]
  for (const pair of bad) {
    const fs = counting(pair)
    await expect(CheckpointReader.open(PREFIX, { fs })).rejects.toSatisfy((error) => typed(error) !== undefined)
    expect([fs.counts.opens, fs.counts.openFiles]).toEqual([1, 0])
  }
})

test('A file that is longer than what the index says is read no further', async () => {
  const pair = crafted([['w', entryBytes()]], { data: new Uint8Array(1 << 20).map((_, i) => i) })
  const fs = new FaultFileSystem(
    new MemoryFileSystem([
      [INDEX, pair.index],
      [DATA, pair.data],
    ]),
  )
  const reader = await CheckpointReader.open(PREFIX, { fs })
  const before = fs.counts.bytesRead
  expect((await reader.getTensor('w')).data).toEqual(Uint8Array.of(0, 1, 2, 3))
  expect(fs.counts.bytesRead - before).toBe(4)
})
