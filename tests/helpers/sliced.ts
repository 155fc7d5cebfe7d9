/**
 * Tensors that are cut into parts, slices of them made in memory, and bundles of them in either byte order.
 */
import fc from 'fast-check'
import { MemoryFileSystem } from '../../src/fs/memory'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import {
  type BundleEntry,
  decodeBundleEntry,
  encodeBundleEntry,
  encodeBundleHeader,
} from '../../src/proto/bundle-messages'
import { type DType, DTYPES, dtypeInfo, dtypeInfoByNumber, type NumericArray } from '../../src/tensor/dtype'
import { elementCount, ndarray, type NDArray, type Shape, type TensorSlice } from '../../src/tensor/ndarray'
import { EMPTY_BYTES } from '../../src/util/bytes'
import { ByteWriter } from '../../src/util/coding'
import { crc32c, maskCrc } from '../../src/util/crc32c'
import { entriesOf, tableBytes } from './bundle'

/** [start, length] for every dimension. */
export type Ranges = readonly (readonly [start: number, length: number])[]

/** A tensor, and the parts in which it is stored, in the order in which they are written; none for one that is whole. */
export interface Cut {
  readonly key: string
  readonly value: NDArray
  readonly parts: readonly TensorSlice[]
}

export const ALL_DTYPES: readonly DType[] = DTYPES.map(({ name }) => name)

/** Elements that tell one from the other, of any dtype: any bits for numbers. */
export function valueOf(dtype: DType, shape: Shape, seed = 1): NDArray {
  const { Array: Elements, lanes, size } = dtypeInfo(dtype)
  const count = elementCount(shape)
  if (Elements === undefined) {
    const elements = Array.from({ length: count }, (_, i) => new Uint8Array((seed + i) % 5).fill(seed * 31 + i))
    return ndarray(dtype, shape, elements as never)
  }
  const bytes = new Uint8Array(count * size)
  let state = seed | 1
  for (let i = 0; i < bytes.length; i++) bytes[i] = (state = Math.imul(state, 1664525) + 1013904223) >>> 24
  const data: NumericArray = new Elements(bytes.buffer, 0, count * lanes)
  return ndarray(dtype, shape, data as never)
}

/** The slice of a value: row after row of its last dimension. */
export function sliceOf(value: NDArray, slice: TensorSlice): NDArray {
  const { lanes, Array: Elements } = dtypeInfo(value.dtype)
  // A scalar is a row of one.
  const sizes = [1, ...value.shape]
  const ranges = [[0, 1] as const, ...value.shape.map((size, at) => slice[at] ?? ([0, size] as const))]
  const [first, length] = ranges.at(-1) ?? [0, 1]
  const rows = ranges
    .slice(0, -1)
    .reduce<number[]>(
      (indices, [start, count], at) =>
        indices.flatMap((index) => Array.from({ length: count }, (_, i) => index * (sizes[at] ?? 0) + start + i)),
      [0],
    )
  const places = rows.map((row) => row * (sizes.at(-1) ?? 0) + first)
  const shape = ranges.slice(1).map(([, count]) => count)
  if (Elements === undefined) {
    const elements = value.data as readonly Uint8Array[]
    return ndarray(value.dtype, shape, places.flatMap((place) => elements.slice(place, place + length)) as never)
  }
  const data = new Elements(places.length * length * lanes)
  // As bytes: NaNs keep their bits.
  const bytesOf = ({ buffer, byteOffset, byteLength }: NumericArray): Uint8Array =>
    new Uint8Array(buffer, byteOffset, byteLength)
  const [from, to, size] = [bytesOf(value.data as NumericArray), bytesOf(data), Elements.BYTES_PER_ELEMENT * lanes]
  places.forEach((place, i) => to.set(from.subarray(place * size, (place + length) * size), i * length * size))
  return ndarray(value.dtype, shape, data as never)
}

/** A box cut along random dimensions at random places, again and again; only where it has elements. */
function cuts(box: Ranges, depth: number): fc.Arbitrary<readonly Ranges[]> {
  const axes = box.flatMap(([, length], axis) => (length > 1 ? [axis] : []))
  if (depth === 0 || axes.length === 0) return fc.constant([box])
  const cut = fc.constantFrom(...axes).chain((axis) => {
    const [start, length] = box[axis] as Ranges[number]
    const put = (range: Ranges[number]): Ranges => box.map((old, at) => (at === axis ? range : old))
    return fc
      .integer({ min: 1, max: length - 1 })
      .chain((at) =>
        fc
          .tuple(cuts(put([start, at]), depth - 1), cuts(put([start + at, length - at]), depth - 1))
          .map(([low, high]) => [...low, ...high]),
      )
  })
  return fc.oneof({ weight: 1, arbitrary: fc.constant([box]) }, { weight: 4, arbitrary: cut })
}

/** A slice within a shape; where a dimension is empty all of it. */
export function slicesWithin(shape: Shape): fc.Arbitrary<TensorSlice> {
  return fc.tuple(
    ...shape.map((size) =>
      size === 0
        ? fc.constant(undefined)
        : fc.option(
            fc
              .nat(size - 1)
              .chain((start) => fc.integer({ min: 1, max: size - start }).map((n) => [start, n] as const)),
            { nil: undefined, freq: 4 },
          ),
    ),
  )
}

/** A random tensor of a dtype in random parts, in random order. */
export function cutTensor(key: string, dtypes: readonly DType[] = ALL_DTYPES): fc.Arbitrary<Cut> {
  return fc
    .tuple(fc.constantFrom(...dtypes), fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }), fc.nat(1000))
    .chain(([dtype, shape, seed]) =>
      cuts(
        shape.map((size) => [0, size]),
        3,
      )
        .chain((boxes) => fc.shuffledSubarray([...boxes], { minLength: boxes.length }))
        .map((boxes) => ({ key, value: valueOf(dtype, shape, seed), parts: boxes.length === 1 ? [] : boxes })),
    )
}

/** The tensors as a bundle of that prefix. */
export async function writeCut(cutTensors: readonly Cut[], prefix = 'm', dataAlignment = 1): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  const writer = await TensorBundleWriter.create(prefix, { fs, dataAlignment })
  for (const { key, value, parts } of cutTensors) {
    if (parts.length === 0) await writer.add(key, value)
    for (const part of parts) await writer.addSlice(key, value.shape, part, sliceOf(value, part))
  }
  await writer.finish()
  return fs
}

/** The bundle as a machine of the other byte order would have written it; of numbers only. */
export async function turnedAround(fs: MemoryFileSystem, prefix = 'm'): Promise<MemoryFileSystem> {
  const data = (fs.files.get(`${prefix}.data-00000-of-00001`) as Uint8Array).slice()
  const rows: [Uint8Array, Uint8Array][] = []
  for (const [key, value] of await entriesOf(fs, `${prefix}.index`)) {
    if (key.length > 0) rows.push([key, turnedEntry(decodeBundleEntry(value), data)])
  }
  const version = { producer: 1, minConsumer: 0, badConsumers: [] }
  const header = encodeBundleHeader({ numShards: 1, bigEndian: true, version })
  return new MemoryFileSystem([
    [`${prefix}.index`, tableBytes([[EMPTY_BYTES, header], ...rows])],
    [`${prefix}.data-00000-of-00001`, data],
  ])
}

/** Swaps the bytes of the entry's data. */
function turnedEntry(entry: BundleEntry, data: Uint8Array): Uint8Array {
  const { offset, size } = entry
  const bytes = data.subarray(offset, offset + size)
  const item = dtypeInfoByNumber(entry.dtype)?.Array?.BYTES_PER_ELEMENT ?? 1
  for (let at = 0; at < bytes.length; at += item) bytes.subarray(at, at + item).reverse()
  const writer = new ByteWriter()
  encodeBundleEntry(writer, entry.slices.length > 0 ? entry : { ...entry, crc32c: maskCrc(crc32c(bytes)) })
  return writer.take()
}
