import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { array } from '../../src/tensor/convert'
import { type DType, DTYPES } from '../../src/tensor/dtype'
import { formatArray, formatBytes } from '../../src/tensor/format-array'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { anyValue, fromBytes } from './values'

/** What numpy printed; the bytes are cycled until the shape is full. */
interface Printed {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly hex?: string
  readonly strings?: readonly string[]
  readonly text: string
}

const golden: readonly Printed[] = JSON.parse(
  readFileSync(new URL('../golden/format-array.json', import.meta.url), 'utf8'),
)

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function valueOf({ dtype, shape, hex, strings }: Printed): NDArray {
  if (strings === undefined) return fromBytes(dtype, shape, bytesOfHex(hex ?? ''))
  return ndarray(dtype as 'string' | 'variant', shape, strings.map(bytesOfHex))
}

const dtypes = [...new Set(golden.map((printed) => printed.dtype))]

describe('formatArray() prints as numpy does', () => {
  test('in every dtype', () => {
    expect([...dtypes].sort()).toEqual(DTYPES.map((info) => info.name).sort())
  })

  test.each(dtypes)('%s', (dtype) => {
    for (const printed of golden.filter((one) => one.dtype === dtype)) {
      expect(formatArray(valueOf(printed)), `${printed.shape} ${printed.hex?.slice(0, 80)}`).toBe(printed.text)
    }
  })
})

test('formatArray() prints the examples of the documentation', () => {
  expect(formatArray(array([1, 1, 1]))).toBe('[1. 1. 1.]')
  expect(
    formatArray(
      array([
        [1, 2.5],
        [3, 4],
      ]),
    ),
  ).toBe('[[1.  2.5]\n [3.  4. ]]')
  expect(formatArray(array(['a', 'é']))).toBe("[b'a' b'\\xc3\\xa9']")
})

test.each(DTYPES.map((info) => info.name))('formatArray() prints any %s without an error', (dtype) => {
  fc.assert(
    fc.property(anyValue(dtype), (value) => {
      const text = formatArray(value)
      expect(text.startsWith('[')).toBe(value.shape.length > 0)
      expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/)
    }),
    { numRuns: 40 },
  )
})

test('formatArray() reads the elements that it shows, and no others', () => {
  const data = new Float32Array(2_000_000).fill(1)
  data[1000] = 1e-30
  expect(formatArray(ndarray('float32', [2_000_000], data))).toBe('[1. 1. 1. ... 1. 1. 1.]')
})

test('formatBytes() chooses its quote as Python does', () => {
  expect(formatBytes(new TextEncoder().encode('it\'s "b"'))).toBe("b'it\\'s \"b\"'")
  expect(formatBytes(new TextEncoder().encode("it's"))).toBe('b"it\'s"')
})
