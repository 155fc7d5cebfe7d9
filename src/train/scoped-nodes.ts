/**
 * Making nodes under one name scope, as TensorFlow's Python does: a node takes its name first, then its constant inputs
 * get theirs below it ("save/SaveV2", "save/SaveV2/tensor_names"), and then it is made.
 *
 * TensorFlow: python/framework/op_def_library.py, python/framework/constant_op.py, python/ops/control_flow_ops.py.
 */
import { graphInternals, type Graph, type NodeKind, type Operation, type Tensor } from '../graph/graph'
import type { OwnValue } from '../graph/node-kind'
import type { IAttrValue } from '../proto/messages'
import { dtypeInfo } from '../tensor/dtype'
import { ndarray, type NDArray, type Shape } from '../tensor/ndarray'
import { tensorToProto } from '../tensor/tensor-proto'
import { bytesFromKey, compareKeys } from '../util/bytes'
import { canonicalDevice } from '../variables/device'

/** What a node is made of, beside its name and type. */
export interface NodeOptions {
  readonly inputs?: readonly Tensor[]
  /** What has to run first. */
  readonly controls?: readonly Operation[]
  /** Default '': anywhere. */
  readonly device?: string
  readonly attr?: Readonly<Record<string, IAttrValue>>
  /** Of each output; undefined is an unknown rank. */
  readonly shapes?: readonly (Shape | undefined)[]
}

/** What a node is made of that is one of many. */
export interface AlikeOptions {
  readonly likeness: string
  readonly attr: Readonly<Record<string, IAttrValue>>
  /** At most one attribute that it has for itself; a text stands for a list of it. */
  readonly own: Readonly<Record<string, IAttrValue | string>>
  readonly shapes: readonly (Shape | undefined)[]
  readonly inputOps: readonly Operation[]
  readonly inputIndexes?: readonly number[]
  readonly device: string
}

/** An attribute of nodes that others wait for by a control input. TensorFlow: ops.py, Graph._create_op_helper. */
export const AWAITED: Readonly<Record<string, IAttrValue>> = { _has_manual_control_dependencies: { b: true } }

export const STRING = dtypeInfo('string').number

/** Nodes under a scope. */
export class ScopedNodes {
  readonly #graph: Graph
  readonly #scope: string
  /** Of nodes that there are many of, by type and what tells them apart. */
  readonly #kinds = new Map<string, NodeKind>()

  /** @param scope "save/", or '' for the root */
  constructor(graph: Graph, scope: string) {
    this.#graph = graph
    this.#scope = scope
  }

  get graph(): Graph {
    return this.#graph
  }

  /** Takes a name in the scope, and gives it in full: "save/Assign_1". */
  take(name: string): string {
    return this.takeFull(this.fullName(name))
  }

  /** A name in the scope in full; it is not taken yet. */
  fullName(name: string): string {
    return this.#scope + name
  }

  /** Takes a name below one that was taken: "save/SaveV2/tensor_names". */
  takeFull(name: string): string {
    return graphInternals.names(this.#graph).unique(name)
  }

  /** A node of that very name, which was taken. */
  add(name: string, type: string, options: NodeOptions): Operation {
    const { inputs = [], controls = [], device = '', attr = {}, shapes = [] } = options
    return graphInternals.addOperation(this.#graph, {
      name,
      type,
      inputs: [...inputs],
      controlInputs: [...controls],
      device,
      attr: { ...attr },
      outputShapes: [...shapes],
    })
  }

  /** A node that others wait for. */
  addAwaited(name: string, type: string, options: NodeOptions): Operation {
    return this.add(name, type, { ...options, attr: { ...options.attr, ...AWAITED } })
  }

  /**
   * A node that is like others of the Saver but for its name, inputs, device and `own`, of whose op it takes first outputs.
   * @param likeness tells kinds of one type apart
   */
  addAlike(name: string, type: string, { likeness, attr, own, shapes, ...place }: AlikeOptions): Operation {
    const key = `${type} ${likeness}`
    const found = this.#kinds.get(key)
    const kind =
      found ?? graphInternals.newKind(this.#graph, type, { attr, own, shapes, name, inputs: place.inputOps.length })
    if (found === undefined) this.#kinds.set(key, kind)
    return graphInternals.addOfKind(this.#graph, { name, kind, own: Object.values(own) as OwnValue[], ...place })
  }

  /** A Const under a name that is taken now. */
  constant(name: string, value: NDArray, device: string): Tensor {
    const attr = { dtype: { type: dtypeInfo(value.dtype).number }, value: { tensor: tensorToProto(value) } }
    return outputOf(this.add(this.takeFull(name), 'Const', { device, attr, shapes: [value.shape] }))
  }

  strings(name: string, keys: readonly string[], device: string): Tensor {
    return this.constant(name, ndarray('string', [keys.length], keys.map(bytesFromKey)), device)
  }

  string(name: string, text: string, device: string): Tensor {
    return this.constant(name, ndarray('string', [], [bytesFromKey(text)]), device)
  }

  number(name: string, value: number, device: string): Tensor {
    return this.constant(name, ndarray('int32', [], Int32Array.of(value)), device)
  }

  identity(name: string, input: Tensor, options: { device?: string; dtype: number; shape: Shape | undefined }): Tensor {
    const { device = '', dtype, shape } = options
    return outputOf(
      this.add(name, 'Identity', { inputs: [input], device, attr: { T: { type: dtype } }, shapes: [shape] }),
    )
  }

  /** `value` once `before` has run, where `value` is. TensorFlow: with_dependencies. */
  after(before: Operation, value: Tensor, options: { awaited?: boolean } = {}): Tensor {
    const parts: NodeOptions = {
      inputs: [value],
      controls: [before],
      device: value.op.device,
      attr: { T: { type: STRING }, _class: colocation(value.op) },
      shapes: [[]],
    }
    const name = this.take('control_dependency')
    return outputOf(
      options.awaited === true ? this.addAwaited(name, 'Identity', parts) : this.add(name, 'Identity', parts),
    )
  }

  /**
   * A NoOp that waits for all of `ops`: on their device, or, where they are on several, for a NoOp on each.
   * TensorFlow: control_flow_ops.group.
   */
  group(name: string, ops: readonly Operation[], options: { awaited?: boolean } = {}): Operation {
    const full = this.take(name)
    const make = (controls: readonly Operation[], device: string): Operation =>
      options.awaited === true
        ? this.addAwaited(full, 'NoOp', { controls, device })
        : this.add(full, 'NoOp', { controls, device })
    const byDevice = [...groupBy(ops, (op) => op.device)]
    const [[device = '', only = []] = []] = byDevice
    if (byDevice.length <= 1) return make(only, canonicalDevice(device))
    byDevice.sort(([a], [b]) => compareKeys(a, b))
    const parts = byDevice.map(([one, controls]) =>
      this.addAwaited(this.takeFull(`${full}/NoOp`), 'NoOp', { controls, device: canonicalDevice(one) }),
    )
    return make(parts, '')
  }
}

/** The first output of a node that has one. */
export function outputOf(op: Operation): Tensor {
  return op.outputs[0] as Tensor
}

/** colocation(), as a text where it is one. */
export function colocationText(op: Operation): IAttrValue | string {
  const text = graphInternals.classText(op)
  if (text?.startsWith('loc:@')) return text
  return graphInternals.heldAttr(op, '_class') === undefined ? `loc:@${op.name}` : colocation(op)
}

/** Beside `op`, or beside what that is beside. TensorFlow: ops.py, Operation.colocation_groups. */
export function colocation(op: Operation): IAttrValue {
  const groups = (graphInternals.heldAttr(op, '_class')?.list?.s ?? []).filter((bytes) =>
    new TextDecoder().decode(bytes).startsWith('loc:@'),
  )
  return { list: { s: groups.length > 0 ? groups : [bytesFromKey(`loc:@${op.name}`)] } }
}

/** The items of each key; keys in the order in which they first come. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
