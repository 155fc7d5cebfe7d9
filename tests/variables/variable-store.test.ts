import { describe, expect, expectTypeOf, test } from 'vitest'
import { array } from '../../src/tensor/convert'
import type { NDArray } from '../../src/tensor/ndarray'
import { ValueError } from '../../src/util/errors'
import type { ComputedTensor } from '../../src/variables/computed-tensor'
import type { Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { oracleTest } from '../oracle/cases'

function names(variables: Iterable<{ readonly op: { readonly name: string } }>): string[] {
  return [...variables].map((v) => v.op.name)
}

describe('VariableStore.variable()', () => {
  test('makes a trainable global variable of a value', () => {
    const store = new VariableStore()
    const v = store.variable(array([1n, 2n]), { name: 'step', device: '/cpu:0' })
    expectTypeOf(v).toEqualTypeOf<Variable<'int64'>>()
    expect([v.name, v.dtype, v.shape, v.trainable, v.device]).toEqual(['step:0', 'int64', [2], true, '/cpu:0'])
    expect(store.globalVariables()).toEqual([v])
    expect(store.trainableVariables()).toEqual([v])
  })

  test('throws without a value', () => {
    const none = undefined as unknown as NDArray
    expect(() => new VariableStore().variable(none)).toThrow(new ValueError('initial_value must be specified.'))
  })
})

describe('VariableStore collections', () => {
  oracleTest<Record<string, string[]>>('collections-variables', ({ result }) => {
    const store = new VariableStore()
    store.variableScope('a', () => {
      store.getVariable('x', { shape: [1] })
      store.getVariable('n', { shape: [1], trainable: false })
    })
    store.variableScope('b', () => store.getVariable('x', { shape: [1], collections: ['local_variables'] }))
    store.variable(array(1), { name: 'v', trainable: false })
    store.variable(array(1), { name: 'w', collections: ['mine'] })
    const found = {
      glob: names(store.globalVariables()),
      train: names(store.trainableVariables()),
      local: names(store.localVariables()),
      g_a: names(store.globalVariables('a')),
      t_b: names(store.trainableVariables('b')),
      t_re: names(store.trainableVariables('.*/x')),
      mine: names(store.getCollection('mine') as Variable[]),
      moving: names(store.movingAverageVariables()),
      model: names(store.getCollection('model_variables') as Variable[]),
    }
    expect(found).toEqual(result)
  })

  oracleTest<unknown[]>('collections-scope-filter', ({ result }) => {
    const store = new VariableStore()
    const node = (name: string): ComputedTensor => store.computed(() => array(1), { name })
    const [x, y, z] = [store.nameScope('a', () => node('x')), store.nameScope('ab', () => node('y')), node('b/a/z')]
    for (const item of [x, y, z, 5, 'a/str']) store.addToCollection('k', item)
    const filter = (scope: string): string[] => (store.getCollection('k', scope) as ComputedTensor[]).map((t) => t.name)
    const filtered = ['a', 'a/', '.*z', '^b', 'x'].map(filter)
    expect([...filtered, store.getCollection('k', '').length, store.getCollection('k').length]).toEqual(result)
  })

  oracleTest<unknown[]>('collections-basic', ({ result }) => {
    const store = new VariableStore()
    for (const [key, value] of [
      ['c', 1],
      ['c', 1],
      ['c', 2],
      ['d', 2],
      ['str', 3],
    ] as const) {
      store.addToCollection(key, value)
    }
    store.getCollection('c').push(9)
    expect(['c', 'd', 'str'].map((key) => store.getCollection(key))).toEqual(result.slice(0, 3))
    expect(store.getCollection('none')).toEqual(result[4])
  })

  test('are those of their keys', () => {
    const store = new VariableStore()
    const v = store.variable(array(1), { collections: ['variables', 'local_variables', 'moving_average_variables'] })
    const found = [store.globalVariables(), store.localVariables(), store.movingAverageVariables()]
    expect([...found, store.getCollection('trainable_variables')]).toEqual([[v], [v], [v], [v]])
  })

  test('hold a variable once, and no text counts as a list of them', () => {
    const store = new VariableStore()
    store.variable(array(1), { name: 'v', collections: ['x', 'x'] })
    store.variable(array(1), { name: 'w', collections: [] })
    store.getVariable('t', { shape: [], collections: ['trainable_variables'] })
    expect(names(store.getCollection('x') as Variable[])).toEqual(['v'])
    expect(store.globalVariables()).toEqual([])
    expect(names(store.trainableVariables())).toEqual(['v', 'w', 't'])
    const collections = 'abc' as unknown as string[]
    expect(() => store.variable(array(1), { collections })).toThrow(
      new ValueError(
        "collections argument to Variable constructor must be a list, tuple, or set. Got abc of type <class 'str'>",
      ),
    )
  })

  test('have keys of any name, and filters that are patterns', () => {
    const store = new VariableStore()
    store.addToCollection('__proto__', 1)
    expect(store.getCollection('__proto__')).toEqual([1])
    expect(store.getCollection('toString')).toEqual([])
    expect(() => store.getCollection('c', '(')).toThrow(ValueError)
  })
})

describe('VariableStore.get()', () => {
  test('finds a variable by the name of its op, and by its own', () => {
    const store = new VariableStore()
    const v = store.variable(array(1), { name: 'a/w' })
    store.computed(() => array(1), { name: 'c' })
    expect([store.get('a/w'), store.get('a/w:0')]).toEqual([v, v])
    expect(['w', 'a/w:1', 'A/w', 'c', '__proto__', ''].map((name) => store.get(name))).toEqual(Array(6).fill(undefined))
  })
})

describe('VariableStore iteration', () => {
  test('gives all variables in the order of their creation, as they stand', () => {
    const store = new VariableStore()
    store.variable(array(1), { name: 'b' })
    store.getVariable('a', { shape: [], collections: ['local_variables'] })
    const seen: string[] = []
    for (const v of store) {
      seen.push(v.op.name)
      store.variable(array(1), { name: 'more' })
    }
    expect(seen).toEqual(['b', 'a'])
    expect(names(store)).toEqual(['b', 'a', 'more', 'more_1'])
  })
})

describe('VariableStore.computed()', () => {
  test('computes at each read', () => {
    const store = new VariableStore()
    const v = store.variable(array([1, 2]), { name: 'v' })
    const sum = store.computed(() => array(Array.from(v.read().data, (x) => x + 1)), { name: 'add', type: 'AddV2' })
    expectTypeOf(sum).toEqualTypeOf<ComputedTensor<'float32'>>()
    expect([sum.name, sum.op]).toEqual(['add:0', { name: 'add', type: 'AddV2' }])
    expect([sum.dtype, sum.shape]).toEqual(['float32', [2]])
    v.assign(array([3, 4]))
    expect(sum.read()).toEqual(array([4, 5]))
    expect(String(sum)).toBe('Tensor("add:0", shape=(2,), dtype=float32)')
  })

  test('does not compute before somebody asks', () => {
    const store = new VariableStore()
    const v = store.getVariable('v', { shape: [] })
    const twice = store.computed(() => v.read(), { name: 'twice' })
    expect(twice.op.type).toBe('PyFunc')
    expect(() => twice.shape).toThrow('Attempting to use uninitialized value v')
    v.assign(1)
    expect(twice.shape).toEqual([])
  })

  test('throws where a value is of another shape than the first', () => {
    let value = array([1])
    const tensor = new VariableStore().computed(() => value, { name: 't' })
    expect(tensor.read()).toEqual(array([1]))
    value = array([1, 2])
    expect(() => tensor.read()).toThrow('Cannot compute t:0 as float32 [1]: the value is float32 [2]')
  })
})
