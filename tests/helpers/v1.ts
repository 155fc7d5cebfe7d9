/**
 * Checkpoints of format V1 in tests: written by TensorSliceWriter, read through the source that CheckpointReader stands on.
 */
import { type CheckpointSource, type ReadRequest } from '../../src/checkpoint/checkpoint-source'
import { openTensorSliceReader } from '../../src/checkpoint/tensor-slice-reader'
import { TensorSliceWriter } from '../../src/checkpoint/tensor-slice-writer'
import { allocate, valueOf } from '../../src/checkpoint/tensor-value'
import { type FileSystem, type ReadOptions } from '../../src/fs/file-system'
import { type NumericArray } from '../../src/tensor/dtype'
import { type NDArray, ndarray, type Shape, type TensorSlice } from '../../src/tensor/ndarray'
import { boxCount, boxOf, copyBox } from '../../src/tensor/tensor-slice'
import { dtypeInfo } from '../../src/tensor/dtype'

/** A call of TensorSliceWriter.add(). */
export type Row = readonly [name: string, fullShape: Shape, slice: TensorSlice | undefined, value: NDArray]

/** Writes one file of these rows. */
export async function saveV1(fs: FileSystem, path: string, rows: readonly Row[], durable = true): Promise<void> {
  const writer = TensorSliceWriter.create(path, { fs, durable })
  for (const [name, fullShape, slice, value] of rows) writer.add(name, fullShape, slice, value)
  await writer.finish()
}

/** Whole tensors as rows. */
export function wholes(tensors: Readonly<Record<string, NDArray>>): Row[] {
  return Object.entries(tensors).map(([name, value]) => [name, value.shape, undefined, value])
}

/** The part of a value that a slice names. */
export function cut(value: NDArray, slice: TensorSlice | undefined): NDArray {
  const { dtype, shape } = value
  const { Array: Items, lanes } = dtypeInfo(dtype)
  const [from, to] = [boxOf(undefined, shape), boxOf(slice, shape)]
  const data: NumericArray | Uint8Array[] = Items === undefined ? [] : new Items(boxCount(to) * lanes)
  copyBox({ data: value.data as NumericArray, box: from }, { data, box: to }, to, lanes)
  const part = to.map(([, length]) => length)
  return ndarray(dtype, part, data as never)
}

/** Opens a checkpoint, and closes it when `use` is done. */
export async function withV1<R>(
  path: string,
  options: ReadOptions,
  use: (source: CheckpointSource) => Promise<R>,
): Promise<R> {
  const source = await openTensorSliceReader(path, options)
  try {
    return await use(source)
  } finally {
    await source.close()
  }
}

/** The values of tensors, or of slices of them, in the order asked for. */
export async function readV1(
  source: CheckpointSource,
  wanted: readonly (string | readonly [name: string, slice: TensorSlice])[],
): Promise<NDArray[]> {
  const requests = wanted.map((one): ReadRequest => {
    const [name, slice] = typeof one === 'string' ? [one] : one
    const tensor = source.tensors.get(name)
    if (tensor === undefined) throw new Error(source.missing(name))
    return { tensor, slice }
  })
  const values = new Map<ReadRequest, NDArray>()
  for await (const batch of source.read(requests, { target: allocate })) {
    for (const loaded of batch) values.set(loaded.request, valueOf(loaded))
  }
  return requests.map((request) => values.get(request) as NDArray)
}
