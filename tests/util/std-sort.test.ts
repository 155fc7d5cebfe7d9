/**
 * stdSort against what TensorFlow's SaveSlices did with parts of one name: the order in which it listed them.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stdSort } from '../../src/util/std-sort'

/** The parts as SaveSlices got them, and as they stood in the file. All have one name: they are equal. */
const SEEN: readonly (readonly [given: readonly number[], listed: readonly number[]])[] = [
  [
    [11, 12, 3, 13, 2, 7, 6, 8, 0, 10, 4, 1, 5, 15, 14, 9],
    [11, 12, 3, 13, 2, 7, 6, 8, 0, 10, 4, 1, 5, 15, 14, 9],
  ],
  [
    [3, 2, 11, 10, 5, 16, 8, 12, 7, 4, 13, 0, 9, 14, 6, 1, 15],
    [7, 15, 1, 6, 14, 9, 0, 13, 4, 3, 12, 8, 16, 5, 10, 11, 2],
  ],
  [
    [16, 13, 10, 4, 1, 14, 17, 12, 19, 5, 8, 18, 0, 2, 7, 6, 11, 9, 15, 3],
    [8, 3, 15, 9, 11, 6, 7, 2, 0, 18, 16, 5, 19, 12, 17, 14, 1, 4, 10, 13],
  ],
]

test.each(SEEN.map(([given, listed]) => [given.length, given, listed] as const))(
  'stdSort() leaves %i equal items as TensorFlow lists them',
  (_, given, listed) => {
    expect(stdSort(given, () => false)).toEqual(listed)
  },
)

test('stdSort() leaves four groups of ten as TensorFlow lists them, sorted before or not', () => {
  const turned = Array.from({ length: 40 }, (_, i) => i)
  expect(stdSort(turned, (a, b) => a % 4 < b % 4)).toEqual([
    8, 16, 20, 12, 24, 28, 32, 4, 36, 0, 29, 1, 33, 25, 21, 37, 17, 13, 5, 9, 18, 38, 2, 34, 6, 30, 26, 10, 22, 14, 27,
    7, 11, 31, 23, 35, 3, 19, 15, 39,
  ])
  const tens = stdSort(turned, (a, b) => Math.floor(a / 10) < Math.floor(b / 10))
  expect(tens).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 12, 19, 18, 17, 16, 15, 14, 13, 11, 10, 20, 29, 28, 27, 26, 25, 24, 23, 22, 21, 30,
    31, 32, 33, 34, 35, 36, 37, 38, 39,
  ])
})

test('stdSort() sorts a copy, whatever the items', () => {
  const items = fc.array(fc.nat(50), { maxLength: 300 })
  fc.assert(
    fc.property(items, (given) => {
      const kept = [...given]
      expect(stdSort(given, (a, b) => a < b)).toEqual([...given].sort((a, b) => a - b))
      expect(given).toEqual(kept)
    }),
    { numRuns: 100 },
  )
})

test('stdSort() sorts what is made to split badly', () => {
  // Each median of three is the second smallest of its part: McIlroy's adversary, which decides as it is asked.
  const length = 2000
  const value = new Array<number>(length).fill(length)
  let next = 0
  let candidate = 0
  const before = (a: number, b: number): boolean => {
    if (value[a] === length && value[b] === length) value[a === candidate ? a : b] = next++
    if (value[a] === length) candidate = a
    else if (value[b] === length) candidate = b
    return (value[a] as number) < (value[b] as number)
  }
  stdSort(
    Array.from({ length }, (_, i) => i),
    before,
  )
  const worst = Array.from({ length }, (_, i) => value[i] as number)
  expect(stdSort(worst, (a, b) => a < b)).toEqual([...worst].sort((a, b) => a - b))
})
