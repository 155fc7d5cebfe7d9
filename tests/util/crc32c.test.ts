import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import CRC32C from 'crc-32/crc32c.js'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { crc32c, maskCrc, plainCrc32c, unmaskCrc } from '../../src/util/crc32c'
import { type Checksum, simdChecksum } from '../../src/util/crc32c-simd'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

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

/** Bytes without a pattern that a checksum could hide behind. */
function noise(length: number, seed: number): Uint8Array {
  let state = seed | 1
  return Uint8Array.from({ length }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state
  })
}

describe('plainCrc32c()', () => {
  test('is that of the package crc-32', () => {
    const bytes = noise(5000, 1)
    for (let length = 0; length < 300; length++) {
      const some = bytes.subarray(length % 9, (length % 9) + length)
      for (const seed of [0, 0xdeadbeef]) expect(plainCrc32c(some, seed)).toBe(CRC32C.buf(some, seed) >>> 0)
    }
    expect(plainCrc32c(bytes, 7)).toBe(CRC32C.buf(bytes, 7) >>> 0)
  })
})

describe('simdChecksum()', () => {
  const simd = simdChecksum() as Checksum

  test('is there: Node 20 and the browsers of today have it', () => {
    expect(simd).toBeTypeOf('function')
  })

  // Around each length at which another way begins, and each rest of a step.
  const lengths = [
    ...Array.from({ length: 620 }, (_, length) => length),
    ...[5275, 8192, 131072, 131072 + 8192, 2 * 131072 + 8192].flatMap((edge) =>
      Array.from({ length: 140 }, (_, i) => edge - 70 + i),
    ),
    3 * 131072 + 1,
    1_000_003,
  ]

  test('is that of JavaScript at every length at which another way begins', () => {
    const bytes = noise(1_000_010, 99)
    for (const length of lengths) {
      const start = length % 7
      const some = bytes.subarray(start, start + length)
      for (const seed of [0, 0xdeadbeef]) {
        if (simd(some, seed) !== plainCrc32c(some, seed)) expect.fail(`${length} bytes behind ${seed}`)
      }
    }
  })

  test('does not depend on what it was asked before', () => {
    const sizes = fc.oneof(fc.nat(600), fc.nat(20_000), fc.nat(400_000))
    fc.assert(
      fc.property(fc.array(fc.tuple(sizes, fc.nat()), { maxLength: 6 }), (asked) => {
        for (const [length, seed] of asked) {
          const bytes = noise(length, seed)
          expect(simd(bytes, seed)).toBe(plainCrc32c(bytes, seed))
        }
      }),
      { numRuns: 30 },
    )
  })

  test('sees every bit', () => {
    const bytes = noise(9000, 3)
    const before = simd(bytes, 0)
    for (const at of [0, 1, 3, 4, 766, 767, 2524, 3724, 3725, 5275, 8790, 8791, 8999]) {
      const flipped = bytes.slice()
      flipped[at] = (flipped[at] as number) ^ 1
      expect(simd(flipped, 0)).not.toBe(before)
    }
  })
})

describe('Where WebAssembly is missing or forbidden', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  const forbidden = {
    Module: function refuse(): void {
      throw new WebAssembly.CompileError("violates: script-src 'self'")
    },
  }

  test.each([
    ['missing', undefined],
    ['forbidden by a policy', forbidden],
  ])('%s: JavaScript gives the same checksum', async (_, stub) => {
    const bytes = noise(40_000, 5)
    const expected = crc32c(bytes)
    vi.stubGlobal('WebAssembly', stub)
    vi.resetModules()
    const simd = await import('../../src/util/crc32c-simd')
    expect(simd.simdChecksum()).toBeUndefined()
    const plain = await import('../../src/util/crc32c')
    expect(plain.crc32c(bytes)).toBe(expected)
  })
})

describe('src/util/crc32c.gen.ts', () => {
  test('is what npm run generate makes of crc32c.wat', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-crc32c.mjs', '--check'], { cwd: PROJECT })
    expect(String(stderr)).toBe('')
    expect(status).toBe(0)
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
