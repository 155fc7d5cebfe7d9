import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32c, maskCrc, unmaskCrc } from '../../src/util/crc32c'

/** Bit by bit, with the polynomial of RFC 3720 reversed. */
function reference(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  }
  return ~crc >>> 0
}

const ascending = Uint8Array.from({ length: 32 }, (_, i) => i)

describe('crc32c()', () => {
  test.each([
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 bytes of 0xff', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['0 to 31', ascending, 0x46dd794e],
    ['31 to 0', ascending.slice().reverse(), 0x113fdb5c],
    ['"123456789"', new TextEncoder().encode('123456789'), 0xe3069283],
    ['nothing', new Uint8Array(0), 0],
  ])('of %s is that of RFC 3720', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected)
  })

  test('is the one that is worked out bit by bit, unsigned', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(crc32c(bytes)).toBe(reference(bytes))
      }),
    )
    const long = Uint8Array.from({ length: 20_011 }, (_, i) => (i * i) >>> 3)
    expect(crc32c(long)).toBe(reference(long))
  })

  test('goes on from piece to piece', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (pieces) => {
        const whole = Uint8Array.from(pieces.flatMap((piece) => [...piece]))
        expect(pieces.reduce((crc, piece) => crc32c(piece, crc), 0)).toBe(crc32c(whole))
      }),
    )
  })

  test('is that of the bytes alone, wherever their view begins', () => {
    const shifted = new Uint8Array(40).fill(7)
    shifted.set(ascending, 5)
    expect(crc32c(shifted.subarray(5, 37))).toBe(0x46dd794e)
  })
})

describe('maskCrc() and unmaskCrc()', () => {
  test('undo one another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (crc) => {
        const masked = maskCrc(crc)
        expect(masked).not.toBe(crc)
        expect(masked >= 0 && masked <= 0xffffffff).toBe(true)
        expect(unmaskCrc(masked)).toBe(crc)
        expect(maskCrc(unmaskCrc(crc))).toBe(crc)
      }),
    )
  })

  test('give what TensorFlow stores', () => {
    // v2-zero-size-tensors: the checksum of nothing. v2-scalar: that of float32 3.
    expect(maskCrc(0)).toBe(0xa282ead8)
    expect(maskCrc(crc32c(Uint8Array.of(0, 0, 0x40, 0x40)))).toBe(0xc382d6ef)
    expect(unmaskCrc(0xa282ead8)).toBe(0)
  })
})
