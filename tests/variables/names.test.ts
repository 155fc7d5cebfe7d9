/** The names that a store gives, against those that TensorFlow gives. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ndarray } from '../../src/tensor/ndarray'
import { ValueError } from '../../src/util/errors'
import type { Variable } from '../../src/variables/variable'
import { storeInternals, VariableStore } from '../../src/variables/variable-store'
import { oracleTest } from '../oracle/cases'

type Answer = string | { readonly error: string; readonly message: string }
type Step =
  | readonly ['variable', name: string | null, useResource: boolean, Answer]
  | readonly ['get', name: string, kind: 'value' | 'shape', useResource: boolean, Answer]
  | readonly ['node', name: string, Answer]
  | readonly ['name_scope', name: string, Answer, readonly Step[]]
  | readonly ['variable_scope', name: string, reuse: true | 'auto' | null, Answer, readonly Step[]]
  | readonly ['default_scope', name: string, Answer, readonly Step[]]

type Programs = readonly (readonly Step[])[]

const golden: { readonly programs: Programs; readonly defaults: Programs } = JSON.parse(
  readFileSync(new URL('../golden/unique-name.json', import.meta.url), 'utf8'),
)

const one = ndarray('float32', [1], Float32Array.of(1))

function answer(make: () => string): Answer {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { error: error.name, message: error.message }
  }
}

function replay(store: VariableStore, steps: readonly Step[]): unknown[] {
  return steps.map((step) => replayStep(store, step))
}

function replayStep(store: VariableStore, step: Step): unknown {
  switch (step[0]) {
    case 'variable': {
      const [kind, name, useResource] = step
      const options = name === null ? { useResource } : { name, useResource }
      return [kind, name, useResource, answer(() => store.variable(one, options).op.name)]
    }
    case 'get': {
      const [kind, name, how, useResource] = step
      const options = how === 'value' ? { initializer: one, useResource } : { shape: [1], useResource }
      return [kind, name, how, useResource, answer(() => store.getVariable(name, options).op.name)]
    }
    case 'node':
      return [step[0], step[1], answer(() => store.computed(() => one, { name: step[1] }).op.name)]
    case 'name_scope': {
      let inner: unknown[] = []
      const enter = (scope: string): string => {
        inner = replay(store, step[3])
        return scope
      }
      return [step[0], step[1], answer(() => store.nameScope(step[1], enter)), inner]
    }
    case 'default_scope': {
      let inner: unknown[] = []
      const enter = (): string => {
        inner = replay(store, step[3])
        return storeInternals.variableScopeName(store)
      }
      // The name is that of the scope while it is open: a scope that is closed within it does not change it.
      return [step[0], step[1], answer(() => storeInternals.enterDefaultScope(store, step[1], enter)), inner]
    }
    case 'variable_scope': {
      const [kind, name, reuse, scope, steps] = step
      let inner: unknown[] = []
      const options = reuse === null ? {} : { reuse }
      // A scope's name is nowhere to be read: that of the golden is taken where it could be entered.
      const enter = (): string => {
        inner = replay(store, steps)
        return typeof scope === 'string' ? scope : 'entered'
      }
      return [kind, name, reuse, answer(() => store.variableScope(name, enter, options)), inner]
    }
  }
}

describe('VariableStore names', () => {
  test('are those of TensorFlow in random programs', () => {
    for (const program of golden.programs) expect(replay(new VariableStore(), program)).toEqual(program)
  })

  test('are those of TensorFlow in scopes whose names are made unique', () => {
    for (const program of golden.defaults) expect(replay(new VariableStore(), program)).toEqual(program)
  })

  oracleTest<string[]>('names-uniquified', ({ result }) => {
    const store = new VariableStore()
    for (let i = 0; i < 2; i++) store.variable(one, { name: 'v' })
    expect(store.globalVariables().map((v) => v.op.name)).toEqual(result)
  })

  oracleTest<string[]>('names-default-variable-name', ({ result }) => {
    const store = new VariableStore()
    for (let i = 0; i < 2; i++) store.variable(one)
    expect(store.globalVariables().map((v) => v.op.name)).toEqual(result)
  })

  oracleTest<string[]>('names-list', ({ result }) => {
    const store = new VariableStore()
    const a = store.nameScope('n', () => store.variable(one, { name: 'a' }))
    const b = store.variableScope('vs', () => store.getVariable('b', { shape: [1] }))
    expect([a.op.name, b.op.name]).toEqual(result)
  })

  oracleTest<[unknown, string, string, string]>('names-resource', ({ result }) => {
    const a = new VariableStore().variable(one, { name: 'a', useResource: true })
    expect([[a.op.name], a.name, a.op.name, a.op.type]).toEqual(result)
  })

  oracleTest<string[]>('op-names-case-insensitive', ({ result }) => {
    const store = new VariableStore()
    const names = ['Foo', 'foo', 'FOO', 'foo'].map((name) => store.computed(() => one, { name }).name)
    expect(names).toEqual(result)
  })

  oracleTest<string[]>('name-scope', ({ result }) => {
    const store = new VariableStore()
    const found: string[] = []
    const node = (name: string): void => void found.push(store.computed(() => one, { name }).name)
    const enter = (name: string, body: () => void = () => {}): string =>
      store.nameScope(name, (scope) => {
        found.push(scope)
        body()
        return scope
      })
    const first = enter('a', () => {
      node('c')
      enter('b')
      enter('b')
    })
    enter('a')
    enter(first, () => node('c'))
    store.nameScope('a', () => {
      enter('', () => node('top'))
      // None, in Python.
      enter('')
    })
    expect(found).toEqual(result)
  })

  oracleTest<unknown[]>('op-name-scope-exact', ({ result }) => {
    const store = new VariableStore()
    const node = (name: string): string => store.computed(() => one, { name }).name
    const refused = (name: string): Answer => answer(() => node(name))
    const found = store.nameScope('s', () => [node('c'), node('abs/'), node('p/q/')])
    const duplicate = { error: 'ValueError', message: "Duplicate node name in graph: 'abs'" }
    expect([refused('abs/'), refused('abs')]).toEqual([duplicate, duplicate])
    expect([...found, ...[0, 1].map(() => ['ValueError', duplicate.message]), node('abs').slice(0, -2)]).toEqual(result)
  })

  test('a variable takes the names of its nodes, as in a graph', () => {
    const store = new VariableStore()
    const name = (wanted: string): string => store.variable(one, { name: wanted }).op.name
    expect(['v', 'v/read', 'v/Assign', 'v/initial_value', 'v/initial_value'].map(name)).toEqual([
      'v',
      'v/read_1',
      'v/Assign_1',
      'v/initial_value_1',
      'v/initial_value_2',
    ])
  })

  test('a variable without a name at all is named after its op', () => {
    const store = new VariableStore()
    expect(store.variable(one, { name: '' }).name).toBe('VariableV2:0')
    expect(store.variable(one, { name: '', useResource: true }).name).toBe('VarHandleOp:0')
  })

  test('a name that is refused is free afterwards', () => {
    const store = new VariableStore()
    const torn = { dtype: 'float32', shape: [3], data: new Float32Array(2) } as const
    expect(() => store.variable(torn, { name: 'v' })).toThrow('Cannot shape 2 items of float32 as [3]')
    expect(() => store.variable(one, { name: 'v w' })).toThrow(ValueError)
    expect(store.variable(one, { name: 'v' }).op.name).toBe('v')
  })

  test('a computed tensor and a variable do not share a name', () => {
    const store = new VariableStore()
    expect(store.computed(() => one, { name: 'x' }).name).toBe('x:0')
    expect(store.variable(one, { name: 'X' }).name).toBe('X_1:0')
    expect(() => store.variable(one, { name: 'x/' })).toThrow("Duplicate node name in graph: 'x'")
  })

  test('that are not made unique clash with those of nodes, either way', () => {
    const store = new VariableStore()
    const clash = (name: string): string => String(answerText(() => store.variable(one, { name })))
    store.variable(one, { name: 'v' })
    store.variable(one, { name: 'r', useResource: true })
    store.getVariable('g', { shape: [1], initializer: () => one })
    const inner = ['v/read/', 'v/Assign/', 'v/initial_value/', 'r/Read/ReadVariableOp/', 'r/Initializer/initial_value/']
    for (const name of [...inner, 'g/Initializer/Const/', 'r/IsInitialized/VarIsInitializedOp/']) {
      expect(clash(name)).toBe(`Duplicate node name in graph: '${name.slice(0, -1)}'`)
    }
    expect(['v/Read/', 'r/Initializer/Const/', 'g/initial_value/', 'x/read/'].map(clash)).toEqual([
      'v/Read:0',
      'r/Initializer/Const:0',
      'g/initial_value:0',
      'x/read:0',
    ])
    expect(clash('x')).toBe("Duplicate node name in graph: 'x/read'")
    store.computed(() => one, { name: 'y/Assign/' })
    expect(clash('y')).toBe("Duplicate node name in graph: 'y/Assign'")
    expect(clash('z')).toBe('z:0')
  })

  test('of nodes that are not called as usual clash too', () => {
    const store = new VariableStore()
    store.computed(() => one, { name: 'v/read' })
    const v = store.variable(one, { name: 'v' })
    expect(storeInternals.nodeNames(v)).toEqual({
      initialValue: 'v/initial_value',
      initializer: 'v/Assign',
      snapshot: 'v/read_1',
      isInitialized: undefined,
    })
    expect(() => store.variable(one, { name: 'v/read_1/' })).toThrow("Duplicate node name in graph: 'v/read_1'")
    expect(() => store.variable(one, { name: 'v/Assign/' })).toThrow("Duplicate node name in graph: 'v/Assign'")
  })

  test('that a scope has used already clash with nothing later', () => {
    const store = new VariableStore()
    const shadow = storeInternals.enterDefaultScope(store, 'v/Average', () => store.getVariable('', { shape: [1] }))
    expect(shadow.op.name).toBe('v/Average')
    expect(store.variable(one, { name: 'v/Average' }).op.name).toBe('v/Average_1')
  })
})

function answerText(make: () => Variable): string {
  const found = answer(() => make().name)
  return typeof found === 'string' ? found : found.message
}
