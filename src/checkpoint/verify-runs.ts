/**
 * Verifies many small tensors without an object for each.
 */
import { SIZE } from '../proto/bundle-messages'
import { type BundleColumns } from './bundle-columns'
import { type VerifiedTensor } from './checkpoint-source'
import { type BundlePlan } from './open-bundle'
import { overlap, readRuns, runsOf } from './runs'

/** Verifies what it can, and finds no fault in; gives the positions of what is left, in the order of the files. @param each whether to hear of what is sound */
export async function* verifyRuns(
  columns: BundleColumns,
  bundlePlan: BundlePlan,
  each: boolean,
): AsyncGenerator<VerifiedTensor, Iterable<number>> {
  const places = columns.places(true)
  if (overlap(columns, places)) return places
  const plan = { ...bundlePlan, verifyChecksums: true }
  const all = { columns, places, plan }
  /** By its place: whether it is done. */
  const done = new Uint8Array(places.length)
  for await (const { run } of readRuns(runsOf(all), all)) {
    done.fill(1, run.from, run.to)
    if (!each) continue
    const [first, ...neighbours] = Array.from(places.subarray(run.from, run.to), (at) => ({
      key: columns.key(at),
      bytes: columns.number(at, SIZE),
    }))
    if (first !== undefined) yield { ...first, neighbours }
  }
  return places.filter((_, i) => done[i] === 0)
}
