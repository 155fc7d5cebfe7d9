/**
 * The header of a safetensors file.
 *
 *     <file>     = header length: uint64, header, elements
 *     <header>   = JSON { "__metadata__": { name: text, … }, name: { "dtype": "F32", "shape": [2, 3],
 *                  "data_offsets": [begin, end] }, … }, spaces up to a multiple of 8
 *     <elements> = row-major, little-endian; the offsets count from its start, and leave no byte out and use none twice
 *
 * Written, tensors are sorted: by dtype, those of the largest elements first (see ROWS), then by the bytes of their names.
 *
 * huggingface/safetensors: safetensors/src/tensor.rs (Metadata::validate, prepare, Dtype).
 */
import type { RandomAccessFile } from '../fs/file-system'
import { type DType, type DTypeInfo, dtypeInfo } from '../tensor/dtype'
import { elementCount, type Shape } from '../tensor/ndarray'
import { compareKeys } from '../util/bytes'
import { InvalidArgumentError } from '../util/errors'
import { decodeUtf8 } from '../util/utf8'
import { atKey, damaged, type Place, shorten, unsupported } from './fault'
import { type Json, parseJson } from './json'

/** A tensor as the header has it. */
export interface SafetensorsEntry {
  readonly dtype: DType
  readonly shape: Shape
  /** Where its elements lie in the file. */
  readonly offset: number
  /** Their bytes. */
  readonly size: number
}

/** What a file's header says. */
export interface SafetensorsHeader {
  /** By name, in the order of the file's bytes. */
  readonly tensors: Map<string, SafetensorsEntry>
  readonly metadata: Map<string, string>
}

/** MAX_HEADER_SIZE. */
export const MAX_HEADER_BYTES = 100_000_000
export const METADATA = '__metadata__'
const LENGTH_BYTES = 8
const ALIGNMENT = 8

/** From the first that is written to the last: Dtype's order, backwards. */
const ROWS: readonly (readonly [name: string, dtype: DType])[] = [
  ['U64', 'uint64'],
  ['I64', 'int64'],
  ['F64', 'float64'],
  ['C64', 'complex64'],
  ['F32', 'float32'],
  ['U32', 'uint32'],
  ['I32', 'int32'],
  ['BF16', 'bfloat16'],
  ['F16', 'float16'],
  ['U16', 'uint16'],
  ['I16', 'int16'],
  ['F8_E5M2FNUZ', 'float8_e5m2fnuz'],
  ['F8_E4M3FNUZ', 'float8_e4m3fnuz'],
  ['F8_E4M3', 'float8_e4m3fn'],
  ['F8_E5M2', 'float8_e5m2'],
  ['I8', 'int8'],
  ['U8', 'uint8'],
  ['BOOL', 'bool'],
]

const byName = new Map(ROWS)
const names = new Map(ROWS.map(([name, dtype]) => [dtype, name]))
const ranks = new Map(ROWS.map(([, dtype], rank) => [dtype, rank]))

/** The format's name of a dtype; undefined where it has none. */
export function safetensorsName(dtype: DType): string | undefined {
  return names.get(dtype)
}

/** A tensor to be written. */
export interface SafetensorsTensor {
  readonly name: string
  readonly dtype: DType
  readonly shape: Shape
}

/** The order in which tensors are written. */
export function compareTensors(a: SafetensorsTensor, b: SafetensorsTensor): number {
  return (ranks.get(a.dtype) ?? 0) - (ranks.get(b.dtype) ?? 0) || compareKeys(a.name, b.name)
}

/** The header of tensors that are in order, its length before it. No metadata makes no "__metadata__". */
export function encodeHeader(tensors: readonly SafetensorsTensor[], metadata: ReadonlyMap<string, string>): Uint8Array {
  const items: string[] = []
  // The package writes broken JSON for an empty dict.
  if (metadata.size > 0) items.push(`"${METADATA}":{${[...metadata].map(quotePair).join()}}`)
  let begin = 0
  for (const { name, dtype, shape } of tensors) {
    const end = begin + elementCount(shape) * dtypeInfo(dtype).size
    const info = `"dtype":"${names.get(dtype)}","shape":[${shape}],"data_offsets":[${begin},${end}]`
    items.push(`${JSON.stringify(name)}:{${info}}`)
    begin = end
  }
  const json = new TextEncoder().encode(`{${items.join()}}`)
  const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT
  const header = new Uint8Array(LENGTH_BYTES + length).fill(0x20)
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true)
  header.set(json, LENGTH_BYTES)
  return header
}

function quotePair([name, text]: readonly [string, string]): string {
  return `${JSON.stringify(name)}:${JSON.stringify(text)}`
}

/**
 * Reads the header, and holds it against the file's size.
 * @throws {DataLossError} for a length beyond the file or 100 MB, what is no JSON or has other fields than it must, a name
 *   twice, elements that share bytes or leave some out, or do not fit dtype and shape
 * @throws {UnimplementedError} for a dtype that no NDArray has, with `key`
 */
export async function parseHeader(file: RandomAccessFile, place: Place): Promise<SafetensorsHeader> {
  const { json, start } = await readJson(file, place)
  const metadata = metadataOf(json.get(METADATA), place)
  const entries: [string, SafetensorsEntry][] = []
  for (const [name, info] of json) {
    if (name !== METADATA) entries.push([name, entryOf(info, start, atKey(place, name))])
  }
  // Of two at one place, the one without elements comes first.
  entries.sort(([, a], [, b]) => a.offset - b.offset || a.size - b.size)
  checkCover(entries, start, file.size, place)
  return { tensors: new Map(entries), metadata }
}

async function readJson(
  file: RandomAccessFile,
  place: Place,
): Promise<{ json: ReadonlyMap<string, Json>; start: number }> {
  if (file.size < LENGTH_BYTES) throw damaged(place, `${file.size} bytes are no header`)
  const head = await file.read(0, LENGTH_BYTES)
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true)
  if (length > MAX_HEADER_BYTES || length > file.size - LENGTH_BYTES) {
    const most = Math.min(MAX_HEADER_BYTES, file.size - LENGTH_BYTES)
    throw damaged(place, `a header of ${length} bytes is announced, and there can be ${most}`, 0)
  }
  const text = decodeUtf8(await file.read(LENGTH_BYTES, Number(length)))
  if (text === undefined) throw damaged(place, 'its header is no UTF-8', LENGTH_BYTES)
  return { json: parseObject(text, place), start: LENGTH_BYTES + Number(length) }
}

function parseObject(text: string, place: Place): ReadonlyMap<string, Json> {
  let json: Json
  try {
    json = parseJson(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw damaged(place, `its header is no JSON: ${shorten(error.message)}`, LENGTH_BYTES, error)
  }
  if (!(json instanceof Map)) throw damaged(place, 'its header is no JSON object', LENGTH_BYTES)
  return json
}

function metadataOf(json: Json | undefined, place: Place): Map<string, string> {
  const metadata = new Map<string, string>()
  if (json === undefined || json === null) return metadata
  if (!(json instanceof Map)) throw damaged(place, `its ${METADATA} is no object`, LENGTH_BYTES)
  for (const [name, text] of json as ReadonlyMap<string, Json>) {
    if (typeof text !== 'string') throw damaged(place, `its ${METADATA} has what is no text: ${shorten(name)}`)
    metadata.set(name, text)
  }
  return metadata
}

function entryOf(json: Json, start: number, place: Place): SafetensorsEntry {
  if (!(json instanceof Map)) throw damaged(place, 'it is no object', LENGTH_BYTES)
  const fields = json as ReadonlyMap<string, Json>
  const name = fields.get('dtype')
  const shape = sizesOf(fields.get('shape'))
  const offsets = sizesOf(fields.get('data_offsets'))
  if (typeof name !== 'string') throw damaged(place, 'it has no dtype', LENGTH_BYTES)
  const dtype = byName.get(name)
  if (dtype === undefined) throw unsupported(place, `its dtype is ${shorten(name)}`, LENGTH_BYTES)
  if (shape === undefined) throw damaged(place, 'its shape is no list of sizes', LENGTH_BYTES)
  if (offsets?.length !== 2) throw damaged(place, 'its data_offsets are no two sizes', LENGTH_BYTES)
  const [begin = 0, end = 0] = offsets
  const size = bytesOfShape(dtypeInfo(dtype), shape, place)
  if (end - begin !== size) {
    throw damaged(
      place,
      `[${shape}] of ${name} takes ${size} bytes, and its offsets are ${begin} and ${end}`,
      LENGTH_BYTES,
    )
  }
  return { dtype, shape, offset: start + begin, size }
}

/** Sizes, written as integers; undefined for anything else. */
function sizesOf(json: Json | undefined): readonly number[] | undefined {
  if (!Array.isArray(json)) return undefined
  const sizes = json.map((size: Json) => (typeof size === 'bigint' ? Number(size) : NaN))
  return sizes.every((size) => Number.isSafeInteger(size) && size >= 0) ? sizes : undefined
}

function bytesOfShape(info: DTypeInfo, shape: Shape, place: Place): number {
  try {
    return elementCount(shape) * info.size
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw damaged(place, error.message, LENGTH_BYTES, error)
  }
}

/** From the start of the elements to the end of the file, without holes and overlaps. */
function checkCover(
  entries: readonly (readonly [string, SafetensorsEntry])[],
  start: number,
  end: number,
  place: Place,
): void {
  let at = start
  for (const [name, { offset, size }] of entries) {
    if (offset !== at) {
      const what = offset < at ? 'share bytes with those of another tensor' : `leave a hole before them`
      throw damaged(atKey(place, name), `its elements at ${offset} ${what}`, offset)
    }
    at += size
  }
  if (at !== end) throw damaged(place, `its tensors end at byte ${at}, and the file at ${end}`, Math.min(at, end))
}
