/**
 * Values in graphs: the elements of a Const, an attribute of type tensor.
 *
 *     <TensorProto> = dtype, tensor_shape, ( tensor_content | <dtype's field> * )
 *
 * `tensor_content` is the elements' bytes in order, little-endian; of strings, their lengths as varints and then their bytes.
 * In the dtype's field the last element stands for all that follow it; where there is none, all of them are zero.
 *
 * Only types come from proto/messages: whoever reads a value needs none of the generated code.
 * TensorFlow: core/framework/tensor.cc (Tensor::FromProto), python/framework/tensor_util.py (make_tensor_proto,
 * MakeNdarray), core/framework/tensor_shape.cc.
 */
import type { ITensorProto, LongLike } from '../proto/messages'
import { EMPTY_BYTES } from '../util/bytes'
import { ByteReader } from '../util/coding'
import { InvalidArgumentError, ResourceExhaustedError, ValueError } from '../util/errors'
import { type DTypeInfo, dtypeInfo, dtypeInfoByNumber, type NumericArray } from './dtype'
import { bytesOf, formatShape, type NDArray, ndarray, type Shape } from './ndarray'
import { fieldName, tensorForm, VALUE_FIELDS, type ValueField } from './tensor-proto-fields'
import { fillFromField, valuesOf } from './tensor-proto-values'

/**
 * A few bytes can ask for any size, as one value that stands for all. Up to here it is made: 4 GiB, what Node 20 takes in one
 * array of bytes.
 */
const MAX_REPEATED_BYTES = 2 ** 32
/** The longest content that make_tensor_proto writes, plus one. */
const CONTENT_LIMIT = 2 ** 31
/** TensorShape::MaxDimensions() in tensor_shape.h. */
const MAX_DIMENSIONS = 254

/**
 * The value of a TensorProto. Where the bytes lie aligned, it is a view of `tensorContent`, and not to be written into.
 *
 * @param where names the node in errors: "conv1/w"
 * @throws {TypeError} for a dtype that holds no plain value: resources, variants, references, unknown ones
 * @throws {InvalidArgumentError} where dtype, shape and elements do not go together. TensorFlow's runtime drops elements that
 *   are too many, cuts off the upper bits of integers, and takes elements in another dtype's field for zeros.
 * @throws {ResourceExhaustedError} where one value stands for more than 4 GiB
 */
export function tensorFromProto(proto: ITensorProto, where?: string): NDArray {
  const info = infoOf(proto.dtype ?? 0)
  try {
    const shape = shapeOf(proto)
    const count = shape.reduce((product, size) => product * size, 1)
    const content = proto.tensorContent
    if (content?.length) return fromContent(info, shape, count, content)
    return fromField(info, shape, count, proto)
  } catch (error) {
    if (where !== undefined && (error instanceof InvalidArgumentError || error instanceof ResourceExhaustedError)) {
      error.message += `: the value of node ${where}`
    }
    throw error
  }
}

/**
 * The form that TensorFlow's make_tensor_proto gives a value: two or more elements are raw bytes for most dtypes; one
 * element, and bool, complex, string and narrow ones, go into the dtype's field.
 *
 * @param options.share lets `tensorContent` be a view of the value's array, which then must not change. Default false: a copy.
 * @throws {TypeError} "Element type not supported in TensorProto: variant."
 * @throws {ValueError} for 2 GB or more
 */
export function tensorToProto(value: NDArray, options: { readonly share?: boolean } = {}): ITensorProto {
  const form = formOf(value)
  const info = dtypeInfo(value.dtype)
  const count = value.data.length / info.lanes
  const proto = headOf(info, value.shape)
  const isContent = form.content && count > 1
  if (isContent || hasOddNan(value, value.data.length)) {
    const bytes = bytesOf(value)
    if (bytes.length >= CONTENT_LIMIT) {
      throw new ValueError('Cannot create a tensor proto whose content is larger than 2GB.')
    }
    return { ...proto, tensorContent: options.share === true ? bytes : new Uint8Array(bytes) }
  }
  return count === 0 ? proto : { ...proto, [form.field]: valuesOf(value, form.field, count) }
}

/**
 * The smallest form that TensorFlow reads as just this value, bit for bit: one element where all are equal.
 *
 * @throws as tensorToProto()
 */
export function compactTensorProto(value: NDArray, options: { readonly share?: boolean } = {}): ITensorProto {
  const form = formOf(value)
  const info = dtypeInfo(value.dtype)
  if (!isSplat(value, info) || hasOddNan(value, info.lanes)) return tensorToProto(value, options)
  return { ...headOf(info, value.shape), [form.field]: valuesOf(value, form.field, 1) }
}

function headOf(info: DTypeInfo, shape: Shape): ITensorProto {
  return { dtype: info.number, tensorShape: { dim: shape.map((size) => ({ size })) } }
}

function formOf({ dtype }: NDArray): NonNullable<ReturnType<typeof tensorForm>> {
  const form = tensorForm(dtype)
  if (form === undefined) throw new TypeError(`Element type not supported in TensorProto: ${dtype}.`)
  return form
}

function infoOf(number: number): DTypeInfo {
  const info = dtypeInfoByNumber(number)
  if (info !== undefined && tensorForm(info.name) !== undefined) return info
  throw new TypeError(
    `Unsupported tensor type: ${number}. See https://www.tensorflow.org/api_docs/python/tf/dtypes for supported TF dtypes.`,
  )
}

/** An unknown rank is taken for a scalar, as TensorFlow does. */
function shapeOf(proto: ITensorProto): Shape {
  const shape = (proto.tensorShape?.dim ?? []).map(({ size }) => sizeOf(size ?? 0))
  if (shape.length > MAX_DIMENSIONS)
    throw unreadable(`it has ${shape.length} dimensions, the most is ${MAX_DIMENSIONS}`)
  if (shape.some((size) => size < 0)) {
    throw unreadable(`Shape [${shape.map((size) => (size < 0 ? '?' : size)).join(',')}] is not fully defined`)
  }
  return shape
}

function sizeOf(size: LongLike): number {
  const number = typeof size === 'object' ? size.toNumber() : Number(size)
  if (Number.isSafeInteger(number)) return number
  throw unreadable(`a dimension has the size ${String(size)}`)
}

function unreadable(what: string): InvalidArgumentError {
  return new InvalidArgumentError(`Cannot parse tensor from proto: ${what}`)
}

function fromContent(info: DTypeInfo, shape: Shape, count: number, content: Uint8Array): NDArray {
  if (info.Array === undefined) return stringsFromContent(shape, count, content)
  if (content.length !== count * info.size) {
    const wanted = `${info.name} of shape ${formatShape(shape)} takes ${count * info.size} bytes`
    throw unreadable(`${wanted}, tensor_content has ${content.length}`)
  }
  const data = viewOf(content, info.Array)
  if (info.kind === 'bool' && content.some((byte) => byte > 1))
    throw unreadable('a bool in tensor_content is neither 0 nor 1')
  return ndarray(info.name, shape, data as never)
}

/** The bytes as elements; a copy only where the engine takes no array that begins there. */
function viewOf(content: Uint8Array, Items: NonNullable<DTypeInfo['Array']>): NumericArray {
  const { buffer, byteOffset, length } = content
  const size = Items.BYTES_PER_ELEMENT
  if (byteOffset % size === 0) return new Items(buffer as ArrayBuffer, byteOffset, length / size)
  return new Items(new Uint8Array(content).buffer)
}

/** TensorFlow's DecodeStringList. MakeNdarray does not read these; nobody is known to write them. */
function stringsFromContent(shape: Shape, count: number, content: Uint8Array): NDArray {
  const wrong = (): InvalidArgumentError =>
    unreadable(`tensor_content is no list of the ${count} strings of shape ${formatShape(shape)}`)
  // Each takes a byte for its length.
  if (count > content.length) throw wrong()
  const reader = new ByteReader(content)
  try {
    const lengths = Array.from({ length: count }, () => reader.varint32())
    const strings = lengths.map((length) => reader.view(length))
    if (reader.done) return ndarray('string', shape, strings)
  } catch {
    // A length that runs over the end.
  }
  throw wrong()
}

function fromField(info: DTypeInfo, shape: Shape, count: number, proto: ITensorProto): NDArray {
  const { field } = formOf({ dtype: info.name } as NDArray)
  const values = proto[field] ?? []
  checkCount(info, shape, { field, count, given: values.length })
  if (values.length === 0 && count > 0) checkOtherFields(info, field, proto)
  if (info.Array === undefined) {
    const strings = allocate(info, shape, count, () => new Array<Uint8Array>(count)) as Uint8Array[]
    const given = values as readonly Uint8Array[]
    for (let i = 0; i < count; i++) strings[i] = given[i] ?? given[given.length - 1] ?? EMPTY_BYTES
    return ndarray('string', shape, strings)
  }
  const { Array: Items } = info
  const data = allocate(info, shape, count, () => new Items(count * info.lanes)) as NumericArray
  fillFromField(data, values, { info, field, fail: unreadable })
  return ndarray(info.name, shape, data as never)
}

/** As many as fit, and whole ones. */
function checkCount(
  info: DTypeInfo,
  shape: Shape,
  { field, count, given }: { readonly field: ValueField; readonly count: number; readonly given: number },
): void {
  if (given % info.lanes !== 0) throw unreadable(`${fieldName(field)} has ${given} items, which are no pairs`)
  if (given / info.lanes <= count) return
  throw unreadable(`${fieldName(field)} has ${given / info.lanes} elements, shape ${formatShape(shape)} takes ${count}`)
}

/** Elements that TensorFlow would not see. */
function checkOtherFields(info: DTypeInfo, field: ValueField, proto: ITensorProto): void {
  const other = VALUE_FIELDS.find((one) => one !== field && (proto[one]?.length ?? 0) > 0)
  if (other === undefined) return
  throw unreadable(`its elements are in ${fieldName(other)}, and those of ${info.name} belong into ${fieldName(field)}`)
}

/** An array that a shape asks for, within bounds. */
function allocate<R>(info: DTypeInfo, shape: Shape, count: number, make: () => R): R {
  // A string takes a reference of 8 bytes.
  const bytes = count * (info.size || 8)
  const fail = (cause?: unknown): ResourceExhaustedError => {
    const what = `${info.name} of shape ${formatShape(shape)} takes ${bytes} bytes`
    return new ResourceExhaustedError(`Cannot parse tensor from proto: ${what}`, { cause })
  }
  if (bytes > MAX_REPEATED_BYTES) throw fail()
  try {
    return make()
  } catch (cause) {
    throw fail(cause)
  }
}

/** Whether there are two elements or more, and all of the same bits. */
function isSplat(value: NDArray, info: DTypeInfo): boolean {
  if (info.Array === undefined) return isSplatOfStrings(value.data as readonly Uint8Array[])
  const bytes = bytesOf(value)
  if (bytes.length <= info.size) return false
  // Equal to itself one element further.
  for (let i = info.size; i < bytes.length; i++) if (bytes[i] !== bytes[i - info.size]) return false
  return true
}

function isSplatOfStrings(strings: readonly Uint8Array[]): boolean {
  const [first] = strings
  if (first === undefined || strings.length === 1) return false
  return strings.every((bytes) => bytes.length === first.length && bytes.every((byte, i) => byte === first[i]))
}

const NAN32 = 0x7fc00000
const NAN64 = 0x7ff8000000000000n

/**
 * Whether one of the first `items` numbers is a NaN of other bits than JavaScript's own. Such bits do not survive being
 * numbers: these values are written as bytes.
 */
function hasOddNan({ data }: NDArray, items: number): boolean {
  if (!ArrayBuffer.isView(data) || !Object.prototype.toString.call(data).includes('Float')) return false
  const floats = data as Float32Array | Float64Array
  const bits = new DataView(floats.buffer, floats.byteOffset)
  for (let i = 0; i < items; i++) {
    if (!Number.isNaN(floats[i])) continue
    if (
      floats.BYTES_PER_ELEMENT === 4 ? bits.getUint32(4 * i, true) !== NAN32 : bits.getBigUint64(8 * i, true) !== NAN64
    ) {
      return true
    }
  }
  return false
}
