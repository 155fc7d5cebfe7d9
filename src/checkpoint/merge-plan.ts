/**
 * Everything about a merge that can be known before a file is touched: that the parts fit together, that their data is
 * there, and which data file becomes which shard.
 *
 * Data files are numbered in the order in which they are first needed: part after part, in each the keys in order. The
 * full entry of a sliced tensor may be in many parts: it needs the file of the first one. Files that no entry needs (of
 * a part without tensors) come last, so that the header, which counts all of them, is right; TensorFlow leaves them
 * behind and gives the others names that the header does not have: such a checkpoint cannot be read.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, MergeOneBundle and MergeBundles.
 */
import { type FileSystem } from '../fs/file-system'
import { type BundleHeader, type EntrySlice } from '../proto/bundle-messages'
import { type BlockCursor } from '../table/block'
import { mergeTables } from '../table/merge-tables'
import { formatShape, shapesEqual } from '../tensor/ndarray'
import { boxOf, formatSlice } from '../tensor/tensor-slice'
import { bytesFromKey } from '../util/bytes'
import { InternalError, InvalidArgumentError, isOpError, type OpError } from '../util/errors'
import { DataFileReader } from './data-file-reader'
import { inBatches, type Part } from './merge-parts'
import { dataFilename } from './naming'
import { entryAt } from './open-bundle'
import { decodeSliceKey, isSliceKey } from './slice-key'
import { partFinder } from './stored-parts'
import { type TensorEntry } from './tensor-entry'

/** What is to be written and renamed. */
export interface MergePlan {
  readonly header: BundleHeader
  /** For each part, its own shard numbers and the new ones. */
  readonly shards: readonly ReadonlyMap<number, number>[]
  /** The data files as they are named now, in the order of the new numbers. */
  readonly files: readonly string[]
}

/** The tensor that ends last in a data file. */
type Extent = Pick<TensorEntry, 'key' | 'offset' | 'size'>

/**
 * @throws {InvalidArgumentError} "Duplicate tensor keyed by x encountered, when merging prefix: t/p1"
 * @throws {DataLossError} {NotFoundError} {OutOfRangeError} for a part that is damaged, or whose data is missing or short
 */
export async function planMerge(fs: FileSystem, parts: readonly Part[]): Promise<MergePlan> {
  const survey = new Survey(parts)
  await mergeTables(parts, (part, entry) => survey.visit(part, entry))
  survey.finish()
  const numbered = parts.map((part, at) => neededFiles(part, survey.needed[at]))
  await inBatches(numbered.flat(), ({ path, extent }) => checkDataFile(fs, path, extent))
  const files: string[] = []
  const shards = numbered.map((needed) => new Map(needed.map(({ path, shard }) => [shard, files.push(path) - 1])))
  const unneeded = await inBatches([...unneededFiles(parts, shards)], async (path) =>
    (await fs.exists(path)) ? [path] : [],
  )
  files.push(...unneeded.flat())
  const [{ header }] = parts as [Part]
  return { header: { ...header, numShards: files.length }, shards, files }
}

interface NeededFile {
  readonly shard: number
  readonly path: string
  readonly extent: Extent
}

function neededFiles({ prefix, header }: Part, needed: ReadonlyMap<number, Extent> = new Map()): NeededFile[] {
  return Array.from(needed, ([shard, extent]) => ({
    shard,
    path: dataFilename(prefix, shard, header.numShards),
    extent,
  }))
}

function* unneededFiles(parts: readonly Part[], shards: MergePlan['shards']): Iterable<string> {
  for (const [at, { prefix, header }] of parts.entries()) {
    for (let shard = 0; shard < header.numShards; shard++) {
      if (shards[at]?.has(shard) === false) yield dataFilename(prefix, shard, header.numShards)
    }
  }
}

/** Only its length is looked at: whoever reads a tensor checks the bytes. */
async function checkDataFile(fs: FileSystem, path: string, { key, offset, size }: Extent): Promise<void> {
  const file = await DataFileReader.open(fs, path)
  try {
    file.checkRange(key, offset, size)
  } finally {
    await file.close()
  }
}

/** Looks at every entry once, in the order of the keys. */
class Survey {
  /** For each part, the shards that its entries need, in the order in which they do. */
  readonly needed: readonly Map<number, Extent>[]
  readonly #parts: readonly Part[]
  /** The first entry of the key that was met last, and the slices of all of that key. */
  #first: TensorEntry | undefined
  #firstPath = ''
  #slices: EntrySlice[] = []
  /** The fault that TensorFlow meets first, which goes through one part after the other. */
  #fault: { readonly part: number; readonly error: OpError } | undefined

  constructor(parts: readonly Part[]) {
    this.#parts = parts
    this.needed = parts.map(() => new Map<number, Extent>())
  }

  visit(number: number, cursor: BlockCursor): undefined {
    // The header.
    if (cursor.key.length === 0) return
    const { path, header } = this.#parts[number] as Part
    const entry = entryAt(cursor, path, header.numShards)
    if (entry.key === this.#first?.key) {
      this.#meetAgain(number, entry, this.#first)
      return
    }
    this.#endKey()
    this.#first = entry
    this.#firstPath = path
    this.#slices = [...entry.slices]
    this.#need(number, entry)
  }

  /** @throws the fault that was met */
  finish(): void {
    this.#endKey()
    if (this.#fault !== undefined) throw this.#fault.error
  }

  #need(number: number, { key, shardId, offset, size }: TensorEntry): void {
    const extents = this.needed[number] as Map<number, Extent>
    const last = extents.get(shardId)
    if (last === undefined || offset + size > last.offset + last.size) extents.set(shardId, { key, offset, size })
  }

  #meetAgain(number: number, entry: TensorEntry, first: TensorEntry): void {
    const { prefix, path } = this.#parts[number] as Part
    const error = conflictOf(entry, first, prefix, path)
    if (error === undefined) for (const slice of entry.slices) this.#slices.push(slice)
    else this.#keepFault(number, error)
  }

  /** Parts that overlap: TensorFlow merges them, and cannot read them then. */
  #endKey(): void {
    const first = this.#first
    if (first === undefined || this.#slices.length < 2) return
    try {
      const parts = this.#slices.map((slice) => ({ slice, box: boxOf(slice, first.shape) }))
      partFinder(first, parts, this.#firstPath)
    } catch (error) {
      if (!isOpError(error)) throw error
      this.#keepFault(Infinity, error)
    }
  }

  #keepFault(part: number, error: OpError): void {
    if (this.#fault === undefined || part < this.#fault.part) this.#fault = { part, error }
  }
}

/** Why a part may not have that key again; undefined where both are entries of one sliced tensor. */
function conflictOf(entry: TensorEntry, first: TensorEntry, prefix: string, path: string): OpError | undefined {
  const { key, dtype, shape } = entry
  if (first.slices.length === 0) {
    const text = `Duplicate tensor keyed by ${key} encountered, when merging prefix: ${prefix}`
    return new InvalidArgumentError(text + meaningOf(key), { key, path })
  }
  if (entry.slices.length === 0) {
    const text = `Duplicate tensor keyed by ${key}; attempting to merge in a non-slice bundle entry: ${path}`
    return new InternalError(text, { key, path })
  }
  if (dtype === first.dtype && shapesEqual(shape, first.shape)) return undefined
  const one = `${first.dtype.name} ${formatShape(first.shape)}`
  const text = `Cannot merge ${prefix}: ${key} is ${dtype.name} ${formatShape(shape)} there, and ${one} in a part before it`
  return new InvalidArgumentError(text, { key, path })
}

/** What the key of a part of a tensor says, which nobody can read. */
function meaningOf(key: string): string {
  if (!isSliceKey(key)) return ''
  try {
    const { name, slice } = decodeSliceKey(bytesFromKey(key))
    return `: it is the part ${formatSlice(slice)} of ${name}`
  } catch {
    return ''
  }
}
