/**
 * tf.import_graph_def.
 *
 * TensorFlow: python/framework/importer.py.
 */
import type { IGraphDef } from '../proto/messages'
import { Graph, graphInternals } from './graph'
import { type ImportedNodes, importInto, type ImportNodesOptions } from './import-into'
import type { ImportGraphDefOptions } from './import-options'
import type { Operation } from './operation'
import type { Tensor } from './tensor'

export type { ImportGraphDefOptions } from './import-options'

/** What importGraphDef() gives. */
export interface ImportedGraph {
  readonly graph: Graph
  /** What `returnElements` asked for, in its order. */
  readonly elements: (Operation | Tensor)[]
}

/**
 * tf.import_graph_def: the nodes of `graphDef` in a graph, under a name scope. Where it throws, the graph is as it was.
 *
 * Ops that nobody knows are taken as they are: they have the outputs that somebody takes. Attributes that are left out get
 * the defaults of their ops, in the graph: `graphDef` is not changed. The graph shares functions with it, and the bytes and
 * numbers of tensors: do not write into them.
 *
 * @throws {TypeError} for what is no GraphDef. {InvalidArgumentError} for bytes that are none.
 * @throws {ValueError} TensorFlow's texts, for a graph that is broken or from the future, and for options that do not fit it.
 * @throws {UnimplementedError} for an op that TensorFlow has taken back.
 */
export function importGraphDef(graphDef: IGraphDef | Uint8Array, options: ImportGraphDefOptions = {}): ImportedGraph {
  const { graph, elements } = importNodes(graphDef, options)
  return { graph, elements }
}

/** importGraphDef(), for the house: `owned`, `producerOps`, and how nodes were named. @throws as importGraphDef() */
export function importNodes(
  graphDef: IGraphDef | Uint8Array,
  options: ImportNodesOptions & { graph?: Graph | undefined },
): ImportedNodes & ImportedGraph {
  const { graph = new Graph(), ...others } = options
  return { graph, ...importInto(graphInternals.state(graph), graphDef, others) }
}
