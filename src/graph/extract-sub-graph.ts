/**
 * The part of a graph that some nodes need.
 *
 * TensorFlow: python/framework/graph_util_impl.py (extract_sub_graph).
 */
import type { GraphDef, IGraphDef, NodeDef } from '../proto/messages'
import { AssertionError, KeyError } from '../util/errors'
import { withNearest } from '../util/nearest-names'
import { reprString } from '../util/python-repr'
import { graphDefArgument } from './graph-def-argument'
import { colocatedNodes, copyNode, graphWithNodes, inputNode } from './graph-util'

/**
 * tf.graph_util.extract_sub_graph: what can be reached from nodes through inputs, control inputs and colocation, in the
 * order of the graph, with its functions and versions. A copy; the values of constants are shared bytes.
 *
 * @param destNodes names of nodes, without ":0"
 * @throws {AssertionError} "nope is not in graph"; {TypeError} for one string in place of a list
 * @throws {KeyError} for an input that names no node
 */
export function extractSubGraph(graphDef: IGraphDef, destNodes: readonly string[]): GraphDef {
  const whole = graphDefArgument(graphDef)
  return graphWithNodes(whole, subGraphNodes(whole, destNodes).map(copyNode))
}

/** The nodes themselves. @throws as extractSubGraph() */
export function subGraphNodes(graphDef: GraphDef, destNodes: readonly string[]): NodeDef[] {
  // Callers without types.
  if (typeof (destNodes as unknown) === 'string') {
    throw new TypeError("dest_nodes must be an iterable of strings, but got type <class 'str'>.")
  }
  const byName = new Map(graphDef.node.map((node) => [inputNode(node.name), node]))
  for (const name of destNodes) if (!byName.has(name)) throw missingOutput(name, byName)
  const kept = reachable(destNodes, byName)
  // Of two nodes of one name the last is meant, as in TensorFlow.
  return graphDef.node.filter((node) => kept.has(inputNode(node.name)) && byName.get(inputNode(node.name)) === node)
}

function missingOutput(name: string, byName: ReadonlyMap<string, NodeDef>): AssertionError {
  const [described = name] = withNearest([name], byName.keys())
  return new AssertionError(`${name} is not in graph${described.slice(name.length)}`)
}

function reachable(destNodes: readonly string[], byName: ReadonlyMap<string, NodeDef>): Set<string> {
  const kept = new Set(destNodes)
  // A set goes on to what is added while it is walked.
  for (const name of kept) {
    const node = byName.get(name)
    if (node === undefined) continue
    for (const input of [...node.input.map(inputNode), ...colocatedNodes(node)]) {
      if (!byName.has(input)) throw new KeyError(`${reprString(input)}: node ${name} needs it, and it is not in graph`)
      kept.add(input)
    }
  }
  return kept
}
