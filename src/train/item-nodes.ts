/**
 * What a Saver's nodes do with one variable: read it to save it, and put into it what was restored.
 *
 * A reference variable is handed to SaveV2 itself, a resource variable by the node that reads it; a part of a partitioned
 * variable by what it reads as, which for a resource are nodes of the Saver's own.
 *
 * TensorFlow: python/training/saving/saveable_object_util.py, ReferenceVariableSaveable and ResourceVariableSaveable.
 */
import { graphInternals, type Operation, type Tensor } from '../graph/graph'
import type { IAttrValue } from '../proto/messages'
import { dtypeInfo } from '../tensor/dtype'
import { ndarray, type NDArray, type Shape } from '../tensor/ndarray'
import { ValueError } from '../util/errors'
import { mergeDevices } from './devices'
import { AWAITED, colocationText, outputOf, type ScopedNodes } from './scoped-nodes'
import type { ShapeAndSlice } from './slice-spec'

/** A value that is saved, and its node in the graph. */
export interface SaverNodeItem {
  /** The name in the checkpoint; of a part, that of the whole. */
  readonly key: string
  /** VariableV2, VarHandleOp, or one of their kin. */
  readonly op: Operation
  /** What reads the variable: "w/read:0", "w/Read/ReadVariableOp:0". Default: found among the consumers of `op`. */
  readonly snapshot?: Tensor | undefined
  /** That of the variable itself. */
  readonly shape: Shape
  /** Where the variable is saved as a part of something larger. */
  readonly part?: ShapeAndSlice | undefined
}

/** A value that was read, on its way into a variable. */
export interface Restored {
  readonly tensor: Tensor
  /** As far as the graph knows. */
  readonly shape: Shape | undefined
}

/** What a Saver asks of one item. */
export interface ItemNodes {
  readonly item: SaverNodeItem
  /** DataType in types.proto. */
  readonly dtype: number
  /** The tensor to save, read on `device` where that takes nodes. */
  read(device: string): Tensor
  /** The op that assigns; `device` is that of the scope around it. */
  assign(restored: Restored, options: { readonly reshape: boolean; readonly device: string }): Operation
}

/** Types of nodes that are variables. saveable_object_util.py: _REF_VARIABLE_OPS. */
const REFERENCES = new Set(['Variable', 'VariableV2', 'AutoReloadVariable'])
const INT32_MAX = 2 ** 31 - 1

/** Whether a node is a variable, of either kind. */
export function isVariableOp(type: string): boolean {
  return REFERENCES.has(type) || type === 'VarHandleOp'
}

/** @throws {ValueError} for a node that is no variable */
export function nodesOfItem(nodes: ScopedNodes, item: SaverNodeItem): ItemNodes {
  const { op } = item
  const dtype = graphInternals.heldAttr(op, 'dtype')?.type
  if (!isVariableOp(op.type) || dtype === undefined || dtype === null) {
    throw new ValueError(`Cannot save ${item.key}: the node ${op.name} is no variable, but of type ${op.type}`)
  }
  const ofKind = REFERENCES.has(op.type) ? referenceNodes : resourceNodes
  return { item, dtype, ...ofKind(nodes, item, dtype) }
}

type Kind = Pick<ItemNodes, 'read' | 'assign'>

function referenceNodes(nodes: ScopedNodes, item: SaverNodeItem, dtype: number): Kind {
  const { op, part, shape } = item
  return {
    read: () => (part === undefined ? outputOf(op) : (snapshotOf(item) ?? outputOf(op))),
    assign(restored, { reshape, device }) {
      const value = reshape ? addReshape(nodes, restored, { shape, dtype, device }) : restored
      return nodes.addAlike(nodes.take('Assign'), 'Assign', {
        likeness: `${dtype} ${reshape} ${shape.join()}`,
        inputOps: [op, value.tensor.op],
        inputIndexes: [0, value.tensor.valueIndex],
        // Beside the variable, whatever device scope is around.
        device: op.device,
        attr: { T: { type: dtype }, use_locking: { b: true }, validate_shape: { b: !reshape }, ...AWAITED },
        own: { _class: colocationText(op) },
        shapes: [shape],
      })
    },
  }
}

function resourceNodes(nodes: ScopedNodes, item: SaverNodeItem, dtype: number): Kind {
  const { op, part, shape } = item
  const read = (device: string): Tensor => {
    const snapshot = part === undefined ? snapshotOf(item) : undefined
    return snapshot ?? addRead(nodes, item, { dtype, device: mergeDevices(device, op.device) })
  }
  return {
    read,
    assign(restored, { reshape, device }) {
      // TensorFlow asks the tensor that is saved for its shape, and that reads a part once more.
      if (reshape && part !== undefined) read(device)
      const value = reshape ? addReshape(nodes, restored, { shape, dtype, device }) : restored
      const place = mergeDevices(device, op.device)
      const moved = nodes.identity(nodes.take('Identity'), value.tensor, { device: place, dtype, shape: value.shape })
      return nodes.addAlike(nodes.take('AssignVariableOp'), 'AssignVariableOp', {
        likeness: String(dtype),
        inputOps: [op, moved.op],
        device: place,
        attr: { dtype: { type: dtype }, validate_shape: { b: false }, ...AWAITED },
        own: {},
        shapes: [],
      })
    },
  }
}

/** Without a copy where it can be had without, and on a CPU, since others may have no room for it. */
function addRead(
  nodes: ScopedNodes,
  { op, shape }: SaverNodeItem,
  { dtype, device }: { dtype: number; device: string },
): Tensor {
  const handle = outputOf(op)
  const scope = nodes.take('Read')
  nodes.add(nodes.takeFull(`${scope}/DisableCopyOnRead`), 'DisableCopyOnRead', { inputs: [handle], device })
  const read = nodes.add(nodes.takeFull(`${scope}/ReadVariableOp`), 'ReadVariableOp', {
    inputs: [handle],
    device,
    attr: { dtype: { type: dtype } },
    shapes: [shape],
  })
  const there = nodes.identity(nodes.take('Identity'), outputOf(read), { device, dtype, shape })
  const cpu = mergeDevices(device, '/device:CPU:0')
  return nodes.identity(nodes.take('Identity'), there, { device: cpu, dtype, shape })
}

function addReshape(
  nodes: ScopedNodes,
  { tensor }: Restored,
  { shape, dtype, device }: { shape: Shape; dtype: number; device: string },
): Restored {
  const name = nodes.take('Reshape')
  const to = sizesOf(shape)
  const sizes = nodes.constant(`${name}/shape`, to, device)
  const attr: Record<string, IAttrValue> = { T: { type: dtype }, Tshape: { type: dtypeInfo(to.dtype).number } }
  const reshaped = nodes.add(name, 'Reshape', { inputs: [tensor, sizes], device, attr, shapes: [shape] })
  return { tensor: outputOf(reshaped), shape }
}

/** int32, or int64 where a size needs it. TensorFlow: constant_op.py, _tensor_shape_tensor_conversion_function. */
function sizesOf(shape: Shape): NDArray<'int32' | 'int64'> {
  if (shape.some((size) => size > INT32_MAX)) {
    return ndarray('int64', [shape.length], BigInt64Array.from(shape, BigInt))
  }
  return ndarray('int32', [shape.length], Int32Array.from(shape))
}

/** What reads the variable: a node that was named, else the first that does. */
function snapshotOf({ op, snapshot }: SaverNodeItem): Tensor | undefined {
  if (snapshot !== undefined) return snapshot
  const reader = op.type === 'VarHandleOp' ? 'ReadVariableOp' : 'Identity'
  const found = outputOf(op)
    .consumers()
    .find((one) => one.type === reader)
  return found === undefined ? undefined : outputOf(found)
}
