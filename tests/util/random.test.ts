import { expect, test } from 'vitest'
import { randomBytes, randomHex32, randomUint64 } from '../../src/util/random'

const ones = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => bytes.fill(0xff)

test('randomHex32() is 32 hexadecimal digits', () => {
  expect(randomHex32(() => Uint8Array.from({ length: 16 }, (_, i) => i))).toBe('000102030405060708090a0b0c0d0e0f')
  expect(randomHex32()).toMatch(/^[0-9a-f]{32}$/)
  expect(randomHex32()).not.toBe(randomHex32())
})

test('randomUint64() goes up to 2^64 - 1', () => {
  expect(randomUint64(ones)).toBe(2n ** 64n - 1n)
})

test('randomBytes() fills the array', () => {
  expect(randomBytes(new Uint8Array(64)).some((byte) => byte !== 0)).toBe(true)
})
