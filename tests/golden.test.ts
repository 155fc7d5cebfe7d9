/**
 * The golden checkpoints, in both directions: what TensorFlow wrote is read bit for bit, and written again byte for byte.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../src/checkpoint/checkpoint-reader'
import { TensorBundleReader } from '../src/checkpoint/tensor-bundle-reader'
import { MemoryFileSystem } from '../src/fs/memory'
import { DTYPES } from '../src/tensor/dtype'
import { type NDArray } from '../src/tensor/ndarray'
import { Saver } from '../src/train/saver'
import { keyFromBytes } from '../src/util/bytes'
import { type Saveable } from '../src/variables/saveable'
import { hex, saveV2 } from './helpers/bundle'
import {
  differences,
  golden,
  type Golden,
  goldenBytes,
  goldenFiles,
  goldens,
  keyBytes,
  rewritableGoldens,
} from './oracle/golden'

function fileSystemOf(one: Golden): MemoryFileSystem {
  const fs = new MemoryFileSystem()
  for (const [path, bytes] of goldenFiles(one)) fs.files.set(path, bytes)
  return fs
}

function keyOf(tensor: Golden['tensors'][number]): string {
  return keyFromBytes(keyBytes(tensor))
}

/** Every value of a golden, in the order in which it was saved. */
async function valuesOf(one: Golden): Promise<[key: string, value: NDArray][]> {
  const reader = await CheckpointReader.open(one.prefix, { fs: fileSystemOf(one) })
  const values: [string, NDArray][] = []
  for (const tensor of one.tensors) values.push([keyOf(tensor), await reader.getTensor(keyOf(tensor))])
  return values
}

/** A value as the object of a caller's own that a Saver saves. */
function saveableOf(value: NDArray): Saveable {
  return { dtype: value.dtype, shape: value.shape, read: () => value, assign: () => undefined }
}

/** Large byte arrays compare as text: a difference then prints in reasonable time. */
function expectSameFile(fs: MemoryFileSystem, path: string, expected: Uint8Array): void {
  const bytes = fs.files.get(path)
  expect(bytes?.length).toBe(expected.length)
  expect(hex(bytes) === hex(expected)).toBe(true)
}

describe.each(goldens().map((one) => [one.name, one] as const))('golden %s', (_, one) => {
  test('CheckpointReader.getTensor() reads every tensor bit for bit', async () => {
    const values = await valuesOf(one)
    const found = one.tensors.flatMap((tensor, i) => differences(tensor, (values[i] as [string, NDArray])[1]))
    expect(found).toEqual([])
  })

  test('CheckpointReader.tensors() streams every tensor bit for bit, with one buffer or with many', async () => {
    const expected = new Map(one.tensors.map((tensor) => [keyOf(tensor), tensor]))
    for (const reuseBuffer of [false, true]) {
      const reader = await CheckpointReader.open(one.prefix, { fs: fileSystemOf(one) })
      const seen = new Set<string>()
      for await (const [name, value] of reader.tensors({ reuseBuffer })) {
        seen.add(name)
        expect(differences(expected.get(name) as Golden['tensors'][number], value)).toEqual([])
      }
      expect(seen.size).toBe(expected.size)
    }
  })

  test('CheckpointReader.verify() finds no fault and counts every byte', async () => {
    const reader = await CheckpointReader.open(one.prefix, { fs: fileSystemOf(one) })
    const report = await reader.verify()
    expect(report).toEqual({ tensors: one.tensors.length, bytes: goldenBytes(one).data.length, faults: [] })
  })

  test('TensorBundleReader finds each key by itself, in the order of the keys’ bytes', async () => {
    const reader = await TensorBundleReader.open(one.prefix, { fs: fileSystemOf(one) })
    const keys: string[] = []
    for await (const key of reader.keys()) keys.push(key)
    const sorted = one.tensors.map(keyBytes).sort((a, b) => Buffer.compare(a, b))
    expect(keys).toEqual(sorted.map(keyFromBytes))
    for (const tensor of one.tensors.slice(0, 100)) {
      expect(await reader.lookupDtypeAndShape(keyOf(tensor))).toEqual({ dtype: tensor.dtype, shape: tensor.shape })
      expect(differences(tensor, await reader.lookup(keyOf(tensor)))).toEqual([])
      expect(await reader.contains(`${keyOf(tensor)}~`)).toBe(false)
    }
  })
})

describe.each(rewritableGoldens().map((one) => [one.name, one] as const))('golden %s, written again', (_, one) => {
  test('TensorBundleWriter writes TensorFlow’s index and data byte for byte', async () => {
    const fs = new MemoryFileSystem()
    await saveV2(fs, 'm', await valuesOf(one))
    const { index, data } = goldenBytes(one)
    expectSameFile(fs, 'm.index', index)
    expectSameFile(fs, 'm.data-00000-of-00001', data)
  })
})

const bySaver = rewritableGoldens().filter((one) => one.by === 'Saver')

test.each(bySaver.map((one) => [one.name, one] as const))(
  'golden %s, written again by a Saver from a map',
  async (_, one) => {
    const fs = new MemoryFileSystem()
    const values = await valuesOf(one)
    await new Saver(new Map(values.map(([key, value]) => [key, saveableOf(value)])), { fs }).save('m')
    const { index, data } = goldenBytes(one)
    expectSameFile(fs, 'm.index', index)
    expectSameFile(fs, 'm.data-00000-of-00001', data)
  },
)

test('The goldens hold every dtype but variant', () => {
  const held = new Set(goldens().flatMap((one) => one.tensors.map((tensor) => tensor.dtype)))
  const all = DTYPES.map((info) => info.name).filter((name) => name !== 'variant')
  expect([...held].sort()).toEqual(all.sort())
})

test('The goldens hold every shape that is asked for, of every dtype of plain variables', () => {
  const shapes = ['', '0', '3,0,2', '5', '2,1,3,2']
  const found = new Set(golden('dtypes').tensors.map((tensor) => `${tensor.dtype} ${tensor.shape}`))
  const dtypes = new Set(golden('dtypes').tensors.map((tensor) => tensor.dtype))
  expect(dtypes.size).toBe(16)
  for (const dtype of dtypes) for (const shape of shapes) expect(found).toContain(`${dtype} ${shape}`)
})
