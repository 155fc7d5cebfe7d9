/**
 * What a Saver is made of: the values under their keys, its nodes in a graph, and its counts; new, or from a SaverDef.
 *
 * TensorFlow: python/training/saver.py, Saver.build, Saver._check_saver_def and Saver.from_proto.
 */
import { loggerOf, type FileSystem, type Logger, type ReadableFileSystem } from '../fs/file-system'
import { graphInternals } from '../graph/graph'
import { copyMessage } from '../proto/message-copy'
import { printMessage } from '../proto/message-text'
import type { ISaverDef, SaverDef } from '../proto/messages'
import { FailedPreconditionError, UnimplementedError, ValueError } from '../util/errors'
import { canonicalDevice } from '../variables/device'
import { Variable } from '../variables/variable'
import { readSaverNodes, type SaverNodes } from './saver-from-nodes'
import { givenSaverGraph, graphOfItems, newSaverGraph, type SaverGraph } from './saver-graph'
import { SAVER_VERSIONS } from './saver-nodes'
import { refuseLaterOptions, type SaverOptions } from './saver-options'
import { prependNameScope } from './scope-names'
import { resolveVarList, type SaveItem, type VarList } from './var-list'

/** Keys that are named in a warning. */
const SHOWN_KEYS = 10

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
  readonly reshape: boolean
  readonly fs: ReadableFileSystem | undefined
  readonly #options: SaverPartsOptions

  constructor(options: SaverPartsOptions) {
    this.items = options.items
    this.nodes = options.nodes
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

  /** @throws {ValueError} {UnimplementedError} {FailedPreconditionError} for a Saver that cannot save */
  checkSave(logger: Logger): void {
    const { saveFault, lost = [] } = this.#options
    if (saveFault !== undefined) throw saveFault
    this.writableFs()
    const refused = this.#unwritable()
    if (refused !== undefined) throw new UnimplementedError(`Cannot save yet: this Saver writes ${refused}`)
    if (lost.length > 0) {
      logger.warn?.(
        `This checkpoint will lack ${lost.join(', ')}: the graph's Saver saves them, and they are no variables`,
      )
    }
  }

  /** @throws {ValueError} {UnimplementedError} for a Saver that cannot restore */
  checkRestore(): void {
    const { restoreFault } = this.#options
    if (restoreFault !== undefined) throw restoreFault
    const part = partOf(this.items)
    if (part !== undefined) throw new UnimplementedError(`Cannot restore yet: ${part} is saved in parts`)
  }

  /** What this Saver would write and nobody can yet. */
  #unwritable(): string | undefined {
    const { known } = this.nodes
    if (known !== undefined && known.version !== SAVER_VERSIONS.V2) return 'format V1'
    const part = partOf(this.items)
    if (part !== undefined) return `parts of ${part}`
    // All in one shard is what is written without shards.
    const shards = known?.sharded === true ? shardsOf(this.items) : 1
    return shards > 1 ? `${shards} shards, one for each device` : undefined
  }
}

function isWritable(fs: ReadableFileSystem): fs is FileSystem {
  return 'create' in fs && 'rename' in fs
}

function partOf(items: readonly SaveItem[]): string | undefined {
  return items.find(({ part }) => part !== undefined)?.key
}

function shardsOf(items: readonly SaveItem[]): number {
  const deviceOf = ({ saveable }: SaveItem): string => (saveable instanceof Variable ? saveable.device : '')
  return new Set(items.map((item) => canonicalDevice(deviceOf(item)))).size
}

/** The parts of a new Saver. @throws as the constructor of Saver */
export function newSaverParts(varList: VarList, options: SaverOptions, fs?: ReadableFileSystem): SaverParts {
  refuseLaterOptions(options)
  const items = resolveVarList(varList)
  if (items.length === 0 && options.allowEmpty !== true) throw new ValueError('No variables to save')
  const { maxToKeep = 5, keepCheckpointEveryNHours = 10000, reshape = false } = options
  const nodes = newSaverGraph(varList, items, options)
  return new SaverParts({ items, nodes, reshape, fs, limits: { maxToKeep, keepCheckpointEveryNHours } })
}

/** The parts of a Saver over these variables whose names and counts a SaverDef says. @throws as Saver.fromProto() */
export function partsFromProto(
  saverDef: ISaverDef,
  varList: VarList,
  options: SaverOptions & { readonly importScope?: string },
): SaverParts {
  const def = checkedSaverDef(saverDef, options.importScope)
  const items = resolveVarList(varList)
  if (items.length === 0 && options.allowEmpty !== true) throw new ValueError('No variables to save')
  const graph = graphOfItems(varList, items, options)?.graph
  const isThere = graph !== undefined && graphInternals.find(graph, def.restoreOpName) !== undefined
  const nodes = isThere ? givenSaverGraph(graph, def) : rebuiltSaverGraph(def, varList, { items, options })
  if (isThere) warnOfOtherKeys(items, readSaverNodes(graph, def), loggerOf(options))
  return new SaverParts({ items, nodes, limits: def, reshape: options.reshape ?? false })
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
  { items, options }: { readonly items: readonly SaveItem[]; readonly options: SaverOptions },
): SaverGraph {
  const scope = def.restoreOpName.slice(0, def.restoreOpName.lastIndexOf('/') + 1)
  const writeVersion = def.version === SAVER_VERSIONS.V2 ? 'V2' : 'V1'
  const built = newSaverGraph(varList, items, { ...options, name: scope }, { writeVersion, sharded: def.sharded })
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
