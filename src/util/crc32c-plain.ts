/**
 * CRC-32C in JavaScript alone: for what is short, and where there is no WebAssembly with SIMD.
 */

/** Below this, the way into WebAssembly takes longer than the checksum. */
export const SMALL = 128

/** The checksum of `bytes` behind what had the checksum `crc`. */
export type Checksum = (bytes: Uint8Array, crc: number) => number

/** The polynomial, its bits in reverse. */
const POLYNOMIAL = 0x82f63b78

/** Eight tables of 256 numbers: table n is of a byte with n bytes of zeros behind it. */
let tables: Int32Array | undefined

/** The checksum of `bytes` behind what had the checksum `crc`, eight bytes at a time. */
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
