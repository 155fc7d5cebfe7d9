import { describe, expect, test } from 'vitest'
import { ValueError } from '../../src/util/errors'
import { COLLECTION_KEYS, Collections } from '../../src/variables/collections'
import { oracleTest } from '../oracle/cases'

describe('Collections', () => {
  oracleTest<unknown[]>('collections-basic', ({ result }) => {
    const collections = new Collections()
    for (const key of ['c', 'c']) collections.add(key, 1)
    for (const key of new Set(['c', 'd', 'c'])) collections.add(key, 2)
    collections.add('str', 3)
    collections.get('c').push(9)
    collections.ref('e').push(7)
    const found = ['c', 'd', 'str', 'e', 'none'].map((key) => collections.get(key))
    const keys = collections.keys().sort()
    collections.delete('c')
    expect([...found, keys, null, collections.get('c')]).toEqual(result)
  })

  oracleTest<Record<string, string>>('graph-keys', ({ result }) => {
    const { global, local, trainable, movingAverage } = COLLECTION_KEYS
    expect([global, local, trainable, movingAverage]).toEqual([
      result['GLOBAL_VARIABLES'],
      result['LOCAL_VARIABLES'],
      result['TRAINABLE_VARIABLES'],
      result['MOVING_AVERAGE_VARIABLES'],
    ])
  })

  test('have their keys in the order in which they were made, whatever the keys are', () => {
    const collections = new Collections()
    for (const key of ['z', '__proto__', 'a', '1']) collections.ref(key)
    expect(collections.keys()).toEqual(['z', '__proto__', 'a', '1'])
    expect(collections.get('constructor')).toEqual([])
    expect(collections.keys()).toHaveLength(4)
  })

  test('filter by the start of names, by a pattern', () => {
    const collections = new Collections()
    const items = [{ name: 'a/x' }, { name: 'ab/y' }, { name: 5 }, 'a', null, { name: 'b' }]
    for (const item of items) collections.add('k', item)
    expect(collections.get('k', 'a')).toEqual(items.slice(0, 2))
    expect(collections.get('k', '.*y')).toEqual([items[1]])
    expect(collections.get('k', '')).toEqual([items[0], items[1], items[5]])
    expect(() => collections.get('k', '(')).toThrow(ValueError)
  })

  test('go back to a snapshot, with the same lists', () => {
    const collections = new Collections()
    const list = collections.ref('c')
    list.push(1)
    collections.ref('d').push(2)
    const back = collections.snapshot()
    list.push(3)
    collections.add('new', 4)
    collections.delete('d')
    back()
    expect(collections.ref('c')).toBe(list)
    expect([list, collections.get('d'), collections.keys()]).toEqual([[1], [2], ['c', 'd']])
  })
})
