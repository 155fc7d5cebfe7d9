/**
 * The cases of area saver-restore that need no graph, slices or object graphs; and what they are silent about.
 */
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested, zeros } from '../../src/tensor/convert'
import { type NDArray } from '../../src/tensor/ndarray'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { latestCheckpoint } from '../../src/train/checkpoint-state'
import { listVariables, loadCheckpoint, loadVariable } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { type Saveable } from '../../src/variables/saveable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf } from '../helpers/bundle'
import { oracleTest, withoutNode } from '../oracle/cases'

function storeOf(values: Readonly<Record<string, NDArray>>): VariableStore {
  const store = new VariableStore()
  for (const [name, value] of Object.entries(values)) store.variable(value, { name })
  return store
}

function valuesOf(store: VariableStore): unknown[] {
  return [...store].map((variable) => toNested(variable.read()))
}

async function saved(values: Readonly<Record<string, NDArray>>, prefix = 'm'): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  await new Saver(storeOf(values), { fs }).save(prefix)
  return fs
}

describe('restoring', () => {
  oracleTest('restore-basic', async ({ result }) => {
    const fs = await saved({ v: array([1, 2]) })
    const store = new VariableStore()
    const v = store.getVariable('v', { shape: [2] })
    expect(v.initialized).toBe(false)
    await new Saver(store, { fs }).restore('m')
    expect(toNested(v.read())).toEqual(result)
  })

  oracleTest('restore-subset', async ({ result }) => {
    const fs = await saved({ a: array(1), b: array(2) })
    const store = storeOf({ a: array(9), b: array(9) })
    await new Saver([...store].slice(0, 1), { fs }).restore('m')
    expect(valuesOf(store)).toEqual(result)
  })

  oracleTest('restore-renamed', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const [a] = storeOf({ a: array(1) })
    await new Saver({ old: a as Saveable }, { fs }).save('m')
    const [renamed] = storeOf({ new: array(0) })
    await new Saver({ old: renamed as Saveable }, { fs }).restore('m')
    expect(toNested((renamed as { read(): NDArray }).read())).toEqual(result)
  })

  oracleTest('restore-reshape-resource', async ({ result }) => {
    const fs = await saved({ v: array([1, 2, 3, 4]) })
    const store = new VariableStore()
    const v = store.variable(zeros([2, 2]), { name: 'v', useResource: true })
    await new Saver(store, { fs, reshape: true }).restore('m')
    expect(toNested(v.read())).toEqual(result)
  })

  oracleTest<[string, string]>('restore-partial-assignment-order', async ({ result }) => {
    const fs = await saved({ a: array([1]), b: array([1, 2]) })
    const store = storeOf({ a: array([5]), b: array([5]) })
    const [name, message] = await errorOf(new Saver(store, { fs }).restore('m'))
    expect([name, message.split('\n\nb: ')[0]]).toEqual([result[0], withoutNode(result[1])])
    // TensorFlow does not say whether a was assigned; here nothing is.
    expect(valuesOf(store)).toEqual([[5], [5]])
  })

  oracleTest('restore-logs', async ({ result }) => {
    const logs: [string, string][] = []
    const log = (level: string) => (message: string) => void logs.push([level, message])
    const fs = await saved({ v: array(1) })
    const logger = { info: log('INFO'), warn: log('WARNING'), error: log('ERROR') }
    await new Saver(storeOf({ v: array(0) }), { fs, logger }).restore('m')
    expect(logs).toEqual(result)
  })

  oracleTest('utils-list-variables', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const store = storeOf({ 'b/x': array([[1, 2]]), a: array(1, 'int32') })
    await new Saver(store, { fs }).save('d/m', { globalStep: 3 })
    expect(await Promise.all(['d/m-3', 'd', 'd/'].map((path) => listVariables(path, { fs })))).toEqual(result)
  })

  oracleTest<unknown[]>('utils-reader', async ({ result }) => {
    const fs = await saved({
      f: array([[1, 2]]),
      i: array(7, 'int32'),
      s: array('s'),
      bf: array([1], 'bfloat16'),
    })
    const reader = await loadCheckpoint('m', { fs })
    const text = (await reader.getTensor('s', 'string')).data[0]
    expect([
      reader.hasTensor('f'),
      reader.hasTensor('z'),
      reader.hasTensor('f:0'),
      Object.fromEntries(reader.getVariableToShapeMap()),
      Object.fromEntries(reader.getVariableToDtypeMap()),
      toNested(await reader.getTensor('f')),
      toNested(await reader.getTensor('i')),
      { hex: Buffer.from(text as Uint8Array).toString('hex') },
      (await reader.getTensor('bf')).dtype,
      reader.debugString(),
    ]).toEqual(result)
    await reader.close()
    expect((await errorOf(reader.getTensor('f')))[0]).toBe('FailedPreconditionError')
  })
})

describe('Saver.restore(), where the cases are silent', () => {
  test('refuses no path, and a path that is no checkpoint, in TensorFlow’s words (C40)', async () => {
    const fs = await saved({ v: array(1) }, 'd/m-1')
    const saver = new Saver(storeOf({ v: array(0) }), { fs })
    expect(await errorOf(saver.restore(undefined))).toEqual(['ValueError', "Can't load save_path when it is None."])
    const [name, message] = await errorOf(saver.restore('d/m-2'))
    expect(name).toBe('ValueError')
    expect(message).toBe('The passed save_path is not a valid checkpoint: d/m-2. Checkpoints there: d/m-1')
    expect((await errorOf(saver.restore('nowhere')))[1]).toBe('The passed save_path is not a valid checkpoint: nowhere')
  })

  test('says what to pass in place of one of a checkpoint’s files, or of its directory', async () => {
    const fs = await saved({ v: array(1) }, 'd/m')
    fs.files.set('d/m.meta', new Uint8Array(100))
    const saver = new Saver(storeOf({ v: array(0) }), { fs })
    const table = 'perhaps your file is in a different file format and you need to use a different restore operator?'
    const hints: [path: string, kind: string, start: string, hint: string][] = [
      ['d/m.index', 'NotFoundError', 'd/m.index is not a checkpoint', 'pass "d/m"'],
      [
        'd/m.data-00000-of-00001',
        'DataLossError',
        'Unable to open table file d/m.data-00000-of-00001: DATA_LOSS: file is too short to be an sstable: ',
        'pass "d/m"',
      ],
      [
        'd/m.meta',
        'DataLossError',
        `Unable to open table file d/m.meta: DATA_LOSS: not an sstable (bad magic number): ${table}`,
        'pass "d/m"',
      ],
      [
        'd/checkpoint',
        'DataLossError',
        'Unable to open table file d/checkpoint: DATA_LOSS: not an sstable (bad magic number)',
        'pass what latestCheckpoint("d") gives',
      ],
      [
        'd',
        'DataLossError',
        `Unable to open table file d: FAILED_PRECONDITION: d; Is a directory: ${table}`,
        'pass what latestCheckpoint("d") gives, or a prefix; in it: d/m',
      ],
    ]
    for (const [path, kind, start, hint] of hints) {
      for (const attempt of [saver.restore(path), CheckpointReader.open(path, { fs })]) {
        const [name, message] = await errorOf(attempt)
        const text = message.replace(/^Restoring from checkpoint failed\.[^]*Original error:\n\n/, '')
        expect([path, name, text.slice(0, start.length)]).toEqual([path, kind, start])
        expect(text).toContain(hint)
      }
    }
  })

  test('names what a file really is that was taken for a checkpoint', async () => {
    const fs = new MemoryFileSystem()
    const encoder = new TextEncoder()
    fs.files.set('lfs', encoder.encode(`version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\n`))
    fs.files.set('web', encoder.encode(`<!doctype html>${' '.repeat(100)}`))
    fs.files.set('keras', new Uint8Array([0x89, 0x48, 0x44, 0x46, ...new Uint8Array(100)]))
    for (const [path, what] of [
      ['lfs', /Git LFS pointer/],
      ['web', /HTML page/],
      ['keras', /HDF5/],
    ] as const) {
      expect((await errorOf(loadCheckpoint(path, { fs })))[1]).toMatch(what)
    }
  })

  test('lists every missing key with the names that come nearest', async () => {
    const fs = await saved({ 'rnn/weights': array(1), 'conv1/w': array(1), 'a/ExponentialMovingAverage': array(1) })
    const store = storeOf({ 'rnn/kernel': array(0), 'conv2/w': array(0), a: array(0), zzz: array(0) })
    const [name, message] = await errorOf(new Saver(store, { fs }).restore('m'))
    expect(name).toBe('NotFoundError')
    expect(message.split('\n\n').slice(1)).toEqual([
      'Key a not found in checkpoint',
      [
        '4 of 4 keys are missing in m.index:',
        'a (there is a/ExponentialMovingAverage)',
        'conv2/w (there is conv1/w)',
        'rnn/kernel (there is rnn/weights)',
        'zzz',
      ].join('\n  '),
    ])
  })

  test('restores what is there with ignoreMissing, what fits with ignoreMismatched, and reports the rest', async () => {
    const fs = await saved({ a: array([1]), b: array([1, 2]), c: array([3]), d: array([4]) })
    const store = storeOf({ a: array([0]), b: array([0]), c: array([0], 'int32'), e: array([0]) })
    const saver = new Saver(store, { fs })
    expect(await saver.restore('m', { ignoreMissing: true, ignoreMismatched: true })).toEqual({
      restored: ['a'],
      missing: ['e'],
      mismatched: [
        { key: 'b', expected: 'float32[1]', found: 'float32[2]' },
        { key: 'c', expected: 'int32[1]', found: 'float32[1]' },
      ],
      unused: ['d'],
    })
    expect(valuesOf(store)).toEqual([[1], [0], [0], [0]])
    expect((await errorOf(saver.restore('m', { ignoreMissing: true })))[0]).toBe('InvalidArgumentError')
    expect((await errorOf(saver.restore('m', { ignoreMismatched: true })))[0]).toBe('NotFoundError')
  })

  test('checks the count with reshape, and assigns nothing where it differs', async () => {
    const fs = await saved({ a: array([7, 7]), v: array([1, 2, 3, 4]) })
    const store = storeOf({ a: array([0, 0]), v: zeros([3]) })
    const [name, message] = await errorOf(new Saver(store, { fs, reshape: true }).restore('m'))
    expect(name).toBe('InvalidArgumentError')
    expect(message).toContain('Input to reshape is a tensor with 4 values, but the requested shape has 3')
    expect(valuesOf(store)).toEqual([
      [0, 0],
      [0, 0, 0],
    ])
  })

  test('assigns nothing when one tensor of many is damaged', async () => {
    const fs = await saved({ a: array([1]), b: array([2]), z: array([3]) })
    const data = fs.files.get('m.data-00000-of-00001') as Uint8Array
    data[8] = (data[8] as number) ^ 1
    const store = storeOf({ a: array([0]), b: array([0]), z: array([0]) })
    const [name, message] = await errorOf(new Saver(store, { fs }).restore('m'))
    expect(name).toBe('DataLossError')
    expect(message).toMatch(/^TensorBundle at m shard 0 \(4 bytes\): Checksum does not match: stored \d{8,10} vs\. /)
    expect(message).toMatch(/: tensor z at byte 8 of m\.data-00000-of-00001$/)
    expect(valuesOf(store)).toEqual([[0], [0], [0]])
  })

  test('takes back what it assigned to Saveables of the caller’s own when one refuses', async () => {
    const fs = await saved({ a: array([1]), b: array([2]), v: array([3]) })
    const held = new Map<string, NDArray>([['a', array([10])]])
    const own = (key: string, assign: (value: NDArray) => unknown): Saveable => ({
      dtype: 'float32',
      shape: [1],
      read: () => held.get(key) as NDArray,
      assign,
    })
    const [v] = storeOf({ v: array([30]) })
    const list = {
      a: own('a', (value) => held.set('a', value)),
      b: own('b', () => Promise.reject(new Error('the device is gone'))),
      v: v as Saveable,
    }
    await expect(new Saver(list, { fs }).restore('m')).rejects.toThrow('the device is gone')
    expect(toNested(held.get('a') as NDArray)).toEqual([10])
    expect(toNested(v?.read() as NDArray)).toEqual([30])
  })

  test('takes the missing data file for what it is, and says how many bytes a short one lacks', async () => {
    const fs = await saved({ a: array([1, 2]), v: array([3, 4]) })
    const path = 'm.data-00000-of-00001'
    const saver = new Saver(storeOf({ a: array([0, 0]), v: array([0, 0]) }), { fs })
    fs.files.set(path, (fs.files.get(path) as Uint8Array<ArrayBuffer>).slice(0, 13))
    const [short, text] = await errorOf(saver.restore('m'))
    expect(short).toBe('OutOfRangeError')
    expect(text).toMatch(
      /^Read less bytes than requested: v takes 8 bytes at byte 8 of .*, which has 13: 3 bytes are missing$/,
    )
    fs.files.delete(path)
    const [gone, message] = await errorOf(saver.restore('m'))
    expect(gone).toBe('NotFoundError')
    expect(message).toContain(`${path}; No such file or directory`)
    expect(message).toMatch(/^Restoring from checkpoint failed/)
  })

  test('a checkpoint that the state file has named, and that was deleted since, is no mistake of the caller’s', async () => {
    const fs = await saved({ v: array([1]) })
    const prefix = await latestCheckpoint('.', { fs })
    for (const name of ['./m.index', './m.data-00000-of-00001']) await fs.remove(name)
    const saver = new Saver(storeOf({ v: array([1]) }), { fs })
    const [name, message] = await errorOf(saver.restore(prefix))
    expect(name).toBe('NotFoundError')
    expect(message).toContain('./m.index; No such file or directory: a state file has named this checkpoint')
    expect((await errorOf(saver.restore('./n')))[0]).toBe('ValueError')
  })

  test('loadVariable() cuts one ":0" and reads only the blocks that it needs', async () => {
    const fs = await saved({ w: array([1, 2]) })
    expect(toNested(await loadVariable('m', 'w:0', { fs }))).toEqual([1, 2])
    expect(await errorOf(loadVariable('m', 'x', { fs }))).toEqual(['NotFoundError', 'Key x not found in checkpoint'])
    const empty = new MemoryFileSystem()
    await empty.mkdir('d')
    expect(await errorOf(loadVariable('d', 'x', { fs: empty }))).toEqual([
      'ValueError',
      "Couldn't find 'checkpoint' file or checkpoints in given directory d",
    ])
  })

  test('a variable assigned while it is being saved is saved as it was at the call', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf({ a: array([1, 2]), b: array([3]) })
    const [a, b] = [...store]
    let once = true
    const onProgress = (): void => {
      if (once) b?.assignAdd(array([100]))
      once = false
    }
    const saving = new Saver(store, { fs, onProgress }).save('m')
    a?.assign(array([9, 9]))
    await saving
    expect(valuesOf(store)).toEqual([[9, 9], [103]])
    expect(toNested(await loadVariable('m', 'a', { fs }))).toEqual([1, 2])
    expect(toNested(await loadVariable('m', 'b', { fs }))).toEqual([3])
  })
})
