/**
 * What the tools on GraphDefs share: names in inputs and attributes, copies.
 *
 * TensorFlow: python/framework/graph_util_impl.py.
 */
import { copyMessage } from '../proto/message-copy'
import type { GraphDef, NodeDef } from '../proto/messages'
import { tensorflow } from '../proto/messages'
import { keyFromBytes } from '../util/bytes'
import { attrOf } from './operation'

/** The node that an input names: "a" of "a", "a:1" and "^a". */
export function inputNode(input: string): string {
  if (input.startsWith('^')) return input.slice(1)
  const colon = input.indexOf(':')
  return colon < 0 ? input : input.slice(0, colon)
}

/** The nodes that a node asks to be placed with: attribute `_class`, "loc:@v". */
export function colocatedNodes(node: NodeDef): string[] {
  const names = attrOf(node.attr, '_class')?.list?.s ?? []
  return names.map((bytes) => keyFromBytes(bytes).replace(/^loc:@/, ''))
}

/** A copy that shares nothing but bytes. */
export function copyNode(node: NodeDef): NodeDef {
  return copyMessage('tensorflow.NodeDef', node)
}

/**
 * A GraphDef of other nodes, with copies of the functions and versions of `graphDef`; both are there, if empty, as in
 * TensorFlow's.
 */
export function graphWithNodes(graphDef: GraphDef, node: NodeDef[]): GraphDef {
  return new tensorflow.GraphDef({
    node,
    library: copyMessage('tensorflow.FunctionDefLibrary', graphDef.library ?? {}),
    versions: copyMessage('tensorflow.VersionDef', graphDef.versions ?? {}),
  })
}
