/**
 * Reads the records of a checkpoint of format V1, and puts together what is asked for.
 *
 * A record is found by its key, read and checked with its block, and its elements go straight into the array that is asked for
 * where they are just those of the request.
 * TensorFlow: core/util/tensor_slice_reader.h, CopySliceData.
 */
import { decodeSavedValues } from '../proto/saved-tensor-slices'
import { type BlockCursor } from '../table/block'
import { type Table } from '../table/table'
import { type NumericArray } from '../tensor/dtype'
import { type TensorSlice } from '../tensor/ndarray'
import { savedField } from '../tensor/saved-fields'
import { type Box, boxCount, boxOf, copyBox, formatSlice, intersect } from '../tensor/tensor-slice'
import { compareBytes } from '../util/bytes'
import { DataLossError, InvalidArgumentError, isOpError, type OpErrorDetails, UnimplementedError } from '../util/errors'
import {
  type LoadedTensor,
  type ReadHow,
  type ReadRequest,
  type StoredTensor,
  type VerifiedTensor,
} from './checkpoint-source'
import { newData } from './read-requests'
import { withPlace } from './read-tensors'
import { encodeSliceKey } from './slice-key'
import { type PartFinder } from './stored-parts'
import { allocating } from './tensor-entry'
import { targetOf } from './tensor-value'

/** A record: a part of a tensor, or all of it. */
export interface SavedPart {
  readonly tensor: SavedTensor
  readonly slice: TensorSlice
  readonly box: Box
  /** The file that it is in. */
  readonly path: string
  readonly table: Table
}

/** A tensor, and its records. */
export interface SavedTensor extends StoredTensor {
  slices: readonly TensorSlice[]
  readonly parts: SavedPart[]
  /** Of one that is stored in parts. */
  find?: PartFinder<SavedPart>
}

/** Elements that files of so many bytes can hold: one takes a byte of a record, of which snappy.ts takes 64 for one. */
export function roomOf(bytes: number): number {
  // As many as an array of strings has, which no file of numbers comes to.
  return Math.min(64 * bytes, 2 ** 32 - 1)
}

/** What TensorFlow says of a record that it cannot read, and of a hole, without more. */
const COPYING = 'Error copying slice data: '

/** A request that is under way. */
interface Assembly {
  readonly request: ReadRequest
  readonly box: Box
  /** Records that are still to come. */
  missing: number
  data?: NumericArray | Uint8Array[]
}

interface Reading {
  /** What errors name. */
  readonly path: string
  /** Elements that the files can hold at most. */
  readonly room: number
  readonly signal: AbortSignal | undefined
}

/** As CheckpointSource.read(). */
export async function* readSaved(
  requests: Iterable<ReadRequest>,
  how: ReadHow,
  reading: Reading,
): AsyncGenerator<readonly LoadedTensor[]> {
  const uses = new Map<SavedPart, Assembly[]>()
  const plans = Array.from(requests, (request) => planOf(request, reading))
  for (const { assembly, parts } of plans) for (const part of parts) listed(uses, part).push(assembly)
  for (const { assembly, parts } of plans) if (parts.length === 0) yield [loadedOf(assembly, how)]
  for await (const [part, found] of recordsOf(uses.keys(), reading.signal)) {
    const assemblies = uses.get(part) as Assembly[]
    takeRecord(part, found, assemblies, how)
    for (const assembly of assemblies) if (--assembly.missing === 0) yield [loadedOf(assembly, how)]
  }
}

function loadedOf(assembly: Assembly, how: ReadHow): LoadedTensor {
  const { request } = assembly
  const data = dataOf(assembly, how)
  return ArrayBuffer.isView(data) ? { request, own: data } : { request, elements: data }
}

function dataOf(assembly: Assembly, how: ReadHow): NumericArray | Uint8Array[] {
  return (assembly.data ??= newData(assembly.request, assembly.box, how))
}

/** The list of a key, which may be new. */
function listed<K, V>(map: Map<K, V[]>, key: K): V[] {
  const list = map.get(key) ?? []
  if (list.length === 0) map.set(key, list)
  return list
}

/** What a request takes of which records. */
function planOf(request: ReadRequest, { path, room }: Reading): { assembly: Assembly; parts: readonly SavedPart[] } {
  // What the source hands out as its tensors.
  const { key, dtype, shape, parts: all, find } = request.tensor as SavedTensor
  const details = { key, path }
  if (savedField(dtype) === 0) {
    throw new UnimplementedError(`Restoring data type ${dtype.word} not yet supported`, details)
  }
  try {
    const box = boxOf(request.slice, shape)
    const count = boxCount(box)
    const parts = count === 0 ? [] : find === undefined ? all : find(box)
    if (parts === undefined) throw new InvalidArgumentError(`${COPYING}the parts of ${key} leave a hole`, details)
    if (count > room) throw new DataLossError(`${COPYING}${key} is larger than its files`, details)
    return { assembly: { request, box, missing: parts.length }, parts }
  } catch (error) {
    throw withPlace(error, details)
  }
}

/** The records of parts in the order of their keys, each file from its start to its end; or what is wrong with them. */
async function* recordsOf(
  parts: Iterable<SavedPart>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly [SavedPart, BlockCursor | DataLossError | undefined]> {
  const keyed = Array.from(parts, (part) => ({ part, key: encodeSliceKey(part.tensor.key, part.slice) }))
  keyed.sort((a, b) => compareBytes(a.key, b.key))
  const keys = new Map<Table, Uint8Array[]>()
  for (const { part, key } of keyed) listed(keys, part.table).push(key)
  const sweeps = new Map(Array.from(keys, ([table, all]) => [table, table.findAll(all)]))
  for (const { part } of keyed) {
    signal?.throwIfAborted()
    yield [part, (await sweeps.get(part.table)?.next())?.value ?? undefined]
  }
}

/** Puts the elements of a record where they are asked for. */
function takeRecord(
  part: SavedPart,
  found: BlockCursor | DataLossError | undefined,
  assemblies: readonly Assembly[],
  how: ReadHow,
): void {
  const [first] = assemblies
  const isAll = assemblies.length === 1 && first?.missing === 1 && boxCount(first.box) === boxCount(part.box)
  const data = decodeRecord(part, found, isAll ? () => targetOf(first.request, how) : undefined)
  if (isAll) first.data = data
  else {
    for (const one of assemblies) {
      const to = { data: dataOf(one, how), box: one.box }
      copyBox({ data, box: part.box }, to, intersect(part.box, one.box) ?? [], part.tensor.dtype.lanes)
    }
  }
}

/** The elements of a record, in the array that `make` makes. */
function decodeRecord(
  { tensor, slice, box, path }: SavedPart,
  found: BlockCursor | DataLossError | undefined,
  make?: () => NumericArray,
): NumericArray | Uint8Array[] {
  const { key, dtype } = tensor
  const { Array, lanes } = dtype
  const count = boxCount(box) * lanes
  try {
    if (found instanceof DataLossError) throw found
    if (found === undefined) throw new DataLossError(`${path} has no record of ${key} ${formatSlice(slice)}`)
    const { value, valueOffset: offset } = found
    // Before memory is taken for them.
    if (count > value.length) throw new DataLossError(`${value.length} bytes for ${count} values`, { offset })
    const data = Array === undefined ? [] : (make?.() ?? allocating(tensor, count, () => new Array(count)))
    decodeSavedValues(value, { path, key, offset }, savedField(dtype), data, count)
    return data
  } catch (error) {
    if (!(error instanceof DataLossError)) throw error
    throw new DataLossError(COPYING + error.message, { ...(error as OpErrorDetails), path, key, cause: error })
  }
}

/** Bytes of a part's elements; those of strings are not known. */
export function partBytes({ tensor, box }: SavedPart): number {
  return boxCount(box) * tensor.dtype.size
}

/** As CheckpointSource.verify(). */
export async function* verifySaved(
  parts: readonly SavedPart[],
  signal: AbortSignal | undefined,
): AsyncGenerator<VerifiedTensor> {
  for await (const [part, found] of recordsOf(parts, signal)) {
    const read = { key: part.tensor.key, bytes: partBytes(part) }
    try {
      if (savedField(part.tensor.dtype) > 0) decodeRecord(part, found)
      yield read
    } catch (fault) {
      if (!isOpError(fault)) throw fault
      yield { ...read, fault }
    }
  }
}
