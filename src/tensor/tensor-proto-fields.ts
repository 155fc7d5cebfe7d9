/**
 * Where a TensorProto holds the elements of a dtype when they are no raw bytes: the column of the dtype table that only
 * graphs need.
 *
 *     field    holds                                            of
 *     half     the 16 bits, as an integer                       half, bfloat16
 *     float8   the bytes, one after another                     float8_*, float4_e2m1fn
 *     int      the value                                        integers of at most 32 bits but uint32, quantized ones
 *     scomplex, dcomplex                                        re, im, re, im, …
 *     float, double, int64, uint32, uint64, bool, string        the value
 *
 * TensorFlow: core/framework/tensor.proto, core/framework/tensor.cc (ProtoHelper),
 * python/framework/tensor_util.py (_NP_TO_APPEND_FN, _TENSOR_CONTENT_TYPES).
 */
import type { ITensorProto } from '../proto/messages'
import type { DType } from './dtype'

/** A field of TensorProto that holds elements one by one. */
export type ValueField = Exclude<
  keyof ITensorProto,
  'dtype' | 'tensorShape' | 'versionNumber' | 'tensorContent' | 'resourceHandleVal' | 'variantVal' | '$unknowns'
>

/** How TensorFlow's make_tensor_proto writes two or more elements of a dtype. */
interface TensorForm {
  /** What one element goes into. */
  readonly field: ValueField
  /** Whether two or more are raw bytes. */
  readonly content: boolean
}

function form(field: ValueField, content = true): TensorForm {
  return { field, content }
}

// TensorFlow leaves int4 and its kin out of the raw ones since their bits are the machine's affair; uint16, bool and complex
// seem to be left out by oversight.
const FORMS: Readonly<Record<DType, TensorForm | undefined>> = {
  float32: form('floatVal'),
  float64: form('doubleVal'),
  float16: form('halfVal'),
  bfloat16: form('halfVal'),
  float8_e5m2: form('float8Val'),
  float8_e4m3fn: form('float8Val'),
  float8_e4m3fnuz: form('float8Val'),
  float8_e4m3b11fnuz: form('float8Val'),
  float8_e5m2fnuz: form('float8Val'),
  float4_e2m1fn: form('float8Val'),
  int8: form('intVal'),
  int16: form('intVal'),
  int32: form('intVal'),
  int64: form('int64Val'),
  uint8: form('intVal'),
  uint16: form('intVal', false),
  uint32: form('uint32Val'),
  uint64: form('uint64Val'),
  int2: form('intVal', false),
  uint2: form('intVal', false),
  int4: form('intVal', false),
  uint4: form('intVal', false),
  qint8: form('intVal'),
  quint8: form('intVal'),
  qint16: form('intVal'),
  quint16: form('intVal'),
  qint32: form('intVal'),
  bool: form('boolVal', false),
  complex64: form('scomplexVal', false),
  complex128: form('dcomplexVal', false),
  string: form('stringVal', false),
  // Its field holds messages, which are not read here.
  variant: undefined,
}

/** The form of a dtype; undefined for variant. */
export function tensorForm(dtype: DType): TensorForm | undefined {
  return FORMS[dtype]
}

/** Every field that holds elements. */
export const VALUE_FIELDS: readonly ValueField[] = [
  ...new Set(Object.values(FORMS).flatMap((one) => (one === undefined ? [] : [one.field]))),
]

/** "float_val", as the schema and TensorFlow's users call a field. */
export function fieldName(field: ValueField): string {
  return field.replace(/Val$/, '_val')
}
