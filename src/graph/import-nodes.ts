/**
 * The operations of a file, made one behind the other; none of them is in the graph yet.
 *
 * TensorFlow: core/common_runtime/graph_constructor.cc (Convert, MakeNode, MakeEdge, AddBackEdges).
 */
import type { OpDef } from '../proto/messages'
import { NodeBytes } from '../proto/node-bytes'
import { ValueError } from '../util/errors'
import { MAX_ARGUMENTS } from './arg-types'
import { copyAttrs, withoutAttr } from './attr-copy'
import { setAttr } from './attr-map'
import { fillDefaults } from './default-attrs'
import { FileKinds, type FileNode } from './file-nodes'
import { fullTypeOf } from './full-type'
import type { GraphState } from './graph-state'
import { countReferenced, type Inputs, inputsOf, shared } from './import-inputs'
import type { ReturnElement } from './import-options'
import type { Edges } from './import-order'
import { type Places, renamedClass, renamedText } from './import-places'
import { isShapeList, readOutputShapes } from './import-shapes'
import { checkDeprecation } from './import-versions'
import { checkEdge, checkNode, type NodeTypes } from './node-check'
import { CLASS, isFlat, NodeKind, type OwnValue } from './node-kind'
import { type AttrMap, attrOf, GraphOperation, NO_OWN, type NodeParts, partsOf } from './operation'
import { OUTPUT_SHAPES } from './output-shapes'

/** Everything that is known before the first operation is made. */
export interface ImportPlan {
  readonly state: GraphState
  readonly nodes: readonly FileNode[]
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

/** @returns by the number of the node in the file. @throws as importGraphDef() */
export function makeNodes(plan: ImportPlan): GraphOperation[] {
  const maker = new NodeMaker(plan)
  for (const at of plan.order) maker.make(at)
  maker.closeLoops()
  return maker.made
}

/** What a node is made of beside where it stands. */
type OwnParts = Pick<NodeParts, 'attr' | 'kind' | 'own' | 'outputTypes' | 'outputShapes' | 'experimentalType'>

/** What was found to be as it should. */
interface Checked {
  readonly attr: AttrMap
  readonly opDef: OpDef
  readonly types: NodeTypes
  readonly outputShapes: NodeParts['outputShapes']
}

const OWN_CLASS: readonly string[] = Object.freeze([CLASS])

function debugInfoOf(node: FileNode): NodeParts['experimentalDebugInfo'] {
  return node instanceof NodeBytes ? undefined : node.experimentalDebugInfo
}

function typeOf(node: FileNode): NodeParts['experimentalType'] {
  return node instanceof NodeBytes ? undefined : node.experimentalType
}

class NodeMaker {
  readonly made: GraphOperation[]
  readonly #plan: ImportPlan
  readonly #isRenamed: boolean
  readonly #kinds = new FileKinds()
  readonly #backEdges: BackEdge[] = []
  #referenced: Float64Array | undefined
  #outputs = 0

  constructor(plan: ImportPlan) {
    this.#plan = plan
    this.made = new Array<GraphOperation>(plan.nodes.length)
    this.#isRenamed = plan.names.some((name, at) => name !== plan.nodes[at]?.name)
  }

  make(at: number): void {
    const { nodes, opDef: findOpDef } = this.#plan
    const node = nodes[at] as FileNode
    const inputs = inputsOf(this.#plan, this.made, at)
    const opDef = findOpDef(node.op)
    const kind = node instanceof NodeBytes ? this.#kinds.find(node) : undefined
    if (kind === undefined || kind.inputTypes.length !== inputs.inputOps.length) {
      this.#makeChecked(at, node, { inputs, opDef })
    } else this.#makeAlike(at, node, { inputs, kind })
  }

  /** A node like one that was made and checked before. */
  #makeAlike(at: number, node: FileNode, { inputs, kind }: { inputs: Inputs; kind: NodeKind }): void {
    this.#checkEdges(this.#plan.names[at] as string, inputs, kind.inputTypes)
    this.#count(kind.outputTypes.length)
    this.#enter(at, node, inputs, {
      attr: undefined,
      kind,
      own: this.#ownOf(at, kind),
      outputTypes: kind.outputTypes,
      outputShapes: kind.outputShapes,
      experimentalType: fullTypeOf(kind.opDef, kind.attr),
    })
  }

  #makeChecked(at: number, node: FileNode, { inputs, opDef }: { inputs: Inputs; opDef: OpDef | undefined }): void {
    const { names, producer } = this.#plan
    const name = names[at] as string
    const attr = this.#attrsOf(at, node, opDef)
    const types =
      opDef && checkNode({ name, attr, experimentalDebugInfo: debugInfoOf(node) }, inputs.inputOps.length, opDef)
    const outputTypes = types?.outputTypes ?? this.#unknownOutputs(at, node)
    // What nobody knows is no Merge, so that nothing comes later.
    if (types !== undefined) this.#checkEdges(name, inputs, types.inputTypes)
    if (opDef !== undefined) checkDeprecation(opDef, producer)
    this.#count(outputTypes.length)
    const outputShapes = readOutputShapes(node, { name, op: node.op, attr }, outputTypes.length)
    const kind = opDef && types && this.#addKind(node, { attr, opDef, types, outputShapes })
    this.#enter(at, node, inputs, {
      attr: kind === undefined ? attr : undefined,
      kind,
      own: kind === undefined ? NO_OWN : this.#ownOf(at, kind),
      outputTypes: shared(outputTypes),
      outputShapes,
      experimentalType: typeOf(node) ?? (opDef && fullTypeOf(opDef, attr)),
    })
  }

  #enter(at: number, node: FileNode, inputs: Inputs, parts: OwnParts): void {
    const { state, names, places } = this.#plan
    const { attr, kind, own, outputTypes, outputShapes, experimentalType } = parts
    this.made[at] = new GraphOperation(state, names[at] as string, node.op, {
      device: places.devices[at] ?? '',
      attr,
      kind,
      own,
      inputOps: inputs.inputOps,
      inputIndexes: inputs.inputIndexes,
      controls: inputs.controls,
      outputTypes,
      outputShapes,
      experimentalType,
      experimentalDebugInfo: debugInfoOf(node),
      unknowns: node instanceof NodeBytes ? undefined : node.$unknowns,
    })
  }

  /** Of a node that others may be like. */
  #addKind(node: FileNode, { attr, opDef, types, outputShapes }: Checked): NodeKind | undefined {
    if (!(node instanceof NodeBytes) || node.hash < 0 || !Object.values(attr).every(isFlat)) return undefined
    const isBeside = node.classText !== undefined
    const kind = new NodeKind({
      opDef,
      attr: isBeside ? withoutAttr(attr, CLASS) : attr,
      own: isBeside ? OWN_CLASS : [],
      inputTypes: shared(types.inputTypes),
      outputTypes: shared(types.outputTypes),
      outputShapes,
    })
    this.#kinds.add(node, kind)
    return kind
  }

  #ownOf(at: number, { own }: NodeKind): readonly OwnValue[] {
    if (own.length === 0) return NO_OWN
    const text = this.#plan.places.classes[at] as string
    return [this.#isRenamed ? renamedText(text, (name) => this.#newName(name)) : text]
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

  /** The graph's own copy. */
  #attrsOf(at: number, node: FileNode, opDef: OpDef | undefined): AttrMap {
    const said = attrOf(node.attr, OUTPUT_SHAPES)
    const own = this.#plan.isOwned || node instanceof NodeBytes ? node.attr : copyAttrs(node.attr)
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
  #unknownOutputs(at: number, { attr }: FileNode): undefined[] {
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
