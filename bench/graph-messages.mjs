/**
 * Our messages by themselves, which the package does not export: bundled from src/ into a temporary file.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

/** @returns {Promise<{ decodeMessage: Function, encodeMessage: Function, tensorflow: object }>} */
export async function bundleMessages(directory) {
  const outfile = join(directory, 'messages.mjs')
  const source = fileURLToPath(new URL('../src/proto/messages.ts', import.meta.url))
  buildSync({ entryPoints: [source], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' })
  return outfile
}
