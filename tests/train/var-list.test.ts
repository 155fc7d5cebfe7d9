/**
 * Which values a Saver saves under which keys, where parts are among them. tests/cases/saver-names.test.ts has the rest.
 */
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array } from '../../src/tensor/convert'
import { type NDArray, type TensorSlice } from '../../src/tensor/ndarray'
import { importMetaGraph } from '../../src/train/import-meta-graph'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { resolveVarList, type VarList } from '../../src/train/var-list'
import type { Saveable } from '../../src/variables/saveable'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf } from '../helpers/bundle'

/** A part that is no variable. */
function own(value: NDArray, start: number, fullName = 'p'): Saveable & { value: NDArray } {
  const slice: TensorSlice = [[start, value.shape[0] ?? 0]]
  const part = {
    dtype: value.dtype,
    shape: value.shape,
    value,
    read: () => part.value,
    assign: (next: NDArray) => void (part.value = next),
    saveSliceInfo: { fullName, fullShape: [4], slice },
  }
  return part
}

function partsOf(name: string, numShards: number, store = new VariableStore()): Variable[] {
  const initializer = array(Array.from({ length: 12 }, (_, at) => at))
  return [...store.getPartitionedVariable(name, { shape: [12], initializer, numShards })]
}

function inShort(varList: VarList): string[] {
  return resolveVarList(varList).map(({ key, part }) => `${key} ${part?.slice.map(String).join(':') ?? '-'}`)
}

describe('parts of partitioned variables', () => {
  test('come in the order of their names where a list has them, and in their own where the whole was given', () => {
    const store = new VariableStore()
    const parts = partsOf('p', 12, store)
    // "p/part_10:0" sorts before "p/part_1:0".
    const byName = ['0,1', '10,1', '11,1', '1,1', '2,1', '3,1'].map((slice) => `p ${slice}`)
    expect(inShort(store).slice(0, 6)).toEqual(byName)
    expect(inShort([...parts].reverse()).slice(0, 6)).toEqual(byName)
    const whole = store.variableScope('', () => partsOf('q', 12, store))
    expect(inShort({ z: whole.slice(0, 3), a: [...whole].reverse().slice(0, 2) })).toEqual([
      'a 11,1',
      'a 10,1',
      'z 0,1',
      'z 1,1',
      'z 2,1',
    ])
  })

  test('are named by the key of a map, or by the whole; one by itself is a tensor of its own', () => {
    const store = new VariableStore()
    const p = store.getPartitionedVariable('s/p', { shape: [4], initializer: array([0, 1, 2, 3]), numShards: 2 })
    const [first] = p as Iterable<Variable> as [Variable]
    expect(inShort([p])).toEqual(['s/p 0,2', 's/p 2,2'])
    expect(inShort(new Map([['k', p]]))).toEqual(['k 0,2', 'k 2,2'])
    expect(inShort({ k: first })).toEqual(['k -'])
    expect(inShort([first])).toEqual(['s/p 0,2'])
  })

  test('may be objects of the caller’s own: saved, and restored', async () => {
    const fs = new MemoryFileSystem()
    const p = [own(array([1, 2]), 0), own(array([3, 4]), 2)]
    const saver = new Saver({ p }, { fs, numShards: 2 })
    await saver.save('m')
    for (const part of p) part.value = array([0, 0])
    await saver.restore('m')
    expect(p.flatMap(({ value }) => [...(value.data as Float32Array)])).toEqual([1, 2, 3, 4])
    // The graph beside it has a variable for each, with its place.
    const { variables, saver: again } = await importMetaGraph('m.meta', { fs })
    expect([...variables].map(({ op, saveSliceInfo }) => [op.name, saveSliceInfo?.slice])).toEqual([
      ['p/part_0', [[0, 2]]],
      ['p/part_1', [[2, 2]]],
    ])
    await again?.restore('m')
    expect([...variables].map((variable) => [...(variable.read().data as Float32Array)])).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  test('find their nodes in a graph of the caller’s by their number', async () => {
    const { graph } = await importMetaGraph(await metaOf({ p: [own(array([1, 2]), 0), own(array([3, 4]), 2)] }))
    const options: SaverOptions = { graph, name: 'again' }
    const saver = new Saver({ p: [own(array([1, 2]), 0), own(array([3, 4]), 2)] }, options)
    saver.asSaverDef()
    const assigned = ['again/Assign', 'again/Assign_1'].map((name) => graph.getOperationByName(name).inputs[0]?.name)
    expect(assigned).toEqual(['p/part_0:0', 'p/part_1:0'])
  })

  test.each<[string, () => unknown, [string, string]]>([
    ['nothing', () => ({ k: [] }), ['ValueError', 'No variables to save']],
    [
      'what is no variable',
      () => ({ k: [own(array([1]), 0), 'x'] }),
      ['ValueError', 'Slices must all be Variables: x'],
    ],
    [
      'parts of two',
      () => ({ k: [own(array([1]), 0), own(array([1]), 1, 'q')] }),
      ['ValueError', 'Slices must all be from the same tensor: p != q'],
    ],
    [
      'a part twice',
      () => {
        const part = own(array([1]), 0)
        return { k: [part, part] }
      },
      ['ValueError', 'The same saveable will be restored with two names: k'],
    ],
    [
      'a partitioned variable and its parts',
      () => {
        const store = new VariableStore()
        const p = store.getPartitionedVariable('p', { shape: [2], initializer: array([0, 1]), numShards: 2 })
        return { a: p, b: [...p] }
      },
      ['ValueError', 'The same saveable will be restored with two names: b'],
    ],
    [
      'a partitioned variable by itself',
      () => new VariableStore().getPartitionedVariable('p', { shape: [2], numShards: 2 }),
      ['TypeError', expect.stringContaining('Variables to save should be passed in a dict or a list. Got ')],
    ],
  ])('%s is refused', async (_, varList, expected) => {
    expect(await errorOf(() => new Saver(varList() as VarList))).toEqual(expected)
  })
})

/** The meta graph of a Saver. */
async function metaOf(varList: VarList): Promise<Uint8Array> {
  const fs = new MemoryFileSystem()
  await new Saver(varList, { fs }).save('m')
  return fs.files.get('m.meta') as Uint8Array
}
