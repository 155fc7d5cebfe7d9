/**
 * Values as numpy's str() prints them, with its default options: lines of 75 characters, "..." where an array has more
 * than 1000 elements, three to either side of it.
 *
 * numpy: _core/arrayprint.py. What TensorFlow adds to numpy prints as ml_dtypes has it (bfloat16, float8, int4), or as
 * records of one field (qint8). Strings print as Python's bytes.
 */
import { formatG } from '../util/decimal'
import { FLOAT64 } from '../util/float16'
import { type DTypeInfo, dtypeInfo } from './dtype'
import { type Element, elementReader } from './elements'
import { complexColumns, floatColumns, formatComplex, formatFloat } from './format-float'
import { elementCount, type NDArray, type Shape } from './ndarray'

const LINE_WIDTH = 75
const THRESHOLD = 1000
const EDGE_ITEMS = 3

/** Prints an element. */
type Printer = (element: Element) => string

/** As numpy prints it: "[1. 1. 1.]"; long arrays with "...". */
export function formatArray(value: NDArray): string {
  const info = dtypeInfo(value.dtype)
  const read = elementReader(value)
  if (value.shape.length === 0) return scalarPrinter(info)(read(0))
  const count = elementCount(value.shape)
  if (count === 0) return '[]'
  const edge = count > THRESHOLD ? EDGE_ITEMS : Infinity
  const print = printerOf(info, shownIndices(value.shape, edge).map(read))
  return layOut(value.shape, edge, (index) => print(read(index)))
}

/** The positions along one axis that are shown. */
function shownPositions(size: number, edge: number): number[] {
  if (size <= 2 * edge) return Array.from({ length: size }, (_, i) => i)
  const head = Array.from({ length: edge }, (_, i) => i)
  return [...head, ...head.map((i) => size - edge + i)]
}

/** The row-major indices of the elements that are shown. */
function shownIndices(shape: Shape, edge: number): number[] {
  return shape.reduce<number[]>(
    (indices, size) => {
      const positions = shownPositions(size, edge)
      return indices.flatMap((index) => positions.map((position) => index * size + position))
    },
    [0],
  )
}

/** Brackets, line breaks and "...": a row begins under the first element of the row above. */
function layOut(shape: Shape, edge: number, word: (index: number) => string): string {
  const lay = (axis: number, offset: number): string => {
    const size = shape[axis] ?? 0
    const indent = ' '.repeat(axis + 1)
    const positions = shownPositions(size, edge)
    const last = axis === shape.length - 1
    const items = positions.map((i) => (last ? word(offset * size + i) : lay(axis + 1, offset * size + i)))
    if (size > 2 * edge) items.splice(edge, 0, '...')
    // Each bracket to come takes a column of the line.
    const text = last
      ? wrap(items, indent, LINE_WIDTH - axis - 1)
      : items.join('\n'.repeat(shape.length - axis - 1) + indent)
    return `[${text}]`
  }
  return lay(0, 0)
}

/** Words in lines of `width`; a word that is longer has a line to itself. */
function wrap(words: readonly string[], indent: string, width: number): string {
  const lines: string[] = []
  let line = indent
  words.forEach((text, i) => {
    if (line.length + text.length > width && line.length > indent.length) {
      lines.push(line.trimEnd())
      line = indent
    }
    line += i < words.length - 1 ? `${text} ` : text
  })
  return [...lines, line].join('\n').slice(indent.length)
}

/** How a scalar prints: not aligned, and with all its digits. */
function scalarPrinter(info: DTypeInfo): Printer {
  const { kind, format = FLOAT64 } = info
  if (info.numpy !== 'builtin') return printerOf(info, [])
  if (kind === 'complex') return (element) => formatComplex(element as readonly [number, number], format)
  if (kind === 'float') return (element) => formatFloat(element as number, format)
  if (kind === 'bool') return (element) => (element === true ? 'True' : 'False')
  return printerOf(info, [])
}

/** How the elements of an array print, in columns that fit `shown`. */
function printerOf(info: DTypeInfo, shown: readonly Element[]): Printer {
  const { kind, format = FLOAT64 } = info
  if (kind === 'string' || kind === 'variant') return (element) => formatBytes(element as Uint8Array)
  if (kind === 'bool') return (element) => (element === true ? ' True' : 'False')
  if (kind === 'complex') {
    const print = complexColumns(shown as readonly (readonly [number, number])[], format)
    return (element) => print(element as readonly [number, number])
  }
  if (info.numpy === 'extension') {
    return (element) => (kind === 'float' ? formatG(element as number, format) : String(element))
  }
  if (kind === 'float') {
    const print = floatColumns(shown as readonly number[], format)
    return (element) => print(element as number)
  }
  const width = shown.reduce<number>((longest, element) => Math.max(longest, String(element).length), 0)
  const print: Printer = (element) => String(element).padStart(width)
  return info.numpy === 'record' ? (element) => `(${print(element)},)` : print
}

const ESCAPES = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
])

/** Bytes as Python prints them: b'abc', b'\x00', b"it's". */
export function formatBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'"
  let text = ''
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    if (byte < 0x20 || byte > 0x7e || byte === 0x5c) {
      text += ESCAPES.get(byte) ?? `\\x${byte.toString(16).padStart(2, '0')}`
    } else {
      text += character === quote ? `\\${character}` : character
    }
  }
  return `b${quote}${text}${quote}`
}
