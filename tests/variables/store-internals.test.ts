import { describe, expect, test } from 'vitest'
import { array } from '../../src/tensor/convert'
import { UniqueNames } from '../../src/util/unique-name'
import { Collections } from '../../src/variables/collections'
import type { Variable } from '../../src/variables/variable'
import { storeInternals, VariableStore } from '../../src/variables/variable-store'

const {
  adopt,
  attach,
  atomically,
  collections,
  create,
  createIn,
  enterDefaultScope,
  host,
  initialValue,
  nodeNames,
  originOf,
  sharedVariables,
  storeOf,
  uniqueName,
  variableScopeName,
} = storeInternals

describe('storeInternals', () => {
  test('makes a store over names and collections that are there', () => {
    const [names, lists] = [new UniqueNames(), new Collections()]
    names.unique('v')
    const store = createIn(names, lists)
    const v = store.variable(array(1), { name: 'v' })
    expect([v.op.name, lists.get('variables')]).toEqual(['v_1', [v]])
    expect([storeInternals.names(store), collections(store)]).toEqual([names, lists])
    expect(storeOf(v)).toBe(store)
  })

  test('tells the host of variables that are made from then on, with their names taken', () => {
    const store = new VariableStore()
    store.variable(array(1), { name: 'before' })
    expect(host(store)).toBeUndefined()
    const seen: string[] = []
    const graph = {
      variableCreated: (v: Variable): void => void seen.push(nodeNames(v).snapshot),
      hasNode: (name: string): boolean => name === 'here',
    }
    attach(store, graph)
    expect(host(store)).toBe(graph)
    const v = store.getVariable('r', { shape: [], useResource: true })
    adopt(store, { name: 'x', dtype: 'bool', shape: [], trainable: false, useResource: false }, nodeNames(v))
    expect(seen).toEqual(['r/Read/ReadVariableOp'])
    expect(() => store.variable(array(1), { name: 'here/' })).toThrow("Duplicate node name in graph: 'here'")
  })

  test('makes variables under any name, of an initializer or of a value', () => {
    const store = new VariableStore()
    const options = { initializer: true, trainable: false, collections: ['mine'] }
    const v = store.nameScope('s', () => create(store, 'v', { dtype: 'int32', shape: [2], value: undefined }, options))
    expect([v.op.name, v.initialized, v.trainable, store.getCollection('mine')]).toEqual(['s/v', false, false, [v]])
    expect(nodeNames(v).initialValue).toBe('s/v/Initializer/Const')
    const w = create(store, 'w', { dtype: 'float32', shape: [], value: array(1) })
    expect([nodeNames(w).initialValue, initialValue(w)]).toEqual(['w/initial_value', array(1)])
    expect([initialValue(v), originOf(v).initializer, originOf(w).initializer]).toEqual([undefined, true, false])
  })

  test('gives names under the scope that is open', () => {
    const store = new VariableStore()
    store.nameScope('a', () => {
      expect(uniqueName(store, 'x', { markAsUsed: false })).toBe('a/x')
      expect([uniqueName(store, 'x'), uniqueName(store, 'x')]).toEqual(['a/x', 'a/x_1'])
    })
  })

  test('knows the open variable scope, and the variables of getVariable() by their full names', () => {
    const store = new VariableStore()
    store.variable(array(1), { name: 'plain' })
    const v = store.variableScope('a', () =>
      enterDefaultScope(store, 'd', () => {
        expect(variableScopeName(store)).toBe('a/d')
        return store.getVariable('v', { shape: [] })
      }),
    )
    expect(variableScopeName(store)).toBe('')
    expect([...sharedVariables(store)]).toEqual([['a/d/v', v]])
  })

  test('undoes what fails, and keeps what does not', () => {
    const store = new VariableStore()
    const v = store.getVariable('v', { shape: [] })
    const parts = { name: 'x', dtype: 'bool', shape: [], trainable: false, useResource: false } as const
    const work = (fail: boolean) => (): Variable => {
      const x = adopt(store, parts, nodeNames(v))
      store.addToCollection('variables', x)
      store.addToCollection('new', x)
      store.getVariable('y', { shape: [] })
      if (fail) throw new RangeError('enough')
      return x
    }
    expect(() => atomically(store, work(true))).toThrow(new RangeError('enough'))
    expect([[...store], store.globalVariables(), collections(store).keys()]).toEqual([
      [v],
      [v],
      ['variables', 'trainable_variables'],
    ])
    expect([...sharedVariables(store).keys()]).toEqual(['v'])
    const x = atomically(store, work(false))
    expect([[...store].length, store.get('x'), store.getCollection('new')]).toEqual([3, x, [x]])
  })
})
