/**
 * CRC-32C (Castagnoli), and the mask under which TensorFlow stores it.
 *
 * A checksum of bytes that themselves hold checksums is weak, so a stored one is masked: rotated right by 15 bits,
 * plus a constant. LevelDB: util/crc32c.h. TensorFlow: core/lib/hash/crc32c.h.
 */
import { type Checksum, simdChecksum } from './crc32c-simd'

const MASK_DELTA = 0xa282ead8

/** Below this, copying the bytes into WebAssembly's memory takes longer than their checksum. */
const SMALL = 128

/** The fast way, once something was large enough to ask for it; else JavaScript's. */
let checksum: Checksum | undefined

/** The checksum of `bytes`, or of what had the checksum `crc` followed by `bytes`. Unsigned. */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  if (bytes.length < SMALL) return plainCrc32c(bytes, crc)
  return (checksum ??= simdChecksum() ?? plainCrc32c)(bytes, crc)
}

/** The polynomial, its bits in reverse. */
const POLYNOMIAL = 0x82f63b78

/** Eight tables of 256 numbers: table n is of a byte with n bytes of zeros behind it. */
let tables: Int32Array | undefined

/** The same in JavaScript alone, eight bytes at a time. */
export function plainCrc32c(bytes: Uint8Array, crc: number): number {
  const all = (tables ??= makeTables())
  const table = (n: number, byte: number): number => all[(n << 8) | (byte & 255)] as number
  const byte = (at: number): number => bytes[at] as number
  let sum = ~crc
  let at = 0
  for (const end = bytes.length - 7; at < end; at += 8) {
    const head = table(7, sum ^ byte(at)) ^ table(6, (sum >>> 8) ^ byte(at + 1))
    const neck = table(5, (sum >>> 16) ^ byte(at + 2)) ^ table(4, (sum >>> 24) ^ byte(at + 3))
    sum =
      head ^ neck ^ table(3, byte(at + 4)) ^ table(2, byte(at + 5)) ^ table(1, byte(at + 6)) ^ table(0, byte(at + 7))
  }
  for (; at < bytes.length; at++) sum = (sum >>> 8) ^ table(0, sum ^ byte(at))
  return ~sum >>> 0
}

function makeTables(): Int32Array {
  const all = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (POLYNOMIAL & -(sum & 1))
    all[byte] = sum
  }
  for (let at = 256; at < all.length; at++) {
    const before = all[at - 256] as number
    all[at] = (before >>> 8) ^ (all[before & 255] as number)
  }
  return all
}

/** A checksum as it is stored. */
export function maskCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0
}

/** The checksum that was stored. */
export function unmaskCrc(masked: number): number {
  const rotated = (masked - MASK_DELTA) >>> 0
  return ((rotated >>> 17) | (rotated << 15)) >>> 0
}
