/**
 * Tables that are damaged, cut, or made to deceive: a typed error or the right rows, nothing else, and the work is bounded
 * by the size of the file.
 */
import fc from 'fast-check'
import { compress } from 'snappyjs'
import { describe, expect, test } from 'vitest'
import { type BlockHandle } from '../../src/table/format'
import { Table } from '../../src/table/table'
import { DataLossError, OpError } from '../../src/util/errors'
import {
  allRows,
  built,
  bytes,
  opened,
  openTable,
  rawBlock,
  type RawBlock,
  type RawEntry,
  rawIndex,
  rawTable,
  row,
  shown,
} from './table-file'

const NONE = new Uint8Array(0)
const ROWS = [row('', '\x08\x01\x1a\x02\x08\x01'), row('a/biases', 'b'), row('a/weights', 'w'.repeat(9)), row('b', 'x')]

/** What a table gives: its rows, and the answers to look-ups; or the name of the typed error. Never reads a byte twice. */
async function survey(file: Uint8Array<ArrayBuffer>, verifyChecksums: boolean): Promise<string> {
  const counting = await opened(file)
  try {
    const table = await Table.open(counting, 't.index', { verifyChecksums })
    const before = counting.bytes
    const rows = await allRows(table)
    // Blocks do not overlap: going through them costs the file at most once, opening it once more.
    expect(before).toBeLessThanOrEqual(file.length + 48)
    expect(counting.bytes - before).toBeLessThanOrEqual(file.length)
    const answers = []
    for (const key of ['', 'a/biases', 'a/w', 'b', 'zz']) {
      const found = await table.find(bytes(key))
      answers.push(found === undefined ? 'none' : shown([found.key, found.value]))
    }
    return [...rows.map(shown), '', ...answers].join('\n')
  } catch (error) {
    if (!(error instanceof OpError)) throw error
    return error.name
  }
}

/** The same rows as snappy blocks, the index too. */
function packed(): Uint8Array<ArrayBuffer> {
  const snappy = (contents: Uint8Array): RawBlock => ({ contents: compress(contents), type: 1 })
  const blocks = [ROWS.slice(0, 2), ROWS.slice(2)].map((rows) =>
    snappy(rawBlock(rows.map(([key, value]): RawEntry => [0, key, value]))),
  )
  const places = (handles: readonly BlockHandle[]): (readonly [string, BlockHandle])[] =>
    handles.map((handle, i) => [i === 0 ? 'a/c' : 'c', handle])
  return rawTable(blocks, (handles) => snappy(rawIndex(places(handles)).contents))
}

const TABLES: readonly (readonly [what: string, file: Uint8Array<ArrayBuffer>])[] = [
  ['one block', built(ROWS)],
  ['a block for each row', built(ROWS, { blockSize: 1 })],
  ['snappy blocks', packed()],
]

describe.each(TABLES)('a table of %s', (_, file) => {
  test('is read', async () => {
    const expected = [...ROWS.map(shown), '', ROWS[0], ROWS[1], 'none', ROWS[3], 'none']
    const text = expected.map((line) => (typeof line === 'object' ? shown(line) : line)).join('\n')
    expect(await survey(file, true)).toBe(text)
    expect(await survey(file, false)).toBe(text)
  })

  test('that is cut anywhere is a DataLossError', async () => {
    for (let length = 0; length < file.length; length++) {
      expect(await survey(file.slice(0, length), true), `cut at ${length}`).toBe('DataLossError')
      expect(await survey(file.slice(0, length), false), `cut at ${length}`).toBe('DataLossError')
    }
  })

  test('with bytes in front or behind is a DataLossError', async () => {
    const more = new Uint8Array(file.length + 1)
    more.set(file)
    expect(await survey(more, true)).toBe('DataLossError')
    const shifted = new Uint8Array(file.length + 1)
    shifted.set(file, 1)
    expect(await survey(shifted, true)).toBe('DataLossError')
  })

  test('with any one bit flipped is a DataLossError, or reads as before', async () => {
    const right = await survey(file, true)
    let errors = 0
    for (let bit = 0; bit < 8 * file.length; bit++) {
      const damaged = flipped(file, bit)
      const found = await survey(damaged, true)
      if (found === 'DataLossError') errors++
      else expect(found, `bit ${bit}`).toBe(right)
    }
    // What may change is not read: the metaindex block, its handle, the zeros of the footer.
    expect(8 * file.length - errors).toBeLessThanOrEqual(8 * (13 + 40))
  })

  test('with any one bit flipped and no checksums is rows or a typed error', async () => {
    for (let bit = 0; bit < 8 * file.length; bit++) await survey(flipped(file, bit), false)
  })

  test('with bytes put in, taken out or changed anywhere is rows or a typed error', async () => {
    const change = fc.record({ at: fc.nat(file.length - 1), drop: fc.nat(4), put: fc.uint8Array({ maxLength: 4 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let damaged = Buffer.from(file)
        for (const { at, drop, put } of changes) {
          damaged = Buffer.concat([damaged.subarray(0, at), put, damaged.subarray(at + drop)])
        }
        await survey(new Uint8Array(damaged), false)
      }),
      { numRuns: 300 },
    )
  })
})

function flipped(file: Uint8Array<ArrayBuffer>, bit: number): Uint8Array<ArrayBuffer> {
  const damaged = file.slice()
  damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return damaged
}

describe('an index with right checksums', () => {
  const block = { contents: rawBlock([[0, bytes('a'), bytes('1')]]) }
  const size = block.contents.length

  /** A table of two equal blocks, and an index that names these. */
  function pointing(entries: readonly (readonly [key: string, handle: BlockHandle])[]): Uint8Array<ArrayBuffer> {
    return rawTable([block, block], () => rawIndex(entries))
  }

  test.each([
    ['behind the file', { offset: 10_000, size }],
    ['across its end', { offset: 0, size: 10_000 }],
    ['at 2^53', { offset: Number.MAX_SAFE_INTEGER, size: Number.MAX_SAFE_INTEGER }],
    ['at a block of no bytes', { offset: 0, size: 0 }],
    ['into a block', { offset: 1, size: size - 1 }],
    ['at half of a block', { offset: 0, size: size - 1 }],
    ['at the footer', { offset: 60, size: 40 }],
  ])('that points %s is a DataLossError', async (_, handle) => {
    const table = await openTable(pointing([['a', handle]]))
    await expect(table.find(bytes('a'))).rejects.toThrow(DataLossError)
    await expect(allRows(table)).rejects.toThrow(DataLossError)
  })

  test('that points to itself gives its own entries once, and no look-up finds more', async () => {
    // Two data blocks, the metaindex block: the index lies behind.
    const offset = 2 * (size + 5) + 13
    const itself = rawIndex([['a', { offset, size: 0 }]]).contents.length
    const counting = await opened(pointing([['a', { offset, size: itself }]]))
    const table = await Table.open(counting, 't.index')
    expect((await allRows(table)).length).toBe(1)
    expect((await table.find(bytes('a')))?.value.length).toBe(2)
    expect(counting.reads).toBe(3)
  })

  test('with many entries for one block is a DataLossError after one read', async () => {
    const entries = Array.from({ length: 10_000 }, (_, i) => [`k${1e5 + i}`, { offset: 0, size }] as const)
    const counting = await opened(pointing(entries))
    const table = await Table.open(counting, 't.index')
    await expect(allRows(table)).rejects.toThrow(
      'bad block handle: a block of t.index begins before the one before it ends',
    )
    expect(counting.reads).toBe(3)
  })

  test('whose blocks overlap, if only in a trailer, or run backwards, is a DataLossError', async () => {
    for (const offset of [1, size, size + 4]) {
      const table = await openTable(
        pointing([
          ['a', { offset: 0, size }],
          ['b', { offset, size }],
        ]),
        false,
      )
      await expect(allRows(table)).rejects.toThrow('bad block handle')
    }
    const backwards = await openTable(
      pointing([
        ['a', { offset: size + 5, size }],
        ['b', { offset: 0, size }],
      ]),
    )
    await expect(allRows(backwards)).rejects.toThrow('bad block handle')
  })

  test('with a handle that is cut off, negative or too large is a DataLossError', async () => {
    for (const handle of [
      [],
      [0],
      [0x80],
      [...new Uint8Array(9).fill(0xff), 1, 5],
      [...new Uint8Array(12).fill(0xff)],
    ]) {
      const index = { contents: rawBlock([[0, bytes('a'), Uint8Array.from(handle)]]) }
      const table = await openTable(rawTable([block], () => index))
      await expect(table.find(bytes('a'))).rejects.toThrow(DataLossError)
      await expect(allRows(table)).rejects.toThrow(DataLossError)
    }
  })

  test('that is no block is a DataLossError', async () => {
    for (const contents of [NONE, bytes('abc'), rawBlock([], [], 7), rawBlock([[3, NONE, NONE]])]) {
      const table = Table.open(await opened(rawTable([block], () => ({ contents }))), 't.index')
      const work = table.then(async (open) => [await open.find(bytes('a')), await allRows(open)])
      await expect(work).rejects.toThrow(DataLossError)
    }
  })
})

describe('a block with right checksums', () => {
  async function tableOf(entries: readonly RawEntry[], restarts?: readonly number[], count?: number): Promise<Table> {
    const contents = rawBlock(entries, restarts, count)
    return openTable(rawTable([{ contents }], ([handle]) => rawIndex(handle === undefined ? [] : [['z', handle]])))
  }

  const rising: readonly RawEntry[] = ['a', 'b', 'c', 'd'].map((key) => [0, bytes(key), bytes('v')])

  test('whose keys do not ascend is a DataLossError for who goes through it', async () => {
    for (const keys of ['acb', 'aab', 'ba']) {
      const table = await tableOf([...keys].map((key): RawEntry => [0, bytes(key), NONE]))
      await expect(allRows(table)).rejects.toThrow('Corrupted table: a key of t.index does not sort behind')
    }
  })

  test('with restart points that lie gives what is there, nothing, or a DataLossError', async () => {
    for (const restarts of [
      [0, 5, 10, 15],
      [0, 15, 5],
      [0, 1],
      [0, 3, 7, 11],
      [0, 20],
      [0, 21],
      [0, 2 ** 32 - 1],
    ]) {
      const table = await tableOf(rising, restarts)
      expect((await allRows(table)).map(shown)).toEqual(['a=v', 'b=v', 'c=v', 'd=v'])
      for (const key of 'abcde') {
        try {
          const found = await table.find(bytes(key))
          if (found !== undefined) expect(shown([found.key, found.value])).toBe(`${key}=v`)
        } catch (error) {
          expect(error).toBeInstanceOf(DataLossError)
        }
      }
    }
  })

  test('with a number of restart points that lies is a DataLossError, or has entries that are none', async () => {
    for (const count of [0, 6, 100, 2 ** 30, 2 ** 32 - 1]) {
      const table = await tableOf(rising, [0], count)
      await expect(table.find(bytes('a'))).rejects.toThrow('bad block contents')
      await expect(allRows(table)).rejects.toThrow('bad block contents')
    }
    for (const count of [2, 3, 4, 5]) {
      const table = await tableOf(rising, [0], count)
      for (const key of 'abcd')
        await table.find(bytes(key)).catch((error: unknown) => expect(error).toBeInstanceOf(DataLossError))
    }
  })

  test('of an unknown type is a DataLossError', async () => {
    const file = rawTable([{ contents: rawBlock(rising), type: 2 }], ([handle]) =>
      rawIndex(handle === undefined ? [] : [['z', handle]]),
    )
    await expect((await openTable(file)).find(bytes('a'))).rejects.toThrow('bad block type: 2')
  })

  test('whose keys would fill memory when written in full is a DataLossError', async () => {
    const long = new Uint8Array(50_000).fill(0x61)
    const table = await tableOf([
      [0, long, NONE],
      ...Array.from({ length: 20_000 }, (): RawEntry => [long.length, NONE, NONE]),
    ])
    const walk = async (): Promise<void> => {
      for await (const cursor of table.blocks()) while (cursor.valid) cursor.next()
    }
    await expect(walk()).rejects.toThrow('its keys are too long')
  })

  test('of snappy that claims 4 GB, or holds a bad block, is a DataLossError', async () => {
    const claims = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0x61)
    for (const contents of [
      claims,
      NONE,
      compress(NONE),
      compress(bytes('abc')),
      compress(rawBlock(rising, [0], 99)),
    ]) {
      const file = rawTable([{ contents, type: 1 }], ([handle]) =>
        rawIndex(handle === undefined ? [] : [['z', handle]]),
      )
      await expect((await openTable(file)).find(bytes('a'))).rejects.toThrow(DataLossError)
      await expect((await openTable(file, false)).find(bytes('a'))).rejects.toThrow(DataLossError)
    }
  })
})

test('a block is read anew where another entry of the index gives it another size', async () => {
  const contents = rawBlock([[0, bytes('a'), bytes('1')]])
  const size = contents.length
  const entries = [
    ['a', { offset: 0, size }],
    ['b', { offset: 0, size: size - 4 }],
  ] as const
  const table = await openTable(rawTable([{ contents }], () => rawIndex(entries)))
  expect((await table.find(bytes('a')))?.value).toEqual(bytes('1'))
  await expect(table.find(bytes('b'))).rejects.toThrow(DataLossError)
})

test('rows of any bytes as a file are a typed error or a table', async () => {
  const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]
  const small = fc.oneof(fc.uint8Array({ maxLength: 120 }), fc.array(fc.nat(9), { maxLength: 120 }))
  await fc.assert(
    fc.asyncProperty(small, fc.array(fc.nat(60), { minLength: 4, maxLength: 4 }), async (body, handles) => {
      const footer = [...handles, ...new Uint8Array(36), ...magic]
      await survey(Uint8Array.from([...body, ...footer]), false)
    }),
    { numRuns: 1000 },
  )
})
