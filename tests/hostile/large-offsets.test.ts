/**
 * Offsets and sizes beyond 2^31, 2^32 and what an array can hold, in files that take no room: virtual ones, and a sparse
 * one on the disk. `npm run test:large` writes and reads the bytes themselves.
 */
import { open, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import type { ReadableFileSystem } from '../../src/fs/file-system'
import { NodeFileSystem } from '../../src/fs/node'
import { encodeFooter } from '../../src/table/format'
import { loadVariable } from '../../src/train/checkpoint-utils'
import { EMPTY_BYTES } from '../../src/util/bytes'
import { bytes, rawBlock, rawIndex, rawTable } from '../table/table-file'
import { crafted, crcOf, entryBytes, HEADER } from './crafted'
import { DATA, INDEX, PREFIX } from './survey'
import { newWatch, pattern, virtualFile, virtualFileSystem, type Watch } from './virtual-file'

const GB = 2 ** 30

/** Places where arithmetic in 31, 32 or 33 bits goes wrong, each with a size, far enough from one another. */
const PLACES: readonly (readonly [offset: number, size: number])[] = [
  [0, 5],
  [2 ** 31 - 7, 15],
  [2 ** 32 - 4096, 8191],
  [2 ** 32 + 2 ** 31, 300_000],
  [5 * 2 ** 32, 4096],
  [2 ** 40 + 1, 9 << 20],
  [2 ** 50 + 3, 1000],
]
const END = 2 ** 50 + 1003

/** An entry of uint8 over what the pattern has there. */
function patternEntry(offset: number, size: number): Uint8Array {
  return entryBytes({ offset, size, crc32c: crcOf(pattern(offset, size)) })
}

/** A virtual file system over these places of a pattern. */
function virtual(places: typeof PLACES, size: number, watch: Watch = newWatch()): ReadableFileSystem {
  const { index } = crafted(
    places.map(([offset, length]) => [`at${offset}`, patternEntry(offset, length)] as const).sort(),
  )
  return virtualFileSystem([
    [INDEX, virtualFile(INDEX, index.length, [[0, index]])],
    [DATA, virtualFile(DATA, size, undefined, watch)],
  ])
}

describe('A data file of 2^50 bytes', () => {
  test('gives each tensor its bytes, in every way of reading', async () => {
    const fs = virtual(PLACES, END)
    const reader = await CheckpointReader.open(PREFIX, { fs })
    const bundle = await TensorBundleReader.open(PREFIX, { fs })
    const streamed: string[] = []
    for await (const [key, { data }] of reader.tensors({ reuseBuffer: true })) {
      const [offset, size] = PLACES[streamed.length] as (typeof PLACES)[number]
      streamed.push(key)
      expect(Buffer.compare(data as Uint8Array, pattern(offset, size)), key).toBe(0)
    }
    expect(streamed).toEqual(PLACES.map(([offset]) => `at${offset}`))
    for (const [offset, size] of PLACES) {
      const [key, expected] = [`at${offset}`, pattern(offset, size)]
      const target = { dtype: 'uint8', shape: [size], data: new Uint8Array(size) } as const
      await reader.readTensor(key, target)
      for (const { data } of [
        target,
        await reader.getTensor(key),
        await bundle.lookup(key),
        await loadVariable(PREFIX, key, { fs }),
      ])
        expect(Buffer.compare(data as Uint8Array, expected), key).toBe(0)
    }
    const total = PLACES.reduce((sum, [, size]) => sum + size, 0)
    expect(await reader.verify()).toEqual({ tensors: PLACES.length, bytes: total, faults: [] })
  })

  test('that lacks its last byte is an OutOfRangeError for the last tensor', async () => {
    const reader = await CheckpointReader.open(PREFIX, { fs: virtual(PLACES, END - 1) })
    const { faults } = await reader.verify()
    expect(faults).toMatchObject([{ code: 'OUT_OF_RANGE', key: `at${2 ** 50 + 3}`, path: DATA, offset: 2 ** 50 + 3 }])
    expect(faults[0]?.message).toMatch(/: 1 bytes are missing$/)
  })

  test('across 2^32 is verified in pieces: memory does not grow with the tensor', async () => {
    const watch = newWatch()
    const size = 40 << 20
    const reader = await CheckpointReader.open(PREFIX, { fs: virtual([[2 ** 32 - (20 << 20), size]], 2 ** 33, watch) })
    expect(await reader.verify()).toEqual({ tensors: 1, bytes: size, faults: [] })
    expect(watch.bytes).toBe(size)
    const memory = [...watch.buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0)
    expect(memory).toBeLessThanOrEqual(16 << 20)
  })
})

describe('An entry of a size beyond 2^32', () => {
  function claiming(fields: Parameters<typeof entryBytes>[0], fileSize: number): ReadableFileSystem {
    const { index } = crafted([['w', entryBytes({ crc32c: 0, ...fields })]])
    return virtualFileSystem([
      [INDEX, virtualFile(INDEX, index.length, [[0, index]])],
      [DATA, virtualFile(DATA, fileSize)],
    ])
  }

  test('in a shorter file is an OutOfRangeError that says how many bytes are missing', async () => {
    const fs = claiming({ dtype: 1, shape: [3 * 2 ** 31], offset: 4096, size: 3 * 2 ** 33 }, 2 ** 32 + 1)
    const missing = 4096 + 3 * 2 ** 33 - 2 ** 32 - 1
    const reader = await CheckpointReader.open(PREFIX, { fs })
    for (const error of [await reader.getTensor('w').catch((e: unknown) => e), (await reader.verify()).faults[0]]) {
      expect(error).toMatchObject({ code: 'OUT_OF_RANGE', key: 'w', path: DATA, offset: 4096 })
      expect((error as Error).message).toContain(`${missing} bytes are missing`)
    }
  })

  test.each([
    ['numbers', { dtype: 1, shape: [2 ** 45], size: 2 ** 47 }],
    ['complex numbers', { dtype: 18, shape: [2 ** 42], size: 2 ** 46 }],
    ['strings', { dtype: 7, shape: [1], size: 2 ** 45 }],
  ])('of %s that no array can hold is a ResourceExhaustedError before a byte is read', async (_, fields) => {
    const reader = await CheckpointReader.open(PREFIX, { fs: claiming(fields, 2 ** 48) })
    const stream = async (reuseBuffer: boolean): Promise<void> => {
      for await (const tensor of reader.tensors({ reuseBuffer })) void tensor
    }
    for (const work of [reader.getTensor('w'), stream(false), stream(true)]) {
      await expect(work).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', key: 'w' })
      await expect(work).rejects.toThrow(`takes ${fields.size} bytes in one array`)
    }
  })
})

describe('Small tensors far from one another', () => {
  const scattered = Array.from({ length: 3000 }, (_, i) => [(8 << 20) + i * 50_000, 16] as const)
  // Neighbours that take a slab of 4 MiB.
  const together = Array.from({ length: 64 }, (_, i) => [i * 65_536, 65_536] as const)

  test.each([
    ['by themselves', scattered, 3000 * 16],
    ['beside a run of neighbours', [...together, ...scattered], (4 << 20) + 3000 * 16],
  ])('%s: few reads are under way, and they share little memory', async (_, places, total) => {
    const watch = newWatch()
    const reader = await CheckpointReader.open(PREFIX, { fs: virtual(places, GB, watch) })
    expect((await reader.verify()).faults).toEqual([])
    expect(watch.mostUnderWay).toBeLessThanOrEqual(16)
    const memory = [...watch.buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0)
    expect(memory).toBeLessThanOrEqual(16 << 20)
    expect(watch.bytes).toBe(total)
  })
})

test('An index whose blocks lie beyond 2^32 is read', async () => {
  const far = 3 * 2 ** 32 + 5
  const first = rawTable(
    [{ contents: rawBlock([[0, EMPTY_BYTES, HEADER]]) }, { contents: rawBlock([[0, bytes('w'), entryBytes()]]) }],
    ([a, b]) =>
      rawIndex([
        ['a', { offset: far + (a?.offset ?? 0), size: a?.size ?? 0 }],
        ['x', { offset: far + (b?.offset ?? 0), size: b?.size ?? 0 }],
      ]),
  )
  // The same file further back, with a footer that says so: the index block ends where the footer begins.
  const body = first.subarray(0, -48)
  const size = rawIndex([
    ['a', { offset: far, size: 30 }],
    ['x', { offset: far + 40, size: 30 }],
  ]).contents.length
  const offset = far + body.length - 5 - size
  const footer = encodeFooter({ metaindex: { offset, size: 0 }, index: { offset, size } })
  const file = virtualFile(INDEX, far + body.length + 48, [
    [far, body],
    [far + body.length, footer],
  ])
  const fs = virtualFileSystem([
    [INDEX, file],
    [DATA, virtualFile(DATA, 64, [[0, Uint8Array.from({ length: 64 }, (_, i) => i)]])],
  ])
  const reader = await CheckpointReader.open(PREFIX, { fs })
  expect((await reader.getTensor('w')).data).toEqual(Uint8Array.of(0, 1, 2, 3))
})

describe('A sparse data file of 5 GB on the disk', () => {
  let dir = ''
  const offset = 5e9
  const size = 4096

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tfsave-sparse-'))
    const { index } = crafted([
      ['hole', entryBytes({ offset: 2 ** 32 + 1, size: 10_000, crc32c: crcOf(new Uint8Array(10_000)) })],
      ['w', patternEntry(offset, size)],
    ])
    await writeFile(join(dir, INDEX), index)
    const file = await open(join(dir, DATA), 'w')
    await file.write(pattern(offset, size), 0, size, offset)
    await file.close()
  }, 60_000)

  afterAll(() => rm(dir, { recursive: true }))

  test('is read beyond 2^32, exactly', async () => {
    const reader = await CheckpointReader.open(join(dir, PREFIX), { fs: new NodeFileSystem() })
    expect((await reader.getTensor('w')).data).toEqual(pattern(offset, size))
    expect((await reader.getTensor('hole')).data).toEqual(new Uint8Array(10_000))
    expect(await reader.verify()).toEqual({ tensors: 2, bytes: size + 10_000, faults: [] })
    await reader.close()
  })

  test('cut by one byte is an OutOfRangeError that says so', async () => {
    const file = await open(join(dir, DATA), 'r+')
    await file.truncate(offset + size - 1)
    await file.close()
    const reader = await CheckpointReader.open(join(dir, PREFIX))
    await expect(reader.getTensor('w')).rejects.toThrow(`which has ${offset + size - 1}: 1 bytes are missing`)
    await reader.close()
  })
})
