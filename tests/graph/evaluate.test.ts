import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/graph/evaluate'
import { frozenVariables } from '../../src/graph/frozen-variables'
import { Graph, graphInternals, type Tensor } from '../../src/graph/graph'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { parseGraphDef } from '../../src/graph/graph-io'
import { array, toNested } from '../../src/tensor/convert'
import { dtypeInfo } from '../../src/tensor/dtype'
import { bytesOf, type NDArray } from '../../src/tensor/ndarray'
import {
  FailedPreconditionError,
  InvalidArgumentError,
  KeyError,
  NotFoundError,
  UnimplementedError,
} from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { addConstant, addOp } from '../helpers/graph'

const T = { T: { type: 1 } }

function pass(graph: Graph, type: string, name: string, inputs: readonly Tensor[], attr = {}): Tensor {
  return addOp(graph, type, name, inputs, { ...T, ...attr }).outputs[0] as Tensor
}

function graphWith(value: NDArray): { readonly graph: Graph; readonly c: Tensor } {
  const graph = new Graph()
  return { graph, c: addConstant(graph, 'c', value) }
}

describe('evaluate()', () => {
  test('gives constants, by name and by tensor, as views of the graph', () => {
    const { graph, c } = graphWith(array([1, 2, 3]))
    expect(toNested(evaluate('c:0', { graph }))).toEqual([1, 2, 3])
    expect(bytesOf(evaluate(c, { graph })).buffer).toBe(bytesOf(evaluate('c:0', { graph })).buffer)
  })

  test('a constant whose value is of another dtype than the node says is an error, in frozen weights too', () => {
    const graphDef = parseGraphDef(`
      node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_DOUBLE } }
        attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { } float_val: 1 } } } }
      node { name: "c/read" op: "Identity" input: "c" attr { key: "T" value { type: DT_DOUBLE } } }`)
    const { graph } = importGraphDef(graphDef, { name: '' })
    // As the run says it in TensorFlow.
    const message = 'Type mismatch between value (float) and dtype (double): the value of node c'
    expect(() => evaluate('c/read:0', { graph })).toThrow(new InvalidArgumentError(message))
    expect(() => frozenVariables(graph)).toThrow(message)
    expect(() => frozenVariables(graphDef)).toThrow(message)
  })

  test.each(['Identity', 'Snapshot', 'StopGradient', 'PreventGradient'])('hands on what %s takes', (type) => {
    const { graph, c } = graphWith(array([1, 2]))
    pass(graph, type, 'y', [c])
    expect(toNested(evaluate('y:0', { graph }))).toEqual([1, 2])
  })

  test('takes the output of an IdentityN that is asked for, and the default of a placeholder', () => {
    const { graph, c } = graphWith(array([1, 2]))
    const d = addConstant(graph, 'd', array(5, 'int32'))
    addOp(graph, 'IdentityN', 'n', [c, d], { T: { list: { type: [1, 3] } } })
    expect(evaluate('n:1', { graph })).toEqual(array(5, 'int32'))
    const shape = { shape: { dim: [{ size: 2 }] } }
    addOp(graph, 'PlaceholderWithDefault', 'p', [c], { dtype: { type: 1 }, shape })
    expect(toNested(evaluate('p:0', { graph }))).toEqual([1, 2])
  })

  test('reads reference and resource variables, as they are now', () => {
    const [graph, variables] = [new Graph(), new VariableStore()]
    const attr = { dtype: { type: 1 }, shape: { shape: { dim: [{ size: 2 }] } } }
    const v = variables.variable(array([1, 2]), { name: 'v' })
    const read = pass(graph, 'Identity', 'v/read', addOp(graph, 'VariableV2', 'v', [], attr).outputs)
    variables.variable(array([3, 4]), { name: 'r', useResource: true })
    const handle = addOp(graph, 'VarHandleOp', 'r', [], attr).outputs[0] as Tensor
    const passed = addOp(graph, 'Identity', 'r/handle', [handle], { T: { type: 20 } })
    addOp(graph, 'ReadVariableOp', 'r/Read/ReadVariableOp', passed.outputs, { dtype: { type: 1 } })
    expect(toNested(evaluate(read, { graph, variables }))).toEqual([1, 2])
    v.assign(array([7, 8]))
    expect(toNested(evaluate('v:0', { graph, variables }))).toEqual([7, 8])
    expect(toNested(evaluate('r/Read/ReadVariableOp:0', { graph, variables }))).toEqual([3, 4])
    expect(() => evaluate('r:0', { graph, variables })).toThrow(UnimplementedError)
  })

  test('says which tensor is the value of a handle', () => {
    const [graph, variables] = [new Graph(), new VariableStore()]
    const handle = addOp(graph, 'VarHandleOp', 'r', [], { dtype: { type: 1 }, shape: { shape: { dim: [] } } })
    const evaluated = (): NDArray => evaluate('r:0', { graph, variables })
    expect(evaluated).toThrow('r:0 is the handle of the resource variable r')
    addOp(graph, 'ReadVariableOp', 'r/Read/ReadVariableOp', handle.outputs, { dtype: { type: 1 } })
    expect(evaluated).toThrow(/: its value is r\/Read\/ReadVariableOp:0$/)
  })

  test('moves data: other shapes, several in one', () => {
    const { graph, c } = graphWith(array([[[1, 2, 3]], [[4, 5, 6]]]))
    const ints = (name: string, values: number[] | number): Tensor => addConstant(graph, name, array(values, 'int32'))
    const value = (tensor: Tensor): unknown => [
      evaluate(tensor, { graph }).shape,
      toNested(evaluate(tensor, { graph })),
    ]
    const reshaped = pass(graph, 'Reshape', 'reshaped', [c, ints('shape', [3, -1])])
    expect(value(reshaped)).toEqual([
      [3, 2],
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ])
    const squeezed = pass(graph, 'Squeeze', 'squeezed', [c])
    expect(evaluate(squeezed, { graph }).shape).toEqual([2, 3])
    const axes = { squeeze_dims: { list: { i: [-2] } } }
    expect(evaluate(pass(graph, 'Squeeze', 'axis', [c], axes), { graph }).shape).toEqual([2, 3])
    expect(evaluate(pass(graph, 'ExpandDims', 'more', [c, ints('at', -1)]), { graph }).shape).toEqual([2, 1, 3, 1])
    const packed = pass(graph, 'Pack', 'packed', [squeezed, squeezed], { N: { i: 2 }, axis: { i: 1 } })
    expect(value(packed)).toEqual([
      [2, 2, 3],
      [
        [
          [1, 2, 3],
          [1, 2, 3],
        ],
        [
          [4, 5, 6],
          [4, 5, 6],
        ],
      ],
    ])
    const joined = pass(graph, 'ConcatV2', 'joined', [squeezed, squeezed, ints('last', -1)], { N: { i: 2 } })
    expect(value(joined)).toEqual([
      [2, 6],
      [
        [1, 2, 3, 1, 2, 3],
        [4, 5, 6, 4, 5, 6],
      ],
    ])
    expect(() => evaluate(pass(graph, 'Reshape', 'wrong', [c, ints('five', [5])]), { graph })).toThrow(
      'Input to reshape is a tensor with 6 values, but the requested shape has 5',
    )
  })

  test.each([array(['a', 'b']), array([1n, 2n]), array([true, false])])('joins $dtype', (value) => {
    const { graph, c } = graphWith(value)
    const axis = addConstant(graph, 'axis', array(0, 'int32'))
    const attr = { T: { type: dtypeInfo(value.dtype).number }, N: { i: 2 } }
    addOp(graph, 'ConcatV2', 'y', [c, c, axis], attr)
    const flat = toNested(value) as unknown[]
    expect(toNested(evaluate('y:0', { graph }))).toEqual([...flat, ...flat])
  })

  test('follows long chains, and asks shared inputs once', () => {
    const { graph, c } = graphWith(array([1]))
    let last = c
    for (let i = 0; i < 20_000; i++) last = pass(graph, 'Identity', `i${i}`, [last])
    expect(toNested(evaluate(last, { graph }))).toEqual([1])
    const axis = addConstant(graph, 'axis', array(0, 'int32'))
    // 2^40 ways lead to the constant, and all of them end in an empty array.
    let twice = addConstant(graph, 'empty', array([]))
    for (let i = 0; i < 40; i++) twice = pass(graph, 'ConcatV2', `t${i}`, [twice, twice, axis], { N: { i: 2 } })
    expect(evaluate(twice, { graph }).shape).toEqual([0])
  })

  test('says in the words of TensorFlow what a session would', () => {
    const [graph, variables] = [new Graph(), new VariableStore()]
    const shape = { shape: { dim: [{ size: 2 }, { size: -1 }] } }
    pass(graph, 'Identity', 'y', addOp(graph, 'Placeholder', 'x', [], { dtype: { type: 1 }, shape }).outputs)
    const attempt = (name: string) => (): NDArray => evaluate(name, { graph, variables })
    expect(attempt('y:0')).toThrow(InvalidArgumentError)
    expect(attempt('y:0')).toThrow("You must feed a value for placeholder tensor 'x' with dtype float and shape [2,?]")
    addOp(graph, 'VariableV2', 'w', [], { dtype: { type: 1 }, shape: { shape: { dim: [] } } })
    expect(() => evaluate('w:0', { graph })).toThrow(FailedPreconditionError)
    expect(() => evaluate('w:0', { graph })).toThrow(/^Attempting to use uninitialized value w/)
    expect(attempt('w:0')).toThrow(NotFoundError)
    variables.getVariable('w', { shape: [] })
    expect(attempt('w:0')).toThrow('Attempting to use uninitialized value w')
    expect(attempt('nope:0')).toThrow(KeyError)
  })

  test('names the op that computes', () => {
    const { graph, c } = graphWith(array([1]))
    pass(graph, 'Identity', 'y', [pass(graph, 'AddV2', 'sum', [c, c])])
    expect(() => evaluate('y:0', { graph })).toThrow(UnimplementedError)
    expect(() => evaluate('y:0', { graph })).toThrow('Cannot evaluate sum:0: its op is AddV2, which computes.')
  })

  test('names the node whose value cannot be', () => {
    const text = `node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "value" value {
      tensor { dtype: DT_FLOAT tensor_shape { dim { size: 4 } } tensor_content: "abc" } } } }`
    const { graph } = importGraphDef(parseGraphDef(text), { name: '' })
    expect(() => evaluate('c:0', { graph })).toThrow(/^Cannot parse tensor from proto: .*: the value of node c$/)
  })

  test('does not wait for what is computed from itself', () => {
    const graph = new Graph()
    const a = addConstant(graph, 'a', array([1]))
    const y = graphInternals.addOperation(graph, { name: 'y', type: 'Identity', inputs: [a], attr: T })
    // No import gives such a graph; whoever makes one by hand gets an error.
    Object.defineProperty(y, 'inputs', { value: y.outputs })
    expect(() => evaluate('y:0', { graph })).toThrow('y:0 is computed from itself')
  })
})
