/**
 * The cases of area graph-naming that ask a graph: look-ups, its order, and what it exports. Those about names and collections
 * alone are told beside UniqueNames and VariableStore.
 */
import { expect } from 'vitest'
import { Graph, type Tensor } from '../../src/graph/graph'
import { graphOf } from '../../src/graph/store-graph'
import { array } from '../../src/tensor/convert'
import { COLLECTION_KEYS } from '../../src/variables/collections'
import { VariableStore } from '../../src/variables/variable-store'
import { attempt } from '../helpers/attempt'
import { addConstant, addOp } from '../helpers/graph'
import { oracleTest } from '../oracle/cases'

type Attempt = readonly [kind: string, value: unknown]

function graphOfConstants(...names: readonly string[]): Graph {
  const graph = new Graph()
  for (const name of names) addConstant(graph, name, array(1, 'int32'))
  return graph
}

oracleTest<Attempt[]>('get-operation-by-name', ({ result }) => {
  const graph = graphOfConstants('c')
  const asked = ['c', 'd', 'c:0', '^c', '', 'C', 3, null] as string[]
  expect(asked.map((name) => attempt(() => graph.getOperationByName(name).name))).toEqual(result)
})

oracleTest<[name: string | number, answer: Attempt][]>('get-tensor-by-name', ({ result }) => {
  const graph = graphOfConstants('c')
  addOp(graph, 'NoOp', 'n')
  for (const [name, answer] of result) {
    expect([name, attempt(() => graph.getTensorByName(name as string).name)]).toEqual([name, answer])
  }
})

oracleTest<unknown[]>('as-graph-element', ({ result }) => {
  const store = new VariableStore()
  const graph = graphOf(store)
  addConstant(graph, 'c', array(1, 'int32'))
  const x = addConstant(new Graph(), 'x', array(1, 'int32'))
  const v = store.variable(array(1), { name: 'v' })
  const nameOf = (element: unknown, options = {}): string =>
    graph.asGraphElement(element as string | Tensor, options).name
  const noOperation = { allowTensor: true, allowOperation: false }
  const noTensor = { allowTensor: false, allowOperation: true }
  const neither = { allowTensor: false, allowOperation: false }
  expect(
    [
      nameOf('c'),
      nameOf('c:0'),
      attempt(() => nameOf(x)),
      attempt(() => nameOf(x.op)),
      attempt(() => nameOf('c', noOperation)),
      attempt(() => nameOf('c:0', noTensor)),
      attempt(() => nameOf(1.5)),
      attempt(() => nameOf('c', neither)),
      attempt(() => nameOf('zz')),
      attempt(() => nameOf('zz:0')),
      nameOf(v),
    ].map(withSortedLines),
  ).toEqual(result.map(withSortedLines))
})

/** Python prints the attributes of a node in the order of a hash map. */
function withSortedLines(answer: unknown): unknown {
  return Array.isArray(answer) ? answer.map((text) => String(text).split('\n').sort()) : answer
}

oracleTest<string[]>('get-operations', ({ result }) => {
  const graph = graphOfConstants('b', 'a')
  const operations = graph.getOperations() as unknown[]
  operations.length = 0
  expect(graph.getOperations().map(({ name }) => name)).toEqual(result)
})

// There is no from_version: the answer to that part is the whole graph here, as it happens to be there.
oracleTest<[number, string[], string[], string[]]>('graph-def-from-version', ({ result }) => {
  const graph = graphOfConstants('a', 'b')
  const attrsOf = (addShapes: boolean): string[] => Object.keys(graph.asGraphDef({ addShapes }).node[0]?.attr ?? {})
  const [, names, withShapes, without] = result
  expect(graph.asGraphDef().node.map(({ name }) => name)).toEqual(names)
  expect([attrsOf(true).sort(), attrsOf(false).sort()]).toEqual([withShapes, without])
})

oracleTest<[asked: string | null, scope: string, open: string][]>('name-scope-graph-method', ({ result }) => {
  const store = new VariableStore()
  for (const [asked, scope, open] of result) {
    const given = store.nameScope(asked ?? '', (name) => name)
    expect([asked, given, given.replace(/\/$/, '')]).toEqual([asked, scope, open])
  }
})

oracleTest<Record<string, string>>('graph-keys', ({ result }) => {
  expect([COLLECTION_KEYS.global, COLLECTION_KEYS.local]).toEqual([
    result['GLOBAL_VARIABLES'],
    result['LOCAL_VARIABLES'],
  ])
  expect(COLLECTION_KEYS.trainable).toBe(result['TRAINABLE_VARIABLES'])
  expect(COLLECTION_KEYS.movingAverage).toBe('moving_average_variables')
  // What a graph has under the others is the caller's: any text is a key.
  const graph = new Graph()
  for (const key of Object.values(result)) graph.addToCollection(key, 1)
  expect(graph.getAllCollectionKeys()).toEqual(Object.values(result))
})
