/**
 * Checkpoints that are something else, or say what cannot be, under right checksums: typed errors with path, key and
 * offset, with checksums and without.
 */
import { describe, expect, test } from 'vitest'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { loadVariable } from '../../src/train/checkpoint-utils'
import { concatBytes } from '../../src/util/bytes'
import { type ErrorCode, OpError } from '../../src/util/errors'
import { tableBytes } from '../helpers/bundle'
import { crafted, crcOf, entryBytes, headerBytes, message, SOME_DATA, varint, written } from './crafted'
import { type Bytes, DATA, fileSystemOf, INDEX, lookUp, type Pair, PREFIX, survey } from './survey'

/** What an error is held against. */
interface Expected {
  readonly code: ErrorCode
  readonly text: string
  readonly path: string
  readonly key?: string
  readonly offset?: number
}

/** Asks for everything, and for the key by itself, with checksums and without: the same error each time. */
async function expectRefused(pair: Pair, key: string, expected: Expected): Promise<void> {
  const fs = fileSystemOf(pair)
  for (const verifyChecksums of [true, false]) {
    const found = await survey(fs, { verifyChecksums })
    const looked = await lookUp(fs, [key], verifyChecksums)
    const loaded = await loadVariable(PREFIX, key, { fs, verifyChecksums }).catch((error: unknown) => error)
    expect([...found.values, ...looked.values]).toEqual([])
    for (const error of [...found.errors, ...looked.errors, loaded]) {
      expect(error).toBeInstanceOf(OpError)
      const { text, ...fields } = expected
      expect(error).toMatchObject(fields)
      expect((error as OpError).message).toContain(text)
      expect((error as OpError).message.length).toBeLessThan(1000)
    }
    expect([found.errors.length, looked.errors.length]).toEqual([1, 1])
  }
}

const text = (content: string): Bytes => new TextEncoder().encode(content)

describe('A file in the place of an index', () => {
  test.each([
    ['is empty', new Uint8Array(0), 'file is too short to be an sstable', 0],
    ['has 47 bytes', new Uint8Array(47), 'file is too short to be an sstable', 47],
    ['has 48 zeros', new Uint8Array(48), 'not an sstable (bad magic number)', 0],
    ['is a state file', text(`model_checkpoint_path: "${'m'.repeat(60)}"\n`), 'not an sstable (bad magic number)', 38],
    ['is random', Uint8Array.from({ length: 5000 }, (_, i) => (i * i) >> 3), 'not an sstable (bad magic number)', 4952],
    ['is a data file', concatBytes([SOME_DATA, SOME_DATA]), 'not an sstable (bad magic number)', 80],
  ])('that %s is a DataLossError', async (_, index, what, offset) => {
    await expectRefused({ index, data: SOME_DATA }, 'w', { code: 'DATA_LOSS', text: what, path: INDEX, offset })
  })

  test('that is a table, but no bundle, is a DataLossError', async () => {
    for (const rows of [[], [[text('w'), text('x')]]] as const) {
      const pair = { index: tableBytes(rows), data: SOME_DATA }
      const what = 'Unable to read file (m.index). Perhaps the file is corrupt'
      await expectRefused(pair, 'w', { code: 'DATA_LOSS', text: what, path: INDEX })
    }
  })

  test('that is missing, or a directory, is a typed error', async () => {
    const fs = fileSystemOf(crafted([['w', entryBytes()]]))
    fs.files.delete(INDEX)
    expect((await survey(fs)).errors).toMatchObject([{ code: 'NOT_FOUND', path: PREFIX }])
    await fs.mkdir(INDEX)
    expect((await survey(fs)).errors).toMatchObject([{ code: 'FAILED_PRECONDITION', path: INDEX }])
  })
})

describe('A header', () => {
  const entries = [['w', entryBytes()]] as const

  test.each([
    [
      'of a newer version',
      headerBytes({ minConsumer: 2 }),
      'Checkpoint min consumer version 2 above current version 1',
    ],
    ['that shuts us out', headerBytes({ badConsumers: [3, 1] }), 'Checkpoint disallows consumer version 1'],
    ['of a producer before all', headerBytes({ producer: -1 }), 'Checkpoint producer version -1 below min producer 0'],
  ])('%s is an InvalidArgumentError', async (_, header, what) => {
    await expectRefused(crafted(entries, { header }), 'w', { code: 'INVALID_ARGUMENT', text: what, path: INDEX })
  })

  test.each([
    ['of -1 shards', headerBytes({ numShards: -1 }), '-1 shards'],
    ['of 10^9 shards', headerBytes({ numShards: 1e9 }), '1000000000 shards'],
    ['of 2^63 shards', message([1, 2n ** 63n]), 'unable to parse header'],
    ['that is cut', Uint8Array.of(0x08), 'unable to parse header'],
    ['with a varint that never ends', new Uint8Array(30).fill(0xff), 'unable to parse header'],
    ['with a length beyond it', Uint8Array.of(0x1a, 0x7f, 0x08), 'unable to parse header'],
  ])('%s is a DataLossError', async (_, header, what) => {
    const pair = crafted(entries, { header })
    await expectRefused(pair, 'w', { code: 'DATA_LOSS', text: what, path: INDEX })
    const [error] = (await survey(fileSystemOf(pair))).errors
    expect(error?.message).toContain('Unable to read file (m.index)')
  })

  test.each([0, 2])('of %i shards, where the data file is one of 1, names the file or the shard', async (numShards) => {
    const pair = crafted(entries, { header: headerBytes({ numShards }) })
    const expected: Expected =
      numShards === 0
        ? { code: 'DATA_LOSS', text: 'Invalid shard in bundle entry: key w; shard 0 of 0', path: INDEX, key: 'w' }
        : { code: 'NOT_FOUND', text: 'm.data-00000-of-00002; No such file', path: 'm.data-00000-of-00002' }
    await expectRefused(pair, 'w', expected)
  })

  test('of 99999 shards opens the one that is asked for, and no more', async () => {
    const pair = crafted(entries, { header: headerBytes({ numShards: 99999 }) })
    const reader = await TensorBundleReader.open(PREFIX, { fs: fileSystemOf(pair) })
    expect(reader.numShards).toBe(99999)
    await expect(reader.lookup('w')).rejects.toMatchObject({ path: 'm.data-00000-of-99999', code: 'NOT_FOUND' })
  })
})

const dims = (...sizes: (number | bigint)[]): Uint8Array =>
  message(...sizes.map((size) => [2, message([1, size])] as const))

describe('An entry', () => {
  const parse = 'Entry for key w not parseable'
  const shape = 'Invalid tensor shape: w'
  const place = 'Invalid place in bundle entry: key w'
  const dtype = 'Unknown dtype in bundle entry: key w'

  test.each([
    ['of shape [2^31, 2^31, 2^31]', entryBytes({ shape: [2 ** 31, 2 ** 31, 2 ** 31] }), shape],
    ['of 2^53 bytes in 2^50 elements', entryBytes({ dtype: 2, shape: [2 ** 50], size: 2 ** 53 - 1 }), shape],
    ['of shape [2^32, 2^32], which is 0 in 64 bits', entryBytes({ shape: [2 ** 32, 2 ** 32], size: 0 }), shape],
    ['of a dimension of 2^62', message([1, 4], [2, dims(2n ** 62n)], [5, 4]), parse],
    ['of a negative dimension', entryBytes({ shape: [-4] }), shape],
    ['of two of them', entryBytes({ shape: [-2, -2] }), shape],
    ['of a dimension of -2^63', message([1, 4], [2, dims(-(2n ** 63n))], [5, 4]), parse],
    ['of unknown rank', entryBytes({ unknownRank: true, shape: [] }), shape],
    ['of 255 dimensions', entryBytes({ shape: [4, ...new Array<number>(254).fill(1)] }), shape],
    ['of a million dimensions', entryBytes({ shape: new Array<number>(1e6).fill(1), size: 1 }), shape],
    ['of a million dimensions of 2', entryBytes({ shape: new Array<number>(1e6).fill(2) }), shape],
    ['without a dtype', entryBytes({ dtype: 0 }), dtype],
    ['of a resource', entryBytes({ dtype: 20 }), dtype],
    ['of dtype 99', entryBytes({ dtype: 99 }), dtype],
    ['of dtype 2^31', message([1, 2n ** 31n], [2, dims(4)], [5, 4]), dtype],
    ['of dtype -1', message([1, -1], [2, dims(4)], [5, 4]), dtype],
    ['of a reference to float32', entryBytes({ dtype: 101 }), dtype],
    ['of a shard behind the last', entryBytes({ shardId: 1 }), 'Invalid shard in bundle entry: key w; shard 1 of 1'],
    ['of shard -1', entryBytes({ shardId: -1 }), 'Invalid shard in bundle entry: key w; shard -1 of 1'],
    ['of shard 2^40', message([1, 4], [2, dims(4)], [3, 2n ** 40n], [5, 4]), 'Invalid shard in bundle entry: key w'],
    ['at a negative offset', entryBytes({ offset: -4, size: 4 }), place],
    ['of a negative size', entryBytes({ size: -4, shape: [] }), place],
    ['whose end is beyond 2^53', entryBytes({ offset: 2 ** 53 - 2, size: 4 }), place],
    ['at 2^63', message([1, 4], [2, dims(4)], [4, 2n ** 63n - 1n], [5, 4]), parse],
    ['of a size that is not the shape’s', entryBytes({ shape: [5] }), 'stored size 4; expected size 5'],
    ['of a size that is not the dtype’s', entryBytes({ dtype: 1 }), 'stored size 4; expected size 16'],
    ['of fewer bytes than it has strings', entryBytes({ dtype: 7, shape: [5] }), 'expected size is at least 5'],
    ['of 2^50 strings', entryBytes({ dtype: 7, shape: [2 ** 50] }), 'stored size 4; expected size is at least 11'],
    ['with a varint that never ends', new Uint8Array(30).fill(0xff), parse],
    [
      'whose offset never ends',
      concatBytes([message([1, 4]), Uint8Array.of(0x20), new Uint8Array(20).fill(0x80)]),
      parse,
    ],
    ['with a length beyond it', concatBytes([message([1, 4]), Uint8Array.of(0x12), varint(2n ** 31n)]), parse],
    ['with a length of 2^60', concatBytes([message([1, 4]), Uint8Array.of(0x12), varint(2n ** 60n)]), parse],
    ['with a tag of field 0', message([1, 4], [0, 7]), parse],
    ['with the wire type 7', concatBytes([message([1, 4]), Uint8Array.of(0x47)]), parse],
    ['with groups a million deep', concatBytes([message([1, 4]), new Uint8Array(1e6).fill(0x4b)]), parse],
    ['that is cut in the checksum', concatBytes([message([1, 4]), Uint8Array.of(0x35, 1, 2)]), parse],
  ])('%s is a DataLossError', async (_, entry, what) => {
    const pair = crafted([
      ['v', entryBytes()],
      ['w', entry],
    ])
    const offset = Buffer.from(pair.index).lastIndexOf(entry.subarray(0, 1000))
    const whole = what === parse ? {} : { offset }
    await expectRefused(pair, 'w', { code: 'DATA_LOSS', text: what, path: INDEX, key: 'w', ...whole })
    const [error] = (await survey(fileSystemOf(pair))).errors
    const end = offset + entry.length
    expect(error?.offset).toBeGreaterThanOrEqual(offset)
    expect(error?.offset).toBeLessThanOrEqual(end)
    // The other tensor has its own entry, and look-ups read no more than theirs.
    expect((await lookUp(fileSystemOf(pair), ['v'])).errors).toEqual([])
  })

  test.each([
    ['begins behind the data', { offset: 65, size: 4, crc32c: 0 }, 5],
    ['ends behind the data', { offset: 62, size: 4, crc32c: 0 }, 2],
    ['lies at 2^52', { offset: 2 ** 52, size: 4, crc32c: 0 }, 2 ** 52 - 60],
    ['claims 2^45 bytes', { offset: 0, size: 2 ** 45, crc32c: 0 }, 2 ** 45 - 64],
    ['claims 2^52 strings', { dtype: 7, offset: 0, size: 2 ** 52, crc32c: 0 }, 2 ** 52 - 64],
  ])('that %s is an OutOfRangeError which says how many bytes are missing', async (_, fields, missing) => {
    const pair = crafted([['w', entryBytes(fields)]])
    const what = `takes ${fields.size} bytes at byte ${fields.offset} of ${DATA}, which has 64: ${missing} bytes are missing`
    const expected = { code: 'OUT_OF_RANGE', text: what, path: DATA, key: 'w', offset: fields.offset } as const
    await expectRefused(pair, 'w', expected)
  })

  test('of no elements and dimensions of any size is read: there is nothing to hold', async () => {
    const empty = entryBytes({ shape: [2 ** 40, 0, 2 ** 12], size: 0, crc32c: crcOf(SOME_DATA, 0, 0) })
    const found = await survey(fileSystemOf(crafted([['w', empty]])))
    expect(found).toEqual({ values: [`"w" uint8 [${2 ** 40},0,4096] 0 `], errors: [] })
  })

  test('of 254 dimensions, TensorFlow’s most, is read', async () => {
    const shape = [4, ...new Array<number>(253).fill(1)]
    const found = await survey(fileSystemOf(crafted([['w', entryBytes({ shape })]])))
    expect(found).toEqual({ values: [`"w" uint8 [${shape}] 4 00010203`], errors: [] })
  })

  test('that says a thing twice counts as protocol buffers do: the last number, and the shapes in one', async () => {
    const entry = concatBytes([entryBytes({ dtype: 1, shape: [2] }), entryBytes({ shape: [2] })])
    const found = await survey(fileSystemOf(crafted([['w', entry]])))
    expect(found.values).toEqual(['"w" uint8 [2,2] 4 00010203'])
  })

  test('with fields that nobody knows is read', async () => {
    const entry = concatBytes([entryBytes(), message([100, 7], [101, SOME_DATA], [9, 2n ** 64n - 1n])])
    expect((await survey(fileSystemOf(crafted([['w', entry]])))).values).toEqual(['"w" uint8 [4] 4 00010203'])
  })
})

test('TensorBundleWriter refuses 255 dimensions, which TensorFlow could not read, and writes 254', async () => {
  const of = (rank: number): ReturnType<typeof written> =>
    written([['w', { dtype: 'uint8', shape: new Array<number>(rank).fill(1), data: Uint8Array.of(7) }]])
  await expect(of(255)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', key: 'w' })
  expect((await survey(fileSystemOf(await of(254)))).values).toEqual([`"w" uint8 [${'1,'.repeat(253)}1] 1 07`])
})

describe('A data file', () => {
  test('that is missing is a NotFoundError for every tensor, those of no bytes too', async () => {
    const pair = await written([
      ['none', { dtype: 'float32', shape: [0], data: new Float32Array(0) }],
      ['some', { dtype: 'float32', shape: [1], data: new Float32Array(1) }],
    ])
    const fs = fileSystemOf(pair)
    fs.files.delete(DATA)
    const { values, errors } = await survey(fs)
    expect(values).toEqual([])
    expect(errors.map(({ code, path, message }) => [code, path, message])).toEqual(
      errors.map(() => ['NOT_FOUND', DATA, `${DATA}; No such file or directory`]),
    )
    expect(errors.length).toBe(2)
  })

  test('that is a directory is a typed error', async () => {
    const fs = fileSystemOf(crafted([['w', entryBytes()]]))
    fs.files.delete(DATA)
    await fs.mkdir(DATA)
    expect((await survey(fs)).errors).toMatchObject([{ code: 'FAILED_PRECONDITION', path: DATA }])
  })

  test('that comes back is read by the same reader', async () => {
    const fs = fileSystemOf(crafted([['w', entryBytes()]]))
    fs.files.delete(DATA)
    const reader = await TensorBundleReader.open(PREFIX, { fs })
    await expect(reader.lookup('w')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    fs.files.set(DATA, SOME_DATA)
    expect((await reader.lookup('w')).data).toEqual(SOME_DATA.subarray(0, 4))
  })
})
