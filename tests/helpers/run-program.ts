/**
 * Runs a program that imports 'tfsave', against src/ as it stands: examples and the README's snippets need no build.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const INDEX = fileURLToPath(new URL('../../src/index.ts', import.meta.url))

/** A folder for programs to run in, and the way to run one: it gives what the program printed. */
export interface Workplace {
  readonly directory: string
  run(program: string): string
  remove(): void
}

export function makeWorkplace(): Workplace {
  const directory = mkdtempSync(join(tmpdir(), 'tfsave-program-'))
  return {
    directory,
    run: (program) => {
      bundle(program, join(directory, 'program.mjs'))
      return execFileSync(process.execPath, ['program.mjs'], { cwd: directory, encoding: 'utf8', env: plainTerminal() })
    },
    remove: () => rmSync(directory, { recursive: true }),
  }
}

function bundle(program: string, outfile: string): void {
  buildSync({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    alias: { tfsave: INDEX },
  })
}

/** No colours, whatever the terminal of the tests is. */
function plainTerminal(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...env } = process.env
  return { ...env, NO_COLOR: '1' }
}
