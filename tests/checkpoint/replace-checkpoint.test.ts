/**
 * A save that is stopped at any file operation: the last complete checkpoint is still there, and nobody reads a mixture.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { MemoryFileSystem } from '../../src/fs/memory'
import { type ReadableFileSystem } from '../../src/fs/file-system'
import { array, toNested } from '../../src/tensor/convert'
import { checkpointExists, getCheckpointMtimes, removeCheckpoint } from '../../src/train/checkpoint-files'
import { latestCheckpoint } from '../../src/train/checkpoint-state'
import { Saver } from '../../src/train/saver'
import { OpError, UnavailableError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, ls } from '../helpers/bundle'
import { FaultFileSystem, type FaultOptions } from '../helpers/fault-fs'

/** Two tensors, so that a mixture of two checkpoints could be seen: a and b hold the same number. */
function storeOf(value: number): VariableStore {
  const store = new VariableStore()
  store.variable(array([value, value]), { name: 'a' })
  store.variable(array([[value]]), { name: 'b' })
  return store
}

function save(
  fs: MemoryFileSystem | FaultFileSystem,
  prefix: string,
  value: number,
  globalStep?: number,
): Promise<string> {
  const saver = new Saver(storeOf(value), { fs })
  return saver.save(prefix, globalStep === undefined ? {} : { globalStep })
}

/** The number that both tensors hold. @throws what reading throws, or where they differ */
async function numberIn(fs: ReadableFileSystem, prefix: string): Promise<number> {
  const reader = await CheckpointReader.open(prefix, { fs })
  try {
    const [a] = toNested(await reader.getTensor('a')) as number[]
    const [b] = (toNested(await reader.getTensor('b')) as number[][])[0] as number[]
    expect(a).toBe(b)
    return a as number
  } finally {
    await reader.close()
  }
}

const DATA = (prefix: string): string => `${prefix}.data-00000-of-00001`

function clone(fs: MemoryFileSystem): MemoryFileSystem {
  const copy = new MemoryFileSystem()
  for (const [path, bytes] of fs.files) copy.files.set(path, bytes.slice())
  return copy
}

/** How many operations a second save of `prefix` takes. */
async function operationsOf(prefix: string, globalStep?: number): Promise<number> {
  const fs = new MemoryFileSystem()
  await save(fs, prefix, 1, globalStep === undefined ? undefined : 1)
  const counting = new FaultFileSystem(fs)
  await save(counting, prefix, 2, globalStep)
  return counting.operations
}

const MODES: readonly FaultOptions[] = [{ mode: 'crash' }, { mode: 'crash', tearWrites: true }, { mode: 'once' }]

describe('a prefix that is saved again, stopped at every file operation', () => {
  test.each(MODES)('leaves the old checkpoint or the new one: %o', async (mode) => {
    const total = await operationsOf('d/m')
    expect(total).toBeGreaterThan(15)
    const outcomes = await Promise.all(
      Array.from({ length: total }, async (_, failAt) => {
        // A prefix of its own, so that these saves do not wait for one another.
        const prefix = `d${failAt}/m`
        const fs = new MemoryFileSystem()
        await save(fs, prefix, 1)
        const [error] = await errorOf(save(new FaultFileSystem(fs, { ...mode, failAt }), prefix, 2))
        expect(await latestCheckpoint(`d${failAt}`, { fs })).toBe(prefix)
        const found = await numberIn(fs, prefix)
        if (error === 'no error') expect(found).toBe(2)
        // The next save goes through, and what was aside is gone.
        await save(fs, prefix, 3)
        expect(await numberIn(fs, prefix)).toBe(3)
        expect(ls(fs).filter((file) => file.endsWith('.previous'))).toEqual([])
        return found
      }),
    )
    expect(new Set(outcomes)).toEqual(new Set([1, 2]))
  })

  test('is put back by the next save too, before that begins', async () => {
    const total = await operationsOf('e/m')
    await Promise.all(
      Array.from({ length: total }, async (_, failAt) => {
        const prefix = `e${failAt}/m`
        const fs = new MemoryFileSystem()
        await save(fs, prefix, 1)
        await errorOf(save(new FaultFileSystem(fs, { failAt }), prefix, 2))
        // Stopped again before anything of the new save is in place: the second operation makes its data file.
        await errorOf(save(new FaultFileSystem(fs, { failAt: 12, mode: 'crash' }), prefix, 3))
        expect([1, 2, 3]).toContain(await numberIn(fs, prefix))
      }),
    )
  })

  test('leaves no file of its own where the system only refused one operation', async () => {
    const total = await operationsOf('f/m')
    for (let failAt = 0; failAt < total; failAt++) {
      const fs = new MemoryFileSystem()
      await save(fs, 'f/m', 1)
      const before = ls(fs)
      await errorOf(save(new FaultFileSystem(fs, { failAt, mode: 'once' }), 'f/m', 2))
      const left = ls(fs).filter((file) => !before.includes(file))
      // A deletion that was refused leaves what it should have deleted; nothing else stays.
      expect([failAt, left.filter((file) => !file.endsWith('.previous'))]).toEqual([failAt, []])
    }
  })

  test('never lets a reader in between see a mixture: values of one save, or a typed error', async () => {
    const fs = new MemoryFileSystem()
    await save(fs, 'g/m', 1)
    const seen: (number | string)[] = []
    const before = async (): Promise<void> => {
      try {
        seen.push(await numberIn(fs, 'g/m'))
      } catch (error) {
        expect(error).toBeInstanceOf(OpError)
        seen.push((error as OpError).code)
      }
    }
    await save(new FaultFileSystem(fs, { before }), 'g/m', 2)
    expect(seen[0]).toBe(1)
    expect(seen.at(-1)).toBe(2)
    expect(new Set(seen)).toEqual(new Set([1, 'UNAVAILABLE', 2]))
    expect(await numberIn(fs, 'g/m')).toBe(2)
  })

  test('gives an error to a reader that opened the old index, not the new data', async () => {
    const fs = new MemoryFileSystem()
    await save(fs, 'h/m', 1)
    const reader = await CheckpointReader.open('h/m', { fs })
    await save(fs, 'h/m', 2)
    // The data file is opened at the first read: it is the new one.
    expect((await errorOf(reader.getTensor('a')))[0]).toBe('DataLossError')
  })
})

describe('a prefix with a step of its own, stopped at every file operation', () => {
  test.each(MODES)('leaves the checkpoints before it as they were: %o', async (mode) => {
    const total = await operationsOf('d/m', 2)
    for (let failAt = 0; failAt < total; failAt++) {
      const fs = new MemoryFileSystem()
      await save(fs, 'd/m', 1, 1)
      const [error] = await errorOf(save(new FaultFileSystem(fs, { ...mode, failAt }), 'd/m', 2, 2))
      expect(await numberIn(fs, 'd/m-1')).toBe(1)
      const latest = (await latestCheckpoint('d', { fs })) as string
      expect([failAt, latest, await numberIn(fs, latest)]).toEqual([failAt, latest, latest === 'd/m-1' ? 1 : 2])
      if (error === 'no error') expect(latest).toBe('d/m-2')
    }
  })
})

describe('what a crash left aside', () => {
  /** Stopped between the first rename and the last: the index is aside. */
  async function stopped(prefix: string): Promise<MemoryFileSystem> {
    const fs = new MemoryFileSystem()
    await save(fs, prefix, 1)
    const total = await operationsOf(prefix)
    for (let failAt = 0; failAt < total; failAt++) {
      const copy = clone(fs)
      await errorOf(save(new FaultFileSystem(copy, { failAt }), prefix, 2))
      const files = ls(copy)
      if (!files.includes(`${prefix}.index`) && files.includes(`${prefix}.data-00000-of-00001`)) return copy
    }
    throw new Error('no operation leaves the index aside')
  }

  test('counts as a checkpoint that is there, and is removed with it', async () => {
    const fs = await stopped('i/m')
    expect(await checkpointExists('i/m', { fs })).toBe(true)
    await removeCheckpoint('i/m', { fs })
    expect(ls(fs).filter((file) => !file.includes('tempstate'))).toEqual(['i/checkpoint'])
  })

  test('is told to a reader that cannot rename', async () => {
    const fs = await stopped('j/m')
    const readOnly: ReadableFileSystem = {
      open: (path, options) => fs.open(path, options),
      exists: (path) => fs.exists(path),
    }
    const [name, message] = await errorOf(numberIn(readOnly, 'j/m'))
    expect(name).toBe('NotFoundError')
    expect(message).toMatch(
      /^j\/m\.index; No such file or directory: an interrupted save left .* j\/m\.index\.previous/,
    )
  })

  test('is not put back under a slow writer’s hands: that writer is stopped, and the old pair stays whole', async () => {
    // Another process puts the old pair back while this one is between its renames.
    for (const moment of ['rename k/m.data-00000-of-00001.tempstate', 'rename k/m.index.tempstate']) {
      const fs = new MemoryFileSystem()
      await save(fs, 'k/m', 1)
      const other = async (event: string): Promise<void> => {
        if (!event.startsWith(moment)) return
        for (const file of ls(fs)) if (file.includes('.tempstate')) await fs.remove(file)
        await fs.rename('k/m.data-00000-of-00001.previous', 'k/m.data-00000-of-00001')
        await fs.rename('k/m.index.previous', 'k/m.index')
      }
      const [name] = await errorOf(save(new FaultFileSystem(fs, { before: other }), 'k/m', 2))
      expect(name).not.toBe('no error')
      expect(await numberIn(fs, 'k/m')).toBe(1)
    }
  })

  test('is not renamed over a new pair by one that comes late', async () => {
    // Another process finds the index aside, takes the list of temporary files, and is as slow as the writer is quick.
    const fs = await stopped('o/m')
    const temporary = ls(fs).find((file) => file.startsWith('o/m.index.tempstate')) as string
    const late = new FaultFileSystem(fs, {
      before: async (event) => {
        if (event === `remove ${temporary}`) await fs.rename(temporary, 'o/m.index')
      },
    })
    await fs.rename(ls(fs).find((file) => file.startsWith('o/m.data-00000-of-00001.tempstate')) as string, DATA('o/m'))
    expect(await numberIn(late, 'o/m')).toBe(2)
    expect(late.events.filter((event) => event.startsWith('rename'))).toEqual([])
  })

  test('comes back whole where another process puts the index back before the data is aside', async () => {
    for (const crashes of [false, true]) {
      const fs = new MemoryFileSystem()
      await save(fs, 'p/m', 1)
      let stop = false
      const other = async (event: string): Promise<void> => {
        if (stop) throw new UnavailableError('the process is gone')
        if (!event.startsWith(`rename ${DATA('p/m')} `)) return
        for (const file of ls(fs)) if (file.includes('.tempstate')) await fs.remove(file)
        await fs.rename('p/m.index.previous', 'p/m.index')
        await fs.rename(DATA('p/m'), `${DATA('p/m')}.previous`)
        stop = crashes
      }
      expect((await errorOf(save(new FaultFileSystem(fs, { before: other }), 'p/m', 2)))[0]).not.toBe('no error')
      if (!crashes) expect(await numberIn(fs, 'p/m')).toBe(1)
      // The next save finds it too, also where that is stopped as soon as it has begun.
      await errorOf(save(new FaultFileSystem(fs, { failAt: 3 }), 'p/m', 3))
      expect(await numberIn(fs, 'p/m')).toBe(1)
    }
  })

  test('is put back once by readers that come at once, and before a save that comes then', async () => {
    const fs = await stopped('q/m')
    const counting = new FaultFileSystem(fs)
    const readers = [numberIn(counting, 'q/m'), numberIn(counting, 'q/m')]
    // The save comes while they wait for the index.
    await new Promise((resolve) => setTimeout(resolve, 20))
    const saving = save(counting, 'q/m', 3)
    expect(await Promise.all(readers)).toEqual([1, 1])
    expect(counting.events.filter((event) => event.endsWith('.previous q/m.index'))).toHaveLength(1)
    await saving
    expect(await numberIn(fs, 'q/m')).toBe(3)
  })

  test('is not waited for by a reader that is given up', async () => {
    const fs = await stopped('r/m')
    const controller = new AbortController()
    setTimeout(() => controller.abort('enough'), 5)
    const opening = CheckpointReader.open('r/m', { fs, signal: controller.signal })
    expect(await opening.catch((reason: unknown) => reason)).toBe('enough')
    expect(await fs.exists('r/m.index')).toBe(false)
  })

  test('has a time, and is recovered as a checkpoint', async () => {
    const fs = await stopped('s/m')
    expect(await getCheckpointMtimes(['s/m', 's/n'], { fs })).toHaveLength(1)
  })

  test('is removed before the checkpoint that replaced it, which could not be told from it then', async () => {
    const fs = new MemoryFileSystem()
    await save(fs, 't/m', 1)
    // Stopped when the new pair is in place: the old one is still aside.
    const total = await operationsOf('t/m')
    let failAt = 0
    for (let copy = clone(fs); failAt < total; failAt++, copy = clone(fs)) {
      await errorOf(save(new FaultFileSystem(copy, { failAt }), 't/m', 2))
      if (ls(copy).includes('t/m.index.previous') && ls(copy).includes('t/m.index')) break
    }
    // The graph of the first save goes before anything else.
    for (let cut = 0; cut < 5; cut++) {
      const copy = clone(fs)
      await errorOf(save(new FaultFileSystem(copy, { failAt }), 't/m', 2))
      await errorOf(removeCheckpoint('t/m', { fs: new FaultFileSystem(copy, { failAt: cut }) }))
      const there = await checkpointExists('t/m', { fs: copy })
      expect([cut, there ? await numberIn(copy, 't/m') : 'gone']).toEqual([cut, cut < 4 ? 2 : 'gone'])
    }
  })

  test('two Savers that save one prefix at once leave one of the two, whole', async () => {
    for (let i = 0; i < 20; i++) {
      const fs = new MemoryFileSystem()
      if (i % 2 === 0) await save(fs, 'l/m', 1)
      await Promise.all([save(fs, 'l/m', 2), save(fs, 'l/m', 3)])
      expect([2, 3]).toContain(await numberIn(fs, 'l/m'))
      expect(ls(fs)).toEqual(['l/checkpoint', 'l/m.data-00000-of-00001', 'l/m.index', 'l/m.meta'])
    }
  })
})
