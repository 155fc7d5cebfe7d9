/**
 * The fast ways, all of them.
 */
import { readPlainEntry } from '../proto/plain-entry'
import { registerChecksum } from '../util/crc32c'
import { simdChecksum } from '../util/crc32c-simd'
import { registerFastPaths } from './fast-paths'
import { type ArrayOf, type FillItem, planFill } from './fill-runs'
import { match, piece } from './joint-sums'
import { type BundleColumns } from './bundle-columns'
import { type CheckpointSource, type VerifiedTensor } from './checkpoint-source'
import { type BundlePlan } from './open-bundle'
import { readingAhead } from './read-ahead'
import { verifyRuns } from './verify-runs'

/**
 * Checksums in WebAssembly SIMD from here on, and joined ones: for Node, and whoever restores. Without effect where there is no
 * WebAssembly, or a content security policy forbids it. A page that only reads over a network, which JavaScript's checksums
 * outrun, goes without them, and without 2 kB of code; with files of its own disk, BlobFileSystem, it takes the checksum.
 */
export function useSimdChecksums(): void {
  registerChecksum(simdChecksum)
  registerFastPaths({ match, piece, readEntry: readPlainEntry, faster })
}

function faster(source: CheckpointSource, tensors: BundleColumns, plan: BundlePlan): CheckpointSource {
  async function* verify(listener?: object): AsyncGenerator<VerifiedTensor> {
    yield* source.verify(listener, yield* verifyRuns(tensors, plan, listener !== undefined))
  }
  const planned = (items: readonly FillItem[], arrayOf: ArrayOf) => planFill(tensors, plan, items, arrayOf)
  const ways = { read: readingAhead(source, plan), verify, planFill: planned }
  return Object.assign(Object.create(source) as CheckpointSource, ways)
}
