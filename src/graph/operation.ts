/**
 * A node of a graph.
 *
 * What the house knows of a node beyond its public face is its NodeParts: plain arrays, filled once when the node is made.
 * Tensors and lists of them are made when somebody asks, so that a graph of 50,000 nodes is a few arrays for each.
 *
 * TensorFlow: python/framework/ops.py (Operation), core/graph/graph.h (Node).
 */
import type { AttrValue, IFullTypeDef, INodeDef_ExperimentalDebugInfo, ITensorShapeProto } from '../proto/messages'
import { copyAttrs } from './attr-copy'
import { type AttrMap, attrOf } from './attr-map'
import type { Graph } from './graph'
import { type GraphState, settle } from './graph-state'
import { attrOfKind, attrsOfKind, type NodeKind, type OwnValue } from './node-kind'
import { inferOutputShape, shapeFromProto } from './output-shapes'
import { GraphTensor, type PartialShape, type Tensor, type TensorSource } from './tensor'

export { type AttrMap, attrOf } from './attr-map'

/** A node of a graph: what its type computes, from its inputs to its outputs. */
export interface Operation {
  /** The graph that it is a node of. */
  readonly graph: Graph
  /** Unique in its graph: "conv1/w". */
  readonly name: string
  /** The name of its OpDef, "Placeholder"; or that of a function in the graph's library. */
  readonly type: string
  /** Where it was asked to run, "/job:worker/device:CPU:0"; '' is anywhere. */
  readonly device: string
  /** The tensors that it takes, in order; control inputs apart. */
  readonly inputs: readonly Tensor[]
  /** What runs before it without handing it a value. */
  readonly controlInputs: readonly Operation[]
  /** The tensors that it gives; of an op that is unknown, those that somebody takes. */
  readonly outputs: readonly Tensor[]
  /** An attribute, as the message that the graph holds: not to be changed. undefined where there is none. */
  getAttr(name: string): AttrValue | undefined
  /** "<tf.Operation 'x' type=Placeholder>", as Python's repr has it. */
  toString(): string
}

/** What a node is made of. */
export interface NodeParts {
  readonly device: string
  /** Of a node that has no kind. */
  readonly attr: AttrMap | undefined
  /** Else the kind, and the values of the attributes that it leaves to its nodes. */
  readonly kind: NodeKind | undefined
  readonly own: readonly OwnValue[]
  /** Whose outputs it takes, one for each input; beside it, which output. */
  readonly inputOps: readonly GraphOperation[]
  readonly inputIndexes: readonly number[]
  readonly controls: readonly GraphOperation[]
  /** A DataType for each output, references as in types.proto; undefined where the op is unknown. */
  readonly outputTypes: readonly (number | undefined)[]
  /** What the attribute _output_shapes said; export with shapes says it again. */
  readonly outputShapes?: readonly ITensorShapeProto[] | undefined
  readonly experimentalType?: IFullTypeDef | null | undefined
  readonly experimentalDebugInfo?: INodeDef_ExperimentalDebugInfo | null | undefined
  /** Fields of the NodeDef that the schema does not know. */
  readonly unknowns?: Uint8Array[] | undefined
}

/** What is made when somebody asks. */
interface Lazy {
  /** A copy of what is the kind's. */
  attr?: AttrMap
  inputs?: readonly Tensor[]
  controlInputs?: readonly Operation[]
  outputs?: readonly Tensor[]
  /** Who takes each output, as far as the graph is indexed. */
  consumers?: GraphOperation[][]
}

let partsOfOperation: (op: GraphOperation) => NodeParts
let lazyOf: (op: GraphOperation) => Lazy

/** The operations of a Graph. */
export class GraphOperation implements TensorSource {
  readonly name: string
  readonly type: string
  readonly #state: GraphState
  readonly #parts: NodeParts
  #lazy: Lazy | undefined

  static {
    partsOfOperation = (op) => op.#parts
    lazyOf = (op) => (op.#lazy ??= {})
  }

  constructor(state: GraphState, name: string, type: string, parts: NodeParts) {
    this.name = name
    this.type = type
    this.#state = state
    this.#parts = parts
  }

  get graph(): Graph {
    return this.#state.graph
  }

  get device(): string {
    return this.#parts.device
  }

  get inputs(): readonly Tensor[] {
    return (lazyOf(this).inputs ??= Object.freeze(inputTensors(this.#parts)))
  }

  get controlInputs(): readonly Operation[] {
    return (lazyOf(this).controlInputs ??= Object.freeze([...this.#parts.controls]))
  }

  get outputs(): readonly Tensor[] {
    return (lazyOf(this).outputs ??= Object.freeze(this.#parts.outputTypes.map((_, at) => new GraphTensor(this, at))))
  }

  getAttr(name: string): AttrValue | undefined {
    const attr = this.#parts.attr ?? (lazyOf(this).attr ??= copyAttrs(attrsOf(this)))
    return attrOf(attr, name)
  }

  heldAttr(name: string): AttrValue | undefined {
    const { attr, kind, own } = this.#parts
    return kind === undefined ? attr && attrOf(attr, name) : attrOfKind(kind, own, name)
  }

  outputType(valueIndex: number): number | undefined {
    return this.#parts.outputTypes[valueIndex]
  }

  outputShape(valueIndex: number): PartialShape {
    const said = this.#parts.outputShapes?.[valueIndex]
    return said === undefined ? inferOutputShape(this, valueIndex) : shapeFromProto(said)
  }

  outputConsumers(valueIndex: number): readonly Operation[] {
    settle(this.#state)
    indexConsumers(this.#state)
    return [...(this.#lazy?.consumers?.[valueIndex] ?? [])]
  }

  toString(): string {
    return `<tf.Operation '${this.name}' type=${this.type}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

function inputTensors({ inputOps, inputIndexes }: NodeParts): Tensor[] {
  // Both are of one length, and no index is beyond the outputs: whoever made the node has checked.
  return inputOps.map((op, at) => op.outputs[inputIndexes[at] as number] as Tensor)
}

/** Enters those ops that are new among the consumers of their inputs. */
function indexConsumers(state: GraphState): void {
  for (; state.indexed < state.operations.length; state.indexed++) {
    const consumer = state.operations[state.indexed] as GraphOperation
    const { inputOps, inputIndexes } = partsOfOperation(consumer)
    inputOps.forEach((op, at) => {
      const consumers = (lazyOf(op).consumers ??= [])
      const list = (consumers[inputIndexes[at] as number] ??= [])
      list.push(consumer)
    })
  }
}

/** Makes the graph look again who takes what. */
export function forgetConsumers(state: GraphState): void {
  for (const op of state.operations) delete lazyOf(op).consumers
  state.indexed = 0
}

/** What the node is made of. */
export function partsOf(op: GraphOperation): NodeParts {
  return partsOfOperation(op)
}

/** All attributes, as the graph holds them: not to be changed, nor to be handed out. */
export function attrsOf(op: GraphOperation): AttrMap {
  const { attr, kind, own } = partsOf(op)
  return kind === undefined ? (attr ?? {}) : attrsOfKind(kind, own)
}

/** Values of attributes that a node leaves to its kind: none. */
export const NO_OWN: readonly OwnValue[] = Object.freeze([])
