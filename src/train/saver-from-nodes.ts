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
import { type Graph, graphInternals, type Operation } from '../graph/graph'
import type { ISaverDef } from '../proto/messages'
import { compareKeys } from '../util/bytes'
import { InvalidArgumentError, ValueError } from '../util/errors'
import { ConstantTexts } from './constant-texts'
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
  /** One text for `key`, `spec` and `op`. */
  readonly id: string
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
  const [inSave, inRestore] = [byId(saved), byId(restored)]
  const all = saved.concat(restored.filter(({ id }) => !inSave.has(id)))
  const variables = new Map<string, SavedVariable>()
  for (const { id, key, spec, op, shard } of all) {
    if (op === undefined || variables.has(id)) continue
    const reshape = inRestore.get(id)?.reshape ?? false
    variables.set(id, { key, op, part: parseSliceSpec(spec), shard, reshape })
  }
  return {
    variables: [...variables.values()].sort((a, b) => a.shard - b.shard),
    others: unique(all.filter(({ op }) => op === undefined)),
    saveOnly: unique(saved.filter(({ id }) => !inRestore.has(id))),
    restoreOnly: unique(restored.filter(({ id }) => !inSave.has(id))),
  }
}

/** No two have the same: names of nodes have no line feed, and lengths tell key and slice apart. */
function idOf(key: string, spec: string, op: Operation | undefined): string {
  return `${op?.name ?? ''}\n${key.length} ${key}${spec}`
}

function byId(links: readonly Link[]): Map<string, Link> {
  return new Map(links.map((link) => [link.id, link]))
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
    const { inputOps } = graphInternals.inputsOf(op)
    const values = inputOps.slice(kind.values)
    const keys = texts.at(op, 1, values.length)
    const specs = kind.slices === undefined ? undefined : texts.at(op, kind.slices, values.length)
    values.forEach((value, at) => {
      const [key, spec, variable] = [keys[at] ?? '', specs?.[at] ?? '', variableOf(value)]
      const id = idOf(key, spec, variable)
      links.push({ id, key, spec, op: variable, reshape: false, shard, version, isSharded })
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
    const { inputOps, inputIndexes } = graphInternals.inputsOf(op)
    const [target] = inputOps
    // What a node between hands on is its reader's business.
    if (PASS_ON.has(op.type)) continue
    inputOps.forEach((input, at) => {
      const found = restoreOf(input, inputIndexes[at] as number)
      if (found === undefined) return
      const { key, spec } = nameOfOutput(found, texts)
      const variable = isAssign && target !== undefined ? variableOf(target) : undefined
      links.push({ id: idOf(key, spec, variable), key, spec, op: variable, shard: 0, reshape: found.reshape })
    })
  }
  // As a Saver has them; nodes are found in any order.
  return links.sort((a, b) => compareKeys(a.key, b.key))
}

/** `start` and what it waits for, each once; what `further` refuses is given, and not what is behind it. */
function reach(start: Operation, further: (op: Operation) => boolean): Operation[] {
  const seen = new Set([start])
  for (const op of seen) {
    if (!further(op)) continue
    for (const next of graphInternals.controlsOf(op)) seen.add(next)
    for (const next of graphInternals.inputsOf(op).inputOps) if (!isVariableOp(next.type)) seen.add(next)
  }
  return [...seen]
}

/** The variable that an output of an operation is, or is read from. */
function variableOf(source: Operation): Operation | undefined {
  if (isVariableOp(source.type)) return source
  const seen = new Set<Operation>()
  for (let op = source; !seen.has(op);) {
    if (isVariableOp(op.type)) return op
    seen.add(op)
    const [input] = graphInternals.inputsOf(op).inputOps
    if (input === undefined || !(PASS_ON.has(op.type) || op.type === 'ReadVariableOp')) return undefined
    op = input
  }
  return undefined
}

/** An output of a restore op, and whether its value was reshaped. */
interface RestoredOutput {
  readonly op: Operation
  readonly index: number
  readonly reshape: boolean
}

/** The output of a restore op that an output is, or was reshaped from. */
function restoreOf(source: Operation, output: number): RestoredOutput | undefined {
  if (RESTORE_OPS.has(source.type)) return { op: source, index: output, reshape: false }
  const seen = new Set<Operation>()
  let reshape = false
  for (let [op, index] = [source, output]; !seen.has(op);) {
    if (RESTORE_OPS.has(op.type)) return { op, index, reshape }
    seen.add(op)
    const { inputOps, inputIndexes } = graphInternals.inputsOf(op)
    const [input] = inputOps
    if (input === undefined || !PASS_ON.has(op.type)) return undefined
    reshape ||= op.type === 'Reshape'
    ;[op, index] = [input, inputIndexes[0] as number]
  }
  return undefined
}

function nameOfOutput({ op, index }: RestoredOutput, texts: ConstantTexts): { key: string; spec: string } {
  const slices = RESTORE_OPS.get(op.type)
  const count = op.type === 'RestoreV2' ? op.outputs.length : 1
  const specs = slices === undefined ? undefined : texts.at(op, slices, count)
  return { key: texts.at(op, 1, count)[index] ?? '', spec: specs?.[index] ?? '' }
}

/** The number that ShardedFilename puts into the name. */
function shardOf(save: Operation, texts: ConstantTexts): number | undefined {
  const prefix = save.inputs[0]?.op
  const number = prefix?.type === 'ShardedFilename' ? prefix.inputs[1] : undefined
  return number === undefined ? undefined : texts.number(number)
}
