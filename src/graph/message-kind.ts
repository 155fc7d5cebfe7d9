/**
 * Which of TensorFlow's messages a file holds, where it is not the one that was asked for.
 *
 * Protocol buffers do not say. GraphDef, MetaGraphDef and SavedModel begin alike, and bytes of one may pass for another with
 * nonsense in its fields; so a message is looked at: names and types of its nodes.
 */
import { soundElements } from '../proto/later-fields'
import {
  decodeMessage,
  type GraphDef,
  type MessageCodec,
  type MetaGraphDef,
  type SavedModel,
  tensorflow,
} from '../proto/messages'
import { everyNodeHas } from '../proto/node-bytes'

/** Messages that people mix up. */
export type MessageKind = 'GraphDef' | 'MetaGraphDef' | 'SavedModel'

/** What to do with each. */
export const MESSAGE_HINTS: Readonly<Record<MessageKind, string>> = {
  GraphDef: 'readGraphDef() and importGraphDef() take it',
  MetaGraphDef: 'importMetaGraph() takes it',
  SavedModel: 'a saved model is not read here; its graph is the graphDef of one of its metaGraphs',
}

/** As much of a file as tells text from bytes. */
const HEAD = 4096
/**
 * Whether bytes are text, in any encoding that has ASCII. Every message of bytes has control characters: 0x12 in front of a
 * node's type, 0x08 in front of a version.
 */
export function looksLikeText(bytes: Uint8Array): boolean {
  for (const byte of bytes.subarray(0, HEAD)) if (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) return false
  return true
}

/** What `bytes` are, other than `not`; undefined where nothing tells. */
export function binaryKind(bytes: Uint8Array, not?: MessageKind): MessageKind | undefined {
  const kinds = (['GraphDef', 'MetaGraphDef', 'SavedModel'] as const).filter((kind) => kind !== not)
  return kinds.find((kind) => isPlausible(kind, decoded(kind, bytes)))
}

function decoded(kind: MessageKind, bytes: Uint8Array): unknown {
  try {
    return decodeMessage(tensorflow[kind] as MessageCodec<unknown>, bytes, kind)
  } catch {
    return undefined
  }
}

/** Whether what was read as a message of that kind is one: its nodes have names and types. */
export function isPlausible(kind: MessageKind, message: unknown): boolean {
  if (message === undefined) return false
  if (kind === 'GraphDef') return isGraph(message as GraphDef)
  if (kind === 'MetaGraphDef') return isGraph((message as MetaGraphDef).graphDef ?? undefined)
  const { savedModelSchemaVersion, metaGraphs } = message as SavedModel
  return (
    Number(savedModelSchemaVersion) !== 0 &&
    metaGraphs.length > 0 &&
    metaGraphs.every(({ graphDef }) => graphDef !== null && graphDef !== undefined)
  )
}

/** Types of ops, those of functions too. */
const OP_TYPE = /^[A-Za-z0-9_.>/-]+$/
/** 1 for the characters of OP_TYPE. */
const TYPE_BYTES = /* @__PURE__ */ Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x80 && OP_TYPE.test(String.fromCharCode(byte)) ? 1 : 0,
)

/** Nodes, all of them with a name and a type that could be. */
function isGraph(graph: GraphDef | undefined): boolean {
  const bytes = graph && soundElements(graph, 'node')
  if (bytes !== undefined) return everyNodeHas(bytes, TYPE_BYTES)
  if (graph === undefined || graph.node.length === 0) return false
  return graph.node.every(({ name, op }) => OP_TYPE.test(op) && name !== '')
}

const TOP_FIELDS: Readonly<Record<string, MessageKind>> = {
  node: 'GraphDef',
  library: 'GraphDef',
  versions: 'GraphDef',
  meta_info_def: 'MetaGraphDef',
  graph_def: 'MetaGraphDef',
  saver_def: 'MetaGraphDef',
  collection_def: 'MetaGraphDef',
  signature_def: 'MetaGraphDef',
  saved_model_schema_version: 'SavedModel',
  meta_graphs: 'SavedModel',
}

/** What a text is, by its first field. */
export function textKind(text: string): MessageKind | undefined {
  const name = /^(?:\s|#[^\n]*\n)*([a-z_]+)/.exec(text)?.[1] ?? ''
  return Object.hasOwn(TOP_FIELDS, name) ? TOP_FIELDS[name] : undefined
}
