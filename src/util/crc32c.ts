/**
 * CRC-32C (Castagnoli), and the mask under which TensorFlow stores it.
 *
 * A checksum of bytes that themselves hold checksums is weak, so a stored one is masked: rotated right by 15 bits,
 * plus a constant. LevelDB: util/crc32c.h. TensorFlow: core/lib/hash/crc32c.h.
 */
import { type Checksum, plainCrc32c, SMALL } from './crc32c-plain'

export { plainCrc32c } from './crc32c-plain'

const MASK_DELTA = 0xa282ead8

/** The fast way where it was registered and can be had; else JavaScript's. */
let checksum: Checksum | undefined
let simd: (() => Checksum | undefined) | undefined

/** The checksum of `bytes`, or of what had the checksum `crc` followed by `bytes`. Unsigned. */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  if (bytes.length < SMALL) return plainCrc32c(bytes, crc)
  return (checksum ??= simd?.() ?? plainCrc32c)(bytes, crc)
}

/**
 * Takes simdChecksum() of crc32c-simd.ts from here on: Node does, and whoever writes. In a page that reads, and little more, the network
 * is slower than JavaScript, and the code for it larger than what it gains.
 */
export function registerChecksum(make: () => Checksum | undefined): void {
  if (simd === make) return
  simd = make
  checksum = undefined
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
