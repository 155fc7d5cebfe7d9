/**
 * The Saver of a graph that came from a file: what its SaverDef and nodes say, over the variables of the graph.
 *
 * TensorFlow: python/training/saver.py, _create_saver_from_imported_meta_graph.
 */
import { loggerOf, type Logger, type ReadableFileSystem } from '../fs/file-system'
import { type Graph, type Operation } from '../graph/graph'
import { shapeFromProto } from '../graph/output-shapes'
import type { ISaverDef } from '../proto/messages'
import { dtypeInfoByNumber } from '../tensor/dtype'
import { type Shape } from '../tensor/ndarray'
import { type Variable } from '../variables/variable'
import { storeInternals, type VariableStore } from '../variables/variable-store'
import { usualNodeNames } from '../variables/node-names'
import { type Saver, saverOf } from './saver'
import { readSaverNodes, type SaverNodes } from './saver-from-nodes'
import { givenSaverGraph } from './saver-graph'
import { checkedSaverDef, formatOfNodes, newSaverParts, SaverParts } from './saver-parts'
import { type SaveItem } from './var-list'

/** What a Saver from a file takes. */
export interface ImportedSaverOptions {
  /** Where it reads; it writes there too, where that can be written. Default: the disk in Node. */
  readonly fs?: ReadableFileSystem | undefined
  readonly logger?: Logger | undefined
}

/** The Saver of a file that tells of none: of all global variables, under their names. @throws {ValueError} without one */
export function defaultSaver(variables: VariableStore, { fs, logger }: ImportedSaverOptions = {}): Saver {
  const options = logger === undefined ? {} : { logger }
  return saverOf(newSaverParts(variables, options, fs), options)
}

/**
 * The Saver that `saverDef` names in `graph`: its keys, its counts; `saverDef` names the nodes as the graph does. A variable
 * that its nodes save and that `variables` lacks is made there. What it saves beside variables (tables, iterators) is left
 * out, with a warning now and at each save. Where its nodes are not there, saving or restoring says so.
 *
 * @throws {ValueError} "saver_def must specify the save_tensor_name: …"
 * @throws {InvalidArgumentError} for nodes that contradict themselves
 */
export function importedSaver(
  saverDef: ISaverDef,
  options: ImportedSaverOptions & { readonly graph: Graph; readonly variables: VariableStore },
): Saver {
  const { graph, variables, fs, logger } = options
  const def = checkedSaverDef(saverDef)
  const read = readSaverNodes(graph, def)
  const { items, unknown } = itemsOf(read, variables)
  const lost = [...read.others, ...unknown]
  warn(read, lost, loggerOf(options))
  const { saveFault, restoreFault } = read
  const reshape = read.variables.length > 0 && read.variables.every((one) => one.reshape)
  const nodes = givenSaverGraph(graph, def)
  const format = formatOfNodes(read, def, items)
  const parts = new SaverParts({ items, nodes, format, limits: def, reshape, fs, saveFault, restoreFault, lost })
  return saverOf(parts, logger === undefined ? {} : { logger })
}

function itemsOf(
  { variables: saved }: SaverNodes,
  store: VariableStore,
): { readonly items: SaveItem[]; readonly unknown: string[] } {
  const items: SaveItem[] = []
  const unknown: string[] = []
  for (const { key, op, part } of saved) {
    const saveable = store.get(op.name) ?? adopt(store, op)
    if (saveable === undefined) unknown.push(key)
    else items.push(part === undefined ? { key, saveable } : { key, saveable, part })
  }
  return { items, unknown }
}

/** A variable that is in no collection of the file; undefined where the graph does not say its shape. */
function adopt(store: VariableStore, op: Operation): Variable | undefined {
  const dtype = dtypeInfoByNumber(op.getAttr('dtype')?.type ?? 0)?.name
  const shape = shapeFromProto(op.getAttr('shape')?.shape ?? { unknownRank: true })
  if (dtype === undefined || shape === undefined || shape.includes(null)) return undefined
  const useResource = op.type === 'VarHandleOp'
  const parts = { name: op.name, dtype, shape: shape as Shape, trainable: false, useResource, device: op.device }
  const names = usualNodeNames(op.name, { useResource, initializer: false })
  return storeInternals.adopt(store, parts, { ...names, initialValue: undefined })
}

function warn(
  { saveOnly, restoreOnly, saveFault, restoreFault }: SaverNodes,
  lost: readonly string[],
  logger: Logger,
): void {
  if (lost.length > 0) {
    logger.warn?.(`The graph's Saver has keys that are left out, since they are no variables here: ${lost.join(', ')}`)
  }
  if (saveFault !== undefined || restoreFault !== undefined) return
  if (saveOnly.length > 0) {
    logger.warn?.(`The graph's Saver saves and never restores: ${saveOnly.join(', ')}. Here both are done`)
  }
  if (restoreOnly.length > 0) {
    logger.warn?.(`The graph's Saver restores and never saves: ${restoreOnly.join(', ')}. Here both are done`)
  }
}
