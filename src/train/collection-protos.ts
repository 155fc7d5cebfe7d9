/**
 * Collections whose items are written as messages, and the messages of which only the names are understood here: contexts
 * of control flow, and queue runners. They are carried from file to file unread; where a scope is put in front of all
 * names, or cut, the names within them follow.
 *
 * TensorFlow: python/framework/ops.py (register_proto_function), called in python/ops/ref_variable.py,
 * python/training/saver.py, python/ops/control_flow_ops.py and python/training/queue_runner_impl.py.
 */
import type { MessageCodec } from '../proto/message-values'
import {
  type CondContextDef,
  type ControlFlowContextDef,
  decodeMessage,
  encodeMessage,
  type QueueRunnerDef,
  tensorflow,
  type ValuesDef,
  type WhileContextDef,
} from '../proto/messages'
import type { Rename } from './scope-names'

/** The messages of collections. */
export type CollectionProto = 'VariableDef' | 'SaverDef' | OpaqueProto
/** Those that have no form of their own here. */
export type OpaqueProto = 'CondContextDef' | 'WhileContextDef' | 'QueueRunnerDef'

/** Which message the items of a collection are written as, by the collection's key: tf.GraphKeys. */
const PROTOS: ReadonlyMap<string, CollectionProto> = new Map<string, CollectionProto>([
  ['variables', 'VariableDef'],
  ['trainable_variables', 'VariableDef'],
  ['moving_average_variables', 'VariableDef'],
  ['local_variables', 'VariableDef'],
  ['model_variables', 'VariableDef'],
  ['global_step', 'VariableDef'],
  ['metric_variables', 'VariableDef'],
  ['savers', 'SaverDef'],
  ['cond_context', 'CondContextDef'],
  ['while_context', 'WhileContextDef'],
  ['queue_runners', 'QueueRunnerDef'],
])

/** The message that the items of this collection are written as; undefined where they are told by what they are. */
export function collectionProto(key: string): CollectionProto | undefined {
  return PROTOS.get(key)
}

/**
 * An item of a collection that came from a file and has no form of its own here: a context of control flow
 * (`cond_context`, `while_context`) or a queue runner (`queue_runners`). It is written back as it came.
 */
export class CollectionMessage {
  /** What TensorFlow calls the object: that of the context, or of the queue. */
  readonly name: string
  /** The message: "CondContextDef", "WhileContextDef" or "QueueRunnerDef". */
  readonly type: OpaqueProto
  /** The message's bytes. */
  readonly bytes: Uint8Array

  constructor(name: string, type: OpaqueProto, bytes: Uint8Array) {
    this.name = name
    this.type = type
    this.bytes = bytes
  }

  toString(): string {
    return `<${this.type} '${this.name}'>`
  }
}

interface Opaque<T> {
  readonly codec: MessageCodec<T>
  name(message: T): string
  /** Changes the names within. */
  rename(message: T, rename: Rename): void
}

const COND: Opaque<CondContextDef> = {
  codec: tensorflow.CondContextDef,
  name: (message) => message.contextName,
  rename: renameCond,
}
const WHILE: Opaque<WhileContextDef> = {
  codec: tensorflow.WhileContextDef,
  name: (message) => message.contextName,
  rename: renameWhile,
}
const QUEUE: Opaque<QueueRunnerDef> = {
  codec: tensorflow.QueueRunnerDef,
  name: (message) => message.queueName,
  rename: renameQueueRunner,
}

/**
 * An item from the message's bytes, every name in it renamed; where that changes none, the bytes stay as they are.
 * @throws {InvalidArgumentError} for bytes that are no such message; what `rename` throws
 */
export function collectionMessage(type: OpaqueProto, bytes: Uint8Array, rename: Rename): CollectionMessage {
  if (type === 'CondContextDef') return read(COND, type, bytes, rename)
  return type === 'WhileContextDef' ? read(WHILE, type, bytes, rename) : read(QUEUE, type, bytes, rename)
}

function read<T extends object>(
  { codec, name, rename: renameIn }: Opaque<T>,
  type: OpaqueProto,
  bytes: Uint8Array,
  rename: Rename,
): CollectionMessage {
  const message = decodeMessage(codec, bytes, type)
  let isChanged = false
  renameIn(message, (before) => {
    const after = rename(before)
    isChanged ||= after !== before
    return after
  })
  return new CollectionMessage(name(message), type, isChanged ? encodeMessage(codec, message, type) : bytes)
}

function renameCond(message: CondContextDef, rename: Rename): void {
  message.contextName = rename(message.contextName)
  message.predName = rename(message.predName)
  message.pivotName = rename(message.pivotName)
  renameValues(message.valuesDef, rename)
  renameNested(message.nestedContexts, rename)
}

function renameWhile(message: WhileContextDef, rename: Rename): void {
  message.contextName = rename(message.contextName)
  message.pivotName = rename(message.pivotName)
  message.pivotForPredName = rename(message.pivotForPredName)
  message.pivotForBodyName = rename(message.pivotForBodyName)
  message.loopExitNames = message.loopExitNames.map(rename)
  message.loopEnterNames = message.loopEnterNames.map(rename)
  // An empty name stands for "as often as the condition says".
  if (message.maximumIterationsName !== '') message.maximumIterationsName = rename(message.maximumIterationsName)
  renameValues(message.valuesDef, rename)
  renameNested(message.nestedContexts, rename)
}

function renameValues(values: ValuesDef | null | undefined, rename: Rename): void {
  if (values === null || values === undefined) return
  values.values = values.values.map(rename)
  const external = Object.entries(values.externalValues).map(([key, value]) => [rename(key), rename(value)] as const)
  values.externalValues = Object.fromEntries(external)
}

/** TensorFlow leaves the names of inner contexts as they are when it exports a scope, and cannot import them then. */
function renameNested(nested: readonly ControlFlowContextDef[], rename: Rename): void {
  for (const { condCtxt, whileCtxt } of nested) {
    if (condCtxt) renameCond(condCtxt, rename)
    if (whileCtxt) renameWhile(whileCtxt, rename)
  }
}

function renameQueueRunner(message: QueueRunnerDef, rename: Rename): void {
  message.queueName = rename(message.queueName)
  message.enqueueOpName = message.enqueueOpName.map(rename)
  message.closeOpName = rename(message.closeOpName)
  message.cancelOpName = rename(message.cancelOpName)
}

/**
 * The names of frames that loops have once their contexts are renamed, by the name of the tensor that enters the frame;
 * `contexts` are those of the file, and so are the keys.
 *
 * TensorFlow: control_flow_ops.py, WhileContext._init_from_proto, which gives every Enter among its values its own name.
 *
 * @throws {InvalidArgumentError} for bytes that are no WhileContextDef or CondContextDef
 */
export function frameNames(
  loops: readonly Uint8Array[],
  conditionals: readonly Uint8Array[],
  rename: Rename,
): Map<string, string> {
  const frames = new Map<string, string>()
  const enterNested = (nested: readonly ControlFlowContextDef[]): void => {
    for (const { condCtxt, whileCtxt } of nested) {
      // TensorFlow takes the first of the two that is set; a oneof has one.
      if (condCtxt) enterNested(condCtxt.nestedContexts)
      else if (whileCtxt) enterLoop(whileCtxt)
    }
  }
  const enterLoop = ({ contextName, valuesDef, nestedContexts }: WhileContextDef): void => {
    for (const value of valuesDef?.values ?? []) frames.set(value, rename(contextName))
    enterNested(nestedContexts)
  }
  for (const bytes of conditionals) {
    enterNested(decodeMessage(tensorflow.CondContextDef, bytes, 'CondContextDef').nestedContexts)
  }
  for (const bytes of loops) enterLoop(decodeMessage(tensorflow.WhileContextDef, bytes, 'WhileContextDef'))
  return frames
}
