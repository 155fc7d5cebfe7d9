/**
 * The cases of area freezing: what tf.graph_util makes of a graph and its variables.
 */
import { expect } from 'vitest'
import { convertVariablesToConstants } from '../../src/graph/convert-variables'
import { evaluate } from '../../src/graph/evaluate'
import { extractSubGraph } from '../../src/graph/extract-sub-graph'
import { Graph, graphInternals, type Operation, type Tensor } from '../../src/graph/graph'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { removeTrainingNodes } from '../../src/graph/remove-training-nodes'
import { printMessage } from '../../src/proto/message-text'
import type { GraphDef, IAttrValue } from '../../src/proto/messages'
import { array, toNested } from '../../src/tensor/convert'
import { dtypeInfo } from '../../src/tensor/dtype'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { FailedPreconditionError, NotFoundError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { addBinary, addConstant, addOp } from '../helpers/graph'
import { oracleTest, withoutNode } from '../oracle/cases'

type Nodes = [name: string, op: string, inputs: string[]][]

const T = { T: { type: 1 } }

function nodes({ node }: GraphDef): Nodes {
  return node.map(({ name, op, input }) => [name, op, [...input]])
}

function outputOf(operation: Operation): Tensor {
  return operation.outputs[0] as Tensor
}

function placeholder(graph: Graph, name: string, shape: readonly number[] = []): Tensor {
  const dim = shape.map((size) => ({ size }))
  return outputOf(addOp(graph, 'Placeholder', name, [], { dtype: { type: 1 }, shape: { shape: { dim } } }))
}

function identity(graph: Graph, name: string, input: Tensor, type = 1): Tensor {
  return outputOf(addOp(graph, 'Identity', name, [input], { T: { type } }))
}

/** A model's graph and variables; reading a variable is its `read`, or a ReadVariableOp as whoever takes it makes one. */
class Model {
  readonly graph = new Graph()
  readonly store = new VariableStore()

  /** The node, and the value in the store where one is given; gives "v/read". */
  variable(name: string, kind: NDArray, value: NDArray | undefined = kind): Tensor {
    const { number } = dtypeInfo(kind.dtype)
    const attr = { dtype: { type: number }, shape: { shape: { dim: kind.shape.map((size) => ({ size })) } } }
    const node = outputOf(addOp(this.graph, 'VariableV2', name, [], attr))
    this.#add(name, kind, value, false)
    const loc: IAttrValue = { list: { s: [new TextEncoder().encode(`loc:@${name}`)] } }
    return outputOf(addOp(this.graph, 'Identity', `${name}/read`, [node], { T: { type: number }, _class: loc }))
  }

  resource(name: string, value: NDArray): (reader: string) => Tensor {
    const dtype = { type: dtypeInfo(value.dtype).number }
    const shape = { shape: { dim: value.shape.map((size) => ({ size })) } }
    const handle = outputOf(addOp(this.graph, 'VarHandleOp', name, [], { dtype, shape }))
    this.#add(name, value, value, true)
    return (reader) => outputOf(addOp(this.graph, 'ReadVariableOp', reader, [handle], { dtype }))
  }

  freeze(outputs: readonly string[], options = {}): GraphDef {
    return convertVariablesToConstants(this.graph.asGraphDef(), this.store, outputs, options)
  }

  #add(name: string, { dtype, shape }: NDArray, value: NDArray | undefined, useResource: boolean): void {
    const variable = this.store.getVariable(name, { dtype, shape, useResource })
    if (value !== undefined) variable.assign(value)
  }
}

/** Class and first sentence of what `action` throws, in place of a result. */
function thrown(action: () => unknown): [string, string] {
  try {
    action()
    return ['no error', '']
  } catch (error) {
    return [(error as Error).name, (error as Error).message]
  }
}

oracleTest<[Nodes, string]>('freeze-ref', ({ result }) => {
  const model = new Model()
  const x = placeholder(model.graph, 'x', [2])
  addBinary(model.graph, 'AddV2', 'y', x, model.variable('v', array([3, 4])))
  model.variable('unused', array(5))
  const frozen = model.freeze(['y'])
  expect(nodes(frozen)).toEqual(result[0])
  const text = printMessage('tensorflow.NodeDef', frozen.node.find(({ name }) => name === 'v') as object)
  // Python's str() keeps the order in which the attributes were set; files have them sorted.
  expect(text.split('attr {').sort()).toEqual(result[1].split('attr {').sort())
})

oracleTest<[Nodes, string[]]>('freeze-resource', ({ result }) => {
  const model = new Model()
  const x = placeholder(model.graph, 'x', [2])
  const read = model.resource('v', array([1, 2]))
  addBinary(model.graph, 'AddV2', 'y', x, read('y/ReadVariableOp'))
  const frozen = model.freeze(['y'])
  expect(nodes(frozen)).toEqual(result[0])
  const reader = frozen.node.find(({ op }) => op === 'Identity')
  expect(Object.keys(reader?.attr ?? {})).toEqual(result[1])
})

oracleTest<[string, string][][]>('freeze-lists', ({ result }) => {
  const model = new Model()
  addBinary(model.graph, 'AddV2', 'y', model.variable('a', array(1)), model.variable('b', array(2)))
  const lists = [
    { variableNamesWhitelist: ['a'] },
    { variableNamesBlacklist: ['a'] },
    { variableNamesWhitelist: ['a'], variableNamesBlacklist: ['a'] },
    { variableNamesWhitelist: [] },
  ]
  expect(lists.map((list) => model.freeze(['y'], list).node.map(({ name, op }) => [name, op]))).toEqual(result)
})

oracleTest<[[string, string], [string, string], [string, string], [string, string], number]>(
  'freeze-errors',
  ({ result }) => {
    const model = new Model()
    identity(model.graph, 'y', model.variable('v', array(1), undefined))
    const uninitialized = new Model()
    uninitialized.store.getVariable('v', { shape: [] })
    const graphDef = model.graph.asGraphDef()
    const freeze = (outputs: unknown) => (): GraphDef =>
      convertVariablesToConstants(graphDef, uninitialized.store, outputs as string[])
    expect(thrown(freeze(['nope']))).toEqual(result[0])
    const [kind, text] = thrown(freeze(['y:0']))
    expect([kind, text.startsWith(result[1][1])]).toEqual([result[1][0], true])
    expect(thrown(freeze('y'))).toEqual(result[2])
    expect(thrown(freeze(['y']))).toEqual([result[3][0], withoutNode(result[3][1])])
    expect(freeze(['y'])).toThrow(FailedPreconditionError)
    expect(freeze([])().node.length).toBe(result[4])
  },
)

oracleTest<[string, string]>('freeze-needs-session-of-that-graph', ({ result }) => {
  const model = new Model()
  identity(model.graph, 'y', model.resource('v', array(1))('v/Read/ReadVariableOp'))
  // TensorFlow speaks of a tensor of the session's graph; there are no sessions here, and the store is asked by name.
  expect(result[0]).toBe('ValueError')
  const other = new VariableStore()
  other.variable(array(1), { name: 'scope/v' })
  const freeze = (): GraphDef => convertVariablesToConstants(model.graph.asGraphDef(), other, ['y'])
  expect(freeze).toThrow(NotFoundError)
  expect(freeze).toThrow("The graph's variable v (there is scope/v) is not among the variables that were given")
})

oracleTest<Nodes>('freeze-no-variables', ({ result }) => {
  const model = new Model()
  addConstant(model.graph, 'c', array(1))
  addConstant(model.graph, 'd', array(2))
  expect(nodes(model.freeze(['c']))).toEqual(result)
})

oracleTest<[number[], boolean]>('freeze-frozen-runs', ({ result }) => {
  const model = new Model()
  const x = placeholder(model.graph, 'x', [2])
  addBinary(model.graph, 'Mul', 'y', x, model.variable('v', array([1, 2])))
  const graphDef = model.graph.asGraphDef()
  const frozen = convertVariablesToConstants(graphDef, model.store, ['y'])
  const graph = new Graph()
  const { elements } = importGraphDef(frozen, { graph, returnElements: ['y:0'] })
  // The product itself is TensorFlow's: [3, 4] times what the graph holds.
  const held = toNested(evaluate((elements[0] as Tensor).op.inputs[1] as Tensor, { graph })) as number[]
  expect([held.map((one, at) => one * (3 + at))]).toEqual([result[0]])
  expect(JSON.stringify(frozen.versions) === JSON.stringify(graphDef.versions)).toBe(result[1])
})

oracleTest<Record<string, string>>('freeze-value-forms', ({ result }) => {
  const model = new Model()
  const values: Record<string, NDArray> = {
    f: array(1.5),
    v: array([1, 2]),
    i: array([3, 3], 'int32'),
    b: array(true),
    s: array(['s', 't']),
    z: ndarray('float32', [0], new Float32Array(0)),
  }
  const controlInputs = Object.entries(values).map(([name, value]) => {
    const { number } = dtypeInfo(value.dtype)
    return identity(model.graph, `${name}_o`, model.variable(name, value), number).op
  })
  graphInternals.addOperation(model.graph, { name: 'all', type: 'NoOp', controlInputs })
  const constants = model.freeze(['all']).node.filter(({ op }) => op === 'Const')
  const oneLine = (message: object): string =>
    printMessage('tensorflow.TensorProto', message).trim().replaceAll(/\s+/g, ' ')
  const found = constants.map(({ name, attr }) => [name, oneLine(attr['value']?.tensor as object)])
  expect(Object.fromEntries(found)).toEqual(result)
})

oracleTest<[string, string]>('freeze-string-scalar', ({ result }) => {
  // A slip of TensorFlow's, which asks the bytes for their shape: here the variable becomes a constant as others do.
  expect(result).toEqual(['AttributeError', "'bytes' object has no attribute 'shape'"])
  const model = new Model()
  identity(model.graph, 'y', model.variable('v', array('s')), 7)
  const { graph } = importGraphDef(model.freeze(['y']), { name: '' })
  expect(toNested(evaluate('y:0', { graph }))).toEqual(new TextEncoder().encode('s'))
})

oracleTest<Nodes>('freeze-keeps-other-variables-out', ({ result }) => {
  const model = new Model()
  const read = model.variable('v', array(1))
  const initial = addConstant(model.graph, 'v/initial_value', array(1))
  addOp(model.graph, 'Assign', 'v/Assign', [read.op.inputs[0] as Tensor, initial], T)
  model.variable('w', array(1))
  identity(model.graph, 'y', read)
  expect(nodes(model.freeze(['y']))).toEqual(result)
})

oracleTest<string[][]>('extract-sub-graph', ({ result }) => {
  const model = new Model()
  const { graph } = model
  addConstant(graph, 'a', array(1))
  const b = addConstant(graph, 'b', array(2))
  const c = addConstant(graph, 'c', array(3))
  graphInternals.addOperation(graph, { name: 'y', type: 'AddV2', inputs: [b, b], controlInputs: [c.op], attr: T })
  model.variable('v', array(1))
  const graphDef = graph.asGraphDef()
  const asked = [['y'], ['y', 'a'], ['v/read'], ['v'], [], ['a']]
  expect(asked.map((names) => extractSubGraph(graphDef, names).node.map(({ name }) => name))).toEqual(result)
})

oracleTest<[string, string][]>('extract-sub-graph-errors', ({ result }) => {
  const graph = new Graph()
  addConstant(graph, 'a', array(1))
  const graphDef = graph.asGraphDef()
  const attempts: [unknown, unknown][] = [
    [graphDef, ['nope']],
    [graphDef, 'a'],
    ['x', ['a']],
    [graphDef, ['a:0']],
  ]
  const found = attempts.map(([def, names]) => thrown(() => extractSubGraph(def as GraphDef, names as string[])))
  expect(found.map(([kind]) => kind)).toEqual(result.map(([kind]) => kind))
  for (const [at, [, text]] of found.entries()) expect(text).toContain(result[at]?.[1])
})

oracleTest<[Nodes, Nodes, number]>('remove-training-nodes', ({ result }) => {
  const graph = new Graph()
  const a = placeholder(graph, 'a')
  const j = identity(graph, 'j', identity(graph, 'i', a))
  addOp(graph, 'CheckNumerics', 'c', [j], { ...T, message: { s: new TextEncoder().encode('m') } })
  const y = addBinary(graph, 'AddV2', 'y', j, outputOf(addOp(graph, 'StopGradient', 'k', [j], T)))
  const p = identity(graph, 'p', y)
  const z = graphInternals.addOperation(graph, {
    name: 'z',
    type: 'Identity',
    inputs: [y],
    controlInputs: [p.op],
    attr: T,
  })
  addBinary(graph, 'AddV2', 'out', outputOf(z), p)
  const graphDef = graph.asGraphDef()
  const removed = removeTrainingNodes(graphDef)
  expect(nodes(removed)).toEqual(result[0])
  expect(nodes(removeTrainingNodes(graphDef, ['i', 'c']))).toEqual(result[1])
  expect(removed.versions?.producer ?? 0).toBe(result[2])
})

oracleTest<Nodes>('remove-training-nodes-second-output', ({ result }) => {
  const graph = new Graph()
  const dim = addConstant(graph, 'sp/split_dim', array(0, 'int32'))
  const value = addConstant(graph, 'sp/value', array([1, 2]))
  // As TensorFlow orders them: the value was made first.
  const split = addOp(graph, 'Split', 'sp', [dim, value], { ...T, num_split: { i: 2 } })
  const i = identity(graph, 'i', split.outputs[1] as Tensor)
  addBinary(graph, 'AddV2', 'o', i, split.outputs[0] as Tensor)
  expect(nodes(removeTrainingNodes(graph.asGraphDef()))).toEqual(result)
})

oracleTest<Nodes>('remove-training-nodes-variable-read', ({ result }) => {
  const graph = new Graph()
  const initial = addConstant(graph, 'v/initial_value', array(1))
  const v = outputOf(addOp(graph, 'VariableV2', 'v', [], { dtype: { type: 1 }, shape: { shape: { dim: [] } } }))
  const loc = { list: { s: [new TextEncoder().encode('loc:@v')] } }
  addOp(graph, 'Assign', 'v/Assign', [v, initial], { ...T, _class: loc })
  const read = outputOf(addOp(graph, 'Identity', 'v/read', [v], { ...T, _class: loc }))
  addBinary(graph, 'AddV2', 'y', read, addConstant(graph, 'y/y', array(1)))
  expect(nodes(removeTrainingNodes(graph.asGraphDef()))).toEqual(result)
})
