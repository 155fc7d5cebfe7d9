/**
 * npz: a zip archive of npy files, `<name>.npy` each. zip-format.ts and npy.ts have the grammars.
 *
 * numpy: lib/_npyio_impl.py, savez and NpzFile.
 */
import type { ReadOptions, WriteOptions } from '../fs/file-system'
import type { NDArray } from '../tensor/ndarray'
import { ResourceExhaustedError } from '../util/errors'
import { atKey, damaged, type Place, unsupported } from './fault'
import { isNpy, npyContents, readNpy } from './npy'
import {
  bytesWritten,
  type ByteSink,
  eachTensor,
  type NamedTensors,
  type OpenWeightFile,
  type WeightFile,
  withWeightFile,
  writeWeightFile,
} from './weight-file'
import type { Bfloat16Options } from './written-value'
import { STORED } from './zip-format'
import { readDirectory, readEntry, type ZipEntry } from './zip-reader'
import { ZipWriter } from './zip-writer'

/** How an npz is read. */
export interface NpzReadOptions extends ReadOptions {
  /**
   * Bytes that all arrays together may unpack to; each string in a packed one counts for up to 128 more, which it takes.
   * Default: 1 GiB, or twenty times the size of the archive where that is more, so that every archive that is not packed can
   * be read, and no small one fills the memory.
   */
  maxBytes?: number
}

/** What an npz is made of. */
export interface NpzEncodeOptions extends Bfloat16Options {
  /** As numpy.savez_compressed, by deflate. Default false: as numpy.savez. */
  compress?: boolean
}

/** How an npz is written. */
export interface NpzWriteOptions extends NpzEncodeOptions, WriteOptions {}

const FORMAT = 'an npz'
const SUFFIX = '.npy'
const LEAST_LIMIT = 2 ** 30
const LIMIT_PER_BYTE = 20

/**
 * The arrays of an npz, in the archive's order, under their names without ".npy". Their checksums are checked, and what they
 * unpack to is bounded before anything is unpacked.
 *
 * @param file a path, or the bytes: then arrays that are not packed and lie aligned are views of them
 * @throws {DataLossError} for what is damaged, unpacks to another size than it claims, or has a name twice
 * @throws {ResourceExhaustedError} where the arrays claim more than `maxBytes`
 * @throws {UnimplementedError} for encrypted archives, and for dtypes that no NDArray holds (see parseNpy), with `key`
 */
export async function readNpz(file: WeightFile, options: NpzReadOptions = {}): Promise<Map<string, NDArray>> {
  return withWeightFile(file, FORMAT, options, (open) => readArchive(open, options))
}

async function readArchive(open: OpenWeightFile, options: NpzReadOptions): Promise<Map<string, NDArray>> {
  const { file, place, signal } = open
  const entries = (await readDirectory(file, place)).filter(({ name }) => !name.endsWith('/'))
  checkNames(entries, place)
  const maxBytes = options.maxBytes ?? Math.max(LEAST_LIMIT, LIMIT_PER_BYTE * file.size)
  let left = maxBytes - checkSize(entries, maxBytes, place)
  const arrays = new Map<string, NDArray>()
  for (const entry of entries) {
    signal?.throwIfAborted()
    const name = arrayName(entry)
    const here = atKey(place, name)
    const contents = await readEntry({ file, place: here, signal }, entry, options.verifyChecksums ?? true)
    // numpy gives the bytes of such a file; there is no value for them.
    if (!isNpy(contents)) throw unsupported(here, `the file ${entry.name} in it is no npy`, entry.offset)
    const array = readNpy(contents, here, (bytes) => {
      if (entry.method === STORED) return
      left -= bytes
      if (left < 0) throw tooLarge(`strings would take ${bytes} bytes more than they have`, maxBytes, here)
    })
    arrays.set(name, array)
  }
  return arrays
}

function arrayName({ name }: ZipEntry): string {
  return name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name
}

function checkNames(entries: readonly ZipEntry[], place: Place): void {
  const names = new Set<string>()
  for (const entry of entries) {
    const name = arrayName(entry)
    if (names.has(name)) throw damaged(atKey(place, name), 'there are two of that name')
    names.add(name)
  }
}

/** The bytes that all entries claim together. @throws {ResourceExhaustedError} for more than `maxBytes` */
function checkSize(entries: readonly ZipEntry[], maxBytes: number, place: Place): number {
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  if (total > maxBytes) throw tooLarge(`${entries.length} arrays claim ${total} bytes`, maxBytes, place)
  return total
}

function tooLarge(what: string, maxBytes: number, { path, key }: Place): ResourceExhaustedError {
  return new ResourceExhaustedError(
    `Cannot read ${path ?? 'these bytes'} as ${FORMAT}: its ${what}, ` +
      `and maxBytes is ${maxBytes}; pass { maxBytes } to allow more`,
    { ...(path !== undefined && { path }), ...(key !== undefined && { key }) },
  )
}

/**
 * Writes an npz: the bytes of numpy.savez, or, with `compress`, an archive as of numpy.savez_compressed. The tensors are
 * taken one at a time, so that `reader.tensors()` streams through; the file appears when it is whole.
 *
 * @throws {InvalidArgumentError} for a name that comes twice or that zip cannot hold, and for values that numpy has no dtype
 *   for (see encodeNpy): bfloat16 goes in by choice, as { bfloat16: 'float32' } or 'uint16'
 */
export async function writeNpz(path: string, tensors: NamedTensors, options: NpzWriteOptions = {}): Promise<void> {
  await writeWeightFile(path, options, (sink) => writeArchive(sink, tensors, options, { format: FORMAT, path }))
}

/** The bytes that writeNpz() writes. @throws as writeNpz() */
export async function encodeNpz(tensors: NamedTensors, options: NpzEncodeOptions = {}): Promise<Uint8Array> {
  return bytesWritten((sink) => writeArchive(sink, tensors, options, { format: FORMAT }))
}

async function writeArchive(
  sink: ByteSink,
  tensors: NamedTensors,
  options: NpzEncodeOptions,
  place: Place,
): Promise<void> {
  const zip = new ZipWriter(sink)
  for await (const [name, value] of eachTensor(tensors, place)) {
    const here = atKey(place, name)
    await zip.add(`${name}${SUFFIX}`, npyContents(value, options, here), options.compress ?? false, here)
  }
  await zip.finish()
}
