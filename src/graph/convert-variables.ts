/**
 * Freezing: variables of a graph become constants.
 *
 *     Variable, VariableV2, VarHandleOp   Const, with the attributes dtype and value alone
 *     ReadVariableOp                      Identity
 *     ResourceGather, ResourceGatherNd    GatherV2 with a constant axis at the graph's end, GatherNd
 *     Identity, Switch, Enter, …          their attribute T becomes the value's dtype, and so on behind them
 *     If, While, Case, PartitionedCall    the types of their inputs, and of the arguments of the functions they call
 *
 * A function that is changed gets a name of its own, "f_frozen_0".
 *
 * TensorFlow: python/framework/convert_to_constants.py (_replace_variables_by_constants, _SessionConverterData).
 */
import { copyMessage } from '../proto/message-copy'
import type { GraphDef, IGraphDef, NodeDef, TensorProto } from '../proto/messages'
import { MAX_MESSAGE_BYTES, tensorflow } from '../proto/messages'
import { dtypeInfo } from '../tensor/dtype'
import { formatShape, type NDArray } from '../tensor/ndarray'
import { tensorToProto } from '../tensor/tensor-proto'
import { InvalidArgumentError, NotFoundError, ValueError } from '../util/errors'
import { withNearest } from '../util/nearest-names'
import type { VariableStore } from '../variables/variable-store'
import { ConstantConversion } from './constant-conversion'
import { subGraphNodes } from './extract-sub-graph'
import { graphDefArgument } from './graph-def-argument'
import { copyNode, graphWithNodes } from './graph-util'
import { attrOf } from './operation'
import { shapeFromProto } from './output-shapes'

/** Which variables become constants. */
export interface ConversionOptions {
  /** Only these; an empty list is none. */
  variableNamesWhitelist?: readonly string[]
  /** Not these. */
  variableNamesBlacklist?: readonly string[]
}

const VARIABLE_OPS: ReadonlySet<string> = new Set(['Variable', 'VariableV2', 'VarHandleOp'])

/** Whether a node is a variable, or the handle of one. */
export function isVariableNode({ op }: NodeDef): boolean {
  return VARIABLE_OPS.has(op)
}

/**
 * tf.graph_util.convert_variables_to_constants: what `outputNodeNames` need, with the values that variables have now in
 * the place of variables, read by the names of their nodes. A copy: what is assigned later does not show.
 *
 * @throws {AssertionError} "nope is not in graph", for the name of a tensor too; {TypeError} for one string in place of a list
 * @throws {FailedPreconditionError} "Attempting to use uninitialized value v"
 * @throws {NotFoundError} where the store has no such variable
 * @throws {InvalidArgumentError} where the store's variable is of another dtype or shape than the graph's
 * @throws {ValueError} where the constants alone have 2 GB or more, before any is copied
 */
export function convertVariablesToConstants(
  graphDef: IGraphDef,
  variables: VariableStore,
  outputNodeNames: readonly string[],
  options: ConversionOptions = {},
): GraphDef {
  const whole = graphDefArgument(graphDef)
  const nodes = subGraphNodes(whole, outputNodeNames)
  const values = new Map(variablesToConvert(nodes, options).map((node) => [node.name, valueIn(variables, node.name)]))
  return replaceVariables(whole, nodes, values)
}

/** The variables among `nodes` that pass the lists. */
export function variablesToConvert(nodes: readonly NodeDef[], options: ConversionOptions): NodeDef[] {
  const { variableNamesWhitelist, variableNamesBlacklist = [] } = options
  const whitelist = variableNamesWhitelist && new Set(variableNamesWhitelist)
  const blacklist = new Set(variableNamesBlacklist)
  return nodes.filter(
    (node) => isVariableNode(node) && whitelist?.has(node.name) !== false && !blacklist.has(node.name),
  )
}

function valueIn(variables: VariableStore, name: string): NDArray {
  const variable = variables.get(name)
  if (variable !== undefined) return variable.read()
  const [described = name] = withNearest(
    [name],
    [...variables].map(({ op }) => op.name),
  )
  throw new NotFoundError(`The graph's variable ${described} is not among the variables that were given`, { key: name })
}

/**
 * `nodes`, which are what some outputs need of `graphDef`, with constants for the variables that have a value.
 *
 * @param share lets constants be views of the values, which then must not change; else they are copies
 */
export function replaceVariables(
  graphDef: GraphDef,
  nodes: readonly NodeDef[],
  values: ReadonlyMap<string, NDArray>,
  share = false,
): GraphDef {
  checkSize(values.values())
  const converted = graphWithNodes(
    graphDef,
    nodes.map((node) => (values.has(node.name) ? node : copyNode(node))),
  )
  const conversion = new ConstantConversion(converted)
  for (const [at, node] of nodes.entries()) {
    const value = values.get(node.name)
    if (value === undefined) continue
    converted.node[at] = constant(node, value, share)
    conversion.propagate(node.name, { dtype: attrOf(node.attr, 'dtype')?.type ?? 0, shape: value.shape })
  }
  conversion.renameFunctions()
  return converted
}

/** Before anything is made. @throws {ValueError} for 2 GB or more */
export function checkSize(values: Iterable<NDArray>): void {
  let bytes = 0
  for (const { data } of values) {
    if (ArrayBuffer.isView(data)) bytes += data.byteLength
    else for (const item of data) bytes += item.length
  }
  checkBytes(bytes)
}

/** @throws {ValueError} for 2 GB or more */
export function checkBytes(bytes: number): void {
  if (bytes <= MAX_MESSAGE_BYTES) return
  throw new ValueError(`GraphDef cannot be larger than 2GB. Its constants alone would have ${bytes} bytes`)
}

function constant(node: NodeDef, value: NDArray, share: boolean): NodeDef {
  const { name, attr } = node
  checkValue(node, value)
  const tensor = copyMessage<TensorProto>('tensorflow.TensorProto', tensorToProto(value, { share }))
  return new tensorflow.NodeDef({ name, op: 'Const', attr: { dtype: attr['dtype'], value: { tensor } } })
}

/** TensorFlow takes whatever the session has, and converts it to the node's dtype. */
function checkValue({ name, attr }: NodeDef, value: NDArray): void {
  const dtype = attrOf(attr, 'dtype')?.type ?? 0
  const { number, name: found } = dtypeInfo(value.dtype)
  if (dtype !== number) {
    throw new InvalidArgumentError(
      `The value of ${name} is ${found}, and the graph's variable has dtype ${dtype} of types.proto`,
      {
        key: name,
      },
    )
  }
  const declared = attrOf(attr, 'shape')?.shape
  const shape = declared ? shapeFromProto(declared) : undefined
  const fits =
    shape === undefined ||
    (shape.length === value.shape.length && shape.every((size, i) => size === null || size === value.shape[i]))
  if (fits) return
  throw new InvalidArgumentError(
    `The value of ${name} has the shape ${formatShape(value.shape)}, the graph's variable [${shape.map((size) => size ?? '?')}]`,
    { key: name },
  )
}
