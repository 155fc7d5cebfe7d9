/**
 * The parts in which a tensor is stored, found by where they lie.
 *
 * They are set apart along one dimension after another, for as long as they can be: a partitioner cuts along one, and cuts
 * again within a part are found too. What cannot be set apart so is compared one by one, up to a limit.
 * TensorFlow: core/util/tensor_slice_set.cc.
 */
import { type Shape, type TensorSlice } from '../tensor/ndarray'
import { type Box, boxCount, formatSlice, intersect } from '../tensor/tensor-slice'
import { InternalError } from '../util/errors'

/** A part, and where it lies in the whole. */
export interface StoredPart {
  readonly slice: TensorSlice
  readonly box: Box
}

/** Parts that no cut sets apart, compared one by one: so many pairs. No partitioner makes a single one. */
const MAX_PAIRS = 1 << 22
/** Cuts within cuts. */
const MAX_DEPTH = 64

/** Groups that share no index of one dimension, in order, each from `starts` on; or parts that are compared one by one. */
type Tree<P> = readonly P[] | { readonly axis: number; readonly starts: readonly number[]; readonly groups: Tree<P>[] }

/** The parts that a box touches; undefined where they do not fill it. */
export type PartFinder<P> = (box: Box) => readonly P[] | undefined

/**
 * @param tensor of whose key, in which file, errors tell
 * @throws {InternalError} "Overlapping slices: existing slice = 0,3, new slice = 2,2"
 */
export function partFinder<P extends StoredPart>(
  { key, shape }: { readonly key: string; readonly shape: Shape },
  parts: readonly P[],
  path: string,
): PartFinder<P> {
  const filled = parts.filter(({ box }) => boxCount(box) > 0)
  const pairs = { left: MAX_PAIRS }
  const tree = treeOf(filled, { rank: shape.length, depth: 0, pairs, details: { path, key } })
  return (box) => {
    const found: P[] = []
    const count = boxCount(box)
    return count === 0 || collect(tree, box, found) === count ? found : undefined
  }
}

interface Sorting {
  readonly rank: number
  readonly depth: number
  readonly pairs: { left: number }
  readonly details: { readonly path: string; readonly key: string }
}

function treeOf<P extends StoredPart>(parts: readonly P[], sorting: Sorting): Tree<P> {
  const { rank, depth } = sorting
  for (let axis = 0; axis < rank && parts.length > 1 && depth < MAX_DEPTH; axis++) {
    const groups = groupsOf(parts, axis)
    if (groups.length < 2) continue
    const starts = groups.map((group) => startOf(group[0] as P, axis))
    return { axis, starts, groups: groups.map((group) => treeOf(group, { ...sorting, depth: depth + 1 })) }
  }
  parts.forEach((part, at) => checkApart(part, parts, at, sorting))
  return parts
}

function startOf({ box }: StoredPart, axis: number): number {
  return (box[axis] as Box[number])[0]
}

/** Parts that share indices of one dimension, or are held together by parts that do; in order. */
function groupsOf<P extends StoredPart>(parts: readonly P[], axis: number): P[][] {
  const groups: P[][] = []
  let end = -1
  for (const part of [...parts].sort((a, b) => startOf(a, axis) - startOf(b, axis))) {
    const [start, length] = part.box[axis] as Box[number]
    if (start >= end) groups.push([])
    groups.at(-1)?.push(part)
    end = Math.max(end, start + length)
  }
  return groups
}

function checkApart(part: StoredPart, parts: readonly StoredPart[], at: number, { pairs, details }: Sorting): void {
  for (let before = 0; before < at; before++) {
    const other = parts[before] as StoredPart
    if (pairs.left-- > 0 && intersect(other.box, part.box) === undefined) continue
    const both = `existing slice = ${formatSlice(other.slice)}, new slice = ${formatSlice(part.slice)}`
    const what = pairs.left < 0 ? 'Too many slices that no cut sets apart' : 'Overlapping slices'
    throw new InternalError(`${what}: ${both}: tensor ${details.key} in ${details.path}`, details)
  }
}

/** Appends the parts that the box touches. The elements that they have of it. */
function collect<P extends StoredPart>(tree: Tree<P>, box: Box, found: P[]): number {
  let count = 0
  if (!('axis' in tree)) {
    for (const part of tree) {
      const shared = intersect(part.box, box)
      if (shared === undefined) continue
      found.push(part)
      count += boxCount(shared)
    }
    return count
  }
  const { axis, starts, groups } = tree
  const [start, length] = box[axis] as Box[number]
  let from = 0
  // The last group that begins at or before the box.
  for (let end = starts.length; end - from > 1;) {
    const middle = (from + end) >> 1
    if ((starts[middle] as number) <= start) from = middle
    else end = middle
  }
  for (let at = from; at < groups.length && (starts[at] as number) < start + length; at++) {
    count += collect(groups[at] as Tree<P>, box, found)
  }
  return count
}
