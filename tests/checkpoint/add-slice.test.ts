/**
 * TensorBundleWriter.addSlice(): what it refuses, and when. That it writes TensorFlow's bytes, tests/golden-slices.test.ts
 * tells.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { addHeldSlice, TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, arraysEqual, zeros } from '../../src/tensor/convert'
import { type NDArray, type Shape, type TensorSlice } from '../../src/tensor/ndarray'
import { copyBox, boxOf, shapeOfSlice } from '../../src/tensor/tensor-slice'
import { keyFromBytes } from '../../src/util/bytes'
import { errorOf, hex, ls } from '../helpers/bundle'
import { indexOf } from '../helpers/parts'
import { encodeSliceKey } from '../../src/checkpoint/slice-key'

async function writer(fs = new MemoryFileSystem()): Promise<TensorBundleWriter> {
  return TensorBundleWriter.create('m', { fs })
}

/** Numbers from `from` on. */
function numbers(shape: Shape, from = 0): NDArray<'float32'> {
  const value = zeros(shape, 'float32')
  value.data.forEach((_, i) => (value.data[i] = from + i))
  return value
}

describe('TensorBundleWriter.addSlice()', () => {
  const refused: [what: string, shape: Shape, slice: TensorSlice, value: NDArray, name: string, message: string][] = [
    [
      'a slice of another rank',
      [6, 2],
      [[0, 1]],
      array([1]),
      'InternalError',
      'Mismatching ranks: shape = [6,2], slice = 0,1',
    ],
    [
      'a slice beyond the shape',
      [6],
      [[0, 7]],
      array([1]),
      'InternalError',
      'Extent in dimension 0 out of bounds: shape = [6], slice = 0,7',
    ],
    [
      'a value of another shape',
      [6],
      [[0, 3]],
      array([1, 2]),
      'InvalidArgumentError',
      'Slice in shape_and_slice specification does not match the shape of the tensor to  save: 6 0,3, tensor: [2]',
    ],
    [
      'a value of another shape for the whole',
      [6],
      [undefined],
      array([1, 2]),
      'InvalidArgumentError',
      'Slice in shape_and_slice specification does not match the shape of the tensor to  save: 6 -, tensor: [2]',
    ],
    [
      'an empty range',
      [6],
      [[0, 0]],
      array([]),
      'InvalidArgumentError',
      'Expected non-negative start and positive length but got start = 0, length = 0: slice = 0,0',
    ],
    [
      'a shape that is none',
      [-6],
      [[0, 1]],
      array([1]),
      'InternalError',
      'Extent in dimension 0 out of bounds: shape = [-6], slice = 0,1',
    ],
  ]

  test.each(refused)('refuses %s, and everything after it', async (_, shape, slice, value, name, message) => {
    const fs = new MemoryFileSystem()
    const one = await writer(fs)
    expect(await errorOf(one.addSlice('x', shape, slice, value))).toEqual([name, message])
    for (const later of [one.add('y', array(1)), one.finish()]) expect(await errorOf(later)).toEqual([name, message])
    await one.abandon()
    expect(ls(fs)).toEqual([])
  })

  const half: TensorSlice = [[0, 3]]
  const one = numbers([3])

  test.each([
    ['a part twice', half, one, 'InvalidArgumentError', 'Adding duplicate key: the slice 0,3 of x'],
    ['a tensor that has parts', undefined, one, 'InvalidArgumentError', 'Adding duplicate key: x'],
    [
      'a tensor that has parts, as a part that is all of it',
      [undefined],
      numbers([6]),
      'InvalidArgumentError',
      'Adding duplicate key: x',
    ],
    [
      'a part of another dtype',
      [[3, 3]],
      zeros([3], 'int32'),
      'InternalError',
      'Mismatching types: existing type = float, trying to add name x, type = int32',
    ],
  ] satisfies [string, TensorSlice | undefined, NDArray, string, string][])(
    'refuses to add %s',
    async (_, slice, value, name, message) => {
      const bundle = await writer()
      await bundle.addSlice('x', [6], half, one)
      const work = slice === undefined ? bundle.add('x', value) : bundle.addSlice('x', [6], slice, value)
      expect(await errorOf(work)).toEqual([name, message])
    },
  )

  test('refuses a part of a tensor of another shape, and of one that was added whole', async () => {
    const bundle = await writer()
    await bundle.addSlice('x', [6], half, one)
    expect(await errorOf(bundle.addSlice('x', [7], [[3, 3]], one))).toEqual([
      'InternalError',
      'Mismatching shapes: existing tensor = [6], trying to add name x, shape = [7]',
    ])
    const other = await writer()
    await other.add('x', numbers([6]))
    expect(await errorOf(other.addSlice('x', [6], half, one))).toEqual([
      'InvalidArgumentError',
      'Adding duplicate key: x',
    ])
  })

  test('refuses the empty key, and a plain key that is that of a part', async () => {
    expect((await errorOf((await writer()).addSlice('', [6], half, one)))[0]).toBe('InvalidArgumentError')
    const bundle = await writer()
    await bundle.addSlice('x', [6], half, one)
    const key = keyFromBytes(encodeSliceKey('x', half))
    expect((await errorOf(bundle.add(key, one)))[1]).toMatch(/^Adding duplicate key: /)
  })

  test('refuses parts that overlap when it finishes, since no reader takes them', async () => {
    const fs = new MemoryFileSystem()
    const bundle = await writer(fs)
    await bundle.addSlice('x', [6], [[0, 4]], numbers([4]))
    await bundle.addSlice('x', [6], [[2, 4]], numbers([4]))
    const [name, message] = await errorOf(bundle.finish())
    expect([name, message.slice(0, 62)]).toEqual([
      'InternalError',
      'Overlapping slices: existing slice = 0,4, new slice = 2,4: ten',
    ])
    await bundle.abandon()
    expect(ls(fs)).toEqual([])
  })

  test('leaves holes to the other writers, whose bundles are merged with this one', async () => {
    const fs = new MemoryFileSystem()
    const bundle = await writer(fs)
    await bundle.addSlice('x', [6], [[3, 3]], one)
    await bundle.finish()
    expect((await indexOf(fs, 'm'))[2]).toMatchObject({ key: 'x', shape: [6], slices: [[[3, 3]]] })
  })

  test('keeps the slice as it was at the call', async () => {
    const fs = new MemoryFileSystem()
    const bundle = await writer(fs)
    const pair: [number, number] = [0, 3]
    const shape = [6]
    const adding = bundle.addSlice('x', shape, [pair], one)
    await adding
    pair[0] = 3
    shape[0] = 9
    await bundle.addSlice('x', [6], [[3, 3]], one)
    await bundle.finish()
    expect((await indexOf(fs, 'm'))[3]).toMatchObject({ key: 'x', shape: [6], slices: [[[0, 3]], [[3, 3]]] })
  })

  test('writes names that begin with the byte 0 in their place between the parts', async () => {
    const fs = new MemoryFileSystem()
    const bundle = await writer(fs)
    for (const key of ['b', '\0', '\0b', 'a']) await bundle.add(key, array(1))
    await bundle.addSlice('\0b~', [6], half, one)
    await bundle.finish()
    const keys = (await indexOf(fs, 'm')).slice(1).map((row) => row['key_hex'] ?? row['key'])
    expect(keys).toEqual(['00', '0000ff627e000101018083', '0062', '00627e', 'a', 'b'])
    expect(await errorOf(TensorBundleReader.open('m', { fs }).then((reader) => reader.lookup('\0b')))).toEqual([
      'no error',
      JSON.stringify(array(1)),
    ])
  })

  test('runs one after another where calls are not awaited, large values too', async () => {
    const fs = new MemoryFileSystem()
    const bundle = await writer(fs)
    const rows = 60_000
    const adding = [0, 1, 2].map((i) =>
      bundle.addSlice('x', [3, rows], [[i, 1], undefined], numbers([1, rows], i * rows)),
    )
    await Promise.all([...adding, bundle.finish()])
    const reader = await TensorBundleReader.open('m', { fs })
    expect(arraysEqual(await reader.lookup('x'), numbers([3, rows]))).toBe(true)
  })

  test('begins every part at a multiple of the alignment', async () => {
    const fs = new MemoryFileSystem()
    const bundle = await TensorBundleWriter.create('m', { fs, dataAlignment: 16 })
    for (const start of [0, 2, 4]) await bundle.addSlice('x', [6], [[start, 2]], numbers([2], start))
    await bundle.finish()
    expect((await indexOf(fs, 'm')).slice(1, 4).map((row) => row['offset'])).toEqual([0, 16, 32])
    expect(fs.files.get('m.data-00000-of-00001')?.length).toBe(48)
    expect((await (await TensorBundleReader.open('m', { fs })).lookup('x')).data).toEqual(numbers([6]).data)
  })

  test('pads after any number of bytes, to any alignment', async () => {
    for (let size = 0; size < 10; size++) {
      const fs = new MemoryFileSystem()
      const bundle = await TensorBundleWriter.create('m', { fs, dataAlignment: 5 })
      await bundle.add('a', zeros([size], 'uint8'))
      await bundle.add('b', array([7], 'uint8'))
      await bundle.finish()
      const end = size + ((5 - (size % 5)) % 5)
      expect((await indexOf(fs, 'm')).slice(1).map((row) => row['offset'])).toEqual([0, end])
      expect(fs.files.get('m.data-00000-of-00001')?.length).toBe(end + 5)
    }
  })

  test('leaves a contiguous value where it is: no copy is made before the file has it', async () => {
    const seen: ArrayBufferLike[] = []
    const fs = new MemoryFileSystem()
    const create = fs.create.bind(fs)
    fs.create = async (path) => {
      const file = await create(path)
      return {
        ...file,
        append: (bytes) => (seen.push(bytes.buffer), file.append(bytes)),
        sync: () => file.sync(),
        close: () => file.close(),
      }
    }
    const bundle = await writer(fs)
    const value = numbers([1, 60_000])
    await bundle.addSlice('x', [2, 60_000], [[1, 1], undefined], value)
    expect(seen).toContain(value.data.buffer)
    await bundle.finish()
  })
})

describe('addHeldSlice()', () => {
  test('has nothing to wait for where the part is small', async () => {
    const bundle = await writer()
    expect(addHeldSlice(bundle, 'x', [6], [[0, 3]], numbers([3]))).toBeUndefined()
    expect(() => addHeldSlice(bundle, 'x', [6], [[0, 3]], numbers([3]))).toThrow('Adding duplicate key')
    expect(() => addHeldSlice(bundle, 'x', [6], [[3, 3]], numbers([3]))).toThrow('Adding duplicate key')
  })
})

describe('Any tensor cut anywhere', () => {
  const axis = fc
    .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
    .map((lengths) => ({ size: lengths.reduce((sum, length) => sum + length), lengths }))
  const axes = fc.array(axis, { minLength: 1, maxLength: 3 })

  test('is read back whole and in any slice, whatever the order of its parts', async () => {
    await fc.assert(
      fc.asyncProperty(axes, fc.infiniteStream(fc.nat(1000)), async (cuts, stream) => {
        const next = (limit: number): number => stream.next().value % limit
        const shape = cuts.map(({ size }) => size)
        const whole = { data: numbers(shape).data, box: boxOf(undefined, shape) }
        const fs = new MemoryFileSystem()
        const bundle = await writer(fs)
        for (const slice of gridOf(cuts.map(({ lengths }) => lengths)).sort(() => next(3) - 1)) {
          await bundle.addSlice('x', shape, slice, partOf(whole.data, shape, slice))
        }
        await bundle.finish()
        const reader = await TensorBundleReader.open('m', { fs })
        expect(hex(new Uint8Array((await reader.lookup('x')).data as unknown as ArrayLike<number>))).toBe(
          hex(new Uint8Array(whole.data)),
        )
        const wanted = shape.map((size): readonly [number, number] => {
          const start = next(size)
          return [start, 1 + next(size - start)]
        })
        expect(await reader.lookupSlice('x', wanted)).toEqual(partOf(whole.data, shape, wanted))
      }),
      { numRuns: 60 },
    )
  })

  function gridOf(cuts: readonly (readonly number[])[]): TensorSlice[] {
    let slices: (readonly [number, number])[][] = [[]]
    for (const lengths of cuts) {
      let start = 0
      const ranges = lengths.map((length) => [(start += length) - length, length] as const)
      slices = slices.flatMap((slice) => ranges.map((range) => [...slice, range]))
    }
    return slices
  }

  function partOf(data: Float32Array, shape: Shape, slice: TensorSlice): NDArray<'float32'> {
    const part = zeros(shapeOfSlice(slice, shape), 'float32')
    const box = boxOf(slice, shape)
    const from = data as Float32Array<ArrayBuffer>
    copyBox({ data: from, box: boxOf(undefined, shape) }, { data: part.data as Float32Array<ArrayBuffer>, box }, box)
    return part
  }
})
