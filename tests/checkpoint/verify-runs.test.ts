import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CheckpointReader, type VerifyReport } from '../../src/checkpoint/checkpoint-reader'
import { registerFastPaths } from '../../src/checkpoint/fast-paths'
import { useSimdChecksums } from '../../src/checkpoint/simd-checksums'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { type ReadableFileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { type BundleEntry, decodeBundleEntry, encodeBundleEntry } from '../../src/proto/bundle-messages'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { entriesOf, tableBytes } from '../helpers/bundle'
import { ByteWriter } from '../../src/util/coding'
import { QuickFileSystem } from '../helpers/quick-fs'

beforeEach(() => useSimdChecksums())
afterEach(() => useSimdChecksums())

const DATA = 'm.data-00000-of-00001'

async function bundleOf(values: ReadonlyMap<string, NDArray>): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  const writer = await TensorBundleWriter.create('m', { fs })
  for (const [key, value] of values) await writer.add(key, value)
  await writer.finish()
  return fs
}

/** What verifying says, and the keys that progress named. */
async function verified(fs: ReadableFileSystem): Promise<{ report: VerifyReport; keys: string[]; bytesDone: number }> {
  const reader = await CheckpointReader.open('m', { fs })
  const keys: string[] = []
  let bytesDone = 0
  const report = await reader.verify({
    onProgress: (progress) => {
      keys.push(progress.key)
      bytesDone = progress.bytesDone
    },
  })
  // The same when nobody wants to hear of each.
  expect(await reader.verify()).toEqual(report)
  await reader.close()
  return { report, keys, bytesDone }
}

/** The same with the fast ways and without them. */
async function expectAlike(fs: ReadableFileSystem): Promise<VerifyReport> {
  const fast = await verified(fs)
  registerFastPaths(undefined)
  const slow = await verified(fs)
  useSimdChecksums()
  expect(fast.report).toEqual(slow.report)
  expect([...fast.keys].sort()).toEqual([...slow.keys].sort())
  expect(fast.bytesDone).toBe(slow.bytesDone)
  return fast.report
}

function entryBytes(entry: BundleEntry): Uint8Array {
  const writer = new ByteWriter()
  encodeBundleEntry(writer, entry)
  return writer.take()
}

function numbers(count: number, first: number): NDArray {
  return ndarray(
    'float32',
    [count],
    Float32Array.from({ length: count }, (_, i) => first + i),
  )
}

/** Many small ones, and between them what is no number, empty, or large. */
function mixed(): Map<string, NDArray> {
  const values = new Map<string, NDArray>()
  for (let i = 0; i < 90; i++) values.set(`v/${100 + i}`, numbers((i * 7) % 60, i))
  values.set('v/120/text', ndarray('string', [2], [Uint8Array.of(1, 2), Uint8Array.of(3)]))
  values.set('v/150/large', numbers(20_000, 7))
  values.set('v/170/flags', ndarray('bool', [3], Uint8Array.of(1, 0, 1)))
  return new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)))
}

describe('Verifying runs of small tensors', () => {
  test('finds nothing in what is sound, and hears of each once', async () => {
    const report = await expectAlike(await bundleOf(mixed()))
    expect(report).toMatchObject({ tensors: 93, faults: [] })
  })

  test('finds every byte that was changed, and says of which tensor', async () => {
    const files = await bundleOf(new Map([...mixed()].filter(([key]) => key !== 'v/150/large')))
    const data = files.files.get(DATA) ?? new Uint8Array()
    for (let at = 0; at < data.length; at += 29) {
      data[at] = (data[at] as number) ^ 0x10
      const { faults } = await expectAlike(files)
      expect(faults).toHaveLength(1)
      data[at] = (data[at] as number) ^ 0x10
    }
  })

  test('finds several at once', async () => {
    const files = await bundleOf(mixed())
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(5000), { maxLength: 5 }), async (places) => {
        const data = files.files.get(DATA) ?? new Uint8Array()
        for (const at of places) data[at] = (data[at] as number) ^ 1
        await expectAlike(files)
        for (const at of places) data[at] = (data[at] as number) ^ 1
      }),
      { numRuns: 30 },
    )
  })

  test('of a file that is cut short, or not there, tells what is missing', async () => {
    const files = await bundleOf(mixed())
    const data = files.files.get(DATA) ?? new Uint8Array()
    files.files.set(DATA, data.slice(0, 3000))
    expect((await expectAlike(files)).faults.length).toBeGreaterThan(3)
    files.files.delete(DATA)
    expect((await expectAlike(files)).faults).toHaveLength(93)
  })

  test('finds tensors that lie on the same bytes, each with its checksum', async () => {
    const files = await bundleOf(new Map(Array.from({ length: 60 }, (_, i) => [`v/${100 + i}`, numbers(10, i)])))
    const rows = await entriesOf(files, 'm.index')
    const entries = rows.map(([key, value]) => [key, { ...decodeBundleEntry(value) }] as const)
    // The last is said to be the one before it.
    const last = entries.at(-1)?.[1]
    const before = entries.at(-2)?.[1]
    if (last === undefined || before === undefined) throw new Error('There are no entries')
    Object.assign(last, { offset: before.offset, crc32c: before.crc32c })
    const [header, ...others] = rows
    const changed = [...others.slice(0, -1), [rows.at(-1)?.[0], entryBytes(last)] as const]
    files.files.set('m.index', tableBytes([header, ...changed] as [Uint8Array, Uint8Array][]))
    const { faults } = await expectAlike(files)
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('the tensors v/158 and v/159 lie on the same bytes'),
    ])
  })

  test('of a read that fails, reads each by itself', async () => {
    const fs = new QuickFileSystem(await bundleOf(mixed()))
    const reader = await CheckpointReader.open('m', { fs })
    fs.failing = fs.ranges.length
    expect((await reader.verify()).faults).toEqual([])
    await reader.close()
  })

  test('stops where it is told to, and when the reader was closed', async () => {
    const files = await bundleOf(mixed())
    const aborter = new AbortController()
    const reader = await CheckpointReader.open('m', { fs: new QuickFileSystem(files), signal: aborter.signal })
    aborter.abort(new Error('enough'))
    await expect(reader.verify()).rejects.toThrow('enough')
    await reader.close()
    await expect(reader.verify()).rejects.toThrow('is closed')
  })

  test('reads each byte once, in pieces of 1 MiB at most', async () => {
    const values = new Map(Array.from({ length: 3000 }, (_, i) => [`v/${1000 + i}`, numbers(250, i)]))
    const fs = new QuickFileSystem(await bundleOf(values))
    const reader = await CheckpointReader.open('m', { fs })
    fs.ranges.length = 0
    expect(await reader.verify()).toEqual({ tensors: 3000, bytes: 3_000_000, faults: [] })
    await reader.close()
    expect(fs.ranges.map(({ length }) => length)).toEqual([1_048_000, 1_048_000, 904_000])
  })
})
