import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareBytes } from '../../src/util/bytes'
import { ByteReader } from '../../src/util/coding'
import { DataLossError } from '../../src/util/errors'
import { readNumber, readSigned, readString, writeNumber, writeSigned, writeString } from '../../src/util/ordered-code'
import { fromHex, hex } from '../helpers/bundle'

function written<V>(write: (to: number[], value: V) => void, value: V): Uint8Array {
  const bytes: number[] = []
  write(bytes, value)
  return Uint8Array.from(bytes)
}

/** Whole numbers up to 2^53, as many small ones as large ones. */
const whole = fc.tuple(fc.nat(53), fc.nat(), fc.nat()).map(([bits, high, low]) => {
  const number = BigInt.asUintN(bits, (BigInt(high) << 31n) | BigInt(low))
  return Number(number)
})
const signed = fc.tuple(whole, fc.boolean()).map(([number, negative]) => (negative ? -number : number) || 0)

describe('Signed numbers', () => {
  // What TensorFlow writes, in golden slices/numbers and cases.json, v2-slice-key-encoding.
  test.each([
    [0, '80'],
    [1, '81'],
    [63, 'bf'],
    [64, 'c040'],
    [8191, 'dfff'],
    [8192, 'e02000'],
    [1048575, 'efffff'],
    [1048576, 'f0100000'],
    [-1, '7f'],
    [-64, '40'],
    [-65, '3fbf'],
    [-8192, '2000'],
    [-8193, '1fdfff'],
  ])('%i is %s', (number, code) => {
    expect(hex(written(writeSigned, number))).toBe(code)
    expect(readSigned(new ByteReader(fromHex(code)))).toBe(number)
  })

  test('are read as they were written, and sort as they are', () => {
    fc.assert(
      fc.property(signed, signed, (a, b) => {
        const [x, y] = [written(writeSigned, a), written(writeSigned, b)]
        const reader = new ByteReader(x)
        expect(readSigned(reader)).toBe(a)
        expect(reader.done).toBe(true)
        expect(Math.sign(compareBytes(x, y))).toBe(Math.sign(a - b))
      }),
    )
    for (const edge of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      expect(readSigned(new ByteReader(written(writeSigned, edge)))).toBe(edge)
    }
  })

  test('beyond 2^53, cut, or longer than they need be, are a DataLossError', () => {
    for (const code of [
      '',
      'c0',
      'c03f',
      'e00001',
      '3fff',
      'ffff',
      'ff80ffffffffffffffff',
      'ffc0ffffffffffffffff',
      '00',
      'ff20000000000000',
    ]) {
      expect(() => readSigned(new ByteReader(fromHex(code)))).toThrow(DataLossError)
    }
  })
})

describe('Unsigned numbers', () => {
  test.each([
    [0, '00'],
    [2, '0102'],
    [255, '01ff'],
    [256, '020100'],
  ])('%i is %s', (number, code) => {
    expect(hex(written(writeNumber, number))).toBe(code)
  })

  test('are read as they were written, and sort as they are', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const [x, y] = [written(writeNumber, a), written(writeNumber, b)]
        expect(readNumber(new ByteReader(x))).toBe(a)
        expect(Math.sign(compareBytes(x, y))).toBe(Math.sign(a - b))
      }),
    )
  })

  test('beyond 2^53, cut, or with leading zeros, are a DataLossError', () => {
    for (const code of ['', '01', '0100', '020001', '0720000000000000', '08ffffffffffffffff', 'ff']) {
      expect(() => readNumber(new ByteReader(fromHex(code)))).toThrow(DataLossError)
    }
  })
})

describe('Strings', () => {
  const bytes = fc
    .uint8Array({ maxLength: 12 })
    .map((array) => array.map((byte) => (byte % 3 === 0 ? 0 : byte % 3 === 1 ? 0xff : byte)))

  test('are read as they were written, and sort as they are', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [x, y] = [written(writeString, a), written(writeString, b)]
        const reader = new ByteReader(x)
        expect(readString(reader)).toEqual(a)
        expect(reader.done).toBe(true)
        expect(Math.sign(compareBytes(x, y))).toBe(Math.sign(compareBytes(a, b)))
      }),
    )
    expect(hex(written(writeString, fromHex('610062ff63')))).toBe('6100ff62ff00630001')
  })

  test('without an end, or with a mark that is none, are a DataLossError', () => {
    for (const code of ['', '61', '6100', '00', '610002', '6100ff', 'ff', 'ff01', '61ff00', 'ffff0001']) {
      expect(() => readString(new ByteReader(fromHex(code)))).toThrow(DataLossError)
    }
  })
})
