/**
 * The cases of area v1-format that are about the file: what TensorFlow writes, byte for byte, and what it reads.
 * Those that are about Savers are in saver-v1.test.ts.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { decodeSliceKey } from '../../src/checkpoint/slice-key'
import { MemoryFileSystem } from '../../src/fs/memory'
import { decodeSavedMeta, decodeSavedValues } from '../../src/proto/saved-tensor-slices'
import { array, toNested, zeros } from '../../src/tensor/convert'
import { type DType, dtypeInfo, DTYPES } from '../../src/tensor/dtype'
import { ndarray, type NDArray, type TensorSlice } from '../../src/tensor/ndarray'
import { savedField } from '../../src/tensor/saved-fields'
import { listVariables, loadVariable } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { parseSliceSpec } from '../../src/train/slice-spec'
import { VariableStore } from '../../src/variables/variable-store'
import { entriesOf, errorOf, hex, layout, ls } from '../helpers/bundle'
import { readV1, saveV1, withV1 } from '../helpers/v1'
import { oracleTest, withoutNode } from '../oracle/cases'

/** What errm gives: ["no error", value] or [class, message]. */
type Answer = [name: string, value: unknown]

function storeOf(values: Readonly<Record<string, NDArray>>): VariableStore {
  const store = new VariableStore()
  for (const [name, value] of Object.entries(values)) store.variable(value, { name })
  return store
}

async function saved(store: VariableStore): Promise<{ fs: MemoryFileSystem; returned: string }> {
  const fs = new MemoryFileSystem()
  const returned = await new Saver(store, { fs, writeVersion: 'V1', logger: {} }).save('m')
  return { fs, returned }
}

/** Keys and values in hex. */
async function raw(fs: MemoryFileSystem): Promise<[string, string][]> {
  return (await entriesOf(fs, 'm')).map(([key, value]) => [hex(key), hex(value)])
}

function sliceRow(slice: TensorSlice): unknown[] {
  return slice.map((range) => range ?? '-')
}

/** harness.py v1(): the records of a file of floats. */
async function records(fs: MemoryFileSystem): Promise<unknown[]> {
  return (await entriesOf(fs, 'm')).map(([key, value]) => {
    if (key.length === 0) {
      const meta = decodeSavedMeta(value)
      return {
        key: '',
        producer: meta?.version.producer,
        min_consumer: meta?.version.minConsumer,
        tensors: meta?.tensors.map(({ name, shape, dtype, slices }) => {
          return { name, shape, type: dtype, slices: slices.map(sliceRow) }
        }),
      }
    }
    const { name, slice } = decodeSliceKey(key)
    const count = floatsIn(value)
    const target = new Float32Array(count)
    decodeSavedValues(value, {}, savedField(dtypeInfo('float32')), target, count)
    const fields = count === 0 ? {} : { float_val: [...target] }
    return { key_hex: hex(key), name, slice: sliceRow(slice), dtype_field: 0, fields, other: {} }
  })
}

/** A record of packed floats ends in "1a length 2a length floats". */
function floatsIn(record: Uint8Array): number {
  const at = record.lastIndexOf(0x1a)
  return Math.max(0, (record.length - at - 4) / 4)
}

/** [1, -2] in a dtype, as the cases feed it. */
function pair(dtype: DType, second = -2): NDArray {
  if (dtype === 'bool') return array([true, false])
  if (dtype === 'string') return array(['ab', ''])
  return array([1, dtype.startsWith('u') ? Math.abs(second) : second], dtype)
}

/** A value as the cases have it: strings in hex, complex numbers with their parts. */
function plain({ dtype, data, shape }: NDArray): unknown {
  if (dtype === 'string') return data.map((bytes) => ({ hex: hex(bytes) }))
  if (dtype === 'complex64' || dtype === 'complex128') {
    return Array.from({ length: data.length / 2 }, (_, i) => ({ re: data[2 * i], im: data[2 * i + 1] }))
  }
  return toNested({ dtype, data, shape } as NDArray)
}

function numbers(value: NDArray): unknown {
  const nested = plain(value)
  return JSON.parse(JSON.stringify(nested, (_, one: unknown) => (typeof one === 'bigint' ? Number(one) : one)))
}

async function answer(work: Promise<unknown>): Promise<Answer> {
  try {
    return ['no error', await work]
  } catch (error) {
    return errorOf(Promise.reject(error as Error))
  }
}

describe('a file of format V1', () => {
  oracleTest<{ returned: string; hex: string; layout: unknown }>(
    'v1-one-float-vector',
    async ({ result, files, checkpoint_text }) => {
      const { fs, returned } = await saved(storeOf({ v: array([1.5, -2]) }))
      expect({ returned, hex: hex(fs.files.get('m')), layout: await layout(fs, 'm') }).toEqual(result)
      expect(ls(fs)).toEqual(files)
      expect(new TextDecoder().decode(fs.files.get('checkpoint'))).toBe(checkpoint_text)
    },
  )

  oracleTest<{ records: unknown; raw: unknown }>('v1-records', async ({ result }) => {
    const { fs } = await saved(storeOf({ 'b/s': array(3), a: array([[1, 2], [3, 4]]), z: zeros([0, 2]) })) // prettier-ignore
    expect({ records: await records(fs), raw: await raw(fs) }).toEqual(result)
  })

  oracleTest('v1-negative-ints', async ({ result }) => {
    const { fs } = await saved(storeOf({ v: array([-1, 2], 'int32'), w: array([-1], 'int64') }))
    expect(await raw(fs)).toEqual(result)
  })

  oracleTest<{ records: unknown; read: unknown; listed: unknown }>('v1-partitioned', async ({ result }) => {
    const store = new VariableStore()
    const p = store.getPartitionedVariable('p', { shape: [5, 2], numShards: 3 })
    p.assign(
      ndarray(
        'float32',
        [5, 2],
        Float32Array.from({ length: 10 }, (_, i) => i),
      ),
    )
    const { fs } = await saved(store)
    expect(await records(fs)).toEqual(result.records)
    expect(await listVariables('m', { fs })).toEqual(result.listed)
    // TensorFlow's reader says that sliced checkpoints are not supported: the file has it all.
    expect(await loadVariable('m', 'p', { fs })).toEqual(p.read())
  })

  oracleTest<Record<string, Answer>>('v1-restore-dtypes', async ({ result }) => {
    for (const [dtype, [kind, expected]] of Object.entries(result)) {
      const fs = new MemoryFileSystem()
      const value = pair(dtype as DType)
      const [name, got] = await answer(saveV1(fs, 'm', [['x', [2], undefined, value]]))
      if (kind !== 'no error') {
        expect([name, got]).toEqual([kind, withoutNode(String(expected))])
        continue
      }
      const [read] = await withV1('m', { fs }, (source) => readV1(source, ['x']))
      expect(numbers(read as NDArray), dtype).toEqual(expected)
      expect(read).toEqual(value)
    }
  })

  oracleTest<Record<string, Answer>>('v1-reader-dtypes', async ({ result }) => {
    for (const [name, [kind, expected]] of Object.entries(result)) {
      const fs = new MemoryFileSystem()
      const value = pair(name as DType, 2)
      await saveV1(fs, 'm', [['x', [2], undefined, value]])
      const read = await loadVariable('m', 'x', { fs })
      if (kind === 'no error') expect(numbers(read), name).toEqual(expected)
      // What TensorFlow's reader has no code for is in the file all the same.
      expect(read).toEqual(value)
    }
  })

  oracleTest<Answer[]>('v1-slice-conflicts', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const save = (specs: readonly string[], values: readonly NDArray[]): Promise<Answer> =>
      answer(
        saveV1(
          fs,
          'm',
          specs.map((spec, i) => {
            const { fullShape, slice } = parseSliceSpec(spec) ?? { fullShape: [], slice: undefined }
            return ['x', fullShape, slice, values[i] as NDArray]
          }),
        ),
      )
    const floats = [array([1, 2], 'float32'), array([3, 4], 'float32')]
    const mixed = [array([1, 2], 'float32'), array([3, 4], 'int32')]
    const found = [await save(['4 0,2', '5 2,2'], floats), await save(['4 0,2', '4 2,2'], mixed)]
    expect(found).toEqual(result.map(([name, message]) => [name, withoutNode(String(message))]))
    expect(ls(fs)).toEqual([])
  })

  oracleTest<[unknown, string[], number[][]]>('utils-reader-v1', async ({ result: [shapes, lines, f] }) => {
    const store = storeOf({ f: array([[1, 2]]) })
    store.getPartitionedVariable('p', { shape: [4], numShards: 2 }).assign(array([0, 1, 2, 3]))
    const { fs } = await saved(store)
    const reader = await CheckpointReader.open('m', { fs })
    expect(Object.fromEntries(reader.getVariableToShapeMap())).toEqual(shapes)
    expect(reader.debugString().split('\n').sort()).toEqual(lines)
    expect(toNested(await reader.getTensor('f'))).toEqual(f)
    await reader.close()
  })
})

/** What SaveSlices of TensorFlow 2.21 says of the dtypes that it does not save, where that is not "not yet supported". */
const REFUSED: Readonly<Record<string, string>> = {
  uint32: 'Tensor slice serialization not implemented for dtype 22',
  uint64: 'Tensor slice serialization not implemented for dtype 23',
}

test('TensorSliceWriter takes the dtypes that TensorFlow saves, and refuses the others in its words', async () => {
  for (const info of DTYPES) {
    const { name, word } = info
    const text = REFUSED[name] ?? (savedField(info) === 0 ? `Saving data type ${word} not yet supported` : undefined)
    const kind = REFUSED[name] === undefined ? 'UnimplementedError' : 'InvalidArgumentError'
    const found = await answer(saveV1(new MemoryFileSystem(), 'm', [['x', [0], undefined, empty(name)]]))
    expect(found, name).toEqual(text === undefined ? ['no error', undefined] : [kind, text])
  }
})

function empty(dtype: DType): NDArray {
  const { Array: Items } = dtypeInfo(dtype)
  return ndarray(dtype, [0], (Items === undefined ? [] : new Items(0)) as never)
}
