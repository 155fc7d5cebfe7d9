/**
 * A graph and a checkpoint become one graph with constants, in one call.
 *
 *     graph → what the outputs need → its variables → their keys in the checkpoint → their values → constants
 *
 * TensorFlow: python/tools/freeze_graph.py, which restores every variable into a session first; here only those are read
 * that the outputs need.
 */
import { CheckpointReader } from '../checkpoint/checkpoint-reader'
import { defaultFileSystem } from '../fs/default'
import type { ReadableFileSystem, ReadOptions } from '../fs/file-system'
import {
  type ConversionOptions,
  isVariableNode,
  replaceVariables,
  variablesToConvert,
} from '../graph/convert-variables'
import { fillDefaults } from '../graph/default-attrs'
import { subGraphNodes } from '../graph/extract-sub-graph'
import { graphDefArgument } from '../graph/graph-def-argument'
import { parseGraphOrMetaGraph, readWholeFile } from '../graph/message-file'
import { findOp } from '../graph/op-registry'
import { removeUnknownDefaults } from '../graph/strip-attrs'
import { copyMessage } from '../proto/message-copy'
import {
  type GraphDef,
  type IGraphDef,
  type IMetaGraphDef,
  type MetaGraphDef,
  type NodeDef,
  tensorflow,
} from '../proto/messages'
import { changedMessage } from '../train/changed-message'
import { checkpointExists } from '../train/checkpoint-files'
import { isOpError, OSError, ValueError } from '../util/errors'
import { readFrozenValues } from './frozen-values'

/** What freezeGraph() takes. */
export interface FreezeGraphOptions extends ReadOptions, ConversionOptions {
  /**
   * Takes the averaged weights in the place of the raw ones where the checkpoint has them: "w/ExponentialMovingAverage" for
   * "w"; a name where the average has another one. Default false.
   */
  movingAverages?: boolean | string
  /** Whether nodes forget the devices they were put on. Default true, as on TensorFlow's command line. */
  clearDevices?: boolean
}

/** The name of tf.train.ExponentialMovingAverage, where none is given. */
const AVERAGE = 'ExponentialMovingAverage'

/**
 * freeze_graph.py in one call: what `outputNodeNames` need, with the checkpoint's values for variables. Of a meta graph the
 * Saver's own keys are asked for, of a GraphDef the names of the variables.
 *
 * @param inputGraph a graph or a meta graph, or the path of either, bytes or text
 * @param inputCheckpoint the prefix of a checkpoint
 * @param outputNodeNames names of nodes, without ":0"
 * @throws {OSError} "Input graph file 'g.pb' does not exist!"
 * @throws {ValueError} "Input checkpoint 'm' doesn't exist!"; "You need to supply the name of a node to
 *   --output_node_names."; "No variables were found in this model. …"; where the constants alone have 2 GB or more
 * @throws {AssertionError} "nope is not in graph"
 * @throws {NotFoundError} where the checkpoint lacks a variable, or has no averages and `movingAverages` asks for them
 * @throws {InvalidArgumentError} where it has another dtype or shape
 */
export async function freezeGraph(
  inputGraph: IGraphDef | IMetaGraphDef | string,
  inputCheckpoint: string,
  outputNodeNames: readonly string[],
  options: FreezeGraphOptions = {},
): Promise<GraphDef> {
  const { fs = defaultFileSystem(), movingAverages = false } = options
  const { graphDef, metaGraphDef } = await readInput(inputGraph, { ...options, fs })
  if (!(await checkpointExists(inputCheckpoint, { ...options, fs }))) {
    throw new ValueError(`Input checkpoint '${inputCheckpoint}' doesn't exist!`)
  }
  if (outputNodeNames.length === 0) {
    throw new ValueError('You need to supply the name of a node to --output_node_names.')
  }
  checkVariables(graphDef)
  const nodes = subGraphNodes(graphDef, outputNodeNames)
  const variables = variablesToConvert(nodes, options)
  const average = movingAverages === true ? AVERAGE : movingAverages
  const reader = await CheckpointReader.open(inputCheckpoint, { ...options, fs })
  try {
    const values = await readFrozenValues(reader, variables, {
      checkpoint: inputCheckpoint,
      metaGraphDef,
      average: average === false ? undefined : average,
    })
    return replaceVariables(graphDef, imported(nodes, options.clearDevices ?? true), values, true)
  } finally {
    await reader.close()
  }
}

interface Input {
  readonly graphDef: GraphDef
  readonly metaGraphDef?: MetaGraphDef
}

async function readInput(
  input: IGraphDef | IMetaGraphDef | string,
  options: ReadOptions & { fs: ReadableFileSystem },
): Promise<Input> {
  if (typeof input !== 'string') return ofMessage(input)
  const found = parseGraphOrMetaGraph(await readFile(input, options), input)
  return 'graphDef' in found ? found : ofMeta(found.metaGraphDef)
}

function ofMessage(input: IGraphDef | IMetaGraphDef): Input {
  if (typeof input !== 'object' || input === null || !('graphDef' in input))
    return { graphDef: graphDefArgument(input) }
  const isOurs = input instanceof tensorflow.MetaGraphDef
  return ofMeta(isOurs ? (input as MetaGraphDef) : copyMessage<MetaGraphDef>('tensorflow.MetaGraphDef', input))
}

async function readFile(path: string, options: ReadOptions): Promise<Uint8Array> {
  try {
    return await readWholeFile(path, options)
  } catch (cause) {
    if (!isOpError(cause, 'NOT_FOUND')) throw cause
    const what = path.endsWith('.meta') ? 'Input meta graph file' : 'Input graph file'
    throw new OSError(`${what} '${path}' does not exist!`, { cause })
  }
}

function ofMeta(metaGraphDef: MetaGraphDef): Input {
  const { graphDef, metaInfoDef } = metaGraphDef
  if (!graphDef) throw new ValueError('Cannot freeze this meta graph: it has no graph')
  const ops = metaInfoDef?.strippedOpList
  return { metaGraphDef, graphDef: ops ? removeUnknownDefaults(graphDef, ops, findOp) : graphDef }
}

function checkVariables({ node, library }: GraphDef): void {
  if (node.some(isVariableNode) || library?.function.some((fn) => fn.nodeDef.some(isVariableNode))) return
  throw new ValueError(
    'No variables were found in this model. It is likely the model was frozen previously. You cannot freeze a graph twice.',
  )
}

/** The nodes as importing leaves them in Python: with the attributes that have defaults. */
function imported(nodes: readonly NodeDef[], clearDevices: boolean): NodeDef[] {
  return nodes.map((node) => {
    const opDef = findOp(node.op)
    const attr = { ...node.attr }
    if (opDef !== undefined) fillDefaults(attr, opDef)
    return changedMessage(tensorflow.NodeDef, node, { attr, device: clearDevices ? '' : node.device })
  })
}
