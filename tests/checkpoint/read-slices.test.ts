/**
 * Slices of tensors, whole or in parts, held against slicing the whole in memory; and what is read for them.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CheckpointReader, checkpointInternals } from '../../src/checkpoint/checkpoint-reader'
import { type ReadRequest, type StoredTensor } from '../../src/checkpoint/checkpoint-source'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { allocate, valueOf as valueFrom } from '../../src/checkpoint/tensor-value'
import { MemoryFileSystem } from '../../src/fs/memory'
import { arraysEqual, array, toNested } from '../../src/tensor/convert'
import { type DType, dtypeInfo } from '../../src/tensor/dtype'
import { ndarray, type NDArray, type TensorSlice } from '../../src/tensor/ndarray'
import { DataLossError, InternalError, InvalidArgumentError, NotFoundError } from '../../src/util/errors'
import { described } from '../hostile/survey'
import { FaultFileSystem } from '../helpers/fault-fs'
import {
  ALL_DTYPES,
  type Cut,
  cutTensor,
  sliceOf,
  slicesWithin,
  turnedAround,
  valueOf,
  writeCut,
} from '../helpers/sliced'

const SEED = 20_170_829
const NUMERIC = ALL_DTYPES.filter((name) => dtypeInfo(name).Array !== undefined)

/** The value, to compare bit by bit. */
function told(value: NDArray): string {
  return described('', value)
}

/** Each tensor whole, and a slice of each. */
interface Model {
  readonly tensors: readonly Cut[]
  readonly slices: readonly TensorSlice[]
}

function models(dtypes: readonly DType[]): fc.Arbitrary<Model> {
  return fc
    .tuple(cutTensor('a', dtypes), cutTensor('b', dtypes), cutTensor('b\0c', dtypes))
    .chain((tensors) =>
      fc.tuple(...tensors.map(({ value }) => slicesWithin(value.shape))).map((slices) => ({ tensors, slices })),
    )
}

async function check(fs: MemoryFileSystem, { tensors, slices }: Model, verifyChecksums: boolean): Promise<void> {
  const options = { fs, verifyChecksums }
  const reader = await CheckpointReader.open('m', options)
  const bundle = await TensorBundleReader.open('m', options)
  for (const [i, { key, value, parts }] of tensors.entries()) {
    const slice = slices[i] ?? []
    const [whole, part] = [told(value), told(sliceOf(value, slice))]
    expect(told(await reader.getTensor(key))).toBe(whole)
    expect(told(await bundle.lookup(key))).toBe(whole)
    expect(told(await reader.getSlice(key, slice))).toBe(part)
    expect(told(await bundle.lookupSlice(key, slice))).toBe(part)
    for (const one of parts) expect(told(await reader.getSlice(key, one))).toBe(told(sliceOf(value, one)))
    expect(await bundle.lookupTensorSlices(key)).toEqual(parts)
    expect(await bundle.lookupDtypeAndShape(key)).toEqual({ dtype: value.dtype, shape: value.shape })
    if (dtypeInfo(value.dtype).Array !== undefined) {
      const target = valueOf(value.dtype, value.shape, 99)
      expect(await reader.readTensor(key, target)).toBe(target)
      expect(told(target)).toBe(whole)
    }
  }
  const wanted = new Map(tensors.map(({ key, value }) => [key, told(value)]))
  for (const reuseBuffer of [false, true]) {
    const streamed = new Map<string, string>()
    for await (const [key, value] of reader.tensors({ reuseBuffer })) streamed.set(key, told(value))
    expect(streamed).toEqual(wanted)
  }
  expect([...reader.getVariableToShapeMap().keys()]).toEqual(['a', 'b', 'b\0c'])
  expect(await reader.verify()).toMatchObject({ faults: [] })
  await reader.close()
  await bundle.close()
}

describe('Tensors in random parts', () => {
  test.each([true, false])('give every slice that slicing the whole gives (checksums: %s)', async (verifyChecksums) => {
    await fc.assert(
      fc.asyncProperty(models(ALL_DTYPES), fc.constantFrom(1, 64), async (model, alignment) => {
        await check(await writeCut(model.tensors, 'm', alignment), model, verifyChecksums)
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test('of a big-endian machine too', async () => {
    await fc.assert(
      fc.asyncProperty(models(NUMERIC), async (model) => {
        await check(await turnedAround(await writeCut(model.tensors)), model, true)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })
})

const MB = 1 << 20

/** 12 MB of float32 in rows of 1 KiB: large enough to be read in pieces. */
const LARGE: NDArray = valueOf('float32', [12 * 1024, 256], 7)

/** A file system that counts, and knows the longest read. */
function counting(inner: MemoryFileSystem): FaultFileSystem & { longest: number; allocated: number } {
  const fs = Object.assign(new FaultFileSystem(inner), { longest: 0, allocated: 0 })
  const buffers = new Set<ArrayBufferLike>()
  const open = fs.open.bind(fs)
  fs.open = async (path, options) => {
    const file = await open(path, options)
    return {
      size: file.size,
      read: (offset, length) => file.read(offset, length),
      readInto: async (offset, target) => {
        fs.longest = Math.max(fs.longest, target.length)
        if (!buffers.has(target.buffer)) fs.allocated += target.buffer.byteLength
        buffers.add(target.buffer)
        await file.readInto?.(offset, target)
      },
      close: () => file.close(),
    }
  }
  return fs
}

const written = new Map<readonly TensorSlice[], Promise<MemoryFileSystem>>()

/** LARGE in these parts, between two others. */
async function largeFiles(parts: readonly TensorSlice[]): Promise<MemoryFileSystem> {
  const known = written.get(parts)
  if (known !== undefined) return known
  const made = writeCut([
    { key: 'before', value: array([1]), parts: [] },
    { key: 'w', value: LARGE, parts },
    { key: 'x', value: array([2]), parts: [] },
  ])
  written.set(parts, made)
  return made
}

const WHOLE: TensorSlice[] = []
const THIRDS: TensorSlice[] = [0, 1, 2].map((i) => [[i * 4096, 4096], undefined])
const COLUMNS: TensorSlice[] = [0, 1].map((i) => [undefined, [i * 128, 128]])

const STORED: readonly (readonly [string, readonly TensorSlice[]])[] = [
  ['whole', WHOLE],
  ['in three parts', THIRDS],
  ['in columns', COLUMNS],
]

const SLICES: readonly TensorSlice[] = [
  [[5, 1], undefined],
  [
    [4000, 200],
    [3, 7],
  ],
  [undefined, [255, 1]],
  [[1, 12 * 1024 - 2], undefined],
  [undefined, undefined],
]

describe.each(STORED)('A slice of a large tensor that is stored %s', (_, parts) => {
  test.each(SLICES.map((slice) => [slice]))('%j is right', async (slice) => {
    const fs = await largeFiles(parts)
    for (const verifyChecksums of [true, false]) {
      await using reader = await CheckpointReader.open('m', { fs, verifyChecksums })
      expect(arraysEqual(await reader.getSlice('w', slice), sliceOf(LARGE, slice))).toBe(true)
    }
  })

  test('takes memory for itself and some buffers, though every checksum is looked at', async () => {
    const fs = counting(await largeFiles(parts))
    await using reader = await CheckpointReader.open('m', { fs })
    await reader.getSlice('w', [undefined, [100, 1]])
    expect(fs.longest).toBe(4 * MB)
    expect(fs.allocated).toBeLessThan(parts.length === 3 ? 13 * MB : 17 * MB)
    expect(fs.counts.bytesRead).toBeGreaterThan(parts.length === 2 ? 6 * MB : 12 * MB)
  })

  test('finds a byte that changed anywhere in what is stored together', async () => {
    const fs = new MemoryFileSystem((await largeFiles(parts)).files)
    const data = (fs.files.get('m.data-00000-of-00001') as Uint8Array<ArrayBuffer>).slice()
    fs.files.set('m.data-00000-of-00001', data)
    const at = 4 + 3 * MB
    data[at] = (data[at] as number) ^ 1
    await using reader = await CheckpointReader.open('m', { fs })
    await expect(
      reader.getSlice('w', [
        [0, 2],
        [0, 2],
      ]),
    ).rejects.toMatchObject({
      code: 'DATA_LOSS',
      key: 'w',
      path: 'm.data-00000-of-00001',
      offset: 4,
    })
    await using trusting = await CheckpointReader.open('m', { fs, verifyChecksums: false })
    expect(
      arraysEqual(
        await trusting.getSlice('w', [
          [0, 2],
          [0, 2],
        ]),
        sliceOf(LARGE, [
          [0, 2],
          [0, 2],
        ]),
      ),
    ).toBe(true)
  })
})

describe('Where checksums do not matter', () => {
  /** Bytes and reads of the data for a slice. */
  async function cost(parts: readonly TensorSlice[], slice: TensorSlice): Promise<[bytes: number, reads: number]> {
    const fs = new FaultFileSystem(await largeFiles(parts))
    await using reader = await CheckpointReader.open('m', { fs, verifyChecksums: false })
    const { bytesRead, reads } = fs.counts
    expect(arraysEqual(await reader.getSlice('w', slice), sliceOf(LARGE, slice))).toBe(true)
    return [fs.counts.bytesRead - bytesRead, fs.counts.reads - reads]
  }

  test('a row is its own bytes', async () => {
    expect(await cost(WHOLE, [[7000, 1], undefined])).toEqual([1024, 1])
    expect(await cost(THIRDS, [[7000, 1], undefined])).toEqual([1024, 1])
    expect(
      await cost(
        [],
        [
          [7000, 1],
          [3, 2],
        ],
      ),
    ).toEqual([8, 1])
  })

  test('a row across two parts is two reads', async () => {
    expect(
      await cost(COLUMNS, [
        [7000, 1],
        [100, 50],
      ]),
    ).toEqual([200, 2])
  })

  test('rows next to each other are one read, and so is what lies in small gaps', async () => {
    expect(await cost(WHOLE, [[10, 100], undefined])).toEqual([100 * 1024, 1])
    expect(
      await cost(
        [],
        [
          [10, 100],
          [0, 1],
        ],
      ),
    ).toEqual([99 * 1024 + 4, 1])
  })

  test('gaps above 16 KiB are not read', async () => {
    const value = valueOf('uint8', [40, 20_000], 3)
    const fs = new FaultFileSystem(await writeCut([{ key: 'w', value, parts: [] }]))
    await using reader = await CheckpointReader.open('m', { fs, verifyChecksums: false })
    const { bytesRead } = fs.counts
    const slice: TensorSlice = [
      [3, 30],
      [19_000, 9],
    ]
    expect(arraysEqual(await reader.getSlice('w', slice), sliceOf(value, slice))).toBe(true)
    expect(fs.counts.bytesRead - bytesRead).toBe(30 * 9)
  })

  test('with checksums a look-up reads the parts that it touches, and no others', async () => {
    const fs = new FaultFileSystem(await largeFiles(THIRDS))
    await using reader = await CheckpointReader.open('m', { fs })
    const { bytesRead } = fs.counts
    await reader.getSlice('w', [
      [4096, 5],
      [0, 1],
    ])
    expect(fs.counts.bytesRead - bytesRead).toBe(4 * MB)
  })
})

describe('TensorBundleReader.lookupSlice()', () => {
  test('reads the blocks of the index that it needs, not the index', async () => {
    const count = 20_000
    const value = valueOf('uint8', [count, 2], 5)
    const parts: TensorSlice[] = Array.from({ length: count }, (_, i) => [[i, 1], undefined])
    const fs = new FaultFileSystem(
      await writeCut([
        { key: 'z', value: array([1]), parts: [] },
        { key: 'p', value, parts },
      ]),
    )
    const { size } = await fs.open('m.index')
    await using bundle = await openBundle(fs)
    const { bytesRead } = fs.counts
    expect(
      arraysEqual(
        await bundle.lookupSlice('p', [
          [9999, 3],
          [1, 1],
        ]),
        sliceOf(value, [
          [9999, 3],
          [1, 1],
        ]),
      ),
    ).toBe(true)
    // The block with the tensor's own entry, the one with the parts', and six bytes.
    expect(fs.counts.bytesRead - bytesRead).toBeLessThan(2 * 300_000)
    expect(size).toBeGreaterThan(3 * 262_144)
  })

  async function openBundle(fs: FaultFileSystem): Promise<TensorBundleReader & AsyncDisposable> {
    const bundle = await TensorBundleReader.open('m', { fs })
    return Object.assign(bundle, { [Symbol.asyncDispose]: () => bundle.close() })
  }
})

describe('Many requests at once', () => {
  /** All values of these requests, in the order in which they were asked for. */
  async function readAll(
    reader: CheckpointReader,
    wanted: readonly (readonly [key: string, slice?: TensorSlice])[],
  ): Promise<NDArray[]> {
    const { source } = checkpointInternals(reader)
    const requests = wanted.map(([key, slice]) => ({ tensor: source.tensors.get(key) as StoredTensor, slice }))
    const values = new Map<ReadRequest, NDArray>()
    for await (const batch of source.read(requests, { target: allocate })) {
      for (const loaded of batch) {
        expect(values.has(loaded.request)).toBe(false)
        values.set(loaded.request, valueFrom(loaded))
      }
    }
    expect(values.size).toBe(requests.length)
    return requests.map((request) => values.get(request) as NDArray)
  }

  test.each([true, false])('share what is stored, and read it once (checksums: %s)', async (verifyChecksums) => {
    const fs = new FaultFileSystem(await largeFiles(THIRDS))
    await using reader = await CheckpointReader.open('m', { fs, verifyChecksums })
    const slices: (TensorSlice | undefined)[] = [
      undefined,
      undefined,
      THIRDS[1],
      THIRDS[1],
      [
        [0, 5000],
        [7, 9],
      ],
      THIRDS[0],
    ]
    const { bytesRead } = fs.counts
    const values = await readAll(reader, [
      ['before'],
      ['before'],
      ...slices.map((slice): [string, TensorSlice?] => (slice === undefined ? ['w'] : ['w', slice])),
    ])
    expect(fs.counts.bytesRead - bytesRead).toBe(4 + 12 * MB)
    expect(values.slice(0, 2).map(toNested)).toEqual([[1], [1]])
    for (const [i, slice] of slices.entries()) {
      expect(arraysEqual(values[i + 2] as NDArray, slice === undefined ? LARGE : sliceOf(LARGE, slice))).toBe(true)
    }
  })

  test('strings in parts that come with other batches are kept', async () => {
    const elements = Array.from({ length: 240 }, (_, i) => new Uint8Array(100_000).fill(i))
    const value = ndarray('string', [240], elements)
    const parts = Array.from({ length: 120 }, (_, i): TensorSlice => [[2 * i, 2]])
    await using reader = await CheckpointReader.open('m', { fs: await writeCut([{ key: 's', value, parts }]) })
    expect(arraysEqual(await reader.getTensor('s'), value)).toBe(true)
    const odd = sliceOf(value, [[3, 235]])
    expect(arraysEqual(await reader.getSlice('s', [[3, 235]]), odd)).toBe(true)
  })
})

describe('Slices that a tensor does not have', () => {
  const value = array([
    [0, 1],
    [2, 3],
    [4, 5],
  ])
  const stored: readonly TensorSlice[][] = [
    [],
    [
      [[0, 1], undefined],
      [[1, 2], undefined],
    ],
  ]

  test.each(stored.map((parts) => [parts]))('are errors of TensorFlow’s, with the key (stored: %j)', async (parts) => {
    const fs = await writeCut([{ key: 'x', value, parts }])
    await using reader = await CheckpointReader.open('m', { fs })
    const failing = async (slice: TensorSlice): Promise<unknown> =>
      reader.getSlice('x', slice).catch((error: unknown) => error)
    const out = await failing([[2, 2], undefined])
    expect(out).toBeInstanceOf(InternalError)
    expect(out).toMatchObject({ key: 'x', path: 'm.index' })
    expect((out as Error).message).toBe('Extent in dimension 0 out of bounds: shape = [3,2], slice = 2,2:-')
    expect(((await failing([[0, 1]])) as Error).message).toBe('Mismatching ranks: shape = [3,2], slice = 0,1')
    expect(await failing([[0, 0], undefined])).toBeInstanceOf(InvalidArgumentError)
    expect(await failing([[-1, 1], undefined])).toBeInstanceOf(InvalidArgumentError)
    await expect(reader.getSlice('y', [[0, 1]])).rejects.toBeInstanceOf(NotFoundError)
  })

  test('of a scalar there is only all', async () => {
    await using reader = await CheckpointReader.open('m', {
      fs: await writeCut([{ key: 'x', value: array(3), parts: [] }]),
    })
    expect(toNested(await reader.getSlice('x', []))).toBe(3)
  })

  test('of a tensor without elements are without elements', async () => {
    const empty = [
      { key: 'n', value: valueOf('float32', [0, 3]), parts: [] },
      { key: 's', value: valueOf('string', [2, 0]), parts: [] },
    ]
    await using reader = await CheckpointReader.open('m', { fs: await writeCut(empty) })
    expect(await reader.getSlice('n', [undefined, [1, 2]])).toMatchObject({ dtype: 'float32', shape: [0, 2] })
    expect(await reader.getSlice('s', [[1, 1], undefined])).toEqual({ dtype: 'string', shape: [1, 0], data: [] })
  })
})

describe('Damage to one part', () => {
  const value = array([1, 2, 3, 4])
  const parts: TensorSlice[] = [[[0, 2]], [[2, 2]]]

  test('is found where the part is read, and only there; verify() names the tensor', async () => {
    const fs = await writeCut([{ key: 'x', value, parts }])
    const data = fs.files.get('m.data-00000-of-00001') as Uint8Array
    data[9] = 1
    await using reader = await CheckpointReader.open('m', { fs })
    expect(toNested(await reader.getSlice('x', [[0, 2]]))).toEqual([1, 2])
    expect(toNested(await reader.getSlice('x', [[1, 1]]))).toEqual([2])
    for (const work of [reader.getTensor('x'), reader.getSlice('x', [[2, 1]]), reader.getSlice('x', [[1, 2]])]) {
      await expect(work).rejects.toBeInstanceOf(DataLossError)
    }
    const { tensors, bytes, faults } = await reader.verify()
    expect([tensors, bytes, faults.map(({ key, offset }) => [key, offset])]).toEqual([2, 16, [['x', 8]]])
  })
})
