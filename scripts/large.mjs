/**
 * `npm run test:large`: one tensor that is larger than 2^32 bytes, written, verified and read back by the built package,
 * and read by TensorFlow; with a small one behind it, whose offset is beyond 2^32 then.
 *
 *     node scripts/large.mjs [--size 5GB] [--dir <where the files go for a while>]
 *
 * Sizes are decimal: 1 GB is 10^9 bytes. It takes the tensor's size of disk, and a little more of memory; TensorFlow
 * takes twice the size, when Node has given its own back. TensorFlow runs in the Python that TFSAVE_PYTHON names, else
 * in the environment that `npm run oracle` made; where there is neither, that part is left out, and it says so.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs'
import { freemem, homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const script = fileURLToPath(import.meta.url)
const root = join(dirname(script), '..')
const oracle = join(root, 'tests', 'oracle')
const { values: options } = parseArgs({
  options: { size: { type: 'string', default: '5GB' }, dir: { type: 'string' }, worker: { type: 'string' } },
})

function fail(message) {
  console.error(`test:large: ${message}`)
  process.exit(1)
}

/** "64MB" in bytes, a multiple of 4: 64e6. */
function bytesOf(text) {
  const match =
    /^(\d+(?:\.\d+)?)\s*([KMG])?B$/i.exec(text) ?? fail(`--size takes something like 5GB or 64MB, not ${text}`)
  const unit = { '': 1, K: 1e3, M: 1e6, G: 1e9 }[(match[2] ?? '').toUpperCase()]
  return 4 * Math.max(1, Math.round((Number(match[1]) * unit) / 4))
}

function gb(bytes) {
  return `${(bytes / 1e9).toFixed(bytes < 1e8 ? 3 : 1)} GB`
}

// ── In a process of its own, whose memory is free again when TensorFlow begins ──────────────────────────────────────

/** Words that differ wherever an offset is wrong by a power of two. */
function fill(words) {
  for (let i = 0; i < words.length; i++) words[i] = Math.imul(i, 0x9e3779b1) ^ (i >>> 11)
}

/** By pieces: in Node 20 a Uint8Array ends at 4 GiB. */
function sha256(array) {
  const hash = createHash('sha256')
  for (let at = 0; at < array.byteLength; at += 1 << 26) {
    hash.update(new Uint8Array(array.buffer, at, Math.min(1 << 26, array.byteLength - at)))
  }
  return hash.digest('hex')
}

async function timed(what, bytes, step) {
  const start = performance.now()
  const result = await step()
  const seconds = (performance.now() - start) / 1000
  console.log(
    `${what.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s ${(bytes / 1e9 / seconds).toFixed(2).padStart(6)} GB/s`,
  )
  return result
}

function expectSame(what, found, expected) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
  }
}

async function writeAndRead(prefix, size) {
  const { CheckpointReader, TensorBundleWriter } = await import('../dist/index.js')
  const data = new Float32Array(size / 4)
  const behind = Float32Array.of(1, 2, 3)
  await timed('made', size, () => fill(new Uint32Array(data.buffer)))
  const expected = await timed('sha256', size, () => sha256(data))

  await timed('TensorBundleWriter', size, async () => {
    const writer = await TensorBundleWriter.create(prefix)
    await writer.add('large', { dtype: 'float32', shape: [size / 4], data })
    await writer.add('small', { dtype: 'float32', shape: [3], data: behind })
    await writer.finish()
  })
  expectSame('size of the data file', statSync(`${prefix}.data-00000-of-00001`).size, size + 12)

  data.fill(0)
  const reader = await CheckpointReader.open(prefix)
  const report = await timed('CheckpointReader.verify()', size, () => reader.verify())
  expectSame('verify()', report, { tensors: 2, bytes: size + 12, faults: [] })
  await timed('CheckpointReader.readTensor()', size, () =>
    reader.readTensor('large', { dtype: 'float32', shape: [size / 4], data }),
  )
  expectSame('sha256 of what was read', sha256(data), expected)
  expectSame('the tensor behind it', [...(await reader.getTensor('small', 'float32')).data], [...behind])
  await reader.close()
  const usage = process.resourceUsage()
  console.log(`peak memory of Node ${gb(usage.maxRSS * 1024)}; sha256 ${expected}`)
}

// ── The run ─────────────────────────────────────────────────────────────────────────────────────────────────────────

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

/** Bytes of memory that a process may hope for; as far as this Node can tell. */
function availableMemory() {
  return process.availableMemory?.() ?? freemem()
}

function checkRoom(dir, size) {
  const { bavail, bsize } = statfsSync(dir)
  const needed = size + 2e8
  if (bavail * bsize < needed)
    fail(`${dir} has ${gb(bavail * bsize)} free, and ${gb(needed)} are needed: --dir names another place`)
  const memory = size * 1.05 + 5e8
  if (availableMemory() < memory) fail(`${gb(availableMemory())} of memory are free, and ${gb(memory)} are needed`)
}

function runTensorFlow(prefix, size, expected) {
  const { binary, missing } = python()
  if (missing !== undefined) {
    console.log(`left out: TensorFlow has not read it. ${missing}`)
    return
  }
  if (availableMemory() < 2 * size + 1e9) {
    fail(`TensorFlow needs ${gb(2 * size + 1e9)} of memory for it, and ${gb(availableMemory())} are free`)
  }
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
  const { status, stdout, stderr } = spawnSync(
    binary,
    [join(oracle, 'read_large.py'), prefix, String(size), expected],
    {
      encoding: 'utf8',
      env,
    },
  )
  if (status !== 0) fail(`TensorFlow did not read what was written (status ${status}): ${stdout ?? ''}${stderr ?? ''}`)
  process.stdout.write(stdout)
}

function run(size) {
  if (!existsSync(join(root, 'dist', 'index.js'))) fail('dist/index.js is not there: run `npm run build` first')
  const base = options.dir ?? tmpdir()
  checkRoom(base, size)
  const dir = mkdtempSync(join(base, 'tfsave-large-'))
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
  const prefix = join(dir, 'm')
  console.log(`One tensor of ${gb(size)} (${size} bytes) in ${dir}`)
  const { status, stdout } = spawnSync(process.execPath, [script, '--worker', prefix, '--size', options.size], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  process.stdout.write(stdout)
  const digest = /sha256 ([0-9a-f]{64})/.exec(stdout)?.[1]
  if (status !== 0 || digest === undefined) fail(`the part in Node failed (status ${status})`)
  runTensorFlow(prefix, size, digest)
  console.log('test:large: all holds')
}

const size = bytesOf(options.size)
if (options.worker === undefined) run(size)
else await writeAndRead(options.worker, size)
