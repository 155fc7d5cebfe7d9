/**
 * What one update of moving averages takes, beside numpy's `s -= (1 - d) * (s - v)` over the same numbers in one run.
 * `npm run bench` prints it below its other tables; by itself:
 *
 *     node bench/averages.mjs [--rounds 5] [--scale 1]
 *
 * 100 million weights in one variable, and the same in 1,000; 10 million of half precision. Only float32 is held against
 * numpy: it rounds as TensorFlow does. The sides take turns, each in a process of its own that stays.
 */
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { Child, findTensorFlow, startNode } from './child.mjs'
import { median, ratio, table, times } from './table.mjs'

const HEAD = ['ms: median (least)', 'tfsave', 'numpy', 'to numpy', 'ns a weight']
const WEIGHTS = 100e6
const MUST = 1

function worksAt(scale) {
  const weights = Math.max(4, Math.round(WEIGHTS * scale))
  return [
    { id: 'averages-one', label: `${weights / 1e6} M float32`, variables: 1, weights, dtype: 'float32', must: MUST },
    { id: 'averages-plain', label: '… without WebAssembly', variables: 1, weights, dtype: 'float32', plain: true },
    {
      id: 'averages-many',
      label: `1,000 x ${weights / 1e3} float32`,
      variables: 1000,
      weights,
      dtype: 'float32',
      must: MUST,
    },
    { id: 'averages-half', label: `${weights / 1e7} M float16`, variables: 1, weights: weights / 10, dtype: 'float16' },
    {
      id: 'averages-bfloat16',
      label: `${weights / 1e7} M bfloat16`,
      variables: 1,
      weights: weights / 10,
      dtype: 'bfloat16',
    },
  ]
}

/** The ids of the works, for --only. */
export function averagesIds() {
  return worksAt(1).map(({ id }) => id)
}

/** @param {{ rounds: number, scale: number, only: string, python?: string }} options */
export async function benchAverages({ rounds, scale, only, python }) {
  const works = worksAt(scale).filter(({ id }) => id.includes(only))
  if (works.length === 0) return
  const results = []
  for (const work of works) {
    console.error(`… an update of averages: ${work.label}`)
    results.push({ work, ...(await measure(work, rounds, python)) })
  }
  console.log(`\n${table(HEAD, results.map(rowOf))}`)
  if (scale < 1) return
  for (const { work, ours, theirs } of results) {
    if (work.must === undefined || theirs.length === 0) continue
    const found = median(theirs) / median(ours)
    const verdict = found >= work.must ? 'holds' : 'MISSED'
    console.log(`- an update of ${work.label}: at least ${work.must}x numpy's speed: ${found.toFixed(2)}x, ${verdict}`)
  }
}

async function measure(work, rounds, python) {
  const children = [['ours', startNode('averages-tfsave')]]
  const script = fileURLToPath(new URL('averages_numpy.py', import.meta.url))
  if (python !== undefined && work.dtype === 'float32') children.push(['theirs', new Child(python, [script])])
  const result = { ours: [], theirs: [] }
  for (const [, child] of children) {
    await child.ask('setup', work)
    for (let i = 0; i < 3; i++) await child.ask('run')
  }
  for (let round = 0; round < rounds; round++) {
    for (const [side, child] of children) result[side].push((await child.ask('run')).ms)
  }
  for (const [, child] of children) await child.end()
  return result
}

function rowOf({ work, ours, theirs }) {
  const each = ((median(ours) * 1e6) / work.weights).toFixed(2)
  return [work.label, times(ours), times(theirs), ratio(theirs, ours), each]
}

async function main() {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '5' }, scale: { type: 'string', default: '1' } },
  })
  const { python, reason } = findTensorFlow()
  if (python === undefined) console.log(`numpy left out: ${reason}\n`)
  await benchAverages({ rounds: Number(values.rounds), scale: Number(values.scale), only: '', python })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
