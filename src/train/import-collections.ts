/**
 * Collections out of a meta graph, into a graph: what collection-defs writes, read back.
 *
 *     a list of names    operations and tensors of the graph
 *     integers, floats   numbers; bigint beyond 2^53
 *     texts              Uint8Array
 *     messages           Variables, Savers; what has no form here as CollectionMessage or google.protobuf.Any
 *
 * TensorFlow: python/framework/meta_graph.py, import_scoped_meta_graph_with_return_elements.
 */
import { loggerOf, type Logger } from '../fs/file-system'
import { type Graph, graphInternals } from '../graph/graph'
import type { Long } from '../proto/message-values'
import {
  type CollectionDef,
  decodeMessage,
  type MetaGraphDef,
  type SaverDef,
  tensorflow,
  type VariableDef,
} from '../proto/messages'
import { compareKeys } from '../util/bytes'
import type { Variable } from '../variables/variable'
import { nameText } from './collection-items'
import { collectionMessage, type CollectionProto, collectionProto } from './collection-protos'
import { UNBOUND_INPUTS } from './export-scope'
import { prependNameScope, type Rename } from './scope-names'

/** How names and messages of a file become things of the graph. */
export interface CollectionImport {
  readonly graph: Graph
  /** What stands before the names; '' is nothing. */
  readonly importScope: string
  /** The name of a node or tensor in the graph. @throws where it is not what the file means by it */
  readonly rename: Rename
  /** undefined for a variable that cannot be held here: it is left out. */
  makeVariable(def: VariableDef): Variable | undefined
  makeSaver(def: SaverDef): unknown
  readonly logger?: Logger | undefined
}

const TRAINABLE_VARIABLES = 'trainable_variables'
/** Collections that releases before their messages wrote as names. meta_graph.py, _COMPAT_COLLECTION_LIST. */
const WERE_NAMES: ReadonlySet<string> = new Set(['local_variables', 'model_variables', 'metric_variables'])

/** The lists of a CollectionDef: "kind" is a oneof. */
const KINDS = {
  nodeList: 'node_list',
  bytesList: 'bytes_list',
  int64List: 'int64_list',
  floatList: 'float_list',
  anyList: 'any_list',
} as const

/**
 * Adds the items of all collections to those of the graph. `floatKeys` are those of floats: markFloats() takes them once
 * nothing can fail any more.
 *
 * @throws {KeyError} {ValueError} for names of nothing, as Graph.asGraphElement(); {InvalidArgumentError} for bytes that are
 *   not the message that the key stands for; what `rename`, `makeVariable` and `makeSaver` throw
 */
export function importCollections(
  metaGraphDef: MetaGraphDef,
  target: CollectionImport,
): { readonly floatKeys: readonly string[] } {
  const collections = graphInternals.collections(target.graph)
  const hasTrainable = saysTrainable(metaGraphDef.metaInfoDef?.tensorflowVersion ?? '')
  const late: (() => void)[] = []
  const floatKeys: string[] = []
  const trainableIn = hasTrainable ? undefined : TRAINABLE_VARIABLES
  const source: ItemImport = { ...target, trainableIn, made: new Map() }
  for (const [key, def] of inOrder(metaGraphDef)) {
    if (key === UNBOUND_INPUTS) continue
    const add = (): void => {
      const items = itemsOf(key, def, source)
      for (const item of items) collections.add(key, item)
      if (def.floatList && items.length > 0) floatKeys.push(key)
    }
    // Savers are made when all variables are known; the collection has its place among the keys.
    if (collectionProto(key) !== 'SaverDef' || !def.bytesList) add()
    else if (def.bytesList.value.length > 0 && collections.ref(key)) late.push(add)
  }
  for (const add of late) add()
  return { floatKeys }
}

/** "trainable_variables" first, so that old files' variables are made from it; the others by their keys. */
function inOrder({ collectionDef }: MetaGraphDef): [string, CollectionDef][] {
  const entries = Object.entries(collectionDef).sort(([a], [b]) => compareKeys(a, b))
  const isFirst = ([key]: [string, CollectionDef]): boolean => key === TRAINABLE_VARIABLES
  return [...entries.filter(isFirst), ...entries.filter((entry) => !isFirst(entry))]
}

/** Whether this release says of each variable if it is trainable: from 1.9 on. Release candidates come before their release. */
export function saysTrainable(version: string): boolean {
  const match = /^v?(\d+)(?:\.(\d+))?(.*)$/.exec(version)
  if (match === null) return true
  const [major, minor] = [Number(match[1]), Number(match[2] ?? 0)]
  if (major !== 1 || minor !== 9) return major > 1 || (major === 1 && minor > 9)
  return !/^\.0[.\-_]?(?:rc|a|b|alpha|beta|c|pre|preview|dev)/i.test(match[3] ?? '')
}

interface ItemImport extends CollectionImport {
  /** Of old files: the collection whose variables are trainable. */
  readonly trainableIn: string | undefined
  /** By the bytes that say what they are. */
  readonly made: Map<string, Variable | undefined>
}

function itemsOf(key: string, def: CollectionDef, target: ItemImport): readonly unknown[] {
  const kind = (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((one) => def[one])
  if (kind === undefined) {
    loggerOf(target).error?.(`Cannot identify data type for collection ${key}. Skipping.`)
    return []
  }
  const proto = collectionProto(key)
  if (proto !== undefined && def.bytesList) {
    const items = def.bytesList.value.map((bytes) => fromMessage(key, proto, bytes, target))
    return items.filter((item) => item !== undefined)
  }
  if (WERE_NAMES.has(key)) {
    loggerOf(target).warn?.(
      `The saved meta_graph is possibly from an older release:\n'${key}' collection should be of type 'byte_list', ` +
        `but instead is of type '${KINDS[kind]}'.`,
    )
  }
  return plainItems(def, target)
}

function plainItems(def: CollectionDef, { graph, rename, importScope }: ItemImport): readonly unknown[] {
  if (def.nodeList) return def.nodeList.value.map((name) => graph.asGraphElement(rename(name)))
  if (def.bytesList) return def.bytesList.value.map((bytes) => prefixText(bytes, importScope))
  if (def.int64List) return def.int64List.value.map(integer)
  return def.floatList?.value ?? def.anyList?.value ?? []
}

/** A number where it is exact. */
function integer(value: Long): number | bigint {
  const number = value.toNumber()
  return Number.isSafeInteger(number) ? number : value.toBigInt()
}

/** TensorFlow takes every text for a name. Bytes that are no UTF-8 are none, and stay as they are (TensorFlow fails). */
function prefixText(bytes: Uint8Array, importScope: string): Uint8Array {
  if (importScope === '') return bytes
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return nameText(prependNameScope(text, importScope))
  } catch {
    return bytes
  }
}

function fromMessage(key: string, proto: CollectionProto, bytes: Uint8Array, target: ItemImport): unknown {
  if (proto === 'SaverDef') return target.makeSaver(decodeMessage(tensorflow.SaverDef, bytes, proto))
  if (proto !== 'VariableDef') return collectionMessage(proto, bytes, target.rename)
  // Most variables are in two collections. Each byte is a character in this encoding, so that bytes are told apart.
  const text = LATIN.decode(bytes)
  if (target.made.has(text)) return target.made.get(text)
  const def = decodeMessage(tensorflow.VariableDef, bytes, proto)
  if (target.trainableIn !== undefined) def.trainable = key === target.trainableIn
  const variable = target.makeVariable(def)
  target.made.set(text, variable)
  return variable
}

const LATIN = /* @__PURE__ */ new TextDecoder('windows-1252')
