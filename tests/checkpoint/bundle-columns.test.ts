import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BundleColumns } from '../../src/checkpoint/bundle-columns'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { listBundle } from '../../src/checkpoint/list-bundle'
import { OpenBundle } from '../../src/checkpoint/open-bundle'
import { type TensorEntry } from '../../src/checkpoint/tensor-entry'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { newBundleEntry } from '../../src/proto/bundle-messages'
import { dtypeInfo } from '../../src/tensor/dtype'
import { ndarray } from '../../src/tensor/ndarray'
import { bytesFromKey, compareKeys, concatBytes } from '../../src/util/bytes'

/** Columns of float32 vectors: that number i has i elements. */
function columnsOf(keys: readonly string[]): BundleColumns {
  const columns = new BundleColumns()
  for (let i = 0; i < keys.length; i++) columns.add({ ...newBundleEntry(), dtype: 1, shape: [i], offset: 4 * i })
  // Some at a time, as blocks of the index have them.
  for (let from = 0; from < keys.length; from += 7) {
    const bytes = keys.slice(from, from + 7).map(bytesFromKey)
    const ends = [0]
    for (const { length } of bytes) ends.push((ends.at(-1) as number) + length)
    columns.addKeys(concatBytes(bytes), Uint32Array.from(ends))
  }
  columns.findParts()
  return columns
}

/** What has bytes, in the order of the index, or of the files and under the keys of the tensors. */
function piecesOf(columns: BundleColumns, byPlace: boolean): TensorEntry[] {
  return Array.from(columns.places(byPlace), (at) => columns.entry(at, byPlace ? columns.key(at) : undefined))
}

/** Text, strays and astral characters: what sorts otherwise in UTF-16, and what is no UTF-8. */
const key = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'b', '/', '0', 'é', '\uffe6', '\u{10348}', '\udc80', '\udcff'),
    minLength: 1,
  }),
  fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/\p{Surrogate}/u.test(text)),
)
const keys = fc
  .uniqueArray(key, { minLength: 1, maxLength: 60 })
  .map((all) => all.filter((one) => one.codePointAt(0) !== 0).sort(compareKeys))

describe('BundleColumns', () => {
  test('finds what is there, asked in any order and often, and nothing else', () => {
    fc.assert(
      fc.property(keys, fc.array(fc.oneof(fc.nat(), key), { maxLength: 200 }), (all, asked) => {
        const columns = columnsOf(all)
        for (const one of asked) {
          const text = typeof one === 'number' ? (all[one % Math.max(1, all.length)] ?? 'none') : one
          const at = all.indexOf(text)
          expect(columns.has(text)).toBe(at >= 0)
          expect(columns.get(text)?.offset).toBe(at < 0 ? undefined : 4 * at)
        }
      }),
    )
  })

  test('gives one object for a key, however often it is asked for', () => {
    const all = Array.from({ length: 100 }, (_, i) => `k${100 + i}`)
    const columns = columnsOf(all)
    const first = all.map((one) => columns.get(one))
    expect(new Set(first).size).toBe(100)
    for (const one of [...all, ...all.toReversed()]) expect(columns.get(one)).toBe(first[all.indexOf(one)])
    expect(first[3]).toEqual({
      key: 'k103',
      dtype: dtypeInfo('float32'),
      shape: [3],
      count: 3,
      shardId: 0,
      offset: 12,
      size: 0,
      crc32c: 0,
      slices: [],
    })
  })

  test('of nothing has nothing', () => {
    const columns = columnsOf([])
    expect([columns.size, [...columns.keys()], [...columns.values()], piecesOf(columns, false)]).toEqual([
      0,
      [],
      [],
      [],
    ])
    expect([columns.get('a'), columns.has('')]).toEqual([undefined, false])
  })

  test('hides parts, and finds them by asking for a part', async () => {
    const { fs, reader } = await sliced()
    const bundle = (await OpenBundle.open('m', { fs })) as OpenBundle
    const columns = await bundle.entries()
    const parts: string[] = []
    for await (const one of reader.keys()) if (one.startsWith('\0')) parts.push(one)
    expect(parts.length).toBe(2)
    expect([columns.size, [...columns.keys()]]).toEqual([2, ['a', 'w']])
    expect([...columns.values()].map((entry) => entry.key)).toEqual(['a', 'w'])
    for (const part of parts) {
      expect(columns.get(part)).toBeUndefined()
      expect(columns.get(part, true)).toMatchObject({ key: part, shape: [2] })
    }
    expect(columns.get('w', true)).toBeUndefined()
    expect(piecesOf(columns, false).map((entry) => entry.key)).toEqual([...parts, 'a'])
    expect(piecesOf(columns, true).map((entry) => entry.key)).toEqual(['w', 'a', 'w'])
    await bundle.close()
  })
})

/** "w" of four in two parts, and "a" whole. */
async function sliced(): Promise<{ fs: MemoryFileSystem; reader: TensorBundleReader }> {
  const fs = new MemoryFileSystem()
  const writer = await TensorBundleWriter.create('m', { fs })
  await writer.addSlice('w', [4], [[2, 2]], ndarray('float32', [2], new Float32Array([3, 4])))
  await writer.add('a', ndarray('int32', [], new Int32Array([5])))
  await writer.addSlice('w', [4], [[0, 2]], ndarray('float32', [2], new Float32Array([1, 2])))
  await writer.finish()
  return { fs, reader: await TensorBundleReader.open('m', { fs }) }
}

describe('listBundle()', () => {
  test('lists names and shapes as CheckpointReader tells them, whatever the keys, over many blocks', async () => {
    await fc.assert(
      fc.asyncProperty(keys, fc.boolean(), async (all, many) => {
        const fs = new MemoryFileSystem()
        const writer = await TensorBundleWriter.create('m', { fs })
        const more = many ? Array.from({ length: 3000 }, (_, i) => `${'long'.repeat(50)}/${i}`) : []
        for (const one of new Set([...all, ...more])) await writer.add(one, ndarray('uint8', [1, 0], new Uint8Array()))
        await writer.finish()
        const reader = await CheckpointReader.open('m', { fs })
        expect(await listBundle('m', { fs })).toEqual([...reader.getVariableToShapeMap()])
        await reader.close()
      }),
      { numRuns: 20 },
    )
  })

  test('hides parts', async () => {
    const { fs } = await sliced()
    expect(await listBundle('m', { fs })).toEqual([
      ['a', []],
      ['w', [4]],
    ])
  })

  test('is undefined where there is no index', async () => {
    expect(await listBundle('m', { fs: new MemoryFileSystem() })).toBeUndefined()
  })

  test('gives each variable a shape of its own', async () => {
    const { fs } = await sliced()
    const rows = (await listBundle('m', { fs })) ?? []
    const again = (await listBundle('m', { fs })) ?? []
    expect(rows[1]?.[1]).not.toBe(again[1]?.[1])
  })
})

test('Listing gives each its shape; neighbours of one share it, and nobody can change it', async () => {
  const fs = new MemoryFileSystem()
  const writer = await TensorBundleWriter.create('m', { fs })
  const shapes = [[], [2], [2], [1, 2], [2, 1], [2, 1], [2], [0], []]
  for (const [i, shape] of shapes.entries()) {
    await writer.add(`v/${i}`, ndarray('int8', shape, new Int8Array(shape.reduce((count, size) => count * size, 1))))
  }
  await writer.finish()
  const rows = (await listBundle('m', { fs })) ?? []
  expect(rows).toEqual(shapes.map((shape, i) => [`v/${i}`, shape]))
  expect([rows[1]?.[1] === rows[2]?.[1], rows[1]?.[1] === rows[6]?.[1]]).toEqual([true, false])
  for (const [, shape] of rows) expect(() => (shape as number[]).push(3)).toThrow(TypeError)
})
