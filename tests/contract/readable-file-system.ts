/**
 * What every file system does that is read: the disk, memory, and those that can only be read.
 */
import { afterEach, describe, expect, test } from 'vitest'
import type { RandomAccessFile, ReadableFileSystem } from '../../src/fs/file-system'
import { FailedPreconditionError, InvalidArgumentError, NotFoundError, OutOfRangeError } from '../../src/util/errors'
import { join } from '../../src/util/path'
import { type Files, MISSING, ODD_NAMES, type Place, counting, expectRefusal, rejection } from './place'

/** The suite of systems that are read. `make` is handed all the files that there are to be. */
export function readableFileSystemContract(
  name: string,
  make: (files: Files) => Promise<Place<ReadableFileSystem>>,
): void {
  describe(`${name}, read`, () => {
    let place: Place<ReadableFileSystem> | undefined
    afterEach(async () => {
      await place?.cleanUp()
      place = undefined
    })

    async function given(files: Record<string, Uint8Array<ArrayBuffer>>): Promise<(path: string) => string> {
      const made = await make(new Map(Object.entries(files)))
      place = made
      return (path) => join(made.root, path)
    }

    async function opened(bytes: Uint8Array<ArrayBuffer>): Promise<RandomAccessFile> {
      const at = await given({ f: bytes })
      return fs().open(at('f'))
    }

    function fs(): ReadableFileSystem {
      if (place === undefined) throw new Error('given() comes first')
      return place.fs
    }

    test('read() gives exactly the bytes at any offset', async () => {
      const bytes = counting(1000)
      const file = await opened(bytes)
      expect(file.size).toBe(1000)
      for (const offset of [0, 1, 499, 998, 999, 1000]) {
        for (const length of [0, 1, 2, 500, 1000 - offset]) {
          if (offset + length > 1000) continue
          const read = await file.read(offset, length)
          expect(read.length).toBe(length)
          expect([...read], `${length} at ${offset}`).toEqual([...bytes.subarray(offset, offset + length)])
        }
      }
      await file.close()
    })

    test('read() in any order, several at a time', async () => {
      const bytes = counting(5000)
      const file = await opened(bytes)
      const offsets = [4000, 0, 2000, 3999, 1, 0]
      const reads = await Promise.all(offsets.map((offset) => file.read(offset, 900)))
      expect(reads.map((read) => [...read])).toEqual(offsets.map((at) => [...bytes.subarray(at, at + 900)]))
      await file.close()
    })

    test('read() gives bytes that belong to the caller', async () => {
      const file = await opened(counting(10))
      const first = await file.read(0, 10)
      first.fill(99)
      expect([...(await file.read(0, 10))]).toEqual([...counting(10)])
      await file.close()
    })

    test('read() past the end throws OutOfRangeError and gives no bytes', async () => {
      const file = await opened(counting(100))
      for (const [offset, length] of [
        [0, 101],
        [99, 2],
        [100, 1],
        [101, 1],
        [5000, 3],
        [0, 2 ** 52],
      ] as const) {
        const error = await rejection(file.read(offset, length))
        expect(error).toBeInstanceOf(OutOfRangeError)
        expect(error.message).toMatch(/^Read less bytes than requested/)
        expect(error.message).toContain(
          `${Math.min(length, offset + length - 100)} of the ${length} bytes at ${offset} of `,
        )
        expect(error.path).toMatch(/(^|\/)f$/)
        expect(error.offset).toBe(offset)
      }
      await file.close()
    })

    test('read() of nothing gives nothing, also past the end', async () => {
      const file = await opened(counting(3))
      for (const offset of [0, 3, 4000]) expect((await file.read(offset, 0)).length).toBe(0)
      await file.close()
    })

    test('read() refuses what is no offset or no length', async () => {
      const file = await opened(counting(10))
      for (const [offset, length] of [
        [-1, 1],
        [0, -1],
        [0.5, 1],
        [0, 1.5],
        [Number.NaN, 1],
        [0, Number.NaN],
        [2 ** 53, 0],
      ] as const) {
        expect(await rejection(file.read(offset, length))).toBeInstanceOf(InvalidArgumentError)
      }
      await file.close()
    })

    test('readInto(), where there is one, fills the target and nothing else', async () => {
      const bytes = counting(300)
      const file = await opened(bytes)
      if (file.readInto !== undefined) {
        const around = new Uint8Array(120).fill(255)
        await file.readInto(200, around.subarray(10, 110))
        expect([...around]).toEqual([...Array(10).fill(255), ...bytes.subarray(200, 300), ...Array(10).fill(255)])
        await file.readInto(300, new Uint8Array(0))
        expect(await rejection(file.readInto(201, new Uint8Array(100)))).toBeInstanceOf(OutOfRangeError)
        expect(await rejection(file.readInto(-1, new Uint8Array(1)))).toBeInstanceOf(InvalidArgumentError)
      }
      await file.close()
    })

    test('an empty file has size 0', async () => {
      const file = await opened(new Uint8Array(0))
      expect(file.size).toBe(0)
      expect((await file.read(0, 0)).length).toBe(0)
      expect(await rejection(file.read(0, 1))).toBeInstanceOf(OutOfRangeError)
      await file.close()
    })

    test('a closed file is not read, and closes again', async () => {
      const file = await opened(counting(10))
      await file.close()
      await file.close()
      expect(await rejection(file.read(0, 1))).toBeInstanceOf(FailedPreconditionError)
      if (file.readInto !== undefined) {
        expect(await rejection(file.readInto(0, new Uint8Array(1)))).toBeInstanceOf(FailedPreconditionError)
      }
    })

    test('close() waits for the reads that are under way', async () => {
      const bytes = counting(200_000)
      const file = await opened(bytes)
      const reads = [file.read(0, 100_000), file.read(100_000, 100_000)]
      await file.close()
      for (const [i, read] of (await Promise.all(reads)).entries()) {
        expect(Buffer.compare(read, bytes.subarray(i * 100_000, (i + 1) * 100_000))).toBe(0)
      }
    })

    test('open() of what is missing throws NotFoundError', async () => {
      const at = await given({ f: counting(1), 'd/g': counting(1) })
      for (const path of ['no', 'd/no', 'no/no']) {
        await expectRefusal(fs().open(at(path)), NotFoundError, at(path), MISSING)
      }
    })

    test('open() under an aborted signal rejects with its reason', async () => {
      const at = await given({ f: counting(1) })
      const reason = new Error('no longer wanted')
      expect(await rejection(fs().open(at('f'), { signal: AbortSignal.abort(reason) }))).toBe(reason)
      const file = await fs().open(at('f'), { signal: new AbortController().signal })
      expect(file.size).toBe(1)
      await file.close()
    })

    test('exists() says whether a file is there', async () => {
      const at = await given({ f: counting(1), 'd/g': new Uint8Array(0) })
      expect(await fs().exists(at('f'))).toBe(true)
      expect(await fs().exists(at('d/g'))).toBe(true)
      for (const path of ['no', 'd/no', 'g', 'no/f', 'f2']) expect(await fs().exists(at(path)), path).toBe(false)
    })

    test('names are taken as they are: nothing is globbed or decoded', async () => {
      const at = await given(Object.fromEntries(ODD_NAMES.map((odd, i) => [`d/${odd}`, counting(10, i)])))
      for (const [i, odd] of ODD_NAMES.entries()) {
        const file = await fs().open(at(`d/${odd}`))
        expect([...(await file.read(0, 10))], odd).toEqual([...counting(10, i)])
        await file.close()
        expect(await fs().exists(at(`d/${odd}`)), odd).toBe(true)
      }
      for (const path of ['d/a1', 'd/m*', 'd/m-?', 'd/[m]-1', 'd/a', 'd/a%20', '*', '?']) {
        expect(await fs().exists(at(path)), path).toBe(false)
        expect(await rejection(fs().open(at(path))), path).toBeInstanceOf(NotFoundError)
      }
    })

    test('list(), where there is one, gives base names', async () => {
      const at = await given({ 'd/f': counting(1), 'd/g': counting(1), h: counting(1) })
      if (fs().list === undefined) return
      expect((await fs().list?.(at('d')))?.toSorted()).toEqual(['f', 'g'])
    })
  })
}
