import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { HttpFileSystem } from '../../src/fs/http'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested } from '../../src/tensor/convert'
import { getCheckpointState } from '../../src/train/checkpoint-state'
import { loadVariable } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { FailedPreconditionError, InvalidArgumentError, NotFoundError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { counting, expectRefusal, MISSING, type Place, rejection } from '../contract/place'
import { readableFileSystemContract } from '../contract/readable-file-system'
import { FileServer, type Seen } from '../helpers/http-server'

async function place(
  files: Iterable<readonly [string, Uint8Array]>,
  options: { root?: string; query?: string; maxRequestBytes?: number } = {},
): Promise<Place<HttpFileSystem>> {
  const { root = '', query = '', maxRequestBytes = 1 << 20 } = options
  const server = await FileServer.start([...files].map(([path, bytes]) => [`models/${root}${path}`, bytes] as const))
  const fs = new HttpFileSystem(`${server.origin}/models${query}`, { maxRequestBytes })
  return { fs, root, cleanUp: () => server.stop() }
}

readableFileSystemContract('HttpFileSystem', (files) => place(files))
readableFileSystemContract('HttpFileSystem, in a folder, with a token', (files) =>
  place(files, { root: 'a b/', query: '/?token=x%2Fy' }),
)
readableFileSystemContract('HttpFileSystem, a few bytes a request', (files) => place(files, { maxRequestBytes: 777 }))

let server: FileServer
beforeEach(async () => {
  server = await FileServer.start([['d/f', counting(1000)]])
})
afterEach(() => server.stop())

function summary(seen: readonly Seen[]): string[] {
  return seen.map(({ method, url, range = '' }) => `${method} ${url} ${range}`.trim())
}

describe('What moves', () => {
  test('open() is one HEAD, a read one GET of just its range', async () => {
    const file = await new HttpFileSystem(server.origin).open('d/f')
    await file.read(10, 5)
    await file.read(0, 1000)
    await file.read(7, 0)
    await file.close()
    const seen = server.takeSeen()
    expect(summary(seen)).toEqual(['HEAD /d/f', 'GET /d/f bytes=10-14', 'GET /d/f bytes=0-999'])
    expect(seen.map(({ sent }) => sent)).toEqual([0, 5, 1000])
    for (const { headers } of seen) expect(headers['accept-encoding']).toMatch(/^identity/)
  })

  test('neighbours that are read at the same moment share a request, others do not', async () => {
    const file = await new HttpFileSystem(server.origin).open('d/f')
    server.takeSeen()
    const ranges = [
      [100, 50],
      [0, 10],
      [150, 50],
      [10, 1],
      [12, 3],
      [200, 0],
    ] as const
    const reads = await Promise.all(ranges.map(([offset, length]) => file.read(offset, length)))
    expect(reads.map((read) => [...read])).toEqual(ranges.map(([at, n]) => [...counting(1000).subarray(at, at + n)]))
    expect(summary(server.takeSeen()).sort()).toEqual([
      'GET /d/f bytes=0-10',
      'GET /d/f bytes=100-199',
      'GET /d/f bytes=12-14',
    ])
  })

  test('the same bytes asked for twice come twice', async () => {
    const file = await new HttpFileSystem(server.origin).open('d/f')
    const [a, b] = await Promise.all([file.read(5, 10), file.read(5, 10)])
    a.fill(0)
    expect([...b]).toEqual([...counting(10, 5)])
  })

  test('a large read is several requests, and only so many are under way', async () => {
    let [underWay, most] = [0, 0]
    const fetch: typeof globalThis.fetch = async (...request) => {
      most = Math.max(most, ++underWay)
      const response = await globalThis.fetch(...request)
      underWay--
      return response
    }
    const file = await new HttpFileSystem(server.origin, { fetch, maxRequestBytes: 90, maxRequests: 3 }).open('d/f')
    server.takeSeen()
    // The second read comes while the first one's last requests are under way.
    const reads = await Promise.all([
      file.read(50, 900),
      new Promise((resolve) => setTimeout(resolve, 1)).then(() => file.read(0, 900)),
    ])
    expect(reads.map((read) => [...read])).toEqual([50, 0].map((at) => [...counting(1000).subarray(at, at + 900)]))
    await file.read(0, 1000)
    expect(server.seen).toHaveLength(32)
    expect(most).toBe(3)
  })

  test('exists() is one HEAD', async () => {
    const fs = new HttpFileSystem(server.origin)
    expect([await fs.exists('d/f'), await fs.exists('d/g')]).toEqual([true, false])
    expect(summary(server.takeSeen())).toEqual(['HEAD /d/f', 'HEAD /d/g'])
  })

  test('the state file is one GET', async () => {
    server.files.set('checkpoint', new TextEncoder().encode('model_checkpoint_path: "m-1"\n'))
    const state = await getCheckpointState('', { fs: new HttpFileSystem(server.origin) })
    expect(state?.modelCheckpointPath).toBe('m-1')
    expect(summary(server.takeSeen()).filter((one) => one.startsWith('GET'))).toEqual(['GET /checkpoint bytes=0-28'])
  })
})

describe('One variable of a checkpoint', () => {
  const many = Array.from({ length: 2000 }, (_, i) => `layer_${i}/${'rather_long_'.repeat(20)}`)
  const files = new Map<string, Uint8Array>()
  let indexSize: number

  beforeAll(async () => {
    const memory = new MemoryFileSystem()
    const store = new VariableStore()
    for (const [i, name] of many.entries()) store.variable(array([i, i + 1]), { name })
    store.variable(array(Array.from({ length: 50_000 }, (_, i) => i % 97)), { name: 'zlarge' })
    await new Saver(store, { fs: memory }).save('m')
    for (const [path, bytes] of memory.files) files.set(path, bytes)
    indexSize = files.get('m.index')?.length ?? 0
  })
  beforeEach(() => {
    for (const [path, bytes] of files) server.files.set(path, bytes)
  })

  /** The parts of the files that were sent, by file. */
  function ranges(seen: readonly Seen[]): Map<string, [number, number][]> {
    const found = new Map<string, [number, number][]>()
    for (const { method, url, range } of seen) {
      if (method !== 'GET') continue
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? expect.unreachable(`a GET without a range`)
      found.set(url, [...(found.get(url) ?? []), [Number(first), Number(last) + 1]])
    }
    return found
  }

  test('opening reads the footer, the index block and the block of the header; a look-up one block more', async () => {
    const fs = new HttpFileSystem(server.origin)
    const reader = await TensorBundleReader.open('m', { fs })
    const opening = server.takeSeen()
    const [footer, index, header, ...others] = ranges(opening).get('/m.index') ?? []
    expect(others).toEqual([])
    expect(footer).toEqual([indexSize - 48, indexSize])
    expect(index?.[1]).toBe(indexSize - 48)
    expect(header?.[0]).toBe(0)
    // There are two, and nothing was read of the second.
    expect(header?.[1]).toBeLessThan(0.6 * indexSize)
    expect(summary(opening).filter((one) => one.startsWith('HEAD'))).toEqual(['HEAD /m.index'])
    const last = many[999] ?? ''
    expect(toNested(await reader.lookup(last))).toEqual([999, 1000])
    const lookup = ranges(server.takeSeen())
    expect(lookup.get('/m.index')).toHaveLength(1)
    const [[start = 0, end = 0] = []] = lookup.get('/m.data-00000-of-00001') ?? []
    expect(end - start).toBe(8)
    expect(toNested(await reader.lookup(many[998] ?? ''))).toEqual([998, 999])
    expect(summary(server.takeSeen())).toHaveLength(1)
    await reader.close()
  })

  test('loadVariable() moves its bytes and those of the index, and nothing else', async () => {
    const { data } = await loadVariable('m', 'zlarge', { fs: new HttpFileSystem(server.origin) })
    expect(data.length).toBe(50_000)
    const bytes = 50_000 * Float32Array.BYTES_PER_ELEMENT
    const seen = server.takeSeen()
    const [place, ...others] = ranges(seen).get('/m.data-00000-of-00001') ?? []
    expect([(place?.[1] ?? 0) - (place?.[0] ?? 0), others]).toEqual([bytes, []])
    expect(ranges(seen).get('/m.index')).toHaveLength(4)
    const moved = seen.reduce((sum, { sent }) => sum + sent, 0)
    expect(moved).toBeLessThan(bytes + indexSize)
    expect(ranges(seen).size).toBe(2)
  })
})

describe('URLs', () => {
  test('the base is a folder, and its query goes with each request', async () => {
    const fs = new HttpFileSystem(new URL('/d?sig=a%2Fb&x=1#top', server.origin), { headers: { 'x-token': 't' } })
    expect(await fs.exists('f')).toBe(true)
    await (await fs.open('f')).read(0, 1)
    const seen = server.takeSeen()
    expect(new Set(seen.map(({ url }) => url))).toEqual(new Set(['/d/f?sig=a%2Fb&x=1']))
    for (const { headers } of seen) expect(headers['x-token']).toBe('t')
  })

  test('any spelling of a path is one, an absolute one is below the base', async () => {
    const fs = new HttpFileSystem(`${server.origin}/d/`)
    for (const path of ['f', './f', '/f', '//f', 'x/../f', 'f/', '/../f'])
      expect(await fs.exists(path), path).toBe(true)
  })

  test('no path leads out of the base', async () => {
    const fs = new HttpFileSystem(`${server.origin}/d/`)
    for (const path of ['..', '../d/f', 'x/../../d/f']) {
      expect(await rejection(fs.open(path))).toBeInstanceOf(InvalidArgumentError)
      expect(await fs.exists(path)).toBe(false)
    }
    await expectRefusal(fs.open(''), NotFoundError, '', MISSING)
    await expectRefusal(fs.open('.'), FailedPreconditionError, '.', 'Is a directory')
    await expectRefusal(fs.open('%2e%2e/d/f'), NotFoundError, '%2e%2e/d/f', MISSING)
    expect([await fs.exists(''), await fs.exists('.')]).toEqual([false, true])
    expect(summary(server.takeSeen())).toEqual(['HEAD /d/%252e%252e/d/f'])
  })

  test('refuses what is no base URL, and no limit', () => {
    for (const url of ['models', 'file:///models', 'data:,x', 'http://me:secret@localhost/']) {
      expect(() => new HttpFileSystem(url)).toThrow(InvalidArgumentError)
    }
    expect(() => new HttpFileSystem('http://me:secret@localhost/')).not.toThrow('secret')
    for (const options of [{ retries: -1 }, { maxRequests: 0 }, { maxRequestBytes: 0 }, { backoffSecs: Number.NaN }]) {
      expect(() => new HttpFileSystem('http://localhost/', options)).toThrow(InvalidArgumentError)
    }
    expect(new HttpFileSystem('http://localhost/', { retries: 0 })).toBeDefined()
  })

  test('a redirect is followed', async () => {
    server.fault = (request, response) => {
      if (request.url !== '/d/old') return false
      response.writeHead(302, { location: '/d/f' }).end()
      return true
    }
    const file = await new HttpFileSystem(server.origin).open('d/old')
    expect([...(await file.read(3, 4))]).toEqual([3, 4, 5, 6])
  })
})
