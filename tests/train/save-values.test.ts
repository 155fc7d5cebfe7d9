import { describe, expect, test } from 'vitest'
import { holdValues, releaseValues, ValueCount } from '../../src/train/save-values'
import { resolveVarList, type SaveableLike } from '../../src/train/var-list'
import { type NDArray } from '../../src/tensor/ndarray'
import { type Saveable } from '../../src/variables/saveable'
import { VariableStore } from '../../src/variables/variable-store'

function storeOf(): VariableStore {
  const store = new VariableStore()
  for (const name of ['a', 'b']) store.getVariable(name, { shape: [2] }).assign(Float32Array.of(1, 2))
  return store
}

/** A value of the caller's own. */
function ownValue(read: () => NDArray<'float32'>): Saveable<'float32'> {
  return { dtype: 'float32', shape: [2], read, assign: () => undefined }
}

describe('holdValues()', () => {
  test('keeps what stood then, until it is released once', () => {
    const store = storeOf()
    const items = resolveVarList(store)
    const [a] = store.globalVariables()
    const [first, second] = [holdValues(items), holdValues(items)]
    const held = first[0]?.value as NDArray
    releaseValues(first)
    releaseValues(first)
    a?.assign(Float32Array.of(3, 4))
    expect([...(held.data as Float32Array)]).toEqual([1, 2])
    releaseValues(second)
    const array = a?.read().data
    a?.assign(Float32Array.of(5, 6))
    expect(a?.read().data).toBe(array)
  })

  test('holds nothing where a variable has no value', () => {
    const store = storeOf()
    const [a] = store.globalVariables()
    const items = resolveVarList(store)
    const array = a?.assign(Float32Array.of(3, 4)).read().data
    const saveable = ownValue(() => {
      throw new Error('no value')
    })
    expect(() => holdValues([...items, { key: 'c', saveable }])).toThrow('no value')
    a?.assign(Float32Array.of(5, 6))
    expect(a?.read().data).toBe(array)
  })
})

describe('ValueCount', () => {
  test('tells of bytes as they are added, of values of the own and of others', async () => {
    const all = new Map<string, SaveableLike>(
      storeOf()
        .globalVariables()
        .map((variable) => [variable.op.name, variable]),
    )
    all.set(
      'c',
      ownValue(() => ({ dtype: 'float32', shape: [2], data: Float32Array.of(7, 8) })),
    )
    const items = resolveVarList(all)
    const held = holdValues(items)
    const told: unknown[] = []
    const added: string[] = []
    const writer = {
      add: (key: string) => void added.push(key),
      finish: async () => undefined,
      abandon: async () => undefined,
    }
    await new ValueCount(held, { onProgress: (progress) => told.push(progress) }).write(held, async () => writer)
    expect(added).toEqual(['a', 'b', 'c'])
    expect(told).toEqual(added.map((key, i) => ({ key, bytesDone: 8 * (i + 1), bytesTotal: 24 })))
  })
})
