/**
 * What conversions take: of a checkpoint into npz and safetensors and of those into arrays, beside Python's own ways and
 * beside copying or reading the same files; and their inner loops (conversion-loops.mjs). `npm run bench` prints both tables
 * below its other ones; by themselves, after a build:
 *
 *     node bench/conversions.mjs [--rounds 5] [--scale 1] [--only convert-npz]
 *
 * Sides take turns, each in a process of its own that stays. Nobody syncs.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findTensorFlow, peakOfNothing, startNode, startPython } from './child.mjs'
import { benchLoops, LOOP_IDS } from './conversion-loops.mjs'
import { setsAt, sizeOf } from './sets.mjs'
import { median, megabytes, ratio, table, times } from './table.mjs'

const HEAD = [
  'ms: median (least)',
  'tfsave',
  'Python',
  'to Python',
  'the limit',
  'to limit',
  'MB, tfsave',
  'MB, Python',
]

/** What is done, and what bounds it: copying, or reading into a buffer that is used again, the file that is read. */
const KINDS = [
  { kind: 'npz-write', label: 'a checkpoint to npz', limit: 'copy', file: 'data' },
  { kind: 'safetensors-write', label: 'a checkpoint to safetensors', limit: 'copy', file: 'data' },
  { kind: 'npz-read', label: 'npz to arrays', limit: 'read', file: 'npz' },
  { kind: 'safetensors-read', label: 'safetensors to arrays', limit: 'read', file: 'safetensors' },
]
const SETS = ['large', 'medium']

/** The ids of the works, for --only. */
export function conversionIds() {
  return [...LOOP_IDS, ...worksOf().map(({ id }) => id)]
}

function worksOf() {
  return SETS.flatMap((set) => KINDS.map((work) => ({ ...work, set, id: `convert-${work.kind}-${set}` })))
}

/** @param {{ rounds: number, scale: number, only: string, python?: string, directory?: string }} options */
export async function benchConversions({ rounds, scale, only, python, directory = tmpdir() }) {
  await benchLoops({ rounds, scale, works: LOOP_IDS.filter((id) => id.includes(only)), python })
  const works = worksOf().filter(({ id }) => id.includes(only))
  const rows = []
  for (const name of SETS) {
    const own = works.filter(({ set }) => set === name)
    if (own.length > 0) rows.push(...(await rowsOf(own, setsAt(scale).get(name), { rounds, python, directory })))
  }
  if (rows.length > 0) console.log(`\n${table(HEAD, rows)}`)
}

async function rowsOf(works, set, { rounds, python, directory }) {
  const place = mkdtempSync(join(directory, 'tfsave-conversions-'))
  try {
    const prefix = join(place, 'model')
    const files = { npz: join(place, 'm.npz'), safetensors: join(place, 'm.safetensors') }
    const maker = startNode('conversions-tfsave')
    await maker.ask('make', { set, prefix, files })
    await maker.end()
    const rows = []
    for (const work of works) rows.push(await rowOf(work, set, { rounds, python, prefix, files, place }))
    return rows
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

async function rowOf({ kind, label, limit, file }, set, { rounds, python, prefix, files, place }) {
  console.error(`… ${label}, ${sizeOf(set)}`)
  const sides = { ours: startNode('conversions-tfsave'), limit: startNode('limits') }
  if (python !== undefined) sides.theirs = startPython(python, 'conversions_numpy')
  const read = { ...files, data: `${prefix}.data-00000-of-00001` }[file]
  await sides.limit.ask('setup', { work: { kind: limit }, files: [read] })
  for (const side of ['ours', 'theirs']) await sides[side]?.ask('setup', { kind, prefix, files })
  const found = { ours: [], limit: [], theirs: [] }
  for (let round = -1; round < rounds; round++) {
    for (const [side, child] of Object.entries(sides)) {
      const { ms } = await child.ask('run', { out: join(place, `out-${side}`) })
      if (round >= 0) found[side].push(ms)
    }
  }
  const peaks = {}
  for (const [side, child] of Object.entries(sides)) peaks[side] = await child.end()
  const { ours, theirs } = found
  const above = [peaks.ours - peakOfNothing(), peaks.theirs].map((bytes) => megabytes(bytes))
  return [
    `${label}, ${sizeOf(set)}`,
    times(ours),
    times(theirs),
    ratio(theirs, ours),
    times(found.limit),
    `${(median(found.limit) / median(ours)).toFixed(2)}x`,
    ...above,
  ]
}

async function main() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      scale: { type: 'string', default: '1' },
      only: { type: 'string', default: 'convert' },
    },
  })
  const { python, reason } = findTensorFlow()
  if (python === undefined) console.log(`numpy left out: ${reason}`)
  await benchConversions({ rounds: Number(values.rounds), scale: Number(values.scale), only: values.only, python })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
