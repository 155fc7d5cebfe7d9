/**
 * Attributes that a graph can do without, taken out so that an older TensorFlow may read it.
 *
 * TensorFlow: python/framework/meta_graph.py (strip_graph_default_valued_attrs), python/framework/importer.py
 * (_RemoveDefaultAttrs).
 */
import { type GraphDef, type IAttrValue, type NodeDef, type OpDef, type OpList, tensorflow } from '../proto/messages'
import { attrValuesEqual, sameBytes } from './attr-equal'
import { setAttr } from './attr-map'
import type { AttrMap } from './operation'
import type { FindOp } from './op-registry'

/**
 * The graph without those attributes that have the defaults of their ops, in the bodies of its functions too. Calls of its
 * functions, and ops that `findOp` does not know, keep theirs.
 *
 * What goes with it: `meta_info_def.stripped_default_attrs` is to be set.
 *
 * @returns a new message for all that changes; nodes that keep their attributes, and all else, are shared with `graphDef`
 */
export function stripDefaultAttrs(graphDef: GraphDef, findOp: FindOp): GraphDef {
  const functions = new Set(graphDef.library?.function.map(({ signature }) => signature?.name))
  const strip = (node: NodeDef): NodeDef => {
    const op = functions.has(node.op) ? undefined : findOp(node.op)
    return op === undefined ? node : withoutAttrs(node, (name, value) => isDefault(op, name, value))
  }
  const stripped = copyOf(tensorflow.GraphDef, graphDef, { node: graphDef.node.map(strip) })
  const { library } = graphDef
  if (!library) return stripped
  const bodies = library.function.map((body) =>
    copyOf(tensorflow.FunctionDef, body, { nodeDef: body.nodeDef.map(strip) }),
  )
  stripped.library = copyOf(tensorflow.FunctionDefLibrary, library, { function: bodies })
  return stripped
}

function isDefault(op: OpDef, name: string, value: IAttrValue): boolean {
  const defaultValue = op.attr.find((attr) => attr.name === name)?.defaultValue
  return defaultValue ? attrValuesEqual(value, defaultValue) : false
}

/**
 * The graph without those attributes of its nodes that `findOp`'s ops do not have and the producer's ops have as defaults.
 * Bodies of functions, and ops that either side does not know, stay as they are.
 *
 * @param producerOps the ops of the TensorFlow that wrote the graph, such as its `stripped_op_list`
 * @returns as stripDefaultAttrs(); `graphDef` itself where there is nothing to leave out
 */
export function removeUnknownDefaults(graphDef: GraphDef, producerOps: OpList, findOp: FindOp): GraphDef {
  // Few ops of a file have any, and attributes of the others are not looked at.
  const candidates = new Map<string, { readonly op: OpDef; readonly names: ReadonlySet<string> }>()
  for (const op of producerOps.op) {
    const names = unknownDefaults(op, findOp(op.name))
    if (names.size > 0) candidates.set(op.name, { op, names })
  }
  if (candidates.size === 0) return graphDef
  const node = graphDef.node.map((one) => {
    const found = candidates.get(one.op)
    if (found === undefined) return one
    return withoutAttrs(one, (name, value) => found.names.has(name) && isSame(found.op, name, value))
  })
  return copyOf(tensorflow.GraphDef, graphDef, { node })
}

/** The attributes with a default that their op has and ours has not. */
function unknownDefaults(theirs: OpDef, ours: OpDef | undefined): Set<string> {
  if (ours === undefined) return new Set()
  const known = new Set(ours.attr.map(({ name }) => name))
  return new Set(theirs.attr.flatMap(({ name, defaultValue }) => (defaultValue && !known.has(name) ? [name] : [])))
}

/** Python compares messages there, and so an element written in another way is another one. */
function isSame(op: OpDef, name: string, value: IAttrValue): boolean {
  const defaultValue = op.attr.find((attr) => attr.name === name)?.defaultValue
  return defaultValue ? sameBytes(value, defaultValue) : false
}

/** The node, or a copy where `isLeftOut` holds of an attribute. */
function withoutAttrs(node: NodeDef, isLeftOut: (name: string, value: IAttrValue) => boolean): NodeDef {
  const entries = Object.entries(node.attr)
  const kept = entries.filter(([name, value]) => !isLeftOut(name, value))
  if (kept.length === entries.length) return node
  const attr: AttrMap = {}
  for (const [name, value] of kept) setAttr(attr, name, value)
  return copyOf(tensorflow.NodeDef, node, { attr })
}

/** A message with other fields, and what the schema does not know of it. */
function copyOf<T extends object>(Codec: new (properties?: object) => T, message: T, fields: Partial<T>): T {
  const copy = Object.assign(new Codec(message), fields)
  const unknowns = Object.getOwnPropertyDescriptor(message, '$unknowns')
  if (unknowns !== undefined) Object.defineProperty(copy, '$unknowns', unknowns)
  return copy
}
