/**
 * Packs the tarball as `npm publish` would, and installs it into an application in a temporary folder, once for all
 * tests of the package. Needs no network: the package depends on nothing.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder in which `import 'tfsave'` finds the installed tarball. */
    app: string
    /** The paths in the tarball. */
    packed: string[]
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export function setup(project: TestProject): () => void {
  if (!existsSync(join(ROOT, 'dist', 'index.js')))
    throw new Error('There is no dist/index.js: run `npm run build` first')
  const app = mkdtempSync(join(tmpdir(), 'tfsave-app-'))
  const pack = npm(ROOT, ['pack', '--ignore-scripts', '--json', '--pack-destination', app])
  const [tarball] = JSON.parse(pack) as { filename: string; files: { path: string }[] }[]
  if (tarball === undefined) throw new Error(`npm pack has packed nothing: ${pack}`)
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }))
  npm(app, ['install', '--offline', '--no-audit', '--no-fund', '--no-package-lock', `./${tarball.filename}`])
  project.provide('app', app)
  project.provide('packed', tarball.files.map(({ path }) => path).sort())
  return () => rmSync(app, { recursive: true })
}

function npm(cwd: string, args: readonly string[]): string {
  return execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
}
