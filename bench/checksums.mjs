/**
 * How fast checksums are, by the size of what is summed: src/util/crc32c.ts beside the package crc-32 and beside a
 * plain copy of the same bytes, in one process. `npm run bench` prints it below its other tables; by itself:
 *
 *     node bench/checksums.mjs [--rounds 5] [--scale 1]
 */
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { mkdtempSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { median, table } from './table.mjs'

const HEAD = ['GB/s: median (most)', 'tfsave', 'crc-32', 'to crc-32', 'plain copy', 'to copy']
const SIZES = [64, 256, 1024, 4096, 16384, 65536, 1 << 20, 1 << 28]
/** Bytes that are summed for one figure. */
const EACH = 2 ** 28

/** The ids of the works, for --only. */
export function checksumIds() {
  return ['crc']
}

/** @param {{ rounds: number, scale: number, only: string }} options */
export async function benchChecksums({ rounds, scale, only }) {
  if (!checksumIds().some((id) => id.includes(only))) return
  console.error('… checksums')
  const ways = await waysOf()
  const rows = SIZES.map((size) => rowOf(size, ways, { rounds, bytes: Math.max(size, EACH * scale) }))
  console.log(`\n${table(HEAD, rows)}`)
}

/** Bundled from the source: the package does not export its checksum. */
async function waysOf() {
  const directory = mkdtempSync(join(tmpdir(), 'tfsave-bench-'))
  try {
    const outfile = join(directory, 'crc32c.mjs')
    const entry = fileURLToPath(new URL('../src/util/crc32c.ts', import.meta.url))
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['main'],
    })
    const { crc32c } = await import(pathToFileURL(outfile).href)
    const CRC32C = createRequire(import.meta.url)('crc-32/crc32c.js')
    const room = new Uint8Array(SIZES.at(-1))
    return { ours: (bytes) => crc32c(bytes), theirs: (bytes) => CRC32C.buf(bytes), copy: (bytes) => room.set(bytes) }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function rowOf(size, ways, { rounds, bytes }) {
  const data = new Uint8Array(size).map((_, i) => Math.imul(i, 0x9e3779b1) >>> 24)
  const times = Math.ceil(bytes / size)
  const found = { ours: [], theirs: [], copy: [] }
  for (let round = -1; round < rounds; round++) {
    for (const [name, run] of Object.entries(ways)) {
      const start = performance.now()
      for (let i = 0; i < times; i++) run(data)
      // The first round is for the compiler.
      if (round >= 0) found[name].push((size * times) / 1e6 / (performance.now() - start))
    }
  }
  const { ours, theirs, copy } = found
  const label = size < 1024 ? `${size} B` : size < 2 ** 20 ? `${size / 1024} KiB` : `${size / 2 ** 20} MiB`
  const shown = (samples) => `${median(samples).toFixed(2)} (${Math.max(...samples).toFixed(2)})`
  const to = (peer) => `${(median(ours) / median(peer)).toFixed(2)}x`
  return [label, shown(ours), shown(theirs), to(theirs), shown(copy), to(copy)]
}

async function main() {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '5' }, scale: { type: 'string', default: '1' } },
  })
  await benchChecksums({ rounds: Number(values.rounds), scale: Number(values.scale), only: '' })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
