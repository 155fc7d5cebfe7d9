/**
 * Tensors as TensorFlow's messages show them: Tensor<type: float shape: [2,2] values: [1 1][1...]...>
 *
 * Only the three elements that are shown are read, so that a tensor may stand for any number of them.
 * TensorFlow: core/framework/tensor.cc (DebugString, SummarizeValue), core/lib/strings/numbers.cc.
 */
import { isBytes } from '../util/bytes'
import type { ITensorProto } from '../proto/messages'
import { escapeByte } from '../proto/text-printer'
import { type DTypeInfo, dtypeInfoByNumber } from '../tensor/dtype'
import { type Element, elementReader } from '../tensor/elements'
import { tensorFromProto } from '../tensor/tensor-proto'
import { tensorForm } from '../tensor/tensor-proto-fields'
import { formatG } from '../util/decimal'
import { type FloatFormat, FLOAT32, FLOAT64 } from '../util/float16'
import { dataTypeString, DT_RESOURCE } from './data-types'

const SHOWN = 3

/** TensorShape::MaxDimensions() in tensor_shape.h. */
const MAX_DIMENSIONS = 254

/** What TensorFlow shows of a type that it does not print. */
const UNPRINTED = '?'

/** What TensorFlow's SummarizeValue has forgotten. */
const WITHOUT_PRINTER = /* @__PURE__ */ new Set([
  'complex64',
  'complex128',
  'qint32',
  'float8_e4m3fnuz',
  'float8_e5m2fnuz',
])

/**
 * As Tensor::DebugString() has it; "<Invalid TensorProto>" for what is none. TensorFlow adds the message's text to that.
 * Handles and variants are shown as "?".
 */
export function summarizeTensor(proto: ITensorProto): string {
  const type = proto.dtype ?? 0
  const shape = (proto.tensorShape?.dim ?? []).map(({ size }) => Number(size ?? 0))
  if (proto.tensorShape?.unknownRank === true || shape.some((size) => size < 0)) return '<TensorProto>'
  if (shape.length > MAX_DIMENSIONS) return '<Invalid TensorProto>'
  const values = isPrinted(type) ? printedValues(proto, shape) : unprintedValues(shape)
  if (values === undefined) return '<Invalid TensorProto>'
  return `Tensor<type: ${dataTypeString(type)} shape: [${shape.join(',')}] values: ${values}>`
}

/** undefined where they cannot be read. */
function printedValues(proto: ITensorProto, shape: readonly number[]): string | undefined {
  const words = firstElements(proto, countOf(shape))
  if (words === undefined) return undefined
  return shape.length === 0 ? words.join('') : layOut(shape, words)
}

/** In a row, whatever the shape is. */
function unprintedValues(shape: readonly number[]): string {
  const count = countOf(shape)
  const words = Array.from({ length: Math.min(count, SHOWN) }, () => UNPRINTED)
  return words.join(' ') + (count > SHOWN ? '...' : '')
}

function isPrinted(type: number): boolean {
  const info = dtypeInfoByNumber(type)
  const isOpaque = type === DT_RESOURCE || info?.kind === 'variant'
  return !isOpaque && !WITHOUT_PRINTER.has(info?.name ?? '')
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** The elements that are shown; undefined where they cannot be read. */
function firstElements(proto: ITensorProto, count: number): string[] | undefined {
  const info = dtypeInfoByNumber(proto.dtype ?? 0)
  if (info === undefined) return undefined
  const shown = Math.min(count, SHOWN)
  try {
    const read = elementReader(tensorFromProto(cut(proto, info, count, shown)))
    return Array.from({ length: shown }, (_, at) => printElement(read(at), info))
  } catch {
    return undefined
  }
}

/** A message of the first elements only. */
function cut(proto: ITensorProto, info: DTypeInfo, count: number, shown: number): ITensorProto {
  const head = { dtype: info.number, tensorShape: { dim: [{ size: shown }] } }
  const content = proto.tensorContent
  if (content?.length) {
    // Of another length, it is for tensorFromProto to refuse; so are strings.
    const fits = info.size > 0 && content.length === count * info.size
    return { ...head, tensorContent: fits ? content.subarray(0, shown * info.size) : content }
  }
  const field = tensorForm(info.name)?.field
  return field === undefined ? head : { ...head, [field]: proto[field]?.slice(0, shown * info.lanes) }
}

function printElement(element: Element, info: DTypeInfo): string {
  if (typeof element === 'number' && info.kind === 'float') {
    return shortestG(element, info.name === 'float64' ? FLOAT64 : FLOAT32)
  }
  if (typeof element === 'boolean') return element ? '1' : '0'
  if (isBytes(element)) return escapeUtf8(element)
  return String(element)
}

/** Rows in brackets, but for the outermost ones; "..." where a row, and where all, is cut short. */
function layOut(shape: readonly number[], words: readonly string[]): string {
  let next = 0
  const row = (axis: number): string => {
    const size = shape[axis] ?? 0
    const parts: string[] = []
    for (let i = 0; i < size && next < words.length; i++) parts.push(words[next++] ?? '')
    const isCut = axis !== 0 && parts.length > 0 && parts.length < size
    return parts.join(' ') + (isCut ? '...' : '')
  }
  const lay = (axis: number): string => {
    if (axis === shape.length - 1) return row(axis)
    let text = ''
    for (let i = 0; i < (shape[axis] ?? 0) && next < words.length; i++) text += `[${lay(axis + 1)}]`
    return text
  }
  const text = lay(0)
  return countOf(shape) > words.length ? `${text}...` : text
}

/** strings::StrCat() of a float: six digits (15 of a double), or nine (17) where those do not read back as the same. */
export function shortestG(value: number, format: FloatFormat): string {
  const isDouble = format === FLOAT64
  const short = formatG(value, format, isDouble ? 15 : 6)
  const back = isDouble ? Number(short) : Math.fround(Number(short))
  return back === value || !Number.isFinite(value) ? short : formatG(value, format, isDouble ? 17 : 9)
}

/** absl::CEscape(): octal for what is not printable ASCII. */
export function escapeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, escapeByte).join('')
}

/** absl::Utf8SafeCEscape(): the same, but what is beyond ASCII stays. */
function escapeUtf8(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x80 ? escapeByte(code) : character
  }).join('')
}
