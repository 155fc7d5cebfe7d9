/** The nodes of variables, against those that TensorFlow makes for the same calls. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { graphOf } from '../../src/graph/store-graph'
import { variableDefOf } from '../../src/graph/variable-def'
import { decodeMessage, encodeMessage, tensorflow } from '../../src/proto/messages'
import { array, zeros } from '../../src/tensor/convert'
import { type DType, dtypeInfo } from '../../src/tensor/dtype'
import { elementCount, type NDArray, ndarray, type Shape } from '../../src/tensor/ndarray'
import { tensorFromProto } from '../../src/tensor/tensor-proto'
import type { Variable } from '../../src/variables/variable'
import { storeInternals, VariableStore } from '../../src/variables/variable-store'
import { GOLDEN_DIR, goldenFile } from '../oracle/golden'

interface Value {
  readonly dtype: DType
  readonly shape: Shape
  readonly hex?: string
  readonly strings?: readonly string[]
  readonly fill?: true
}

interface Options {
  readonly name?: string
  readonly value: Value
  readonly initializer?: boolean
  readonly useResource?: boolean
  readonly trainable?: boolean
  readonly collections?: string[]
  readonly device?: string
  readonly numShards?: number
  readonly axis?: number
}

type Step =
  | readonly ['variable' | 'get' | 'partitioned', Options]
  | readonly ['name_scope' | 'variable_scope', string, readonly Step[]]

interface Program {
  readonly name: string
  readonly steps: readonly Step[]
  readonly defs: readonly string[]
}

const programs: readonly Program[] = JSON.parse(readFileSync(`${GOLDEN_DIR}/variable-nodes/programs.json`, 'utf8'))

function valueOf({ dtype, shape, hex = '', strings, fill }: Value): NDArray {
  const { Array: Items, size } = dtypeInfo(dtype)
  const times = fill === true ? elementCount(shape) : 1
  if (Items === undefined) {
    const given = (strings ?? []).map((each) => new Uint8Array(Buffer.from(each, 'hex')))
    return ndarray('string', shape, Array.from({ length: times }, () => given).flat())
  }
  const bytes = Buffer.concat(Array.from({ length: times }, () => Buffer.from(hex, 'hex')))
  const data = new Items(new Uint8Array(bytes).buffer, 0, (bytes.length / size) * dtypeInfo(dtype).lanes)
  return ndarray(dtype, shape, data as never)
}

function replay(store: VariableStore, steps: readonly Step[]): Variable[] {
  return steps.flatMap((step) => {
    if (step.length === 2) {
      return step[0] === 'partitioned' ? makeParts(store, step[1]) : make(store, step[0], step[1])
    }
    const [kind, name, inner] = step
    const body = (): Variable[] => replay(store, inner)
    return kind === 'name_scope' ? store.nameScope(name, body) : store.variableScope(name, body)
  })
}

function make(
  store: VariableStore,
  kind: 'variable' | 'get',
  { name, value: given, initializer, ...options }: Options,
): Variable {
  const value = valueOf(given)
  if (kind === 'variable') return store.variable(value, name === undefined ? options : { ...options, name })
  const { dtype, shape } = value
  const how = initializer === true ? { shape, dtype, initializer: () => value } : { initializer: value }
  return store.getVariable(name ?? '', { ...options, ...how })
}

/** Every part is filled with the one element that the value has. */
function makeParts(store: VariableStore, { name = '', value, numShards = 0, ...options }: Options): Variable[] {
  const { dtype, shape } = value
  const initializer = (part: Shape): NDArray => valueOf({ ...value, shape: part })
  return [...store.getPartitionedVariable(name, { ...options, shape, dtype, numShards, initializer })]
}

function graphBytes(store: VariableStore): Uint8Array {
  return encodeMessage(tensorflow.GraphDef, graphOf(store).asGraphDef({ addShapes: true }), 'GraphDef')
}

/** Node by node, for a message that says which one differs. */
function nodesOf(bytes: Uint8Array): unknown[] {
  return decodeMessage(tensorflow.GraphDef, bytes, 'GraphDef').node.map((node) => JSON.parse(JSON.stringify(node)))
}

describe('addVariableNodes()', () => {
  test.each(programs)('makes the nodes that TensorFlow makes: $name', ({ name, steps, defs }) => {
    const store = new VariableStore()
    const variables = replay(store, steps)
    const expected = goldenFile(`variable-nodes/${name}.pb`)
    const bytes = graphBytes(store)
    expect(nodesOf(bytes)).toEqual(nodesOf(expected))
    expect(Buffer.compare(bytes, expected)).toBe(0)
    const messages = variables.map((v) => encodeMessage(tensorflow.VariableDef, variableDefOf(v), 'VariableDef'))
    expect(messages.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(defs)
  })
})

describe('The initial value in the graph', () => {
  /** The value of the Const, and how many bytes the whole graph has. */
  function initialOf(make: (store: VariableStore) => Variable): { value: NDArray | undefined; bytes: number } {
    const store = new VariableStore()
    const { initialValue = '' } = storeInternals.nodeNames(make(store))
    const { tensor } = graphOf(store).getOperationByName(initialValue).getAttr('value') ?? {}
    return { value: tensor ? tensorFromProto(tensor) : undefined, bytes: graphBytes(store).length }
  }

  test('is one element where all of a long one are the same', () => {
    for (const dtype of ['float32', 'int64', 'complex64', 'bool', 'bfloat16', 'string', 'int4'] as const) {
      const value = zeros([3000], dtype)
      const found = initialOf((store) => store.variable(value, { name: 'v' }))
      expect(found.value).toEqual(value)
      expect(found.bytes).toBeLessThan(1000)
    }
    const nan = ndarray('float32', [3000], new Float32Array(new Uint32Array(3000).fill(0xffc00001).buffer))
    expect(initialOf((store) => store.variable(nan)).value).toEqual({ ...nan, data: new Float32Array(3000).fill(NaN) })
  })

  test('is zeros where a long one is something else, and where there is none', () => {
    const value = ndarray(
      'float32',
      [300],
      Float32Array.from({ length: 300 }, (_, i) => i),
    )
    const long = initialOf((store) => store.variable(value))
    expect([long.value, long.bytes < 1000]).toEqual([zeros([300]), true])
    const none = initialOf((store) => store.getVariable('v', { shape: [2, 300], dtype: 'int32' }))
    expect(none.value).toEqual(zeros([2, 300], 'int32'))
    const texts = initialOf((store) => store.getVariable('v', { shape: [2], dtype: 'string' }))
    expect(texts.value).toEqual(array(['', '']))
  })

  test('stays what it was when the variable was made', () => {
    const found = initialOf((store) =>
      store
        .variable(array([1, 2]))
        .assign(array([3, 4]))
        .assignAdd(array([1, 1])),
    )
    expect(found.value).toEqual(array([1, 2]))
    const filled = initialOf((store) => store.variable(zeros([3000])).assign(new Float32Array(3000).fill(1)))
    expect(filled.value).toEqual(zeros([3000]))
  })

  test('of a variant has no elements', () => {
    const store = new VariableStore()
    store.variable(ndarray('variant', [1], [new Uint8Array([1])]), { name: 'v' })
    const proto = graphOf(store).getOperationByName('v/initial_value').getAttr('value')?.tensor
    expect(proto).toEqual({ dtype: 21, tensorShape: { dim: [{ size: 1 }] } })
  })
})
