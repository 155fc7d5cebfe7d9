import { describe, expect, test } from 'vitest'
import { array } from '../../src/tensor/convert'
import type { NDArray } from '../../src/tensor/ndarray'
import { InvalidArgumentError, NotFoundError, ValueError } from '../../src/util/errors'
import { pinValue } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'

function storeOf(values: Record<string, NDArray>): VariableStore {
  const store = new VariableStore()
  for (const [name, value] of Object.entries(values)) store.variable(value, { name })
  return store
}

function valuesOf(store: VariableStore): unknown[] {
  return [...store].map((v) => v.read())
}

function errorOf(run: () => void): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

describe('VariableStore.load()', () => {
  test('assigns by name, with and without ":0", and reports', () => {
    const store = storeOf({ a: array([1]), 'b/c': array([2n]) })
    const report = store.load([
      ['b/c:0', array([4n])],
      ['a', array([3])],
      ['x', array([5])],
    ])
    expect(report).toEqual({ restored: ['a', 'b/c'], missing: [], mismatched: [], unused: ['x'] })
    expect(valuesOf(store)).toEqual([array([3]), array([4n])])
  })

  test('takes a Map, and gives values to uninitialized variables', () => {
    const store = new VariableStore()
    const w = store.getVariable('w', { shape: [2] })
    store.load(new Map([['w', array([1, 2])]]))
    expect(w.read()).toEqual(array([1, 2]))
  })

  test('copies', () => {
    const store = storeOf({ a: array([1]) })
    const w = store.getVariable('w', { shape: [1] })
    const [a, b] = [array([5]), array([6])]
    store.load([
      ['a', a],
      ['w', b],
    ])
    a.data[0] = b.data[0] = 9
    expect([store.get('a')?.read(), w.read()]).toEqual([array([5]), array([6])])
  })

  test('names every variable without a value, with what may have been meant, and changes nothing', () => {
    const store = storeOf({ 'model/weights': array([1]), bias: array([2]), ok: array([3]) })
    const error = errorOf(() =>
      store.load([
        ['ok', array([9])],
        ['weights', array([9])],
      ]),
    )
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toMatchObject({
      key: 'model/weights',
      message:
        'Key model/weights not found among the values: 2 variables have none: model/weights (there is weights), bias',
    })
    expect(valuesOf(store)).toEqual([array([1]), array([2]), array([3])])
  })

  test('leaves them with ignoreMissing, and reports them', () => {
    const store = storeOf({ a: array([1]), b: array([2]) })
    const report = store.load([['b', array([3])]], { ignoreMissing: true })
    expect(report).toEqual({ restored: ['b'], missing: ['a'], mismatched: [], unused: [] })
    expect(valuesOf(store)).toEqual([array([1]), array([3])])
  })

  test('throws for another shape or dtype, names all of them, and changes nothing', () => {
    const store = storeOf({ a: array([1]), b: array([2]), c: array([3]) })
    const error = errorOf(() =>
      store.load([
        ['a', array([9])],
        ['b', array([9, 9])],
        ['c', array([9n])],
      ]),
    )
    expect(error).toBeInstanceOf(InvalidArgumentError)
    expect(error).toMatchObject({
      key: 'b',
      message:
        'Assign requires shapes of both tensors to match. lhs shape= [1] rhs shape= [2]: "b" is float32 [1], its value float32 [2]; "c" is float32 [1], its value int64 [1]',
    })
    expect(valuesOf(store)).toEqual([array([1]), array([2]), array([3])])
  })

  test('throws for a value whose elements do not fill its shape, and changes nothing', () => {
    const store = storeOf({ a: array([1]), b: array([2]) })
    const torn = { dtype: 'float32', shape: [1], data: new Float32Array(2) } as const
    const load = (): unknown =>
      store.load([
        ['a', array([9])],
        ['b', torn],
      ])
    expect(load).toThrow(InvalidArgumentError)
    expect(valuesOf(store)).toEqual([array([1]), array([2])])
  })

  test('changes nothing where the values end in an error', () => {
    const store = storeOf({ a: array([1]), b: array([2]) })
    function* broken(): Generator<[string, NDArray]> {
      yield ['a', array([9])]
      throw new RangeError('file')
    }
    expect(() => store.load(broken())).toThrow('file')
    expect(valuesOf(store)).toEqual([array([1]), array([2])])
  })

  test('throws for two values of one name', () => {
    const load = (): unknown =>
      storeOf({ a: array([1]) }).load([
        ['a', array([2])],
        ['a:0', array([3])],
      ])
    expect(load).toThrow(new ValueError('At least two values have the same name: a'))
  })

  test('asks for global variables, and takes what others are given', () => {
    const store = storeOf({ a: array([1]) })
    const local = store.variable(array([2]), { name: 'local', collections: ['local_variables'] })
    const mine = store.variable(array([3]), { name: 'mine', collections: ['mine'] })
    const report = store.load([
      ['a', array([4])],
      ['mine', array([5])],
    ])
    expect(report).toEqual({ restored: ['a', 'mine'], missing: [], mismatched: [], unused: [] })
    expect([local.read(), mine.read()]).toEqual([array([2]), array([5])])
  })

  test('asks for the variables that it is told, local ones too', () => {
    const store = storeOf({ a: array([1]), b: array([2]) })
    const local = store.variable(array([3]), { name: 'local', collections: ['local_variables'] })
    const values: [string, NDArray][] = [
      ['a', array([9])],
      ['b', array([9])],
    ]
    const [a] = store
    if (a === undefined) throw new Error('no variable')
    expect(store.load(values, { variables: [a, a] })).toMatchObject({ restored: ['a'], unused: ['b'] })
    expect(() => store.load(values, { variables: [a, local] })).toThrow(NotFoundError)
    expect(valuesOf(store)).toEqual([array([9]), array([2]), array([3])])
  })

  test('leaves what is excluded: its value is unused, and may be of any shape', () => {
    const store = storeOf({ a: array([1]), last: array([2]) })
    const exclude = (v: { readonly op: { readonly name: string } }): boolean => v.op.name === 'last'
    const report = store.load(
      [
        ['a', array([9])],
        ['last', array([9, 9])],
      ],
      { exclude },
    )
    expect(report).toEqual({ restored: ['a'], missing: [], mismatched: [], unused: ['last'] })
    expect(valuesOf(store)).toEqual([array([9]), array([2])])
  })

  test('lets two variables trade places', () => {
    const store = storeOf({ a: array([1, 2]), b: array([3, 4]) })
    const [a, b] = store
    if (a === undefined || b === undefined) throw new Error('no variables')
    store.load([
      ['a', b.read()],
      ['b', a.read()],
    ])
    expect(valuesOf(store)).toEqual([array([3, 4]), array([1, 2])])
  })

  test('leaves a value that is being saved', () => {
    const store = storeOf({ a: array([1]) })
    const [a] = store
    if (a === undefined) throw new Error('no variable')
    const pinned = pinValue(a)
    store.load([['a', array([2])]])
    expect([pinned.value, a.read()]).toEqual([array([1]), array([2])])
  })

  test('takes names of objects as any other', () => {
    const store = storeOf({ constructor: array([1]) })
    const report = store.load([
      ['constructor', array([2])],
      ['__proto__', array([3])],
    ])
    expect(report).toMatchObject({ restored: ['constructor'], unused: ['__proto__'] })
  })
})
