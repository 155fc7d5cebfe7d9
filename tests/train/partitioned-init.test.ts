/** initFromCheckpoint() over partitioned variables, against what TensorFlow made of the same maps. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested, zeros } from '../../src/tensor/convert'
import type { DType } from '../../src/tensor/dtype'
import type { NDArray, Shape } from '../../src/tensor/ndarray'
import { type AssignmentTarget, initFromCheckpoint } from '../../src/train/init-from-checkpoint'
import { ExponentialMovingAverage } from '../../src/train/moving-averages'
import { Saver } from '../../src/train/saver'
import { ValueError } from '../../src/util/errors'
import type { Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { GOLDEN_DIR, goldenFile } from '../oracle/golden'

interface Step {
  readonly scope: string
  readonly name: string
  readonly shape: Shape
  readonly dtype?: DType
  readonly numShards?: number
  readonly axis?: number
}

type Place = readonly [name: string, part: number]
type Target = string | Place | { readonly variable: string } | { readonly parts: readonly Place[] }

interface Program {
  readonly steps: readonly Step[]
  readonly map: readonly (readonly [string, Target])[]
  readonly answer: { readonly error: readonly [string, string] } | Readonly<Record<string, unknown>>
}

const programs: readonly Program[] = JSON.parse(readFileSync(`${GOLDEN_DIR}/partitioned/init/init.json`, 'utf8'))

function files(): MemoryFileSystem {
  const fs = new MemoryFileSystem()
  for (const name of ['m.index', 'm.data-00000-of-00001']) {
    fs.files.set(`init/${name}`, goldenFile(`partitioned/init/${name}`))
  }
  return fs
}

function make(store: VariableStore, { scope, name, shape, dtype = 'float32', numShards, axis = 0 }: Step): void {
  store.variableScope(scope, () => {
    if (numShards === undefined) store.getVariable(name, { shape, dtype, initializer: zeros })
    else store.getPartitionedVariable(name, { shape, dtype, numShards, axis, initializer: zeros })
  })
}

function targetOf(store: VariableStore, target: Target): AssignmentTarget {
  const named = (name: string): Variable => store.get(name) as Variable
  const part = ([name, number]: Place): Variable => named(`${name}/part_${number}`)
  if (typeof target === 'string') return target
  if ('variable' in target) return named(target.variable)
  return 'parts' in target ? target.parts.map(part) : part(target)
}

function valuesIn(store: VariableStore): Record<string, unknown> {
  return Object.fromEntries([...store].map((v) => [v.op.name, toNested(v.read())] as const))
}

describe('initFromCheckpoint()', () => {
  test.each(programs)('$steps, $map', async ({ steps, map, answer }) => {
    const store = new VariableStore()
    for (const step of steps) make(store, step)
    const before = valuesIn(store)
    const pairs = map.map(([name, target]) => [name, targetOf(store, target)] as const)
    const done = initFromCheckpoint('init/m', pairs, store, { fs: files() })
    if (!('error' in answer)) {
      await done
      expect(valuesIn(store)).toEqual(answer)
      return
    }
    const error = await done.then(
      () => undefined,
      (reason: Error) => reason,
    )
    const [name, text] = answer.error as [string, string]
    expect([error?.name, error?.message.slice(0, text.length)]).toEqual([name, text])
    expect(valuesIn(store)).toEqual(before)
  })

  test('takes a partitioned variable as it is', async () => {
    const store = new VariableStore()
    const p = store.getPartitionedVariable('p', { shape: [5, 2], numShards: 3 })
    const w = store.getVariable('w', { shape: [5, 2] })
    await initFromCheckpoint('init/m', { 'o/p': p, x: w }, store, { fs: files() })
    await initFromCheckpoint('init/m', new Map([['o/p', w]]), store, { fs: files() })
    expect(p.read()).toEqual(w.read())
  })

  test('refuses parts among other variables, and what is neither', async () => {
    const store = new VariableStore()
    const { parts } = store.getPartitionedVariable('p', { shape: [5, 2], numShards: 2 })
    const w = store.getVariable('w', { shape: [5, 2] })
    for (const list of [
      [...parts, w],
      [w, ...parts],
    ]) {
      const text = "Slices must all be slices: <tf.Variable 'w:0' shape=(5, 2) dtype=float32_ref>"
      await expect(initFromCheckpoint('init/m', { x: list }, store, { fs: files() })).rejects.toThrow(
        new ValueError(text),
      )
    }
    const nothing = initFromCheckpoint('init/m', { x: 5 as never }, store, { fs: files() })
    await expect(nothing).rejects.toThrow(new TypeError('Expected a variable, a list of its parts or a name, got 5'))
    expect([w, ...parts].map(({ initialized }) => initialized)).toEqual([false, false, false])
  })

  async function saved(values: Readonly<Record<string, NDArray>>): Promise<MemoryFileSystem> {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    for (const [name, value] of Object.entries(values)) store.variable(value, { name })
    await new Saver(store, { fs }).save('m', { writeMetaGraph: false })
    return fs
  }

  test('in scopes takes "part_" in a name for a part only where it is one', async () => {
    const fs = await saved({ 'o/a/part_time/w': array(1), 'o/a/part_time/p': array([2, 3]) })
    const store = new VariableStore()
    const w = store.getVariable('a/part_time/w', { shape: [] })
    const p = store.getPartitionedVariable('a/part_time/p', { shape: [2], numShards: 2 })
    await initFromCheckpoint('m', { 'o/': '/' }, store, { fs })
    expect([w, p].map((v) => toNested(v.read()))).toEqual([1, [2, 3]])
  })

  test('in scopes leaves averages of parts as they are', async () => {
    const fs = await saved({ 'o/p': array([2, 3]) })
    const store = new VariableStore()
    const p = store.getPartitionedVariable('p', { shape: [2], numShards: 2, initializer: array([0, 1]) })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    ema.apply([p])
    await initFromCheckpoint('m', { 'o/': '/' }, store, { fs })
    expect([p, ema.average(p)].map((v) => v && toNested(v.read()))).toEqual([
      [2, 3],
      [0, 1],
    ])
  })
})
