import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { type Done, type FileCalls, NodeWritableFile, OpenFile, queuesAppends } from '../../src/fs/node-file'
import { FailedPreconditionError, ResourceExhaustedError, UnknownError } from '../../src/util/errors'
import { concatBytes } from '../../src/util/bytes'
import { counting, rejection } from '../contract/place'

/** What the system was asked, answered when the event loop comes round, and at most `limit` bytes in a call. */
class Calls implements FileCalls {
  readonly bytes: number[] = []
  readonly asked: string[] = []
  underWay = 0
  limit = Infinity
  /** The call that fails, from 0. */
  failing = Infinity

  write(_fd: number, bytes: Uint8Array, _start: number, length: number, position: number, done: Done<number>): void {
    this.#take('write', [bytes.subarray(0, length)], position, done)
  }

  writev(_fd: number, pieces: readonly Uint8Array[], position: number, done: Done<number>): void {
    this.#take('writev', pieces, position, done)
  }

  read(): void {
    expect.unreachable('it is written')
  }

  fsync(_fd: number, done: Done<void>): void {
    this.#answer('sync', done, () => undefined)
  }

  close(_fd: number, done: Done<void>): void {
    this.#answer('close', done, () => undefined)
  }

  #take(name: string, pieces: readonly Uint8Array[], position: number, done: Done<number>): void {
    const bytes = concatBytes(pieces).subarray(0, this.limit)
    // Syncs may run beside it.
    expect(++this.underWay).toBe(1)
    this.#answer(`${name} ${pieces.map(({ length }) => length).join('+')}`, done, () => {
      this.underWay--
      expect(position).toBe(this.bytes.length)
      this.bytes.push(...bytes)
      return bytes.length
    })
  }

  #answer<T>(what: string, done: Done<T>, give: () => T): void {
    const number = this.asked.push(what) - 1
    setImmediate(() => {
      if (number === this.failing) done(Object.assign(new Error('full'), { code: 'ENOSPC' }))
      else done(null, give())
    })
  }
}

function fileOf(calls: Calls): NodeWritableFile {
  return new NodeWritableFile(new OpenFile(calls, 7, 'm'))
}

describe('NodeWritableFile', () => {
  test('writes what has come while it wrote in one call, and syncs only what came before', async () => {
    const calls = new Calls()
    const file = fileOf(calls)
    const first = file.append(counting(3))
    await Promise.resolve()
    await Promise.resolve()
    const others = [file.append(counting(4)), file.append(counting(0)), file.append(counting(5)), file.sync()]
    others.push(file.append(counting(2)), file.append(counting(1)))
    await Promise.all([first, ...others])
    await file.close()
    expect(calls.asked).toEqual(['write 3', 'writev 4+0+5', 'sync', 'writev 2+1', 'close'])
    expect(calls.bytes).toEqual([3, 4, 5, 2, 1].flatMap((length) => [...counting(length)]))
  })

  test('writes all of it in order by calls that write some', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(40), fc.boolean()), { maxLength: 12 }),
        fc.integer({ min: 1, max: 50 }),
        async (pieces, limit) => {
          const calls = Object.assign(new Calls(), { limit })
          const file = fileOf(calls)
          const appends: Promise<void>[] = []
          for (const [i, [length, waits]] of pieces.entries()) {
            const append = file.append(counting(length, i))
            appends.push(append)
            if (waits) await append
          }
          await Promise.all([...appends, file.close()])
          expect(calls.bytes).toEqual(pieces.flatMap(([length], i) => [...counting(length, i)]))
        },
      ),
    )
  })

  test.each([0, 1])('rejects all that came behind a failure, for good (call %i)', async (failing) => {
    const calls = Object.assign(new Calls(), { failing })
    const file = fileOf(calls)
    const first = file.append(counting(3)).catch(() => undefined)
    await Promise.resolve()
    await Promise.resolve()
    const others = [file.append(counting(4)), file.append(counting(5)), file.sync()]
    for (const other of others) expect(await rejection(other)).toBeInstanceOf(ResourceExhaustedError)
    await first
    expect(await rejection(file.append(counting(1)))).toBeInstanceOf(ResourceExhaustedError)
    expect(calls.asked.length).toBe(failing + 1)
    await file.close()
  })

  test('syncSoon() syncs beside what is written, one at a time; sync() syncs what came later', async () => {
    const calls = new Calls()
    const file = fileOf(calls)
    await file.append(counting(3))
    file.syncSoon()
    file.syncSoon()
    await Promise.all([file.append(counting(4)), file.sync(), file.close()])
    expect(calls.asked).toEqual(['write 3', 'sync', 'write 4', 'sync', 'close'])
  })

  test('close() waits for a sync beside it', async () => {
    const calls = new Calls()
    const file = fileOf(calls)
    file.syncSoon()
    await file.close()
    expect(calls.asked).toEqual(['sync', 'close'])
  })

  test('the failure of syncSoon() is that of each sync() to come: the system tells it once', async () => {
    const calls = Object.assign(new Calls(), { failing: 0 })
    const file = fileOf(calls)
    file.syncSoon()
    await file.append(counting(3))
    file.syncSoon()
    expect(await rejection(file.sync())).toBeInstanceOf(ResourceExhaustedError)
    expect(await rejection(file.sync())).toBeInstanceOf(ResourceExhaustedError)
    expect(calls.asked).toEqual(['sync', 'write 3'])
  })

  test('a system that writes nothing is an error', async () => {
    const file = fileOf(Object.assign(new Calls(), { limit: 0 }))
    const appends = [file.append(counting(3)), file.append(counting(3))]
    for (const append of appends) expect(await rejection(append)).toBeInstanceOf(UnknownError)
  })

  test('close() waits for what was appended, and nothing comes behind it', async () => {
    const calls = new Calls()
    const file = fileOf(calls)
    const appends = [file.append(counting(3)), file.append(counting(4))]
    const closed = file.close()
    expect(await rejection(file.append(counting(1)))).toBeInstanceOf(FailedPreconditionError)
    await Promise.all([...appends, closed])
    expect(calls.asked).toEqual(['writev 3+4', 'close'])
  })
})

test('queuesAppends() says so of the files of Node alone', async () => {
  expect(queuesAppends(fileOf(new Calls()))).toBe(true)
  expect(queuesAppends(await new MemoryFileSystem().create('m'))).toBe(false)
})
