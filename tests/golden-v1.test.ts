/**
 * The golden checkpoints of format V1, in both directions: what TensorFlow wrote is read bit for bit, and written again byte
 * for byte. make_v1_golden.py makes them.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../src/fs/memory'
import { type NDArray } from '../src/tensor/ndarray'
import { parseSliceSpec } from '../src/train/slice-spec'
import { hex } from './helpers/bundle'
import { cut, readV1, type Row, saveV1, withV1 } from './helpers/v1'
import { differences, GOLDEN_DIR, goldenFile, type GoldenTensor } from './oracle/golden'

interface GoldenV1 {
  readonly name: string
  readonly path: string
  readonly bent?: string
  /** For each file what was saved in it, in order: key, and shape and slice. */
  readonly saves: Readonly<Record<string, readonly (readonly [key: string, spec: string])[]>>
  readonly tensors: readonly GoldenTensor[]
}

const { goldens } = JSON.parse(readFileSync(`${GOLDEN_DIR}/v1/manifest.json`, 'utf8')) as { goldens: GoldenV1[] }

function fileSystemOf(one: GoldenV1): MemoryFileSystem {
  const fs = new MemoryFileSystem()
  for (const file of Object.keys(one.saves)) fs.files.set(file, goldenFile(`v1/${file}`))
  return fs
}

function valuesOf(one: GoldenV1, fs = fileSystemOf(one)): Promise<NDArray[]> {
  return withV1(one.path, { fs }, (source) => {
    return readV1(
      source,
      one.tensors.map(({ key }) => key),
    )
  })
}

function found(one: GoldenV1, values: readonly NDArray[]): string[] {
  return one.tensors.flatMap((tensor, i) => differences(tensor, values[i] as NDArray))
}

describe.each(goldens.map((one) => [one.name, one] as const))('V1 golden %s', (_, one) => {
  test('every tensor is read bit for bit', async () => {
    expect(found(one, await valuesOf(one))).toEqual([])
  })

  test('the tensors are listed in the order of their keys, with dtypes and shapes', async () => {
    await withV1(one.path, { fs: fileSystemOf(one) }, async (source) => {
      const listed = [...source.tensors.values()].map(({ key, dtype, shape }) => [key, dtype.name, shape])
      const expected = one.tensors.map(({ key, dtype, shape }) => [key, dtype, shape] as const)
      const bytes = (key: string): Buffer => Buffer.from(key)
      expect(listed).toEqual(expected.sort(([a], [b]) => Buffer.compare(bytes(a), bytes(b))))
    })
  })

  test('verify() reads every record without a fault', async () => {
    await withV1(one.path, { fs: fileSystemOf(one) }, async (source) => {
      let [tensors, bytes] = [0, 0]
      for await (const part of source.verify()) {
        expect(part.fault).toBeUndefined()
        tensors++
        bytes += part.bytes
      }
      expect({ tensors, bytes }).toEqual(source.stored)
    })
  })
})

const rewritable = goldens.filter((one) => one.bent === undefined)

test.each(rewritable.map((one) => [one.name, one] as const))(
  'V1 golden %s is written again byte for byte',
  async (_, one) => {
    const values = new Map((await valuesOf(one)).map((value, i) => [one.tensors[i]?.key, value]))
    const fs = new MemoryFileSystem()
    for (const [file, saves] of Object.entries(one.saves)) {
      const rows = saves.map(([key, spec]): Row => {
        const value = values.get(key) as NDArray
        const slice = parseSliceSpec(spec)?.slice
        return [key, value.shape, slice, cut(value, slice)]
      })
      await saveV1(fs, file, rows)
      expect(hex(fs.files.get(file)) === hex(goldenFile(`v1/${file}`)), file).toBe(true)
    }
    expect([...fs.files.keys()]).toEqual(Object.keys(one.saves))
  },
)

test('V1: what is bent holds what the plain form holds', () => {
  expect(goldens.filter((one) => one.bent !== undefined).map(({ name }) => name)).toEqual(['snappy', 'unpacked'])
})

test('V1: every dtype that TensorFlow writes is in a golden', () => {
  const dtypes = new Set(goldens.flatMap((one) => one.tensors.map(({ dtype }) => dtype)))
  expect(dtypes.size).toBe(16)
})
