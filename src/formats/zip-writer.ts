/**
 * Writes a zip archive front to back: zip-format.ts has its grammar, zip-reader.ts is its twin.
 */
import { hasLoneSurrogate } from '../util/bytes'
import { ByteWriter } from '../util/coding'
import { crc32 } from './crc32'
import { type Place, unwritable } from './fault'
import { deflate } from './inflate'
import { type ByteSink } from './weight-file'
import {
  CENTRAL_FIELDS,
  CENTRAL_SIGNATURE,
  DEFLATED,
  END64_FIELDS,
  END64_SIGNATURE,
  END64_SIZE,
  END_FIELDS,
  END_SIGNATURE,
  ENTRY_LIMIT,
  IN_EXTRA,
  LOCAL_FIELDS,
  LOCAL_SIGNATURE,
  LOCATOR_FIELDS,
  LOCATOR_SIGNATURE,
  packNumbers,
  STORED,
  UTF8_NAME,
  ZIP64_LIMIT,
} from './zip-format'

/** What can read zip64; and that with Unix on top, as zipfile writes it where it runs on Unix. */
const VERSION = 45
const MADE_BY = (3 << 8) | VERSION
/** 1980-01-01, the zero of the format: zipfile's default, so that the same arrays make the same bytes. */
const DATE = (0 << 9) | (1 << 5) | 1
/** A file that its owner may read and write. Lib/zipfile.py, ZipFile.open: 0o600 << 16. */
const ATTRIBUTES = 0o600 << 16
const LONGEST_NAME = 0xffff

/** Numbers of <central>, of a file that was written. */
interface WrittenEntry {
  readonly name: Uint8Array
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** One file after the other, then finish(). */
export class ZipWriter {
  readonly #sink: ByteSink
  /** The directory as far as it goes: in bytes, since of many files objects would take more than what is written of them. */
  readonly #directory = new ByteWriter()
  #entries = 0

  constructor(sink: ByteSink) {
    this.#sink = sink
  }

  /**
   * Writes a file. Its checksum stands in front of it, so that one goes through its contents twice.
   * @throws {InvalidArgumentError} for a name that zip cannot hold
   */
  async add(name: string, contents: Iterable<Uint8Array>, compress: boolean, place: Place): Promise<void> {
    const bytes = nameBytes(name, place)
    const sums = sumsOf(contents)
    const packed = compress ? deflate(contents) : contents
    const entry: WrittenEntry = {
      name: bytes,
      flags: bytes.length === name.length ? 0 : UTF8_NAME,
      method: compress ? DEFLATED : STORED,
      crc: sums.crc,
      packed: compress ? lengthOf(packed) : sums.size,
      size: sums.size,
      offset: this.#sink.size,
    }
    this.#entries++
    for (const piece of centralHeader(entry)) this.#directory.append(piece)
    for (const piece of localHeader(entry)) await this.#sink.append(piece)
    for (const piece of packed) await this.#sink.append(piece)
  }

  /** Writes the directory. */
  async finish(): Promise<void> {
    const start = this.#sink.size
    await this.#sink.append(this.#directory.view())
    for (const record of endRecords(this.#entries, start, this.#sink.size)) await this.#sink.append(record)
  }
}

function sumsOf(contents: Iterable<Uint8Array>): { crc: number; size: number } {
  let [crc, size] = [0, 0]
  for (const piece of contents) {
    crc = crc32(piece, crc)
    size += piece.length
  }
  return { crc, size }
}

function lengthOf(pieces: Iterable<Uint8Array>): number {
  let size = 0
  for (const { length } of pieces) size += length
  return size
}

function nameBytes(name: string, place: Place): Uint8Array {
  if (hasLoneSurrogate(name)) throw unwritable(place, 'its name is no UTF-8')
  // zipfile cuts it off there.
  if (name.includes('\0')) throw unwritable(place, 'its name has a NUL')
  const bytes = new TextEncoder().encode(name)
  if (bytes.length > LONGEST_NAME) throw unwritable(place, `its name has more than ${LONGEST_NAME} bytes`)
  return bytes
}

/** Sizes always stand in the extra field: numpy asks for it, since it does not know them beforehand. */
function localHeader({ name, flags, method, crc, packed, size }: WrittenEntry): Uint8Array[] {
  const extra = extraField([size, packed])
  const numbers = [LOCAL_SIGNATURE, VERSION, flags, method, 0, DATE, crc, IN_EXTRA, IN_EXTRA, name.length, extra.length]
  return [packNumbers(LOCAL_FIELDS, numbers), name, extra]
}

function centralHeader({ name, flags, method, crc, packed, size, offset }: WrittenEntry): Uint8Array[] {
  const large = size > ZIP64_LIMIT || packed > ZIP64_LIMIT
  const far = offset > ZIP64_LIMIT
  const extra = extraField([...(large ? [size, packed] : []), ...(far ? [offset] : [])])
  const sizes = large ? [IN_EXTRA, IN_EXTRA] : [packed, size]
  const head = [CENTRAL_SIGNATURE, MADE_BY, VERSION, flags, method, 0, DATE, crc, ...sizes, name.length, extra.length]
  const rest = [0, 0, 0, ATTRIBUTES, far ? IN_EXTRA : offset]
  return [packNumbers(CENTRAL_FIELDS, [...head, ...rest]), name, extra]
}

function extraField(values: readonly number[]): Uint8Array {
  if (values.length === 0) return new Uint8Array(0)
  return packNumbers([2, 2, ...values.map(() => 8)], [1, 8 * values.length, ...values])
}

/** What stands behind the directory, which lies from `start` up to `end`. */
function endRecords(entries: number, start: number, end: number): Uint8Array[] {
  const size = end - start
  const records: Uint8Array[] = []
  if (entries > ENTRY_LIMIT || start > ZIP64_LIMIT || size > ZIP64_LIMIT) {
    const numbers = [END64_SIGNATURE, END64_SIZE - 12, VERSION, VERSION, 0, 0, entries, entries, size, start]
    records.push(packNumbers(END64_FIELDS, numbers), packNumbers(LOCATOR_FIELDS, [LOCATOR_SIGNATURE, 0, end, 1]))
  }
  const count = Math.min(entries, ENTRY_LIMIT)
  const numbers = [END_SIGNATURE, 0, 0, count, count, Math.min(size, IN_EXTRA), Math.min(start, IN_EXTRA), 0]
  return [...records, packNumbers(END_FIELDS, numbers)]
}
