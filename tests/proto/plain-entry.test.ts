import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BundleEntry, encodeBundleEntry, newBundleEntry, readBundleEntry } from '../../src/proto/bundle-messages'
import { plainEntryWriter } from '../../src/proto/plain-entry'
import { ByteReader, ByteWriter } from '../../src/util/coding'

function encoded(entry: BundleEntry): Uint8Array {
  const writer = new ByteWriter()
  encodeBundleEntry(writer, entry)
  return writer.take()
}

const small = fc.integer({ min: 0, max: 2 ** 28 - 1 })
const place = fc.oneof(small, fc.integer({ min: 0, max: 2 ** 49 - 1 }))
const plain: fc.Arbitrary<BundleEntry> = fc.record({
  dtype: fc.integer({ min: 0, max: 30 }),
  shape: fc.array(fc.integer({ min: 0, max: 2 ** 28 - 1 }), { maxLength: 5 }),
  unknownRank: fc.constant(false),
  shardId: fc.integer({ min: 0, max: 99999 }),
  offset: place,
  size: place,
  crc32c: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  slices: fc.constant([]),
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
