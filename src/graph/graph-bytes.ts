/**
 * The nodes of a graph as bytes, without a message for each of them: what encoding the messages gives.
 *
 *     (0x0a size <node>)*
 *     <node> = 1: name, 2: op, 3: input*, 4: device, 5: attr*, 6: debug info, 7: full type
 *
 * A node that has a kind is put together from its names and the pieces of its kind. Any other is made a message, which is
 * encoded and forgotten. Written in two walks, as all messages are: see proto/message-writer.ts.
 */
import type { MadeBytes } from '../proto/later-fields'
import { MessageSizer, utf8Size } from '../proto/message-sizer'
import { MessageWriter } from '../proto/message-writer'
import { encodeMessage, type NodeDef, tensorflow } from '../proto/messages'
import type { NodeKind, OwnValue } from './node-kind'
import { type GraphOperation, partsOf } from './operation'

const TAG_OF_NODES = 0x0a
const [NAME, OP, INPUT, DEVICE, ATTR] = [0x0a, 0x12, 0x1a, 0x22, 0x2a]

/** An entry of `attr`: its key and its value. */
const [KEY, VALUE] = [0x0a, 0x12]
/** AttrValue.list, and ListValue.s. */
const [LIST, TEXT] = [0x0a, 0x12]

const utf8 = /* @__PURE__ */ new TextEncoder()

export interface GraphBytesOptions {
  /** Whether each node says the shapes of its outputs. */
  readonly addShapes: boolean
  /** How many levels in the nodes are. */
  readonly depth: number
  /** A node as a message, which is written and not kept. */
  nodeOf(op: GraphOperation): NodeDef
}

type Encode = (message: object, writer: MessageSizer | MessageWriter, depth: number) => void
const encodeNode = tensorflow.NodeDef.encode as unknown as Encode

/** The bytes of operations. @throws {TypeError | InvalidArgumentError} for what no message holds */
export class GraphBytes implements MadeBytes {
  readonly length: number
  readonly depth: number
  readonly #operations: readonly GraphOperation[]
  readonly #options: GraphBytesOptions
  /** Of each node, without tag and length. */
  readonly #sizes: Float64Array

  constructor(operations: readonly GraphOperation[], options: GraphBytesOptions) {
    this.#operations = operations
    this.#options = options
    this.depth = options.depth
    this.#sizes = new Float64Array(operations.length)
    let length = 0
    for (let at = 0; at < operations.length; at++) {
      const size = this.#sizeOf(operations[at] as GraphOperation)
      this.#sizes[at] = size
      length += sized(size)
    }
    this.length = length
  }

  writeTo(target: Uint8Array<ArrayBuffer>, at: number): void {
    const writer = new ByteWriter(target, at)
    for (let i = 0; i < this.#operations.length; i++) {
      const op = this.#operations[i] as GraphOperation
      writer.head(TAG_OF_NODES, this.#sizes[i] as number)
      const kind = this.#kindOf(op)
      if (kind !== undefined) this.#write(writer, op, kind)
      else this.#writeMessage(writer, op)
    }
  }

  /** Only of what is written without a message. */
  #kindOf(op: GraphOperation): NodeKind | undefined {
    const { kind, controls, experimentalType, experimentalDebugInfo, unknowns } = partsOf(op)
    if (kind === undefined || (this.#options.addShapes && !kind.saysShapes)) return undefined
    const isPlain = controls.length === 0 && !experimentalType && !experimentalDebugInfo && unknowns === undefined
    return isPlain ? kind : undefined
  }

  #sizeOf(op: GraphOperation): number {
    const kind = this.#kindOf(op)
    if (kind === undefined) return this.#sizer(op).length
    const { device, inputOps, inputIndexes, own } = partsOf(op)
    let size = textSize(op.name) + textSize(op.type) + textSize(device)
    for (let i = 0; i < inputOps.length; i++)
      size += inputSize(inputOps[i] as GraphOperation, inputIndexes[i] as number)
    for (const piece of kind.pieces(this.#options.addShapes)) size += piece.length
    for (let i = 0; i < own.length; i++) size += sized(ownSize(kind.own[i] as string, own[i] as OwnValue))
    return size
  }

  #write(writer: ByteWriter, op: GraphOperation, kind: NodeKind): void {
    const { device, inputOps, inputIndexes, own } = partsOf(op)
    if (op.name !== '') writer.text(NAME, op.name)
    if (op.type !== '') writer.text(OP, op.type)
    for (let i = 0; i < inputOps.length; i++) {
      const { name } = inputOps[i] as GraphOperation
      writer.text(INPUT, inputIndexes[i] === 0 ? name : `${name}:${inputIndexes[i]}`)
    }
    if (device !== '') writer.text(DEVICE, device)
    const pieces = kind.pieces(this.#options.addShapes)
    for (let i = 0; i < pieces.length; i++) {
      writer.bytes(pieces[i] as Uint8Array)
      if (i < own.length) writeOwn(writer, kind.own[i] as string, own[i] as OwnValue)
    }
  }

  #sizer(op: GraphOperation): MessageSizer {
    const sizer = new MessageSizer()
    encodeNode(this.#options.nodeOf(op), sizer, this.#options.depth)
    return sizer
  }

  #writeMessage(writer: ByteWriter, op: GraphOperation): void {
    const sizer = this.#sizer(op)
    encodeNode(this.#options.nodeOf(op), new MessageWriter(sizer, writer), this.#options.depth)
    writer.at += sizer.length
  }
}

/** With the tag and the length in front. */
function sized(size: number): number {
  return 1 + sizeOfVarint(size) + size
}

function sizeOfVarint(value: number): number {
  let size = 1
  for (let rest = value; rest >= 0x80; rest /= 0x80) size++
  return size
}

/** A text that is empty is not written. */
function textSize(text: string): number {
  return text === '' ? 0 : sized(utf8Size(text))
}

function inputSize({ name }: GraphOperation, index: number): number {
  if (index === 0) return sized(utf8Size(name))
  return sized(utf8Size(name) + 1 + String(index).length)
}

/** Of an entry of `attr`, without tag and length. */
function ownSize(name: string, value: OwnValue): number {
  const inner = typeof value === 'string' ? sized(sized(utf8Size(value))) : valueSize(value)
  return sized(utf8Size(name)) + sized(inner)
}

function valueSize(value: Exclude<OwnValue, string>): number {
  const sizer = new MessageSizer()
  tensorflow.AttrValue.encode(value, sizer)
  return sizer.length
}

function valueBytes(value: Exclude<OwnValue, string>): Uint8Array {
  return encodeMessage(tensorflow.AttrValue, value, 'AttrValue')
}

function writeOwn(writer: ByteWriter, name: string, value: OwnValue): void {
  if (typeof value === 'string') {
    const size = utf8Size(value)
    writer.head(ATTR, sized(utf8Size(name)) + sized(sized(sized(size))))
    writer.text(KEY, name)
    writer.head(VALUE, sized(sized(size)))
    writer.head(LIST, sized(size))
    writer.text(TEXT, value)
  } else {
    const bytes = valueBytes(value)
    writer.head(ATTR, sized(utf8Size(name)) + sized(bytes.length))
    writer.text(KEY, name)
    writer.head(VALUE, bytes.length)
    writer.bytes(bytes)
  }
}

/** Fills an array from a place on. */
class ByteWriter {
  readonly target: Uint8Array<ArrayBuffer>
  at: number

  constructor(target: Uint8Array<ArrayBuffer>, at: number) {
    this.target = target
    this.at = at
  }

  head(tag: number, size: number): void {
    const { target } = this
    target[this.at++] = tag
    let rest = size
    for (; rest >= 0x80; rest >>>= 7) target[this.at++] = (rest & 0x7f) | 0x80
    target[this.at++] = rest
  }

  text(tag: number, text: string): void {
    const { target } = this
    const size = utf8Size(text)
    this.head(tag, size)
    if (size === text.length && size < 128) {
      for (let i = 0; i < size; i++) target[this.at + i] = text.charCodeAt(i)
    } else utf8.encodeInto(text, target.subarray(this.at, this.at + size))
    this.at += size
  }

  bytes(bytes: Uint8Array): void {
    const { target, at } = this
    if (bytes.length > 64) target.set(bytes, at)
    else for (let i = 0; i < bytes.length; i++) target[at + i] = bytes[i] as number
    this.at += bytes.length
  }
}
