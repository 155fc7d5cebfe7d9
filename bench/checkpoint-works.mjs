/**
 * The table of what saving, restoring, verifying, listing and loading take (works.mjs).
 */
import { startNode } from './child.mjs'
import { measure } from './measure.mjs'
import { judge, judgeBytes } from './musts.mjs'
import { bytesLabel } from './sets.mjs'
import { median, megabytes, percentOf, ratio, speed, table, times } from './table.mjs'

const HEAD = [
  'ms: median (least)',
  'tfsave',
  'TensorFlow',
  'to TensorFlow',
  'plain read',
  'read into place',
  'plain copy',
  'of the limit',
  'GB/s',
  'MB, tfsave',
  'MB, TensorFlow',
]
/** The columns of the limits, by who takes them. */
const LIMITS = ['read', 'array', 'copy']

/**
 * Prints the table.
 *
 * @param {import('./works.mjs').Work[]} works
 * @param {import('./measure.mjs').Context} context
 * @returns {Promise<string[]>} what may not be missed
 */
export async function benchCheckpoints(works, context) {
  const rows = []
  const musts = []
  const notes = []
  for (const work of works) {
    console.error(`… ${work.label}`)
    const taken = await measure(work.takers, work.touches, context)
    for (const row of work.rows) rows.push(cellsOf(row, taken, context.idle))
    for (const row of work.rows) musts.push(...mustsOf(row, work, taken, context.scale))
    if (work.touched) await countTouched(work, { notes, musts }, context)
    context.checkpoints.release(work)
  }
  const idle = `above the ${megabytes(context.idle)} of \`node -e 0\``
  const below = [`MB: the most memory of a process that does only this, ${idle}.`, ...notes]
  console.log(`${[table(HEAD, rows), ...below].join('\n\n')}\n`)
  return musts
}

/** The samples of one side of a row, in ms; none where it was not there. */
function samplesOf(name, { first = false }, taken) {
  return taken.get(name)?.[first ? 'first' : 'repeated'] ?? []
}

function cellsOf(row, taken, idle) {
  const [ours, theirs] = [row.ours, row.theirs].map((name) => samplesOf(name, row, taken))
  const limit = row.limit === undefined ? [] : samplesOf(row.limit, {}, taken)
  const peakOf = (name) => {
    const { firstPeaks = [], peak } = taken.get(name) ?? {}
    const bytes = row.first ? firstPeaks.length > 0 && median(firstPeaks) : peak
    return bytes ? megabytes(Math.max(0, bytes - idle)) : ''
  }
  const limits = LIMITS.map((name) => (row.limit === undefined ? '' : times(samplesOf(name, {}, taken))))
  const moved = row.bytes === undefined ? '' : speed(row.bytes, ours)
  const peers = [times(ours), times(theirs), ratio(theirs, ours)]
  return [row.label, ...peers, ...limits, percentOf(limit, ours), moved, peakOf(row.ours), peakOf(row.theirs)]
}

function mustsOf(row, { label }, taken, scale) {
  const found = {
    ours: samplesOf(row.ours, row, taken),
    theirs: samplesOf(row.theirs, row, taken),
    limit: samplesOf(row.limit, {}, taken),
    bytes: row.bytes,
  }
  const name = row.label.startsWith('…') ? `${label} ${row.label}` : row.label
  return judge(name, row.musts ?? [], found, scale)
}

/** How much of the files is read for one variable: counted, not timed. */
async function countTouched({ label, sets: [name], touchedMust }, { notes, musts }, { checkpoints, scale }) {
  const child = startNode('tfsave')
  const prefix = await checkpoints.prefixOf(name)
  const { bytes, reads } = await child.ask('touched', { set: checkpoints.set(name), prefix })
  await child.end()
  notes.push(`To ${label}, ${bytesLabel(bytes)} of the files are read, in ${reads} reads.`)
  if (touchedMust !== undefined) musts.push(judgeBytes(`${label} reads`, touchedMust, bytes, scale))
}
