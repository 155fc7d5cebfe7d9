/**
 * What a checkpoint on object storage costs: requests, bytes, memory and time at a given latency and bandwidth. On paper, and held
 * against a run on a simulated store (simulated-store.mjs): they must agree, else it ends with 1.
 *
 *     node bench/object-storage.mjs [--latency 50] [--bandwidth 100] [--line 1000] [--requests 6] [--shards 64,4096] [--only verify]
 *
 * Milliseconds a request; MB/s of a request, and of all together; requests at once (HttpFileSystem's `maxRequests`). 4,096 shards
 * are 1 TB: what reads all of it does so for 64 shards, and on paper for more, unless --full is there: some ten minutes of processor.
 * `npm run bench` prints the tables below the others.
 *
 * The checkpoint is that of a program in as many processes as there are shards: each wrote 15 layers, a kernel of 16.2 MB and a bias of
 * 16 kB, and 1 MiB of a table that all have in common. Then one has merged their bundles.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { BYTES, LAYERS, ownShards, SHARD } from './simulated-checkpoint.mjs'
import { megabytes, table } from './table.mjs'

const DEFAULTS = { latency: 50, bandwidth: 100, line: 1000, requests: 6 }
const SHARDS = [64, 4096]
const MIB = 1 << 20

// ── On paper ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A block of the index; what is read of the index at once; what is read of a tensor at once; the most in one request. */
const [BLOCK, AHEAD, REQUEST] = [256 * 1024, 2 * MIB, 8 * MIB]
/** Parts that a merge has under way at once. */
const BATCH = 16
const KERNEL_REQUESTS = Math.ceil(BYTES.kernel / REQUEST)
/** Requests for the layers of a shard. */
const LAYER_REQUESTS = LAYERS * (1 + KERNEL_REQUESTS)
/** Kernels under way at once: tensors that are read by themselves have a window of 32 MiB. */
const AT_ONCE = 2
/** Bytes that an entry of the index may take in memory, and everything else but the largest tensor. */
const [ENTRY_MEMORY, MEMORY] = [600, 64e6]

/**
 * What the works should cost: `requests`, `bytes`, `seconds`. L is a latency, every byte takes 1/B seconds. One after another go:
 * the footer of the index, its index block and its blocks; the HEADs of data files that a restore needs; what a merge removes.
 */
const PAPER = {
  open({ index, L, B }) {
    const requests = 4 + Math.max(0, Math.ceil((index - BLOCK) / AHEAD))
    return { requests, bytes: index, seconds: requests * L + index / B }
  },
  list(of) {
    const { requests, bytes, seconds } = PAPER.open(of)
    // Whether it is a directory.
    return { requests: requests + 1, bytes, seconds: seconds + of.L }
  },
  load({ index, L, B }) {
    const blocks = index > BLOCK ? 2 : 1
    const ofIndex = Math.min(index, blocks * BLOCK)
    const alone = 4 + blocks + 2
    const seconds = alone * L + (ofIndex + Math.min(REQUEST, BYTES.kernel)) / B
    return { requests: alone - 1 + KERNEL_REQUESTS, bytes: ofIndex + BYTES.kernel, seconds }
  },
  slice: ({ L, B }) => ({ requests: 2 * 3, bytes: 3 * BYTES.part, seconds: 3 * L + L + BYTES.part / B }),
  restore(of) {
    const { requests, bytes, seconds } = PAPER.list(of)
    const own = ownShards(of.shards).length
    return {
      requests: requests + own * (1 + LAYER_REQUESTS),
      bytes: bytes + own * (SHARD - BYTES.part),
      // All files are looked at before the first byte is read.
      seconds: seconds + own * of.L + layerSeconds(own * LAYERS, of),
    }
  },
  stream(of) {
    const { requests, bytes, seconds } = PAPER.open(of)
    const { shards, L } = of
    return {
      requests: requests + shards * (1 + LAYER_REQUESTS),
      bytes: bytes + shards * (SHARD - BYTES.part),
      // The next file is opened while the last kernel of the one before it comes.
      seconds: seconds + L + layerSeconds(shards * LAYERS, of),
    }
  },
  verify(of) {
    const { requests, bytes, seconds } = PAPER.stream(of)
    const { shards } = of
    return { requests: requests + shards, bytes: bytes + shards * BYTES.part, seconds }
  },
  merge({ shards, index, parts, requests, L }) {
    const batches = Math.ceil(shards / BATCH)
    const rounds = (each) => Math.ceil((BATCH * each) / requests)
    // HEAD and GET of an index, HEAD and renaming of the data, the index removed; what puts the new one in its place.
    const seconds = (batches * (rounds(2) + 3 * rounds(1)) + 4) * L
    return { requests: 5 * shards + 5, bytes: parts + index, seconds }
  },
}

/** So many layers: as many kernels at once as may be, and what is small beside them. */
function layerSeconds(layers, { L, B }) {
  return Math.ceil(layers / AT_ONCE) * (L + Math.min(REQUEST, BYTES.kernel) / B)
}

// ── The works ───────────────────────────────────────────────────────────────────────────────────────────────────────

const WORKS = [
  { name: 'merge', label: 'mergeBundles() of all parts' },
  { name: 'open', label: 'CheckpointReader.open()' },
  { name: 'list', label: 'listVariables()' },
  { name: 'load', label: 'loadVariable() of a kernel' },
  { name: 'slice', label: 'getSlice() of 512 rows in 3 shards, reader open' },
  { name: 'restore', label: 'Saver.restore() of 1/64 of the tensors' },
  { name: 'stream', label: 'tensors() with reuseBuffer, all layers', all: true },
  { name: 'verify', label: 'verify()', all: true },
]

const HEAD = [
  '',
  'requests',
  'on paper',
  'MB moved',
  'on paper',
  'seconds',
  'on paper',
  'at once',
  'peak MB',
  'at most',
  's of processor',
]

/** How far a run may be from what was calculated. */
const TOLERANCE = { requests: 0.02, bytes: 0.01, seconds: 0.03 }

export function objectStorageIds() {
  return WORKS.map(({ name }) => `storage-${name}`)
}

/** The tables, and below them whether paper and run agree; that is the result, too. */
export async function benchObjectStorage({ only, directory, scale = 1, limits = DEFAULTS, shards, full = false }) {
  const faults = []
  for (const count of shards ?? (scale < 1 ? SHARDS.slice(0, 1) : SHARDS)) {
    const rows = WORKS.map((work) => rowOf(work, { shards: count, directory, limits, full, only }, faults))
    const size = `${((count * SHARD) / 1e9).toLocaleString('en', { maximumFractionDigits: 1 })} GB`
    console.log(`\n${count} shards, ${size}; ${describeLimits(limits)}\n`)
    console.log(
      table(
        HEAD,
        rows.filter((row) => row !== undefined),
      ),
    )
  }
  const within = `${TOLERANCE.seconds * 100} %`
  console.log(['', ...(faults.length > 0 ? faults : [`- paper and run agree within ${within}: holds`])].join('\n'))
  return faults.length === 0
}

function describeLimits({ latency, bandwidth, line, requests }) {
  return `${latency} ms, ${bandwidth} MB/s a request and ${line} in all, ${requests} requests at once`
}

let sizes

/** A row of the table; the merge is always run, since the others read what it made. */
function rowOf(work, { shards, directory, limits, full, only }, faults) {
  const wanted = `storage-${work.name}`.includes(only)
  if (!wanted && work.name !== 'merge') return undefined
  const isRun = !work.all || full || shards <= SHARDS[0]
  const took = isRun ? run(work, { shards, directory, limits }) : undefined
  if (work.name === 'merge') sizes = { index: took.index, parts: took.bytes - took.index }
  const { latency, bandwidth, requests } = limits
  const of = { shards, ...sizes, requests, L: latency / 1000, B: bandwidth * 1e6 }
  const paper = PAPER[work.name](of)
  const label = `${work.label}, ${shards} shards`
  if (took !== undefined)
    faults.push(...faultsOf(label, took, paper, work.name === 'restore' ? Infinity : memoryFor(shards)))
  if (!wanted) return undefined
  return [
    work.label,
    whole(took?.requests),
    whole(paper.requests),
    megabytes(took?.bytes),
    megabytes(paper.bytes),
    asTime(took?.seconds),
    asTime(paper.seconds),
    whole(took?.most),
    megabytes(took?.peak),
    // The values that it restores are in it.
    work.name === 'restore' ? '' : megabytes(memoryFor(shards)),
    took === undefined ? '' : took.cpu.toFixed(2),
  ]
}

/** Bytes that any of the works may take beside what Node has. */
function memoryFor(shards) {
  return MEMORY + BYTES.kernel + ENTRY_MEMORY * shards * (2 * LAYERS + 1)
}

function faultsOf(label, took, paper, memory) {
  const found = Object.entries(TOLERANCE)
    .filter(([what, tolerance]) => Math.abs(took[what] - paper[what]) > Math.max(tolerance * paper[what], 1e-3))
    .map(([what]) => `- ${label}: ${what}: ${took[what]}, ${paper[what]} on paper: MISSED`)
  if (took.peak > memory) found.push(`- ${label}: ${megabytes(took.peak)} MB, at most ${megabytes(memory)}: MISSED`)
  return found
}

function run({ name }, { shards, directory, limits: { latency, bandwidth, line, requests } }) {
  console.error(`… storage-${name}, ${shards} shards`)
  const limits = { latency: latency / 1000, bandwidth: bandwidth * 1e6, line: line * 1e6, requests }
  const task = { id: `storage-${name}`, shards, directory, limits }
  const script = fileURLToPath(new URL('object-storage-works.mjs', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, [script, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`storage-${name} of ${shards} shards has ended with ${status}`)
  return JSON.parse(stdout)
}

function whole(count) {
  return count === undefined ? '' : count.toLocaleString('en')
}

function asTime(value) {
  return value === undefined ? '' : value < 10 ? value.toFixed(2) : value.toFixed(0)
}

async function main() {
  const number = { type: 'string' }
  const options = {
    latency: number,
    bandwidth: number,
    line: number,
    requests: number,
    shards: number,
    only: { type: 'string', default: '' },
    full: { type: 'boolean', default: false },
  }
  const { values } = parseArgs({ options })
  const given = Object.keys(DEFAULTS).filter((name) => values[name] !== undefined)
  const limits = { ...DEFAULTS, ...Object.fromEntries(given.map((name) => [name, Number(values[name])])) }
  const directory = mkdtempSync(join(tmpdir(), 'tfsave-bench-'))
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
  const shards = values.shards?.split(',').map(Number)
  const agree = await benchObjectStorage({ only: values.only, full: values.full, directory, limits, shards })
  process.exitCode = agree ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
