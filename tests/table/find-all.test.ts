/**
 * Many look-ups at once, and entries that are written in pieces.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Table } from '../../src/table/table'
import { TableBuilder } from '../../src/table/table-builder'
import { compareBytes, concatBytes } from '../../src/util/bytes'
import { DataLossError } from '../../src/util/errors'
import { built, bytes, opened, openTable, row, type Row } from './table-file'

async function found(table: Table, keys: readonly string[]): Promise<(string | undefined)[]> {
  const values: (string | undefined)[] = []
  for await (const one of table.findAll(keys.map(bytes))) {
    if (one instanceof DataLossError) values.push('damaged')
    else values.push(one && Buffer.from(one.value).toString('latin1'))
  }
  return values
}

const ROWS = Array.from({ length: 100 }, (_, i) => row(`key${String(i).padStart(3, '0')}`, `value ${i}`))

test('findAll() finds what find() finds, whatever is asked for', async () => {
  const names = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', 'ÿ'), maxLength: 4 }), { maxLength: 30 })
  const cut = { blockSize: fc.integer({ min: 1, max: 100 }), restartInterval: fc.integer({ min: 1, max: 5 }) }
  await fc.assert(
    fc.asyncProperty(names, names, fc.record(cut), async (there, asked, options) => {
      const inOrder = (list: string[]): string[] => [...list].sort((a, b) => compareBytes(bytes(a), bytes(b)))
      const table = await openTable(built(inOrder(there).map((name) => row(name, `<${name}>`)), options)) // prettier-ignore
      const keys = inOrder(asked)
      expect(await found(table, keys)).toEqual(keys.map((key) => (there.includes(key) ? `<${key}>` : undefined)))
    }),
    { numRuns: 100 },
  )
})

test('findAll() reads each block once', async () => {
  const counting = await opened(built(ROWS, { blockSize: 200 }))
  const table = await Table.open(counting, 't')
  const before = counting.bytes
  const keys = ROWS.map(([key]) => Buffer.from(key).toString())
  expect(await found(table, keys)).toEqual(ROWS.map((_, i) => `value ${i}`))
  expect(counting.bytes - before).toBeLessThan(counting.size)
  const all = counting.bytes
  expect(await found(table, ['key000', 'key099'])).toEqual(['value 0', 'value 99'])
  expect(counting.bytes - all).toBeLessThan(500)
})

test('findAll() tells of a damaged block for each of its keys, and goes on', async () => {
  const file = built(ROWS, { blockSize: 200 })
  file[250] = 0xff
  const values = await found(await openTable(file), ROWS.map(([key]) => Buffer.from(key).toString())) // prettier-ignore
  const damaged = values.filter((value) => value === 'damaged').length
  expect(damaged).toBeGreaterThan(3)
  expect(values.filter((value, i) => value === `value ${i}`).length).toBe(100 - damaged)
})

test('findAll() of no keys reads nothing', async () => {
  expect(await found(await openTable(built(ROWS)), [])).toEqual([])
  expect(await found(await openTable(built([])), ['a'])).toEqual([undefined])
})

/** The file that addPieces makes of rows, each value cut in pieces of so many bytes. */
function inPieces(rows: readonly Row[], blockSize: number, piece: number): Uint8Array {
  const parts: Uint8Array[] = []
  const builder = new TableBuilder((part) => parts.push(part.slice()), { blockSize })
  for (const [key, value] of rows) {
    const count = Math.ceil(value.length / piece)
    builder.addPieces(key, Array.from({ length: count }, (_, i) => value.subarray(i * piece, (i + 1) * piece))) // prettier-ignore
  }
  builder.finish()
  return concatBytes(parts)
}

test('addPieces() lays a table as add() does, with entries larger than two blocks', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 })
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 1, max: 25 }),
      fc.integer({ min: 1, max: 10 }),
      (lengths, blockSize, piece) => {
        const rows = lengths.map((length, i) => row(`k${String(i).padStart(2, '0')}`, 'x'.repeat(length)))
        expect(inPieces(rows, blockSize, piece)).toEqual(new Uint8Array(built(rows, { blockSize })))
      },
    ),
    { numRuns: 200 },
  )
})

test('addPieces() refuses a key that does not ascend, and keeps no view of the key', () => {
  const builder = new TableBuilder(() => undefined, { blockSize: 4 })
  const key = bytes('b')
  builder.addPieces(key, [bytes('long enough')])
  key[0] = 0
  expect(() => builder.addPieces(bytes('b'), [bytes('long enough')])).toThrow('keys must ascend')
  builder.addPieces(bytes('c'), [bytes('x')])
})
