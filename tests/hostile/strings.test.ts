/**
 * String tensors whose bytes say what cannot be: how many there are, how long each is, what comes behind.
 */
import { describe, expect, test } from 'vitest'
import { concatBytes } from '../../src/util/bytes'
import { crc32c, maskCrc } from '../../src/util/crc32c'
import { crafted, entryBytes, varint } from './crafted'
import { DATA, fileSystemOf, lookUp, survey } from './survey'

const BEFORE = 10

/** The masked checksum over lengths as words of 4 bytes, or of 8. */
function lengthCrc(lengths: readonly bigint[]): Uint8Array {
  const words = lengths.map((length) =>
    length > 0xffffffffn
      ? new Uint8Array(BigUint64Array.of(length).buffer)
      : new Uint8Array(Uint32Array.of(Number(length)).buffer),
  )
  return new Uint8Array(Uint32Array.of(maskCrc(crc32c(concatBytes(words)))).buffer)
}

/** A tensor of these lengths and bytes, with right checksums wherever that means something. */
function tensor(lengths: readonly bigint[], tail: Uint8Array): { bytes: Uint8Array<ArrayBuffer>; crc: number } {
  const stored = lengthCrc(lengths)
  const words = lengths.map((length) => new Uint8Array(Uint32Array.of(Number(length & 0xffffffffn)).buffer))
  const crc = maskCrc(crc32c(concatBytes([...words, stored, tail])))
  return { bytes: concatBytes([...lengths.map(varint), stored, tail]), crc }
}

/** Ten other bytes, then the tensor, under the key "s". */
function pairOf(bytes: Uint8Array, count: number, crc = 0): ReturnType<typeof crafted> {
  const entry = entryBytes({ dtype: 7, shape: [count], offset: BEFORE, size: bytes.length, crc32c: crc })
  return crafted([['s', entry]], { data: concatBytes([new Uint8Array(BEFORE), bytes]) })
}

const tail = Uint8Array.of(0x61, 0x62, 0x63)

describe('The bytes of a string tensor', () => {
  test.each([
    ['run over its end by one', tensor([1n, 3n], tail), 2, '3 bytes are announced and 2 are left'],
    ['run over its end by 2^31', tensor([2n ** 31n], tail), 1, `${2 ** 31} bytes are announced and 3 are left`],
    ['run over its end by 2^33', tensor([2n ** 33n], tail), 1, `${2 ** 33} bytes are announced and 3 are left`],
    ['run over its end by 2^53 - 1', tensor([2n ** 53n - 1n], tail), 1, 'bytes are announced and 3 are left'],
    ['are 2^60 long', tensor([2n ** 60n], tail), 1, 'a varint is beyond 2^53'],
    ['are -1 long', tensor([-1n], tail), 1, 'bytes are announced'],
    ['leave a byte over', tensor([1n, 1n], tail), 2, 'the strings leave 1 bytes of the tensor over'],
    ['are all left over', tensor([], tail), 0, 'the strings leave 3 bytes of the tensor over'],
    [
      'have no room for the checksum',
      { bytes: Uint8Array.of(0, 0, 0), crc: 0 },
      3,
      '4 bytes are announced and 0 are left',
    ],
    ['have half a length', { bytes: Uint8Array.of(0x80, 0x80), crc: 0 }, 1, 'a varint is cut off'],
    ['have a length that never ends', { bytes: new Uint8Array(40).fill(0xff), crc: 0 }, 1, 'a varint has more than 64'],
    ['have fewer lengths than strings', tensor([1n, 1n, 1n], tail), 8, 'a'],
  ])('whose lengths %s are a DataLossError, with checksums and without', async (_, { bytes, crc }, count, text) => {
    const fs = fileSystemOf(pairOf(bytes, count, crc))
    for (const verifyChecksums of [true, false]) {
      for (const found of [await survey(fs, { verifyChecksums }), await lookUp(fs, ['s'], verifyChecksums)]) {
        expect(found.values).toEqual([])
        expect(found.errors).toMatchObject([{ code: 'DATA_LOSS', path: DATA, key: 's' }])
        const [error] = found.errors
        expect(error?.message).toContain(text)
        expect(error?.offset).toBeGreaterThanOrEqual(BEFORE)
        expect(error?.offset).toBeLessThanOrEqual(BEFORE + bytes.length)
      }
    }
  })

  test('with right lengths and the wrong checksum are a DataLossError, or without checksums the strings', async () => {
    const { bytes, crc } = tensor([1n, 2n], tail)
    const right = await survey(fileSystemOf(pairOf(bytes, 2, crc)))
    expect(right.values.length).toBe(1)
    const wrong = fileSystemOf(pairOf(bytes, 2, crc ^ 1))
    expect((await survey(wrong)).errors).toMatchObject([{ code: 'DATA_LOSS', key: 's', path: DATA, offset: BEFORE }])
    expect(await survey(wrong, { verifyChecksums: false })).toEqual(right)

    const lengths = bytes.slice()
    lengths[2] = (lengths[2] as number) ^ 1
    const [error] = (await survey(fileSystemOf(pairOf(lengths, 2, crc)))).errors
    expect(error?.message).toContain('The length checksum does not match')
    expect(error).toMatchObject({ code: 'DATA_LOSS', key: 's', path: DATA, offset: BEFORE })
  })

  test('of nothing but empty strings, a byte each, are read', async () => {
    const count = 100_000
    const bytes = new Uint8Array(count + 4)
    const stored = maskCrc(crc32c(new Uint8Array(4 * count)))
    new DataView(bytes.buffer).setUint32(count, stored, true)
    const crc = maskCrc(crc32c(bytes.subarray(count), crc32c(new Uint8Array(4 * count))))
    const found = await lookUp(fileSystemOf(pairOf(bytes, count, crc)), ['s'])
    expect(found.errors).toEqual([])
    expect(found.values[0]).toContain('"s" string [100000] 100000 ')
  })

  test('with a length spelt in more bytes than it needs are read as protocol buffers read them', async () => {
    const { bytes, crc } = tensor([3n], tail)
    const spelt = concatBytes([Uint8Array.of(0x83, 0x80, 0x00), bytes.subarray(1)])
    const found = await survey(fileSystemOf(pairOf(spelt, 1, crc)))
    expect(found).toEqual(await survey(fileSystemOf(pairOf(bytes, 1, crc))))
  })
})
