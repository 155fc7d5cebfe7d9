/**
 * The meta graph that a Saver writes beside each checkpoint: its bytes, made anew only as far as something has changed.
 *
 * Nodes are never taken away from a graph nor changed, so that their number says whether there are new ones. A collection
 * is as it was where its items are the same, and none of them can change.
 *
 * TensorFlow: python/training/saver.py, Saver.save and Saver.export_meta_graph; python/framework/graph_io.py, write_graph.
 */
import { atomicWriteFile } from '../fs/atomic-write'
import type { FileSystem, Logger } from '../fs/file-system'
import { makeDirectories } from '../fs/make-directories'
import { type Graph, graphInternals } from '../graph/graph'
import { GraphOperation } from '../graph/operation'
import { GraphTensor } from '../graph/tensor'
import {
  encodeMessage,
  type ICollectionDef,
  type IMetaGraphDef,
  MAX_MESSAGE_BYTES,
  type SaverDef,
  tensorflow,
} from '../proto/messages'
import { concatBytes, EMPTY_BYTES } from '../util/bytes'
import { ValueError } from '../util/errors'
import { dirname } from '../util/path'
import { Variable } from '../variables/variable'
import { collectionDef } from './collection-defs'
import { CollectionMessage } from './collection-protos'
import { metaGraphOf } from './export-meta-graph'

/** Everything of the graph that is written but its collections. */
interface Head {
  /** What the graph was when it was encoded. */
  readonly nodes: number
  readonly functions: readonly unknown[]
  readonly versions: string
  readonly strip: boolean
  readonly bytes: Uint8Array
}

/** A collection as it was written, and as it was then. */
interface Written {
  readonly items: readonly unknown[]
  readonly def: ICollectionDef | undefined
}

/** Encodes the meta graph of one graph. */
export class MetaGraphEncoder {
  readonly #graph: Graph
  #head: Head | undefined
  #collections = new Map<string, Written>()
  /** What the collections were encoded as. */
  #tail: Uint8Array = EMPTY_BYTES

  constructor(graph: Graph) {
    this.#graph = graph
  }

  /**
   * What a .meta file holds now.
   * @throws {ValueError} for 2 GB or more
   */
  encode(
    saverDef: SaverDef | undefined,
    { strip, logger }: { readonly strip: boolean; readonly logger: Logger },
  ): Uint8Array<ArrayBuffer> {
    // Fields come in the order of their numbers: the graph is 2, the SaverDef 3, the collections 4.
    const parts = [
      this.#encodeHead(strip),
      saverDef === undefined ? EMPTY_BYTES : encode({ saverDef }),
      this.#encodeCollections(logger),
    ]
    const size = parts.reduce((sum, part) => sum + part.length, 0)
    if (size > MAX_MESSAGE_BYTES) {
      throw new ValueError(`MetaGraphDef cannot be larger than 2GB. It has ${size} bytes`)
    }
    return concatBytes(parts)
  }

  #encodeHead(strip: boolean): Uint8Array {
    const { operations, library, versions } = graphInternals.state(this.#graph)
    const now = {
      nodes: operations.length,
      functions: library.toProto()?.function ?? [],
      versions: JSON.stringify(versions),
      strip,
    }
    if (this.#head !== undefined && isSame(this.#head, now)) return this.#head.bytes
    const { metaInfoDef, graphDef } = metaGraphOf(this.#graph, { collectionList: [], stripDefaultAttrs: strip })
    const bytes = encode({ ...(metaInfoDef && { metaInfoDef }), ...(graphDef && { graphDef }) })
    this.#head = { ...now, bytes }
    return bytes
  }

  #encodeCollections(logger: Logger): Uint8Array {
    const collections = graphInternals.collections(this.#graph)
    const before = this.#collections
    let unchanged = collections.keys().length === before.size
    const written = new Map<string, Written>()
    for (const key of collections.keys()) {
      const items = collections.get(key)
      const known = before.get(key)
      if (known !== undefined && sameItems(known.items, items) && items.every(isFixed)) written.set(key, known)
      else {
        unchanged = false
        const def = collectionDef(collections, key, { exportScope: '', excluded: NO_NAMES, logger })
        written.set(key, { items, def })
      }
    }
    if (unchanged) return this.#tail
    this.#collections = written
    // Keys are anybody's words: entries become properties of its own, __proto__ too.
    const defs = [...written].flatMap(([key, { def }]) => (def === undefined ? [] : [[key, def] as const]))
    this.#tail = encode({ collectionDef: Object.fromEntries(defs) })
    return this.#tail
  }
}

const NO_NAMES: ReadonlySet<string> = new Set()

function encode(metaGraphDef: IMetaGraphDef): Uint8Array<ArrayBuffer> {
  return encodeMessage(tensorflow.MetaGraphDef, metaGraphDef, 'MetaGraphDef')
}

function isSame(head: Head, now: Omit<Head, 'bytes'>): boolean {
  return (
    head.nodes === now.nodes &&
    head.strip === now.strip &&
    head.versions === now.versions &&
    sameItems(head.functions, now.functions)
  )
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => Object.is(item, b[at]))
}

/** Whether what is written for an item can never change. */
function isFixed(item: unknown): boolean {
  return (
    typeof item === 'string' ||
    typeof item === 'number' ||
    typeof item === 'bigint' ||
    item instanceof Variable ||
    item instanceof GraphOperation ||
    item instanceof GraphTensor ||
    item instanceof CollectionMessage
  )
}

/**
 * Puts a meta graph in its place, whole or not at all. Directories that are missing are made.
 * @throws what the file system throws; an older file of that name stands then
 */
export async function writeMetaGraphFile(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  { fs, durable }: { readonly fs: FileSystem; readonly durable: boolean },
): Promise<void> {
  await makeDirectories(fs, dirname(path), durable)
  await atomicWriteFile(fs, path, bytes, { durable })
}
