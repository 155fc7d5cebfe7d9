/**
 * Golden checkpoints with tensors in parts, in both directions: what TensorFlow wrote is read bit for bit, in its parts,
 * across them and as a whole, and written again byte for byte.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../src/checkpoint/checkpoint-reader'
import { mergeBundles } from '../src/checkpoint/merge-bundles'
import { TensorBundleReader } from '../src/checkpoint/tensor-bundle-reader'
import { TensorBundleWriter } from '../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../src/fs/memory'
import { DTYPES } from '../src/tensor/dtype'
import { type NDArray } from '../src/tensor/ndarray'
import { formatSlice } from '../src/tensor/tensor-slice'
import { keyFromBytes } from '../src/util/bytes'
import { errorOf, hex } from './helpers/bundle'
import { differences, keyBytes } from './oracle/golden'
import {
  type GoldenPart,
  hasContent,
  slicedFiles,
  type SlicedGolden,
  slicedGoldens,
  sliceOf,
} from './oracle/golden-slices'

const GOLDENS = slicedGoldens()

function fileSystemOf(one: SlicedGolden): MemoryFileSystem {
  return new MemoryFileSystem(slicedFiles(one))
}

function keyOf(part: GoldenPart): string {
  return keyFromBytes(keyBytes(part))
}

function parts(one: SlicedGolden): GoldenPart[] {
  return one.shards.flat()
}

const named = (goldens: readonly SlicedGolden[]): [string, SlicedGolden][] => goldens.map((one) => [one.name, one])

describe.each(named(GOLDENS))('golden slices/%s', (_, one) => {
  test('TensorBundleReader.lookupSlice() reads every part, and slices across parts, bit for bit', async () => {
    const reader = await TensorBundleReader.open(one.prefix, { fs: fileSystemOf(one) })
    for (const part of [...parts(one), ...one.reads]) {
      expect(differences(part, await reader.lookupSlice(keyOf(part), sliceOf(part)))).toEqual([])
    }
    await reader.close()
  })

  test('CheckpointReader.getSlice() reads the same', async () => {
    const reader = await CheckpointReader.open(one.prefix, { fs: fileSystemOf(one) })
    for (const part of [...parts(one), ...one.reads]) {
      expect(differences(part, await reader.getSlice(keyOf(part), sliceOf(part)))).toEqual([])
    }
  })

  test('lookup() and getTensor() read every whole; one with holes is an error', async () => {
    const bundle = await TensorBundleReader.open(one.prefix, { fs: fileSystemOf(one) })
    const reader = await CheckpointReader.open(one.prefix, { fs: fileSystemOf(one) })
    expect([...reader.getVariableToShapeMap().keys()].sort()).toEqual(one.tensors.map(keyOf).sort())
    for (const tensor of one.tensors) {
      const key = keyOf(tensor)
      expect(await bundle.lookupDtypeAndShape(key)).toEqual({ dtype: tensor.dtype, shape: tensor.shape })
      expect((await bundle.lookupTensorSlices(key)).map(formatSlice)).toEqual(tensor.slices)
      for (const work of [() => bundle.lookup(key), () => reader.getTensor(key)]) {
        if (hasContent(tensor)) expect(differences(tensor, await work())).toEqual([])
        else expect((await errorOf(work))[1]).toContain(`sufficient slices for partitioned tensor ${key} to restore in`)
      }
    }
  })

  test('tensors() streams every whole, and verify() finds no fault but holes', async () => {
    const reader = await CheckpointReader.open(one.prefix, { fs: fileSystemOf(one) })
    const expected = new Map(one.tensors.map((tensor) => [keyOf(tensor), tensor]))
    if (one.tensors.every(hasContent)) {
      const seen: string[] = []
      for await (const [name, value] of reader.tensors({ reuseBuffer: true })) {
        seen.push(name)
        expect(differences(expected.get(name) as GoldenPart, value)).toEqual([])
      }
      expect(seen.sort()).toEqual([...expected.keys()].sort())
    }
    const faulty = one.tensors.filter((tensor) => !hasContent(tensor))
    expect((await reader.verify()).faults.map(({ key }) => key)).toEqual(faulty.map(keyOf))
  })
})

/** Writes a golden's shards as they were written, each part a call. */
async function writeAgain(one: SlicedGolden, dataAlignment: number): Promise<MemoryFileSystem> {
  const reader = await TensorBundleReader.open(one.prefix, { fs: fileSystemOf(one) })
  const fs = new MemoryFileSystem()
  await fs.mkdir(one.prefix.slice(0, one.prefix.indexOf('/')))
  const prefixes = one.shards.map((_, shard) => (one.shards.length === 1 ? one.prefix : `temp/part-${shard}`))
  for (const [shard, items] of one.shards.entries()) {
    const writer = await TensorBundleWriter.create(prefixes[shard] as string, { fs, dataAlignment })
    for (const item of items) await addAgain(writer, item, await reader.lookupSlice(keyOf(item), sliceOf(item)))
    await writer.finish()
  }
  if (prefixes.length > 1) await mergeBundles(prefixes, one.prefix, { fs })
  return fs
}

async function addAgain(writer: TensorBundleWriter, item: GoldenPart, value: NDArray): Promise<void> {
  if (item.fullShape === undefined) await writer.add(keyOf(item), value)
  else await writer.addSlice(keyOf(item), item.fullShape, sliceOf(item), value)
}

function expectSameFiles(fs: MemoryFileSystem, one: SlicedGolden, files = one.files): void {
  const expected = slicedFiles(one)
  for (const file of files) expect([file, hex(fs.files.get(file))]).toEqual([file, hex(expected.get(file))])
}

describe('TensorBundleWriter', () => {
  const unbent = GOLDENS.filter((one) => one.bent === undefined)

  test.each(named(unbent))('writes golden slices/%s byte for byte', async (_, one) => {
    const fs = await writeAgain(one, 1)
    expectSameFiles(fs, one)
    expect([...fs.files.keys()].sort()).toEqual([...one.files].sort())
  })

  test('writes the golden with padding byte for byte, but for the index, whose blocks Python closes elsewhere', async () => {
    const padded = GOLDENS.filter((one) => one.alignment !== undefined)
    expect(padded).toHaveLength(1)
    for (const one of padded) {
      const fs = await writeAgain(one, one.alignment ?? 1)
      expectSameFiles(
        fs,
        one,
        one.files.filter((file) => file.includes('.data-')),
      )
      for (const [place, files] of [fileSystemOf(one), fs].entries()) {
        const reader = await TensorBundleReader.open(one.prefix, { fs: files })
        for (const part of parts(one)) {
          const found = differences(part, await reader.lookupSlice(keyOf(part), sliceOf(part)))
          expect([place, found]).toEqual([place, []])
        }
      }
    }
  })
})

test('The goldens hold parts of every dtype and of ranks 1 to 4', () => {
  const sliced = GOLDENS.flatMap(parts).filter((part) => part.slice !== undefined)
  expect(new Set(sliced.map((part) => part.dtype))).toEqual(new Set(DTYPES.map((info) => info.name)))
  expect(new Set(sliced.map((part) => part.shape.length))).toEqual(new Set([1, 2, 3, 4]))
})
