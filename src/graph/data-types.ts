/**
 * Types as graphs name them: "float" for DT_FLOAT, "float_ref" for a reference to one, "resource", "variant".
 *
 * tensor/dtype.ts is about values; what holds none (DT_INVALID, DT_RESOURCE) and references stand here.
 * TensorFlow: core/framework/types.cc (DataTypeString), core/framework/types.proto, core/framework/full_type.proto.
 */
import { ENUMS } from '../proto/gen/descriptors'

/** DT_INVALID: no type. */
export const DT_INVALID = 0

/** DT_RESOURCE. */
export const DT_RESOURCE = 20

/** Numbers above are references to the type of the number less 100. */
const REF_OFFSET = 100

/** Whether a number of DataType stands for a reference. */
export function isRefType(type: number): boolean {
  return type > REF_OFFSET
}

/** The number of the reference to a type. */
export function makeRefType(type: number): number {
  return type + REF_OFFSET
}

/** The number of the type that a reference refers to; that of any other type unchanged. */
export function baseType(type: number): number {
  return isRefType(type) ? type - REF_OFFSET : type
}

/** TensorFlow's word for a number of DataType: "float", "half", "float_ref", "INVALID". */
export function dataTypeString(type: number): string {
  if (isRefType(type)) return `${dataTypeString(type - REF_OFFSET)}_ref`
  if (type === DT_INVALID) return 'INVALID'
  const name = dataTypeName(type)
  return name === undefined ? `unknown dtype enum (${type})` : name.slice('DT_'.length).toLowerCase()
}

/** The words of several, as DataTypeVectorString() joins them: "float, int32". */
export function dataTypesString(types: readonly number[]): string {
  return types.map(dataTypeString).join(', ')
}

/** "DT_FLOAT"; undefined for a number that is none of DataType. */
export function dataTypeName(type: number): string | undefined {
  dataTypes ??= new EnumNames('tensorflow.DataType')
  return dataTypes.names.get(type)
}

/** The number of TensorFlow's word for a type that is no reference; undefined for a word that is none. */
export function dataTypeNumber(word: string): number | undefined {
  dataTypes ??= new EnumNames('tensorflow.DataType')
  return dataTypes.numbers.get(`DT_${word.toUpperCase()}`)
}

/** The number of a FullTypeId by its name without "TFT_"; undefined for a name that is none. */
export function fullTypeNumber(name: string): number | undefined {
  fullTypes ??= new EnumNames('tensorflow.FullTypeId')
  return fullTypes.numbers.get(`TFT_${name}`)
}

/** Both ways through an enum of the schemas. */
class EnumNames {
  readonly numbers = new Map<string, number>()
  readonly names = new Map<number, string>()

  constructor(fullName: string) {
    for (const pair of (ENUMS.get(fullName) ?? '').split('|')) {
      const [name = '', number] = pair.split('=')
      this.numbers.set(name, Number(number))
      // Aliases stand behind the name that is printed.
      if (!this.names.has(Number(number))) this.names.set(Number(number), name)
    }
  }
}

let dataTypes: EnumNames | undefined
let fullTypes: EnumNames | undefined
