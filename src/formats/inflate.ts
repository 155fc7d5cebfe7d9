/**
 * Deflated contents, in memory that is bounded by what they claim to be. RFC 1951; the work is fflate's.
 */
import { Deflate, Inflate } from 'fflate'
import { allocate } from '../fs/system-errors'
import { damaged, type Place } from './fault'

/** No deflated byte stands for more than this: 258 bytes cost at least two bits. zlib: doc/txtvsbin, "Maximum Compression". */
export const MOST_EXPANSION = 1032

/** Packed bytes in one go: what they become is at most 17 MB. */
const PIECE = 1 << 14

/** The `size` bytes that were packed. @throws {DataLossError} where they are more, fewer, or no deflated bytes */
export function inflate(packed: Uint8Array, size: number, place: Place): Uint8Array {
  // Before anything is allocated.
  if (size > packed.length * MOST_EXPANSION)
    throw damaged(place, `${packed.length} bytes claim to be ${size} packed ones`)
  const whole = allocate(size, place.path ?? place.format)
  let filled = 0
  const inflater = new Inflate((piece) => {
    if (piece.length > size - filled) throw damaged(place, `it unpacks to more than the ${size} bytes that it claims`)
    whole.set(piece, filled)
    filled += piece.length
  })
  try {
    forEachPiece(packed, (piece, last) => inflater.push(piece, last))
  } catch (error) {
    // fflate's own errors have a number for a code.
    if (typeof (error as { code?: unknown }).code !== 'number') throw error
    throw damaged(place, `it cannot be unpacked: ${(error as Error).message}`, undefined, error)
  }
  if (filled < size) throw damaged(place, `it unpacks to ${filled} bytes, and claims ${size}`)
  return whole
}

/** The bytes of several arrays, packed as one. */
export function deflate(parts: Iterable<Uint8Array>): Uint8Array[] {
  const packed: Uint8Array[] = []
  const deflater = new Deflate({ level: 6 }, (piece) => packed.push(piece))
  for (const part of parts) forEachPiece(part, (piece) => deflater.push(piece))
  deflater.push(new Uint8Array(0), true)
  return packed
}

function forEachPiece(bytes: Uint8Array, visit: (piece: Uint8Array, last: boolean) => void): void {
  let at = 0
  do {
    visit(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
    at += PIECE
  } while (at < bytes.length)
}
