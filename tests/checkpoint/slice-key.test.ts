import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeSliceKey, encodeSliceKey, isSliceKey } from '../../src/checkpoint/slice-key'
import { type TensorSlice } from '../../src/tensor/ndarray'
import { keyFromBytes } from '../../src/util/bytes'
import { DataLossError } from '../../src/util/errors'
import { fromHex, hex } from '../helpers/bundle'

const range = fc.option(fc.tuple(fc.maxSafeNat(), fc.maxSafeNat()), { nil: undefined })
const slice: fc.Arbitrary<TensorSlice> = fc.array(range, { maxLength: 5 })
const name = fc.uint8Array({ maxLength: 20 }).map(keyFromBytes)

describe('The key of a part', () => {
  test('is TensorFlow’s', () => {
    expect(
      hex(
        encodeSliceKey('p', [
          [0, 4],
          [0, 2],
        ]),
      ),
    ).toBe('00700001010280848082')
    expect(hex(encodeSliceKey('w', [undefined]))).toBe('007700010101807f')
    expect(hex(encodeSliceKey('s', []))).toBe('0073000100')
    expect(hex(encodeSliceKey('a\0b\udcffc', [[1, 2]]))).toBe('006100ff62ff0063000101018182')
  })

  test('tells name and slice again', () => {
    fc.assert(
      fc.property(name, slice, (tensor, part) => {
        const key = encodeSliceKey(tensor, part)
        expect(decodeSliceKey(key)).toEqual({ name: tensor, slice: part })
        expect([isSliceKey(key), isSliceKey(keyFromBytes(key))]).toEqual([true, true])
      }),
    )
  })

  test('is no name that begins with another byte', () => {
    for (const key of ['', 'w', '0']) expect(isSliceKey(key)).toBe(false)
    expect(isSliceKey(new Uint8Array(0))).toBe(false)
    expect(isSliceKey('\0')).toBe(true)
  })
})

describe('decodeSliceKey()', () => {
  const whole = '00700001010280848082'

  test('refuses what is cut anywhere, or goes on', () => {
    for (let end = 0; end < whole.length; end += 2) {
      expect(() => decodeSliceKey(fromHex(whole.slice(0, end)))).toThrow(DataLossError)
    }
    expect(() => decodeSliceKey(fromHex(`${whole}00`))).toThrow('1 bytes too many')
  })

  test.each([
    ['another number in front', '0101700001010280848082', 'leading number should always be 0'],
    ['a rank of 2^48', '00700001068080808080808084', 'Too many elements'],
    ['a range from -1', '0070000101017f81', 'start = -1, length = 1'],
    ['a range of -2', '007000010101807e', 'start = 0, length = -2'],
    ['a range from 1 of all', '007000010101817f', 'start = 1, length = -1'],
  ])('refuses %s', (_, key, what) => {
    expect(() => decodeSliceKey(fromHex(key))).toThrow(what)
  })

  test('gives a part that has this very key, or a DataLossError with its place, for any bytes', () => {
    const bytes = fc.tuple(
      fc.constantFrom('', '00', '007000', '00700001', '0070000101'),
      fc.uint8Array({ maxLength: 12 }),
    )
    fc.assert(
      fc.property(bytes, ([head, tail]) => {
        const key = Uint8Array.from([...fromHex(head), ...tail])
        try {
          const { name: tensor, slice: part } = decodeSliceKey(key, { path: 'm.index', offset: 5 })
          expect(hex(encodeSliceKey(tensor, part))).toBe(hex(key))
        } catch (error) {
          expect(error).toMatchObject({ code: 'DATA_LOSS', path: 'm.index' })
          expect((error as DataLossError).offset).toBeGreaterThanOrEqual(5)
        }
      }),
      { numRuns: 300 },
    )
  })
})
