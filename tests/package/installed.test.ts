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

/** Saves that ended between two renames, of format V2 and of V1 in shards. */
const INTERRUPTED = `
async function main() {
  const { array, NodeFileSystem, Saver, VariableStore } = tfsave
  const fs = new NodeFileSystem()
  const store = new VariableStore()
  store.variable(array([1, 2, 3]), { name: 'w' })
  await new Saver(store).save('left')
  await new Saver(store, { writeVersion: 'V1', sharded: true, logger: {} }).save('left-v1')
  for (const name of ['left.index', 'left.data-00000-of-00001', 'left-v1-00000-of-00001']) {
    await fs.rename(name, name + '.previous')
  }
  console.log('{}')
}
main()`

/** In a process that has written nothing. */
const RECOVERY = `
async function main() {
  const read = async (path) => [...(await tfsave.loadVariable(path, 'w')).data]
  console.log(JSON.stringify({ plain: await read('left'), shards: await read('left-v1-?????-of-00001') }))
}
main()`

const FORMATS = `
async function main() {
  await formats.writeNpz('w.npz', [['w', tfsave.array([1, 2, 3])]])
  const w = (await formats.readNpz('w.npz')).get('w')
  const error = await formats.readNpz('nothing.npz').catch((thrown) => thrown)
  console.log(JSON.stringify({ w: [...w.data], isNotFound: error instanceof tfsave.NotFoundError }))
}
main()`

describe('The installed package', () => {
  const imported = run('story.mjs', `import * as tfsave from 'tfsave'\nconst kind = 'esm'\n${STORY}`)
  const required = run(
    'story.cjs',
    `const tfsave = require('tfsave')\nconst kind = 'cjs'\nasync function main() {${STORY}}\nmain()`,
  )

  test('holds the build and the papers, and nothing else', () => {
    const packed = inject('packed').map((file) => file.replace(/(chunk|file-system)-\w+/, '$1'))
    expect(packed.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
      'dist/chunk.cjs',
      'dist/chunk.js',
      'dist/chunk.js',
      'dist/chunk.js',
      'dist/chunk.js',
      'dist/chunk.js',
      'dist/chunk.js',
      'dist/chunk.js.map',
      'dist/chunk.js.map',
      'dist/chunk.js.map',
      'dist/chunk.js.map',
      'dist/chunk.js.map',
      'dist/chunk.js.map',
      'dist/file-system.d.cts',
      'dist/file-system.d.ts',
      'dist/formats.browser.js',
      'dist/formats.browser.js.map',
      'dist/formats.cjs',
      'dist/formats.d.cts',
      'dist/formats.d.ts',
      'dist/formats.js',
      'dist/formats.js.map',
      'dist/index.browser.js',
      'dist/index.browser.js.map',
      'dist/index.cjs',
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

  test('has source maps of its modules whose paths are those of the repository', () => {
    const files = readdirSync(dist).filter((file) => /^chunk-\w+\.js\.map$/.test(file))
    const sources = files.flatMap((file) => JSON.parse(readFileSync(join(dist, file), 'utf8')).sources as string[])
    expect(sources).toContain('../src/train/saver.ts')
    expect(sources.filter((source) => !/^\.\.\/(src|node_modules)\//.test(source))).toEqual([])
  })

  test.each([
    ['import', 'recovery.mjs', "import * as tfsave from 'tfsave'\n"],
    ['require', 'recovery.cjs', "const tfsave = require('tfsave')\n"],
  ])('by %s puts back what a crashed save left aside, when it is read', (_, file, head) => {
    run(`interrupted-${file}`, `${head}${INTERRUPTED}`)
    expect(run(file, `${head}${RECOVERY}`)).toEqual({ plain: [1, 2, 3], shards: [1, 2, 3] })
  })

  test.each([
    ['import', 'formats.mjs', "import * as tfsave from 'tfsave'\nimport * as formats from 'tfsave/formats'\n"],
    ['require', 'formats.cjs', "const tfsave = require('tfsave')\nconst formats = require('tfsave/formats')\n"],
  ])('reads and writes other formats by %s, with the same classes of errors', (_, file, head) => {
    expect(run(file, `${head}${FORMATS}`)).toEqual({ w: [1, 2, 3], isNotFound: true })
  })
})
