/**
 * Random sets of tensors of format V1, cut at random and spread over files, against what is in memory.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { MemoryFileSystem } from '../../src/fs/memory'
import { type DType, DTYPES, dtypeInfo } from '../../src/tensor/dtype'
import { elementCount, ndarray, type NDArray, type Shape, type TensorSlice } from '../../src/tensor/ndarray'
import { savedField } from '../../src/tensor/saved-fields'
import { bytesFromKey, compareKeys } from '../../src/util/bytes'
import { contentOf } from '../oracle/golden'
import { cut, readV1, type Row, saveV1, withV1 } from '../helpers/v1'

const SEED = 20_151_109
const SAVED = DTYPES.filter((info) => savedField(info) > 0 && !/^uint(32|64)$/.test(info.name)).map(({ name }) => name)

/** A tensor, the coordinates at which it is cut, and what the parts lie in. */
interface Model {
  readonly name: string
  readonly value: NDArray
  readonly cuts: readonly (readonly number[])[]
  readonly shards: readonly number[]
}

function valueOf(dtype: DType, shape: Shape, seed: number): NDArray {
  const { Array: Items, lanes, size } = dtypeInfo(dtype)
  const count = elementCount(shape)
  const bits = Uint8Array.from({ length: count * Math.max(size, 1) }, (_, i) => Math.imul(seed + i, 0x9e3779b1) >>> 21)
  if (Items === undefined) return ndarray(dtype, shape, [...bits].map((byte) => new Uint8Array(byte % 5).fill(byte)) as never) // prettier-ignore
  const data = dtype === 'bool' ? bits.map((byte) => byte & 1) : new Items(bits.buffer, 0, count * lanes)
  return ndarray(dtype, shape, data as never)
}

const model = fc
  .record({
    name: fc.string({ unit: fc.constantFrom('a', 'b', '/', '\0', 'ÿ', '😀', '\uffff'), maxLength: 6 }),
    dtype: fc.constantFrom(...SAVED),
    shape: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
    seed: fc.nat(1000),
    whole: fc.boolean(),
    at: fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }), { minLength: 4, maxLength: 4 }),
    shards: fc.array(fc.nat(2), { minLength: 1, maxLength: 5 }),
  })
  .map(({ name, dtype, shape, seed, whole, at, shards }): Model => {
    const cuts =
      whole || shape.includes(0) ? [] : shape.map((size, i) => [...new Set(at[i])].filter((one) => one < size))
    return { name, value: valueOf(dtype, shape, seed), cuts, shards }
  })

/** The parts between the cuts: one for all where there is none. */
function slicesOf({ value: { shape }, cuts }: Model): (TensorSlice | undefined)[] {
  if (cuts.every((places) => places.length === 0)) return [undefined]
  return shape.reduce<TensorSlice[]>(
    (slices, size, axis) => {
      const ends = [0, ...[...(cuts[axis] ?? [])].sort((a, b) => a - b), size]
      const ranges = ends.slice(1).map((end, i) => [ends[i] ?? 0, end - (ends[i] ?? 0)] as const)
      return slices.flatMap((slice) => ranges.map((range) => [...slice, range]))
    },
    [[]],
  )
}

/** The rows of each file. */
function rowsOf(models: readonly Model[], files: number): Row[][] {
  const rows: Row[][] = Array.from({ length: files }, () => [])
  for (const one of models) {
    slicesOf(one).forEach((slice, i) => {
      const shard = (one.shards[i % one.shards.length] ?? 0) % files
      rows[shard]?.push([one.name, one.value.shape, slice, cut(one.value, slice)])
    })
  }
  return rows
}

function sameBits(a: NDArray | undefined, b: NDArray): void {
  expect(a && [a.dtype, a.shape, Buffer.from(contentOf(a)).toString('hex')]).toEqual([
    b.dtype,
    b.shape,
    Buffer.from(contentOf(b)).toString('hex'),
  ])
}

const models = fc.uniqueArray(model, { maxLength: 8, selector: ({ name }) => name })

test('tensors cut at random, over one file or three, are read again, whole and in any slice', async () => {
  await fc.assert(
    fc.asyncProperty(models, fc.constantFrom(1, 3), fc.nat(), async (all, files, pick) => {
      const fs = new MemoryFileSystem()
      const names = Array.from({ length: files }, (_, i) => (files === 1 ? 'm' : `m-0000${i}-of-0000${files}`))
      for (const [i, rows] of rowsOf(all, files).entries()) await saveV1(fs, names[i] ?? '', rows)
      await withV1(files === 1 ? 'm' : `m-?????-of-0000${files}`, { fs }, async (source) => {
        const sorted = [...all].sort((a, b) => compareKeys(a.name, b.name))
        expect([...source.tensors.keys()]).toEqual(sorted.map(({ name }) => name))
        const wanted = all.flatMap(({ name, value }, i) => [name, [name, someSlice(value.shape, pick + i)] as const])
        const read = await readV1(source, wanted)
        for (const [i, one] of all.entries()) {
          sameBits(read[2 * i], one.value)
          sameBits(read[2 * i + 1], cut(one.value, someSlice(one.value.shape, pick + i)))
        }
        for await (const { fault } of source.verify()) expect(fault).toBeUndefined()
      })
    }),
    { numRuns: 120, seed: SEED },
  )
})

/** Some part of a shape. */
function someSlice(shape: Shape, seed: number): TensorSlice {
  return shape.map((size, axis) => {
    const turn = (seed * 7 + axis * 13) >>> 0
    if (size === 0 || turn % 3 === 0) return undefined
    const start = turn % size
    return [start, 1 + (turn % (size - start))]
  })
}

test('a flipped byte gives a typed error, or the same values', async () => {
  const all = fc.sample(models, { numRuns: 3, seed: SEED }).reduce((a, b) => (b.length > a.length ? b : a))
  const fs = new MemoryFileSystem()
  await saveV1(fs, 'm', (rowsOf(all, 1)[0] ?? []).filter(([name]) => bytesFromKey(name).length > 0)) // prettier-ignore
  const file = fs.files.get('m') as Uint8Array
  for (let at = 0; at < file.length; at += 3) {
    file[at] = (file[at] as number) ^ (1 << (at % 8))
    const reader = await CheckpointReader.open('m', { fs }).catch((error: unknown) => {
      expect((error as { code?: string }).code, `byte ${at}`).toMatch(/^(DATA_LOSS|INTERNAL|NOT_FOUND|OUT_OF_RANGE)$/)
    })
    for (const { name, value } of reader === undefined ? [] : all) {
      if (!reader?.hasTensor(name)) continue
      const read = await reader.getTensor(name).catch((error: unknown) => {
        expect((error as { code?: string }).code, `byte ${at}`).toBe('DATA_LOSS')
      })
      if (read !== undefined) sameBits(read, value)
    }
    await reader?.close()
    file[at] = (file[at] as number) ^ (1 << (at % 8))
  }
})
