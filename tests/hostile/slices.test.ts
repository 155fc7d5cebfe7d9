/**
 * Indexes that tell lies about parts, under right checksums: typed errors that name the tensor, bounded work and memory.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { encodeSliceKey } from '../../src/checkpoint/slice-key'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { type BundleEntry } from '../../src/proto/bundle-messages'
import { type TensorSlice } from '../../src/tensor/ndarray'
import { type ErrorCode } from '../../src/util/errors'
import { bytesFromKey, compareBytes } from '../../src/util/bytes'
import { errorOf, hex } from '../helpers/bundle'
import { crafted, crcOf, entryBytes, message, SOME_DATA } from './crafted'
import { fileSystemOf, lookUp, type Pair, PREFIX, survey } from './survey'

type Entries = (readonly [key: string | Uint8Array, entry: Uint8Array])[]

/** The bytes from `start` on, as the part `slice` of x; `fields` are lies. */
function part(slice: TensorSlice, start: number, fields: Partial<BundleEntry> = {}): Entries[number] {
  const shape = slice.map((range) => range?.[1] ?? 1)
  const size = shape.reduce((product, length) => product * length, 1)
  return [encodeSliceKey('x', slice), entryBytes({ offset: start, size, shape, ...fields })]
}

function full(
  shape: readonly number[],
  slices: readonly TensorSlice[],
  fields: Partial<BundleEntry> = {},
): Entries[number] {
  return ['x', entryBytes({ shape, slices, offset: 0, size: 0, crc32c: 0, ...fields })]
}

function bundleOf(entries: Entries): Pair {
  const keyed = entries.map(([key, entry]) => [typeof key === 'string' ? bytesFromKey(key) : key, entry] as const)
  return crafted(keyed.sort(([a], [b]) => compareBytes(a, b)))
}

/** That x is not read as a whole, in whatever way, and that nothing but a typed error is thrown. */
async function expectRefused(pair: Pair, code: ErrorCode, text: string): Promise<void> {
  const fs = fileSystemOf(pair)
  for (const verifyChecksums of [true, false]) {
    const found = await survey(fs, { verifyChecksums })
    const looked = await lookUp(fs, ['x'], verifyChecksums)
    expect([...found.values, ...looked.values]).toEqual([])
    for (const error of [...found.errors, ...looked.errors]) {
      expect(error).toMatchObject({ code, key: 'x' })
      expect(error.message).toContain(text)
      expect(error.message.length).toBeLessThan(1000)
    }
    expect([found.errors.length, looked.errors.length]).toEqual([1, 1])
  }
}

async function slicesOf(pair: Pair, slices: readonly TensorSlice[]): Promise<string[]> {
  const reader = await TensorBundleReader.open(PREFIX, { fs: fileSystemOf(pair) })
  const found: string[] = []
  for (const slice of slices) {
    try {
      found.push(hex((await reader.lookupSlice('x', slice)).data as Uint8Array))
    } catch (error) {
      found.push((error as Error).name)
    }
  }
  return found
}

const SIX = { left: [[0, 3]], right: [[3, 3]] } as const satisfies Record<string, TensorSlice>

test('Parts that fill the tensor are read: what follows differs from this in one thing', async () => {
  const pair = bundleOf([full([6], [SIX.right, SIX.left]), part(SIX.left, 0), part(SIX.right, 10)])
  expect(await survey(fileSystemOf(pair))).toEqual({ values: ['"x" uint8 [6] 6 0001020a0b0c'], errors: [] })
  expect(await slicesOf(pair, [[[2, 2]], SIX.right])).toEqual(['020a', '0a0b0c'])
})

describe('Slices in an index', () => {
  // TensorFlow: InternalError as well, for whatever slice is asked for.
  test.each([
    ['overlap', [[[0, 4]], [[2, 4]]]],
    ['overlap, and leave a hole, so that their sizes add up', [[[0, 4]], [[2, 2]]]],
    ['come twice', [SIX.left, SIX.left, SIX.right]],
  ] satisfies [string, TensorSlice[]][])('that %s are an InternalError', async (_, slices) => {
    const parts = new Map(slices.map((one, i) => [String(one), part(one, 10 * i)]))
    const pair = bundleOf([full([6], slices), ...parts.values()])
    await expectRefused(pair, 'INTERNAL', 'Overlapping slices: existing slice = 0,')
    expect(await slicesOf(pair, slices)).toEqual(slices.map(() => 'InternalError'))
  })

  test('that leave a hole are an InvalidArgumentError where it is asked for, and read where it is not', async () => {
    const pair = bundleOf([full([6], [[[0, 2]], [[4, 2]]]), part([[0, 2]], 0), part([[4, 2]], 10)])
    const text = 'Does not have sufficient slices for partitioned tensor x to restore in slice_spec: -'
    await expectRefused(pair, 'INVALID_ARGUMENT', text)
    const wanted: TensorSlice[] = [[[0, 2]], [[1, 1]], [[4, 2]], [[1, 2]], [[2, 2]], [undefined]]
    const none = 'InvalidArgumentError'
    expect(await slicesOf(pair, wanted)).toEqual(['0001', '01', '0a0b', none, none, none])
  })

  test.each([
    [
      'of another rank',
      [
        [
          [0, 3],
          [0, 1],
        ],
        SIX.right,
      ],
      'INTERNAL',
      'Mismatching ranks: shape = [6], slice = 0,3:0,1',
    ],
    [
      'behind the shape',
      [SIX.left, [[3, 4]]],
      'INTERNAL',
      'Extent in dimension 0 out of bounds: shape = [6], slice = 3,4',
    ],
    [
      'of no length',
      [SIX.left, SIX.right, [[0, 0]]],
      'INVALID_ARGUMENT',
      'Expected non-negative start and positive length',
    ],
    ['from below 0', [SIX.left, [[-3, 3]]], 'INVALID_ARGUMENT', 'Expected non-negative start and positive length'],
    [
      'of a length below 0',
      [SIX.left, [[3, -3]]],
      'INVALID_ARGUMENT',
      'Expected non-negative start and positive length',
    ],
  ] satisfies [string, TensorSlice[], ErrorCode, string][])('%s are a typed error', async (_, slices, code, text) => {
    // Parts that no entry names would be tensors of their own, as TensorFlow sees them.
    const named = [part(SIX.left, 0), part(SIX.right, 10)].filter((_, at) =>
      (slices as TensorSlice[]).includes(at === 0 ? SIX.left : SIX.right),
    )
    await expectRefused(bundleOf([full([6], slices), ...named]), code, text)
  })

  test('with numbers beyond 2^53 make an entry that is not parseable', async () => {
    const extent = message([1, message([1, 2n ** 60n], [2, 3])])
    const entry = message([1, 4], [2, message([2, message([1, 6])])], [7, extent])
    await expectRefused(bundleOf([['x', entry]]), 'DATA_LOSS', 'Entry for key x not parseable')
  })

  test('of which a tensor has bytes of its own too, as TensorFlow lets it be written, are what counts', async () => {
    const own = { offset: 20, size: 6, crc32c: crcOf(SOME_DATA, 20, 6) }
    const pair = bundleOf([full([6], [SIX.left], own), part(SIX.left, 0)])
    expect(await slicesOf(pair, [SIX.left, [undefined]])).toEqual(['000102', 'InvalidArgumentError'])
  })
})

describe('The part that a slice names', () => {
  test.each([
    ['is not there', [], 'NOT_FOUND', 'not found in checkpoint'],
    [
      'has another shape',
      [part(SIX.right, 10, { shape: [2], size: 2, crc32c: crcOf(SOME_DATA, 10, 2) })],
      'DATA_LOSS',
      'x',
    ],
    ['has another rank', [part(SIX.right, 10, { shape: [3, 1] })], 'DATA_LOSS', 'x'],
    ['has another dtype', [part(SIX.right, 10, { dtype: 6 })], 'DATA_LOSS', 'x'],
    ['is in parts itself', [part(SIX.right, 10, { slices: [[undefined]] })], 'DATA_LOSS', 'x'],
    [
      'lies under another key',
      [[encodeSliceKey('x', [[3, 2]]), entryBytes({ size: 3, offset: 10 })]],
      'NOT_FOUND',
      'x',
    ],
    ['has another checksum', [part(SIX.right, 10, { crc32c: 1 })], 'DATA_LOSS', 'Checksum does not match'],
    ['lies behind the data', [part(SIX.right, 62, { crc32c: 0 })], 'OUT_OF_RANGE', '1 bytes are missing'],
    ['lies in a shard that is none', [part(SIX.right, 10, { shardId: 1 })], 'DATA_LOSS', 'Invalid shard'],
  ] satisfies [string, Entries, ErrorCode, string][])('%s: a typed error', async (what, others, code, text) => {
    const pair = bundleOf([full([6], [SIX.left, SIX.right]), part(SIX.left, 0), ...others])
    const fs = fileSystemOf(pair)
    const checked = what === 'has another checksum' ? [true] : [true, false]
    for (const verifyChecksums of checked) {
      const { errors, values } = await lookUp(fs, ['x'], verifyChecksums)
      expect(values).toEqual([])
      expect(errors).toMatchObject([{ code }])
      expect(errors[0]?.message).toContain(text)
    }
    // What is whole is read.
    expect(await slicesOf(pair, [SIX.left])).toEqual(['000102'])
  })

  test('is checked before memory is asked for: 2^52 bytes that the file does not have', async () => {
    const half = 2 ** 51
    const slices: TensorSlice[] = [[[0, half]], [[half, half]]]
    const big = { size: half, crc32c: 0 }
    const pair = bundleOf([
      full([2 ** 52], slices),
      part(slices[0] as TensorSlice, 0, big),
      part(slices[1] as TensorSlice, 0, big),
    ])
    const fs = fileSystemOf(pair)
    for (const verifyChecksums of [true, false]) {
      const { errors } = await lookUp(fs, ['x'], verifyChecksums)
      expect(errors).toMatchObject([{ code: 'OUT_OF_RANGE', key: 'x' }])
      expect(errors[0]?.message).toContain('bytes are missing')
    }
  })

  test('may be where others are: two parts on the same bytes are a DataLossError', async () => {
    const pair = bundleOf([full([6], [SIX.left, SIX.right]), part(SIX.left, 0), part(SIX.right, 1)])
    await expectRefused(pair, 'DATA_LOSS', 'lie on the same bytes')
  })
})

/** A square of rings about a middle, each of four bars that go round: no straight line goes between them. */
function rings(count: number): TensorSlice[] {
  const slices: TensorSlice[] = [
    [
      [count, 1],
      [count, 1],
    ],
  ]
  for (let ring = 0; ring < count; ring++) {
    const last = 2 * count - ring
    const length = last - ring
    const [near, far] = [[ring, 1] as const, [last, 1] as const]
    const [from, behind] = [[ring, length] as const, [ring + 1, length] as const]
    slices.push([near, from], [from, far], [far, behind], [behind, near])
  }
  return slices
}

test('Parts that no cut sets apart are read, where they are few', async () => {
  const slices = rings(3)
  let at = 0
  const parts = slices.map((slice) => {
    const one = part(slice, at)
    at += slice.reduce((size, range) => size * (range?.[1] ?? 1), 1)
    return one
  })
  const found = await survey(fileSystemOf(bundleOf([full([7, 7], slices), ...parts])))
  expect(found.errors).toEqual([])
  const bytes = Buffer.from(found.values[0]?.split(' ').at(-1) ?? '', 'hex')
  expect([...bytes].sort((a, b) => a - b)).toEqual(Array.from({ length: 49 }, (_, i) => i))
})

describe('20,000 slices', () => {
  const COUNT = 20_000

  /** The same part is asked for again and again: only the slices count. */
  async function opened(shape: readonly number[], slices: TensorSlice[]): Promise<CheckpointReader> {
    return CheckpointReader.open(PREFIX, { fs: fileSystemOf(bundleOf([full(shape, slices)])) })
  }

  test('in a row, in any order, are found to leave a hole', async () => {
    const slices = Array.from({ length: COUNT }, (_, i): TensorSlice => [[2 * ((i * 7919) % COUNT), 2]])
    const reader = await opened([2 * COUNT + 1], slices)
    expect((await errorOf(reader.getTensor('x')))[1]).toMatch(/^Does not have sufficient slices/)
  })

  test('that no cut sets apart are not compared each with each: an InternalError', async () => {
    const reader = await opened([COUNT / 2 + 1, COUNT / 2 + 1], rings(COUNT / 4))
    expect(await errorOf(reader.getTensor('x'))).toEqual(['InternalError', expect.stringMatching(/^Too many slices/)])
  })

  test('that all are the same are found to overlap', async () => {
    const reader = await opened(
      [4],
      Array.from({ length: COUNT }, (): TensorSlice => [[1, 2]]),
    )
    expect((await errorOf(reader.getTensor('x')))[1]).toMatch(/^Overlapping slices/)
  })
})
