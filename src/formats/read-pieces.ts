/**
 * Large reads, piece by piece into one array: several pieces are on their way while one that has landed is looked at. The
 * threads that read also touch the fresh memory first, which takes longer than the copying.
 */
import type { RandomAccessFile } from '../fs/file-system'
import { allocate } from '../fs/system-errors'
import type { OpenWeightFile } from './weight-file'

const PIECE = 4 << 20
const IN_FLIGHT = 4

/**
 * Exactly these bytes of the file, in memory of their own, or a view of them where the file is in memory.
 * @param landed gets every piece, first to last
 * @throws as RandomAccessFile.read(); what `landed` throws; the signal's reason
 */
export async function readPieces(
  { file, place, signal }: OpenWeightFile,
  offset: number,
  length: number,
  landed: (piece: Uint8Array) => void = () => undefined,
): Promise<Uint8Array> {
  // Beyond the file it is the file's own error.
  if (file.readInto === undefined || length <= PIECE || offset + length > file.size) {
    const bytes = await file.read(offset, length)
    landed(bytes)
    return bytes
  }
  const whole = allocate(length, place.path ?? place.format)
  const reads: Promise<Uint8Array>[] = []
  for (let at = 0; at < length || reads.length > 0;) {
    signal?.throwIfAborted()
    for (; at < length && reads.length < IN_FLIGHT; at += PIECE) {
      reads.push(readPiece(file, offset + at, whole.subarray(at, at + PIECE)))
    }
    const piece = await reads.shift()
    if (piece !== undefined) landed(piece)
  }
  return whole
}

function readPiece(file: RandomAccessFile, offset: number, target: Uint8Array): Promise<Uint8Array> {
  const read = Promise.resolve(file.readInto?.(offset, target)).then(() => target)
  // One that fails after another one has: that is the one that is told.
  read.catch(() => undefined)
  return read
}
