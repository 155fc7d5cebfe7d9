import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bytesFromKey,
  compareBytes,
  compareKeys,
  concatBytes,
  EMPTY_BYTES,
  hasLoneSurrogate,
  keyFromBytes,
  sharedPrefix,
} from '../../src/util/bytes'
import { InvalidArgumentError } from '../../src/util/errors'

/** [bytes in hex, text]: made by tests/oracle/make_bytes_golden.py. */
const golden = JSON.parse(
  readFileSync(new URL('../golden/surrogateescape.json', import.meta.url), 'utf8'),
) as readonly (readonly [hex: string, text: string])[]

const anyBytes = fc.uint8Array({ maxLength: 40 })
/** Of few values, so that two of them often begin alike. */
const alikeBytes = fc
  .array(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), { maxLength: 6 })
  .map((list) => Uint8Array.from(list))
/** Pieces of UTF-8 in any order: sequences, halves of sequences and strays. */
const brokenText = fc
  .array(
    fc.constantFrom(
      '61',
      'c3a9',
      'e282ac',
      'f09f9880',
      'c3',
      'e282',
      'f09f98',
      '80',
      'eda080',
      'edb280',
      'efbbbf',
      'ff',
    ),
  )
  .map((list) => Uint8Array.from(Buffer.from(list.join(''), 'hex')))

describe('compareBytes()', () => {
  test('orders as Buffer.compare does', () => {
    fc.assert(
      fc.property(fc.oneof(anyBytes, alikeBytes), fc.oneof(anyBytes, alikeBytes), (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b))
      }),
      { numRuns: 500 },
    )
  })

  test('sorts text by code points and not by UTF-16 units (v2-key-order-is-bytewise)', () => {
    const keys = ['b', '\u{1d49c}', '\uffee', 'é', 'a', 'a/b', 'a-b', '_x', 'B']
    const sorted = keys.sort((a, b) => compareBytes(bytesFromKey(a), bytesFromKey(b)))
    expect(sorted).toEqual(['B', '_x', 'a', 'a-b', 'a/b', 'b', 'é', '\uffee', '\u{1d49c}'])
  })
})

test('compareKeys() orders keys as compareBytes() orders their bytes', () => {
  const anyKey = fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), brokenText.map(keyFromBytes))
  fc.assert(
    fc.property(anyKey, anyKey, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(compareBytes(bytesFromKey(a), bytesFromKey(b))))
    }),
    { numRuns: 500 },
  )
  expect(['\u{1d49c}', '\uffee', 'b', 'a', '\udcff'].sort(compareKeys)).toEqual([
    'a',
    'b',
    '\uffee',
    '\u{1d49c}',
    '\udcff',
  ])
})

test('sharedPrefix() counts the bytes in common, from the first', () => {
  fc.assert(
    fc.property(anyBytes, anyBytes, anyBytes, (start, a, b) => {
      const [first, second] = [concatBytes([start, a]), concatBytes([start, b])]
      const shared = sharedPrefix(first, second)
      expect(shared).toBeGreaterThanOrEqual(start.length)
      expect(first.subarray(0, shared)).toEqual(second.subarray(0, shared))
      if (shared < Math.min(first.length, second.length)) expect(first[shared]).not.toBe(second[shared])
    }),
  )
})

test('concatBytes() joins in order, in memory of its own', () => {
  const part = Uint8Array.of(1, 2)
  const joined = concatBytes([part, EMPTY_BYTES, Uint8Array.of(3), part])
  part[0] = 9
  expect([...joined]).toEqual([1, 2, 3, 1, 2])
  expect(concatBytes([]).length).toBe(0)
})

describe('keyFromBytes() and bytesFromKey()', () => {
  test('are what Python reads and writes with surrogateescape', () => {
    expect(golden.length).toBeGreaterThanOrEqual(200)
    for (const [hex, text] of golden) {
      const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
      expect([hex, keyFromBytes(bytes)]).toEqual([hex, text])
      expect(Buffer.from(bytesFromKey(text)).toString('hex')).toBe(hex)
    }
  })

  test('lose nothing, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.oneof(anyBytes, brokenText), (bytes) => {
        expect(bytesFromKey(keyFromBytes(bytes))).toEqual(bytes)
      }),
      { numRuns: 1000 },
    )
  })

  test('are UTF-8 for every string that has it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(hasLoneSurrogate(text)).toBe(false)
        const bytes = bytesFromKey(text)
        expect(Buffer.compare(bytes, Buffer.from(text))).toBe(0)
        expect(keyFromBytes(bytes)).toBe(text)
      }),
    )
  })

  test.each([0, 1, 255, 256, 257, 100_000])('take keys of %i bytes', (length) => {
    const plain = new Uint8Array(length).fill(0x61)
    expect(keyFromBytes(plain)).toBe('a'.repeat(length))
    const stray = plain.slice().fill(0xff, 0, 1)
    expect(keyFromBytes(stray)).toBe(length === 0 ? '' : `\udcff${'a'.repeat(length - 1)}`)
    expect(Buffer.compare(bytesFromKey(keyFromBytes(stray)), stray)).toBe(0)
  })

  test('keep a byte order mark, first or not', () => {
    const mark = Uint8Array.of(0xef, 0xbb, 0xbf)
    expect(keyFromBytes(mark)).toBe('\ufeff')
    expect(keyFromBytes(concatBytes([mark, Uint8Array.of(0xff), mark]))).toBe('\ufeff\udcff\ufeff')
  })
})

describe('bytesFromKey()', () => {
  test.each(['\ud800', '\udbff', '\udc00', '\udc7f', '\udd00', '\udfff', 'a\udc80\ud800', '\udc00\ud800'])(
    'throws InvalidArgumentError for %j: no byte is written so',
    (key) => {
      expect(hasLoneSurrogate(key)).toBe(true)
      expect(() => bytesFromKey(key)).toThrow(InvalidArgumentError)
    },
  )

  test('names the half that stands alone', () => {
    expect(() => bytesFromKey('w\ud83d')).toThrow('Cannot write the key "w\\ud83d": U+D83D stands alone')
  })

  test('takes a high half before an escape for the pair that it is', () => {
    expect([...bytesFromKey('\ud800\udc80\udc80')]).toEqual([0xf0, 0x90, 0x82, 0x80, 0x80])
  })
})
