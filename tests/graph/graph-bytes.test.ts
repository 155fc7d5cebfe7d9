/**
 * An exported graph is written without making messages of its nodes: the bytes must be those of the messages.
 */
import { describe, expect, test } from 'vitest'
import { type Graph, graphInternals } from '../../src/graph/graph'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { graphOf } from '../../src/graph/store-graph'
import { copyMessage } from '../../src/proto/message-copy'
import { encodeMessage, type GraphDef, tensorflow } from '../../src/proto/messages'
import { Saver } from '../../src/train/saver'
import { VariableStore } from '../../src/variables/variable-store'
import { array } from '../../src/tensor/convert'
import { graphFile, graphsWith } from '../oracle/golden-graphs'

const encode = (graphDef: object): Uint8Array => encodeMessage(tensorflow.GraphDef, graphDef, 'GraphDef')
const encodeMeta = (meta: object): Uint8Array => encodeMessage(tensorflow.MetaGraphDef, meta, 'MetaGraphDef')

/** The same bytes, whoever looks at the nodes and when. */
function expectSameBytes(graph: Graph, addShapes: boolean): void {
  const written = encode(graph.asGraphDef({ addShapes }))
  const seen = graph.asGraphDef({ addShapes })
  expect(seen.node.length).toBe(graph.getOperations().length)
  expect(Buffer.from(encode(seen)).equals(written)).toBe(true)
  const unseen = graph.asGraphDef({ addShapes })
  expect(Buffer.from(encodeMeta({ graphDef: unseen })).equals(encodeMeta({ graphDef: seen }))).toBe(true)
  // Written twice, then looked at.
  expect(Buffer.from(encode(unseen)).equals(written)).toBe(true)
  expect(unseen.node.length).toBe(seen.node.length)
  expect(Buffer.from(encode(unseen)).equals(written)).toBe(true)
}

describe('asGraphDef() of an imported graph is written as its messages are', () => {
  test.each(graphsWith('pb').map(([name]) => [name]))('%s', (name) => {
    for (const scope of ['', 'in']) {
      const { graph } = importGraphDef(graphFile(name, 'pb'), { name: scope })
      for (const addShapes of [false, true]) expectSameBytes(graph, addShapes)
    }
  })
})

describe('asGraphDef() of a graph of variables', () => {
  function storeOf(useResource: boolean): VariableStore {
    const store = new VariableStore()
    for (const [at, value] of [
      [0, 0, 0],
      [1, 2, 3],
      [-0, 0, 0],
      [NaN, 1, 2],
    ].entries()) {
      store.variable(array(value), { name: `v${at}`, useResource })
      store.getVariable(`g${at}`, { initializer: () => array(value), useResource })
      store.getVariable(`d${at}`, { initializer: array(value), useResource, trainable: false })
    }
    store.getVariable('none', { shape: [2, 2], useResource })
    store.getVariable('alike', { shape: [2, 2], useResource })
    store.variable(array('x'), { name: 'text', useResource })
    store.variable({ dtype: 'int64', shape: [], data: BigInt64Array.of(0n) }, { name: 'step', useResource })
    store.variable({ dtype: 'float32', shape: [0, 3], data: new Float32Array(0) }, { name: 'empty', useResource })
    return store
  }

  test.each([false, true])('is written as its messages are, useResource: %s', (useResource) => {
    const store = storeOf(useResource)
    const graph = graphOf(store)
    const saver = new Saver(store, { reshape: useResource })
    expect(saver.asSaverDef().restoreOpName).toBe('save/restore_all')
    for (const addShapes of [false, true]) expectSameBytes(graph, addShapes)
  })

  test('is read back as it was', () => {
    const graph = graphOf(storeOf(false))
    const bytes = encode(graph.asGraphDef())
    expect(Buffer.from(encode(importGraphDef(bytes, { name: '' }).graph.asGraphDef())).equals(bytes)).toBe(true)
  })
})

describe('the nodes of an exported graph', () => {
  const graphDefOf = (): [Graph, GraphDef] => {
    const graph = graphOf(new VariableStore())
    graphInternals.addOperation(graph, { name: 'a', type: 'NoOp' })
    return [graph, graph.asGraphDef()]
  }

  test('are listed, copied and spread like a list that is there', () => {
    const [, graphDef] = graphDefOf()
    expect(Object.keys(graphDef)).toContain('node')
    expect(copyMessage<GraphDef>('tensorflow.GraphDef', graphDef).node.map(({ name }) => name)).toEqual(['a'])
    expect({ ...graphDefOf()[1] }.node).toHaveLength(1)
    expect(Object.freeze(graphDefOf()[1]).node).toHaveLength(1)
  })

  test('are those of the moment of the export', () => {
    const [graph, graphDef] = graphDefOf()
    graphInternals.addOperation(graph, { name: 'b', type: 'NoOp' })
    expect(graphDef.node.map(({ name }) => name)).toEqual(['a'])
  })

  test('can be changed, and are written as they were changed', () => {
    const [graph, graphDef] = graphDefOf()
    graphDef.node[0] = new tensorflow.NodeDef({ name: 'c', op: 'NoOp' }) as GraphDef['node'][number]
    expect(Buffer.from(encode({ node: [{ name: 'c', op: 'NoOp' }], versions: graphDef.versions }))).toEqual(
      Buffer.from(encode(graphDef)),
    )
    const other = graph.asGraphDef()
    other.node = []
    expect(encode(other).length).toBe(encode({ versions: other.versions }).length)
    expect(graph.getOperations()).toHaveLength(1)
  })
})
