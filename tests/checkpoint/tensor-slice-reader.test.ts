/**
 * The reader of format V1 beyond the goldens and the cases: slices across records and files, what is read, and errors as
 * TensorFlow 2.21 has them for the same bytes.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { openTensorSliceReader } from '../../src/checkpoint/tensor-slice-reader'
import { MemoryFileSystem } from '../../src/fs/memory'
import { encodeSavedMeta, type SavedSliceMeta } from '../../src/proto/saved-tensor-slices'
import { array } from '../../src/tensor/convert'
import { ndarray, type NDArray, type TensorSlice } from '../../src/tensor/ndarray'
import { EMPTY_BYTES } from '../../src/util/bytes'
import { entriesOf, errorOf, tableBytes } from '../helpers/bundle'
import { FaultFileSystem } from '../helpers/fault-fs'
import { cut, readV1, saveV1, withV1, wholes } from '../helpers/v1'

const GRID = ndarray(
  'float32',
  [6, 4],
  Float32Array.from({ length: 24 }, (_, i) => i),
)
const HALVES: TensorSlice[] = [
  [[0, 4], undefined],
  [[4, 2], undefined],
]

async function ofFiles(files: Readonly<Record<string, readonly TensorSlice[]>>): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  for (const [path, slices] of Object.entries(files)) {
    await saveV1(
      fs,
      path,
      slices.map((slice) => ['x', GRID.shape, slice, cut(GRID, slice)]),
    )
  }
  return fs
}

function failing(path: string, fs: MemoryFileSystem): Promise<[string, string]> {
  return errorOf(withV1(path, { fs }, (source) => readV1(source, ['x'])))
}

/** A file of one tensor x of two floats, with another meta, or other records. */
async function bent(meta: Partial<SavedSliceMeta> | Uint8Array, record?: Uint8Array | null): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  await saveV1(fs, 'm', wholes({ x: array([1, 2]) }))
  const rows = await entriesOf(fs, 'm')
  const [key, value] = rows[1] as (typeof rows)[number]
  const version = { producer: 1, minConsumer: 0, badConsumers: [] }
  const tensor = { name: 'x', shape: [2], unknownRank: false, dtype: 1, slices: [[undefined]], ...meta }
  const first = meta instanceof Uint8Array ? meta : encodeSavedMeta({ tensors: [tensor], version })
  const second = record === null ? [] : [[key, record ?? value] as const]
  fs.files.set('m', tableBytes([[EMPTY_BYTES, first], ...second]))
  return fs
}

describe('slices', () => {
  const SLICES: TensorSlice[] = [
    [undefined, undefined],
    [[0, 4], undefined],
    [
      [0, 4],
      [0, 4],
    ],
    [
      [3, 2],
      [1, 2],
    ],
    [
      [5, 1],
      [3, 1],
    ],
    [undefined, [2, 1]],
  ]

  test.each([
    ['one record', { m: [[undefined, undefined]] }],
    ['two records', { m: HALVES }],
    ['two files', { 'm-00000-of-00002': [HALVES[1] as TensorSlice], 'm-00001-of-00002': [HALVES[0] as TensorSlice] }],
  ])('are read out of %s, all at once and one by one', async (_, files: Record<string, TensorSlice[]>) => {
    const path = 'm' in files ? 'm' : 'm-?????-of-00002'
    await withV1(path, { fs: await ofFiles(files) }, async (source) => {
      const wanted = SLICES.map((slice) => ['x', slice] as const)
      const expected = SLICES.map((slice) => cut(GRID, slice))
      expect(await readV1(source, [...wanted, 'x'])).toEqual([...expected, GRID])
      for (const [i, one] of wanted.entries()) expect(await readV1(source, [one])).toEqual([expected[i]])
    })
  })

  test('of strings are put together too', async () => {
    const fs = new MemoryFileSystem()
    const words = array(['a', 'b', 'ccc', '']) as NDArray
    const slices: TensorSlice[] = [[[0, 1]], [[1, 3]]]
    await saveV1(
      fs,
      'm',
      slices.map((slice) => ['x', [4], slice, cut(words, slice)]),
    )
    await withV1('m', { fs }, async (source) => {
      expect(await readV1(source, ['x', ['x', [[2, 2]]]])).toEqual([words, cut(words, [[2, 2]])])
    })
  })

  test('without elements read nothing', async () => {
    const fs = new MemoryFileSystem()
    await saveV1(fs, 'm', wholes({ x: ndarray('float32', [0, 2], new Float32Array(0)) }))
    await withV1('m', { fs }, async (source) => {
      const [x, part] = await readV1(source, ['x', ['x', [undefined, [1, 1]]]])
      expect([x?.shape, part?.shape]).toEqual([
        [0, 2],
        [0, 1],
      ])
    })
  })

  test('that the tensor does not have are the errors of TensorFlow', async () => {
    await withV1('m', { fs: await ofFiles({ m: HALVES }) }, async (source) => {
      const read = (slice: TensorSlice): Promise<[string, string]> => errorOf(readV1(source, [['x', slice]]))
      expect(await read([[5, 2], undefined])).toEqual([
        'InternalError',
        'Extent in dimension 0 out of bounds: shape = [6,4], slice = 5,2:-',
      ])
      expect(await read([undefined])).toEqual(['InternalError', 'Mismatching ranks: shape = [6,4], slice = -'])
    })
  })

  test('across a hole are an error, those beside it are not', async () => {
    const fs = await ofFiles({ m: [HALVES[0] as TensorSlice] })
    expect(await failing('m', fs)).toEqual([
      'InvalidArgumentError',
      'Error copying slice data: the parts of x leave a hole',
    ])
    await withV1('m', { fs }, async (source) => {
      expect(source.tensors.get('x')?.slices).toEqual([HALVES[0]])
      expect(await readV1(source, [['x', [[1, 2], undefined]]])).toEqual([cut(GRID, [[1, 2], undefined])])
    })
  })
})

describe('a checkpoint that contradicts itself', () => {
  test.each([
    [
      'Overlapping slices: existing slice = 0,2:-, new slice = 1,2:-',
      [[[0, 2], undefined]] as TensorSlice[],
      [[[1, 2], undefined]] as TensorSlice[],
    ],
    ['Overlapping slices: existing slice = -:-, new slice = -:-', [[undefined, undefined]], [[undefined, undefined]]],
  ] as const)('is refused: "%s"', async (text, one, other) => {
    const fs = await ofFiles({ 'm-00000-of-00002': one, 'm-00001-of-00002': other })
    const [kind, message] = await failing('m-?????-of-00002', fs)
    expect(kind).toBe('InternalError')
    expect(message.startsWith(text)).toBe(true)
  })

  test.each([
    ['shapes detected for tensor x: existing = [2], new = [3]', array([1, 2, 3])],
    ['types detected for tensor x: existing = float, new = int32', array([1, 2], 'int32')],
  ])('is refused: "Incompatible tensor %s"', async (text, value) => {
    const fs = new MemoryFileSystem()
    await saveV1(fs, 'm-00000-of-00002', wholes({ x: array([1, 2]) }))
    await saveV1(fs, 'm-00001-of-00002', wholes({ x: value }))
    expect(await failing('m-?????-of-00002', fs)).toEqual(['InternalError', `Incompatible tensor ${text}`])
  })

  test.each([
    ['InternalError', /^Mismatching ranks: shape = \[2\], slice = -:-$/, { slices: [[undefined, undefined]] }],
    ['InternalError', /^Extent in dimension 0 out of bounds: shape = \[2\], slice = 1,2$/, { slices: [[[1, 2]]] }],
    ['DataLossError', /^Invalid tensor: x, dtype 77, shape \[2\]$/, { dtype: 77 }],
    ['DataLossError', /^Invalid tensor: x, dtype 1, shape \[-1\]$/, { shape: [-1] }],
    ['DataLossError', /^Invalid tensor: x, dtype 1, shape \[\]$/, { shape: [], unknownRank: true }],
    ['UnimplementedError', /^Restoring data type bfloat16 not yet supported$/, { dtype: 14 }],
    ['DataLossError', /^Error copying slice data: Corrupted bytes: 0 values, where there should be 2/, { dtype: 22 }],
    ['DataLossError', /^Error copying slice data: Corrupted bytes: 2 values, where there should be 3/, { shape: [3] }],
    ['DataLossError', /^Error copying slice data: Corrupted bytes: more than the 1 values/, { shape: [1] }],
    ['DataLossError', /^Error copying slice data: 21 bytes for 1000 values$/, { shape: [1000] }],
    ['DataLossError', /^Error copying slice data: x is larger than its files$/, { shape: [2 ** 50] }],
    ['DataLossError', /^Error copying slice data: m has no record of x 0,2$/, { slices: [[[0, 2] as const]] }],
  ] as const)('is refused: %s %s', async (kind, message, meta) => {
    const [name, text] = await failing('m', await bent(meta as Partial<SavedSliceMeta>))
    expect(name).toBe(kind)
    expect(text).toMatch(message)
  })

  test('is refused where a record is missing, or damaged', async () => {
    expect(await failing('m', await bent({}, null))).toEqual([
      'DataLossError',
      'Error copying slice data: m has no record of x -',
    ])
    const [kind, text] = await failing('m', await bent({}, Uint8Array.of(0xff, 0xff)))
    expect([kind, text.slice(0, 43)]).toEqual(['DataLossError', 'Error copying slice data: Corrupted bytes: '])
  })

  test.each([
    ['no list', new Uint8Array(0)],
    ['the header of a bundle', Uint8Array.of(8, 1, 0x1a, 2, 8, 1)],
    ['bytes that are no message', Uint8Array.of(0xff, 0xff)],
  ])('is refused with %s', async (_, meta) => {
    const [kind, text] = await failing('m', await bent(meta))
    expect(kind).toBe('InternalError')
    expect(text).toMatch(/^Failed to find the saved tensor slices at the beginning of the checkpoint file: m/)
  })

  test('is refused by its version', async () => {
    const version = { producer: 1, minConsumer: 2, badConsumers: [] }
    const fs = await bent(encodeSavedMeta({ tensors: [], version }))
    expect(await failing('m', fs)).toEqual([
      'InvalidArgumentError',
      'Checkpoint min consumer version 2 above current version 1 for TensorFlow 2.21.0.  Please upgrade TensorFlow.',
    ])
  })

  test('is as TensorFlow sees it where a tensor has no slice, or there is no version', async () => {
    await withV1('m', { fs: await bent({ slices: [] }) }, async (source) => {
      expect(source.tensors.size).toBe(0)
    })
    const version = { producer: 0, minConsumer: 0, badConsumers: [] }
    await withV1('m', { fs: await bent(encodeSavedMeta({ tensors: [], version })) }, async (source) => {
      expect(source.tensors.size).toBe(0)
    })
  })
})

describe('openTensorSliceReader()', () => {
  test.each([
    ['not an sstable (bad magic number)', new Uint8Array(500)],
    ['file is too short to be an sstable', new Uint8Array(5)],
  ])('says "%s" as TensorFlow does', async (reason, bytes) => {
    const fs = new MemoryFileSystem([['m', bytes]])
    const [kind, text] = await errorOf(openTensorSliceReader('m', { fs }))
    expect(kind).toBe('DataLossError')
    const hint = 'perhaps your file is in a different file format and you need to use a different restore operator?'
    expect(text.startsWith(`Unable to open table file m: DATA_LOSS: ${reason}: ${hint}`)).toBe(true)
  })

  test('tells of a missing tensor, and of missing shards', async () => {
    const fs = await ofFiles({ 'm-00001-of-00003': HALVES })
    await withV1('m-?????-of-00003', { fs }, async (source) => {
      expect(source.missing('w')).toBe(
        'Tensor name "w" not found in checkpoint files m-?????-of-00003: 2 of its files are missing',
      )
      expect(await readV1(source, ['x'])).toEqual([GRID])
    })
    await withV1('m-00001-of-00003', { fs }, async (source) => {
      expect(source.missing('w')).toBe('Tensor name "w" not found in checkpoint files m-00001-of-00003')
    })
  })

  test('reads the list alone, and for a tensor the blocks that it needs, each once', async () => {
    const memory = new MemoryFileSystem()
    const count = 80_000
    const values = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [name, ndarray('float64', [count], new Float64Array(count))]),
    )
    await saveV1(memory, 'm', wholes(values))
    const fs = new FaultFileSystem(memory)
    await withV1('m', { fs }, async (source) => {
      expect(fs.counts.bytesRead).toBeLessThan(1000)
      await readV1(source, ['c'])
      expect(fs.counts.bytesRead).toBeLessThan(8 * count + 1000)
      await readV1(source, ['d', 'a', 'b', 'c'])
      expect(fs.counts.bytesRead).toBeLessThan(5 * 8 * count + 1000)
    })
    expect(fs.counts.openFiles).toBe(0)
  })

  test('asks for memory once for each tensor', async () => {
    const fs = new MemoryFileSystem()
    const names = Array.from({ length: 3000 }, (_, i) => `v${i}`)
    await saveV1(fs, 'm', wholes(Object.fromEntries(names.map((name, i) => [name, array([i], 'int64')]))))
    await withV1('m', { fs }, async (source) => {
      const asked = new Map<string, number>()
      let wrong = 0
      const requests = [...source.tensors.values()].map((tensor) => ({ tensor }))
      const target = ({ tensor: { key } }: { tensor: { key: string } }): BigInt64Array<ArrayBuffer> => {
        asked.set(key, (asked.get(key) ?? 0) + 1)
        return new BigInt64Array(1)
      }
      for await (const batch of source.read(requests, { target })) {
        for (const { own, request } of batch) if (`v${own?.[0]}` !== request.tensor.key) wrong++
      }
      expect(wrong).toBe(0)
      expect([...asked.values()].every((times) => times === 1) && asked.size === 3000).toBe(true)
    })
  })

  test('ends with the reason of an abort', async () => {
    const fs = await ofFiles({ m: HALVES })
    const reason = new Error('enough')
    const aborted = AbortSignal.abort(reason)
    await expect(openTensorSliceReader('m', { fs, signal: aborted })).rejects.toBe(reason)
    const control = new AbortController()
    await withV1('m', { fs, signal: control.signal }, async (source) => {
      control.abort(reason)
      await expect(readV1(source, ['x'])).rejects.toBe(reason)
    })
  })

  test('closes what it opened when a shard is damaged', async () => {
    const memory = await ofFiles({ 'm-00000-of-00002': HALVES })
    memory.files.set('m-00001-of-00002', new Uint8Array(100))
    const fs = new FaultFileSystem(memory)
    await expect(openTensorSliceReader('m-?????-of-00002', { fs })).rejects.toThrow('m-00001-of-00002')
    expect(fs.counts.openFiles).toBe(0)
  })

  test('refuses to work once it is closed', async () => {
    const source = await openTensorSliceReader('m', { fs: await ofFiles({ m: HALVES }) })
    source.checkOpen()
    await source.close()
    await source.close()
    expect(() => source.checkOpen()).toThrow('The reader of m is closed')
  })
})

test('verify() tells of each damaged record by its tensor, and reads the others', async () => {
  const fs = new MemoryFileSystem()
  const large = ndarray('float32', [200_000], new Float32Array(200_000).fill(1))
  await saveV1(fs, 'm', wholes({ a: array(['s']), b: large, c: array([1]), d: large, e: array([true]) }))
  const file = fs.files.get('m') as Uint8Array
  file[500_000] = 1
  const reader = await CheckpointReader.open('m', { fs })
  const report = await reader.verify()
  expect(report.faults.map(({ key, code }) => [key, code])).toEqual([['b', 'DATA_LOSS']])
  expect(report.faults[0]?.message).toMatch(/^Error copying slice data: block checksum mismatch/)
  expect([report.tensors, report.bytes]).toEqual([5, 1_600_005])
  await reader.close()
})
