import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeStringTensor, encodeStringHeader } from '../../src/checkpoint/string-tensor'
import { concatBytes } from '../../src/util/bytes'
import { ByteWriter } from '../../src/util/coding'
import { crc32c, maskCrc } from '../../src/util/crc32c'
import { DataLossError } from '../../src/util/errors'

const PLACE = { path: 'm.data-00000-of-00001', key: 's', offset: 100 }
const CHECKED = { verifyChecksums: true, bigEndian: false }

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The tensor's bytes, and the unmasked checksum of its entry. */
function encoded(elements: readonly Uint8Array[]): { bytes: Uint8Array; crc: number } {
  const header = encodeStringHeader(elements)
  return { bytes: concatBytes([header.bytes, ...elements]), crc: crc32c(concatBytes(elements), header.crc) }
}

function decoded(bytes: Uint8Array, count: number, options = CHECKED): ReturnType<typeof decodeStringTensor> {
  return decodeStringTensor(bytes, count, PLACE, options)
}

/** TensorFlow wrote these: v2-string-scalar-and-empty, v2-string-vector, v2-string-crc-recipe. */
const VECTORS: readonly (readonly [
  what: string,
  elements: readonly Uint8Array[],
  hex: string | undefined,
  crc: number,
])[] = [
  ['a scalar', [utf8('scalar')], '061c03ee557363616c6172', 0x76b65f05],
  ['no elements', [], 'd8ea82a2', 0x640cc1f6],
  ['the empty string', [utf8('')], '00a67b113a', 0xbe0767bd],
  [
    'five strings',
    [utf8('a'), utf8(''), utf8('héllo'), utf8('x\0y'), utf8('z'.repeat(200))],
    `01000603c80120dc6cf96168c3a96c6c6f780079${'7a'.repeat(200)}`,
    0xef8f59b0,
  ],
  ['a string of 300', [utf8('ab'), utf8(''), utf8('q'.repeat(300))], undefined, 0x51d26881],
]

describe.each(VECTORS)('%s', (_, elements, hex, crc) => {
  test('is written as TensorFlow writes it', () => {
    const tensor = encoded(elements)
    if (hex !== undefined) expect(Buffer.from(tensor.bytes).toString('hex')).toBe(hex)
    expect(maskCrc(tensor.crc)).toBe(crc)
  })

  test('is read, with the checksum of its entry', () => {
    const tensor = decoded(encoded(elements).bytes, elements.length)
    expect(tensor.elements).toEqual(elements)
    expect(maskCrc(tensor.crc)).toBe(crc)
  })
})

/** The tensor that a big-endian machine writes: varints and text are the same, words are not. */
function bigEndian(elements: readonly Uint8Array[]): { bytes: Uint8Array; crc: number } {
  const lengths = new ByteWriter()
  for (const element of elements) lengths.varint64(element.length)
  const words = new DataView(new ArrayBuffer(4 * elements.length))
  elements.forEach((element, i) => words.setUint32(4 * i, element.length))
  const lengthCrc = crc32c(new Uint8Array(words.buffer))
  const stored = new DataView(new ArrayBuffer(4))
  stored.setUint32(0, maskCrc(lengthCrc))
  const tail = concatBytes([new Uint8Array(stored.buffer), ...elements])
  return { bytes: concatBytes([lengths.view(), tail]), crc: crc32c(tail, lengthCrc) }
}

describe('decodeStringTensor()', () => {
  const anyElements = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.nat(300).map((n) => new Uint8Array(n).fill(n)),
    ),
  )

  test('gives back what was written, of either byte order', () => {
    fc.assert(
      fc.property(anyElements, fc.boolean(), (elements, big) => {
        const tensor = big ? bigEndian(elements) : encoded(elements)
        const { elements: found, crc } = decoded(tensor.bytes, elements.length, { ...CHECKED, bigEndian: big })
        expect(found.map((element) => [...element])).toEqual(elements.map((element) => [...element]))
        expect(crc).toBe(tensor.crc)
      }),
    )
  })

  test('gives views, and works on a view', () => {
    const inner = encoded([utf8('ab'), utf8('c')]).bytes
    const outer = concatBytes([utf8('xyz'), inner, utf8('xyz')])
    const { elements } = decoded(outer.subarray(3, 3 + inner.length), 2)
    outer.fill(0x71)
    expect(elements.map((element) => new TextDecoder().decode(element))).toEqual(['qq', 'q'])
    const big = bigEndian([utf8('ab')])
    const shifted = concatBytes([utf8('xyz'), big.bytes]).subarray(3)
    expect(decoded(shifted, 1, { ...CHECKED, bigEndian: true }).crc).toBe(big.crc)
  })

  test('takes no bytes for no elements, as TensorFlow does', () => {
    expect(decoded(new Uint8Array(0), 0)).toEqual({ elements: [], crc: 0 })
  })

  test("throws DataLossError with TensorFlow's numbers for lengths that do not have their checksum", () => {
    const { bytes } = encoded([utf8('scalar')])
    bytes[1] = 0x1d
    expect(() => decoded(bytes, 1)).toThrow(DataLossError)
    expect(() => decoded(bytes, 1)).toThrow(
      /^The length checksum does not match: expected \d{8,10} but actual is \d{8,10}: the lengths of the string tensor s at byte 100 of m\.data/,
    )
  })

  test('reads on over a wrong length checksum where none is wanted', () => {
    const { bytes } = encoded([utf8('scalar')])
    bytes[1] = 0x1d
    const { elements } = decoded(bytes, 1, { ...CHECKED, verifyChecksums: false })
    expect(elements).toEqual([utf8('scalar')])
  })

  test('of the other byte order is a DataLossError', () => {
    expect(() => decoded(bigEndian([utf8('ab')]).bytes, 1)).toThrow('The length checksum does not match')
    expect(() => decoded(encoded([utf8('ab')]).bytes, 1, { ...CHECKED, bigEndian: true })).toThrow(DataLossError)
  })

  test('with any bit flipped throws DataLossError or has another checksum', () => {
    const tensor = encoded([utf8('ab'), utf8(''), utf8('cde')])
    for (let bit = 0; bit < 8 * tensor.bytes.length; bit++) {
      const damaged = tensor.bytes.slice()
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      try {
        expect(decoded(damaged, 3).crc).not.toBe(tensor.crc)
      } catch (error) {
        if (!(error instanceof DataLossError)) throw error
      }
    }
  })

  test('that is cut anywhere throws DataLossError', () => {
    const { bytes } = encoded([utf8('ab'), utf8(''), utf8('cde')])
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decoded(bytes.subarray(0, length), 3), `cut at ${length}`).toThrow(DataLossError)
    }
  })

  test('with more bytes than the elements have throws DataLossError', () => {
    const { bytes } = encoded([utf8('ab')])
    expect(() => decoded(concatBytes([bytes, utf8('xyz')]), 1)).toThrow('the strings leave 3 bytes of the tensor over')
  })

  test('with another number of elements throws DataLossError, and does no more work than it has bytes', () => {
    const { bytes } = encoded([utf8('ab'), utf8('cd')])
    for (const count of [0, 1, 3, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
      expect(() => decoded(bytes, count), String(count)).toThrow(DataLossError)
      expect(() => decoded(bytes, count, { ...CHECKED, verifyChecksums: false })).toThrow(DataLossError)
    }
  })

  test.each([false, true])('checks a length above 2^32-1 as a word of eight bytes (big-endian: %s)', (big) => {
    const writer = new ByteWriter()
    writer.varint64(3)
    writer.varint64(2 ** 32 + 5)
    writer.varint64(2 ** 32 - 1)
    const words = new DataView(new ArrayBuffer(16))
    words.setUint32(0, 3, !big)
    words.setBigUint64(4, 2n ** 32n + 5n, !big)
    words.setUint32(12, 2 ** 32 - 1, !big)
    const stored = new DataView(new ArrayBuffer(4))
    stored.setUint32(0, maskCrc(crc32c(new Uint8Array(words.buffer))), !big)
    writer.append(new Uint8Array(stored.buffer))
    writer.append(utf8('abc'))
    // The checksum is right: what is wrong is that the bytes are not there.
    expect(() => decoded(writer.take(), 3, { ...CHECKED, bigEndian: big })).toThrow('4294967301 bytes are announced')
  })

  test('with a negative length throws DataLossError, also without checksums', () => {
    const writer = new ByteWriter()
    writer.varint64(-1)
    writer.fixed32(0)
    expect(() => decoded(writer.view(), 1)).toThrow(DataLossError)
    expect(() => decoded(writer.view(), 1, { ...CHECKED, verifyChecksums: false })).toThrow('-1 bytes are announced')
  })
})
