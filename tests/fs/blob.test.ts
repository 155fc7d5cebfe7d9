import { describe, expect, test } from 'vitest'
import { BlobFileSystem, type BlobLike } from '../../src/fs/blob'
import { AbortedError, FailedPreconditionError, NotFoundError, OutOfRangeError } from '../../src/util/errors'
import { counting, expectRefusal, MISSING, rejection } from '../contract/place'
import { readableFileSystemContract } from '../contract/readable-file-system'

for (const root of ['', 'some/where', '/some/where']) {
  readableFileSystemContract(`BlobFileSystem at '${root}'`, async (files) => ({
    fs: new BlobFileSystem(
      [...files].map(([path, bytes]) => [`${root}/${path}`.replace(/^\/(?!some)/, ''), new Blob([bytes])]),
    ),
    root,
    cleanUp: async () => undefined,
  }))
}

function file(name: string, webkitRelativePath = ''): BlobLike & { name: string; webkitRelativePath: string } {
  return Object.assign(new File([counting(5)], name), { webkitRelativePath })
}

describe('BlobFileSystem', () => {
  test('takes any spelling of a path, and of two the last', async () => {
    const fs = new BlobFileSystem([
      ['./a//b', new Blob([counting(3)])],
      ['a/b', new Blob([counting(4)])],
    ])
    expect((await fs.open('a/./b')).size).toBe(4)
    expect(await fs.exists('x/../a/b')).toBe(true)
  })

  test('has the directories that its files lie in', async () => {
    const fs = new BlobFileSystem([['a/b/c', new Blob([])]])
    expect([await fs.list(''), await fs.list('a'), await fs.list('a/b')]).toEqual([['a'], ['b'], ['c']])
    expect([await fs.isDirectory('a'), await fs.isDirectory('a/b/c'), await fs.isDirectory('')]).toEqual([
      true,
      false,
      true,
    ])
    expect([await fs.exists('a'), await fs.exists(''), await fs.exists('b')]).toEqual([true, false, false])
    await expectRefusal(fs.list('a/b/c'), FailedPreconditionError, 'a/b/c', 'Not a directory')
    await expectRefusal(fs.list('b'), NotFoundError, 'b', MISSING)
    await expectRefusal(fs.open('a'), FailedPreconditionError, 'a', 'Is a directory')
    await expectRefusal(fs.open('a/b/c/d'), FailedPreconditionError, 'a/b/c/d', 'Not a directory')
  })

  test('read() throws AbortedError, with the cause, for a file that has changed on the disk', async () => {
    const cause = new DOMException('The requested file could not be read', 'NotReadableError')
    const gone: BlobLike = { size: 10, slice: () => gone, arrayBuffer: () => Promise.reject(cause) }
    const handle = await new BlobFileSystem([['m', gone]]).open('m')
    const error = await rejection(handle.read(0, 10))
    expect(error).toBeInstanceOf(AbortedError)
    expect(error.message).toMatch(/^m; Stale file handle: it changed, or went away, .*NotReadableError/)
    expect(error).toMatchObject({ path: 'm', cause })
  })

  test('read() throws OutOfRangeError where fewer bytes come than there were', async () => {
    const cut: BlobLike = { size: 10, slice: () => new Blob([counting(3)]), arrayBuffer: expect.unreachable }
    const error = await rejection((await new BlobFileSystem([['m', cut]]).open('m')).read(0, 10))
    expect(error).toBeInstanceOf(OutOfRangeError)
  })

  test('read() rejects with the reason of an abort', async () => {
    const controller = new AbortController()
    const handle = await new BlobFileSystem([['m', new Blob([counting(3)])]]).open('m', controller)
    const reading = handle.read(0, 3)
    controller.abort('enough')
    expect(await rejection(reading)).toBe('enough')
    expect(await rejection(handle.read(0, 3))).toBe('enough')
  })
})

describe('BlobFileSystem of what a person chose', () => {
  test('fromFiles() takes names, or paths from the folder on', async () => {
    const list = { length: 2, 0: file('m.index'), 1: file('m.meta', 'model/m.meta') }
    const fs = BlobFileSystem.fromFiles(list)
    expect((await fs.list('')).sort()).toEqual(['m.index', 'model'])
    expect((await (await fs.open('model/m.meta')).read(0, 5))[4]).toBe(4)
  })

  test('fromDirectory() takes a folder with all that is in it', async () => {
    const handle = (name: string, children: readonly object[]): object => ({
      kind: 'directory',
      name,
      async *values() {
        yield* children
      },
    })
    const leaf = (name: string): object => ({ kind: 'file', name, getFile: async () => file(name) })
    const root = handle('run', [leaf('m.index'), handle('eval', [leaf('e'), handle('none', [])])])
    const fs = await BlobFileSystem.fromDirectory(root as Parameters<typeof BlobFileSystem.fromDirectory>[0])
    expect((await fs.list('run')).sort()).toEqual(['eval', 'm.index'])
    expect(await fs.list('run/eval')).toEqual(['e'])
  })

  test('fromDropped() asks for all at once, and takes what a browser hands out in portions', async () => {
    const leaf = (fullPath: string): object => ({ fullPath, file: (done: (file: BlobLike) => void) => done(file('x')) })
    const folder = (fullPath: string, ...portions: object[][]): object => ({
      fullPath,
      createReader: () => ({ readEntries: (done: (some: object[]) => void) => done(portions.shift() ?? []) }),
    })
    let handled = true
    const item = (entry: object | null) => ({
      webkitGetAsEntry: () => (handled ? entry : expect.unreachable('too late')),
    })
    const inner = folder('/run/eval', [leaf('/run/eval/e')])
    const dropped = BlobFileSystem.fromDropped([
      item(folder('/run', [leaf('/run/a'), leaf('/run/b')], [inner])),
      item(null),
      item(leaf('/single')),
    ])
    handled = false
    const fs = await dropped
    expect([(await fs.list('')).sort(), (await fs.list('run')).sort()]).toEqual([
      ['run', 'single'],
      ['a', 'b', 'eval'],
    ])
    expect(await fs.exists('run/eval/e')).toBe(true)
  })

  test('fromDropped() rejects with what keeps a file from being read', async () => {
    const cause = new DOMException('no', 'NotFoundError')
    const entry = { fullPath: '/m', file: (_done: unknown, failed: (error: unknown) => void) => failed(cause) }
    expect(await rejection(BlobFileSystem.fromDropped([{ webkitGetAsEntry: () => entry }]))).toBe(cause)
  })
})
