import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DataFileWriter } from '../../src/checkpoint/data-file-writer'
import { type Done, type FileCalls, NodeWritableFile, OpenFile } from '../../src/fs/node-file'
import { type NumericArray, type NumericArrayConstructor } from '../../src/tensor/dtype'
import { concatBytes } from '../../src/util/bytes'
import { crc32c } from '../../src/util/crc32c'
import { ResourceExhaustedError } from '../../src/util/errors'

const [KB, MB] = [1 << 10, 1 << 20]

/** Takes the bytes only when the event loop comes round, so that what is changed too early shows. */
class LateCalls implements FileCalls {
  readonly parts: Uint8Array[] = []
  readonly sizes: number[] = []
  /** The call that fails, from 0. */
  failing = Infinity

  write(_fd: number, bytes: Uint8Array, _start: number, _length: number, _position: number, done: Done<number>): void {
    this.writev(_fd, [bytes], _position, done)
  }

  writev(_fd: number, pieces: readonly Uint8Array[], _position: number, done: Done<number>): void {
    const size = pieces.reduce((sum, { length }) => sum + length, 0)
    const number = this.sizes.push(size) - 1
    setImmediate(() => {
      if (number === this.failing) return done(Object.assign(new Error('full'), { code: 'ENOSPC' }))
      for (const piece of pieces) this.parts.push(piece.slice())
      done(null, size)
    })
  }

  read(): void {}
  fsync(): void {}
  close(): void {}

  get bytes(): Uint8Array {
    return concatBytes(this.parts)
  }
}

function writerTo(calls: LateCalls): DataFileWriter {
  return new DataFileWriter(new NodeWritableFile(new OpenFile(calls, 7, 'm')))
}

const source = new Uint8Array(9 * MB).map((_, i) => Math.imul(i, 0x9e3779b1) >>> 24)

/** Sizes around the limits: 128 KiB is gathered, a half of the buffer holds 1 MiB, a piece is 4 MiB. */
const sizes = fc.oneof(
  { weight: 4, arbitrary: fc.nat(100 * KB) },
  { weight: 2, arbitrary: fc.integer({ min: 128 * KB - 2, max: 128 * KB + 2 }) },
  { weight: 1, arbitrary: fc.integer({ min: MB - 2, max: MB + 2 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4 * MB - 2, max: 8 * MB + 2 }) },
)

describe('DataFileWriter over a file that puts appends in a row', () => {
  test('writes pieces of any size in order, with their checksums', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(sizes, fc.nat(1000)), { maxLength: 40 }), async (pieces) => {
        const calls = new LateCalls()
        const writer = writerTo(calls)
        const expected: Uint8Array[] = []
        for (const [length, from] of pieces) {
          const bytes = source.subarray(from, from + length)
          expected.push(bytes)
          expect(writer.appendSmall(bytes) ?? (await writer.append(bytes))).toBe(crc32c(bytes))
        }
        await writer.flush()
        expect(Buffer.compare(calls.bytes, concatBytes(expected))).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  test('hands over what comes next while a piece is being written, and not much of it', async () => {
    const calls = new LateCalls()
    const writer = writerTo(calls)
    for (let i = 0; i < 40; i++) await writer.append(source.subarray(i, i + 200 * KB))
    await writer.flush()
    // The first goes alone; ten were handed over while it was written, the last of them with less than 2 MiB in front.
    expect(calls.sizes.slice(0, 2)).toEqual([200 * KB, 10 * 200 * KB])
    expect(Math.max(...calls.sizes)).toBe(10 * 200 * KB)
    expect(calls.bytes.length).toBe(40 * 200 * KB)
  })

  test.each([0, 2])('meets the error of call %i, and writes nothing behind it', async (failing) => {
    const calls = Object.assign(new LateCalls(), { failing })
    const writer = writerTo(calls)
    const errors: unknown[] = []
    for (let i = 0; i < 30; i++) {
      const length = i % 3 === 0 ? 100 * KB : 2 * MB
      await writer.append(source.subarray(0, length)).catch((error: unknown) => errors.push(error))
    }
    await expect(writer.flush()).rejects.toThrow(ResourceExhaustedError)
    for (const error of errors) expect(error).toBeInstanceOf(ResourceExhaustedError)
    expect(calls.sizes.length).toBe(failing + 1)
  })
})

describe('DataFileWriter.appendArray()', () => {
  const kinds: NumericArrayConstructor[] = [
    Uint8Array,
    Int8Array,
    Int16Array,
    Uint16Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
  ]

  test('takes the elements bit for bit, wherever they come to lie', async () => {
    const piece = fc.tuple(fc.constantFrom(...kinds), fc.nat(300), fc.nat(500))
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const calls = new LateCalls()
        const writer = writerTo(calls)
        const expected: Uint8Array[] = []
        for (const [Kind, length, at] of pieces) {
          // Any bits, signalling NaNs among them.
          const array = new Kind(source.buffer, 8 * at, length)
          const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
          expected.push(bytes)
          expect(writer.appendArray(array, Kind)).toBe(crc32c(bytes))
        }
        await writer.flush()
        expect(writer.size).toBe(concatBytes(expected).length)
        expect(Buffer.compare(calls.bytes, concatBytes(expected))).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  test('takes what fits, as appendSmall() does', async () => {
    const writer = writerTo(new LateCalls())
    const large: NumericArray = new Float32Array(32 * KB + 1)
    expect(writer.appendArray(large, Float32Array)).toBeUndefined()
    for (let i = 0; i < 8; i++) expect(writer.appendArray(large.subarray(1), Float32Array)).toBeTypeOf('number')
    expect(writer.appendArray(large.subarray(0, 1), Float32Array)).toBeUndefined()
    await writer.flush()
    expect(writer.appendArray(large.subarray(0, 1), Float32Array)).toBe(crc32c(new Uint8Array(4)))
    await writer.flush()
  })
})
