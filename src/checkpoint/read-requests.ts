/**
 * Reads tensors of a bundle, and parts of tensors, from whatever they are stored as: whole, or in parts.
 *
 * What is asked for just as it is stored goes straight to where it is wanted. For the rest each stored tensor or part that
 * is touched is read once, and what is wanted of it is copied into arrays of just the elements of the requests: a large one
 * piece by piece as it comes, so that it is never in memory as a whole. A checksum is that of a stored part as a whole, so
 * that it is read to its end; where checksums do not matter, only the runs of bytes are read that hold what is wanted.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, GetSliceValue.
 */
import { type DTypeInfo, type NumericArray, type NumericArrayConstructor } from '../tensor/dtype'
import { type Box, boxCount, copyBox } from '../tensor/tensor-slice'
import { type LoadedTensor, type ReadHow, type ReadRequest } from './checkpoint-source'
import { type Assembly, planReads, type Reads, type RequestedBundle, type Span } from './plan-reads'
import { byPlace } from './read-jobs'
import { readTensors } from './read-tensors'
import { type TensorEntry } from './tensor-entry'
import { swapBytes, targetOf } from './tensor-value'

/** A request for what is stored just so. */
type PlainRequest = ReadRequest & { readonly tensor: TensorEntry }

/**
 * As CheckpointSource.read().
 *
 * @throws {NotFoundError} {DataLossError} for a part that the index lists, and does not hold, or holds otherwise
 */
export async function* readRequests(
  bundle: RequestedBundle,
  requests: Iterable<ReadRequest>,
  how: ReadHow,
): AsyncGenerator<readonly LoadedTensor[]> {
  const { bigEndian } = bundle.plan
  const finished = ({ request, box, data }: Assembly): LoadedTensor => {
    const value = data ?? newData(request, box, how)
    if (!ArrayBuffer.isView(value)) return { request, elements: value }
    if (bigEndian) swapBytes(value)
    return { request, own: value }
  }
  const { keep } = how
  if (areStoredSo(requests)) {
    const target = (request: PlainRequest, alone: boolean) => how.target?.(request, alone)
    yield* readTensors(requests, { ...bundle.plan, target, keep })
    return
  }
  const reads: Reads = new Map()
  const empty = await planReads(bundle, requests, reads)
  if (empty.length > 0) yield empty.map(finished)
  const items = [...reads].map(([tensor, read]) => ({ tensor, read })).sort(byPlace)
  const target = ({ tensor: { dtype }, read }: (typeof items)[number], alone: boolean) =>
    'tensor' in read
      ? how.target?.(read, alone)
      : (bytes: Uint8Array, at: number) => scatter(read, numbersOf(bytes, dtype), at / dtype.size, how)
  for await (const batch of readTensors(items, { ...bundle.plan, target, keep })) {
    const loaded: LoadedTensor[] = []
    for (const one of batch) {
      const { read } = one.request
      if ('tensor' in read) {
        loaded.push({ ...one, request: read })
        continue
      }
      // The memory of the batch is used again before the last source of an assembly is there.
      const elements = one.elements?.map((element) => element.slice())
      if (elements !== undefined) scatter(read, elements, 0, how)
      if (--read.source.reads > 0) continue
      for (const { assembly } of read.source.uses) if (--assembly.missing === 0) loaded.push(finished(assembly))
    }
    if (loaded.length > 0) yield loaded
  }
}

/** Whether the requests ask for what is stored just so, in the order of the files, and no two for the same. */
function areStoredSo(requests: Iterable<ReadRequest>): requests is Iterable<PlainRequest> {
  let [shard, end] = [0, 0]
  for (const { tensor, slice } of requests) {
    const { shardId, offset, size, slices } = tensor as TensorEntry
    const isBehind = shardId > shard || (shardId === shard && offset >= end)
    if (!isBehind || slice !== undefined || slices.length > 0) return false
    shard = shardId
    end = offset + size
  }
  return true
}

/** Elements as numbers, in the byte order of the file. */
function numbersOf(bytes: Uint8Array, { Array }: DTypeInfo): NumericArray {
  // Only of numbers are there bytes.
  const Numbers = Array as NumericArrayConstructor
  const size = Numbers.BYTES_PER_ELEMENT
  const { buffer, byteOffset, length } = bytes.byteOffset % size === 0 ? bytes : bytes.slice()
  return new Numbers(buffer as ArrayBuffer, byteOffset, length / size)
}

/** Copies elements of a read, from its element `at` on, to all who want some. */
function scatter({ source, first }: Span, data: NumericArray | Uint8Array[], at: number, how: ReadHow): void {
  const lanes = source.uses[0]?.assembly.request.tensor.dtype.lanes ?? 1
  const from = { data, box: source.box, first: first + at }
  const end = from.first + data.length / lanes
  for (const { assembly, box, first: begins, last } of source.uses) {
    if (last < from.first || begins >= end) continue
    assembly.data ??= newData(assembly.request, assembly.box, how)
    copyBox(from, { data: assembly.data, box: assembly.box }, box, lanes)
  }
}

/** The array for what is asked for, the elements of `box`. */
export function newData(request: ReadRequest, box: Box, how: ReadHow): NumericArray | Uint8Array[] {
  return request.tensor.dtype.Array === undefined ? new Array<Uint8Array>(boxCount(box)) : targetOf(request, how)
}
