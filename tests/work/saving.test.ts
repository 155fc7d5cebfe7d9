/** How much a save works: what goes to the files, in how many pieces, and what is made for it. */
import { beforeAll, describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { Saver } from '../../src/train/saver'
import {
  countWasm,
  LARGE,
  MEDIUM,
  NEIGHBOURS,
  quiet,
  sizeOf,
  SMALL,
  storeOf,
  type TensorSet,
  type Work,
  workOf,
} from '../helpers/counting'

countWasm()

const DATA = 'm.data-00000-of-00001'

/** A first save, and one over it. */
async function savesOf(set: TensorSet, durable = true): Promise<Saves> {
  const files = new MemoryFileSystem()
  const store = storeOf(set)
  const save = (): Promise<Work> =>
    workOf(files, (fs) => new Saver(store, { fs, durable, logger: quiet }).save('m', { writeMetaGraph: false }))
  return { files, first: await save(), again: await save() }
}

interface Saves {
  readonly files: MemoryFileSystem
  readonly first: Work
  readonly again: Work
}

function appendsTo({ appends }: Work, path: string): readonly number[] {
  return [...appends].filter(([name]) => name.startsWith(path)).flatMap(([, sizes]) => sizes)
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0)
}

describe.each([
  // Straight from the variable, in pieces of 4 MiB.
  { name: 'one of 32 MB', set: LARGE, appends: 8, wasm: 8 * 34 },
  // One by one: a copy would cost more than the call.
  { name: '40 of 1 MB', set: MEDIUM, appends: 40, wasm: 40 * 10 + 1 },
  { name: '96 of 256 KiB', set: NEIGHBOURS, appends: 96, wasm: 96 * 4 + 1 },
  // Gathered in 1 MiB; a checksum for each, one for the index.
  { name: '5,000 of 400 bytes', set: SMALL, appends: 2, wasm: 5000 + 10 },
])('Saving $name', ({ set, appends, wasm }) => {
  let files: MemoryFileSystem
  let works: readonly Work[]

  beforeAll(async () => {
    const { first, again, ...more } = await savesOf(set)
    files = more.files
    works = [first, again]
  })

  test('hands each byte to the file once, in few pieces', () => {
    for (const work of works) {
      const data = appendsTo(work, DATA)
      expect(sum(data)).toBe(set.count * set.bytes)
      expect(data.length).toBeLessThanOrEqual(appends)
      const index = appendsTo(work, 'm.index')
      expect(sum(index)).toBe(sizeOf(files, 'm.index'))
      expect(index.length).toBe(1)
      expect(appendsTo(work, 'checkpoint').length).toBe(1)
    }
  })

  test('reads nothing', () => {
    for (const { opens, reads } of works) expect({ opens, reads }).toEqual({ opens: 0, reads: 0 })
  })

  test('takes no memory but the staging buffer', () => {
    for (const { buffers, bytes } of works) {
      expect(buffers).toBeLessThanOrEqual(2)
      expect(bytes).toBeLessThanOrEqual(2 << 20)
    }
  })

  test('checksums each byte once', () => {
    for (const work of works) {
      expect(work.wasm).toBeLessThanOrEqual(wasm)
      expect(work.wasm).toBeGreaterThanOrEqual((set.count * set.bytes) / (1 << 17))
    }
  })

  test('asks a few times what is there, however much there is to save', () => {
    for (const { questions } of works) expect(questions).toBeLessThanOrEqual(16)
  })
})

test('Saving 50,000 scalars takes an append for each 1 MiB of them and of the index, and nothing for each scalar', async () => {
  const { files, first } = await savesOf({ count: 50_000, bytes: 4 })
  expect(appendsTo(first, DATA)).toEqual([200_000])
  expect(appendsTo(first, 'm.index').length).toBe(Math.ceil(sizeOf(files, 'm.index') / (1 << 20)))
  expect(first.buffers).toBeLessThanOrEqual(2)
  expect(first.wasm).toBeLessThanOrEqual(50)
})

describe('The files of a save', () => {
  let durable: Saves
  let fast: Saves

  beforeAll(async () => {
    durable = await savesOf({ count: 3, bytes: 400 })
    fast = await savesOf({ count: 3, bytes: 400 }, false)
  })

  test('are made, synced and renamed once each', () => {
    expect(durable.first.operations).toEqual([
      `create ${DATA}.tempstate`,
      `sync ${DATA}.tempstate`,
      `close ${DATA}.tempstate`,
      `rename ${DATA}.tempstate ${DATA}`,
      'create m.index.tempstate',
      'sync m.index.tempstate',
      'close m.index.tempstate',
      'rename m.index.tempstate m.index',
      'syncDir ',
      'create checkpoint.tmp',
      'sync checkpoint.tmp',
      'close checkpoint.tmp',
      'rename checkpoint.tmp checkpoint',
      'syncDir .',
    ])
  })

  test('over an older checkpoint take two renames more, and two files that are deleted', () => {
    const kinds = durable.again.operations.map((operation) => operation.split(' ')[0])
    expect(kinds.filter((kind) => kind === 'rename').length).toBe(5)
    expect(kinds.filter((kind) => kind === 'remove').length).toBe(2)
    expect(kinds.length).toBeLessThanOrEqual(18)
  })

  test('are never synced where they need not be durable', () => {
    for (const { operations } of [fast.first, fast.again]) {
      expect(operations.length).toBeGreaterThan(0)
      expect(operations.filter((operation) => operation.startsWith('sync'))).toEqual([])
    }
  })
})
