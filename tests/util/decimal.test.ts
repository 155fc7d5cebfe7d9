import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalOf, formatG, positional, scientific } from '../../src/util/decimal'
import { FLOAT16, FLOAT32, FLOAT64 } from '../../src/util/float16'

const positive = fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true })

test('decimalOf() gives the digits of JavaScript for a double', () => {
  fc.assert(
    fc.property(positive, (value) => {
      const { digits, exponent } = decimalOf(value, FLOAT64, { unique: true })
      const [mantissa = '', power] = value.toExponential().split('e')
      expect([digits, exponent]).toEqual([mantissa.replace('.', ''), Number(power)])
    }),
  )
})

test('decimalOf() gives digits that read back as the float32', () => {
  fc.assert(
    fc.property(fc.float({ min: 2 ** -149, noNaN: true, noDefaultInfinity: true }), (value) => {
      const decimal = decimalOf(value, FLOAT32, { unique: true })
      expect(decimal.digits.length).toBeLessThanOrEqual(9)
      expect(Math.fround(Number(scientific(decimal)))).toBe(value)
    }),
  )
})

test('decimalOf() rounds what is cut off, ties to the even digit', () => {
  expect(decimalOf(0.001953125, FLOAT64, { unique: true, lowest: -8 }).digits).toBe('195312')
  expect(decimalOf(0.005859375, FLOAT64, { unique: true, lowest: -8 }).digits).toBe('585938')
  expect(decimalOf(99999, FLOAT64, { unique: false, atMost: 3 })).toEqual({ digits: '100', exponent: 5 })
})

test('decimalOf() goes on with the exact digits where more are asked than tell the number', () => {
  expect(decimalOf(Math.fround(0.1), FLOAT32, { unique: true, atLeast: 12 }).digits).toBe('100000001490')
  expect(decimalOf(0.0999755859375, FLOAT16, { unique: true }).digits).toBe('1')
})

test('positional() and scientific() place the point', () => {
  expect(positional({ digits: '125', exponent: 1 })).toBe('12.5')
  expect(positional({ digits: '1', exponent: 2 })).toBe('100.')
  expect(positional({ digits: '15', exponent: -3 })).toBe('0.0015')
  expect(scientific({ digits: '15', exponent: -3 }, 3)).toBe('1.500e-03')
  expect(scientific({ digits: '1', exponent: 100 })).toBe('1.e+100')
})

test('formatG() is C\'s "%g"', () => {
  const values = [0, -0, 1, 100000, 1e6, 1.015625, 3.0040740966796875e-5, 0.0001, -Infinity, NaN]
  expect(values.map((value) => formatG(value, FLOAT64))).toEqual([
    '0',
    '-0',
    '1',
    '100000',
    '1e+06',
    '1.01562',
    '3.00407e-05',
    '0.0001',
    '-inf',
    'nan',
  ])
})
