/**
 * The attribute `_output_shapes`, by which a file says what shape inference found when it was written.
 *
 * Importing takes it off the node; exporting with shapes puts it there again. What the node says itself must agree with it.
 *
 * TensorFlow: core/common_runtime/graph_constructor.cc (ValidateShape), core/framework/shape_inference.cc (Merge),
 * core/ops/array_ops.cc (Const).
 */
import type { IAttrValue, ITensorShapeProto, LongLike, NodeDef } from '../proto/messages'
import { ValueError } from '../util/errors'
import { checkAttr } from './attr-check'
import { summarizeNodeDef } from './op-summary'
import { attrOf } from './operation'
import { OUTPUT_SHAPES, shapeFromProto, shapeToProto } from './output-shapes'
import type { PartialShape } from './tensor'

const MAX_ELEMENTS = 2 ** 63

/** As much of a node as says shapes. */
type ShapedNode = Pick<NodeDef, 'op' | 'attr'>

/** Where an op says the shape of its output. */
const OWN_SHAPE: ReadonlyMap<string, (node: ShapedNode) => ITensorShapeProto | undefined> = new Map([
  ['Const', (node) => attrOf(node.attr, 'value')?.tensor?.tensorShape ?? undefined],
  ['Placeholder', shapeAttr],
  ['VariableV2', shapeAttr],
])

function shapeAttr({ attr }: ShapedNode): ITensorShapeProto | undefined {
  return attrOf(attr, 'shape')?.shape ?? undefined
}

/** As much of a node as messages tell. */
type MadeNode = Required<Pick<NodeDef, 'name' | 'op' | 'attr'>>

/**
 * The shapes that a node's `_output_shapes` says, more exact where the node itself is; undefined where it says none.
 *
 * @param node as it stands in the file
 * @param made what it is in the graph, for messages
 * @throws {ValueError} for fewer shapes than outputs, for what is no shape, for one that contradicts the node
 */
export function readOutputShapes(node: ShapedNode, made: MadeNode, outputs: number): ITensorShapeProto[] | undefined {
  const own = OWN_SHAPE.get(node.op)?.(node)
  if (own !== undefined) checkOwnShape(made, own)
  const said = attrOf(node.attr, OUTPUT_SHAPES)
  if (said === undefined || !isShapeList(said)) return undefined
  const shapes = said.list?.shape ?? []
  if (shapes.length < outputs) {
    throw new ValueError(
      `Node '${made.name}' has ${outputs} outputs but the ${OUTPUT_SHAPES} attribute specifies shapes for ${shapes.length} outputs`,
    )
  }
  return shapes.slice(0, outputs).map((shape, at) => {
    checkSaidShape(made.name, shape, at)
    return at === 0 && own !== undefined && !isLegacyScalar(node, own) ? merged(made.name, own, shape) : shape
  })
}

/** Whether the attribute is one that the importer reads; what it cannot read stays at the node. */
export function isShapeList(value: IAttrValue): boolean {
  return checkAttr(value, SHAPE_LIST) === undefined
}

const SHAPE_LIST = { name: OUTPUT_SHAPES, type: 'list(shape)' } as const

/** Placeholders of old graphs say a scalar where they mean anything. */
function isLegacyScalar({ op }: ShapedNode, own: ITensorShapeProto): boolean {
  return op === 'Placeholder' && (own.dim ?? []).length === 0
}

function checkSaidShape(name: string, shape: ITensorShapeProto, output: number): void {
  const fault = faultOf(shape)
  if (fault === undefined) return
  throw new ValueError(`Node '${name} has an invalid ${OUTPUT_SHAPES} attribute (shape #${output} error:'${fault}'`)
}

function faultOf({ dim, unknownRank }: ITensorShapeProto): string | undefined {
  if (dim === undefined || dim === null || dim.length === 0) return undefined
  if (unknownRank === true) return 'An unknown shape must not have any dimensions set.'
  if (dim.every(({ size }) => isAtLeast(size ?? 0, -1))) return undefined
  return `Shape [${dim.map(({ size }) => String(size ?? 0)).join(',')}] has dimensions with values below -1 (where -1 means unknown)`
}

function checkOwnShape(node: MadeNode, own: ITensorShapeProto): void {
  const fault = faultOf(own) ?? (node.op === 'Const' ? constFault(own) : undefined)
  if (fault === undefined) return
  throw new ValueError(`${fault} for '${summarizeNodeDef(node)}' with input shapes: .`)
}

/** A value has a shape, and fewer than 2^63 elements. */
function constFault(own: ITensorShapeProto): string | undefined {
  let elements = 1
  for (const { size } of own.dim ?? []) {
    if (!isAtLeast(size ?? 0, 0)) return `Shape ${formatShape(own)} is not fully defined`
    elements *= Number(size)
  }
  if (elements < MAX_ELEMENTS) return undefined
  return `Shape ${formatShape(own)} is too large (more than 2**63 - 1 entries)`
}

/** @param least 0 or -1 */
function isAtLeast(size: LongLike, least: 0 | -1): boolean {
  if (typeof size !== 'object') return size >= least
  return size.high >= 0 || (least === -1 && size.high === -1 && size.low === -1)
}

/** "[2,?]", as the C++ side prints a shape. */
function formatShape(shape: ITensorShapeProto): string {
  return `[${(shape.dim ?? []).map(({ size }) => (isAtLeast(size ?? 0, 0) ? String(size ?? 0) : '?')).join(',')}]`
}

/** What both know together. */
function merged(name: string, own: ITensorShapeProto, said: ITensorShapeProto): ITensorShapeProto {
  if (isSame(own, said)) return said
  const [a, b] = [shapeFromProto(own), shapeFromProto(said)]
  if (a === undefined) return said
  if (b === undefined) return shapeToProto(a)
  const fault = contradiction(a, b, own, said)
  if (fault === undefined) return shapeToProto(a.map((size, at) => size ?? b[at] ?? null))
  throw new ValueError(
    `Node '${name}' has an ${OUTPUT_SHAPES} attribute inconsistent with the GraphDef for output #0: ${fault}`,
  )
}

function contradiction(
  a: NonNullable<PartialShape>,
  b: NonNullable<PartialShape>,
  own: ITensorShapeProto,
  said: ITensorShapeProto,
): string | undefined {
  if (a.length !== b.length) return `Shapes must be equal rank, but are ${a.length} and ${b.length}`
  const at = a.findIndex((size, dim) => size !== null && b[dim] !== null && size !== b[dim])
  if (at < 0) return undefined
  return (
    `Dimension ${at} in both shapes must be equal, but are ${a[at]} and ${b[at]}. ` +
    `Shapes are ${formatShape(own)} and ${formatShape(said)}.`
  )
}

/** Nearly all files: nothing to be made. */
function isSame(a: ITensorShapeProto, b: ITensorShapeProto): boolean {
  const [dims, others] = [a.dim ?? [], b.dim ?? []]
  if ((a.unknownRank ?? false) !== (b.unknownRank ?? false) || dims.length !== others.length) return false
  return dims.every(({ size }, at) => String(size ?? 0) === String(others[at]?.size ?? 0))
}
