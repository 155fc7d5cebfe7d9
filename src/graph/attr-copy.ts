/**
 * Copies of attributes, so that who writes into a message that was handed out, or handed in, changes no graph.
 *
 * What can be large is shared: bytes, and the numbers of tensors.
 */
import {
  type AttrValue,
  type AttrValue_ListValue,
  type IAttrValue,
  tensorflow,
  type TensorProto,
  type TensorShapeProto,
} from '../proto/messages'
import { type AttrMap, setAttr } from './attr-map'

/** A map of its own, with values of its own. */
export function copyAttrs(attrs: { readonly [name: string]: IAttrValue }): AttrMap {
  const copy: AttrMap = {}
  for (const name of Object.keys(attrs)) setAttr(copy, name, copyAttr(attrs[name] as AttrValue))
  return copy
}

/** A map of its own, with the same values but for one. */
export function withoutAttr(attrs: AttrMap, without: string): AttrMap {
  const rest: AttrMap = {}
  for (const name of Object.keys(attrs)) if (name !== without) setAttr(rest, name, attrs[name] as AttrValue)
  return rest
}

function copyAttr(value: AttrValue): AttrValue {
  const copy = new tensorflow.AttrValue(value)
  if (value.list) copy.list = copyList(value.list)
  else if (value.shape) copy.shape = copyShape(value.shape)
  else if (value.tensor) copy.tensor = copyTensor(value.tensor)
  return withUnknowns(copy, value)
}

function copyList(list: AttrValue_ListValue): AttrValue_ListValue {
  const copy = new tensorflow.AttrValue.ListValue({})
  // A list that is not there would be made by looking at it.
  if (Object.hasOwn(list, 's')) copy.s = list.s.slice()
  if (Object.hasOwn(list, 'i')) copy.i = list.i.slice()
  if (Object.hasOwn(list, 'f')) copy.f = list.f.slice()
  if (Object.hasOwn(list, 'b')) copy.b = list.b.slice()
  if (Object.hasOwn(list, 'type')) copy.type = list.type.slice()
  if (Object.hasOwn(list, 'tensor')) copy.tensor = list.tensor.slice()
  if (Object.hasOwn(list, 'func')) copy.func = list.func.slice()
  if (Object.hasOwn(list, 'shape')) copy.shape = list.shape.map(copyShape)
  return withUnknowns(copy, list)
}

function copyShape(shape: TensorShapeProto): TensorShapeProto {
  const copy = new tensorflow.TensorShapeProto(shape)
  copy.dim = (shape.dim ?? []).map((dim) => withUnknowns(new tensorflow.TensorShapeProto.Dim(dim), dim))
  return withUnknowns(copy, shape)
}

function copyTensor(tensor: TensorProto): TensorProto {
  const copy = new tensorflow.TensorProto(tensor)
  if (tensor.tensorShape) copy.tensorShape = copyShape(tensor.tensorShape)
  return withUnknowns(copy, tensor)
}

/** Fields that the schema does not know are no property that is copied with the others. */
function withUnknowns<M extends { $unknowns?: Uint8Array[] }>(copy: M, message: M): M {
  if (message.$unknowns !== undefined) copy.$unknowns = message.$unknowns
  return copy
}
