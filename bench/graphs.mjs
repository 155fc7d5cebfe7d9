/**
 * What graphs take: a frozen graph, a `.meta` and a `.pbtxt`, parsed, imported and written, and stores of up to 100,000
 * variables saved with theirs, beside Python's protobuf and TensorFlow in one run. `npm run bench` prints it below its other table; by itself:
 *
 *     node bench/graphs.mjs [--rounds 5] [--scale 1] [--only graph-import]
 *
 * The sides take turns, each in a process of its own that stays. Memory is that of processes which do the work once,
 * above what they had before it.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { Child, findTensorFlow, startNode } from './child.mjs'
import { bundleMessages } from './graph-messages.mjs'
import { graphWorks, labelOf, variablesOf } from './graph-works.mjs'
import { median, megabytes, ratio, table, times } from './table.mjs'

const HEAD = [
  'ms: median (least)',
  'tfsave',
  'peer',
  'to peer',
  'first: tfsave',
  'first: peer',
  'MB, tfsave',
  'MB, peer',
]
/** A process is warm after a few runs that take a second together. */
const WARM = { leastRuns: 2, mostRuns: 10, ms: 1000 }
const FRESH = 2

/**
 * The table, and below it what may not be missed.
 *
 * @param {{ rounds: number, scale: number, only: string, python?: string, directory: string }} options
 */
export async function benchGraphs(options) {
  const works = graphWorks().filter(({ id }) => id.includes(options.only))
  if (works.length === 0) return
  const messages = await bundleMessages(options.directory)
  const results = []
  for (const work of works) {
    const path = work.kind === 'save' ? undefined : await fileOf(work, options)
    const label = labelOf(work, options.scale, path === undefined ? undefined : statSync(path).size)
    console.error(`… ${label}`)
    const variables = variablesOf(work, options.scale)
    results.push({ work, label, variables, ...(await measure(work, { path, messages, variables }, options)) })
  }
  console.log(table(HEAD, results.map(rowOf)))
  for (const line of [...growth(results), ...mustsOf(results, options)]) console.log(line)
}

const NAMES = { frozen: 'frozen.pb', meta: 'model.meta', text: 'model.pbtxt' }

/** Made where it is not there yet. */
const made = new Set()
async function fileOf(work, { directory, scale }) {
  const { file } = work
  const variables = variablesOf(work, scale)
  const path = join(directory, NAMES[file] ?? `${variables}.meta`)
  if (made.has(path)) return path
  made.add(path)
  const child = startNode('graphs-tfsave')
  await child.ask('make', { file, path, scale, variables })
  await child.end()
  return path
}

async function measure(work, details, { rounds, python, directory }) {
  const starts = { ours: () => startNode('graphs-tfsave') }
  if (python !== undefined && work.peer !== undefined) {
    const script = fileURLToPath(new URL('graphs_tensorflow.py', import.meta.url))
    starts.theirs = () => new Child(python, [script])
  }
  const out = join(directory, 'written')
  const result = { ours: [], theirs: [], first: { ours: [], theirs: [] }, memory: { ours: [], theirs: [] } }
  const children = []
  for (const [side, start] of Object.entries(starts)) {
    for (let i = 0; i < Math.min(FRESH, rounds); i++) {
      const { ms, bytes } = await runOnce(start(), { work, ...details }, out)
      result.first[side].push(ms)
      result.memory[side].push(bytes)
    }
    const child = start()
    await child.ask('setup', { work, ...details })
    await warm(child, out)
    children.push([side, child])
  }
  for (let round = 0; round < rounds; round++) {
    for (const [side, child] of children) result[side].push((await child.ask('run', { out })).ms)
  }
  for (const [, child] of children) await child.end()
  return result
}

async function runOnce(child, details, out) {
  await child.ask('setup', details)
  const { peak } = await child.ask('peak')
  const { ms } = await child.ask('run', { out })
  return { ms, bytes: (await child.end()) - peak }
}

async function warm(child, out) {
  let spent = 0
  for (let i = 0; i < WARM.mostRuns && (i < WARM.leastRuns || spent < WARM.ms); i++) {
    spent += (await child.ask('run', { out })).ms
  }
}

function rowOf({ label, ours, theirs, first, memory }) {
  const megabytesOf = (samples) => megabytes(samples.length === 0 ? undefined : median(samples))
  return [
    label,
    times(ours),
    times(theirs),
    ratio(theirs, ours),
    times(first.ours),
    times(first.theirs),
    megabytesOf(memory.ours),
    megabytesOf(memory.theirs),
  ]
}

/** What each variable takes, at 1x, 10x and 100x: the least of all rounds. */
function growth(results) {
  return ['save', 'import'].flatMap((kind) => {
    const rows = results.filter(({ work }) => work.kind === kind && work.file === 'many')
    if (rows.length < 2) return []
    const each = rows.map(
      ({ variables, ours }) => `${variables}: ${((Math.min(...ours) * 1000) / variables).toFixed(0)}`,
    )
    return [`- ${rows[0].work.does} with a .meta, microseconds a variable: ${each.join(', ')}`]
  })
}

/** What may not be missed, and what came out. */
function mustsOf(results, { python, scale }) {
  if (python === undefined || scale < 1) return []
  const held = results.filter(({ work }) => work.must !== undefined)
  return held.map(({ work, label, ours, theirs }) => {
    const found = median(theirs) / median(ours)
    return `- ${label}: at least ${work.must}x its speed: ${found.toFixed(2)}x, ${found >= work.must ? 'holds' : 'MISSED'}`
  })
}

async function main() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      scale: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
    },
  })
  const { python, reason } = findTensorFlow()
  const directory = mkdtempSync(join(tmpdir(), 'tfsave-bench-'))
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
  console.log(
    `Node ${process.version}, ${python === undefined ? `TensorFlow left out: ${reason}` : 'TensorFlow joins in'}\n`,
  )
  await benchGraphs({
    rounds: Number(values.rounds),
    scale: Number(values.scale),
    only: values.only,
    python,
    directory,
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
