/**
 * Graphs for tests: nodes by a line each, and messages in the form in which Python prints them.
 */
import { type Graph, graphInternals, type Operation, type Tensor } from '../../src/graph/graph'
import { decodeMessage, type GraphDef, type IAttrValue, type MetaGraphDef, tensorflow } from '../../src/proto/messages'
import { dtypeInfo } from '../../src/tensor/dtype'
import { type NDArray } from '../../src/tensor/ndarray'
import { tensorToProto } from '../../src/tensor/tensor-proto'

/** Adds a node of that type and name. */
export function addOp(
  graph: Graph,
  type: string,
  name: string,
  inputs: readonly Tensor[] = [],
  attr: Readonly<Record<string, IAttrValue>> = {},
): Operation {
  return graphInternals.addOperation(graph, { type, name, inputs, attr })
}

/** tf.constant. */
export function addConstant(graph: Graph, name: string, value: NDArray): Tensor {
  const attr = { dtype: { type: dtypeInfo(value.dtype).number }, value: { tensor: tensorToProto(value) } }
  return addOp(graph, 'Const', name, [], attr).outputs[0] as Tensor
}

/** A node of two floats and one result: AddV2, Mul. */
export function addBinary(graph: Graph, type: string, name: string, a: Tensor, b: Tensor): Tensor {
  return addOp(graph, type, name, [a, b], { T: { type: 1 } }).outputs[0] as Tensor
}

/** Name and inputs of each node. */
export function nodesOf(graphDef: GraphDef | null | undefined): [string, string[]][] {
  return (graphDef?.node ?? []).map(({ name, input }) => [name, [...input]])
}

/** The names of a graph's nodes. */
export function namesOf(graph: Graph): string[] {
  return graph.getOperations().map(({ name }) => name)
}

/** A meta graph from its bytes. */
export function metaGraphOf(bytes: Uint8Array | undefined): MetaGraphDef {
  return decodeMessage(tensorflow.MetaGraphDef, bytes ?? new Uint8Array(), 'MetaGraphDef')
}
