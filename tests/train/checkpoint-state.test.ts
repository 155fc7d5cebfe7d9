import { describe, expect, test } from 'vitest'
import { checkpointExists } from '../../src/train/checkpoint-files'
import { getCheckpointState, latestCheckpoint, updateCheckpointState } from '../../src/train/checkpoint-state'
import type { CheckpointState } from '../../src/train/checkpoint-state-text'
import { DataLossError, NotFoundError, ValueError } from '../../src/util/errors'
import { D, fileSystem, here, outcome, put, recorder, silent } from '../helpers/state-files'
import { oracleTest } from '../oracle/cases'

describe('getCheckpointState()', () => {
  oracleTest<[string, string, [string, string[]]][]>('state-escaping-octal-form-is-read', async (expected) => {
    const fs = await fileSystem()
    for (const [text, error, paths] of expected.result) {
      await put(fs, 'checkpoint', text)
      const read = async (): Promise<unknown> => {
        const state = await getCheckpointState('.', { fs })
        return [state?.modelCheckpointPath, state?.allModelCheckpointPaths]
      }
      expect(await outcome(read)).toEqual([error, paths])
    }
  })

  oracleTest('state-missing', async (expected) => {
    const fs = await fileSystem('d', 'd/checkpoint')
    const { logger, logs } = recorder()
    const none = [await getCheckpointState('no', { fs, logger }), await getCheckpointState('.', { fs, logger })]
    const directory = await outcome(() => getCheckpointState('d', { fs, logger }))
    const latest = await latestCheckpoint('.', { fs, logger })
    expect([...none.map((state) => state ?? null), directory, latest ?? null, logs]).toEqual(expected.result)
  })

  oracleTest('state-dot-paths-are-joined-raw', async (expected) => {
    const fs = await fileSystem()
    const [latest, older] = ['model_checkpoint_path: "./m-1"', 'all_model_checkpoint_paths: "../x/m-0"']
    for (const dir of [D, '.']) {
      await put(fs, `${dir}/checkpoint`, `${latest}\n${older}\nall_model_checkpoint_paths: "./m-1"\n`)
    }
    const state = await getCheckpointState(D, { fs })
    const read = async (dir: string) => (await getCheckpointState(dir, { fs }))?.modelCheckpointPath
    expect([
      state?.modelCheckpointPath,
      state?.allModelCheckpointPaths,
      await read('.'),
      await read(''),
      await read('./'),
    ]).toEqual(here(expected.result))
  })

  oracleTest('checkpoint-manager-state', async (expected) => {
    const fs = await fileSystem('d')
    await put(fs, 'd/checkpoint', expected.checkpoint_text ?? '')
    const state = await getCheckpointState('d', { fs })
    expect([
      state?.allModelCheckpointTimestamps,
      state?.lastPreservedTimestamp,
      state?.allModelCheckpointPaths,
    ]).toEqual(expected.result)
  })

  test('gives undefined and two warnings for what is no protobuf text', async () => {
    const fs = await fileSystem()
    await put(fs, 'last', 'garbage')
    const { logger, logs } = recorder()
    expect(await getCheckpointState('.', { fs, logger, latestFilename: 'last' })).toBeUndefined()
    expect(logs).toEqual([
      ['WARNING', 'ParseError: 1:1 : Message type "tensorflow.CheckpointState" has no field named "garbage".'],
      ['WARNING', './last: Checkpoint ignored'],
    ])
  })

  test('throws ValueError for a file that names no latest checkpoint', async () => {
    const fs = await fileSystem('d')
    for (const text of ['', 'model_checkpoint_path: ""', 'all_model_checkpoint_paths: "a"']) {
      await put(fs, 'd/checkpoint', text)
      const state = getCheckpointState('d', { fs })
      await expect(state).rejects.toThrow(new ValueError('Invalid checkpoint state loaded from d'))
    }
  })

  test('throws DataLossError with path and offset for bytes that are no UTF-8', async () => {
    const fs = await fileSystem()
    await put(fs, 'checkpoint', Uint8Array.of(0x23, 0x20, 0xff))
    const error = await getCheckpointState('', { fs }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(DataLossError)
    expect(error).toMatchObject({
      message: "checkpoint: 'utf-8' codec can't decode byte 0xff in position 2: invalid start byte",
      path: 'checkpoint',
      offset: 2,
    })
  })

  test("rejects with the signal's reason", async () => {
    const fs = await fileSystem()
    const signal = AbortSignal.abort(new NotFoundError('enough'))
    await expect(getCheckpointState('', { fs, signal })).rejects.toBe(signal.reason)
    await expect(latestCheckpoint('', { fs, signal })).rejects.toBe(signal.reason)
  })

  test('gives back what was written, whatever the paths', async () => {
    const fs = await fileSystem()
    const paths = ['/it\'s "a"\\', '/new\nline', '/tab\t\x01\x7f', '/é中😀', '/[*?]', '/']
    await updateCheckpointState('/', paths.at(-1) ?? '', { fs, allModelCheckpointPaths: paths, logger: silent })
    const expected: CheckpointState = {
      modelCheckpointPath: '/',
      allModelCheckpointPaths: paths,
      allModelCheckpointTimestamps: [],
      lastPreservedTimestamp: 0,
    }
    expect(await getCheckpointState('/', { fs })).toEqual(expected)
  })
})

describe('latestCheckpoint()', () => {
  oracleTest('latest-checkpoint-missing-files', async (expected) => {
    const fs = await fileSystem()
    const { logger, logs } = recorder()
    await updateCheckpointState('.', 'm-1', { fs, logger })
    expect([(await latestCheckpoint('.', { fs, logger })) ?? null, logs]).toEqual(expected.result)
  })

  oracleTest<[string, string | null, boolean][]>('latest-checkpoint-v1-and-v2', async (expected) => {
    for (const [file, latest, exists] of expected.result) {
      const fs = await fileSystem()
      await updateCheckpointState('.', 'm', { fs })
      await put(fs, file)
      expect((await latestCheckpoint('.', { fs, logger: silent })) ?? null).toBe(latest)
      expect(await checkpointExists('m', { fs })).toBe(exists)
    }
  })

  test('finds a name with glob characters, and nothing that only matches it', async () => {
    const fs = await fileSystem()
    await updateCheckpointState('', 'm[1]', { fs })
    await put(fs, 'm1.index')
    expect(await latestCheckpoint('', { fs, logger: silent })).toBeUndefined()
    await put(fs, 'm[1].index')
    expect(await latestCheckpoint('', { fs })).toBe('m[1]')
  })
})
