/**
 * What is longer than the pieces that it is read, converted and written in.
 */
import { describe, expect, test } from 'vitest'
import {
  encodeNpy,
  encodeNpz,
  encodePickle,
  readNpz,
  readPickle,
  readSafetensors,
  writeNpz,
  writePickle,
  writeSafetensors,
} from '../../src/formats'
import { readPieces } from '../../src/formats/read-pieces'
import { atomicWriteFile } from '../../src/fs/atomic-write'
import type { RandomAccessFile } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { toFloat32 } from '../../src/tensor/convert'
import { bytesOf, type NDArray, ndarray } from '../../src/tensor/ndarray'
import { DataLossError, OutOfRangeError } from '../../src/util/errors'

const PIECE = 4 << 20
const LENGTH = 4 * PIECE + 12_345
const PLACE = { format: 'a file' }

function noise(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24)
}

const BYTES = noise(LENGTH)

/** A file whose reads end in the order that `delay` says, or fail. */
function fileOf(
  bytes: Uint8Array,
  delay: (offset: number) => number,
  failAt = -1,
): RandomAccessFile & { most: number } {
  let running = 0
  const file = {
    size: bytes.length,
    most: 0,
    read: async (offset: number, length: number): Promise<Uint8Array> => bytes.slice(offset, offset + length),
    async readInto(offset: number, target: Uint8Array): Promise<void> {
      file.most = Math.max(file.most, ++running)
      for (let i = delay(offset); i > 0; i--) await Promise.resolve()
      running--
      if (offset === failAt) throw new OutOfRangeError(`the piece at ${offset}`)
      target.set(bytes.subarray(offset, offset + target.length))
    },
    close: async (): Promise<void> => undefined,
  }
  return file
}

describe('readPieces()', () => {
  const read = (
    file: RandomAccessFile,
    landed?: (piece: Uint8Array) => void,
    signal?: AbortSignal,
  ): Promise<Uint8Array> => readPieces({ file, place: PLACE, signal }, 1, LENGTH - 1, landed)

  test('gives all bytes, and every piece first to last, whichever lands first', async () => {
    for (const delay of [(): number => 1, (offset: number): number => 100 - Math.floor(offset / PIECE) * 20]) {
      const file = fileOf(BYTES, delay)
      const landed: Uint8Array[] = []
      const whole = await read(file, (piece) => landed.push(piece.slice()))
      expect(Buffer.compare(whole, BYTES.subarray(1))).toBe(0)
      expect(Buffer.compare(Buffer.concat(landed), BYTES.subarray(1))).toBe(0)
      expect(file.most).toBe(4)
    }
  })

  test('throws what the first read that fails throws, and leaves no rejection behind', async () => {
    for (const failAt of [1, 1 + PIECE, 1 + 4 * PIECE]) {
      await expect(read(fileOf(BYTES, () => 1, failAt))).rejects.toThrow(`the piece at ${failAt}`)
    }
  })

  test('throws what `landed` throws', async () => {
    const fault = new DataLossError('no')
    const check = (): never => {
      throw fault
    }
    await expect(
      read(
        fileOf(BYTES, () => 1),
        check,
      ),
    ).rejects.toBe(fault)
    const part = readPieces({ file: fileOf(BYTES, () => 1), place: PLACE, signal: undefined }, 0, 10, check)
    await expect(part).rejects.toBe(fault)
  })

  test('is given up by a signal between pieces', async () => {
    const abort = new AbortController()
    const reason = new Error('enough')
    await expect(
      read(
        fileOf(BYTES, () => 1),
        () => abort.abort(reason),
        abort.signal,
      ),
    ).rejects.toBe(reason)
  })

  test('beyond the file is the error of the file', async () => {
    const fs = new MemoryFileSystem()
    await atomicWriteFile(fs, 'f', BYTES)
    const file = await fs.open('f')
    const beyond = readPieces({ file, place: PLACE, signal: undefined }, 10, LENGTH)
    await expect(beyond).rejects.toThrow(OutOfRangeError)
  })
})

async function bytesIn(fs: MemoryFileSystem, path: string): Promise<Uint8Array> {
  const file = await fs.open(path)
  return file.read(0, file.size)
}

const SOME = PIECE + 12_346
const LARGE = ndarray('uint8', [SOME], BYTES.slice(0, SOME))
const HALVES = ndarray('float16', [SOME >> 1], new Uint16Array(BYTES.buffer, 0, SOME >> 1))
const TENSORS: readonly (readonly [string, NDArray])[] = [
  ['bytes', LARGE],
  ['halves', HALVES],
  ['one', ndarray('float32', [], Float32Array.of(1))],
]

/** As a reader streams them: in arrays that are used again. */
async function* streamed(): AsyncGenerator<[string, NDArray]> {
  for (const [name, value] of TENSORS) {
    const data = value.data.slice() as Uint8Array
    yield [name, ndarray(value.dtype, value.shape, data as never) as NDArray]
    data.fill(0)
  }
}

function expectTensors(found: ReadonlyMap<string, NDArray>): void {
  expect(found.size).toBe(TENSORS.length)
  for (const [name, { dtype, shape, ...value }] of TENSORS) {
    const own = found.get(name)
    expect([own?.dtype, own?.shape]).toEqual([dtype, shape])
    const bytes = bytesOf({ dtype, shape, ...value } as NDArray)
    expect(Buffer.compare(own === undefined ? new Uint8Array(0) : bytesOf(own), bytes)).toBe(0)
  }
}

describe('Tensors of many megabytes out of a stream', () => {
  const fs = new MemoryFileSystem()

  test('through an npz', async () => {
    await writeNpz('m.npz', streamed(), { fs })
    expectTensors(await readNpz('m.npz', { fs }))
    expect(Buffer.compare(await bytesIn(fs, 'm.npz'), await encodeNpz(TENSORS))).toBe(0)
  })

  test('of which a byte is another: DataLossError, with the name', async () => {
    await writeNpz('bad.npz', streamed(), { fs })
    const bytes = (await bytesIn(fs, 'bad.npz')).slice()
    bytes[PIECE + 9000] = (bytes[PIECE + 9000] as number) ^ 1
    await atomicWriteFile(fs, 'bad.npz', bytes)
    await expect(readNpz('bad.npz', { fs })).rejects.toThrow(/checksum does not match/)
    await expect(readNpz('bad.npz', { fs })).rejects.toMatchObject({ key: 'bytes' })
    expect((await readNpz('bad.npz', { fs, verifyChecksums: false })).size).toBe(TENSORS.length)
  })

  test('through safetensors, by way of a temporary file', async () => {
    await writeSafetensors('m.safetensors', streamed(), { fs })
    expectTensors((await readSafetensors('m.safetensors', { fs })).tensors)
  })

  test.each([2, 3, 4, 5] as const)('through a pickle of protocol %i', async (protocol) => {
    await writePickle('m.pkl', streamed(), { fs, protocol })
    expectTensors(await readPickle('m.pkl', { fs }))
    expect(Buffer.compare(await bytesIn(fs, 'm.pkl'), await encodePickle(TENSORS, { protocol }))).toBe(0)
  })
})

test('bfloat16 as float32 is converted piece by piece, and the same numbers', async () => {
  const length = 3 * 2 ** 18 + 77
  const codes = Uint16Array.from({ length }, (_, i) => i)
  const value = ndarray('bfloat16', [length], codes) as NDArray
  const expected = toFloat32(value)
  for (const compress of [false, true]) {
    const found = (await readNpz(await encodeNpz([['w', value]], { bfloat16: 'float32', compress }))).get('w')
    expect(found?.dtype).toBe('float32')
    expect(Buffer.compare(bytesOf(found as NDArray), bytesOf(expected))).toBe(0)
  }
  expect(Buffer.compare(encodeNpy(value, { bfloat16: 'float32' }), encodeNpy(expected))).toBe(0)
})
