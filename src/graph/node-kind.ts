/**
 * Nodes of one kind: of one op, with the same attributes but for a few that each has for itself.
 *
 *     v/Assign   T: DT_FLOAT, use_locking: true, validate_shape: true, _output_shapes: [[8,4]]     the kind
 *                _class: ["loc:@v"]                                                                the node's own
 *
 * A graph of 100,000 variables has half a million nodes, of a few kinds: what a kind says is checked once, held once and
 * turned into bytes once. Kinds are never changed; who is handed an attribute gets a copy.
 */
import {
  type AttrValue,
  encodeMessage,
  type IAttrValue,
  type ITensorShapeProto,
  type OpDef,
  tensorflow,
} from '../proto/messages'
import { wireKeys } from '../proto/message-values'
import { type AttrMap, setAttr } from './attr-map'
import { fillDefaults } from './default-attrs'
import { checkNode } from './node-check'
import { OUTPUT_SHAPES, shapesAttr, shapeToProto, writtenShape } from './output-shapes'
import type { PartialShape } from './tensor'

/** Where a node is to be, which its kind does not say. */
export const CLASS = '_class'

/** An attribute that a node has for itself: a text stands for a list of that one text, as `_class` has it. */
export type OwnValue = string | AttrValue

/** What nodes of one kind share. */
export interface KindParts {
  readonly opDef: OpDef
  /** With the defaults of the op, without `own` and `_output_shapes`. */
  readonly attr: AttrMap
  /** The names of the attributes that each node has for itself, in the order in which they are written. */
  readonly own: readonly string[]
  /** A DataType for each input; references as in types.proto. */
  readonly inputTypes: readonly number[]
  readonly outputTypes: readonly number[]
  /** undefined where nothing is said. */
  readonly outputShapes: readonly ITensorShapeProto[] | undefined
}

/** Nodes of one kind. */
export class NodeKind {
  readonly opDef: OpDef
  readonly attr: AttrMap
  readonly own: readonly string[]
  readonly inputTypes: readonly number[]
  readonly outputTypes: readonly number[]
  readonly outputShapes: readonly ITensorShapeProto[] | undefined
  #pieces: readonly Uint8Array[] | undefined
  #piecesWithShapes: readonly Uint8Array[] | undefined

  constructor({ opDef, attr, own, inputTypes, outputTypes, outputShapes }: KindParts) {
    this.opDef = opDef
    this.attr = attr
    this.own = own
    this.inputTypes = inputTypes
    this.outputTypes = outputTypes
    this.outputShapes = outputShapes
  }

  /** Whether every node of the kind is written with the same shapes: else they are found by its inputs. */
  get saysShapes(): boolean {
    return (this.outputShapes?.length ?? 0) >= this.outputTypes.length
  }

  /**
   * The attributes as they are written, in one piece more than there are `own`: those stand between.
   * @param withShapes only where it `saysShapes`
   */
  pieces(withShapes: boolean): readonly Uint8Array[] {
    if (!withShapes || this.outputTypes.length === 0) return (this.#pieces ??= cut(this.attr, this.own))
    return (this.#piecesWithShapes ??= cut({ ...this.attr, [OUTPUT_SHAPES]: this.#shapesAttr() }, this.own))
  }

  #shapesAttr(): AttrValue {
    return shapesAttr((this.outputShapes ?? []).slice(0, this.outputTypes.length).map(writtenShape))
  }
}

function cut(attr: AttrMap, own: readonly string[]): Uint8Array[] {
  const whole: Record<string, unknown> = { ...attr }
  for (const name of own) whole[name] = undefined
  const pieces: Uint8Array[] = []
  let piece: AttrMap = {}
  const close = (): void => void pieces.push(encodeMessage(tensorflow.NodeDef, { attr: piece }, 'NodeDef'))
  for (const name of wireKeys(whole)) {
    if (own.includes(name)) {
      close()
      piece = {}
    } else setAttr(piece, name, attr[name] as AttrValue)
  }
  close()
  return pieces
}

/** What a kind is made of for new nodes. */
export interface NewKind {
  readonly opDef: OpDef
  readonly attr: { readonly [name: string]: IAttrValue }
  /** An example of those that each node has for itself; a text as OwnValue has it. */
  readonly own: { readonly [name: string]: IAttrValue | string }
  /** Of each output. */
  readonly shapes: readonly PartialShape[]
  /** For messages: a node of the kind. */
  readonly name: string
  readonly inputs: number
}

/** The kind of a new node. @throws {ValueError} for what its op does not allow */
export function newKind({ opDef, attr: given, own, shapes, name, inputs }: NewKind): NodeKind {
  const whole = { ...given } as AttrMap
  for (const one of Object.keys(own)) whole[one] = attrOfOwn(own[one] as OwnValue)
  fillDefaults(whole, opDef)
  const { inputTypes, outputTypes } = checkNode({ name, attr: whole }, inputs, opDef)
  const attr: AttrMap = {}
  for (const one of Object.keys(whole)) if (!Object.hasOwn(own, one)) setAttr(attr, one, whole[one] as AttrValue)
  const outputShapes = shapes.map(shapeToProto)
  return new NodeKind({ opDef, attr, own: wireKeys(own), inputTypes, outputTypes, outputShapes })
}

/**
 * Whether what an attribute holds is of a few levels for sure. Functions, and tensors of tensors, may hold as much as a message
 * may, and whether that is too much depends on where they are written.
 */
export function isFlat({ func, tensor, list }: AttrValue): boolean {
  if ((func ?? undefined) !== undefined) return false
  if (tensor && Object.hasOwn(tensor, 'variantVal')) return false
  return !list || !(Object.hasOwn(list, 'func') || Object.hasOwn(list, 'tensor'))
}

/** All attributes of a node; its kind's are shared. */
export function attrsOfKind({ attr, own: names }: NodeKind, own: readonly OwnValue[]): AttrMap {
  if (names.length === 0) return attr
  const whole = { ...attr }
  names.forEach((name, at) => setAttr(whole, name, attrOfOwn(own[at] as OwnValue)))
  return whole
}

/** One attribute of a node; undefined where there is none. */
export function attrOfKind(
  { attr, own: names }: NodeKind,
  own: readonly OwnValue[],
  name: string,
): AttrValue | undefined {
  const at = names.indexOf(name)
  if (at >= 0) return attrOfOwn(own[at] as OwnValue)
  return Object.hasOwn(attr, name) ? attr[name] : undefined
}

const utf8 = /* @__PURE__ */ new TextEncoder()

function attrOfOwn(value: OwnValue): AttrValue {
  if (typeof value !== 'string') return value
  const list = new tensorflow.AttrValue.ListValue({ s: [utf8.encode(value)] })
  return new tensorflow.AttrValue({ list })
}
