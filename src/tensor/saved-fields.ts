/**
 * The field of a TensorProto in which a checkpoint of format V1 keeps the elements of a dtype: proto/saved-tensor-slices.ts
 * has their grammar.
 *
 * uint32 and uint64 have fields that TensorFlow reads, and does not write. The dtypes without one it neither writes nor reads.
 * TensorFlow: core/util/saved_tensor_slice_util.h, SaveTypeTraits.
 */
import { type DTypeInfo } from './dtype'

/** By the dtype's number; 0 where there is none. */
// prettier-ignore
const FIELDS: readonly number[] = [
  0, 5, 6, 7, 7, 7, 7, // 1 float, double, int32, uint8, int16, int8
  8, 9, 10, 11, 7, 7, 7, // 7 string, complex64, int64, bool, qint8, quint8, qint32
  0, 0, 0, 7, 12, 13, // 14 bfloat16, qint16, quint16, uint16, complex128, half
  0, 0, 16, 17, // 20 resource, variant, uint32, uint64
]

/** The number of the field; 0 for a dtype that V1 does not have. */
export function savedField({ number }: DTypeInfo): number {
  return FIELDS[number] ?? 0
}
