/**
 * Elements of a TensorProto's fields into arrays and out of them; tensor-proto-fields.ts says which field is whose.
 */
import type { ITensorProto, LongLike } from '../proto/messages'
import type { InvalidArgumentError } from '../util/errors'
import { type DTypeInfo, dtypeInfo, type NumericArray } from './dtype'
import { elementReader, integerRange } from './elements'
import type { NDArray } from './ndarray'
import { fieldName, type ValueField } from './tensor-proto-fields'

/** What a field may hold. */
type FieldValues = NonNullable<ITensorProto[ValueField]>

/** Bits that a field of integers holds for a dtype of floats. */
const HALF_BITS: readonly [bigint, bigint] = [0n, 0xffffn]

/** How a field is read into an array. */
interface Filling {
  readonly info: DTypeInfo
  readonly field: ValueField
  readonly fail: (what: string) => InvalidArgumentError
}

/**
 * Fills `data` with the elements of a field; the last of them stands for all that are missing. Where there is none, `data`
 * stays as it is.
 * @throws what `fail` makes, for integers beyond the dtype: TensorFlow's runtime keeps their lower bits.
 */
export function fillFromField(data: NumericArray, values: FieldValues, { info, field, fail }: Filling): void {
  if (values.length === 0) return
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) fillLongs(data, values as readonly LongLike[])
  else if (info.kind === 'bool') fill(data, values as readonly boolean[], Number)
  else if (field === 'intVal' || field === 'uint32Val' || field === 'halfVal') {
    const [least, most] = (info.bits === undefined ? HALF_BITS : integerRange(info)).map(Number) as [number, number]
    const mask = info.bits !== undefined && info.bits < 8 ? (1 << info.bits) - 1 : -1
    fill(data, values as readonly number[], (value) => {
      if (value >= least && value <= most && Number.isInteger(value)) return mask === -1 ? value : value & mask
      throw fail(`${fieldName(field)} has ${value}, which ${info.name} cannot hold`)
    })
  } else fill(data, values as readonly number[] | Uint8Array, (value) => value)
  repeatLast(data, values.length, info.lanes)
}

function fill<T>(data: NumericArray, values: ArrayLike<T>, convert: (value: T) => number): void {
  const items = data as Float64Array
  for (let i = 0; i < values.length; i++) items[i] = convert(values[i] as T)
}

/** A Long gives its two halves as they are: signed and unsigned are the same bits. */
function fillLongs(data: BigInt64Array | BigUint64Array, values: readonly LongLike[]): void {
  const words = new Int32Array(data.buffer, data.byteOffset, 2 * values.length)
  for (const [i, value] of values.entries()) {
    if (typeof value === 'object') {
      words[2 * i] = value.low
      words[2 * i + 1] = value.high
    } else data[i] = BigInt(value)
  }
}

/** The last of `given` items, or of pairs of them, into all that follow. */
function repeatLast(data: NumericArray, given: number, lanes: number): void {
  const items = data as Float64Array
  if (lanes === 1) {
    items.fill(items[given - 1] as number, given)
    return
  }
  for (let i = given; i < items.length; i++) items[i] = items[i - lanes] as number
}

/** The first `count` elements as a field holds them. */
export function valuesOf(value: NDArray, field: ValueField, count: number): FieldValues {
  const { lanes } = dtypeInfo(value.dtype)
  switch (field) {
    case 'stringVal':
      return (value.data as readonly Uint8Array[]).slice(0, count)
    case 'float8Val':
      return new Uint8Array((value.data as Uint8Array).subarray(0, count))
    case 'boolVal':
    case 'intVal':
      return Array.from({ length: count }, elementOf(value)) as number[] | boolean[]
    default:
      return Array.from((value.data as Float64Array).subarray(0, count * lanes)) as number[]
  }
}

function elementOf(value: NDArray): (_: unknown, index: number) => unknown {
  const read = elementReader(value)
  return (_, index) => read(index)
}
