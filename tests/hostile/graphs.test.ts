/**
 * Graphs that nobody means well with: a typed error, with TensorFlow's text where it has one, or the right answer; no hang and no
 * stack overflow.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Graph } from '../../src/graph/graph'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { type IAttrValue, encodeMessage, type INodeDef, tensorflow } from '../../src/proto/messages'
import { OpError, ValueError } from '../../src/util/errors'
import { namesOf, nodesOf } from '../helpers/graph'

const FLOAT: IAttrValue = { type: 1 }

function importOf(nodes: readonly INodeDef[], options: object = {}): Graph {
  const bytes = encodeMessage(tensorflow.GraphDef, { node: nodes }, 'GraphDef')
  return importGraphDef(bytes, { name: '', ...options }).graph
}

function placeholder(name: string): INodeDef {
  return { name, op: 'Placeholder', attr: { dtype: FLOAT } }
}

function identity(name: string, ...input: string[]): INodeDef {
  return { name, op: 'Identity', input, attr: { T: FLOAT } }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at)
}

describe('inputs', () => {
  // TensorFlow reads the index modulo 2^32, and connects the first of these to output 0.
  test.each([4294967296, 99999999999, 4294967297])('output %d of a node with one', (index) => {
    const message = `Node 'b': Connecting to invalid output ${index} of source node a which has 1 outputs.`
    expect(() => importOf([placeholder('a'), identity('b', `a:${index}`)])).toThrow(new ValueError(message))
  })

  test('an index of thirty digits', () => {
    expect(() => importOf([placeholder('a'), identity('b', `a:${'9'.repeat(30)}`)])).toThrow(ValueError)
    expect(() => importOf([{ name: 'a', op: 'Mine' }, identity('b', `a:${'9'.repeat(30)}`)])).toThrow(ValueError)
  })

  test('an index that would need a gigabyte at an op that nobody knows', () => {
    expect(() => importOf([{ name: 'a', op: 'Mine' }, identity('b', 'a:999999999')])).toThrow(
      new ValueError('Number of outputs is too big: 1000000000'),
    )
  })

  test('100,000 control inputs at one node, each twice', () => {
    const names = range(100_000).map((at) => `n${at}`)
    const last = { name: 'last', op: 'NoOp', input: [...names, ...names].map((name) => `^${name}`) }
    const graph = importOf([...names.map((name) => ({ name, op: 'NoOp' })), last])
    expect(graph.getOperationByName('last').controlInputs).toHaveLength(100_000)
    expect(graph.asGraphDef().node.at(-1)?.input.slice(0, 3)).toEqual(['^n0', '^n1', '^n10'])
  })

  test('an input of a megabyte', () => {
    const long = 'x'.repeat(1 << 20)
    expect(() => importOf([identity('b', long)])).toThrow(`Node 'b': Unknown input node '${long}'`)
    expect(() => importOf([identity('b', `:${'1'.repeat(1 << 20)}`)])).toThrow(ValueError)
  })
})

describe('depth', () => {
  test('a chain of 100,000 nodes, the last one first in the file', () => {
    const chain = range(100_000).map((at) => (at === 0 ? placeholder('n0') : identity(`n${at}`, `n${at - 1}`)))
    const graph = importOf(chain.reverse())
    const last = graph.getTensorByName('n99999:0')
    expect(last.shape).toBeUndefined()
    expect(namesOf(graph).slice(0, 3)).toEqual(['n0', 'n1', 'n2'])
    expect(graph.getTensorByName('n0:0').consumers()).toHaveLength(1)
  })

  test('a cycle of 100,000 nodes', () => {
    const count = 100_000
    const cycle = range(count).map((at) => identity(`n${at}`, `n${(at + 1) % count}`))
    expect(() => importOf(cycle)).toThrow(new ValueError('100000 nodes in a cycle'))
  })

  test('a name of 10,000 scopes', () => {
    const name = Array.from({ length: 10_000 }, () => 'a').join('/')
    const graph = importOf([{ name, op: 'NoOp' }])
    importOf([{ name, op: 'NoOp' }], { graph })
    expect(namesOf(graph)).toEqual([name, `${name}_1`])
  })

  // TensorFlow ends the process (a CHECK in graph_constructor.cc).
  test('a loop with two ways in', () => {
    const attr = { T: FLOAT, N: { i: 3 } }
    const graph = importOf([
      placeholder('a'),
      placeholder('b'),
      { name: 'm', op: 'Merge', input: ['a', 'b', 'n'], attr },
      { name: 'n', op: 'NextIteration', input: ['m'], attr: { T: FLOAT } },
    ])
    expect(nodesOf(graph.asGraphDef())[2]).toEqual(['m', ['a', 'b', 'n']])
    expect(
      graph
        .getTensorByName('n:0')
        .consumers()
        .map(({ name }) => name),
    ).toEqual(['m'])
  })
})

describe('numbers in attributes', () => {
  const split = (count: IAttrValue): INodeDef[] => [
    placeholder('a'),
    { name: 'i', op: 'Placeholder', attr: { dtype: { type: 3 } } },
    { name: 's', op: 'Split', input: ['i', 'a'], attr: { T: FLOAT, num_split: count } },
  ]

  // 2^31 - 1 outputs are tried by TensorFlow, until its memory is used up.
  test.each([2 ** 40, 2 ** 31 - 1, 2 ** 21])('%d outputs', (count) => {
    expect(() => importOf(split({ i: count }))).toThrow(new ValueError(`Number of outputs is too big: ${count}`))
  })

  test('many nodes with a million outputs each', () => {
    const nodes = range(100).map((at) => ({
      name: `s${at}`,
      op: 'Split',
      input: ['i', 'a'],
      attr: { T: FLOAT, num_split: { i: 1 << 20 } },
    }))
    expect(() => importOf([...split({ i: 2 }), ...nodes])).toThrow(/^Number of outputs is too big: \d+ of all nodes$/)
  })

  test('a million inputs that are said, and one that is there', () => {
    const node = { name: 's', op: 'AddN', input: ['a'], attr: { T: FLOAT, N: { i: 1 << 19 } } }
    expect(() => importOf([placeholder('a'), node])).toThrow(ValueError)
  })
})

describe('names', () => {
  test('those that every object has', () => {
    const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf']
    const graph = importOf([...names.map(placeholder), ...names.map((name) => identity(`of/${name}`, name))])
    expect(graph.getOperationByName('of/constructor').inputs[0]?.name).toBe('constructor:0')
    expect(() => importOf([identity('b', '__proto__')])).toThrow("Node 'b': Unknown input node '__proto__'")
  })

  test('attributes named __proto__ and constructor', () => {
    const attr = JSON.parse('{ "__proto__": { "type": 1 }, "constructor": { "type": 2 } }')
    // Through bytes and back: of the two names none is the registry's, and both stay.
    const graph = importOf([{ name: 'n', op: 'NoOp', attr }])
    const op = graph.getOperationByName('n')
    expect([op.getAttr('__proto__')?.type, op.getAttr('constructor')?.type, op.getAttr('toString')]).toEqual([
      1,
      2,
      undefined,
    ])
    expect(Object.keys(graph.asGraphDef().node[0]?.attr ?? {}).sort()).toEqual(['__proto__', 'constructor'])
    expect(({} as { type?: unknown }).type).toBeUndefined()
  })

  test('ops named as what every object has', () => {
    for (const op of ['constructor', '__proto__']) {
      expect(importOf([{ name: 'n', op }]).getOperationByName('n').outputs).toEqual([])
    }
  })

  test('many nodes of one name in files that are imported one by one', () => {
    const graph = new Graph()
    for (let at = 0; at < 300; at++) importOf([{ name: 'n', op: 'NoOp' }], { graph })
    expect(namesOf(graph).at(-1)).toBe('n_299')
  })
})

test('any nodes at all: a graph, or an error that says what is wrong', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd/e', 'd', '', 'a b', '__proto__', 'a_1')
  const type = fc.constantFrom(
    'Placeholder',
    'Identity',
    'Merge',
    'NextIteration',
    'NoOp',
    'Mine',
    'Split',
    'Const',
    '',
    'Shape',
  )
  const input = fc.constantFrom('a', 'b:0', '^c', 'a:1', 'd/e', 'd:7', '^', '', ':0', 'a:99999999999', '^a:0', 'x')
  const value: fc.Arbitrary<IAttrValue> = fc.constantFrom(
    FLOAT,
    { i: 2 },
    { i: -1 },
    { list: { s: [new TextEncoder().encode('loc:@a')] } },
    { list: { shape: [{ dim: [{ size: -2 }] }] } },
    { list: { shape: [{ unknownRank: true }] } },
    { shape: { dim: [{ size: -7 }] } },
    { tensor: { dtype: 1, tensorShape: { dim: [{ size: 3 }] } } },
    {},
  )
  const key = fc.constantFrom(
    'T',
    'N',
    'dtype',
    'shape',
    'value',
    '_class',
    '_output_shapes',
    'num_split',
    'constructor',
  )
  const node = fc.record({
    name,
    op: type,
    input: fc.array(input, { maxLength: 3 }),
    device: fc.constantFrom('', '/cpu:0', '/nonsense', '/job:a'),
    attr: fc.dictionary(key, value, { maxKeys: 4 }),
  })
  fc.assert(
    fc.property(fc.array(node, { maxLength: 6 }), fc.constantFrom('', 'p', 'p/'), (nodes, scope) => {
      const graph = new Graph()
      try {
        importOf(nodes, { graph, name: scope })
      } catch (error) {
        if (!(error instanceof ValueError || error instanceof OpError)) throw error
        expect(graph.getOperations()).toEqual([])
        return
      }
      const names = namesOf(graph)
      expect(new Set(names).size).toBe(nodes.length)
      for (const op of graph.getOperations()) {
        for (const tensor of [...op.inputs, ...op.outputs]) expect(graph.getTensorByName(tensor.name)).toBe(tensor)
      }
      importGraphDef(graph.asGraphDef({ addShapes: true }))
    }),
    { numRuns: 500 },
  )
})
