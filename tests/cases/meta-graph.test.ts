/**
 * The cases of area meta-graph: what is in a .meta, what comes back out of one, parts of graphs.
 */
import { describe, expect } from 'vitest'
import type { Logger } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { evaluate } from '../../src/graph/evaluate'
import { Graph, type Operation, type Tensor } from '../../src/graph/graph'
import { graphOf } from '../../src/graph/store-graph'
import { printMessage } from '../../src/proto/message-text'
import { type CollectionDef, decodeMessage, encodeMessage, type SaverDef, tensorflow } from '../../src/proto/messages'
import { array, toNested } from '../../src/tensor/convert'
import { exportMetaGraph } from '../../src/train/export-meta-graph'
import { importMetaGraph } from '../../src/train/import-meta-graph'
import { Saver } from '../../src/train/saver'
import { type Variable } from '../../src/variables/variable'
import { storeInternals, VariableStore } from '../../src/variables/variable-store'
import { errorOf, hex } from '../helpers/bundle'
import { addBinary, addConstant, addOp, metaGraphOf, namesOf, nodesOf } from '../helpers/graph'
import { oracleTest } from '../oracle/cases'

/** Where nothing is printed. */
const QUIET: Logger = {}

/** A store with one variable v, and its graph. */
function one(value = array([1])): { store: VariableStore; graph: Graph; v: Variable } {
  const store = new VariableStore()
  const v = store.variable(value, { name: 'v' })
  return { store, graph: graphOf(store), v }
}

/** The kind of a CollectionDef as Python calls it, and its items. */
function listOf(def: CollectionDef | undefined): [string, unknown[]] {
  if (def?.nodeList) return ['node_list', def.nodeList.value]
  if (def?.bytesList) return ['bytes_list', def.bytesList.value.map((bytes) => new TextDecoder().decode(bytes))]
  if (def?.int64List) return ['int64_list', def.int64List.value.map(Number)]
  return ['float_list', def?.floatList?.value ?? []]
}

/** [class, text], or what comes of it: "no error" and null. */
async function answer(call: () => Promise<unknown>): Promise<[string, string | null]> {
  try {
    await call()
    return ['no error', null]
  } catch (error) {
    const { name, message } = error as Error
    return [name, message]
  }
}

function texts(items: readonly unknown[]): string[] {
  return items.map((item) => new TextDecoder().decode(item as Uint8Array))
}

describe('what is in a .meta', () => {
  oracleTest<Record<string, unknown>>('meta-contents', async ({ result }) => {
    const { store, graph } = one()
    graph.addToCollection('strs', 'a')
    graph.addToCollection('ints', 3)
    graph.addToCollection('floats', 1.5)
    graph.addToCollection('nodes', graph.getOperationByName('v'))
    graph.addToCollection('tensors', graph.getTensorByName('v/read:0'))
    graph.addToCollection('mixed', 'a')
    graph.addToCollection('mixed', 2)
    const fs = new MemoryFileSystem()
    const warnings: string[] = []
    await new Saver(store, { fs, logger: { warn: (message) => warnings.push(message.slice(0, 60)) } }).save('m')
    const { metaInfoDef, graphDef, saverDef, collectionDef } = metaGraphOf(fs.files.get('m.meta'))
    const isOfVariables = (key: string): boolean => key.endsWith('variables')
    expect({
      collections: Object.fromEntries(
        Object.keys(collectionDef).map((key) => {
          const [kind, items] = listOf(collectionDef[key])
          return [key, [kind, isOfVariables(key) ? items.length : items]]
        }),
      ),
      // Python's str() of a message prints whole floats without ".0", and text_format with it.
      saver: printMessage('tensorflow.SaverDef', saverDef as SaverDef).replace('10000.0', '10000'),
      ops: metaInfoDef?.strippedOpList?.op.map(({ name }) => name),
      tags: metaInfoDef?.tags,
      stripped: metaInfoDef?.strippedDefaultAttrs,
      version_set: metaInfoDef?.tensorflowVersion !== '',
      node_attr: Object.keys(graphDef?.node[0]?.attr ?? {}).sort(),
      warnings,
    }).toEqual(result)
  })

  oracleTest('meta-variable-def', async ({ result }) => {
    const { store, graph } = one()
    store.variable(array([1]), { name: 'r', useResource: true })
    store.variable(array(1, 'int32'), { name: 'n', trainable: false })
    for (const [name, offset] of [
      ['p/part_0', 0],
      ['p/part_1', 2],
    ] as const) {
      const saveSliceInfo = { fullName: 'p', fullShape: [4], slice: [[offset, 2]] as const }
      const parts = { name, dtype: 'float32', shape: [2], trainable: true, useResource: false, saveSliceInfo } as const
      const part = storeInternals.adopt(store, parts, {
        initialValue: `${name}/PartitionedInitializer/Slice`,
        initializer: `${name}/Assign`,
        snapshot: `${name}/read`,
        isInitialized: undefined,
      })
      for (const key of ['variables', 'trainable_variables']) store.addToCollection(key, part)
    }
    const { collectionDef } = await exportMetaGraph({ graph })
    const printed = (key: string): string[] =>
      (collectionDef[key]?.bytesList?.value ?? []).map((bytes) =>
        printMessage('tensorflow.VariableDef', decodeMessage(tensorflow.VariableDef, bytes, 'VariableDef')),
      )
    expect({ variables: printed('variables'), trainable_variables: printed('trainable_variables') }).toEqual(result)
  })

  oracleTest('meta-collection-list', async ({ result }) => {
    const { store, graph } = one()
    graph.addToCollection('a', 1)
    graph.addToCollection('b', 2)
    const { collectionDef } = await new Saver(store).exportMetaGraph({ collectionList: ['a', 'zz'] })
    expect(Object.keys(collectionDef)).toEqual(result)
  })

  oracleTest<[boolean, string[]]>('meta-empty-saver', async ({ result }) => {
    const store = new VariableStore()
    addConstant(graphOf(store), 'c', array(1))
    const fs = new MemoryFileSystem()
    expect(await new Saver(store, { fs, allowEmpty: true }).save('m')).toBe('')
    const meta = metaGraphOf(fs.files.get('m.meta'))
    // "init" is what the case's session ran.
    expect([Boolean(meta.saverDef), [...nodesOf(meta.graphDef).map(([name]) => name), 'init']]).toEqual(result)
  })

  oracleTest('meta-deterministic-bytes', async ({ result }) => {
    const { store, graph } = one()
    graph.addToCollection('b', 1)
    graph.addToCollection('a', 1)
    const fs = new MemoryFileSystem()
    const saver = new Saver(store, { fs })
    await saver.exportMetaGraph({ filename: 'x', fs })
    await saver.exportMetaGraph({ filename: 'y', fs })
    const [x, y] = [fs.files.get('x'), fs.files.get('y')]
    const again = encodeMessage(tensorflow.MetaGraphDef, metaGraphOf(x), 'MetaGraphDef')
    expect([hex(x) === hex(y), hex(x) === hex(again)]).toEqual(result)
  })

  oracleTest<[string, string][]>('meta-bad-arguments', async ({ result }) => {
    const { graph } = one()
    // graph_def and meta_info_def are no options here. TensorFlow's word for the graph is that of an attribute it misses.
    expect(await errorOf(() => exportMetaGraph({ graph, saverDef: 'x' as unknown as SaverDef }))).toEqual(result[1])
    expect(await errorOf(() => exportMetaGraph({ graph: 'x' as unknown as Graph }))).toEqual([
      'TypeError',
      "graph must be of type Graph. Received type: <class 'str'>.",
    ])
  })
})

describe('what comes back', () => {
  oracleTest('meta-import-basic', async ({ result }) => {
    const { store, graph } = one(array([1, 2]))
    store.variable(array(3, 'int32'), { name: 'n', trainable: false })
    const added = addBinary(
      graph,
      'AddV2',
      'add',
      graph.getTensorByName('v/read:0'),
      addConstant(graph, 'add/y', array(1)),
    )
    graph.addToCollection('out', added)
    const fs = new MemoryFileSystem()
    await new Saver(store, { fs, maxToKeep: 3 }).save('m')

    const imported = await importMetaGraph('m.meta', { fs, logger: QUIET })
    const { variables, saver } = imported
    await saver?.restore('m')
    const global = variables.globalVariables()
    const kinds: Record<string, string> = { VariableV2: 'RefVariable', VarHandleOp: 'ResourceVariable' }
    const [out] = imported.graph.getCollection('out') as Tensor[]
    const [x, y] = (out?.op.inputs ?? []).map((tensor) => evaluate(tensor, imported).data as Float32Array)
    expect([
      global.map(({ op, trainable }) => [op.name, kinds[op.type], trainable]),
      variables.trainableVariables().map(({ op }) => op.name),
      global.map((variable) => toNested(variable.read())),
      [...(x ?? [])].map((value) => value + (y?.[0] ?? NaN)),
      saver?.asSaverDef().maxToKeep,
      saver?.lastCheckpoints,
      global[0] === variables.trainableVariables()[0],
    ]).toEqual(result)
  })

  oracleTest<unknown[]>('meta-import-scope', async ({ result }) => {
    const { store, graph } = one(array([1, 2]))
    const added = addBinary(
      graph,
      'AddV2',
      'add',
      graph.getTensorByName('v/read:0'),
      addConstant(graph, 'add/y', array(1)),
    )
    graph.addToCollection('t', added)
    graph.addToCollection('s', 'text')
    graph.addToCollection('i', 4)
    const fs = new MemoryFileSystem()
    await new Saver(store, { fs }).save('m')

    const imported = await importMetaGraph('m.meta', { fs, importScope: 'sc' })
    await imported.saver?.restore('m')
    const def = imported.saver?.asSaverDef()
    const [variable] = imported.variables.globalVariables()
    expect([
      imported.variables.globalVariables().map(({ op }) => op.name),
      (imported.graph.getCollection('t')[0] as Tensor).name,
      texts(imported.graph.getCollection('s')),
      imported.graph.getCollection('i'),
      def?.filenameTensorName,
      def?.saveTensorName,
      def?.restoreOpName,
      variable && toNested(variable.read()),
      imported.graph.getAllCollectionKeys().sort(),
    ]).toEqual(result)
  })

  oracleTest('meta-import-name-collision', async ({ result }) => {
    const { store } = one()
    const fs = new MemoryFileSystem()
    await new Saver(store, { fs }).save('m')
    const graph = new Graph()
    addConstant(graph, 'v', array(9))
    // In TensorFlow the variable silently is the constant.
    expect((result as string[])[0]).toBe('ok')
    const [name, message] = await errorOf(() => importMetaGraph('m.meta', { fs, graph }))
    expect([name, message]).toEqual([
      'ValueError',
      expect.stringMatching(/^Cannot import v:0: the graph has a node v already/),
    ])
    expect([namesOf(graph), graph.getAllCollectionKeys()]).toEqual([['v'], []])
    // The name that the file's node would have had is free again.
    expect(graph.uniqueName('v/Assign')).toBe('v/Assign')
  })

  oracleTest('meta-import-file-errors', async ({ result }) => {
    const fs = new MemoryFileSystem()
    fs.files.set('t.meta', new TextEncoder().encode('hello: 1'))
    fs.files.set('e.meta', new Uint8Array())
    await fs.mkdir('d')
    const paths = ['no.meta', 't.meta', 'd', 'e.meta']
    const answers = await Promise.all(paths.map((path) => answer(() => importMetaGraph(path, { fs, logger: QUIET }))))
    // What is there instead stands behind.
    answers[0] = [answers[0]?.[0] as string, answers[0]?.[1]?.replace(/ There is .*$/, '') as string]
    expect(answers).toEqual(result)
    expect((await importMetaGraph('e.meta', { fs, logger: QUIET })).saver).toBe(undefined)
  })

  oracleTest('meta-import-clear-devices', async ({ result }) => {
    const store = new VariableStore()
    store.variable(array(1), { name: 'v', device: '/cpu:0' })
    const fs = new MemoryFileSystem()
    await exportMetaGraph({ filename: 'm', variables: store, fs })
    const device = async (clearDevices: boolean): Promise<string> => {
      const { graph } = await importMetaGraph('m', { fs, clearDevices })
      return graph.getOperationByName('v').device
    }
    expect([await device(false), await device(true)]).toEqual(result)
  })

  oracleTest('meta-import-input-map', async ({ result }) => {
    const { store, graph } = one(array(2))
    const x = addOp(graph, 'Placeholder', 'x', [], { dtype: { type: 1 }, shape: { shape: {} } }).outputs[0] as Tensor
    addBinary(graph, 'Mul', 'y', x, graph.getTensorByName('v/read:0'))
    const fs = new MemoryFileSystem()
    await new Saver(store, { fs }).save('m')

    const target = new Graph()
    const c = addConstant(target, 'c', array(10))
    const { variables, saver } = await importMetaGraph('m.meta', { fs, graph: target, inputMap: { x: c } })
    await saver?.restore('m')
    const y = target.getOperationByName('y')
    const factors = y.inputs.map((tensor) => Number(evaluate(tensor, { graph: target, variables }).data[0]))
    expect(factors.reduce((a, b) => a * b)).toBe(result)
    expect(y.inputs[0]).toBe(c)
  })

  oracleTest('meta-import-then-saver-collections', async ({ result }) => {
    const { store, graph } = one(array(1))
    const fs = new MemoryFileSystem()
    const saver = new Saver(store, { fs })
    graph.addToCollection('savers', saver)
    await saver.save('m')
    const imported = await importMetaGraph('m.meta', { fs, importScope: 'z' })
    const [item] = imported.graph.getCollection('savers') as [Saver]
    expect([item instanceof Saver ? 'Saver' : '', item.asSaverDef().restoreOpName]).toEqual(result)
    // It restores by the keys of the file.
    await item.restore('m')
    expect(imported.variables.get('z/v')?.read().data[0]).toBe(1)
  })
})

describe('a part of a graph', () => {
  oracleTest('meta-export-scope', async ({ result }) => {
    const store = new VariableStore()
    const graph = graphOf(store)
    const c = addConstant(graph, 'c', array(5))
    store.nameScope('in', () => store.variable(array(2), { name: 'v' }))
    const y = addBinary(graph, 'AddV2', 'in/y', graph.getTensorByName('in/v/read:0'), c)
    store.variable(array(1), { name: 'w' })
    graph.addToCollection('k', y)
    graph.addToCollection('k', c)
    const { graphDef, collectionDef } = await exportMetaGraph({ graph, exportScope: 'in' })
    const collections = Object.keys(collectionDef).map((key): [string, unknown] => {
      const [kind, items] = listOf(collectionDef[key])
      if (key === 'unbound_inputs')
        return [key, items.map((text) => ({ hex: Buffer.from(String(text)).toString('hex') }))]
      return [key, kind === 'bytes_list' ? items.length : items]
    })
    expect([nodesOf(graphDef), Object.fromEntries(collections), graph.getCollection('unbound_inputs')]).toEqual(result)
  })

  oracleTest('meta-export-scope-is-a-prefix', async ({ result }) => {
    const graph = new Graph()
    const x = addConstant(graph, 'a/x', array(1))
    addBinary(graph, 'AddV2', 'ab/y', x, addConstant(graph, 'ab/y/y', array(1)))
    expect(nodesOf((await exportMetaGraph({ graph, exportScope: 'a' })).graphDef)).toEqual(result)
  })

  oracleTest<[unknown, unknown, string[], number]>('meta-import-unbound', async ({ result }) => {
    const source = new Graph()
    const c = addConstant(source, 'c', array(5))
    addBinary(source, 'AddV2', 'in/y', c, addConstant(source, 'in/y/y', array(1)))
    const fs = new MemoryFileSystem()
    await exportMetaGraph({ graph: source, filename: 'm', exportScope: 'in', fs })

    const graph = new Graph()
    const d = addConstant(graph, 'd', array(7))
    const refused = await answer(() => importMetaGraph('m', { fs, graph, logger: QUIET }))
    const inputMap = { $unbound_inputs_c: d }
    const taken = await answer(() => importMetaGraph('m', { fs, graph, importScope: 'q', inputMap, logger: QUIET }))
    const inputs = (graph.asGraphElement('q/y') as Operation).inputs
    const sum = inputs.map((tensor) => Number(evaluate(tensor, { graph }).data[0])).reduce((a, b) => a + b)
    expect([refused, taken, namesOf(graph), sum]).toEqual(result)
  })
})
