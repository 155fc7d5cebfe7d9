/**
 * CRC-32C in WebAssembly with 128-bit SIMD: what crc32c.wat holds, and how bytes get there. Some eight times
 * as fast as JavaScript for what is large, five times for 4 kB (`npm run bench -- --only crc`).
 *
 * Bytes are copied into the module's memory, piece by piece. What is read to be looked at and let go of lies there from the
 * beginning, in pieces that simdPiece() gives: a read fills them, and the copy is left out, which takes half of the time.
 */
import { CRC32C_MODULE } from './crc32c.gen'
import { type Checksum, plainCrc32c, SMALL } from './crc32c-plain'
import { wasmModule } from './wasm-module'

export type { Checksum } from './crc32c-plain'

/** What the module exports; lengths and places in bytes. */
export interface Crc32cExports {
  readonly memory: WebAssembly.Memory
  sum(at: number, length: number, crc: number): number
  begin(crc: number): void
  fold(at: number): void
  finish(at: number, length: number): number
}

/** Where the message goes in the module's memory: behind all that the module has for itself. */
export const MESSAGE = 184256
/** A long message comes in pieces of this, which stay in the processor's cache. */
const PIECE = 1 << 17
/** `sum` takes this much; the last piece must have more than the difference. */
export const SUM_LIMIT = PIECE + (1 << 14)
/** WebAssembly counts memory in these. */
export const PAGE = 1 << 16
/** Bytes of what simdPiece() gives. */
export const STAGED = 1 << 20
/** As many of them as there are: what is not used takes no memory. */
const PIECES = 16

/** Pieces of the checksum's own memory that nobody has yet. */
const free: Uint8Array<ArrayBuffer>[] = []

/** STAGED bytes that are checksummed where they lie; undefined where all are taken, or no fast checksum was made yet. Never given back: who is done keeps it for the next. */
export function simdPiece(): Uint8Array<ArrayBuffer> | undefined {
  return free.pop()
}

/** The fast way; undefined where there is no WebAssembly with SIMD, or a content security policy forbids it. */
export function simdChecksum(): Checksum | undefined {
  const module = newCrc32c()
  if (module === undefined) return undefined
  const { memory } = module
  try {
    const at = memory.grow((PIECES * STAGED) / PAGE + 1) * PAGE
    free.length = 0
    for (let i = 0; i < PIECES; i++) free.push(new Uint8Array(memory.buffer as ArrayBuffer, at + i * STAGED, STAGED))
  } catch {
    // There is no memory for them: it goes without.
  }
  return checksumBy(module)
}

let compiled: WebAssembly.Module | undefined

/** The module with memory of its own; undefined as in simdChecksum(). */
export function newCrc32c(): Crc32cExports | undefined {
  try {
    compiled ??= wasmModule(CRC32C_MODULE)
    return new WebAssembly.Instance(compiled).exports as unknown as Crc32cExports
  } catch {
    return undefined
  }
}

function checksumBy({ memory, sum, begin, fold, finish }: Crc32cExports): Checksum {
  const heap = new Uint8Array(memory.buffer)
  const there = heap.buffer
  return (bytes, crc) => {
    const { length } = bytes
    if (length < SMALL) return plainCrc32c(bytes, crc)
    const isThere = bytes.buffer === there
    let place = isThere ? bytes.byteOffset : MESSAGE
    if (length <= SUM_LIMIT) {
      if (!isThere) heap.set(bytes, MESSAGE)
      return sum(place, length, crc) >>> 0
    }
    begin(crc)
    let at = 0
    for (; length - at > SUM_LIMIT; at += PIECE) {
      if (!isThere) heap.set(bytes.subarray(at, at + PIECE), MESSAGE)
      fold(place)
      if (isThere) place += PIECE
    }
    if (!isThere) heap.set(bytes.subarray(at), MESSAGE)
    return finish(place, length - at) >>> 0
  }
}
