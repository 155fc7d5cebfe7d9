/**
 * Meta graphs imported and exported again: byte for byte what TensorFlow makes of them, in one direction and back; whole or
 * not at all.
 */
import { describe, expect, test } from 'vitest'
import type { Logger } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { Graph, graphInternals, type Operation, type Tensor } from '../../src/graph/graph'
import { graphOf, storeForGraph } from '../../src/graph/store-graph'
import { encodeMessage, google, type IMetaGraphDef, type MetaGraphDef, tensorflow } from '../../src/proto/messages'
import { printMessage } from '../../src/proto/message-text'
import { array } from '../../src/tensor/convert'
import { CollectionMessage } from '../../src/train/collection-protos'
import { exportMetaGraph, type ExportMetaGraphOptions } from '../../src/train/export-meta-graph'
import { saysTrainable } from '../../src/train/import-collections'
import { importMetaGraph, type ImportMetaGraphOptions } from '../../src/train/import-meta-graph'
import { Saver } from '../../src/train/saver'
import { Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, hex } from '../helpers/bundle'
import { addConstant, metaGraphOf, namesOf } from '../helpers/graph'
import { graphFile, graphsWith } from '../oracle/golden-graphs'
import { META_GOLDEN, metaBytes, type PythonExport, type PythonImport } from '../oracle/golden-meta'

/** Where nothing is printed. */
const logger: Logger = {}
const SOURCE = metaBytes(META_GOLDEN.source)

function importOptions({ import_scope, clear_devices }: PythonImport): ImportMetaGraphOptions {
  return {
    logger,
    ...(import_scope === undefined ? {} : { importScope: import_scope }),
    ...(clear_devices === undefined ? {} : { clearDevices: clear_devices }),
  }
}

function exportOptions(options: PythonExport): ExportMetaGraphOptions {
  return {
    logger,
    ...(options.clear_devices === undefined ? {} : { clearDevices: options.clear_devices }),
    ...(options.strip_default_attrs === undefined ? {} : { stripDefaultAttrs: options.strip_default_attrs }),
    ...(options.clear_extraneous_savers === undefined
      ? {}
      : { clearExtraneousSavers: options.clear_extraneous_savers }),
    ...(options.export_scope === undefined ? {} : { exportScope: options.export_scope }),
    ...(options.collection_list === undefined ? {} : { collectionList: options.collection_list }),
  }
}

function encode(metaGraphDef: IMetaGraphDef): Uint8Array {
  return encodeMessage(tensorflow.MetaGraphDef, metaGraphDef, 'MetaGraphDef')
}

/** Says what differs before it says that bytes do. */
function expectSameMeta(found: MetaGraphDef, expected: Uint8Array): void {
  const bytes = encode(found)
  if (hex(bytes) === hex(expected)) return
  const text = (meta: Uint8Array): string[] => printMessage('tensorflow.MetaGraphDef', metaGraphOf(meta)).split('\n')
  expect(text(bytes)).toEqual(text(expected))
  expect(hex(bytes)).toBe(hex(expected))
}

describe('imported and exported as TensorFlow does', () => {
  test.each(META_GOLDEN.exports)('%j, %j', async (imported, exported, expected, unbound) => {
    const { graph, saver } = await importMetaGraph(SOURCE, importOptions(imported))
    const saverDef = exported.saver === true ? { saverDef: (saver as Saver).asSaverDef() } : {}
    const meta = await exportMetaGraph({ ...exportOptions(exported), ...saverDef, graph })
    const wanted = metaGraphOf(metaBytes(expected))
    // TensorFlow leaves the names in inner contexts as they are; see the next test.
    if (exported.export_scope !== undefined)
      for (const one of [meta, wanted]) leaveOut(one, 'cond_context', 'while_context')
    expectSameMeta(meta, encode(wanted))
    expect(graph.getCollection('unbound_inputs')).toEqual(unbound)
  })

  function leaveOut({ collectionDef }: MetaGraphDef, ...keys: string[]): void {
    for (const key of keys) delete collectionDef[key]
  }

  test('of a part, the names in inner contexts are cut too: TensorFlow cannot import what it exports then', async () => {
    const { graph } = await importMetaGraph(SOURCE, { importScope: 'sc', logger })
    const part = await exportMetaGraph({ graph, exportScope: 'sc', logger })
    const source = metaGraphOf(SOURCE).collectionDef
    for (const key of ['cond_context', 'while_context']) {
      const contexts = (defs: MetaGraphDef['collectionDef']): string[] => (defs[key]?.bytesList?.value ?? []).map(hex)
      expect(contexts(part.collectionDef)).toEqual(contexts(source))
      expect(contexts(source)).not.toEqual([])
    }
  })

  const again = (part: 'metaAgain' | 'metaScoped' | 'metaCleared'): string[] => graphsWith(part).map(([name]) => name)

  async function reexported(name: string, options: ImportMetaGraphOptions): Promise<MetaGraphDef> {
    const source = metaGraphOf(graphFile(name, 'meta'))
    const graph = new Graph()
    const imported = await importMetaGraph(source, { ...options, graph, inputMap: givenInputs(source, graph), logger })
    return imported.saver === undefined
      ? exportMetaGraph({ graph, logger })
      : imported.saver.exportMetaGraph({ logger })
  }

  /** TensorFlow looks into functions to tell the shapes of what they give. Here they are what the file says. */
  function withoutShapesOfCalls(meta: MetaGraphDef): MetaGraphDef {
    for (const { op, attr } of meta.graphDef?.node ?? [])
      if (op.endsWith('PartitionedCall')) delete attr['_output_shapes']
    return meta
  }

  function expectSame(name: string, found: MetaGraphDef, expected: Uint8Array): void {
    if (name !== 'tf_functions') expectSameMeta(found, expected)
    else expectSameMeta(withoutShapesOfCalls(found), encode(withoutShapesOfCalls(metaGraphOf(expected))))
  }

  test.each(again('metaAgain'))('the golden %s', async (name) => {
    expectSame(name, await reexported(name, {}), graphFile(name, 'metaAgain'))
  })

  test.each(again('metaScoped'))('the golden %s, in a scope', async (name) => {
    expectSame(name, await reexported(name, { importScope: 'imp' }), graphFile(name, 'metaScoped'))
  })

  test.each(again('metaCleared'))('the golden %s, without devices', async (name) => {
    expectSameMeta(await reexported(name, { clearDevices: true }), graphFile(name, 'metaCleared'))
  })
})

/** Placeholders for the inputs that a part of a graph lacks, as make_graphs_golden.py gives them. */
function givenInputs({ collectionDef }: MetaGraphDef, graph: Graph): Map<string, Tensor> {
  const texts = collectionDef['unbound_inputs']?.bytesList?.value ?? []
  const names = texts.map((bytes) => new TextDecoder().decode(bytes))
  return new Map(names.map((name) => [name, placeholder(graph)]))
}

function placeholder(graph: Graph): Tensor {
  const attr = { dtype: { type: 1 }, shape: { shape: { dim: [{ size: 2 }] } } }
  const name = graph.uniqueName('given')
  return graphInternals.addOperation(graph, { type: 'Placeholder', name, attr }).outputs[0] as Tensor
}

describe('the items of collections', () => {
  /** In the form of the golden. */
  function plain(item: unknown): unknown {
    if (item instanceof Uint8Array) return { hex: hex(item) }
    if (item instanceof google.protobuf.Any) return [item.typeUrl, hex(item.value)]
    if (item instanceof Saver) {
      const { filenameTensorName, saveTensorName, restoreOpName } = item.asSaverDef()
      return [filenameTensorName, saveTensorName, restoreOpName]
    }
    if (typeof item === 'bigint') return { int: String(item) }
    if (item instanceof CollectionMessage) return item.name
    return typeof item === 'number' ? item : (item as { name: string }).name
  }

  test.each(META_GOLDEN.items)('%j', async (imported, expected) => {
    const { graph } = await importMetaGraph(SOURCE, importOptions(imported))
    const found = graph.getAllCollectionKeys().map((key) => [key, graph.getCollection(key).map(plain)])
    const integers = (expected['ints'] as { int: string }[]).map(({ int }) =>
      Number.isSafeInteger(Number(int)) ? Number(int) : { int },
    )
    expect(Object.fromEntries(found)).toEqual({ ...expected, ints: integers })
  })

  test('a variable is one object in all collections, and the one of the store', async () => {
    const { graph, variables } = await importMetaGraph(SOURCE, { logger })
    const [step] = graph.getCollection('global_step')
    expect(step).toBeInstanceOf(Variable)
    expect(graph.getCollection('variables')).toContain(step)
    expect(variables.get('n')).toBe(step)
    expect([...variables].map((one) => [one.name, one.initialized])).toEqual([
      ['in/v:0', false],
      ['in/r:0', false],
      ['n:0', false],
      ['local:0', false],
    ])
  })

  test.each(META_GOLDEN.versions)('whether release %j says what is trainable: %s', (version, expected) => {
    expect(saysTrainable(version)).toBe(expected)
  })

  test('variables of old files are trainable where their collection says so', async () => {
    const meta = metaGraphOf(SOURCE)
    if (meta.metaInfoDef) meta.metaInfoDef.tensorflowVersion = '1.4.0'
    const { variables } = await importMetaGraph(meta, { logger })
    expect([...variables].map(({ name, trainable }) => [name, trainable])).toEqual([
      ['in/v:0', true],
      ['in/r:0', true],
      ['n:0', false],
      ['local:0', false],
    ])
  })

  test('lists of names where messages are expected, and lists of nothing, are told of', async () => {
    const meta = metaGraphOf(SOURCE)
    Object.assign(meta.collectionDef, { model_variables: { nodeList: { value: ['c'] } }, nothing: {} })
    const messages: string[] = []
    const log = { warn: (text: string) => messages.push(text), error: (text: string) => messages.push(text) }
    const { graph } = await importMetaGraph(encode(meta), { logger: log })
    expect((graph.getCollection('model_variables')[0] as Operation).name).toBe('c')
    expect(messages).toEqual([
      "The saved meta_graph is possibly from an older release:\n'model_variables' collection should be of type 'byte_list', but instead is of type 'node_list'.",
      'Cannot identify data type for collection nothing. Skipping.',
    ])
  })

  test('a variable of no known shape is left out, which is told of', async () => {
    const meta = metaGraphOf(metaBytes(META_GOLDEN.small))
    const v = meta.graphDef?.node.find(({ name }) => name === 'v')
    if (v) Object.assign(v.attr, { shape: { shape: { unknownRank: true } } })
    const warnings: string[] = []
    const imported = await importMetaGraph(meta, { logger: { warn: (text) => warnings.push(text) } })
    expect([...imported.variables]).toEqual([])
    expect(imported.graph.getCollection('variables')).toEqual([])
    expect(imported.saver).toBe(undefined)
    expect(warnings).toEqual([expect.stringMatching(/^v:0 is left out: /)])
  })

  test('texts that are no UTF-8 are no names: no scope is put in front', async () => {
    const meta = encode({ collectionDef: { k: { bytesList: { value: [Uint8Array.of(0xff), Uint8Array.of(97)] } } } })
    const { graph } = await importMetaGraph(meta, { importScope: 'sc', logger })
    expect(graph.getCollection('k')).toEqual([Uint8Array.of(0xff), new TextEncoder().encode('sc/a')])
  })

  test('floats stay floats when they are exported again, and new ones join them', async () => {
    const { graph } = await importMetaGraph(SOURCE, { logger })
    graph.addToCollection('floats', 3)
    const { collectionDef } = await exportMetaGraph({ graph, logger })
    expect(collectionDef['floats']?.floatList?.value).toEqual([1, 2, 3])
  })

  test('keys that are names of properties are keys', async () => {
    const collectionDef = Object.fromEntries([
      ['__proto__', { int64List: { value: [1] } }],
      ['constructor', { int64List: { value: [2] } }],
    ])
    const { graph } = await importMetaGraph(encode({ collectionDef }), { logger })
    expect(graph.getAllCollectionKeys()).toEqual(['__proto__', 'constructor'])
    const meta = await exportMetaGraph({ graph, logger })
    expect(Object.keys(meta.collectionDef)).toEqual(['__proto__', 'constructor'])
  })
})

describe('all or nothing', () => {
  test.each(META_GOLDEN.refused)('%s', async (_, base64, options, errorClass, message) => {
    const store = new VariableStore()
    store.variable(array(1), { name: 'mine' })
    const before = hex(encode(await exportMetaGraph({ variables: store })))
    const found = await errorOf(() =>
      importMetaGraph(metaBytes(base64), { ...importOptions(options), variables: store }),
    )
    expect([found[0], found[1].slice(0, message.length)]).toEqual([errorClass, message])
    expect(hex(encode(await exportMetaGraph({ variables: store })))).toBe(before)
    expect([...store].map(({ name }) => name)).toEqual(['mine:0'])
    expect(store.variable(array(1), { name: 'v' }).name).toBe('v:0')
  })

  test('an input map of nothing, which TensorFlow finds when the nodes are there', async () => {
    const graph = new Graph()
    const c = addConstant(graph, 'mine', array(1))
    const error = await errorOf(() => importMetaGraph(SOURCE, { graph, inputMap: { nope: c }, logger }))
    expect(error).toEqual(['ValueError', 'Attempted to map inputs that were not found in graph_def: [nope:0]'])
    expect([namesOf(graph), graph.getAllCollectionKeys()]).toEqual([['mine'], []])
  })

  test('a Saver whose nodes contradict themselves', async () => {
    const meta = metaGraphOf(SOURCE)
    const names = meta.graphDef?.node.find(({ name }) => name === 'save/RestoreV2/tensor_names')
    const others = meta.graphDef?.node.find(({ name }) => name === 'in/save/RestoreV2/tensor_names')
    if (names && others) names.attr = others.attr
    const store = new VariableStore()
    const [name] = await errorOf(() => importMetaGraph(encode(meta), { variables: store, logger }))
    expect(name).toBe('InvalidArgumentError')
    expect([...store]).toEqual([])
    expect([namesOf(graphOf(store)), graphOf(store).getAllCollectionKeys()]).toEqual([[], []])
  })
})

describe('into a graph that is there', () => {
  test('under a scope, made unique', async () => {
    const store = new VariableStore()
    const v = store.variable(array(7), { name: 'in/v' })
    await importMetaGraph(SOURCE, { variables: store, importScope: 'sc', logger })
    const second = await importMetaGraph(SOURCE, { graph: graphOf(store), importScope: 'sc', logger })
    expect(second.variables).toBe(store)
    expect([...store].map(({ name }) => name)).toEqual([
      'in/v:0',
      'sc/in/v:0',
      'sc/in/r:0',
      'sc/n:0',
      'sc/local:0',
      'sc_1/in/v:0',
      'sc_1/in/r:0',
      'sc_1/n:0',
      'sc_1/local:0',
    ])
    expect(second.saver?.asSaverDef().restoreOpName).toBe('sc_1/save/restore_all')
    expect(v.read().data[0]).toBe(7)
  })

  test("where only names clash that nobody asks for, as TensorFlow: the file's node is renamed", async () => {
    const source = new Graph()
    addConstant(source, 'c', array(1))
    const graph = new Graph()
    addConstant(graph, 'c', array(2))
    await importMetaGraph(await exportMetaGraph({ graph: source }), { graph, logger })
    expect(namesOf(graph)).toEqual(['c', 'c_1'])
  })

  test("twice without a scope is an error: TensorFlow's second Saver is the first one's", async () => {
    const { graph, variables } = await importMetaGraph(SOURCE, { logger })
    const before = namesOf(graph)
    const [name, message] = await errorOf(() => importMetaGraph(SOURCE, { graph, logger }))
    expect([name, message]).toEqual(['ValueError', expect.stringContaining('Import under an importScope')])
    expect(namesOf(graph)).toEqual(before)
    expect([...variables]).toHaveLength(4)
  })

  test('what is no graph is refused, as are variables of another graph', async () => {
    expect(await errorOf(() => importMetaGraph(SOURCE, { graph: 'g' as unknown as Graph }))).toEqual([
      'TypeError',
      "graph must be of type Graph. Received type: <class 'str'>.",
    ])
    const options = { graph: new Graph(), variables: new VariableStore(), logger }
    expect((await errorOf(() => importMetaGraph(SOURCE, options)))[0]).toBe('ValueError')
  })

  test('the store belongs to the graph: a new variable takes a name and gets nodes', async () => {
    const { graph, variables } = await importMetaGraph(SOURCE, { logger })
    expect(storeForGraph(graph)).toBe(variables)
    const v = variables.variable(array([1, 2]), { name: 'in/v' })
    expect(v.name).toBe('in/v_1:0')
    expect(graph.getOperationByName('in/v_1/Assign').inputs.map(({ name }) => name)).toEqual([
      'in/v_1:0',
      'in/v_1/initial_value:0',
    ])
    const { saverDef } = await new Saver(variables).exportMetaGraph()
    // As in TensorFlow: an import takes the names of nodes, and not of scopes.
    expect(saverDef?.restoreOpName).toBe('save/restore_all_1')
  })
})

describe('what is given', () => {
  test('a message is not written into', async () => {
    const meta = metaGraphOf(SOURCE)
    const { metaGraphDef } = await importMetaGraph(meta, { clearDevices: true, importScope: 'sc', logger })
    expect(metaGraphDef).toBe(meta)
    expect(hex(encode(meta))).toBe(hex(SOURCE))
  })

  test('a plain object will do', async () => {
    const node = [{ name: 'c', op: 'NoOp' }]
    const { graph } = await importMetaGraph({ graphDef: { node } } as unknown as MetaGraphDef, { logger })
    expect(namesOf(graph)).toEqual(['c'])
  })

  test('elements are given back in the order in which they were asked for', async () => {
    const options = { returnElements: ['in/deep/y:0', 'c'], importScope: 'sc', logger }
    const { elements } = await importMetaGraph(SOURCE, options)
    expect(elements.map(({ name }) => name)).toEqual(['sc/in/deep/y:0', 'sc/c'])
  })

  test('ops that TensorFlow does not have are those of the file', async () => {
    const { graph } = await importMetaGraph(graphFile('custom_op', 'meta'), { logger })
    expect(graph.getOperationByName('custom').outputs.map(({ dtype }) => dtype)).toEqual(['float32', 'int64', 'int64'])
    const meta = await exportMetaGraph({ graph, logger })
    expect(meta.metaInfoDef?.strippedOpList?.op.map(({ name }) => name)).toContain('MyCustomOp')
  })

  test('attributes of later releases are dropped where they say what that release does anyway', async () => {
    const attr = [{ name: 'future', type: 'bool', defaultValue: { b: true } }]
    const meta = {
      metaInfoDef: { strippedOpList: { op: [{ name: 'NoOp', attr }] } },
      graphDef: {
        node: [
          { name: 'a', op: 'NoOp', attr: { future: { b: true } } },
          { name: 'b', op: 'NoOp', attr: { future: { b: false } } },
        ],
      },
    }
    const { graph } = await importMetaGraph(encode(meta), { logger })
    expect(graph.getOperations().map((op) => op.getAttr('future')?.b)).toEqual([undefined, false])
  })

  test('a Saver that names what is not in the graph says so when it is used', async () => {
    const meta = metaGraphOf(SOURCE)
    if (meta.saverDef) meta.saverDef.restoreOpName = 'nope'
    const fs = new MemoryFileSystem()
    const { saver } = await importMetaGraph(meta, { fs, logger })
    const [name, message] = await errorOf(() => (saver as Saver).restore('m'))
    expect([name, message]).toEqual([
      'ValueError',
      expect.stringContaining("The name 'nope' refers to an Operation not in the graph."),
    ])
  })

  test('without a SaverDef, a Saver of all variables; without variables none, which is told of', async () => {
    const meta = metaGraphOf(SOURCE)
    meta.saverDef = null
    const { saver, variables } = await importMetaGraph(meta, { logger })
    const fs = new MemoryFileSystem()
    variables.load([...variables].map((one) => [one.op.name, array(one.shape.length === 0 ? 1 : [1, 2], one.dtype)]))
    await saver?.exportMetaGraph({ filename: 'x.meta', fs })
    expect(metaGraphOf(fs.files.get('x.meta')).saverDef?.restoreOpName).toBe('save/restore_all_1')
    const info: string[] = []
    const empty = await importMetaGraph(encode({}), { logger: { info: (text) => info.push(text) } })
    expect(empty.saver).toBe(undefined)
    expect(info).toEqual(['Saver not created because there are no variables in the graph to restore'])
  })
})
