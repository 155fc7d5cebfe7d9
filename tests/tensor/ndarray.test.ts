import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { DTYPES } from '../../src/tensor/dtype'
import { bytesOf, elementCount, formatShape, ndarray, shapesEqual } from '../../src/tensor/ndarray'
import { InvalidArgumentError } from '../../src/util/errors'

describe('ndarray()', () => {
  test('holds the array itself and a copy of the shape', () => {
    const shape = [1, 2]
    const data = Float32Array.of(1, 2)
    const value = ndarray('float32', shape, data)
    shape[0] = 7
    expect(value.data).toBe(data)
    expect(value.shape).toEqual([1, 2])
  })

  test('throws InvalidArgumentError where the elements do not fill the shape', () => {
    expect(() => ndarray('float32', [3], new Float32Array(2))).toThrow(InvalidArgumentError)
    expect(() => ndarray('complex64', [2], new Float32Array(2))).toThrow(
      'Cannot shape 2 items of complex64 as [2]: it takes 4',
    )
    expect(() => ndarray('float32', [-1], new Float32Array(2))).toThrow(InvalidArgumentError)
  })

  test.each([new Float64Array(2), [1, 2], new Uint8ClampedArray(2), null, new DataView(new ArrayBuffer(8))])(
    'throws InvalidArgumentError for %o as float32',
    (data) => {
      expect(() => ndarray('float32', [2], data as unknown as Float32Array)).toThrow(InvalidArgumentError)
    },
  )

  test('throws InvalidArgumentError for strings that are no bytes', () => {
    expect(() => ndarray('string', [2], [new Uint8Array(0), 'a' as unknown as Uint8Array])).toThrow(
      'Cannot hold String as element 1 of string: it takes Uint8Array',
    )
    expect(() => ndarray('string', [1], new Uint8Array(1) as unknown as Uint8Array[])).toThrow(InvalidArgumentError)
  })

  test('takes a Buffer for bytes, and arrays of another realm', () => {
    expect(ndarray('uint8', [2], Buffer.from('ab')).data.length).toBe(2)
    expect(ndarray('float32', [2], runInNewContext('Float32Array.of(1, 2)')).shape).toEqual([2])
    expect(ndarray('string', [1], runInNewContext('[Uint8Array.of(1)]')).shape).toEqual([1])
  })
})

test('elementCount() multiplies, and throws InvalidArgumentError for what is no shape', () => {
  expect([elementCount([]), elementCount([2, 3]), elementCount([2, 0])]).toEqual([1, 6, 0])
  for (const shape of [[-1], [1.5], [NaN], [2 ** 40, 2 ** 40]]) {
    expect(() => elementCount(shape)).toThrow(InvalidArgumentError)
  }
})

test('shapesEqual() and formatShape() know rank and sizes', () => {
  expect(shapesEqual([1, 2], [1, 2])).toBe(true)
  expect(shapesEqual([1, 2], [1, 2, 1])).toBe(false)
  expect(shapesEqual([1, 2], [2, 1])).toBe(false)
  expect([formatShape([]), formatShape([2, 3])]).toEqual(['[]', '[2,3]'])
})

test('bytesOf() is a view of the elements, and throws InvalidArgumentError for strings', () => {
  const data = Float32Array.of(0, 1).subarray(1)
  const bytes = bytesOf(ndarray('float32', [1], data))
  expect([...bytes]).toEqual([0, 0, 0x80, 0x3f])
  bytes[3] = 0xbf
  expect(data[0]).toBe(-1)
  expect(() => bytesOf(ndarray('string', [0], []))).toThrow(InvalidArgumentError)
})

describe('the dtype table', () => {
  test('gives a float or complex dtype its layout, of as many bits as a lane has', () => {
    for (const { name, kind, format, size, lanes, bits } of DTYPES) {
      expect(format !== undefined, name).toBe(kind === 'float' || kind === 'complex')
      expect(bits !== undefined, name).toBe(kind === 'integer')
      if (format === undefined || name === 'float4_e2m1fn') continue
      expect(1 + format.exponentBits + format.mantissaBits, name).toBe((size / lanes) * 8)
    }
  })
})
