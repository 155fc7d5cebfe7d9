/**
 * Which part of a tensor an input of SaveV2 is, and an output of RestoreV2.
 *
 *     <spec>  = "" | <size> ( " " <size> )* " " <range> ( ":" <range> )*
 *     <range> = <start> "," <length> | "-"
 *
 * The sizes are those of the whole; "" is the whole. A Saver writes start and length even where they are all of a
 * dimension. TensorFlow: core/util/saved_tensor_slice_util.cc, ParseShapeAndSlice; python/ops/variables.py,
 * SaveSliceInfo.spec.
 */
import type { Shape, TensorSlice } from '../tensor/ndarray'
import { InvalidArgumentError } from '../util/errors'

/** A part: the sizes of the whole, and where in it the part lies. */
export interface ShapeAndSlice {
  readonly fullShape: Shape
  readonly slice: TensorSlice
}

/** "10 2 0,4:0,2" */
export function formatSliceSpec({ fullShape, slice }: ShapeAndSlice): string {
  const ranges = fullShape.map((size, at) => (slice[at] ?? [0, size]).join(','))
  return `${fullShape.join(' ')} ${ranges.join(':')}`
}

/** undefined for "", the whole. @throws {InvalidArgumentError} for what is no spec. */
export function parseSliceSpec(spec: string): ShapeAndSlice | undefined {
  if (spec === '') return undefined
  const words = spec.split(' ')
  const ranges = words.pop()?.split(':') ?? []
  const fullShape = words.map((word) => sizeOf(word, spec))
  if (ranges.length !== fullShape.length) throw noSpec(spec)
  return { fullShape, slice: ranges.map((range, at) => rangeOf(range, fullShape[at] ?? 0, spec)) }
}

function rangeOf(range: string, size: number, spec: string): readonly [start: number, length: number] | undefined {
  if (range === '-') return undefined
  const [start = '', length = '', ...more] = range.split(',')
  if (more.length > 0) throw noSpec(spec)
  const pair = [sizeOf(start, spec), sizeOf(length, spec)] as const
  if (pair[0] + pair[1] > size) throw noSpec(spec)
  return pair
}

function sizeOf(text: string, spec: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw noSpec(spec)
}

function noSpec(spec: string): InvalidArgumentError {
  return new InvalidArgumentError(`Expected a shape and a slice of it, such as "10 2 0,4:0,2", got '${spec}'`)
}

/** The shape of the part itself. */
export function shapeOfPart({ fullShape, slice }: ShapeAndSlice): Shape {
  return fullShape.map((size, at) => slice[at]?.[1] ?? size)
}
