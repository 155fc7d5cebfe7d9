/**
 * The fast ways, all of them.
 */
import { type BundleEntry } from '../proto/bundle-messages'
import { registerChecksum } from '../util/crc32c'
import { simdChecksum } from '../util/crc32c-simd'
import { registerFastPaths } from './fast-paths'
import { planFill } from './fill-runs'
import { match, piece } from './joint-sums'
import { type BundleColumns, type ColumnsMemory } from './bundle-columns'
import { type CheckpointSource, type VerifiedTensor } from './checkpoint-source'
import { type BundlePlan } from './open-bundle'
import { PlainBlockReader } from './plain-block'
import { readingAhead } from './read-ahead'
import { verifyRuns } from './verify-runs'

/**
 * Checksums in WebAssembly SIMD from here on, and joined ones: for Node, and whoever restores. Without effect where there is no
 * WebAssembly, or a content security policy forbids it. A page that only reads over a network, which JavaScript's checksums
 * outrun, goes without them, and without 2 kB of code; with files of its own disk, BlobFileSystem, it takes the checksum.
 */
export function useSimdChecksums(): void {
  registerChecksum(simdChecksum)
  registerFastPaths({ match, piece, blocks, index, faster })
}

function blocks(numShards: number, take: (entry: BundleEntry) => void): PlainBlockReader {
  return new PlainBlockReader(numShards, take)
}

/** Memory is taken at once for an index of up to so many bytes: what there will be takes no more, as a rule. */
const MOST = 1 << 26
/** It is kept for the next where the index is of up to so many: of some 100,000 tensors. */
const KEPT = 4 << 20
let spare: ColumnsMemory | undefined

function index(size: number): Partial<ColumnsMemory> {
  const taken = spare
  spare = undefined
  const most = Math.min(size, MOST)
  // Of a smaller one it would grow, and be copied, step by step.
  if (taken !== undefined && taken.bytes.length >= most) return taken
  return { bytes: new Uint8Array(most), numbers: new Float64Array(most >> 2) }
}

function faster(source: CheckpointSource, tensors: BundleColumns, plan: BundlePlan): CheckpointSource {
  async function* verify(listener?: object): AsyncGenerator<VerifiedTensor> {
    yield* source.verify(listener, yield* verifyRuns(tensors, plan, listener !== undefined))
  }
  const letGo = (): void => {
    const { bytes, ends, numbers, starts } = tensors
    if (bytes.length <= KEPT) spare = { bytes, ends, numbers, starts }
  }
  const ways = { read: readingAhead(source, plan), verify, planFill: planFill.bind(undefined, tensors, plan), letGo }
  return Object.assign(Object.create(source) as CheckpointSource, ways)
}
