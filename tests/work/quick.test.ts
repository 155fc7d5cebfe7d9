/** How much reading works from files that are quick, as those of Node's disk are. */
import { beforeAll, describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { type MemoryFileSystem } from '../../src/fs/memory'
import { Saver } from '../../src/train/saver'
import { allocations } from '../../src/util/memory'
import { VariableStore } from '../../src/variables/variable-store'
import { checkpointOf, LARGE, MEDIUM, NEIGHBOURS, quiet, SMALL, storeOf } from '../helpers/counting'
import { QuickFileSystem } from '../helpers/quick-fs'

const MB = 1 << 20

describe.each([
  { name: 'one of 32 MB', set: LARGE },
  { name: '40 of 1 MB', set: MEDIUM },
  { name: '96 of 256 KiB', set: NEIGHBOURS },
  { name: '5,000 of 400 bytes', set: SMALL },
])('Of $name', ({ set }) => {
  const data = set.count * set.bytes
  let files: MemoryFileSystem

  beforeAll(async () => {
    files = await checkpointOf(set)
  })

  async function readerOf(): Promise<{ fs: QuickFileSystem; reader: CheckpointReader }> {
    const fs = new QuickFileSystem(files)
    const reader = await CheckpointReader.open('m', { fs })
    fs.ranges.length = 0
    return { fs, reader }
  }

  test('verifying reads each byte once, in pieces of 1 MiB, and makes no buffer', async () => {
    const { fs, reader } = await readerOf()
    // Memory for what is under way is that of the checksum.
    const { buffers } = allocations
    for (let i = 0; i < 5; i++) expect((await reader.verify()).faults).toEqual([])
    expect(allocations.buffers - buffers).toBe(0)
    expect(fs.ranges.reduce((sum, { length }) => sum + length, 0)).toBe(5 * data)
    expect(Math.max(...fs.ranges.map(({ length }) => length))).toBeLessThanOrEqual(MB)
    expect(fs.ranges.length).toBeLessThanOrEqual(5 * Math.ceil((1.1 * data) / MB))
    await reader.close()
  })

  test('who stops in the middle, and a read that fails, leave the memory to the next', async () => {
    const { fs, reader } = await readerOf()
    const { buffers } = allocations
    for (let i = 0; i < 30; i++) {
      for await (const [, value] of reader.tensors({ reuseBuffer: true })) if (value.shape.length === 1) break
      fs.failing = fs.ranges.length + (i % 3)
      await reader.verify()
      fs.failing = Infinity
    }
    // Arrays that tensors() hands out, and what a tensor that is read by itself takes for a fault.
    expect(allocations.buffers - buffers).toBeLessThanOrEqual(30 * (set === SMALL ? 5001 : 20))
    const { buffers: later } = allocations
    expect((await reader.verify()).faults).toEqual([])
    expect(allocations.buffers - later).toBe(0)
    await reader.close()
  })

  test('restoring into arrays that are there makes no buffer, and gives what was saved', async () => {
    const store = storeOf(set, 7)
    const saver = new Saver(store, { fs: new QuickFileSystem(files), logger: quiet })
    const before = [...store].map((variable) => (variable.read().data as Float32Array).buffer)
    const { buffers } = allocations
    await saver.restore('m', { rollback: false })
    expect(allocations.buffers - buffers).toBe(0)
    for (const [i, { name }] of [...store].entries()) {
      const values = store.get(name)?.read().data as Float32Array
      expect([values.buffer === before[i], values[0], values.at(-1)]).toEqual([true, 1 + i, 1 + i])
    }
  })

  test('the first restore takes one copy, in few buffers', async () => {
    const store = new VariableStore()
    for (let i = 0; i < set.count; i++) store.getVariable(`v/${i}`, { shape: [set.bytes / 4] })
    const { buffers, bytes } = allocations
    await new Saver(store, { fs: new QuickFileSystem(files), logger: quiet }).restore('m')
    expect(allocations.bytes - bytes).toBeLessThanOrEqual(data + (1 << 16))
    expect(allocations.buffers - buffers).toBeLessThanOrEqual(3)
    for (let i = 0; i < set.count; i++) expect(store.get(`v/${i}`)?.read().data.at(-1)).toBe(1 + i)
  })

  test('a damaged byte is found on each way, and loses nothing', async () => {
    const damaged = new QuickFileSystem(files)
    const path = 'm.data-00000-of-00001'
    const bytes = files.files.get(path) ?? new Uint8Array()
    bytes[data - 5] = (bytes[data - 5] as number) ^ 1
    const store = storeOf(set, 7)
    const saver = new Saver(store, { fs: damaged, logger: quiet })
    for (let i = 0; i < 2; i++) await expect(saver.restore('m')).rejects.toMatchObject({ code: 'DATA_LOSS' })
    for (const [i, variable] of [...store].entries()) expect(variable.read().data.at(-1)).toBe(7 + i)
    const reader = await CheckpointReader.open('m', { fs: damaged })
    expect((await reader.verify()).faults).toHaveLength(1)
    await reader.close()
    bytes[data - 5] = (bytes[data - 5] as number) ^ 1
  })
})

test('A Saveable of the caller’s own gets memory of its own', async () => {
  const files = await checkpointOf(MEDIUM)
  const kept: Float32Array[] = []
  const own = (i: number) => ({
    dtype: 'float32' as const,
    shape: [MEDIUM.bytes / 4],
    read: () => Promise.reject(new Error('There is no value yet')),
    assign: (value: { data: unknown }) => void kept.push(value.data as Float32Array),
    name: `v/${i}`,
  })
  const saveables = new Map(Array.from({ length: 3 }, (_, i) => [`v/${i}`, own(i) as never]))
  await new Saver(saveables, { fs: new QuickFileSystem(files), logger: quiet }).restore('m')
  expect(kept.map((array) => [array.byteLength, array.buffer.byteLength, array[0]])).toEqual(
    [1, 2, 3].map((first) => [MEDIUM.bytes, MEDIUM.bytes, first]),
  )
})
