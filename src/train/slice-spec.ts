/**
 * Which part of a tensor an input of SaveV2 is, and an output of RestoreV2.
 *
 *     <spec> = "" | <size> ( " " <size> )* " " <slice>
 *
 * The sizes are those of the whole; "" is the whole. A slice is as in tensor/tensor-slice.ts. A Saver writes start and length
 * even where they are all of a dimension.
 * TensorFlow: core/util/saved_tensor_slice_util.cc, ParseShapeAndSlice; python/ops/variables.py, SaveSliceInfo.spec.
 */
import { type Shape, type TensorSlice } from '../tensor/ndarray'
import { formatSlice, integerOf, parseSlice, shapeOfSlice } from '../tensor/tensor-slice'
import { InvalidArgumentError } from '../util/errors'

/** A part: the sizes of the whole, and where in it the part lies. */
export interface ShapeAndSlice {
  readonly fullShape: Shape
  readonly slice: TensorSlice
}

/** "10 2 0,4:0,2" */
export function formatSliceSpec({ fullShape, slice }: ShapeAndSlice): string {
  return `${fullShape.join(' ')} ${formatSlice(fullShape.map((size, at) => slice[at] ?? [0, size]))}`
}

/**
 * undefined for "", the whole.
 *
 * @throws {InvalidArgumentError} "Need least two elements in shape_and_slice specification: 3"; "Non numerical dimension in
 * shape_and_slice: a 0,2"; as parseSlice()
 * @throws {InternalError} for a slice that the shape does not have, as boxOf()
 */
export function parseSliceSpec(spec: string): ShapeAndSlice | undefined {
  if (spec === '') return undefined
  const words = spec.split(' ')
  if (words.length < 2) {
    throw new InvalidArgumentError(`Need least two elements in shape_and_slice specification: ${spec}`)
  }
  const slice = parseSlice(words.pop() ?? '')
  const fullShape = words.map((word) => sizeOf(word, spec))
  shapeOfSlice(slice, fullShape)
  return { fullShape, slice }
}

/** TensorFlow ends the process where a size is below 0. */
function sizeOf(word: string, spec: string): number {
  const size = integerOf(word)
  if (size !== undefined && size >= 0) return size
  throw new InvalidArgumentError(`Non numerical dimension in shape_and_slice: ${spec}`)
}

/** The shape of the part itself. @throws {InternalError} for a slice that the shape does not have, as boxOf() */
export function shapeOfPart({ fullShape, slice }: ShapeAndSlice): Shape {
  return shapeOfSlice(slice, fullShape)
}
