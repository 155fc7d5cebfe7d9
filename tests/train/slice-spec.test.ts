import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatSliceSpec, parseSliceSpec, type ShapeAndSlice, shapeOfPart } from '../../src/train/slice-spec'
import { errorOf } from '../helpers/bundle'

/** A dimension's size, and a range in it. */
const range = fc
  .tuple(fc.nat(1e6), fc.integer({ min: 1, max: 1e6 }), fc.nat(1e6))
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

  // TensorFlow's answers, from RestoreV2.
  test.each([
    ['3', 'InvalidArgumentError', 'Need least two elements in shape_and_slice specification: 3'],
    ['10 0', 'InvalidArgumentError', "Expected a pair of numbers or '-' but got '0': string = 0"],
    ['a 0,2', 'InvalidArgumentError', 'Non numerical dimension in shape_and_slice: a 0,2'],
    ['6  0,2', 'InvalidArgumentError', 'Non numerical dimension in shape_and_slice: 6  0,2'],
    ['6 0,2 ', 'InvalidArgumentError', 'Non numerical dimension in shape_and_slice: 6 0,2 '],
    [' 6 0,2', 'InvalidArgumentError', 'Non numerical dimension in shape_and_slice:  6 0,2'],
    ['6 0, 2', 'InvalidArgumentError', "Expected a pair of numbers or '-' but got '2': string = 2"],
    ['6 0x0,2', 'InvalidArgumentError', "Expected a pair of numbers or '-' but got '0x0,2': string = 0x0,2"],
    [
      '6 -1,2',
      'InvalidArgumentError',
      'Expected non-negative start and positive length but got start = -1, length = 2: string = -1,2',
    ],
    ['6 0,2:-', 'InternalError', 'Mismatching ranks: shape = [6], slice = 0,2:-'],
    ['6 7,1', 'InternalError', 'Extent in dimension 0 out of bounds: shape = [6], slice = 7,1'],
    // TensorFlow ends the process here.
    ['-6 0,2', 'InvalidArgumentError', 'Non numerical dimension in shape_and_slice: -6 0,2'],
  ])('refuses %j', async (spec, name, message) => {
    expect(await errorOf(() => parseSliceSpec(spec))).toEqual([name, message])
  })

  test.each(['6 0,2', '6 +0,2', '6 0,2,', '6 0,2:', '6 ,0,2', '06 00,02'])('reads %j as TensorFlow does', (spec) => {
    expect(parseSliceSpec(spec)).toEqual({ fullShape: [6], slice: [[0, 2]] })
  })

  test('gives a part or a typed error for any text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 ,:-]{0,20}$/), (spec) => {
        try {
          const part = parseSliceSpec(spec)
          if (part !== undefined) expect(part.slice).toHaveLength(part.fullShape.length)
        } catch (error) {
          expect(['InvalidArgumentError', 'InternalError']).toContain((error as Error).name)
        }
      }),
    )
  })
})
