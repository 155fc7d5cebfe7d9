/**
 * The value of a Const.
 *
 * TensorFlow: core/kernels/constant_op.cc.
 */
import type { AttrValue } from '../proto/messages'
import type { NDArray } from '../tensor/ndarray'
import { tensorFromProto } from '../tensor/tensor-proto'
import { InvalidArgumentError } from '../util/errors'
import { dataTypeString } from './data-types'

/** The attributes of a Const. */
export interface ConstantAttrs {
  readonly dtype: AttrValue | undefined
  readonly value: AttrValue | undefined
}

/**
 * The value of a Const; where it lies aligned, a view of the message's bytes.
 *
 * @param name the node's, for errors
 * @throws {InvalidArgumentError} "Cannot parse tensor from proto: …"; "Type mismatch between value (float) and dtype (double)"
 */
export function constantValue(name: string, { dtype, value }: ConstantAttrs): NDArray {
  const tensor = value?.tensor
  if (!tensor) throw new InvalidArgumentError(`Cannot parse tensor from proto: node ${name} has none`)
  const type = dtype?.type ?? tensor.dtype
  if (type === tensor.dtype) return tensorFromProto(tensor, name)
  const [is, declared] = [dataTypeString(tensor.dtype), dataTypeString(type)]
  throw new InvalidArgumentError(
    `Type mismatch between value (${is}) and dtype (${declared}): the value of node ${name}`,
  )
}
