/**
 * A model from its file or its directory, whichever form it was saved in.
 *
 * TensorFlow: none; the recipe is that of many projects (a `load_model` that prints which files it took), on
 * python/training/saver.py (import_meta_graph) and python/framework/importer.py.
 */
import { shardedFilespec } from '../checkpoint/naming'
import { isDirectory } from '../checkpoint/wrong-prefix'
import { defaultFileSystem } from '../fs/default'
import { loggerOf, type ReadableFileSystem, type ReadOptions } from '../fs/file-system'
import { Graph, type Tensor } from '../graph/graph'
import { readGraphDef } from '../graph/graph-io'
import { importGraphDef } from '../graph/import-graph-def'
import { storeForGraph } from '../graph/store-graph'
import { metaGraphFilename } from '../train/checkpoint-files'
import { latestCheckpoint } from '../train/checkpoint-state'
import { importMetaGraph } from '../train/import-meta-graph'
import type { Saver } from '../train/saver'
import { NotFoundError, ValueError } from '../util/errors'
import { basename, join } from '../util/path'
import type { VariableStore } from '../variables/variable-store'

/** What loadModel() takes. */
export interface LoadModelOptions extends ReadOptions {
  /** Tensors in the places of the graph's inputs, by the names of these. */
  inputMap?: Readonly<Record<string, Tensor>>
  /** The graph that gets the nodes. Default: a new one. */
  graph?: Graph
  /** What stands before the names of the nodes. Default: nothing. */
  name?: string
}

/** What loadModel() gives. */
export interface LoadedModel {
  /** With its collections, where it came from a `.meta`. */
  readonly graph: Graph
  /** With the checkpoint's values; empty for a frozen graph. */
  readonly variables: VariableStore
  /** The Saver of the `.meta`, under the names that it had; undefined for a frozen graph. */
  readonly saver: Saver | undefined
  /** Which files were taken. */
  readonly files: { readonly graph: string; readonly checkpoint?: string }
}

/** Where "~" is, as far as a file system knows. */
interface HasHome {
  homeDirectory?(): Promise<string | undefined>
}

/**
 * A frozen graph, .pb or .pbtxt, imported; or a directory's .meta file, imported, and its checkpoint, restored: the one that
 * the state file names, else that of the highest step. The .meta is that checkpoint's own, else the only one. Which files
 * were taken is in the result, and goes to the logger's `info`.
 *
 * Where restoring fails, a `graph` that was given has the nodes already.
 *
 * @param fileOrDir a leading "~" is the home directory, where the file system knows one
 * @throws {NotFoundError} where there is no such file or directory, and where the directory has no checkpoint
 * @throws {ValueError} where the directory has no .meta, or several of which none is the checkpoint's
 * @throws as readGraphDef(), importGraphDef(), importMetaGraph() and Saver.restore()
 */
export async function loadModel(fileOrDir: string, options: LoadModelOptions = {}): Promise<LoadedModel> {
  const fs = options.fs ?? defaultFileSystem()
  const path = await expandHome(fileOrDir, fs)
  if (await isDirectory(fs, path)) return loadDirectory(path, { ...options, fs })
  if (!(await fs.exists(path))) throw await notThere(path, fs)
  return loadFrozen(path, { ...options, fs })
}

/** What is one checkpoint's prefix is no file. */
async function notThere(path: string, fs: ReadableFileSystem): Promise<NotFoundError> {
  const isPrefix = (await fs.exists(`${path}.meta`)) || (await fs.exists(`${path}.index`))
  const hint = `. It is the prefix of a checkpoint: pass its directory, or importMetaGraph('${path}.meta') and restore it`
  return new NotFoundError(`${path}; No such file or directory${isPrefix ? hint : ''}`, { path })
}

async function expandHome(path: string, fs: ReadableFileSystem & HasHome): Promise<string> {
  if (path !== '~' && !path.startsWith('~/')) return path
  const home = await fs.homeDirectory?.()
  return home === undefined ? path : home + path.slice(1)
}

type Options = LoadModelOptions & { readonly fs: ReadableFileSystem }

async function loadFrozen(path: string, options: Options): Promise<LoadedModel> {
  const { graph = new Graph(), name = '', inputMap } = options
  const graphDef = await readGraphDef(path, options)
  loggerOf(options).info?.(`Model filename: ${path}`)
  importGraphDef(graphDef, { graph, name, ...(inputMap === undefined ? {} : { inputMap }) })
  return { graph, variables: storeForGraph(graph), saver: undefined, files: { graph: path } }
}

async function loadDirectory(dir: string, options: Options): Promise<LoadedModel> {
  const { graph, name, inputMap, logger, fs } = options
  const names = (await fs.list?.(dir)) ?? []
  const checkpoint = await findCheckpoint(dir, names, options)
  const meta = await findMetaGraph(dir, names, checkpoint, fs)
  const log = loggerOf({ logger })
  log.info?.(`Model directory: ${dir}`)
  log.info?.(`Metagraph file: ${basename(meta)}`)
  log.info?.(`Checkpoint file: ${basename(checkpoint)}`)
  const imported = await importMetaGraph(meta, {
    ...options,
    ...(graph === undefined ? {} : { graph }),
    ...(name === undefined ? {} : { importScope: name }),
    ...(inputMap === undefined ? {} : { inputMap }),
  })
  await imported.saver?.restore(checkpoint, options)
  const { variables, saver } = imported
  return { graph: imported.graph, variables, saver, files: { graph: meta, checkpoint } }
}

/** What the state file names, there or, after the directory was moved, here; else the highest step. */
async function findCheckpoint(dir: string, names: readonly string[], options: Options): Promise<string> {
  const named = await latestCheckpoint(dir, options)
  if (named !== undefined) return named
  const prefixes = checkpointsIn(names)
  const steps = prefixes.map((prefix) => Number(/-(\d+)$/.exec(metaGraphStem(prefix))?.[1] ?? -1))
  const highest = Math.max(...steps)
  const latest = prefixes.filter((_, at) => steps[at] === highest)
  const [only] = latest
  if (only !== undefined && latest.length === 1) return join(dir, only)
  const listed = latest.sort().join(', ')
  throw new NotFoundError(
    only === undefined
      ? `Couldn't find 'checkpoint' file or checkpoints in given directory ${dir}`
      : `No state file in ${dir} says which checkpoint is the latest, and none has a higher step than all others: ${listed}`,
    { path: dir },
  )
}

/** By their indexes; of format V1 by what is beside a meta graph of that name: a file, or shards. */
function checkpointsIn(names: readonly string[]): string[] {
  const found = new Set(stemsOf(names, '.index'))
  for (const stem of stemsOf(names, '.meta')) {
    if (found.has(stem)) continue
    if (names.includes(stem)) found.add(stem)
    for (const name of names) {
      const [, count] = /^-\d{5}-of-(\d{5})$/.exec(name.startsWith(stem) ? name.slice(stem.length) : '') ?? []
      if (count !== undefined) found.add(shardedFilespec(stem, Number(count)))
    }
  }
  return [...found]
}

function stemsOf(names: readonly string[], end: string): string[] {
  return names.filter((one) => one.endsWith(end)).map((one) => one.slice(0, -end.length))
}

/** What its meta graph's name begins with. */
function metaGraphStem(checkpoint: string): string {
  return metaGraphFilename(checkpoint, '').slice(0, -1)
}

async function findMetaGraph(
  dir: string,
  names: readonly string[],
  checkpoint: string,
  fs: ReadableFileSystem,
): Promise<string> {
  const own = metaGraphFilename(checkpoint)
  if (await fs.exists(own)) return own
  const metas = names.filter((one) => one.endsWith('.meta'))
  const [only] = metas
  if (only === undefined) throw new ValueError(`No meta file found in the model directory (${dir})`)
  if (metas.length === 1) return join(dir, only)
  throw new ValueError(
    `There should not be more than one meta file in the model directory (${dir}): ${metas.sort().join(', ')}. ` +
      `None of them is ${basename(own)}`,
  )
}
