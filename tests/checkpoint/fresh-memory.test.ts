import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { FreshMemory } from '../../src/checkpoint/fresh-memory'
import { allocations } from '../../src/util/memory'

const MB = 1 << 20

afterEach(() => vi.unstubAllGlobals())

test('What is taken never overlaps, is aligned, and zero', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { maxLength: 60 }), (sizes) => {
      const memory = new FreshMemory(sizes.reduce((sum, size) => sum + size, 0))
      const taken = sizes.map((size) => memory.take(size))
      for (const [i, bytes] of taken.entries()) {
        expect([bytes?.length, (bytes?.byteOffset ?? 1) % 8]).toEqual([sizes[i], 0])
        expect(bytes?.every((byte) => byte === 0)).toBe(true)
        bytes?.fill(i + 1)
      }
      for (const [i, bytes] of taken.entries()) expect(bytes?.every((byte) => byte === i + 1)).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('Of 400 MB in pieces of 1 MB few buffers are made, none above 64 MiB, and no more than is needed', () => {
  const before = { ...allocations }
  const memory = new FreshMemory(400 * MB)
  const buffers = new Set(Array.from({ length: 400 }, () => memory.take(MB)?.buffer))
  expect(allocations.buffers - before.buffers).toBe(buffers.size)
  expect(buffers.size).toBeLessThanOrEqual(9)
  expect(Math.max(...[...buffers].map((buffer) => buffer?.byteLength ?? 0))).toBe(64 * MB)
  expect(allocations.bytes - before.bytes).toBe(400 * MB)
})

test('What few ask for is not taken for all', () => {
  const before = allocations.bytes
  const memory = new FreshMemory(1000 * MB)
  for (let i = 0; i < 10; i++) memory.take(MB)
  expect(allocations.bytes - before).toBeLessThanOrEqual(16 * MB)
})

test('What is large is for a buffer of its own', () => {
  const before = allocations.buffers
  expect(new FreshMemory(100 * MB).take(16 * MB + 1)).toBeUndefined()
  expect(allocations.buffers).toBe(before)
})

test('Where there is no memory for a piece, each gets a buffer of its own, and what there is stays', () => {
  const memory = new FreshMemory(100 * MB)
  const first = memory.take(8)?.fill(7)
  const Small = function (bytes: number): ArrayBuffer {
    if (bytes > MB) throw new RangeError('Array buffer allocation failed')
    return new Uint8Array(bytes).buffer
  }
  vi.stubGlobal('ArrayBuffer', Small)
  expect([memory.take(15 * MB)?.length, memory.take(2 * MB)]).toEqual([15 * MB, undefined])
  expect(first).toEqual(new Uint8Array(8).fill(7))
})
