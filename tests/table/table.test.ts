import { describe, expect, test } from 'vitest'
import { encodeBundleEntry } from '../../src/proto/bundle-messages'
import { decodeHandle, readBlock, readFooter } from '../../src/table/format'
import { OrderCheck, Table } from '../../src/table/table'
import { shortestSeparator, shortSuccessor, TableBuilder, type TableOptions } from '../../src/table/table-builder'
import { ByteReader, ByteWriter } from '../../src/util/coding'
import { DataLossError, InvalidArgumentError } from '../../src/util/errors'
import { golden, goldenFile, goldens, keyBytes, rewritableGoldens } from '../oracle/golden'
import { allRows, built, bytes, cursorOf, opened, openTable, row, type Row, rowsOf, shown } from './table-file'

const HEADER: Row = [new Uint8Array(0), Uint8Array.from(Buffer.from('08011a020801', 'hex'))]

/** An entry of a bundle for so many bytes of float32, with any checksum: those of the cases all take four bytes. */
function entry(shape: readonly number[], offset: number, size: number): Uint8Array {
  const writer = new ByteWriter()
  const plain = { dtype: 1, unknownRank: false, shardId: 0, slices: [] }
  encodeBundleEntry(writer, { ...plain, shape, offset, size, crc32c: 0xf4c8333d })
  return writer.take()
}

/** Where everything lies, as harness.py's layout() has it. */
async function layout(file: Uint8Array<ArrayBuffer>): Promise<Record<string, unknown>> {
  const open = await opened(file)
  const { metaindex, index } = await readFooter(open, 't.index')
  const cursor = cursorOf(contentsOf(await readBlock(open, 't.index', index)))
  cursor.seekToFirst()
  const entries = rowsOf(cursor)
  const blocks = []
  for (const [, value] of entries) {
    const handle = decodeHandle(new ByteReader(value))
    const contents = contentsOf(await readBlock(open, 't.index', handle))
    const block = cursorOf(contents)
    block.seekToFirst()
    const restarts = new DataView(contents.buffer, contents.byteOffset).getUint32(contents.length - 4, true)
    blocks.push({ ...handle, restarts, entries: rowsOf(block).length })
  }
  const keys = entries.map(([key]) => Buffer.from(key).toString('latin1'))
  const place = (handle: { offset: number; size: number }): number[] => [handle.offset, handle.size]
  return { size: file.length, metaindex: place(metaindex), index: place(index), keys, blocks }
}

function contentsOf(reader: ByteReader): Uint8Array {
  return reader.bytes.subarray(reader.position, reader.end)
}

describe('TableBuilder lays a table as TensorFlow does:', () => {
  test('a small one (v2-layout-of-small-table)', async () => {
    expect(await layout(built([HEADER, [bytes('v'), entry([2], 0, 8)]]))).toEqual({
      size: 121,
      metaindex: [41, 8],
      index: [54, 14],
      keys: ['w'],
      blocks: [{ offset: 0, size: 36, restarts: 1, entries: 2 }],
    })
  })

  test('two blocks, cut after the entry that fills 256 KiB (v2-two-blocks)', async () => {
    const rows = Array.from({ length: 3000 }, (_, i): Row => {
      const key = `k${String(i).padStart(4, '0')}_${'x'.repeat(114)}`
      return [bytes(key), entry([], 4 * i, 4)]
    })
    expect(await layout(built([HEADER, ...rows]))).toEqual({
      size: 401042,
      metaindex: [400827, 8],
      index: [400840, 149],
      keys: [`k1962_${'x'.repeat(114)}`, 'l'],
      blocks: [
        { offset: 0, size: 262258, restarts: 123, entries: 1964 },
        { offset: 262263, size: 138559, restarts: 65, entries: 1037 },
      ],
    })
  })

  test('keys larger than a block, and separators where they are adjacent (v2-separator-when-adjacent)', async () => {
    const long = 'a'.repeat(270_000)
    const rows = [`${long}1`, `${long}2`, 'c'].map((key, i): Row => [bytes(key), entry([], 4 * i, 4)])
    expect(await layout(built([HEADER, ...rows]))).toEqual({
      size: 810211,
      metaindex: [540101, 8],
      index: [540114, 270044],
      keys: [`${long}1`, 'b', 'd'],
      blocks: [
        { offset: 0, size: 270034, restarts: 1, entries: 2 },
        { offset: 270039, size: 270027, restarts: 1, entries: 1 },
        { offset: 540071, size: 25, restarts: 1, entries: 1 },
      ],
    })
  })

  test('an index key of 0xff alone stays as it is (v2-index-key-all-ff)', async () => {
    const { keys } = await layout(built([HEADER, [bytes('\xff\xff'), entry([], 0, 4)]]))
    expect(keys).toEqual(['\xff\xff'])
  })

  test('an entry of two blocks or more has the block before it closed first (A5)', async () => {
    const small = row('a', '')
    for (const [length, entries] of [
      [198, [2]],
      [199, [1, 1]],
    ] as const) {
      const { blocks } = await layout(built([small, row('b', 'x'.repeat(length))], { blockSize: 100 }))
      expect((blocks as { entries: number }[]).map((block) => block.entries)).toEqual(entries)
    }
  })

  test('a block closes once it has grown to its size, trailer and restart points counted (A5)', async () => {
    // "a" takes 3 + 1 + length bytes, the restart points 8.
    for (const [length, entries] of [
      [87, [2]],
      [88, [1, 1]],
    ] as const) {
      const { blocks } = await layout(built([row('a', 'x'.repeat(length)), row('b', '')], { blockSize: 100 }))
      expect((blocks as { entries: number }[]).map((block) => block.entries)).toEqual(entries)
    }
  })

  test('no rows: no data block, two empty ones and the footer', async () => {
    const file = built([])
    expect(await layout(file)).toEqual({ size: 74, metaindex: [0, 8], index: [13, 8], keys: [], blocks: [] })
    const table = await openTable(file)
    expect([await allRows(table), await table.find(bytes('a')), await table.find(bytes(''))]).toEqual([
      [],
      undefined,
      undefined,
    ])
  })

  test.each(rewritableGoldens().map((one) => one.name))('the golden %s, byte for byte from its rows', async (name) => {
    const file = goldenFile(`${golden(name).prefix}.index`)
    const rows = await allRows(await openTable(file))
    expect(Buffer.compare(built(rows), file)).toBe(0)
  })
})

describe('TableBuilder', () => {
  test('throws InvalidArgumentError for a key that does not ascend, within a block and across blocks', () => {
    for (const blockSize of [1, 1000]) {
      for (const keys of [
        ['a', 'a'],
        ['b', 'a'],
        ['', ''],
        ['ab', 'a'],
        ['\xff', '\x7f'],
      ]) {
        expect(
          () =>
            built(
              keys.map((key) => row(key, '')),
              { blockSize },
            ),
          keys.join(),
        ).toThrow(InvalidArgumentError)
      }
    }
  })

  test('goes on after a key that it refused', async () => {
    const parts: Uint8Array[] = []
    const builder = new TableBuilder((part) => parts.push(part))
    builder.add(bytes('b'), bytes('1'))
    expect(() => builder.add(bytes('a'), bytes('2'))).toThrow(InvalidArgumentError)
    builder.add(bytes('c'), bytes('3'))
    builder.finish()
    const rows = await allRows(await openTable(new Uint8Array(Buffer.concat(parts))))
    expect(rows.map(shown)).toEqual(['b=1', 'c=3'])
  })

  test('keeps no view of what it was given', async () => {
    for (const options of [{ blockSize: 1 }, {}] satisfies TableOptions[]) {
      const parts: Uint8Array[] = []
      const builder = new TableBuilder((part) => parts.push(part), options)
      const [key, value] = [bytes('aa'), bytes('1')]
      for (const letter of ['b', 'c', 'd']) {
        key[1] = value[0] = letter.charCodeAt(0)
        builder.add(key, value)
      }
      builder.finish()
      const rows = await allRows(await openTable(new Uint8Array(Buffer.concat(parts))))
      expect(rows.map(shown)).toEqual(['ab=b', 'ac=c', 'ad=d'])
    }
  })
})

describe('shortestSeparator() and shortSuccessor()', () => {
  test.each([
    ['k1962_x', 'k1963_x', 'k1962_x'],
    ['abc', 'abf', 'abd'],
    ['abcdef', 'abz', 'abd'],
    ['abc', 'abd', 'abc'],
    ['ab', 'abc', 'ab'],
    ['', 'a', ''],
    ['a\xffb', 'b', 'a\xffb'],
    ['\xfeb', '\xff', '\xfeb'],
    ['a\xff', 'c', 'b'],
  ])('cut %j before %j to %j', (start, limit, expected) => {
    expect(Buffer.from(shortestSeparator(bytes(start), bytes(limit))).toString('latin1')).toBe(expected)
  })

  test.each([
    ['v', 'w'],
    ['k2999', 'l'],
    ['\xff\xffa\xff', '\xff\xffb'],
    ['\xff\xff', '\xff\xff'],
    ['\xfe\xff', '\xff'],
    ['\0', '\x01'],
    ['', ''],
  ])('cut %j to %j', (key, expected) => {
    expect(Buffer.from(shortSuccessor(bytes(key))).toString('latin1')).toBe(expected)
  })
})

describe('Table', () => {
  const rows = Array.from({ length: 100 }, (_, i) => row(`key${String(i).padStart(3, '0')}`, `value ${i}`))
  const file = built(rows, { blockSize: 200 })

  test('reads footer and index when it opens, one block for a look-up, and that one once', async () => {
    const counting = await opened(file)
    const table = await Table.open(counting, 't.index')
    expect(counting.reads).toBe(2)
    const found = await table.find(bytes('key050'))
    expect(found && Buffer.from(found.value).toString()).toBe('value 50')
    expect(counting.reads).toBe(3)
    expect(await table.find(bytes('key050!'))).toBeUndefined()
    await table.find(bytes('key051'))
    expect(counting.reads).toBe(3)
    await table.find(bytes('key099'))
    expect(counting.reads).toBe(4)
  })

  test('answers look-ups that are under way at once, and while its blocks are gone through', async () => {
    const table = await openTable(file)
    const order = rows.map((_, i) => (i * 37) % rows.length)
    const cursors = await Promise.all(order.map((i) => table.find((rows[i] as Row)[0])))
    expect(cursors.map((cursor) => Buffer.from(cursor?.value ?? []).toString())).toEqual(order.map((i) => `value ${i}`))
    const seen: string[] = []
    for await (const block of table.blocks()) {
      await table.find(bytes('key000'))
      seen.push(...rowsOf(block).map(shown))
    }
    expect(seen).toEqual(rows.map(shown))
  })

  test('reads each block once when it is gone through', async () => {
    const counting = await opened(file)
    expect((await allRows(await Table.open(counting, 't.index'))).length).toBe(100)
    // All but the metaindex block, which nobody asks for.
    expect(counting.bytes).toBe(file.length - 13)
  })

  test.each(goldens().map((one) => one.name))('lists the keys of the golden %s', async (name) => {
    const { prefix, tensors } = golden(name)
    const found = (await allRows(await openTable(goldenFile(`${prefix}.index`)))).map(([key]) =>
      Buffer.from(key).toString('hex'),
    )
    const keys = tensors.map((tensor) => Buffer.from(keyBytes(tensor)).toString('hex'))
    expect(found).toEqual(['', ...keys.sort()])
  })
})

test('OrderCheck throws DataLossError for a key that is not behind the one before', () => {
  const check = (...keys: readonly string[]): void => {
    const order = new OrderCheck('m.index')
    for (const key of keys) order.next(bytes(key))
  }
  const long = 'x'.repeat(1000)
  expect(() => check('', 'a', 'ab', 'b', long, `${long}y`, '\x80', '\xff')).not.toThrow()
  for (const keys of [
    ['', ''],
    ['b', 'a'],
    ['ab', 'a'],
    [`${long}b`, `${long}a`],
    ['\xff', 'a'],
  ]) {
    expect(() => check(...keys)).toThrow(DataLossError)
    expect(() => check(...keys)).toThrow('a key of m.index does not sort behind the key before it')
  }
})
