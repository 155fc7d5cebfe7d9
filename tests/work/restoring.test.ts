/** How much a restore works: what it reads, in how many pieces, and what is made for it. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type MemoryFileSystem } from '../../src/fs/memory'
import { Saver } from '../../src/train/saver'
import { VariableStore } from '../../src/variables/variable-store'
import {
  checkpointOf,
  countWasm,
  LARGE,
  MEDIUM,
  NEIGHBOURS,
  quiet,
  sizeOf,
  SMALL,
  storeOf,
  type TensorSet,
  wasmCallsFor,
  type Work,
  workOf,
} from '../helpers/counting'

countWasm()

/** Restores that follow one another, of one Saver. */
async function restoresOf(files: MemoryFileSystem, set: TensorSet, rollbacks: readonly boolean[]): Promise<Work[]> {
  const store = storeOf(set, 7)
  const saver = new Saver(store, { fs: files, logger: quiet })
  const works: Work[] = []
  for (const rollback of rollbacks) works.push(await workOf(files, (fs) => saver.restore('m', { fs, rollback })))
  for (const i of [0, set.count - 1]) expect(store.get(`v/${i}`)?.read().data.at(-1)).toBe(1 + i)
  return works
}

describe.each([
  // Pieces of 4 MiB; tensors of more than 256 KiB one by one; neighbours in slabs of up to 4 MiB, three at once.
  { name: 'one of 32 MB', set: LARGE, reads: 8, slabs: 0 },
  { name: '40 of 1 MB', set: MEDIUM, reads: 40, slabs: 0 },
  { name: '96 of 256 KiB', set: NEIGHBOURS, reads: 6, slabs: 3 },
  { name: '5,000 of 400 bytes', set: SMALL, reads: 1, slabs: 1 },
])('Restoring $name', ({ set, reads, slabs }) => {
  const data = set.count * set.bytes
  let index: number
  let withRollback: readonly Work[]
  let without: readonly Work[]

  beforeAll(async () => {
    const files = await checkpointOf(set)
    index = sizeOf(files, 'm.index')
    withRollback = await restoresOf(files, set, [true, true, true, true])
    without = await restoresOf(files, set, [false, false, false])
  })

  test('reads each byte once, in few pieces', () => {
    for (const work of [...withRollback, ...without]) {
      expect(work.opens).toBe(2)
      expect(work.questions).toBeLessThanOrEqual(1)
      // Of the index: the footer, its index block, all other blocks.
      expect(work.reads).toBeLessThanOrEqual(reads + 3)
      expect(work.bytesRead).toBeGreaterThan(data)
      expect(work.bytesRead).toBeLessThanOrEqual(data + index)
    }
  })

  test('checksums each byte once, neighbours together', () => {
    const { least, most } = wasmCallsFor(data + index, reads + 1)
    for (const { wasm } of [...withRollback, ...without]) {
      expect(wasm).toBeLessThanOrEqual(most)
      expect(wasm).toBeGreaterThanOrEqual(least)
    }
  })

  test('takes memory for one copy the first time, and then none but slabs under way', () => {
    const [first, ...later] = withRollback
    expect(first?.buffers).toBeLessThanOrEqual(slabs > 0 ? reads : set.count)
    expect(first?.bytes).toBeLessThanOrEqual(data)
    for (const { buffers, bytes } of later) {
      expect(buffers).toBeLessThanOrEqual(slabs)
      expect(bytes).toBeLessThanOrEqual(slabs * (4 << 20))
    }
  })

  test('takes none but slabs under way without rollback', () => {
    for (const { buffers, bytes } of without) {
      expect(buffers).toBeLessThanOrEqual(slabs)
      expect(bytes).toBeLessThanOrEqual(slabs * (4 << 20))
    }
  })

  test('leaves the arrays of the variables where they are, without rollback', async () => {
    const files = await checkpointOf(set)
    const store = storeOf(set, 7)
    const buffers = (): unknown[] => [...store].map((variable) => (variable.read().data as Float32Array).buffer)
    const before = buffers()
    await workOf(files, (fs) => new Saver(store, { logger: quiet }).restore('m', { fs, rollback: false }))
    expect(buffers().every((buffer, i) => buffer === before[i])).toBe(true)
  })

  test('changes no file', () => {
    for (const { operations, appends } of [...withRollback, ...without]) expect([...operations, ...appends]).toEqual([])
  })
})

test('Restoring some of many reads those, and what lies in small gaps between them, in one piece', async () => {
  const files = await checkpointOf(SMALL)
  const keys = Array.from({ length: 50 }, (_, i) => `v/${1000 + 2 * i}`)
  const store = new VariableStore()
  for (const key of keys) store.getVariable(key, { shape: [SMALL.bytes / 4] })
  const work = await workOf(files, (fs) => new Saver(store, { logger: quiet }).restore('m', { fs }))
  expect(work.reads).toBe(3 + 1)
  // The header and the blocks of the index, and what lies between the first and the last.
  expect(work.bytesRead).toBeLessThanOrEqual(sizeOf(files, 'm.index') + 110 * SMALL.bytes)
})
