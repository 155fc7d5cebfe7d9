/**
 * The files of a save of every kind: their order, what is left where something fails, is given up or crashes, and what two
 * saves do to one another.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array } from '../../src/tensor/convert'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { loadVariable } from '../../src/train/checkpoint-utils'
import { removeCheckpoint } from '../../src/train/checkpoint-files'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { FailedPreconditionError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, ls } from '../helpers/bundle'
import { FaultFileSystem, type FaultOptions } from '../helpers/fault-fs'

// A crash looks like a slow writer: who comes next waits for it a while. Here nobody does.
beforeEach(() => {
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void) => setImmediate(work)) as never)
})
afterEach(() => {
  vi.restoreAllMocks()
})

const QUIET = { logger: {}, writeMetaGraph: false }

/** Small tensors, one that is written in several pieces, strings, and parts; on two devices. */
function storeOf(value: number): VariableStore {
  const store = new VariableStore()
  store.variable(array([value, value]), { name: 'a', device: '/cpu:0' })
  store.variable(ndarray('float32', [33_000], new Float32Array(33_000).fill(value)), { name: 'b', device: '/cpu:1' })
  store.variable(array([`text ${value}`]), { name: 'c', device: '/cpu:0' })
  store.getPartitionedVariable('p', { shape: [5], numShards: 3, initializer: array([1, 2, 3, 4, value]) })
  return store
}

function numbersOf(store: VariableStore): unknown[] {
  return [...store].map((variable) => lastOf(variable.read()))
}

function lastOf({ data }: NDArray): unknown {
  const last = data[data.length - 1]
  return typeof last === 'object' ? new TextDecoder().decode(last) : last
}

const ONE = numbersOf(storeOf(1))
const TWO = numbersOf(storeOf(2))

/** Without the random part of temporary names, how much was appended, and repetition. */
function eventsOf({ events }: FaultFileSystem): string[] {
  const short = events.map((event) =>
    event
      .replaceAll(/\.tempstate\d+/g, '.temp')
      .replaceAll(/\.tmp[0-9a-f]{32}/g, '.tmp')
      .replaceAll(/part_[0-9a-f]{32}/g, 'part_X')
      .replace(/^(append .*) \d+$/, '$1'),
  )
  return short.filter((event, i) => event !== short[i - 1])
}

/** What a file goes through until it is whole. */
function written(path: string): string[] {
  return ['create', 'append', 'sync', 'close'].map((what) => `${what} ${path}`)
}

function placed(path: string): string[] {
  return [...written(`${path}.temp`), `rename ${path}.temp ${path}`]
}

async function save(fs: FaultFileSystem | MemoryFileSystem, value: number, options: SaverOptions): Promise<string> {
  const saver = new Saver(storeOf(value), { fs, ...QUIET, ...options })
  return saver.save('d/m', { writeMetaGraph: false, writeState: false })
}

/** The numbers that a checkpoint holds; undefined where it is none. */
async function heldIn(fs: MemoryFileSystem, path: string): Promise<unknown[] | undefined> {
  const store = storeOf(0)
  try {
    await new Saver(store, { fs, ...QUIET }).restore(path)
  } catch {
    return undefined
  }
  return numbersOf(store)
}

/** What heldIn() gives of 'a', 'b', 'c' and the whole 'p', over a copy of the files, by a reader of its own. */
async function readIn({ files }: MemoryFileSystem, path: string): Promise<unknown[] | undefined> {
  const fs = new MemoryFileSystem()
  for (const [name, bytes] of files) fs.files.set(name, bytes)
  try {
    const values = await Promise.all(['a', 'b', 'c', 'p'].map((name) => loadVariable(path, name, { fs })))
    await using reader = await CheckpointReader.open(path, { fs })
    expect(await Promise.all(['a', 'b', 'c', 'p'].map((name) => reader.getTensor(name)))).toEqual(values)
    return values.map(lastOf)
  } catch {
    return undefined
  }
}

async function placeWithDirectory(): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  await fs.mkdir('d')
  return fs
}

describe('the order of a save', () => {
  test('V2 in shards: one part after another, then the merged checkpoint; nothing else is left', async () => {
    const inner = await placeWithDirectory()
    const fs = new FaultFileSystem(inner)
    expect(await save(fs, 1, { numShards: 2 })).toBe('d/m')
    const part = (shard: number): string[] => {
      const [data, index] = ['data-00000-of-00001', 'index'].map((end) => `d/m_temp/part-0000${shard}-of-00002.${end}`)
      return [...placed(data ?? ''), ...placed(index ?? ''), 'syncDir d/m_temp']
    }
    expect(eventsOf(fs)).toEqual([
      'mkdir d/m_temp',
      'syncDir d',
      ...part(0),
      ...part(1),
      ...written('d/m.index.temp'),
      'rename d/m_temp/part-00000-of-00002.data-00000-of-00001 d/m.data-00000-of-00002',
      'rename d/m_temp/part-00001-of-00002.data-00000-of-00001 d/m.data-00001-of-00002',
      'rename d/m.index.temp d/m.index',
      'syncDir d',
      'remove d/m_temp/part-00000-of-00002.index',
      'remove d/m_temp/part-00001-of-00002.index',
      'removeDir d/m_temp',
    ])
    expect(await inner.exists('d/m_temp')).toBe(false)
    expect(ls(inner)).toEqual(['d/m.data-00000-of-00002', 'd/m.data-00001-of-00002', 'd/m.index'])
    expect(await heldIn(inner, 'd/m')).toEqual(ONE)
  })

  test('V1: one file', async () => {
    const inner = await placeWithDirectory()
    const fs = new FaultFileSystem(inner)
    expect(await save(fs, 1, { writeVersion: 'V1' })).toBe('d/m')
    expect(eventsOf(fs)).toEqual([...placed('d/m'), 'syncDir d'])
    expect(await heldIn(inner, 'd/m')).toEqual(ONE)
  })

  test('V1 in shards: all of them are whole before the first has its name; older ones go aside first', async () => {
    const inner = await placeWithDirectory()
    const path = await save(inner, 1, { writeVersion: 'V1', numShards: 2 })
    expect(path).toBe('d/m-?????-of-00002')
    const fs = new FaultFileSystem(inner)
    await save(fs, 2, { writeVersion: 'V1', numShards: 2 })
    const [first, second] = ['d/m-00000-of-00002', 'd/m-00001-of-00002']
    const whole = (name: string): string[] => [
      ...written(`${name}.temp.temp`),
      `rename ${name}.temp.temp ${name}.temp`,
      'syncDir d',
    ]
    expect(eventsOf(fs)).toEqual([
      ...whole(first),
      ...whole(second),
      `rename ${first} ${first}.previous`,
      `rename ${second} ${second}.previous`,
      `rename ${first}.temp ${first}`,
      `rename ${second}.temp ${second}`,
      'syncDir d',
      `remove ${first}.previous`,
      `remove ${second}.previous`,
    ])
    expect(await heldIn(inner, path)).toEqual(TWO)
  })

  test('reports its progress over all shards, tensor by tensor', async () => {
    for (const options of [
      {},
      { numShards: 3 },
      { writeVersion: 'V1' },
      { writeVersion: 'V1', sharded: true },
    ] as const) {
      const seen: number[][] = []
      await save(await placeWithDirectory(), 1, {
        ...options,
        onProgress: ({ bytesDone, bytesTotal }) => seen.push([bytesDone, bytesTotal]),
      })
      const total = 2 * 4 + 33_000 * 4 + 5 * 4
      expect(seen).toHaveLength(6)
      expect(seen.every(([, all]) => all === total)).toBe(true)
      expect(seen.at(-1)).toEqual([total, total])
    }
  })
})

/** Kinds of saves, and what is there before. */
const KINDS: readonly (readonly [name: string, before: SaverOptions | undefined, now: SaverOptions])[] = [
  ['V2 in shards', undefined, { numShards: 2 }],
  ['V2 in shards, again', { numShards: 2 }, { numShards: 2 }],
  ['V2 in shards in the place of one', {}, { numShards: 2 }],
  ['V2 in one in the place of shards', { numShards: 3 }, {}],
  ['V2 in one of one shard', {}, { numShards: 1 }],
  ['V2 in fewer shards', { numShards: 3 }, { sharded: true }],
  ['V1', undefined, { writeVersion: 'V1' }],
  ['V1, again', { writeVersion: 'V1' }, { writeVersion: 'V1' }],
  ['V1 in shards', undefined, { writeVersion: 'V1', numShards: 2 }],
  ['V1 in shards, again', { writeVersion: 'V1', numShards: 2 }, { writeVersion: 'V1', numShards: 2 }],
  ['V1 in one shard, again', { writeVersion: 'V1', numShards: 1 }, { writeVersion: 'V1', numShards: 1 }],
]

interface Stage {
  readonly inner: MemoryFileSystem
  readonly path: string
  readonly filesBefore: string[]
}

async function stageOf(before: SaverOptions | undefined, now: SaverOptions): Promise<Stage> {
  const inner = await placeWithDirectory()
  if (before !== undefined) await save(inner, 1, { ...before, durable: false })
  const path = await save(await placeWithDirectory(), 1, now)
  return { inner, path, filesBefore: ls(inner) }
}

/** Runs a save that fails somewhere; how many places there are to fail at. */
async function faultySave(
  inner: MemoryFileSystem,
  now: SaverOptions,
  options: FaultOptions,
): Promise<[boolean, boolean]> {
  const fs = new FaultFileSystem(inner, options)
  const rejected = await save(fs, 2, now).then(
    () => false,
    () => true,
  )
  return [rejected, fs.failed]
}

describe.each(KINDS)('%s', (_, before, now) => {
  test(
    'a crash at any operation leaves the old checkpoint or the new one, and the next save works',
    { timeout: 60_000 },
    async () => {
      const { path } = await stageOf(before, now)
      const outcomes = new Set<string>()
      for (let failAt = 0, more = true; more; failAt++) {
        const { inner } = await stageOf(before, now)
        const [, failed] = await faultySave(inner, now, { failAt, tearWrites: true })
        more = failed
        const read = await readIn(inner, path)
        const held = await heldIn(inner, path)
        expect([failAt, read]).toEqual([failAt, held && [...held.slice(0, 3), held.at(-1)]])
        const isNew = JSON.stringify(held) === JSON.stringify(TWO)
        if (!isNew) expect([failAt, held]).toEqual([failAt, before === undefined ? undefined : ONE])
        outcomes.add(isNew ? 'new' : 'old')
        await save(inner, 2, { ...now, durable: false })
        expect([failAt, await heldIn(inner, path)]).toEqual([failAt, TWO])
        expect([failAt, await inner.exists('d/m_temp')]).toEqual([failAt, false])
        expect(ls(inner).filter((name) => name.includes('.previous'))).toEqual([])
      }
      expect([...outcomes].sort()).toEqual(['new', 'old'])
    },
  )

  test('an error at any operation leaves nothing of the new one', { timeout: 60_000 }, async () => {
    const { path } = await stageOf(before, now)
    for (let failAt = 0, more = true; more; failAt++) {
      const { inner, filesBefore } = await stageOf(before, now)
      const [rejected, failed] = await faultySave(inner, now, { failAt, mode: 'once' })
      more = failed
      const isNew = JSON.stringify(await heldIn(inner, path)) === JSON.stringify(TWO)
      if (!rejected) expect([failAt, isNew]).toEqual([failAt, true])
      if (rejected && !isNew) {
        expect([failAt, ls(inner)]).toEqual([failAt, filesBefore])
        expect([failAt, await inner.exists('d/m_temp')]).toEqual([failAt, false])
      }
    }
  })

  test('an abort at any tensor leaves nothing of the new one', async () => {
    for (let at = 0; at < 6; at++) {
      const { inner, path, filesBefore } = await stageOf(before, now)
      const stop = new AbortController()
      let count = 0
      const onProgress = (): void => {
        if (count++ === at) stop.abort(new Error('no more'))
      }
      const saver = new Saver(storeOf(2), { fs: inner, ...QUIET, ...now, onProgress })
      const saving = saver.save('d/m', { writeMetaGraph: false, signal: stop.signal })
      expect(await errorOf(saving)).toEqual(['Error', 'no more'])
      expect(ls(inner)).toEqual(filesBefore)
      expect(await inner.exists('d/m_temp')).toBe(false)
      expect(await heldIn(inner, path)).toEqual(before === undefined ? undefined : ONE)
    }
  })

  test('two Savers at one prefix at once: the checkpoint is that of one of them', async () => {
    const { inner, path } = await stageOf(before, now)
    await Promise.all([save(inner, 1, now), save(inner, 2, now), save(inner, 1, now), save(inner, 2, now)])
    expect([ONE, TWO]).toContainEqual(await heldIn(inner, path))
    expect(ls(inner).filter((name) => /temp|previous/.test(name))).toEqual([])
    expect(await inner.exists('d/m_temp')).toBe(false)
  })
})

test.each<[string, SaverOptions, string]>([
  ['V2 in shards', { numShards: 2 }, 'syncDir d/m_temp'],
  ['V1 in shards', { writeVersion: 'V1', numShards: 2 }, 'syncDir d'],
])(
  '%s: an abort after the last tensor, before the files have their names, leaves nothing',
  async (_, options, last) => {
    const inner = await placeWithDirectory()
    const stop = new AbortController()
    let count = 0
    const before = (event: string): void => {
      if (event === last && ++count === 2) stop.abort(new Error('no more'))
    }
    const saver = new Saver(storeOf(2), { fs: new FaultFileSystem(inner, { before }), ...QUIET, ...options })
    const saving = saver.save('d/m', { writeMetaGraph: false, signal: stop.signal })
    expect(await errorOf(saving)).toEqual(['Error', 'no more'])
    expect(ls(inner)).toEqual([])
    expect(await inner.exists('d/m_temp')).toBe(false)
  },
)

describe('P_temp that is there already', () => {
  const PARTS = ['part-00000-of-00002.index', 'part-00000-of-00002.data-00000-of-00001', 'part-00001-of-00002.index']
  const ODD = ['part-00004-of-00007.data-00000-of-00001.tempstate123', `part_${'0a'.repeat(16)}-00000-of-00001.index`]

  test('with what a crash left: it disturbs nobody, and goes', async () => {
    const fs = await placeWithDirectory()
    for (const name of [...PARTS, ...ODD]) fs.files.set(`d/m_temp/${name}`, new TextEncoder().encode('left over'))
    await save(fs, 1, { numShards: 2 })
    expect(ls(fs)).toEqual(['d/m.data-00000-of-00002', 'd/m.data-00001-of-00002', 'd/m.index'])
    expect(await fs.exists('d/m_temp')).toBe(false)
    expect(await heldIn(fs, 'd/m')).toEqual(ONE)
  })

  test('with another process’s parts: they are written under other names, so that neither takes the other’s', async () => {
    const inner = await placeWithDirectory()
    for (const name of PARTS) inner.files.set(`d/m_temp/${name}`, new Uint8Array(3))
    const fs = new FaultFileSystem(inner)
    await save(fs, 1, { numShards: 2 })
    const events = eventsOf(fs)
    expect(events).toContain('rename d/m_temp/part_X-00000-of-00002.data-00000-of-00001 d/m.data-00000-of-00002')
    // Until the checkpoint is there, nothing of theirs is touched.
    const theirs = events.findIndex((event) => event.includes('/part-'))
    expect(theirs).toBeGreaterThan(events.indexOf('rename d/m.index.temp d/m.index'))
  })

  test('with a file of the user’s: that stays, and so does the directory', async () => {
    const fs = await placeWithDirectory()
    fs.files.set('d/m_temp/notes', new Uint8Array(1))
    await save(fs, 1, { numShards: 2 })
    expect(ls(fs).filter((name) => name.includes('_temp'))).toEqual(['d/m_temp/notes'])
    expect(await heldIn(fs, 'd/m')).toEqual(ONE)
  })

  test('as a file: the save fails, and the file stays', async () => {
    const fs = await placeWithDirectory()
    fs.files.set('d/m_temp', new Uint8Array(1))
    expect((await errorOf(save(fs, 1, { numShards: 2 })))[0]).not.toBe('no error')
    expect(ls(fs)).toEqual(['d/m_temp'])
  })
})

describe('a directory that is not there', () => {
  test.each<[string, SaverOptions]>([
    ['V2 in shards, whose own directory would be two levels down', { sharded: true }],
    ['V1', { writeVersion: 'V1' }],
    ['V1 in shards', { writeVersion: 'V1', numShards: 2 }],
  ])('is made for none of %s', async (_, options) => {
    const fs = new MemoryFileSystem()
    const [name, message] = await errorOf(save(fs, 1, options))
    expect([name, message.startsWith("Parent directory of d/m doesn't exist, can't save. (")]).toEqual([
      'ValueError',
      true,
    ])
    expect(await fs.exists('d')).toBe(false)
  })
})

test('parts that lie over one another are refused, whatever is written', async () => {
  for (const writeVersion of ['V1', 'V2'] as const) {
    const fs = new MemoryFileSystem()
    const value = array([1, 2])
    const part = (start: number) => ({
      dtype: value.dtype,
      shape: [2],
      read: () => value,
      assign: () => undefined,
      saveSliceInfo: { fullName: 'p', fullShape: [4], slice: [[start, 2]] as const },
    })
    const [name] = await errorOf(new Saver({ p: [part(0), part(1)] }, { fs, writeVersion, ...QUIET }).save('m'))
    expect([writeVersion, name]).toEqual([writeVersion, 'InternalError'])
    expect(ls(fs)).toEqual([])
  }
})

test('V1 beside an index of V2, which every reader takes first, is refused; in shards it is not', async () => {
  const fs = await placeWithDirectory()
  await save(fs, 1, {})
  const before = ls(fs)
  const [name, message] = await errorOf(save(fs, 2, { writeVersion: 'V1' }))
  expect([name, message]).toEqual([
    'AlreadyExistsError',
    'Cannot save d/m in format V1: d/m.index is there: it is that of a checkpoint of format V2, which would be read in ' +
      'place of d/m. Save under another path, or remove that one: removeCheckpoint("d/m")',
  ])
  expect(ls(fs)).toEqual(before)
  await fs.rename('d/m.index', 'd/m.index.previous')
  expect((await errorOf(save(fs, 2, { writeVersion: 'V1' })))[0]).toBe('AlreadyExistsError')
  expect(await heldIn(fs, await save(fs, 2, { writeVersion: 'V1', numShards: 2 }))).toEqual(TWO)
  await removeCheckpoint('d/m', { fs })
  expect(await heldIn(fs, await save(fs, 2, { writeVersion: 'V1' }))).toEqual(TWO)
})

test('V1 that is given up while its file is written leaves nothing', async () => {
  const inner = await placeWithDirectory()
  const fill = (value: number): VariableStore => {
    const store = new VariableStore()
    for (const name of ['a', 'b', 'c']) {
      store.variable(ndarray('float64', [200_000], new Float64Array(200_000).fill(value)), { name })
    }
    return store
  }
  await new Saver(fill(1), { fs: inner, ...QUIET, writeVersion: 'V1' }).save('d/m')
  const filesBefore = ls(inner)
  for (const what of ['append', 'sync']) {
    const stop = new AbortController()
    const fs = new FaultFileSystem(inner, {
      before: (event) => {
        if (event.startsWith(`${what} d/m.tempstate`)) stop.abort(new Error('no more'))
      },
    })
    const saver = new Saver(fill(2), { fs, ...QUIET, writeVersion: 'V1' })
    expect(await errorOf(saver.save('d/m', { signal: stop.signal }))).toEqual(['Error', 'no more'])
    expect(ls(inner)).toEqual(filesBefore)
    // After the first large piece nothing more is written.
    const appends = fs.events.filter((event) => event.startsWith('append')).length
    expect(what === 'append' ? appends : 0).toBeLessThan(4)
  }
  expect((await loadVariable('d/m', 'c', { fs: inner })).data[0]).toBe(1)
})

test('a variable without a value fails before the first file', async () => {
  const fs = new FaultFileSystem(await placeWithDirectory())
  const store = storeOf(1)
  store.getVariable('empty', { shape: [2] })
  const saver = new Saver(store, { fs, numShards: 2 })
  const error = await saver.save('d/m').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(FailedPreconditionError)
  expect(fs.events).toEqual([])
})
