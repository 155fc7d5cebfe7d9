/**
 * Pickles of { name: ndarray }. pickle-machine.ts and pickle-numpy.ts say what is read, pickle-writer.ts what is written.
 */
import type { ReadOptions, WriteOptions } from '../fs/file-system'
import type { NDArray } from '../tensor/ndarray'
import { keyFromBytes } from '../util/bytes'
import { arrayFromBytes, layoutBytes } from './array-bytes'
import { atKey, damaged, type Place, unsupported } from './fault'
import { runPickle } from './pickle-machine'
import {
  describeValue,
  PickleFault,
  PyArray,
  PyBytes,
  PyDict,
  PyList,
  PyText,
  PyTuple,
  type PyValue,
} from './pickle-values'
import type { PickleProtocol } from './pickle-output'
import { checkProtocol, writeDict } from './pickle-writer'
import {
  bytesWritten,
  type NamedTensors,
  type OpenWeightFile,
  type WeightFile,
  withWeightFile,
  writeWeightFile,
} from './weight-file'

/** How a pickle is made. */
export interface PickleEncodeOptions {
  /** Default 5, Python 3.8's; 4 is Python 3.4's, 2 the last of Python 2. */
  protocol?: PickleProtocol
}

/** How a pickle is written. */
export interface PickleWriteOptions extends PickleEncodeOptions, WriteOptions {}

const FORMAT = 'a pickle'

/**
 * The arrays of a pickled dict, or OrderedDict, of numpy arrays and scalars: `pickle.dump({name: array, …}, file)`, by
 * protocols 2 to 5, of Python 2 or 3, numpy 1 or 2; in C or Fortran order, or with axes swapped; in either byte order. S and
 * U become string, without the NULs at their end; ml_dtypes' bfloat16 and its kin are read as well. Python 2's str as a name
 * is read as Latin-1.
 *
 * Nothing can be executed: of a pickle's operations only those that make data are done, and the functions and classes that
 * numpy's pickles name are a short list, done here. Arrays together hold no more bytes than the file.
 *
 * @param file a path, or the bytes: then arrays that lie aligned are views of them
 * @throws {UnimplementedError} for whatever else a pickle asks for, naming it ("os.system"); for other things than arrays,
 *   dicts within the dict, names that are no text; and for dtypes that no NDArray holds, naming them, with `key`
 * @throws {DataLossError} for what is damaged, and for more behind the pickle's end
 */
export async function readPickle(file: WeightFile, options: ReadOptions = {}): Promise<Map<string, NDArray>> {
  return withWeightFile(file, FORMAT, options, async (open) => arraysOf(await runPickle(open), open))
}

function arraysOf(dict: PyValue, { file, place }: OpenWeightFile): Map<string, NDArray> {
  if (!(dict instanceof PyDict)) throw unsupported(place, `it holds ${describeValue(dict)}, and no dict of arrays`)
  const arrays = new Map<string, NDArray>()
  const made = new Map<PyArray, NDArray>()
  let left = file.size
  for (const [key, value] of itemsOf(dict, place)) {
    const name = nameOf(key, place)
    const here = atKey(place, name)
    if (arrays.has(name)) throw damaged(here, 'there are two of that name')
    if (!(value instanceof PyArray)) throw unsupported(here, `it is ${describeValue(value)}, and no array`)
    let array = made.get(value)
    if (array === undefined) {
      array = makeArray(value, left, here)
      left -= value.data?.bytes.length ?? 0
      made.set(value, array)
    }
    arrays.set(name, array)
  }
  return arrays
}

function* itemsOf({ items, pairs }: PyDict, place: Place): Generator<[key: PyValue, value: PyValue]> {
  for (let i = 0; i < items.length; i += 2) yield [items[i] as PyValue, items[i + 1] as PyValue]
  for (const pair of pairs?.items ?? []) {
    const [key, value] = pair instanceof PyTuple || pair instanceof PyList ? pair.items : []
    if (key === undefined || value === undefined) throw damaged(place, 'an OrderedDict of what are no pairs')
    yield [key, value]
  }
}

function nameOf(key: PyValue, place: Place): string {
  if (key instanceof PyText) return textOf(key, place)
  if (key instanceof PyBytes) return keyFromBytes(key.bytes)
  throw unsupported(place, `a name in it is ${describeValue(key)}, and no str`)
}

function textOf(key: PyText, place: Place): string {
  try {
    return key.text
  } catch (error) {
    throw error instanceof PickleFault ? damaged(place, `a name in it is ${error.message}`) : error
  }
}

/** @param left bytes that arrays may still take: several of the same bytes would make a lot of little */
function makeArray({ layout, data }: PyArray, left: number, place: Place): NDArray {
  if (layout === undefined) throw damaged(place, 'an array without contents')
  const { type } = layout.type
  if (typeof type === 'string') throw unsupported(place, type)
  if (data === undefined) throw damaged(place, 'an array without contents')
  const known = { ...layout, type }
  if (layoutBytes(known, place) > left) throw damaged(place, 'its arrays take more bytes than it has')
  return arrayFromBytes(known, data.bytes, place)
}

/**
 * Writes a dict of numpy arrays, which Python's pickle.load gives back: the bytes that `pickle.dump(dict, file, protocol)`
 * writes with numpy 2.4. The tensors are taken one at a time, so that `reader.tensors()` streams through; the file appears
 * when it is whole. Strings become S, all as wide as the longest. bfloat16, float8 and int4 become ml_dtypes' arrays, and
 * need that package where they are read.
 *
 * @throws {InvalidArgumentError} for a name that comes twice, for quantized and variant values, and for strings that end in
 *   NUL, which numpy loses; for 4 GiB and more in one array by protocols 2 and 3
 */
export async function writePickle(
  path: string,
  tensors: NamedTensors,
  options: PickleWriteOptions = {},
): Promise<void> {
  const place = { format: FORMAT, path }
  const protocol = checkProtocol(options.protocol ?? 5, place)
  await writeWeightFile(path, options, (sink) => writeDict(sink, tensors, protocol, place))
}

/** The bytes that writePickle() writes. @throws as writePickle() */
export async function encodePickle(tensors: NamedTensors, options: PickleEncodeOptions = {}): Promise<Uint8Array> {
  const place = { format: FORMAT }
  const protocol = checkProtocol(options.protocol ?? 5, place)
  return bytesWritten((sink) => writeDict(sink, tensors, protocol, place))
}
