/**
 * A Saver as a message and back: over variables of the caller's, and over those of a file.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ReadableFileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { type Graph, graphInternals, type Tensor } from '../../src/graph/graph'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { graphOf, storeForGraph } from '../../src/graph/store-graph'
import { type SaverDef } from '../../src/proto/messages'
import { array, zeros } from '../../src/tensor/convert'
import { ndarray, type NDArray } from '../../src/tensor/ndarray'
import { listVariables } from '../../src/train/checkpoint-utils'
import { importMetaGraph, type ImportMetaGraphOptions } from '../../src/train/import-meta-graph'
import { importedSaver } from '../../src/train/imported-saver'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { saverDefOf } from '../../src/train/saver-nodes'
import type { Saveable, SaveSliceInfo } from '../../src/variables/saveable'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, indexRows, ls } from '../helpers/bundle'
import { recorder } from '../helpers/state-files'
import { GOLDEN_DIR } from '../oracle/golden'

function storeOf(...names: string[]): VariableStore {
  const store = new VariableStore()
  for (const name of names) store.variable(array([1, 2]), { name })
  return store
}

/** Something of the caller's own. */
function box(value: NDArray, saveSliceInfo?: SaveSliceInfo): Saveable {
  const { dtype, shape } = value
  return { dtype, shape, read: () => value as never, assign: () => undefined, saveSliceInfo }
}

const NAMES = {
  filenameTensorName: 'save/Const:0',
  saveTensorName: 'save/control_dependency:0',
  restoreOpName: 'save/restore_all',
}

describe('Saver.asSaverDef()', () => {
  test('says what the options say', () => {
    const def = new Saver(storeOf('a'), { maxToKeep: null, keepCheckpointEveryNHours: 0.1 }).asSaverDef()
    expect({ ...def }).toMatchObject({ ...NAMES, maxToKeep: 0, version: 2 })
    expect([def.sharded, def.keepCheckpointEveryNHours]).toEqual([false, Math.fround(0.1)])
  })

  test('is the message in the .meta: its counts can be changed', async () => {
    const fs = new MemoryFileSystem()
    const saver = new Saver(storeOf('a'), { fs })
    saver.asSaverDef().maxToKeep = 3
    await saver.save('m')
    const { metaGraphDef } = await importMetaGraph('m.meta', { fs })
    expect(metaGraphDef.saverDef?.maxToKeep).toBe(3)
  })
})

describe('Saver.toProto()', () => {
  test('with a scope is a copy without it, and undefined outside of it', () => {
    const store = storeOf('a')
    const saver = store.nameScope('outer', () => new Saver(store))
    const own = saver.asSaverDef()
    expect(saver.toProto({ exportScope: 'outer' })).toMatchObject(NAMES)
    expect(saver.toProto({ exportScope: 'oute' })).toMatchObject({ restoreOpName: 'outer/save/restore_all' })
    expect(saver.toProto({ exportScope: 'inner' })).toBeUndefined()
    expect(own.restoreOpName).toBe('outer/save/restore_all')
  })
})

describe('Saver.fromProto()', () => {
  test('goes by the message, whatever the options say (C51)', async () => {
    const fs = new MemoryFileSystem()
    const def = saverDefOf({ ...NAMES, maxToKeep: 1, keepCheckpointEveryNHours: 10000, version: 2 })
    const options: SaverOptions = { fs, maxToKeep: 9, keepCheckpointEveryNHours: 0 }
    const saver = Saver.fromProto(def, storeOf('a'), options)
    for (const globalStep of [1, 2, 3]) await saver.save('m', { globalStep, writeMetaGraph: false })
    expect([saver.lastCheckpoints, ls(fs).filter((name) => name.endsWith('.index'))]).toEqual([['m-3'], ['m-3.index']])
    expect({ ...saver.asSaverDef() }).toEqual({ ...def })
  })

  test('makes the nodes where the graph lacks them, under the names of the message', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf('a', 'b')
    const def = new Saver(storeOf('x'), { name: 'keeper' }).asSaverDef()
    const saver = Saver.fromProto(def, { first: store.get('a') as never }, { fs })
    expect(graphOf(store).getOperationByName('keeper/Assign').inputs[0]?.name).toBe('a:0')
    await saver.save('m')
    const again = await importMetaGraph('m.meta', { fs })
    expect((await again.saver?.restore('m'))?.restored).toEqual(['first'])
  })

  test('takes the nodes that are there, and says where they save other keys', () => {
    const { logger, logs } = recorder()
    const store = storeOf('a')
    const def = new Saver(store).asSaverDef()
    const count = graphOf(store).getOperations().length
    expect(Saver.fromProto(def, store, { logger }).asSaverDef()).not.toBe(def)
    expect(logs).toEqual([])
    expect(graphOf(store).getOperations()).toHaveLength(count)
    Saver.fromProto(def, { b: store.get('a') as never }, { logger })
    expect(logs).toEqual([['WARNING', 'This Saver and its nodes in the graph save other keys: a, b']])
  })

  test('puts the scope in front, and leaves the message as it was', () => {
    const def = new Saver(storeOf('a')).asSaverDef()
    const saver = Saver.fromProto(def, storeOf('a'), { importScope: 'imp' })
    expect(saver.asSaverDef()).toMatchObject({
      filenameTensorName: 'imp/save/Const:0',
      saveTensorName: 'imp/save/control_dependency:0',
      restoreOpName: 'imp/save/restore_all',
    })
    expect(def).toMatchObject(NAMES)
  })

  test('refuses names that the nodes of these variables would not get', async () => {
    const other = saverDefOf({ ...NAMES, saveTensorName: 'save/Identity:0', version: 2 })
    expect(await errorOf(() => Saver.fromProto(other, storeOf('a')))).toEqual([
      'ValueError',
      'saver_def names save/Identity:0, which is not in the graph: the node for these variables is save/control_dependency:0',
    ])
    expect((await errorOf(() => Saver.fromProto(saverDefOf(NAMES), [])))[0]).toBe('ValueError')
  })

  test.each([
    ['V1', { ...NAMES, version: 1 }, ['m'], 'm'],
    [
      'V2 in shards',
      { ...NAMES, saveTensorName: 'save/Identity:0', version: 2, sharded: true },
      ['m.data-00000-of-00002', 'm.data-00001-of-00002', 'm.index'],
      'm',
    ],
    [
      'V1 in shards',
      { ...NAMES, saveTensorName: 'save/ShardedFilespec:0', version: 1, sharded: true },
      ['m-00000-of-00002', 'm-00001-of-00002'],
      'm-?????-of-00002',
    ],
  ])('of %s saves as its message says, whatever the options say', async (_, fields, files, path) => {
    const fs = new MemoryFileSystem()
    const store = storeOf('a')
    store.variable(array(1), { name: 'b', device: '/cpu:0' })
    const { logger } = recorder()
    const options = { fs, logger, name: 'ignored', sharded: false, writeVersion: 'V2' } as const
    const saver = Saver.fromProto(saverDefOf(fields), store, options)
    expect(await saver.save('m', { writeMetaGraph: false, writeState: false })).toBe(path)
    expect(ls(fs)).toEqual(files)
    store.get('b')?.assign(5)
    await saver.restore(path)
    expect(store.get('b')?.read().data[0]).toBe(1)
  })

  test('of shards whose nodes are not there saves into those that the options say', async () => {
    const make = () => Object.fromEntries(['a', 'b', 'c', 'd'].map((key) => [key, box(array([1, 2]))]))
    for (const options of [{ numShards: 3 }, { shardOf: (key: string) => key.charCodeAt(0) }]) {
      const [before, after] = [new MemoryFileSystem(), new MemoryFileSystem()]
      const saver = new Saver(make(), { fs: before, ...options })
      await saver.save('m', { writeMetaGraph: false })
      const other = Saver.fromProto(saver.asSaverDef(), make(), { fs: after, ...options })
      await other.save('m', { writeMetaGraph: false })
      expect(after.files).toEqual(before.files)
    }
    // Which is not sharded stays so.
    const fs = new MemoryFileSystem()
    await Saver.fromProto(saverDefOf({ ...NAMES, version: 2 }), make(), { fs, numShards: 3 }).save('m')
    expect(ls(fs)).toContain('m.data-00000-of-00001')
  })

  test('of shards keeps those of parts of the caller’s own where the graph has their nodes', async () => {
    const part = (start: number) =>
      box(array([start, start]), { fullName: 'x', fullShape: [4], slice: [[start, 2]] as const })
    const make = () => ({ p: [part(0), part(2)], w: box(array([1, 2, 3])) })
    const [before, after] = [new MemoryFileSystem(), new MemoryFileSystem()]
    const saver = new Saver(make(), { fs: before, numShards: 3 })
    await saver.save('m')
    const { graph } = await importMetaGraph('m.meta', { fs: before })
    await Saver.fromProto(saver.asSaverDef(), make(), { fs: after, graph }).save('m', { writeMetaGraph: false })
    before.files.delete('m.meta')
    expect(ls(after)).toContain('m.data-00002-of-00003')
    expect(after.files).toEqual(before.files)
  })

  test('of one shard saves as it is without shards', async () => {
    const fs = new MemoryFileSystem()
    const fields = { ...NAMES, saveTensorName: 'save/Identity:0', version: 2, sharded: true }
    await Saver.fromProto(saverDefOf(fields), storeOf('a'), { fs }).save('m')
    expect(ls(fs)).toEqual(['m.data-00000-of-00001', 'm.index', 'm.meta', 'checkpoint'].sort())
    const { metaGraphDef } = await importMetaGraph('m.meta', { fs })
    expect(metaGraphDef.saverDef?.sharded).toBe(true)
  })
})

/** A meta graph that TensorFlow wrote, imported over a file system in memory. */
async function golden(name: string, options: ImportMetaGraphOptions = {}) {
  const { logger, logs } = recorder()
  const fs = new MemoryFileSystem()
  const bytes = readFileSync(`${GOLDEN_DIR}/graphs/${name}/graph.meta`)
  const imported = await importMetaGraph(bytes, { fs, logger, ...options })
  const saver = imported.saver as Saver
  for (const variable of imported.variables) variable.assign(zeros(variable.shape, variable.dtype) as never)
  return { ...imported, saver, fs, logs }
}

function filled({ dtype, shape }: Variable, value: number): NDArray {
  const zero = zeros(shape, dtype)
  return ndarray(dtype, shape, (zero.data as Float32Array).fill(value) as never)
}

describe('the Saver of a file', () => {
  test('knows the keys of a dict, and its counts', async () => {
    const { saver, variables, fs, logs } = await golden('dict_saver')
    for (const globalStep of [1, 2, 3, 4]) await saver.save('m', { globalStep })
    expect(logs).toEqual([])
    expect(saver.lastCheckpoints).toEqual(['m-2', 'm-3', 'm-4'])
    expect(saver.asSaverDef()).toMatchObject({ maxToKeep: 3, keepCheckpointEveryNHours: 0.5 })
    expect(await listVariables('m-4', { fs })).toEqual([
      ['other/v1', [2]],
      ['other/v2', [1, 1]],
      ['words', [2]],
    ])
    variables.get('v2')?.assign(array([[7]]))
    expect((await saver.restore('m-4')).restored).toEqual(['other/v1', 'other/v2', 'words'])
    expect(variables.get('v2')?.read().data[0]).toBe(0)
  })

  test('keeps its keys under an import scope, and its nodes are those of the scope', async () => {
    const { saver, variables, fs } = await golden('dict_saver', { importScope: 'imp' })
    expect(saver.asSaverDef().restoreOpName).toBe('imp/my_saver/restore_all')
    await saver.save('m')
    expect((await listVariables('m', { fs })).map(([key]) => key)).toEqual(['other/v1', 'other/v2', 'words'])
    expect([...variables].map(({ name }) => name)).toEqual(['imp/v1:0', 'imp/v2:0', 'imp/text:0'])
  })

  test('saves under the names of averages, variables of both kinds', async () => {
    const { saver, fs } = await golden('moving_averages')
    await saver.save('m', { writeMetaGraph: false })
    const keys = (await listVariables('m', { fs })).map(([key]) => key)
    expect(keys).toEqual(expect.arrayContaining(['b/ExponentialMovingAverage', 'w/ExponentialMovingAverage']))
    expect(keys).not.toContain('w')
  })

  test('reshapes where its nodes do', async () => {
    const { saver, variables, fs } = await golden('reshaping_saver')
    const other = new VariableStore()
    other.variable(array([1, 2, 3, 4, 5, 6]), { name: 'a' })
    other.variable(array([[1], [2], [3], [4], [5], [6]]), { name: 'b' })
    other.variable(array(4n), { name: 'global_step' })
    await new Saver(other, { fs }).save('m')
    await saver.restore('m')
    expect([variables.get('a')?.read().data, variables.get('b')?.shape]).toEqual([
      Float32Array.of(1, 2, 3, 4, 5, 6),
      [6],
    ])
  })

  test('of several shards saves into them', async () => {
    const { saver, variables, fs, logs } = await golden('sharded_saver')
    variables.get('v2')?.assign(5)
    await saver.save('m', { writeMetaGraph: false })
    expect(ls(fs)).toEqual([
      'checkpoint',
      'm.data-00000-of-00003',
      'm.data-00001-of-00003',
      'm.data-00002-of-00003',
      'm.index',
    ])
    // As its nodes have them.
    const shards = (await indexRows(fs, 'm')).slice(1).map((row) => [row['key'], row['shard_id']])
    expect(shards).toEqual([
      ['v1', 0],
      ['v2', 1],
      ['v3', 2],
    ])
    variables.get('v2')?.assign(6)
    await saver.restore('m')
    expect(variables.get('v2')?.read().data[0]).toBe(5)
    expect(logs.filter(([level]) => level === 'WARNING')).toEqual([])
  })

  test.each<[string, SaverOptions]>([
    ['numShards', { numShards: 2 }],
    ['shardOf', { shardOf: (key) => (key === 'b' ? 0 : 4) }],
    ['shardOf, V1', { writeVersion: 'V1', shardOf: (key) => (key === 'b' ? 0 : 4) }],
    ['devices', { sharded: true }],
  ])('saves into the shards that its nodes have, whatever they were made by: %s', async (_, options) => {
    const fs = new MemoryFileSystem()
    const store = storeOf('a', 'b')
    store.variable(array([1, 2, 3]), { name: 'c', device: '/cpu:0' })
    const path = await new Saver(store, { fs, logger: {}, ...options }).save('m')
    const before = new Map([...fs.files].filter(([name]) => name !== 'checkpoint' && !name.endsWith('.meta')))
    const quiet = { fs, logger: {} }
    const imported = await importMetaGraph('m.meta', { ...quiet, clearDevices: true })
    await imported.saver?.restore(path)
    const given = Saver.fromProto(imported.metaGraphDef.saverDef ?? {}, imported.variables, quiet)
    for (const saver of [imported.saver as Saver, given]) {
      for (const name of before.keys()) fs.files.delete(name)
      expect(await saver.save('m', { writeMetaGraph: false })).toBe(path)
      expect(new Map([...before.keys()].map((name) => [name, fs.files.get(name)]))).toEqual(before)
    }
  })

  test('of parts of tensors saves and restores the parts', async () => {
    const { saver, variables, fs } = await golden('partitioned')
    const parts = [...variables].filter(({ saveSliceInfo }) => saveSliceInfo !== undefined)
    expect(parts.length).toBeGreaterThan(2)
    parts.forEach((part, at) => part.assign(filled(part, at + 1) as never))
    await saver.save('m')
    const keys = (await listVariables('m', { fs })).map(([key]) => key)
    expect(keys).toEqual(expect.arrayContaining([...new Set(parts.map((part) => part.saveSliceInfo?.fullName))]))
    for (const part of parts) part.assign(zeros(part.shape, part.dtype) as never)
    await saver.restore('m')
    parts.forEach((part, at) => expect(part.read()).toEqual(filled(part, at + 1)))
  })

  test('that came through a file system that is only read restores, and cannot save', async () => {
    const inner = new MemoryFileSystem()
    const store = storeOf('a')
    await new Saver(store, { fs: inner }).save('m')
    const fs: ReadableFileSystem = { open: (path) => inner.open(path), exists: (path) => inner.exists(path) }
    const { saver, variables } = await importMetaGraph('m.meta', { fs })
    expect((await saver?.restore('m'))?.restored).toEqual(['a'])
    expect([...(variables.get('a')?.read().data ?? [])]).toEqual([1, 2])
    expect(await errorOf((saver as Saver).save('n'))).toEqual([
      'FailedPreconditionError',
      'Cannot save here: this Saver came through a file system that is only read',
    ])
    expect((await (saver as Saver).exportMetaGraph()).saverDef?.restoreOpName).toBe('save/restore_all')
  })
})

test('A new Saver over the store of a file has the file’s graph and what was added since', async () => {
  const { variables, graph, fs } = await golden('dict_saver')
  const added = variables.variable(array([9]), { name: 'v1' })
  expect(added.op.name).toBe('v1_1')
  await new Saver(variables, { fs }).save('m')
  const again = await importMetaGraph('m.meta', { fs })
  expect((await again.saver?.restore('m'))?.restored).toEqual(['text', 'v1', 'v1_1', 'v2'])
  expect(again.variables.get('v1_1')?.read().data[0]).toBe(9)
  const names = again.graph.getOperations().map(({ name }) => name)
  expect(names).toEqual(graph.getOperations().map(({ name }) => name))
  expect(names).toEqual(expect.arrayContaining(['my_saver/restore_all', 'v1_1/read', 'save/restore_all']))
})

describe('importedSaver()', () => {
  /** A graph of two variables, of which one is in no collection, and a Saver of both. */
  function graphOfTwo(): { graph: Graph; saverDef: SaverDef } {
    const store = storeOf('a')
    const hidden = store.variable(array([3, 4, 5]), {
      name: 'hidden',
      collections: [],
      trainable: false,
      useResource: true,
    })
    const saver = new Saver({ a: store.get('a') as never, h: hidden })
    const { graph } = importGraphDef(graphOf(store).asGraphDef(), { name: '' })
    return { graph, saverDef: saver.asSaverDef() }
  }

  test('makes a variable for a node that no collection told of', async () => {
    const { graph, saverDef } = graphOfTwo()
    const variables = storeForGraph(graph)
    const fs = new MemoryFileSystem()
    const saver = importedSaver(saverDef, { graph, variables, fs })
    expect([...variables].map(String)).toEqual([
      "<tf.Variable 'a:0' shape=(2,) dtype=float32_ref>",
      "<tf.Variable 'hidden:0' shape=(3,) dtype=float32>",
    ])
    variables.get('a')?.assign(array([1, 2]))
    variables.get('hidden')?.assign(array([3, 4, 5]))
    await saver.save('m')
    expect((await saver.restore('m')).restored).toEqual(['a', 'h'])
    expect(variables.globalVariables()).toEqual([])
  })

  test('says at save and restore where its nodes are not there', async () => {
    const { graph, saverDef } = graphOfTwo()
    const other = saverDefOf({ ...saverDef, saveTensorName: 'gone:0', restoreOpName: 'lost' })
    const { logger, logs } = recorder()
    const saver = importedSaver(other, { graph, variables: storeForGraph(graph), fs: new MemoryFileSystem(), logger })
    expect(logs).toEqual([])
    const [name, message] = await errorOf(saver.save('m'))
    expect([name, message.startsWith("Fetch argument 'gone:0' cannot be interpreted as a Tensor.")]).toEqual([
      'ValueError',
      true,
    ])
    expect(await errorOf(saver.restore('m'))).toEqual([
      'ValueError',
      `Fetch argument 'lost' cannot be interpreted as a Tensor. ("The name 'lost' refers to an Operation not in the graph.")`,
    ])
  })

  test('leaves out what is no variable, and warns at once and at each save', async () => {
    const { graph, saverDef } = graphOfTwo()
    // A table beside the variables: its values are restored by an op of its own.
    const [names, slices] = ['save/RestoreV2/tensor_names', 'save/RestoreV2/shape_and_slices'].map((name) =>
      graph.getTensorByName(`${name}:0`),
    ) as [Tensor, Tensor]
    const restore = graphInternals.addOperation(graph, {
      name: 'table/RestoreV2',
      type: 'RestoreV2',
      inputs: [graph.getTensorByName('save/Const:0'), names, slices],
      attr: { dtypes: { list: { type: [1, 1] } } },
    })
    const negated = graphInternals.addOperation(graph, {
      name: 'table/import',
      type: 'Neg',
      inputs: [restore.outputs[1] as Tensor],
      attr: { T: { type: 1 } },
    })
    const all = graphInternals.addOperation(graph, {
      name: 'all',
      type: 'NoOp',
      controlInputs: [graph.getOperationByName('save/restore_all'), negated],
    })
    const { logger, logs } = recorder()
    const variables = storeForGraph(graph)
    const def = saverDefOf({ ...saverDef, restoreOpName: all.name })
    const saver = importedSaver(def, { graph, variables, fs: new MemoryFileSystem(), logger })
    const left = "The graph's Saver has keys that are left out, since they are no variables here: h"
    expect(logs[0]).toEqual(['WARNING', left])
    for (const variable of variables) variable.assign(zeros(variable.shape) as never)
    logs.length = 0
    await saver.save('m')
    expect(logs).toEqual([
      ['WARNING', "This checkpoint will lack h: the graph's Saver saves them, and they are no variables"],
    ])
  })
})
