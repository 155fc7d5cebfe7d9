/**
 * Whether two attributes are the same: TensorFlow asks it where defaults are stripped.
 *
 * Tensors are compared by their elements, types by their numbers, all others by their bytes: so 0 is not -0, and NaN is NaN.
 * TensorFlow: core/framework/attr_value_util.cc (AreAttrValuesEqual).
 */
import { encodeMessage, type IAttrValue, type INameAttrList, type ITensorProto, tensorflow } from '../proto/messages'
import { bytesOf, type NDArray } from '../tensor/ndarray'
import { tensorFromProto } from '../tensor/tensor-proto'
import { compareBytes } from '../util/bytes'
import { isOpError } from '../util/errors'

/** As AreAttrValuesEqual() has it. */
export function attrValuesEqual(a: IAttrValue, b: IAttrValue): boolean {
  const type = a.type ?? 0
  if (type !== (b.type ?? 0)) return false
  if (type !== 0) return true
  if (a.tensor || b.tensor) return Boolean(a.tensor && b.tensor && tensorsEqual(a.tensor, b.tensor))
  if (a.func || b.func) return Boolean(a.func && b.func && functionsEqual(a.func, b.func))
  return sameBytes(a, b)
}

/** Whether two attributes are written as the same bytes. */
export function sameBytes(a: IAttrValue, b: IAttrValue): boolean {
  return compareBytes(...bothBytes(tensorflow.AttrValue, a, b)) === 0
}

function bothBytes(codec: Parameters<typeof encodeMessage>[0], a: object, b: object): [Uint8Array, Uint8Array] {
  return [encodeMessage(codec, a, 'AttrValue'), encodeMessage(codec, b, 'AttrValue')]
}

/** What holds no plain value, and what is no value, is compared by its bytes. */
function tensorsEqual(a: ITensorProto, b: ITensorProto): boolean {
  const [x, y] = [valueOf(a), valueOf(b)]
  if (x === undefined || y === undefined) return compareBytes(...bothBytes(tensorflow.TensorProto, a, b)) === 0
  const sameForm =
    x.dtype === y.dtype && x.shape.length === y.shape.length && x.shape.every((size, i) => size === y.shape[i])
  return sameForm && sameElements(x, y)
}

function valueOf(proto: ITensorProto): NDArray | undefined {
  try {
    return tensorFromProto(proto)
  } catch (error) {
    if (error instanceof TypeError || isOpError(error, 'INVALID_ARGUMENT', 'RESOURCE_EXHAUSTED')) return undefined
    throw error
  }
}

function sameElements(x: NDArray, y: NDArray): boolean {
  if (x.dtype !== 'string') return compareBytes(bytesOf(x), bytesOf(y)) === 0
  const others = y.data as readonly Uint8Array[]
  return (x.data as readonly Uint8Array[]).every((text, i) => compareBytes(text, others[i] as Uint8Array) === 0)
}

function functionsEqual(a: INameAttrList, b: INameAttrList): boolean {
  const [x, y] = [a.attr ?? {}, b.attr ?? {}]
  const names = Object.keys(x)
  if ((a.name ?? '') !== (b.name ?? '') || names.length !== Object.keys(y).length) return false
  return names.every((name) => {
    const [own, other] = [x[name], y[name]]
    return own !== undefined && other !== undefined && Object.hasOwn(y, name) && attrValuesEqual(own, other)
  })
}
