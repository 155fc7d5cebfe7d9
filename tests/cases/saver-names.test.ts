/**
 * The cases of area saver-names that need no graph: which variables a Saver takes, and under which keys.
 */
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array } from '../../src/tensor/convert'
import { listVariables } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { type VarList } from '../../src/train/var-list'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, indexRows, ls } from '../helpers/bundle'
import { oracleTest } from '../oracle/cases'

/** The keys of a checkpoint that a Saver over `varList` writes. */
async function keysOf(varList: VarList): Promise<unknown[]> {
  const fs = new MemoryFileSystem()
  await new Saver(varList, { fs }).save('m')
  return (await indexRows(fs, 'm')).slice(1).map((row) => row['key'])
}

function scalar(store: VariableStore, name: string): Variable {
  return store.variable(array(1), { name })
}

describe('which variables', () => {
  oracleTest('names-list', async ({ result }) => {
    const store = new VariableStore()
    const a = store.nameScope('n', () => scalar(store, 'a'))
    const b = store.variableScope('vs', () => store.getVariable('b', { initializer: array([0]) }))
    expect(await keysOf([a, b])).toEqual(result)
  })

  oracleTest('names-dict', async ({ result }) => {
    const store = new VariableStore()
    const fs = new MemoryFileSystem()
    await new Saver({ 'x/y': scalar(store, 'a'), q: scalar(store, 'b') }, { fs }).save('m')
    expect(await listVariables('m', { fs })).toEqual(result)
  })

  oracleTest('names-default', async ({ result }) => {
    const store = new VariableStore()
    scalar(store, 'g')
    store.variable(array(1), { name: 'nt', trainable: false })
    store.variable(array(1), { name: 'l', collections: ['local_variables'] })
    expect(await keysOf(store)).toEqual(result)
  })

  oracleTest('names-tuple-set-nested', async ({ result }) => {
    const store = new VariableStore()
    const a = scalar(store, 'a')
    const b = scalar(store, 'b')
    const nested = [[a], [b]] as unknown as Variable[]
    expect([await keysOf([a, b]), await keysOf(new Set([a, b])), await keysOf(nested)]).toEqual(result)
  })

  oracleTest('names-uniquified', async ({ result }) => {
    const store = new VariableStore()
    scalar(store, 'v')
    scalar(store, 'v')
    expect(await keysOf(store)).toEqual(result)
  })

  oracleTest('names-default-variable-name', async ({ result }) => {
    const store = new VariableStore()
    store.variable(array(1))
    store.variable(array(2))
    expect(await keysOf(store)).toEqual(result)
  })

  oracleTest('names-resource', async ({ result }) => {
    const store = new VariableStore()
    const a = store.variable(array(1), { name: 'a', useResource: true })
    expect([await keysOf([a]), a.name, a.op.name, a.op.type]).toEqual(result)
  })
})

describe('what a Saver refuses', () => {
  oracleTest('names-duplicate-in-list', async ({ error_class, error_message }) => {
    const a = scalar(new VariableStore(), 'a')
    expect(await errorOf(() => new Saver([a, a]))).toEqual([error_class, error_message])
  })

  oracleTest<[string, string][]>('names-not-a-variable', async ({ result }) => {
    const store = new VariableStore()
    const a = scalar(store, 'a')
    const c = store.computed(() => array(1), { name: 'c', type: 'Const' })
    const lists: unknown[] = [[c], { c }, new Map([[1, a]]), { a: 3 }, 'abc', a, [a, 'x'], { a: [a] }, { a: [c] }]
    const answers = await Promise.all(lists.map((list) => errorOf(() => new Saver(list as VarList))))
    const expected = result.map(([kind, message]) => [kind, message] as [string, string])
    // A number is told as such here, where TensorFlow has made a tensor of it; a string in a list is no variable either.
    expected[3] = ['TypeError', (expected[3] as string[])[1]?.replace(/Tensor\(.*$/, '3') as string]
    expected[6] = ['TypeError', 'Variable to save is not a Variable: x']
    expect(answers).toEqual(expected)
  })

  oracleTest<{ errors: [string, string][] }>('names-empty', async ({ result, files }) => {
    const lists: VarList[] = [new VariableStore(), [], {}]
    const errors = await Promise.all(lists.map((list) => errorOf(() => new Saver(list))))
    expect(errors).toEqual(result.errors)
    const fs = new MemoryFileSystem()
    const saver = new Saver([], { fs, allowEmpty: true })
    // '' stands for TensorFlow's None.
    expect(await saver.save('m')).toBe('')
    expect(await saver.restore('nope')).toEqual({ restored: [], missing: [], mismatched: [], unused: [] })
    expect(saver.lastCheckpoints).toEqual([])
    expect(ls(fs)).toEqual(files)
    // TensorFlow gives None.
    expect((await errorOf(() => saver.asSaverDef()))[0]).toBe('FailedPreconditionError')
  })
})

test('A key that is spelt with escapes is the key of its bytes, saved and restored', async () => {
  const store = new VariableStore()
  const a = scalar(store, 'a')
  const fs = new MemoryFileSystem()
  const saver = new Saver(new Map([['\udcc3\udca9', a]]), { fs })
  await saver.save('m')
  expect(await listVariables('m', { fs })).toEqual([['é', []]])
  a.assign(5)
  expect((await saver.restore('m')).restored).toEqual(['é'])
  expect(a.read().data[0]).toBe(1)
  expect(await errorOf(() => new Saver({ '\ud800': a }))).toEqual([
    'InvalidArgumentError',
    expect.stringContaining('U+D800 stands alone'),
  ])
})
