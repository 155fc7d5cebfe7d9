/**
 * Runs those who take turns: each has a process of its own that stays, so that it is warm, and what disturbs the machine
 * disturbs all of them. Before that, the first runs of fresh processes.
 */
import { join } from 'node:path'
import { filesOf } from './checkpoints.mjs'
import { startNode, startPython } from './child.mjs'

/** A process is warm, its code compiled, after a dozen of runs that take two seconds together; long ones count for more. */
const WARM = { leastRuns: 12, mostRuns: 20, ms: 2000, anyRuns: 4000 }

/** When its turn comes, each runs so often in a row, all of which count; less often where a run takes long. */
const TURN = { runs: 3, ms: 2000 }

/**
 * @typedef {object} Context
 * @property {number} rounds
 * @property {number} scale
 * @property {string} [python] one that has TensorFlow
 * @property {string} directory
 * @property {import('./checkpoints.mjs').Checkpoints} checkpoints
 * @property {number} idle what a Node takes that does nothing, in bytes
 */

/**
 * What one of the takers took: ms, and the most memory of its processes in bytes.
 *
 * @typedef {{ first: number[], firstPeaks: number[], repeated: number[], peak?: number }} Taken
 */

/**
 * @param {import('./works.mjs').Taker[]} takers
 * @param {'data' | 'index'} touches which files the limits read
 * @param {Context} context
 * @returns {Promise<Map<string, Taken>>} by the takers' names
 */
export async function measure(takers, touches, context) {
  const there = takers.filter(({ script }) => context.python !== undefined || !isPython(script))
  const taken = new Map(there.map(({ name }) => [name, { first: [], firstPeaks: [], repeated: [] }]))
  await runFresh(there, taken, touches, context)
  const staying = there.filter(({ stays = true }) => stays)
  for (const some of [staying.filter(({ apart }) => !apart), staying.filter(({ apart }) => apart)]) {
    await takeTurns(some, taken, touches, context)
  }
  return taken
}

async function takeTurns(takers, taken, touches, context) {
  const staying = []
  for (const taker of takers) {
    const child = await started(taker, touches, context)
    staying.push({ child, of: taken.get(taker.name) })
    await runFirst(child, taken.get(taker.name), context)
    await warm(child, context)
  }
  for (let round = 0; round < context.rounds; round++) {
    // Nobody always comes behind the same one.
    for (const { child, of } of round % 2 === 0 ? staying : staying.toReversed()) {
      of.repeated.push(...(await takeTurn(child, context)))
    }
  }
  for (const { child, of } of staying) of.peak = await child.end()
}

async function takeTurn(child, context) {
  const taken = []
  for (let spent = 0; taken.length < TURN.runs && spent < TURN.ms; spent += taken.at(-1)) {
    taken.push((await child.ask('run', nextOut(context))).ms)
  }
  return taken
}

/** All first runs but those of the processes that stay. */
async function runFresh(takers, taken, touches, context) {
  const times = (taker) => Math.min(taker.fresh, context.rounds) - (taker.stays === false ? 0 : 1)
  for (let i = 0; takers.some((taker) => i < times(taker)); i++) {
    for (const taker of takers.filter((one) => i < times(one))) {
      const child = await started(taker, touches, context)
      await runFirst(child, taken.get(taker.name), context)
      await child.end()
    }
  }
}

async function runFirst(child, { first, firstPeaks }, context) {
  first.push((await child.ask('run', nextOut(context))).ms)
  firstPeaks.push((await child.ask('peak')).peak)
}

async function started({ script, work, set }, touches, { python, checkpoints }) {
  const prefix = await checkpoints.prefixOf(set)
  const child = isPython(script) ? startPython(python, script) : startNode(script)
  const files = touches === 'index' ? filesOf(prefix).slice(0, 1) : filesOf(prefix)
  await child.ask('setup', { work, set: checkpoints.set(set), prefix, files })
  return child
}

function isPython(script) {
  return script.endsWith('tensorflow')
}

async function warm(child, context) {
  let spent = 0
  const enough = (runs) => spent >= WARM.anyRuns || (runs >= WARM.leastRuns && spent >= WARM.ms)
  for (let i = 0; i < WARM.mostRuns && !enough(i); i++) spent += (await child.ask('run', nextOut(context))).ms
}

/** Numbers what is written: each goes to a name of its own. */
let written = 0
export function nextOut({ directory }) {
  return { out: join(directory, `written-${written++}`) }
}
