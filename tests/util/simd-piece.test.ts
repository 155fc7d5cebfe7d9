import { afterEach, expect, test, vi } from 'vitest'
import { plainCrc32c } from '../../src/util/crc32c'
import { simdChecksum, simdPiece, STAGED } from '../../src/util/crc32c-simd'
import { fillWithNoise } from '../helpers/noise'

afterEach(() => vi.unstubAllGlobals())

test('bytes are checksummed where they lie, at every length at which another way begins, and stay as they are', () => {
  const checksum = simdChecksum()
  const piece = simdPiece()
  if (checksum === undefined || piece === undefined) throw new Error('There is no WebAssembly here')
  expect(piece).toHaveLength(STAGED)
  fillWithNoise(piece, 7)
  const copy = piece.slice()
  const edges = [128, 266, 640, 5275, 16_384, 131_072, 147_456, 278_528]
  for (const [i, length] of edges.flatMap((edge) => [-1, 0, 31].map((more) => edge + more)).entries()) {
    for (const at of [i % 37, STAGED - length]) {
      const expected = plainCrc32c(copy.subarray(at, at + length), 0xdeadbeef)
      if (checksum(piece.subarray(at, at + length), 0xdeadbeef) !== expected) expect.fail(`${length} bytes at ${at}`)
    }
  }
  expect(checksum(piece, 0)).toBe(plainCrc32c(copy, 0))
  expect(piece).toEqual(copy)
})

test('each of 16 is memory of its own, and then there are no more', () => {
  simdChecksum()
  const pieces = Array.from({ length: 16 }, simdPiece)
  expect(simdPiece()).toBeUndefined()
  for (const [i, piece] of pieces.entries()) piece?.fill(i)
  expect(pieces.map((piece) => piece?.every((byte, _, all) => byte === all[0]))).toEqual(new Array(16).fill(true))
  expect(new Set(pieces.map((piece) => piece?.[0])).size).toBe(16)
})

test('another checksum takes them for any bytes', () => {
  const [first, piece, second] = [simdChecksum(), simdPiece(), simdChecksum()]
  if (piece === undefined) throw new Error('There is no WebAssembly here')
  fillWithNoise(piece, 5)
  const expected = plainCrc32c(piece, 3)
  expect([first?.(piece, 3), second?.(piece, 3)]).toEqual([expected, expected])
})

test('without memory for them the checksum does without', () => {
  const { Instance } = WebAssembly
  function Full(module: WebAssembly.Module): { exports: unknown } {
    const { exports } = new Instance(module)
    const { buffer } = exports['memory'] as WebAssembly.Memory
    const grow = (): never => {
      throw new RangeError('no memory')
    }
    return { exports: { ...exports, memory: { buffer, grow } } }
  }
  vi.stubGlobal('WebAssembly', Object.create(WebAssembly, { Instance: { value: Full } }) as object)
  while (simdPiece() !== undefined);
  const bytes = new Uint8Array(5000).fill(3)
  expect(simdChecksum()?.(bytes, 0)).toBe(plainCrc32c(bytes, 0))
  expect(simdPiece()).toBeUndefined()
})
