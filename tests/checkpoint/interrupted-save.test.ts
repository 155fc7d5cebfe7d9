import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'

/** The modules anew, as a page loads them that only reads: nobody has registered how a checkpoint is put back. */
async function pageThatReads() {
  vi.resetModules()
  return import('../../src/checkpoint/interrupted-save')
}

describe('recoverForReading() where only readers are loaded', () => {
  let fs: MemoryFileSystem

  beforeEach(() => {
    fs = new MemoryFileSystem()
  })

  async function put(path: string): Promise<void> {
    const file = await fs.create(path)
    await file.append(new Uint8Array(1))
    await file.close()
  }

  test('finds nothing where nothing lies aside', async () => {
    const { recoverForReading } = await pageThatReads()
    expect(await recoverForReading(fs, 'm')).toBe(false)
  })

  test('says that the older checkpoint lies aside, and moves nothing', async () => {
    const { recoverForReading } = await pageThatReads()
    await put('m.index.previous')
    await expect(recoverForReading(fs, 'm')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      path: 'm.index',
      message: expect.stringMatching(
        /^m\.index; No such file or directory: an interrupted save left .*m\.index\.previous/,
      ),
    })
    expect([...fs.files.keys()]).toEqual(['m.index.previous'])
  })

  test('waits for a save that is under way', async () => {
    const { recoverForReading } = await pageThatReads()
    await put('m.index.previous')
    const found = recoverForReading(fs, 'm')
    await put('m.index')
    expect(await found).toBe(true)
  })

  test('stops waiting for an abort', async () => {
    const { recoverForReading } = await pageThatReads()
    await put('m.index.previous')
    const controller = new AbortController()
    const found = recoverForReading(fs, 'm', controller.signal)
    controller.abort(new Error('enough'))
    await expect(found).rejects.toThrow('enough')
  })
})
