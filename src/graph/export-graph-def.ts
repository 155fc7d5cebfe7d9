/**
 * A graph's nodes as the messages that TensorFlow writes.
 *
 *     input: for each input "x", "x:1", …; then "^c" for each control input, by the bytes of their names
 *
 * TensorFlow: core/graph/graph.cc (ToGraphDefSubRange, AddInput), python/framework/ops.py (Graph._as_graph_def).
 */
import { type AttrValue, type GraphDef, type ITensorShapeProto, type NodeDef, tensorflow } from '../proto/messages'
import { compareKeys } from '../util/bytes'
import { copyAttrs } from './attr-copy'
import type { GraphState } from './graph-state'
import { type GraphOperation, type NodeParts, partsOf } from './operation'
import { shapeToProto } from './output-shapes'

/** Where Python puts the shapes of a node's outputs. */
export const OUTPUT_SHAPES = '_output_shapes'

/** All nodes, the versions, and the functions if there are any. They are the caller's, but for the bytes and numbers of tensors. */
export function exportGraphDef(state: GraphState, addShapes: boolean): GraphDef {
  const graphDef = new tensorflow.GraphDef({})
  graphDef.node = state.operations.map((op) => (addShapes ? nodeDefWithShapes(op) : nodeDefOf(op)))
  graphDef.versions = new tensorflow.VersionDef({
    ...state.versions,
    badConsumers: [...state.versions.badConsumers],
  })
  const library = state.library.toProto()
  if (library !== undefined) graphDef.library = library
  return graphDef
}

/** One node as it is exported. */
export function nodeDefOf(op: GraphOperation): NodeDef {
  const parts = partsOf(op)
  const node = new tensorflow.NodeDef({})
  node.name = op.name
  node.op = op.type
  node.input = inputNames(parts)
  node.device = parts.device
  node.attr = copyAttrs(parts.attr)
  if (parts.experimentalType) node.experimentalType = parts.experimentalType as NonNullable<NodeDef['experimentalType']>
  if (parts.experimentalDebugInfo) {
    node.experimentalDebugInfo = parts.experimentalDebugInfo as NonNullable<NodeDef['experimentalDebugInfo']>
  }
  if (parts.unknowns) node.$unknowns = parts.unknowns
  return node
}

function inputNames({ inputOps, inputIndexes, controls }: NodeParts): string[] {
  const names = inputOps.map((op, at) => (inputIndexes[at] === 0 ? op.name : `${op.name}:${inputIndexes[at]}`))
  if (controls.length === 0) return names
  const controlNames = controls.map((op) => op.name).sort(compareKeys)
  return names.concat(controlNames.map((name) => `^${name}`))
}

function nodeDefWithShapes(op: GraphOperation): NodeDef {
  const node = nodeDefOf(op)
  const shapes = shapesOf(op)
  if (shapes.length > 0) node.attr[OUTPUT_SHAPES] = shapesAttr(shapes)
  return node
}

function shapesOf(op: GraphOperation): ITensorShapeProto[] {
  const { outputTypes, outputShapes } = partsOf(op)
  return outputTypes.map((_, at) => {
    const said = outputShapes?.[at]
    return said !== undefined && isPlain(said) ? said : shapeToProto(op.outputShape(at))
  })
}

/** Whether a message is what Python makes of the shape that it says: names of dimensions are lost, for one. */
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
