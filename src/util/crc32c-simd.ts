/**
 * CRC-32C in WebAssembly with 128-bit SIMD: what crc32c.wat holds, and how bytes get there. Some eight times
 * as fast as JavaScript for what is large, five times for 4 kB (`npm run bench -- --only crc`).
 */
import { CRC32C_MODULE } from './crc32c.gen'
import { type Checksum, plainCrc32c, SMALL } from './crc32c-plain'

export type { Checksum } from './crc32c-plain'

/** What the module exports; lengths and places in bytes. */
export interface Crc32cExports {
  readonly memory: WebAssembly.Memory
  sum(at: number, length: number, crc: number): number
  begin(crc: number): void
  fold(): void
  finish(at: number, length: number): number
}

/** Where the message goes in the module's memory: behind all that the module has for itself. */
export const MESSAGE = 184256
/** A long message comes in pieces of this, which stay in the processor's cache. */
const PIECE = 1 << 17
/** `sum` takes this much; the last piece must have more than the difference. */
export const SUM_LIMIT = PIECE + (1 << 14)

/** The fast way; undefined where there is no WebAssembly with SIMD, or a content security policy forbids it. */
export function simdChecksum(): Checksum | undefined {
  const module = newCrc32c()
  return module && checksumBy(module)
}

let compiled: WebAssembly.Module | undefined

/** The module with memory of its own; undefined as in simdChecksum(). */
export function newCrc32c(): Crc32cExports | undefined {
  try {
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(CRC32C_MODULE), (letter) => letter.charCodeAt(0)))
    return new WebAssembly.Instance(compiled).exports as unknown as Crc32cExports
  } catch {
    return undefined
  }
}

function checksumBy({ memory, sum, begin, fold, finish }: Crc32cExports): Checksum {
  const heap = new Uint8Array(memory.buffer)
  return (bytes, crc) => {
    const { length } = bytes
    if (length < SMALL) return plainCrc32c(bytes, crc)
    let at = 0
    if (length > SUM_LIMIT) begin(crc)
    for (; length - at > SUM_LIMIT; at += PIECE) {
      heap.set(bytes.subarray(at, at + PIECE), MESSAGE)
      fold()
    }
    heap.set(at > 0 ? bytes.subarray(at) : bytes, MESSAGE)
    return (at > 0 ? finish(MESSAGE, length - at) : sum(MESSAGE, length, crc)) >>> 0
  }
}
