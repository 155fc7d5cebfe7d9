/**
 * `npm run generate`: makes src/util/crc32c.gen.ts, the module of src/util/crc32c.wat in base64.
 *
 *     node scripts/generate-crc32c.mjs [--check]     --check compares with what is committed, and writes nothing
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import wabtOf from 'wabt'

const UTIL = join(dirname(fileURLToPath(import.meta.url)), '../src/util')
const SOURCE = 'crc32c.wat'
const OUT = join(UTIL, 'crc32c.gen.ts')
const FEATURES = { simd: true, bulk_memory: true }

const wabt = await wabtOf()
const parsed = wabt.parseWat(SOURCE, readFileSync(join(UTIL, SOURCE), 'utf8'), FEATURES)
parsed.resolveNames()
parsed.validate(FEATURES)
const { buffer } = parsed.toBinary({ write_debug_names: false })
const text = `// Written by scripts/generate-crc32c.mjs from ${SOURCE}: change that.

/** The WebAssembly module of ${SOURCE}, ${buffer.length} bytes in base64. */
export const CRC32C_MODULE =
  '${Buffer.from(buffer).toString('base64')}'
`
if (!process.argv.includes('--check')) writeFileSync(OUT, text)
else if (readFileSync(OUT, 'utf8') !== text) {
  console.error('src/util/crc32c.gen.ts is not what src/util/crc32c.wat makes: run npm run generate')
  process.exit(1)
}
