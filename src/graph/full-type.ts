/**
 * The full type of a node's outputs, which TensorFlow enters at a new node where its op has one.
 *
 *     VAR s               the type that attribute s says, without arguments
 *     FOR_EACH c, t, VAR s   c of t for each type that attribute s lists
 *
 * Of the ops it is those of datasets, optionals, tensor lists, ragged tensors, mutexes, and Shape.
 *
 * TensorFlow: core/framework/full_type_util.cc (SpecializeType, SubstituteFromAttrs), core/graph/graph.cc (AddNode).
 */
import { type FullTypeDef, type OpDef, tensorflow } from '../proto/messages'
import { dataTypeName, fullTypeNumber } from './data-types'
import { type AttrMap, attrOf } from './operation'

// core/framework/full_type.proto
const TFT_UNSET = 0
const TFT_VAR = 1
const TFT_PRODUCT = 3
const TFT_FOR_EACH = 20
const TFT_TENSOR = 1000

/** The product of the types of the outputs; undefined where the op says none. */
export function fullTypeOf(opDef: OpDef, attrs: AttrMap): FullTypeDef | undefined {
  if (!opDef.outputArg.some(({ experimentalFullType }) => experimentalFullType)) return undefined
  const args = opDef.outputArg.map(({ experimentalFullType }) => {
    return experimentalFullType ? substitute(experimentalFullType, attrs) : makeType(TFT_UNSET, [])
  })
  return makeType(TFT_PRODUCT, args)
}

function makeType(typeId: number, args: FullTypeDef[]): FullTypeDef {
  return new tensorflow.FullTypeDef({ typeId, args })
}

function substitute(type: FullTypeDef, attrs: AttrMap): FullTypeDef {
  if (type.typeId === TFT_VAR) return makeType(elementType(typesOf(type, attrs)[0]), [])
  if (type.typeId === TFT_FOR_EACH) return forEach(type, attrs)
  const args = type.args.map((arg) => substitute(arg, attrs))
  return makeType(type.typeId, args.some(isVariantTensor) ? [] : args)
}

/** TensorFlow leaves these out, "to avoid even more special casing downstream". */
function isVariantTensor({ typeId, args }: FullTypeDef): boolean {
  return typeId === TFT_TENSOR && args[0]?.typeId === fullTypeNumber('LEGACY_VARIANT')
}

function forEach({ args: [container, template, variable] }: FullTypeDef, attrs: AttrMap): FullTypeDef {
  const types = variable === undefined ? [] : typesOf(variable, attrs)
  return makeType(
    container?.typeId ?? TFT_UNSET,
    types.map((type) => fill(template ?? makeType(TFT_UNSET, []), elementType(type))),
  )
}

/** `template` with `typeId` in the place of its variable. */
function fill(template: FullTypeDef, typeId: number): FullTypeDef {
  if (template.typeId === TFT_VAR) return makeType(typeId, [])
  return makeType(
    template.typeId,
    template.args.map((arg) => fill(arg, typeId)),
  )
}

function typesOf(variable: FullTypeDef, attrs: AttrMap): readonly number[] {
  const value = attrOf(attrs, variable.s ?? '')
  return value?.list?.type ?? [value?.type ?? 0]
}

/** What a tensor of a DataType holds; TFT_UNSET where full types have no word for it (quantized types, handles). */
function elementType(type: number | undefined): number {
  const name = dataTypeName(type ?? 0)?.slice('DT_'.length) ?? ''
  return fullTypeNumber(name === 'VARIANT' ? 'LEGACY_VARIANT' : name) ?? TFT_UNSET
}
