/**
 * What a pickle's operations make: plain data that describes Python's objects, and is none of them.
 */
import { concatBytes } from '../util/bytes'
import { decodeUtf8 } from '../util/utf8'
import { type Layout } from './array-bytes'
import { type NumpyType } from './numpy-dtype'

/** What a pickle asks for and cannot have; whoever runs it knows where. */
export class PickleFault extends Error {
  /** `isUnsupported`: it is sound, but not read here. */
  constructor(
    message: string,
    readonly isUnsupported = false,
  ) {
    super(message)
  }
}

/** Anything on the machine's stack. */
export type PyValue =
  null | boolean | number | PyText | PyBytes | PyTuple | PyList | PyDict | PyGlobal | PyDType | PyArray

/** bytes and bytearray. */
export class PyBytes {
  constructor(readonly bytes: Uint8Array) {}
}

/** str: its UTF-8, in which Python keeps lone surrogates too; of Python 2's str the bytes. */
export class PyText {
  #text: string | undefined
  #latin1: PyBytes | null | undefined

  constructor(
    readonly bytes: Uint8Array,
    readonly isPython2 = false,
  ) {}

  /** The text; of Python 2's str as Latin-1. @throws {PickleFault} for what is no UTF-8 */
  get text(): string {
    return (this.#text ??= this.isPython2
      ? fromLatin1(this.bytes)
      : (decodeUtf8(this.bytes) ?? decodeSurrogates(this.bytes)))
  }

  /** What the text is in Latin-1, once for all who ask: null where it has other characters. */
  get latin1(): PyBytes | null {
    return (this.#latin1 ??= this.isPython2 ? new PyBytes(this.bytes) : toLatin1(this.bytes))
  }
}

export class PyTuple {
  constructor(readonly items: readonly PyValue[]) {}
}

export class PyList {
  readonly items: PyValue[] = []
}

/** dict and collections.OrderedDict: keys and values as they came. */
export class PyDict {
  /** Key, value, key, value, … */
  readonly items: PyValue[] = []
  /** Where it was made of a list of pairs, as Python 2 pickles OrderedDict. */
  constructor(readonly pairs?: PyList) {}
}

/** A class or function that weights are made of: its name, and nothing more. */
export class PyGlobal {
  constructor(readonly name: string) {}
}

/** numpy.dtype. Made of a code, and told its byte order afterwards. */
export class PyDType {
  type: NumpyType | string
  constructor(
    readonly code: string | PyGlobal,
    type: NumpyType | string,
  ) {
    this.type = type
  }
}

/** numpy.ndarray, or a numpy scalar: what it will be made of. */
export class PyArray {
  layout: (Omit<Layout, 'type'> & { readonly type: PyDType }) | undefined
  data: PyBytes | undefined
}

/** What a value is, for messages: "a dict". */
export function describeValue(value: PyValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return 'a bool'
  if (typeof value === 'number') return 'a number of Python'
  for (const [kind, name] of KINDS) if (value instanceof kind) return name
  return `the function or class ${(value as PyGlobal).name}`
}

const KINDS = [
  [PyText, 'a str'],
  [PyBytes, 'bytes'],
  [PyTuple, 'a tuple'],
  [PyList, 'a list'],
  [PyDict, 'a dict'],
  [PyDType, 'a dtype'],
  [PyArray, 'an array'],
] as const

function fromLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return text
}

/** UTF-8 of characters up to U+00FF as a byte each; null where there are others. */
function toLatin1(utf8: Uint8Array): PyBytes | null {
  const bytes = new Uint8Array(utf8.length)
  let length = 0
  for (let at = 0; at < utf8.length; at++) {
    const byte = utf8[at] as number
    if (byte < 0x80) bytes[length++] = byte
    else {
      const next = utf8[++at] ?? 0
      if ((byte !== 0xc2 && byte !== 0xc3) || (next & 0xc0) !== 0x80) return null
      bytes[length++] = ((byte & 3) << 6) | (next & 0x3f)
    }
  }
  return new PyBytes(bytes.subarray(0, length))
}

/** Python's "surrogatepass": half a surrogate pair in three bytes. */
function decodeSurrogates(bytes: Uint8Array): string {
  let text = ''
  let from = 0
  for (let at = 0; at <= bytes.length; at++) {
    const [lead = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
    const isHalf = lead === 0xed && second >= 0xa0 && second < 0xc0 && (third & 0xc0) === 0x80
    if (!isHalf && at < bytes.length) continue
    const whole = decodeUtf8(bytes.subarray(from, at))
    if (whole === undefined) throw new PickleFault('text that is no UTF-8')
    text += isHalf ? whole + String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f)) : whole
    from = at + 3
    at += 2
  }
  return text
}

/** The bytes that Python pickles a str as: "surrogatepass" UTF-8. */
export function encodeText(text: string): Uint8Array {
  const utf8 = new TextEncoder()
  const parts: Uint8Array[] = []
  let from = 0
  for (const { 0: half, index } of text.matchAll(/\p{Surrogate}/gu)) {
    const code = half.charCodeAt(0)
    parts.push(utf8.encode(text.slice(from, index)))
    parts.push(Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)))
    from = index + 1
  }
  parts.push(utf8.encode(text.slice(from)))
  return concatBytes(parts)
}
