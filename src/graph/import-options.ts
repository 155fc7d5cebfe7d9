/**
 * What importGraphDef() is called with, checked as Python checks it before anything is imported.
 *
 * TensorFlow: python/framework/importer.py, core/common_runtime/graph_constructor.cc (ValidateInputMapAndControlDependencies).
 */
import { isBytes } from '../util/bytes'
import { copyMessage } from '../proto/message-copy'
import { type GraphDef, tensorflow } from '../proto/messages'
import { ValueError } from '../util/errors'
import { areBytes } from './file-nodes'
import type { Graph } from './graph'
import { pythonTypeName } from './graph-element'
import { CONTROL, formatTensorId, parseTensorName, type TensorId } from './import-names'
import { parseMessageOf } from './message-file'
import { looksLikeText, MESSAGE_HINTS } from './message-kind'
import type { GraphOperation } from './operation'
import { GraphTensor, type Tensor } from './tensor'

/** What importGraphDef() takes beside the graph. */
export interface ImportGraphDefOptions {
  /** Into which graph; default a new one. */
  graph?: Graph
  /** The scope that nodes get, made unique; one that ends in `/` is that very scope, '' none. Default "import". */
  name?: string
  /** Tensors of `graph` in the place of those of the file: by "name:0", by "name" for the same; "^name" for a control input. */
  inputMap?: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>
  /** Names of the file: "op" for an operation, "op:0" for a tensor. */
  returnElements?: readonly string[]
}

const NOT_A_GRAPH_DEF = 'Argument `graph_def` must be a GraphDef proto.'

/** The GraphDef that was meant. @throws {TypeError} for what is none, and says what it is */
export function readGraphDefArgument(graphDef: unknown): GraphDef {
  if (isBytes(graphDef)) return parseBytes(graphDef)
  if (graphDef instanceof tensorflow.GraphDef && areBytes(graphDef)) return graphDef as GraphDef
  if (typeof graphDef !== 'object' || graphDef === null || !('node' in graphDef) || !Array.isArray(graphDef.node)) {
    throw new TypeError(`${NOT_A_GRAPH_DEF}${whatItIs(graphDef)}`)
  }
  return withWholeNodes(graphDef, graphDef.node)
}

/** The same where its nodes are messages; of plain objects, which leave out what is not set, a copy. */
export function withWholeNodes(graphDef: object, nodes: readonly unknown[]): GraphDef {
  const areOurs = nodes.every((node) => node instanceof tensorflow.NodeDef)
  return areOurs ? (graphDef as GraphDef) : copyMessage('tensorflow.GraphDef', graphDef)
}

function parseBytes(bytes: Uint8Array): GraphDef {
  if (bytes.length > 0 && looksLikeText(bytes)) {
    throw new TypeError(`${NOT_A_GRAPH_DEF} It is text: parseGraphDef() reads it`)
  }
  return parseMessageOf('GraphDef', bytes)
}

/** A hint for what is handed in in the place of a GraphDef; '' where nothing tells. */
export function whatItIs(value: unknown): string {
  if (typeof value === 'string') return ' It is a string: parseGraphDef() reads text, readGraphDef() a file'
  if (typeof value !== 'object' || value === null) return ''
  if ('graphDef' in value) return ` It is a MetaGraphDef: ${MESSAGE_HINTS.MetaGraphDef}, or pass its graphDef`
  if ('asGraphDef' in value) return ' It is a Graph: pass what its asGraphDef() gives'
  return ''
}

/** What stands for a tensor of the file: an op that is in the graph, and which of its outputs; CONTROL for the op. */
export interface MappedInput {
  readonly op: GraphOperation
  readonly index: number
}

/** The input map, by what formatTensorId() makes of its keys. */
export type InputMap = ReadonlyMap<string, MappedInput & { readonly key: TensorId }>

/**
 * @throws {TypeError} for what is no map of tensors
 * @throws {ValueError} for keys that are no names of tensors, and tensors that are not of `graph`
 */
export function readInputMap(inputMap: unknown, graph: Graph): InputMap {
  const mapped = new Map<string, MappedInput & { readonly key: TensorId }>()
  if (inputMap === undefined || inputMap === null) return mapped
  for (const [name, value] of entriesOf(inputMap)) {
    if (typeof name !== 'string') {
      throw new TypeError(`All keys for argument \`input_map\` must be strings. Obtained keys: [${String(name)}]`)
    }
    if (!(value instanceof GraphTensor)) {
      throw new TypeError(
        `All values of \`input_map\` must be tensors. Obtained ${pythonTypeName(value)} for '${name}'`,
      )
    }
    const key = name.startsWith('^') ? { node: name.slice(1), index: CONTROL } : parseTensorName(name)
    const isControl = name.startsWith('^')
    checkMapped(key, isControl, value, graph)
    mapped.set(formatTensorId(key), {
      key,
      op: value.op as GraphOperation,
      index: isControl ? CONTROL : value.valueIndex,
    })
  }
  return mapped
}

function entriesOf(inputMap: unknown): Iterable<readonly [unknown, unknown]> {
  if (inputMap instanceof Map) return inputMap
  if (typeof inputMap === 'object' && inputMap !== null && !Array.isArray(inputMap)) return Object.entries(inputMap)
  throw new TypeError(`Argument \`input_map\` must be a dictionary. Obtained ${pythonTypeName(inputMap)}`)
}

function checkMapped(key: TensorId, isControl: boolean, value: Tensor, graph: Graph): void {
  if (value.graph !== graph) {
    throw new ValueError(
      `node '${value.op.name}' in input_map does not exist in graph (input_map entry: ${formatTensorId(key)}->${value.name})`,
    )
  }
  if (!isControl && key.index < 0) {
    throw new ValueError(
      `input_map entry ${formatTensorId(key)}->${value.name} between control edge and non-control edge`,
    )
  }
}

/** What was asked for, in the order in which it was; `index` undefined stands for the operation. */
export interface ReturnElement {
  readonly node: string
  readonly index: number | undefined
}

/** @throws {TypeError} for what is no list of texts. {ValueError} for what is no name of a tensor */
export function readReturnElements(returnElements: readonly string[] | undefined): ReturnElement[] {
  const names = [...(returnElements ?? [])]
  if (names.some((name: unknown) => typeof name !== 'string')) {
    throw new TypeError(`Argument \`return_elements\` must be a list of strings. Obtained [${names.join(', ')}].`)
  }
  return names.map((name) => (name.includes(':') ? parseTensorName(name) : { node: name, index: undefined }))
}
