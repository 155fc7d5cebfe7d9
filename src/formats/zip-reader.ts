/**
 * Reads a zip archive by its directory: zip-format.ts has its grammar, zip-writer.ts is its twin.
 *
 * Nothing that the archive says is believed before it was held against the file's size: how many entries there are, where
 * they lie, what they unpack to. Entries that share bytes are refused, since only bombs are made of them.
 */
import type { RandomAccessFile } from '../fs/file-system'
import { compareBytes } from '../util/bytes'
import { decodeUtf8 } from '../util/utf8'
import { crc32 } from './crc32'
import { atKey, damaged, type Place, shorten, unsupported } from './fault'
import { inflate, MOST_EXPANSION } from './inflate'
import { readPieces } from './read-pieces'
import type { OpenWeightFile } from './weight-file'
import {
  CENTRAL_FIELDS,
  CENTRAL_SIGNATURE,
  CENTRAL_SIZE,
  DEFLATED,
  ENCRYPTED,
  END64_FIELDS,
  END64_SIGNATURE,
  END64_SIZE,
  END_FIELDS,
  END_SIGNATURE,
  END_SIZE,
  IN_EXTRA,
  LOCAL_FIELDS,
  LOCAL_SIGNATURE,
  LOCAL_SIZE,
  LOCATOR_FIELDS,
  LOCATOR_SIGNATURE,
  LOCATOR_SIZE,
  STORED,
  unpackNumbers,
  UTF8_NAME,
} from './zip-format'

/** A file in the archive. */
export interface ZipEntry {
  readonly name: string
  readonly nameBytes: Uint8Array
  readonly method: number
  readonly crc: number
  /** Bytes in the archive. */
  readonly packed: number
  /** Bytes that they claim to unpack to. */
  readonly size: number
  /** Where its header begins, and where the next thing does. */
  readonly offset: number
  readonly end: number
}

/** Where the directory is. */
interface Directory {
  readonly entries: number
  readonly offset: number
  readonly size: number
}

const LONGEST_COMMENT = 0xffff
/** Entries of up to this many bytes are read in one piece; of others the head first, so that the rest stands aligned. */
const ONE_PIECE = 1 << 16

/**
 * The archive's files, in the order of its directory.
 * @throws {DataLossError} for what is no zip archive, and one that contradicts itself or the file's size
 * @throws {UnimplementedError} for encrypted files, other ways of packing than deflate, and archives in several parts
 */
export async function readDirectory(file: RandomAccessFile, place: Place): Promise<ZipEntry[]> {
  const { entries, offset, size } = await findDirectory(file, place)
  const bytes = await file.read(offset, size)
  const found: ZipEntry[] = []
  let at = 0
  for (let i = 0; i < entries; i++) {
    if (size - at < CENTRAL_SIZE) throw damaged(place, `its directory ends at entry ${i} of ${entries}`, offset + at)
    const { entry, length } = parseCentral(bytes.subarray(at), offset, place, offset + at)
    found.push(entry)
    at += length
  }
  if (at < size) throw damaged(place, `its directory has more than ${entries} entries`, offset + at)
  return withEnds(found, offset, place)
}

async function findDirectory(file: RandomAccessFile, place: Place): Promise<Directory> {
  const length = Math.min(file.size, END_SIZE + LONGEST_COMMENT + LOCATOR_SIZE + END64_SIZE)
  const tail = await file.read(file.size - length, length)
  const at = findEnd(tail)
  if (at < 0) throw damaged(place, 'no zip archive, or one that is cut off')
  const [, disk, startDisk, here, all = 0, size = 0, offset = 0] = unpackNumbers(END_FIELDS, tail.subarray(at))
  const end = file.size - length + at
  const end64 = await findEnd64(file, tail, at, end, place)
  if ((end64 === undefined && (disk !== 0 || startDisk !== 0)) || here !== all) {
    throw unsupported(place, 'a zip archive in several parts')
  }
  const directory = end64?.directory ?? { entries: all, offset, size }
  if (directory.offset + directory.size !== (end64?.start ?? end)) {
    throw damaged(place, `its directory of ${directory.size} bytes at ${directory.offset} does not end where it should`)
  }
  if (directory.entries * CENTRAL_SIZE > directory.size) {
    throw damaged(place, `${directory.entries} entries do not fit a directory of ${directory.size} bytes`)
  }
  return directory
}

/** The last place in `tail` where <end> can stand; -1 where there is none. */
function findEnd(tail: Uint8Array): number {
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail[at + 1] !== 0x4b) continue
    const numbers = unpackNumbers(END_FIELDS, tail.subarray(at))
    if (numbers[0] === END_SIGNATURE && numbers[7] === tail.length - at - END_SIZE) return at
  }
  return -1
}

/** What <end64> says, and where it begins; `at` is where <end> is in `tail`, and `end` where it is in the file. */
async function findEnd64(
  file: RandomAccessFile,
  tail: Uint8Array,
  at: number,
  end: number,
  place: Place,
): Promise<{ directory: Directory; start: number } | undefined> {
  if (at < LOCATOR_SIZE) return undefined
  const [signature, disk, offset = 0, disks] = unpackNumbers(LOCATOR_FIELDS, tail.subarray(at - LOCATOR_SIZE))
  if (signature !== LOCATOR_SIGNATURE) return undefined
  if (disk !== 0 || (disks !== 0 && disks !== 1)) throw unsupported(place, 'a zip archive in several parts')
  const start = end - LOCATOR_SIZE - END64_SIZE
  const record = offset === start && start >= 0 ? unpackNumbers(END64_FIELDS, await file.read(start, END64_SIZE)) : []
  const [signature64, rest, , , , , here, entries = 0, size = 0, directory = 0] = record
  if (signature64 !== END64_SIGNATURE || rest !== END64_SIZE - 12 || here !== entries) {
    throw damaged(place, `its zip64 record is not at ${offset}`, offset)
  }
  return { directory: { entries, size, offset: directory }, start }
}

/** An entry of the directory, and how many bytes it takes there. */
function parseCentral(bytes: Uint8Array, limit: number, place: Place, at: number): { entry: ZipEntry; length: number } {
  const numbers = unpackNumbers(CENTRAL_FIELDS, bytes)
  const [signature, , , flags = 0, method = 0, , , crc = 0, , , nameLength = 0, extraLength = 0, commentLength = 0] =
    numbers
  const length = CENTRAL_SIZE + nameLength + extraLength + commentLength
  if (signature !== CENTRAL_SIGNATURE || length > bytes.length) throw damaged(place, 'its directory is damaged', at)
  const nameBytes = bytes.subarray(CENTRAL_SIZE, CENTRAL_SIZE + nameLength)
  const name = decodeName(nameBytes, flags, place, at)
  const here = atKey(place, name)
  const extra = bytes.subarray(CENTRAL_SIZE + nameLength, CENTRAL_SIZE + nameLength + extraLength)
  const { packed, size, offset } = sizesOf(numbers, extra, here, at)
  if ((flags & ENCRYPTED) !== 0) throw unsupported(here, 'it is encrypted', at)
  if (method !== STORED && method !== DEFLATED) throw unsupported(here, `it is packed by method ${method}`, at)
  if (offset + LOCAL_SIZE + nameLength + packed > limit) {
    throw damaged(here, `${packed} bytes at ${offset} lie beyond the archive's ${limit}`, at)
  }
  if (method === STORED ? size !== packed : size > packed * MOST_EXPANSION) {
    throw damaged(here, `${packed} bytes claim to be ${size}`, at)
  }
  return { entry: { name, nameBytes, method, crc, packed, size, offset, end: limit }, length }
}

/** Sizes and offset, out of the extra field where they stand there. */
function sizesOf(
  numbers: readonly number[],
  extra: Uint8Array,
  place: Place,
  at: number,
): { size: number; packed: number; offset: number } {
  const [packed = 0, size = 0] = numbers.slice(8)
  const offset = numbers[16] ?? 0
  let large = zip64Field(extra)
  const resolved = [size, packed, offset].map((number) => {
    if (number !== IN_EXTRA) return number
    if (large.length < 8) throw damaged(place, 'its sizes are missing', at)
    const [value] = unpackNumbers([8], large)
    large = large.subarray(8)
    return value
  })
  return { size: resolved[0] ?? 0, packed: resolved[1] ?? 0, offset: resolved[2] ?? 0 }
}

/** The contents of the extra field's part 1; nothing where there is none. */
function zip64Field(extra: Uint8Array): Uint8Array {
  for (let at = 0; at + 4 <= extra.length;) {
    const [id, length = 0] = unpackNumbers([2, 2], extra.subarray(at))
    if (id === 1) return extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  return new Uint8Array(0)
}

/** The characters of 0x80 to 0xff in code page 437, which names without a flag are in: as Python reads them. */
const CODE_PAGE_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

function decodeName(bytes: Uint8Array, flags: number, place: Place, at: number): string {
  if ((flags & UTF8_NAME) === 0) {
    return Array.from(bytes, (byte) => CODE_PAGE_437[byte - 0x80] ?? String.fromCharCode(byte)).join('')
  }
  const name = decodeUtf8(bytes)
  if (name === undefined) throw damaged(place, 'a name in its directory is no UTF-8', at)
  return name
}

/** The entries with their ends; an entry ends where the next one begins. */
function withEnds(entries: readonly ZipEntry[], limit: number, place: Place): ZipEntry[] {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset)
  const ends = new Map(sorted.map((entry, i) => [entry, sorted[i + 1]?.offset ?? limit]))
  return entries.map((entry) => {
    const end = ends.get(entry) ?? limit
    if (entry.offset + LOCAL_SIZE + entry.nameBytes.length + entry.packed > end) {
      throw damaged(atKey(place, entry.name), 'its bytes are those of another entry too', entry.offset)
    }
    return { ...entry, end }
  })
}

/**
 * The contents of an entry.
 * @throws {DataLossError} where they are not what the directory says, by name, size or checksum
 */
export async function readEntry(open: OpenWeightFile, entry: ZipEntry, verifyChecksums: boolean): Promise<Uint8Array> {
  const { place } = open
  let crc = 0
  const check = (piece: Uint8Array): void => {
    if (verifyChecksums) crc = crc32(piece, crc)
  }
  const packed = await readPacked(open, entry, entry.method === STORED ? check : undefined)
  const contents = entry.method === STORED ? packed : inflate(packed, entry.size, place)
  if (entry.method !== STORED) check(contents)
  if (!verifyChecksums || crc === entry.crc) return contents
  const [stored, calculated] = [entry.crc, crc].map((sum) => (sum ?? 0).toString(16).padStart(8, '0'))
  throw damaged(place, `checksum does not match: stored ${stored} vs. calculated ${calculated}`, entry.offset)
}

async function readPacked(
  open: OpenWeightFile,
  entry: ZipEntry,
  landed?: (piece: Uint8Array) => void,
): Promise<Uint8Array> {
  const { file, place } = open
  const { offset, end, nameBytes, packed } = entry
  const atLeast = LOCAL_SIZE + nameBytes.length
  const head = await file.read(offset, end - offset <= ONE_PIECE ? end - offset : atLeast)
  const numbers = unpackNumbers(LOCAL_FIELDS, head)
  const [signature, , , , , , , , , nameLength = 0, extraLength = 0] = numbers
  const name = head.subarray(LOCAL_SIZE, LOCAL_SIZE + nameLength)
  if (signature !== LOCAL_SIGNATURE || nameLength !== nameBytes.length || compareBytes(name, nameBytes) !== 0) {
    throw damaged(place, `no entry of that name at byte ${offset}: ${shorten(entry.name)}`, offset)
  }
  const start = offset + atLeast + extraLength
  if (start + packed > end) throw damaged(place, 'its bytes are those of another entry too', offset)
  if (head.length === atLeast) return readPieces(open, start, packed, landed)
  const bytes = head.subarray(start - offset, start - offset + packed)
  landed?.(bytes)
  return bytes
}
