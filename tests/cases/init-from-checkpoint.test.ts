/**
 * The cases of init_from_checkpoint. TensorFlow puts initializers into the graph and runs them; here values are assigned.
 */
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested, zeros } from '../../src/tensor/convert'
import { type NDArray } from '../../src/tensor/ndarray'
import { type AssignmentMap, initFromCheckpoint } from '../../src/train/init-from-checkpoint'
import { Saver } from '../../src/train/saver'
import { DataLossError, InvalidArgumentError, NotFoundError, ValueError } from '../../src/util/errors'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { outcome } from '../helpers/state-files'
import { oracleTest } from '../oracle/cases'

/** A file system with one checkpoint, "m". */
async function saved(values: Readonly<Record<string, NDArray>>): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  const store = new VariableStore()
  for (const [name, value] of Object.entries(values)) store.variable(value, { name })
  await new Saver(store, { fs }).save('m', { writeMetaGraph: false })
  return fs
}

function getVariables(store: VariableStore, scope: string, values: Readonly<Record<string, NDArray>>): Variable[] {
  const make = (): Variable[] =>
    Object.entries(values).map(([name, initializer]): Variable => store.getVariable(name, { initializer }))
  return scope === '' ? make() : store.variableScope(scope, make)
}

function read(variables: readonly Variable[]): unknown[] {
  return variables.map((v) => toNested(v.read()))
}

describe('initFromCheckpoint()', () => {
  oracleTest<unknown[]>('init-from-checkpoint-name', async ({ result }) => {
    const fs = await saved({ 'o/x': array([1, 2]), 'o/y': array([3]) })
    const store = new VariableStore()
    const [x, y] = getVariables(store, 'n', { x: zeros([2]), y: zeros([1]) })
    await initFromCheckpoint('m', { 'o/x': 'n/x', 'o/y': y as Variable }, store, { fs })
    expect(read([x, y] as Variable[])).toEqual(result.slice(0, 2))
  })

  oracleTest<[[string, unknown], number[]][]>('init-from-checkpoint-scopes', async ({ result }) => {
    const fs = await saved({ 'o/x': array(1), 'o/sub/y': array(2), x: array(3), 'sub/y': array(4) })
    const maps: readonly (readonly [AssignmentMap, string])[] = [
      [{ 'o/': 'n/' }, 'n'],
      [{ '/': 'n/' }, 'n'],
      [{ 'o/': '/' }, ''],
      [{ '/': '/' }, ''],
    ]
    const found: unknown[] = []
    for (const [map, scope] of maps) {
      const store = new VariableStore()
      const variables = getVariables(store, scope, { x: array(0), 'sub/y': array(0) })
      found.push([await outcome(() => initFromCheckpoint('m', map, store, { fs })), read(variables)])
    }
    expect(found).toEqual(result)
  })

  oracleTest('init-from-checkpoint-errors', async ({ result }) => {
    const fs = await saved({ x: array([1, 2]) })
    const store = new VariableStore()
    const [x, z] = getVariables(store, 'n', { x: zeros([3]), z: zeros([1]) }) as [Variable, Variable]
    const maps: readonly AssignmentMap[] = [
      { nope: x },
      { x },
      { x: 'n/' },
      { 'o/': 'n/' },
      { x: 'nope' },
      { '/': 'nope/' },
    ]
    const found: unknown[] = []
    for (const map of maps) found.push(await outcome(() => initFromCheckpoint('m', map, store, { fs })))
    // TensorFlow looks at shapes of a scope's variables when its initializers run; here the first variable has another.
    const last = await outcome(() => initFromCheckpoint('m', { '/': 'n/' }, store, { fs }))
    expect(last).toEqual((found as unknown[][])[1])
    getVariables(store, 'k', { z: zeros([1]) })
    found.push(await outcome(() => initFromCheckpoint('m', { '/': 'k/' }, store, { fs })))
    expect(found).toEqual(result)
    expect(read([x, z])).toEqual([[0, 0, 0], [0]])
  })

  oracleTest('init-from-checkpoint-pairs', async ({ result }) => {
    const fs = await saved({ x: array(1.5) })
    const store = new VariableStore()
    const [a, b] = getVariables(store, '', { a: array(0), b: array(0) }) as [Variable, Variable]
    const pairs: [string, Variable][] = [
      ['x', a],
      ['x', b],
    ]
    await initFromCheckpoint('m', pairs, store, { fs })
    expect(read([a, b])).toEqual(result)
  })

  oracleTest('init-from-checkpoint-plain-variable', async ({ result }) => {
    const fs = await saved({ x: array(1.5) })
    const store = new VariableStore()
    const a = store.variable(array(0), { name: 'a' })
    const refused = await outcome(() => initFromCheckpoint('m', { x: 'a' }, store, { fs }))
    await initFromCheckpoint('m', { x: a }, store, { fs })
    expect([refused, toNested(a.read())]).toEqual(result)
  })

  test('takes a list of variables, a Map, and the latest checkpoint of a directory', async () => {
    const fs = new MemoryFileSystem()
    const source = new VariableStore()
    source.variable(array([1, 2]), { name: 'x' })
    await new Saver(source, { fs }).save('d/m', { globalStep: 3 })
    const store = new VariableStore()
    const variables = getVariables(store, '', { a: zeros([2]), b: zeros([2]) })
    await initFromCheckpoint('d', new Map([['x', variables]]), store, { fs })
    expect(read(variables)).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  // The texts are TensorFlow's for the same calls.
  test('an empty list of parts, and a directory without a state file', async () => {
    const fs = await saved({ x: array(1) })
    const store = new VariableStore()
    await initFromCheckpoint('m', { x: [] }, store, { fs })
    const missing = initFromCheckpoint('m', { nope: [] }, store, { fs })
    await expect(missing).rejects.toThrow(new ValueError("Tensor nope is not found in m checkpoint {'x': []}"))
    const text = "Couldn't find 'checkpoint' file or checkpoints in given directory ."
    const nothing = initFromCheckpoint('.', {}, store, { fs: new MemoryFileSystem() })
    await expect(nothing).rejects.toThrow(new ValueError(text))
  })

  test.each([null, 3])('%s is nothing to assign to', async (target) => {
    const fs = await saved({ x: array(1) })
    const refused = initFromCheckpoint('m', { x: target } as never, new VariableStore(), { fs })
    await expect(refused).rejects.toThrow(
      new TypeError(`Expected a variable, a list of its parts or a name, got ${target}`),
    )
  })

  test('suggests the nearest name', async () => {
    const fs = await saved({ 'dense/kernel': array([1, 2]) })
    const store = new VariableStore()
    const a = store.variable(zeros([2]), { name: 'a' })
    const start = "Tensor dense/kernal is not found in m checkpoint {'dense/kernel': [2]}"
    await expect(initFromCheckpoint('m', { 'dense/kernal': a }, store, { fs })).rejects.toThrow(
      `${start} (there is dense/kernel)`,
    )
  })

  test('refuses another dtype before anything is assigned', async () => {
    const fs = await saved({ x: array([1]), y: array([1], 'int32') })
    const store = new VariableStore()
    const variables = getVariables(store, '', { x: zeros([1]), y: zeros([1]) })
    const text = 'tensor_name = y; expected dtype float does not equal original dtype int32'
    const refused = initFromCheckpoint('m', { '/': '/' }, store, { fs })
    await expect(refused).rejects.toThrow(InvalidArgumentError)
    await expect(refused).rejects.toThrow(new RegExp(`^${text}`))
    expect(read(variables)).toEqual([[0], [0]])
    // The second of two variables for one tensor, too.
    const [x, other] = [variables[0] as Variable, store.variable(array([5], 'int32'), { name: 'other' }) as Variable]
    const pairs: [string, Variable][] = [
      ['x', x],
      ['x', other],
    ]
    await expect(initFromCheckpoint('m', pairs, store, { fs })).rejects.toThrow('expected dtype int32 does not equal')
    expect(read([x, other])).toEqual([[0], [5]])
  })

  test('assigns nothing where the checkpoint is damaged, or not there', async () => {
    const fs = await saved({ x: array([1]), y: array([2]) })
    const bytes = fs.files.get('m.data-00000-of-00001') as Uint8Array
    bytes.set([0xff], 5)
    const store = new VariableStore()
    const variables = getVariables(store, '', { x: zeros([1]), y: zeros([1]) })
    await expect(initFromCheckpoint('m', { '/': '/' }, store, { fs })).rejects.toThrow(DataLossError)
    await expect(initFromCheckpoint('n', { '/': '/' }, store, { fs })).rejects.toThrow(NotFoundError)
    expect(read(variables)).toEqual([[0], [0]])
  })

  test('does nothing for a scope without variables', async () => {
    const fs = await saved({ x: array([1]) })
    await initFromCheckpoint('m', { '/': 'nowhere/' }, new VariableStore(), { fs })
  })
})
