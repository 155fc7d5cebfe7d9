/**
 * Blocks of an index in WebAssembly: what is read, and what is wrong, is what reading entry by entry says.
 */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type FastPaths, fastPaths, registerFastPaths } from '../../src/checkpoint/fast-paths'
import { OpenBundle } from '../../src/checkpoint/open-bundle'
import { PlainBlockReader } from '../../src/checkpoint/plain-block'
import { useSimdChecksums } from '../../src/checkpoint/simd-checksums'
import { MemoryFileSystem } from '../../src/fs/memory'
import {
  type BundleEntry,
  encodeBundleEntry,
  encodeBundleHeader,
  newBundleEntry,
} from '../../src/proto/bundle-messages'
import { TableBuilder, type TableOptions } from '../../src/table/table-builder'
import { bytesFromKey, compareBytes, concatBytes } from '../../src/util/bytes'
import { ByteWriter } from '../../src/util/coding'

beforeEach(() => useSimdChecksums())
afterEach(() => useSimdChecksums())

const HEADER = encodeBundleHeader({
  numShards: 3,
  bigEndian: false,
  version: { producer: 1, minConsumer: 0, badConsumers: [] },
})

type KeyAndValue = readonly [key: Uint8Array, value: Uint8Array]

/** An index of those under the header, their keys in order and each once. */
function indexOf(entries: readonly KeyAndValue[], options?: TableOptions): MemoryFileSystem {
  const pieces: Uint8Array[] = []
  const table = new TableBuilder((bytes) => pieces.push(bytes.slice()), options)
  table.add(new Uint8Array(), HEADER)
  const sorted = entries.toSorted(([a], [b]) => compareBytes(a, b))
  for (const [i, [key, value]] of sorted.entries()) {
    const before = sorted[i - 1]
    if (key.length > 0 && (before === undefined || compareBytes(before[0], key) < 0)) table.add(key, value)
  }
  table.finish()
  const fs = new MemoryFileSystem()
  fs.files.set('m.index', concatBytes(pieces))
  return fs
}

function encoded(fields: Partial<BundleEntry>): Uint8Array {
  const writer = new ByteWriter()
  encodeBundleEntry(writer, { ...newBundleEntry(), ...fields })
  return writer.take()
}

function float32(...shape: number[]): Partial<BundleEntry> {
  return { dtype: 1, shape, size: shape.reduce((size, dimension) => size * dimension, 4) }
}

/** What scanning hands out, and by which way; or what it throws. */
async function scanned(fs: MemoryFileSystem, fast: boolean): Promise<unknown> {
  const ways: (number | undefined)[] = []
  registerFastPaths(fast ? counting(ways) : undefined)
  const bundle = await OpenBundle.open('m', { fs, verifyChecksums: false }).catch(String)
  if (!(bundle instanceof OpenBundle)) return { error: bundle }
  const [entries, keys]: [unknown[], unknown[]] = [[], []]
  try {
    for await (const [bytes, ends] of bundle.scan((entry) => entries.push(structuredClone(entry))))
      keys.push([Buffer.from(bytes.subarray(0, ends.at(-1))).toString('latin1'), ends.join()])
    return { entries, keys }
  } catch (error) {
    return { error: String(error) }
  } finally {
    await bundle.close()
    useSimdChecksums()
    counted = ways
  }
}

let Reader = PlainBlockReader

function forbidden(): never {
  throw new EvalError('Refused to compile')
}

/** Entries of each block that was read the fast way; undefined for one that was left. */
let counted: (number | undefined)[] = []

function counting(ways: (number | undefined)[]): FastPaths {
  return {
    ...(fastPaths as FastPaths),
    blocks(numShards, take) {
      const reader = new Reader(numShards, take)
      const read: PlainBlockReader['read'] = (block, last) => {
        const keys = reader.read(block, last)
        ways.push(keys && keys[1].length - 1)
        return keys
      }
      return { read } as PlainBlockReader
    },
  }
}

async function expectSame(fs: MemoryFileSystem): Promise<unknown> {
  const careful = await scanned(fs, false)
  const fast = await scanned(fs, true)
  expect(fast).toEqual(careful)
  return fast
}

/** Keys that share long beginnings, and short ones; of one byte and several a character. */
const key = fc
  .tuple(
    fc.constantFrom('', 'v/', 'model/block_0001/layer_002/', 'x'.repeat(140), 'é/'),
    fc.string({ unit: fc.constantFrom('a', 'b', '0', 'é', '\u{10348}'), maxLength: 150 }),
  )
  .map((parts) => bytesFromKey(parts.join('')))
const dimension = fc.oneof(fc.nat(9), fc.nat(300), fc.nat(2 ** 20))
/** Entries that make sense. */
const sound = fc
  .record({
    shape: fc.array(dimension, { maxLength: 4 }),
    shardId: fc.nat(2),
    offset: fc.oneof(
      fc.constant(0),
      fc.nat(200),
      fc.nat(2 ** 30),
      fc.nat().map((n) => n * 2 ** 17),
    ),
    crc32c: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
  })
  .filter(({ shape }) => shape.reduce((size, one) => size * one, 4) < 2 ** 49)
  .map((fields) => ({ ...fields, ...float32(...fields.shape) }))
const any = fc.record({
  dtype: fc.nat(140),
  shape: fc.array(fc.oneof(dimension, fc.constant(-1), fc.constant(2 ** 40)), { maxLength: 6 }),
  unknownRank: fc.boolean(),
  shardId: fc.nat(4),
  offset: fc.oneof(fc.nat(), fc.maxSafeInteger()),
  size: fc.nat(40),
  slices: fc.constantFrom([], [[[1, 2] as const]]),
})
const options = fc.record({ blockSize: fc.constantFrom(64, 500, 1 << 18), restartInterval: fc.constantFrom(1, 3, 16) })

describe('PlainBlockReader', () => {
  test('reads every block of what makes sense, as it is read entry by entry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(key, sound.map(encoded)), { maxLength: 60 }), options, async (all, how) => {
        await expectSame(indexOf(all, how))
        expect(counted).not.toContain(undefined)
      }),
      { numRuns: 200 },
    )
  })

  test('reads what may make none so, or leaves it', async () => {
    const value = fc.oneof(
      { weight: 5, arbitrary: sound.map(encoded) },
      any.map(encoded),
      fc.uint8Array({ maxLength: 12 }),
      fc.tuple(sound.map(encoded), any.map(encoded)).map(concatBytes),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(key, value), { maxLength: 20 }), options, async (all, how) => {
        await expectSame(indexOf(all, how))
      }),
      { numRuns: 500 },
    )
  })

  test('of a damaged index says what is said entry by entry', async () => {
    const values = Array.from({ length: 10 }, (_, i) =>
      encoded({ ...float32(20 * i), offset: 300 * i, crc32c: 77 * i }),
    )
    const keys = values.map((_, i) => bytesFromKey(`layer_${100 + i}/w`))
    const fs = indexOf(keys.map((one, i) => [one, values[i] as Uint8Array]))
    const sane = fs.files.get('m.index') as Uint8Array
    for (let at = 0; at < sane.length - 48; at++) {
      for (const change of [0x80, 1, 0x3e]) {
        const bytes = sane.slice()
        bytes[at] = (bytes[at] as number) ^ change
        fs.files.set('m.index', bytes)
        await expectSame(fs)
      }
    }
  })

  test.each([
    ['every number in seven bytes', encoded({ ...float32(2), offset: 2 ** 49 - 1 }), 3],
    ['a place beyond that', encoded({ ...float32(2), offset: 2 ** 49 }), undefined],
    ['no dimension', encoded(float32()), 3],
    ['a dimension of nothing', encoded(float32(0, 3)), 3],
    ['text, each with its length', encoded({ dtype: 7, shape: [3], size: 9 }), 3],
    ['text of less than a byte each', encoded({ dtype: 7, shape: [3], size: 2 }), undefined],
    ['a size that is not that of the shape', encoded({ ...float32(2), size: 4 }), undefined],
    ['more than any number counts', encoded({ ...float32(2 ** 30, 2 ** 30), size: 4 }), undefined],
    ['a shard that there is not', encoded({ ...float32(2), shardId: 3 }), undefined],
    ['no dtype', encoded({ shape: [2], size: 8 }), undefined],
    ['a dtype that there is not, of nothing', encoded({ dtype: 99, shape: [0] }), undefined],
    ['a dtype beyond all', encoded({ ...float32(2), dtype: 300 }), undefined],
    ['254 dimensions', encoded(float32(...new Array<number>(254).fill(1))), 3],
    ['255 dimensions', encoded(float32(...new Array<number>(255).fill(1))), undefined],
    ['an unknown rank', encoded({ ...float32(), unknownRank: true }), undefined],
    ['a dimension that ends behind its shape', Uint8Array.of(8, 1, 0x12, 2, 0x12, 2, 8, 2, 0x28, 8), undefined],
    ['parts', encoded({ ...float32(2), slices: [[[0, 1]]] }), undefined],
  ])('reads or leaves a block that has %s', async (_, value, count) => {
    const before: KeyAndValue = [bytesFromKey('v'), encoded({ ...float32(2), offset: 7, crc32c: 9 })]
    await expectSame(indexOf([before, [bytesFromKey('w'), value]]))
    expect(counted).toEqual([count])
  })

  test('leaves an entry that reaches into what is behind the entries', async () => {
    // The tag of a checksum, and in its place the first restart point.
    const value = concatBytes([encoded(float32(2)), Uint8Array.of(0x35)])
    const fs = indexOf([[bytesFromKey('w'), value]])
    const bytes = fs.files.get('m.index') as Uint8Array
    const at = bytes.indexOf('w'.charCodeAt(0)) - 1
    expect(bytes[at]).toBe(value.length)
    bytes[at] = value.length + 4
    expect(await expectSame(fs)).toMatchObject({ error: expect.stringContaining('bad entry in block') as unknown })
  })

  test('leaves a block that is larger than any writer makes it', async () => {
    const values = Array.from({ length: 12_000 }, () => encoded(float32(2)))
    const keys = values.map((_, i) => bytesFromKey(`${'k'.repeat(90)}${10_000 + i}`))
    const all = keys.map((one, i): KeyAndValue => [one, values[i] as Uint8Array])
    await expectSame(indexOf(all, { blockSize: 1 << 22, restartInterval: 1 }))
    expect(counted).toEqual([undefined])
  })

  test('leaves keys that would take more memory than it has', async () => {
    const all = Array.from({ length: 2000 }, (_, i): KeyAndValue => [
      bytesFromKey(`${'k'.repeat(2000)}${10_000 + i}`),
      encoded(float32(2)),
    ])
    await expectSame(indexOf(all, { restartInterval: 4000 }))
    expect(counted).toEqual([undefined])
  })

  test.each([
    ['there is no WebAssembly', undefined],
    ['a content security policy forbids it', { Module: forbidden }],
  ])('leaves every block where %s', async (_, there) => {
    vi.resetModules()
    vi.stubGlobal('WebAssembly', there)
    try {
      Reader = (await import('../../src/checkpoint/plain-block')).PlainBlockReader
      await expectSame(indexOf([[bytesFromKey('w'), encoded(float32(2))]]))
      expect(counted).toEqual([undefined])
    } finally {
      vi.unstubAllGlobals()
      Reader = PlainBlockReader
    }
  })

  test('takes the blocks of several indexes in turn, as each of them alone', async () => {
    const of = (name: string): MemoryFileSystem =>
      indexOf(
        Array.from({ length: 300 }, (_, i) => [bytesFromKey(`${name}/${100 + i}`), encoded(float32(i, name.length))]),
        { blockSize: 300 },
      )
    const all = await Promise.all(['a', 'bb', 'ccc'].map((name) => OpenBundle.open('m', { fs: of(name) })))
    const columns = await Promise.all(all.map((bundle) => bundle?.entries()))
    for (const [i, name] of ['a', 'bb', 'ccc'].entries()) {
      expect([...(columns[i]?.keys() ?? [])]).toEqual(Array.from({ length: 300 }, (_, at) => `${name}/${100 + at}`))
      expect([...(columns[i]?.values() ?? [])].map(({ shape }) => shape)).toEqual(
        Array.from({ length: 300 }, (_, at) => [at, name.length]),
      )
    }
  })
})
