import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import {
  checkpointExists,
  getCheckpointMtimes,
  metaGraphFilename,
  removeCheckpoint,
} from '../../src/train/checkpoint-files'
import { PermissionDeniedError } from '../../src/util/errors'
import { oracleTest } from '../oracle/cases'

async function withFiles(fs: MemoryFileSystem, ...paths: string[]): Promise<MemoryFileSystem> {
  for (const path of paths) await (await fs.create(path)).close()
  return fs
}

function filesOf(fs: MemoryFileSystem): string[] {
  return [...fs.files.keys()].sort()
}

/** Files with the times that they are said to have. */
class Dated extends MemoryFileSystem {
  constructor(readonly times: ReadonlyMap<string, number>) {
    super()
  }
  override async mtime(path: string): Promise<number> {
    return this.times.get(path) ?? super.mtime(path)
  }
}

describe('removeCheckpoint()', () => {
  oracleTest('remove-checkpoint-v2', async (expected) => {
    const shards = ['m.data-00000-of-00002', 'm.data-00001-of-00002', 'm.data-000000-of-00002', 'm.data-tmp']
    const fs = await withFiles(new MemoryFileSystem(), 'm.index', ...shards, 'm.meta', 'm.mg', 'm', 'm-1.index')
    await removeCheckpoint('m', { fs })
    expect(filesOf(fs)).toEqual(expected.files)
  })

  oracleTest('remove-checkpoint-v1', async (expected) => {
    const fs = await withFiles(new MemoryFileSystem(), 'm', 'm.index', 'm.data-00000-of-00001', 'm.meta')
    await removeCheckpoint('m', { fs, writeVersion: 'V1' })
    expect(filesOf(fs)).toEqual(expected.files)
  })

  oracleTest('remove-checkpoint-suffix', async (expected) => {
    const fs = await withFiles(new MemoryFileSystem(), 'm.index', 'm.meta', 'm.mg')
    await removeCheckpoint('m', { fs, metaGraphSuffix: 'mg' })
    expect(filesOf(fs)).toEqual(expected.files)
  })

  oracleTest('remove-checkpoint-absent', async (expected) => {
    const fs = new MemoryFileSystem()
    await removeCheckpoint('m', { fs })
    await removeCheckpoint('no/m', { fs })
    await removeCheckpoint('no/m', { fs, writeVersion: 'V1' })
    expect(expected.result).toEqual(['no error', null])
  })

  test('removes in a directory, the meta graph first, then the index, then the data', async () => {
    const removed: string[] = []
    class Watched extends MemoryFileSystem {
      override async remove(path: string): Promise<void> {
        removed.push(path)
        await super.remove(path)
      }
    }
    const fs = new Watched()
    await fs.mkdir('d')
    await withFiles(fs, 'd/m.meta', 'd/m.index', 'd/m.data-00001-of-00002', 'd/m.data-00000-of-00002', 'd/mm.index')
    await removeCheckpoint('d/m', { fs })
    const data = ['d/m.data-00000-of-00002', 'd/m.data-00001-of-00002']
    expect(removed).toEqual(['d/m.meta', 'd/m.index', ...data])
    expect(filesOf(fs)).toEqual(['d/mm.index'])
  })

  test('passes on an error other than absence', async () => {
    class Locked extends MemoryFileSystem {
      override async remove(): Promise<void> {
        throw new PermissionDeniedError('no way')
      }
    }
    const fs = await withFiles(new Locked(), 'm.index')
    await expect(removeCheckpoint('m', { fs })).rejects.toThrow('no way')
  })

  test('passes over a directory that is a file', async () => {
    const fs = await withFiles(new MemoryFileSystem(), 'f')
    await removeCheckpoint('f/m', { fs })
    await removeCheckpoint('f/m', { fs, writeVersion: 'V1' })
    expect(await getCheckpointMtimes(['f/m'], { fs })).toEqual([])
    expect(filesOf(fs)).toEqual(['f'])
  })

  test('takes glob characters literally', async () => {
    const fs = await withFiles(new MemoryFileSystem(), 'm1.index', 'm1.data-00000-of-00001', 'm?.index')
    await removeCheckpoint('m?', { fs })
    expect(filesOf(fs)).toEqual(['m1.data-00000-of-00001', 'm1.index'])
  })

  test('warns of a data file that vanishes meanwhile', async () => {
    class Vanishing extends MemoryFileSystem {
      override async list(dir: string): Promise<string[]> {
        return [...(await super.list(dir)), 'm.data-00000-of-00001']
      }
    }
    const warnings: string[] = []
    await removeCheckpoint('m', { fs: new Vanishing(), logger: { warn: (message) => warnings.push(message) } })
    expect(warnings).toEqual([
      "Hit NotFoundError when deleting 'm.data-00000-of-00001', possibly because another process/thread is also deleting/moving the same file",
    ])
  })
})

describe('getCheckpointMtimes()', () => {
  oracleTest<[number[], number[], number[]]>('mtimes', async (expected) => {
    const times = new Map([
      ['a.index', 10.5],
      ['b', 20.25],
      ['c', 1],
      ['c.index', 30],
    ])
    const fs = await withFiles(new Dated(times), ...times.keys())
    expect(await getCheckpointMtimes(['a', 'zz', 'b', 'c'], { fs })).toEqual(expected.result[0])
    expect(await getCheckpointMtimes([], { fs })).toEqual(expected.result[1])
    // TensorFlow globs and takes a file for "?" (30): here names are literal.
    expect(await getCheckpointMtimes(['?'], { fs })).toEqual([])
  })
})

describe('checkpointExists()', () => {
  test('is true for an index, a V1 file, a directory and the index by its own name', async () => {
    const fs = await withFiles(new MemoryFileSystem(), 'm.index', 'v1', 'x.data-00000-of-00001')
    await fs.mkdir('d')
    for (const prefix of ['m', 'v1', 'd', 'm.index']) expect(await checkpointExists(prefix, { fs })).toBe(true)
    for (const prefix of ['', 'x', 'm.inde', 'm*', 'no/m']) expect(await checkpointExists(prefix, { fs })).toBe(false)
  })
})

oracleTest<string[][]>('meta-graph-filename', (expected) => {
  const pairs = expected.result.filter((entry) => Array.isArray(entry))
  expect(pairs.map(([prefix = '']) => [prefix, metaGraphFilename(prefix)])).toEqual(pairs)
  expect(metaGraphFilename('m', 'sfx')).toBe(expected.result.at(-1))
})
