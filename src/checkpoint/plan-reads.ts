/**
 * What is read of a bundle for what is asked for: which stored tensors and parts, which bytes of them, and who takes what.
 *
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, GetSliceValue.
 */
import { type NumericArray } from '../tensor/dtype'
import { formatShape, shapesEqual, type TensorSlice } from '../tensor/ndarray'
import { type Box, boxCount, boxOf, formatSlice, intersect, runsOf } from '../tensor/tensor-slice'
import { keyFromBytes } from '../util/bytes'
import { DataLossError, InvalidArgumentError, NotFoundError } from '../util/errors'
import { type ReadRequest } from './checkpoint-source'
import { type BundlePlan } from './open-bundle'
import { GAP } from './read-jobs'
import { withPlace } from './read-tensors'
import { encodeSliceKey } from './slice-key'
import { type PartFinder, partFinder, type StoredPart } from './stored-parts'
import { type TensorEntry } from './tensor-entry'

/** What of a bundle is needed. */
export interface RequestedBundle {
  /** The index. */
  readonly path: string
  readonly plan: BundlePlan
  /** The entry of a part, by its key. */
  find(key: string): TensorEntry | undefined | Promise<TensorEntry | undefined>
}

/** A request that is put together. */
export interface Assembly {
  readonly request: ReadRequest
  /** In the indices of the whole tensor, as all boxes here. */
  readonly box: Box
  data: NumericArray | Uint8Array[] | undefined
  /** Sources that are still to come. */
  missing: number
}

/** A tensor that is stored whole, or a part of one, of which assemblies take something. */
export interface Source {
  readonly box: Box
  readonly uses: Use[]
  /** Reads that are still to come. */
  reads: number
}

/** What an assembly takes of a source. */
export interface Use {
  readonly assembly: Assembly
  readonly box: Box
  /** Its first and its last element in the source. */
  readonly first: number
  readonly last: number
}

/** A read of a source, or of some of it. */
export interface Span {
  readonly source: Source
  /** The element of the source with which it begins. */
  readonly first: number
}

/** What is read, and for whom: for a request that asks for just that, or for assemblies. */
export type Reads = Map<TensorEntry, ReadRequest | Span>

/** Fills `reads`. The requests that have no elements, for which nothing is read. */
export async function planReads(
  bundle: RequestedBundle,
  requests: Iterable<ReadRequest>,
  reads: Reads,
): Promise<readonly Assembly[]> {
  const sources = new Map<TensorEntry, Source>()
  const empty: Assembly[] = []
  for (const request of requests) {
    const { tensor, slice } = request as { readonly tensor: TensorEntry; readonly slice?: TensorSlice }
    if (slice === undefined && tensor.slices.length === 0 && !reads.has(tensor) && !sources.has(tensor)) {
      reads.set(tensor, request)
      continue
    }
    const { key } = tensor
    try {
      const box = boxOf(slice, tensor.shape)
      const assembly = { request, box, data: undefined, missing: 0 }
      if (boxCount(box) === 0) empty.push(assembly)
      else for (const part of await partsFor(tensor, box, slice, bundle)) assign(assembly, part, reads, sources)
    } catch (error) {
      throw withPlace(error, { key, path: bundle.path })
    }
  }
  for (const [entry, source] of sources) {
    for (const [first, end] of rangesOf(entry, source, bundle.plan)) {
      const { size } = entry.dtype
      const whole = end - first === entry.count
      const read = whole ? entry : { ...entry, offset: entry.offset + first * size, size: (end - first) * size }
      reads.set(read, { source, first })
      source.reads++
    }
  }
  return empty
}

/** A part, with its own entry once it was looked up. */
interface Part extends StoredPart {
  entry?: TensorEntry
}

const finders = new WeakMap<TensorEntry, PartFinder<Part>>()

/** Where the box is stored. */
async function partsFor(
  tensor: TensorEntry,
  box: Box,
  slice: TensorSlice | undefined,
  bundle: RequestedBundle,
): Promise<readonly Part[]> {
  if (tensor.slices.length === 0) return [{ slice: [], box: boxOf(undefined, tensor.shape), entry: tensor }]
  let finder = finders.get(tensor)
  if (finder === undefined) {
    const parts = tensor.slices.map((one): Part => ({ slice: one, box: boxOf(one, tensor.shape) }))
    finders.set(tensor, (finder = partFinder(tensor, parts, bundle.path)))
  }
  const parts = finder(box)
  if (parts === undefined) {
    const spec = formatSlice(slice ?? tensor.shape.map(() => undefined))
    const what = `partitioned tensor ${tensor.key} to restore in slice_spec: ${spec}`
    throw new InvalidArgumentError(`Does not have sufficient slices for ${what}`)
  }
  for (const part of parts) part.entry ??= await entryOf(tensor, part, bundle)
  return parts
}

/** What is wrong with the parts that the index lists of a tensor; undefined where nothing is. */
export async function checkParts(tensor: TensorEntry, bundle: RequestedBundle): Promise<unknown> {
  try {
    await partsFor(tensor, boxOf(undefined, tensor.shape), undefined, bundle)
    return undefined
  } catch (error) {
    return withPlace(error, { key: tensor.key, path: bundle.path })
  }
}

/** The entry of a part, under the tensor's key: errors name that. */
async function entryOf(
  { key, dtype }: TensorEntry,
  { slice, box }: StoredPart,
  bundle: RequestedBundle,
): Promise<TensorEntry> {
  const { path } = bundle
  const partKey = keyFromBytes(encodeSliceKey(key, slice))
  const entry = await bundle.find(partKey)
  const which = `the part ${formatSlice(slice)} of ${key} in ${path}`
  if (entry === undefined) throw new NotFoundError(`Key ${partKey} not found in checkpoint: ${which}`, { path, key })
  const shape = box.map(([, length]) => length)
  if (entry.dtype === dtype && shapesEqual(entry.shape, shape) && entry.slices.length === 0) return { ...entry, key }
  const expected = `${dtype.name}${formatShape(shape)}`
  const found = `${entry.dtype.name}${formatShape(entry.shape)}`
  throw new DataLossError(`Corrupted index: ${which} is ${found}, not ${expected}`, { path, key })
}

/** Has the assembly take what it needs of a part: the part itself, where that is all of both and nobody else's. */
function assign(assembly: Assembly, { box, entry }: Part, reads: Reads, sources: Map<TensorEntry, Source>): void {
  // partsFor() has looked it up.
  const stored = entry as TensorEntry
  const taken = reads.get(stored) as ReadRequest | undefined
  let source = sources.get(stored)
  if (
    source === undefined &&
    taken === undefined &&
    box.every((range, at) => range.every((number, i) => number === assembly.box[at]?.[i]))
  ) {
    reads.set(stored, assembly.request)
    return
  }
  if (source === undefined) sources.set(stored, (source = { box, uses: [], reads: 0 }))
  if (taken !== undefined) {
    reads.delete(stored)
    take(source, { request: taken, box, data: undefined, missing: 0 })
  }
  take(source, assembly)
}

function take({ box: whole, uses }: Source, assembly: Assembly): void {
  const box = intersect(whole, assembly.box)
  if (box === undefined) return
  const first = indexIn(
    whole,
    box.map(([start]) => start),
  )
  const last = indexIn(
    whole,
    box.map(([start, length]) => start + length - 1),
  )
  uses.push({ assembly, box, first, last })
  assembly.missing++
}

/** The place of an element in an array that holds `whole`. */
function indexIn(whole: Box, indices: readonly number[]): number {
  return whole.reduce((index, [start, length], at) => index * length + (indices[at] as number) - start, 0)
}

type Range = readonly [first: number, end: number]

/** The elements of a source that are read. */
function rangesOf(entry: TensorEntry, { box, uses }: Source, plan: BundlePlan): readonly Range[] {
  const { size } = entry.dtype
  if (plan.verifyChecksums || size === 0 || entry.size <= GAP) return [[0, entry.count]]
  const ranges = uses.flatMap((use) => joined(runsOf(use.box, box), GAP / size))
  const sorted = ranges.sort((a, b) => a[0] - b[0]).map(([first, end]) => [first, end - first] as const)
  return joined(sorted, GAP / size)
}

/** Runs, in order, with those in one that are at most `gap` apart. */
function joined(runs: Iterable<readonly [first: number, count: number]>, gap: number): [number, number][] {
  const ranges: [number, number][] = []
  let last: [number, number] | undefined
  for (const [first, count] of runs) {
    if (last !== undefined && first <= last[1] + gap) last[1] = Math.max(last[1], first + count)
    else ranges.push((last = [first, first + count]))
  }
  return ranges
}
