/**
 * Files of a V1 checkpoint in shards in the place of older ones: what a crash leaves, and who puts it right.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { filesAside, recoverPath, recoverShards, replaceShards } from '../../src/checkpoint/replace-shards'
import { type ReadableFileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { FaultFileSystem } from '../helpers/fault-fs'

const NAMES = ['d/m-00000-of-00003', 'd/m-00001-of-00003', 'd/m-00002-of-00003']
const PATH = 'd/m-?????-of-00003'

let waits: (() => void)[] = []

beforeEach(() => {
  waits = []
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void) => {
    waits.shift()?.()
    return setImmediate(work)
  }) as never)
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Files whose bytes say what they are. */
function placeOf(files: Readonly<Record<string, string>>): MemoryFileSystem {
  return new MemoryFileSystem(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]))
}

function textsOf(fs: MemoryFileSystem): Record<string, string> {
  return Object.fromEntries([...fs.files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]))
}

const all = (text: string): Record<string, string> => Object.fromEntries(NAMES.map((name) => [name, text]))

async function replace(fs: MemoryFileSystem | FaultFileSystem): Promise<void> {
  const shards = NAMES.map((name) => ({ name, temporary: `${name}.tempstate1` }))
  await replaceShards(fs, shards, async () => undefined)
}

const NEW = Object.fromEntries(NAMES.map((name) => [`${name}.tempstate1`, 'new']))

describe('replaceShards()', () => {
  test('at no moment are files of both in place', async () => {
    const inner = placeOf({ ...all('old'), ...NEW })
    const fs = new FaultFileSystem(inner, {
      before: () => {
        const texts = textsOf(inner)
        const seen = new Set(NAMES.map((name) => texts[name]).filter((text) => text !== undefined))
        expect(seen.size).toBeLessThanOrEqual(1)
      },
    })
    await replace(fs)
    expect(textsOf(inner)).toEqual(all('new'))
  })

  test('what is left of a checkpoint that lacks a shard goes before the first new file comes', async () => {
    const [first, , third] = NAMES as [string, string, string]
    const inner = placeOf({ [first]: 'old', [third]: 'old', ...NEW })
    const fs = new FaultFileSystem(inner)
    await replace(fs)
    expect(fs.events.slice(0, 2)).toEqual([`remove ${first}`, `remove ${third}`])
    expect(textsOf(inner)).toEqual(all('new'))
  })
})

describe('recoverShards()', () => {
  test('after a crash at any operation the old files are there, or the new ones', async () => {
    const outcomes: string[] = []
    for (let failAt = 0, more = true; more; failAt++) {
      const inner = placeOf({ ...all('old'), ...NEW })
      const fs = new FaultFileSystem(inner, { failAt })
      await replace(fs).catch(() => undefined)
      more = fs.failed
      // A crash while that is put right, at any operation, changes nothing.
      for (let again = 0; again < 8; again++) {
        await recoverShards(new FaultFileSystem(inner, { failAt: again }), NAMES).catch(() => undefined)
      }
      await recoverShards(inner, NAMES)
      const { [NAMES[0] as string]: text = '' } = textsOf(inner)
      const places = Object.entries(textsOf(inner)).filter(([name]) => !name.includes('.tempstate'))
      expect([failAt, Object.fromEntries(places)]).toEqual([failAt, all(text)])
      outcomes.push(text)
    }
    expect(outcomes).toEqual([...Array(6).fill('old'), ...Array(4).fill('new')])
  })

  test('waits for a writer that is alive', async () => {
    const aside = Object.fromEntries(NAMES.map((name) => [`${name}.previous`, 'old']))
    const fs = placeOf({ ...aside, ...NEW })
    const step = (name: string) => () => void fs.rename(`${name}.tempstate1`, name)
    const rest = (): void => undefined
    waits = NAMES.flatMap((name) => [...Array(11).fill(rest), step(name)])
    await recoverPath(fs, PATH)
    expect(textsOf(fs)).toEqual(all('new'))
  })

  test('takes the temporary files of a writer away that is too slow, and of no other', async () => {
    const [first, ...rest] = NAMES as [string, string, string]
    const others = { 'd/m-00000-of-00004.tempstate1': 'x', 'd/xm-00000-of-00003.tempstate1': 'x' }
    const old = Object.fromEntries(rest.map((name) => [name, 'old']))
    const fs = placeOf({ [`${first}.previous`]: 'old', ...old, ...NEW, ...others })
    await recoverPath(fs, PATH)
    expect(textsOf(fs)).toEqual({ ...all('old'), ...others })
  })

  test('does nothing where nothing lies aside, for a path of no shards, and where nothing can be renamed', async () => {
    const fs = new FaultFileSystem(placeOf({ ...all('new'), 'd/m-00000-of-00002.previous': 'x', 'd/m.previous': 'x' }))
    await recoverPath(fs, PATH)
    await recoverPath(fs, 'd/m')
    const aside = placeOf({ 'd/m-00000-of-00003.previous': 'old' })
    const readable: ReadableFileSystem = {
      open: (path) => aside.open(path),
      exists: (path) => aside.exists(path),
      list: (dir) => aside.list(dir),
    }
    await recoverPath(readable, PATH)
    expect([fs.events, Object.keys(textsOf(aside))]).toEqual([[], ['d/m-00000-of-00003.previous']])
  })
})

test('filesAside() are those of that very path', async () => {
  const names = [
    'm-00001-of-00003.previous',
    'm-00000-of-00003.previous',
    'm-00000-of-00002.previous',
    'm-0-of-00003.previous',
  ]
  for (const dir of ['d/', '']) {
    const fs = placeOf(Object.fromEntries(names.map((name) => [dir + name, ''])))
    const expected = ['m-00000-of-00003.previous', 'm-00001-of-00003.previous'].map((name) => dir + name)
    expect(await filesAside(fs, `${dir}m-?????-of-00003`)).toEqual(expected)
  }
  expect(await filesAside(new MemoryFileSystem(), 'no/m-?????-of-00003')).toEqual([])
  expect(await filesAside({ open: async () => Promise.reject(new Error()), exists: async () => false }, PATH)).toEqual(
    [],
  )
})
