import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Graph, graphInternals, type Operation, type Tensor } from '../../src/graph/graph'
import { parseGraphDef } from '../../src/graph/graph-io'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { graphOf } from '../../src/graph/store-graph'
import { encodeMessage, type OpDef, tensorflow } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import { KeyError, ValueError } from '../../src/util/errors'
import { UniqueNames } from '../../src/util/unique-name'
import { Collections } from '../../src/variables/collections'
import { VariableStore } from '../../src/variables/variable-store'
import { addConstant, addOp, namesOf, nodesOf } from '../helpers/graph'

const FLOAT = { type: 1 }
const INT32 = { type: 3 }

function placeholder(graph: Graph, name: string, dtype = 1): Tensor {
  return addOp(graph, 'Placeholder', name, [], { dtype: { type: dtype } }).outputs[0] as Tensor
}

function split(graph: Graph): Operation {
  const inputs = [placeholder(graph, 'd', 3), placeholder(graph, 'a')]
  return addOp(graph, 'Split', 's', inputs, { T: FLOAT, num_split: { i: 3 } })
}

describe('Graph', () => {
  // What TensorFlow answers for a Split of three.
  test.each([
    ['s:2', 's:2'],
    ['s:-1', 's:2'],
    ['s:-3', 's:0'],
    ['s: 1', 's:1'],
    ['s:+1', 's:1'],
    ['s:0_1', 's:1'],
    ['s:-0', 's:0'],
  ])('getTensorByName(%j) gives %s, as Python counts', (asked, name) => {
    const graph = new Graph()
    split(graph)
    expect(graph.getTensorByName(asked).name).toBe(name)
  })

  test.each(['s:-4', 's:3', 's:99999999999999999999'])('getTensorByName(%j) throws KeyError', (name) => {
    const graph = new Graph()
    split(graph)
    const message = `The name '${name}' refers to a Tensor which does not exist. The operation, 's', exists but only has 3 outputs.`
    expect(() => graph.getTensorByName(name)).toThrow(new KeyError(message))
  })

  test.each(['s:1_', 's:1.0', 's:0x1'])('getTensorByName(%j) throws ValueError', (name) => {
    expect(() => new Graph().getTensorByName(name)).toThrow(ValueError)
  })

  test('looks names up by the very name, whatever it is', () => {
    const graph = new Graph()
    for (const name of ['constructor', '__proto__', 'toString']) addOp(graph, 'NoOp', name)
    expect(graph.getOperationByName('__proto__').name).toBe('__proto__')
    expect(() => graph.getOperationByName('hasOwnProperty')).toThrow(KeyError)
    expect(() => graph.getTensorByName("a'b:0")).toThrow(
      `The name "a'b:0" refers to a Tensor which does not exist. The operation, "a'b", does not exist in the graph.`,
    )
  })

  // The texts are those of TensorFlow 2.21 for Python's values of the same kind.
  test('asGraphElement() says what it cannot take', () => {
    const graph = new Graph()
    const c = addConstant(graph, 'c', array(1, 'int32'))
    const ask =
      (element: unknown, options = {}) =>
      () =>
        graph.asGraphElement(element as string, options)
    expect(ask(null)).toThrow(new TypeError('Can not convert a NoneType into a Tensor or Operation.'))
    expect(ask([1])).toThrow(new TypeError('Can not convert a list into a Tensor or Operation.'))
    expect(ask(true, { allowTensor: false })).toThrow(new TypeError('Can not convert a bool into a Operation.'))
    expect(ask(c, { allowTensor: false })).toThrow('Can not convert a SymbolicTensor into a Operation.')
    expect(ask(c.op, { allowOperation: false })).toThrow('Can not convert a Operation into a Tensor.')
    expect(ask(c)()).toBe(c)
    expect(ask(c.op)()).toBe(c.op)
  })

  test('asGraphElement() takes the variables of its store: itself, or what reads it', () => {
    const store = new VariableStore()
    const [v, r] = [
      store.variable(array([1, 2]), { name: 'v' }),
      store.variable(array(1), { name: 'r', useResource: true }),
    ]
    const graph = graphOf(store)
    const nameOf = (element: unknown): string => graph.asGraphElement(element as string).name
    expect([nameOf(v), nameOf(r)]).toEqual(['v:0', 'r/Read/ReadVariableOp:0'])
    const other = new VariableStore().variable(array([1, 2]), { name: 'v' })
    expect(() => nameOf(other)).toThrow('is not an element of this graph.')
  })

  test('has collections, which it shares with who made it', () => {
    const collections = new Collections()
    const graph = graphInternals.create(new UniqueNames(), collections)
    collections.add('k', 1)
    graph.addToCollection('k', 2)
    expect(graph.getCollection('k')).toEqual([1, 2])
    expect(graph.getAllCollectionKeys()).toEqual(['k'])
    const named = addConstant(graph, 'a/x', array(1))
    graph.addToCollection('k', named)
    expect(graph.getCollection('k', 'a/')).toEqual([named])
  })

  test('uniqueName() knows the names of its nodes, but those that were added unmarked', () => {
    const graph = new Graph()
    addOp(graph, 'NoOp', 'a')
    graphInternals.addOperation(graph, { type: 'NoOp', name: 'abs', markName: false })
    expect([graph.uniqueName('A', { markAsUsed: false }), graph.uniqueName('A'), graph.uniqueName('a')]).toEqual([
      'A_1',
      'A_1',
      'a_2',
    ])
    expect(graph.uniqueName('abs')).toBe('abs')
  })

  test('exports nodes with their inputs, versions, and shapes where they are asked for', () => {
    const graph = new Graph()
    const s = split(graph)
    addOp(graph, 'Identity', 'u', [s.outputs[2] as Tensor], { T: FLOAT })
    const controlled = { type: 'Identity', name: 'v', inputs: [s.outputs[0] as Tensor], attr: { T: FLOAT } }
    const before = ['d', 'a', 'u'].map((name) => graph.getOperationByName(name))
    graphInternals.addOperation(graph, { ...controlled, controlInputs: before })
    expect(nodesOf(graph.asGraphDef()).slice(2)).toEqual([
      ['s', ['d', 'a']],
      ['u', ['s:2']],
      ['v', ['s', '^a', '^d', '^u']],
    ])
    expect(graph.getOperationByName('v').controlInputs.map(({ name }) => name)).toEqual(['d', 'a', 'u'])
    expect(graph.asGraphDef().versions).toMatchObject({ producer: 2474, minConsumer: 0, badConsumers: [] })
    const shapes = graph
      .asGraphDef({ addShapes: true })
      .node.map(({ attr }) => attr['_output_shapes']?.list?.shape.length)
    expect(shapes).toEqual([1, 1, 3, 1, 1])
  })

  test("what was exported is the caller's: writing into it does not reach the graph", () => {
    const graph = new Graph()
    placeholder(graph, 'a')
    const bytes = (): string =>
      Buffer.from(encodeMessage(tensorflow.GraphDef, graph.asGraphDef(), 'GraphDef')).toString('hex')
    const before = bytes()
    const { node, versions } = graph.asGraphDef()
    const [first] = node
    if (first === undefined || !versions) throw new Error('no node')
    Object.assign(first.attr['dtype'] ?? {}, { type: 3 })
    Object.assign(first.attr['shape']?.shape ?? {}, { unknownRank: false })
    first.input.push('b')
    first.attr['more'] = new tensorflow.AttrValue()
    versions.badConsumers.push(1)
    node.length = 0
    expect(bytes()).toBe(before)
    expect(addOp(new Graph(), 'Placeholder', 'b', [], { dtype: FLOAT }).getAttr('shape')?.shape?.unknownRank).toBe(true)
  })
})

describe('graphInternals.addOperation()', () => {
  test('refuses a name that is taken', () => {
    const graph = new Graph()
    addOp(graph, 'NoOp', 'a')
    expect(() => addOp(graph, 'NoOp', 'a')).toThrow(new ValueError("Duplicate node name in graph: 'a'"))
    expect(addOp(graph, 'NoOp', 'A').name).toBe('A')
  })

  test('adds default attributes, and checks what the op takes', () => {
    const graph = new Graph()
    const a = placeholder(graph, 'a')
    const sum = addOp(graph, 'Sum', 'sum', [a, placeholder(graph, 'i', 3)], { T: FLOAT })
    expect(sum.getAttr('keep_dims')?.b).toBe(false)
    expect(sum.getAttr('Tidx')?.type).toBe(3)
    expect(sum.getAttr('toString')).toBeUndefined()
    expect(() => addOp(graph, 'Identity', 'x', [a], { T: INT32 })).toThrow(
      'Input 0 of node x was passed float from a:0 incompatible with expected int32.',
    )
    expect(() => addOp(graph, 'Identity', 'x', [], { T: FLOAT })).toThrow(
      "NodeDef expected inputs 'float' do not match 0",
    )
    expect(() => addOp(graph, 'Identity', 'x', [placeholder(new Graph(), 'a')], { T: FLOAT })).toThrow(ValueError)
    expect(namesOf(graph)).toEqual(['a', 'i', 'sum'])
  })

  test('takes attributes as a Map too', () => {
    const graph = new Graph()
    const attr = new Map([['dtype', FLOAT]])
    const op = graphInternals.addOperation(graph, { type: 'Placeholder', name: 'a', attr })
    expect(op.outputs[0]?.dtype).toBe('float32')
  })

  test('enters the full type that the op has', () => {
    const graph = new Graph()
    addOp(graph, 'Shape', 's', [placeholder(graph, 'a')], { T: FLOAT })
    // TFT_PRODUCT of a TFT_SHAPE_TENSOR of TFT_INT32.
    expect(graphInternals.nodeDef(graph.getOperationByName('s')).experimentalType).toMatchObject({
      typeId: 3,
      args: [{ typeId: 1005, args: [{ typeId: 207 }] }],
    })
  })
})

describe('Operation', () => {
  test('prints itself as Python does', () => {
    const { op } = placeholder(new Graph(), 'x')
    expect([String(op), inspect(op)]).toEqual(Array(2).fill("<tf.Operation 'x' type=Placeholder>"))
  })

  test('gives the same tensors at each look', () => {
    const graph = new Graph()
    const s = split(graph)
    const u = addOp(graph, 'Identity', 'u', [s.outputs[1] as Tensor], { T: FLOAT })
    expect(s.outputs).toBe(s.outputs)
    expect(u.inputs[0]).toBe(s.outputs[1])
    expect(graph.getTensorByName('s:1')).toBe(s.outputs[1])
    expect([s.graph, s.device, s.controlInputs]).toEqual([graph, '', []])
  })
})

describe('Tensor', () => {
  // What TensorFlow prints for the same tensors.
  test('prints itself as Python does, with what the op says of its shape', () => {
    const graph = Graph.fromGraphDef(
      parseGraphDef(`
        node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
          attr { key: "shape" value { shape { dim { size: 2 } dim { size: -1 } } } } }
        node { name: "c" op: "VariableV2" attr { key: "dtype" value { type: DT_FLOAT } }
          attr { key: "shape" value { shape { dim { size: -1 } } } } }
        node { name: "d" op: "Variable" attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "shape" value { shape { } } } }
        node { name: "e" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "shape" value { shape { } } } }
        node { name: "f" op: "VarHandleOp" attr { key: "dtype" value { type: DT_FLOAT } }
          attr { key: "shape" value { shape { dim { size: 2 } } } } }
        node { name: "g" op: "ReadVariableOp" input: "f" attr { key: "dtype" value { type: DT_FLOAT } } }
        node { name: "h" op: "Identity" input: "f" attr { key: "T" value { type: DT_RESOURCE } } }
        node { name: "i" op: "ReadVariableOp" input: "h" attr { key: "dtype" value { type: DT_FLOAT } } }
        node { name: "j" op: "VariableV2" attr { key: "dtype" value { type: DT_FLOAT } }
          attr { key: "shape" value { shape { unknown_rank: true } } } }
        node { name: "k" op: "Identity" input: "i" attr { key: "T" value { type: DT_FLOAT } } }
        node { name: "s" op: "Const" attr { key: "dtype" value { type: DT_STRING } }
          attr { key: "value" value { tensor { dtype: DT_STRING tensor_shape { } string_val: "q" } } } }
        versions { producer: 21 }`),
    )
    expect(graph.getOperations().map((op) => String(op.outputs[0]))).toEqual([
      'Tensor("x:0", shape=(2, ?), dtype=float32)',
      'Tensor("c:0", shape=(?,), dtype=float32_ref)',
      'Tensor("d:0", dtype=float32_ref)',
      'Tensor("e:0", dtype=float32)',
      'Tensor("f:0", shape=(), dtype=resource)',
      'Tensor("g:0", shape=(2,), dtype=float32)',
      'Tensor("h:0", shape=(), dtype=resource)',
      'Tensor("i:0", shape=(2,), dtype=float32)',
      'Tensor("j:0", dtype=float32_ref)',
      'Tensor("k:0", shape=(2,), dtype=float32)',
      'Tensor("s:0", shape=(), dtype=string)',
    ])
    const c = graph.getTensorByName('c:0')
    expect([c.dtype, c.isRef, c.shape, c.valueIndex, c.graph, inspect(c)]).toEqual([
      'float32',
      true,
      [null],
      0,
      graph,
      String(c),
    ])
  })

  test('reads a scalar placeholder as one from version 24 on', () => {
    const text = `node { name: "e" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
      attr { key: "shape" value { shape { } } } } versions { producer: 24 }`
    expect(Graph.fromGraphDef(parseGraphDef(text)).getTensorByName('e:0').shape).toEqual([])
  })

  test('knows who takes it, also once there are more', () => {
    const graph = new Graph()
    const x = placeholder(graph, 'x')
    const users = (): string[] => x.consumers().map(({ name }) => name)
    addOp(graph, 'AddV2', 'dup', [x, x], { T: FLOAT })
    expect(users()).toEqual(['dup', 'dup'])
    addOp(graph, 'Identity', 'id', [x], { T: FLOAT })
    expect(users()).toEqual(['dup', 'dup', 'id'])
    expect(graph.getTensorByName('dup:0').consumers()).toEqual([])
  })
})

describe('a graph with ops that nobody knows', () => {
  const text = `
    node { name: "a" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }
    node { name: "mine" op: "ZeroOut" input: "a" device: "/gpu:0" attr { key: "T" value { type: DT_FLOAT } } attr { key: "k" value { i: 7 } } }
    node { name: "b" op: "Identity" input: "mine:2" attr { key: "T" value { type: DT_INT32 } } }
    node { name: "last" op: "ZeroOut" input: "b" }`

  test('has as many outputs as somebody takes, and all else', () => {
    const { graph, elements } = importGraphDef(parseGraphDef(text), { name: '', returnElements: ['last:1'] })
    const mine = graph.getOperationByName('mine')
    expect(mine.outputs.map(({ dtype, shape, isRef }) => [dtype, shape, isRef])).toEqual(
      Array.from({ length: 3 }, () => [undefined, undefined, false]),
    )
    expect(elements[0]).toBe(graph.getTensorByName('last:1'))
    expect(String(mine.outputs[0])).toBe('Tensor("mine:0", dtype=<unknown>)')
    const [, node] = graph.asGraphDef().node
    expect(node).toMatchObject({ op: 'ZeroOut', input: ['a'], device: '/device:GPU:0', attr: { k: { i: { low: 7 } } } })
  })

  test('has as many as the file knows shapes of', () => {
    const said =
      'attr { key: "_output_shapes" value { list { shape { dim { size: 2 } } shape { unknown_rank: true } } } }'
    const graph = Graph.fromGraphDef(parseGraphDef(`node { name: "mine" op: "ZeroOut" ${said} }`))
    expect(graph.getOperationByName('mine').outputs.map(({ shape }) => shape)).toEqual([[2], undefined])
    expect(graph.getOperationByName('mine').getAttr('_output_shapes')).toBeUndefined()
    expect(graph.asGraphDef({ addShapes: true }).node[0]?.attr['_output_shapes']?.list?.shape).toHaveLength(2)
  })

  test('has the outputs that the op list of the file says', () => {
    const opDef: OpDef = new tensorflow.OpDef({
      name: 'ZeroOut',
      inputArg: [new tensorflow.OpDef.ArgDef({ name: 'x', type: 1 })],
      outputArg: [
        new tensorflow.OpDef.ArgDef({ name: 'y', type: 1 }),
        new tensorflow.OpDef.ArgDef({ name: 'z', type: 3 }),
      ],
      attr: [
        new tensorflow.OpDef.AttrDef({ name: 'm', type: 'int', defaultValue: new tensorflow.AttrValue({ b: true }) }),
      ],
    })
    const graph = new Graph()
    graphInternals.addOpDefs(graph, [opDef])
    const node = 'node { name: "a" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }'
    importGraphDef(
      parseGraphDef(`${node} node { name: "mine" op: "ZeroOut" input: "a" attr { key: "m" value { i: 1 } } }`),
      {
        graph,
        name: '',
      },
    )
    expect(graph.getOperationByName('mine').outputs.map(({ dtype }) => dtype)).toEqual(['float32', 'int32'])
    expect(graphInternals.opDef(graph, 'ZeroOut')).toBe(opDef)
    expect(graphInternals.opDef(graph, 'NoSuchOp')).toBeUndefined()
  })
})

describe('graphInternals.defer()', () => {
  test('builds nodes in order, once, before anybody looks', () => {
    const graph = new Graph()
    const builds: string[] = []
    const build = (name: string): (() => void) => {
      return () => {
        builds.push(name)
        addOp(graph, 'NoOp', name)
      }
    }
    const last = build('b')
    graphInternals.defer(graph, build('a'))
    graphInternals.defer(graph, last)
    expect(graphInternals.lastDeferred(graph)).toBe(last)
    graph.addToCollection('k', 1)
    graph.uniqueName('z')
    expect(builds).toEqual([])
    addOp(graph, 'NoOp', 'c')
    expect(namesOf(graph)).toEqual(['a', 'b', 'c'])
    expect(builds).toEqual(['a', 'b'])
    expect(graphInternals.lastDeferred(graph)).toBeUndefined()
  })

  test('keeps what failed, and what stands behind it', () => {
    const graph = new Graph()
    let fails = true
    graphInternals.defer(graph, () => {
      if (fails) throw new Error('not yet')
      addOp(graph, 'NoOp', 'a')
    })
    graphInternals.defer(graph, () => void addOp(graph, 'NoOp', 'b'))
    expect(() => graph.getOperations()).toThrow('not yet')
    fails = false
    expect(namesOf(graph)).toEqual(['a', 'b'])
  })

  test('looks at a consumer that is only promised', () => {
    const graph = new Graph()
    const x = placeholder(graph, 'x')
    graphInternals.defer(graph, () => void addOp(graph, 'Identity', 'i', [x], { T: FLOAT }))
    expect(x.consumers().map(({ name }) => name)).toEqual(['i'])
  })
})

describe('graphInternals.atomically()', () => {
  test('forgets everything where the work fails', () => {
    const graph = new Graph()
    const x = placeholder(graph, 'x')
    const library = 'library { function { signature { name: "f_one" } } } versions { producer: 9 min_consumer: 3 }'
    const before = graph.asGraphDef()
    expect(() =>
      graphInternals.atomically(graph, () => {
        importGraphDef(parseGraphDef(`node { name: "n" op: "NoOp" } ${library}`), { graph })
        addOp(graph, 'Identity', 'i', [x], { T: FLOAT })
        graph.uniqueName('u')
        graphInternals.addOpDefs(graph, [new tensorflow.OpDef({ name: 'Mine' })])
        expect(x.consumers()).toHaveLength(1)
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(graph.asGraphDef()).toEqual(before)
    expect([graph.library, graph.versions.producer, x.consumers()]).toEqual([undefined, 2474, []])
    expect(graphInternals.opDef(graph, 'Mine')).toBeUndefined()
    expect([graph.uniqueName('u'), graph.uniqueName('import')]).toEqual(['u', 'import'])
    addOp(graph, 'Identity', 'i', [x], { T: FLOAT })
    expect(x.consumers()).toHaveLength(1)
  })

  test('keeps everything where it does not', () => {
    const graph = new Graph()
    expect(graphInternals.atomically(graph, () => addOp(graph, 'NoOp', 'n').name)).toBe('n')
    expect(namesOf(graph)).toEqual(['n'])
  })
})
