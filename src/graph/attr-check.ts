/**
 * Whether an attribute is of the kind that its op says, and within the limits that it says.
 *
 * TensorFlow: core/framework/attr_value_util.cc (AttrValueHasType), core/framework/op_def_util.cc (ValidateAttrValue).
 */
import type { IAttrValue, IAttrValue_ListValue, LongLike, OpDef_AttrDef } from '../proto/messages'
import { compareBytes, EMPTY_BYTES } from '../util/bytes'
import { dataTypeName, dataTypeString, DT_INVALID, isRefType } from './data-types'

/** The kinds of a value, in the order in which TensorFlow looks at them, with its words for them. */
const KINDS = [
  ['s', 'string'],
  ['i', 'int'],
  ['f', 'float'],
  ['b', 'bool'],
  ['type', 'type'],
  ['shape', 'shape'],
  ['tensor', 'tensor'],
  ['func', 'func'],
] as const

/** As much of an attribute's definition as is looked at. */
export type CheckedAttrDef = Pick<OpDef_AttrDef, 'name' | 'type'> & Partial<OpDef_AttrDef>

/** What is wrong with `value`, in TensorFlow's words; undefined where nothing is. */
export function checkAttr(value: IAttrValue, attrDef: CheckedAttrDef): string | undefined {
  const fault = checkKind(value, attrDef.type)
  if (fault !== undefined) return `${fault}\n\t for attr '${attrDef.name}'`
  return (attrDef.hasMinimum === true ? checkMinimum(value, attrDef) : undefined) ?? checkAllowed(value, attrDef)
}

/** Whether a value is of an attribute's type, "int" or "list(int)": what is wrong, in TensorFlow's words. */
export function checkKind(value: IAttrValue, expected: string): string | undefined {
  return isPlainly(value, expected) ? checkTypes(value, expected) : findKind(value, expected)
}

const FIELDS = /* @__PURE__ */ new Map(KINDS.map(([field, word]) => [word as string, field]))

/** Whether a value is at first sight of a type that is no list: most are. */
function isPlainly(value: IAttrValue, expected: string): boolean {
  const field = FIELDS.get(expected)
  return field !== undefined && (value[field] ?? undefined) !== undefined && (value.list ?? undefined) === undefined
}

function findKind(value: IAttrValue, expected: string): string | undefined {
  const list = value.list ?? undefined
  let isSet = false
  for (const [field, word] of KINDS) {
    const present = list === undefined ? (value[field] ?? undefined) !== undefined : itemsOf(list, field).length > 0
    if (!present) continue
    const found = list === undefined ? word : `list(${word})`
    if (found !== expected) return `AttrValue had value with type '${found}' when '${expected}' expected`
    isSet = true
  }
  if (!isSet && (value.placeholder ?? undefined) !== undefined) {
    return "AttrValue had value with unexpected type 'placeholder'"
  }
  // An empty list need not be written: old graphs leave it out.
  if (!isSet && !expected.startsWith('list(')) return `AttrValue missing value with expected type '${expected}'`
  return checkTypes(value, expected)
}

/** The items of one kind. A list that was decoded makes an array for each kind that is looked at: look before. */
function itemsOf<K extends (typeof KINDS)[number][0]>(
  list: IAttrValue_ListValue | null | undefined,
  field: K,
): NonNullable<IAttrValue_ListValue[K]> {
  const items = list && Object.hasOwn(list, field) ? list[field] : undefined
  return items ?? []
}

function checkTypes(value: IAttrValue, expected: string): string | undefined {
  if (expected === 'type') return checkType(value.type ?? DT_INVALID, 'AttrValue has invalid DataType')
  if (expected !== 'list(type)') return undefined
  for (const type of itemsOf(value.list, 'type')) {
    const fault = checkType(type, 'AttrValue contains invalid DataType')
    if (fault !== undefined) return fault
  }
  return undefined
}

function checkType(type: number, invalid: string): string | undefined {
  if (type === DT_INVALID) return invalid
  const isKnown = dataTypeName(type) !== undefined
  if (!isKnown) return `AttrValue has invalid DataType enum: ${type}`
  return isRefType(type) ? `AttrValue must not have reference type value of ${dataTypeString(type)}` : undefined
}

function checkMinimum(value: IAttrValue, { name, type, minimum }: CheckedAttrDef): string | undefined {
  const isInt = type === 'int'
  const found: LongLike = isInt ? (value.i ?? 0) : lengthOf(value, type)
  if (isAtLeast(found, minimum ?? 0)) return undefined
  return `${isInt ? 'Value' : 'Length'} for attr '${name}' of ${found} must be at least minimum ${minimum ?? 0}`
}

function isAtLeast(found: LongLike, minimum: LongLike): boolean {
  if (typeof found === 'object') return found.greaterThanOrEqual(String(minimum))
  return BigInt(found) >= BigInt(String(minimum))
}

function lengthOf(value: IAttrValue, listType: string): number {
  const kind = KINDS.find(([, word]) => listType === `list(${word})`)
  return kind === undefined ? 0 : itemsOf(value.list, kind[0]).length
}

function checkAllowed(value: IAttrValue, { name, type, allowedValues }: CheckedAttrDef): string | undefined {
  const allowed = allowedValues?.list
  if (allowed === undefined || allowed === null) return undefined
  if (type === 'type' || type === 'list(type)') {
    const types = type === 'type' ? [value.type ?? DT_INVALID] : itemsOf(value.list, 'type')
    const bad = types.find((one) => !allowed.type.includes(one))
    return bad === undefined ? undefined : notAllowed(name, dataTypeString(bad), allowed.type.map(dataTypeString))
  }
  const texts = type === 'string' ? [value.s ?? EMPTY_BYTES] : itemsOf(value.list, 's')
  const bad = texts.find((text) => !allowed.s.some((one) => compareBytes(one, text) === 0))
  return bad === undefined ? undefined : notAllowed(name, quoted(bad), allowed.s.map(quoted))
}

function notAllowed(name: string, found: string, allowed: readonly string[]): string {
  return `Value for attr '${name}' of ${found} is not in the list of allowed values: ${allowed.join(', ')}`
}

function quoted(text: Uint8Array): string {
  return `"${new TextDecoder().decode(text)}"`
}
