import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array } from '../../src/tensor/convert'
import { ndarray, type NDArray } from '../../src/tensor/ndarray'
import { errorOf, ls } from '../helpers/bundle'

/** Too large for the staging buffer's quick way, so that writing it takes several turns. */
function large(value: number): NDArray {
  return ndarray('float32', [50_000], new Float32Array(50_000).fill(value))
}

describe('TensorBundleWriter', () => {
  test('writes one tensor after another where add() is not awaited', async () => {
    const fs = new MemoryFileSystem()
    const writer = await TensorBundleWriter.create('m', { fs })
    const adding = ['a', 'b', 'c', 'd'].map((key, i) => writer.add(key, i % 2 === 0 ? large(i) : array([i, i])))
    await Promise.all([...adding, writer.finish()])
    const reader = await CheckpointReader.open('m', { fs })
    expect((await reader.verify()).faults).toEqual([])
    for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) expect((await reader.getTensor(key)).data[1]).toBe(i)
  })

  test('that is abandoned while it writes leaves nothing', async () => {
    const fs = new MemoryFileSystem()
    const writer = await TensorBundleWriter.create('m', { fs })
    const adding = errorOf(writer.add('a', large(1)))
    await writer.abandon()
    await adding
    expect(ls(fs)).toEqual([])
    expect((await errorOf(writer.finish()))[0]).toBe('InternalError')
  })
})

describe('CheckpointReader', () => {
  async function reader(options: { verifyChecksums?: boolean } = {}): Promise<CheckpointReader> {
    const fs = new MemoryFileSystem()
    const writer = await TensorBundleWriter.create('m', { fs })
    await writer.add('a', large(3))
    await writer.finish()
    return CheckpointReader.open('m', { fs, ...options })
  }

  test('that is closed says so, and reports no faults of the file', async () => {
    const closed = await reader()
    await closed.close()
    await closed.close()
    for (const work of [closed.verify(), closed.getTensor('a'), closed.tensors().next()]) {
      expect(await errorOf(work)).toEqual(['FailedPreconditionError', 'The reader of m is closed'])
    }
  })

  test('readTensor() takes no target whose data does not fill its shape', async () => {
    const open = await reader({ verifyChecksums: false })
    const target = { dtype: 'float32', shape: [50_000], data: new Float32Array(10) } as const
    expect(await errorOf(open.readTensor('a', target))).toEqual([
      'InvalidArgumentError',
      'Cannot shape 10 items of float32 as [50000]: it takes 50000',
    ])
  })

  test('reads on after a loop over tensors() that was left', async () => {
    const open = await reader()
    for await (const [name] of open.tensors()) {
      expect(name).toBe('a')
      break
    }
    expect((await open.getTensor('a')).data[0]).toBe(3)
  })
})

describe('TensorBundleReader.close()', () => {
  test('closes every file where closing one fails', async () => {
    const fs = new MemoryFileSystem()
    const writer = await TensorBundleWriter.create('m', { fs })
    await writer.add('a', array(1))
    await writer.finish()
    const closed: string[] = []
    const open: MemoryFileSystem['open'] = async (path) => {
      const file = await fs.open(path)
      const close = async (): Promise<void> => {
        closed.push(path)
        throw new Error(`no ${path}`)
      }
      return { size: file.size, read: (offset, length) => file.read(offset, length), close }
    }
    const reader = await TensorBundleReader.open('m', { fs: { open, exists: (path) => fs.exists(path) } })
    await reader.lookup('a')
    expect(await errorOf(reader.close())).toEqual(['Error', 'no m.data-00000-of-00001'])
    expect(closed).toEqual(['m.data-00000-of-00001', 'm.index'])
  })
})
