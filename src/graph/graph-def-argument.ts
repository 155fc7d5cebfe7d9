/**
 * GraphDefs that callers hand to the tools on graphs.
 *
 * TensorFlow: python/framework/graph_util_impl.py (extract_sub_graph), which checks the type.
 */
import type { GraphDef } from '../proto/messages'
import { pythonTypeName } from './graph-element'
import { whatItIs, withWholeNodes } from './import-options'

/**
 * A GraphDef whose nodes have all their fields: of plain objects, which may leave out what is not set and have 64-bit
 * integers of any kind, a copy.
 * @throws {TypeError} "graph_def must be a graph_pb2.GraphDef proto, but got type <class 'str'>.", and says what it is; for
 *   a field of another type
 */
export function graphDefArgument(graphDef: unknown): GraphDef {
  if (typeof graphDef !== 'object' || graphDef === null || !('node' in graphDef) || !Array.isArray(graphDef.node)) {
    throw new TypeError(
      `graph_def must be a graph_pb2.GraphDef proto, but got type <class '${pythonTypeName(graphDef)}'>.${whatItIs(graphDef)}`,
    )
  }
  return withWholeNodes(graphDef, graphDef.node)
}
