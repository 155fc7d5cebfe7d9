/**
 * CRC-32, the checksum of zip: by the package crc-32, and where many bytes come at once, most of it in WebAssembly with
 * 128-bit SIMD, which is some five times as fast. crc32.wat says how that strikes out all bytes but the last 3006.
 *
 *     <memory> = what was struck out last: 3008 bytes, a piece of the message
 */
import CRC32 from 'crc-32'
import { wasmModule } from '../util/wasm-module'
import { CRC32_MODULE } from './crc32.gen'

/** Bytes that are left, and how far behind a byte those stand that it was added to. */
const LEFT = 3006
const LAGS = [140, 791, LEFT]
/** Where the message goes in the module's memory: behind LEFT bytes, and aligned. */
const MESSAGE = 3008
/** Bytes that are struck out at once. */
const STEP = 64
/** A message comes in pieces of this, which stay in the processor's cache; the last may be longer by LEFT. */
const PIECE = 1 << 16
/** Below this the package is as fast: it has to do the bytes that are left. */
const SMALL = 1 << 13

/** The checksum of `bytes`, or of what had the checksum `crc` followed by `bytes`. Unsigned. */
type Checksum = (bytes: Uint8Array, crc: number) => number

/** The fast way, once something was large enough to ask for it; else the package's. */
let checksum: Checksum | undefined

/** The checksum of `bytes`, or of what had the checksum `crc` followed by `bytes`. Unsigned. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  if (bytes.length < SMALL) return plainCrc32(bytes, crc)
  return (checksum ??= simdCrc32() ?? plainCrc32)(bytes, crc)
}

function plainCrc32(bytes: Uint8Array, crc: number): number {
  return CRC32.buf(bytes, crc) >>> 0
}

/** For LEFT bytes and more. Undefined where there is no WebAssembly with SIMD, or a content security policy forbids it. */
export function simdCrc32(): Checksum | undefined {
  try {
    const { memory, fold } = new WebAssembly.Instance(wasmModule(CRC32_MODULE)).exports
    const heap = new Uint8Array((memory as WebAssembly.Memory).buffer)
    return checksumBy(heap, fold as (at: number, end: number) => void)
  } catch {
    return undefined
  }
}

function checksumBy(heap: Uint8Array, fold: (at: number, end: number) => void): Checksum {
  return (bytes, crc) => {
    // Zeros in front change nothing, and make whole steps of what is struck out.
    const pad = (LEFT - bytes.length) & (STEP - 1)
    heap.fill(0, 0, MESSAGE + pad)
    let from = MESSAGE + pad
    let at = 0
    while (bytes.length - at > PIECE + LEFT) {
      const end = at + MESSAGE + PIECE - from
      heap.set(bytes.subarray(at, end), from)
      if (at === 0) seed(heap, from, crc)
      fold(MESSAGE, MESSAGE + PIECE)
      heap.copyWithin(0, PIECE, PIECE + MESSAGE)
      from = MESSAGE
      at = end
    }
    heap.set(bytes.subarray(at), from)
    if (at === 0) seed(heap, from, crc)
    const end = from + bytes.length - at
    fold(MESSAGE, end - LEFT)
    return restOf(heap, end)
  }
}

/** What the checksum was before goes into the first four bytes. */
function seed(heap: Uint8Array, at: number, crc: number): void {
  for (let i = 0; i < 4; i++) heap[at + i] = (heap[at + i] as number) ^ (~crc >>> (8 * i))
}

/** The checksum where all is struck out but the LEFT bytes in front of `end`: they get what reaches into them. */
function restOf(heap: Uint8Array, end: number): number {
  const start = end - LEFT
  for (const lag of LAGS) {
    for (let at = start; at < start + lag; at++) heap[at] = (heap[at] as number) ^ (heap[at - lag] as number)
  }
  // The package inverts what it is given: from here on it begins with 0.
  return plainCrc32(heap.subarray(start, end), -1)
}
