/**
 * `npm run test:million`: a checkpoint of a million variables, saved, listed, opened, looked up in, one variable of it loaded,
 * and all restored; each in a process of its own, whose time and peak memory it tells.
 *
 *     node scripts/million.mjs [--variables 1000000] [--dir <where the files go for a while>]
 *
 * It fails where listing takes more than 300 MB beside what Node takes anyway, where loading one variable reads 1 MB or more
 * or takes 20 ms or more once the program has begun, or where anything else is read than was saved. What is not asked of
 * every machine, the other times, is told and not held against anything. A million variables take 40 MB of disk and 1 GB of
 * memory.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const script = fileURLToPath(import.meta.url)
const root = join(dirname(script), '..')
const { values: options } = parseArgs({
  options: {
    variables: { type: 'string', default: '1000000' },
    dir: { type: 'string' },
    work: { type: 'string' },
    prefix: { type: 'string' },
  },
})

/** What listing may take beside what Node takes anyway. */
const LIST_MEMORY = 300e6
/** What loading one variable may read, and how long it may take: bytes and milliseconds. */
const LOAD_BYTES = 1e6
const LOAD_TIME = 20

function fail(message) {
  console.error(`test:million: ${message}`)
  process.exit(1)
}

function mb(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`
}

// ── In processes of their own ───────────────────────────────────────────────────────────────────────────────────────

function nameOf(i) {
  return `model/layer_${String(i).padStart(7, '0')}/w`
}

/** Numbers that float32 has, and that differ for neighbours. */
function valueOf(i) {
  return (i % 1000) + 0.5
}

function expectSame(what, found, expected) {
  if (found !== expected) throw new Error(`${what}: ${String(found)}, expected ${String(expected)}`)
}

/** In no order that helps. */
function someOf(count) {
  return Array.from({ length: Math.min(count, 1000) }, (_, i) => (i * 7919 + 13) % count)
}

/** The disk, and how many bytes were read of it. */
function countingDisk(disk) {
  const counts = { bytes: 0, reads: 0 }
  const fs = {
    async open(path, how) {
      const file = await disk.open(path, how)
      const read = (offset, length) => {
        counts.bytes += length
        counts.reads++
        return file.read(offset, length)
      }
      return { size: file.size, read, close: () => file.close() }
    },
    exists: (path) => disk.exists(path),
    list: (dir) => disk.list(dir),
  }
  return { fs, counts }
}

const jobs = {
  async save({ Saver, VariableStore }, prefix, count) {
    const store = new VariableStore()
    const variables = new Map()
    for (let i = 0; i < count; i++) {
      const data = Float32Array.of(valueOf(i))
      variables.set(nameOf(i), store.variable({ dtype: 'float32', shape: [1], data }, { name: nameOf(i) }))
    }
    const saver = new Saver(variables)
    return timed(() => saver.save(prefix, { writeMetaGraph: false, writeState: false }))
  },
  async list({ listVariables }, prefix, count) {
    const said = await timed(() => listVariables(prefix))
    const rows = said.result
    expectSame('variables', rows.length, count)
    for (let i = 0; i < count; i++) {
      const [name, shape] = rows[i]
      if (name !== nameOf(i) || shape.length !== 1 || shape[0] !== 1) throw new Error(`row ${i}: ${name} [${shape}]`)
    }
    return said
  },
  async open({ CheckpointReader }, prefix, count) {
    const said = await timed(() => CheckpointReader.open(prefix))
    const reader = said.result
    const start = performance.now()
    for (const i of someOf(count)) expectSame(nameOf(i), reader.hasTensor(nameOf(i)), true)
    expectSame('another name', reader.hasTensor('nobody'), false)
    const each = (1e3 * (performance.now() - start)) / someOf(count).length
    await reader.close()
    return { ...said, more: `, then ${each.toFixed(1)} µs a look-up` }
  },
  async find({ TensorBundleReader }, prefix, count) {
    const reader = await TensorBundleReader.open(prefix)
    const some = someOf(count)
    const said = await timed(async () => {
      for (const i of some) expectSame(nameOf(i), await reader.contains(nameOf(i)), true)
      expectSame('another name', await reader.contains('nobody'), false)
    })
    await reader.close()
    return { ...said, more: ` for ${some.length} look-ups in the file` }
  },
  async load({ loadVariable, NodeFileSystem }, prefix, count) {
    const i = Math.floor((count * 7) / 9)
    const { fs, counts } = countingDisk(new NodeFileSystem())
    const said = await timed(() => loadVariable(prefix, nameOf(i), { fs }))
    expectSame(nameOf(i), said.result.data[0], valueOf(i))
    return { ...said, bytes: counts.bytes, more: ` for ${mb(counts.bytes)} in ${counts.reads} reads` }
  },
  async restore({ Saver, VariableStore }, prefix, count) {
    const store = new VariableStore()
    const variables = new Map()
    for (let i = 0; i < count; i++) {
      const value = { dtype: 'float32', shape: [1], data: new Float32Array(1) }
      variables.set(nameOf(i), store.variable(value, { name: nameOf(i) }))
    }
    const saver = new Saver(variables)
    const said = await timed(() => saver.restore(prefix))
    let i = 0
    for (const variable of variables.values()) expectSame(nameOf(i), variable.read().data[0], valueOf(i++))
    return said
  },
}

async function timed(step) {
  const start = performance.now()
  const result = await step()
  return { ms: performance.now() - start, result, peak: peakMemory() }
}

/**
 * Bytes that this process has taken at most: as Linux counts them, since on some systems resourceUsage() begins with the
 * process that started this one.
 */
function peakMemory() {
  const path = '/proc/self/status'
  const status = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
}

async function work(name, prefix, count) {
  const tfsave = await import('../dist/index.js')
  const { ms, peak, bytes, more } = await jobs[name](tfsave, prefix, count)
  process.stdout.write(JSON.stringify({ ms, peak, bytes, more }))
}

// ── The run ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a Node takes that does nothing but ask. */
function peakOfNothing() {
  const program = `const { existsSync, readFileSync } = require('node:fs')
${peakMemory}
process.stdout.write(String(peakMemory()))`
  return Number(spawnSync(process.execPath, ['-e', program]).stdout)
}

function runWork(name, prefix, count, nothing) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [script, '--work', name, '--prefix', prefix, '--variables', String(count)],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  )
  if (status !== 0) fail(`${name} has ended with ${status}`)
  const { ms, bytes, more = '', peak } = JSON.parse(stdout)
  const memory = peak - nothing
  console.log(`${name.padEnd(8)} ${ms.toFixed(1).padStart(8)} ms ${mb(memory).padStart(8)} of memory${more}`)
  return { ms, bytes, memory }
}

function run(count) {
  if (!existsSync(join(root, 'dist', 'index.js'))) fail('dist/index.js is not there: run `npm run build` first')
  const dir = mkdtempSync(join(options.dir ?? tmpdir(), 'tfsave-million-'))
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
  const prefix = join(dir, 'm')
  const nothing = peakOfNothing()
  console.log(`${count} variables; Node takes ${mb(nothing)} without any`)
  const did = Object.fromEntries(Object.keys(jobs).map((name) => [name, runWork(name, prefix, count, nothing)]))
  if (did.list.memory > LIST_MEMORY) fail(`listing has taken ${mb(did.list.memory)}, and may take ${mb(LIST_MEMORY)}`)
  if (did.load.bytes >= LOAD_BYTES) fail(`loading one variable has read ${mb(did.load.bytes)}`)
  // The least of some: another program may have been busy.
  let { ms } = did.load
  for (let i = 0; i < 4 && ms >= LOAD_TIME; i++) ms = Math.min(ms, runWork('load', prefix, count, nothing).ms)
  if (ms >= LOAD_TIME) fail(`loading one variable has taken ${ms.toFixed(1)} ms`)
  console.log('test:million: all holds')
}

const count = Number(options.variables)
if (!Number.isSafeInteger(count) || count < 1) fail(`--variables takes a whole number, not ${options.variables}`)
if (options.work === undefined) run(count)
else await work(options.work, options.prefix, count)
