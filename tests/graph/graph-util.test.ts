import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { convertVariablesToConstants } from '../../src/graph/convert-variables'
import { extractSubGraph } from '../../src/graph/extract-sub-graph'
import { frozenVariables } from '../../src/graph/frozen-variables'
import { parseGraphDef } from '../../src/graph/graph-io'
import { removeTrainingNodes } from '../../src/graph/remove-training-nodes'
import { encodeMessage, type GraphDef, tensorflow } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import { AssertionError, KeyError, LookupError, ValueError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { goldenFile } from '../oracle/golden'

/** Nodes from lines: "name op input input". */
function graphDef(...lines: string[]): GraphDef {
  const nodes = lines.map((line) => {
    const [name, op, ...inputs] = line.split(' ')
    return `node { name: "${name}" op: "${op}" ${inputs.map((input) => `input: "${input}"`).join(' ')} }`
  })
  return parseGraphDef(`versions { producer: 27 } ${nodes.join('\n')}`)
}

function namesOf({ node }: GraphDef): string[] {
  return node.map(({ name }) => name)
}

describe('extractSubGraph()', () => {
  test('keeps versions and functions, which are there where the graph has none', () => {
    const bytes = encodeMessage(tensorflow.GraphDef, extractSubGraph(graphDef('a NoOp', 'b NoOp'), ['a']), 'GraphDef')
    // A node "a" of type NoOp, an empty library, versions: as TensorFlow writes it.
    expect(Buffer.from(bytes).toString('hex')).toBe('0a090a016112044e6f4f7012002202081b')
  })

  test('gives a copy', () => {
    const whole = graphDef('a Const', 'b Identity a')
    const part = extractSubGraph(whole, ['b'])
    part.node[1]?.input.push('^c')
    const [first] = part.node
    if (first !== undefined) first.name = 'other'
    expect(namesOf(whole)).toEqual(['a', 'b'])
    expect(whole.node[1]?.input).toEqual(['a'])
  })

  test('says which node names an input that is not there, and what may be meant', () => {
    const broken = graphDef('a Const', 'b Identity zz:1')
    expect(() => extractSubGraph(broken, ['b'])).toThrow(new KeyError("'zz': node b needs it, and it is not in graph"))
    expect(() => extractSubGraph(broken, ['scope/a'])).toThrow(
      new AssertionError('scope/a is not in graph (there is a)'),
    )
  })

  test('follows cycles and long chains', () => {
    const loop = graphDef('a Merge c', 'b Switch a', 'c NextIteration b:1', 'd Exit b')
    expect(namesOf(extractSubGraph(loop, ['d']))).toEqual(['a', 'b', 'c', 'd'])
    const lines = Array.from({ length: 20_000 }, (_, i) => (i === 0 ? 'n0 Const' : `n${i} Identity n${i - 1}`))
    expect(extractSubGraph(graphDef(...lines), ['n19999']).node.length).toBe(20_000)
  })

  test('follows control inputs and colocation', () => {
    const text = `node { name: "v" op: "VariableV2" } node { name: "c" op: "NoOp" } node { name: "d" op: "NoOp" }
      node { name: "y" op: "NoOp" input: "^c" attr { key: "_class" value { list { s: "loc:@v" } } } }`
    expect(namesOf(extractSubGraph(parseGraphDef(text), ['y']))).toEqual(['v', 'c', 'y'])
  })

  test('takes names of JavaScript for names', () => {
    const odd = graphDef('__proto__ Const', 'constructor Identity __proto__', 'toString NoOp')
    expect(namesOf(extractSubGraph(odd, ['constructor']))).toEqual(['__proto__', 'constructor'])
  })

  test('gives what some nodes can reach, in order, of any graph', () => {
    const edges = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 20 })
    fc.assert(
      fc.property(edges, fc.nat(9), (pairs, wanted) => {
        const inputs = (to: number): number[] => pairs.filter((pair) => pair[1] === to).map(([from]) => from)
        const lines = Array.from({ length: 10 }, (_, i) =>
          ['n' + i, 'Op', ...inputs(i).map((from) => `n${from}`)].join(' '),
        )
        const reached = new Set([wanted])
        for (const one of reached) for (const from of inputs(one)) reached.add(from)
        const expected = [...reached].sort((a, b) => a - b).map((i) => `n${i}`)
        expect(namesOf(extractSubGraph(graphDef(...lines), [`n${wanted}`]))).toEqual(expected)
      }),
    )
  })
})

describe('removeTrainingNodes()', () => {
  test('gives the bytes of TensorFlow for a frozen net', () => {
    const frozen = parseGraphDef(goldenFile('frozen/net/frozen.pb'))
    const bytes = encodeMessage(tensorflow.GraphDef, removeTrainingNodes(frozen, ['fc/logits']), 'GraphDef')
    expect(bytes).toEqual(goldenFile('frozen/net/inference.pb'))
    expect(encodeMessage(tensorflow.GraphDef, frozen, 'GraphDef')).toEqual(goldenFile('frozen/net/frozen.pb'))
  })

  test('drops the input of what takes a CheckNumerics, as TensorFlow does', () => {
    const [, add] = removeTrainingNodes(graphDef('x Placeholder', 'c CheckNumerics x', 'y Add c x ^c')).node
    expect(add?.input).toEqual(['x'])
  })

  test('says where an Identity has no input left', () => {
    const lost = graphDef('x Placeholder', 'c CheckNumerics x', 'i Identity c')
    expect(() => removeTrainingNodes(lost)).toThrow(LookupError)
    expect(() => removeTrainingNodes(lost)).toThrow(/^list index out of range: Identity i has no input/)
    expect(namesOf(removeTrainingNodes(lost, ['c']))).toEqual(['x', 'c'])
  })

  test('does not hang on nodes that take one another', () => {
    const circle = graphDef('a Identity b', 'b Identity a', 'c Neg a')
    expect(() => removeTrainingNodes(circle)).toThrow(ValueError)
  })

  test('splices long chains that many take', () => {
    const count = 10_000
    const chain = Array.from({ length: count }, (_, i) => `i${i} Identity ${i === 0 ? 'x' : `i${i - 1}`}`)
    const consumers = Array.from({ length: count }, (_, i) => `c${i} Neg i${count - 1}`)
    const left = removeTrainingNodes(graphDef('x Placeholder', ...chain, ...consumers))
    expect(left.node.length).toBe(count + 1)
    expect(left.node.every(({ name, input }) => name === 'x' || input[0] === 'x')).toBe(true)
  })
})

describe('a GraphDef of plain objects', () => {
  const attr = { dtype: { type: 1 }, shape: { shape: { dim: [{ size: 2n }] } } }
  const plain = {
    node: [
      { name: 'v', op: 'VariableV2', attr },
      { name: 'v/read', op: 'Identity', input: ['v'], attr: { T: { type: 1 } } },
      { name: 'y', op: 'Neg', input: ['v/read'], attr: { T: { type: 1 } } },
    ],
  } as unknown as GraphDef

  test('is taken by the tools on graphs, and left as it was', () => {
    const before = structuredClone(plain)
    expect(namesOf(extractSubGraph(plain, ['v/read']))).toEqual(['v', 'v/read'])
    expect(removeTrainingNodes(plain).node.map(({ name, input }) => [name, input])).toEqual([
      ['v', []],
      ['y', ['v']],
    ])
    const variables = new VariableStore()
    variables.variable(array([1, 2]), { name: 'v' })
    const frozen = convertVariablesToConstants(plain, variables, ['y'])
    expect(frozenVariables({ node: [...frozen.node] } as GraphDef).get('v')).toEqual(array([1, 2]))
    expect([...frozenVariables(plain).keys()]).toEqual([])
    expect(plain).toEqual(before)
  })

  test.each([
    ['null', null, 'NoneType'],
    ['text', 'node {}', 'str'],
    [
      'a meta graph',
      { graphDef: plain },
      "Object'>. It is a MetaGraphDef: importMetaGraph() takes it, or pass its graphDef",
    ],
  ])('%s is none', (_, value, type) => {
    const none = value as unknown as GraphDef
    const message = `graph_def must be a graph_pb2.GraphDef proto, but got type <class '${type}`
    for (const use of [removeTrainingNodes, frozenVariables, (graph: GraphDef) => extractSubGraph(graph, [])]) {
      expect(() => use(none)).toThrow(message)
      expect(() => use(none)).toThrow(TypeError)
    }
  })

  test('with a field of another type is an error that names it', () => {
    const wrong = { node: [{ name: 'v', op: 5 }] } as unknown as GraphDef
    expect(() => removeTrainingNodes(wrong)).toThrow('GraphDef.node[0].op: a string is expected, not 5')
  })
})
