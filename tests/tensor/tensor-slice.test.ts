import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DTYPES } from '../../src/tensor/dtype'
import {
  type Box,
  boxCount,
  boxOf,
  copyBox,
  formatSlice,
  intersect,
  isWholeBox,
  parseSlice,
  runsOf,
  shapeOfSlice,
} from '../../src/tensor/tensor-slice'
import { errorOf } from '../helpers/bundle'

/** A dimension: its size, and a range in it that may be told as undefined. */
const dimension = fc.nat(6).chain((size) =>
  fc.record({
    size: fc.constant(size),
    range:
      size === 0
        ? fc.constant(undefined)
        : fc.option(
            fc.nat(size - 1).chain((start) => fc.tuple(fc.constant(start), fc.integer({ min: 1, max: size - start }))),
            { nil: undefined },
          ),
  }),
)

/** A shape of rank 0 to 4 with two slices of it. */
const shapeAndSlices = fc.array(fc.tuple(dimension, fc.nat(1000), fc.nat(1000)), { maxLength: 4 }).map((dimensions) => {
  const shape = dimensions.map(([{ size }]) => size)
  const slice = dimensions.map(([{ range }]) => range)
  const other = dimensions.map(([{ size }, a, b]) => {
    const start = size === 0 ? 0 : a % size
    return size === 0 ? undefined : ([start, 1 + (b % (size - start))] as const)
  })
  return { shape, slice, other }
})

/** Every index of a box, in order. */
function indicesOf(box: Box): number[][] {
  return box.reduce<number[][]>(
    (all, [start, length]) => all.flatMap((index) => Array.from({ length }, (_, i) => [...index, start + i])),
    [[]],
  )
}

/** Where an index lies in an array of a box. */
function placeOf(index: readonly number[], box: Box): number {
  return box.reduce((place, [start, length], at) => place * length + (index[at] as number) - start, 0)
}

describe('boxOf()', () => {
  test('tells every range, and gives the whole for no slice', () => {
    expect(boxOf([undefined, [1, 2]], [3, 4])).toEqual([
      [0, 3],
      [1, 2],
    ])
    expect(boxOf(undefined, [3, 0])).toEqual([
      [0, 3],
      [0, 0],
    ])
    expect(shapeOfSlice([undefined, [1, 2]], [3, 4])).toEqual([3, 2])
    expect(boxOf([], [])).toEqual([])
  })

  test('refuses what the shape does not have, in TensorFlow’s words', async () => {
    const refused: [Parameters<typeof boxOf>, string, string][] = [
      [[[[0, 2]], [6, 2]], 'InternalError', 'Mismatching ranks: shape = [6,2], slice = 0,2'],
      [[[[2, 2]], [3]], 'InternalError', 'Extent in dimension 0 out of bounds: shape = [3], slice = 2,2'],
      [
        [
          [undefined, [9, 1]],
          [2, 3],
        ],
        'InternalError',
        'Extent in dimension 1 out of bounds: shape = [2,3], slice = -:9,1',
      ],
      ...(
        [
          [-1, 2],
          [0, 0],
          [0, -1],
          [0.5, 1],
          [0, NaN],
          [2 ** 53, 1],
        ] as const
      ).map(([start, length]): [Parameters<typeof boxOf>, string, string] => [
        [[[start, length]], [3]],
        'InvalidArgumentError',
        `Expected non-negative start and positive length but got start = ${start}, length = ${length}: slice = ${start},${length}`,
      ]),
    ]
    for (const [given, name, message] of refused) expect(await errorOf(() => boxOf(...given))).toEqual([name, message])
  })
})

describe('A slice as text', () => {
  test('is written as TensorFlow writes it, and read back', () => {
    expect(formatSlice([undefined, [0, 1]])).toBe('-:0,1')
    expect(formatSlice([])).toBe('')
    fc.assert(
      fc.property(shapeAndSlices, ({ slice }) => {
        expect(parseSlice(formatSlice(slice))).toEqual(slice)
      }),
    )
  })

  test('is read as TensorFlow reads it: what is empty between separators counts for nothing', () => {
    for (const text of ['0,2', '+0,2', '0,2,', '0,2:', ',0,,2', '00,02', ':0,2']) {
      expect([text, parseSlice(text)]).toEqual([text, [[0, 2]]])
    }
  })

  test.each([
    ['x', "Expected a pair of numbers or '-' but got 'x': string = x"],
    ['0x0,2', "Expected a pair of numbers or '-' but got '0x0,2': string = 0x0,2"],
    ['-:1', "Expected a pair of numbers or '-' but got '1': string = -:1"],
    ['0,1,2', "Expected a pair of numbers or '-' but got '0,1,2': string = 0,1,2"],
    ['1e1,2', "Expected a pair of numbers or '-' but got '1e1,2': string = 1e1,2"],
    ['9007199254740993,1', "Expected a pair of numbers or '-' but got '9007199254740993,1'"],
    ['0,0', 'Expected non-negative start and positive length but got start = 0, length = 0: string = 0,0'],
    ['-:-1,2', 'Expected non-negative start and positive length but got start = -1, length = 2: string = -:-1,2'],
  ])('%j is an InvalidArgumentError', async (text, message) => {
    const [name, said] = await errorOf(() => parseSlice(text))
    expect([name, said.slice(0, message.length)]).toEqual(['InvalidArgumentError', message])
  })
})

describe('Boxes', () => {
  test('intersect() gives the indices that are in both', () => {
    fc.assert(
      fc.property(shapeAndSlices, ({ shape, slice, other }) => {
        const [a, b] = [boxOf(slice, shape), boxOf(other, shape)]
        const both = indicesOf(a).filter((index) => indicesOf(b).some((one) => String(one) === String(index)))
        const shared = intersect(a, b)
        expect(shared === undefined ? [] : indicesOf(shared)).toEqual(both)
        expect(boxCount(a)).toBe(indicesOf(a).length)
        expect(isWholeBox(a, shape)).toBe(
          boxCount(a) === boxCount(boxOf(undefined, shape)) && String(a) === String(boxOf(undefined, shape)),
        )
      }),
    )
  })

  test('runsOf() gives the places of all elements in order, in as few runs as there are', () => {
    fc.assert(
      fc.property(shapeAndSlices, ({ shape, slice }) => {
        const [box, whole] = [boxOf(slice, shape), boxOf(undefined, shape)]
        const runs = [...runsOf(box, whole)]
        const places = runs.flatMap(([start, count]) => Array.from({ length: count }, (_, i) => start + i))
        expect(places).toEqual(indicesOf(box).map((index) => placeOf(index, whole)))
      }),
    )
    expect([...runsOf(boxOf([[1, 2], undefined], [4, 3]), boxOf(undefined, [4, 3]))]).toEqual([[3, 6]])
    expect([...runsOf([], [])]).toEqual([[0, 1]])
  })

  test('copyBox() moves just the elements of the box, of every dtype', () => {
    const infos = DTYPES.filter((info) => info.Array !== undefined)
    fc.assert(
      fc.property(shapeAndSlices, fc.constantFrom(...infos), ({ shape, slice, other }, { Array: Items, lanes }) => {
        const [from, to] = [boxOf(slice, shape), boxOf(other, shape)]
        const box = intersect(from, to)
        if (box === undefined || Items === undefined) return
        const source = new Items(boxCount(from) * lanes)
        const bytes = new Uint8Array(source.buffer)
        bytes.forEach((_, i) => (bytes[i] = (i * 131 + 7) & 0xff))
        const target = new Items(boxCount(to) * lanes)
        copyBox({ data: source, box: from }, { data: target, box: to }, box, lanes)
        const size = Items.BYTES_PER_ELEMENT * lanes
        const expected = new Uint8Array(target.byteLength)
        for (const index of indicesOf(box)) {
          const at = placeOf(index, from) * size
          expected.set(bytes.subarray(at, at + size), placeOf(index, to) * size)
        }
        expect(new Uint8Array(target.buffer)).toEqual(expected)
      }),
    )
  })

  test('copyBox() keeps the bits of NaNs in long runs and in short ones', () => {
    for (const width of [1, 100]) {
      const whole = boxOf(undefined, [2, width])
      const source = new Float32Array(2 * width)
      new Uint32Array(source.buffer).fill(0x7f800001)
      const target = new Float32Array(2 * width)
      copyBox({ data: source, box: whole }, { data: target, box: whole }, boxOf([[1, 1], undefined], [2, width]))
      expect([...new Uint32Array(target.buffer)]).toEqual([
        ...new Array<number>(width).fill(0),
        ...new Array<number>(width).fill(0x7f800001),
      ])
    }
  })

  test('copyBox() moves strings by reference', () => {
    const [a, b, c] = [new Uint8Array(1), new Uint8Array(2), new Uint8Array(3)]
    const target: Uint8Array[] = []
    const box: Box = [[1, 2]]
    copyBox({ data: [a, b, c], box: [[0, 3]] }, { data: target, box }, box)
    expect(target[0]).toBe(b)
    expect(target[1]).toBe(c)
  })
})
