/**
 * The nodes of a GraphDef out of its bytes, without a message for each of them.
 *
 *     <node>  = 1: name, 2: op, 3: input*, 4: device, 5: <entry>*, 6: debug info, 7: full type
 *     <entry> = 1: key, 2: <value>                               of the map `attr`
 *     <class> = 1: "_class", 2: (1: (2: "loc:@" name))           the entry in which nodes that are alike differ
 *
 * The bytes are known to be sound (message-shape.ts): all fields are known, of their types, and within their messages. What is
 * written in an unusual way is made a message of. Nodes of a graph are alike but for their names: so each has a hash of its
 * attributes but for the one that says which node it is beside, by which nodes of one kind find each other.
 *
 * TensorFlow: core/framework/node_def.proto, attr_value.proto.
 */
import { MessageReader } from './message-reader'
import { decodeText } from './message-strings'
import { decodeMessage, type NodeDef, tensorflow } from './messages'

const NAME = 0x0a
const OP = 0x12
const INPUT = 0x1a
const DEVICE = 0x22
const ATTR = 0x2a
const SIZED_1 = 0x0a
const SIZED_2 = 0x12

/** "_class" as it stands in an entry: tag, length, text. */
const CLASS_KEY = Uint8Array.of(SIZED_1, 6, 0x5f, 0x63, 0x6c, 0x61, 0x73, 0x73)

/** More bytes of attributes than these are looked at by themselves: the values of a Const. */
const MOST_SHARED = 512

const NO_INPUTS: readonly string[] = Object.freeze([])

/** What a node says, and where in `bytes` its attributes are. */
export class NodeBytes {
  name = ''
  op = ''
  input: readonly string[] = NO_INPUTS
  device = ''
  /** Where the entries of `attr` begin and end; 0 and 0 where there is none. */
  attrStart = 0
  attrEnd = 0
  /** The entry `_class`, where it is one text of ASCII: where it begins and ends, and the text. */
  classStart = 0
  classEnd = 0
  classText: string | undefined = undefined
  /** Of the attributes but for `classText`; below zero for those that are not compared. */
  hash = -1

  #attr: NodeDef['attr'] | undefined

  constructor(readonly bytes: Uint8Array) {}

  /** Messages that nobody else has. */
  get attr(): NodeDef['attr'] {
    return (this.#attr ??= this.#decodeAttrs())
  }

  #decodeAttrs(): NodeDef['attr'] {
    if (this.attrStart === this.attrEnd) return {}
    const part = this.bytes.subarray(this.attrStart, this.attrEnd)
    return (tensorflow.NodeDef.decode(new MessageReader(part)) as NodeDef).attr
  }
}

/** The nodes in the bytes of `GraphDef.node`, which are sound. */
export function readNodes(bytes: Uint8Array): (NodeBytes | NodeDef)[] {
  const nodes: (NodeBytes | NodeDef)[] = []
  const scanner = new Scanner(bytes)
  while (scanner.at < bytes.length) {
    scanner.at++
    const size = scanner.size()
    const start = scanner.at
    const node = scanner.node(start + size)
    nodes.push(node ?? decodeMessage(tensorflow.NodeDef, bytes.subarray(start, start + size), 'NodeDef'))
    scanner.at = start + size
  }
  return nodes
}

/** Whether each node has a name, and a type made of the characters that `isTypeByte` has. The bytes are sound. */
export function everyNodeHas(bytes: Uint8Array, isTypeByte: Uint8Array): boolean {
  const scanner = new Scanner(bytes)
  while (scanner.at < bytes.length) {
    scanner.at++
    const end = scanner.size() + scanner.at
    if (!scanner.isNamed(end, isTypeByte)) return false
    scanner.at = end
  }
  return bytes.length > 0
}

/** Whether two nodes say the same of themselves but for their names, inputs and devices, and which node they are beside. */
export function areAlike(a: NodeBytes, b: NodeBytes): boolean {
  if (a.hash !== b.hash || a.hash < 0 || a.op !== b.op) return false
  const [beforeA, beforeB] = [lengthBefore(a), lengthBefore(b)]
  const [afterA, afterB] = [lengthAfter(a), lengthAfter(b)]
  if (beforeA !== beforeB || afterA !== afterB || (a.classText === undefined) !== (b.classText === undefined))
    return false
  return (
    areSame(a.bytes, a.attrStart, b.bytes, b.attrStart, beforeA) &&
    areSame(a.bytes, a.attrEnd - afterA, b.bytes, b.attrEnd - afterA, afterA)
  )
}

function lengthBefore({ classText, classStart, attrStart, attrEnd }: NodeBytes): number {
  return (classText === undefined ? attrEnd : classStart) - attrStart
}

function lengthAfter({ classText, classEnd, attrEnd }: NodeBytes): number {
  return classText === undefined ? 0 : attrEnd - classEnd
}

function areSame(a: Uint8Array, startA: number, b: Uint8Array, startB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[startA + i] !== b[startB + i]) return false
  return true
}

class Scanner {
  at = 0
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** A length. */
  size(): number {
    const bytes = this.#bytes
    let byte = bytes[this.at++] as number
    if (byte < 0x80) return byte
    let size = byte & 0x7f
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = bytes[this.at++] as number
      size |= (byte & 0x7f) << shift
    }
    return size
  }

  /** undefined for a node that is written in an unusual way. */
  node(end: number): NodeBytes | undefined {
    const bytes = this.#bytes
    const node = new NodeBytes(bytes)
    let input: string[] | undefined
    while (this.at < end) {
      const start = this.at
      const tag = bytes[this.at++] as number
      const size = this.size()
      if (tag === NAME) node.name = decodeText(bytes, this.at, this.at + size)
      else if (tag === OP) node.op = decodeText(bytes, this.at, this.at + size)
      else if (tag === INPUT) (input ??= []).push(decodeText(bytes, this.at, this.at + size))
      else if (tag === DEVICE) node.device = decodeText(bytes, this.at, this.at + size)
      else if (tag !== ATTR || (node.attrEnd !== 0 && node.attrEnd !== start)) return undefined
      else {
        if (node.attrEnd === 0) node.attrStart = start
        node.attrEnd = this.at + size
      }
      this.at += size
    }
    // V8 gives a list that grows room for 17 elements.
    if (input !== undefined) node.input = input.length < 17 ? input.slice() : input
    if (node.attrEnd - node.attrStart <= MOST_SHARED) this.#compareAttrs(node)
    return node
  }

  isNamed(end: number, isTypeByte: Uint8Array): boolean {
    const bytes = this.#bytes
    let [hasName, hasType] = [false, false]
    while (this.at < end) {
      const tag = bytes[this.at++] as number
      const size = this.size()
      if (tag === NAME) hasName = size > 0
      else if (tag === OP) hasType = size > 0 && this.#areOf(isTypeByte, size)
      this.at += size
    }
    return hasName && hasType
  }

  #areOf(isTypeByte: Uint8Array, size: number): boolean {
    for (let i = 0; i < size; i++) if (isTypeByte[this.#bytes[this.at + i] as number] !== 1) return false
    return true
  }

  /** Finds `_class` and the hash of the other entries. */
  #compareAttrs(node: NodeBytes): void {
    let hash = node.attrEnd - node.attrStart
    this.at = node.attrStart
    while (this.at < node.attrEnd) {
      const start = this.at++
      const end = this.size() + this.at
      if (this.#isClass()) {
        // One, and of the form that is written by anybody.
        if (node.classText !== undefined || !this.#readClass(node, end)) {
          node.classText = undefined
          return
        }
        node.classStart = start
        node.classEnd = end
        hash -= end - start
      } else {
        for (let at = start; at < end; at++) hash = Math.imul(hash ^ (this.#bytes[at] as number), 0x01000193)
      }
      this.at = end
    }
    node.hash = (hash ^ (hash >>> 15)) & 0x3fffffff
  }

  #isClass(): boolean {
    for (let i = 0; i < CLASS_KEY.length; i++) if (this.#bytes[this.at + i] !== CLASS_KEY[i]) return false
    return true
  }

  /** A list of one text of ASCII, and nothing else. Lengths are of one byte. */
  #readClass(node: NodeBytes, end: number): boolean {
    const bytes = this.#bytes
    const at = this.at + CLASS_KEY.length
    const size = end - at - 6
    const isUsual =
      size >= 0 &&
      size < 0x7c &&
      bytes[at] === SIZED_2 &&
      bytes[at + 1] === size + 4 &&
      bytes[at + 2] === SIZED_1 &&
      bytes[at + 3] === size + 2 &&
      bytes[at + 4] === SIZED_2 &&
      bytes[at + 5] === size
    if (!isUsual) return false
    for (let i = at + 6; i < end; i++) if ((bytes[i] as number) >= 0x80) return false
    node.classText = decodeText(bytes, at + 6, end)
    return true
  }
}
