/**
 * The seam between variables and checkpoints: what can be saved and restored.
 */
import type { DType } from '../tensor/dtype'
import type { NDArray, Shape, TensorSlice } from '../tensor/ndarray'

/** Anything of one dtype and shape that can be read and assigned. Implement it to save objects of your own. */
export interface Saveable<D extends DType = DType> {
  /** What `read` gives and `assign` takes; it stays as it is. */
  readonly dtype: D
  /** The size of each dimension, which stays as it is. */
  readonly shape: Shape
  /** The value now. A Saver asks when save() is called; what it gets must stay unchanged until the save is done. */
  read(): NDArray<D> | Promise<NDArray<D>>
  /** Takes a value of this dtype and shape. A promise is awaited. */
  assign(value: NDArray<D>): unknown
  /** Set where this is one part of a partitioned variable: the checkpoint key is `fullName`. */
  readonly saveSliceInfo?: SaveSliceInfo | undefined
}

/** Which part of a partitioned variable something is. */
export interface SaveSliceInfo {
  /** The name of the whole, which is its key in a checkpoint. */
  readonly fullName: string
  /** The shape of the whole. */
  readonly fullShape: Shape
  /** Where the part lies in the whole. */
  readonly slice: TensorSlice
}
