/**
 * The functions and classes that weights in a pickle are made of. This list is all that a pickle can ask for: each is done
 * here, on plain data, and whatever else is named is an error before anything happens.
 *
 *     array   = _reconstruct(ndarray, (0,), b'b') BUILD (version, shape, dtype, in Fortran order, bytes)
 *             | _frombuffer(bytes, dtype, shape, 'C' or 'F')                                         protocol 5
 *             | _frombuffer(bytes, dtype, shape, 'K', axes)                                          protocol 5, numpy 2.3
 *     scalar  = scalar(dtype, bytes)
 *     dtype   = dtype('f4', align, copy) BUILD (3, '<', None, None, None, size, alignment, flags)
 *     bytes   = as the protocol has them | encode(text in Latin-1, 'latin1')                         protocol 2
 *
 * Where the first None is something the dtype is an array itself, where the next two are it has fields.
 *
 * numpy: _core/src/multiarray/methods.c (array_reduce, array_setstate), descriptor.c (arraydescr_reduce), numeric.py.
 */
import { type DType, DTYPES } from '../tensor/dtype'
import { fortranAxes } from './array-bytes'
import { shorten } from './fault'
import { extensionType, numpyTypeOf } from './numpy-dtype'
import {
  describeValue,
  PickleFault,
  PyArray,
  PyBytes,
  PyDict,
  PyDType,
  PyGlobal,
  PyList,
  PyText,
  PyTuple,
  type PyValue,
} from './pickle-values'

type Call = (args: readonly PyValue[]) => PyValue

/** numpy 2 moved its core. */
const CORES = ['numpy.core', 'numpy._core']
const BUILTINS = ['builtins', '__builtin__']

/** Everything that can be called. */
const CALLS = new Map<string, Call>([
  ...CORES.flatMap((core): [string, Call][] => [
    [`${core}.multiarray._reconstruct`, reconstruct],
    [`${core}.multiarray.scalar`, scalar],
    [`${core}.numeric._frombuffer`, frombuffer],
  ]),
  ...BUILTINS.flatMap((builtins): [string, Call][] => [
    [`${builtins}.bytes`, bytes],
    [`${builtins}.bytearray`, bytes],
  ]),
  ['numpy.dtype', dtype],
  ['_codecs.encode', encode],
  ['collections.OrderedDict', orderedDict],
])

/** Everything that only stands for itself. */
const NAMES = new Map<string, DType | undefined>([
  ['numpy.ndarray', undefined],
  ...DTYPES.filter(({ numpy }) => numpy === 'extension').map(({ name }): [string, DType] => [
    `ml_dtypes.${name}`,
    name,
  ]),
])

/** A name of the list. @throws {PickleFault} for any other: nothing is looked up, imported or run */
export function globalOf(module: string, name: string): PyGlobal {
  const full = `${module}.${name}`
  if (CALLS.has(full) || NAMES.has(full)) return new PyGlobal(full)
  throw new PickleFault(`it asks for ${shorten(full)}, which no weights are made of: it was not executed`, true)
}

/** What a function of the list gives. @throws {PickleFault} for other arguments than numpy's */
export function callGlobal(callee: PyValue, args: PyValue): PyValue {
  const call = callee instanceof PyGlobal ? CALLS.get(callee.name) : undefined
  if (call === undefined) throw new PickleFault(`${describeValue(callee)} is called`)
  if (!(args instanceof PyTuple)) throw new PickleFault('arguments that are no tuple')
  return call(args.items)
}

/** Python's __setstate__. @throws {PickleFault} for a state that is not numpy's */
export function setState(value: PyValue, state: PyValue): void {
  const items = state instanceof PyTuple ? state.items : []
  if (value instanceof PyArray && value.layout === undefined) setArrayState(value, items)
  else if (value instanceof PyDType) setDTypeState(value, items)
  else throw new PickleFault(`${describeValue(value)} is given a state`)
}

function wrong(what: string): PickleFault {
  return new PickleFault(`wrong arguments for ${what}`)
}

function reconstruct([type]: readonly PyValue[]): PyArray {
  if (type instanceof PyGlobal && type.name === 'numpy.ndarray') return new PyArray()
  throw wrong('_reconstruct')
}

/** Before numpy 1.0 there was no version. */
function setArrayState(array: PyArray, items: readonly PyValue[]): void {
  const [shape, type, isFortran, data] = items.slice(-4)
  const [version] = items.length === 5 ? items : [0]
  if (items.length < 4 || (version !== 0 && version !== 1)) throw wrong('ndarray.__setstate__')
  // Objects are a list: their dtype says so when the array is looked at.
  const contents = data instanceof PyList ? new PyBytes(new Uint8Array(0)) : bytesOf(data)
  layOut(array, type, shape, isFortran === true || isFortran === 1 ? fortranAxes : undefined, contents)
}

function frombuffer([data, type, shape, order, axes]: readonly PyValue[]): PyArray {
  const letter = order instanceof PyText ? order.text : ''
  const array = new PyArray()
  if (letter === 'K') layOut(array, type, shape, undefined, bytesOf(data), axes)
  else if (letter === 'C' || letter === 'F')
    layOut(array, type, shape, letter === 'F' ? fortranAxes : undefined, bytesOf(data))
  else throw wrong('_frombuffer')
  return array
}

function scalar([type, data]: readonly PyValue[]): PyArray {
  const array = new PyArray()
  layOut(
    array,
    type,
    new PyTuple([]),
    undefined,
    data instanceof PyBytes || data instanceof PyText ? bytesOf(data) : undefined,
  )
  return array
}

function layOut(
  array: PyArray,
  type: PyValue | undefined,
  shape: PyValue | undefined,
  axesOf: ((shape: readonly number[]) => readonly number[]) | undefined,
  data: PyBytes | undefined,
  order?: PyValue,
): void {
  const sizes = sizesOf(shape)
  if (!(type instanceof PyDType) || sizes === undefined) throw wrong('an array')
  array.data = data
  if (order === undefined) {
    const axes = axesOf?.(sizes)
    array.layout = { type, shape: sizes, ...(axes && { axes }) }
  } else array.layout = { type, ...transposed(sizes, sizesOf(order)) }
}

/** reshape(sizes).transpose(order). */
function transposed(
  sizes: readonly number[],
  order: readonly number[] | undefined,
): { shape: readonly number[]; axes: readonly number[] } {
  const sorted = order?.toSorted((a, b) => a - b)
  if (order === undefined || order.length !== sizes.length || !sorted?.every((axis, i) => axis === i)) {
    throw wrong('_frombuffer')
  }
  return { shape: order.map((axis) => sizes[axis] ?? 0), axes: sizes.map((_, axis) => order.indexOf(axis)) }
}

function sizesOf(value: PyValue | undefined): readonly number[] | undefined {
  if (!(value instanceof PyTuple)) return undefined
  const isSize = (size: PyValue): size is number => typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
  return value.items.every(isSize) ? value.items : undefined
}

function bytesOf(value: PyValue | undefined): PyBytes {
  if (value instanceof PyBytes) return value
  // Python 2's bytes are a str.
  const latin1 = value instanceof PyText ? value.latin1 : null
  if (latin1 === null) throw new PickleFault('contents that are no bytes')
  return latin1
}

function dtype([code]: readonly PyValue[]): PyDType {
  if (code instanceof PyText) return new PyDType(code.text, numpyTypeOf(code.text))
  const extension = code instanceof PyGlobal ? NAMES.get(code.name) : undefined
  if (!(code instanceof PyGlobal) || extension === undefined) throw wrong('dtype')
  return new PyDType(code, extensionType(extension, false))
}

function setDTypeState(value: PyDType, items: readonly PyValue[]): void {
  const [version, order, ...rest] = items
  const [subtype, names, fields, size] = rest
  if ((version !== 3 && version !== 4) || !(order instanceof PyText)) throw wrong('dtype.__setstate__')
  const name = value.code instanceof PyGlobal ? value.code.name : `${order.text}${value.code}`
  if (subtype !== null) value.type = `its dtype is ${shorten(name)}: elements that are arrays`
  else if (names !== null || fields !== null) value.type = `its dtype is ${shorten(name)} with fields: records`
  else if (typeof value.type !== 'string' && value.code instanceof PyGlobal) {
    value.type = { ...value.type, bigEndian: order.text === '>' }
  } else value.type = numpyTypeOf(name)
  if (typeof value.type === 'string') return
  if (size !== -1 && size !== value.type.size)
    throw new PickleFault(`a dtype ${shorten(name)} of ${String(size)} bytes`)
}

function bytes(args: readonly PyValue[]): PyBytes {
  if (args.length === 0) return new PyBytes(new Uint8Array(0))
  if (args.length === 2) return encode(args)
  return bytesOf(args[0])
}

function encode([text, encoding]: readonly PyValue[]): PyBytes {
  const name = encoding instanceof PyText ? encoding.text : ''
  if (!(text instanceof PyText) || (name !== 'latin1' && name !== 'latin-1')) throw wrong('encode')
  return bytesOf(text)
}

function orderedDict([pairs]: readonly PyValue[]): PyDict {
  if (pairs === undefined || pairs instanceof PyList) return new PyDict(pairs)
  throw wrong('OrderedDict')
}
