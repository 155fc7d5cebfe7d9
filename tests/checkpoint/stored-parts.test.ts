import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { partFinder, type StoredPart } from '../../src/checkpoint/stored-parts'
import { type Box, boxCount, formatSlice, intersect } from '../../src/tensor/tensor-slice'
import { InternalError } from '../../src/util/errors'

const SEED = 20_170_829

function partsOf(boxes: readonly Box[]): StoredPart[] {
  return boxes.map((box) => ({ slice: box, box }))
}

function finderOf(shape: readonly number[], boxes: readonly Box[]): ReturnType<typeof partFinder> {
  return partFinder({ key: 'x', shape }, partsOf(boxes), 'm.index')
}

/** The parts that a box touches, by looking at all; undefined where they do not fill it. */
function touched(boxes: readonly Box[], box: Box): string[] | undefined {
  const shared = boxes.map((one) => intersect(one, box))
  const count = shared.reduce((sum, one) => sum + (one === undefined ? 0 : boxCount(one)), 0)
  return count === boxCount(box) ? boxes.filter((_, i) => shared[i] !== undefined).map(formatSlice) : undefined
}

const range = (size: number): fc.Arbitrary<readonly [number, number]> =>
  fc.nat(size - 1).chain((start) => fc.integer({ min: 1, max: size - start }).map((length) => [start, length] as const))

describe('partFinder()', () => {
  test('tells any boxes that overlap, and finds what looking at all finds', () => {
    const shape = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 3 })
    const sets = shape.chain((sizes) =>
      fc.record({
        sizes: fc.constant(sizes),
        boxes: fc.array(fc.tuple(...sizes.map(range)), { maxLength: 6 }),
        asked: fc.array(fc.tuple(...sizes.map(range)), { minLength: 1, maxLength: 4 }),
      }),
    )
    let apart = 0
    fc.assert(
      fc.property(sets, ({ sizes, boxes, asked }) => {
        const overlap = boxes.some((a, i) => boxes.slice(0, i).some((b) => intersect(a, b) !== undefined))
        if (overlap) {
          expect(() => finderOf(sizes, boxes)).toThrow(/^Overlapping slices: existing slice = /)
          return
        }
        if (boxes.length > 1) apart++
        const find = finderOf(sizes, boxes)
        for (const box of asked) {
          const found = find(box)?.map((part) => formatSlice(part.slice))
          expect(found?.sort()).toEqual(touched(boxes, box)?.sort())
        }
      }),
      { seed: SEED, numRuns: 3000 },
    )
    expect(apart).toBeGreaterThan(200)
  })

  test.each([
    [
      'rows',
      [100_000, 3],
      (i: number): Box => [
        [i, 1],
        [0, 3],
      ],
    ],
    [
      'columns',
      [3, 100_000],
      (i: number): Box => [
        [0, 3],
        [i, 1],
      ],
    ],
    [
      'a grid',
      [400, 250],
      (i: number): Box => [
        [Math.floor(i / 250), 1],
        [i % 250, 1],
      ],
    ],
    [
      'a grid of three dimensions',
      [50, 40, 50],
      (i: number): Box => [
        [i % 50, 1],
        [Math.floor(i / 2500), 1],
        [Math.floor(i / 50) % 50, 1],
      ],
    ],
  ] as const)('takes 100,000 parts in %s', (_, shape, boxAt) => {
    const boxes = Array.from({ length: 100_000 }, (__, i) => boxAt((i * 7919) % 100_000))
    const find = finderOf(shape, boxes)
    expect(boxes.every((box) => find(box)?.length === 1)).toBe(true)
    expect(find(shape.map((size) => [0, size] as const))).toHaveLength(100_000)
    expect(find(shape.map((size) => [size - 2, 2] as const))?.length).toBeLessThanOrEqual(8)
  })

  test('sets apart parts that wind around one another', () => {
    // No cut goes all the way through.
    const pinwheel: Box[] = [
      [
        [0, 1],
        [0, 2],
      ],
      [
        [0, 2],
        [2, 1],
      ],
      [
        [2, 1],
        [1, 2],
      ],
      [
        [1, 2],
        [0, 1],
      ],
      [
        [1, 1],
        [1, 1],
      ],
    ]
    const find = finderOf([3, 3], pinwheel)
    expect(
      find([
        [0, 3],
        [0, 3],
      ]),
    ).toHaveLength(5)
    expect(
      find([
        [1, 1],
        [0, 2],
      ])?.map((part) => formatSlice(part.slice)),
    ).toEqual(['1,2:0,1', '1,1:1,1'])
    expect(() =>
      finderOf(
        [3, 3],
        [
          ...pinwheel,
          [
            [1, 1],
            [1, 1],
          ],
        ],
      ),
    ).toThrow(InternalError)
  })

  test('ends in time for parts that no cut sets apart', () => {
    // Each row reaches one column further than the one before: a staircase, and one part across all of it.
    const count = 20_000
    const boxes: Box[] = Array.from({ length: count }, (_, i) => [
      [i, 2],
      [2 * i, 3],
    ])
    expect(() => finderOf([count + 1, 2 * count + 1], boxes)).toThrow(/^Overlapping slices: existing slice = /)
    // Lines along three dimensions that pass each other by: pairs are compared, up to a limit.
    const lines = Array.from({ length: 10_000 }, (_, i) => [i % 100, Math.floor(i / 100)] as const).flatMap(
      ([i, j]): Box[] => [
        [
          [0, 400],
          [2 * i, 1],
          [4 * j, 1],
        ],
        [
          [2 * i, 1],
          [0, 400],
          [4 * j + 2, 1],
        ],
        [
          [2 * i + 1, 1],
          [2 * j + 1, 1],
          [0, 400],
        ],
      ],
    )
    expect(() => finderOf([400, 400, 400], lines)).toThrow(/^Too many slices that no cut sets apart: /)
    expect(
      finderOf(
        [400, 400, 400],
        lines.slice(0, 1500),
      )([
        [0, 1],
        [0, 1],
        [0, 1],
      ]),
    ).toHaveLength(1)
  })

  test('takes parts within parts, cut after cut', () => {
    // Each part leaves the rest to be cut along the other dimension: deeper than cuts are followed.
    const depth = 200
    const boxes: Box[] = Array.from({ length: depth }, (_, i) =>
      i % 2 === 0
        ? [
            [i / 2, 1],
            [i / 2, depth],
          ]
        : [
            [(i + 1) / 2, depth],
            [(i - 1) / 2, 1],
          ],
    )
    const find = finderOf([2 * depth, 2 * depth], boxes)
    for (const box of boxes) expect(find(box)).toHaveLength(1)
  })

  test('takes no notice of parts without elements', () => {
    const find = finderOf([4], [[[0, 0]], [[0, 4]], [[2, 0]]])
    expect(find([[1, 2]])).toHaveLength(1)
    expect(
      finderOf(
        [0, 2],
        [],
      )([
        [0, 0],
        [0, 2],
      ]),
    ).toEqual([])
  })

  test('takes the parts of a scalar, of which there is one', () => {
    expect(finderOf([], [[]])([])).toHaveLength(1)
    expect(() => finderOf([], [[], []])).toThrow(InternalError)
    expect(finderOf([], [])([])).toBeUndefined()
  })
})
