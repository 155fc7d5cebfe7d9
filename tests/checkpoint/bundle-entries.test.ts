import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BundleEntries } from '../../src/checkpoint/bundle-entries'
import { bytesFromKey, compareBytes } from '../../src/util/bytes'

/** Text, strays and astral characters, and keys that begin with the byte 0. */
const key = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '\0', '\uffe6', '\u{10348}', '\udc80', '\udcff', '\udcc3', '\udca9'),
  minLength: 1,
  maxLength: 5,
})
const shape = fc.array(fc.nat(2 ** 40), { maxLength: 4 })

/** What is in them, by the keys' bytes. */
function rowsOf(entries: BundleEntries): unknown[] {
  return Array.from(entries.sorted(), (place) => {
    const name = Buffer.from(entries.keyAt(place)).toString('hex')
    const { shape: sizes, ...rest } = entries.entryAt(place)
    return { name, ...rest, shape: [...sizes] }
  })
}

test('BundleEntries gives what was added in the order of the keys, and takes no key twice', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, shape), { maxLength: 80 }), fc.boolean(), (added, inOrder) => {
      const rows = added.map(([one, sizes], i) => ({ one, bytes: bytesFromKey(one), sizes, i }))
      if (inOrder) rows.sort((a, b) => compareBytes(a.bytes, b.bytes))
      const entries = new BundleEntries()
      const expected = new Map<string, unknown>()
      for (const { one, bytes, sizes, i } of rows) {
        const name = Buffer.from(bytes).toString('hex')
        if (expected.has(name)) {
          expect(() => entries.add(one)).toThrow(`Adding duplicate key: ${one}`)
          continue
        }
        entries.place(entries.add(one), 1 + i, sizes, 10 * i, 2 ** 33 + i, 0xffffffff - i)
        const numbers = { dtype: 1 + i, shape: sizes, offset: 10 * i, size: 2 ** 33 + i, crc32c: 0xffffffff - i }
        expected.set(name, { name, ...numbers, unknownRank: false, shardId: 0, slices: [] })
      }
      expect(rowsOf(entries)).toEqual([...expected].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row))
    }),
  )
})

test('BundleEntries takes neither a tensor of a key that has parts, nor parts of a key that has a tensor', () => {
  const entries = new BundleEntries()
  entries.place(entries.addSlice('w', [4], [[0, 2]], 'float32'), 1, [2], 0, 8, 1)
  expect(() => entries.add('w')).toThrow('Adding duplicate key: w')
  entries.add('v')
  expect(() => entries.addSlice('v', [4], [[0, 2]], 'float32')).toThrow('Adding duplicate key: v')
})

test('BundleEntries encodes long keys, and keys that are no ASCII from some character on', () => {
  const entries = new BundleEntries()
  const names = ['a'.repeat(300), `a${'b'.repeat(254)}`, `${'c'.repeat(255)}é`, 'dé', 'e']
  for (const name of names) entries.place(entries.add(name), 1, [], 0, 4, 0)
  const found = Array.from(entries.sorted(), (place) => Buffer.from(entries.keyAt(place)).toString())
  expect(found).toEqual(names)
})
