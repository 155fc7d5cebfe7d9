/**
 * What a Saver is made of: the values under their keys, its nodes in a graph, and its counts; new, or from a SaverDef.
 *
 * TensorFlow: python/training/saver.py, Saver.build, Saver._check_saver_def and Saver.from_proto.
 */
import { type FileSystem, isWritable, loggerOf, type Logger, type ReadableFileSystem } from '../fs/file-system'
import { graphInternals } from '../graph/graph'
import { copyMessage } from '../proto/message-copy'
import { printMessage } from '../proto/message-text'
import type { ISaverDef, SaverDef } from '../proto/messages'
import { FailedPreconditionError, ValueError } from '../util/errors'
import { Variable } from '../variables/variable'
import { readSaverNodes, type SaverNodes } from './saver-from-nodes'
import { givenSaverGraph, graphOfItems, newSaverGraph, ownNodeNames, type SaverGraph } from './saver-graph'
import { SAVER_VERSIONS } from './saver-nodes'
import type { SaverOptions } from './saver-options'
import { prependNameScope } from './scope-names'
import { compactShards, formatOf, type SaverFormat, shardsByDevice } from './shards'
import { resolveVarList, type SaveItem, type VarList } from './var-list'

/** Keys that are named in a warning. */
const SHOWN_KEYS = 10

/** saver.py, Saver.save. */
const V1_WARNING = [
  '*******************************************************',
  "TensorFlow's V1 checkpoint format has been deprecated.",
  'Consider switching to the more efficient V2 format:',
  '   `tf.train.Saver(write_version=tf.train.SaverDef.V2)`',
  'now on by default.',
  '*******************************************************',
]

/** How many checkpoints are kept, and how long. */
export interface SaverLimits {
  readonly maxToKeep: number | null
  readonly keepCheckpointEveryNHours: number
}

/** What SaverParts are made of. */
export interface SaverPartsOptions {
  readonly items: readonly SaveItem[]
  readonly nodes: SaverGraph
  readonly limits: SaverLimits
  /** The shards are those of `items`. */
  readonly format: SaverFormat
  readonly reshape: boolean
  /** Where a Saver from a file reads, and, where that can be written, writes. */
  readonly fs?: ReadableFileSystem | undefined
  /** Why nothing can be saved, or restored. */
  readonly saveFault?: Error | undefined
  readonly restoreFault?: Error | undefined
  /** Keys that the Saver's nodes save, and that nothing here stands for. */
  readonly lost?: readonly string[]
}

/** What a Saver is made of. */
export class SaverParts {
  readonly items: readonly SaveItem[]
  readonly nodes: SaverGraph
  readonly format: SaverFormat
  readonly reshape: boolean
  readonly fs: ReadableFileSystem | undefined
  readonly #options: SaverPartsOptions

  constructor(options: SaverPartsOptions) {
    this.items = options.items
    this.nodes = options.nodes
    this.format = options.format
    this.reshape = options.reshape
    this.fs = options.fs
    this.#options = options
  }

  /** What the SaverDef says, once there is one: it is the Saver's own, and may be written to. */
  get limits(): SaverLimits {
    return this.nodes.known ?? this.#options.limits
  }

  /** The file system that was read from, where it can be written. @throws {FailedPreconditionError} where it cannot */
  writableFs(): FileSystem | undefined {
    const { fs } = this
    if (fs === undefined || isWritable(fs)) return fs
    throw new FailedPreconditionError('Cannot save here: this Saver came through a file system that is only read')
  }

  /** @throws {ValueError} {FailedPreconditionError} for a Saver that cannot save */
  checkSave(logger: Logger): void {
    const { saveFault, lost = [] } = this.#options
    if (saveFault !== undefined) throw saveFault
    this.writableFs()
    if (this.format.version === 'V1') for (const line of V1_WARNING) logger.warn?.(line)
    if (lost.length > 0) {
      logger.warn?.(
        `This checkpoint will lack ${lost.join(', ')}: the graph's Saver saves them, and they are no variables`,
      )
    }
  }

  /** @throws {ValueError} for a Saver that cannot restore */
  checkRestore(): void {
    const { restoreFault } = this.#options
    if (restoreFault !== undefined) throw restoreFault
  }
}

/** The parts of a new Saver. @throws as the constructor of Saver */
export function newSaverParts(varList: VarList, options: SaverOptions, fs?: ReadableFileSystem): SaverParts {
  const items = itemsOf(varList, options)
  const format = formatOf(items, options)
  const { maxToKeep = 5, keepCheckpointEveryNHours = 10000, reshape = false } = options
  const nodes = newSaverGraph(varList, items, options, format)
  return new SaverParts({ items, nodes, format, reshape, fs, limits: { maxToKeep, keepCheckpointEveryNHours } })
}

/** The parts of a Saver over these variables whose names and counts a SaverDef says. @throws as Saver.fromProto() */
export function partsFromProto(
  saverDef: ISaverDef,
  varList: VarList,
  options: SaverOptions & { readonly importScope?: string },
): SaverParts {
  const def = checkedSaverDef(saverDef, options.importScope)
  const items = itemsOf(varList, options)
  const { reshape = false } = options
  const graph = graphOfItems(varList, items, options)?.graph
  if (graph === undefined || graphInternals.find(graph, def.restoreOpName) === undefined) {
    const format = formatOfDef(def, items, options)
    const nodes = rebuiltSaverGraph(def, varList, { items, options, format })
    return new SaverParts({ items, nodes, format, limits: def, reshape })
  }
  const read = readSaverNodes(graph, def)
  warnOfOtherKeys(items, read, loggerOf(options))
  const format = formatOfNodes(read, def, items, options)
  return new SaverParts({ items, nodes: givenSaverGraph(graph, def), format, limits: def, reshape })
}

/** @throws {ValueError} "No variables to save" */
function itemsOf(varList: VarList, { allowEmpty = false }: SaverOptions): SaveItem[] {
  const items = resolveVarList(varList)
  if (items.length === 0 && !allowEmpty) throw new ValueError('No variables to save')
  return items
}

/** What a SaverDef says where its nodes are not there; it does not say which shards, which the options may. */
function formatOfDef({ version, sharded }: SaverDef, items: readonly SaveItem[], options: SaverOptions): SaverFormat {
  const writeVersion = version === SAVER_VERSIONS.V2 ? 'V2' : 'V1'
  if (!sharded) return { version: writeVersion, shards: undefined }
  return formatOf(items, { ...options, writeVersion, sharded })
}

/** What a Saver's nodes write; for items that they know nothing of, as the SaverDef and the options say. */
export function formatOfNodes(
  read: SaverNodes,
  def: SaverDef,
  items: readonly SaveItem[],
  options: SaverOptions = {},
): SaverFormat {
  const said = formatOfDef(def, items, options)
  const version = read.version ?? said.version
  if (!read.sharded) return { version, shards: read.version === undefined ? said.shards : undefined }
  const known = new Map(read.variables.map(({ key, op, shard }) => [placeOf(key, op.name), shard]))
  const names = ownNodeNames(items)
  const shards = items.map(({ key, saveable }, at) =>
    known.get(placeOf(key, saveable instanceof Variable ? saveable.op.name : (names[at] ?? key))),
  )
  const all = shards.filter((shard) => shard !== undefined)
  if (all.length === items.length) return { version, shards: compactShards(all) }
  return { version, shards: said.shards ?? shardsByDevice(items) }
}

function placeOf(key: string, op: string): string {
  return JSON.stringify([key, op])
}

/**
 * A copy, with the scope in front of its names.
 * @throws {ValueError} "saver_def must be a saver_pb2.SaverDef: x"; "saver_def must specify the restore_op_name: …"
 */
export function checkedSaverDef(saverDef: ISaverDef, importScope = ''): SaverDef {
  if (typeof saverDef !== 'object' || saverDef === null) {
    throw new ValueError(`saver_def must be a saver_pb2.SaverDef: ${String(saverDef)}`)
  }
  const def = copyMessage<SaverDef>('tensorflow.SaverDef', saverDef)
  for (const [name, value] of [
    ['save_tensor_name', def.saveTensorName],
    ['restore_op_name', def.restoreOpName],
  ]) {
    if (value === '') {
      throw new ValueError(`saver_def must specify the ${name}: ${printMessage('tensorflow.SaverDef', def)}`)
    }
  }
  def.filenameTensorName = prependNameScope(def.filenameTensorName, importScope)
  def.saveTensorName = prependNameScope(def.saveTensorName, importScope)
  def.restoreOpName = prependNameScope(def.restoreOpName, importScope)
  return def
}

/** Nodes where the message says that they are. @throws {ValueError} where these variables' nodes would have other names */
function rebuiltSaverGraph(
  def: SaverDef,
  varList: VarList,
  {
    items,
    options,
    format,
  }: { readonly items: readonly SaveItem[]; readonly options: SaverOptions; readonly format: SaverFormat },
): SaverGraph {
  const scope = def.restoreOpName.slice(0, def.restoreOpName.lastIndexOf('/') + 1)
  const built = newSaverGraph(varList, items, { ...options, name: scope }, format)
  const { saverDef } = built
  if (saverDef === undefined) return built
  for (const name of ['filenameTensorName', 'saveTensorName', 'restoreOpName'] as const) {
    if (saverDef[name] !== def[name]) {
      throw new ValueError(
        `saver_def names ${def[name]}, which is not in the graph: the node for these variables is ${saverDef[name]}`,
      )
    }
  }
  return givenSaverGraph(built.graph, def)
}

/** A Saver that saves under other keys than its nodes is what the caller asked for, or a mistake. */
function warnOfOtherKeys(items: readonly SaveItem[], nodes: SaverNodes, logger: Logger): void {
  const inNodes = new Set([...nodes.variables.map(({ key }) => key), ...nodes.others])
  const own = new Set(items.map(({ key }) => key))
  const other = [...inNodes].filter((key) => !own.has(key)).concat([...own].filter((key) => !inNodes.has(key)))
  if (other.length === 0) return
  logger.warn?.(`This Saver and its nodes in the graph save other keys: ${other.slice(0, SHOWN_KEYS).join(', ')}`)
}
