/**
 * Memory whose bytes are checksummed where they lie: a WebAssembly module's own, so that what is put there for its way to a file
 * needs no other copy for its checksum.
 *
 *     <memory> = what crc32c.wat has for itself, the bytes, 32 more that it reads to no effect
 */
import { crc32c, registerChecksum } from './crc32c'
import { plainCrc32c, SMALL } from './crc32c-plain'
import { MESSAGE, newCrc32c, PAGE, simdChecksum, SUM_LIMIT } from './crc32c-simd'
import { newBuffer } from './memory'

/** Bytes, and their checksums. */
export interface SummedMemory {
  /** Zeros at first. Whoever has written elsewhere into its buffer has spoilt the checksums. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The CRC-32C of `length` bytes from `at`, behind what had the checksum `crc`; unsigned. */
  sum(at: number, length: number, crc: number): number
}

/** So many bytes; where there is no WebAssembly with SIMD, or no memory for it, ordinary ones. */
export function newSummedMemory(size: number): SummedMemory {
  // Who writes has the code for it.
  registerChecksum(simdChecksum)
  return simdMemory(size) ?? plainMemory(new Uint8Array(newBuffer(size)))
}

function simdMemory(size: number): SummedMemory | undefined {
  const module = newCrc32c()
  if (module === undefined) return undefined
  const { memory, sum } = module
  try {
    memory.grow(Math.ceil(Math.max(0, MESSAGE + size + 32 - memory.buffer.byteLength) / PAGE))
  } catch {
    return undefined
  }
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer, MESSAGE, size)
  return {
    bytes,
    sum: (at, length, crc) => {
      if (length >= SMALL && length <= SUM_LIMIT) return sum(MESSAGE + at, length, crc) >>> 0
      const piece = bytes.subarray(at, at + length)
      return length < SMALL ? plainCrc32c(piece, crc) : crc32c(piece, crc)
    },
  }
}

function plainMemory(bytes: Uint8Array<ArrayBuffer>): SummedMemory {
  return { bytes, sum: (at, length, crc) => crc32c(bytes.subarray(at, at + length), crc) }
}
