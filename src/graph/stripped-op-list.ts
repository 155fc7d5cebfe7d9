/**
 * The ops that a graph uses, as meta_info_def.stripped_op_list names them: for who reads it with another TensorFlow.
 *
 * TensorFlow: python/framework/meta_graph.py (ops_used_by_graph_def, stripped_op_list_for_graph).
 */
import { type AttrValue, type FunctionDefLibrary, type OpDef, type OpList, tensorflow } from '../proto/messages'
import { compareKeys } from '../util/bytes'
import { attrOf } from './attr-map'
import type { FindOp } from './op-registry'
import { type GraphOperation, type Operation } from './operation'

/** Ops whose attribute `f` names the function that they call. Of other ops with functions TensorFlow takes no notice. */
const CALLS = new Set(['PartitionedCall', 'StatefulPartitionedCall'])

/**
 * The definitions of the ops of the graph and of the functions that it calls, in the order of their names, without
 * descriptions. The functions themselves are not among them, nor ops that `findOp` does not know.
 */
export function strippedOpList(graph: OpUsers, findOp: FindOp): OpList {
  const names = [...opsUsed(graph)].sort(compareKeys)
  const op = names.map(findOp).filter((found) => found !== undefined)
  return new tensorflow.OpList({ op: op.map(withoutDescriptions) })
}

/** As much of a node as says which ops it uses. */
interface OpUser {
  readonly op: string
  readonly attr: { readonly [name: string]: AttrValue }
}

/** A GraphDef, or what usersOf() makes of operations. */
export interface OpUsers {
  readonly node: readonly OpUser[]
  readonly library?: FunctionDefLibrary | null | undefined
}

/** One of each type, and all that call functions. */
export function usersOf(operations: readonly Operation[]): OpUser[] {
  const users = new Map<string, OpUser>()
  const calls: OpUser[] = []
  for (const op of operations) {
    const { type } = op
    if (CALLS.has(type)) {
      const f = (op as GraphOperation).heldAttr('f')
      calls.push({ op: type, attr: f === undefined ? {} : { f } })
    } else if (!users.has(type)) users.set(type, { op: type, attr: {} })
  }
  return [...users.values(), ...calls]
}

/** The names of the ops, those of functions left out. */
export function opsUsed(graph: OpUsers): Set<string> {
  const bodies = new Map(graph.library?.function.map((body) => [body.signature?.name ?? '', body.nodeDef]))
  const used = new Set<string>()
  const waiting: (readonly OpUser[])[] = [graph.node]
  const use = (name: string): void => {
    const body = used.has(name) ? undefined : bodies.get(name)
    used.add(name)
    if (body !== undefined) waiting.push(body)
  }
  for (let nodes = waiting.pop(); nodes !== undefined; nodes = waiting.pop()) {
    for (const { op, attr } of nodes) {
      use(op)
      if (CALLS.has(op)) use(attrOf(attr, 'f')?.func?.name ?? '')
    }
  }
  return new Set([...used].filter((name) => !bodies.has(name)))
}

/** A custom op's definition from a file may have some. */
function withoutDescriptions(op: OpDef): OpDef {
  const described = [op, ...op.inputArg, ...op.outputArg, ...op.attr]
  if (op.summary === '' && described.every(({ description }) => description === '')) return op
  const bare = <T extends object>(Codec: new (properties?: object) => T, message: T): T =>
    new Codec({ ...message, description: '' })
  return Object.assign(bare(tensorflow.OpDef, op), {
    summary: '',
    inputArg: op.inputArg.map((arg) => bare(tensorflow.OpDef.ArgDef, arg)),
    outputArg: op.outputArg.map((arg) => bare(tensorflow.OpDef.ArgDef, arg)),
    attr: op.attr.map((attr) => bare(tensorflow.OpDef.AttrDef, attr)),
  })
}
