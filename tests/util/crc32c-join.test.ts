import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32c } from '../../src/util/crc32c'
import { joinCrc32c } from '../../src/util/crc32c-join'

test('The checksums of two pieces give that of both together', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      const [a, b] = [bytes.subarray(0, cut), bytes.subarray(cut)]
      expect(joinCrc32c(crc32c(a), crc32c(b), b.length)).toBe(crc32c(bytes))
    }),
  )
})

test('Many pieces are joined one after another, of one length and of others', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) >>> 5)
  for (const lengths of [[4000], [1, 999, 4096, 3], [65_536]]) {
    let joined = 0
    let at = 0
    for (let i = 0; at < bytes.length; i++) {
      const piece = bytes.subarray(at, at + (lengths[i % lengths.length] ?? 1))
      joined = joinCrc32c(joined, crc32c(piece), piece.length)
      at += piece.length
    }
    expect(joined).toBe(crc32c(bytes))
  }
})

test('A length beyond 2^32: as the same in two steps', () => {
  const [crc, half] = [0x12345678, 2 ** 33 + 5]
  expect(joinCrc32c(crc, 0, 2 * half)).toBe(joinCrc32c(joinCrc32c(crc, 0, half), 0, half))
  expect(joinCrc32c(crc, 0, 0)).toBe(crc)
})
