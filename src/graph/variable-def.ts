/**
 * Variables as a meta graph's collections have them.
 *
 * TensorFlow: python/ops/ref_variable.py and resource_variable_ops.py (to_proto, _init_from_proto), python/ops/variables.py
 * (SaveSliceInfo, validate_synchronization_aggregation_trainable), core/framework/variable.proto.
 */
import type { ISaveSliceInfoDef, IVariableDef, LongLike, VariableDef } from '../proto/messages'
import { dtypeInfoByNumber } from '../tensor/dtype'
import { formatShape, type Shape } from '../tensor/ndarray'
import { ValueError } from '../util/errors'
import { isResourceVariable } from '../variables/assignment'
import type { VariableNodeNames } from '../variables/node-names'
import type { SaveSliceInfo } from '../variables/saveable'
import type { AdoptedParts } from '../variables/store-internals'
import type { Variable } from '../variables/variable'
import { storeInternals, type VariableStore } from '../variables/variable-store'
import { type Graph, graphInternals, type Operation, type Tensor } from './graph'
import { type GraphOperation, partsOf as partsOfNode } from './operation'
import { shapeFromProto } from './output-shapes'

/** Types of nodes that hold a value: TensorFlow's _REF_VARIABLE_OPS in saveable_object_util.py, and the handle. */
const REFERENCES = new Set(['Variable', 'VariableV2', 'AutoReloadVariable'])
const RESOURCE = 'VarHandleOp'

// The highest numbers of VariableSynchronization and VariableAggregation, core/framework/variable.proto.
const MAX_SYNCHRONIZATION = 3
const MAX_AGGREGATION = 3

/** The message of a variable, with the names of its nodes. */
export function variableDefOf(variable: Variable): IVariableDef {
  const { initialValue, initializer, snapshot } = storeInternals.nodeNames(variable)
  const { synchronization = 0, aggregation = 0 } = storeInternals.originOf(variable).distribution ?? {}
  const { saveSliceInfo, trainable } = variable
  return {
    variableName: variable.name,
    ...(initialValue === undefined ? {} : { initialValueName: tensorName(initialValue) }),
    initializerName: initializer,
    snapshotName: tensorName(snapshot),
    // What is not set is not written, and is false or 0.
    ...(isResourceVariable(variable) ? { isResource: true } : {}),
    ...(trainable ? { trainable } : {}),
    ...(synchronization === 0 ? {} : { synchronization }),
    ...(aggregation === 0 ? {} : { aggregation }),
    ...(saveSliceInfo === undefined ? {} : { saveSliceInfoDef: sliceDefOf(saveSliceInfo) }),
  }
}

function tensorName(input: string): string {
  return input.includes(':') ? input : `${input}:0`
}

function sliceDefOf({ fullName, fullShape, slice }: SaveSliceInfo): ISaveSliceInfoDef {
  return {
    fullName,
    fullShape: [...fullShape],
    varOffset: fullShape.map((_, at) => slice[at]?.[0] ?? 0),
    varShape: fullShape.map((size, at) => slice[at]?.[1] ?? size),
  }
}

/** What variableFromDef() gives: a variable, or why there can be none. */
export type ImportedVariable =
  | { readonly variable: Variable; readonly reason?: undefined }
  | { readonly variable: undefined; readonly reason: string }

/**
 * The variable that a message is about, uninitialized, with dtype, shape and device of its node in the graph. Where the store has
 * one for that node already, it is that one.
 *
 * None is made of a node whose shape is not known before it runs (validate_shape=False), or whose dtype holds no values: a store
 * has no such variables.
 *
 * @param options.importScope put in front of all names
 * @throws {KeyError | ValueError} for names of nothing, as Graph.asGraphElement()
 * @throws {ValueError} for a node that is no variable, or not of the kind that the message says. TensorFlow makes something of
 *   it that fails later.
 */
export function variableFromDef(
  graph: Graph,
  def: VariableDef,
  options: { readonly store: VariableStore; readonly importScope?: string | undefined },
): ImportedVariable {
  const scope = (options.importScope ?? '').replace(/\/$/, '')
  const prefix: Prefix = (name) => (scope === '' ? name : `${scope}/${name}`)
  const op = variableOp(graph, prefix(def.variableName), def.isResource)
  const nodes = nodeNames(graph, def, prefix, op)
  const parts = partsOf(op, def, prefix)
  if (typeof parts === 'string') return { variable: undefined, reason: parts }
  return { variable: storeInternals.adopt(options.store, parts, nodes) }
}

type Prefix = (name: string) => string

/**
 * What "v:0" stands for, and "v" where `onlyTensor` is false; undefined for any other name, and for what is not there. Nothing is
 * made for it, as for what is handed out.
 */
function plainOperation(graph: Graph, name: string, onlyTensor: boolean): GraphOperation | undefined {
  const colon = name.indexOf(':')
  if (colon < 0 ? onlyTensor : colon !== name.length - 2 || !name.endsWith(':0')) return undefined
  const op = graphInternals.find(graph, colon < 0 ? name : name.slice(0, colon)) as GraphOperation | undefined
  return op !== undefined && (colon < 0 || partsOfNode(op).outputTypes.length > 0) ? op : undefined
}

/** What a name stands for, as a node's input is written. @throws as Graph.asGraphElement() */
function inputNameOf(graph: Graph, name: string): string {
  return plainOperation(graph, name, false)?.name ?? nameOf(graph.asGraphElement(name))
}

function variableOp(graph: Graph, name: string, isResource: boolean): GraphOperation {
  const known = plainOperation(graph, name, isResource)
  if (known !== undefined && (isResource ? known.type === RESOURCE : REFERENCES.has(known.type))) return known
  const element = graph.asGraphElement(name, { allowOperation: !isResource })
  const op = opOf(element)
  const isKind = isResource ? op.type === RESOURCE : REFERENCES.has(op.type)
  if (isKind && (element === op || (element as Tensor).valueIndex === 0)) return op as GraphOperation
  const kind = isResource ? 'resource variable' : 'variable'
  throw new ValueError(`Cannot import the ${kind} ${name}: the node of that name is of type ${op.type}`)
}

function opOf(element: Operation | Tensor): Operation {
  return 'op' in element ? element.op : element
}

/** In the order in which TensorFlow looks for them. */
function nodeNames(graph: Graph, def: VariableDef, prefix: Prefix, op: Operation): VariableNodeNames {
  const find = (name: string): string => inputNameOf(graph, prefix(name))
  const initializer = find(def.initializerName)
  const initialValue = def.initialValueName === '' ? undefined : find(def.initialValueName)
  checkModes(def)
  const snapshot = def.isResource ? resourceSnapshot(graph, def, prefix, op) : find(def.snapshotName)
  return { initialValue, initializer, snapshot, isInitialized: undefined }
}

function resourceSnapshot(graph: Graph, def: VariableDef, prefix: Prefix, op: Operation): string {
  // Before releases that say it.
  if (def.snapshotName === '') return inputName(graph.getTensorByName(`${op.name}/Read/ReadVariableOp:0`))
  const snapshot = graph.asGraphElement(prefix(def.snapshotName))
  checkReads(opOf(snapshot), prefix(def.variableName))
  return nameOf(snapshot)
}

/** A cached value is a read with nodes behind it, of which the first input is looked at. */
function checkReads(snapshot: Operation, variable: string): void {
  const seen = new Set<Operation>()
  for (let op: Operation | undefined = snapshot; op !== undefined && !seen.has(op); op = op.inputs[0]?.op) {
    if (op.type === 'ReadVariableOp') return
    seen.add(op)
  }
  throw new ValueError(`Cannot import the resource variable ${variable}: ${snapshot.name} does not read it`)
}

/** As a node's input is written. */
function nameOf(element: Operation | Tensor): string {
  return 'op' in element ? inputName(element) : element.name
}

function inputName({ op, valueIndex }: Tensor): string {
  return valueIndex === 0 ? op.name : `${op.name}:${valueIndex}`
}

function checkModes({ synchronization, aggregation, variableName }: VariableDef): void {
  if (aggregation < 0 || aggregation > MAX_AGGREGATION) {
    throw new ValueError(`Invalid variable aggregation mode: ${aggregation} for variable: ${variableName}`)
  }
  if (synchronization < 0 || synchronization > MAX_SYNCHRONIZATION) {
    throw new ValueError(`Invalid variable synchronization mode: ${synchronization} for variable: ${variableName}`)
  }
}

/** What the node and the message say; a text where that makes no variable of a store. */
function partsOf(op: GraphOperation, def: VariableDef, prefix: Prefix): AdoptedParts | string {
  const number = op.heldAttr('dtype')?.type ?? 0
  const dtype = dtypeInfoByNumber(number)?.name
  if (dtype === undefined) return `${op.name} is of the dtype ${number}, which holds no values`
  const shape = shapeFromProto(op.heldAttr('shape')?.shape ?? { unknownRank: true })
  if (shape === undefined) return `the shape of ${op.name} is not known before it has a value`
  if (shape.includes(null)) {
    return `the shape of ${op.name} is not known before it has a value: ${formatShape(shape.map((size) => size ?? -1))}`
  }
  const { synchronization, aggregation, saveSliceInfoDef, trainable } = def
  return {
    name: op.name,
    type: op.type,
    dtype,
    shape: shape as Shape,
    trainable,
    useResource: def.isResource,
    device: op.device,
    saveSliceInfo: saveSliceInfoDef ? sliceOf(saveSliceInfoDef, prefix) : undefined,
    ...(synchronization === 0 && aggregation === 0 ? {} : { distribution: { synchronization, aggregation } }),
  }
}

function sliceOf({ fullName, fullShape, varOffset, varShape }: ISaveSliceInfoDef, prefix: Prefix): SaveSliceInfo {
  const lengths = (varShape ?? []).map(sizeOf)
  return {
    fullName: prefix(fullName ?? ''),
    fullShape: (fullShape ?? []).map(sizeOf),
    slice: (varOffset ?? []).map((start, at) => [sizeOf(start), lengths[at] ?? 0] as const),
  }
}

function sizeOf(size: LongLike): number {
  return typeof size === 'object' ? size.toNumber() : Number(size)
}
