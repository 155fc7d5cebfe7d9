/**
 * A graph without the nodes that only training needs.
 *
 * TensorFlow: python/framework/graph_util_impl.py (remove_training_nodes).
 */
import type { GraphDef, IGraphDef, NodeDef } from '../proto/messages'
import { tensorflow } from '../proto/messages'
import { LookupError, ValueError } from '../util/errors'
import { graphDefArgument } from './graph-def-argument'
import { colocatedNodes, copyNode } from './graph-util'

const REMOVED = 'CheckNumerics'
const SPLICED: ReadonlySet<string> = new Set(['Identity', 'StopGradient'])

/**
 * tf.graph_util.remove_training_nodes: without CheckNumerics, whose consumers lose that input, and without Identity and
 * StopGradient, whose consumers take what they took; nodes with control inputs, or that are one, or that others are placed
 * with, stay. A copy, without versions and functions, as TensorFlow gives it.
 *
 * @param protectedNodes names of nodes that stay
 * @throws {LookupError} "list index out of range" where an Identity has no input left: TensorFlow's IndexError
 * @throws {ValueError} where Identities take one another's outputs in a circle, on which TensorFlow hangs
 */
export function removeTrainingNodes(graphDef: IGraphDef, protectedNodes: readonly string[] = []): GraphDef {
  const isProtected = new Set(protectedNodes)
  const removed = new Set<string>()
  const whole = graphDefArgument(graphDef)
  for (const { op, name } of whole.node) if (op === REMOVED && !isProtected.has(name)) removed.add(name)
  const left = whole.node
    .filter(({ name }) => !removed.has(name))
    .map((node) => withInputs(node, keptInputs(node, removed)))
  const spliced = splicedNodes(left, isProtected)
  const resolve = resolver(spliced)
  const node = left.filter(({ name }) => !spliced.has(name))
  for (const one of node) one.input = one.input.map((input) => resolve(bare(input), input))
  return new tensorflow.GraphDef({ node })
}

function keptInputs({ input }: NodeDef, removed: ReadonlySet<string>): string[] {
  return removed.size === 0 ? [...input] : input.filter((one) => !removed.has(bare(one)))
}

function withInputs(node: NodeDef, input: string[]): NodeDef {
  const copy = copyNode(node)
  copy.input = input
  return copy
}

/** Without the mark of a control input. */
function bare(input: string): string {
  return input.startsWith('^') ? input.slice(1) : input
}

/** By name: what the consumers of a node take in its place. */
function splicedNodes(nodes: readonly NodeDef[], isProtected: ReadonlySet<string>): Map<string, string> {
  const stays = new Set(isProtected)
  for (const node of nodes) {
    for (const input of node.input) if (input.includes('^')) stays.add(node.name).add(input.replaceAll('^', ''))
    for (const name of colocatedNodes(node)) stays.add(name)
  }
  const spliced = new Map<string, string>()
  for (const { op, name, input } of nodes) {
    if (!SPLICED.has(op) || stays.has(name)) continue
    const [first] = input
    if (first === undefined) {
      const why = `${op} ${name} has no input; it may have lost the output of a ${REMOVED}: protect one of them`
      throw new LookupError(`list index out of range: ${why}`)
    }
    spliced.set(name, first)
  }
  return spliced
}

/** Follows inputs over spliced nodes; each is followed once, however many take it. */
function resolver(spliced: ReadonlyMap<string, string>): (name: string, input: string) => string {
  const ends = new Map<string, string>()
  return (name, input) => {
    const path: string[] = []
    let full = input
    for (let at = name; ; at = bare(full)) {
      const known = ends.get(at)
      const next = known ?? spliced.get(at)
      if (next === undefined) break
      if (known === undefined) path.push(at)
      full = next
      if (known !== undefined) break
      if (path.length > spliced.size) throw new ValueError(`${at} is in a circle of nodes that only hand values on`)
    }
    for (const one of path) ends.set(one, full)
    return full
  }
}
