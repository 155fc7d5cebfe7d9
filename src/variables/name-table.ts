/**
 * The nodes of a store by name, as far as names go that are not made unique: those that end in `/`, "abs/". They are in
 * no list of used names, so that they and others may clash, which is an error.
 */
import { duplicateName, nodesOf, type NameGuard, type TakenNames, possibleOwners } from './node-names'
import type { Variable } from './variable'

/** Variables by op name, in the order of their creation, and what else has a name. */
export class NameTable implements NameGuard {
  readonly variables = new Map<string, Variable>()
  /** Computed tensors, and nodes of variables where they are not called as usual. */
  readonly #others = new Set<string>()
  readonly #verbatim = new Set<string>()
  readonly #isInGraph: (name: string) => boolean
  readonly #isNodeOf: (name: string, variable: Variable) => boolean

  /**
   * @param isNodeOf whether a variable has a node of that name
   * @param isInGraph whether the graph has a node of that name, where there is a graph
   */
  constructor(isNodeOf: (name: string, variable: Variable) => boolean, isInGraph: (name: string) => boolean) {
    this.#isNodeOf = isNodeOf
    this.#isInGraph = isInGraph
  }

  addVariable(variable: Variable, { opName, nodes, verbatim }: TakenNames): void {
    this.variables.set(opName, variable)
    if (verbatim) this.#verbatim.add(opName)
    if (nodes !== undefined) for (const node of nodesOf(nodes)) this.#others.add(node)
  }

  addNode(name: string, verbatim: boolean): void {
    this.#others.add(name)
    if (verbatim) this.#verbatim.add(name)
  }

  get hasVerbatim(): boolean {
    return this.#verbatim.size > 0
  }

  check(name: string, verbatim: boolean): void {
    if (verbatim ? this.#isTaken(name) : this.#verbatim.has(name)) throw duplicateName(name)
  }

  /** A function that forgets what is added from now on. */
  snapshot(): () => void {
    const undo = [forgetAfter(this.variables), forgetAfter(this.#others), forgetAfter(this.#verbatim)]
    return () => {
      for (const each of undo) each()
    }
  }

  #isTaken(name: string): boolean {
    if (this.variables.has(name) || this.#others.has(name)) return true
    const owners = possibleOwners(name).map((owner) => this.variables.get(owner))
    return owners.some((owner) => owner !== undefined && this.#isNodeOf(name, owner)) || this.#isInGraph(name)
  }
}

/** A function that takes out again what is put in from now on. Nothing else may be taken out in between. */
export function forgetAfter(known: Map<string, unknown> | Set<string>): () => void {
  const { size } = known
  return () => {
    for (const key of [...known.keys()].slice(size)) known.delete(key)
  }
}
