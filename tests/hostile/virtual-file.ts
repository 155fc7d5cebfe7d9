/**
 * Files of any size that take no memory: a pattern, or zeros with pieces of bytes in them.
 */
import type { RandomAccessFile, ReadableFileSystem } from '../../src/fs/file-system'
import { checkRange, systemError } from '../../src/fs/system-errors'

/** Bytes that stand at an offset; everywhere else are zeros. */
export type Piece = readonly [offset: number, bytes: Uint8Array]

/** Byte at `offset` of a file of PATTERN: no two places that a mistake in 32 bits confuses look alike. */
export function patternByte(offset: number): number {
  return (offset ^ (offset / 2 ** 32) ^ (Math.floor(offset / 4099) * 7)) & 0xff
}

export function pattern(offset: number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => patternByte(offset + i))
}

/** What was asked of a file. */
export interface Watch {
  reads: number
  bytes: number
  underWay: number
  mostUnderWay: number
  /** The memory that was read into. */
  readonly buffers: Set<ArrayBufferLike>
}

export function newWatch(): Watch {
  return { reads: 0, bytes: 0, underWay: 0, mostUnderWay: 0, buffers: new Set() }
}

/** A file of `size` bytes: these pieces among zeros, or the pattern where there are none. */
export function virtualFile(
  path: string,
  size: number,
  pieces?: readonly Piece[],
  watch = newWatch(),
): RandomAccessFile {
  const fill = (offset: number, target: Uint8Array): void => {
    checkRange(path, size, offset, target.length)
    if (pieces === undefined) for (let i = 0; i < target.length; i++) target[i] = patternByte(offset + i)
    else {
      target.fill(0)
      for (const [at, bytes] of pieces) lay(bytes, at - offset, target)
    }
  }
  const readInto = async (offset: number, target: Uint8Array): Promise<void> => {
    watch.reads++
    watch.bytes += target.length
    watch.buffers.add(target.buffer)
    watch.mostUnderWay = Math.max(watch.mostUnderWay, ++watch.underWay)
    await Promise.resolve()
    watch.underWay--
    fill(offset, target)
  }
  return {
    size,
    readInto,
    read: async (offset, length) => {
      checkRange(path, size, offset, length)
      const target = new Uint8Array(length)
      await readInto(offset, target)
      return target
    },
    close: async () => undefined,
  }
}

/** Copies what of `bytes`, which begin at `at` of `target`, lies in it. */
function lay(bytes: Uint8Array, at: number, target: Uint8Array): void {
  const from = Math.max(0, -at)
  const to = Math.min(bytes.length, target.length - at)
  if (from < to) target.set(bytes.subarray(from, to), at + from)
}

export function virtualFileSystem(
  files: readonly (readonly [path: string, file: RandomAccessFile])[],
): ReadableFileSystem {
  const byPath = new Map(files)
  return {
    open: async (path) => {
      const file = byPath.get(path)
      if (file === undefined) throw systemError('ENOENT', path)
      return file
    },
    exists: async (path) => byPath.has(path),
  }
}
