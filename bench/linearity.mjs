/**
 * Whether what a work costs grows as its size: the time for each byte, or for each tensor, at 1x, 10x and 100x.
 */
import { measure } from './measure.mjs'
import { bytesLabel, count } from './sets.mjs'
import { median, table, times } from './table.mjs'

const HEAD = ['ms: median (least)', '1x', '10x', '100x', 'each at 1x', 'at 10x', 'at 100x', '100x to 10x']
/** Ends of the names of the sets, from 1x on. */
const SIZES = ['-100', '-10', '']

const KINDS = {
  save: { kind: 'save', durable: false },
  restore: { kind: 'restore', values: true, options: { rollback: false } },
  verify: { kind: 'verify' },
  list: { kind: 'list' },
}

export function linearWorksAt(sets) {
  const of = (kind, name) => {
    const names = SIZES.map((end) => name + end)
    const labels = names.map((each) => labelOf(name, sets.get(each)))
    return { id: `linear-${kind}-${name}`, kind, name, sets: names, label: `${kind} ${labels.join(', ')}` }
  }
  const both = ['save', 'restore', 'verify'].flatMap((kind) => [of(kind, 'large'), of(kind, 'small')])
  return [...both, of('list', 'million')]
}

function labelOf(name, { tensors, bytes }) {
  return name === 'large' ? bytesLabel(bytes) : count(tensors)
}

/** Prints the table. */
export async function benchLinearity(works, context) {
  const rows = []
  for (const work of works) {
    console.error(`… linear: ${work.label}`)
    const taker = { script: 'tfsave', work: KINDS[work.kind], fresh: 1 }
    const takers = work.sets.map((name) => ({ ...taker, name, set: name }))
    const taken = await measure(takers, 'data', { ...context, python: undefined })
    rows.push(rowOf(work, taken, context.checkpoints))
    context.checkpoints.release(work)
  }
  console.log(`${table(HEAD, rows)}\n`)
  return []
}

/** Of large tensors each is a byte, of small ones a tensor. */
function rowOf({ label, name, sets }, taken, checkpoints) {
  const samples = sets.map((each) => taken.get(each).repeated)
  const costs = sets.map((each, i) => {
    const { tensors, bytes } = checkpoints.set(each)
    return (median(samples[i]) * 1e6) / (name === 'large' ? bytes : tensors)
  })
  const shown = (ns) => (name === 'large' ? `${ns.toFixed(3)} ns` : `${(ns / 1000).toFixed(2)} µs`)
  const unit = name === 'large' ? 'a byte' : 'an entry'
  return [`${label}; each: ${unit}`, ...samples.map(times), ...costs.map(shown), `${(costs[2] / costs[1]).toFixed(2)}x`]
}
