import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { mergeTables, type NamedTable } from '../../src/table/merge-tables'
import { Table } from '../../src/table/table'
import { type TableOptions } from '../../src/table/table-builder'
import { compareBytes } from '../../src/util/bytes'
import { DataLossError } from '../../src/util/errors'
import { built, type Row, row, shown } from './table-file'

async function tableOf(rows: readonly Row[], options?: TableOptions, path = 'table'): Promise<NamedTable> {
  const fs = new MemoryFileSystem([[path, built(rows, options)]])
  return { table: await Table.open(await fs.open(path), path), path }
}

/** "0 key=value" for every entry, in the order in which they are visited. */
async function merged(tables: readonly NamedTable[]): Promise<string[]> {
  const lines: string[] = []
  await mergeTables(tables, (table, { key, value }) => {
    lines.push(`${table} ${shown([key, value])}`)
    return undefined
  })
  return lines
}

const KEY = fc.uint8Array({ maxLength: 6 })
const ROWS = fc
  .uniqueArray(fc.tuple(KEY, fc.uint8Array({ maxLength: 40 })), { selector: ([key]) => String(key), maxLength: 30 })
  .map((rows) => rows.sort(([a], [b]) => compareBytes(a, b)))
const OPTIONS = fc.record({
  blockSize: fc.integer({ min: 1, max: 200 }),
  restartInterval: fc.integer({ min: 1, max: 20 }),
})

describe('mergeTables()', () => {
  test('goes through any tables in the order of their keys, and of one key in that of the tables', async () => {
    const some = fc.array(fc.tuple(ROWS, OPTIONS), { maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(some, async (inputs) => {
        const tables: NamedTable[] = []
        for (const [rows, options] of inputs) tables.push(await tableOf(rows, options))
        const all = inputs.flatMap(([rows], table) => rows.map((one) => [table, one] as const))
        all.sort(([, [a]], [, [b]]) => compareBytes(a, b))
        expect(await merged(tables)).toEqual(all.map(([table, one]) => `${table} ${shown(one)}`))
      }),
      { numRuns: 60 },
    )
  })

  test('waits for what a visit waits for, and goes on when that is done', async () => {
    const tables = [await tableOf([row('a', '1'), row('c', '3')]), await tableOf([row('b', '2')])]
    const lines: string[] = []
    await mergeTables(tables, async (_, entry) => {
      await Promise.resolve()
      lines.push(shown([entry.key, entry.value]))
    })
    expect(lines).toEqual(['a=1', 'b=2', 'c=3'])
  })

  test('throws what a visit throws', async () => {
    const tables = [await tableOf([row('a', '1')])]
    const visit = (): undefined => {
      throw new Error('enough')
    }
    await expect(mergeTables(tables, visit)).rejects.toThrow('enough')
  })

  test('names the table whose keys do not ascend', async () => {
    // A block of its own each, so that the builder's order is all there is.
    const unsorted = built([row('a', '1'), row('b', '2')], { blockSize: 1 })
    const at = Buffer.from(unsorted).indexOf('b')
    const fs = new MemoryFileSystem([['unsorted', unsorted]])
    ;(fs.files.get('unsorted') as Uint8Array)[at] = 'A'.charCodeAt(0)
    const file = await fs.open('unsorted')
    const table = await Table.open(file, 'unsorted', { verifyChecksums: false })
    const sorted = await tableOf([row('a', '1')], undefined, 'sorted')
    const error = await merged([sorted, { table, path: 'unsorted' }]).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(DataLossError)
    expect(error).toMatchObject({ path: 'unsorted' })
  })
})
