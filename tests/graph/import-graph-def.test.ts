import { describe, expect, test } from 'vitest'
import { Graph, graphInternals } from '../../src/graph/graph'
import { parseGraphDef } from '../../src/graph/graph-io'
import { importGraphDef, importNodes } from '../../src/graph/import-graph-def'
import { encodeMessage, type GraphDef, tensorflow } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import { InvalidArgumentError, ValueError } from '../../src/util/errors'
import { addConstant, addOp, namesOf, nodesOf } from '../helpers/graph'

const NODES = `
  node { name: "a" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }
  node { name: "b" op: "Identity" input: "a" attr { key: "T" value { type: DT_FLOAT } }
    attr { key: "_class" value { list { s: "loc:@a" s: "other" } } } }`

function bytesOf(graphDef: GraphDef): Uint8Array {
  return encodeMessage(tensorflow.GraphDef, graphDef, 'GraphDef')
}

describe('importGraphDef()', () => {
  test('takes bytes', () => {
    const { graph } = importGraphDef(bytesOf(parseGraphDef(NODES)), { name: 'p' })
    expect(nodesOf(graph.asGraphDef())).toEqual([
      ['p/a', []],
      ['p/b', ['p/a']],
    ])
  })

  test('takes a plain object in the form of a message', () => {
    const plain = {
      node: [
        { name: 'a', op: 'Placeholder', attr: { dtype: { type: 1 } } },
        { name: 'n', op: 'NoOp' },
      ],
    }
    const { graph } = importGraphDef(plain as unknown as GraphDef, { name: '' })
    expect(graph.getTensorByName('a:0').dtype).toBe('float32')
    expect(namesOf(graph)).toEqual(['a', 'n'])
  })

  test('says what it was given instead of a GraphDef', () => {
    const importAny = (value: unknown) => () => importGraphDef(value as GraphDef)
    const graphDef = parseGraphDef(NODES)
    const meta = new tensorflow.MetaGraphDef({ graphDef })
    expect(importAny(meta)).toThrow(TypeError)
    expect(importAny(meta)).toThrow(
      /^Argument `graph_def` must be a GraphDef proto\. It is a MetaGraphDef: importMetaGraph\(\)/,
    )
    const metaBytes = encodeMessage(tensorflow.MetaGraphDef, meta, 'MetaGraphDef')
    expect(importAny(metaBytes)).toThrow(InvalidArgumentError)
    expect(importAny(metaBytes)).toThrow('it is a MetaGraphDef: importMetaGraph() takes it')
    expect(importAny(new TextEncoder().encode(NODES))).toThrow('It is text: parseGraphDef() reads it')
    expect(importAny(NODES)).toThrow('It is a string: parseGraphDef() reads text, readGraphDef() a file')
    expect(importAny(new Graph())).toThrow('It is a Graph: pass what its asGraphDef() gives')
    expect(importAny(3)).toThrow(new TypeError('Argument `graph_def` must be a GraphDef proto.'))
  })

  test('leaves the message as it was, and does not see what is written into it later', () => {
    const graphDef = parseGraphDef(NODES)
    const before = bytesOf(graphDef)
    const graph = Graph.fromGraphDef(graphDef)
    expect(bytesOf(graphDef)).toEqual(before)
    const exported = bytesOf(graph.asGraphDef())
    Object.assign(graphDef.node[0]?.attr['dtype'] ?? {}, { type: 3 })
    graphDef.node[1]?.attr['_class']?.list?.s.push(new Uint8Array(1))
    graphDef.node[1]?.input.push('^a')
    expect(bytesOf(graph.asGraphDef())).toEqual(exported)
  })

  test('is all or nothing', () => {
    const graph = new Graph()
    addOp(graph, 'NoOp', 'n')
    const broken = `${NODES} node { name: "c" op: "Identity" input: "b:1" attr { key: "T" value { type: DT_FLOAT } } }
      library { function { signature { name: "f_one" } } } versions { producer: 5 }`
    expect(() => importGraphDef(parseGraphDef(broken), { graph })).toThrow(ValueError)
    expect([namesOf(graph), graph.library, graph.versions.producer]).toEqual([['n'], undefined, 2474])
    expect([graph.uniqueName('import'), graph.uniqueName('import/a')]).toEqual(['import', 'import/a'])
  })

  test('does not give two nodes one name, as TensorFlow does under a scope that is entered again', () => {
    const graph = new Graph()
    importGraphDef(parseGraphDef('node { name: "a" op: "NoOp" }'), { graph, name: 'p/' })
    const more =
      'node { name: "a" op: "NoOp" } node { name: "a_1" op: "NoOp" } node { name: "z" op: "NoOp" input: "^a" }'
    importGraphDef(parseGraphDef(more), { graph, name: 'p/' })
    expect(nodesOf(graph.asGraphDef())).toEqual([
      ['p/a', []],
      ['p/a_2', []],
      ['p/a_1', []],
      ['p/z', ['^p/a_2']],
    ])
  })

  test('refuses tensors of another graph, where TensorFlow takes the node of that name', () => {
    const graph = new Graph()
    addConstant(graph, 'x', array(1))
    const x = addConstant(new Graph(), 'x', array(1))
    const message = "node 'x' in input_map does not exist in graph (input_map entry: a:0->x:0)"
    expect(() => importGraphDef(parseGraphDef(NODES), { graph, inputMap: { a: x } })).toThrow(new ValueError(message))
  })

  test('refuses what is no tensor in the input map', () => {
    const graph = new Graph()
    const inputMap = { a: addOp(graph, 'NoOp', 'n') } as never
    expect(() => importGraphDef(parseGraphDef(NODES), { graph, inputMap })).toThrow(TypeError)
  })

  test('names all keys of the input map that stand for nothing', () => {
    const graph = new Graph()
    const x = addConstant(graph, 'x', array(1))
    const inputMap = { zip: x, 'b:7': x, '^nope': x, a: x }
    expect(() => importGraphDef(parseGraphDef(NODES), { graph, inputMap })).toThrow(
      new ValueError('Attempted to map inputs that were not found in graph_def: [b:7, ^nope, zip:0]'),
    )
  })

  test('keeps both of two control inputs of one name, one of the file and one of the graph', () => {
    const graph = new Graph()
    const x = addConstant(graph, 'x', array(1))
    const text = `node { name: "x" op: "NoOp" } node { name: "y" op: "NoOp" } node { name: "n" op: "NoOp" input: "^x" input: "^y" }`
    importGraphDef(parseGraphDef(text), { graph, name: 'p', inputMap: { '^y': x } })
    expect(graph.asGraphDef().node.at(-1)?.input).toEqual(['^p/x', '^x'])
  })

  test('takes _output_shapes off the nodes, and writes them again in the same bytes', () => {
    const said = '{ list { shape { dim { size: -1 } dim { size: 3 } } } }'
    const graphDef = parseGraphDef(
      NODES.replaceAll('attr { key: "_class"', `attr { key: "_output_shapes" value ${said} } attr { key: "_class"`),
    )
    const graph = Graph.fromGraphDef(graphDef)
    const b = graph.getTensorByName('b:0')
    expect([b.shape, b.op.getAttr('_output_shapes')]).toEqual([[null, 3], undefined])
    const withShapes = graph.asGraphDef({ addShapes: true }).node[1]
    expect(withShapes?.attr['_output_shapes']).toEqual(graphDef.node[1]?.attr['_output_shapes'])
  })

  test('keeps fields that the schema does not know', () => {
    const [plain] = parseGraphDef('node { name: "n" op: "NoOp" }').node
    const unknown = Uint8Array.of(0xa2, 0x06, 3, 97, 98, 99)
    const known = encodeMessage(tensorflow.NodeDef, plain ?? {}, 'NodeDef')
    const node = Uint8Array.of(0x0a, known.length + unknown.length, ...known, ...unknown)
    const { graph } = importGraphDef(node, { name: '' })
    const exported = new tensorflow.GraphDef({ node: graph.asGraphDef().node })
    expect(bytesOf(exported)).toEqual(new Uint8Array(node))
  })

  test('imports the same GraphDef as often as wanted', () => {
    const graphDef = parseGraphDef(NODES)
    const graph = new Graph()
    for (let time = 0; time < 3; time++) importGraphDef(graphDef, { graph, name: '' })
    const classes = graph
      .getOperations()
      .map((op) => op.getAttr('_class')?.list?.s.map((s) => Buffer.from(s).toString()))
    expect(namesOf(graph)).toEqual(['a', 'b', 'a_1', 'b_1', 'a_2', 'b_2'])
    expect(classes.filter(Boolean)).toEqual([
      ['loc:@a', 'other'],
      ['loc:@a_1', 'other'],
      ['loc:@a_2', 'other'],
    ])
  })
})

describe('importNodes()', () => {
  test('tells the scope that it took, and which nodes got other names', () => {
    const graph = new Graph()
    importNodes(parseGraphDef(NODES), { graph, name: 'p' })
    expect(importNodes(parseGraphDef(NODES), { graph, name: 'p' })).toMatchObject({
      prefix: 'p_1/',
      renamed: new Map(),
    })
    expect(importNodes(parseGraphDef(NODES), { graph, name: 'p/' })).toMatchObject({
      prefix: 'p/',
      renamed: new Map([
        ['a', 'p/a_1'],
        ['b', 'p/b_1'],
      ]),
    })
  })

  test('takes what nobody else has without a copy', () => {
    const graphDef = parseGraphDef(NODES)
    const { graph } = importNodes(graphDef, { owned: true, name: '' })
    expect(graph.getOperationByName('a').getAttr('dtype')).toBe(graphDef.node[0]?.attr['dtype'])
    const copied = importNodes(graphDef, { name: '' })
    expect(copied.graph.getOperationByName('a').getAttr('dtype')).not.toBe(graphDef.node[0]?.attr['dtype'])
  })

  test('reads inputs that are not in the file from the input map', () => {
    const graph = new Graph()
    const x = addConstant(graph, 'x', array(1))
    const unbound = parseGraphDef(
      'node { name: "b" op: "Identity" input: "$unbound_inputs_c" attr { key: "T" value { type: DT_FLOAT } } }',
    )
    importNodes(unbound, { graph, name: '', inputMap: { $unbound_inputs_c: x } })
    expect(nodesOf(graph.asGraphDef())).toEqual([
      ['x', []],
      ['b', ['x']],
    ])
    expect(graphInternals.find(graph, 'b')?.inputs[0]).toBe(x)
  })
})
