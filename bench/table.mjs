/**
 * From samples to a table in Markdown.
 */

export function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** "12.3 (11.9)": the median and the least, in ms; nothing where there are no samples. */
export function times(samples) {
  return samples.length === 0 ? '' : `${milliseconds(median(samples))} (${milliseconds(Math.min(...samples))})`
}

function milliseconds(ms) {
  return ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0)
}

/** How many times as long `peer` takes as we do: above 1 we are the faster. Of medians. */
export function ratio(peer, ours) {
  if (peer.length === 0 || ours.length === 0) return ''
  const value = median(peer) / median(ours)
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)}x`
}

/** What part of a limit's speed ours is, of medians. */
export function percentOf(limit, ours) {
  return limit.length === 0 || ours.length === 0 ? '' : `${((median(limit) / median(ours)) * 100).toFixed(0)} %`
}

/** GB a second. */
export function speed(bytes, samples) {
  return samples.length === 0 ? '' : (bytes / 1e6 / median(samples)).toFixed(2)
}

export function megabytes(bytes) {
  return bytes === undefined ? '' : (bytes / 1e6).toFixed(0)
}

/** A table; the first column is text, the others are numbers. */
export function table(head, rows) {
  const widths = head.map((title, i) => Math.max(title.length, 4, ...rows.map((row) => row[i].length)))
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}
