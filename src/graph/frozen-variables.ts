/**
 * The weights that a frozen graph carries.
 */
import type { GraphDef, IGraphDef } from '../proto/messages'
import type { NDArray } from '../tensor/ndarray'
import { type ConstantAttrs, constantValue } from './constant-value'
import { Graph } from './graph'
import { graphDefArgument } from './graph-def-argument'
import { inputNode } from './graph-util'
import { attrOf } from './operation'

/** How reads are named: "v/read" of a reference variable, "v/Read/ReadVariableOp", "dense/MatMul/ReadVariableOp_1", … */
const READ = /(?:^|\/)(?:read|ReadVariableOp)(?:_\d+)?$/

/** As much of a node as is looked at. */
interface FrozenNode {
  readonly name: string
  readonly op: string
  /** The node of its first input. */
  readonly source: string | undefined
  /** Of a Const. */
  readonly constant: ConstantAttrs | undefined
}

/**
 * What were variables before a graph was frozen, in graph order, by the names of their ops ("conv1/w", without ":0"): every
 * Const behind an Identity that is a variable's read, "…/read" of a reference variable or "…/ReadVariableOp" of a resource
 * variable. The values are views of the graph's bytes where these lie aligned: not to be written into.
 *
 * @throws {InvalidArgumentError} for a Const whose value does not fit its shape or dtype
 */
export function frozenVariables(graph: Graph | IGraphDef): Map<string, NDArray> {
  const nodes = graph instanceof Graph ? nodesOfGraph(graph) : nodesOfDef(graphDefArgument(graph))
  const read = new Set<string>()
  for (const { name, op, source } of nodes)
    if (op === 'Identity' && source !== undefined && READ.test(name)) read.add(source)
  const values = new Map<string, NDArray>()
  for (const { name, constant } of nodes)
    if (constant !== undefined && read.has(name)) values.set(name, constantValue(name, constant))
  return values
}

function nodesOfGraph(graph: Graph): FrozenNode[] {
  return graph.getOperations().map((op) => ({
    name: op.name,
    op: op.type,
    source: op.type === 'Identity' ? op.inputs[0]?.op.name : undefined,
    constant: op.type === 'Const' ? { dtype: op.getAttr('dtype'), value: op.getAttr('value') } : undefined,
  }))
}

function nodesOfDef(graphDef: GraphDef): FrozenNode[] {
  return graphDef.node.map(({ name, op, input: [first], attr }) => ({
    name,
    op,
    source: first === undefined || first.startsWith('^') ? undefined : inputNode(first),
    constant: op === 'Const' ? { dtype: attrOf(attr, 'dtype'), value: attrOf(attr, 'value') } : undefined,
  }))
}
