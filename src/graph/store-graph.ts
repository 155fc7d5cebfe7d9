/**
 * A store and its graph: each has the other, one for one.
 *
 * They share names and collections. A variable that the store makes takes the names of its nodes at once, and gets the nodes
 * when somebody looks at the graph, in the order of creation. Computed tensors (VariableStore.computed) have a name and no
 * node: what they compute is JavaScript, and a PyFunc in a file could not be run.
 */
import type { Variable } from '../variables/variable'
import { storeInternals, type VariableStore } from '../variables/variable-store'
import type { GraphHost } from '../variables/store-internals'
import { type Graph, graphInternals } from './graph'
import { addVariableNodes } from './variable-nodes'

const storesByGraph = new WeakMap<Graph, VariableStore>()

/** The graph of a store: made when it is first asked for, with the nodes of all its variables; the same from then on. */
export function graphOf(store: VariableStore): Graph {
  const host = storeInternals.host(store)
  if (host instanceof StoreGraph) return host.graph
  const graph = graphInternals.create(storeInternals.names(store), storeInternals.collections(store))
  const bound = bind(store, graph)
  bound.promise([...store])
  return graph
}

/** The store whose graph this is; undefined where there is none. */
export function storeOfGraph(graph: Graph): VariableStore | undefined {
  return storesByGraph.get(graph)
}

/** The store of a graph: an empty one is made where there is none. What it makes takes names that are free in the graph. */
export function storeForGraph(graph: Graph): VariableStore {
  const known = storesByGraph.get(graph)
  if (known !== undefined) return known
  const store = storeInternals.createIn(graphInternals.names(graph), graphInternals.collections(graph))
  bind(store, graph)
  return store
}

function bind(store: VariableStore, graph: Graph): StoreGraph {
  const host = new StoreGraph(graph)
  storesByGraph.set(graph, store)
  storeInternals.attach(store, host)
  return host
}

/** Variables whose nodes are promised, and the build that makes them. */
interface Batch {
  readonly variables: Variable[]
  readonly build: () => void
}

class StoreGraph implements GraphHost {
  readonly graph: Graph
  #batch: Batch | undefined

  constructor(graph: Graph) {
    this.graph = graph
  }

  /** Joins those before it, where nobody else has promised nodes in between. */
  variableCreated(variable: Variable): void {
    if (this.#batch !== undefined && graphInternals.lastDeferred(this.graph) === this.#batch.build) {
      this.#batch.variables.push(variable)
    } else {
      this.promise([variable])
    }
  }

  hasNode(name: string): boolean {
    return graphInternals.find(this.graph, name) !== undefined
  }

  /** Adds the nodes of variables when somebody looks. */
  promise(variables: Variable[]): void {
    const { graph } = this
    const build = (): void => {
      // Nobody holds the variables for the sake of nodes that are there.
      if (this.#batch?.build === build) this.#batch = undefined
      for (const variable of variables) addVariableNodes(graph, variable)
    }
    this.#batch = { variables, build }
    graphInternals.defer(graph, build)
  }
}
