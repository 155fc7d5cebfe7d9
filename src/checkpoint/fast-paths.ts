/**
 * Ways that are faster, and do the same: simd-checksums.ts registers them, for Node and whoever restores. Without them each tensor is
 * checked by itself, more slowly, and a page that reads over a network, which is slower still, goes without their code.
 */
import { type BundleEntry } from '../proto/bundle-messages'
import { type BundleColumns, type ColumnsMemory } from './bundle-columns'
import { type CheckpointSource } from './checkpoint-source'
import { type BundlePlan } from './open-bundle'
import { type PlainBlockReader } from './plain-block'
import { type Reading } from './read-jobs'

export interface FastPaths {
  /** Whether the numbers of neighbours have the checksums of the index. `bytes` begin at that offset in the file. */
  match(readings: readonly Reading[], bytes: Uint8Array, offset: number): boolean
  /** Bytes of a QUICK piece (pieces.ts) that are checksummed faster than others; undefined where all are taken. */
  piece(): Uint8Array<ArrayBuffer> | undefined
  /** Of plain-block.ts. */
  blocks(numShards: number, take: (entry: BundleEntry) => void): PlainBlockReader
  /** Memory for the columns of an index of so many bytes. */
  index(size: number): Partial<ColumnsMemory>
  /** The same source, read ahead where one small tensor is asked for after another, and verified in runs. */
  faster(source: CheckpointSource, tensors: BundleColumns, plan: BundlePlan): CheckpointSource
}

export let fastPaths: FastPaths | undefined

/** Takes `paths` from here on; undefined: none. */
export function registerFastPaths(paths: FastPaths | undefined): void {
  fastPaths = paths
}
