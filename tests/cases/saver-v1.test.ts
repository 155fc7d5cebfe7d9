/**
 * The cases of Savers of format V1.
 */
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array } from '../../src/tensor/convert'
import { latestCheckpoint } from '../../src/train/checkpoint-state'
import { checkpointExists, getCheckpointMtimes, removeCheckpoint } from '../../src/train/checkpoint-files'
import { listVariables, loadVariable } from '../../src/train/checkpoint-utils'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, ls } from '../helpers/bundle'
import { recorder } from '../helpers/state-files'
import { oracleTest, withoutNode } from '../oracle/cases'

const V1 = { writeVersion: 'V1', logger: {} } as const

function oneVariable(name = 'a'): { store: VariableStore; v: Variable } {
  const store = new VariableStore()
  return { store, v: store.variable(array([1]), { name }) }
}

function twoDevices(): { store: VariableStore; a: Variable; b: Variable } {
  const store = new VariableStore()
  const a = store.variable(array([1]), { name: 'a', device: '/cpu:0' })
  const b = store.variable(array([2]), { name: 'b', device: '/cpu:1' })
  return { store, a, b }
}

function textOf(fs: MemoryFileSystem, path = 'checkpoint'): string {
  return new TextDecoder().decode(fs.files.get(path))
}

async function saveTwice(store: VariableStore, options: SaverOptions): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  const saver = new Saver(store, { fs, maxToKeep: 1, ...V1, ...options })
  for (const globalStep of [1, 2]) await saver.save('m', { globalStep })
  return fs
}

describe('a Saver of format V1', () => {
  oracleTest('v1-sharded', async ({ result, files, checkpoint_text }) => {
    const fs = new MemoryFileSystem()
    await fs.mkdir('d')
    const { store, a, b } = twoDevices()
    const saver = new Saver(store, { fs, sharded: true, ...V1 })
    const returned = await saver.save('d/m', { globalStep: 3 })
    for (const variable of [a, b]) variable.assign(array([0]))
    await saver.restore(returned)
    const values = [a, b].map((variable) => [...(variable.read().data as Float32Array)])
    expect({
      returned,
      a: values[0],
      b: values[1],
      exists: await checkpointExists(returned, { fs }),
      latest: await latestCheckpoint('d', { fs }),
      listed: await listVariables(returned, { fs }),
      last: saver.lastCheckpoints,
    }).toEqual(result)
    expect(ls(fs)).toEqual(files)
    expect(textOf(fs, 'd/checkpoint')).toBe(checkpoint_text)
  })

  oracleTest('v1-sharded-one-device', async ({ result, files }) => {
    const fs = new MemoryFileSystem()
    expect(await new Saver(oneVariable().store, { fs, sharded: true, ...V1 }).save('m')).toBe(result)
    expect(ls(fs)).toEqual(files)
  })

  oracleTest('v1-sharded-retention', async ({ files, checkpoint_text }) => {
    const fs = await saveTwice(twoDevices().store, { sharded: true })
    expect(ls(fs)).toEqual(files)
    expect(textOf(fs)).toBe(checkpoint_text)
  })

  oracleTest('v1-retention', async ({ files, checkpoint_text }) => {
    const fs = await saveTwice(oneVariable().store, {})
    expect(ls(fs)).toEqual(files)
    expect(textOf(fs)).toBe(checkpoint_text)
  })

  oracleTest('v1-restored-by-v2-saver', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const { store, v } = oneVariable('v')
    await new Saver(store, { fs, ...V1 }).save('m')
    v.assign(array([5]))
    await new Saver(store, { fs }).restore('m')
    expect([...(v.read().data as Float32Array)]).toEqual(result)
  })

  oracleTest('v1-v2-both-present', async ({ result, files }) => {
    const fs = new MemoryFileSystem()
    const { store, v } = oneVariable('v')
    await new Saver(store, { fs, ...V1 }).save('m')
    v.assign(array([2]))
    const saver = new Saver(store, { fs })
    await saver.save('m')
    v.assign(array([5]))
    await saver.restore('m')
    const values = [v.read(), await loadVariable('m', 'v', { fs })].map(({ data }) => [...(data as Float32Array)])
    expect(values).toEqual(result)
    expect(ls(fs)).toEqual(files)
  })

  oracleTest<[string, string][]>('v1-collides-with-state-file', async ({ result }) => {
    const fs = new MemoryFileSystem()
    await fs.mkdir('d')
    const saver = new Saver(oneVariable('v').store, { fs, ...V1 })
    expect([
      await errorOf(saver.save('d/checkpoint')),
      await errorOf(saver.save('$D/d/cp', { latestFilename: 'cp' })),
    ]).toEqual(result)
    // In shards no file has that name.
    const sharded = new Saver(oneVariable('v').store, { fs, sharded: true, ...V1 })
    expect(await sharded.save('d/checkpoint')).toBe('d/checkpoint-?????-of-00001')
  })

  oracleTest<[string, string][]>('v1-parent-missing', async ({ result: [saved], files }) => {
    const fs = new MemoryFileSystem()
    const [name, message] = await errorOf(new Saver(oneVariable('v').store, { fs, ...V1 }).save('d/m'))
    // What was wrong stands behind, as at every save.
    const cause = message.replace(/tempstate\d+/, 'tempstate<random>')
    expect([name, cause]).toEqual([saved?.[0], `${saved?.[1]} (d/m.tempstate<random>; No such file or directory)`])
    expect(ls(fs)).toEqual(files)
    expect(await fs.exists('d')).toBe(false)
  })

  oracleTest<[boolean, [string, string], unknown]>('v1-shard-missing', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const { store, b } = twoDevices()
    const path = await new Saver(store, { fs, sharded: true, ...V1 }).save('m')
    await fs.remove('m-00001-of-00002')
    const [exists, [kind, message], listed] = result
    expect([await checkpointExists(path, { fs }), await listVariables(path, { fs })]).toEqual([exists, listed])
    const [name, text] = await errorOf(new Saver([b], { fs }).restore(path))
    expect(name).toBe(kind)
    // One error of the two that two devices give.
    const first = /\(0\) NOT_FOUND: ([^\n]*)/.exec(withoutNode(message))?.[1] ?? 'none'
    expect(text).toContain(message.slice(0, message.indexOf('2 root error(s)')) + first)
  })

  test('warns each time that it saves, in the words of TensorFlow', async () => {
    const fs = new MemoryFileSystem()
    const { logger, logs } = recorder()
    const saver = new Saver(oneVariable().store, { fs, writeVersion: 'V1', logger })
    expect(logs).toEqual([])
    for (const globalStep of [1, 2]) await saver.save('m', { globalStep })
    const stars = '*'.repeat(55)
    const lines = [
      stars,
      "TensorFlow's V1 checkpoint format has been deprecated.",
      'Consider switching to the more efficient V2 format:',
      '   `tf.train.Saver(write_version=tf.train.SaverDef.V2)`',
      'now on by default.',
      stars,
    ]
    expect(logs).toEqual([...lines, ...lines].map((line) => ['WARNING', line]))
  })

  test('refuses a dtype that V1 has not, and leaves nothing', async () => {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    store.variable(array([1], 'bfloat16'), { name: 'b' })
    const [name, message] = await errorOf(new Saver(store, { fs, ...V1 }).save('m'))
    expect([name, message]).toEqual([
      'UnimplementedError',
      expect.stringContaining('Saving data type bfloat16 not yet supported'),
    ])
    expect(ls(fs)).toEqual([])
  })

  test('recovers its list with the times of files and of shards', async () => {
    const fs = new MemoryFileSystem()
    const plain = await new Saver(oneVariable().store, { fs, ...V1 }).save('p')
    const sharded = await new Saver(twoDevices().store, { fs, sharded: true, ...V1 }).save('s')
    expect(await getCheckpointMtimes([plain, 'no', sharded], { fs })).toHaveLength(2)
    const saver = new Saver(oneVariable().store, { fs, ...V1 })
    await saver.recoverLastCheckpoints([plain, 'no-?????-of-00002', sharded])
    expect(saver.lastCheckpoints).toEqual([plain, sharded])
  })

  test('is removed by the path of its shards, and nothing else goes', async () => {
    const fs = new MemoryFileSystem()
    const path = await new Saver(twoDevices().store, { fs, sharded: true, ...V1 }).save('m')
    const left = ['m-00000-of-00003', 'm-00000-of-00002.old', 'm-x-00000-of-00002', 'checkpoint']
    for (const name of left) fs.files.set(name, new Uint8Array(1))
    fs.files.set('m-00001-of-00002.previous', new Uint8Array(1))
    await removeCheckpoint(path, { fs, writeVersion: 'V1' })
    expect(ls(fs)).toEqual([...left].sort())
  })
})
