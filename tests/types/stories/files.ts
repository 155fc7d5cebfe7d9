/** Elsewhere than on a disk: in memory, in a file system of one's own; and a thing of one's own that is saved. */
import { array, isOpError, loadVariable, MemoryFileSystem, NotFoundError, OutOfRangeError, Saver } from 'tfsave'
import type { FileSystem, NDArray, RandomAccessFile, ReadableFileSystem, Saveable } from 'tfsave'

/** Files that lie in memory as they were downloaded. */
export class Downloads implements ReadableFileSystem {
  constructor(private readonly files: ReadonlyMap<string, Uint8Array>) {}

  async open(path: string): Promise<RandomAccessFile> {
    const bytes = this.files.get(path)
    if (bytes === undefined) throw new NotFoundError(`${path}; No such file or directory`, { path })
    return {
      size: bytes.length,
      read: async (offset, length) => {
        if (offset + length > bytes.length) throw new OutOfRangeError('Read past the end', { path, offset })
        return bytes.subarray(offset, offset + length)
      },
      close: async () => undefined,
    }
  }

  async exists(path: string): Promise<boolean> {
    return this.files.has(path)
  }
}

export async function readDownload(files: ReadonlyMap<string, Uint8Array>): Promise<NDArray | undefined> {
  try {
    return await loadVariable('m', 'w', { fs: new Downloads(files) })
  } catch (error) {
    if (isOpError(error, 'NOT_FOUND', 'DATA_LOSS')) return undefined
    throw error
  }
}

/** A step counter that lives in a field. */
export class Counter implements Saveable<'int64'> {
  readonly dtype = 'int64'
  readonly shape = []
  value = 0n

  read(): NDArray<'int64'> {
    return array(this.value)
  }

  assign(value: NDArray<'int64'>): void {
    this.value = value.data[0] ?? 0n
  }
}

export async function roundTrip(): Promise<readonly string[]> {
  const fs = new MemoryFileSystem()
  const disk: FileSystem = fs
  const counter = new Counter()
  const prefix = await new Saver({ step: counter }, { fs: disk, logger: {} }).save('m')
  const bytes: Uint8Array<ArrayBuffer> | undefined = fs.files.get(`${prefix}.index`)
  return [...fs.files.keys(), String(bytes?.length)]
}
