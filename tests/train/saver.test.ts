/**
 * What a Saver promises beside the cases that ran on TensorFlow: the order in which files change, nothing left over
 * where something fails, values that stay as they were.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RandomAccessFile, ReadableFileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import type { DType } from '../../src/tensor/dtype'
import { array } from '../../src/tensor/convert'
import { ndarray, type NDArray } from '../../src/tensor/ndarray'
import { latestCheckpoint } from '../../src/train/checkpoint-state'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { UnavailableError } from '../../src/util/errors'
import type { Saveable } from '../../src/variables/saveable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, ls } from '../helpers/bundle'
import { FaultFileSystem } from '../helpers/fault-fs'

/** A small tensor, one that is written in several pieces, and strings. */
function storeOf(value: number): VariableStore {
  const store = new VariableStore()
  store.variable(array([value, value]), { name: 'a' })
  store.variable(ndarray('float32', [600_000], new Float32Array(600_000).fill(value)), { name: 'b' })
  store.variable(array([`text ${value}`]), { name: 'c' })
  return store
}

function numbersOf(store: VariableStore): unknown[] {
  return [...store].map((variable) => {
    const first = variable.read().data[0]
    return typeof first === 'number' ? first : new TextDecoder().decode(first as Uint8Array)
  })
}

/** Without the random part of temporary names, and without how much was appended. */
function eventsOf(fs: FaultFileSystem): string[] {
  const short = fs.events.map((event) =>
    event
      .replaceAll(/\.tempstate\d+/g, '.temp')
      .replaceAll(/\.tmp[0-9a-f]{32}/g, '.tmp')
      .replace(/^(append .*) \d+$/, '$1'),
  )
  return short.filter((event, i) => event !== short[i - 1])
}

const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)

beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', note)
})

afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 0))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

describe('Saver.save() changes files in this order', () => {
  const STATE = [
    'create d/checkpoint.tmp',
    'append d/checkpoint.tmp',
    'sync d/checkpoint.tmp',
    'close d/checkpoint.tmp',
  ]
  const META = (path: string): string[] => [
    `create ${path}.tmp`,
    `append ${path}.tmp`,
    `sync ${path}.tmp`,
    `close ${path}.tmp`,
    `rename ${path}.tmp ${path}`,
    'syncDir d',
  ]
  const [DATA, INDEX] = ['d/m-2.data-00000-of-00001', 'd/m-2.index']

  test('on the medium before it is named, and before an old one is deleted', async () => {
    const fs = new FaultFileSystem(new MemoryFileSystem())
    const saver = new Saver(storeOf(1), { fs, maxToKeep: 1 })
    await saver.save('d/m', { globalStep: 1 })
    expect(eventsOf(fs).slice(0, 2)).toEqual(['mkdir d', 'syncDir '])
    fs.events.length = 0
    await saver.save('d/m', { globalStep: 2 })
    expect(eventsOf(fs)).toEqual([
      `create ${DATA}.temp`,
      `append ${DATA}.temp`,
      `sync ${DATA}.temp`,
      `close ${DATA}.temp`,
      `rename ${DATA}.temp ${DATA}`,
      `create ${INDEX}.temp`,
      `append ${INDEX}.temp`,
      `sync ${INDEX}.temp`,
      `close ${INDEX}.temp`,
      `rename ${INDEX}.temp ${INDEX}`,
      'syncDir d',
      ...STATE,
      'rename d/checkpoint.tmp d/checkpoint',
      'syncDir d',
      'remove d/m-1.meta',
      'remove d/m-1.index',
      'remove d/m-1.data-00000-of-00001',
      ...META('d/m-2.meta'),
    ])
  })

  test('a prefix that is saved again: both files are complete and synced before the first rename', async () => {
    const inner = new MemoryFileSystem()
    await new Saver(storeOf(1), { fs: inner }).save('d/m')
    const fs = new FaultFileSystem(inner)
    await new Saver(storeOf(2), { fs }).save('d/m')
    const [data, index] = ['d/m.data-00000-of-00001', 'd/m.index']
    expect(eventsOf(fs).slice(4)).toEqual([
      `create ${index}.temp`,
      `append ${index}.temp`,
      `sync ${index}.temp`,
      `close ${index}.temp`,
      `rename ${index} ${index}.previous`,
      `rename ${data} ${data}.previous`,
      `rename ${data}.temp ${data}`,
      `rename ${index}.temp ${index}`,
      'syncDir d',
      `remove ${index}.previous`,
      `remove ${data}.previous`,
      ...STATE,
      'rename d/checkpoint.tmp d/checkpoint',
      'syncDir d',
      ...META('d/m.meta'),
    ])
  })

  test('and syncs nothing where it need not be durable', async () => {
    const fs = new FaultFileSystem(new MemoryFileSystem())
    const saver = new Saver(storeOf(1), { fs, maxToKeep: 1, durable: false })
    for (const globalStep of [1, 2, 2]) await saver.save('d/m', { globalStep })
    expect(fs.events.filter((event) => event.startsWith('sync'))).toEqual([])
  })
})

describe('Saver.save() that fails at any file operation', () => {
  async function operations(): Promise<number> {
    const fs = new FaultFileSystem(new MemoryFileSystem())
    await new Saver(storeOf(1), { fs }).save('d/m')
    return fs.operations
  }

  test('leaves nothing of a new prefix, and no file open', async () => {
    const total = await operations()
    expect(total).toBeGreaterThan(15)
    for (let failAt = 0; failAt < total; failAt++) {
      const inner = new MemoryFileSystem()
      const fs = new FaultFileSystem(inner, { failAt, mode: 'once' })
      const [error, message] = await errorOf(new Saver(storeOf(1), { fs }).save('d/m'))
      const isNamed = inner.files.has('d/m.index')
      expect([failAt, ls(inner).filter((name) => !isNamed || name.includes('.t'))]).toEqual([failAt, []])
      expect([failAt, error]).toEqual([failAt, 'UnavailableError'])
      const count = (what: string): number => fs.events.filter((event) => event.startsWith(`${what} `)).length
      // A close that was refused is not tried again everywhere: the system has let the file go by then.
      const refused = message.includes(': close ') ? 1 : 0
      expect([failAt, count('create') - count('close') <= refused]).toEqual([failAt, true])
    }
  })

  test('saves the next time', async () => {
    const total = await operations()
    for (let failAt = 0; failAt < total; failAt++) {
      const inner = new MemoryFileSystem()
      const store = storeOf(1)
      const saver = new Saver(store, { fs: new FaultFileSystem(inner, { failAt, mode: 'once' }) })
      await errorOf(saver.save('d/m'))
      expect(await saver.save('d/m')).toBe('d/m')
      expect(ls(inner)).toEqual(['d/checkpoint', 'd/m.data-00000-of-00001', 'd/m.index', 'd/m.meta'])
      expect(await latestCheckpoint('d', { fs: inner })).toBe('d/m')
    }
  })

  test('or is given up there: it rejects with the reason and leaves nothing, or is done', async () => {
    const total = await operations()
    let stopped = 0
    for (let at = 0; at < total; at++) {
      const inner = new MemoryFileSystem()
      const controller = new AbortController()
      const before = (): void => {
        if (fs.operations === at + 1) controller.abort('enough')
      }
      const fs: FaultFileSystem = new FaultFileSystem(inner, { before })
      const save = new Saver(storeOf(1), { fs }).save('d/m', { signal: controller.signal })
      const outcome = await save.catch((reason: unknown) => reason)
      if (outcome === 'enough') stopped++
      else expect(outcome).toBe('d/m')
      expect([at, ls(inner).length]).toEqual([at, outcome === 'enough' ? 0 : 4])
    }
    expect(stopped).toBeGreaterThan(3)
  })
})

describe('Saver.save() holds the values at the call', () => {
  test('while a restore through another Saver gives the variables new ones', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf(1)
    await new Saver(store, { fs }).save('old')
    for (const variable of store) if (variable.dtype === 'float32') variable.assign(filled(variable, 2))
    const saving = new Saver(store, { fs }).save('new')
    await new Saver(store, { fs }).restore('old')
    expect(numbersOf(store)).toEqual([1, 1, 'text 1'])
    await saving
    const found = storeOf(0)
    await new Saver(found, { fs }).restore('new')
    expect(numbersOf(found)).toEqual([2, 2, 'text 1'])
  })

  test('and takes a promise of any kind from an object of the caller’s own', async () => {
    const fs = new MemoryFileSystem()
    const then = (take: (value: NDArray) => void): void => take(array(5))
    const saver = new Saver({ a: own({ read: () => ({ then }) as unknown as Promise<NDArray> }) }, { fs })
    expect(await saver.save('m')).toBe('m')
  })

  test('and says what such an object gave that is no value', async () => {
    const saver = new Saver({ a: own({ read: () => undefined as unknown as NDArray }) }, { fs: new MemoryFileSystem() })
    expect(await errorOf(saver.save('m'))).toEqual([
      'InvalidArgumentError',
      'Cannot save a: read() gave undefined, which is no NDArray',
    ])
  })

  test('and does not wait for such an object once it is given up', async () => {
    const fs = new MemoryFileSystem()
    const controller = new AbortController()
    const saver = new Saver({ a: own({ read: () => new Promise(() => undefined) }) }, { fs })
    const saving = saver.save('m', { signal: controller.signal })
    setTimeout(() => controller.abort('enough'), 5)
    expect(await saving.catch((reason: unknown) => reason)).toBe('enough')
    expect(ls(fs)).toEqual([])
  })
})

describe('Saver.restore() of which any file operation fails', () => {
  test('leaves every variable as it was, and no file open', async () => {
    const fs = new MemoryFileSystem()
    await new Saver(storeOf(1), { fs }).save('m')
    const whole = new FailingReads(fs)
    await new Saver(storeOf(2), { fs }).restore('m', { fs: whole })
    expect(whole.calls).toBeGreaterThan(5)
    for (let failAt = 0; failAt < whole.calls; failAt++) {
      const failing = new FailingReads(fs, () => {
        if (failing.calls === failAt + 1) throw new UnavailableError('refused')
      })
      const store = storeOf(2)
      const [error] = await errorOf(new Saver(store, { fs }).restore('m', { fs: failing }))
      expect([failAt, error, failing.openFiles]).toEqual([failAt, 'UnavailableError', 0])
      expect(numbersOf(store)).toEqual([2, 2, 'text 2'])
    }
  })

  test('or is given up there', async () => {
    const fs = new MemoryFileSystem()
    await new Saver(storeOf(1), { fs }).save('m')
    const whole = new FailingReads(fs)
    await new Saver(storeOf(2), { fs }).restore('m', { fs: whole })
    for (let at = 0; at < whole.calls; at++) {
      const controller = new AbortController()
      const reads: FailingReads = new FailingReads(fs, () => {
        if (reads.calls === at + 1) controller.abort('enough')
      })
      const store = storeOf(2)
      const restoring = new Saver(store, { fs }).restore('m', { fs: reads, signal: controller.signal })
      expect([at, await restoring.catch((reason: unknown) => reason)]).toEqual([at, 'enough'])
      expect([reads.openFiles, ...numbersOf(store)]).toEqual([0, 2, 2, 'text 2'])
    }
  })

  test('or one object of the caller’s own that refuses its value: the others get theirs back', async () => {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    const variable = store.variable(array([1, 2]), { name: 'v' })
    // What read() gives is the variable's own array, into which assign() writes.
    const first: Saveable = {
      dtype: 'float32',
      shape: [2],
      read: () => variable.read(),
      assign: (v) => variable.assign(v as never),
    }
    const refuse = (): never => {
      throw new Error('no')
    }
    const saver = new Saver({ a: first, b: own({ assign: refuse }) }, { fs })
    await saver.save('m')
    variable.assign(array([7, 8]))
    expect(await errorOf(saver.restore('m'))).toEqual(['Error', 'no'])
    expect([...variable.read().data]).toEqual([7, 8])
  })
})

describe('Saver takes options as they are, or says no', () => {
  test.each([
    [{ maxToKeep: 2.5 }, 'maxToKeep takes a whole number, or null to keep all, not 2.5'],
    [{ maxToKeep: '3' }, 'maxToKeep takes a whole number, or null to keep all, not 3'],
    [{ maxToKeep: Number.NaN }, 'maxToKeep takes a whole number, or null to keep all, not NaN'],
    [{ keepCheckpointEveryNHours: '1' }, 'keepCheckpointEveryNHours takes a number, not 1'],
  ])('%o is a TypeError', (options, message) => {
    expect(() => new Saver(storeOf(1), options as unknown as SaverOptions)).toThrow(new TypeError(message))
  })

  test('a latestFilename that is no string is a TypeError', async () => {
    const saver = new Saver(storeOf(1), { fs: new MemoryFileSystem() })
    expect(await errorOf(saver.save('m', { latestFilename: 5 } as never))).toEqual([
      'TypeError',
      'latestFilename is no string: 5',
    ])
  })

  test('an fs of undefined is the Saver’s own', async () => {
    const fs = new MemoryFileSystem()
    const saver = new Saver(storeOf(1), { fs })
    await saver.save('m')
    expect((await saver.restore('m', { fs: undefined } as never)).restored).toEqual(['a', 'b', 'c'])
  })
})

function filled(variable: { readonly shape: readonly number[]; readonly dtype: DType }, value: number): NDArray {
  const count = variable.shape.reduce((product, dim) => product * dim, 1)
  return ndarray('float32', variable.shape, new Float32Array(count).fill(value))
}

/** An object of the caller's own: a scalar. */
function own(parts: Partial<Saveable>): Saveable {
  return { dtype: 'float32', shape: [], read: () => array(5), assign: () => undefined, ...parts }
}

/** Calls `before` at each call, counts calls and open files. */
class FailingReads implements ReadableFileSystem {
  calls = 0
  openFiles = 0

  constructor(
    readonly inner: MemoryFileSystem,
    readonly before: () => void = () => undefined,
  ) {}

  async open(path: string): Promise<RandomAccessFile> {
    this.#call()
    const file = await this.inner.open(path)
    this.openFiles++
    let isOpen = true
    return {
      size: file.size,
      read: async (offset, length) => {
        this.#call()
        return file.read(offset, length)
      },
      close: async () => {
        if (isOpen) this.openFiles--
        isOpen = false
        await file.close()
      },
    }
  }

  async exists(path: string): Promise<boolean> {
    this.#call()
    return this.inner.exists(path)
  }

  #call(): void {
    this.calls++
    this.before()
  }
}
