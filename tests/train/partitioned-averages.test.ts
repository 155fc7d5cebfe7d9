/** A model of partitioned variables and their averages, which TensorFlow trained, saved and froze. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { MemoryFileSystem } from '../../src/fs/memory'
import { evaluate } from '../../src/graph/evaluate'
import { frozenVariables } from '../../src/graph/frozen-variables'
import { readGraphDef } from '../../src/graph/graph-io'
import { parseMessageOf } from '../../src/graph/message-file'
import { convertVariablesToConstants } from '../../src/graph/convert-variables'
import { encodeMessage, type GraphDef, tensorflow } from '../../src/proto/messages'
import { zeros } from '../../src/tensor/convert'
import { bytesOf } from '../../src/tensor/ndarray'
import { freezeGraph } from '../../src/tools/freeze-graph'
import { loadModel } from '../../src/tools/load-model'
import { importMetaGraph } from '../../src/train/import-meta-graph'
import { initFromCheckpoint } from '../../src/train/init-from-checkpoint'
import { ExponentialMovingAverage } from '../../src/train/moving-averages'
import { Saver } from '../../src/train/saver'
import { updateCheckpointState } from '../../src/train/checkpoint-state'
import type { PartitionedVariable } from '../../src/variables/partitioned-variable'
import type { Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { attempt } from '../helpers/attempt'
import { GOLDEN_DIR, goldenFile } from '../oracle/golden'

interface Expected {
  /** Names of nodes that put each partitioned variable together. */
  readonly outputs: readonly string[]
  /** Values in hex, by the name of the variable. */
  readonly raw: Readonly<Record<string, string>>
  readonly averages: Readonly<Record<string, string>>
  readonly names: Readonly<Record<string, string>>
  readonly fullNames: Readonly<Record<string, string | null>>
}

const expected: Expected = JSON.parse(readFileSync(`${GOLDEN_DIR}/partitioned/averages/expected.json`, 'utf8'))

function files(folder: 'averages' | 'saved' = 'averages'): MemoryFileSystem {
  const fs = new MemoryFileSystem()
  for (const name of readdirSync(`${GOLDEN_DIR}/partitioned/${folder}`)) {
    fs.files.set(name, goldenFile(`partitioned/${folder}/${name}`))
  }
  return fs
}

interface Model {
  readonly store: VariableStore
  readonly rows: PartitionedVariable<'float32'>
  readonly columns: PartitionedVariable<'float64'>
  readonly single: PartitionedVariable<'float32'>
  readonly whole: Variable<'float32'>
}

/** The model of make_partitioned_golden.py, perhaps cut otherwise. */
function model(cut: { rows: number; columns: number } = { rows: 3, columns: 2 }): Model {
  const store = new VariableStore()
  const [first, last] = [{ initializer: zeros<'float32'> }, { initializer: zeros<'float64'> }]
  return {
    store,
    rows: store.getPartitionedVariable('rows', { shape: [7, 2], numShards: cut.rows, ...first }),
    columns: store.getPartitionedVariable('columns', {
      shape: [2, 5],
      dtype: 'float64',
      numShards: cut.columns,
      axis: 1,
      useResource: true,
      ...last,
    }),
    single: store.getPartitionedVariable('single', { shape: [2, 2], numShards: 1, useResource: true, ...first }),
    whole: store.getVariable('whole', { shape: [3], ...first }),
  }
}

function hexed(variables: Iterable<Variable>): Record<string, string> {
  return Object.fromEntries(
    [...variables].map((v) => [v.op.name, Buffer.from(bytesOf(v.read())).toString('hex')] as const),
  )
}

function encode(graphDef: GraphDef): Buffer {
  return Buffer.from(encodeMessage(tensorflow.GraphDef, graphDef, 'GraphDef'))
}

function expectSame(fs: MemoryFileSystem, file: string, golden: string): void {
  const [found, wanted] = [file, golden].map((name) => Buffer.from(fs.files.get(name) ?? []).toString('latin1'))
  expect(found).toBe(wanted)
}

async function averageOf(name: string): Promise<Buffer> {
  const reader = await CheckpointReader.open('m', { fs: files() })
  const value = await reader.getTensor(`${name}/ExponentialMovingAverage`)
  await reader.close()
  return Buffer.from(bytesOf(value))
}

describe('Averages of partitioned variables', () => {
  test('have the names that TensorFlow gives them', () => {
    const { store } = model()
    const ema = new ExponentialMovingAverage(store, { decay: 0.75 })
    ema.apply()
    const sources = store.trainableVariables()
    const names = sources.map((v) => [v.op.name, ema.averageName(v)] as const)
    expect(Object.fromEntries(names)).toEqual(expected.names)
    const wholes = sources.map((v) => [v.op.name, ema.average(v)?.saveSliceInfo?.fullName ?? null] as const)
    expect(Object.fromEntries(wholes)).toEqual(expected.fullNames)
    for (const v of sources) {
      expect(ema.average(v)?.saveSliceInfo?.slice).toEqual(v.saveSliceInfo?.slice)
      expect(ema.average(v)?.saveSliceInfo?.fullShape).toEqual(v.saveSliceInfo?.fullShape)
    }
  })

  test('in a variable scope have names that are cut as TensorFlow cuts them', () => {
    const found = ['p', 'longer'].map((scope) => {
      const store = new VariableStore()
      const p = store.getPartitionedVariable('p', { shape: [5, 2], numShards: 2 })
      const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
      store.variableScope(scope, () => ema.apply())
      return p.parts.map((part) => [ema.averageName(part), ema.average(part)?.saveSliceInfo?.fullName])
    })
    // What TensorFlow 2.21 gives.
    expect(found).toEqual([
      [
        ['p/p/part_0/ExponentialMovingAverage', 'p/0/ExponentialMovingAverage'],
        ['p/p/part_1/ExponentialMovingAverage', 'p/1/ExponentialMovingAverage'],
      ],
      [
        ['longer/p/part_0/ExponentialMovingAverage', 'p/part_0/ExponentialMovingAverage'],
        ['longer/p/part_1/ExponentialMovingAverage', 'p/part_1/ExponentialMovingAverage'],
      ],
    ])
  })

  test('follow, and save as TensorFlow saves them', async () => {
    const { store, rows, columns } = model()
    const ema = new ExponentialMovingAverage(store, { decay: 0.75 })
    const update = ema.apply([rows, columns])
    rows.assign(new Float32Array(14).fill(4))
    update()
    expect(ema.average(rows)?.read().data).toEqual(new Float32Array(14).fill(1))
    const fs = new MemoryFileSystem()
    await new Saver(store, { fs }).save('mine', { writeState: false })
    const reader = await CheckpointReader.open('mine', { fs })
    const whole = new Map([
      ['columns', [2, 5]],
      ['columns/ExponentialMovingAverage', [2, 5]],
      ['rows', [7, 2]],
      ['rows/ExponentialMovingAverage', [7, 2]],
      ['single', [2, 2]],
      ['whole', [3]],
    ])
    expect(reader.getVariableToShapeMap()).toEqual(whole)
    expect(await reader.getTensor('rows/ExponentialMovingAverage')).toEqual(ema.average(rows)?.read())
    await reader.close()
  })

  test('are themselves a partitioned variable', () => {
    const { store, rows, single } = model()
    const ema = new ExponentialMovingAverage(store, { decay: 0.75 })
    expect([ema.average(rows), ema.averageName(rows)]).toEqual([undefined, 'rows/ExponentialMovingAverage'])
    ema.apply([rows])
    const average = ema.average(rows)
    expect([average?.name, average?.shape, average?.partitions, ema.average(single)]).toEqual([
      'rows/ExponentialMovingAverage',
      [7, 2],
      [3, 1],
      undefined,
    ])
    expect(average?.parts).toEqual(rows.parts.map((part) => ema.average(part)))
    expect(store.movingAverageVariables()).toEqual(rows.parts)
  })

  test('restore into variables that are cut as theirs were', async () => {
    const { store } = model()
    const ema = new ExponentialMovingAverage(store, { decay: 0.75 })
    const names = ema.variablesToRestore(undefined, { joinParts: true })
    expect([...names.keys()].sort()).toEqual([
      'columns/ExponentialMovingAverage',
      'rows/ExponentialMovingAverage',
      'single/ExponentialMovingAverage',
      'whole/ExponentialMovingAverage',
    ])
    await new Saver(names, { fs: files() }).restore('m')
    expect(hexed(store.trainableVariables())).toEqual(expected.averages)
  })

  test.each([
    { rows: 1, columns: 5 },
    { rows: 2, columns: 1 },
    { rows: 7, columns: 3 },
  ])('restore into variables of $rows and $columns parts', async (cut) => {
    const { store, rows, columns } = model(cut)
    const ema = new ExponentialMovingAverage(store, { decay: 0.75 })
    ema.apply()
    await new Saver(ema.variablesToRestore(undefined, { joinParts: true }), { fs: files() }).restore('m')
    expect(Buffer.from(bytesOf(rows.read()))).toEqual(await averageOf('rows'))
    expect(Buffer.from(bytesOf(columns.read()))).toEqual(await averageOf('columns'))
    expect(ema.average(rows)?.read()).toEqual(zeros([7, 2]))
    await new Saver(store, { fs: files() }).restore('m')
    expect(Buffer.from(bytesOf((ema.average(rows) as PartitionedVariable).read()))).toEqual(await averageOf('rows'))
    // Under the names of the parts, as TensorFlow has it, there is nothing.
    const literal = new Saver(ema.variablesToRestore(), { fs: files() }).restore('m')
    await expect(literal).rejects.toThrow(/Key columns\/part_0\/ExponentialMovingAverage not found in checkpoint/)
  })
})

describe('ExponentialMovingAverage.variablesToRestore() with joinParts', () => {
  test('gives partitioned variables without averages under their own names', () => {
    const { store, rows, whole } = model()
    const other = store.getPartitionedVariable('other', { shape: [2], numShards: 2, trainable: false })
    const ema = new ExponentialMovingAverage(store, { decay: 0.75, name: 'slow' })
    ema.apply([whole])
    const names = ema.variablesToRestore([rows, whole], { joinParts: true })
    expect(names.get('rows/slow')).toEqual(rows.parts)
    expect(names.get('whole/slow')).toBe(whole)
    expect(names.get('other')).toEqual(other.parts)
    expect([...names.keys()].sort()).toEqual(['columns', 'other', 'rows/slow', 'single', 'whole/slow'])
    expect(ema.variablesToRestore([rows, whole], { joinParts: false })).toEqual(
      ema.variablesToRestore([...rows, whole]),
    )
  })

  test('refuses a whole that has the name of a variable', () => {
    const store = new VariableStore()
    store.getPartitionedVariable('p', { shape: [2], numShards: 2 })
    store.variable(zeros([]), { name: 'p', trainable: false })
    const ema = new ExponentialMovingAverage(store, { decay: 0.75 })
    expect(attempt(() => ema.variablesToRestore([], { joinParts: true }))).toEqual([
      'ValueError',
      'At least two variables have the same name: p',
    ])
  })
})

test('A model of partitioned variables is saved as TensorFlow saves it, the .meta too', async () => {
  const fs = files('saved')
  const { store } = model()
  const saver = new Saver(store, { fs })
  await saver.restore('m')
  await saver.save('again', { writeState: false })
  for (const suffix of ['meta', 'index', 'data-00000-of-00001']) expectSame(fs, `again.${suffix}`, `m.${suffix}`)
})

test('Averages of partitioned variables are saved as TensorFlow saves them', async () => {
  const fs = files()
  const { store } = model()
  new ExponentialMovingAverage(store, { decay: 0.75 }).apply()
  const saver = new Saver(store, { fs })
  await saver.restore('m')
  expect(hexed(store.trainableVariables())).toEqual(expected.raw)
  await saver.save('again', { writeState: false, writeMetaGraph: false })
  for (const suffix of ['index', 'data-00000-of-00001']) expectSame(fs, `again.${suffix}`, `m.${suffix}`)
})

test('initFromCheckpoint() gives averages to partitioned variables, by object and by name', async () => {
  const { store, rows, columns } = model({ rows: 2, columns: 4 })
  const map = { 'rows/ExponentialMovingAverage': rows, 'columns/ExponentialMovingAverage': 'columns' }
  await initFromCheckpoint('m', map, store, { fs: files() })
  expect(Buffer.from(bytesOf(rows.read()))).toEqual(await averageOf('rows'))
  expect(Buffer.from(bytesOf(columns.read()))).toEqual(await averageOf('columns'))
})

describe('A meta graph with partitioned variables', () => {
  test('gives their parts, and a Saver that restores and saves them', async () => {
    const fs = files()
    const { variables, saver } = await importMetaGraph('m.meta', { fs })
    const part = variables.get('rows/part_1')
    expect(part?.saveSliceInfo).toEqual({
      fullName: 'rows',
      fullShape: [7, 2],
      slice: [
        [3, 2],
        [0, 2],
      ],
    })
    await saver?.restore('m')
    expect(hexed(variables.trainableVariables())).toEqual(expected.raw)
    const averages = Object.entries(expected.names).map(([name, average]) => [average, expected.averages[name]])
    const shadows = Object.values(expected.names).map((name) => variables.get(name) as Variable)
    expect(hexed(shadows)).toEqual(Object.fromEntries(averages))
    await saver?.save('again', { writeMetaGraph: false, writeState: false })
    for (const suffix of ['index', 'data-00000-of-00001']) expectSame(fs, `again.${suffix}`, `m.${suffix}`)
  })

  test('takes values by the names of the wholes', async () => {
    const fs = files()
    const { variables } = await importMetaGraph('m.meta', { fs })
    const reader = await CheckpointReader.open('m', { fs })
    const values = []
    for await (const one of reader.tensors()) values.push(one)
    await reader.close()
    expect(variables.load(values).unused).toEqual([])
    expect(hexed(variables.trainableVariables())).toEqual(expected.raw)
  })

  test('is imported under a scope, and restores under the names of the file', async () => {
    const { variables, saver } = await importMetaGraph('m.meta', { fs: files(), importScope: 'sc' })
    expect(variables.get('sc/rows/part_0')?.saveSliceInfo?.fullName).toBe('sc/rows')
    await saver?.restore('m')
    const found = Object.entries(hexed(variables.trainableVariables()))
    expect(Object.fromEntries(found.map(([name, hex]) => [name.slice(3), hex]))).toEqual(expected.raw)
  })

  test('freezes to the bytes of TensorFlow, with the averages too', async () => {
    const fs = files()
    for (const [movingAverages, file] of [
      [false, 'from-meta.pb'],
      [true, 'averaged.pb'],
    ] as const) {
      const frozen = await freezeGraph('m.meta', 'm', expected.outputs, { fs, movingAverages })
      expect(encode(frozen).equals(fs.files.get(file) as Uint8Array)).toBe(true)
    }
  })

  test('says of its parts where they lie without a Saver too', async () => {
    const fs = files()
    const meta = parseMessageOf('MetaGraphDef', fs.files.get('m.meta') as Uint8Array)
    meta.saverDef = null
    const frozen = await freezeGraph(meta, 'm', expected.outputs, { fs })
    expect(encode(frozen).equals(fs.files.get('from-meta.pb') as Uint8Array)).toBe(true)
  })

  test('is loaded from its directory, and its variables become constants', async () => {
    const fs = new MemoryFileSystem()
    for (const [name, bytes] of files().files) fs.files.set(`dir/${name}`, bytes)
    await updateCheckpointState('dir', 'dir/m', { fs })
    const { graph, variables } = await loadModel('dir', { fs })
    const frozen = convertVariablesToConstants(graph.asGraphDef(), variables, expected.outputs)
    expect(encode(frozen).equals(fs.files.get('dir/frozen.pb') as Uint8Array)).toBe(true)
  })

  test('has a value where its parts are joined', async () => {
    const { graph, variables, saver } = await importMetaGraph('m.meta', { fs: files() })
    await saver?.restore('m')
    const { rows, columns, store } = model({ rows: 1, columns: 1 })
    await new Saver(store, { fs: files() }).restore('m')
    expect(evaluate('rows_out:0', { graph, variables })).toEqual(rows.read())
    expect(evaluate('columns_out:0', { graph, variables })).toEqual(columns.read())
  })

  test('frozen has constants for the parts', async () => {
    const values = frozenVariables(await readGraphDef('averaged.pb', { fs: files() }))
    const found = [...values].map(([name, value]) => [name, Buffer.from(bytesOf(value)).toString('hex')] as const)
    expect(Object.fromEntries(found)).toEqual(expected.averages)
  })
})
