import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BundleEntry,
  decodeBundleEntry,
  encodeBundleEntry,
  newBundleEntry,
  readBundleEntry,
} from '../../src/proto/bundle-messages'
import { plainEntryWriter, readPlainEntry } from '../../src/proto/plain-entry'
import { concatBytes } from '../../src/util/bytes'
import { ByteReader, ByteWriter } from '../../src/util/coding'

function encoded(entry: BundleEntry): Uint8Array {
  const writer = new ByteWriter()
  encodeBundleEntry(writer, entry)
  return writer.take()
}

/** What it reads, in the middle of other bytes; undefined where it leaves the entry to others. */
function readPlain(bytes: Uint8Array, behind = Uint8Array.of(1, 1, 1, 1, 1), into = newBundleEntry()): unknown {
  const all = concatBytes([Uint8Array.of(8, 7), bytes, behind])
  const reader = new ByteReader(all, {}, 2, 2 + bytes.length)
  const isRead = readPlainEntry(reader, into)
  expect(reader.position).toBe(2)
  return isRead ? into : undefined
}

function careful(bytes: Uint8Array): unknown {
  try {
    return decodeBundleEntry(bytes)
  } catch {
    return undefined
  }
}

const small = fc.integer({ min: 0, max: 2 ** 28 - 1 })
const plain: fc.Arbitrary<BundleEntry> = fc.record({
  dtype: fc.integer({ min: 0, max: 30 }),
  shape: fc.array(fc.integer({ min: 1, max: 2 ** 28 - 1 }), { maxLength: 5 }),
  unknownRank: fc.constant(false),
  shardId: fc.integer({ min: 0, max: 99999 }),
  offset: small,
  size: small,
  crc32c: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  slices: fc.constant([]),
})

describe('readPlainEntry()', () => {
  test('reads what encodeBundleEntry() wrote, whatever lies behind it', () => {
    fc.assert(
      fc.property(plain, fc.uint8Array({ maxLength: 6 }), (entry, behind) => {
        expect(readPlain(encoded(entry), behind)).toEqual(entry)
      }),
    )
  })

  test('reads many into one entry: nothing of those before is left', () => {
    fc.assert(
      fc.property(fc.array(plain, { minLength: 2, maxLength: 5 }), (entries) => {
        const into = newBundleEntry()
        for (const entry of entries) expect(readPlain(encoded(entry), undefined, into)).toEqual(entry)
      }),
    )
  })

  test('reads any bytes as they are read with care, or leaves them', () => {
    const broken = fc
      .tuple(plain, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }), fc.nat(4))
      .map(([entry, changes, cut]) => {
        const bytes = encoded(entry)
        for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte
        return bytes.subarray(0, Math.max(0, bytes.length - cut))
      })
    const pieces = fc.array(fc.oneof(plain.map(encoded), fc.uint8Array({ maxLength: 8 })), { maxLength: 3 })
    fc.assert(
      fc.property(fc.oneof(broken, pieces.map(concatBytes)), (bytes) => {
        const found = readPlain(bytes)
        if (found !== undefined) expect(found).toEqual(careful(bytes))
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['slices', { slices: [[[0, 1] as const]] }],
    ['a number of 2^28', { offset: 2 ** 28 }],
    ['a negative size', { shape: [-1] }],
    ['an unknown rank', { unknownRank: true }],
    ['a dimension of no size', { shape: [0] }],
  ])('leaves an entry with %s', (_, fields) => {
    expect(readPlain(encoded({ ...newBundleEntry(), dtype: 1, ...fields }))).toBeUndefined()
  })
})

describe('plainEntryWriter()', () => {
  const length = fc.oneof(fc.constant(0), fc.nat(300), fc.maxSafeInteger().map(Math.abs))

  test('writes what encodeBundleEntry() does, one after another, or leaves it', () => {
    const any = fc.record({
      dtype: fc.nat(200),
      shape: fc.array(length, { maxLength: 18 }),
      unknownRank: fc.boolean(),
      shardId: fc.nat(99999),
      offset: length,
      size: length,
      crc32c: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      slices: fc.constantFrom([], [[[1, 2] as const, undefined]]),
    })
    fc.assert(
      fc.property(fc.array(fc.oneof(any, plain), { maxLength: 5 }), (entries) => {
        const write = plainEntryWriter()
        for (const entry of entries) {
          const bytes = write(entry)
          const isPlain = !entry.unknownRank && entry.slices.length === 0 && entry.shape.length <= 16
          if (isPlain && entry.shape.every((size) => size < 2 ** 28)) expect(bytes).toEqual(encoded(entry))
          else expect(bytes).toBeUndefined()
        }
      }),
      { numRuns: 300 },
    )
  })

  test('writes the longest entry, and the shortest', () => {
    const write = plainEntryWriter()
    const most = { dtype: 2 ** 28 - 1, shardId: 2 ** 28 - 1, crc32c: 2 ** 32 - 1, unknownRank: false, slices: [] }
    const long = { ...most, shape: Array<number>(16).fill(2 ** 28 - 1), offset: 2 ** 53 - 1, size: 2 ** 53 - 1 }
    expect(write(long)).toEqual(encoded(long))
    expect(write(newBundleEntry())).toEqual(encoded(newBundleEntry()))
  })

  test.each([{ offset: -1 }, { size: 0.5 }, { shape: [-1] }, { dtype: -1 }, { offset: 2 ** 53 }])(
    'leaves %j',
    (fields) => {
      expect(plainEntryWriter()({ ...newBundleEntry(), ...fields })).toBeUndefined()
    },
  )
})

test('readBundleEntry() reads many into one entry: nothing of those before is left', () => {
  const any = fc.record({
    dtype: fc.nat(),
    shape: fc.array(fc.integer({ min: -1, max: 2 ** 40 }), { maxLength: 4 }),
    unknownRank: fc.boolean(),
    shardId: fc.nat(),
    offset: fc.maxSafeInteger(),
    size: fc.maxSafeInteger(),
    crc32c: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    slices: fc.constantFrom([], [[[1, 2] as const, undefined]]),
  })
  fc.assert(
    fc.property(fc.array(any, { minLength: 2, maxLength: 5 }), (entries) => {
      const into = newBundleEntry()
      for (const entry of entries) {
        expect(readBundleEntry(new ByteReader(encoded(entry)), into)).toEqual(entry)
        expect(into.shape).toEqual(entry.shape)
      }
    }),
  )
})
