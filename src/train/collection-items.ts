/**
 * What the items of a collection are to a file, which has five kinds of lists: texts, integers, floats, nodes by their
 * names, and messages of any type. The first item says which kind the list is.
 *
 * JavaScript has one kind of numbers, and files have two: whole numbers are integers where all numbers of the list are
 * whole, and floats otherwise. To say that 1 is a float, add `array(1)`, an NDArray of float32 without dimensions; any
 * NDArray without dimensions stands for its one element. A list that came from a file as floats stays one as long as it
 * is one of numbers. Integers come back as numbers, and beyond 2^53 as bigint; floats as numbers; texts as Uint8Array.
 *
 * TensorFlow: python/framework/meta_graph.py, _get_kind_name and add_collection_def.
 */
import { pythonTypeName } from '../graph/graph-element'
import { google, type google_protobuf_Any } from '../proto/messages'
import { elementReader } from '../tensor/elements'
import { isBytes, type NDArray } from '../tensor/ndarray'
import { bytesFromKey } from '../util/bytes'
import type { Collections } from '../variables/collections'

/** One item, by what it is. `whole` may be an integer or a float; `node` has a name; no list holds the rest. */
export type CollectionItem =
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'whole' | 'float'; readonly value: number }
  | { readonly kind: 'any'; readonly value: google_protobuf_Any }
  | { readonly kind: 'node'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'other' }

/** The collections that came from files as floats, by their keys. */
const floats = new WeakMap<Collections, Set<string>>()

/** Notes that the numbers of this collection are floats, whole ones too. */
export function markFloats(collections: Collections, key: string): void {
  const keys = floats.get(collections)
  if (keys === undefined) floats.set(collections, new Set([key]))
  else keys.add(key)
}

/** Whether the numbers of this collection came from a file as floats. */
export function areFloats(collections: Collections, key: string): boolean {
  return floats.get(collections)?.has(key) ?? false
}

/** Texts of files that count as names, since an import put a scope in front of them. TensorFlow has them as str, others as bytes. */
const nameTexts = new WeakSet<Uint8Array>()

/** A text that counts as a name. */
export function nameText(name: string): Uint8Array {
  const text = new TextEncoder().encode(name)
  nameTexts.add(text)
  return text
}

/** The name by which an item is in a scope or not; undefined for what is in every scope. meta_graph.py, _should_include_node. */
export function scopeNameOf(item: unknown): string | undefined {
  if (typeof item === 'string') return item
  if (typeof item !== 'object' || item === null) return undefined
  if (isBytes(item)) return nameTexts.has(item) ? new TextDecoder().decode(item) : undefined
  return 'name' in item && typeof item.name === 'string' ? item.name : undefined
}

/** What an item is. */
export function collectionItem(item: unknown): CollectionItem {
  if (typeof item === 'string') return { kind: 'bytes', value: bytesFromKey(item) }
  if (isBytes(item)) return { kind: 'bytes', value: item }
  if (typeof item === 'bigint') return { kind: 'int', value: item }
  if (typeof item === 'number') return { kind: isWhole(item) ? 'whole' : 'float', value: item }
  if (typeof item === 'boolean') return { kind: 'bool', value: item }
  if (typeof item !== 'object' || item === null) return { kind: 'other' }
  if (item instanceof google.protobuf.Any) return { kind: 'any', value: item }
  return isScalar(item) ? scalarItem(item) : namedItem(item)
}

/** -0 and what is beyond 2^53 would lose something as integers. */
function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0)
}

function isScalar(item: object): item is NDArray {
  const { dtype, shape, data } = item as Partial<NDArray>
  return typeof dtype === 'string' && Array.isArray(shape) && shape.length === 0 && data?.length === 1
}

function scalarItem(scalar: NDArray): CollectionItem {
  const element = elementReader(scalar)(0)
  if (isBytes(element)) return { kind: 'bytes', value: element }
  if (typeof element === 'bigint') return { kind: 'int', value: element }
  if (typeof element === 'boolean') return { kind: 'bool', value: element }
  if (typeof element !== 'number') return { kind: 'other' }
  const isFloat = scalar.dtype.includes('float')
  return isFloat ? { kind: 'float', value: element } : { kind: 'int', value: BigInt(element) }
}

function namedItem(item: object): CollectionItem {
  const name = scopeNameOf(item)
  return name === undefined ? { kind: 'other' } : { kind: 'node', value: name }
}

/** What Python calls the type of an item, for the messages of its errors. */
export function itemTypeName(item: unknown): string {
  if (isBytes(item)) return 'bytes'
  const name = pythonTypeName(item)
  return name === 'Object' || name === 'Map' ? 'dict' : name
}
