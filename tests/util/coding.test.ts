import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteReader, ByteWriter, varintLength } from '../../src/util/coding'
import { DataLossError, InvalidArgumentError } from '../../src/util/errors'

/** A varint by the definition, of any 64-bit number. */
function reference(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  for (; rest >= 128n; rest /= 128n) bytes.push(Number(rest % 128n) + 128)
  return Uint8Array.from([...bytes, Number(rest)])
}

function written(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter(0)
  write(writer)
  return writer.take()
}

const MAX = Number.MAX_SAFE_INTEGER
/** Around every power of two, both signs. */
const EDGES = Array.from({ length: 54 }, (_, i) => 2 ** i)
  .flatMap((power) => [power - 1, power, power + 1])
  .filter((value) => value <= MAX)
const SIGNED = [...EDGES, ...EDGES.map((value) => 0 - value)]

describe('a varint', () => {
  test.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 1]],
    [300, [0xac, 2]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
    [2 ** 32, [0x80, 0x80, 0x80, 0x80, 0x10]],
    [MAX, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    [-1, [...Array.from({ length: 9 }, () => 0xff), 1]],
    [-MAX, [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0xf0, 0xff, 1]],
  ])('of %i is %j', (value, bytes) => {
    expect([...written((writer) => writer.varint64(value))]).toEqual(bytes)
    expect(new ByteReader(Uint8Array.from(bytes)).varint64()).toBe(value)
  })

  test('comes back around every power of two, of both signs, and is what the definition says', () => {
    for (const value of SIGNED) {
      const bytes = written((writer) => writer.varint64(value))
      expect([value, bytes]).toEqual([value, reference(BigInt(value))])
      expect(new ByteReader(bytes).varint64()).toBe(value)
      if (value >= 0) expect(varintLength(value)).toBe(bytes.length)
    }
  })

  test('comes back for any safe integer', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 20 }), (values) => {
        const reader = new ByteReader(written((writer) => values.forEach((value) => writer.varint64(value))))
        expect(values.map(() => reader.varint64())).toEqual(values)
        expect(reader.done).toBe(true)
      }),
    )
  })

  test('of any 64 bits is read as that number, or is a DataLossError beyond 2^53', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.integer({ min: 0, max: 63 }),
        (wide, by) => {
          const value = wide >> BigInt(by)
          const reader = new ByteReader(reference(value))
          if (value >= -MAX && value <= MAX) expect(reader.varint64()).toBe(Number(value))
          else expect(() => reader.varint64()).toThrow(DataLossError)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test.each([2n ** 53n, 2n ** 53n + 1n, 2n ** 56n, 2n ** 63n - 1n])('of %i is beyond 2^53', (value) => {
    expect(() => new ByteReader(reference(value)).varint64()).toThrow('a varint is beyond 2^53')
  })

  test.each([-(2n ** 53n), -(2n ** 53n) - 1n, -(2n ** 56n), -(2n ** 63n)])('of %i is below -2^53', (value) => {
    expect(() => new ByteReader(reference(value)).varint64()).toThrow('a varint is below -2^53')
  })

  test('may take more bytes than it needs', () => {
    expect(new ByteReader(Uint8Array.of(0x85, 0x80, 0x80, 0)).varint64()).toBe(5)
    expect(new ByteReader(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0)).varint64()).toBe(0)
  })

  test('that never ends is a DataLossError after ten bytes', () => {
    const reader = new ByteReader(new Uint8Array(1000).fill(0xff), { path: 'm.index', key: 'w', offset: 100 })
    expect(() => reader.varint64()).toThrow('Corrupted bytes: a varint has more than 64 bits at byte 100 of m.index')
    expect(reader.position).toBe(10)
    const skipping = new ByteReader(new Uint8Array(1000).fill(0x80))
    expect(() => skipping.skipVarint()).toThrow('a varint has more than 64 bits')
    expect(skipping.position).toBe(10)
  })

  test.each([2, 3, 0x7f])('whose tenth byte is %i has more than 64 bits', (last) => {
    const bytes = new Uint8Array(10).fill(0x80).fill(last, 9)
    expect(() => new ByteReader(bytes).varint64()).toThrow('a varint has more than 64 bits')
    // protobuf drops the bits; what is skipped has no value to get wrong.
    new ByteReader(bytes).skipVarint()
  })

  test('that is cut off is a DataLossError, at every length', () => {
    for (const value of [128, 2 ** 32, MAX, -1]) {
      const bytes = written((writer) => writer.varint64(value))
      for (let end = 0; end < bytes.length; end++) {
        for (const method of ['varint64', 'varint32', 'skipVarint'] as const) {
          const reader = new ByteReader(bytes, {}, 0, end)
          expect(() => reader[method]()).toThrow('a varint is cut off')
        }
      }
    }
  })

  test('is skipped whatever it holds', () => {
    for (const value of [0n, 127n, 128n, 2n ** 53n, 2n ** 64n - 1n]) {
      const reader = new ByteReader(Uint8Array.from([...reference(value), 7]))
      reader.skipVarint()
      expect(reader.varint64()).toBe(7)
    }
  })

  test.each([1.5, NaN, Infinity, 2 ** 53, -(2 ** 53)])('cannot be written of %d', (value) => {
    expect(() => new ByteWriter().varint64(value)).toThrow(InvalidArgumentError)
  })
})

describe('ByteReader.varint32()', () => {
  test('reads up to 2^32-1, in up to five bytes', () => {
    for (const value of [0, 127, 128, 2 ** 31, 2 ** 32 - 1]) {
      expect(new ByteReader(reference(BigInt(value))).varint32()).toBe(value)
    }
    expect(new ByteReader(Uint8Array.of(0x85, 0x80, 0x80, 0x80, 0)).varint32()).toBe(5)
  })

  test('throws DataLossError for more than 32 bits, and for a sixth byte as TensorFlow does', () => {
    expect(() => new ByteReader(reference(2n ** 32n)).varint32()).toThrow('a varint32 holds 4294967296')
    expect(() => new ByteReader(reference(-1n)).varint32()).toThrow(DataLossError)
    expect(() => new ByteReader(Uint8Array.of(0x85, 0x80, 0x80, 0x80, 0x80, 0)).varint32()).toThrow(
      'a varint32 takes more than five bytes',
    )
  })
})

describe('ByteReader', () => {
  test('reads fixed32 and fixed64, little-endian and unsigned', () => {
    const bytes = Uint8Array.of(1, 2, 3, 0xff, 0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb)
    const reader = new ByteReader(bytes)
    expect(reader.fixed32()).toBe(0xff030201)
    expect(reader.fixed64()).toBe(0xdb4775248b80fb57n)
    expect(reader.done).toBe(true)
  })

  test('stops at its end, with bytes behind it or not', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)
    for (const read of [
      (reader: ByteReader) => reader.fixed32(),
      (reader: ByteReader) => reader.fixed64(),
      (reader: ByteReader) => reader.view(4),
      (reader: ByteReader) => reader.skip(4),
    ]) {
      expect(() => read(new ByteReader(bytes, {}, 2, 5))).toThrow(DataLossError)
    }
  })

  test.each([-1, NaN, Infinity, 2 ** 53])('throws DataLossError for a length of %d', (length) => {
    const reader = new ByteReader(new Uint8Array(3))
    expect(() => reader.view(length)).toThrow(DataLossError)
    expect(reader.position).toBe(0)
  })

  test('gives views, and knows where it is in the file', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4)
    const reader = new ByteReader(bytes, { offset: 1000 }, 1)
    reader.skip(1)
    const view = reader.view(2)
    bytes[2] = 9
    expect([...view]).toEqual([9, 4])
    expect(reader.fileOffset).toBe(1004)
    expect(new ByteReader(bytes).fileOffset).toBe(0)
  })

  test('makes errors that say what, and where', () => {
    const error = new ByteReader(new Uint8Array(9), { path: 'm.index', key: 'w', offset: 40 }, 2).error('something')
    expect(error).toBeInstanceOf(DataLossError)
    expect(error.message).toBe('Corrupted bytes: something at byte 42 of m.index')
    expect(error).toMatchObject({ path: 'm.index', key: 'w', offset: 42 })
    expect(new ByteReader(new Uint8Array(0)).error('something', 7)).toMatchObject({ path: undefined, offset: 7 })
  })
})

describe('ByteWriter', () => {
  test('grows, and keeps what was written', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.array(fc.uint8Array({ maxLength: 50 })), (capacity, parts) => {
        const writer = new ByteWriter(capacity)
        for (const part of parts) {
          writer.append(part)
          writer.byte(part.length)
          writer.fixed32(0xfffefdfc)
        }
        const expected = parts.flatMap((part) => [...part, part.length, 0xfc, 0xfd, 0xfe, 0xff])
        expect([...writer.take()]).toEqual(expected)
        expect(writer.length).toBe(expected.length)
      }),
    )
  })

  test('views are of its memory, what it takes is a copy', () => {
    const writer = new ByteWriter(4)
    writer.byte(1)
    const [view, copy] = [writer.view(), writer.take()]
    writer.clear()
    writer.byte(2)
    expect([view[0], copy[0], writer.length]).toEqual([2, 1, 1])
  })

  test('appends a view of itself', () => {
    const writer = new ByteWriter(2)
    writer.append(Uint8Array.of(1, 2))
    writer.append(writer.view())
    expect([...writer.view()]).toEqual([1, 2, 1, 2])
  })
})
