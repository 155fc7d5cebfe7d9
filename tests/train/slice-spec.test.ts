import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatSliceSpec, parseSliceSpec, type ShapeAndSlice, shapeOfPart } from '../../src/train/slice-spec'

/** A dimension's size, and a range in it. */
const range = fc
  .tuple(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6))
  .map(([before, length, behind]) => [before + length + behind, [before, length]] as const)

describe('parseSliceSpec()', () => {
  test('reads what formatSliceSpec() writes', () => {
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 5 }), (ranges) => {
        const part: ShapeAndSlice = { fullShape: ranges.map(([size]) => size), slice: ranges.map(([, pair]) => pair) }
        expect(parseSliceSpec(formatSliceSpec(part))).toEqual(part)
        expect(shapeOfPart(part)).toEqual(ranges.map(([, [, length]]) => length))
      }),
    )
  })

  test('reads whole dimensions, and nothing as the whole', () => {
    expect(parseSliceSpec('')).toBeUndefined()
    expect(parseSliceSpec('10 2 -:0,1')).toEqual({ fullShape: [10, 2], slice: [undefined, [0, 1]] })
    expect(shapeOfPart({ fullShape: [10, 2], slice: [undefined, [0, 1]] })).toEqual([10, 1])
    expect(formatSliceSpec({ fullShape: [10, 2], slice: [undefined, [0, 1]] })).toBe('10 2 0,10:0,1')
  })

  test.each([
    '10',
    '10 0',
    '10 2 0,4',
    '10 0,11',
    '10 0,4:',
    '10 -1,4',
    '10 0,4,5',
    'x 0,1',
    '10 9007199254740993,1',
    ' ',
  ])('refuses %j', (spec) => {
    expect(() => parseSliceSpec(spec)).toThrow(
      `Expected a shape and a slice of it, such as "10 2 0,4:0,2", got '${spec}'`,
    )
  })

  test('gives a part or a typed error for any text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 ,:-]{0,20}$/), (spec) => {
        try {
          const part = parseSliceSpec(spec)
          if (part !== undefined) expect(part.slice).toHaveLength(part.fullShape.length)
        } catch (error) {
          expect((error as Error).name).toBe('InvalidArgumentError')
        }
      }),
    )
  })
})
