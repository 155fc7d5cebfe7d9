/**
 * Checksums of pieces and of neighbours, joined by x^n mod P (util/crc32c-join.ts): a piece is checked when it lands, in whatever order,
 * and many small tensors by one checksum: what the index has of each, joined, is that of all their bytes.
 */
import { crc32c, unmaskCrc } from '../util/crc32c'
import { SMALL } from '../util/crc32c-plain'
import { joinCrc32c } from '../util/crc32c-join'
import { simdPiece } from '../util/crc32c-simd'
import { type Reading } from './read-jobs'

/** As many bytes as are not left to JavaScript. */
const SOME = new Uint8Array(SMALL)

/** Each run of neighbours by one sum of all their bytes. */
export function match(readings: readonly Reading[], bytes: Uint8Array, offset: number): boolean {
  let [from, end, joined] = [offset, offset, 0]
  const matches = (): boolean => (end > from ? crc32c(bytes.subarray(from - offset, end - offset)) : 0) === joined
  for (const { tensor } of readings) {
    if (tensor.dtype.size === 0) continue
    if (tensor.offset !== end) {
      if (!matches()) return false
      from = tensor.offset
      joined = 0
    }
    joined = joinCrc32c(joined, unmaskCrc(tensor.crc32c), tensor.size)
    end = tensor.offset + tensor.size
  }
  return matches()
}

/** Its memory is there once the checksum is made, which is at its first use. */
export function piece(): Uint8Array<ArrayBuffer> | undefined {
  return simdPiece() ?? (crc32c(SOME) > 0 ? simdPiece() : undefined)
}
