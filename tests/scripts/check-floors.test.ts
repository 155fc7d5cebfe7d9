import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../scripts/check-floors.mjs', import.meta.url))

/** A src/ that keeps every rule. */
const GOOD: Readonly<Record<string, string>> = {
  'index.ts': "export { Saver } from './train/saver'\nexport type { B } from './tensor/b'\n",
  'train/saver.ts': "import { b } from '../tensor/b'\nimport './saver-nodes'\nexport const Saver = b\n",
  'train/saver-nodes.ts': 'export {}\n',
  'tensor/a.ts': "import type { B } from './b'\nexport type A = B\n",
  'tensor/b.ts': "import { type A } from './a'\nimport '../util/errors'\nexport const b = 1\nexport type B = A\n",
  'fs/node.ts':
    "import type * as Fs from 'node:fs'\nimport '../util/errors'\nexport const load = (n: string) => import(n)\n",
  'util/errors.ts': 'export {}\n',
}

interface Report {
  readonly files: number
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

// Plain JavaScript that runs without a build; its types stand here.
const { checkFloors } = (await import(SCRIPT)) as { checkFloors(directory: string): Report }

const directories: string[] = []

/** A directory with these files. */
function tree(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'floors-'))
  directories.push(directory)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), text)
  }
  return directory
}

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true })
})

/** What is put into the good tree, and what has to be said about it. */
const BAD: readonly (readonly [fact: string, files: Readonly<Record<string, string>>, complaint: string])[] = [
  ['an import that goes up', { 'util/x.ts': "import '../tensor/b'" }, 'util/x.ts:1 imports tensor/b.ts: up'],
  [
    'an import type that goes up',
    { 'util/x.ts': "\nimport type { B } from '../tensor/b'" },
    'util/x.ts:2 imports tensor/b.ts: up',
  ],
  ['an export from that goes up', { 'util/x.ts': "export * from '../tensor/b'" }, 'imports tensor/b.ts: up'],
  ['a dynamic import that goes up', { 'util/x.ts': "export const x = import('../tensor/b')" }, 'tensor/b.ts: up'],
  ["an import('…').T that goes up", { 'util/x.ts': "export type X = import('../tensor/b').B" }, 'tensor/b.ts: up'],
  ['an import that goes sideways', { 'proto/x.ts': "import '../fs/node'" }, 'imports fs/node.ts: sideways, on floor 1'],
  ['an entry that imports an entry', { 'formats.ts': "import './index'" }, 'imports index.ts: sideways, on floor 7'],
  [
    'a circle of values within one folder',
    { 'util/x.ts': "import './y'", 'util/y.ts': "import './x'" },
    'a circle: util/x.ts → util/y.ts → util/x.ts',
  ],
  ['a file that imports itself', { 'util/x.ts': "import './x'" }, 'a circle: util/x.ts → util/x.ts'],
  [
    'a step of train/ that imports a later one',
    { 'train/saver.ts': "import './import-meta-graph'", 'train/import-meta-graph.ts': 'export {}' },
    'train/saver.ts:1 imports train/import-meta-graph.ts: up, within train/',
  ],
  ["Node's modules", { 'train/x.ts': "import type { Stats } from 'node:fs'" }, 'imports node:fs: only fs/node.ts'],
  ["Node's modules by their old names", { 'train/x.ts': "import 'path'" }, 'imports path: only fs/node.ts'],
  ["Node's modules by require", { 'train/x.ts': "require('fs')" }, 'imports fs: only fs/node.ts'],
  ["Node's types by reference", { 'train/x.ts': '/// <reference types="node" />\n' }, 'imports node: only fs/node.ts'],
  ['a computed import', { 'train/x.ts': 'export const f = (x: string) => import(x)' }, 'computes the name'],
  ['a folder on no floor', { 'misc/x.ts': 'export {}' }, 'misc/x.ts: misc stands on no floor'],
  ['a file on no floor', { 'main.ts': 'export {}' }, 'main.ts: main.ts stands on no floor'],
  ['an import of nothing', { 'util/x.ts': "import './nothing'" }, 'imports ./nothing: there is no such file'],
  ['a file of 401 lines', { 'util/x.ts': 'export {}\n'.repeat(401) }, 'util/x.ts: 401 lines, 400 at most'],
]

describe('check-floors', () => {
  test('has nothing to say about a tree that keeps the rules', () => {
    expect(checkFloors(tree(GOOD))).toMatchObject({ files: 7, errors: [], warnings: [] })
  })

  test.each(BAD)('complains of %s', (_, files, complaint) => {
    const { errors } = checkFloors(tree({ ...GOOD, ...files }))
    expect(errors).toEqual([expect.stringContaining(complaint)])
  })

  test('warns of a file of 301 lines', () => {
    const { errors, warnings } = checkFloors(tree({ ...GOOD, 'util/x.ts': 'export {}\n'.repeat(301) }))
    expect(errors).toEqual([])
    expect(warnings).toEqual([expect.stringContaining('util/x.ts: 301 lines')])
  })

  test('lets generated code be long', () => {
    const report = checkFloors(tree({ ...GOOD, 'proto/gen/x.ts': 'export {}\n'.repeat(500) }))
    expect(report).toMatchObject({ errors: [], warnings: [] })
  })

  test('lets the command line name Node', () => {
    expect(checkFloors(tree({ ...GOOD, 'cli/main.ts': "import 'node:fs'" })).errors).toEqual([])
  })

  test('complains of a directory without TypeScript', () => {
    expect(checkFloors(tree({ 'README.md': '' })).errors).toEqual([expect.stringContaining('no TypeScript')])
  })

  test('run as a command, prints what is wrong and ends with 1', () => {
    const directory = tree({ ...GOOD, 'util/x.ts': "import '../tensor/b'" })
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, directory], { encoding: 'utf8' })
    expect(stderr).toBe('error: util/x.ts:1 imports tensor/b.ts: up, from floor 0 to floor 2\n')
    expect(status).toBe(1)
  })
})
