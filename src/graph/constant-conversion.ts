/**
 * What follows when a variable has become a constant: handles become values, in the graph and in the functions that are
 * called with them.
 *
 * TensorFlow: python/framework/convert_to_constants.py (_Convertible and what derives from it). It recurses; here work
 * waits on a stack, so that a long chain is no deep one, and no place is visited twice for one variable.
 */
import { copyMessage } from '../proto/message-copy'
import type { AttrValue, FunctionDef, GraphDef, NodeDef, TensorProto } from '../proto/messages'
import { tensorflow } from '../proto/messages'
import type { Shape } from '../tensor/ndarray'
import { array } from '../tensor/convert'
import { dtypeInfoByNumber } from '../tensor/dtype'
import { tensorToProto } from '../tensor/tensor-proto'
import { RuntimeError, ValueError } from '../util/errors'
import { setAttr } from './attr-map'
import { type CallerKind, callerKind, calledFunctions, FunctionNames } from './function-callers'
import { inputNode } from './graph-util'
import { attrOf } from './operation'

/** What a constant is. */
export interface ConstantType {
  /** DataType of types.proto. */
  readonly dtype: number
  readonly shape: Shape
}

/** An input of a node, by its place among the node's inputs; or an argument of a function. */
interface Place {
  readonly scope: Scope
  /** undefined for an argument of the function that the scope is. */
  readonly node: NodeDef | undefined
  readonly index: number
}

/** The graph, or a function. */
interface Scope {
  readonly fn: FunctionDef | undefined
  readonly nodes: NodeDef[]
  /** By the name of a node or an argument: who takes its first outputs as which input. Made when somebody asks. */
  consumers?: Map<string, { readonly node: NodeDef; readonly index: number }[]>
}

/** Takes an input and hands it on under the same dtype. TensorFlow does not go on behind a Merge. */
const PASS_ON: ReadonlySet<string> = new Set(['Enter', 'Exit', 'Identity', 'NextIteration', 'Switch', '_SwitchN'])

/** One conversion of one graph, which it changes. */
export class ConstantConversion {
  readonly #graph: Scope
  readonly #functions: ReadonlyMap<string, Scope>
  readonly #names: FunctionNames
  readonly #changed = new Set<FunctionDef>()
  readonly #changedCallers = new Set<NodeDef>()
  readonly #axes = new Set<string>()

  /** @param graphDef its own: nodes and functions are changed in place */
  constructor(readonly graphDef: GraphDef) {
    this.#graph = { fn: undefined, nodes: graphDef.node }
    const functions = graphDef.library?.function ?? []
    this.#functions = new Map(functions.map((fn) => [fn.signature?.name ?? '', { fn, nodes: fn.nodeDef }]))
    this.#names = new FunctionNames([...this.#functions.keys()])
  }

  /**
   * Changes whoever takes the variable `name`, which is a constant of `type` now.
   * @throws {ValueError} in TensorFlow's words, for an op that cannot take a constant there
   */
  propagate(name: string, type: ConstantType): void {
    const seen = new Map<object, Set<number>>()
    const stack = consumersOf(this.#graph, name).reverse()
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      const key = place.node ?? place.scope
      const indexes = seen.get(key) ?? new Set()
      if (indexes.has(place.index)) continue
      seen.set(key, indexes.add(place.index))
      stack.push(...this.#convert(place, type).reverse())
    }
  }

  /**
   * Gives changed functions their new names, where they are called too.
   * @throws {RuntimeError} where one is also called with a variable that stays
   */
  renameFunctions(): void {
    if (this.#changed.size === 0) return
    const scopes = [this.#graph, ...this.#functions.values()]
    for (const { nodes } of scopes) for (const node of nodes) this.#renameCalls(node)
    for (const { signature } of this.#changed) if (signature) signature.name = this.#names.frozen(signature.name)
  }

  #renameCalls(node: NodeDef): void {
    for (const called of calledFunctions(node)) {
      const fn = this.#functions.get(called.name)?.fn
      if (fn === undefined || !this.#changed.has(fn)) continue
      if (!this.#changedCallers.has(node)) {
        throw new RuntimeError(
          `Function ${called.name} is called by ${node.name} with a variable that stays, and elsewhere with one that becomes a constant`,
        )
      }
      called.name = this.#names.frozen(called.name)
    }
  }

  /** Changes one place, and gives those behind it. */
  #convert({ scope, node, index }: Place, type: ConstantType): Place[] {
    if (node === undefined) return this.#convertArgument(scope, index, type)
    if (PASS_ON.has(node.op)) {
      updateDtype(node, 'T', index, type.dtype)
      delete node.attr['_output_shapes']
      return consumersOf(scope, node.name)
    }
    const caller = callerKind(node.op)
    if (caller !== undefined) return this.#convertCaller(node, caller, index, type)
    if (node.op === 'ReadVariableOp') readToIdentity(scope, node)
    else if (node.op === 'ResourceGatherNd') gatherToDense(node, 'GatherNd', [])
    else if (node.op === 'ResourceGather' && scope.fn === undefined) this.#convertGather(node)
    return []
  }

  #convertArgument(scope: Scope, index: number, { dtype }: ConstantType): Place[] {
    const fn = scope.fn as FunctionDef
    const argument = fn.signature?.inputArg[index]
    if (argument === undefined) return []
    argument.type = dtype
    this.#changed.add(fn)
    forgetShape(attrOf(fn.attr, '_input_shapes'), index)
    // Asking for it makes it, in TensorFlow's maps.
    const attrs = (fn.argAttr[index] ??= new tensorflow.FunctionDef.ArgAttrs())
    forgetShape(attrOf(attrs.attr, '_output_shapes'), 0)
    return consumersOf(scope, argument.name)
  }

  #convertCaller(node: NodeDef, { first, types, isLoop }: CallerKind, index: number, type: ConstantType): Place[] {
    const argument = index - first
    if (argument < 0) return []
    updateDtype(node, types, argument, type.dtype)
    this.#changedCallers.add(node)
    const called = calledFunctions(node).flatMap(({ name }) => this.#functions.get(name) ?? [])
    if (isLoop) this.#convertLoop(node, argument, type)
    return called.map((scope) => ({ scope, node: undefined, index: argument }))
  }

  /** What a body gives is of the type of what it takes. */
  #convertLoop(node: NodeDef, index: number, { dtype, shape }: ConstantType): void {
    const shapes = attrOf(node.attr, 'output_shapes')?.list?.shape ?? []
    if (shapes.length > index) {
      shapes[index] = copyMessage('tensorflow.TensorShapeProto', { dim: shape.map((size) => ({ size })) })
    }
    const body = this.#functions.get(attrOf(node.attr, 'body')?.func?.name ?? '')?.fn
    const output = body?.signature?.outputArg[index]
    if (output !== undefined) output.type = dtype
  }

  #convertGather(node: NodeDef): void {
    const batchDims = Number(attrOf(node.attr, 'batch_dims')?.i ?? 0)
    if (batchDims !== 0) {
      const found = `node(${node.name}).attr('batch_dims') = ${batchDims}`
      throw new ValueError(`batch_dims must be 0 for freeze_graph, but got ${found}.`)
    }
    const indices = node.attr['Tindices']
    const axis = `${node.name}/axis`
    gatherToDense(node, 'GatherV2', [axis])
    setAttr(node.attr, 'Taxis', indices as AttrValue)
    if (this.#axes.has(axis)) return
    this.#axes.add(axis)
    const dtype = dtypeInfoByNumber(indices?.type ?? 0)?.name ?? 'int32'
    const tensor = copyMessage<TensorProto>('tensorflow.TensorProto', tensorToProto(array(0, dtype)))
    const attr = { dtype: indices, value: { tensor } }
    const constant = this.graphDef.node.find(({ name }) => name === axis)
    if (constant === undefined) this.graphDef.node.push(new tensorflow.NodeDef({ name: axis, op: 'Const', attr }))
    else Object.assign(constant, { op: 'Const', attr: { ...constant.attr, ...attr } })
  }
}

/** Who takes the outputs of a node, or an argument, in the order of the nodes. */
function consumersOf(scope: Scope, name: string): Place[] {
  scope.consumers ??= indexConsumers(scope)
  return (scope.consumers.get(name) ?? []).map(({ node, index }) => ({ scope, node, index }))
}

/** A function's inputs name a node's output ("read:value:0") or an argument ("x"); names of arguments are no nodes'. */
function indexConsumers({ nodes }: Scope): NonNullable<Scope['consumers']> {
  const consumers: NonNullable<Scope['consumers']> = new Map()
  for (const node of nodes) {
    for (const [index, input] of node.input.entries()) {
      if (input.startsWith('^')) continue
      const source = inputNode(input)
      const list = consumers.get(source)
      if (list === undefined) consumers.set(source, [{ node, index }])
      else list.push({ node, index })
    }
  }
  return consumers
}

/** @throws {ValueError} where the attribute has no type for that input */
function updateDtype(node: NodeDef, name: string, index: number, dtype: number): void {
  const attr = attrOf(node.attr, name)
  const types = attr?.list?.type
  if (types !== undefined && types.length > index) {
    types[index] = dtype
    return
  }
  const isSingle = attr?.type !== undefined && attr.type !== null
  if (isSingle && index === 0) {
    attr.type = dtype
    return
  }
  const count = types?.length ?? Number(isSingle)
  throw new ValueError(
    `\`index\` ${index} is out of range for node(${node.name}).attr(${name}), which has ${count} elements.`,
  )
}

function forgetShape(attr: AttrValue | undefined, index: number): void {
  const shape = attr?.list?.shape[index]
  if (shape === undefined) return
  shape.unknownRank = true
  shape.dim = []
}

/** Leaves nothing of a node but its name and, if asked for, where it is placed. */
function become(node: NodeDef, op: string, input: string[], attr: { [name: string]: AttrValue | undefined }): void {
  const { name } = node
  const colocation = attrOf(node.attr, '_class')
  for (const key of Object.keys(node)) delete (node as unknown as Record<string, unknown>)[key]
  const set = Object.entries({ ...attr, _class: colocation }).filter(([, value]) => value !== undefined)
  Object.assign(node, { name, op, input, attr: Object.fromEntries(set) })
}

/** Control inputs go, as in TensorFlow. */
function readToIdentity(scope: Scope, node: NodeDef): void {
  become(node, 'Identity', node.input.slice(0, 1), { T: node.attr['dtype'] })
  if (scope.fn === undefined) return
  for (const { node: consumer, index } of consumersOf(scope, node.name)) {
    if (consumer !== undefined) consumer.input[index] = renamedOutput(consumer.input[index] ?? '')
  }
  // TensorFlow leaves these as they are, and so naming no output.
  for (const [name, source] of Object.entries(scope.fn.ret)) {
    if (inputNode(source) === node.name) scope.fn.ret[name] = renamedOutput(source)
  }
}

/** The output of a ReadVariableOp is "value", that of an Identity "output". */
function renamedOutput(input: string): string {
  return input.replace(/^([^:]*):value(:|$)/, '$1:output$2')
}

function gatherToDense(node: NodeDef, op: string, more: readonly string[]): void {
  const { dtype, Tindices } = node.attr
  become(node, op, [...node.input.slice(0, 2), ...more], { Tparams: dtype, Tindices })
}
