/**
 * What may not be missed, a line each: what is asked for, what came out, and whether it holds.
 */
import { bytesLabel } from './sets.mjs'
import { median, megabytes } from './table.mjs'

/**
 * @typedef {{ to: 'theirs', least: number }
 *   | { to: 'limit', least: number, of: string, orSpeed?: number }
 *   | { to: 'time', most: number }} Must
 *   theirs: times as fast; limit: that share of its speed, or bytes a second; time: ms
 */

/**
 * The lines of one row of a table. None for a side that was not there.
 *
 * @param {string} label
 * @param {Must[]} musts
 * @param {{ ours: number[], theirs?: number[], limit?: number[], bytes?: number }} found samples in ms
 * @param {number} scale below 1 nothing is judged: of small sizes the fixed costs are most, and the ratios say nothing
 */
export function judge(label, musts, found, scale) {
  return musts.flatMap((must) => {
    const line = WAYS[must.to](must, found)
    return line === undefined ? [] : [lineOf(label, line, scale)]
  })
}

const WAYS = {
  theirs({ least }, { ours, theirs = [] }) {
    if (theirs.length === 0) return undefined
    const ratio = median(theirs) / median(ours)
    return { asked: `at least ${least}x TensorFlow's speed`, found: `${ratio.toFixed(2)}x`, holds: ratio >= least }
  },
  limit({ least, of, orSpeed = Infinity }, { ours, limit, bytes }) {
    const share = median(limit) / median(ours)
    const speed = (bytes * 1000) / median(ours)
    const asked = `at least ${percent(least)} of the speed of ${of}`
    return {
      asked: orSpeed === Infinity ? asked : `${gigabytes(orSpeed)}, or ${asked}`,
      found: orSpeed === Infinity ? percent(share) : `${gigabytes(speed)}, ${percent(share)}`,
      holds: share >= least || speed >= orSpeed,
    }
  },
  time({ most }, { ours }) {
    const ms = median(ours)
    return { asked: `in less than ${most} ms`, found: `${ms.toFixed(1)} ms`, holds: ms < most }
  },
}

/** The line for at most so many bytes. */
export function judgeBytes(label, most, bytes, scale) {
  return lineOf(label, { asked: `at most ${exactly(most)}`, found: exactly(bytes), holds: bytes <= most }, scale)
}

/** To the megabyte, so that one sees by how much it is missed. */
function exactly(bytes) {
  return bytes < 1e6 ? bytesLabel(bytes) : `${megabytes(bytes)} MB`
}

function lineOf(label, { asked, found, holds }, scale) {
  const verdict = scale < 1 ? `not judged at a scale of ${scale}` : holds ? 'holds' : 'MISSED'
  return `- ${label}: ${asked}: ${found}, ${verdict}`
}

function percent(share) {
  return `${(share * 100).toFixed(0)} %`
}

function gigabytes(bytesPerSecond) {
  return `${(bytesPerSecond / 1e9).toFixed(1)} GB/s`
}
