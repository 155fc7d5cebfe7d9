/**
 * `npm run test:sharded`: several processes write the shards of one checkpoint, each its own, and one more merges them. Then
 * one process writes the same alone, and the two are held against each other: keys, dtypes, shapes, slices, sizes, checksums
 * and every byte, all but the numbers of shards and the places in them. TensorFlow reads it, where there is one.
 *
 *     node scripts/sharded.mjs [--size 4GB] [--processes 4] [--dir <where the files go for a while>]
 *
 * The size is that of all shards together: 1 GB is 10^9 bytes. It takes twice that of disk, and a quarter of it of memory.
 * No process may take more memory, beside what Node takes anyway, than its largest tensor and 64 MB. TensorFlow runs in the
 * Python that TFSAVE_PYTHON names, else in the environment that `npm run oracle` made; where there is neither, that part is
 * left out, and it says so.
 */
import { spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readBundleIndex } from './bundle-index.mjs'

const script = fileURLToPath(import.meta.url)
const root = join(dirname(script), '..')
const oracle = join(root, 'tests', 'oracle')
/** Bytes that a process may take beside its largest tensor. */
const ALLOWED = 64e6
const COLUMNS = 64

function fail(message) {
  console.error(`test:sharded: ${message}`)
  process.exit(1)
}

/** "64MB" in bytes: 64e6. */
function bytesOf(text) {
  const match =
    /^(\d+(?:\.\d+)?)\s*([KMG])?B$/i.exec(text) ?? fail(`--size takes something like 4GB or 64MB, not ${text}`)
  return Math.round(Number(match[1]) * { '': 1, K: 1e3, M: 1e6, G: 1e9 }[(match[2] ?? '').toUpperCase()])
}

function mb(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
}

// ── What is saved ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * What each process writes: rows of a tensor that all have in common, and what it has alone, about `size` bytes.
 *
 * @returns {{ key: string, dtype: string, shape: number[], seed: number, fullShape?: number[], start?: number, strings?: string[] }[]}
 */
function tensorsOf(number, { size, processes }) {
  const rows = Math.max(1, Math.floor(size / processes / 4 / (4 * COLUMNS)))
  const layer = `layer_${number}`
  const seed = 16 * number
  return [
    { key: `${layer}/kernel`, dtype: 'float32', shape: [rows, COLUMNS], seed: seed + 1 },
    {
      key: 'embedding',
      dtype: 'float32',
      shape: [rows, COLUMNS],
      fullShape: [rows * processes, COLUMNS],
      start: rows * number,
      seed: seed + 2,
    },
    { key: `${layer}/counts`, dtype: 'int64', shape: [(rows * COLUMNS) / 2], seed: seed + 3 },
    { key: `${layer}/moments`, dtype: 'float64', shape: [(rows * COLUMNS) / 4, 2], seed: seed + 4 },
    { key: `${layer}/bias`, dtype: 'float32', shape: [1000], seed: seed + 5 },
    { key: `${layer}/names`, dtype: 'string', shape: [2], seed: 0, strings: [layer, 'ü'.repeat(number)] },
  ]
}

/** Words that differ wherever an offset is wrong by a power of two. */
function fill(words, seed) {
  for (let i = 0; i < words.length; i++) words[i] = Math.imul(i, 0x9e3779b1) ^ (i >>> 11) ^ seed
}

const ARRAYS = { float32: Float32Array, int64: BigInt64Array, float64: Float64Array }

function valueOf({ dtype, shape, seed, strings }, buffer) {
  if (strings !== undefined) return { dtype, shape, data: strings.map((text) => new TextEncoder().encode(text)) }
  const data = new ARRAYS[dtype](buffer, 0, elements(shape))
  fill(new Uint32Array(buffer, 0, data.byteLength / 4), seed)
  return { dtype, shape, data }
}

function elements(shape) {
  return shape.reduce((count, size) => count * size, 1)
}

function sizeOf({ dtype, shape }) {
  return dtype === 'string' ? 0 : elements(shape) * ARRAYS[dtype].BYTES_PER_ELEMENT
}

// ── In processes of their own ───────────────────────────────────────────────────────────────────────────────────────

/**
 * Bytes that this process has taken at most: as Linux counts them, since on some systems resourceUsage() begins with the
 * process that started this one.
 */
function peakMemory() {
  const path = '/proc/self/status'
  const status = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
}

/** What a Node takes that does nothing but ask. */
function peakOfNothing() {
  const program = `const { existsSync, readFileSync } = require('node:fs')
${peakMemory}
process.stdout.write(String(peakMemory()))`
  return Number(spawnSync(process.execPath, ['-e', program]).stdout)
}

async function work({ write, merge, into, verify, tensors }) {
  const { CheckpointReader, mergeBundles, TensorBundleWriter } = await import('../dist/index.js')
  let said
  if (write !== undefined) await writeAll(await TensorBundleWriter.create(write), tensors)
  if (merge !== undefined) await mergeBundles(merge, into)
  if (verify !== undefined) {
    const reader = await CheckpointReader.open(verify)
    said = await reader.verify()
    await reader.close()
  }
  process.stdout.write(JSON.stringify({ peak: peakMemory(), said }))
}

/** One tensor is in memory at a time. */
async function writeAll(writer, tensors) {
  const buffer = new ArrayBuffer(Math.max(...tensors.map(sizeOf)))
  for (const tensor of tensors) {
    const value = valueOf(tensor, buffer)
    if (tensor.fullShape === undefined) await writer.add(tensor.key, value)
    else await writer.addSlice(tensor.key, tensor.fullShape, [[tensor.start, tensor.shape[0]], undefined], value)
  }
  await writer.finish()
}

/** Runs it, and holds its memory against what it may take. */
async function processOf(what, task, baseline, limit) {
  const start = performance.now()
  const child = spawn(process.execPath, [script, '--task', JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) fail(`${what} has ended with ${code}`)
  const { peak, said } = JSON.parse(output)
  const seconds = (performance.now() - start) / 1000
  const memory = `${mb(peak - baseline)} of ${mb(limit)} of memory`
  console.log(`${what.padEnd(26)} ${seconds.toFixed(1).padStart(6)} s   ${memory}`)
  if (peak - baseline > limit) fail(`${what} has taken too much memory: ${memory}`)
  return said
}

// ── The run ─────────────────────────────────────────────────────────────────────────────────────────────────────────

async function save(dir, plan, baseline) {
  const shards = Array.from({ length: plan.processes }, (_, number) => tensorsOf(number, plan))
  const largest = Math.max(...shards.flat().map(sizeOf))
  console.log(`The largest tensor has ${mb(largest)}; Node takes ${mb(baseline)} without any`)
  const merged = join(dir, 'merged', 'm')
  const parts = shards.map((_, i) => `${merged}_temp/part-${fiveDigits(i)}-of-${fiveDigits(plan.processes)}`)
  const limit = largest + ALLOWED
  await Promise.all(
    shards.map((tensors, i) => processOf(`writes shard ${i}`, { write: parts[i], tensors }, baseline, limit)),
  )
  await processOf('merges', { merge: parts, into: merged }, baseline, ALLOWED)
  const alone = join(dir, 'alone', 'm')
  await processOf('writes all of it alone', { write: alone, tensors: shards.flat() }, baseline, limit)
  return { merged, alone, tensors: shards.flat(), limit }
}

function compare(merged, alone, processes) {
  const [one, other] = [merged, alone].map((prefix) => readBundleIndex(`${prefix}.index`))
  expectSame('shards', [one.numShards, other.numShards], [processes, 1])
  expectSame('keys', [...one.entries.keys()], [...other.entries.keys()])
  let bytes = 0
  for (const [key, entry] of one.entries) {
    const { shardId, offset, ...rest } = entry
    const { shardId: _, offset: otherOffset, ...otherRest } = other.entries.get(key)
    expectSame(JSON.stringify(key), rest, otherRest)
    const file = `${merged}.data-${fiveDigits(shardId)}-of-${fiveDigits(processes)}`
    compareRanges(key, { file, offset }, { file: `${alone}.data-00000-of-00001`, offset: otherOffset }, entry.size)
    bytes += entry.size
  }
  console.log(`The same: ${one.entries.size} entries and ${mb(bytes)} of data`)
  return bytes
}

function compareRanges(key, one, other, size) {
  const open = [one, other].map(({ file, offset }) => ({
    descriptor: openSync(file),
    offset,
    piece: Buffer.alloc(1 << 20),
  }))
  for (let at = 0; at < size; at += 1 << 20) {
    const length = Math.min(1 << 20, size - at)
    for (const { descriptor, offset, piece } of open) {
      if (readSync(descriptor, piece, 0, length, offset + at) !== length) fail(`${key} is cut off`)
    }
    if (open[0].piece.compare(open[1].piece, 0, length, 0, length) !== 0) fail(`${key} has other bytes behind ${at}`)
  }
  for (const { descriptor } of open) closeSync(descriptor)
}

function expectSame(what, found, expected) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    fail(`${what}: ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
  }
}

/** A Python that has TensorFlow, or why there is none. */
function python() {
  const given = process.env.TFSAVE_PYTHON
  if (given !== undefined && given !== '') return { binary: given }
  const requirements = readFileSync(join(oracle, 'requirements.txt'), 'utf8')
  const version = /^tensorflow-cpu==(\S+)$/m.exec(requirements)?.[1]
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const directory = join(cache, 'tfsave', `oracle-tf-${version}`)
  const binary =
    process.platform === 'win32' ? join(directory, 'Scripts', 'python.exe') : join(directory, 'bin', 'python')
  if (existsSync(binary)) return { binary }
  return { missing: 'TFSAVE_PYTHON is not set, and `npm run oracle` has made no environment yet' }
}

function runTensorFlow(prefix, tensors) {
  const { binary, missing } = python()
  if (missing !== undefined) {
    console.log(`left out: TensorFlow has not read it. ${missing}`)
    return
  }
  const args = [join(oracle, 'read_sharded.py'), prefix, JSON.stringify(tensors)]
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
  const { status, stdout, stderr } = spawnSync(binary, args, { encoding: 'utf8', env })
  if (status !== 0) fail(`TensorFlow did not read what was written (status ${status}): ${stdout ?? ''}${stderr ?? ''}`)
  process.stdout.write(stdout)
}

function fiveDigits(number) {
  return String(number).padStart(5, '0')
}

function checkRoom(dir, size) {
  const { bavail, bsize } = statfsSync(dir)
  const needed = 2 * size + 2e8
  if (bavail * bsize < needed)
    fail(`${dir} has ${mb(bavail * bsize)} free, and ${mb(needed)} are needed: --dir names another place`)
}

async function run(plan, base) {
  if (!existsSync(join(root, 'dist', 'index.js'))) fail('dist/index.js is not there: run `npm run build` first')
  checkRoom(base, plan.size)
  const dir = mkdtempSync(join(base, 'tfsave-sharded-'))
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
  console.log(`${mb(plan.size)} over ${plan.processes} processes in ${dir}`)
  for (const name of ['merged', 'alone']) mkdirSync(join(dir, name))
  const baseline = peakOfNothing()
  const { merged, alone, tensors, limit } = await save(dir, plan, baseline)
  const files = Array.from(
    { length: plan.processes },
    (_, i) => `m.data-${fiveDigits(i)}-of-${fiveDigits(plan.processes)}`,
  )
  expectSame('files', readdirSync(dirname(merged)).sort(), [...files, 'm.index'])
  const bytes = compare(merged, alone, plan.processes)
  const said = await processOf('verifies every checksum', { verify: merged }, baseline, limit)
  expectSame('verify()', [said.bytes, said.faults], [bytes, []])
  runTensorFlow(merged, tensors)
  console.log('test:sharded: all holds')
}

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '4GB' },
    processes: { type: 'string', default: '4' },
    dir: { type: 'string', default: tmpdir() },
    task: { type: 'string' },
  },
})
if (options.task !== undefined) await work(JSON.parse(options.task))
else {
  const processes = Number(options.processes)
  if (!Number.isSafeInteger(processes) || processes < 1)
    fail(`--processes takes a number from 1, not ${options.processes}`)
  await run({ size: bytesOf(options.size), processes }, options.dir)
}
