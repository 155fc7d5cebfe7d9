/**
 * The cases of area bundle-v2 with tensors in parts: what TensorFlow writes and reads, byte for byte.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { graphOf } from '../../src/graph/store-graph'
import { array, toNested, zeros } from '../../src/tensor/convert'
import { type DType } from '../../src/tensor/dtype'
import { type NDArray, type Shape } from '../../src/tensor/ndarray'
import { parseSlice } from '../../src/tensor/tensor-slice'
import { tensorFromProto } from '../../src/tensor/tensor-proto'
import { listVariables, loadVariable } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { parseSliceSpec } from '../../src/train/slice-spec'
import { VariableStore } from '../../src/variables/variable-store'
import { entriesOf, errorOf, hex } from '../helpers/bundle'
import { indexOf } from '../helpers/parts'
import { oracleTest } from '../oracle/cases'

type Row = Record<string, unknown>
type Bytes = { readonly hex: string }

/** The numbers from 0 on. */
function range(...shape: number[]): NDArray<'float32'> {
  const value = zeros(shape)
  value.data.forEach((_, i) => (value.data[i] = i))
  return value
}

async function saved(store: VariableStore): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  await new Saver(store, { fs }).save('m')
  return fs
}

/** raw_ops.SaveV2. */
async function saveV2(
  fs: MemoryFileSystem,
  prefix: string,
  parts: readonly (readonly [key: string, spec: string, value: NDArray])[],
): Promise<void> {
  const writer = await TensorBundleWriter.create(prefix, { fs })
  for (const [key, spec, value] of parts) {
    const part = parseSliceSpec(spec)
    await (part === undefined ? writer.add(key, value) : writer.addSlice(key, part.fullShape, part.slice, value))
  }
  await writer.finish()
}

/** What a node of the graph that the Saver made holds, as cases.json has bytes. */
function bytesIn(store: VariableStore, name: string): Bytes[] {
  const op = graphOf(store).getOperationByName(name)
  const { data } = tensorFromProto(op.getAttr('value')?.tensor ?? {})
  return (data as readonly Uint8Array[]).map((bytes) => ({ hex: hex(bytes) }))
}

describe('Partitioned variables, from a Saver', () => {
  oracleTest<{ index: Row[]; raw: [string, string][]; listed: [string, Shape][]; whole: unknown }>(
    'v2-partitioned-variable',
    async ({ result, files }) => {
      const store = new VariableStore()
      store.getPartitionedVariable('p', { shape: [10, 2], initializer: range(10, 2), numShards: 3 })
      store.variable(array([5]), { name: 'a' })
      const fs = await saved(store)
      expect({
        index: await indexOf(fs, 'm'),
        raw: (await entriesOf(fs, 'm.index')).map(([key, value]) => [hex(key), hex(value)]),
        listed: await listVariables('m', { fs }),
        whole: toNested(await loadVariable('m', 'p', { fs })),
      }).toEqual(result)
      if (files !== undefined) expect([...fs.files.keys()].sort()).toEqual(files)
    },
  )

  oracleTest<{ index: Row[]; names: Bytes[]; specs: Bytes[] }>('v2-partition-axis-1', async ({ result }) => {
    const store = new VariableStore()
    store.getPartitionedVariable('p', { shape: [2, 5], initializer: range(2, 5), numShards: 2, axis: 1 })
    const fs = await saved(store)
    expect({
      index: await indexOf(fs, 'm'),
      names: bytesIn(store, 'save/SaveV2/tensor_names'),
      specs: bytesIn(store, 'save/SaveV2/shape_and_slices'),
    }).toEqual(result)
  })

  oracleTest<{ index: Row[]; specs: Bytes[]; ops: string[] }>(
    'v2-single-partition-is-a-plain-entry',
    async ({ result }) => {
      const store = new VariableStore()
      store.getPartitionedVariable('p', { shape: [4], numShards: 1, initializer: (shape) => zeros(shape) })
      const fs = await saved(store)
      const ops = graphOf(store)
        .getOperations()
        .map(({ name }) => name)
        .filter((name) => name.startsWith('p'))
      expect({
        index: await indexOf(fs, 'm'),
        specs: bytesIn(store, 'save/SaveV2/shape_and_slices'),
        // Ours is a value, as tf.constant_initializer gives one, where the case has tf.zeros_initializer.
        ops: ops.map((name) => name.replace('Initializer/Const', 'Initializer/zeros')),
      }).toEqual(result)
    },
  )
})

describe('TensorBundleWriter.addSlice()', () => {
  oracleTest<{ keys: string[]; special: string[] }>('v2-slice-key-encoding', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const ranges = [
      [0, 63],
      [63, 64],
      [127, 8192],
      [8319, 1048576],
    ] as const
    await saveV2(
      fs,
      'm',
      ranges.map(([start, length]) => ['w', `3000000 ${start},${length}`, zeros([length], 'int8')]),
    )
    await saveV2(fs, 'q', [['a\0b\udcffc', '4 1,2', zeros([2], 'int8')]])
    const keys = (await entriesOf(fs, 'm.index')).map(([key]) => hex(key)).filter((key) => key.startsWith('00'))
    const special = (await entriesOf(fs, 'q.index')).map(([key]) => hex(key))
    expect({ keys, special }).toEqual(result)
  })
})

describe('Reading parts', () => {
  oracleTest<unknown[]>('v2-read-slice-of-full', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const x = range(6, 2)
    const rows = (from: number, count: number): NDArray<'float32'> => ({
      ...x,
      shape: [count, 2],
      data: x.data.slice(2 * from, 2 * (from + count)),
    })
    await saveV2(fs, 'full', [['x', '', x]])
    await saveV2(fs, 'part', [
      ['x', '6 2 0,4:-', rows(0, 4)],
      ['x', '6 2 4,2:-', rows(4, 2)],
    ])
    const wanted = [
      ['full', '1,2:-'],
      ['full', '-:1,1'],
      ['part', '-:-'],
      ['part', '0,4:-'],
      ['part', '3,2:-'],
      ['part', '2,3:0,1'],
    ] as const
    for (const [i, [prefix, slice]] of wanted.entries()) {
      const bundle = await TensorBundleReader.open(prefix, { fs })
      const reader = await CheckpointReader.open(prefix, { fs })
      expect(toNested(await bundle.lookupSlice('x', parseSlice(slice)))).toEqual(result[i])
      expect(toNested(await reader.getSlice('x', parseSlice(slice)))).toEqual(result[i])
    }
    expect(toNested(await loadVariable('part', 'x', { fs }))).toEqual(result[2])
  })

  // TensorFlow patches no strings, halves and uint16s together; we do (deviations.md).
  oracleTest<Record<string, [string, unknown][]>>('v2-partitioned-string-and-half', async ({ result }) => {
    const numbers = (dtype: DType): [NDArray, NDArray, unknown[]] => [
      array([1, 2], dtype),
      array([3], dtype),
      [1, 2, 3],
    ]
    const text = (bytes: unknown): unknown => (bytes instanceof Uint8Array ? { hex: hex(bytes) } : bytes)
    const tensors: Record<string, [NDArray, NDArray, unknown[]]> = {
      s: [array(['a', 'b']), array(['c']), [{ hex: '61' }, { hex: '62' }, { hex: '63' }]],
      h: numbers('float16'),
      b: [array([true, false]), array([true]), [true, false, true]],
      u: numbers('uint16'),
      bf: numbers('bfloat16'),
    }
    for (const [prefix, [first, second, whole]] of Object.entries(tensors)) {
      const fs = new MemoryFileSystem()
      await saveV2(fs, prefix, [
        ['x', '3 0,2', first],
        ['x', '3 2,1', second],
      ])
      const reader = await CheckpointReader.open(prefix, { fs })
      const read = async (slice: string): Promise<unknown> =>
        (toNested(await reader.getSlice('x', parseSlice(slice))) as unknown[]).map(text)
      const [patched, exact] = result[prefix] ?? []
      expect([prefix, 'no error', await read('0,2')]).toEqual([prefix, ...(exact ?? [])])
      expect([prefix, await read('-')]).toEqual([prefix, whole])
      if (patched?.[0] === 'no error') expect(whole).toEqual(patched[1])
      else expect(patched?.[1]).toMatch(/^Dtype (string|half|uint16) not supported\./)
    }
  })
})

describe('Slices that are none', () => {
  // A44, as RestoreV2 of TensorFlow 2.21 answered.
  test('are refused in TensorFlow’s words', async () => {
    const fs = new MemoryFileSystem()
    await saveV2(fs, 'm', [['x', '', range(6, 2)]])
    const bundle = await TensorBundleReader.open('m', { fs })
    const reader = await CheckpointReader.open('m', { fs })
    const refused = [
      [[[0, 2]], 'InternalError', 'Mismatching ranks: shape = [6,2], slice = 0,2'],
      [[[5, 2], undefined], 'InternalError', 'Extent in dimension 0 out of bounds: shape = [6,2], slice = 5,2:-'],
      [
        [[0, 0], undefined],
        'InvalidArgumentError',
        'Expected non-negative start and positive length but got start = 0, length = 0: ',
      ],
    ] as const
    for (const [slice, name, message] of refused) {
      for (const work of [bundle.lookupSlice('x', slice), reader.getSlice('x', slice)]) {
        const [found, said] = await errorOf(work)
        expect([found, said.slice(0, message.length)]).toEqual([name, message])
      }
    }
  })
})
