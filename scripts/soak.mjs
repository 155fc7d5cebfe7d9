/**
 * `npm run soak`: one process saves 10,000 times, each save with a step of its own, while another restores the latest
 * checkpoint as fast as it can, and retention deletes the old ones.
 *
 *     node scripts/soak.mjs [--saves 10000] [--graph]      --graph writes a .meta beside each checkpoint
 *
 * What must hold: the reader never sees a checkpoint that is broken, or a mixture of two; one that it comes too late for
 * is NotFoundError. No file is left over. Memory is flat: both processes' heaps, from a tenth of the way to the end.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { array, Saver, VariableStore, zeros } from 'tfsave'

const KEPT = 5
const MAX_GROWTH = 16 * 2 ** 20

const { values: options } = parseArgs({
  options: { saves: { type: 'string', default: '10000' }, graph: { type: 'boolean', default: false } },
})
const saves = Number(options.saves)
const directory = mkdtempSync(join(tmpdir(), 'tfsave-soak-'))

/** Twenty variables, all of which hold the step. */
function model() {
  const store = new VariableStore()
  const variables = Array.from({ length: 20 }, (_, i) => store.variable(zeros([i * 10 + 1]), { name: `layer${i}/w` }))
  const step = store.variable(array(0n), { name: 'global_step', trainable: false })
  return { store, variables, step }
}

function fill({ variables, step }, value) {
  for (const variable of variables) variable.assign(new Float32Array(variable.shape[0]).fill(value))
  step.assign(BigInt(value))
}

/** Bytes of the heap that are in use when nothing is left to collect. */
function heap() {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

async function save() {
  const trained = model()
  const saver = new Saver(trained.store, { maxToKeep: KEPT, durable: false })
  let early = 0
  for (let value = 1; value <= saves; value++) {
    fill(trained, value)
    await saver.save(join(directory, 'm'), { globalStep: trained.step, writeMetaGraph: options.graph })
    if (value === Math.ceil(saves / 10)) early = heap()
  }
  return heap() - early
}

/** What is left over in the directory, and what is missing. */
function strayFiles() {
  const steps = Array.from({ length: Math.min(KEPT, saves) }, (_, i) => saves - i)
  const endings = ['index', 'data-00000-of-00001', ...(options.graph ? ['meta'] : [])]
  const expected = new Set(['checkpoint', ...steps.flatMap((n) => endings.map((ending) => `m-${n}.${ending}`))])
  const found = readdirSync(directory)
  return [...found.filter((file) => !expected.delete(file)), ...[...expected].map((file) => `${file} is missing`)]
}

function startReader() {
  const flags = { execArgv: ['--expose-gc'] }
  const reader = fork(fileURLToPath(new URL('soak-reader.mjs', import.meta.url)), [directory], flags)
  const done = new Promise((resolve, reject) => {
    reader.on('message', (message) => message.report && resolve(message.report))
    reader.on('error', reject)
    reader.on('exit', (code) => reject(new Error(`the reader ended with ${code}`)))
  })
  // It is met below; until then its end must not count as unhandled.
  done.catch(() => undefined)
  return { stop: () => reader.send('stop'), done }
}

const start = performance.now()
const faults = []
try {
  const reader = startReader()
  const grown = await save()
  reader.stop()
  const report = await reader.done
  const stray = strayFiles()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(
    `${saves} saves in ${seconds} s; the reader restored ${report.restored}, came too late for ${report.late}`,
  )
  console.log(
    `heap since a tenth of the way: the saver's ${inMegabytes(grown)}, the reader's ${inMegabytes(report.grown)}`,
  )
  console.log(`files at the end: ${stray.length === 0 ? 'as they should be' : stray.join(', ')}`)
  faults.push(...report.faults, ...stray)
  if (report.restored === 0) faults.push('the reader restored nothing')
  for (const [who, bytes] of Object.entries({ saver: grown, reader: report.grown })) {
    if (bytes > MAX_GROWTH) faults.push(`the heap of the ${who} has grown by ${inMegabytes(bytes)}`)
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
for (const fault of faults) console.error(`FAULT: ${fault}`)
process.exitCode = faults.length > 0 ? 1 : 0

function inMegabytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`
}
