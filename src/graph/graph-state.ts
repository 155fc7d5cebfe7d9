/**
 * What one graph holds, as the files of this folder share it. Graph is its public face.
 *
 * Nodes that are dear to make (a Saver's over a million variables) are promised by `deferred` and made when somebody looks.
 */
import type { OpDef, VersionDef } from '../proto/messages'
import type { UniqueNames } from '../util/unique-name'
import type { Collections } from '../variables/collections'
import type { FunctionLibrary } from './function-library'
import type { Graph } from './graph'
import type { GraphOperation } from './operation'

/** What one graph holds. */
export interface GraphState {
  readonly graph: Graph
  names: UniqueNames
  collections: Collections
  /** In graph order. */
  readonly operations: GraphOperation[]
  readonly byName: Map<string, GraphOperation>
  readonly library: FunctionLibrary
  /** From the stripped_op_list of the files that were read, by the op's name. */
  readonly fileOps: Map<string, OpDef>
  versions: VersionDef
  /** Builds that nobody has needed yet, in order. */
  deferred: (() => void)[]
  /** Whether deferred builds are running: what they add does not wait for them. */
  settling: boolean
  /** Every scope that has nodes, without its slash, as far as somebody has asked: those of the first `upTo` operations. */
  readonly scopes: { readonly names: Set<string>; upTo: number }
  /** How many of `operations` are among the consumers of their inputs. */
  indexed: number
}

/**
 * Runs the deferred builds, in the order in which they were deferred. One that throws, and those behind it, stay deferred.
 * @throws whatever a build throws
 */
export function settle(state: GraphState): void {
  if (state.settling || state.deferred.length === 0) return
  state.settling = true
  try {
    while (state.deferred.length > 0) {
      const builds = state.deferred
      state.deferred = []
      runAll(builds, state)
    }
  } finally {
    state.settling = false
  }
}

function runAll(builds: (() => void)[], state: GraphState): void {
  for (let at = 0; at < builds.length; at++) {
    try {
      builds[at]?.()
    } catch (error) {
      state.deferred = [...builds.slice(at), ...state.deferred]
      throw error
    }
  }
}
