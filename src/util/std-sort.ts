/**
 * The order in which TensorFlow's releases sort what is equal: that of the C++ library that they are built with.
 *
 *     more than 16 items    split at the median of the second, the middle and the last one; the part behind first, then the other
 *     up to 16 in a part    left for the end, where all is sorted by insertion
 *
 * SaveSlices sorts by names, so that this is how the parts of a tensor stand in a file of format V1.
 * libstdc++: std::sort in bits/stl_algo.h, by what it does.
 */

/** Items that are no more split. */
const SMALL = 16

/** Whether one item comes before another. */
type Before<T> = (a: T, b: T) => boolean

/** A sorted copy, in which equal items stand as std::sort leaves them. */
export function stdSort<T>(items: readonly T[], before: Before<T>): T[] {
  const sorted = [...items]
  split(sorted, 0, sorted.length, 2 * Math.floor(Math.log2(sorted.length)), before)
  for (let at = 1; at < sorted.length; at++) insert(sorted, at, at < SMALL, before)
  return sorted
}

/** Splits a range until its parts are small. */
function split<T>(items: T[], from: number, end: number, depth: number, before: Before<T>): void {
  let left = depth
  for (let to = end; to - from > SMALL;) {
    // So many bad splits are met by nothing but lists that are made for it; there std::sort goes on by heaps.
    if (left-- === 0) {
      const part = items.slice(from, to).sort((a, b) => Number(before(b, a)) - Number(before(a, b)))
      for (const [i, item] of part.entries()) items[from + i] = item
      return
    }
    const cut = partition(items, from, to, before)
    split(items, cut, to, left, before)
    to = cut
  }
}

/** Puts what is before a pivot in front of what is not; where the second part begins. */
function partition<T>(items: T[], from: number, end: number, before: Before<T>): number {
  swap(items, from, median(items, [from + 1, from + ((end - from) >> 1), end - 1], before))
  const pivot = items[from] as T
  let low = from + 1
  for (let high = end; ; low++) {
    while (before(items[low] as T, pivot)) low++
    do high--
    while (before(pivot, items[high] as T))
    if (low >= high) return low
    swap(items, low, high)
  }
}

/** Which of three places has the item in the middle. */
function median<T>(items: readonly T[], [a, b, c]: [number, number, number], before: Before<T>): number {
  const less = (x: number, y: number): boolean => before(items[x] as T, items[y] as T)
  if (less(a, b)) return less(b, c) ? b : less(a, c) ? c : a
  return less(a, c) ? a : less(b, c) ? c : b
}

/** Moves the item at `at` to its place among those in front of it; one of the first 16 may go to the very front. */
function insert<T>(items: T[], at: number, mayBeFirst: boolean, before: Before<T>): void {
  const item = items[at] as T
  let to = at
  if (mayBeFirst && before(item, items[0] as T)) to = 0
  else while (before(item, items[to - 1] as T)) to--
  items.copyWithin(to + 1, to, at)
  items[to] = item
}

function swap<T>(items: T[], a: number, b: number): void {
  const item = items[a] as T
  items[a] = items[b] as T
  items[b] = item
}
