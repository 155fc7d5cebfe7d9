/**
 * New nodes, one at a time: what TensorFlow does where Python makes an op.
 *
 * TensorFlow: python/framework/ops.py (Graph._create_op_internal), core/framework/node_def_builder.cc.
 */
import type { IAttrValue, IFullTypeDef, INodeDef_ExperimentalDebugInfo, OpDef } from '../proto/messages'
import { ValueError } from '../util/errors'
import { fillDefaults } from './default-attrs'
import { fullTypeOf } from './full-type'
import { type GraphState, settle } from './graph-state'
import { checkEdge, checkNode } from './node-check'
import type { NodeKind, OwnValue } from './node-kind'
import { type AttrMap, GraphOperation, NO_OWN, type NodeParts, type Operation } from './operation'
import { shapeToProto } from './output-shapes'
import type { PartialShape, Tensor } from './tensor'

/** A node that is to be. */
export interface NewOperation {
  /** Taken as it is. */
  readonly name: string
  readonly type: string
  readonly inputs?: readonly Tensor[] | undefined
  readonly controlInputs?: readonly Operation[] | undefined
  /** Taken as it is; default ''. */
  readonly device?: string | undefined
  /** Those that are left out get the defaults of the op. */
  readonly attr?: { readonly [name: string]: IAttrValue } | ReadonlyMap<string, IAttrValue> | undefined
  /** Where not given, what the op says (as TensorFlow's type constructors do). */
  readonly experimentalType?: IFullTypeDef | null | undefined
  readonly experimentalDebugInfo?: INodeDef_ExperimentalDebugInfo | null | undefined
  /** One for each output; where not given, what the op says itself. */
  readonly outputShapes?: readonly PartialShape[] | undefined
  /** For an op that the graph does not know. */
  readonly opDef?: OpDef | undefined
  /** Whether the graph's unique names count it as used; default true. */
  readonly markName?: boolean | undefined
}

/**
 * Adds a node, and marks its name as used unless told otherwise.
 *
 * @param opDef what the node's type is; undefined where nobody knows: no checks, no defaults, and no outputs but those
 *   that have a shape.
 * @throws {ValueError} for a name that is taken, inputs of another graph, inputs and attributes that the op does not take
 */
export function addNode(state: GraphState, node: NewOperation, opDef: OpDef | undefined): GraphOperation {
  settle(state)
  if (state.byName.has(node.name)) throw new ValueError(`Duplicate node name in graph: '${node.name}'`)
  const operation = new GraphOperation(state, node.name, node.type, partsFor(state, node, opDef))
  enter(state, operation, node.markName ?? true)
  return operation
}

/** A node of a kind that was checked. */
export interface NewNodeOfKind {
  /** Taken as it is. */
  readonly name: string
  readonly kind: NodeKind
  /** The attributes that the kind leaves to its nodes. */
  readonly own: readonly OwnValue[]
  /** Whose outputs it takes; which, where it is not the first of each. */
  readonly inputOps: readonly Operation[]
  readonly inputIndexes?: readonly number[] | undefined
  /** Taken as it is. */
  readonly device: string
  /** As in NewOperation. */
  readonly markName?: boolean | undefined
}

/** Adds a node of a kind. @throws as addNode() */
export function addNodeOfKind(state: GraphState, node: NewNodeOfKind): GraphOperation {
  settle(state)
  const { name, kind, own, device, inputOps } = node
  if (state.byName.has(name)) throw new ValueError(`Duplicate node name in graph: '${name}'`)
  const inputIndexes = node.inputIndexes ?? FIRST_OUTPUTS[inputOps.length] ?? inputOps.map(() => 0)
  inputOps.forEach((op, input) => {
    const output = inputIndexes[input] as number
    const given = ownOperation(state, op).outputType(output)
    checkEdge(given, kind.inputTypes[input] as number, () => ({ node: name, input, source: op.name, output }))
  })
  const operation = new GraphOperation(state, name, kind.opDef.name, {
    device,
    attr: undefined,
    kind,
    own,
    inputOps: inputOps as readonly GraphOperation[],
    inputIndexes,
    controls: NO_CONTROLS,
    outputTypes: kind.outputTypes,
    outputShapes: kind.outputShapes,
    experimentalType: fullTypeOf(kind.opDef, kind.attr),
    experimentalDebugInfo: undefined,
    unknowns: undefined,
  })
  enter(state, operation, node.markName ?? true)
  return operation
}

/** The first output of each of so many inputs: shared by all nodes. */
const FIRST_OUTPUTS: readonly (readonly number[])[] = [[], [0], [0, 0]]
const NO_CONTROLS: readonly GraphOperation[] = []

/** Puts an operation behind those of the graph. */
export function enter(state: GraphState, operation: GraphOperation, markName = true): void {
  state.operations.push(operation)
  state.byName.set(operation.name, operation)
  if (markName) state.names.markUsed(operation.name)
}

function partsFor(state: GraphState, node: NewOperation, opDef: OpDef | undefined): NodeParts {
  const attr = attrMap(node.attr)
  if (opDef !== undefined) fillDefaults(attr, opDef)
  const inputs = node.inputs ?? []
  const outputTypes = opDef === undefined ? unknownOutputs(node) : checkedOutputs(node, attr, inputs, opDef)
  return {
    device: node.device ?? '',
    attr,
    kind: undefined,
    own: NO_OWN,
    inputOps: inputs.map(({ op }) => ownOperation(state, op)),
    inputIndexes: inputs.map(({ valueIndex }) => valueIndex),
    controls: [...new Set(node.controlInputs)].map((op) => ownOperation(state, op)),
    outputTypes,
    outputShapes: node.outputShapes?.map(shapeToProto),
    experimentalType: node.experimentalType ?? (opDef && fullTypeOf(opDef, attr)),
    experimentalDebugInfo: node.experimentalDebugInfo,
  }
}

function checkedOutputs(node: NewOperation, attr: AttrMap, inputs: readonly Tensor[], opDef: OpDef): number[] {
  const { inputTypes, outputTypes } = checkNode({ ...node, attr }, inputs.length, opDef)
  inputs.forEach(({ op, valueIndex }, at) => {
    const given = (op as GraphOperation).outputType(valueIndex)
    checkEdge(given, inputTypes[at] as number, () => ({
      node: node.name,
      input: at,
      source: op.name,
      output: valueIndex,
    }))
  })
  return outputTypes
}

function unknownOutputs(node: NewOperation): undefined[] {
  return (node.outputShapes ?? []).map(() => undefined)
}

function attrMap(attr: NewOperation['attr']): AttrMap {
  const entries = attr instanceof Map ? attr.entries() : Object.entries(attr ?? {})
  return Object.fromEntries(entries) as AttrMap
}

function ownOperation(state: GraphState, op: Operation): GraphOperation {
  if (op.graph === state.graph) return op as GraphOperation
  throw new ValueError(`Operation ${op.name} is not an element of this graph.`)
}
