import { execFileSync } from 'node:child_process'
import {
  existsSync,
  openSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'
import { type BuildOptions, build } from 'esbuild'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { NodeFileSystem } from '../../src/fs/node'
import { moveAll } from '../../src/fs/node-file'
import {
  FailedPreconditionError,
  InvalidArgumentError,
  NotFoundError,
  OpError,
  OutOfRangeError,
  ResourceExhaustedError,
  UnknownError,
} from '../../src/util/errors'
import { fileSystemContract } from '../contract/file-system'
import { type Place, counting, rejection } from '../contract/place'

async function temporary(): Promise<string> {
  return mkdtemp(`${tmpdir()}/tfsave-fs-`)
}

async function place(name: (dir: string) => string): Promise<Place> {
  const dir = await temporary()
  return { fs: new NodeFileSystem(), root: name(dir), cleanUp: () => rm(dir, { recursive: true }) }
}

fileSystemContract('NodeFileSystem', () => place((dir) => dir))
fileSystemContract('NodeFileSystem by relative paths', () => place((dir) => relative('.', dir)))

describe('NodeFileSystem', () => {
  const fs = new NodeFileSystem()
  let dir = ''
  beforeEach(async () => {
    dir = await temporary()
  })
  afterEach(() => rm(dir, { recursive: true }))

  test('errors carry what the system said', async () => {
    const error = await rejection(fs.open(`${dir}/no`))
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error.cause).toMatchObject({ code: 'ENOENT', syscall: 'open' })
    const rename = await rejection(fs.rename(`${dir}/a`, `${dir}/b`))
    expect(rename.cause).toMatchObject({ path: `${dir}/a`, dest: `${dir}/b` })
  })

  test('reads behind 4 GiB', async () => {
    const path = `${dir}/sparse`
    const fd = openSync(path, 'w')
    writeSync(fd, counting(100), 0, 100, 2 ** 32 + 5)
    const file = await fs.open(path)
    expect(file.size).toBe(2 ** 32 + 105)
    expect([...(await file.read(2 ** 32 + 3, 102))]).toEqual([0, 0, ...counting(100)])
    const error = await rejection(file.read(2 ** 32 + 100, 6))
    expect(error.message).toBe(`Read less bytes than requested: 1 of the 6 bytes at 4294967396 of ${path} are missing`)
    await file.close()
  })

  test('a length that the file has and no array can hold is ResourceExhaustedError', async () => {
    const path = `${dir}/sparse`
    writeFileSync(path, '')
    truncateSync(path, 2 ** 43)
    const file = await fs.open(path)
    expect(await rejection(file.read(0, 2 ** 43))).toBeInstanceOf(ResourceExhaustedError)
    await file.close()
  })

  test('a file that shrinks while it is open is OutOfRangeError', async () => {
    const path = `${dir}/f`
    writeFileSync(path, counting(100))
    const file = await fs.open(path)
    truncateSync(path, 60)
    const error = await rejection(file.read(50, 40))
    expect(error).toBeInstanceOf(OutOfRangeError)
    expect(error.message).toBe(`Read less bytes than requested: 30 of the 40 bytes at 50 of ${path} are missing`)
    expect([...(await file.read(50, 10))]).toEqual([...counting(10, 50)])
    await file.close()
  })

  test('follows links, and says when they lead nowhere or in a circle', async () => {
    writeFileSync(`${dir}/f`, counting(3))
    symlinkSync('f', `${dir}/link`)
    symlinkSync('no', `${dir}/dangling`)
    symlinkSync('circle', `${dir}/circle`)
    const file = await fs.open(`${dir}/link`)
    expect(file.size).toBe(3)
    await file.close()
    expect(await fs.exists(`${dir}/dangling`)).toBe(false)
    const error = await rejection(fs.open(`${dir}/circle`))
    expect(error).toBeInstanceOf(UnknownError)
    expect(error.message).toBe(`${dir}/circle; Too many levels of symbolic links`)
    expect(await rejection(fs.exists(`${dir}/circle`))).toBeInstanceOf(UnknownError)
  })

  test("'..' is resolved before links are, as in TensorFlow", async () => {
    await fs.mkdir(`${dir}/e`)
    await fs.mkdir(`${dir}/e/in`)
    writeFileSync(`${dir}/f`, counting(3))
    writeFileSync(`${dir}/e/f`, counting(4))
    symlinkSync('e/in', `${dir}/link`)
    const file = await fs.open(`${dir}/link/../f`)
    expect(file.size).toBe(3)
    await file.close()
  })

  test('a name that is too long is not there, and cannot be opened', async () => {
    const path = `${dir}/${'a'.repeat(300)}`
    expect(await fs.exists(path)).toBe(false)
    const error = await rejection(fs.create(path))
    expect(error).toBeInstanceOf(InvalidArgumentError)
    expect(error.message).toBe(`${path}; File name too long`)
  })

  test('a full disk is ResourceExhaustedError, and the file takes nothing more', async () => {
    // Linux has a disk that is always full.
    if (!existsSync('/dev/full')) return
    const file = await fs.create('/dev/full')
    await file.append(new Uint8Array(0))
    const first = await rejection(file.append(counting(10)))
    expect(first).toBeInstanceOf(ResourceExhaustedError)
    expect(first.message).toBe('/dev/full; No space left on device')
    expect(await rejection(file.append(new Uint8Array(0)))).toBe(first)
    expect(await rejection(file.sync())).toBe(first)
    await file.close()
    expect(await rejection(file.append(counting(1)))).toBeInstanceOf(FailedPreconditionError)
  })

  test('closes every file that it opens, also where open() fails', async () => {
    // Linux lists what a process has open.
    if (!existsSync('/proc/self/fd')) return
    const openFiles = (): string[] =>
      readdirSync('/proc/self/fd').flatMap((fd) => {
        try {
          return [readlinkSync(`/proc/self/fd/${fd}`)]
        } catch {
          // The one that listed them.
          return []
        }
      })
    const writer = await fs.create(`${dir}/f`)
    await writer.append(counting(5))
    expect(openFiles()).toContain(`${dir}/f`)
    await writer.close()
    const reader = await fs.open(`${dir}/f`)
    await reader.close()
    await rejection(fs.open(dir))
    await fs.syncDir(dir)
    const aborting = new AbortController()
    const opening = rejection(fs.open(`${dir}/f`, { signal: aborting.signal }))
    aborting.abort()
    expect((await opening).name).toBe('AbortError')
    expect(openFiles().filter((path) => path.startsWith(dir))).toEqual([])
  })
})

describe('moveAll()', () => {
  test('goes on until all is moved, in pieces of at most the limit', async () => {
    const bytes = counting(100)
    const pieces: [number, number[]][] = []
    const take = async (piece: Uint8Array, start: number): Promise<number> => {
      const count = Math.min(piece.length, 13)
      pieces.push([start, [...piece.subarray(0, count)]])
      expect(piece.length).toBeLessThanOrEqual(40)
      return count
    }
    expect(await moveAll(bytes, take, 40)).toBe(100)
    expect(pieces.flatMap(([, moved]) => moved)).toEqual([...bytes])
    expect(pieces.map(([start]) => start)).toEqual([0, 13, 26, 39, 52, 65, 78, 91])
  })

  test('asks for no more than the limit', async () => {
    const asked: number[] = []
    await moveAll(new Uint8Array(100), async (piece) => asked.push(piece.length) && piece.length, 40)
    expect(asked).toEqual([40, 40, 20])
  })

  test('stops where nothing moves, and says how much did', async () => {
    let calls = 0
    expect(await moveAll(new Uint8Array(10), async () => (calls++ === 0 ? 4 : 0))).toBe(4)
    expect(await moveAll(new Uint8Array(0), async () => expect.unreachable('nothing to move'))).toBe(0)
  })
})

describe('NodeFileSystem where there is no Node', () => {
  const entry = `
    import { registerDisk } from './src/fs/default'
    import { nodeDisk } from './src/fs/node'
    export { NodeFileSystem } from './src/fs/node'
    export { defaultFileSystem } from './src/fs/default'
    registerDisk(nodeDisk)`

  async function bundle(options: BuildOptions): Promise<string> {
    const stdin = { contents: entry, resolveDir: '.', loader: 'ts' } as const
    const result = await build({ stdin, bundle: true, write: false, logLevel: 'silent', metafile: true, ...options })
    expect(result.warnings).toEqual([])
    expect(Object.values(result.metafile?.outputs ?? {}).flatMap((output) => output.imports)).toEqual([])
    return result.outputFiles?.[0]?.text ?? ''
  }

  /** The error that a body gives in a context without Node's globals, as "name: message". */
  async function inBrowser(body: string, globals: object = {}): Promise<string> {
    const code = await bundle({ platform: 'browser', format: 'iife', globalName: 'tfsave' })
    const run = `${code}; (async () => { ${body} })().then(() => 'nothing', (error) => error.name + ': ' + error.message)`
    return runInNewContext(run, { TextDecoder, TextEncoder, ...globals }) as Promise<string>
  }

  const NO_DISK =
    'UnimplementedError: Cannot reach a disk: this is not Node. Pass { fs }: a MemoryFileSystem, HttpFileSystem, ' +
    'BlobFileSystem or a FileSystem of your own'

  test('it bundles for the browser with no import left, and every method says what to do', async () => {
    const calls = ["open('a')", "exists('a')", "create('a')", "rename('a', 'b')", "remove('a')", "list('a')"]
    calls.push("mtime('a')", "mkdir('a')", "removeDir('a')", "isDirectory('a')", "syncDir('a')")
    for (const call of calls) expect(await inBrowser(`await new tfsave.NodeFileSystem().${call}`), call).toBe(NO_DISK)
  })

  test("a bundler's imitation of process changes nothing", async () => {
    const open = "await new tfsave.NodeFileSystem().open('a')"
    expect(await inBrowser(open, { process: { env: {}, versions: {} } })).toBe(NO_DISK)
    expect(await inBrowser(open, { process: { getBuiltinModule: () => ({}) } })).toBe(NO_DISK)
    expect(await inBrowser(open, { process: { versions: { node: '20.0.0' } } })).toBe(NO_DISK)
  })

  test('defaultFileSystem() throws and says what to do', async () => {
    expect(await inBrowser('tfsave.defaultFileSystem()')).toBe(
      'UnimplementedError: There is no file system here: pass { fs }, such as a MemoryFileSystem, HttpFileSystem or BlobFileSystem',
    )
  })

  test.each([
    ['with getBuiltinModule()', ''],
    ['without it, as Node 20.0', 'delete process.getBuiltinModule;'],
  ])('the same bundle reaches the disk in Node %s', async (_, before) => {
    const dir = await temporary()
    try {
      const code = await bundle({ platform: 'browser', format: 'esm', minify: true })
      writeFileSync(`${dir}/bundle.mjs`, code)
      const url = JSON.stringify(pathToFileURL(`${dir}/bundle.mjs`).href)
      const script = `${before} const { defaultFileSystem } = await import(${url})
        console.log((await defaultFileSystem().list(${JSON.stringify(dir)})).join())`
      const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script]).toString()
      expect(printed.trim()).toBe('bundle.mjs')
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})

describe('MemoryFileSystem and NodeFileSystem', () => {
  const NAMES = ['a', 'b', 'd', 'e', 'd/a', 'd/b', 'd/e', 'd/e/a', 'a/x', 'no/x', './d//a/', 'd/../b']
  const name = fc.constantFrom(...NAMES)
  const operation = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constant('write' as const), name, fc.nat(9)) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('rename' as const), name, name) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('mkdir' as const), name) },
    fc.tuple(fc.constant('remove' as const), name),
    fc.tuple(fc.constant('removeDir' as const), name),
  )
  type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

  async function perform(fs: FileSystem, root: string, step: Operation): Promise<void> {
    const path = `${root}/${step[1]}`
    if (step[0] === 'rename') return fs.rename(path, `${root}/${step[2]}`)
    if (step[0] !== 'write') return fs[step[0]](path)
    const file = await fs.create(path)
    await file.append(counting(step[2]))
    await file.close()
  }

  /** What an observer sees under each name: whether it is there, its kind, its bytes, its list, or the refusals. */
  async function look(fs: FileSystem, root: string): Promise<unknown[]> {
    const seen: unknown[] = []
    for (const one of NAMES) {
      const path = `${root}/${one}`
      seen.push(one, await fs.exists(path), await fs.isDirectory(path))
      seen.push(await answer(fs.list(path).then((names) => names.toSorted())))
      seen.push(await answer(fs.open(path).then(async (file) => [...(await file.read(0, file.size))])))
    }
    return seen
  }

  async function answer(promise: Promise<unknown>): Promise<unknown> {
    return promise.catch((error: unknown) => {
      if (!(error instanceof OpError)) throw error
      return [error.code, error.message, error.path]
    })
  }

  test('do the same, whatever is done to them', async () => {
    const disk = new NodeFileSystem()
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 12 }), async (steps) => {
        const root = await temporary()
        const memory = new MemoryFileSystem()
        memory.files.set(`${root}/a`, counting(1))
        await memory.remove(`${root}/a`)
        try {
          for (const step of steps) {
            const [there, here] = [await answer(perform(disk, root, step)), await answer(perform(memory, root, step))]
            expect(here, JSON.stringify(step)).toEqual(there)
          }
          expect(await look(memory, root)).toEqual(await look(disk, root))
        } finally {
          await rm(root, { recursive: true })
        }
      }),
      { numRuns: 100 },
    )
    // Two thousand calls to the disk, on a machine that may be busy.
  }, 60_000)
})
