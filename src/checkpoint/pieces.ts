/**
 * Memory that is read into, looked at and let go of: pieces of two sizes. Fresh memory costs more than the reading, so that they are
 * used again, by whoever reads next, of any file: a checkpoint may have thousands.
 */
import { newBuffer } from '../util/memory'
import { type Slab } from './slab-memory'
import { fastPaths } from './fast-paths'

/** A large range is read in pieces of this size. */
export const PIECE = 4 << 20
/** From a file that is quick, what is looked at and let go of comes in smaller ones, which stay in the cache. */
export const QUICK = 1 << 20
/** So many of either size are kept. */
const KEPT = 16

const spare: Slab[] = []
const quick: Slab[] = []

/** Memory for so many bytes, PIECE at most; of a quarter of QUICK and less it is made each time. */
export function takePiece(size: number): Slab {
  if (size > QUICK) return spare.pop() ?? new Uint8Array(newBuffer(PIECE))
  if (size <= QUICK / 4) return new Uint8Array(newBuffer(size))
  return quick.pop() ?? fastPaths?.piece() ?? new Uint8Array(newBuffer(QUICK))
}

/** A read that is under way, and what was taken for it. */
export interface Flight {
  readonly slab?: Slab | undefined
  readonly landed: Promise<unknown>
}

/** Nobody looks at its piece any more. */
export function giveBack({ slab }: Flight): void {
  if (slab === undefined) return
  const { length } = slab
  const pool = length < PIECE ? quick : spare
  if (length >= QUICK && pool.length < KEPT) pool.push(slab)
}

/** Waits until none of them writes into memory any more, and takes their pieces. */
export async function endAll(flights: readonly Flight[]): Promise<void> {
  await Promise.allSettled(flights.map(({ landed }) => landed))
  flights.forEach(giveBack)
}
