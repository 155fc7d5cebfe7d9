/**
 * Small checkpoints of TensorFlow's with one thing wrong, exhaustively: every bit flipped, every length cut off, a byte
 * more or less at every place, data of another save. Each is a typed error, or changes nothing; what may change without
 * harm is listed, byte by byte, with the reason.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { golden, goldenBytes, goldenFile, keyBytes } from '../oracle/golden'
import { type Bytes, DATA, fileSystemOf, INDEX, lookUp, type Pair, survey, type Survey } from './survey'

/** Bytes that nobody reads; `bits` where only some of them do not matter. */
interface Harmless {
  readonly from: number
  readonly to: number
  readonly bits?: number
  readonly why: string
}

const BLOCK = 'metaindex block, its type and checksum: always empty, and nobody reads it, TensorFlow neither'
const HANDLE = 'footer: where the metaindex block lies; the top bits say how long the number is'
const LAST = 'footer: the top bit of the last number says that it goes on, and the zero behind it adds nothing'
const ZEROS = 'footer: fills up to 40 bytes, read over by TensorFlow and LevelDB too'

/** Every byte of the index that may change, for each golden. Of the data none may. */
const HARMLESS: Readonly<Record<string, readonly Harmless[]>> = {
  tiny: [
    { from: 0x25, to: 0x32, why: BLOCK },
    { from: 0x45, to: 0x47, bits: 0x7f, why: HANDLE },
    { from: 0x48, to: 0x49, bits: 0x80, why: LAST },
    { from: 0x49, to: 0x6d, why: ZEROS },
  ],
  'tiny-string': [
    { from: 0x29, to: 0x36, why: BLOCK },
    { from: 0x49, to: 0x4b, bits: 0x7f, why: HANDLE },
    { from: 0x4c, to: 0x4d, bits: 0x80, why: LAST },
    { from: 0x4d, to: 0x71, why: ZEROS },
  ],
  'dtypes-quantized': [
    { from: 0x2c6, to: 0x2d3, why: BLOCK },
    { from: 0x2e7, to: 0x2ea, bits: 0x7f, why: HANDLE },
    { from: 0x2ec, to: 0x2ed, bits: 0x80, why: LAST },
    { from: 0x2ed, to: 0x30f, why: ZEROS },
  ],
}

function flipped(bytes: Bytes, bit: number): Bytes {
  const copy = bytes.slice()
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7))
  return copy
}

/** `put` in the place of `drop` bytes at `at`. */
function spliced(bytes: Bytes, at: number, drop: number, put: readonly number[]): Bytes {
  return Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + drop)])
}

function same(found: Survey, right: Survey): boolean {
  return found.errors.length === 0 && String(found.values) === String(right.values)
}

/** The bits of `bytes` that can flip without anything changing; all other flips are errors and give no wrong value. */
async function harmlessBits(
  bytes: Bytes,
  right: Survey,
  readWith: (bytes: Bytes) => Promise<Survey>,
): Promise<number[]> {
  const harmless: number[] = []
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const found = await readWith(flipped(bytes, bit))
    if (same(found, right)) harmless.push(bit)
    else expectDetected(found, right, `bit ${bit}`)
  }
  return harmless
}

/** An error at least, and what is read is right. */
function expectDetected(found: Survey, right: Survey, what: string): void {
  expect(found.errors.length, what).toBeGreaterThan(0)
  for (const value of found.values) expect(right.values, what).toContain(value)
  for (const error of found.errors) expect(error.path, `${what}: ${error.message}`).toMatch(/^m\.(index|data)/)
}

function bitsOf(harmless: readonly Harmless[]): number[] {
  return harmless.flatMap(({ from, to, bits = 0xff }) =>
    Array.from({ length: 8 * (to - from) }, (_, i) => 8 * from + i).filter((bit) => (bits >> (bit & 7)) & 1),
  )
}

describe.each(Object.entries(HARMLESS))('golden %s', (name, harmless) => {
  const one = golden(name)
  const pair: Pair = goldenBytes(one)
  const { index, data } = pair
  const keys = one.tensors.map((tensor) => Buffer.from(keyBytes(tensor)).toString())
  let right: Survey

  beforeAll(async () => {
    right = await survey(fileSystemOf(pair))
    expect(right.errors).toEqual([])
    expect(right.values.length).toBe(one.tensors.length)
  })

  test('index: every bit that flips is an error, but in the bytes that are listed as unread', async () => {
    const expected = bitsOf(harmless)
    expect(await harmlessBits(index, right, (bytes) => survey(fileSystemOf({ index: bytes, data })))).toEqual(expected)
    const lookUps = (bytes: Bytes): Promise<Survey> => lookUp(fileSystemOf({ index: bytes, data }), keys)
    expect(await harmlessBits(index, await lookUps(index), lookUps)).toEqual(expected)
  })

  test('data: every bit that flips is a DataLossError that names the tensor and where it lies', async () => {
    const messages: string[] = []
    const found = await harmlessBits(data, right, async (bytes) => {
      const result = await survey(fileSystemOf({ index, data: bytes }))
      for (const { code, key, path, message } of result.errors) {
        if (code !== 'DATA_LOSS' || path !== DATA || !keys.includes(String(key))) messages.push(message)
        if (!message.includes(`byte `) || !message.includes(DATA)) messages.push(message)
      }
      expect(result.errors.length).toBe(1)
      return result
    })
    expect(found).toEqual([])
    expect(messages).toEqual([])
  })

  test('index and data: without checksums, a flipped bit is a typed error, or values of the right size', async () => {
    // In the larger one every third bit, so that the test stays short.
    const step = index.length > 200 ? 3 : 1
    for (let bit = 0; bit < 8 * index.length; bit += step) {
      await survey(fileSystemOf({ index: flipped(index, bit), data }), { verifyChecksums: false })
      await lookUp(fileSystemOf({ index: flipped(index, bit), data }), keys.slice(0, 3), false)
    }
    for (let bit = 0; bit < 8 * data.length; bit += step) {
      await survey(fileSystemOf({ index, data: flipped(data, bit) }), { verifyChecksums: false })
    }
  })

  test('index, cut at any byte, is a DataLossError', async () => {
    for (let length = 0; length < index.length; length++) {
      for (const verifyChecksums of [true, false]) {
        const found = await survey(fileSystemOf({ index: index.slice(0, length), data }), { verifyChecksums })
        expect(found.values, `cut at ${length}`).toEqual([])
        expect(found.errors.map(({ code, path }) => [code, path])).toEqual([['DATA_LOSS', INDEX]])
      }
    }
  })

  test('data, cut at any byte, is an OutOfRangeError for each tensor that is not whole', async () => {
    for (let length = 0; length < data.length; length++) {
      for (const verifyChecksums of [true, false]) {
        const found = await survey(fileSystemOf({ index, data: data.slice(0, length) }), { verifyChecksums })
        expectDetected(found, right, `cut at ${length}`)
        expect(found.values.length + found.errors.length).toBe(keys.length)
        for (const { code, message, path } of found.errors) {
          expect([code, path]).toEqual(['OUT_OF_RANGE', DATA])
          expect(message).toMatch(/which has \d+: \d+ bytes are missing$/)
        }
      }
    }
  })

  test('index with a byte more or less anywhere is an error, or nothing that is read has moved', async () => {
    for (let at = 0; at <= index.length; at++) {
      for (const put of [[], [0], [0xff], [index[at] ?? 0]]) {
        const bytes = spliced(index, at, put.length === 0 ? 1 : 0, put)
        const found = await survey(fileSystemOf({ index: bytes, data }))
        // Between the index block and the footer, or in the number that the footer begins with and nobody needs.
        if (same(found, right)) expect(at).toBeGreaterThanOrEqual(index.length - 49)
        else expectDetected(found, right, `byte ${at}`)
        await survey(fileSystemOf({ index: bytes, data }), { verifyChecksums: false })
      }
    }
  })

  test('data with a byte more or less anywhere is an error, or the tensors have their bytes still', async () => {
    for (let at = 0; at <= data.length; at++) {
      for (const put of [[], [0], [0xff], [data[at] ?? 0]]) {
        const bytes = spliced(data, at, put.length === 0 ? 1 : 0, put)
        const found = await survey(fileSystemOf({ index, data: bytes }))
        if (same(found, right)) expect(bytes.subarray(0, data.length)).toEqual(data)
        else expectDetected(found, right, `byte ${at}`)
      }
    }
  })
})

test('The index of one save with the data of the next one of the same sizes is a DataLossError for what has changed', async () => {
  const file = (step: number, name: string): Bytes => goldenFile(`quickstart/my-model-${step}.${name}`)
  const index = file(280, 'index')
  const right = await survey(fileSystemOf({ index, data: file(280, 'data-00000-of-00001') }))
  const mixed = await survey(fileSystemOf({ index, data: file(290, 'data-00000-of-00001') }))
  expectDetected(mixed, right, 'mixed')
  expect(mixed.errors.map(({ code }) => code)).toEqual(['DATA_LOSS'])
  expect(mixed.errors.map(({ key }) => key)).toEqual(['global_step'])
})
