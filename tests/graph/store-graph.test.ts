import { describe, expect, test } from 'vitest'
import { Graph, graphInternals } from '../../src/graph/graph'
import { graphOf, storeForGraph, storeOfGraph } from '../../src/graph/store-graph'
import { array } from '../../src/tensor/convert'
import { storeInternals, VariableStore } from '../../src/variables/variable-store'

function namesOf(graph: Graph): string[] {
  return graph.getOperations().map(({ name }) => name)
}

/** The nodes of reference variables with constant values. */
function nodes(...names: string[]): string[] {
  return names.flatMap((name) => [`${name}/initial_value`, name, `${name}/Assign`, `${name}/read`])
}

describe('graphOf()', () => {
  test('is one graph for a store, and storeOfGraph() the way back', () => {
    const store = new VariableStore()
    store.variable(array(1), { name: 'v' })
    const graph = graphOf(store)
    expect(graphOf(store)).toBe(graph)
    expect(storeOfGraph(graph)).toBe(store)
    expect(storeForGraph(graph)).toBe(store)
    expect(storeOfGraph(new Graph())).toBeUndefined()
    expect(namesOf(graph)).toEqual(nodes('v'))
  })

  test('has the nodes in the order of creation, those of variables and others', () => {
    const store = new VariableStore()
    const add = (name: string): void => store.variable(array(1), { name }) as unknown as void
    const promise = (name: string): void =>
      graphInternals.defer(graph, () => void graphInternals.addOperation(graph, { name, type: 'NoOp' }))
    add('a')
    const graph = graphOf(store)
    add('b')
    promise('n')
    add('c')
    add('d')
    promise('m')
    expect(namesOf(graph)).toEqual([...nodes('a', 'b'), 'n', ...nodes('c', 'd'), 'm'])
    add('e')
    expect(namesOf(graph).slice(-4)).toEqual(nodes('e'))
  })

  test('makes no nodes before somebody looks', () => {
    const store = new VariableStore()
    const graph = graphOf(store)
    const build = (): unknown => graphInternals.lastDeferred(graph)
    store.variable(array(1))
    const promised = build()
    store.variable(array(1))
    expect(promised).toBeTypeOf('function')
    expect(build()).toBe(promised)
    graph.getOperations()
    expect(build()).toBeUndefined()
  })

  test('shares names and collections with the store', () => {
    const store = new VariableStore()
    const graph = graphOf(store)
    const v = store.variable(array(1), { name: 'v' })
    expect(graph.getCollection('variables')).toEqual([v])
    graph.addToCollection('mine', v)
    expect(store.getCollection('mine')).toEqual([v])
    expect(graph.uniqueName('V/Read')).toBe('V/Read_1')
    expect(graph.uniqueName('w')).toBe('w')
    expect(store.variable(array(1), { name: 'w' }).op.name).toBe('w_1')
  })

  test('gives names that do not depend on whether somebody looked', () => {
    const names = [false, true].map((look) => {
      const store = new VariableStore()
      store.variable(array(1), { name: 'abs/' })
      if (look) graphOf(store).getOperations()
      const attempt = (): string => store.variable(array(1), { name: 'abs' }).op.name
      expect(attempt).toThrow("Duplicate node name in graph: 'abs'")
      return attempt()
    })
    expect(names).toEqual(['abs_1', 'abs_1'])
  })

  test('leaves computed tensors out, but for their names', () => {
    const store = new VariableStore()
    store.computed(() => array(1), { name: 'sum' })
    const graph = graphOf(store)
    expect(namesOf(graph)).toEqual([])
    expect(store.variable(array(1), { name: 'sum' }).op.name).toBe('sum_1')
  })
})

describe('storeForGraph()', () => {
  function graphWith(...names: string[]): Graph {
    const graph = new Graph()
    for (const name of names) graphInternals.addOperation(graph, { name, type: 'NoOp' })
    return graph
  }

  test('gives a store whose variables take names that are free in the graph, and get their nodes there', () => {
    const graph = graphWith('v', 'w/read')
    const store = storeForGraph(graph)
    expect([...store]).toEqual([])
    expect(store.variable(array(1), { name: 'V' }).op.name).toBe('V_1')
    const w = store.getVariable('w', { shape: [2] })
    expect(storeInternals.nodeNames(w).snapshot).toBe('w/read_1')
    expect(namesOf(graph)).toEqual(['v', 'w/read', ...nodes('V_1'), 'w/Initializer/Const', 'w', 'w/Assign', 'w/read_1'])
    expect(() => store.variable(array(1), { name: 'w/read/' })).toThrow("Duplicate node name in graph: 'w/read'")
    expect(graphOf(store)).toBe(graph)
  })

  test('makes a new variable beside an imported one of that name', () => {
    const graph = graphWith('v')
    const store = storeForGraph(graph)
    const parts = { name: 'v', dtype: 'float32', shape: [], trainable: true, useResource: false } as const
    const names = { initialValue: undefined, initializer: 'v/Assign', snapshot: 'v/read', isInitialized: undefined }
    const old = storeInternals.adopt(store, parts, names)
    expect(storeInternals.adopt(store, parts, names)).toBe(old)
    expect([store.get('v'), store.globalVariables()]).toEqual([old, []])
    expect(storeInternals.nodeNames(old)).toBe(names)
    expect(store.getVariable('v', { shape: [] }).op.name).toBe('v_1')
    expect(namesOf(graph)).not.toContain('v/Assign')
  })
})
