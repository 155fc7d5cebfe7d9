import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { array, zeros } from '../../src/tensor/convert'
import { type DType, DTYPES } from '../../src/tensor/dtype'
import { bytesOf, type NDArray, ndarray } from '../../src/tensor/ndarray'
import { compactInitialValue, isSplatOf } from '../../src/variables/initial-value'

const NUMERIC = DTYPES.filter(({ Array }) => Array !== undefined)

/** `count` elements of random bytes, of which all are the first where `same`. */
function valueOf(name: DType, count: number, bytes: (at: number) => number, same: boolean): NDArray {
  const value = zeros([count], name)
  const raw = bytesOf(value)
  const size = raw.length / count
  for (let i = 0; i < raw.length; i++) raw[i] = bytes(same ? i % size : i)
  return value
}

describe('compactInitialValue()', () => {
  test('keeps a short value itself, up to 1 kB', () => {
    const value = ndarray(
      'float32',
      [256],
      Float32Array.from({ length: 256 }, (_, i) => i),
    )
    expect(compactInitialValue(value)).toBe(value)
    const long = ndarray(
      'float32',
      [257],
      Float32Array.from({ length: 257 }, (_, i) => i),
    )
    expect(compactInitialValue(long)).toBeUndefined()
  })

  test.each(NUMERIC)('keeps one element of a long $name whose elements have the same bits', ({ name, size }) => {
    const lengths = fc.integer({ min: Math.ceil(1025 / size), max: Math.ceil(1025 / size) + 9 })
    fc.assert(
      fc.property(lengths, fc.uint8Array({ minLength: size, maxLength: size }), (count, bytes) => {
        const value = valueOf(name, count, (at) => bytes[at] ?? 0, true)
        const kept = compactInitialValue(value)
        expect(kept?.shape).toEqual([])
        expect(kept && [...bytesOf(kept)]).toEqual([...bytes])
        expect(kept && isSplatOf(kept, value.shape)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  test.each(NUMERIC)('keeps nothing of a long $name with one other bit', ({ name, size }) => {
    const count = Math.ceil(1025 / size) + 2
    const bytes = count * size
    fc.assert(
      fc.property(fc.oneof(fc.nat(bytes - 1), fc.integer({ min: bytes - 4, max: bytes - 1 })), fc.nat(7), (at, bit) => {
        const value = zeros([count], name)
        bytesOf(value)[at] = 1 << bit
        expect(compactInitialValue(value)).toBeUndefined()
      }),
      { numRuns: 50 },
    )
  })

  test('looks at strings by their bytes', () => {
    const many = (count: number, text: string): NDArray => array(Array.from({ length: count }, () => text))
    const short = many(100, 'abc')
    expect(compactInitialValue(short)).toBe(short)
    expect(compactInitialValue(many(1000, 'abc'))).toEqual(array('abc'))
    expect(compactInitialValue(many(2000, ''))).toEqual(array(''))
    const other = Array.from({ length: 1000 }, (_, i) => (i === 999 ? 'abd' : 'abc'))
    expect(compactInitialValue(array(other))).toBeUndefined()
  })

  test('keeps no string that is long itself', () => {
    expect(compactInitialValue(array('x'.repeat(2000)))).toBeUndefined()
    expect(compactInitialValue(array(['x'.repeat(2000), 'x'.repeat(2000)]))).toBeUndefined()
  })
})
