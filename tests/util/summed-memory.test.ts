import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { crc32c, plainCrc32c } from '../../src/util/crc32c'
import { type Checksum, simdChecksum } from '../../src/util/crc32c-simd'
import { allocations } from '../../src/util/memory'
import { newSummedMemory, type SummedMemory } from '../../src/util/summed-memory'
import { fillWithNoise } from '../helpers/noise'

const SIZE = 700_000

function memoryOf(seed: number): SummedMemory {
  const memory = newSummedMemory(SIZE)
  fillWithNoise(memory.bytes, seed)
  return memory
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.resetModules()
})

describe('newSummedMemory()', () => {
  test('lies in the memory of WebAssembly, where there is one', () => {
    allocations.buffers = 0
    const { bytes } = newSummedMemory(1000)
    expect([bytes.length, allocations.buffers]).toEqual([1000, 0])
    expect(bytes.buffer.byteLength).toBeGreaterThan(180_000)
    expect(bytes.every((byte) => byte === 0)).toBe(true)
    expect(newSummedMemory(0).sum(0, 0, 5)).toBe(5)
  })

  // Around each length at which another way begins, and each rest of a step.
  const lengths = [0, 104, 128, 266, 640, 5275, 16_384, 131_072, 147_456, 300_000].flatMap((edge) =>
    Array.from({ length: 80 }, (_, i) => Math.max(0, edge - 40 + i)),
  )

  test('sums as JavaScript does at every length at which another way begins, wherever the bytes lie', () => {
    const { bytes, sum } = memoryOf(7)
    for (const [i, length] of lengths.entries()) {
      const at = i % 2 === 0 ? i % 37 : SIZE - length
      for (const seed of [0, 0xdeadbeef]) {
        const expected = plainCrc32c(bytes.subarray(at, at + length), seed)
        if (sum(at, length, seed) !== expected) expect.fail(`${length} bytes at ${at} behind ${seed}`)
      }
    }
  })

  test('leaves the bytes as they are, and the sums of another memory', () => {
    const [memory, other] = [memoryOf(3), memoryOf(4)]
    const before = memory.bytes.slice()
    const length = fc.oneof(fc.nat(1000), fc.nat(20_000), fc.nat(400_000))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200_000), length, fc.nat()), { maxLength: 5 }), (asked) => {
        for (const [at, size, seed] of asked) {
          for (const { bytes, sum } of [memory, other]) {
            expect(sum(at, size, seed)).toBe(crc32c(bytes.subarray(at, at + size), seed))
          }
        }
      }),
    )
    expect(Buffer.compare(memory.bytes, before)).toBe(0)
  })

  test('is ordinary memory without WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined)
    vi.resetModules()
    expectOrdinary(await import('../../src/util/summed-memory'))
  })

  test('is ordinary memory where WebAssembly gets none', () => {
    vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
      throw new RangeError('Maximum memory size exceeded')
    })
    expectOrdinary({ newSummedMemory })
  })
})

function expectOrdinary(module: { newSummedMemory: typeof newSummedMemory }): void {
  const { bytes, sum } = module.newSummedMemory(500_000)
  expect(bytes.buffer.byteLength).toBe(500_000)
  fillWithNoise(bytes, 9)
  expect(sum(17, 4000, 3)).toBe(plainCrc32c(bytes.subarray(17, 4017), 3))
}

describe('simdChecksum()', () => {
  const simd = simdChecksum() as Checksum

  test('is that of JavaScript around the lengths at which another multiple begins', () => {
    const bytes = new Uint8Array(800_000)
    fillWithNoise(bytes, 21)
    for (const edge of [640, 16_384, 131_072 + 16_384, 2 * 131_072 + 16_384]) {
      for (let length = edge - 40; length < edge + 40; length++) {
        const some = bytes.subarray(length % 7, (length % 7) + length)
        if (simd(some, 5) !== plainCrc32c(some, 5)) expect.fail(`${length} bytes`)
      }
    }
  })
})
