/**
 * The cases of area import-graph-def: a GraphDef goes into a graph.
 */
import { expect } from 'vitest'
import { Graph, type Tensor } from '../../src/graph/graph'
import { parseGraphDef } from '../../src/graph/graph-io'
import { importGraphDef, type ImportGraphDefOptions, importNodes } from '../../src/graph/import-graph-def'
import { graphOf } from '../../src/graph/store-graph'
import { type GraphDef, type OpList, tensorflow } from '../../src/proto/messages'
import { parseMessage } from '../../src/proto/message-text'
import { array } from '../../src/tensor/convert'
import { VariableStore } from '../../src/variables/variable-store'
import { attempt } from '../helpers/attempt'
import { addConstant, namesOf, nodesOf } from '../helpers/graph'
import { oracleTest } from '../oracle/cases'

type Node = [name: string, inputs: string[]]
type Attempt = [kind: string, value: unknown]

/** src() of the cases: a placeholder and a constant, their sum, and what comes after it. */
function source(): GraphDef {
  return parseGraphDef(`
    node { name: "a" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
      attr { key: "shape" value { shape { dim { size: 2 } } } } }
    node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
      attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { dim { size: 2 } } float_val: 1 float_val: 2 } } } }
    node { name: "s" op: "AddV2" input: "a" input: "c" attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "out" op: "Identity" input: "s" input: "^c" attr { key: "T" value { type: DT_FLOAT } } }`)
}

function graphWithX(): { graph: Graph; x: Tensor } {
  const graph = new Graph()
  return { graph, x: addConstant(graph, 'x', array([10, 20])) }
}

oracleTest<Node[]>('import-default-prefix', ({ result }) => {
  const { graph } = importGraphDef(source())
  importGraphDef(source(), { graph })
  expect(nodesOf(graph.asGraphDef())).toEqual(result)
})

oracleTest<Node[]>('import-empty-prefix', ({ result }) => {
  const { graph } = importGraphDef(source(), { name: '' })
  importGraphDef(source(), { graph, name: '' })
  expect(nodesOf(graph.asGraphDef())).toEqual(result)
})

oracleTest<unknown[]>('import-return-elements', ({ result }) => {
  const { elements } = importGraphDef(source(), { returnElements: ['out:0', 'a', 's', 'c:0'], name: 'p' })
  const named = elements.map((element) => ['op' in element ? 'SymbolicTensor' : 'Operation', element.name])
  // Where nothing is asked for Python gives None: here it is an empty list.
  expect([...named, null, importGraphDef(source(), { returnElements: [] }).elements]).toEqual(result)
})

oracleTest<Attempt[]>('import-return-elements-errors', ({ result }) => {
  const asked = [['nope'], ['nope:0'], ['out:1'], ['out:x'], ['a:0:0'], [5], ['^out'], 'out'] as string[][]
  expect(asked.map((returnElements) => attempt(() => importGraphDef(source(), { returnElements })))).toEqual(result)
})

oracleTest<[unknown, Node[]]>('import-input-map', ({ result }) => {
  const { graph, x } = graphWithX()
  const { elements } = importGraphDef(source(), { graph, inputMap: { a: x }, returnElements: ['out:0'], name: 'p' })
  // The last node there is the initializer of the session that runs it.
  expect(nodesOf(graph.asGraphDef())).toEqual(result[1].slice(0, -1))
  expect(elements).toEqual([graph.getTensorByName('p/out:0')])
})

oracleTest<Node[][]>('import-input-map-forms', ({ result }) => {
  const { graph, x } = graphWithX()
  const maps = [{ 'a:0': x }, { 'c:0': x, a: x }, { '^c': x, a: x }]
  const nodes = maps.map((inputMap) => {
    const before = graph.getOperations().length
    importGraphDef(source(), { graph, inputMap: inputMap as Record<string, Tensor>, name: 'p' })
    return nodesOf(graph.asGraphDef()).slice(before)
  })
  expect(nodes).toEqual(result)
})

oracleTest<Attempt[]>('import-input-map-errors', ({ result }) => {
  const { graph, x } = graphWithX()
  const i = addConstant(graph, 'i', array([1, 2], 'int32'))
  const maps = [{ nope: x }, { 's:1': x }, { a: i }, [['a', x]], new Map([[1, x]]), { 'a:b': x }, { out: x }] as const
  const found = maps.map((inputMap, at) => {
    // There each import before it has left its nodes behind, and taken a scope.
    const options = { graph, inputMap, name: at === 2 ? 'import_2' : 'import' } as unknown as ImportGraphDefOptions
    return attempt(() => void importGraphDef(source(), options))
  })
  expect(found).toEqual(result.map(([kind, value]) => [kind, value ?? undefined]))
})

oracleTest<[Attempt, string[]]>('import-input-map-leaves-ops-on-error', ({ result }) => {
  const { graph, x } = graphWithX()
  const error = attempt(() => importGraphDef(source(), { graph, inputMap: { nope: x } }))
  expect(error).toEqual(result[0])
  // TensorFlow leaves the nodes behind: here an error leaves the graph as it was.
  expect(namesOf(graph)).toEqual(result[1].slice(0, 1))
})

oracleTest<string[]>('import-node-order-free', ({ result }) => {
  const backwards = parseGraphDef(`
    node { name: "b" op: "Identity" input: "a" attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "a" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }`)
  expect(namesOf(Graph.fromGraphDef(backwards))).toEqual(result)
})

oracleTest<[Attempt, Attempt, Attempt, null, string[]]>('import-graph-def-type', ({ result }) => {
  const [text, none, graph, , names] = result
  const given = ['x', null, new Graph()] as unknown as GraphDef[]
  const found = given.map((one) => attempt(() => importGraphDef(one)))
  // What it is instead stands behind TensorFlow's sentence.
  expect(found.map(([kind, message]) => [kind, String(message).slice(0, String(text[1]).length)])).toEqual([
    text,
    none,
    graph,
  ])
  expect(namesOf(importGraphDef(new tensorflow.GraphDef()).graph)).toEqual(names)
})

oracleTest<[Attempt, Attempt, Attempt, [string, string[]][]]>('import-producer-op-list', ({ result }) => {
  const made = (value: number): GraphDef =>
    parseGraphDef(`node { name: "a" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
      attr { key: "newattr" value { i: ${value} } } }`)
  const producerOps = parseMessage<OpList>(
    'tensorflow.OpList',
    'op { name: "Placeholder" attr { name: "newattr" type: "int" default_value { i: 7 } } }',
  )
  const graph = new Graph()
  importNodes(made(7), { graph, name: 'x' })
  importNodes(made(7), { graph, name: 'y', producerOps })
  importNodes(made(8), { graph, name: 'z', producerOps })
  const attrs = graph.asGraphDef().node.map(({ name, attr }) => [name, Object.keys(attr).sort()])
  expect(attrs).toEqual(result[3])
})

// As the case cuts it out, the full stop included.
const CURRENT = /version \d+ for TensorFlow [0-9.]+/

oracleTest<string[]>('import-versions', ({ result }) => {
  const versions = [
    [1, 0],
    [99999, 0],
    [21, 99999],
    [0, 0],
  ] as const
  const found = versions.map(([producer, minConsumer]) => {
    const graphDef = parseGraphDef('node { name: "n" op: "NoOp" }')
    graphDef.versions = new tensorflow.VersionDef({ producer, minConsumer })
    const [kind, message] = attempt(() => void importGraphDef(graphDef, { name: `v${producer}` }))
    const text =
      message === undefined ? 'None' : `'${String(message).replace(CURRENT, 'version <v> for TensorFlow <release>')}'`
    return `['${kind}', ${text}]`
  })
  expect(found).toEqual(result)
})

oracleTest<[string, string[]][]>('import-colocation-attr', ({ result }) => {
  const store = new VariableStore()
  store.variable(array([1]), { name: 'v' })
  const { graph } = importGraphDef(graphOf(store).asGraphDef(), { name: 'p' })
  const together = graph.getOperations().flatMap((op) => {
    const texts = op.getAttr('_class')?.list?.s.map((bytes) => new TextDecoder().decode(bytes))
    return texts === undefined ? [] : [[op.name, texts]]
  })
  expect(together).toEqual(result)
})
