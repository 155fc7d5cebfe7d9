/**
 * The nodes of a graph that is imported: messages, or, of a graph that came from bytes and that nobody has looked into, what
 * the bytes say.
 */
import { soundElements } from '../proto/later-fields'
import type { GraphDef, NodeDef } from '../proto/messages'
import { areAlike, type NodeBytes, readNodes } from '../proto/node-bytes'
import type { NodeKind } from './node-kind'

/** A node as a file has it. */
export type FileNode = NodeDef | NodeBytes

/** Those of a graph whose nodes are messages. */
export function nodesOf(graphDef: GraphDef): readonly FileNode[] {
  const bytes = soundElements(graphDef, 'node')
  return bytes === undefined ? graphDef.node : readNodes(bytes)
}

/** Whether the nodes are there as bytes alone, so that they are messages of ours when somebody looks. */
export function areBytes(graphDef: object): boolean {
  return soundElements(graphDef, 'node') !== undefined
}

/** Who makes hashes that are all the same gets no kinds, and not a search that takes longer with each node. */
const MOST_OF_A_HASH = 64

interface Known {
  readonly example: NodeBytes
  readonly kind: NodeKind
}

/** The kinds of the nodes that were made. */
export class FileKinds {
  readonly #known = new Map<number, Known[]>()

  /** The kind of those before that were alike. */
  find(node: NodeBytes): NodeKind | undefined {
    if (node.hash < 0) return undefined
    return this.#known.get(node.hash)?.find(({ example }) => areAlike(example, node))?.kind
  }

  add(example: NodeBytes, kind: NodeKind): void {
    const known = this.#known.get(example.hash)
    if (known === undefined) this.#known.set(example.hash, [{ example, kind }])
    else if (known.length < MOST_OF_A_HASH) known.push({ example, kind })
  }
}
