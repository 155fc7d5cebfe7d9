/**
 * Shapes of outputs, as far as a node says them itself: there is no shape inference op by op.
 *
 * TensorFlow: core/framework/tensor_shape.proto, python/framework/tensor_shape.py (as_proto), and the shape functions of
 * core/ops/array_ops.cc, state_ops.cc and resource_variable_ops.cc.
 */
import Long from 'long'
import {
  type AttrValue,
  type ITensorShapeProto,
  type LongLike,
  tensorflow,
  type TensorShapeProto,
} from '../proto/messages'
import type { Operation } from './operation'
import type { PartialShape, Tensor, TensorSource } from './tensor'

/** Where Python puts the shapes of a node's outputs. */
export const OUTPUT_SHAPES = '_output_shapes'

const SCALAR: PartialShape = Object.freeze([])

/** How many nodes in a row may pass a shape on: a read of a variable is one or two. */
const MAX_STEPS = 64

/** What a message says; a size below zero is an unknown dimension. */
export function shapeFromProto(proto: ITensorShapeProto): PartialShape {
  if (proto.unknownRank === true) return undefined
  return Object.freeze((proto.dim ?? []).map(({ size }) => sizeOf(size ?? 0)))
}

function sizeOf(size: LongLike): number | null {
  const value = Number(typeof size === 'object' ? size.toNumber() : size)
  return value < 0 ? null : value
}

/** The message that says a shape, as Python's TensorShape.as_proto() makes it. */
export function shapeToProto(shape: PartialShape): TensorShapeProto {
  const proto = new tensorflow.TensorShapeProto({})
  if (shape === undefined) proto.unknownRank = true
  else {
    proto.dim = shape.map((size) => {
      const dim = new tensorflow.TensorShapeProto.Dim({})
      dim.size = Long.fromNumber(size ?? -1)
      return dim
    })
  }
  return proto
}

/** What Python makes of the shape that a message says: names of dimensions are lost, for one. */
export function writtenShape(said: ITensorShapeProto): ITensorShapeProto {
  return isPlain(said) ? said : shapeToProto(shapeFromProto(said))
}

function isPlain(shape: ITensorShapeProto): boolean {
  if (shape.$unknowns !== undefined) return false
  if (shape.unknownRank === true) return (shape.dim ?? []).length === 0
  return (shape.dim ?? []).every(({ name, size, $unknowns }) => {
    const isSized = size !== undefined && size !== null && Number(size) >= -1
    return isSized && (name ?? '') === '' && $unknowns === undefined
  })
}

/** The attribute that says the shapes of outputs. */
export function shapesAttr(shapes: readonly ITensorShapeProto[]): AttrValue {
  return new tensorflow.AttrValue({ list: new tensorflow.AttrValue.ListValue({ shape: [...shapes] }) })
}

/** What the op itself says of one of its outputs. */
export function inferOutputShape(op: Operation, valueIndex: number): PartialShape {
  if (op.type === 'Identity') return sourceOf(op)?.shape
  if (op.type === 'ReadVariableOp') return handleShape(op)
  return valueIndex === 0 ? SAID_BY.get(op.type)?.(op) : undefined
}

/** Where the value of a chain of Identity ops comes from. */
function sourceOf(op: Operation): Tensor | undefined {
  let [input] = op.inputs
  for (let step = 0; input?.op.type === 'Identity'; step++) {
    if (step === MAX_STEPS) return undefined
    ;[input] = input.op.inputs
  }
  return input
}

/** The shape of what a variable's handle stands for. */
function handleShape(read: Operation): PartialShape {
  const [handle] = read.inputs
  const variable = handle?.op.type === 'Identity' ? sourceOf(handle.op)?.op : handle?.op
  return variable?.type === 'VarHandleOp' ? attrShape(variable) : undefined
}

/** The ops that say their shape in an attribute. */
const SAID_BY: ReadonlyMap<string, (op: Operation) => PartialShape> = new Map([
  ['Const', (op) => tensorShape(op)],
  ['Placeholder', (op) => (isLegacyPlaceholder(op) ? undefined : attrShape(op))],
  ['PlaceholderWithDefault', attrShape],
  ['VariableV2', attrShape],
  // An empty shape means an unknown one here, "for legacy reasons": state_ops.cc.
  ['Variable', (op) => (attrShape(op)?.length === 0 ? undefined : attrShape(op))],
  ['VarHandleOp', () => SCALAR],
])

function heldAttr(op: Operation, name: string): AttrValue | undefined {
  return (op as TensorSource).heldAttr(name)
}

function attrShape(op: Operation): PartialShape {
  const shape = heldAttr(op, 'shape')?.shape
  return shape === undefined || shape === null ? undefined : shapeFromProto(shape)
}

function tensorShape(op: Operation): PartialShape {
  const tensor = heldAttr(op, 'value')?.tensor
  return tensor === undefined || tensor === null ? undefined : shapeFromProto(tensor.tensorShape ?? {})
}

/** Before version 24 a scalar shape stood for "anything": array_ops.cc. */
function isLegacyPlaceholder(op: Operation): boolean {
  return op.graph.versions.producer < 24 && attrShape(op)?.length === 0
}
