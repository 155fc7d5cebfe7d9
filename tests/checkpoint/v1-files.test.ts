import { expect, test } from 'vitest'
import { matchingFiles, shardsOf } from '../../src/checkpoint/v1-files'
import { type ReadableFileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'

function fileSystemOf(...paths: string[]): MemoryFileSystem {
  return new MemoryFileSystem(paths.map((path) => [path, new Uint8Array(1)]))
}

/** The same, but for the listing. */
function withoutList(fs: MemoryFileSystem): ReadableFileSystem {
  return { open: (path) => fs.open(path), exists: (path) => fs.exists(path) }
}

test.each(['m-?????-of-00003', 'd/m-?????-of-00003', './d/m-?????-of-00003', '/d//m-?????-of-00003'])(
  'matchingFiles() finds the shards of %s in order, with and without a listing',
  async (pattern) => {
    const shards = ['00002', '00000'].map((digits) => pattern.replace('?????', digits))
    const others = ['000001', '0000a', '00001-of-00003', ''].map((digits) => pattern.replace('?????', digits))
    const fs = fileSystemOf(...shards, ...others, pattern.replace('?????-of-00003', '00001-of-00002'), `x${pattern}`)
    const found = [...shards].sort()
    expect(await matchingFiles(fs, pattern)).toEqual(found)
    expect(await matchingFiles(withoutList(fs), pattern)).toEqual(found)
  },
)

test('matchingFiles() takes a file of that very name first', async () => {
  const fs = fileSystemOf('m-?????-of-00001', 'm-00000-of-00001', 'm', 'a*b')
  expect(await matchingFiles(fs, 'm-?????-of-00001')).toEqual(['m-?????-of-00001'])
  expect(await matchingFiles(fs, 'm')).toEqual(['m'])
  expect(await matchingFiles(fs, 'a*b')).toEqual(['a*b'])
})

test.each([
  '',
  'n',
  'm*',
  'm-?',
  'm-????-of-00001',
  'm-?????-of-1',
  'm-?????-of-00002',
  'd',
  'no/m-?????-of-00001',
  '?',
])('matchingFiles() finds nothing for %j', async (path) => {
  const fs = fileSystemOf('m', 'm-00000-of-00001', 'd/m')
  expect(await matchingFiles(fs, path)).toEqual([])
  if (path !== 'd') expect(await matchingFiles(withoutList(fs), path)).toEqual([])
})

test('matchingFiles() takes the characters of a name for themselves', async () => {
  const fs = fileSystemOf('m.+(x)[-00000-of-00001', 'mm+(x)[-00000-of-00001', 'new\nline-00000-of-00001')
  expect(await matchingFiles(fs, 'm.+(x)[-?????-of-00001')).toEqual(['m.+(x)[-00000-of-00001'])
  expect(await matchingFiles(fs, 'new\nline-?????-of-00001')).toEqual(['new\nline-00000-of-00001'])
})

test('shardsOf() tells prefix and number', () => {
  expect(shardsOf('d/m-?????-of-00012')).toEqual({ prefix: 'd/m', shards: 12 })
  expect(shardsOf('d/m')).toBeUndefined()
  expect(shardsOf('d/m-?????-of-00012.x')).toBeUndefined()
})
