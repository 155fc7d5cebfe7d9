/**
 * The nodes of a file: their names, where their inputs come from, and the order in which they can be made.
 *
 * Next is always the node that stands first in the file among those whose inputs are all made. A Merge that a NextIteration feeds
 * (the head of a while loop) waits for its control inputs and one other.
 *
 * Edges lie in flat arrays: those into node n are firstInput[n] … firstInput[n + 1].
 *
 * TensorFlow: core/common_runtime/graph_constructor.cc (BuildNodeIndex, InitFromEdges, Convert).
 */
import { ValueError } from '../util/errors'
import type { FileNode } from './file-nodes'
import { CONTROL, formatTensorId, isImportableName, parseInput } from './import-names'
import type { InputMap, MappedInput } from './import-options'
import { IntHeap } from './int-heap'

const MERGES = new Set(['Merge', 'RefMerge', '_XlaMerge'])
const NEXT_ITERATIONS = new Set(['NextIteration', 'RefNextIteration'])

/** Whether a node may take values that are made after it. */
export function isMerge(type: string): boolean {
  return MERGES.has(type)
}

function isNextIteration(node: FileNode | undefined): boolean {
  return node !== undefined && NEXT_ITERATIONS.has(node.op)
}

/** Where the inputs of the nodes come from. */
export interface Edges {
  readonly firstInput: Int32Array
  /** The node that an input comes from; below zero: `mapped[-1 - source]`. */
  readonly source: Int32Array
  /** Which of its outputs; CONTROL for a control input. A double, since a file may say anything. */
  readonly output: Float64Array
  /** Inputs that come from the graph, by the order in which they were met. */
  readonly mapped: readonly MappedInput[]
  /** Keys of the input map that an input has. */
  readonly usedKeys: ReadonlySet<string>
  /** Of each node, 1 where it is the head of a loop. */
  readonly isLoopHead: Uint8Array
}

/** By name, which node it is. @throws {ValueError} for a name that is none or is there twice, and for a node without a type */
export function indexNodes(nodes: readonly FileNode[]): Map<string, number> {
  const index = new Map<string, number>()
  nodes.forEach((node, at) => {
    const { name, op } = node
    if (!isImportableName(name)) throw new ValueError(`Node '${name}': Node name contains invalid characters`)
    if (index.has(name)) throw new ValueError(`Node '${name}' is not unique`)
    index.set(name, at)
    if (op === '') throw new ValueError(`Node '${name}' does not specify an operation`)
    checkControlsLast(node)
  })
  return index
}

function checkControlsLast({ name, input }: FileNode): void {
  let isControl = false
  for (const one of input) {
    if (one.startsWith('^')) isControl = true
    else if (isControl) {
      throw new ValueError(`Node '${name}': Control dependencies must come after regular dependencies`)
    }
  }
}

/** @throws {ValueError} for an input that comes from no node */
export function findEdges(nodes: readonly FileNode[], index: ReadonlyMap<string, number>, inputMap: InputMap): Edges {
  const count = nodes.reduce((sum, { input }) => sum + input.length, 0)
  const firstInput = new Int32Array(nodes.length + 1)
  const source = new Int32Array(count)
  const output = new Float64Array(count)
  const mapped: MappedInput[] = []
  const usedKeys = new Set<string>()
  const isLoopHead = new Uint8Array(nodes.length)
  let edge = 0
  nodes.forEach((node, at) => {
    firstInput[at] = edge
    const isMerging = isMerge(node.op)
    for (const input of node.input) {
      const id = parseInput(input)
      const key = inputMap.size === 0 ? undefined : formatTensorId(id)
      const replacement = key === undefined ? undefined : inputMap.get(key)
      const from = replacement === undefined ? index.get(id.node) : -1 - mapped.length
      if (from === undefined) throw new ValueError(`Node '${node.name}': Unknown input node '${input}'`)
      if (replacement !== undefined && key !== undefined) {
        mapped.push(replacement)
        usedKeys.add(key)
      }
      if (isMerging && id.index !== CONTROL && isNextIteration(nodes[index.get(id.node) ?? -1])) isLoopHead[at] = 1
      source[edge] = from
      output[edge++] = replacement?.index ?? id.index
    }
  })
  firstInput[nodes.length] = edge
  return { firstInput, source, output, mapped, usedKeys, isLoopHead }
}

/** The nodes, each behind what it takes. @throws {ValueError} "2 nodes in a cycle" */
export function orderNodes(nodes: readonly FileNode[], edges: Edges): Int32Array {
  const order = new Int32Array(nodes.length)
  const pending = countPending(nodes, edges)
  const users = findUsers(nodes.length, edges)
  const ready = new IntHeap()
  pending.forEach((count, at) => count === 0 && ready.push(at))
  let made = 0
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    order[made++] = node
    const closesLoop = isNextIteration(nodes[node])
    for (let at = users.first[node] as number; at < (users.first[node + 1] as number); at++) {
      const user = users.user[at] as number
      if (closesLoop && isMerge((nodes[user] as FileNode).op)) continue
      const left = (pending[user] as number) - 1
      pending[user] = left
      if (left === 0) ready.push(user)
    }
  }
  if (made < nodes.length) throw new ValueError(`${nodes.length - made} nodes in a cycle`)
  return order
}

/** How many inputs each node waits for. */
function countPending(nodes: readonly FileNode[], edges: Edges): Int32Array {
  const { firstInput, source, output, isLoopHead } = edges
  const pending = new Int32Array(nodes.length)
  for (let node = 0; node < nodes.length; node++) {
    const isHead = isLoopHead[node] === 1
    let count = isHead ? 1 : 0
    for (let at = firstInput[node] as number; at < (firstInput[node + 1] as number); at++) {
      if (!isHead || output[at] === CONTROL) count++
      if ((source[at] as number) < 0) count--
    }
    pending[node] = count
  }
  return pending
}

/** The nodes that take something of node n are user[first[n]] … user[first[n + 1]], once for each input. */
interface Users {
  readonly first: Int32Array
  readonly user: Int32Array
}

function findUsers(count: number, { firstInput, source }: Edges): Users {
  const first = new Int32Array(count + 1)
  for (const from of source) if (from >= 0) first[from + 1] = (first[from + 1] as number) + 1
  for (let node = 0; node < count; node++) first[node + 1] = (first[node + 1] as number) + (first[node] as number)
  const user = new Int32Array(first[count] as number)
  const next = first.slice()
  for (let node = 0; node < count; node++) {
    for (let at = firstInput[node] as number; at < (firstInput[node + 1] as number); at++) {
      const from = source[at] as number
      if (from < 0) continue
      const place = next[from] as number
      user[place] = node
      next[from] = place + 1
    }
  }
  return { first, user }
}
