import fc from 'fast-check'
import { compress } from 'snappyjs'
import { describe, expect, test } from 'vitest'
import {
  BLOCK_SIZE,
  BLOCK_TRAILER_SIZE,
  decodeFooter,
  decodeHandle,
  encodeFooter,
  encodeTrailer,
  FOOTER_SIZE,
  readBlock,
  readFooter,
  RESTART_INTERVAL,
} from '../../src/table/format'
import { concatBytes } from '../../src/util/bytes'
import { ByteReader } from '../../src/util/coding'
import { DataLossError } from '../../src/util/errors'
import { bytes, handleBytes, opened, rawBlock, rawTable } from './table-file'

const size = fc.oneof(fc.nat(200), fc.maxSafeNat())
const handle = fc.record({ offset: size, size })

test("a table is cut by TensorFlow's numbers", () => {
  expect([BLOCK_SIZE, RESTART_INTERVAL, BLOCK_TRAILER_SIZE, FOOTER_SIZE]).toEqual([262144, 16, 5, 48])
})

test('decodeHandle() gives back what encodeHandle() wrote', () => {
  fc.assert(
    fc.property(handle, (value) => {
      expect(decodeHandle(new ByteReader(handleBytes(value)))).toEqual(value)
    }),
  )
})

test('decodeHandle() throws DataLossError for negative numbers, for large ones, and where it is cut off', () => {
  const minusOne = [255, 255, 255, 255, 255, 255, 255, 255, 255, 1]
  for (const list of [[...minusOne, 0], [0, ...minusOne], [0], [], [...minusOne.slice(0, 9), ...minusOne]]) {
    expect(() => decodeHandle(new ByteReader(Uint8Array.from(list)))).toThrow(DataLossError)
  }
})

describe('the footer', () => {
  const place = { path: 'm.index', offset: 1000 }
  const footer = { metaindex: { offset: 41, size: 8 }, index: { offset: 54, size: 14 } }

  test('of v2-layout-of-small-table: two handles, zeros, the magic number', () => {
    const hex = Buffer.from(encodeFooter(footer)).toString('hex')
    expect(hex).toBe(`2908360e${'00'.repeat(36)}57fb808b247547db`)
    expect(decodeFooter(encodeFooter(footer), place)).toEqual(footer)
  })

  test('is read back, the largest numbers too', () => {
    fc.assert(
      fc.property(handle, handle, (metaindex, index) => {
        const encoded = encodeFooter({ metaindex, index })
        expect(encoded.length).toBe(FOOTER_SIZE)
        expect(decodeFooter(encoded, place)).toEqual({ metaindex, index })
      }),
    )
  })

  test('with another magic number is a DataLossError that shows it', () => {
    const encoded = encodeFooter(footer)
    encoded[47] = 0xda
    expect(() => decodeFooter(encoded, place)).toThrow(DataLossError)
    expect(() => decodeFooter(encoded, place)).toThrow(
      'not an sstable (bad magic number): m.index ends in 0xda4775248b80fb57',
    )
  })

  test('with handles that run on is a DataLossError', () => {
    const encoded = encodeFooter(footer)
    encoded.fill(0xff, 0, 40)
    expect(() => decodeFooter(encoded, place)).toThrow(DataLossError)
  })
})

describe('readFooter() throws DataLossError', () => {
  test.each([0, 1, 47])('for a file of %i bytes', async (length) => {
    const reading = readFooter(await opened(new Uint8Array(length)), 't.index')
    await expect(reading).rejects.toThrow(DataLossError)
    await expect(reading).rejects.toThrow(`file is too short to be an sstable: t.index has ${length} bytes`)
  })

  test('for a file of 48 zeros', async () => {
    await expect(readFooter(await opened(new Uint8Array(48)), 't.index')).rejects.toThrow(
      'not an sstable (bad magic number): t.index ends in 0x0',
    )
  })
})

describe('readBlock()', () => {
  const contents = bytes('the contents of a block')
  const first = { offset: 0, size: contents.length }

  function contentsOf(reader: ByteReader): string {
    return Buffer.from(reader.bytes.subarray(reader.position, reader.end)).toString('latin1')
  }

  test('reads what encodeTrailer() closes, type and checksum', async () => {
    const trailer = encodeTrailer(contents)
    expect([trailer.length, trailer[0]]).toEqual([5, 0])
    const file = await opened(concatBytes([Uint8Array.of(9), contents, trailer]))
    const reader = await readBlock(file, 't.index', { offset: 1, size: contents.length })
    expect([contentsOf(reader), reader.fileOffset]).toEqual(['the contents of a block', 1])
    expect([file.reads, file.bytes]).toEqual([1, contents.length + 5])
  })

  test('reads the empty metaindex block of TensorFlow: one restart point at 0, and its checksum', async () => {
    const empty = rawBlock([])
    const hex = Buffer.from(concatBytes([empty, encodeTrailer(empty)])).toString('hex')
    expect(hex).toBe('000000000100000000c0f2a1b0')
  })

  test('uncompresses snappy', async () => {
    const text = 'weights/weights/weights/biases'.repeat(20)
    const packed = compress(bytes(text))
    const file = await opened(rawTable([{ contents: packed, type: 1 }], () => ({ contents: rawBlock([]) })))
    const reader = await readBlock(file, 't.index', { offset: 0, size: packed.length })
    expect(contentsOf(reader)).toBe(text)
  })

  test('throws DataLossError for a flipped bit in contents, type or checksum', async () => {
    const whole = concatBytes([contents, encodeTrailer(contents)])
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const damaged = whole.slice()
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await expect(readBlock(await opened(damaged), 't.index', first)).rejects.toThrow('block checksum mismatch')
    }
  })

  test('without checksums gives what is there, but no block of an unknown type', async () => {
    const whole = concatBytes([contents, encodeTrailer(contents)])
    whole[0] = 0x54
    whole[whole.length - 1] = 0
    expect(contentsOf(await readBlock(await opened(whole), 't.index', first, false))).toBe('The contents of a block')
    for (const type of [2, 7, 255]) {
      whole[contents.length] = type
      await expect(readBlock(await opened(whole), 't.index', first, false)).rejects.toThrow(
        `bad block type: ${type} of the block at byte 0 of t.index`,
      )
    }
  })

  test('throws DataLossError for a bad snappy stream, also where its checksum is right', async () => {
    const file = rawTable([{ contents, type: 1 }], () => ({ contents: rawBlock([]) }))
    await expect(readBlock(await opened(file), 't.index', first)).rejects.toThrow(DataLossError)
  })

  test.each([
    [0, 22, 4],
    [0, 2 ** 52, 2 ** 52],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 2 ** 53],
    [100, 0, 82],
  ])('throws DataLossError for offset %i and size %i before it reads', async (offset, length) => {
    const file = await opened(new Uint8Array(23))
    const reading = readBlock(file, 't.index', { offset, size: length })
    await expect(reading).rejects.toThrow(DataLossError)
    await expect(reading).rejects.toThrow('truncated block read')
    expect(file.reads).toBe(0)
  })
})
