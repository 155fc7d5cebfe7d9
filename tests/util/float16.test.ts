import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as float16 from '../../src/util/float16'

interface FormatGolden {
  /** SHA-256 of every code as float32. */
  readonly decoded: string
  /** Values of the grid, and the SHA-256 of their codes. */
  readonly values: number
  readonly encoded: string
  readonly nan: number
}

const golden: { readonly formats: Readonly<Record<string, FormatGolden>> } = JSON.parse(
  readFileSync(new URL('../golden/float-conversions.json', import.meta.url), 'utf8'),
)

const FORMATS: Readonly<Record<string, float16.FloatFormat>> = {
  float16: float16.FLOAT16,
  bfloat16: float16.BFLOAT16,
  float8_e5m2: float16.FLOAT8_E5M2,
  float8_e4m3fn: float16.FLOAT8_E4M3FN,
  float8_e4m3fnuz: float16.FLOAT8_E4M3FNUZ,
  float8_e4m3b11fnuz: float16.FLOAT8_E4M3B11FNUZ,
  float8_e5m2fnuz: float16.FLOAT8_E5M2FNUZ,
  float4_e2m1fn: float16.FLOAT4_E2M1FN,
}

function sha256(data: ArrayBufferView): string {
  return createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex')
}

/** Every code that a byte or two can hold. */
function allCodes(format: float16.FloatFormat): Uint8Array | Uint16Array {
  const wide = format.exponentBits + format.mantissaBits > 7
  return wide ? Uint16Array.from({ length: 65536 }, (_, i) => i) : Uint8Array.from({ length: 256 }, (_, i) => i)
}

/** The grid of tests/oracle/make_tensor_golden.py: values on, halfway between and beside codes, and beyond the largest. */
function encodeGrid(format: float16.FloatFormat): number[] {
  const finite = [...float16.toFloat32Array(format, allCodes(format))].filter(Number.isFinite).map(Math.abs)
  const numbers = [...new Set(finite)].sort((a, b) => a - b)
  const [before = 0, largest = 0] = numbers.slice(-2)
  const above = [...numbers.slice(1), largest + (largest - before)]
  const grid = numbers.flatMap((low, i) => {
    const middle = (low + (above[i] ?? 0)) / 2
    return [low, middle, ...[2 ** -20, 2 ** -40].flatMap((near) => [middle * (1 - near), middle * (1 + near)])]
  })
  return [...grid, largest * 2, 1e300, Infinity].flatMap((value) => [value, -value])
}

function encode(format: float16.FloatFormat, value: number): number {
  return format === float16.BFLOAT16 ? float16.floatToBfloat16(value) : float16.encodeFloat(format, value)
}

describe.each(Object.entries(FORMATS))('%s', (name, format) => {
  const expected = golden.formats[name]

  test('every code decodes to the float32 that numpy makes of it, bit for bit', () => {
    expect(sha256(float16.toFloat32Array(format, allCodes(format)))).toBe(expected?.decoded)
  })

  test('decodeFloat() agrees with the array conversion on every code', () => {
    const codes = allCodes(format)
    expect(Float32Array.from(codes, (code) => float16.decodeFloat(format, code))).toEqual(
      float16.toFloat32Array(format, codes),
    )
  })

  test('values on, between and beyond the codes encode as numpy and ml_dtypes encode them', () => {
    const grid = encodeGrid(format)
    expect(grid.length).toBe(expected?.values)
    const codes = grid.map((value) => encode(format, value))
    expect(sha256(allCodes(format).BYTES_PER_ELEMENT === 2 ? Uint16Array.from(codes) : Uint8Array.from(codes))).toBe(
      expected?.encoded,
    )
  })

  test('NaN has the code that ml_dtypes gives it', () => {
    // numpy's own float16 conversion takes the payload of Python's NaN along: the same code.
    expect(encode(format, NaN)).toBe(expected?.nan)
  })

  test('every number survives decoding and encoding', () => {
    const codes = allCodes(format).slice(0, 1 << (1 + format.exponentBits + format.mantissaBits))
    const again = codes.map((code) => {
      const value = float16.decodeFloat(format, code)
      return Number.isNaN(value) ? code : encode(format, value)
    })
    expect(again).toEqual(codes)
  })

  test('encodeFloat() takes the nearest of all numbers', () => {
    const numbers = [...float16.toFloat32Array(format, allCodes(format))].filter(Number.isFinite)
    const largest = Math.max(...numbers)
    fc.assert(
      fc.property(fc.double({ min: -largest, max: largest, noNaN: true }), (value) => {
        const error = Math.abs(float16.decodeFloat(format, float16.encodeFloat(format, value)) - value)
        return numbers.every((number) => error <= Math.abs(number - value))
      }),
      { numRuns: 20 },
    )
  })
})

test('halfToFloat() and floatToHalf() are float16, rounded once from the double', () => {
  expect(float16.halfToFloat(0x3c00)).toBe(1)
  expect(float16.halfToFloat(0xfc00)).toBe(-Infinity)
  expect(float16.floatToHalf(1 + 2 ** -11)).toBe(0x3c00)
  expect(float16.floatToHalf(1 + 2 ** -11 + 2 ** -40)).toBe(0x3c01)
  expect(float16.floatToHalf(65519.99)).toBe(0x7bff)
  expect(float16.floatToHalf(65520)).toBe(0x7c00)
  expect(float16.halfToFloat32Array(Uint16Array.of(0x3800, 0x8000))).toEqual(Float32Array.of(0.5, -0))
})

test('floatToBfloat16() rounds to float32 first, as ml_dtypes does', () => {
  expect(float16.floatToBfloat16(1 + 2 ** -8 + 2 ** -40)).toBe(0x3f80)
  expect(float16.floatToBfloat16(1 + 2 ** -8 + 2 ** -20)).toBe(0x3f81)
  expect(float16.bfloat16ToFloat(0x4049)).toBe(3.140625)
  expect(float16.bfloat16ToFloat32Array(Uint16Array.of(0xff80, 0x3f80))).toEqual(Float32Array.of(-Infinity, 1))
})

test('binaryExponent() is the power of two at or below a number', () => {
  expect([1, 1.99, 2, -0.3, 2 ** 1023].map(float16.binaryExponent)).toEqual([0, 0, 1, -2, 1023])
  expect(float16.binaryExponent(5e-324)).toBe(-1023)
  expect(float16.binaryExponent(Infinity)).toBe(1024)
})

describe.each(Object.entries(FORMATS))('toFloat32Array() of %s', (_, format) => {
  const codes = allCodes(format)
  const bitsOf = (floats: Float32Array): Uint32Array => new Uint32Array(floats.buffer, floats.byteOffset, floats.length)
  const whole = bitsOf(float16.toFloat32Array(format, codes))

  test('has the same bits for any number of codes, and at any place', () => {
    for (let length = 0; length < 20; length++) {
      const some = codes.subarray(codes.length - length)
      expect(bitsOf(float16.toFloat32Array(format, some))).toEqual(whole.subarray(codes.length - length))
    }
  })

  test('fills the array that is given, NaNs bit for bit, and nothing behind them', () => {
    const room = new Float32Array(codes.length + 9).fill(7)
    const target = room.subarray(3)
    expect(float16.toFloat32Array(format, codes, target)).toBe(target)
    expect(bitsOf(target).subarray(0, codes.length)).toEqual(whole)
    expect([...room.subarray(0, 3), ...room.subarray(3 + codes.length)]).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 7])
  })

  test('floatValues() has the value of each code', () => {
    const values = [...codes].map((code) => float16.decodeFloat(format, code))
    expect([...float16.floatValues(format)]).toEqual(values)
  })
})

test('floatToHalf() of any double is that of the slow way', () => {
  const words = new Uint32Array(2)
  const double = new Float64Array(words.buffer)
  const low = fc.oneof(fc.constantFrom(0, 1, 0xffffffff, 0x20000000, 0x10000000, 0x10000001), fc.nat(0xffffffff))
  // Exponents from half of the least subnormal number to beyond the largest number, and any.
  const exponent = fc.oneof(fc.integer({ min: 1023 - 27, max: 1023 + 17 }), fc.nat(0x7ff))
  fc.assert(
    fc.property(fc.boolean(), exponent, fc.nat(0xfffff), low, (negative, power, high, rest) => {
      words[0] = rest
      words[1] = ((negative ? 0x800 : 0) | power) * 2 ** 20 + high
      const value = double[0] as number
      expect(float16.floatToHalf(value)).toBe(float16.encodeFloat(float16.FLOAT16, value))
    }),
    { numRuns: 2000 },
  )
  for (let code = 0; code < 0x7c00; code++) {
    const middle = (float16.halfToFloat(code) + (code === 0x7bff ? 65536 : float16.halfToFloat(code + 1))) / 2
    for (const value of [middle, middle * (1 + 2 ** -52), middle * (1 - 2 ** -53), middle * (1 - 2 ** -30), -middle]) {
      if (float16.floatToHalf(value) !== float16.encodeFloat(float16.FLOAT16, value)) throw new Error(`${value}`)
    }
  }
})
