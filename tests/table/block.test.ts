import { describe, expect, test } from 'vitest'
import { BlockBuilder } from '../../src/table/block-builder'
import { DataLossError } from '../../src/util/errors'
import { bytes, cursorOf, rawBlock, type RawEntry, row, type Row, rowsOf, shown } from './table-file'

function built(interval: number, rows: readonly Row[]): Uint8Array {
  const builder = new BlockBuilder(interval)
  for (const [key, value] of rows) builder.add(key, value)
  return builder.finish()
}

function hex(contents: Uint8Array): string {
  return Buffer.from(contents).toString('hex')
}

const NONE = new Uint8Array(0)

describe('BlockBuilder', () => {
  test('leaves out what a key shares with the one before it, but not at a restart point', () => {
    const rows = [row('ab', '1'), row('abc', ''), row('abd', '23'), row('b', '4')]
    expect(hex(built(16, rows))).toBe(
      '000201 616231 020100 63 020102 643233 000101 6234 0000000001000000'.replaceAll(' ', ''),
    )
    expect(hex(built(2, rows))).toBe(
      '000201 616231 020100 63 000302 6162643233 000101 6234 000000000a00000002000000'.replaceAll(' ', ''),
    )
  })

  test('restarts at every 16th entry, the first being number one (A4)', () => {
    const builder = new BlockBuilder(16)
    const rows = Array.from({ length: 33 }, (_, i) => row(`k${String(i).padStart(2, '0')}`, ''))
    for (const [key, value] of rows) builder.add(key, value)
    const contents = builder.finish()
    const view = new DataView(contents.buffer)
    const restarts = [16, 12, 8].map((back) => view.getUint32(contents.length - back, true))
    expect(view.getUint32(contents.length - 4, true)).toBe(3)
    const entry = (at: number): number[] => [...contents.subarray(at, at + 6)]
    expect(restarts.map(entry)).toEqual([
      [0, 3, 0, ...bytes('k00')],
      [0, 3, 0, ...bytes('k16')],
      [0, 3, 0, ...bytes('k32')],
    ])
  })

  test('knows its size, its last key and whether it is empty', () => {
    const builder = new BlockBuilder(1)
    expect([builder.empty, builder.sizeEstimate]).toEqual([true, 8])
    for (const key of ['a', 'ab', 'x'.repeat(200)]) {
      builder.add(bytes(key), bytes('v'))
      expect(Buffer.from(builder.lastKey).toString()).toBe(key)
    }
    const size = builder.sizeEstimate
    expect([builder.empty, builder.finish().length]).toEqual([false, size])
    expect([builder.empty, builder.sizeEstimate, builder.lastKey.length]).toEqual([true, 8, 0])
  })

  test('begins anew after finish()', () => {
    const builder = new BlockBuilder(2)
    const rows = [row('a', '1'), row('ab', '2'), row('abc', '3')]
    const blocks = [0, 1].map(() => {
      for (const [key, value] of rows) builder.add(key, value)
      return hex(builder.finish())
    })
    expect(blocks[1]).toBe(blocks[0])
    expect(hex(builder.finish())).toBe('0000000001000000')
  })

  test('keeps no view of the key that it was given', () => {
    const builder = new BlockBuilder(16)
    const key = bytes('abc')
    builder.add(key, NONE)
    key.fill(0x7a)
    builder.add(bytes('abd'), NONE)
    expect(rowsOf(first(builder.finish())).map(([found]) => hex(found))).toEqual(['616263', '616264'])
  })
})

function first(contents: Uint8Array): ReturnType<typeof cursorOf> {
  const cursor = cursorOf(contents)
  cursor.seekToFirst()
  return cursor
}

describe('BlockCursor', () => {
  const keys = Array.from({ length: 50 }, (_, i) => `key${String(2 * i).padStart(3, '0')}`)

  test.each([1, 2, 16, 1024])('goes through entries and seeks any key, with restarts every %i', (interval) => {
    const rows = keys.map((key) => row(key, `value of ${key}`))
    const contents = built(interval, rows)
    expect(rowsOf(first(contents)).map(shown)).toEqual(rows.map(shown))
    const cursor = cursorOf(contents)
    for (let i = -1; i <= 100; i++) {
      const target = i < 0 ? '' : `key${String(i).padStart(3, '0')}`
      cursor.seek(bytes(target))
      expect(rowsOf(cursor).map(shown)).toEqual(
        rows.filter(([key]) => Buffer.compare(key, bytes(target)) >= 0).map(shown),
      )
      expect(cursor.valid).toBe(false)
    }
  })

  test('of an empty block stands nowhere', () => {
    for (const contents of [built(16, []), rawBlock([], [])]) {
      const cursor = cursorOf(contents)
      cursor.seekToFirst()
      expect(cursor.valid).toBe(false)
      cursor.seek(bytes('a'))
      expect(cursor.valid).toBe(false)
    }
  })

  test('gives keys and values as views, and says where a value lies in the file', () => {
    const cursor = first(built(16, [row('a', 'value'), row('ab', 'w')]))
    expect([cursor.valueOffset, cursor.value.length]).toEqual([4, 5])
    const key = cursor.key
    cursor.next()
    expect([hex(key), hex(cursor.key), cursor.valueOffset]).toEqual(['61', '6162', 13])
  })

  test('reads keys that are longer than its buffer, shared from one that was', () => {
    const long = 'x'.repeat(5000)
    const rows = [row('x', ''), row(long, ''), row(`${long}y`, ''), row(`${long}z${long}`, '')]
    expect(rowsOf(first(built(16, rows))).map(shown)).toEqual(rows.map(shown))
  })
})

describe('BlockCursor throws DataLossError for', () => {
  const three: readonly RawEntry[] = [
    [0, bytes('aa'), NONE],
    [1, bytes('b'), NONE],
    [0, bytes('c'), NONE],
  ]

  test.each([0, 1, 2, 3])('a block of %i bytes', (length) => {
    expect(() => cursorOf(new Uint8Array(length))).toThrow('bad block contents: a block of less than 4 bytes')
  })

  test.each([
    ['more restart points than fit', rawBlock(three, [0], 99), '99 restart points in a block of'],
    ['2^32-1 restart points', rawBlock(three, [0], 0xffffffff), '4294967295 restart points'],
    ['2^30 restart points', rawBlock(three, [0], 2 ** 30), '1073741824 restart points'],
    ['entries without restart points', rawBlock(three, []), '0 restart points'],
    ['a first restart point that is not 0', rawBlock(three, [5, 0]), 'the first restart point is not the first entry'],
    ['entries that count as restart points', rawBlock(three, [0], 4), 'the first restart point is not the first entry'],
  ])('%s', (_, contents, message) => {
    expect(() => cursorOf(contents)).toThrow(DataLossError)
    expect(() => cursorOf(contents)).toThrow(message)
  })

  test.each([
    ['a first key that shares something', rawBlock([[1, bytes('a'), NONE]])],
    ['a key that shares more than there is', rawBlock([...three, [2, bytes('d'), NONE]])],
    ['a key that shares 4 GB', rawBlock([...three, [0xffffffff, bytes('d'), NONE]])],
    ['lengths that are cut off', rawBlock([[0, NONE, NONE]]).fill(0x80, 0, 3)],
    ['a tail that leaves the block', rawBlock([[0, bytes('a'), NONE]]).fill(50, 1, 2)],
    ['a tail that runs into the restart points', rawBlock([[0, bytes('a'), NONE]]).fill(2, 1, 2)],
    ['a value that leaves the block', rawBlock([[0, bytes('a'), NONE]]).fill(50, 2, 3)],
    ['a value that runs into the restart points', rawBlock([[0, bytes('a'), NONE]]).fill(1, 2, 3)],
  ])('%s, and then stands on no entry', (_, contents) => {
    const cursor = cursorOf(contents)
    const walk = (): void => {
      for (cursor.seekToFirst(); cursor.valid;) cursor.next()
    }
    expect(walk).toThrow(DataLossError)
    expect(cursor.valid).toBe(false)
    expect(() => cursor.seek(bytes('zzz'))).toThrow(DataLossError)
    expect(cursor.valid).toBe(false)
  })

  test('a restart point behind the entries, or where no entry can begin', () => {
    for (const restart of [0xffffffff, 100, 14]) {
      expect(() => cursorOf(rawBlock(three, [0, restart])).seek(bytes('b'))).toThrow(
        `bad block contents: a restart point at ${restart}`,
      )
    }
    expect(() => cursorOf(rawBlock(three, [0, 4])).seek(bytes('b'))).toThrow('bad entry in block')
  })

  test('keys that take far more than the block when they are written in full', () => {
    const long = new Uint8Array(100_000).fill(0x61)
    const entries = Array.from({ length: 20_000 }, (): RawEntry => [long.length, NONE, NONE])
    const contents = rawBlock([[0, long, NONE], ...entries])
    const cursor = cursorOf(contents)
    let steps = 0
    const walk = (): void => {
      for (cursor.seekToFirst(); cursor.valid; cursor.next()) steps++
    }
    expect(walk).toThrow('bad block contents: its keys are too long')
    expect(steps * long.length).toBeLessThanOrEqual(256 * contents.length + long.length)
  })
})

test('BlockCursor takes a restart point at the very end for one without entries behind it', () => {
  const entries: readonly RawEntry[] = [[0, bytes('a'), NONE]]
  const cursor = cursorOf(rawBlock(entries, [0, 4]))
  cursor.seek(bytes('a'))
  expect(rowsOf(cursor).map(shown)).toEqual(['a='])
  cursor.seek(bytes('b'))
  expect(cursor.valid).toBe(false)
})
