import fc from 'fast-check'
import { compress } from 'snappyjs'
import { describe, expect, test } from 'vitest'
import { concatBytes } from '../../src/util/bytes'
import { ByteReader, ByteWriter } from '../../src/util/coding'
import { DataLossError } from '../../src/util/errors'
import { uncompressSnappy } from '../../src/util/snappy'

function uncompress(bytes: Uint8Array): Uint8Array {
  return uncompressSnappy(new ByteReader(bytes))
}

/** A block that claims `length` bytes and has these after it. */
function block(length: number, ...elements: readonly (readonly number[])[]): Uint8Array {
  const writer = new ByteWriter()
  writer.varint64(length)
  for (const element of elements) writer.append(Uint8Array.from(element))
  return writer.take()
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

const ABC = [2 << 2, 0x61, 0x62, 0x63]
const long = (length: number): number[] => Array.from({ length }, (_, i) => i & 0xff)

describe('uncompressSnappy() reads', () => {
  test('an empty block', () => {
    expect(uncompress(block(0)).length).toBe(0)
  })

  test('a literal of up to 60 bytes behind its tag', () => {
    expect(text(uncompress(block(3, ABC)))).toBe('abc')
    expect([...uncompress(block(60, [59 << 2, ...long(60)]))]).toEqual(long(60))
  })

  test.each([
    ['one byte', 61, [60 << 2, 60]],
    ['two bytes', 1000, [61 << 2, 0xe7, 3]],
    ['three bytes', 70_000, [62 << 2, 0x6f, 0x11, 1]],
    ['four bytes', 300, [63 << 2, 0x2b, 1, 0, 0]],
  ])('a literal with a length of %s', (_, length, head) => {
    expect([...uncompress(block(length, head, long(length)))]).toEqual(long(length))
  })

  test('a short literal with a long length at the very end, as TensorFlow does', () => {
    for (const head of [
      [60 << 2, 0],
      [61 << 2, 0, 0],
      [62 << 2, 0, 0, 0],
      [63 << 2, 0, 0, 0, 0],
    ]) {
      expect(text(uncompress(block(4, ABC, [...head, 0x64])))).toBe('abcd')
    }
  })

  test('a copy with an offset of eleven bits', () => {
    expect(text(uncompress(block(7, ABC, [(0 << 2) | 1, 3])))).toBe('abcabca')
    const far = uncompress(block(2011, [61 << 2, 0xcf, 7, ...long(2000)], [(7 << 5) | (7 << 2) | 1, 0xd0]))
    expect([...far.subarray(2000)]).toEqual(long(11))
  })

  test('copies with offsets of two and of four bytes', () => {
    expect(text(uncompress(block(5, ABC, [(1 << 2) | 2, 2, 0])))).toBe('abcbc')
    expect(text(uncompress(block(4, ABC, [(0 << 2) | 3, 3, 0, 0, 0])))).toBe('abca')
    expect(uncompress(block(67, ABC, [(63 << 2) | 3, 1, 0, 0, 0])).length).toBe(67)
  })

  test('a copy that overlaps itself: it repeats', () => {
    expect(text(uncompress(block(13, ABC, [(9 << 2) | 2, 1, 0])))).toBe('abccccccccccc')
  })

  test('a block from where the reader stands up to its end', () => {
    const bytes = concatBytes([Uint8Array.of(9, 9), block(3, ABC), Uint8Array.of(9, 9)])
    expect(text(uncompressSnappy(new ByteReader(bytes, {}, 2, bytes.length - 2)))).toBe('abc')
  })

  test('what snappyjs writes', () => {
    const repetitive = fc
      .array(fc.tuple(fc.constantFrom('weights/', 'biases', 'é', 'layer_1/'), fc.nat(40)), { maxLength: 40 })
      .map((words) => new TextEncoder().encode(words.map(([word, times]) => word.repeat(times)).join('')))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000 }), repetitive), (bytes) => {
        expect(uncompress(compress(bytes))).toEqual(bytes)
      }),
      { numRuns: 150 },
    )
    const large = Uint8Array.from({ length: 200_000 }, (_, i) => (i % 1000) * (i >>> 15))
    expect(Buffer.compare(uncompress(compress(large)), large)).toBe(0)
  })
})

describe('uncompressSnappy() throws DataLossError for', () => {
  test.each([
    ['nothing at all', new Uint8Array(0), 'a varint is cut off'],
    ['a length that never ends', new Uint8Array(20).fill(0x80), 'more than 64 bits'],
    ['a length in six bytes', Uint8Array.of(0x83, 0x80, 0x80, 0x80, 0x80, 0, ...ABC), 'more than five bytes'],
    ['a length beyond 32 bits', block(2 ** 32, ABC), 'a varint32 holds 4294967296'],
    ['4 GB that are claimed', block(2 ** 32 - 1, ABC), '9 bytes of snappy claim 4294967295'],
    ['more than 64 times its length', block(500, ABC), '6 bytes of snappy claim 500'],
    ['a literal whose length is negative as an int32', block(9, [63 << 2, 0xff, 0xff, 0xff, 0xff]), 'announced'],
    ['a literal of 2 GB', block(9, [63 << 2, 0xff, 0xff, 0xff, 0x7f, 1]), '2147483648 bytes are announced'],
    ['a literal without its length', block(9, [61 << 2, 1]), '2 bytes are announced and 1 are left'],
    ['a literal that is cut off', block(3, ABC.slice(0, 3)), '3 bytes are announced and 2 are left'],
    ['a copy without its offset', block(7, ABC, [1]), 'announced'],
    ['a copy with half an offset', block(4, ABC, [2, 1]), 'announced'],
    ['a copy with part of a long offset', block(4, ABC, [3, 1, 0, 0]), 'announced'],
    ['a copy from nowhere', block(4, [1, 1]), 'a snappy copy reaches 1 bytes back of 0'],
    ['a copy from before the start', block(7, ABC, [1, 4]), 'a snappy copy reaches 4 bytes back of 3'],
    ['a copy from 4 GB before', block(4, ABC, [3, 0xff, 0xff, 0xff, 0xff]), 'reaches 4294967295 bytes back'],
    ['a copy of what is being written', block(7, ABC, [1, 0]), 'reaches 0 bytes back'],
    ['too few bytes', block(4, ABC), 'snappy claims 4 bytes and holds 3'],
    ['too few bytes, none', block(1), 'snappy claims 1 bytes and holds 0'],
    ['too many bytes in a literal', block(2, ABC), 'snappy claims 2 bytes and holds more'],
    ['too many bytes in a copy', block(5, ABC, [1, 3]), 'snappy claims 5 bytes and holds more'],
    ['bytes where none are claimed', block(0, ABC), 'snappy claims 0 bytes and holds more'],
  ])('%s', (_, bytes, message) => {
    expect(() => uncompress(bytes)).toThrow(DataLossError)
    expect(() => uncompress(bytes)).toThrow(message)
  })

  test('a block that is cut anywhere', () => {
    const whole = compress(new TextEncoder().encode('weights/weights/weights/biases and biases'))
    for (let end = 0; end < whole.length; end++) {
      expect(() => uncompress(whole.subarray(0, end)), `cut at ${end}`).toThrow(DataLossError)
    }
  })
})

test('uncompressSnappy() of a stream with any one byte changed: a DataLossError or as many bytes as it claims', () => {
  const whole = concatBytes([
    block(24, ABC, [(0 << 2) | 1, 3], [(8 << 2) | 2, 7, 0], [(1 << 2) | 3, 4, 0, 0, 0], [5 << 2]),
  ])
  const stream = concatBytes([whole, Uint8Array.of(1, 2, 3, 4, 5, 6)])
  expect(uncompress(stream).length).toBe(24)
  let errors = 0
  for (let at = 0; at < stream.length; at++) {
    for (let byte = 0; byte < 256; byte++) {
      const changed = stream.slice().fill(byte, at, at + 1)
      try {
        expect(uncompress(changed).length).toBe(new ByteReader(changed).varint32())
      } catch (error) {
        if (!(error instanceof DataLossError)) throw error
        errors++
      }
    }
  }
  expect(errors).toBeGreaterThan(1000)
})

test('uncompressSnappy() copies any length from any place back, and literals of any length', () => {
  for (let length = 1; length <= 64; length++) {
    for (const back of [1, 2, 3, 4, 5, 7, length - 1, length, length + 1, 70]) {
      if (back === 0) continue
      const literal = long(70)
      const copied = [...literal]
      for (let i = 0; i < length; i++) copied.push(copied[70 + i - back] ?? -1)
      const bytes = block(70 + length, [60 << 2, 69, ...literal], [((length - 1) << 2) | 2, back, 0])
      expect([...uncompress(bytes)], `${length} bytes from ${back} back`).toEqual(copied)
    }
  }
  for (let length = 1; length <= 130; length++) {
    const head = length <= 60 ? [(length - 1) << 2] : [60 << 2, length - 1]
    expect([...uncompress(block(length + 1, [0, 9], [...head, ...long(length)]))]).toEqual([9, ...long(length)])
  }
})
