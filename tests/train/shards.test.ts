/**
 * Which shard a value goes into.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import type { DType } from '../../src/tensor/dtype'
import { array, zeros } from '../../src/tensor/convert'
import type { Shape } from '../../src/tensor/ndarray'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { formatOf, inShards } from '../../src/train/shards'
import { type SaveItem } from '../../src/train/var-list'
import type { Saveable } from '../../src/variables/saveable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, indexRows, ls } from '../helpers/bundle'

function item(key: string, shape: Shape, dtype: DType = 'float32'): SaveItem {
  const value = zeros(shape, dtype)
  return { key, saveable: { dtype, shape, read: () => value, assign: () => undefined } as Saveable }
}

function keysOf(items: readonly SaveItem[], options: SaverOptions): string[] {
  const { shards } = formatOf(items, options)
  return inShards(items, shards ?? []).map((group) => group.map(({ key }) => key).join(''))
}

const LETTERS = ['a', 'b', 'c', 'd', 'e'].map((key) => item(key, [1]))

describe('numShards', () => {
  test.each<[string, number, Record<string, number>, string[]]>([
    ['the largest first, each where the fewest bytes are', 2, { a: 3, b: 1, c: 2, d: 2 }, ['ab', 'cd']],
    ['equal ones in turn', 2, { a: 1, b: 1, c: 1, d: 1, e: 1 }, ['ace', 'bd']],
    ['one that is larger than all others has a shard of its own', 2, { a: 1, b: 1, c: 9, d: 1 }, ['c', 'abd']],
    ['fewer values than shards are fewer shards', 9, { a: 1, b: 2 }, ['b', 'a']],
    ['one shard', 1, { a: 1, b: 2 }, ['ab']],
    ['no bytes count as one', 3, { a: 0, b: 0, c: 0 }, ['a', 'b', 'c']],
  ])('%s', (_, numShards, sizes, expected) => {
    const items = Object.entries(sizes).map(([key, size]) => item(key, [size]))
    expect(keysOf(items, { numShards })).toEqual(expected)
  })

  test('a string counts as 16 bytes', () => {
    expect(keysOf([item('a', [3]), item('b', [2]), item('c', [1], 'string')], { numShards: 2 })).toEqual(['c', 'ab'])
  })

  test('no shard has more than its like share and the largest value; none is empty; keys keep their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (sizes, n) => {
          const items = sizes.map((size, at) => item(`k${String(at).padStart(3, '0')}`, [size]))
          const { shards = [] } = formatOf(items, { numShards: n })
          const groups = inShards(sizes, shards)
          expect(groups).toHaveLength(Math.min(n, sizes.length))
          const bytes = (group: readonly number[]): number =>
            group.reduce((sum, size) => sum + Math.max(1, 4 * size), 0)
          const most = bytes(sizes) / groups.length + Math.max(...sizes.map((size) => Math.max(1, 4 * size)))
          for (const group of groups) expect(bytes(group)).toBeLessThanOrEqual(most)
          expect(formatOf(items, { numShards: n }).shards).toEqual(shards)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('shardOf', () => {
  test('decides by key, and numbers that nobody has are passed over', () => {
    expect(keysOf(LETTERS, { shardOf: (key) => (key < 'c' ? 7 : 3) })).toEqual(['cde', 'ab'])
  })

  test('is asked once for the parts of one tensor', () => {
    const parts = [0, 2].map((start) => {
      const part = { fullShape: [4], slice: [[start, 2]] } as const
      return { ...item('p', [2]), part }
    })
    const asked: string[] = []
    const { shards } = formatOf([...LETTERS, ...parts], {
      shardOf: (key) => {
        asked.push(key)
        return asked.length % 2
      },
    })
    expect(asked).toEqual(['a', 'b', 'c', 'd', 'e', 'p'])
    expect(shards).toEqual([1, 0, 1, 0, 1, 0, 0])
  })
})

describe('sharded', () => {
  test('puts what has no device, objects too, in the first shard; other devices in the order of their names', () => {
    const store = new VariableStore()
    const devices = ['/job:ps/task:2', '/job:ps/task:10', '/cpu:0', '', '/device:CPU:0']
    devices.forEach((device, at) => store.variable(array(at), { name: `v${at}`, device }))
    const items = [...[...store].map((saveable) => ({ key: saveable.op.name, saveable })), item('own', [1])]
    expect(formatOf(items, { sharded: true }).shards).toEqual([3, 2, 1, 0, 1, 0])
    expect(formatOf(items, { sharded: false }).shards).toBeUndefined()
    expect(formatOf(items, {}).shards).toBeUndefined()
    expect(formatOf([], { sharded: true }).shards).toEqual([])
  })
})

describe('options that are none', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ sharded: 'x' }, 'sharded takes true or false, not x'],
    [{ numShards: 0 }, 'numShards takes a whole number from 1 to 99999, not 0'],
    [{ numShards: 2.5 }, 'numShards takes a whole number from 1 to 99999, not 2.5'],
    [{ numShards: '3' }, 'numShards takes a whole number from 1 to 99999, not 3'],
    [{ numShards: 100_000 }, 'numShards takes a whole number from 1 to 99999, not 100000'],
    [{ shardOf: 3 }, 'shardOf takes a function, not 3'],
    [{ shardOf: () => -1 }, "shardOf takes a key to a whole number from 0: it gave -1 for 'a'"],
    [{ shardOf: () => undefined }, "shardOf takes a key to a whole number from 0: it gave undefined for 'a'"],
    [{ shardOf: () => 2, numShards: 2 }, "shardOf gave 2 for 'a', and numShards is 2"],
    [{ sharded: false, numShards: 2 }, 'numShards contradicts sharded: false'],
    [{ sharded: false, shardOf: () => 0 }, 'shardOf contradicts sharded: false'],
    [{ writeVersion: 'V3' }, 'Unexpected write_version: V3'],
  ])('%o is a ValueError, when the Saver is made', async (options, message) => {
    const store = new VariableStore()
    store.variable(array(1), { name: 'a' })
    expect(await errorOf(() => new Saver(store, options as SaverOptions))).toEqual(['ValueError', message])
  })

  test('100,000 shards have no names', async () => {
    const items = Array.from({ length: 100_000 }, (_, at) => item(`k${at}`, []))
    expect(await errorOf(() => formatOf(items, { shardOf: (key) => Number(key.slice(1)) }))).toEqual([
      'ValueError',
      'Cannot save in 100000 shards: 99999 is the most',
    ])
  })
})

test('Saver cuts objects of the caller’s own as well, and says so in its SaverDef', async () => {
  const fs = new MemoryFileSystem()
  const values = { a: array([1, 2]), b: array([3]), c: array(['x']) }
  const list = Object.entries(values).map(([key, value]) => [
    key,
    { dtype: value.dtype, shape: value.shape, read: () => value, assign: () => undefined } as Saveable,
  ])
  const saver = new Saver(new Map(list as [string, Saveable][]), { fs, numShards: 2 })
  await saver.save('m')
  const rows = (await indexRows(fs, 'm')).slice(1).map((row) => [row['key'], row['shard_id']])
  expect(rows).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 0],
  ])
  expect(ls(fs)).toEqual(['checkpoint', 'm.data-00000-of-00002', 'm.data-00001-of-00002', 'm.index', 'm.meta'])
  expect(saver.asSaverDef()).toMatchObject({ sharded: true, saveTensorName: 'save/Identity:0' })
})
