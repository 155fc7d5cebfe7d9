/**
 * One output of an operation.
 *
 * TensorFlow: python/framework/tensor.py (Tensor and its str), core/framework/types.proto.
 */
import type { AttrValue } from '../proto/messages'
import { type DType, dtypeInfoByNumber } from '../tensor/dtype'
import type { Graph } from './graph'
import type { Operation } from './operation'

/** A shape as far as it is known: null is an unknown dimension, undefined an unknown rank. */
export type PartialShape = readonly (number | null)[] | undefined

/** One output of an operation: what flows along the graph's edges. */
export interface Tensor {
  /** The graph that it belongs to. */
  readonly graph: Graph
  /** The operation that gives it. */
  readonly op: Operation
  /** Which output of `op` it is, from 0. */
  readonly valueIndex: number
  /** The op's name, a colon and `valueIndex`: "conv1/w:0". */
  readonly name: string
  /** undefined where the op is unknown; 'resource' is a handle of a variable, a table, … */
  readonly dtype: DType | 'resource' | undefined
  /** Whether it is the variable itself rather than its value: Python's dtype is "float32_ref" then. */
  readonly isRef: boolean
  /**
   * null is an unknown dimension, undefined an unknown rank: from _output_shapes, else from what Placeholder, Const and
   * variables say.
   */
  readonly shape: readonly (number | null)[] | undefined
  /** The operations that take it as an input, in graph order; one that takes it twice is there twice. */
  consumers(): readonly Operation[]
  /** 'Tensor("x:0", shape=(2, ?), dtype=float32)', as Python prints it. */
  toString(): string
}

/** What an operation knows of its outputs. */
export interface TensorSource extends Operation {
  /** A DataType; undefined where the op is unknown. */
  outputType(valueIndex: number): number | undefined
  outputShape(valueIndex: number): PartialShape
  outputConsumers(valueIndex: number): readonly Operation[]
  /** An attribute, which other nodes may have, too: not to be changed, nor to be handed out. */
  heldAttr(name: string): AttrValue | undefined
}

/** DataType in types.proto: handles, which have no elements. */
export const DT_RESOURCE = 20

/** A DataType above this is a reference to the one that is smaller by it: DT_FLOAT_REF is 101. */
export const REF_OFFSET = 100

/** Made when somebody asks for it. */
export class GraphTensor implements Tensor {
  readonly op: TensorSource
  readonly valueIndex: number
  #shape: { readonly known: PartialShape } | undefined

  constructor(op: TensorSource, valueIndex: number) {
    this.op = op
    this.valueIndex = valueIndex
  }

  get graph(): Graph {
    return this.op.graph
  }

  get name(): string {
    return `${this.op.name}:${this.valueIndex}`
  }

  get dtype(): DType | 'resource' | undefined {
    return dtypeOfNumber(this.op.outputType(this.valueIndex))
  }

  get isRef(): boolean {
    return (this.op.outputType(this.valueIndex) ?? 0) > REF_OFFSET
  }

  get shape(): PartialShape {
    this.#shape ??= { known: this.op.outputShape(this.valueIndex) }
    return this.#shape.known
  }

  consumers(): readonly Operation[] {
    return this.op.outputConsumers(this.valueIndex)
  }

  toString(): string {
    const shape = this.shape === undefined ? '' : `, shape=${formatPartialShape(this.shape)}`
    const dtype = this.dtype === undefined ? '<unknown>' : `${this.dtype}${this.isRef ? '_ref' : ''}`
    return `Tensor("${this.name}"${shape}, dtype=${dtype})`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** The dtype behind a DataType, a reference or not; undefined for a number that is none. */
export function dtypeOfNumber(number: number | undefined): DType | 'resource' | undefined {
  if (number === undefined) return undefined
  const base = number > REF_OFFSET ? number - REF_OFFSET : number
  return base === DT_RESOURCE ? 'resource' : dtypeInfoByNumber(base)?.name
}

/** "(2, ?)", as Python prints a TensorShape. */
function formatPartialShape(shape: readonly (number | null)[]): string {
  const sizes = shape.map((size) => (size === null ? '?' : String(size)))
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`
}
