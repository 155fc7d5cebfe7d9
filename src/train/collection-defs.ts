/**
 * Collections as meta graphs hold them: a CollectionDef for each key.
 *
 *     CollectionDef = bytes_list | int64_list | float_list | node_list | any_list
 *
 * Where TensorFlow registers a message for a key, the list is one of serialized messages: see collection-protos. What a
 * list cannot hold is left out with a warning, the whole collection, as in TensorFlow.
 *
 * TensorFlow: python/framework/meta_graph.py, add_collection_def.
 */
import { variableDefOf } from '../graph/variable-def'
import { loggerOf, type Logger } from '../fs/file-system'
import {
  encodeMessage,
  type google_protobuf_Any,
  type ICollectionDef,
  type ISaverDef,
  type IVariableDef,
  tensorflow,
} from '../proto/messages'
import { isOpError } from '../util/errors'
import type { Collections } from '../variables/collections'
import { Variable } from '../variables/variable'
import { areFloats, collectionItem, type CollectionItem, itemTypeName, scopeNameOf } from './collection-items'
import { CollectionMessage, collectionMessage, collectionProto, type CollectionProto } from './collection-protos'
import { stripNameScope } from './scope-names'
import { UNBOUND_INPUT_PREFIX } from './export-scope'

/** What is exported of a graph. */
export interface CollectionFilter {
  /** '' is the whole graph. */
  readonly exportScope: string
  /** Names of nodes that are left out. */
  readonly excluded: ReadonlySet<string>
  readonly logger?: Logger | undefined
}

/** What a list cannot hold, in the words of Python's protobuf. */
class UnsupportedItem extends Error {}

/**
 * The collection of that key, for a file; undefined where nothing of it is exported, or where a list cannot hold it.
 */
export function collectionDef(
  collections: Collections,
  key: string,
  filter: CollectionFilter,
): ICollectionDef | undefined {
  return collectionDefOf(key, collections.get(key), { ...filter, floats: areFloats(collections, key) })
}

/**
 * These items, for a file, as collectionDef().
 * @param options.floats whether whole numbers are floats
 */
export function collectionDefOf(
  key: string,
  items: readonly unknown[],
  options: CollectionFilter & { readonly floats?: boolean },
): ICollectionDef | undefined {
  const included = items.filter((item) => isIncluded(item, options))
  if (included.length === 0) return undefined
  try {
    const proto = collectionProto(key)
    if (proto === undefined) return listOf(included, options)
    const messages = included.flatMap((item) => messageBytes(item, proto, options))
    // A Saver outside of the scope leaves a list of no kind behind, as in TensorFlow.
    return messages.length > 0 ? { bytesList: { value: messages } } : {}
  } catch (error) {
    if (!(error instanceof UnsupportedItem)) throw error
    loggerOf(options).warn?.(
      `Issue encountered when serializing ${key}.\n` +
        `Type is unsupported, or the types of the items don't match field type in CollectionDef. ` +
        `Note this is a warning and probably safe to ignore.\n${error.message}`,
    )
    return undefined
  }
}

/** TensorFlow: meta_graph.py, _should_include_node. */
function isIncluded(item: unknown, { exportScope, excluded }: CollectionFilter): boolean {
  const name = scopeNameOf(item)
  if (name === undefined) return true
  if (excluded.has(name)) return false
  return name.startsWith(UNBOUND_INPUT_PREFIX) || name.startsWith(exportScope)
}

function listOf(items: readonly unknown[], options: CollectionFilter & { readonly floats?: boolean }): ICollectionDef {
  const told = items.map(collectionItem)
  const at = (index: number): unknown => items[index]
  switch (listKind(told, options.floats ?? false)) {
    case 'bytes':
      return { bytesList: { value: told.map((item, index) => bytesItem(item, at(index))) } }
    case 'int':
      return { int64List: { value: told.map((item, index) => intItem(item, at(index))) } }
    case 'float':
      return { floatList: { value: told.map((item, index) => floatItem(item, at(index))) } }
    case 'any':
      return { anyList: { value: told.map((item, index) => anyItem(item, at(index))) } }
    default:
      return { nodeList: { value: told.map((item, index) => nodeItem(item, at(index), options.exportScope)) } }
  }
}

/** The first item says it, but whole numbers may be floats. */
function listKind(items: readonly CollectionItem[], floats: boolean): CollectionItem['kind'] {
  const kind = items[0]?.kind ?? 'other'
  // Python's bool is an int, until protobuf looks.
  if (kind === 'bool') return 'int'
  if (kind !== 'whole') return kind
  const areNumbers = items.every((item) => item.kind === 'whole' || item.kind === 'float')
  return areNumbers && (floats || items.some((item) => item.kind === 'float')) ? 'float' : 'int'
}

function bytesItem(item: CollectionItem, original: unknown): Uint8Array {
  if (item.kind === 'bytes') return item.value
  throw new UnsupportedItem(`Expected binary or unicode string, got ${String(original)}`)
}

function intItem(item: CollectionItem, original: unknown): bigint {
  if (item.kind === 'bool') {
    throw new UnsupportedItem('Field tensorflow.CollectionDef.Int64List.value: Expected an int, got a boolean.')
  }
  if (item.kind !== 'int' && item.kind !== 'whole') {
    throw new UnsupportedItem(`'${itemTypeName(original)}' object cannot be interpreted as an integer`)
  }
  const value = BigInt(item.value)
  if (BigInt.asIntN(64, value) !== value) throw new UnsupportedItem(`Value out of range: ${value}`)
  return value
}

function floatItem(item: CollectionItem, original: unknown): number {
  if (item.kind === 'bytes' || item.kind === 'node' || item.kind === 'any' || item.kind === 'other') {
    throw new UnsupportedItem(`must be real number, not ${itemTypeName(original)}`)
  }
  const value = Number(item.value)
  // TensorFlow writes an infinity.
  if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) {
    throw new UnsupportedItem(`Value out of range for float32: ${value}`)
  }
  return value
}

function anyItem(item: CollectionItem, original: unknown): google_protobuf_Any {
  if (item.kind === 'any') return item.value
  throw new UnsupportedItem(`Expected a message object, but got ${String(original)}.`)
}

function nodeItem(item: CollectionItem, original: unknown, exportScope: string): string {
  if (item.kind === 'node') return stripNameScope(item.value, exportScope)
  throw new UnsupportedItem(`'${itemTypeName(original)}' object has no attribute 'name'`)
}

/** One message, or none where the item is outside of the scope. */
function messageBytes(item: unknown, proto: CollectionProto, { exportScope }: CollectionFilter): Uint8Array[] {
  if (proto === 'VariableDef') {
    return [encodeMessage(tensorflow.VariableDef, strippedVariableDef(item, exportScope), proto)]
  }
  if (item instanceof CollectionMessage && item.type === proto) return [strippedMessage(item, exportScope)]
  if (proto !== 'SaverDef') throw new UnsupportedItem(`'${itemTypeName(item)}' object has no attribute 'to_proto'`)
  const saverDef = saverDefOf(item, exportScope)
  return saverDef === undefined ? [] : [encodeMessage(tensorflow.SaverDef, saverDef, proto)]
}

function strippedMessage(item: CollectionMessage, exportScope: string): Uint8Array {
  if (exportScope === '') return item.bytes
  return collectionMessage(item.type, item.bytes, (name) => stripNameScope(name, exportScope)).bytes
}

function strippedVariableDef(item: unknown, exportScope: string): IVariableDef {
  if (!(item instanceof Variable)) {
    throw new UnsupportedItem(`'${itemTypeName(item)}' object has no attribute 'to_proto'`)
  }
  const def = variableDefOf(item)
  if (exportScope === '') return def
  const strip = (name: string | null | undefined): string => stripNameScope(name ?? '', exportScope)
  const { saveSliceInfoDef: slice } = def
  return {
    ...def,
    variableName: strip(def.variableName),
    initializerName: strip(def.initializerName),
    snapshotName: strip(def.snapshotName),
    initialValueName: strip(def.initialValueName),
    ...(slice ? { saveSliceInfoDef: { ...slice, fullName: strip(slice.fullName) } } : {}),
  }
}

/** A Saver, as this file sees it: it stands above. */
interface SaverLike {
  toProto(options?: { exportScope: string }): ISaverDef | undefined
}

/** undefined for a Saver of nothing, and for one outside of the scope. */
function saverDefOf(item: unknown, exportScope: string): ISaverDef | undefined {
  const saver = item as Partial<SaverLike> | null | undefined
  if (typeof saver?.toProto !== 'function') {
    throw new UnsupportedItem(`'${itemTypeName(item)}' object has no attribute 'saver_def'`)
  }
  try {
    return exportScope === '' ? saver.toProto() : saver.toProto({ exportScope })
  } catch (error) {
    if (isOpError(error, 'FAILED_PRECONDITION')) return undefined
    throw error
  }
}
