import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DataFileReader } from '../../src/checkpoint/data-file-reader'
import { DataFileWriter } from '../../src/checkpoint/data-file-writer'
import { type RandomAccessFile, type ReadableFileSystem, type WritableFile } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { concatBytes } from '../../src/util/bytes'
import { crc32c } from '../../src/util/crc32c'
import { FailedPreconditionError, OutOfRangeError, ResourceExhaustedError } from '../../src/util/errors'

const [KB, MB] = [1 << 10, 1 << 20]

/** Bytes that differ from place to place, the same for each call. */
function pattern(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let i = 0, state = seed * 2654435761; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}

/** A file that takes its bytes only when the event loop comes round, so that what is changed too early shows. */
class LateFile implements WritableFile {
  readonly parts: Uint8Array[] = []
  sizes: number[] = []
  underWay = 0
  /** The append that fails, from 0; and whether it throws before there is a promise. */
  failing = Infinity
  throws = false

  append(bytes: Uint8Array): Promise<void> {
    const number = this.sizes.push(bytes.length) - 1
    expect(++this.underWay).toBe(1)
    if (number === this.failing && this.throws) {
      this.underWay--
      throw new ResourceExhaustedError('No space left on device')
    }
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        this.underWay--
        if (number === this.failing) reject(new ResourceExhaustedError('No space left on device'))
        else {
          this.parts.push(bytes.slice())
          resolve()
        }
      })
    })
  }

  async sync(): Promise<void> {}
  async close(): Promise<void> {}

  get bytes(): Uint8Array {
    return concatBytes(this.parts)
  }
}

/** Sizes around the limits: 128 KiB is gathered, the buffer holds 1 MiB, a piece is 4 MiB. */
const sizes = fc.oneof(
  { weight: 4, arbitrary: fc.nat(200) },
  { weight: 2, arbitrary: fc.integer({ min: 128 * KB - 2, max: 128 * KB + 2 }) },
  { weight: 1, arbitrary: fc.integer({ min: MB - 2, max: MB + 2 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4 * MB - 2, max: 4 * MB + 2 }) },
)

const source = pattern(9 * MB)

describe('DataFileWriter', () => {
  test('writes pieces of any size in order, with their checksums', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(sizes, fc.nat(1000)), { maxLength: 30 }), async (pieces) => {
        const file = new LateFile()
        const writer = new DataFileWriter(file)
        const expected: Uint8Array[] = []
        let crc = 0
        for (const [length, from] of pieces) {
          const bytes = source.subarray(from, from + length)
          expected.push(bytes)
          expect(await writer.append(bytes)).toBe(crc32c(bytes))
          crc = crc32c(bytes, crc)
        }
        await writer.flush()
        const whole = concatBytes(expected)
        expect(writer.size).toBe(whole.length)
        expect(Buffer.compare(file.bytes, whole)).toBe(0)
        expect(crc32c(file.bytes)).toBe(crc)
      }),
      { numRuns: 40 },
    )
  })

  test('goes on from a checksum, for small and large pieces', async () => {
    const writer = new DataFileWriter(new LateFile())
    const parts = [pattern(10), pattern(200 * KB), pattern(0), pattern(9 * MB), pattern(128 * KB)]
    let crc = 0
    for (const part of parts) crc = await writer.append(part, crc)
    expect(crc).toBe(crc32c(concatBytes(parts)))
    await writer.flush()
  })

  test('gathers small pieces and hands large ones on as they are', async () => {
    const file = new LateFile()
    const writer = new DataFileWriter(file)
    for (let i = 0; i < 20; i++) await writer.append(pattern(100 * KB))
    await writer.append(source)
    await writer.append(pattern(3))
    await writer.flush()
    await writer.flush()
    // Ten pieces fit the buffer; the large array goes in pieces of 4 MiB.
    expect(file.sizes).toEqual([1000 * KB, 1000 * KB, 4 * MB, 4 * MB, MB, 3])
  })

  test('has copied a small array once append() has settled', async () => {
    const file = new LateFile()
    const writer = new DataFileWriter(file)
    const expected: Uint8Array[] = []
    const bytes = new Uint8Array(128 * KB)
    for (let i = 0; i < 40; i++) {
      bytes.fill(i)
      expected.push(bytes.slice())
      await writer.append(bytes)
    }
    bytes.fill(0xff)
    await writer.flush()
    expect(Buffer.compare(file.bytes, concatBytes(expected))).toBe(0)
  })

  test('appendSmall() takes what fits the buffer, at once', async () => {
    const file = new LateFile()
    const writer = new DataFileWriter(file)
    expect(writer.appendSmall(pattern(128 * KB + 1))).toBeUndefined()
    for (let i = 0; i < 8; i++) expect(writer.appendSmall(pattern(128 * KB), 7)).toBe(crc32c(pattern(128 * KB), 7))
    expect(writer.appendSmall(pattern(1))).toBeUndefined()
    expect(writer.appendSmall(pattern(0), 5)).toBe(5)
    expect([writer.size, file.sizes]).toEqual([MB, []])
    await writer.flush()
    expect(writer.appendSmall(pattern(1))).toBe(crc32c(pattern(1)))
    await writer.flush()
    expect(file.sizes).toEqual([MB, 1])
  })

  test.each([
    [0, false],
    [1, false],
    [3, false],
    [0, true],
    [2, true],
  ])(
    'meets the error of append %i at the latest in flush(), and writes nothing behind it (thrown: %s)',
    async (failing, throws) => {
      const file = Object.assign(new LateFile(), { failing, throws })
      const writer = new DataFileWriter(file)
      const errors: unknown[] = []
      for (const length of [100, 5 * MB, 100, 128 * KB, 9 * MB, 100]) {
        await writer.append(source.subarray(0, length)).catch((error: unknown) => errors.push(error))
      }
      await expect(writer.flush()).rejects.toThrow(ResourceExhaustedError)
      await expect(writer.flush()).rejects.toThrow('No space left on device')
      await expect(writer.append(source)).rejects.toThrow(ResourceExhaustedError)
      for (const error of errors) expect(error).toBeInstanceOf(ResourceExhaustedError)
      expect(file.sizes.length).toBe(failing + 1)
    },
  )

  test('leaves no rejection unhandled where nobody flushes', async () => {
    const unhandled: unknown[] = []
    const listen = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', listen)
    const writer = new DataFileWriter(Object.assign(new LateFile(), { failing: 0 }))
    await writer.append(pattern(200 * KB))
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', listen)
    expect(unhandled).toEqual([])
    await expect(writer.flush()).rejects.toThrow(ResourceExhaustedError)
  })
})

/** A file whose reads are answered last one first; without `readInto` only `read` is there. */
class ShuffledFile implements RandomAccessFile {
  readonly #bytes: Uint8Array
  readonly #waiting: (() => void)[] = []
  readonly readInto?: (offset: number, target: Uint8Array) => Promise<void>
  most = 0
  reads = 0
  /** The offset whose read fails. */
  failing = -1
  closed = false

  constructor(bytes: Uint8Array, into: boolean) {
    this.#bytes = bytes
    if (into)
      this.readInto = (offset, target) => this.#answer(offset, () => target.set(this.#range(offset, target.length)))
  }

  get size(): number {
    return this.#bytes.length
  }

  get underWay(): number {
    return this.#waiting.length
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.#answer(offset, () => this.#range(offset, length).slice())
  }

  async close(): Promise<void> {
    this.closed = true
  }

  #range(offset: number, length: number): Uint8Array {
    return this.#bytes.subarray(offset, offset + length)
  }

  #answer<T>(offset: number, give: () => T): Promise<T> {
    this.reads++
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => (offset === this.failing ? reject(new OutOfRangeError('gone')) : resolve(give())))
      this.most = Math.max(this.most, this.#waiting.length)
      setImmediate(() => this.#waiting.pop()?.())
    })
  }
}

async function readerOf(file: RandomAccessFile): Promise<DataFileReader> {
  const fs: ReadableFileSystem = { open: async () => file, exists: async () => true }
  return DataFileReader.open(fs, 'm.data-00000-of-00001')
}

describe.each([true, false])('DataFileReader over answers out of order (readInto: %s)', (into) => {
  // Five pieces of 4 MiB and a bit.
  const bytes = pattern(22 * MB + 5, 2)

  test('reads a range in pieces, four under way, with the checksum of all', async () => {
    const file = new ShuffledFile(bytes, into)
    const reader = await readerOf(file)
    for (const [offset, length] of [
      [3, 22 * MB],
      [5, 4 * MB],
      [0, 4 * MB + 1],
    ] as const) {
      const target = new Uint8Array(length)
      const crc = await reader.readSummed(offset, target, true)
      const expected = bytes.subarray(offset, offset + length)
      expect(Buffer.compare(target, expected)).toBe(0)
      expect(crc).toBe(crc32c(expected))
    }
    expect([file.most, file.reads]).toEqual([4, 6 + 1 + 2])
  })

  test('reads without a checksum: 0', async () => {
    const reader = await readerOf(new ShuffledFile(bytes, into))
    const target = new Uint8Array(9 * MB)
    expect(await reader.readSummed(1, target, false)).toBe(0)
    expect(Buffer.compare(target, bytes.subarray(1, 1 + 9 * MB))).toBe(0)
  })

  test.each([
    [0, 22 * MB],
    [7, 4 * MB],
    [7, 300],
    [7, 0],
  ])('hands out a range that it keeps nowhere, from byte %i, %i bytes', async (offset, size) => {
    const file = new ShuffledFile(bytes, into)
    const reader = await readerOf(file)
    const range = bytes.subarray(offset, offset + size)
    const streamed = new Uint8Array(size)
    const places: number[] = []
    const take = (piece: Uint8Array, at: number): void => {
      places.push(at)
      streamed.set(piece, at)
    }
    expect(await reader.stream(offset, size, take, { summed: true })).toBe(crc32c(range))
    expect(Buffer.compare(streamed, range)).toBe(0)
    expect(places).toEqual(Array.from({ length: Math.ceil(size / (4 * MB)) }, (_, i) => i * 4 * MB))
    expect(file.most).toBe(Math.min(4, places.length))
    expect(await reader.stream(offset, size, () => undefined, { summed: false })).toBe(0)
  })

  test('rejects with what the taker of a range throws, once no read is under way', async () => {
    const file = new ShuffledFile(bytes, into)
    const reader = await readerOf(file)
    const take = (_: Uint8Array, at: number): void => {
      if (at > 0) throw new Error('full')
    }
    await expect(reader.stream(0, bytes.length, take, { summed: true })).rejects.toThrow('full')
    expect(file.underWay).toBe(0)
  })

  test('reads ranges side by side', async () => {
    const reader = await readerOf(new ShuffledFile(bytes, into))
    const offsets = [0, 1, 1000, MB, 5 * MB]
    const targets = offsets.map(() => new Uint8Array(5 * MB))
    const sums = await Promise.all(targets.map((target, i) => reader.readSummed(offsets[i] ?? 0, target, true)))
    expect(sums).toEqual(offsets.map((offset) => crc32c(bytes.subarray(offset, offset + 5 * MB))))
  })

  test.each([0, 8 * MB, 20 * MB])(
    'rejects with the error of the piece at %i, once no read is under way',
    async (failing) => {
      const file = Object.assign(new ShuffledFile(bytes, into), { failing })
      const reader = await readerOf(file)
      for (const work of [
        (): Promise<number> => reader.stream(0, bytes.length, () => undefined, { summed: true }),
        () => reader.readSummed(0, new Uint8Array(22 * MB), true),
      ]) {
        await expect(work()).rejects.toThrow('gone')
        expect(file.underWay).toBe(0)
      }
    },
  )

  test('rejects with the reason of an abort, once no read is under way', async () => {
    const file = new ShuffledFile(bytes, into)
    const reader = await readerOf(file)
    const controller = new AbortController()
    const work = reader.readSummed(0, new Uint8Array(22 * MB), true, controller.signal)
    controller.abort(new Error('enough'))
    await expect(work).rejects.toThrow('enough')
    expect([file.underWay, file.reads]).toEqual([0, 4])
    const { signal } = controller
    await expect(reader.stream(0, MB, () => undefined, { summed: true, signal })).rejects.toThrow('enough')
  })
})

describe('DataFileReader', () => {
  const fs = new MemoryFileSystem([['m.data', pattern(1000)]])

  test('opens, reads exactly, and closes', async () => {
    const reader = await DataFileReader.open(fs, 'm.data', new AbortController().signal)
    expect([reader.path, reader.size]).toEqual(['m.data', 1000])
    const target = new Uint8Array(10)
    await reader.readInto(990, target)
    expect(target).toEqual(pattern(1000).subarray(990))
    await expect(reader.readInto(991, target)).rejects.toThrow(OutOfRangeError)
    await expect(reader.stream(0, 1001, () => undefined, { summed: true })).rejects.toThrow(OutOfRangeError)
    await reader.close()
    await expect(reader.readInto(0, target)).rejects.toThrow(FailedPreconditionError)
  })

  test('does not open for a signal that was aborted, nor where there is no file', async () => {
    await expect(DataFileReader.open(fs, 'm.data', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
    await expect(DataFileReader.open(fs, 'x.data')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('checkRange() throws OutOfRangeError for what the file does not have', async () => {
    const reader = await DataFileReader.open(fs, 'm.data')
    for (const [offset, size] of [
      [0, 1000],
      [1000, 0],
      [990, 10],
    ] as const) {
      expect(() => reader.checkRange('w', offset, size)).not.toThrow()
    }
    expect(() => reader.checkRange('w', 990, 11)).toThrow(OutOfRangeError)
    expect(() => reader.checkRange('w', 990, 11)).toThrow(
      'Read less bytes than requested: w takes 11 bytes at byte 990 of m.data, which has 1000: 1 bytes are missing',
    )
    expect(() => reader.checkRange('w', 2 ** 52, 2 ** 52)).toThrow(OutOfRangeError)
    try {
      reader.checkRange('w', 1001, 0)
    } catch (error) {
      expect(error).toMatchObject({ path: 'm.data', key: 'w', offset: 1001 })
    }
  })

  test.each([3, 5, 0])('throws OutOfRangeError where a file system gives %i bytes for 4', async (given) => {
    const file: RandomAccessFile = { size: 1000, read: async () => new Uint8Array(given), close: async () => undefined }
    const reader = await readerOf(file)
    const target = new Uint8Array(4).fill(7)
    await expect(reader.readInto(8, target)).rejects.toThrow(OutOfRangeError)
    await expect(reader.readInto(8, target)).rejects.toThrow(
      `Read less bytes than requested: ${given} bytes came for 4`,
    )
    expect(target).toEqual(new Uint8Array(4).fill(7))
  })
})
