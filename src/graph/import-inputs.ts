/**
 * What the operations of a file take: from operations that were made before, and, where a loop closes, from later ones.
 *
 * TensorFlow: core/common_runtime/graph_constructor.cc (Convert, MakeEdge).
 */
import { compareKeys } from '../util/bytes'
import { ValueError } from '../util/errors'
import { CONTROL } from './import-names'
import type { ImportPlan } from './import-nodes'
import { isMerge } from './import-order'
import { type GraphOperation, partsOf } from './operation'

/** An input whose source is not made yet: which one, and from which node. */
interface Later {
  readonly input: number
  readonly source: number
}

/** What an operation takes. */
export interface Inputs {
  readonly inputOps: GraphOperation[]
  readonly inputIndexes: readonly number[]
  readonly controls: readonly GraphOperation[]
  readonly later: readonly Later[]
}

/** Most nodes have no control inputs, and nearly none has one that comes later: they share this. */
const NONE: never[] = []

/**
 * @param made by the number of the node in the file
 * @throws {ValueError} for an output that its node does not have, and for a back edge into what is no Merge
 */
export function inputsOf({ nodes, edges }: ImportPlan, made: readonly GraphOperation[], at: number): Inputs {
  const { firstInput, source, output, mapped } = edges
  const name = nodes[at]?.name ?? ''
  const first = firstInput[at] as number
  const end = firstInput[at + 1] as number
  let firstControl = first
  while (firstControl < end && output[firstControl] !== CONTROL) firstControl++
  const count = firstControl - first
  const inputOps = new Array<GraphOperation>(count)
  const inputIndexes = new Array<number>(count)
  let later: Later[] | undefined
  for (let input = 0; input < count; input++) {
    const from = source[first + input] as number
    const index = output[first + input] as number
    const op = from < 0 ? mapped[-1 - from]?.op : made[from]
    if (op === undefined) (later ??= []).push({ input, source: from })
    else checkOutput(name, op, () => (from < 0 ? op.name : (nodes[from]?.name ?? '')), index)
    // The place of one that comes later is filled when all are made.
    inputOps[input] = op as GraphOperation
    inputIndexes[input] = index
  }
  if (later !== undefined && !isMerge(nodes[at]?.op ?? '')) throw backEdgeError(name)
  const controls = firstControl === end ? NONE : controlsOf({ nodes, edges }, made, { firstControl, end, name })
  return { inputOps, inputIndexes: shared(inputIndexes), controls, later: later ?? NONE }
}

/** Each once, in the order of the names that TensorFlow sorts by: those of the file, of the graph where it comes from there. */
function controlsOf(
  { nodes, edges: { source, mapped } }: Pick<ImportPlan, 'nodes' | 'edges'>,
  made: readonly GraphOperation[],
  { firstControl, end, name }: { firstControl: number; end: number; name: string },
): GraphOperation[] {
  const names = new Map<GraphOperation, string>()
  for (let edge = firstControl; edge < end; edge++) {
    const from = source[edge] as number
    const op = from < 0 ? mapped[-1 - from]?.op : made[from]
    if (op === undefined) throw backEdgeError(name)
    names.set(op, from < 0 ? op.name : (nodes[from]?.name ?? ''))
  }
  return [...names].sort(([, a], [, b]) => compareKeys(a, b)).map(([op]) => op)
}

/** One list for the most frequent ones, of a number or none: a graph has tens of thousands of them. */
export function shared<N extends number | undefined>(list: readonly N[]): readonly N[] {
  if (list.length === 0) return NONE
  const [only] = list
  if (list.length > 1 || only === undefined) return list
  const known = SINGLES.get(only) as readonly N[] | undefined
  if (known === undefined && SINGLES.size < MAX_SINGLES) SINGLES.set(only, list as readonly number[])
  return known ?? list
}

const SINGLES = new Map<number, readonly number[]>()
const MAX_SINGLES = 100

function backEdgeError(name: string): ValueError {
  return new ValueError(`Node '${name}' had a back edge, but only Merge nodes can have back edges.`)
}

function checkOutput(node: string, op: GraphOperation, source: () => string, index: number): void {
  const count = partsOf(op).outputTypes.length
  if (index < count) return
  throw new ValueError(
    `Node '${node}': Connecting to invalid output ${index} of source node ${source()} which has ${count} outputs.${hintFor(op.type)}`,
  )
}

const WITH_INTERMEDIATES = new Set(['If', 'StatelessIf', 'While', 'StatelessWhile'])

function hintFor(type: string): string {
  return WITH_INTERMEDIATES.has(type) ? ' Try using tf.compat.v1.experimental.output_all_intermediates(True).' : ''
}

/** Of each node, one more than the highest of its outputs that some node takes, or the caller. */
export function countReferenced({ nodes, edges, index, wanted }: ImportPlan): Float64Array {
  const counts = new Float64Array(nodes.length)
  for (const { node, index: output = CONTROL } of wanted) {
    const at = index.get(node)
    if (at !== undefined) counts[at] = Math.max(counts[at] as number, output + 1)
  }
  edges.source.forEach((from, edge) => {
    if (from >= 0) counts[from] = Math.max(counts[from] as number, (edges.output[edge] as number) + 1)
  })
  return counts
}
