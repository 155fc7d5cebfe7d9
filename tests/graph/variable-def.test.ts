import { describe, expect, test } from 'vitest'
import { type Graph, graphInternals } from '../../src/graph/graph'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { graphOf, storeForGraph } from '../../src/graph/store-graph'
import { type ImportedVariable, variableDefOf, variableFromDef } from '../../src/graph/variable-def'
import { type IVariableDef, tensorflow, type VariableDef } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import { KeyError, ValueError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'

const V: IVariableDef = {
  variableName: 'v:0',
  initializerName: 'v/Assign',
  snapshotName: 'v/read:0',
  initialValueName: 'v/initial_value:0',
}
const R: IVariableDef = {
  variableName: 'r:0',
  initializerName: 'r/Assign',
  snapshotName: 'r/Read/ReadVariableOp:0',
  initialValueName: 'r/Initializer/initial_value:0',
  isResource: true,
}

/** What a file with a variable of either kind, and a constant, imports as. */
function imported(prefix = ''): Graph {
  const store = new VariableStore()
  store.variable(array([1, 2]), { name: 'v', device: '/cpu:0' })
  store.variable(array(3n), { name: 'r', useResource: true })
  return importGraphDef(graphOf(store).asGraphDef({ addShapes: true }), { name: prefix }).graph
}

function read(graph: Graph, def: IVariableDef, importScope?: string): ImportedVariable {
  const message = new tensorflow.VariableDef(def) as VariableDef
  return variableFromDef(graph, message, { store: storeForGraph(graph), importScope })
}

describe('variableFromDef()', () => {
  test('makes an uninitialized variable of what the graph says', () => {
    const graph = imported()
    const { variable: v } = read(graph, { ...V, trainable: true })
    expect([v?.op, v?.dtype, v?.shape, v?.trainable, v?.initialized, v?.device]).toEqual([
      { name: 'v', type: 'VariableV2' },
      'float32',
      [2],
      true,
      false,
      '/device:CPU:0',
    ])
    const { variable: r } = read(graph, R)
    expect([r?.op, r?.dtype, r?.shape, r?.trainable, r?.device]).toEqual([
      { name: 'r', type: 'VarHandleOp' },
      'int64',
      [],
      false,
      '',
    ])
    expect([...storeForGraph(graph)]).toEqual([v, r])
    expect(read(graph, V).variable).toBe(v)
    expect(storeForGraph(graph).globalVariables()).toEqual([])
  })

  test('says again what it read', () => {
    const defs: IVariableDef[] = [
      { ...V, trainable: true, synchronization: 3, aggregation: 2 },
      { ...R, saveSliceInfoDef: { fullName: 'p', fullShape: [4, 3], varOffset: [2, 0], varShape: [2, 3] } },
      { ...V, initialValueName: '' },
      { ...V, initialValueName: 'v/read:0' },
    ]
    for (const def of defs) {
      const { variable } = read(imported(), def)
      const { initialValueName, ...said } = variable === undefined ? {} : variableDefOf(variable)
      expect({ ...said, initialValueName: initialValueName ?? '' }).toEqual(def)
    }
  })

  test('puts the scope in front of every name', () => {
    for (const scope of ['sc', 'sc/']) {
      const slice = { fullName: 'p', fullShape: [4], varOffset: [2], varShape: [2] }
      const { variable } = read(imported('sc'), { ...V, saveSliceInfoDef: slice }, scope)
      expect(variable?.saveSliceInfo).toEqual({ fullName: 'sc/p', fullShape: [4], slice: [[2, 2]] })
      expect(variable && variableDefOf(variable)).toEqual({
        variableName: 'sc/v:0',
        initializerName: 'sc/v/Assign',
        snapshotName: 'sc/v/read:0',
        initialValueName: 'sc/v/initial_value:0',
        saveSliceInfoDef: { ...slice, fullName: 'sc/p' },
      })
    }
  })

  test('finds the read of a resource variable where the file does not say it, and behind a cached value', () => {
    const old = read(imported(), { ...R, snapshotName: '' })
    expect(old.variable && variableDefOf(old.variable).snapshotName).toBe('r/Read/ReadVariableOp:0')
    const graph = imported()
    const inputs = [graph.getTensorByName('r/Read/ReadVariableOp:0')]
    graphInternals.addOperation(graph, { name: 'cached', type: 'Identity', inputs, attr: { T: { type: 9 } } })
    const cached = read(graph, { ...R, snapshotName: 'cached:0' })
    expect(cached.variable && variableDefOf(cached.variable).snapshotName).toBe('cached:0')
  })

  // The texts are TensorFlow's.
  test.each([
    [
      { variableName: 'x:0' },
      KeyError,
      "The name 'x:0' refers to a Tensor which does not exist. The operation, 'x', does not exist in the graph.",
    ],
    [
      { variableName: 'v:1' },
      KeyError,
      "The name 'v:1' refers to a Tensor which does not exist. The operation, 'v', exists but only has 1 outputs.",
    ],
    [{ initializerName: 'x' }, KeyError, "The name 'x' refers to an Operation not in the graph."],
    [{ initializerName: '' }, KeyError, "The name '' refers to an Operation not in the graph."],
    [{ snapshotName: '' }, KeyError, "The name '' refers to an Operation not in the graph."],
    [
      { snapshotName: 'nope:0' },
      KeyError,
      "The name 'nope:0' refers to a Tensor which does not exist. The operation, 'nope', does not exist in the graph.",
    ],
    [
      { initialValueName: 'zz:0' },
      KeyError,
      "The name 'zz:0' refers to a Tensor which does not exist. The operation, 'zz', does not exist in the graph.",
    ],
    [{ synchronization: 7 }, ValueError, 'Invalid variable synchronization mode: 7 for variable: v:0'],
    [{ aggregation: 7 }, ValueError, 'Invalid variable aggregation mode: 7 for variable: v:0'],
  ] as const)('refuses %j', (change, error, message) => {
    expect(() => read(imported(), { ...V, ...change })).toThrow(new error(message))
  })

  test.each([
    [
      { ...V, variableName: 'v/initial_value:0' },
      'Cannot import the variable v/initial_value:0: the node of that name is of type Const',
    ],
    [{ ...V, variableName: 'r:0' }, 'Cannot import the variable r:0: the node of that name is of type VarHandleOp'],
    [
      { ...R, variableName: 'v:0' },
      'Cannot import the resource variable v:0: the node of that name is of type VariableV2',
    ],
    [
      { ...R, snapshotName: R.initialValueName ?? '' },
      'Cannot import the resource variable r:0: r/Initializer/initial_value does not read it',
    ],
  ] as const)('refuses a node that is something else: %j', (def, message) => {
    expect(() => read(imported(), def)).toThrow(new ValueError(message))
    expect(() => read(imported(), def)).toThrow(ValueError)
  })

  test('makes none where the shape is not known, and says why', () => {
    for (const shape of [{ unknownRank: true }, { dim: [{ size: 2 }, { size: -1 }] }]) {
      const changed = imported().asGraphDef()
      const node = changed.node.find(({ name }) => name === 'v')
      if (node !== undefined) node.attr['shape'] = new tensorflow.AttrValue({ shape })
      const { graph } = importGraphDef(changed, { name: '' })
      const result = read(graph, V)
      expect(result.variable).toBeUndefined()
      expect(result.reason).toContain('the shape of v is not known before it has a value')
      expect([...storeForGraph(graph)]).toEqual([])
    }
  })
})
