/**
 * Names of what is imported: those of nodes and tensors in a file, and those that nodes get in the graph.
 *
 *     <input>  = <node> | <node> ":" digits | "^" <node>
 *
 * TensorFlow: core/graph/tensor_id.cc (ParseTensorName), core/common_runtime/graph_constructor.cc (IsValidNodeName,
 * FindUniqueName), python/framework/importer.py (_ParseTensorName).
 */
import { ValueError } from '../util/errors'
import { reprString } from '../util/python-repr'
import { checkScopeName } from '../util/unique-name'
import { PYTHON_INT } from './graph-element'
import type { GraphState } from './graph-state'

/** The output of a control input: none. */
export const CONTROL = -1

/** One output of a node, or the node itself. */
export interface TensorId {
  readonly node: string
  /** CONTROL for the node itself. */
  readonly index: number
}

const COLON = 0x3a
const CARET = 0x5e

/** What an input of a node says. An index stays exact up to 2^53; TensorFlow's wraps around at 2^32. */
export function parseInput(input: string): TensorId {
  let at = input.length - 1
  while (at > 0 && isDigit(input.charCodeAt(at))) at--
  if (at > 0 && at < input.length - 1 && input.charCodeAt(at) === COLON) {
    return { node: input.slice(0, at), index: Number(input.slice(at + 1)) }
  }
  if (input.charCodeAt(0) === CARET) return { node: input.slice(1), index: CONTROL }
  return { node: input, index: 0 }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/**
 * What a caller says: "foo:0", or "foo" for the same.
 * @throws {ValueError} for an index that is none, and for more than one colon
 */
export function parseTensorName(name: string): TensorId {
  const [node = '', index, ...more] = name.split(':')
  if (index === undefined) return { node, index: 0 }
  if (more.length > 0) {
    throw new ValueError(
      `Cannot convert '${name}' to a tensor name. Tensor names should not contain more than 1 \`:\`. Obtained ${more.length + 1}`,
    )
  }
  if (PYTHON_INT.test(index)) return { node, index: Number(index.replaceAll('_', '')) }
  throw new ValueError(
    `Cannot convert ${reprString(name)} to a tensor name. Second component of the name following the \`:\` should be an int. Got ${index}.`,
  )
}

/** "foo:0", "^foo". */
export function formatTensorId({ node, index }: TensorId): string {
  return index === CONTROL ? `^${node}` : `${node}:${index}`
}

const NODE_NAME = /^[A-Za-z0-9.][A-Za-z0-9_./-]*(?:>[A-Za-z0-9.][A-Za-z0-9_./-]*)*$/

/** Whether the importer takes it for a node's name: it is stricter than Python, which makes names with backslashes. */
export function isImportableName(name: string): boolean {
  return NODE_NAME.test(name)
}

/** The scope that nodes are imported into. */
export interface ImportScope {
  /** What stands in front of each name: "import/", or "". */
  readonly prefix: string
  /** Marks the scope's name as used. */
  take(): void
}

/**
 * The scope for `name`, made unique; one that ends in a slash is that very scope.
 * @throws {ValueError} for what is no name of a scope
 */
export function importScope(state: GraphState, name: string): ImportScope {
  if (name === '') return { prefix: '', take: () => {} }
  checkScopeName(name, true)
  const isExact = name.endsWith('/')
  const scope = isExact ? name.slice(0, -1) : state.names.unique(name, { markAsUsed: false })
  const prefix = scope === '' || scope.endsWith('/') ? scope : `${scope}/`
  if (prefix !== '' && !isImportableName(prefix.slice(0, -1))) {
    throw new ValueError(`Imported node name prefix '${prefix}' would lead to invalid node names`)
  }
  return { prefix, take: () => void (isExact || state.names.unique(name)) }
}

/** Gives nodes names that no node, and no scope with nodes, of the graph has. Unlike those of new ops, case matters. */
export class ImportNames {
  readonly #state: GraphState
  readonly #prefix: string
  readonly #inFile: ReadonlyMap<string, unknown>
  #fileScopes: Set<string> | undefined

  /** @param prefix stands in front of each name @param inFile the nodes that are imported, by name */
  constructor(state: GraphState, prefix: string, inFile: ReadonlyMap<string, unknown>) {
    this.#state = state
    this.#prefix = prefix
    this.#inFile = inFile
  }

  /** The name with the prefix; where that is taken, it gets _1, _2, … behind it: the first that neither graph nor file has. */
  unique(fileName: string): string {
    const name = this.#prefix + fileName
    if (!isInGraph(this.#state, name)) return name
    let count = 1
    while (isInGraph(this.#state, `${name}_${count}`) || this.#isTakenInFile(`${fileName}_${count}`)) count++
    return `${name}_${count}`
  }

  #isTakenInFile(fileName: string): boolean {
    // TensorFlow looks for the name with its prefix alone, which no file has: so two nodes may get one name there.
    const name = this.#prefix + fileName
    if (this.#inFile.has(name) || this.#inFile.has(fileName)) return true
    if (this.#fileScopes === undefined) {
      this.#fileScopes = new Set()
      for (const inFile of this.#inFile.keys()) addScopes(inFile, this.#fileScopes)
    }
    return this.#fileScopes.has(name)
  }
}

function isInGraph(state: GraphState, name: string): boolean {
  if (state.operations.length === 0) return false
  return state.byName.has(name) || scopesOf(state).has(name)
}

/** "a" and "a/b" of "a/b/c", for all nodes; kept with the graph, so that each node is looked at once. */
function scopesOf(state: GraphState): ReadonlySet<string> {
  const { scopes, operations } = state
  for (; scopes.upTo < operations.length; scopes.upTo++) addScopes(operations[scopes.upTo]?.name ?? '', scopes.names)
  return scopes.names
}

function addScopes(name: string, scopes: Set<string>): void {
  // From the inside out: where a scope is known, those around it are.
  for (let at = name.lastIndexOf('/'); at >= 0; at = at === 0 ? -1 : name.lastIndexOf('/', at - 1)) {
    const scope = name.slice(0, at)
    if (scopes.has(scope)) return
    scopes.add(scope)
  }
}
