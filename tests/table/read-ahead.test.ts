import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Table } from '../../src/table/table'
import { bytesFromKey, compareBytes, keysFromBytes } from '../../src/util/bytes'
import { allRows, built, cursorOf, opened, openTable, rawBlock, type Row, row } from './table-file'

const rows = Array.from({ length: 500 }, (_, i) => row(`key${1000 + i}`, `value ${i}`.repeat(1 + (i % 7))))

/** What blocks() gives when it reads ahead. */
async function ahead(table: Table, bytes: number): Promise<{ found: Row[]; keys: string[]; ascends: boolean[] }> {
  const found: Row[] = []
  const keys: string[] = []
  const ascends: boolean[] = []
  for await (const block of table.blocks(bytes)) {
    const ends = [0]
    for (; block.valid; block.next()) {
      found.push([block.key.slice(), block.valueReader.view(block.value.length).slice()])
      ascends.push(block.ascends)
      ends.push(block.keyEnd)
    }
    keys.push(...keysFromBytes(block.keys, ends))
  }
  return { found, keys, ascends }
}

describe('Table.blocks() that read ahead', () => {
  test('give the same rows, and all keys in the end, in fewer reads of no more bytes', async () => {
    const expected = await allRows(await openTable(built(rows)))
    for (const blockSize of [1, 100, 1000, 1 << 20]) {
      const file = built(rows, { blockSize })
      const one = await opened(file)
      await allRows(await Table.open(one, 't.index'))
      for (const size of [1, 10, 500, 5000, 1 << 22]) {
        const counting = await opened(file)
        const { found, keys, ascends } = await ahead(await Table.open(counting, 't.index'), size)
        expect(found).toEqual(expected)
        expect(keys).toEqual(expected.map(([key]) => Buffer.from(key).toString()))
        expect(ascends.slice(1).every(Boolean)).toBe(true)
        // The metaindex block may be read, too.
        expect(counting.bytes).toBeLessThanOrEqual(one.bytes + 13)
        expect(counting.reads).toBeLessThanOrEqual(one.reads)
        if (size === 1 << 22) expect(counting.reads).toBe(3)
      }
    }
  })

  test('leave the blocks that look-ups find as they are', async () => {
    const table = await openTable(built(rows, { blockSize: 100 }))
    for await (const block of table.blocks(1000)) {
      const { key } = block
      const found = await table.find(rows[77]?.[0] as Uint8Array)
      expect(Buffer.from(found?.value ?? []).toString()).toBe('value 77')
      expect(compareBytes(block.key, key)).toBe(0)
    }
  })
})

test('BlockCursor.ascends says whether a key is behind the one before it', () => {
  const key = fc.uint8Array({ maxLength: 4, max: 2 })
  fc.assert(
    fc.property(fc.array(key, { minLength: 2, maxLength: 30 }), fc.boolean(), (keys, shares) => {
      let before: Uint8Array = new Uint8Array()
      const entries = keys.map((one, i) => {
        let shared = 0
        while (shares && i > 0 && shared < one.length && one[shared] === before[shared]) shared++
        before = one
        return [shared, one.subarray(shared), new Uint8Array(1)] as const
      })
      const cursor = cursorOf(rawBlock(entries))
      cursor.seekToFirst()
      for (let i = 0; i < keys.length; i++, cursor.next()) {
        expect(cursor.key).toEqual(keys[i])
        const last = keys[i - 1]
        if (last !== undefined) expect(cursor.ascends).toBe(compareBytes(last, cursor.key) < 0)
      }
    }),
  )
})

test('keysFromBytes() gives the keys that keyFromBytes() does, and leaves out empty ones', () => {
  const unit = fc.constantFrom('a', '\0', 'é', '\uffe6', '\u{10348}', '\udc80', '\udcc3', '\udca9', '\udcff')
  fc.assert(
    fc.property(fc.array(fc.string({ unit, maxLength: 6 })), fc.nat(3), (texts, first) => {
      const parts = texts.map(bytesFromKey)
      const ends = [first]
      for (const part of parts) ends.push((ends.at(-1) ?? 0) + part.length)
      const all = Uint8Array.from([...new Uint8Array(first), ...parts.flatMap((part) => [...part]), 0, 0xff])
      const expected = parts.filter((part) => part.length > 0).map((part) => Buffer.from(part).toString('hex'))
      const found = keysFromBytes(all, ends).map((key) => Buffer.from(bytesFromKey(key)).toString('hex'))
      expect(found).toEqual(expected)
    }),
  )
})
