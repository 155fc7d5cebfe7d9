import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BundleEntry,
  type BundleHeader,
  decodeBundleEntry,
  decodeBundleHeader,
  encodeBundleEntry,
  encodeBundleHeader,
} from '../../src/proto/bundle-messages'
import { concatBytes } from '../../src/util/bytes'
import { ByteWriter } from '../../src/util/coding'
import { DataLossError } from '../../src/util/errors'

const EMPTY: BundleEntry = {
  dtype: 0,
  shape: [],
  unknownRank: false,
  shardId: 0,
  offset: 0,
  size: 0,
  crc32c: 0,
  slices: [],
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
}

function encoded(entry: BundleEntry): Uint8Array {
  const writer = new ByteWriter()
  encodeBundleEntry(writer, entry)
  return writer.take()
}

function decoded(...parts: readonly string[]): BundleEntry {
  return decodeBundleEntry(concatBytes(parts.map(fromHex)))
}

/** TensorFlow wrote the bytes: cases v2-scalar, v2-zero-size-tensors, v2-partitioned-variable. */
const VECTORS: readonly (readonly [what: string, hex: string, entry: Partial<BundleEntry>])[] = [
  ['a scalar', '08011200280435efd682c3', { dtype: 1, size: 4, crc32c: 0xc382d6ef }],
  ['a vector', '08011204120208012804355fcf8bb5', { dtype: 1, shape: [1], size: 4, crc32c: 0xb58bcf5f }],
  ['no elements', '080112021200200435d8ea82a2', { dtype: 1, shape: [0], offset: 4, crc32c: 0xa282ead8 }],
  ['a zero in front', '08011206120012020803200435d8ea82a2', { dtype: 1, shape: [0, 3], offset: 4, crc32c: 0xa282ead8 }],
  [
    'a zero in the middle',
    '0809120a12020802120012020804200435d8ea82a2',
    { dtype: 9, shape: [2, 0, 4], offset: 4, crc32c: 0xa282ead8 },
  ],
  [
    'a part',
    '08011208120208031202080220242818357008f4db',
    { dtype: 1, shape: [3, 2], offset: 36, size: 24, crc32c: 0xdbf40870 },
  ],
  [
    'a tensor in parts',
    '080112081202080a120208023a080a0210040a0210023a0a0a04080410030a0210023a0a0a04080710030a021002',
    {
      dtype: 1,
      shape: [10, 2],
      slices: [
        [
          [0, 4],
          [0, 2],
        ],
        [
          [4, 3],
          [0, 2],
        ],
        [
          [7, 3],
          [0, 2],
        ],
      ],
    },
  ],
]

describe("TensorFlow's entry for", () => {
  test.each(VECTORS)('%s is read and written', (_, hex, entry) => {
    expect(decodeBundleEntry(fromHex(hex))).toEqual({ ...EMPTY, ...entry })
    expect(Buffer.from(encoded({ ...EMPTY, ...entry })).toString('hex')).toBe(hex)
  })
})

const size = fc.oneof(fc.nat(300), fc.nat(Number.MAX_SAFE_INTEGER), fc.constant(-1))
const extent = fc.option(fc.tuple(size, size), { nil: undefined })
const anyEntry: fc.Arbitrary<BundleEntry> = fc.record({
  dtype: fc.nat(200),
  shape: fc.array(size, { maxLength: 6 }),
  unknownRank: fc.boolean(),
  shardId: fc.nat(99999),
  offset: fc.maxSafeNat(),
  size: fc.maxSafeNat(),
  crc32c: fc.integer({ min: 0, max: 0xffffffff }),
  slices: fc.array(fc.array(extent, { maxLength: 4 }), { maxLength: 4 }),
})
const anyHeader: fc.Arbitrary<BundleHeader> = fc.record({
  numShards: fc.nat(100_000),
  bigEndian: fc.boolean(),
  version: fc.record({
    producer: fc.nat(),
    minConsumer: fc.nat(),
    badConsumers: fc.array(fc.integer({ min: -3, max: 1000 }), { maxLength: 5 }),
  }),
})

describe('decodeBundleEntry()', () => {
  test('gives back what encodeBundleEntry() wrote', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        expect(decodeBundleEntry(encoded(entry))).toEqual(entry)
      }),
    )
  })

  test('of nothing has the defaults', () => {
    expect(decoded('')).toEqual(EMPTY)
  })

  test('takes fields in any order, the last of several', () => {
    expect(decoded('35 01000000', '28 05', '12 04 12020803', '08 02 08 01')).toEqual({
      ...EMPTY,
      dtype: 1,
      shape: [3],
      size: 5,
      crc32c: 1,
    })
  })

  test('joins the dimensions of a shape that comes in pieces, as protobuf merges messages', () => {
    expect(decoded('12 04 12020803', '12 02 1801', '12 02 1200')).toMatchObject({ shape: [3, 0], unknownRank: true })
  })

  test('reads over unknown fields and groups, at every level', () => {
    const unknown = '78 ffffffffffffffffff01 7b 0801 7c 7a 02 ffff 7d 01020304 79 0102030405060708'
    const dim = `08 03 12 01 61 ${unknown}`
    const length = (hex: string): string => (fromHex(hex).length | 0x80).toString(16).padStart(2, '0') + '00'
    const shape = `12 ${length(dim)} ${dim} ${unknown}`
    const slice = `0a ${length(`${unknown} 1004`)} ${unknown} 1004 ${unknown}`
    const entry = decoded(unknown, '08 01', `12 ${length(shape)} ${shape}`, unknown, `3a ${length(slice)} ${slice}`)
    expect(entry).toEqual({ ...EMPTY, dtype: 1, shape: [3], slices: [[[0, 4]]] })
  })

  test('reads over known fields of another wire type', () => {
    const wrong = ['0a 00', '0d 01020304', '10 05', '15 01020304', '1a 01 00', '22 00', '2d 01020304', '30 07', '38 07']
    expect(decoded(...wrong)).toEqual(EMPTY)
    expect(decoded('12 09 12 07 0d01020304 1000')).toMatchObject({ shape: [0] })
    expect(decoded('12 04 1003 1a00')).toEqual(EMPTY)
    expect(decoded('3a 06 0a 04 0a00 1200')).toMatchObject({ slices: [[undefined]] })
    expect(decoded('3a 02 0805')).toMatchObject({ slices: [[]] })
  })

  test('tells a whole dimension from a length of 0, and from a start without a length', () => {
    const entry = { ...EMPTY, slices: [[undefined, [0, 0], [3, 0]]] } as const
    expect(decodeBundleEntry(encoded(entry))).toEqual(entry)
    expect(decoded('3a 0c 0a00 0a02 1000 0a04 0803 1002').slices).toEqual([[undefined, [0, 0], [3, 2]]])
    expect(decoded('3a 04 0a02 0803').slices).toEqual([[[3, -1]]])
  })

  test('reads negative numbers as they stand', () => {
    const minusOne = 'ffffffffffffffffff01'
    expect(decoded(`12 0d 12 0b 08 ${minusOne}`, `18 ${minusOne}`, `20 ${minusOne}`, `28 ${minusOne}`)).toEqual({
      ...EMPTY,
      shape: [-1],
      shardId: -1,
      offset: -1,
      size: -1,
    })
  })

  test.each([
    ['an offset beyond 2^53', '20 80808080808080808001'],
    ['a tag that is cut off', '88'],
    ['a value that is cut off', '08'],
    ['a checksum that is cut off', '35 010203'],
    ['a shape that is cut off', '12 04 1202'],
    ['a shape of 4 GB', '12 ffffffff0f 00'],
    ['a dimension that leaves its shape', '12 02 1208 0808 0808 0808 0808'],
    ['an extent that leaves its slice', '3a 02 0a04 0801 1001'],
    ['a field of number 0', '00 01'],
    ['a group that ends as another', '7b 74'],
    ['a tag in six bytes', '888080808000 01'],
  ])('throws DataLossError for %s', (_, hex) => {
    expect(() => decoded(hex)).toThrow(DataLossError)
  })

  test('names the place in its errors', () => {
    const place = { path: 'm.index', key: 'w', offset: 100 }
    expect(() => decodeBundleEntry(fromHex('080112'), place)).toThrow('at byte 103 of m.index')
    try {
      decodeBundleEntry(fromHex('0801120412'), place)
    } catch (error) {
      expect(error).toMatchObject({ path: 'm.index', key: 'w', offset: 104 })
    }
  })

  test('of any bytes is an entry or a DataLossError, cut anywhere as well', () => {
    const check = (bytes: Uint8Array): void => {
      for (const decode of [decodeBundleEntry, decodeBundleHeader]) {
        try {
          decode(bytes)
        } catch (error) {
          if (!(error instanceof DataLossError)) throw error
        }
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), check), { numRuns: 2000 })
    fc.assert(
      fc.property(anyEntry, fc.nat(), (entry, at) => check(encoded(entry).slice(0, at % 60))),
      { numRuns: 500 },
    )
  })

  test('of many small dimensions, slices and merges takes one step for each', () => {
    const many = (piece: string, count: number): Uint8Array => fromHex(piece.repeat(count))
    expect(decodeBundleEntry(many('1202120012021801', 50_000)).shape.length).toBe(50_000)
    expect(decodeBundleEntry(many('3a00', 100_000)).slices.length).toBe(100_000)
    expect(decodeBundleHeader(many('1a021801', 50_000)).version.badConsumers.length).toBe(50_000)
  })
})

describe('the header', () => {
  const V1 = { producer: 1, minConsumer: 0, badConsumers: [] }

  test('that TensorFlow writes is read and written', () => {
    const header = { numShards: 1, bigEndian: false, version: V1 }
    expect(decodeBundleHeader(fromHex('08011a020801'))).toEqual(header)
    expect(Buffer.from(encodeBundleHeader(header)).toString('hex')).toBe('08011a020801')
  })

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(anyHeader, (header) => {
        expect(decodeBundleHeader(encodeBundleHeader(header))).toEqual(header)
      }),
    )
  })

  test('of nothing has the defaults', () => {
    const version = { producer: 0, minConsumer: 0, badConsumers: [] }
    expect(decodeBundleHeader(new Uint8Array(0))).toEqual({ numShards: 0, bigEndian: false, version })
  })

  test('has bad consumers packed or one by one, and a version that comes in pieces', () => {
    const header = decodeBundleHeader(fromHex('1a 04 0801 1802 1001 1a 05 1a 03 030405 1a 04 1002 1806'))
    expect(header.version).toEqual({ producer: 1, minConsumer: 2, badConsumers: [2, 3, 4, 5, 6] })
    expect(header.bigEndian).toBe(true)
  })

  test('is little-endian unless it says BIG, and unknown fields are read over', () => {
    expect(decodeBundleHeader(fromHex('1002')).bigEndian).toBe(false)
    expect(decodeBundleHeader(fromHex('7b 0801 7c 1a 04 7b7c 0801 2005')).numShards).toBe(0)
    expect(decodeBundleHeader(fromHex('0a00 1a 04 2001 0801 0805'))).toMatchObject({ numShards: 5, version: V1 })
  })

  test('that is cut off is a DataLossError', () => {
    for (const hex of ['08', '0801 1a', '0801 1a 02 08', '1a 03 1a 02 01', '1a 03 1a 01 80']) {
      expect(() => decodeBundleHeader(fromHex(hex), { path: 'm.index', offset: 3 }), hex).toThrow(DataLossError)
    }
  })
})
