/**
 * What a Saver knew, read back from its SaverDef and its nodes: which variable is saved under which key, as which part,
 * into which shard.
 *
 *     restore op → NoOp* → Assign, AssignVariableOp ← Identity, Reshape ← RestoreV2, Restore, RestoreSlice
 *     save tensor → …, MergeV2Checkpoints, ShardedFilespec → SaveV2, SaveSlices, Save ← Identity, ReadVariableOp ← variable
 *
 * So the nodes that early releases made are read too: one RestoreV2 or Restore for each variable, chained by control
 * inputs. TensorFlow: python/training/saver.py, python/ops/io_ops.py; core/ops/io_ops.cc for the inputs of each op.
 */
import type { Graph, Operation, Tensor } from '../graph/graph'
import type { ISaverDef } from '../proto/messages'
import { tensorFromProto } from '../tensor/tensor-proto'
import { compareKeys, keyFromBytes } from '../util/bytes'
import { InvalidArgumentError, ValueError } from '../util/errors'
import { isVariableOp } from './item-nodes'
import { parseSliceSpec, type ShapeAndSlice } from './slice-spec'

/** A variable that a Saver's nodes save and restore. */
export interface SavedVariable {
  readonly key: string
  /** The variable's node: VariableV2, VarHandleOp, or one of their kin. */
  readonly op: Operation
  /** undefined where it is saved as a whole. */
  readonly part: ShapeAndSlice | undefined
  /** Which file of a sharded checkpoint it is in, from 0. */
  readonly shard: number
  /** Whether it is reshaped when it is restored. */
  readonly reshape: boolean
}

/** What a Saver's nodes say. */
export interface SaverNodes {
  /** In the order in which they are saved, shard by shard. */
  readonly variables: readonly SavedVariable[]
  /** Keys of what is no variable: tables, iterators. */
  readonly others: readonly string[]
  /** What they write; undefined where they write nothing. */
  readonly version: 'V1' | 'V2' | undefined
  /** Whether names of files say which shard they are. */
  readonly sharded: boolean
  /** Keys that are saved and not restored, or the other way round. */
  readonly saveOnly: readonly string[]
  readonly restoreOnly: readonly string[]
  /** Why nothing can be saved, or restored: a node that the SaverDef names is not there. */
  readonly saveFault: ValueError | undefined
  readonly restoreFault: ValueError | undefined
}

/** What one input of a save op, or output of a restore op, is. */
interface Link {
  readonly key: string
  readonly spec: string
  /** undefined for what is no variable. */
  readonly op: Operation | undefined
  readonly shard: number
  readonly reshape: boolean
  /** Of a save op. */
  readonly version?: 'V1' | 'V2'
  readonly isSharded?: boolean
}

/** What writes: the first input that is a value, and the one with slices. core/ops/io_ops.cc. */
const SAVE_OPS: ReadonlyMap<string, SaveOp> = new Map<string, SaveOp>([
  ['SaveV2', { version: 'V2', values: 3, slices: 2 }],
  ['SaveSlices', { version: 'V1', values: 3, slices: 2 }],
  ['Save', { version: 'V1', values: 2, slices: undefined }],
])

interface SaveOp {
  readonly version: 'V1' | 'V2'
  readonly values: number
  readonly slices: number | undefined
}

/** What reads: the input with slices; the names are input 1. */
const RESTORE_OPS: ReadonlyMap<string, number | undefined> = new Map([
  ['RestoreV2', 2],
  ['RestoreSlice', 2],
  ['Restore', undefined],
])
const ASSIGN_OPS = new Set(['Assign', 'AssignVariableOp'])
/** What hands a value on as it is. */
const PASS_ON = new Set(['Identity', 'Reshape', 'Snapshot', 'StopGradient', 'PlaceholderWithDefault'])

/**
 * Reads the nodes that a SaverDef names.
 * @throws {InvalidArgumentError} for nodes that name more or fewer keys than they have tensors
 */
export function readSaverNodes(graph: Graph, saverDef: ISaverDef): SaverNodes {
  const texts = new ConstantTexts()
  const save = attempt(
    () => savedLinks(graph.getTensorByName(saverDef.saveTensorName ?? '').op, texts),
    saverDef.saveTensorName,
  )
  const restore = attempt(
    () => restoredLinks(graph.getOperationByName(saverDef.restoreOpName ?? ''), texts),
    saverDef.restoreOpName,
  )
  const [first] = save.links
  return {
    ...combine(save.links, restore.links),
    version: first?.version,
    sharded: first?.isSharded === true,
    saveFault: save.fault,
    restoreFault: restore.fault,
  }
}

interface Attempt {
  readonly links: readonly Link[]
  readonly fault: ValueError | undefined
}

/** What TensorFlow's session says where there is no such node. */
function attempt(links: () => Link[], name: string | null | undefined): Attempt {
  try {
    return { links: links(), fault: undefined }
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof InvalidArgumentError) throw cause
    const message = `Fetch argument '${name ?? ''}' cannot be interpreted as a Tensor. ("${cause.message}")`
    return { links: [], fault: new ValueError(message, { cause }) }
  }
}

function combine(
  saved: readonly Link[],
  restored: readonly Link[],
): Pick<SaverNodes, 'variables' | 'others' | 'saveOnly' | 'restoreOnly'> {
  const [inSave, inRestore] = [byIdentity(saved), byIdentity(restored)]
  const all = [...saved, ...restored.filter((link) => !inSave.has(identityOf(link)))]
  const variables = new Map<string, SavedVariable>()
  for (const { key, spec, op, shard } of all) {
    if (op === undefined) continue
    const id = identityOf({ key, spec, op })
    if (variables.has(id)) continue
    const reshape = inRestore.get(id)?.reshape ?? false
    variables.set(id, { key, op, part: parseSliceSpec(spec), shard, reshape })
  }
  return {
    variables: [...variables.values()].sort((a, b) => a.shard - b.shard),
    others: unique(all.filter(({ op }) => op === undefined)),
    saveOnly: unique(saved.filter((link) => !inRestore.has(identityOf(link)))),
    restoreOnly: unique(restored.filter((link) => !inSave.has(identityOf(link)))),
  }
}

function identityOf({ key, spec, op }: Pick<Link, 'key' | 'spec' | 'op'>): string {
  return JSON.stringify([key, spec, op?.name])
}

function byIdentity(links: readonly Link[]): Map<string, Link> {
  return new Map(links.map((link) => [identityOf(link), link]))
}

function unique(links: readonly Link[]): string[] {
  return [...new Set(links.map(({ key }) => key))]
}

/** The inputs of every save op that the save tensor waits for. */
function savedLinks(start: Operation, texts: ConstantTexts): Link[] {
  const links: Link[] = []
  let count = 0
  for (const op of reach(start, (one) => !SAVE_OPS.has(one.type))) {
    const kind = SAVE_OPS.get(op.type)
    if (kind === undefined) continue
    const number = shardOf(op, texts)
    const [version, isSharded, shard] = [kind.version, number !== undefined, number ?? count++]
    const values = op.inputs.slice(kind.values)
    const keys = texts.at(op, 1, values.length)
    const specs = kind.slices === undefined ? undefined : texts.at(op, kind.slices, values.length)
    values.forEach((value, at) => {
      const link = { key: keys[at] ?? '', spec: specs?.[at] ?? '', op: variableOf(value), reshape: false }
      links.push({ ...link, shard, version, isSharded })
    })
  }
  return links
}

/** The assignments that the restore op waits for. */
function restoredLinks(start: Operation, texts: ConstantTexts): Link[] {
  const links: Link[] = []
  for (const op of reach(start, (one) => !RESTORE_OPS.has(one.type))) {
    if (RESTORE_OPS.has(op.type)) continue
    const isAssign = ASSIGN_OPS.has(op.type)
    const [target] = op.inputs
    // What a node between hands on is its reader's business.
    if (PASS_ON.has(op.type)) continue
    for (const input of op.inputs) {
      const found = restoreOf(input)
      if (found === undefined) continue
      const { key, spec } = nameOfOutput(found.tensor, texts)
      const variable = isAssign && target !== undefined ? variableOf(target) : undefined
      links.push({ key, spec, op: variable, shard: 0, reshape: found.reshape })
    }
  }
  // As a Saver has them; nodes are found in any order.
  return links.sort((a, b) => compareKeys(a.key, b.key))
}

/** `start` and what it waits for, each once; what `further` refuses is given, and not what is behind it. */
function reach(start: Operation, further: (op: Operation) => boolean): Operation[] {
  const seen = new Set([start])
  for (const op of seen) {
    if (!further(op)) continue
    for (const next of op.controlInputs) seen.add(next)
    for (const { op: next } of op.inputs) if (!isVariableOp(next.type)) seen.add(next)
  }
  return [...seen]
}

/** The variable that a tensor is, or is read from. */
function variableOf(tensor: Tensor): Operation | undefined {
  const seen = new Set<Operation>()
  for (let op = tensor.op; !seen.has(op);) {
    if (isVariableOp(op.type)) return op
    seen.add(op)
    const [input] = op.inputs
    if (input === undefined || !(PASS_ON.has(op.type) || op.type === 'ReadVariableOp')) return undefined
    op = input.op
  }
  return undefined
}

/** The output of a restore op that a tensor is, or was reshaped from. */
function restoreOf(tensor: Tensor): { readonly tensor: Tensor; readonly reshape: boolean } | undefined {
  const seen = new Set<Operation>()
  let reshape = false
  for (let at = tensor; !seen.has(at.op);) {
    if (RESTORE_OPS.has(at.op.type)) return { tensor: at, reshape }
    seen.add(at.op)
    const [input] = at.op.inputs
    if (input === undefined || !PASS_ON.has(at.op.type)) return undefined
    reshape ||= at.op.type === 'Reshape'
    at = input
  }
  return undefined
}

function nameOfOutput({ op, valueIndex }: Tensor, texts: ConstantTexts): { key: string; spec: string } {
  const slices = RESTORE_OPS.get(op.type)
  const count = op.type === 'RestoreV2' ? op.outputs.length : 1
  const specs = slices === undefined ? undefined : texts.at(op, slices, count)
  return { key: texts.at(op, 1, count)[valueIndex] ?? '', spec: specs?.[valueIndex] ?? '' }
}

/** The number that ShardedFilename puts into the name. */
function shardOf(save: Operation, texts: ConstantTexts): number | undefined {
  const prefix = save.inputs[0]?.op
  const number = prefix?.type === 'ShardedFilename' ? prefix.inputs[1] : undefined
  return number === undefined ? undefined : texts.number(number)
}

/** Values of Const nodes, read once each. */
class ConstantTexts {
  readonly #texts = new Map<Operation, readonly string[]>()

  /** The texts that an input of `op` holds. @throws {InvalidArgumentError} where they are not `count`, or not constant */
  at(op: Operation, input: number, count: number): readonly string[] {
    const tensor = op.inputs[input]
    const constant = tensor === undefined ? undefined : this.#constant(tensor)
    const known = constant && this.#texts.get(constant)
    const texts = known ?? (constant === undefined ? undefined : textsOf(constant))
    if (constant === undefined || texts === undefined) {
      throw new InvalidArgumentError(`Cannot tell what ${op.name} saves or restores: its input ${input} is no constant`)
    }
    this.#texts.set(constant, texts)
    if (texts.length === count) return texts
    throw new InvalidArgumentError(`${op.name} has ${count} tensors and ${texts.length} names in ${constant.name}`)
  }

  number(tensor: Tensor): number | undefined {
    const proto = this.#constant(tensor)?.getAttr('value')?.tensor
    return proto === undefined || proto === null ? undefined : Number(tensorFromProto(proto).data[0])
  }

  #constant(tensor: Tensor): Operation | undefined {
    const seen = new Set<Operation>()
    let { op } = tensor
    while (op.type === 'Identity' && !seen.has(op) && op.inputs[0] !== undefined) {
      seen.add(op)
      op = op.inputs[0].op
    }
    return op.type === 'Const' ? op : undefined
  }
}

function textsOf(constant: Operation): string[] | undefined {
  const proto = constant.getAttr('value')?.tensor
  if (proto === undefined || proto === null) return undefined
  const { dtype, data } = tensorFromProto(proto, constant.name)
  return dtype === 'string' ? data.map(keyFromBytes) : undefined
}
