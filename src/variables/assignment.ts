/**
 * What may be assigned to a variable, and TensorFlow's words where it may not.
 *
 * The texts are those at run time: python/framework/op_def_library.py and ops.py for dtypes; core/kernels/assign_op.h,
 * dense_update_ops.cc and resource_variable_ops.cc for shapes. What stands behind a colon is added.
 */
import { scalarOf } from '../tensor/convert'
import type { DType, DTypeMap } from '../tensor/dtype'
import { formatShape, type NDArray, ndarray, type Shape, shapesEqual } from '../tensor/ndarray'
import { InvalidArgumentError, ValueError } from '../util/errors'
import type { Variable } from './variable'
import { opTypeOf } from './node-names'

/** What is done with the value. */
export type Operation = 'Assign' | 'AssignAdd' | 'AssignSub'

/** A shape as Python prints it: "()", "(2,)", "(2, 3)". */
export function formatTuple(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
}

/** The dtype as Python's variable has it: that of a reference variable is "float32_ref". */
export function formatVariableDType(variable: Variable): string {
  return isResourceVariable(variable) ? variable.dtype : `${variable.dtype}_ref`
}

/** Whether the variable is what TensorFlow calls a resource variable. */
export function isResourceVariable(variable: Variable): boolean {
  return variable.op.type === opTypeOf({ useResource: true })
}

/**
 * Whether a value of this dtype and shape may be assigned to the variable.
 *
 * @param expected the shape that it has to have. Default: the variable's
 * @throws as Variable.assign().
 */
export function checkAssignable(
  variable: Variable,
  value: { readonly dtype: DType; readonly shape: Shape },
  expected = variable.shape,
): void {
  checkOperand(variable, value, 'Assign', expected)
}

/**
 * What the caller hands in, as a value of the variable's dtype and shape; not a copy.
 * @throws as Variable.assign().
 */
export function operand(variable: Variable, value: unknown, operation: Operation): NDArray {
  const { dtype, shape } = variable
  if (typeof value === 'number' || typeof value === 'bigint') {
    checkOperand(variable, { dtype, shape: [] }, operation)
    return scalarOf(dtype, value)
  }
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return ndarray(dtype, shape, value as DTypeMap[DType])
  if (typeof value === 'object' && value !== null && 'dtype' in value) {
    const given = value as NDArray
    checkOperand(variable, given, operation)
    return ndarray(given.dtype, given.shape, given.data)
  }
  throw new TypeError(`Cannot assign ${value === null ? 'null' : `a ${typeof value}`} to ${variable.name}`)
}

function checkOperand(
  variable: Variable,
  { dtype, shape }: { readonly dtype: DType; readonly shape: Shape },
  operation: Operation,
  expected = variable.shape,
): void {
  if (dtype !== variable.dtype) throw dtypeError(variable, dtype, operation)
  if (!shapesEqual(shape, expected)) throw shapeError(variable, { expected, found: shape }, operation)
}

function dtypeError(variable: Variable, found: DType, operation: Operation): Error {
  if (isResourceVariable(variable)) {
    return new ValueError(`Tensor conversion requested dtype ${variable.dtype} for Tensor with dtype ${found}`)
  }
  return new TypeError(
    `Input 'value' of '${operation}' Op has type ${found} that does not match type ${variable.dtype} of argument 'ref'.`,
  )
}

function shapeError(
  variable: Variable,
  shapes: { readonly expected: Shape; readonly found: Shape },
  operation: Operation,
): InvalidArgumentError {
  const [expected, given] = [formatShape(shapes.expected), formatShape(shapes.found)]
  const key = variable.op.name
  if (operation !== 'Assign') {
    const message = isResourceVariable(variable)
      ? `Cannot update variable with shape ${expected} using a Tensor with shape ${given}, shapes must be equal.`
      : `Parameters and update must be the same size: ${key} has the shape ${expected}, the update ${given}`
    return new InvalidArgumentError(message, { key })
  }
  const message = isResourceVariable(variable)
    ? `Trying to assign to variable with tensor with wrong shape. Expected ${expected} got ${given}`
    : `Assign requires shapes of both tensors to match. lhs shape= ${expected} rhs shape= ${given}`
  return new InvalidArgumentError(message, { key })
}
