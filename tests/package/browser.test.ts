import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build as esbuild, type BuildOptions, type BuildResult } from 'esbuild'
import { build as vite, createLogger } from 'vite'
import { describe, expect, inject, test } from 'vitest'

const app = inject('app')
const dist = join(app, 'node_modules', 'tfsave', 'dist')
const asItIs = join(dist, 'index.js')

/** What a page would do: a round trip in memory, and asking for a disk, which is not there. */
const STORY = `
  const fs = new MemoryFileSystem()
  const store = new VariableStore()
  const w = store.variable(array([1, 2, 3]), { name: 'w' })
  const prefix = await new Saver(store, { fs }).save('model/m', { globalStep: 7 })
  const value = await loadVariable(prefix, 'w', { fs })
  const failures = []
  for (const ask of [() => new NodeFileSystem().open('m.index'), () => loadVariable(prefix, 'w')]) {
    await ask().catch((error) => failures.push(error.name + ': ' + error.message))
  }
  return JSON.stringify({ prefix, w: [...value.data], failures })
`
const NAMES = 'array, loadVariable, MemoryFileSystem, NodeFileSystem, Saver, VariableStore'
const ANSWER = {
  prefix: 'model/m-7',
  w: [1, 2, 3],
  failures: [
    expect.stringMatching(/^UnimplementedError: .*this is not Node.*MemoryFileSystem/),
    expect.stringMatching(/^UnimplementedError: There is no file system here: pass \{ fs \}/),
  ],
}

function entry(file: string, text: string): string {
  writeFileSync(join(app, file), text)
  return join(app, file)
}

const page = entry('page.js', `import { ${NAMES} } from 'tfsave'\nexport async function story() {${STORY}}\n`)

/** As much of a browser as tfsave may count on beside the language: no process, no Buffer, no require, no console. */
function bareWorld(): vm.Context {
  return vm.createContext({ TextDecoder, TextEncoder })
}

/** Runs a script that leaves a global named `page`, in a world without Node. */
async function runInBareWorld(script: string): Promise<unknown> {
  return JSON.parse(await vm.runInContext(`${script}\n;page.story()`, bareWorld()))
}

function bundle(options: BuildOptions): Promise<BuildResult<{ write: false; metafile: true }>> {
  return esbuild({
    absWorkingDir: app,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    logLevel: 'silent',
    ...options,
  }) as Promise<BuildResult<{ write: false; metafile: true }>>
}

describe('In a browser', () => {
  test('bundled by esbuild: no warning, nothing of Node, and it runs', async () => {
    const { warnings, metafile, outputFiles } = await bundle({
      entryPoints: [page],
      format: 'iife',
      globalName: 'page',
    })
    expect(warnings).toEqual([])
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([])
    expect(outputFiles).toHaveLength(1)
    expect(await runInBareWorld(outputFiles[0]?.text ?? '')).toEqual(ANSWER)
  })

  test('bundled by vite: no warning, nothing of Node, and it runs', async () => {
    const { said, code } = await bundleWithVite()
    expect(said).toEqual([])
    expect(code).not.toContain('__vite-browser-external')
    expect(await runInBareWorld(code)).toEqual(ANSWER)
  })

  test('loaded as it is, as a module: it imports nothing but the file beside it, and it runs', () => {
    const loader = entry('as-it-is.mjs', MODULE_LOADER)
    const flags = ['--experimental-vm-modules', '--no-warnings']
    const output = execFileSync(process.execPath, [...flags, loader, asItIs], { encoding: 'utf8' })
    expect(JSON.parse(output)).toEqual(ANSWER)
  })

  test('makes no code from text, so that a strict content security policy lets it run', () => {
    const code = readdirSync(dist).filter((file) => file.endsWith('.js'))
    expect(code).toContain('index.js')
    for (const file of code) {
      expect(readFileSync(join(dist, file), 'utf8'), file).not.toMatch(/\beval\(|\bnew Function\b|\bFunction\(/)
    }
  })

  test('reading alone costs a page little', async () => {
    const reader = entry('reader.js', "export { loadCheckpoint } from 'tfsave'")
    const { outputFiles } = await bundle({ entryPoints: [reader], format: 'esm', minify: true })
    // Words that only protobufjs, the op registry and graphs have.
    expect(outputFiles[0]?.text).not.toMatch(
      /recursionLimit|SparseSoftmaxCrossEntropyWithLogits|refers to an Operation/,
    )
    const bytes = gzipSync(outputFiles[0]?.contents ?? '').length
    expect(bytes).toBeGreaterThan(1_000)
    expect(bytes).toBeLessThan(READER_BUDGET)
  })
})

/** Bytes, minified and gzipped, both formats and object-based checkpoints included. */
const READER_BUDGET = 25_000

/** What vite said, and the script that it made. */
async function bundleWithVite(): Promise<{ said: string[]; code: string }> {
  const said: string[] = []
  const logger = createLogger('silent')
  for (const level of ['warn', 'warnOnce', 'error'] as const) logger[level] = (message) => said.push(message)
  await vite({
    root: app,
    configFile: false,
    customLogger: logger,
    build: { lib: { entry: page, formats: ['iife'], name: 'page', fileName: 'page' }, outDir: 'vite', minify: false },
  })
  return { said, code: readFileSync(join(app, 'vite', 'page.iife.js'), 'utf8') }
}

/** Links the file with a page in a world without Node; whatever it would import is an error. */
const MODULE_LOADER = `
  import { readFileSync } from 'node:fs'
  import { dirname, join } from 'node:path'
  import vm from 'node:vm'
  const context = vm.createContext({ TextDecoder, TextEncoder })
  const files = new Map()
  const load = (path) => {
    if (!files.has(path)) files.set(path, new vm.SourceTextModule(readFileSync(path, 'utf8'), { context, identifier: path }))
    return files.get(path)
  }
  const tfsave = load(process.argv[2])
  const text = ${JSON.stringify(`import { ${NAMES} } from 'tfsave'\nexport async function story() {${STORY}}`)}
  const page = new vm.SourceTextModule(text, { context })
  await page.link((specifier, from) => {
    if (from === page && specifier === 'tfsave') return tfsave
    if (/^[.]\\/[\\w-]+[.]js$/.test(specifier)) return load(join(dirname(from.identifier), specifier))
    throw new Error('It imports ' + specifier)
  })
  await page.evaluate()
  console.log(await page.namespace.story())
`
