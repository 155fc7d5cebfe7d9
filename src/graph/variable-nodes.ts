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
import type { AttrValue, IAttrValue, ITensorProto, ITensorShapeProto } from '../proto/messages'
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
import { EMPTY_BYTES } from '../util/bytes'
import { type Graph, graphInternals, type NodeKind, type Operation } from './graph'
import type { OwnValue } from './node-kind'
import { NO_OWN } from './operation'

const utf8 = /* @__PURE__ */ new TextEncoder()

/** What the nodes of variables share that are of one dtype, shape and form. */
interface VariableKinds {
  readonly value: NodeKind
  readonly variable: NodeKind
  readonly assign: NodeKind
  readonly read: NodeKind
  /** Of a resource variable. */
  readonly isInitialized: NodeKind | undefined
}

/** Of each graph, by what kindKey() says. */
const kindsOfGraphs = new WeakMap<Graph, Map<string, VariableKinds>>()

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
  /** Keeps a node where the variable is: `_class`. */
  readonly #beside: readonly OwnValue[]
  /** Whether the initial value is made beside the variable, which then is beside itself. */
  readonly #initializer: boolean
  /** Of an initial value that is all zeros. */
  readonly #zeros: 'one' | 'all' | undefined

  constructor(graph: Graph, variable: Variable) {
    this.#graph = graph
    this.#variable = variable
    this.#names = storeInternals.nodeNames(variable)
    this.#device = canonicalDevice(variable.device)
    this.#beside = [`loc:@${variable.op.name}`]
    this.#initializer = storeInternals.originOf(variable).initializer
    this.#zeros = zeroForm(variable)
  }

  reference(): void {
    const { initializer, snapshot } = this.#names
    const { value: valueKind, variable: variableKind, assign, read } = this.#kinds()
    const own = this.#initializer ? this.#beside : NO_OWN
    const value = this.#initialValue(valueKind, this.#initializer ? '' : this.#device, own)
    const variable = this.#add(this.#variable.op.name, variableKind, [], own)
    this.#add(initializer, assign, [variable, value], this.#beside)
    this.#add(snapshot, read, [variable], this.#beside)
  }

  resource(): void {
    const { initializer, snapshot, isInitialized = '' } = this.#names
    const kinds = this.#kinds()
    const { name } = this.#variable.op
    const value = this.#initialValue(kinds.value, '', this.#beside)
    // The scope of its nodes, and its own name: in the order in which they are written.
    const texts = [{ s: utf8.encode(`${name}/`) }, { s: utf8.encode(name) }] as AttrValue[]
    const handle = this.#add(name, kinds.variable, [], [...this.#beside, ...texts])
    this.#add(isInitialized, kinds.isInitialized as NodeKind, [handle], NO_OWN)
    this.#add(initializer, kinds.assign, [handle, value], NO_OWN)
    this.#add(snapshot, kinds.read, [handle], NO_OWN)
  }

  #initialValue(kind: NodeKind, device: string, own: readonly OwnValue[]): Operation {
    const name = this.#names.initialValue ?? ''
    if (this.#zeros !== undefined) return this.#add(name, kind, [], own, device)
    const value = { tensor: initialProto(this.#variable, this.#initializer) } as AttrValue
    return this.#add(name, kind, [], [...own, value], device)
  }

  #kinds(): VariableKinds {
    const known = kindsOfGraphs.get(this.#graph) ?? new Map<string, VariableKinds>()
    kindsOfGraphs.set(this.#graph, known)
    const { dtype, shape } = this.#variable
    const isResource = isResourceVariable(this.#variable)
    const key = `${isResource} ${this.#initializer} ${this.#zeros} ${dtype} ${shape.join()}`
    const found = known.get(key) ?? (isResource ? this.#resourceKinds() : this.#referenceKinds())
    known.set(key, found)
    return found
  }

  #referenceKinds(): VariableKinds {
    const type = { type: dtypeInfo(this.#variable.dtype).number }
    const beside = this.#initializer ? this.#class() : {}
    return {
      value: this.#valueKind(type, beside),
      variable: this.#kind('VariableV2', 0, { shape: this.#shape(), dtype: type }, beside),
      assign: this.#kind('Assign', 2, { T: type }, this.#class()),
      read: this.#kind('Identity', 1, { T: type }, this.#class()),
      isInitialized: undefined,
    }
  }

  #resourceKinds(): VariableKinds {
    const type = { type: dtypeInfo(this.#variable.dtype).number }
    const own = { ...this.#class(), shared_name: { s: EMPTY_BYTES }, debug_name: { s: EMPTY_BYTES } }
    return {
      value: this.#valueKind(type, this.#class()),
      variable: this.#kind('VarHandleOp', 0, { shape: this.#shape(), dtype: type }, own, []),
      assign: this.#kind('AssignVariableOp', 2, { dtype: type }, {}),
      read: this.#kind('ReadVariableOp', 1, { dtype: type }, {}),
      isInitialized: this.#kind('VarIsInitializedOp', 1, {}, {}, []),
    }
  }

  #valueKind(type: IAttrValue, own: Attrs): NodeKind {
    const value = { value: { tensor: initialProto(this.#variable, this.#initializer) } }
    return this.#zeros !== undefined
      ? this.#kind('Const', 0, { dtype: type, ...value }, own)
      : this.#kind('Const', 0, { dtype: type }, { ...own, ...value })
  }

  #class(): { readonly _class: string } {
    return { _class: this.#beside[0] as string }
  }

  #shape(): IAttrValue {
    return { shape: shapeProto(this.#variable.shape) }
  }

  /** Of nodes whose output, if they have one, is of the variable's shape unless told otherwise. */
  #kind(
    type: string,
    inputs: number,
    attr: { readonly [name: string]: IAttrValue },
    own: Attrs,
    shape: Shape = this.#variable.shape,
  ): NodeKind {
    const { name } = this.#variable.op
    return graphInternals.newKind(this.#graph, type, { attr, own, shapes: [shape], name, inputs })
  }

  #add(
    name: string,
    kind: NodeKind,
    inputOps: readonly Operation[],
    own: readonly OwnValue[],
    device = this.#device,
  ): Operation {
    // The store has marked the names that belong among the used ones.
    return graphInternals.addOfKind(this.#graph, { name, kind, own, inputOps, device, markName: false })
  }
}

interface Attrs {
  readonly [name: string]: IAttrValue | string
}

function shapeProto(shape: Shape): ITensorShapeProto {
  return { dim: shape.map((size) => ({ size })) }
}

/** How the zeros are written that variables of a dtype and shape have in common; undefined for another initial value. */
function zeroForm(variable: Variable): 'one' | 'all' | undefined {
  const { dtype, shape } = variable
  const initial = storeInternals.initialValue(variable)
  if (initial === undefined || dtype === 'variant' || shape.includes(0)) return 'one'
  for (const one of initial.data) if (!isZeroElement(one)) return undefined
  return isSplatOf(initial, shape) ? 'one' : 'all'
}

function isZeroElement(value: unknown): boolean {
  return Object.is(value, 0) || value === 0n
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
