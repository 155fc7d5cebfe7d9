/**
 * Parts that do not fit together, or are damaged: a typed error, and every file is as it was.
 */
import { describe, expect, test } from 'vitest'
import { mergeBundles } from '../../src/checkpoint/merge-bundles'
import { MemoryFileSystem } from '../../src/fs/memory'
import { type BundleEntry, encodeBundleHeader } from '../../src/proto/bundle-messages'
import { EMPTY_BYTES } from '../../src/util/bytes'
import { OpError } from '../../src/util/errors'
import { entriesOf, errorOf, hex, tableBytes } from '../helpers/bundle'
import { FaultFileSystem } from '../helpers/fault-fs'
import { savePart, valuesIn } from '../helpers/parts'
import { crafted, entryBytes, headerBytes, message } from './crafted'
import type { Bytes } from './survey'

const PARTS = ['t/p0', 't/p1', 't/p2']

/** Three parts of a plain tensor and one of a sliced tensor each. */
async function threeParts(): Promise<MemoryFileSystem> {
  return new MemoryFileSystem(Array.from((await PREPARED).files, ([path, bytes]) => [path, bytes.slice()] as const))
}

const PREPARED = prepare()

async function prepare(): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  for (const [i, name] of PARTS.entries()) {
    await savePart(fs, name, [
      [`x${i}`, '', i],
      ['w', `3 ${i},1`, [i]],
    ])
  }
  return fs
}

function fileOf(fs: MemoryFileSystem, path: string): Bytes {
  return fs.files.get(path) as Bytes
}

/** The error of a merge into m, which must leave all files as they were. */
async function refused(fs: MemoryFileSystem, names: readonly string[] = PARTS): Promise<[string, string]> {
  const before = new Map(fs.files)
  const error = await errorOf(mergeBundles(names, 'm', { fs }))
  expect(error[0]).not.toBe('no error')
  expect(new Map(fs.files)).toEqual(before)
  return error
}

describe('A part whose index is damaged', { timeout: 30_000 }, () => {
  test('is refused, whichever bit flips: or nothing has changed, where nobody reads the byte', async () => {
    const right = await threeParts()
    const index = fileOf(right, 't/p1.index')
    const expected = await mergedFiles(right)
    let harmless = 0
    for (let bit = 0; bit < 8 * index.length; bit += 3) {
      const fs = await threePartsWith('t/p1.index', flipped(index, bit))
      const before = new Map(fs.files)
      try {
        await mergeBundles(PARTS, 'm', { fs })
        harmless++
        expect(filesOf(fs)).toEqual(expected)
      } catch (error) {
        expect(error).toBeInstanceOf(OpError)
        expect(new Map(fs.files)).toEqual(before)
      }
    }
    // The metaindex block and the zeros of the footer.
    expect(harmless).toBeLessThan((8 * 60) / 3)
  })

  test('is refused at whatever length it is cut off', async () => {
    const index = fileOf(await threeParts(), 't/p2.index')
    for (let length = 0; length < index.length; length++) {
      const fs = await threePartsWith('t/p2.index', index.slice(0, length))
      expect((await refused(fs))[0]).toBe('DataLossError')
    }
  })

  test('is named', async () => {
    const damaged = fileOf(await threeParts(), 't/p1.index').slice()
    damaged[8] = (damaged[8] as number) ^ 1
    const [name, text] = await refused(await threePartsWith('t/p1.index', damaged))
    expect([name, text]).toEqual([
      'DataLossError',
      expect.stringMatching(
        /^Unable to read file \(t\/p1\.index\)\. Perhaps .* \(failed to seek to header entry\): block checksum mismatch/,
      ),
    ])
    const other = await refused(await threePartsWith('t/p1.index', new Uint8Array(100)))
    expect(other[1]).toMatch(/^not an sstable \(bad magic number\)/)
  })

  test('is refused for an entry that cannot be', async () => {
    for (const [entry, text] of [
      [Uint8Array.of(8), /^Entry for key a not parseable\./],
      [entryBytes({ shardId: 1 }), /^Invalid shard in bundle entry: key a; shard 1 of 1/],
      [entryBytes({ size: 5, shape: [4] }), /^Invalid size in bundle entry: key a; stored size 5; expected size 4/],
      [message([1, 4], [2, EMPTY_BYTES], [4, -1n], [5, 1]), /^Invalid place in bundle entry: key a/],
    ] as const) {
      const fs = craftedParts([['a', entry]])
      expect((await refused(fs, ['t/p0']))[1]).toMatch(text)
    }
  })
})

describe('A part whose files are not there', () => {
  test('is refused in TensorFlow’s words', async () => {
    const fs = await threeParts()
    const error = await refused(fs, ['t/p0', 't/p7'])
    expect(error).toEqual([
      'InvalidArgumentError',
      'allow_missing_files was set to false and t/p7 did not exist.NOT_FOUND: t/p7 not found: ' +
        't/p7.index is missing, which is written when a part is complete',
    ])
  })

  test('is refused before any other’s data is moved', async () => {
    const fs = await threeParts()
    fs.files.delete('t/p2.data-00000-of-00001')
    expect(await refused(fs)).toEqual(['NotFoundError', 't/p2.data-00000-of-00001; No such file or directory'])
  })

  test('is refused where its data is short', async () => {
    for (let length = 0; length < 8; length++) {
      const fs = await threePartsWith('t/p2.data-00000-of-00001', new Uint8Array(length))
      const [name, text] = await refused(fs)
      expect(name).toBe('OutOfRangeError')
      expect(text).toMatch(
        /^Read less bytes than requested: .* t\/p2\.data-00000-of-00001, which has \d+: \d+ bytes are missing$/,
      )
    }
  })

  test('is refused where there is no part at all', async () => {
    const [name, text] = await refused(await threeParts(), [])
    expect(name).toBe('InvalidArgumentError')
    expect(text).toMatch(/^At least one prefix checkpoint file must exist, but none existed\./)
  })
})

describe('Parts that do not fit together', () => {
  test('are refused where one is named twice', async () => {
    const fs = await threeParts()
    const [name, text] = await refused(fs, ['t/p0', 't/p1', 't/p0'])
    // The parts of tensors sort first.
    expect(name).toBe('InvalidArgumentError')
    expect(text).toContain(' encountered, when merging prefix: t/p0: it is the part 0,1 of w')
    await savePart(fs, 't/plain', [['y', '', 1]])
    expect(await refused(fs, ['t/plain', './t/plain'])).toEqual([
      'InvalidArgumentError',
      'Duplicate tensor keyed by y encountered, when merging prefix: ./t/plain',
    ])
  })

  test('are refused where one is the checkpoint itself: TensorFlow deletes the merged index with the part’s', async () => {
    const fs = await threeParts()
    await savePart(fs, 'm', [['y', '', 1]])
    expect((await refused(fs, ['t/p0', './/m']))[1]).toBe('Cannot merge m into itself: merge under another prefix')
  })

  test('are refused for the fault that TensorFlow meets first: part by part', async () => {
    const fs = new MemoryFileSystem()
    await savePart(fs, 't/p0', [
      ['a', '', 1],
      ['z', '', 2],
    ])
    await savePart(fs, 't/p1', [['z', '', 3]])
    await savePart(fs, 't/p2', [['a', '', 4]])
    expect((await refused(fs))[1]).toBe('Duplicate tensor keyed by z encountered, when merging prefix: t/p1')
  })

  test('are refused where a tensor is whole in one and in parts in another', async () => {
    const fs = new MemoryFileSystem()
    await savePart(fs, 't/p0', [['w', '4 0,2', [1, 2]]])
    await savePart(fs, 't/p1', [['w', '', [1, 2, 3, 4]]])
    expect(await refused(fs, ['t/p1', 't/p0'])).toEqual([
      'InvalidArgumentError',
      'Duplicate tensor keyed by w encountered, when merging prefix: t/p0',
    ])
    const [name, text] = await refused(fs, ['t/p0', 't/p1'])
    expect(name).toBe('InternalError')
    expect(text).toMatch(/^Duplicate tensor keyed by w; attempting to merge in a non-slice bundle entry/)
  })

  test('are refused where a tensor’s parts are of two shapes or dtypes: TensorFlow ends the process', async () => {
    const fs = new MemoryFileSystem()
    await savePart(fs, 't/p0', [['w', '4 0,2', [1, 2]]])
    await savePart(fs, 't/p1', [['w', '5 2,2', [3, 4]]])
    expect(await refused(fs, ['t/p0', 't/p1'])).toEqual([
      'InvalidArgumentError',
      'Cannot merge t/p1: w is float32 [5] there, and float32 [4] in a part before it',
    ])
    const sliced: Partial<BundleEntry> = { shape: [4], offset: 0, size: 0, crc32c: 0, slices: [[[2, 2]]] }
    const other = craftedParts([['w', entryBytes({ ...sliced, dtype: 9 })]])
    for (const [path, bytes] of other.files) fs.files.set(path.replace('p0', 'p2'), bytes)
    expect((await refused(fs, ['t/p0', 't/p2']))[1]).toMatch(
      /w is int64 \[4\] there, and float32 \[4\] in a part before it$/,
    )
  })

  test('are refused where a tensor’s parts overlap: TensorFlow merges them, and cannot read them then', async () => {
    const fs = new MemoryFileSystem()
    await savePart(fs, 't/p0', [['w', '4 0,2', [1, 2]]])
    await savePart(fs, 't/p1', [['w', '4 1,2', [3, 4]]])
    expect(await refused(fs, ['t/p0', 't/p1'])).toEqual([
      'InternalError',
      'Overlapping slices: existing slice = 0,2, new slice = 1,2: tensor w in t/p0.index',
    ])
  })

  test('are refused where byte order or version differ', async () => {
    const version = { producer: 1, minConsumer: 0, badConsumers: [] }
    const big = encodeBundleHeader({ numShards: 1, bigEndian: true, version })
    const conflicting = await threePartsWith('t/p1.index', await withHeader('t/p1', big))
    expect(await refused(conflicting)).toEqual([
      'InvalidArgumentError',
      'Merging bundles with conflicting endianness; inputs corrupted? t/p1.index differs from t/p0.index',
    ])
    const other = await threePartsWith('t/p2.index', await withHeader('t/p2', headerBytes({ producer: 2 })))
    expect(await refused(other)).toEqual([
      'InvalidArgumentError',
      'Merging bundles with different format versions: merged \b\u0001 vs. curr \b\u0002: t/p2.index differs from t/p0.index',
    ])
    const later = await threePartsWith('t/p0.index', await withHeader('t/p0', headerBytes({ minConsumer: 2 })))
    expect((await refused(later))[1]).toMatch(/^Checkpoint min consumer version 2 above current version 1/)
  })

  test('are refused where a header counts more shards than there are names for', async () => {
    const many = await threePartsWith('t/p0.index', await withHeader('t/p0', headerBytes({ numShards: 99_998 })))
    expect((await refused(many))[1]).toBe('Cannot merge into 100000 shards: a checkpoint has 99999 at most')
  })
})

describe('Parts whose indexes are large', () => {
  const KEYS = 3000

  /** Two parts with every other of 6,000 keys of 200 bytes: their indexes take several blocks. */
  function largeParts(): MemoryFileSystem {
    const entry = entryBytes()
    const keys = (part: number): [string, Uint8Array][] =>
      Array.from({ length: KEYS }, (_, i) => [`${String(2 * i + part).padStart(6, '0')}${'x'.repeat(194)}`, entry])
    return craftedParts(keys(0), keys(1))
  }

  test('are read block by block, twice, and not kept open', async () => {
    const fs = largeParts()
    const indexes = ['t/p0.index', 't/p1.index'].map((path) => fileOf(fs, path).length)
    const counting = new FaultFileSystem(fs)
    await mergeBundles(['t/p0', 't/p1'], 'm', { fs: counting })
    expect(Math.min(...indexes)).toBeGreaterThan(1 << 19)
    expect(counting.counts.bytesRead).toBeLessThanOrEqual(2 * indexes.reduce((sum, size) => sum + size))
    expect(counting.counts.openFiles).toBe(0)
    const keys = (await entriesOf(fs, 'm.index')).map(([key]) => Number(Buffer.from(key.subarray(0, 6)).toString()))
    expect(keys.slice(1)).toEqual(Array.from({ length: 2 * KEYS }, (_, i) => i))
  })

  test('are refused where one is written while it is merged', async () => {
    const fs = largeParts()
    const shorter = craftedParts([['a', entryBytes()]]).files.get('t/p0.index') as Bytes
    let opens = 0
    const changing = new Proxy(fs, {
      get: (target, name) => {
        if (name === 'open' && ++opens > 5) target.files.set('t/p1.index', shorter)
        const value = Reflect.get(target, name, target) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const [name, text] = await errorOf(mergeBundles(['t/p0', 't/p1'], 'm', { fs: changing }))
    expect([name, text]).toEqual([
      'DataLossError',
      expect.stringMatching(/^t\/p1\.index had \d+ bytes, and has \d+ now/),
    ])
  })
})

describe('A part that says more than it has', () => {
  test('is merged without shards that no tensor needs and nobody wrote', async () => {
    const fs = await threePartsWith('t/p1.index', await withHeader('t/p1', headerBytes({ numShards: 3 })))
    await fs.rename('t/p1.data-00000-of-00001', 't/p1.data-00000-of-00003')
    await mergeBundles(PARTS, 'm', { fs })
    expect(await valuesIn(fs, 'm')).toEqual({ x0: 0, x1: 1, x2: 2, w: [0, 1, 2] })
  })

  test('is merged with fields that nobody knows, wherever they and the shard’s number stand', async () => {
    const known = entryBytes({ shape: [4] })
    const entries = [
      ['a', known, [3, 1]],
      ['b', Uint8Array.from([...message([15, Uint8Array.of(1, 2)]), ...known]), [3, 1]],
      ['c', Uint8Array.from([...known, ...message([3, 0], [2000, 7])]), [3, 1]],
      ['d', Uint8Array.from([...message([3, 0]), ...known]), [3, 1]],
    ] as const
    const fs = craftedParts(
      [['z', known]],
      entries.map(([key, entry]) => [key, entry]),
    )
    await mergeBundles(['t/p0', 't/p1'], 'm', { fs, deleteOld: false })
    const merged = (await entriesOf(fs, 'm.index')).slice(1)
    const shape = message([1, 4], [2, message([2, message([1, 4])])])
    const rest = known.subarray(shape.length)
    const shard = message([3, 1])
    const unknown = message([15, Uint8Array.of(1, 2)])
    expect(merged.map(([key, value]) => [Buffer.from(key).toString(), hex(value)])).toEqual([
      ['a', hex(Buffer.concat([shape, shard, rest]))],
      ['b', hex(Buffer.concat([shard, unknown, shape, rest]))],
      ['c', hex(Buffer.concat([shape, shard, rest, message([2000, 7])]))],
      ['d', hex(Buffer.concat([shard, shape, rest]))],
      ['z', hex(known)],
    ])
  })
})

function flipped(bytes: Bytes, bit: number): Bytes {
  const copy = bytes.slice()
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7))
  return copy
}

async function threePartsWith(path: string, bytes: Bytes): Promise<MemoryFileSystem> {
  const fs = await threeParts()
  fs.files.set(path, bytes)
  return fs
}

/** The index of one of the three parts, with another header. */
async function withHeader(prefix: string, header: Uint8Array): Promise<Bytes> {
  const rows = await entriesOf(await threeParts(), `${prefix}.index`)
  return tableBytes(rows.map(([key, value]) => [key, key.length === 0 ? header : value] as const))
}

/** Parts t/p0, t/p1, … of these entries. */
function craftedParts(...parts: Parameters<typeof crafted>[0][]): MemoryFileSystem {
  const fs = new MemoryFileSystem()
  for (const [i, entries] of parts.entries()) {
    const { index, data } = crafted(entries)
    fs.files.set(`t/p${i}.index`, index)
    fs.files.set(`t/p${i}.data-00000-of-00001`, data)
  }
  return fs
}

function filesOf(fs: MemoryFileSystem): [string, string][] {
  return Array.from(fs.files, ([path, bytes]): [string, string] => [path, hex(bytes)]).sort()
}

async function mergedFiles(fs: MemoryFileSystem): Promise<[string, string][]> {
  const copy = new MemoryFileSystem(Array.from(fs.files, ([path, bytes]) => [path, bytes.slice()] as const))
  await mergeBundles(PARTS, 'm', { fs: copy })
  return filesOf(copy)
}
