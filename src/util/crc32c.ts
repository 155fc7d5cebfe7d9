/**
 * CRC-32C (Castagnoli), and the mask under which TensorFlow stores it.
 *
 * A checksum of bytes that themselves hold checksums is weak, so a stored one is masked: rotated right by 15 bits,
 * plus a constant. LevelDB: util/crc32c.h. TensorFlow: core/lib/hash/crc32c.h.
 */
import CRC32C from 'crc-32/crc32c.js'

const MASK_DELTA = 0xa282ead8

/** The checksum of `bytes`, or of what had the checksum `crc` followed by `bytes`. Unsigned. */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  return CRC32C.buf(bytes, crc) >>> 0
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
