/**
 * TensorSliceWriter beyond the cases: errors, what is left behind, and records of every size.
 */
import { describe, expect, test } from 'vitest'
import { TensorSliceWriter } from '../../src/checkpoint/tensor-slice-writer'
import { type WritableFile } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array } from '../../src/tensor/convert'
import { ndarray, type NDArray, type Shape, type TensorSlice } from '../../src/tensor/ndarray'
import { ResourceExhaustedError } from '../../src/util/errors'
import { attempt } from '../helpers/attempt'
import { errorOf, ls } from '../helpers/bundle'
import { FaultFileSystem } from '../helpers/fault-fs'
import { readV1, type Row, saveV1, wholes, withV1 } from '../helpers/v1'

const ONE = array([1, 2])

function adding(fullShape: Shape, slice: TensorSlice | undefined, value: NDArray, name = 'x'): () => void {
  const writer = TensorSliceWriter.create('m', { fs: new MemoryFileSystem() })
  return () => writer.add(name, fullShape, slice, value)
}

describe('TensorSliceWriter.add()', () => {
  test.each([
    ['InternalError', 'Incompatible tensor shape and slice: shape = [2], slice = -:-', [2], [undefined, undefined]],
    ['InternalError', 'Extent in dimension 0 out of bounds: shape = [3], slice = 2,2', [3], [[2, 2]]],
    [
      'InvalidArgumentError',
      'Slice in shape_and_slice specification does not match the shape of the tensor to  save: 6 0,3, tensor: [2]',
      [6],
      [[0, 3]],
    ],
  ] as const)('throws %s "%s"', (kind, message, shape, slice) => {
    expect(attempt(adding(shape, slice, ONE))).toEqual([kind, message])
  })

  test('refuses a second time the same part, which TensorFlow writes into a file that nothing reads', () => {
    const writer = TensorSliceWriter.create('m', { fs: new MemoryFileSystem() })
    writer.add('x', [2], undefined, ONE)
    expect(attempt(() => writer.add('x', [2], undefined, ONE))).toEqual([
      'InternalError',
      'Overlapping slices: existing slice = -, new slice = -',
    ])
  })

  test('refuses a name that is no UTF-8, which TensorFlow writes into a file that nothing reads', () => {
    const [kind, message] = attempt(adding([2], undefined, ONE, 'a\udc80'))
    expect([kind, message]).toEqual([
      'InvalidArgumentError',
      'Cannot write "a\\udc80" in format V1: its names are UTF-8',
    ])
  })

  test('refuses what is no value', () => {
    const value = { dtype: 'float32', shape: [3], data: new Float32Array(2) } as const
    expect(attempt(adding([3], undefined, value))[0]).toBe('InvalidArgumentError')
  })

  // As TensorFlow 2.21 tells them for just these: tf.zeros([214748365], tf.int8) as "x", and 3 x 71582789 empty strings.
  test('refuses more than 2 GB by the estimate of TensorFlow', () => {
    const large = { dtype: 'int8', shape: [214748365], data: new Int8Array(214748365) } as const
    expect(attempt(adding(large.shape, undefined, large))).toEqual([
      'InvalidArgumentError',
      'Tensor slice is too large to serialize (conservative estimate: 2147484681 bytes)',
    ])
  })
})

describe('TensorSliceWriter.finish()', () => {
  test('names overlapping parts, and writes nothing', async () => {
    const fs = new MemoryFileSystem()
    const rows: Row[] = [
      ['x', [4], [[0, 2]], ONE],
      ['x', [4], [[1, 2]], ONE],
    ]
    const [kind, message] = await errorOf(saveV1(fs, 'm', rows))
    expect(kind).toBe('InternalError')
    expect(message).toContain('Overlapping slices: existing slice = 0,2, new slice = 1,2')
    expect(ls(fs)).toEqual([])
  })

  test('does not make the directory', async () => {
    const [kind, message] = await errorOf(saveV1(new MemoryFileSystem(), 'd/m', wholes({ x: ONE })))
    expect(kind).toBe('NotFoundError')
    expect(message).toMatch(/^d\/m\.tempstate\d+; No such file or directory$/)
  })

  test('writes under a temporary name, syncs, renames, and syncs the directory', async () => {
    const memory = new MemoryFileSystem()
    await memory.mkdir('d')
    for (const durable of [true, false]) {
      const fs = new FaultFileSystem(memory)
      await saveV1(fs, 'd/m', wholes({ x: ONE }), durable)
      const events = fs.events.map((event) => event.replace(/tempstate\d+/, 'tempstate0').replace(/ \d+$/, ''))
      const synced = (event: string): string[] => (durable ? [event] : [])
      expect(events).toEqual([
        'create d/m.tempstate0',
        'append d/m.tempstate0',
        ...synced('sync d/m.tempstate0'),
        'close d/m.tempstate0',
        'rename d/m.tempstate0 d/m',
        ...synced('syncDir d'),
      ])
    }
  })

  test('leaves the older file, and no other, wherever it fails', async () => {
    const rows = wholes({ x: ONE, large: ndarray('float32', [300_000], new Float32Array(300_000)) })
    for (let failAt = 0; ; failAt++) {
      const memory = new MemoryFileSystem([['m', new Uint8Array(3)]])
      const fs = new FaultFileSystem(memory, { failAt, mode: 'once' })
      const [kind, message] = await errorOf(saveV1(fs, 'm', rows))
      if (kind === 'no error') break
      expect(ls(memory)).toEqual(['m'])
      // All is done but for the last, which puts the name on the medium.
      const last = fs.events.at(-1)?.startsWith('rename') === true && message.includes('syncDir')
      if (!last) expect(memory.files.get('m')?.length).toBe(3)
      expect(fs.counts.openFiles).toBe(0)
      expect(failAt).toBeLessThan(20)
    }
  })

  test('says in the words of TensorFlow that a file could not be written', async () => {
    class Full extends MemoryFileSystem {
      override async create(path: string): Promise<WritableFile> {
        const file = await super.create(path)
        const append = (): Promise<void> => {
          throw new ResourceExhaustedError(`${path}; No space left on device`, { path })
        }
        return { append, sync: () => file.sync(), close: () => file.close() }
      }
    }
    const fs = new Full()
    const [kind, message] = await errorOf(saveV1(fs, 'm', wholes({ x: ONE })))
    expect(kind).toBe('InternalError')
    expect(message).toMatch(/^Error writing \(tmp\) checkpoint file: (m\.tempstate\d+): \1; No space left on device$/)
    expect(ls(fs)).toEqual([])
  })

  test('is called once; abandon() ends it', async () => {
    const fs = new MemoryFileSystem()
    for (const end of ['finish', 'abandon'] as const) {
      const writer = TensorSliceWriter.create('m', { fs })
      await writer[end]()
      expect(await errorOf(writer.finish())).toEqual(['InternalError', 'TensorSliceWriter is closed'])
      expect(attempt(() => writer.add('x', [2], undefined, ONE))).toEqual([
        'InternalError',
        'TensorSliceWriter is closed',
      ])
    }
    expect(ls(fs)).toEqual(['m'])
  })

  test.each([0, 1, 65_500, 65_536, 131_071, 131_072, 131_073, 400_000])(
    'writes records of %i floats that are read again, between others',
    async (count) => {
      const fs = new MemoryFileSystem()
      const value = ndarray(
        'float32',
        [count],
        Float32Array.from({ length: count }, (_, i) => i * 0.5),
      )
      const words = ndarray('string', [2], [new Uint8Array(count), new Uint8Array(1)])
      const ints = ndarray(
        'int16',
        [count],
        Int16Array.from({ length: count }, (_, i) => i - 70),
      )
      const tensors = { a: ONE, b: value, c: array(7), d: words, e: ints, f: ONE }
      await saveV1(fs, 'm', wholes(tensors))
      const names = Object.keys(tensors)
      const read = await withV1('m', { fs }, (source) => readV1(source, names))
      for (const [i, value] of Object.values(tensors).entries()) {
        expect(Buffer.compare(Buffer.from(JSON.stringify(value)), Buffer.from(JSON.stringify(read[i])))).toBe(0)
      }
    },
  )

  test('holds values, and copies none of floats', async () => {
    const data = new Float32Array(1_000_000)
    const appended: ArrayBufferLike[] = []
    class Watching extends MemoryFileSystem {
      override async create(path: string): Promise<WritableFile> {
        const file = await super.create(path)
        const append = (bytes: Uint8Array): Promise<void> => {
          appended.push(bytes.buffer)
          return file.append(bytes)
        }
        return { append, sync: () => file.sync(), close: () => file.close() }
      }
    }
    await saveV1(new Watching(), 'm', [['x', [1_000_000], undefined, ndarray('float32', [1_000_000], data)]])
    expect(appended).toContain(data.buffer)
  })
})
