/**
 * `npm run bench`: what saving, restoring, verifying, listing and loading take, beside TensorFlow and beside what the
 * same bytes take at least, in one run; what whole processes take; whether the cost grows as the size; the most memory;
 * then what graphs, moving averages, checksums and other formats take. Prints tables in Markdown, and at the end what
 * may not be missed; docs/benchmarks.md says how to read them.
 *
 *     npm run bench -- [--rounds 5] [--scale 1] [--only save-small] [--list]
 *
 * --scale takes that fraction of the sizes: 0.05 with two rounds is a test that all of it runs. --only takes the work of
 * that id, or else those whose id holds that text; --list prints the ids. TensorFlow joins in where there is a Python
 * that has it (TFSAVE_PYTHON, or what `npm run oracle` made). All files are in a temporary directory, which is removed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { averagesIds, benchAverages } from './averages.mjs'
import { benchCheckpoints } from './checkpoint-works.mjs'
import { Checkpoints } from './checkpoints.mjs'
import { benchChecksums, checksumIds } from './checksums.mjs'
import { findTensorFlow, peakOfNothing, startPython } from './child.mjs'
import { benchConversions, conversionIds } from './conversions.mjs'
import { graphWorks } from './graph-works.mjs'
import { benchGraphs } from './graphs.mjs'
import { benchLinearity, linearWorksAt } from './linearity.mjs'
import { benchMemory, memoryWorksAt } from './memory.mjs'
import { benchObjectStorage, objectStorageIds } from './object-storage.mjs'
import { setsAt } from './sets.mjs'
import { benchWholeProcesses, wholeWorksAt } from './whole-process.mjs'
import { worksAt } from './works.mjs'

/** What has to do with checkpoints: a table each, in this order, of works that say which sets they need. */
const TABLES = [
  { worksAt, bench: benchCheckpoints },
  { worksAt: wholeWorksAt, bench: benchWholeProcesses },
  { worksAt: linearWorksAt, bench: benchLinearity },
  { worksAt: memoryWorksAt, bench: benchMemory },
]

/** Benches that run by themselves, too, make their own data, and choose by `only` what they do. */
const OTHERS = [
  { ids: () => graphWorks().map(({ id }) => id), bench: benchGraphs },
  { ids: averagesIds, bench: benchAverages },
  { ids: checksumIds, bench: benchChecksums },
  { ids: conversionIds, bench: benchConversions },
  { ids: objectStorageIds, bench: benchObjectStorage },
]

const options = readOptions()
await main()

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      scale: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      list: { type: 'boolean', default: false },
    },
  })
  const [rounds, scale] = [Number(values.rounds), Number(values.scale)]
  if (!Number.isInteger(rounds) || rounds < 1) fail(`--rounds takes a whole number from 1, not ${values.rounds}`)
  if (!(scale > 0 && scale <= 4)) fail(`--scale takes a number above 0 and up to 4, not ${values.scale}`)
  const sets = setsAt(scale)
  const works = TABLES.map((each) => each.worksAt(sets))
  const ids = [...works.flat().map(({ id }) => id), ...OTHERS.flatMap((each) => each.ids())]
  const wanted = ids.includes(values.only) ? (id) => id === values.only : (id) => id.includes(values.only)
  if (!ids.some(wanted)) fail(`--only ${values.only} is in no work's id: ${ids.join(', ')}`)
  if (values.list) {
    console.log(ids.filter(wanted).join('\n'))
    process.exit()
  }
  const chosen = works.map((some) => some.filter(({ id }) => wanted(id)))
  const others = OTHERS.filter((each) => each.ids().some(wanted))
  return { rounds, scale, only: values.only, sets, works: chosen, others }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

async function main() {
  const { rounds, scale, only, sets, works, others } = options
  const { python, reason } = findTensorFlow()
  const directory = mkdtempSync(join(tmpdir(), 'tfsave-bench-'))
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
  process.on('SIGINT', () => process.exit(130))
  process.on('SIGTERM', () => process.exit(143))
  console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${await peerOf(python, reason)},`)
  console.log(`${availableParallelism()} cores, rounds: ${rounds}, sizes x ${scale}\n`)
  const checkpoints = new Checkpoints(directory, sets, works.flat())
  const context = { rounds, scale, only, python, directory, checkpoints, idle: peakOfNothing() }
  const musts = []
  for (const [i, { bench }] of TABLES.entries())
    if (works[i].length > 0) musts.push(...(await bench(works[i], context)))
  for (const { bench } of others) await bench(context)
  console.log(['', ...musts].join('\n'))
}

async function peerOf(python, reason) {
  if (python === undefined) return `TensorFlow left out: ${reason}`
  const child = startPython(python, 'checkpoints_tensorflow')
  const { version } = await child.ask('version')
  await child.end()
  return `TensorFlow ${version}`
}
