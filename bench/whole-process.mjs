/**
 * Whole processes, from their start to their end: `node script` beside `python script`, each timed from outside. That is
 * what somebody waits for who wants one thing of a checkpoint.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { judge } from './musts.mjs'
import { bytesLabel, count } from './sets.mjs'
import { median, megabytes, ratio, table, times } from './table.mjs'

const HEAD = [
  'whole process, ms: median (least)',
  'tfsave',
  'TensorFlow',
  'to TensorFlow',
  'MB, tfsave',
  'MB, TensorFlow',
]
const MUST = 5

export function wholeWorksAt(sets) {
  const of = (what, name, label, must = MUST) => {
    const { tensors, bytes } = sets.get(name)
    return { id: `whole-${what}-${name}`, what, sets: [name], label: label(tensors, tensors * bytes), must }
  }
  return [
    { ...of('start', 'few', () => 'import, and no more', 0), id: 'whole-start' },
    of('list', 'few', (tensors) => `list ${count(tensors)} variables`),
    of('list', 'small', (tensors) => `list ${count(tensors)} variables`),
    of('load', 'small', (tensors) => `load 1 of ${count(tensors)} variables`),
    of('restore', 'large', (_, bytes) => `restore ${bytesLabel(bytes)}`),
  ]
}

/** Prints the table; gives what may not be missed. */
export async function benchWholeProcesses(works, context) {
  const rows = []
  const musts = []
  await warm(context)
  for (const work of works) {
    console.error(`… whole process: ${work.label}`)
    const { ours, theirs } = await takeTurns(work, context)
    const [msOurs, msTheirs] = [ours, theirs].map((runs) => runs.map(({ ms }) => ms))
    const above = (runs) =>
      megabytes(runs.length === 0 ? undefined : median(runs.map(({ peak }) => peak)) - context.idle)
    const peers = [times(msOurs), times(msTheirs), ratio(msTheirs, msOurs)]
    rows.push([work.label, ...peers, above(ours), above(theirs)])
    const held = work.must > 0 ? [{ to: 'theirs', least: work.must }] : []
    musts.push(...judge(`whole process: ${work.label}`, held, { ours: msOurs, theirs: msTheirs }, context.scale))
    context.checkpoints.release(work)
  }
  console.log(`${table(HEAD, rows)}\n`)
  return musts
}

async function takeTurns({ what, sets: [name] }, { rounds, python, checkpoints }) {
  const { tensors, bytes } = checkpoints.set(name)
  const details = [what, await checkpoints.prefixOf(name), tensors, bytes].map(String)
  const sides = [['ours', process.execPath, 'whole-tfsave.mjs']]
  if (python !== undefined) sides.push(['theirs', python, 'whole_tensorflow.py'])
  const result = { ours: [], theirs: [] }
  for (let round = 0; round < rounds; round++) {
    for (const [side, command, script] of sides) result[side].push(await runWhole(command, script, details))
  }
  return result
}

/** Brings the programs' own files into the page cache. */
async function warm({ python }) {
  const nothing = ['start', '', '0', '0']
  await runWhole(process.execPath, 'whole-tfsave.mjs', nothing)
  if (python !== undefined) await runWhole(python, 'whole_tensorflow.py', nothing)
}

/** Runs a program → { ms, peak }. */
function runWhole(command, script, details) {
  const args = [fileURLToPath(new URL(script, import.meta.url)), ...details]
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (said[name] += text))
    child.on('error', reject)
    let ms
    child.on('exit', () => (ms = performance.now() - start))
    child.on('close', (code) => {
      if (code === 0) resolve({ ms, peak: JSON.parse(said.stdout).peak })
      else reject(new Error(`${args.join(' ')} ended with ${code}: ${said.stderr}`))
    })
  })
}
