/**
 * The types of a node's inputs and outputs, from its op and its attributes.
 *
 *     an argument is   one type:            type | type_attr
 *                      one type, N times:   number_attr, and type | type_attr
 *                      several types:       type_list_attr
 *
 * TensorFlow: core/framework/node_def_util.cc (AddArgToSig, InOutTypesForNode), core/framework/op_def.proto.
 */
import type { IAttrValue, LongLike, OpDef, OpDef_ArgDef } from '../proto/messages'
import { NotFoundError, ValueError } from '../util/errors'
import { checkKind } from './attr-check'
import { baseType, dataTypeString, DT_INVALID, isRefType, makeRefType } from './data-types'

/** Attributes as they are read, or as they may be written. */
export interface ReadableAttrs {
  readonly [name: string]: IAttrValue
}

/** More than any graph has at one node; an attribute can say 2^63, and each is a slot of memory. */
export const MAX_ARGUMENTS = 1 << 20

/** What an op takes or gives at one place. */
export interface ArgType {
  /** Of the argument; those of several places share it. */
  readonly name: string
  /** A DataType, never that of a reference. */
  readonly dtype: number
  readonly isRef: boolean
}

/** What the op takes with these attributes. @throws as argTypes() */
export function inputTypes(opDef: OpDef, attrs: ReadableAttrs): ArgType[] {
  return opDef.inputArg.flatMap((arg) => typesOfArg(arg, attrs))
}

/** What the op gives with these attributes. @throws as argTypes() */
export function outputTypes(opDef: OpDef, attrs: ReadableAttrs): ArgType[] {
  return opDef.outputArg.flatMap((arg) => typesOfArg(arg, attrs))
}

function typesOfArg(arg: OpDef_ArgDef, attrs: ReadableAttrs): ArgType[] {
  return argTypes([arg], attrs).map((type) => ({ name: arg.name, dtype: baseType(type), isRef: arg.isRef }))
}

/**
 * A DataType for each input or output that `args` stand for.
 *
 * @throws {NotFoundError} "No attr named 'T' in NodeDef:"
 * @throws {ValueError} where an attribute is no number, or the arguments are more than 2^20
 */
export function argTypes(args: readonly OpDef_ArgDef[], attrs: ReadableAttrs): number[] {
  const types: number[] = []
  for (const arg of args) {
    const start = types.length
    addArgument(types, arg, attrs)
    if (arg.isRef) makeReferences(types, start)
  }
  return types
}

function addArgument(types: number[], arg: OpDef_ArgDef, attrs: ReadableAttrs): void {
  if (arg.numberAttr !== '') {
    const count = repeats(numberOf(attrs, arg.numberAttr))
    if (types.length + count > MAX_ARGUMENTS) throw tooMany(count)
    const type = typeOf(arg, attrs)
    for (let at = 0; at < count; at++) types.push(type)
  } else if (arg.typeListAttr !== '') {
    for (const type of attr(attrs, arg.typeListAttr).list?.type ?? []) types.push(type)
  } else {
    types.push(typeOf(arg, attrs))
  }
}

function typeOf(arg: OpDef_ArgDef, attrs: ReadableAttrs): number {
  if (arg.typeAttr !== '') return attr(attrs, arg.typeAttr).type ?? DT_INVALID
  if (arg.type !== DT_INVALID) return arg.type
  throw new ValueError(`No type fields in name: "${arg.name}"`)
}

function repeats(value: LongLike): number {
  const count = Number(value)
  if (count > 0x7fff_ffff || count < -0x8000_0000) throw tooMany(value)
  if (count < 0) throw new ValueError(`Value for number_attr() ${count} < 0`)
  return count
}

function tooMany(count: LongLike): ValueError {
  return new ValueError(`Number of outputs is too big: ${String(count)}`)
}

function makeReferences(types: number[], start: number): void {
  for (let at = start; at < types.length; at++) {
    const type = types[at] as number
    if (isRefType(type)) throw new ValueError(`Requested reference to a reference type: ${dataTypeString(type)}`)
    types[at] = makeRefType(type)
  }
}

function numberOf(attrs: ReadableAttrs, name: string): LongLike {
  const value = attr(attrs, name)
  const fault = checkKind(value, 'int')
  if (fault !== undefined) throw new ValueError(fault)
  return value.i ?? 0
}

function attr(attrs: ReadableAttrs, name: string): IAttrValue {
  const value = Object.hasOwn(attrs, name) ? attrs[name] : undefined
  if (value === undefined) throw new NotFoundError(`No attr named '${name}' in NodeDef:`)
  return value
}
