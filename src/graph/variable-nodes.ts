/**
 * The nodes of a variable, as TensorFlow's Python makes them.
 *
 *     a reference variable                            a resource variable
 *     Const        v/initial_value                    Const               v/Initializer/initial_value
 *     VariableV2   v                                  VarHandleOp         v
 *     Assign       v/Assign    v, v/initial_value     VarIsInitializedOp  v/IsInitialized/VarIsInitializedOp    v
 *     Identity     v/read      v                      AssignVariableOp    v/Assign    v, v/Initializer/initial_value
 *                                                     ReadVariableOp      v/Read/ReadVariableOp    v
 *
 * Two things are ours. Where TensorFlow has whatever computes an initial value, from random numbers for instance, there is
 * one Const in its place. And that Const has what the store kept of the initial value: all of it up to 1 kB, one element where
 * all are the same, and else zeros; so a store of 1 GB has a small graph, whose initializers then do not give back what the
 * variables began with: a checkpoint does.
 *
 * TensorFlow: python/ops/ref_variable.py and resource_variable_ops.py, _init_from_args.
 */
import type { IAttrValue, ITensorProto, ITensorShapeProto } from '../proto/messages'
import { zeros } from '../tensor/convert'
import { dtypeInfo } from '../tensor/dtype'
import { type NDArray, ndarray, type Shape } from '../tensor/ndarray'
import { compactTensorProto, tensorToProto } from '../tensor/tensor-proto'
import { isResourceVariable } from '../variables/assignment'
import { canonicalDevice } from '../variables/device'
import { isSplatOf } from '../variables/initial-value'
import type { VariableNodeNames } from '../variables/node-names'
import type { Variable } from '../variables/variable'
import { storeInternals } from '../variables/variable-store'
import { type Graph, graphInternals, type Tensor } from './graph'

const utf8 = new TextEncoder()

/** Adds the nodes of a variable under the names that its store took for it. */
export function addVariableNodes(graph: Graph, variable: Variable): void {
  const nodes = new VariableNodes(graph, variable)
  if (isResourceVariable(variable)) nodes.resource()
  else nodes.reference()
}

class VariableNodes {
  readonly #graph: Graph
  readonly #variable: Variable
  readonly #names: VariableNodeNames
  readonly #device: string
  readonly #type: IAttrValue
  readonly #shape: IAttrValue
  /** Keeps a node where the variable is. */
  readonly #colocation: { readonly _class: IAttrValue }
  /** Whether the initial value is made beside the variable, which then is beside itself. */
  readonly #initializer: boolean

  constructor(graph: Graph, variable: Variable) {
    this.#graph = graph
    this.#variable = variable
    this.#names = storeInternals.nodeNames(variable)
    this.#device = canonicalDevice(variable.device)
    this.#type = { type: dtypeInfo(variable.dtype).number }
    this.#shape = { shape: shapeProto(variable.shape) }
    this.#colocation = { _class: { list: { s: [utf8.encode(`loc:@${variable.op.name}`)] } } }
    this.#initializer = storeInternals.originOf(variable).initializer
  }

  reference(): void {
    const { initializer, snapshot } = this.#names
    const colocation = this.#initializer ? this.#colocation : {}
    const value = this.#initialValue(this.#initializer ? '' : this.#device, colocation)
    const variable = this.#node(this.#variable.op.name, 'VariableV2', [], {
      shape: this.#shape,
      dtype: this.#type,
      ...colocation,
    })
    this.#node(initializer, 'Assign', [variable, value], { T: this.#type, ...this.#colocation })
    this.#node(snapshot, 'Identity', [variable], { T: this.#type, ...this.#colocation })
  }

  resource(): void {
    const { initializer, snapshot, isInitialized = '' } = this.#names
    const { name } = this.#variable.op
    const value = this.#initialValue('', this.#colocation)
    const handle = this.#add(name, 'VarHandleOp', [], [], {
      shape: this.#shape,
      dtype: this.#type,
      shared_name: { s: utf8.encode(name) },
      // The scope of its nodes.
      debug_name: { s: utf8.encode(`${name}/`) },
      ...this.#colocation,
    })
    this.#add(isInitialized, 'VarIsInitializedOp', [], [handle], {})
    this.#node(initializer, 'AssignVariableOp', [handle, value], { dtype: this.#type })
    this.#node(snapshot, 'ReadVariableOp', [handle], { dtype: this.#type })
  }

  #initialValue(device: string, colocation: { readonly _class?: IAttrValue }): Tensor {
    const value = { tensor: initialProto(this.#variable, this.#initializer) }
    const name = this.#names.initialValue ?? ''
    return this.#node(name, 'Const', [], { dtype: this.#type, value, ...colocation }, device)
  }

  /** A node whose output, if it has one, is of the variable's shape. */
  #node(name: string, type: string, inputs: readonly Tensor[], attr: Attrs, device = this.#device): Tensor {
    return this.#add(name, type, this.#variable.shape, inputs, attr, device)
  }

  #add(
    name: string,
    type: string,
    shape: Shape,
    inputs: readonly Tensor[],
    attr: Attrs,
    device = this.#device,
  ): Tensor {
    // The store has marked the names that belong among the used ones.
    const node = { name, type, inputs, attr, device, outputShapes: [shape], markName: false }
    // An AssignVariableOp has no output, and nobody asks for it.
    return graphInternals.addOperation(this.#graph, node).outputs[0] as Tensor
  }
}

interface Attrs {
  readonly [name: string]: IAttrValue
}

function shapeProto(shape: Shape): ITensorShapeProto {
  return { dim: shape.map((size) => ({ size })) }
}

/** The value of the Const: in the form of make_tensor_proto; an initializer's as tf.constant_initializer writes it. */
function initialProto(variable: Variable, initializer: boolean): ITensorProto {
  const { dtype, shape } = variable
  const dtypeAndShape = { dtype: dtypeInfo(dtype).number, tensorShape: shapeProto(shape) }
  // Without elements all are what the dtype begins with: the content of a variant is not looked into.
  if (dtype === 'variant' || shape.includes(0)) return dtypeAndShape
  const initial = storeInternals.initialValue(variable) ?? zeros([], dtype)
  if (isSplatOf(initial, shape)) return { ...tensorToProto(plainNaN(initial)), ...dtypeAndShape }
  return initializer ? compactTensorProto(initial) : tensorToProto(initial)
}

/** NaNs without the bits that a message can only hold in full. */
function plainNaN(value: NDArray): NDArray {
  if (!dtypeInfo(value.dtype).format || dtypeInfo(value.dtype).rawFloat) return value
  const { data } = value as NDArray<'float32' | 'float64' | 'complex64' | 'complex128'>
  const plain = data.map((item) => (Number.isNaN(item) ? NaN : item))
  return ndarray(value.dtype, value.shape, plain as typeof data)
}
