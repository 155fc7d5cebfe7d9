/**
 * The cases that read partitioned variables back: whole from parts, parts from a whole, and parts cut otherwise; and what
 * they are silent about.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { TensorSliceWriter } from '../../src/checkpoint/tensor-slice-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, arraysEqual, toNested, zeros } from '../../src/tensor/convert'
import { ndarray, type NDArray, type TensorSlice } from '../../src/tensor/ndarray'
import { Saver } from '../../src/train/saver'
import { type PartitionedVariable } from '../../src/variables/partitioned-variable'
import { type Saveable } from '../../src/variables/saveable'
import { VariableStore } from '../../src/variables/variable-store'
import { keyFromBytes } from '../../src/util/bytes'
import { InvalidArgumentError } from '../../src/util/errors'
import { FaultFileSystem } from '../helpers/fault-fs'
import { errorOf } from '../helpers/bundle'
import { oracleTest, withoutNode } from '../oracle/cases'

/** The numbers from 0 on. */
function range(...shape: number[]): NDArray<'float32'> {
  const count = shape.reduce((product, size) => product * size, 1)
  return ndarray(
    'float32',
    shape,
    Float32Array.from({ length: count }, (_, i) => i),
  )
}

/** A store of the one variable `name`, in parts. */
function inParts(name: string, shape: number[], numShards: number, axis = 0): [VariableStore, PartitionedVariable] {
  const store = new VariableStore()
  const initializer = (part: readonly number[]): NDArray<'float32'> => zeros(part)
  return [store, store.getPartitionedVariable(name, { shape, numShards, axis, initializer })]
}

/** A store of the one variable `name`, whole. */
function whole(name: string, value: NDArray): VariableStore {
  const store = new VariableStore()
  store.variable(value, { name })
  return store
}

function valuesOf(store: VariableStore): unknown[] {
  return [...store].map((variable) => toNested(variable.read()))
}

describe('partitioned variables', () => {
  oracleTest('restore-partitioned-from-plain', async ({ result }) => {
    const fs = new MemoryFileSystem()
    await new Saver(whole('v', range(5, 2)), { fs }).save('plain')
    const [three] = inParts('v', [5, 2], 3)
    const saver = new Saver(three, { fs })
    await saver.restore('plain')
    const fromPlain = valuesOf(three)
    await saver.save('part')
    const plain = whole('v', zeros([5, 2]))
    await new Saver(plain, { fs }).restore('part')
    const [two] = inParts('v', [5, 2], 2)
    await new Saver(two, { fs }).restore('part')
    expect([fromPlain, ...valuesOf(plain), valuesOf(two)]).toEqual(result)
  })

  oracleTest('restore-partitioned-shape-mismatch', async ({ error_class, error_message = '' }) => {
    const fs = new MemoryFileSystem()
    await new Saver(whole('v', zeros([5, 2])), { fs }).save('m')
    const [store] = inParts('v', [6, 2], 2)
    const [name, message] = await errorOf(new Saver(store, { fs }).restore('m'))
    const theirs = withoutNode(error_message)
    expect([name, message.slice(0, theirs.length)]).toEqual([error_class, theirs])
    // Both parts, told once.
    expect(message.slice(theirs.length)).toBe('\n\nv: float32[6,2] is asked for, m.index holds float32[5,2]')
  })

  oracleTest<[Record<string, number[]>, boolean, number[], string]>(
    'utils-reader-partitioned',
    async ({ result: [shapes, has, value, debugString] }) => {
      const fs = new MemoryFileSystem()
      const [store, p] = inParts('p', [4], 2)
      p.assign(range(4))
      await new Saver(store, { fs }).save('m')
      await using reader = await CheckpointReader.open('m', { fs })
      expect(Object.fromEntries(reader.getVariableToShapeMap())).toEqual(shapes)
      expect(reader.hasTensor('p')).toBe(has)
      expect(toNested(await reader.getTensor('p'))).toEqual(value)
      // Python prints the bytes as Latin-1; here bytes that are no UTF-8 are escaped.
      expect(reader.debugString()).toBe(keyFromBytes(Uint8Array.from(debugString, (c) => c.charCodeAt(0))))
    },
  )

  test.each([
    [3, 0, 2, 0],
    [3, 0, 2, 1],
    [1, 0, 4, 1],
    [5, 1, 1, 0],
  ])('in %i parts along axis %i go into %i along axis %i', async (from, fromAxis, to, toAxis) => {
    const fs = new MemoryFileSystem()
    const [store, p] = inParts('p', [4, 5, 3], from, fromAxis)
    p.assign(range(4, 5, 3))
    await new Saver(store, { fs }).save('m')
    const [other, q] = inParts('p', [4, 5, 3], to, toAxis)
    const report = await new Saver(other, { fs }).restore('m')
    expect(report).toEqual({ restored: ['p'], missing: [], mismatched: [], unused: [] })
    expect(toNested(q.read())).toEqual(toNested(range(4, 5, 3)))
  })

  test('read each stored byte once, however many parts want some of it', async () => {
    const fs = new FaultFileSystem(new MemoryFileSystem())
    await new Saver(whole('p', range(100, 100, 30)), { fs }).save('m', { writeMetaGraph: false })
    const [store, p] = inParts('p', [100, 100, 30], 7, 1)
    const reader = await CheckpointReader.open('m', { fs })
    const { bytesRead } = fs.counts
    await reader.close()
    const before = fs.counts.bytesRead
    await new Saver(store, { fs }).restore('m')
    // The index again, and the data.
    expect(fs.counts.bytesRead - before).toBe(bytesRead + 4 * 300_000)
    expect(arraysEqual(p.read(), range(100, 100, 30))).toBe(true)
  })
})

describe('A report', () => {
  async function saved(values: Readonly<Record<string, NDArray>>): Promise<MemoryFileSystem> {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    for (const [name, value] of Object.entries(values)) store.variable(value, { name })
    await new Saver(store, { fs }).save('m')
    return fs
  }

  test('names a partitioned variable once: missing', async () => {
    const fs = await saved({ w: array([1]) })
    const [store] = inParts('v', [4], 3)
    const saver = new Saver(store, { fs, logger: {} })
    const [, message] = await errorOf(saver.restore('m'))
    expect(message).toContain('Key v not found in checkpoint\n\n1 of 1 keys are missing in m.index:\n  v')
    const report = await saver.restore('m', { ignoreMissing: true })
    expect(report).toEqual({ restored: [], missing: ['v'], mismatched: [], unused: ['w'] })
  })

  test('names it once: of another shape, or another dtype, and nothing of it is restored', async () => {
    for (const value of [range(5), array([1, 2, 3, 4], 'int32')]) {
      const fs = await saved({ v: value, w: array([7]) })
      const [store] = inParts('v', [4], 2)
      store.variable(array([0]), { name: 'w' })
      const report = await new Saver(store, { fs }).restore('m', { ignoreMismatched: true })
      const found = `${value.dtype}[${value.shape}]`
      const mismatched = [{ key: 'v', expected: 'float32[4]', found }]
      expect(report).toEqual({ restored: ['w'], missing: [], mismatched, unused: [] })
      expect(valuesOf(store)).toEqual([[0, 0], [0, 0], [7]])
    }
  })

  test('a tensor of which one part does not fit is restored in no part', async () => {
    const fs = await saved({ v: range(4) })
    const values = new Map<string, unknown>()
    const part = (slice: TensorSlice, fullShape: number[], name: string): Saveable<'float32'> => ({
      dtype: 'float32',
      shape: [2],
      read: () => zeros([2]),
      assign: (value) => values.set(name, value),
      saveSliceInfo: { fullName: 'v', fullShape, slice },
    })
    const fits = part([[0, 2]], [4], 'a')
    const parts = [fits, part([[2, 2]], [4], 'b')]
    await new Saver({ v: parts }, { fs }).restore('m')
    expect([...values.keys()]).toEqual(['a', 'b'])
    expect(values.get('b')).toEqual(ndarray('float32', [2], Float32Array.of(2, 3)))
    values.clear()
    const wide = { ...part([[2, 2]], [4], 'c'), shape: [3], read: () => zeros([3]) }
    const saver = new Saver({ v: [fits, wide] }, { fs })
    const report = await saver.restore('m', { ignoreMismatched: true }).catch((error: unknown) => error)
    if (report instanceof Error) expect(report).toBeInstanceOf(InvalidArgumentError)
    else expect(report).toMatchObject({ restored: [], mismatched: [{ key: 'v' }] })
    expect(values.size).toBe(0)
  })

  test('all or nothing: damage in the last part leaves every part as it was', async () => {
    const fs = new MemoryFileSystem()
    const [from, p] = inParts('p', [4], 4)
    p.assign(range(4))
    await new Saver(from, { fs }).save('m')
    const data = fs.files.get('m.data-00000-of-00001') as Uint8Array
    data[13] = 99
    const [store] = inParts('p', [4], 2)
    const [name] = await errorOf(new Saver(store, { fs }).restore('m'))
    expect(name).toBe('DataLossError')
    expect(valuesOf(store)).toEqual([
      [0, 0],
      [0, 0],
    ])
  })
})

describe('Parts in format V1', () => {
  async function savedV1(slices: readonly TensorSlice[]): Promise<MemoryFileSystem> {
    const fs = new MemoryFileSystem()
    const writer = TensorSliceWriter.create('m', { fs })
    const value = range(6, 2)
    for (const slice of slices) {
      const [start, length] = slice[0] ?? [0, 6]
      const rows = value.data.slice(2 * start, 2 * (start + length))
      await (await writer).add('x', [6, 2], slice, ndarray('float32', [length, 2], rows))
    }
    await (await writer).finish()
    return fs
  }

  test('are restored into others, and errors are TensorFlow’s', async () => {
    const fs = await savedV1([
      [[0, 4], undefined],
      [[4, 2], undefined],
    ])
    const [store, x] = inParts('x', [6, 2], 4)
    const report = await new Saver(store, { fs }).restore('m')
    expect(report).toEqual({ restored: ['x'], missing: [], mismatched: [], unused: [] })
    expect(x.read()).toEqual(range(6, 2))
    const [other] = inParts('x', [5, 2], 2)
    const [name, message] = await errorOf(new Saver(other, { fs }).restore('m'))
    expect(name).toBe('InvalidArgumentError')
    expect(message).toContain(
      'Original error:\n\nShape in shape_and_slice spec does not match the shape in the save file: [5,2], save file shape: [6,2]',
    )
    const [, dtype] = await errorOf(new Saver(whole('x', zeros([6, 2], 'int32')), { fs }).restore('m'))
    expect(dtype).toContain(
      'Original error:\n\nExpected to restore a tensor of type int32, got a tensor of type float instead: tensor_name = x',
    )
    const [, missing] = await errorOf(new Saver(whole('y', zeros([2])), { fs }).restore('m'))
    expect(missing).toContain('Original error:\n\nTensor name "y" not found in checkpoint files m')
  })
})
