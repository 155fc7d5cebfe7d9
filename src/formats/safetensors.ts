/**
 * safetensors: tensors behind a JSON header, which safetensors-header.ts knows.
 */
import { defaultFileSystem } from '../fs/default'
import type { FileSystem, RandomAccessFile, ReadOptions, WriteOptions } from '../fs/file-system'
import { dtypeInfo } from '../tensor/dtype'
import { bytesOf, type NDArray } from '../tensor/ndarray'
import { hasLoneSurrogate } from '../util/bytes'
import { randomHex32 } from '../util/random'
import { arrayFromBytes } from './array-bytes'
import { atKey, type Place, unwritable } from './fault'
import { plainType } from './numpy-dtype'
import { readPieces } from './read-pieces'
import {
  compareTensors,
  encodeHeader,
  MAX_HEADER_BYTES,
  METADATA,
  parseHeader,
  type SafetensorsEntry,
  type SafetensorsHeader,
  safetensorsName,
  type SafetensorsTensor,
} from './safetensors-header'
import {
  areHeld,
  bytesWritten,
  type ByteSink,
  eachTensor,
  FileSink,
  type NamedTensors,
  type OpenWeightFile,
  type WeightFile,
  withWeightFile,
  writeWeightFile,
} from './weight-file'
import { checkValue, copyOf, remedy } from './written-value'

/** What stands beside the tensors. */
export interface SafetensorsEncodeOptions {
  /** Texts by name, such as { format: 'pt' }, written in this order. */
  metadata?: Iterable<readonly [name: string, text: string]> | Readonly<Record<string, string>>
}

/** How a safetensors file is written. */
export interface SafetensorsWriteOptions extends SafetensorsEncodeOptions, WriteOptions {}

const FORMAT = 'safetensors'
/** Tensors that follow one another are read together up to this many bytes. */
const READ_TOGETHER = 4 << 20

/**
 * The tensors of a file, in the order of its bytes, and its metadata.
 *
 * @param file a path, or the bytes: then tensors that lie aligned are views of them
 * @throws {DataLossError} for a header that is damaged, and elements that share bytes, leave some out, or do not fit
 * @throws {UnimplementedError} for a dtype that no NDArray has, naming it, with `key`
 */
export async function readSafetensors(
  file: WeightFile,
  options: ReadOptions = {},
): Promise<{ tensors: Map<string, NDArray>; metadata: Map<string, string> }> {
  return withWeightFile(file, FORMAT, options, async (open) => {
    const header = await parseHeader(open.file, open.place)
    return { tensors: await readTensors(open, [...header.tensors]), metadata: header.metadata }
  })
}

/** What is in a file, by its header alone: dtypes, shapes, places, and the metadata. @throws as readSafetensors() */
export async function readSafetensorsHeader(file: WeightFile, options: ReadOptions = {}): Promise<SafetensorsHeader> {
  return withWeightFile(file, FORMAT, options, (open) => parseHeader(open.file, open.place))
}

/** The values of entries that follow one another. */
async function readTensors(
  open: OpenWeightFile,
  entries: readonly (readonly [name: string, entry: SafetensorsEntry])[],
): Promise<Map<string, NDArray>> {
  const { place, signal } = open
  const tensors = new Map<string, NDArray>()
  for (let from = 0; from < entries.length;) {
    signal?.throwIfAborted()
    const [, first] = entries[from] as (typeof entries)[number]
    const start = first.offset
    let end = start + first.size
    let to = from + 1
    for (; to < entries.length; to++) {
      const size = entries[to]?.[1].size ?? 0
      if (end + size - start > READ_TOGETHER) break
      end += size
    }
    const bytes = await readPieces(open, start, end - start)
    for (const [name, { dtype, shape, offset, size }] of entries.slice(from, to)) {
      const own = bytes.subarray(offset - start, offset - start + size)
      tensors.set(name, arrayFromBytes({ type: plainType(dtype, dtype, false), shape }, own, atKey(place, name)))
    }
    from = to
  }
  return tensors
}

/**
 * Writes a safetensors file: the bytes of the format's own Python package, sorted as it sorts. Of a Map or an array the
 * tensors are written as they are. What else is iterated, such as `reader.tensors()`, is taken one tensor at a time through
 * a temporary file beside the target, since the header comes first. The file appears when it is whole.
 *
 * @throws {InvalidArgumentError} for dtypes that the format lacks (string, variant, complex128, int4, quantized ones), for
 *   a name that comes twice, is "__metadata__" or no UTF-8, and for a header beyond 100 MB
 */
export async function writeSafetensors(
  path: string,
  tensors: NamedTensors,
  options: SafetensorsWriteOptions = {},
): Promise<void> {
  const place = { format: FORMAT, path }
  if (areHeld(tensors)) {
    await writeWeightFile(path, options, (sink) => writeHeld(sink, tensors, options, place))
    return
  }
  const { fs = defaultFileSystem() } = options
  const spool = `${path}.tmp${randomHex32()}`
  try {
    const spooled = await spoolTensors(fs, spool, tensors, place)
    await writeWeightFile(path, options, (sink) => writeSpooled(sink, fs, spool, spooled, options, place))
  } finally {
    await fs.remove(spool).catch(() => undefined)
  }
}

/** The bytes that writeSafetensors() writes. @throws as writeSafetensors() */
export async function encodeSafetensors(
  tensors: NamedTensors,
  options: SafetensorsEncodeOptions = {},
): Promise<Uint8Array> {
  const place = { format: FORMAT }
  const held: [string, NDArray][] = []
  // A copy each where the iterable might use its arrays again.
  for await (const [name, value] of tensors) {
    held.push([name, areHeld(tensors) ? value : copyOf(value, atKey(place, name))])
  }
  return bytesWritten((sink) => writeHeld(sink, held, options, place))
}

async function writeHeld(
  sink: ByteSink,
  tensors: NamedTensors,
  options: SafetensorsEncodeOptions,
  place: Place,
): Promise<void> {
  const values: (SafetensorsTensor & { readonly value: NDArray })[] = []
  for await (const [name, value] of eachTensor(tensors, place)) values.push({ ...describe(name, value, place), value })
  values.sort(compareTensors)
  await sink.append(headerOf(values, options, place))
  for (const { value } of values) await sink.append(bytesOf(value))
}

/** What the header has of a tensor. */
function describe(name: string, value: NDArray, place: Place): SafetensorsTensor {
  const here = atKey(place, name)
  checkValue(value, here)
  if (hasLoneSurrogate(name)) throw unwritable(here, 'its name is no UTF-8')
  if (name === METADATA) throw unwritable(here, 'that is the name of the metadata')
  if (safetensorsName(value.dtype) === undefined) throw unwritable(here, `there is no ${value.dtype}${remedy(value)}`)
  return { name, dtype: value.dtype, shape: value.shape }
}

function headerOf(
  tensors: readonly SafetensorsTensor[],
  { metadata = [] }: SafetensorsEncodeOptions,
  place: Place,
): Uint8Array {
  const pairs = Symbol.iterator in metadata ? [...metadata] : Object.entries(metadata)
  for (const [name, text] of pairs) {
    if (typeof name !== 'string' || typeof text !== 'string' || hasLoneSurrogate(name + text)) {
      throw unwritable(place, `its metadata has what is no text: ${String(name)}`)
    }
  }
  const header = encodeHeader(tensors, new Map(pairs))
  if (header.length > MAX_HEADER_BYTES) throw unwritable(place, `its header would have ${header.length} bytes`)
  return header
}

/** A tensor whose elements are in the temporary file. */
interface SpooledTensor extends SafetensorsTensor {
  readonly offset: number
}

async function spoolTensors(
  fs: FileSystem,
  spool: string,
  tensors: NamedTensors,
  place: Place,
): Promise<SpooledTensor[]> {
  const spooled: SpooledTensor[] = []
  const file = await fs.create(spool)
  try {
    const sink = new FileSink(file)
    for await (const [name, value] of eachTensor(tensors, place)) {
      // The shape may be the iterable's own to change.
      const tensor = describe(name, value, place)
      spooled.push({ ...tensor, shape: [...tensor.shape], offset: sink.size })
      await sink.append(bytesOf(value))
    }
    await sink.flush()
  } finally {
    await file.close()
  }
  return spooled
}

async function writeSpooled(
  sink: ByteSink,
  fs: FileSystem,
  spool: string,
  spooled: readonly SpooledTensor[],
  options: SafetensorsEncodeOptions,
  place: Place,
): Promise<void> {
  const sorted = [...spooled].sort(compareTensors)
  await sink.append(headerOf(sorted, options, place))
  const file = await fs.open(spool)
  try {
    for await (const piece of piecesOf(file, rangesOf(sorted))) await sink.append(piece)
  } finally {
    await file.close()
  }
}

/** Bytes of the temporary file. */
interface Range {
  readonly offset: number
  readonly size: number
}

/** Where the tensors are: neighbours that stay neighbours together. */
function rangesOf(tensors: readonly SpooledTensor[]): Range[] {
  const ranges: Range[] = []
  for (const { dtype, shape, offset } of tensors) {
    const size = shape.reduce((count, length) => count * length, dtypeInfo(dtype).size)
    const last = ranges.at(-1)
    if (last !== undefined && last.offset + last.size === offset) {
      ranges[ranges.length - 1] = { offset: last.offset, size: last.size + size }
    } else ranges.push({ offset, size })
  }
  return ranges.flatMap(cut)
}

function cut({ offset, size }: Range): Range[] {
  return Array.from({ length: Math.ceil(size / READ_TOGETHER) }, (_, i) => {
    const at = i * READ_TOGETHER
    return { offset: offset + at, size: Math.min(READ_TOGETHER, size - at) }
  })
}

/** Each stays as it is until the next one is asked for; that one is being read meanwhile. */
async function* piecesOf(file: RandomAccessFile, ranges: readonly Range[]): AsyncGenerator<Uint8Array> {
  const staging = [new Uint8Array(READ_TOGETHER), new Uint8Array(READ_TOGETHER)]
  const read = async (i: number): Promise<Uint8Array> => {
    const { offset, size } = ranges[i] as Range
    const piece = (staging[i % 2] as Uint8Array).subarray(0, size)
    if (file.readInto === undefined) piece.set(await file.read(offset, size))
    else await file.readInto(offset, piece)
    return piece
  }
  let next = ranges.length > 0 ? read(0) : undefined
  for (let i = 1; next !== undefined; i++) {
    const piece = await next
    next = i < ranges.length ? read(i) : undefined
    // Where writing fails, nobody asks for it.
    next?.catch(() => undefined)
    yield piece
  }
}
