/**
 * Files of format V1 with right checksums and wrong contents: typed errors, and no more work or memory than the file is large.
 */
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { encodeSliceKey } from '../../src/checkpoint/slice-key'
import { MemoryFileSystem } from '../../src/fs/memory'
import { encodeSavedMeta, encodeSavedSlice, type SavedSliceMeta } from '../../src/proto/saved-tensor-slices'
import { encodeFooter, encodeHandle } from '../../src/table/format'
import { BlockBuilder } from '../../src/table/block-builder'
import { type NDArray, type TensorSlice } from '../../src/tensor/ndarray'
import { concatBytes, EMPTY_BYTES } from '../../src/util/bytes'
import { ByteWriter } from '../../src/util/coding'
import { crc32c, maskCrc } from '../../src/util/crc32c'
import { errorOf, tableBytes } from '../helpers/bundle'
import { FaultFileSystem } from '../helpers/fault-fs'
import { readV1, withV1 } from '../helpers/v1'

type Row = readonly [key: Uint8Array, value: Uint8Array]

const VERSION = { producer: 1, minConsumer: 0, badConsumers: [] }

function metaOf(tensors: readonly Partial<SavedSliceMeta>[]): Uint8Array {
  const plain = { name: 'x', shape: [2], unknownRank: false, dtype: 1, slices: [[undefined]] }
  return encodeSavedMeta({ tensors: tensors.map((tensor) => ({ ...plain, ...tensor })), version: VERSION })
}

function fileOf(tensors: readonly Partial<SavedSliceMeta>[], rows: readonly Row[] = []): MemoryFileSystem {
  return new MemoryFileSystem([['m', tableBytes([[EMPTY_BYTES, metaOf(tensors)], ...rows])]])
}

function record(name: string, slice: TensorSlice, data: Float32Array<ArrayBuffer>): Row {
  return [encodeSliceKey(name, slice), concatBytes(encodeSavedSlice(name, slice, 5, data))]
}

function reading(fs: MemoryFileSystem | FaultFileSystem, name = 'x'): Promise<[string, string]> {
  return errorOf(withV1('m', { fs }, (source) => readV1(source, [name])))
}

/** A block with its trailer. */
function block(contents: Uint8Array, type = 0): Uint8Array {
  const bytes = concatBytes([contents, Uint8Array.of(type)])
  const trailer = new ByteWriter()
  trailer.fixed32(maskCrc(crc32c(bytes)))
  return concatBytes([bytes, trailer.view()])
}

function blockOf(rows: Iterable<Row>, interval = 16): Uint8Array {
  const builder = new BlockBuilder(interval)
  for (const [key, value] of rows) builder.add(key, value)
  return builder.finish()
}

/** A table of blocks laid by hand: which of them holds keys up to which key. */
function tableOf(
  blocks: readonly Uint8Array[],
  index: readonly (readonly [key: Uint8Array, at: number, size: number])[],
): Uint8Array<ArrayBuffer> {
  let offset = 0
  const offsets = blocks.map((one) => {
    const at = offset
    offset += one.length
    return at
  })
  const handle = (at: number, size: number): Uint8Array => {
    const writer = new ByteWriter()
    encodeHandle(writer, { offset: at, size })
    return writer.take()
  }
  const metaindex = block(blockOf([]))
  const last = block(
    blockOf(
      index.map(([key, at, size]) => [key, handle(offsets[at] ?? 0, size)] as const),
      1,
    ),
  )
  const footer = encodeFooter({
    metaindex: { offset, size: metaindex.length - 5 },
    index: { offset: offset + metaindex.length, size: last.length - 5 },
  })
  return concatBytes([...blocks, metaindex, last, footer])
}

describe('slices', () => {
  test('that are 8,000, and all of one tensor, are read without comparing each with each', async () => {
    const count = 8_000
    const slices = Array.from({ length: count }, (_, i): TensorSlice => [[i, 1], undefined])
    const rows = slices.map((slice, i) => record('x', slice, Float32Array.of(i)))
    const fs = fileOf([{ shape: [count, 1], slices }], rows)
    await withV1('m', { fs }, async (source) => {
      const [value] = (await readV1(source, ['x'])) as [NDArray<'float32'>]
      expect(value.data.every((one, i) => one === i)).toBe(true)
      const single = slices.slice(0, 2000).map((slice) => ['x', slice] as const)
      expect((await readV1(source, single)).length).toBe(2000)
    })
  })

  test.each([
    ['are the same', (_: number): TensorSlice => [undefined, undefined]],
    ['lie across one another', (i: number): TensorSlice => (i % 2 === 0 ? [[i, 1], undefined] : [undefined, [i, 1]])],
    ['are long in one dimension and thin in the other, but for one', (i: number): TensorSlice => (i === 7 ? [[3, 2], [3, 2]] : [[0, 100_000 - (i % 9)], [i, 1]])], // prettier-ignore
  ])('that are 50,000 and %s are an InternalError soon', async (_, slice) => {
    const slices = Array.from({ length: 50_000 }, (__, i) => slice(i))
    const [kind] = await reading(fileOf([{ shape: [100_000, 100_000], slices }]))
    expect(kind).toBe('InternalError')
  })

  test('of a scalar are one at most', async () => {
    const slices = Array.from({ length: 50_000 }, (): TensorSlice => [])
    expect((await reading(fileOf([{ shape: [], slices }])))[0]).toBe('InternalError')
  })

  test('of 2^53 elements and more are typed errors', async () => {
    const shapes = [[2 ** 53 - 1], [2 ** 52, 2 ** 52], new Array<number>(300).fill(1), [2 ** 40, 0, 2 ** 40]]
    const kinds = []
    for (const shape of shapes) {
      const slices = [shape.map(() => undefined)]
      kinds.push((await reading(fileOf([{ shape, slices }])))[0])
    }
    // The last one has no elements.
    expect(kinds).toEqual(['DataLossError', 'DataLossError', 'DataLossError', 'no error'])
  })
})

describe('records', () => {
  test('that the list claims to be large take no memory before their bytes are counted', async () => {
    const shape = [2 ** 31]
    let asked = 0
    await withV1('m', { fs: fileOf([{ shape }], [record('x', [undefined], Float32Array.of(1))]) }, async (source) => {
      const tensor = source.tensors.get('x')
      const target = (): Float32Array<ArrayBuffer> => {
        asked++
        return new Float32Array(1)
      }
      const read = async (): Promise<void> => {
        for await (const _ of source.read(tensor === undefined ? [] : [{ tensor }], { target })) asked++
      }
      expect((await errorOf(read()))[0]).toBe('DataLossError')
    })
    expect(asked).toBe(0)
  })

  test('of strings hold as many as the list says', async () => {
    const shape = [1000]
    const strings = [encodeSliceKey('x', [undefined]), concatBytes(encodeSavedSlice('x', [undefined], 8, [new Uint8Array(2000)]))] as const // prettier-ignore
    const [kind, text] = await reading(fileOf([{ shape, dtype: 7 }], [strings]))
    expect([kind, text.slice(0, 71)]).toEqual([
      'DataLossError',
      'Error copying slice data: Corrupted bytes: 1 values, where there should',
    ])
  })

  test('that nobody lists are not read', async () => {
    const fs = fileOf(
      [{}],
      [record('w', [undefined], new Float32Array(3)), record('x', [undefined], Float32Array.of(1, 2))],
    )
    await withV1('m', { fs }, async (source) => {
      expect([...source.tensors.keys()]).toEqual(['x'])
      expect((await readV1(source, ['x']))[0]?.data).toEqual(Float32Array.of(1, 2))
    })
  })
})

describe('blocks', () => {
  const META = block(blockOf([[EMPTY_BYTES, metaOf([{ name: 'a' }, { name: 'b' }, { name: 'c' }])]]))
  const KEYS = ['a', 'b', 'c'].map((name) => encodeSliceKey(name, [undefined]))
  const ROWS = ['a', 'b', 'c'].map((name) => record(name, [undefined], Float32Array.of(1, 2)))

  test('of snappy that claim 4 GB are a DataLossError', async () => {
    const claim = new ByteWriter()
    claim.varint64(2 ** 32 - 1)
    const bomb = block(concatBytes([claim.view(), new Uint8Array(40)]), 1)
    const blocks = [META, bomb]
    const file = tableOf(blocks, [
      [EMPTY_BYTES, 0, META.length - 5],
      [Uint8Array.of(1), 1, bomb.length - 5],
    ])
    const [kind, text] = await reading(new MemoryFileSystem([['m', file]]), 'a')
    expect(kind).toBe('DataLossError')
    expect(text).toContain('bytes of snappy claim 4294967295')
  })

  test('that an index names in turn are not read again and again', async () => {
    const large = new Uint8Array(100_000)
    const [one, other] = [0, 1].map((turn) => {
      const rows = ROWS.filter((_, i) => i % 2 === turn)
      return block(blockOf([...rows, [Uint8Array.of(0xff, turn), large]]))
    }) as [Uint8Array, Uint8Array]
    const file = tableOf(
      [META, one, other],
      [
        [EMPTY_BYTES, 0, META.length - 5],
        ...KEYS.map((key, i) => [key, 1 + (i % 2), (i % 2 === 0 ? one : other).length - 5] as const),
      ],
    )
    const fs = new FaultFileSystem(new MemoryFileSystem([['m', file]]))
    const [kind, text] = await errorOf(withV1('m', { fs }, (source) => readV1(source, ['a', 'b', 'c'])))
    expect(kind).toBe('DataLossError')
    expect(text).toContain('bad block handle')
    expect(fs.counts.bytesRead).toBeLessThan(file.length + 10_000)
  })

  test('that are damaged are read once by verify(), however many records they have', async () => {
    const names = Array.from({ length: 2000 }, (_, i) => `v${String(i).padStart(4, '0')}`)
    const rows = names.map((name) => record(name, [undefined], Float32Array.of(1, 2)))
    const fs = fileOf(names.map((name) => ({ name })), rows) // prettier-ignore
    const file = fs.files.get('m') as Uint8Array
    const meta = block(blockOf([[EMPTY_BYTES, metaOf(names.map((name) => ({ name })))]]))
    const bad = block(blockOf(rows))
    bad[100] = 0xff
    fs.files.set('m', tableOf([meta, bad], [[EMPTY_BYTES, 0, meta.length - 5], [Uint8Array.of(1), 1, bad.length - 5]])) // prettier-ignore
    const counting = new FaultFileSystem(fs)
    const reader = await CheckpointReader.open('m', { fs: counting })
    const { faults, tensors } = await reader.verify()
    await reader.close()
    expect([faults.length, tensors]).toEqual([2000, 2000])
    expect(counting.counts.bytesRead).toBeLessThan(3 * file.length)
  })
})
