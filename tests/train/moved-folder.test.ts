/**
 * Folders that were moved: the state file names checkpoints by paths of another machine.
 */
import { describe, expect, test } from 'vitest'
import { HttpFileSystem } from '../../src/fs/http'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested } from '../../src/tensor/convert'
import { getCheckpointState, latestCheckpoint } from '../../src/train/checkpoint-state'
import { listVariables, loadCheckpoint, loadVariable } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { VariableStore } from '../../src/variables/variable-store'
import { FileServer } from '../helpers/http-server'
import { put, recorder, silent } from '../helpers/state-files'

/** A folder "run" with a checkpoint "m-1", and a state file that names another path for it. */
async function moved(path: string): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  await fs.mkdir('run')
  await new Saver([new VariableStore().variable(array(7), { name: 'v' })], { fs }).save('run/m', { globalStep: 1 })
  await put(fs, 'run/checkpoint', `model_checkpoint_path: ${JSON.stringify(path)}\n`)
  return fs
}

describe('A state file that names another place', () => {
  test.each([
    ['/home/me/run/m-1', '/home/me/run/m-1'],
    ['old/m-1', 'run/old/m-1'],
    ['../old/m-1', 'run/../old/m-1'],
    ['C:\\Users\\me\\run\\m-1', 'run/C:\\Users\\me\\run\\m-1'],
    ['C:/Users/me\\m-1', 'run/C:/Users/me\\m-1'],
  ])('%s: the checkpoint beside it is taken, with a warning', async (path, named) => {
    const fs = await moved(path)
    const { logger, logs } = recorder()
    expect(await latestCheckpoint('run', { fs, logger })).toBe('run/m-1')
    const text = `${named}, which the state file names, is not there: run/m-1, beside the state file, is taken for it`
    expect(logs).toEqual([['WARNING', text]])
    expect(toNested(await loadVariable('run', 'v', { fs, logger: silent }))).toBe(7)
    expect(await listVariables('run/', { fs, logger: silent })).toEqual([['v', []]])
    expect((await getCheckpointState('run', { fs }))?.modelCheckpointPath).toBe(named)
  })

  test('counts first where there is a checkpoint', async () => {
    const fs = await moved('old/m-1')
    await put(fs, 'run/m-1', 'of format V1')
    await fs.mkdir('run/old')
    await put(fs, 'run/old/m-1.index')
    const { logger, logs } = recorder()
    expect([await latestCheckpoint('run', { fs, logger }), logs]).toEqual(['run/old/m-1', []])
  })

  test('may name shards of format V1', async () => {
    const fs = await moved('/old/m-2-?????-of-00002')
    await put(fs, 'run/m-2-00000-of-00002')
    await put(fs, 'run/m-2-00001-of-00002')
    expect(await latestCheckpoint('run', { fs, logger: silent })).toBe('run/m-2-?????-of-00002')
  })

  test.each(['/old/m-2', 'C:\\old\\..', 'C:\\old\\.'])('%s: a directory beside it is no checkpoint', async (path) => {
    const fs = await moved(path)
    await fs.mkdir('run/m-2')
    await put(fs, 'run/m-2/saved_model.pb')
    const { logger, logs } = recorder()
    expect(await latestCheckpoint('run', { fs, logger })).toBeUndefined()
    expect(logs.map(([level]) => level)).toEqual(['ERROR'])
    await put(fs, 'run/m-2.meta')
    expect(await latestCheckpoint('run', { fs, logger: silent })).toBeUndefined()
  })

  test('a directory of the same name beside its files does not get in the way', async () => {
    const fs = await moved('/old/m-1')
    await fs.mkdir('run/m-1')
    expect(await latestCheckpoint('run', { fs, logger: silent })).toBe('run/m-1')
  })

  // TensorFlow takes a directory for a checkpoint of format V1; "/" is one.
  test.each([
    ['/old/m-2', undefined],
    ['/old/', undefined],
    ['/', '/'],
    ['m-2', undefined],
  ])('%s: where nothing is beside it, not even an older one is taken', async (path, found) => {
    const { logger, logs } = recorder()
    const fs = await moved(path)
    await put(fs, 'run/checkpoint', `model_checkpoint_path: "${path}" all_model_checkpoint_paths: "m-1"`)
    expect(await latestCheckpoint('run', { fs, logger })).toBe(found)
    const text = `Couldn't match files for checkpoint ${path === 'm-2' ? 'run/m-2' : path}`
    expect(logs).toEqual(found === undefined ? [['ERROR', text]] : [])
  })

  test('over HTTP', async () => {
    const { files } = await moved('/home/me/run/m-1')
    const server = await FileServer.start(files)
    const fs = new HttpFileSystem(server.origin)
    expect(toNested(await loadVariable('run', 'v', { fs, logger: silent }))).toBe(7)
    await server.stop()
  })
})

describe('What is found beside a state file', () => {
  test('is restored, and one that goes before that was deleted by a run', async () => {
    const fs = await moved('/home/me/run/m-1')
    const prefix = (await latestCheckpoint('run', { fs, logger: silent })) ?? expect.unreachable()
    const v = new VariableStore().variable(array(0), { name: 'v' })
    await new Saver([v], { fs }).restore(prefix)
    expect(toNested(v.read())).toBe(7)
    const reader = await loadCheckpoint('run', { fs, logger: silent })
    expect(reader.hasTensor('v')).toBe(true)
    await reader.close()
  })
})
