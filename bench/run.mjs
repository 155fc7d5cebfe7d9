/**
 * `npm run bench`: what saving, restoring, verifying, listing and loading take, beside TensorFlow and beside what the
 * same bytes take at least, in one run; then what graphs (graphs.mjs), moving averages
 * (averages.mjs) and checksums (checksums.mjs) take. Prints tables in Markdown;
 * docs/benchmarks.md says how to read them.
 *
 *     npm run bench -- [--rounds 5] [--scale 1] [--only save-small]
 *
 * --scale takes that fraction of the sizes: 0.05 with two rounds is a test that all of it runs. --only takes the works
 * whose id holds that text. TensorFlow joins in where there is a Python that has it (TFSAVE_PYTHON, or what
 * `npm run oracle` made). All files are in a temporary directory, which is removed.
 */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { averagesIds, benchAverages } from './averages.mjs'
import { benchChecksums, checksumIds } from './checksums.mjs'
import { findTensorFlow, peakOfNothing, startNode, startPython } from './child.mjs'
import { graphWorks } from './graph-works.mjs'
import { benchGraphs } from './graphs.mjs'
import { median, megabytes, ratio, table, times } from './table.mjs'
import { worksAt } from './works.mjs'

/** The first run of a process is timed in this many processes at most: each starts TensorFlow anew. */
const FRESH = 3
/** A process is warm, its code compiled, after a few runs that take a second together, or after many short ones. */
const WARM = { leastRuns: 3, mostRuns: 20, ms: 1000 }

const HEAD = [
  'ms: median (least)',
  'tfsave',
  'TensorFlow',
  'to TensorFlow',
  'crc-32 alone',
  'plain read',
  'plain copy',
  'to crc-32',
  'to read',
  'to copy',
  'MB, tfsave',
  'MB, TensorFlow',
]

const options = readOptions()
const { python, reason } = findTensorFlow()
const directory = mkdtempSync(join(tmpdir(), 'tfsave-bench-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(130))
/** Checkpoints that are read, by prefix. */
const made = new Set()
/** Numbers the saves: each goes to a name of its own. */
let saves = 0
await main()

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      scale: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
    },
  })
  const [rounds, scale] = [Number(values.rounds), Number(values.scale)]
  if (!Number.isInteger(rounds) || rounds < 1) fail(`--rounds takes a whole number from 1, not ${values.rounds}`)
  if (!(scale > 0 && scale <= 4)) fail(`--scale takes a number above 0 and up to 4, not ${values.scale}`)
  const works = worksAt(scale).filter(({ id }) => id.includes(values.only))
  const ids = [...[...worksAt(1), ...graphWorks()].map(({ id }) => id), ...averagesIds(), ...checksumIds()]
  if (!ids.some((id) => id.includes(values.only))) fail(`--only ${values.only} is in no work's id: ${ids.join(', ')}`)
  return { rounds, scale, works, only: values.only }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

async function main() {
  const idle = peakOfNothing()
  console.log(`Node ${process.version}, ${await tensorFlowVersion()}, ${availableParallelism()} cores,`)
  console.log(`rounds: ${options.rounds}, sizes x ${options.scale}\n`)
  if (options.works.length > 0) await benchCheckpoints(idle)
  await benchGraphs({ ...options, python, directory })
  await benchAverages({ ...options, python })
  await benchChecksums(options)
}

async function benchCheckpoints(idle) {
  const results = []
  for (const work of options.works) {
    console.error(`… ${work.label}`)
    results.push(await measure(work))
  }
  const rows = results.flatMap((result) => rowsOf(result, idle))
  console.log(table(HEAD, rows))
  console.log(`\nMB: the most memory of a process that does only this, above the ${megabytes(idle)} of \`node -e 0\`.`)
  for (const line of mustsOf(results)) console.log(line)
  console.log('')
}

async function tensorFlowVersion() {
  if (python === undefined) return `TensorFlow left out: ${reason}`
  const child = startPython(python)
  const { version } = await child.ask('version')
  await child.end()
  return `TensorFlow ${version}`
}

/**
 * Fresh processes first, whose first run is timed and whose memory is that of one run; then processes that stay, which
 * take turns.
 */
async function measure(work) {
  const prefix = await checkpointOf(work)
  const starts = { ours: () => startNode('tfsave') }
  if (python !== undefined && work.peer) starts.theirs = () => startPython(python)
  const first = { ours: [], theirs: [] }
  const peaks = { ours: [], theirs: [] }
  for (let i = 0; i < Math.min(FRESH, options.rounds); i++) {
    for (const [side, start] of Object.entries(starts)) {
      const { ms, peak } = await runOnce(start(), work, prefix)
      first[side].push(ms)
      peaks[side].push(peak)
    }
  }
  return { work, first, peaks, ...(await takeTurns(starts, work, prefix)) }
}

async function runOnce(child, work, prefix) {
  await child.ask('setup', { work, prefix })
  const { ms } = await child.ask('run', nextSave())
  return { ms, peak: await child.end() }
}

async function takeTurns(starts, work, prefix) {
  const limits = startNode('limits')
  const sides = Object.entries(starts).map(([name, start]) => ({ name, child: start() }))
  const repeated = { ours: [], theirs: [], durable: [], crc: [], read: [], copy: [] }
  const finalPeaks = {}
  for (const { child } of sides) {
    await child.ask('setup', { work, prefix })
    await warm(child)
  }
  const touched = { files: filesOf(work, prefix), piece: work.bytes, out: join(directory, 'copy') }
  await limits.ask('run', touched)
  for (let round = 0; round < options.rounds; round++) {
    for (const { name, child } of sides) repeated[name].push((await child.ask('run', nextSave())).ms)
    const { crc, read, copy } = await limits.ask('run', touched)
    repeated.crc.push(crc)
    repeated.read.push(read)
    repeated.copy.push(copy)
    if (work.kind === 'save') repeated.durable.push((await sides[0].child.ask('run', nextSave(true))).ms)
  }
  for (const { name, child } of sides) finalPeaks[name] = await child.end()
  await limits.end()
  return { repeated, finalPeaks }
}

async function warm(child) {
  let spent = 0
  for (let i = 0; i < WARM.mostRuns && (i < WARM.leastRuns || spent < WARM.ms); i++) {
    const { ms } = await child.ask('run', nextSave())
    spent += ms
  }
}

function nextSave(durable = false) {
  return { out: join(directory, `saved-${saves++}`), durable }
}

/** The files whose bytes the work moves. */
function filesOf({ kind }, prefix) {
  const index = `${prefix}.index`
  return kind === 'list' || kind === 'load' ? [index] : [index, `${prefix}.data-00000-of-00001`]
}

/** The checkpoint of the work's tensors, made where it is not there yet, and on the disk: nothing is written later. */
async function checkpointOf(work) {
  const prefix = join(directory, work.id.replace(/^.*-/, ''))
  if (made.has(prefix)) return prefix
  made.add(prefix)
  const child = startNode('tfsave')
  await child.ask('make', { work, prefix })
  await child.end()
  for (const file of filesOf({ kind: 'restore' }, prefix)) {
    const fd = openSync(file, 'r')
    fsyncSync(fd)
    closeSync(fd)
  }
  return prefix
}

function rowsOf({ work, first, peaks, repeated, finalPeaks }, idle) {
  const above = (peak) => megabytes(peak === undefined ? undefined : Math.max(0, peak - idle))
  const peakOf = (side) => above(peaks[side].length === 0 ? undefined : median(peaks[side]))
  const { ours, theirs, crc, read, copy, durable } = repeated
  const isSave = work.kind === 'save'
  const limits = [times(crc), times(read), isSave ? times(copy) : '']
  const toLimits = [ratio(crc, ours), isSave ? '' : ratio(read, ours), isSave ? ratio(copy, ours) : '']
  const none = Array.from({ length: 6 }, () => '')
  const rows = [
    [
      work.label,
      times(ours),
      times(theirs),
      ratio(theirs, ours),
      ...limits,
      ...toLimits,
      above(finalPeaks.ours),
      above(finalPeaks.theirs),
    ],
    [
      '… first of a process',
      times(first.ours),
      times(first.theirs),
      ratio(first.theirs, first.ours),
      ...none,
      peakOf('ours'),
      peakOf('theirs'),
    ],
  ]
  if (isSave) rows.push(['… durable', times(durable), '', '', ...none, '', ''])
  return rows
}

/** What may not be missed, and what came out. */
function mustsOf(results) {
  // Of small sizes the fixed costs are most, and the ratios say nothing.
  if (python === undefined || options.scale < 1) return []
  const held = results.filter(({ work }) => work.must !== undefined && work.kind in { save: 1, restore: 1 })
  return held.map(({ work, repeated: { ours, theirs } }) => {
    const found = median(theirs) / median(ours)
    const verdict = found >= work.must ? 'holds' : 'MISSED'
    return `- ${work.label}: at least ${work.must}x TensorFlow's speed: ${found.toFixed(2)}x, ${verdict}`
  })
}
