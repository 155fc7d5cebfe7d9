/**
 * The inner loops of conversions: half precision, zip's checksum, snappy. Ours stand in one process, bundled from the source,
 * since the package does not export all of them; numpy's in its own. Each takes turns with its peer and with a plain copy of
 * the bytes that it writes, or of those that it reads where it writes none.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { startPython } from './child.mjs'
import { median, table } from './table.mjs'

const HEAD = ['a second: median (most)', 'tfsave', 'peer', 'to peer', 'plain copy', 'to copy']
const require = createRequire(import.meta.url)

/** The sources that the loops are in. */
const SOURCES = `
  export * from './src/util/float16'
  export { toFloat32, array } from './src/tensor/convert'
  export { ndarray } from './src/tensor/ndarray'
  export { crc32 } from './src/formats/crc32'
  export { uncompressSnappy } from './src/util/snappy'
  export { ByteReader } from './src/util/coding'`

/** @param {{ rounds: number, scale: number, works: string[], python?: string }} options */
export async function benchLoops({ rounds, scale, works, python }) {
  const loops = loopsOf(await sources(), scale).filter(({ id }) => works.includes(id))
  const rows = []
  for (const loop of loops) rows.push(rowOf(loop, await measure(loop, rounds, python)))
  if (rows.length > 0) console.log(`\n${table(HEAD, rows)}`)
}

export const LOOP_IDS = [
  'convert-float16',
  'convert-float16-new',
  'convert-bfloat16',
  'convert-bfloat16-new',
  'convert-numbers',
  'convert-crc',
  'convert-snappy-text',
  'convert-snappy-floats',
]

async function sources() {
  const directory = mkdtempSync(join(tmpdir(), 'tfsave-bench-'))
  try {
    const outfile = join(directory, 'loops.mjs')
    const project = fileURLToPath(new URL('..', import.meta.url))
    const stdin = { contents: SOURCES, resolveDir: project, loader: 'ts' }
    await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'neutral', mainFields: ['main'] })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/**
 * `count` is of what is counted in one run, `unit` what 10^9 or 10^6 of them are called; `peer` is ours to call, or what
 * conversions_numpy.py is asked.
 */
function loopsOf(ours, scale) {
  const elements = Math.max(1000, Math.round(2 ** 24 * scale))
  return [
    widening(ours, 'float16', elements),
    widening(ours, 'float16', elements, true),
    widening(ours, 'bfloat16', elements),
    widening(ours, 'bfloat16', elements, true),
    narrowing(ours, Math.ceil(elements / 16)),
    checksum(ours, Math.ceil(2 ** 27 * scale)),
    snappy(ours, 'text', indexLike(1 << 16), scale),
    snappy(ours, 'floats', floatLike(1 << 16), scale),
  ]
}

function widening(ours, dtype, count, isNew = false) {
  const { toFloat32, toFloat32Array, ndarray } = ours
  const codes = new Uint16Array(count).map((_, i) => 0x3000 + (i % 0x1000))
  const value = ndarray(dtype, [count], codes)
  const [target, room, floats] = [0, 1, 2].map(() => new Float32Array(count).fill(1))
  const format = ours[dtype.toUpperCase()]
  return {
    id: `convert-${dtype}${isNew ? '-new' : ''}`,
    label: `${dtype} to ${isNew ? 'a new float32 array' : 'float32'}, G elements; numpy`,
    count: count / 1e9,
    run: isNew ? () => toFloat32(value) : () => toFloat32Array(format, codes, target),
    peer: { kind: `${dtype} ${isNew ? 'new' : 'into'}`, count },
    copy: isNew ? () => floats.slice() : () => room.set(floats),
  }
}

function narrowing({ array }, count) {
  const numbers = Array.from({ length: count }, (_, i) => i / 7)
  return {
    id: 'convert-numbers',
    label: 'numbers to float16, M elements; numpy',
    count: count / 1e6,
    run: () => array(numbers, 'float16'),
    peer: { kind: 'numbers', count },
    copy: () => numbers.slice(),
  }
}

function checksum({ crc32 }, bytes) {
  const data = new Uint8Array(bytes).fill(1)
  const room = new Uint8Array(bytes).fill(1)
  const CRC32 = require('crc-32')
  return {
    id: 'convert-crc',
    label: `CRC-32 of ${(bytes / 1e6).toFixed(0)} MB, GB; crc-32`,
    count: bytes / 1e9,
    run: () => crc32(data),
    peer: () => CRC32.buf(data),
    copy: () => room.set(data),
  }
}

function snappy({ uncompressSnappy, ByteReader }, what, data, scale) {
  const { compress, uncompress } = require('snappyjs')
  const packed = compress(data)
  const room = new Uint8Array(data.length)
  const times = Math.ceil(200 * scale)
  const repeat = (work) => () => {
    for (let i = 0; i < times; i++) work()
  }
  return {
    id: `convert-snappy-${what}`,
    label: `snappy block of ${what}, MB; snappyjs`,
    count: (times * data.length) / 1e6,
    run: repeat(() => uncompressSnappy(new ByteReader(packed))),
    peer: repeat(() => uncompress(packed)),
    copy: repeat(() => room.set(data)),
  }
}

/** As an index of a checkpoint reads. */
function indexLike(length) {
  const line = (i) => `model/block_${i >> 4}/layer_${i & 15}/weights/Adam\x08\x01\x12\x08\x12\x02\x08\x40`
  const text = Array.from({ length: Math.ceil(length / 40) }, (_, i) => line(i)).join('')
  return new TextEncoder().encode(text).subarray(0, length)
}

function floatLike(length) {
  return new Uint8Array(new Float32Array(length / 4).map((_, i) => Math.sin(i)).buffer)
}

async function measure({ label, run, peer, copy }, rounds, python) {
  console.error(`… ${label}`)
  const sides = { ours: async () => time(run), copy: async () => time(copy) }
  const child =
    typeof peer !== 'function' && python !== undefined ? startPython(python, 'conversions_numpy') : undefined
  await child?.ask('setup', peer)
  if (typeof peer === 'function') sides.peer = async () => time(peer)
  else if (child !== undefined) sides.peer = async () => (await child.ask('run', { times: 1 })).ms
  const found = { ours: [], copy: [], peer: [] }
  for (let round = -2; round < rounds; round++) {
    for (const [side, once] of Object.entries(sides)) {
      const ms = await once()
      // The first rounds are for the compiler.
      if (round >= 0) found[side].push(ms)
    }
  }
  await child?.end()
  return found
}

function time(work) {
  const start = performance.now()
  work()
  return performance.now() - start
}

function rowOf({ label, count }, found) {
  const rates = Object.fromEntries(
    Object.entries(found).map(([side, ms]) => [side, ms.map((each) => (count * 1e3) / each)]),
  )
  const shown = (samples) => `${digits(median(samples))} (${digits(Math.max(...samples))})`
  const cell = (samples) => (samples.length === 0 ? '' : shown(samples))
  const to = (samples) => (samples.length === 0 ? '' : `${(median(rates.ours) / median(samples)).toFixed(2)}x`)
  return [label, cell(rates.ours), cell(rates.peer), to(rates.peer), cell(rates.copy), to(rates.copy)]
}

function digits(rate) {
  return rate < 100 ? rate.toFixed(2) : rate.toFixed(0)
}
