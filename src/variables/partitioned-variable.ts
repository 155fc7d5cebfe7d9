/**
 * A variable that is cut into parts along one axis.
 */
import type { DType } from '../tensor/dtype'
import type { NDArray, Shape } from '../tensor/ndarray'
import type { Variable } from './variable'

/** Iterates its parts, each a variable with `saveSliceInfo`; in a checkpoint they are one tensor under `name`. */
export interface PartitionedVariable<D extends DType = DType> extends Iterable<Variable<D>> {
  /** The name of the whole, which is its key in a checkpoint. */
  readonly name: string
  /** The dtype of every part. */
  readonly dtype: D
  /** The shape of the whole. */
  readonly shape: Shape
  /** The parts put together, in an array of the caller's own. @throws {FailedPreconditionError} where one is uninitialized. */
  read(): NDArray<D>
}
