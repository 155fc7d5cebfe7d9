/**
 * `npm run generate`: makes of each .wat below its .gen.ts, the module in base64.
 *
 *     node scripts/generate-wasm.mjs [--check]     --check compares with what is committed, and writes nothing
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import wabtOf from 'wabt'

/** Each source, and the name of the constant. */
const MODULES = [
  ['src/checkpoint/plain-block.wat', 'PLAIN_BLOCK_MODULE'],
  ['src/formats/crc32.wat', 'CRC32_MODULE'],
  ['src/train/moving-average.wat', 'MOVING_AVERAGE_MODULE'],
]
const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..')
const FEATURES = { simd: true, bulk_memory: true }

const wabt = await wabtOf()

function textOf(source, constant) {
  const parsed = wabt.parseWat(source, readFileSync(join(PROJECT, source), 'utf8'), FEATURES)
  parsed.resolveNames()
  parsed.validate(FEATURES)
  const { buffer } = parsed.toBinary({ write_debug_names: false })
  return `// Written by scripts/generate-wasm.mjs from ${basename(source)}: change that.

/** The WebAssembly module of ${basename(source)}, ${buffer.length} bytes in base64. */
export const ${constant} =
  '${Buffer.from(buffer).toString('base64')}'
`
}

for (const [source, constant] of MODULES) {
  const out = source.replace(/\.wat$/, '.gen.ts')
  const text = textOf(source, constant)
  if (!process.argv.includes('--check')) writeFileSync(join(PROJECT, out), text)
  else if (readFileSync(join(PROJECT, out), 'utf8') !== text) {
    console.error(`${out} is not what ${source} makes: run npm run generate`)
    process.exitCode = 1
  }
}
