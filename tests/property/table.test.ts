/**
 * Tables against a sorted array: any map of bytes, written with any block size and restart interval, is read back whole,
 * and every look-up, of what is there and of what is not, answers as the array does.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shortestSeparator, shortSuccessor, type TableOptions } from '../../src/table/table-builder'
import { compareBytes } from '../../src/util/bytes'
import { allRows, built, openTable, type Row } from '../table/table-file'

/** Keys that often are prefixes of one another, or differ in one byte; runs of 0xff; and any bytes. */
const key = fc.oneof(
  fc.array(fc.constantFrom(0, 1, 0x61, 0x62, 0xfe, 0xff), { maxLength: 6 }).map((list) => Uint8Array.from(list)),
  fc.nat(40).map((length) => new Uint8Array(length).fill(0xff)),
  fc.tuple(fc.constantFrom('layer/', 'layer/weights', 'é'), fc.nat(30)).map(([text, i]) => Buffer.from(`${text}${i}`)),
  fc.uint8Array({ maxLength: 12 }),
  fc.nat(300).map((length) => new Uint8Array(length).fill(0x61)),
)
const value = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 20 }) },
  { weight: 1, arbitrary: fc.nat(4000).map((length) => new Uint8Array(length).fill(length)) },
)
const options: fc.Arbitrary<Required<TableOptions>> = fc.record({
  blockSize: fc.constantFrom(1, 2, 20, 100, 1000, 262144),
  restartInterval: fc.constantFrom(1, 2, 3, 16, 1024),
})

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}

/** The rows sorted, the last of each key. */
function model(rows: readonly Row[]): Row[] {
  const map = new Map(rows.map((row) => [hex(row[0]), row]))
  return [...map.values()].sort(([a], [b]) => Buffer.compare(a, b))
}

function plain(rows: readonly Row[]): string[] {
  return rows.map(([k, v]) => `${hex(k)}=${hex(v)}`)
}

test('a table gives back the map that it was written from, whole and by key', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(key, value), { maxLength: 60 }),
      fc.array(key, { maxLength: 20 }),
      options,
      async (pairs, others, how) => {
        const rows = model(pairs)
        const table = await openTable(built(rows, how))
        expect(plain(await allRows(table))).toEqual(plain(rows))
        const values = new Map(rows.map(([k, v]) => [hex(k), hex(v)]))
        for (const wanted of [...others, ...rows.map(([k]) => k), new Uint8Array(0)]) {
          const found = await table.find(wanted)
          expect(found === undefined ? undefined : hex(found.value)).toBe(values.get(hex(wanted)))
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('a table of a thousand keys at every restart interval, in blocks from one byte up', async () => {
  const rows = model(
    Array.from({ length: 1000 }, (_, i): Row => [
      Buffer.from(`scope_${i % 7}/layer_${(i * 7919) % 1000}/weights`),
      Uint8Array.of(i, i >> 8),
    ]),
  )
  const files = new Set<number>()
  for (const restartInterval of [1, 16, 1024]) {
    for (const blockSize of [1, 64, 1024, 262144]) {
      const file = built(rows, { restartInterval, blockSize })
      files.add(file.length)
      const table = await openTable(file)
      expect(plain(await allRows(table))).toEqual(plain(rows))
      for (const [wanted, expected] of rows.filter((_, i) => i % 10 === 0)) {
        expect((await table.find(wanted))?.value).toEqual(expected)
        expect(await table.find(Buffer.concat([wanted, Uint8Array.of(0)]))).toBeUndefined()
      }
    }
  }
  // Each way of cutting it is another file, but where no block has more entries than one restart point serves.
  expect(files.size).toBe(9)
})

test('shortestSeparator() lies from the one key on and before the other, and is no longer than the first', () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      const order = compareBytes(a, b)
      fc.pre(order !== 0)
      const [start, limit] = order < 0 ? [a, b] : [b, a]
      const separator = shortestSeparator(start, limit)
      expect(compareBytes(start, separator)).toBeLessThanOrEqual(0)
      expect(compareBytes(separator, limit)).toBeLessThan(0)
      expect(separator.length).toBeLessThanOrEqual(start.length)
    }),
    { numRuns: 1000 },
  )
})

test('shortSuccessor() is not before the key, and no longer', () => {
  fc.assert(
    fc.property(key, (start) => {
      const successor = shortSuccessor(start)
      expect(compareBytes(start, successor)).toBeLessThanOrEqual(0)
      expect(successor.length).toBeLessThanOrEqual(start.length)
    }),
    { numRuns: 500 },
  )
})
