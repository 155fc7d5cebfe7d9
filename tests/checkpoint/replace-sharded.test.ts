/**
 * Checkpoints in shards, saved again and stopped at any file operation: the old set of files is there, or the new one.
 */
import { describe, expect, test } from 'vitest'
import { mergeBundles } from '../../src/checkpoint/merge-bundles'
import type { FileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { OpError, UnavailableError } from '../../src/util/errors'
import { dirname } from '../../src/util/path'
import { errorOf, ls } from '../helpers/bundle'
import { FaultFileSystem, type FaultOptions } from '../helpers/fault-fs'
import { savePart, valuesIn } from '../helpers/parts'

const TENSORS = ['x0', 'x1', 'x2', 'x3']

/** How a checkpoint is saved: by one writer, or merged from that many parts. */
type Shards = 'plain' | number

function partsOf(prefix: string, shards: number): string[] {
  return Array.from({ length: shards }, (_, i) => `${prefix}_temp/part-${i}`)
}

/** Everything up to the merge. Every tensor holds the same number, so that a mixture of two saves is seen. */
async function saveParts(fs: FileSystem, prefix: string, value: number, shards: Shards): Promise<void> {
  if (shards === 'plain') return
  for (const [i, part] of partsOf(prefix, shards).entries()) {
    const tensors = TENSORS.filter((_, at) => at % shards === i).map((key) => [key, '', value] as const)
    await savePart(fs, part, [...tensors, ['w', `${shards} ${i},1`, [value]]])
  }
}

/** The part of the work that has the prefix's own files in its hands. */
function finish(fs: FileSystem, prefix: string, value: number, shards: Shards): Promise<void> {
  if (shards !== 'plain') return mergeBundles(partsOf(prefix, shards), prefix, { fs })
  return savePart(fs, prefix, [...TENSORS.map((key) => [key, '', value] as const), ['w', '', [value]]])
}

async function save(fs: FileSystem, prefix: string, value: number, shards: Shards): Promise<void> {
  await saveParts(fs, prefix, value, shards)
  await finish(fs, prefix, value, shards)
}

/** The number that all tensors hold. @throws what reading throws */
async function numberIn(fs: FileSystem, prefix: string): Promise<number> {
  const values = Object.values(await valuesIn(fs, prefix)).flat()
  expect(values.length).toBeGreaterThan(TENSORS.length)
  expect(new Set(values).size).toBe(1)
  return values[0] as number
}

/** What was saved before, and what is saved then. */
const CHANGES: readonly (readonly [before: Shards | 'none', after: Shards])[] = [
  ['none', 2],
  ['plain', 2],
  ['plain', 1],
  [2, 'plain'],
  [1, 'plain'],
  [2, 2],
  [3, 2],
  [2, 3],
]

const MODES: readonly FaultOptions[] = [{ mode: 'crash', tearWrites: true }]

/** A place where `before` holds 1, and everything is ready for `after` to be put there. */
async function ready(prefix: string, [before, after]: (typeof CHANGES)[number]): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  await fs.mkdir(dirname(prefix))
  if (before !== 'none') await save(fs, prefix, 1, before)
  await saveParts(fs, prefix, 2, after)
  return fs
}

async function operationsOf(change: (typeof CHANGES)[number]): Promise<number> {
  const counting = new FaultFileSystem(await ready('d/m', change))
  await finish(counting, 'd/m', 2, change[1])
  return counting.operations
}

function leftovers(fs: MemoryFileSystem): string[] {
  return ls(fs).filter((file) => /\.(previous|tempstate\d+)$/.test(file))
}

describe.each(CHANGES)('a checkpoint in shards: %s, then %s', { timeout: 30_000 }, (before, after) => {
  const change = [before, after] as const

  test.each(MODES)('is the old one or the new one wherever the process ends: %o', async (mode) => {
    const outcomes = await Promise.all(
      Array.from({ length: await operationsOf(change) }, async (_, failAt) => {
        // A prefix of its own, so that these do not wait for one another.
        const prefix = `d${failAt}/m`
        const fs = await ready(prefix, change)
        const stopped = new FaultFileSystem(fs, { ...mode, failAt })
        const [error] = await errorOf(finish(stopped, prefix, 2, after))
        const [missing] = before === 'none' ? await errorOf(numberIn(fs, prefix)) : ['']
        const found = missing === 'NotFoundError' ? 0 : await numberIn(fs, prefix)
        if (error === 'no error') expect(found).toBe(2)
        // The next saves go through, and what was aside is gone.
        await save(fs, prefix, 3, after)
        expect(await numberIn(fs, prefix)).toBe(3)
        await save(fs, prefix, 4, before === 'none' ? 'plain' : before)
        expect(await numberIn(fs, prefix)).toBe(4)
        expect(ls(fs).filter((file) => file.endsWith('.previous'))).toEqual([])
        return found
      }),
    )
    expect(new Set(outcomes)).toEqual(new Set([before === 'none' ? 0 : 1, 2]))
  })

  test('is as it was where the system only refused one operation, parts included', async () => {
    const total = await operationsOf(change)
    for (let failAt = 0; failAt < total; failAt++) {
      const fs = await ready('e/m', change)
      const files = new Map(fs.files)
      const [error] = await errorOf(finish(new FaultFileSystem(fs, { failAt, mode: 'once' }), 'e/m', 2, after))
      if (error === 'no error') {
        expect(await numberIn(fs, 'e/m')).toBe(2)
        continue
      }
      // Only the directory may not be synced, when all is in place.
      const there = await errorOf(numberIn(fs, 'e/m'))
      if (there[1] !== '2')
        expect([failAt, ls(fs), new Map(fs.files)]).toEqual([failAt, [...files.keys()].sort(), files])
      else if (after !== 'plain') continue
      await finish(fs, 'e/m', 2, after)
      expect(await numberIn(fs, 'e/m')).toBe(2)
      expect(leftovers(fs)).toEqual([])
    }
  })

  test('is never mixed for a reader in between', async () => {
    const fs = await ready('g/m', change)
    const seen = new Set<number | string>()
    const look = async (): Promise<void> => {
      try {
        seen.add(await numberIn(fs, 'g/m'))
      } catch (error) {
        expect(error).toBeInstanceOf(OpError)
        seen.add((error as OpError).code)
      }
    }
    await finish(new FaultFileSystem(fs, { before: look }), 'g/m', 2, after)
    await look()
    const sameNames = before === after || [before, after].every((shards) => shards === 'plain' || shards === 1)
    const expected = before === 'none' ? ['NOT_FOUND', 2] : sameNames ? [1, 'UNAVAILABLE', 2] : [1, 2]
    expect([...seen]).toEqual(expected)
  })
})

describe('Files of a checkpoint that was saved with another number of shards', () => {
  test('stay behind, and do no harm', async () => {
    const fs = new MemoryFileSystem()
    await save(fs, 'm', 1, 2)
    await save(fs, 'm', 2, 'plain')
    expect(ls(fs)).toEqual(['m.data-00000-of-00001', 'm.data-00000-of-00002', 'm.data-00001-of-00002', 'm.index'])
    // They have the names that the next save gives, and come back where that is stopped.
    await saveParts(fs, 'm', 3, 2)
    const total = new FaultFileSystem(clone(fs))
    await finish(total, 'm', 3, 2)
    for (let failAt = 0; failAt < total.operations; failAt++) {
      const copy = clone(fs)
      const [error] = await errorOf(finish(new FaultFileSystem(copy, { failAt, mode: 'once' }), 'm', 3, 2))
      if (error !== 'no error') expect([2, 3]).toContain(await numberIn(copy, 'm'))
    }
    expect(total.events.filter((event) => event.endsWith('.previous') && event.startsWith('rename'))).toHaveLength(3)
  })

  test('that lie aside are not put back into a checkpoint of a later save', async () => {
    const fs = new MemoryFileSystem()
    await save(fs, 'm', 2, 2)
    await saveParts(fs, 'm', 3, 2)
    let gone = false
    const before = (event: string): void => {
      // Another process that saved meanwhile has left this of a checkpoint before it.
      if (event.startsWith('create m.index')) fs.files.set('m.data-00001-of-00002.previous', Uint8Array.of(1, 2, 3))
      gone ||= event.startsWith('rename m.data-00000-of-00002 ')
      if (gone) throw new UnavailableError('the process is gone')
    }
    expect((await errorOf(finish(new FaultFileSystem(fs, { before }), 'm', 3, 2)))[0]).toBe('UnavailableError')
    expect(ls(fs)).toContain('m.index.previous')
    expect(await numberIn(fs, 'm')).toBe(2)
  })
})

function clone(fs: MemoryFileSystem): MemoryFileSystem {
  const copy = new MemoryFileSystem()
  for (const [path, bytes] of fs.files) copy.files.set(path, bytes.slice())
  return copy
}

describe('A merge that is slow, in another process', () => {
  /** Stopped behind the operation that begins so: what another process sees then. */
  async function seenBehind(prefix: string, event: string): Promise<MemoryFileSystem> {
    const fs = await ready(prefix, [3, 3])
    let seen = clone(fs)
    let stop = false
    await finish(
      new FaultFileSystem(fs, {
        before: (next) => {
          if (stop) seen = clone(fs)
          stop = next.startsWith(event)
        },
      }),
      prefix,
      2,
      3,
    )
    return seen
  }

  test('is waited for as long as its files move', async () => {
    const moves = ['0', '1', '2'].map((shard) => `d/m.data-0000${shard}-of-00003`)
    const fs = await seenBehind('d/m', `rename ${moves[2]} `)
    const temporary = (name: string): string => ls(fs).find((file) => file.startsWith(`${name}.tempstate`)) as string
    const slow = [...moves, 'd/m.index'].map((name) => [temporary(name), name] as const)
    const reading = numberIn(fs, 'd/m')
    for (const [from, to] of slow) {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await fs.rename(from, to)
    }
    expect(await reading).toBe(2)
  })

  test('is stopped where another process puts the old set back, which stays whole', async () => {
    for (const shard of [0, 1, 2]) {
      const prefix = `k${shard}/m`
      const fs = await ready(prefix, [3, 3])
      const other = async (event: string): Promise<void> => {
        if (!event.startsWith(`rename ${prefix}.data-0000${shard}-of-00003.tempstate`)) return
        for (const file of ls(fs)) if (file.includes('.tempstate')) await fs.remove(file)
        for (const file of ls(fs)) if (file.endsWith('.previous')) await fs.rename(file, file.slice(0, -9))
      }
      const [name] = await errorOf(finish(new FaultFileSystem(fs, { before: other }), prefix, 2, 3))
      expect([shard, name]).toEqual([shard, 'NotFoundError'])
      expect(await numberIn(fs, prefix)).toBe(1)
    }
  })

  test('that ended in the middle leaves a set that is put back, once, by readers that come at once', async () => {
    const fs = await seenBehind('q/m', 'rename q/m.data-00001-of-00003 ')
    const counting = new FaultFileSystem(fs)
    expect(await Promise.all([numberIn(counting, 'q/m'), numberIn(counting, 'q/m')])).toEqual([1, 1])
    expect(counting.events.filter((event) => event.endsWith('.previous q/m.index'))).toHaveLength(1)
    expect(leftovers(fs)).toEqual([])
  })
})
