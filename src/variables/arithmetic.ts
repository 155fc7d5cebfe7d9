/**
 * Sums and differences of values, rounded and wrapped around as TensorFlow's AssignAdd and AssignSub do it.
 *
 * TensorFlow: core/ops/state_ops.cc (T: numbertype), core/kernels/dense_update_ops.cc (the kernels that there are),
 * core/kernels/resource_variable_ops.cc. Its executor flushes denormal floats to zero where the processor can; here
 * they stay.
 */
import { type DType, dtypeInfo } from '../tensor/dtype'
import type { NDArray } from '../tensor/ndarray'
import { InvalidArgumentError } from '../util/errors'
import { bfloat16ToFloat, floatToBfloat16, floatToHalf, halfToFloat } from '../util/float16'

// numbertype, in the order of TensorFlow's message.
const NUMBER_TYPES: readonly DType[] = [
  ...(['float32', 'float64', 'int32', 'uint8', 'int16', 'int8', 'complex64', 'int64', 'qint8', 'quint8'] as const),
  ...(['qint32', 'bfloat16', 'qint16', 'quint16', 'uint16', 'complex128', 'float16', 'uint32', 'uint64'] as const),
]

/**
 * @param opType "AssignAdd", "AssignSub", "AssignAddVariableOp" or "AssignSubVariableOp": the latter two take any dtype,
 *   but have no kernel for it.
 * @throws {TypeError | InvalidArgumentError} where TensorFlow cannot add values of the dtype.
 */
export function checkArithmetic(dtype: DType, opType: string): void {
  const isResource = opType.endsWith('VariableOp')
  if (!isResource && !NUMBER_TYPES.includes(dtype)) {
    throw new TypeError(
      `Value passed to parameter 'ref' has DataType ${dtype} not in list of allowed values: ${NUMBER_TYPES.join(', ')}`,
    )
  }
  if (!NUMBER_TYPES.includes(dtype) || dtype.startsWith('q')) {
    const attribute = `${isResource ? 'dtype' : 'T'}=${dtypeInfo(dtype).enumName}`
    throw new InvalidArgumentError(
      `No OpKernel was registered to support Op '${opType}' with these attrs: [${attribute}]`,
    )
  }
}

type Numbers = { readonly length: number; [index: number]: number }
type Bigints = { readonly length: number; [index: number]: bigint }

/** Writes value + sign * delta to `target`, all of one dtype that checkArithmetic() takes, and of one shape. */
export function addInto(target: NDArray, value: NDArray, delta: NDArray, sign: 1 | -1): void {
  const info = dtypeInfo(target.dtype)
  if (info.rawFloat) addRawFloats(target, value, delta, sign)
  else if (info.kind === 'integer' && info.size === 8) addBigints(target, value, delta, sign)
  else addNumbers(target, value, delta, sign)
}

/** The sum of two float32 in a double rounds to that in a float32, and typed arrays wrap integers around. */
function addNumbers(target: NDArray, value: NDArray, delta: NDArray, sign: 1 | -1): void {
  const [sums, terms, deltas] = [target.data as Numbers, value.data as Numbers, delta.data as Numbers]
  for (let i = 0; i < sums.length; i++) sums[i] = (terms[i] ?? 0) + sign * (deltas[i] ?? 0)
}

function addBigints(target: NDArray, value: NDArray, delta: NDArray, sign: 1 | -1): void {
  const [sums, terms, deltas] = [target.data as Bigints, value.data as Bigints, delta.data as Bigints]
  const factor = BigInt(sign)
  for (let i = 0; i < sums.length; i++) sums[i] = (terms[i] ?? 0n) + factor * (deltas[i] ?? 0n)
}

/**
 * float16 and bfloat16, which TensorFlow adds in float32 and then rounds. Their sum in a double rounds to the same: the 24
 * bits of a float32 are twice the 11 of a float16, and 2.
 */
function addRawFloats(target: NDArray, value: NDArray, delta: NDArray, sign: 1 | -1): void {
  const [sums, terms, deltas] = [target.data as Numbers, value.data as Numbers, delta.data as Numbers]
  const [decode, encode] = target.dtype === 'float16' ? [halfToFloat, floatToHalf] : [bfloat16ToFloat, floatToBfloat16]
  for (let i = 0; i < sums.length; i++) sums[i] = encode(decode(terms[i] ?? 0) + sign * decode(deltas[i] ?? 0))
}
