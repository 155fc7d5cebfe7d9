/**
 * Where weight files come from and where they go: a path in a file system, or bytes.
 */
import { atomicWrite } from '../fs/atomic-write'
import { defaultFileSystem } from '../fs/default'
import type { RandomAccessFile, ReadOptions, WritableFile, WriteOptions } from '../fs/file-system'
import { checkRange } from '../fs/system-errors'
import type { NDArray } from '../tensor/ndarray'
import { concatBytes, isBytes } from '../util/bytes'
import { InvalidArgumentError } from '../util/errors'
import { atKey, type Place, unwritable } from './fault'

/** A path, or the bytes of the file. */
export type WeightFile = string | Uint8Array

/** Values with their names, such as a Map, or what CheckpointReader.tensors() gives. */
export type NamedTensors =
  Iterable<readonly [name: string, value: NDArray]> | AsyncIterable<readonly [name: string, value: NDArray]>

/** An open weight file. */
export interface OpenWeightFile {
  readonly file: RandomAccessFile
  readonly place: Place
  readonly signal: AbortSignal | undefined
}

/** Opens a file, hands it over, and closes it whatever happens. */
export async function withWeightFile<T>(
  source: WeightFile,
  format: string,
  options: ReadOptions,
  use: (open: OpenWeightFile) => Promise<T>,
): Promise<T> {
  const { fs, signal } = options
  signal?.throwIfAborted()
  if (typeof source !== 'string') return use({ file: bytesFile(source, format), place: { format }, signal })
  const file = await (fs ?? defaultFileSystem()).open(source, signal === undefined ? {} : { signal })
  try {
    return await use({ file, place: { format, path: source }, signal })
  } finally {
    await file.close()
  }
}

/** Bytes as an open file: what is read are views of them. */
function bytesFile(bytes: Uint8Array, format: string): RandomAccessFile {
  if (!isBytes(bytes))
    throw new InvalidArgumentError(`Cannot read ${typeof bytes} as ${format}: it takes a path or bytes`)
  return {
    size: bytes.length,
    read: async (offset, length) => {
      checkRange('these bytes', bytes.length, offset, length)
      return bytes.subarray(offset, offset + length)
    },
    close: async () => undefined,
  }
}

/** What bytes are written to, one call after the other. */
export interface ByteSink {
  /** Bytes handed in so far. */
  readonly size: number
  /** `bytes` may change once this has settled. */
  append(bytes: Uint8Array): Promise<void>
}

/** Pieces of up to this size are gathered. */
const SMALL = 1 << 16
const STAGING = 1 << 20

/** Gathers small pieces in front of a file. */
export class FileSink implements ByteSink {
  size = 0
  readonly #file: WritableFile
  readonly #staging = new Uint8Array(STAGING)
  #staged = 0

  constructor(file: WritableFile) {
    this.#file = file
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (bytes.length > SMALL || this.#staged + bytes.length > STAGING) await this.flush()
    if (bytes.length > SMALL) await this.#file.append(bytes)
    else {
      this.#staging.set(bytes, this.#staged)
      this.#staged += bytes.length
    }
    this.size += bytes.length
  }

  async flush(): Promise<void> {
    const staged = this.#staging.subarray(0, this.#staged)
    this.#staged = 0
    if (staged.length > 0) await this.#file.append(staged)
  }
}

/** Writes a file that appears under its name when it is whole; on failure what had the name stays. */
export async function writeWeightFile(
  path: string,
  options: WriteOptions,
  write: (sink: ByteSink) => Promise<void>,
): Promise<void> {
  const { fs = defaultFileSystem(), durable } = options
  await atomicWrite(
    fs,
    path,
    async (file) => {
      const sink = new FileSink(file)
      await write(sink)
      await sink.flush()
    },
    { durable },
  )
}

/** What is written, as one array. */
export async function bytesWritten(write: (sink: ByteSink) => Promise<void>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  const sink = {
    size: 0,
    append: async (bytes: Uint8Array): Promise<void> => {
      pieces.push(new Uint8Array(bytes))
      sink.size += bytes.length
    },
  }
  await write(sink)
  return concatBytes(pieces)
}

/** The tensors as they come, each name once. @throws {InvalidArgumentError} for a name that comes again, or is no string */
export async function* eachTensor(tensors: NamedTensors, place: Place): AsyncGenerator<[name: string, value: NDArray]> {
  const names = new Set<string>()
  for await (const [name, value] of tensors) {
    if (typeof name !== 'string') throw unwritable(place, `a name is no string but ${typeof name}`)
    if (names.has(name)) throw unwritable(atKey(place, name), 'there are two of that name')
    names.add(name)
    yield [name, value]
  }
}

/** Whether tensors stand somewhere as they are: an iterable may use its arrays again for the next ones. */
export function areHeld(tensors: NamedTensors): tensors is Map<string, NDArray> | (readonly [string, NDArray])[] {
  return tensors instanceof Map || Array.isArray(tensors)
}
