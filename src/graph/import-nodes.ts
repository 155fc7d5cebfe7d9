/**
 * The operations of a file, made one behind the other; none of them is in the graph yet.
 *
 * TensorFlow: core/common_runtime/graph_constructor.cc (Convert, MakeNode, MakeEdge, AddBackEdges).
 */
import type { NodeDef, OpDef } from '../proto/messages'
import { compareKeys } from '../util/bytes'
import { ValueError } from '../util/errors'
import { MAX_ARGUMENTS } from './arg-types'
import { copyAttrs, withoutAttr } from './attr-copy'
import { fillDefaults, setAttr } from './default-attrs'
import { OUTPUT_SHAPES } from './export-graph-def'
import { fullTypeOf } from './full-type'
import type { GraphState } from './graph-state'
import { CONTROL } from './import-names'
import type { ReturnElement } from './import-options'
import { type Edges, isMerge } from './import-order'
import { CLASS, type Places, renamedClass } from './import-places'
import { isShapeList, readOutputShapes } from './import-shapes'
import { checkDeprecation } from './import-versions'
import { checkEdge, checkNode } from './node-check'
import { type AttrMap, attrOf, GraphOperation, partsOf } from './operation'

/** Everything that is known before the first operation is made. */
export interface ImportPlan {
  readonly state: GraphState
  readonly nodes: readonly NodeDef[]
  readonly index: ReadonlyMap<string, number>
  readonly edges: Edges
  /** The nodes in the order of the graph. */
  readonly order: Int32Array
  /** Of each node, its name in the graph. */
  readonly names: readonly string[]
  readonly places: Places
  /** Of an op or a function; undefined where nobody knows it. */
  readonly opDef: (type: string) => OpDef | undefined
  /** What the caller asks for. */
  readonly wanted: readonly ReturnElement[]
  /** The producer of the file. */
  readonly producer: number
  /** Whether nobody else has the nodes: their attributes become the graph's. */
  readonly isOwned: boolean
}

/** More outputs than that of all nodes together are no graph, but an attack on the memory. */
const MAX_OUTPUTS = 1 << 24

/** An input of a Merge whose source comes later. */
interface BackEdge {
  readonly node: string
  readonly inputOps: GraphOperation[]
  readonly input: number
  readonly source: number
  readonly output: number
  readonly expected: number
}

/** An input whose source is not made yet: which one, and from which node. */
interface Later {
  readonly input: number
  readonly source: number
}

interface Inputs {
  readonly inputOps: GraphOperation[]
  readonly inputIndexes: readonly number[]
  readonly controls: readonly GraphOperation[]
  readonly later: readonly Later[]
}

/** Most nodes have no control inputs, and nearly none has one that comes later: they share this. */
const NONE: never[] = []

/** @returns by the number of the node in the file. @throws as importGraphDef() */
export function makeNodes(plan: ImportPlan): GraphOperation[] {
  const maker = new NodeMaker(plan)
  for (const at of plan.order) maker.make(at)
  maker.closeLoops()
  return maker.made
}

class NodeMaker {
  readonly made: GraphOperation[]
  readonly #plan: ImportPlan
  readonly #isRenamed: boolean
  readonly #backEdges: BackEdge[] = []
  #referenced: Float64Array | undefined
  #outputs = 0

  constructor(plan: ImportPlan) {
    this.#plan = plan
    this.made = new Array<GraphOperation>(plan.nodes.length)
    this.#isRenamed = plan.names.some((name, at) => name !== plan.nodes[at]?.name)
  }

  make(at: number): void {
    const { state, nodes, names, places, opDef: findOpDef, producer } = this.#plan
    const node = nodes[at] as NodeDef
    const name = names[at] as string
    const inputs = this.#inputsOf(at, node)
    const opDef = findOpDef(node.op)
    const attr = this.#attrsOf(at, node, opDef)
    const types =
      opDef &&
      checkNode({ name, attr, experimentalDebugInfo: node.experimentalDebugInfo }, inputs.inputOps.length, opDef)
    const outputTypes = types?.outputTypes ?? this.#unknownOutputs(at, node)
    // What nobody knows is no Merge, so that nothing comes later.
    if (types !== undefined) this.#checkEdges(name, inputs, types.inputTypes)
    if (opDef !== undefined) checkDeprecation(opDef, producer)
    this.#count(outputTypes.length)
    this.made[at] = new GraphOperation(state, name, node.op, {
      device: places.devices[at] ?? '',
      attr,
      inputOps: inputs.inputOps,
      inputIndexes: inputs.inputIndexes,
      controls: inputs.controls,
      outputTypes: shared(outputTypes),
      outputShapes: readOutputShapes(node, { name, op: node.op, attr }, outputTypes.length),
      experimentalType: node.experimentalType ?? (opDef && fullTypeOf(opDef, attr)),
      experimentalDebugInfo: node.experimentalDebugInfo,
      unknowns: node.$unknowns,
    })
  }

  /** Gives the heads of loops what comes round. */
  closeLoops(): void {
    for (const { node, inputOps, input, source, output, expected } of this.#backEdges) {
      const from = this.made[source] as GraphOperation
      const count = partsOf(from).outputTypes.length
      if (output >= count) {
        throw new ValueError(`Output ${output} of node ${from.name} does not exist. Node only has ${count} outputs.`)
      }
      checkEdge(from.outputType(output), expected, () => ({ node, input, source: from.name, output }))
      inputOps[input] = from
    }
  }

  #inputsOf(at: number, node: NodeDef): Inputs {
    const { firstInput, source, output, mapped } = this.#plan.edges
    const first = firstInput[at] as number
    const end = firstInput[at + 1] as number
    const inputOps: GraphOperation[] = []
    const inputIndexes: number[] = []
    let later: Later[] | undefined
    let edge = first
    for (; edge < end && output[edge] !== CONTROL; edge++) {
      const from = source[edge] as number
      const index = output[edge] as number
      const op = from < 0 ? mapped[-1 - from]?.op : this.made[from]
      if (op === undefined) (later ??= []).push({ input: inputOps.length, source: from })
      else checkOutput(node.name, op, () => (from < 0 ? op.name : this.#fileName(from)), index)
      // The place of one that comes later is filled by closeLoops().
      inputOps.push(op as GraphOperation)
      inputIndexes.push(index)
    }
    if (later !== undefined && !isMerge(node.op)) throw backEdgeError(node.name)
    const controls = edge === end ? NONE : this.#controlsOf(edge, end, node.name)
    return { inputOps, inputIndexes: shared(inputIndexes), controls, later: later ?? NONE }
  }

  /** Each once, in the order of the names that TensorFlow sorts by: those of the file, of the graph where it comes from there. */
  #controlsOf(first: number, end: number, name: string): GraphOperation[] {
    const { source, mapped } = this.#plan.edges
    const names = new Map<GraphOperation, string>()
    for (let edge = first; edge < end; edge++) {
      const from = source[edge] as number
      const op = from < 0 ? mapped[-1 - from]?.op : this.made[from]
      if (op === undefined) throw backEdgeError(name)
      names.set(op, from < 0 ? op.name : this.#fileName(from))
    }
    return [...names].sort(([, a], [, b]) => compareKeys(a, b)).map(([op]) => op)
  }

  #fileName(at: number): string {
    return this.#plan.nodes[at]?.name ?? ''
  }

  /** The graph's own copy. */
  #attrsOf(at: number, node: NodeDef, opDef: OpDef | undefined): AttrMap {
    const said = attrOf(node.attr, OUTPUT_SHAPES)
    const own = this.#plan.isOwned ? node.attr : copyAttrs(node.attr)
    const attr = said !== undefined && isShapeList(said) ? withoutAttr(own, OUTPUT_SHAPES) : own
    if (opDef !== undefined) fillDefaults(attr, opDef)
    const texts = this.#isRenamed ? this.#plan.places.classes[at] : undefined
    if (texts !== undefined)
      setAttr(
        attr,
        CLASS,
        renamedClass(texts, (name) => this.#newName(name)),
      )
    return attr
  }

  #newName(name: string): string {
    return this.#plan.names[this.#plan.index.get(name) ?? -1] ?? name
  }

  #checkEdges(node: string, { inputOps, inputIndexes, later }: Inputs, expected: readonly number[]): void {
    for (const { input, source } of later) {
      const [output, type] = [inputIndexes[input] as number, expected[input] as number]
      this.#backEdges.push({ node, inputOps, input, source, output, expected: type })
    }
    for (let input = 0; input < inputOps.length; input++) {
      const op = inputOps[input]
      const output = inputIndexes[input] as number
      if (op === undefined) continue
      checkEdge(op.outputType(output), expected[input] as number, () => ({ node, input, source: op.name, output }))
    }
  }

  /** As many as somebody takes, or as the file knows shapes of. */
  #unknownOutputs(at: number, { attr }: NodeDef): undefined[] {
    this.#referenced ??= countReferenced(this.#plan)
    const shapes = attrOf(attr, OUTPUT_SHAPES)?.list?.shape.length ?? 0
    const count = Math.max(shapes, this.#referenced[at] as number)
    if (count > MAX_ARGUMENTS) throw new ValueError(`Number of outputs is too big: ${count}`)
    return new Array<undefined>(count).fill(undefined)
  }

  #count(outputs: number): void {
    this.#outputs += outputs
    if (this.#outputs > MAX_OUTPUTS) throw new ValueError(`Number of outputs is too big: ${this.#outputs} of all nodes`)
  }
}

/** One list for the most frequent ones, of a number or none: a graph has tens of thousands of them. */
function shared<N extends number | undefined>(list: readonly N[]): readonly N[] {
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
function countReferenced({ nodes, edges, index, wanted }: ImportPlan): Float64Array {
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
