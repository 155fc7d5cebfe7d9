import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DataFileWriter } from '../../src/checkpoint/data-file-writer'
import { writeTensor } from '../../src/checkpoint/tensor-data-writer'
import { decodeVariantTensor } from '../../src/checkpoint/variant-tensor'
import { ndarray } from '../../src/tensor/ndarray'
import { concatBytes } from '../../src/util/bytes'
import { DataLossError, OpError } from '../../src/util/errors'
import { hex } from '../helpers/bundle'

const PLACE = { path: 'm.data-00000-of-00001', key: 'v', offset: 100 }
const CHECKED = { verifyChecksums: true, bigEndian: false }

async function written(elements: readonly Uint8Array[]): Promise<{ bytes: Uint8Array; crc: number }> {
  const parts: Uint8Array[] = []
  const file = new DataFileWriter({
    append: async (bytes) => void parts.push(bytes.slice()),
    sync: async () => undefined,
    close: async () => undefined,
  })
  const crc = await writeTensor(file, ndarray('variant', [elements.length], elements))
  await file.flush()
  return { bytes: concatBytes(parts), crc }
}

describe('Variants', () => {
  test('are read as they were written, with the checksum of the entry', async () => {
    const elements = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(elements, async (all) => {
        const { bytes, crc } = await written(all)
        const found = decodeVariantTensor(bytes, all.length, PLACE, CHECKED)
        expect(found.elements.map(hex)).toEqual(all.map(hex))
        expect(found.crc).toBe(crc)
      }),
      { numRuns: 50 },
    )
  })

  test('of which there are none take no bytes', async () => {
    expect(await written([])).toEqual({ bytes: new Uint8Array(0), crc: 0 })
    expect(decodeVariantTensor(new Uint8Array(0), 0, PLACE, CHECKED)).toEqual({ elements: [], crc: 0 })
  })

  test('with a bit turned anywhere, or cut anywhere, are an error of this tensor', async () => {
    const { bytes } = await written([new Uint8Array(3), new Uint8Array(130)])
    for (let at = 0; at < bytes.length; at++) {
      const turned = bytes.slice()
      turned[at] = (turned[at] as number) ^ 1
      for (const wrong of [turned, bytes.subarray(0, at)]) {
        const read = (): unknown => decodeVariantTensor(wrong, 2, PLACE, CHECKED)
        expect(read).toThrow(DataLossError)
        expect(read).toThrow(/m\.data-00000-of-00001/)
      }
    }
  })

  test('say which checksum does not match', async () => {
    const { bytes } = await written([new Uint8Array(3), new Uint8Array(5)])
    bytes[10] = 7
    const read = (): unknown => decodeVariantTensor(bytes, 2, PLACE, CHECKED)
    expect(read).toThrow(/^The checksum after Variant 1 does not match\. Expected: \d{8,} Actual: \d{8,}/)
    expect(() => decodeVariantTensor(bytes, 2, PLACE, { ...CHECKED, verifyChecksums: false })).not.toThrow()
    const elements = decodeVariantTensor(bytes, 2, PLACE, { ...CHECKED, verifyChecksums: false }).elements
    expect(elements.map(({ length }) => length)).toEqual([3, 5])
  })

  test('are fewer or more than the shape says: a DataLossError', async () => {
    const { bytes } = await written([new Uint8Array(3)])
    for (const count of [0, 2, 2 ** 50]) {
      expect(() => decodeVariantTensor(bytes, count, PLACE, CHECKED)).toThrow(DataLossError)
    }
  })

  test('of a big-endian file are not read, as TensorFlow reads none', () => {
    expect(() => decodeVariantTensor(new Uint8Array(0), 0, PLACE, { ...CHECKED, bigEndian: true })).toThrow(OpError)
  })
})
