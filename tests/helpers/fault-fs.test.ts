import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { UnavailableError } from '../../src/util/errors'
import { fileSystemContract } from '../contract/file-system'
import { counting, rejection } from '../contract/place'
import { FaultFileSystem, type FaultOptions } from './fault-fs'

fileSystemContract('FaultFileSystem without a fault', async () => ({
  fs: new FaultFileSystem(new MemoryFileSystem()),
  root: '',
  cleanUp: async () => undefined,
}))

const EVENTS = ['mkdir d', 'create a', 'append a 5', 'append a 6', 'sync a', 'close a', 'rename a d/b', 'syncDir d']

async function work(fs: FaultFileSystem): Promise<void> {
  await fs.mkdir('d')
  const file = await fs.create('a')
  await file.append(counting(5))
  await file.append(counting(6, 5))
  await file.sync()
  await file.close()
  await fs.rename('a', 'd/b')
  await fs.syncDir('d')
}

/** Does the work with faults, and says what is left. */
async function run(options: FaultOptions): Promise<{ fs: FaultFileSystem; left: MemoryFileSystem; error: Error }> {
  const left = new MemoryFileSystem()
  const fs = new FaultFileSystem(left, options)
  return { fs, left, error: await rejection(work(fs)) }
}

describe('FaultFileSystem', () => {
  test('tells what changes something, in order', async () => {
    const fs = new FaultFileSystem(new MemoryFileSystem())
    await work(fs)
    expect(fs.events).toEqual(EVENTS)
    await fs.remove('d/b')
    await fs.removeDir('d')
    expect(fs.events.slice(EVENTS.length)).toEqual(['remove d/b', 'removeDir d'])
    expect(fs.operations).toBe(10)
    expect(fs.failed).toBe(false)
  })

  test('fails at every place, before it has an effect', async () => {
    for (let failAt = 0; failAt < EVENTS.length; failAt++) {
      const { fs, left, error } = await run({ failAt })
      expect(error).toBeInstanceOf(UnavailableError)
      expect(error.message).toBe(`Fault at operation ${failAt}: ${EVENTS[failAt]}`)
      expect(fs.events).toEqual(EVENTS.slice(0, failAt))
      expect(fs.failed).toBe(true)
      const bytes = left.files.get('a') ?? left.files.get('d/b')
      expect(bytes?.length).toBe(failAt < 2 ? undefined : failAt === 2 ? 0 : failAt === 3 ? 5 : 11)
    }
  })

  test('a crash is final, for files that are open too', async () => {
    const left = new MemoryFileSystem()
    const fs = new FaultFileSystem(left, { failAt: 3 })
    const file = await fs.create('a')
    await file.append(counting(5))
    await file.append(counting(5))
    for (const call of [() => file.append(counting(1)), () => file.sync(), () => file.close(), () => fs.mkdir('d')]) {
      expect(await rejection(call())).toBeInstanceOf(UnavailableError)
    }
    expect(left.files.get('a')?.length).toBe(10)
    expect(await left.list('')).toEqual(['a'])
  })

  test("mode 'once' fails once", async () => {
    const left = new MemoryFileSystem()
    const fs = new FaultFileSystem(left, { failAt: 1, mode: 'once', tearWrites: true })
    const file = await fs.create('a')
    expect(await rejection(file.append(counting(9)))).toBeInstanceOf(UnavailableError)
    await file.append(counting(3))
    await file.close()
    expect(left.files.get('a')).toEqual(counting(3))
    expect(fs.events).toEqual(['create a', 'append a 3', 'close a'])
  })

  test('tearWrites leaves half of what was appended', async () => {
    const { fs, left } = await run({ failAt: 3, tearWrites: true })
    expect(left.files.get('a')).toEqual(counting(8))
    expect(fs.events).toEqual(['mkdir d', 'create a', 'append a 5', 'append a 3'])
  })

  test('before() sees every operation first, and can wait', async () => {
    const seen: string[] = []
    const fs = new FaultFileSystem(new MemoryFileSystem(), {
      failAt: 2,
      before: async (event) => {
        await Promise.resolve()
        expect(fs.events).not.toContain(event)
        seen.push(event)
      },
    })
    await rejection(work(fs))
    expect(seen).toEqual(EVENTS.slice(0, 3))
  })

  test('counts what is read and written', async () => {
    const fs = new FaultFileSystem(new MemoryFileSystem([['f', counting(100)]]))
    const file = await fs.open('f')
    await file.read(0, 30)
    await file.readInto?.(50, new Uint8Array(20))
    expect(fs.counts).toMatchObject({ opens: 1, reads: 2, bytesRead: 50, openFiles: 1 })
    await file.close()
    await file.close()
    await rejection(fs.open('no'))
    await fs.exists('f')
    await fs.list('')
    await work(fs)
    expect(fs.counts).toMatchObject({ opens: 2, openFiles: 0, exists: 1, lists: 1, bytesWritten: 11 })
  })
})
