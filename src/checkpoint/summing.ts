/**
 * Checking at once what comes in pieces, or side by side: joint-sums.ts, which Node and whoever restores registers. Without it each piece is
 * checked behind the one before it, and each tensor by itself: the same, more slowly, and without the code for it in a page.
 */
import { type Reading } from './read-jobs'

/** What is known of sums that are joined. */
export interface Summing {
  /** Whether the numbers of neighbours have the checksums of the index. `bytes` begin at that offset in the file. */
  match(readings: readonly Reading[], bytes: Uint8Array, offset: number): boolean
  /** Bytes of a QUICK piece (pieces.ts) that are checksummed faster than others; undefined where all are taken. */
  piece(): Uint8Array<ArrayBuffer> | undefined
}

export let summing: Summing | undefined

/** Takes `sums` from here on. */
export function registerSumming(sums: Summing): void {
  summing = sums
}
