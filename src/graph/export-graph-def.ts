/**
 * A graph's nodes as the messages that TensorFlow writes.
 *
 *     input: for each input "x", "x:1", …; then "^c" for each control input, by the bytes of their names
 *
 * Most exported graphs are written and not looked at: the list of nodes is made when somebody does (see graph-bytes.ts).
 *
 * TensorFlow: core/graph/graph.cc (ToGraphDefSubRange, AddInput), python/framework/ops.py (Graph._as_graph_def).
 */
import { putOffMade } from '../proto/later-fields'
import { type GraphDef, type ITensorShapeProto, type NodeDef, tensorflow } from '../proto/messages'
import { compareKeys } from '../util/bytes'
import { copyAttrs } from './attr-copy'
import { setAttr } from './attr-map'
import { GraphBytes } from './graph-bytes'
import type { GraphState } from './graph-state'
import { attrsOf, type GraphOperation, type NodeParts, partsOf } from './operation'
import { OUTPUT_SHAPES, shapesAttr, shapeToProto, writtenShape } from './output-shapes'

/** All nodes, the versions, and the functions if there are any. They are the caller's, but for the bytes and numbers of tensors. */
export function exportGraphDef(state: GraphState, addShapes: boolean): GraphDef {
  const graphDef = new tensorflow.GraphDef({})
  const operations = state.operations.slice()
  const nodeOf = addShapes ? heldNodeWithShapes : heldNode
  let bytes: GraphBytes | undefined
  putOffMade(graphDef, 'node', {
    make: () => operations.map((op) => (addShapes ? nodeDefWithShapes(op) : nodeDefOf(op))),
    // Asked for by both walks.
    bytes: (depth) =>
      (bytes = bytes?.depth === depth ? bytes : new GraphBytes(operations, { addShapes, depth, nodeOf })),
  })
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
  const node = heldNode(op)
  node.attr = copyAttrs(node.attr)
  return node
}

/** The node, which shares its attributes with the graph: to be written, and not to be handed out. */
function heldNode(op: GraphOperation): NodeDef {
  const parts = partsOf(op)
  const node = new tensorflow.NodeDef({})
  node.name = op.name
  node.op = op.type
  node.input = inputNames(parts)
  node.device = parts.device
  node.attr = attrsOf(op)
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
  const node = heldNodeWithShapes(op)
  node.attr = copyAttrs(node.attr)
  return node
}

function heldNodeWithShapes(op: GraphOperation): NodeDef {
  const node = heldNode(op)
  const shapes = shapesOf(op)
  if (shapes.length > 0) {
    node.attr = { ...node.attr }
    setAttr(node.attr, OUTPUT_SHAPES, shapesAttr(shapes))
  }
  return node
}

function shapesOf(op: GraphOperation): ITensorShapeProto[] {
  const { outputTypes, outputShapes } = partsOf(op)
  return outputTypes.map((_, at) => {
    const said = outputShapes?.[at]
    return said === undefined ? shapeToProto(op.outputShape(at)) : writtenShape(said)
  })
}
