/**
 * exportMetaGraph() as a function: what it takes, what it writes, and parts of graphs where TensorFlow goes wrong. What the
 * bytes are is in import-meta-graph.test.ts and in the golden tests of Saver.
 */
import { describe, expect, test } from 'vitest'
import type { Logger } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { Graph, type Tensor } from '../../src/graph/graph'
import { graphOf } from '../../src/graph/store-graph'
import { type SaverDef } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import { exportMetaGraph } from '../../src/train/export-meta-graph'
import { importMetaGraph } from '../../src/train/import-meta-graph'
import { Saver } from '../../src/train/saver'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, hex, ls } from '../helpers/bundle'
import { addBinary, addConstant, addOp, metaGraphOf, namesOf, nodesOf } from '../helpers/graph'
import { goldenFile } from '../oracle/golden'
import { goldenGraphs, graphFile, graphsWith } from '../oracle/golden-graphs'

const logger: Logger = {}

/** Goldens that TensorFlow exports again as they came, and that we give no inputs. */
const STEADY = new Set(
  goldenGraphs()
    .filter(([name, parts]) => parts.meta === parts.metaAgain && !name.startsWith('unbound'))
    .map(([name]) => name),
)

async function savedAgain(name: string): Promise<{ graph: Graph; saverDef?: SaverDef }> {
  const { graph, saver } = await importMetaGraph(graphFile(name, 'meta'), { logger })
  return saver === undefined ? { graph } : { graph, saverDef: saver.asSaverDef() }
}

function store(): { variables: VariableStore; graph: Graph } {
  const variables = new VariableStore()
  variables.variable(array(1), { name: 'v' })
  return { variables, graph: graphOf(variables) }
}

describe('exportMetaGraph() takes', () => {
  test('variables in place of their graph, alone and with it', async () => {
    const { variables, graph } = store()
    const [one, two] = [await exportMetaGraph({ variables }), await exportMetaGraph({ variables, graph })]
    expect(nodesOf(one.graphDef).map(([name]) => name)).toEqual(['v/initial_value', 'v', 'v/Assign', 'v/read'])
    expect(two).toEqual(one)
    expect(one.saverDef ?? null).toBe(null)
  })

  test('nothing else', async () => {
    const { variables } = store()
    expect(await errorOf(() => exportMetaGraph({}))).toEqual([
      'ValueError',
      expect.stringContaining('neither is there'),
    ])
    expect(await errorOf(() => exportMetaGraph({ variables, graph: new Graph() }))).toEqual([
      'ValueError',
      expect.stringContaining('they belong to another one'),
    ])
  })

  test('a SaverDef, of which it makes a copy', async () => {
    const { variables, graph } = store()
    const saverDef = new Saver(variables).asSaverDef()
    const meta = await exportMetaGraph({ graph, saverDef })
    expect(meta.saverDef).toEqual(saverDef)
    expect(meta.saverDef).not.toBe(saverDef)
  })
})

describe('exportMetaGraph() writes', () => {
  test('bytes into a directory that it makes, and nothing beside them', async () => {
    const fs = new MemoryFileSystem()
    const meta = await exportMetaGraph({ ...store(), filename: 'a/b/m.meta', fs })
    expect(ls(fs)).toEqual(['a/b/m.meta'])
    expect(nodesOf(metaGraphOf(fs.files.get('a/b/m.meta')).graphDef)).toEqual(nodesOf(meta.graphDef))
  })

  test.each(graphsWith('metaText').filter(([name]) => STEADY.has(name)))(
    'the text of the golden %s, byte for byte',
    async (name, file) => {
      const fs = new MemoryFileSystem()
      await exportMetaGraph({ ...(await savedAgain(name)), filename: 'm.pbtxt', asText: true, fs, logger })
      expect(new TextDecoder().decode(fs.files.get('m.pbtxt'))).toBe(new TextDecoder().decode(goldenFile(file)))
    },
  )

  test.each(graphsWith('metaStripped').filter(([name]) => STEADY.has(name)))(
    'the golden %s without attributes of the ops, byte for byte',
    async (name) => {
      const fs = new MemoryFileSystem()
      const options = { filename: 'm', stripDefaultAttrs: true, fs, logger }
      await exportMetaGraph({ ...(await savedAgain(name)), ...options })
      expect(hex(fs.files.get('m')) === hex(graphFile(name, 'metaStripped'))).toBe(true)
    },
  )

  test.each(graphsWith('metaText'))('what the text of %s says, which is read as well', async (name, file) => {
    const fs = new MemoryFileSystem()
    fs.files.set('m.meta', goldenFile(file))
    const { metaGraphDef } = await importMetaGraph('m.meta', { fs, logger, ...given(name) })
    expect(nodesOf(metaGraphDef.graphDef)).toEqual(nodesOf(metaGraphOf(graphFile(name, 'meta')).graphDef))
  })

  /** What the parts of graphs lack. */
  function given(name: string): { graph?: Graph; inputMap?: Map<string, Tensor> } {
    if (!name.startsWith('unbound')) return {}
    const graph = new Graph()
    const attr = { dtype: { type: 1 }, shape: { shape: { dim: [{ size: 2 }] } } }
    const texts = metaGraphOf(graphFile(name, 'meta')).collectionDef['unbound_inputs']?.bytesList?.value ?? []
    const names = new Set(texts.map((bytes) => new TextDecoder().decode(bytes)))
    const make = (): Tensor => addOp(graph, 'Placeholder', graph.uniqueName('given'), [], attr).outputs[0] as Tensor
    return { graph, inputMap: new Map([...names].map((one) => [one, make()])) }
  }
})

describe('a part of a graph', () => {
  test('an input that is taken twice can be given when it is imported, which TensorFlow refuses', async () => {
    const graph = new Graph()
    const c = addConstant(graph, 'c', array(1))
    addBinary(graph, 'Mul', 'in/y', c, c)
    const part = await exportMetaGraph({ graph, exportScope: 'in' })
    const target = new Graph()
    const d = addConstant(target, 'd', array(2))
    await importMetaGraph(part, { graph: target, inputMap: { $unbound_inputs_c: d }, logger })
    expect(target.getOperationByName('y').inputs).toEqual([d, d])
  })

  test('a scope is what it is, and no pattern', async () => {
    const graph = new Graph()
    addConstant(graph, 'a.b/x', array(1))
    addConstant(graph, 'axb/y', array(1))
    expect(nodesOf((await exportMetaGraph({ graph, exportScope: 'a.b' })).graphDef)).toEqual([['x', []]])
  })

  test('the next part has its own unbound inputs, and none where there are none', async () => {
    const graph = new Graph()
    const c = addConstant(graph, 'c', array(1))
    addBinary(graph, 'Mul', 'in/y', c, c)
    await exportMetaGraph({ graph, exportScope: 'in' })
    expect(graph.getCollection('unbound_inputs')).toEqual(['$unbound_inputs_c', '$unbound_inputs_c'])
    await exportMetaGraph({ graph, clearDevices: true })
    expect(graph.getAllCollectionKeys()).toEqual([])
  })

  test('the graph itself stays as it is', async () => {
    const { variables, graph } = store()
    variables.variable(array(1), { name: 'in/w', device: '/cpu:0' })
    const before = nodesOf(graph.asGraphDef())
    await exportMetaGraph({ graph, exportScope: 'in', clearDevices: true, stripDefaultAttrs: true })
    expect(nodesOf(graph.asGraphDef())).toEqual(before)
    expect(graph.getOperationByName('in/w').device).toBe('/device:CPU:0')
  })
})

describe('clearExtraneousSavers', () => {
  test('leaves the nodes of one Saver', async () => {
    const { variables, graph } = store()
    const first = new Saver(variables)
    new Saver(variables).asSaverDef()
    graph.addToCollection('savers', first)
    const saverDef = first.asSaverDef()
    const { graphDef, collectionDef } = await exportMetaGraph({ graph, clearExtraneousSavers: true, saverDef, logger })
    const names = nodesOf(graphDef).map(([name]) => name)
    expect([names.includes('save/SaveV2'), names.some((name) => name.startsWith('save_1/'))]).toEqual([true, false])
    expect(collectionDef['savers']?.bytesList?.value).toHaveLength(1)
  })

  test('without a SaverDef leaves none, where TensorFlow names one that the file lacks', async () => {
    const { variables, graph } = store()
    graph.addToCollection('savers', new Saver(variables))
    const { graphDef, collectionDef } = await exportMetaGraph({ graph, clearExtraneousSavers: true, logger })
    expect(nodesOf(graphDef).map(([name]) => name)).toEqual(['v/initial_value', 'v', 'v/Assign', 'v/read'])
    expect(Object.keys(collectionDef)).not.toContain('savers')
    expect(namesOf(graph)).toContain('save/SaveV2')
  })
})
