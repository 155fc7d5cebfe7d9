/**
 * Whatever way a model is cut and saved, it comes back bit for bit, however the variables are cut that it is restored into.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { zeros } from '../../src/tensor/convert'
import { type DType, dtypeInfo, type NumericArray } from '../../src/tensor/dtype'
import { elementCount, ndarray, type NDArray, type Shape } from '../../src/tensor/ndarray'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { VariableStore } from '../../src/variables/variable-store'

const DTYPES: readonly DType[] = [
  'float32',
  'float64',
  'float16',
  'int8',
  'int64',
  'uint16',
  'bool',
  'complex64',
  'string',
]
const DEVICES = ['', '/cpu:0', '/gpu:1', '/job:ps/task:2', '/job:ps/task:10']

/** How a variable is cut: 0 parts are none. */
interface Cut {
  readonly parts: number
  readonly axis: number
}

interface Spec {
  readonly dtype: DType
  readonly shape: Shape
  readonly bytes: Uint8Array
  readonly device: string
  readonly useResource: boolean
  readonly saved: Cut
  readonly restored: Cut
}

const cut = fc.record({ parts: fc.nat(4), axis: fc.nat(2) })
const spec: fc.Arbitrary<Spec> = fc.record({
  dtype: fc.constantFrom(...DTYPES),
  shape: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  bytes: fc.uint8Array({ minLength: 16, maxLength: 40 }),
  device: fc.constantFrom(...DEVICES),
  useResource: fc.boolean(),
  saved: cut,
  restored: cut,
})
const kind: fc.Arbitrary<SaverOptions> = fc.record(
  {
    writeVersion: fc.constantFrom<'V1' | 'V2'>('V1', 'V2'),
    sharded: fc.constant(true),
    numShards: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: [] },
)

/** Any bits that the dtype can hold. */
function valueOf({ dtype, shape, bytes }: Spec): NDArray {
  const info = dtypeInfo(dtype)
  const count = elementCount(shape)
  if (info.Array === undefined) {
    return ndarray(dtype, shape, Array.from({ length: count }, (_, at) => bytes.slice(0, at % 20)) as never)
  }
  const data = Uint8Array.from({ length: count * info.size }, (_, at) => (bytes[at % bytes.length] ?? 0) ^ (at >> 4))
  if (dtype === 'bool') data.forEach((byte, at) => (data[at] = byte & 1))
  return ndarray(dtype, shape, new info.Array(data.buffer) as never)
}

/** The variables, and how each is read as a whole. */
function storeOf(
  specs: readonly Spec[],
  cutOf: (one: Spec) => Cut,
  fill: (one: Spec) => NDArray,
): { store: VariableStore; reads: (() => NDArray)[] } {
  const store = new VariableStore()
  const reads = specs.map((one, at) => {
    const { parts: numShards, axis } = cutOf(one)
    const { shape, device, useResource, dtype } = one
    const options = { initializer: fill(one), device, useResource }
    const name = `scope/v${at}`
    if (numShards === 0 || shape.length === 0) {
      const variable = store.getVariable(name, options)
      return () => variable.read()
    }
    const place = { numShards, axis: axis % shape.length }
    const variable = store.getPartitionedVariable(name, { ...options, ...place, shape, dtype })
    return () => variable.read()
  })
  return { store, reads }
}

function bitsOf({ dtype, shape, data }: NDArray): unknown {
  const bits =
    dtype === 'string'
      ? data.map((one) => Buffer.from(one as Uint8Array).toString('hex'))
      : Buffer.from((data as NumericArray).buffer, (data as NumericArray).byteOffset, (data as NumericArray).byteLength)
  return [dtype, shape, bits.toString()]
}

test('saved in one way, restored in another', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(spec, { minLength: 1, maxLength: 5 }), kind, async (specs, options) => {
      const fs = new MemoryFileSystem()
      const from = storeOf(specs, ({ saved }) => saved, valueOf)
      const path = await new Saver(from.store, { fs, logger: {}, ...options }).save('m', { writeMetaGraph: false })
      expect(await fs.exists('m_temp')).toBe(false)
      const into = storeOf(
        specs,
        ({ restored }) => restored,
        ({ shape, dtype }) => zeros(shape, dtype),
      )
      const { unused } = await new Saver(into.store, { fs, logger: {} }).restore(path)
      expect(unused).toEqual([])
      expect(into.reads.map((read) => bitsOf(read()))).toEqual(specs.map((one) => bitsOf(valueOf(one))))
      const reader = await CheckpointReader.open(path, { fs })
      for (const [at, one] of specs.entries()) {
        expect(bitsOf(await reader.getTensor(`scope/v${at}`))).toEqual(bitsOf(valueOf(one)))
      }
      await reader.close()
    }),
    { numRuns: 60 },
  )
})
