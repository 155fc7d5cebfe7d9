import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DTYPES } from '../../src/tensor/dtype'
import { elementCount, ndarray } from '../../src/tensor/ndarray'
import {
  GOLDEN_DIR,
  differences,
  expectedBytes,
  golden,
  goldenBytes,
  goldenFile,
  goldens,
  keyBytes,
  rewritableGoldens,
} from './golden'

describe('the goldens', () => {
  test('have every file that the manifest names, and no other', () => {
    const named = goldens().flatMap((one) => one.files)
    const there = goldens().flatMap((one) =>
      readdirSync(`${GOLDEN_DIR}/${one.name}`).map((file) => `${one.name}/${file}`),
    )
    expect([...there].sort()).toEqual([...named].sort())
  })

  test('are small enough to be committed', () => {
    const files = ['manifest.json', ...goldens().flatMap((one) => one.files)]
    expect(files.reduce((bytes, file) => bytes + goldenFile(file).length, 0)).toBeLessThan(1_500_000)
  })

  test('hold every dtype in every shape', () => {
    const held = new Set(
      rewritableGoldens().flatMap((one) => one.tensors.map((tensor) => `${tensor.dtype} ${tensor.shape}`)),
    )
    const dtypes = DTYPES.map((info) => info.name).filter((name) => name !== 'variant')
    for (const dtype of dtypes) {
      for (const shape of ['', '0', '3,0,2', '5', '2,1,3,2']) expect(held).toContain(`${dtype} ${shape}`)
    }
  })

  test('have data files that are the elements, one after the other, where the manifest has them in full', () => {
    for (const one of rewritableGoldens()) {
      const parts = one.tensors.map((tensor) => (tensor.dtype === 'string' ? undefined : expectedBytes(tensor)))
      if (parts.includes(undefined)) continue
      const joined = Buffer.concat(parts.filter((part) => part !== undefined))
      expect(Buffer.compare(joined, goldenBytes(one).data), one.name).toBe(0)
    }
  })

  test('are in one order of keys in the manifest, but for the one that is saved in another', () => {
    for (const one of goldens()) {
      const keys = one.tensors.map(keyBytes)
      const sorted = [...keys].sort(Buffer.compare)
      expect(
        keys.every((key, i) => key === sorted[i]),
        one.name,
      ).toBe(one.name !== 'order')
    }
  })

  test('take several blocks of index where there are many names', () => {
    expect(golden('many').tensors.length).toBe(3000)
    expect(goldenBytes(golden('many')).index.length).toBeGreaterThan(2 * 262144)
  })

  test('have two checkpoints of under 200 bytes', () => {
    for (const name of ['tiny', 'tiny-string']) {
      const { index, data } = goldenBytes(golden(name))
      expect(index.length + data.length).toBeLessThan(200)
    }
  })
})

describe('differences()', () => {
  const tiny = golden('tiny').tensors[0]
  if (tiny === undefined) throw new Error('the golden tiny is empty')

  test('finds none in the value itself', () => {
    expect(differences(tiny, ndarray('float32', [], Float32Array.of(1.5)))).toEqual([])
  })

  test('finds another bit, another shape and another dtype', () => {
    expect(differences(tiny, ndarray('float32', [], Float32Array.of(-1.5)))).toEqual(['v: other elements'])
    expect(differences(tiny, ndarray('float32', [1], Float32Array.of(1.5)))).toEqual(['v: shape [1], expected []'])
    const other = ndarray('int32', [], Int32Array.of(0x3fc00000))
    expect(differences(tiny, other)).toEqual(['v: dtype int32, expected float32'])
  })

  test('compares large values too, by their digest', () => {
    const large = golden('dtypes').tensors.find((tensor) => tensor.key === 'complex128/box')
    if (large === undefined) throw new Error('no complex128/box')
    const value = ndarray('complex128', large.shape, new Float64Array(2 * elementCount(large.shape)))
    expect(differences(large, value)).toEqual(['complex128/box: other elements'])
  })
})
