/**
 * Which of the names that are there come nearest to one that is not.
 */

/** Names that TensorFlow's releases changed: RNN cells took "kernel" for "weights" and "bias" for "biases" in 1.2. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/kernel$/, 'weights'],
  [/weights$/, 'kernel'],
  [/bias$/, 'biases'],
  [/biases$/, 'bias'],
  [/\/ExponentialMovingAverage$/, ''],
  [/$/, '/ExponentialMovingAverage'],
  [/:0$/, ''],
]

/** Names given for one that is missing. */
const GIVEN = 3
/** How much of the longer name must agree from its two ends. */
const ALIKE = 0.6

/** Names that are sought for in one message: each search goes through all that are known… */
const SOUGHT = 20
/** …fewer where those are many: this many comparisons are made. One name is always sought for. */
const COMPARISONS = 500_000
/** Pairs of characters that one search may compare to find edits; beyond it only beginnings and ends are compared. */
const EDITS = 2_000_000

/** Each missing name, and behind it those of `known` that may be meant: "w (there is conv/w)". */
export function withNearest(missing: readonly string[], known: Iterable<string>): string[] {
  const names = new Set(known)
  const sought = Math.min(SOUGHT, Math.max(1, Math.floor(COMPARISONS / names.size)))
  return missing.map((name, i) => {
    const nearest = i < sought ? nearestNames(name, names) : []
    return nearest.length === 0 ? name : `${name} (there is ${nearest.join(', ')})`
  })
}

/** At most three names of `known` that `name` may stand for, the likeliest first. */
export function nearestNames(name: string, known: ReadonlySet<string>): string[] {
  const renamed = RENAMED.map(([pattern, word]) => name.replace(pattern, word)).filter(
    (other) => other !== name && known.has(other),
  )
  const thorough = known.size * name.length ** 2 <= EDITS
  const alike: { other: string; score: number }[] = []
  for (const other of known) {
    const score = Math.max(likeness(name, other), thorough ? editLikeness(name, other) : 0)
    if (score >= ALIKE) alike.push({ other, score })
  }
  alike.sort((a, b) => b.score - a.score)
  return [...new Set([...renamed, ...alike.map(({ other }) => other)])].slice(0, GIVEN)
}

/** The share of the longer name that agrees from the start and from the end; 1 where only a scope stands in front. */
function likeness(a: string, b: string): number {
  if (a.endsWith(`/${b}`) || b.endsWith(`/${a}`)) return 1
  const length = Math.min(a.length, b.length)
  let start = 0
  while (start < length && a[start] === b[start]) start++
  let end = 0
  while (end < length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return (start + end) / Math.max(a.length, b.length)
}

/** The share of the longer name that stays when one is edited into the other; 0 where that is less than ALIKE. */
function editLikeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length)
  const limit = Math.floor((1 - ALIKE) * longest) + 1
  return longest === 0 ? 0 : 1 - editDistance(a, b, limit) / longest
}

/** Characters to insert, to drop or to replace; `limit` where there are that many or more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = [...Array(b.length + 1).keys()]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      // All three are in their rows.
      const replaced = (row[j - 1] as number) + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    if (Math.min(...next) >= limit) return limit
    row = next
  }
  return Math.min(row[b.length] as number, limit)
}
