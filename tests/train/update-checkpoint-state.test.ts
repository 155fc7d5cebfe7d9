import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import {
  generateCheckpointState,
  getCheckpointState,
  latestCheckpoint,
  updateCheckpointState,
  updateCheckpointStateInternal,
} from '../../src/train/checkpoint-state'
import { encodeCheckpointState } from '../../src/train/checkpoint-state-text'
import { FailedPreconditionError, NotFoundError, RuntimeError, ValueError } from '../../src/util/errors'
import { D, fileSystem, here, outcome, put, read, recorder, silent } from '../helpers/state-files'
import { oracleTest } from '../oracle/cases'

describe('updateCheckpointState()', () => {
  oracleTest<string[]>('state-absolute-dir-relative-paths', async (expected) => {
    const fs = await fileSystem(`${D}/d`)
    await updateCheckpointState(`${D}/d`, 'd/m-2', { fs, allModelCheckpointPaths: ['d/m-1', 'd/m-2'] })
    expect(await read(fs, `${D}/d/checkpoint`)).toBe(expected.checkpoint_text)
    const state = await getCheckpointState(`${D}/d`, { fs })
    expect(state?.allModelCheckpointPaths).toEqual(here(expected.result))
  })

  oracleTest<string[]>('state-relative-dir', async (expected) => {
    const fs = await fileSystem('d', 'd/e')
    const paths = ['d/m-0', `${D}/d/e/m-1`, 'd/e/../e/m-1', './d//e/m-2']
    await updateCheckpointState('d/e', './d//e/m-2', { fs, allModelCheckpointPaths: paths })
    expect(await read(fs, 'd/e/checkpoint')).toBe(here(expected.checkpoint_text))
    expect((await getCheckpointState('d/e', { fs }))?.allModelCheckpointPaths).toEqual(here(expected.result))
  })

  oracleTest<null>('state-path-outside', async (expected) => {
    const fs = await fileSystem('d')
    await updateCheckpointState('d', 'other/m', { fs, allModelCheckpointPaths: [] })
    expect(await read(fs, 'd/checkpoint')).toBe(expected.checkpoint_text)
    expect((await latestCheckpoint('d', { fs, logger: silent })) ?? null).toBe(expected.result)
  })

  oracleTest<[number | string, string][]>('state-float-formats', async (expected) => {
    const fs = await fileSystem()
    for (const [value, line] of expected.result) {
      await updateCheckpointState('.', 'b', {
        fs,
        allModelCheckpointPaths: ['b'],
        lastPreservedTimestamp: Number(value),
      })
      expect((await read(fs, 'checkpoint')).split('\n')[2]).toBe(line)
    }
  })

  oracleTest('state-timestamps-and-appended-path', async (expected) => {
    const fs = await fileSystem()
    const update = (allModelCheckpointTimestamps: number[]) => () =>
      updateCheckpointState('.', 'b', { fs, allModelCheckpointPaths: ['a'], allModelCheckpointTimestamps })
    expect([await outcome(update([1])), await outcome(update([1, 2]))]).toEqual(expected.result)
    expect(await read(fs, 'checkpoint')).toBe(expected.checkpoint_text)
  })

  oracleTest('state-update-no-temp-left', async (expected) => {
    const renames: unknown[] = []
    class Watched extends MemoryFileSystem {
      override async rename(from: string, to: string): Promise<void> {
        await super.rename(from, to)
        renames.push([from.replace(/tmp[0-9a-f]{32}/, 'tmp<32 hex>'), to, true, true])
      }
    }
    const fs = new Watched()
    await updateCheckpointState('.', 'm', { fs })
    expect(renames).toEqual(expected.result)
    expect([...fs.files.keys()]).toEqual(expected.files)
  })

  oracleTest('state-save-absolute-default', async (expected) => {
    const fs = await fileSystem(`${D}/d`)
    const path = `${D}/d/m-1`
    await updateCheckpointStateInternal(`${D}/d`, path, {
      fs,
      allModelCheckpointPaths: [path],
      saveRelativePaths: false,
    })
    expect(await read(fs, `${D}/d/checkpoint`)).toBe(here(expected.checkpoint_text))
  })

  oracleTest('state-relative-checkpoint-moved', async (expected) => {
    const fs = await fileSystem(`${D}/d`, `${D}/e`, 'e')
    const path = `${D}/d/m-1`
    await updateCheckpointStateInternal(`${D}/d`, path, {
      fs,
      allModelCheckpointPaths: [path],
      saveRelativePaths: true,
    })
    const text = await read(fs, `${D}/d/checkpoint`)
    for (const dir of [`${D}/e`, 'e']) {
      await put(fs, `${dir}/checkpoint`, text)
      await put(fs, `${dir}/m-1.index`)
    }
    expect([await latestCheckpoint(`${D}/e`, { fs }), await latestCheckpoint('e', { fs })]).toEqual(
      here(expected.result),
    )
  })

  test('throws RuntimeError for a checkpoint that has the name of the state file', async () => {
    const fs = await fileSystem()
    const message = (path: string): string =>
      `Save path '${path}' conflicts with path used for checkpoint state.  Please use a different save path.`
    expect(await outcome(() => updateCheckpointState(D, `${D}/checkpoint`, { fs }))).toEqual([
      'RuntimeError',
      message(`${D}/checkpoint`),
    ])
    const bare = updateCheckpointState('', 'a/../last', { fs, latestFilename: 'last' })
    await expect(bare).rejects.toThrow(new RuntimeError(message('a/../last')))
    expect(fs.files.size).toBe(0)
  })

  test('throws NotFoundError for a missing directory, with the temporary name', async () => {
    const fs = await fileSystem()
    const update = updateCheckpointState('no/dir', 'no/dir/m', { fs })
    await expect(update).rejects.toThrow(/^no\/dir\/checkpoint\.tmp[0-9a-f]{32}; No such file or directory$/)
    await expect(update).rejects.toThrow(NotFoundError)
  })

  test('throws FailedPreconditionError where the name is a directory, and leaves no file', async () => {
    const fs = await fileSystem('d', 'd/checkpoint')
    const update = updateCheckpointState('d', 'd/m', { fs })
    await expect(update).rejects.toThrow(/^d\/checkpoint\.tmp[0-9a-f]{32}; Is a directory$/)
    await expect(update).rejects.toThrow(FailedPreconditionError)
    expect(fs.files.size).toBe(0)
  })

  test('keeps the old file where the new one can not be written', async () => {
    class Full extends MemoryFileSystem {
      override async rename(): Promise<void> {
        throw new FailedPreconditionError('disk full')
      }
    }
    const fs = new Full()
    await put(fs, 'checkpoint', 'old')
    await expect(updateCheckpointState('', 'm', { fs })).rejects.toThrow('disk full')
    expect([...fs.files.keys()]).toEqual(['checkpoint'])
    expect(await read(fs, 'checkpoint')).toBe('old')
  })

  test('puts bytes and names on the medium, or neither', async () => {
    for (const durable of [true, false]) {
      const events: string[] = []
      class Watched extends MemoryFileSystem {
        override async create(path: string): ReturnType<MemoryFileSystem['create']> {
          const file = await super.create(path)
          const sync = (): Promise<void> => (events.push('sync'), file.sync())
          return { append: (bytes) => file.append(bytes), sync, close: () => file.close() }
        }
        override async rename(from: string, to: string): Promise<void> {
          events.push('rename')
          await super.rename(from, to)
        }
        override async syncDir(dir: string): Promise<void> {
          events.push(`syncDir ${dir}`)
        }
      }
      await updateCheckpointState('', 'm', { fs: new Watched(), durable })
      expect(events).toEqual(durable ? ['sync', 'rename', 'syncDir .'] : ['rename'])
    }
  })

  test('throws ValueError for a path that has no UTF-8, and writes nothing', async () => {
    const fs = await fileSystem()
    await expect(updateCheckpointState('', 'm\ud800', { fs })).rejects.toThrow(ValueError)
    expect(fs.files.size).toBe(0)
  })

  test('with saveRelativePaths leaves absolute paths absolute where the directory is relative', async () => {
    const fs = await fileSystem('d')
    const paths = [`${D}/d/m-1`, 'd/m-2']
    await updateCheckpointStateInternal('d', 'd/m-2', { fs, allModelCheckpointPaths: paths, saveRelativePaths: true })
    expect((await getCheckpointState('d', { fs }))?.allModelCheckpointPaths).toEqual(paths)
  })
})

describe('generateCheckpointState()', () => {
  oracleTest<[string[], string[], string[], string[], string[], unknown]>('state-generate-appends', (expected) => {
    const { logger, logs } = recorder()
    const list = ['b', 'a']
    const empty: string[] = []
    const p = generateCheckpointState('.', 'b', { allModelCheckpointPaths: list, logger })
    const q = generateCheckpointState('.', 'x', { allModelCheckpointPaths: empty, logger })
    const r = generateCheckpointState('.', 'x', { logger })
    const [fromList, , fromEmpty, , fromNone, told] = expected.result
    expect([p, q, r].map((state) => state.allModelCheckpointPaths)).toEqual([fromList, fromEmpty, fromNone])
    expect(logs).toEqual(told)
    // TensorFlow appends to the caller's list as well.
    expect([list, empty]).toEqual([['b', 'a'], []])
  })

  oracleTest('state-generate-abs-and-rel', (expected) => {
    const pairs = [
      ['/a', '/a/m'],
      ['a', 'a/m'],
      ['a', '/x/a/m'],
      ['a/b', 'a/c/m'],
      ['', 'a/m'],
      ['.', './m'],
    ] as const
    expect(pairs.map(([dir, path]) => encodeCheckpointState(generateCheckpointState(dir, path)))).toEqual(
      expected.result,
    )
  })

  test('throws ValueError for a path whose name as seen from the directory is not known', () => {
    expect(generateCheckpointState('../d', '../d/m').modelCheckpointPath).toBe('m')
    expect(generateCheckpointState('../d', '../../x/m').modelCheckpointPath).toBe('../../x/m')
    expect(() => generateCheckpointState('../d', 'm')).toThrow(ValueError)
    expect(() => generateCheckpointState('d', '')).toThrow(new ValueError('no path specified'))
  })
})
