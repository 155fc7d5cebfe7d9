/**
 * The way back, where something fails after a graph has changed: all of it or nothing.
 */
import { type GraphState, settle } from './graph-state'
import { forgetConsumers } from './operation'

/**
 * Remembers the graph. The deferred builds have run.
 *
 * @returns what makes it as it is now again: what was added is forgotten, deferred builds too
 */
export function snapshot(state: GraphState): () => void {
  settle(state)
  const { versions } = state
  const [count, fileOps] = [state.operations.length, new Set(state.fileOps.keys())]
  const others = [state.names.snapshot(), state.library.snapshot()]
  return () => {
    for (const { name } of state.operations.splice(count)) state.byName.delete(name)
    for (const name of state.fileOps.keys()) if (!fileOps.has(name)) state.fileOps.delete(name)
    for (const restore of others) restore()
    state.versions = versions
    state.deferred = []
    state.scopes.names.clear()
    state.scopes.upTo = 0
    forgetConsumers(state)
  }
}
