/**
 * Runs a program that imports 'tfsave' and 'tfsave/formats', against src/ as it stands: examples and the README's snippets
 * need no build.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const INDEX = fileURLToPath(new URL('../../src/node.ts', import.meta.url))
const FORMATS = fileURLToPath(new URL('../../src/node-formats.ts', import.meta.url))

/** A folder for programs to run in, and the way to run one: it gives what the program printed. */
export interface Workplace {
  readonly directory: string
  /** @param from the folder from which the program imports files by relative paths */
  run(program: string, from?: string): string
  /** Puts a program beside it, for one that starts it: under `name`, from the file of that path. */
  add(name: string, path: string): void
  remove(): void
}

export function makeWorkplace(): Workplace {
  const directory = mkdtempSync(join(tmpdir(), 'tfsave-program-'))
  return {
    directory,
    run: (program, from = fileURLToPath(new URL('.', import.meta.url))) => {
      bundle(program, from, join(directory, 'program.mjs'))
      return execFileSync(process.execPath, ['program.mjs'], { cwd: directory, encoding: 'utf8', env: plainTerminal() })
    },
    add: (name, path) => bundle(readFileSync(path, 'utf8'), dirname(path), join(directory, name)),
    remove: () => rmSync(directory, { recursive: true }),
  }
}

function bundle(program: string, resolveDir: string, outfile: string): void {
  buildSync({
    stdin: { contents: program, resolveDir },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    alias: { tfsave: INDEX, 'tfsave/formats': FORMATS },
  })
}

/** No colours, whatever the terminal of the tests is. */
function plainTerminal(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...env } = process.env
  return { ...env, NO_COLOR: '1' }
}
