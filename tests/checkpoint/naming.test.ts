import { expect, test } from 'vitest'
import { dataFilename, isDataFilename, metaFilename, temporaryFilename } from '../../src/checkpoint/naming'

test('dataFilename() has five digits, and more where they are needed', () => {
  expect(dataFilename('d/m-3', 0, 1)).toBe('d/m-3.data-00000-of-00001')
  expect(dataFilename('m', 12, 345)).toBe('m.data-00012-of-00345')
  expect(dataFilename('m', 100000, 100001)).toBe('m.data-100000-of-100001')
})

test('metaFilename() is the index', () => {
  expect(metaFilename('d/')).toBe('d/.index')
})

test('temporaryFilename() ends in a decimal uint64', () => {
  expect(temporaryFilename('m.index', () => 2n ** 64n - 1n)).toBe('m.index.tempstate18446744073709551615')
  const [one, other] = [temporaryFilename('m.index'), temporaryFilename('m.index')]
  expect(one).toMatch(/^m\.index\.tempstate\d{1,20}$/)
  expect(BigInt(one.slice('m.index.tempstate'.length))).toBeLessThan(2n ** 64n)
  expect(one).not.toBe(other)
})

test('isDataFilename() takes every shard of one prefix', () => {
  const names = ['m.data-00000-of-00001', 'm.data-99999-of-00002']
  const others = ['m.data-000000-of-00002', 'm.data-0000x-of-00002', 'm.data-tmp', 'm.index', 'xm.data-00000-of-00001']
  const temporary = 'm.data-00000-of-00001.tempstate5'
  expect(names.filter((name) => isDataFilename(name, 'm'))).toEqual(names)
  expect([...others, temporary].filter((name) => isDataFilename(name, 'm'))).toEqual([])
  expect(isDataFilename('a.b.data-00000-of-00001', 'a+b')).toBe(false)
})
