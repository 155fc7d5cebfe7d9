import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'

const app = inject('app')
const dist = join(app, 'node_modules', 'tfsave', 'dist')

/** Saves and restores on the disk, and says what is exported; `tfsave` is the module. */
const STORY = `
  const { array, listVariables, Saver, VariableStore, ...rest } = tfsave
  const store = new VariableStore()
  const w = store.variable(array([1, 2, 3]), { name: 'w' })
  const saver = new Saver(store)
  const prefix = await saver.save('model-' + kind + '/m', { globalStep: 7 })
  w.assign(array([0, 0, 0]))
  await saver.restore(prefix)
  const names = Object.keys(tfsave).filter((name) => name !== 'default').sort()
  console.log(JSON.stringify({ prefix, w: [...w.read().data], list: await listVariables(prefix), names }))
`

function run(file: string, text: string): { prefix: string; w: number[]; list: unknown; names: string[] } {
  writeFileSync(join(app, file), text)
  return JSON.parse(execFileSync(process.execPath, [file], { cwd: app, encoding: 'utf8' }))
}

describe('The installed package', () => {
  const imported = run('story.mjs', `import * as tfsave from 'tfsave'\nconst kind = 'esm'\n${STORY}`)
  const required = run(
    'story.cjs',
    `const tfsave = require('tfsave')\nconst kind = 'cjs'\nasync function main() {${STORY}}\nmain()`,
  )

  test('holds the build and the papers, and nothing else', () => {
    const packed = inject('packed').map((file) => file.replace(/chunk-\w+/, 'chunk'))
    expect(packed.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
      'dist/chunk.js',
      'dist/chunk.js',
      'dist/chunk.js.map',
      'dist/chunk.js.map',
      'dist/index.cjs',
      'dist/index.cjs.map',
      'dist/index.d.cts',
      'dist/index.d.ts',
      'dist/index.js',
      'dist/index.js.map',
      'package.json',
    ])
  })

  test('saves and restores by import', () => {
    expect(imported).toMatchObject({ prefix: 'model-esm/m-7', w: [1, 2, 3], list: [['w', [3]]] })
  })

  test('saves and restores by require', () => {
    expect(required).toMatchObject({ prefix: 'model-cjs/m-7', w: [1, 2, 3], list: [['w', [3]]] })
  })

  test('exports the same names by import and by require', () => {
    expect(required.names).toEqual(imported.names)
  })

  test('depends on nothing', () => {
    const manifest = JSON.parse(readFileSync(join(app, 'node_modules', 'tfsave', 'package.json'), 'utf8'))
    expect(manifest).not.toHaveProperty('dependencies')
    expect(manifest).not.toHaveProperty('peerDependencies')
  })

  test('lets its package.json be imported', () => {
    const text = "const { version } = require('tfsave/package.json')\nconsole.log(JSON.stringify(version))"
    expect(run('version.cjs', text)).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test.each([/^chunk-\w+\.js\.map$/, /^index\.cjs\.map$/])(
    'has source maps whose paths are those of the repository',
    (name) => {
      const files = readdirSync(dist).filter((file) => name.test(file))
      const sources = files.flatMap((file) => JSON.parse(readFileSync(join(dist, file), 'utf8')).sources as string[])
      expect(sources).toContain('../src/train/saver.ts')
      expect(sources.filter((source) => !/^\.\.\/(src|node_modules)\//.test(source))).toEqual([])
    },
  )
})
