/**
 * The bytes of a pickle, front to back: small things out of a window, large ones straight from the file.
 */
import { decodeUtf8 } from '../util/utf8'
import { damaged } from './fault'
import { readPieces } from './read-pieces'
import type { OpenWeightFile } from './weight-file'

/** As much as no operation without a payload exceeds: two names of a module and what is in it. */
const MOST_AT_ONCE = 1024
const WINDOW = 1 << 20

const NEWLINE = 0x0a

export class PickleInput {
  readonly size: number
  readonly #open: OpenWeightFile
  #window = new Uint8Array(0)
  /** Where in the file the window ends. */
  #end = 0
  #at = 0

  constructor(open: OpenWeightFile) {
    this.#open = open
    this.size = open.file.size
  }

  /** The byte of the file that comes next. */
  get offset(): number {
    return this.#end - this.#window.length + this.#at
  }

  /** Bytes that are left. */
  get left(): number {
    return this.size - this.offset
  }

  /** Waits, where it has to, until the next operation can be read, but for its payload. */
  fill(): Promise<void> | undefined {
    if (this.#window.length - this.#at >= MOST_AT_ONCE || this.#end === this.size) return undefined
    return this.#fill()
  }

  byte(): number {
    return this.take(1)[0] as number
  }

  uint16(): number {
    const [low = 0, high = 0] = this.take(2)
    return low | (high << 8)
  }

  int32(): number {
    return viewOf(this.take(4)).getInt32(0, true)
  }

  uint32(): number {
    return viewOf(this.take(4)).getUint32(0, true)
  }

  /** A size of 64 bits. @throws {DataLossError} beyond what is left */
  size64(): number {
    const size = viewOf(this.take(8)).getBigUint64(0, true)
    return this.checkLeft(size)
  }

  /** Text up to the end of the line, in which names are. */
  line(): string {
    const end = this.#window.indexOf(NEWLINE, this.#at)
    if (end < 0 || end - this.#at > MOST_AT_ONCE / 2) throw this.fault('a line that does not end')
    const text = decodeUtf8(this.#window.subarray(this.#at, end))
    if (text === undefined) throw this.fault('a line that is no UTF-8')
    this.#at = end + 1
    return text
  }

  /** The next `length` bytes, which are part of an operation. */
  take(length: number): Uint8Array {
    if (length > this.#window.length - this.#at) throw this.fault('it is cut off')
    const bytes = this.#window.subarray(this.#at, this.#at + length)
    this.#at += length
    return bytes
  }

  /** The next `length` bytes, of whatever length: a promise where they are not in the window. */
  payload(length: number): Uint8Array | Promise<Uint8Array> {
    this.checkLeft(length)
    return length <= this.#window.length - this.#at ? this.take(length) : this.#read(length)
  }

  /** @throws {DataLossError} where fewer bytes are left */
  checkLeft(length: number | bigint): number {
    if (length > this.left) throw this.fault(`${length} bytes are announced and ${this.left} are left`)
    return Number(length)
  }

  fault(what: string): Error {
    const { offset } = this
    return damaged(this.#open.place, `${what} at byte ${offset}`, offset)
  }

  async #read(length: number): Promise<Uint8Array> {
    const { offset } = this
    this.#open.signal?.throwIfAborted()
    const bytes = await readPieces(this.#open, offset, length)
    this.#window = new Uint8Array(0)
    this.#at = 0
    this.#end = offset + length
    return bytes
  }

  async #fill(): Promise<void> {
    const { offset } = this
    this.#open.signal?.throwIfAborted()
    const window = await this.#open.file.read(offset, Math.min(WINDOW, this.size - offset))
    this.#window = new Uint8Array(window.buffer as ArrayBuffer, window.byteOffset, window.length)
    this.#at = 0
    this.#end = offset + window.length
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
