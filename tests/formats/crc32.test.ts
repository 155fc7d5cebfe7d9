import CRC32 from 'crc-32'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { crc32, simdCrc32 } from '../../src/formats/crc32'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

function noise(length: number, seed: number): Uint8Array {
  let state = seed | 1
  return Uint8Array.from({ length }, () => (state = Math.imul(state, 0x9e3779b1) ^ (state >>> 15)) >>> 24)
}

const DATA = noise(300_000, 3)

/** The package's. */
function reference(bytes: Uint8Array, crc = 0): number {
  return CRC32.buf(bytes, crc) >>> 0
}

describe('crc32()', () => {
  test('is the one of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
    expect(crc32(new Uint8Array(0))).toBe(0)
  })

  test('is that of the package, at any length around those where the way changes', () => {
    for (const middle of [0, 3006, 8192, 65_536 + 3006, 65_536 + 3008, 2 * 65_536 + 3006]) {
      for (let length = Math.max(0, middle - 70); length < middle + 70; length++) {
        const bytes = DATA.subarray(1, 1 + length)
        if (crc32(bytes) !== reference(bytes)) throw new Error(`${length} bytes`)
      }
    }
  })

  test('goes on from any checksum, and pieces are one message', () => {
    const at = fc.nat(DATA.length)
    fc.assert(
      fc.property(at, at, at, fc.nat(0xffffffff), (a, b, c, crc) => {
        const [start, middle, end] = [a, b, c].sort((x, y) => x - y) as [number, number, number]
        const whole = DATA.subarray(start, end)
        expect(crc32(whole, crc)).toBe(reference(whole, crc))
        const first = crc32(DATA.subarray(start, middle), crc)
        expect(crc32(DATA.subarray(middle, end), first)).toBe(crc32(whole, crc))
      }),
      { numRuns: 30 },
    )
  })

  test('of a flipped bit anywhere is another', () => {
    const bytes = DATA.slice(0, 80_000)
    const before = crc32(bytes)
    for (let at = 0; at < bytes.length; at += 997) {
      bytes[at] = (bytes[at] as number) ^ 0x10
      expect(crc32(bytes), `byte ${at}`).not.toBe(before)
      bytes[at] = (bytes[at] as number) ^ 0x10
    }
  })

  test('of zeros, and of what begins with them', () => {
    const zeros = new Uint8Array(200_000)
    expect(crc32(zeros)).toBe(reference(zeros))
    zeros[199_999] = 1
    expect(crc32(zeros)).toBe(reference(zeros))
  })
})

describe('Where WebAssembly is', () => {
  test('there: it is used', () => {
    expect(simdCrc32()?.(DATA, 5)).toBe(reference(DATA, 5))
  })

  const forbidden = {
    Module: function refuse(): void {
      throw new WebAssembly.CompileError("violates: script-src 'self'")
    },
  }

  test.each([
    ['missing', undefined],
    ['forbidden by a policy', forbidden],
  ])('%s: the package gives the same checksum', async (_, stub) => {
    vi.stubGlobal('WebAssembly', stub)
    vi.resetModules()
    const plain = await import('../../src/formats/crc32')
    expect(plain.simdCrc32()).toBeUndefined()
    expect(plain.crc32(DATA)).toBe(reference(DATA))
  })
})
