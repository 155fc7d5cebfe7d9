import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { describe, expect, test } from 'vitest'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

/** Reads, prints, parses and writes a graph, without anything of Node. */
const PROGRAM = `
  import { parseMessage, printMessage } from './src/proto/message-text'
  import { decodeMessage, encodeMessage, tensorflow } from './src/proto/messages'
  const text = 'node {\\n  name: "a"\\n  attr {\\n    key: "T"\\n    value {\\n      list {\\n        i: -5\\n      }\\n    }\\n  }\\n}\\n'
  const bytes = encodeMessage(tensorflow.GraphDef, parseMessage('tensorflow.GraphDef', text), 'GraphDef')
  globalThis.print(printMessage('tensorflow.GraphDef', decodeMessage(tensorflow.GraphDef, bytes, 'GraphDef')) === text)
`

describe('src/proto/gen', () => {
  test('is what npm run generate makes of proto/', { timeout: 60_000 }, () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-proto.mjs', '--check'], { cwd: PROJECT })
    expect(String(stderr)).toBe('')
    expect(status).toBe(0)
  })

  test('runs under a content security policy without unsafe-eval, and without Buffer', { timeout: 60_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'tfsave-'))
    try {
      const outfile = join(folder, 'program.js')
      const banner = 'const print = console.log; delete globalThis.Buffer; globalThis.print = print;'
      buildSync({
        stdin: { contents: PROGRAM, resolveDir: PROJECT },
        bundle: true,
        banner: { js: banner },
        outfile,
        logLevel: 'error',
      })
      const flags = ['--disallow-code-generation-from-strings', outfile]
      const { stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' })
      expect(stdout + stderr).toBe('true\n')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
