import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { useSimdChecksums } from '../../src/checkpoint/simd-checksums'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { ndarray } from '../../src/tensor/ndarray'
import { QuickFileSystem } from '../helpers/quick-fs'

beforeEach(() => useSimdChecksums())

const DATA = 'm.data-00000-of-00001'
const COUNT = 400

const keyOf = (i: number): string => `v/${1000 + i}`
const lengthOf = (i: number): number => (i % 50 === 7 ? 30_000 : (i * 37) % 900)

/** Number i has lengthOf(i) times i; every 50th is large. */
async function filesOf(): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  const writer = await TensorBundleWriter.create('m', { fs })
  for (let i = 0; i < COUNT; i++) {
    if (i % 90 === 3) await writer.add(keyOf(i), ndarray('string', [1], [Uint8Array.of(i & 255)]))
    else await writer.add(keyOf(i), ndarray('float32', [lengthOf(i)], new Float32Array(lengthOf(i)).fill(i)))
  }
  await writer.finish()
  return fs
}

async function expectRight(reader: CheckpointReader, i: number): Promise<void> {
  const { data } = await reader.getTensor(keyOf(i))
  if (i % 90 === 3) expect(data).toEqual([Uint8Array.of(i & 255)])
  else expect(data).toEqual(new Float32Array(lengthOf(i)).fill(i))
}

describe('One tensor after another', () => {
  test('is what stands there, in any order, also of several at once', async () => {
    const fs = await filesOf()
    const orders = fc.array(fc.tuple(fc.nat(COUNT - 1), fc.integer({ min: 1, max: 12 }), fc.boolean()), {
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(orders, async (runs) => {
        const reader = await CheckpointReader.open('m', { fs: new QuickFileSystem(fs) })
        for (const [first, count, together] of runs) {
          const all = Array.from({ length: count }, (_, i) => (first + i) % COUNT)
          if (together) await Promise.all(all.map((i) => expectRight(reader, i)))
          else for (const i of all) await expectRight(reader, i)
        }
        await reader.close()
      }),
      { numRuns: 40 },
    )
  })

  test('in the order of the file takes few reads, in any other one for each', async () => {
    const fs = new QuickFileSystem(await filesOf())
    const reader = await CheckpointReader.open('m', { fs })
    fs.ranges.length = 0
    for (let i = 0; i < COUNT; i++) await expectRight(reader, i)
    // 8 large ones, 5 of strings, and what lies between.
    expect(fs.ranges.length).toBeLessThan(50)
    expect(fs.ranges.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(4_000_000)
    await reader.close()
    const other = await CheckpointReader.open('m', { fs })
    fs.ranges.length = 0
    for (let i = COUNT - 1; i >= 380; i--) if (lengthOf(i) > 0) await expectRight(other, i)
    expect(fs.ranges.length).toBe(20)
    await other.close()
  })

  test('two copies never share memory', async () => {
    const reader = await CheckpointReader.open('m', { fs: await filesOf() })
    const values = await Promise.all([10, 11, 12, 12].map((i) => reader.getTensor(keyOf(i), 'float32')))
    expect(new Set(values.map(({ data }) => data.buffer)).size).toBe(4)
    values[2]?.data.fill(-1)
    expect((await reader.getTensor(keyOf(12), 'float32')).data[0]).toBe(12)
    await reader.close()
  })

  test('that is damaged is the error that it is alone, and the next one is read', async () => {
    const fs = await filesOf()
    const plain = await CheckpointReader.open('m', { fs })
    const data = fs.files.get(DATA) ?? new Uint8Array()
    const at = data.findIndex(
      (_, place) => new DataView(data.buffer, data.byteOffset + place, 4).getFloat32(0, true) === 21,
    )
    data[at] = (data[at] as number) ^ 1
    const alone = await plain.getTensor(keyOf(21)).catch((error: unknown) => error)
    expect(alone).toMatchObject({ code: 'DATA_LOSS', key: keyOf(21) })
    for (const i of [18, 19, 20]) await expectRight(plain, i)
    await expect(plain.getTensor(keyOf(21))).rejects.toEqual(alone)
    await expectRight(plain, 22)
    await plain.close()
  })

  test('of a file that has become shorter is an error, also without checksums', async () => {
    const fs = await filesOf()
    const data = fs.files.get(DATA) ?? new Uint8Array()
    fs.files.set(DATA, data.slice(0, 30_000))
    for (const verifyChecksums of [true, false]) {
      const reader = await CheckpointReader.open('m', { fs, verifyChecksums })
      let errors = 0
      for (let i = 0; i < 60; i++) {
        await expectRight(reader, i).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'OUT_OF_RANGE' })
          errors++
        })
      }
      expect(errors).toBeGreaterThan(20)
      await reader.close()
    }
  })

  test('after a read that failed is read by itself', async () => {
    const fs = new QuickFileSystem(await filesOf())
    const reader = await CheckpointReader.open('m', { fs })
    await expectRight(reader, 10)
    fs.failing = fs.ranges.length
    for (const i of [11, 12, 13]) await expectRight(reader, i)
    await reader.close()
  })

  test('of a reader that is closed, or told to stop, is not given', async () => {
    const aborter = new AbortController()
    const reader = await CheckpointReader.open('m', { fs: await filesOf(), signal: aborter.signal })
    for (const i of [10, 11, 12]) await expectRight(reader, i)
    aborter.abort(new Error('enough'))
    await expect(reader.getTensor(keyOf(13))).rejects.toThrow('enough')
    const closed = await CheckpointReader.open('m', { fs: await filesOf() })
    for (const i of [10, 11, 12]) await expectRight(closed, i)
    await closed.close()
    await expect(closed.getTensor(keyOf(13))).rejects.toMatchObject({ code: 'FAILED_PRECONDITION' })
  })
})
