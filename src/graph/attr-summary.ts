/**
 * Attributes as TensorFlow's messages show them: 1, "SAME", DT_FLOAT, [2,?], [1, 2], f[T=DT_FLOAT].
 *
 * Strings are cut to twenty characters from 80 on, lists to eleven items from 30 on.
 * TensorFlow: core/framework/attr_value_util.cc (SummarizeAttrValue), core/framework/tensor_shape.cc (DebugString).
 */
import type { IAttrValue, IAttrValue_ListValue, INameAttrList, ITensorShapeProto, LongLike } from '../proto/messages'
import { compareKeys } from '../util/bytes'
import { fingerprint64 } from '../util/fingerprint'
import { FLOAT32 } from '../util/float16'
import { dataTypeName } from './data-types'
import { escapeBytes, shortestG, summarizeTensor } from './tensor-summary'

const STRING_LIMIT = 80
const STRING_EDGE = 10
const LIST_LIMIT = 30
const LIST_HEAD = 5
const LIST_TAIL = 5

/** Of values of one kind: the first field that is set is the one that is shown. */
const LIST_FIELDS: readonly ((list: IAttrValue_ListValue) => string[] | undefined)[] = [
  ({ s }) => s?.map(summarizeString),
  ({ i }) => i?.map(summarizeInt),
  ({ f }) => f?.map(summarizeFloat),
  ({ b }) => b?.map(String),
  ({ type }) => type?.map(summarizeType),
  ({ shape }) => shape?.map(summarizeShape),
  ({ tensor }) => tensor?.map(summarizeTensor),
  ({ func }) => func?.map(summarizeFunction),
]

/** As SummarizeAttrValue() has it. */
export function summarizeAttrValue(value: IAttrValue): string {
  const { s, i, f, b, type, shape, tensor, list, func, placeholder } = value
  if (isSet(s)) return summarizeString(s)
  if (isSet(i)) return summarizeInt(i)
  if (isSet(f)) return summarizeFloat(f)
  if (isSet(b)) return String(b)
  if (isSet(type)) return summarizeType(type)
  if (isSet(shape)) return summarizeShape(shape)
  if (isSet(tensor)) return summarizeTensor(tensor)
  if (isSet(list)) return summarizeList(list)
  if (isSet(func)) return summarizeFunction(func)
  return isSet(placeholder) ? `$${placeholder}` : '<Unknown AttrValue type>'
}

function isSet<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null
}

function summarizeString(bytes: Uint8Array): string {
  const escaped = escapeBytes(bytes)
  if (escaped.length < STRING_LIMIT) return `"${escaped}"`
  return `"${escaped.slice(0, STRING_EDGE)}...${escaped.slice(-STRING_EDGE)}"`
}

function summarizeInt(value: LongLike): string {
  return String(value)
}

function summarizeFloat(value: number): string {
  return shortestG(Math.fround(value), FLOAT32)
}

/** A number that is no DataType has no name. */
function summarizeType(type: number): string {
  return dataTypeName(type) ?? ''
}

/** "[2,?]"; "<unknown>" for an unknown rank. */
export function summarizeShape({ dim, unknownRank }: ITensorShapeProto): string {
  const sizes = (dim ?? []).map(({ size }) => String(size ?? 0))
  if (unknownRank === true && sizes.length === 0) return '<unknown>'
  return `${unknownRank === true ? '<unknown>' : ''}[${sizes.map((size) => (size === '-1' ? '?' : size)).join(',')}]`
}

function summarizeFunction({ name, attr }: INameAttrList): string {
  const entries = Object.entries(attr ?? {}).map(([key, value]) => `${key}=${summarizeAttrValue(value)}`)
  return `${name ?? ''}[${entries.sort(compareKeys).join(', ')}]`
}

function summarizeList(list: IAttrValue_ListValue): string {
  let pieces: string[] = []
  for (const show of LIST_FIELDS) {
    pieces = show(list) ?? []
    if (pieces.length > 0) break
  }
  if (pieces.length < LIST_LIMIT) return `[${pieces.join(', ')}]`
  const shown = [...pieces.slice(0, LIST_HEAD), '...', ...pieces.slice(-LIST_TAIL)]
  const hash = fingerprint64(new TextEncoder().encode(pieces.join(',')))
  return `[${shown.join(', ')}]{attr_hash=${hash}}`
}
