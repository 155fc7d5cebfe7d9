/**
 * Versions of graphs: whether this release may read one, and what becomes of them when one graph goes into another.
 *
 * TensorFlow: core/framework/versions.cc (CheckVersions), core/common_runtime/graph_constructor.cc (UpdateVersionDef,
 * MaybeAppendVersionWarning), core/graph/graph.cc (AddFunctionLibrary).
 */
import { type OpDef, tensorflow, type VersionDef } from '../proto/messages'
import { UnimplementedError, ValueError } from '../util/errors'
import { GRAPH_DEF_VERSION, GRAPH_DEF_VERSION_MIN_PRODUCER, TENSORFLOW_VERSION } from './ops.gen'

/** Consumers that are older know no functions. */
const FUNCTIONS_MIN_CONSUMER = 12

/** Days for which older releases can read what newer ones write; a version is a day. */
const FORWARD_COMPATIBILITY = 21

/** @throws {ValueError} where the graph says that TensorFlow 2.21 must not read it */
export function checkVersions({ producer, minConsumer, badConsumers }: VersionDef): void {
  if (GRAPH_DEF_VERSION < minConsumer) {
    throw new ValueError(
      `GraphDef min consumer version ${minConsumer} above current version ${GRAPH_DEF_VERSION} ` +
        `for TensorFlow ${TENSORFLOW_VERSION}.  Please upgrade TensorFlow.`,
    )
  }
  if (producer < GRAPH_DEF_VERSION_MIN_PRODUCER) {
    throw new ValueError(
      `GraphDef producer version ${producer} below min producer ${GRAPH_DEF_VERSION_MIN_PRODUCER} ` +
        `supported by TensorFlow ${TENSORFLOW_VERSION}.  Please regenerate your graph.`,
    )
  }
  if (badConsumers.includes(GRAPH_DEF_VERSION)) {
    throw new ValueError(
      `GraphDef disallows consumer version ${GRAPH_DEF_VERSION}.  Please upgrade TensorFlow: this version is likely buggy.`,
    )
  }
}

/** What `graph` says once `imported` is in it. */
export function mergeVersions(graph: VersionDef, imported: VersionDef, hasFunctions: boolean): VersionDef {
  const bad = new Set([...graph.badConsumers, ...imported.badConsumers])
  return new tensorflow.VersionDef({
    producer: Math.min(graph.producer, imported.producer),
    minConsumer: Math.max(graph.minConsumer, imported.minConsumer, hasFunctions ? FUNCTIONS_MIN_CONSUMER : 0),
    badConsumers: imported.badConsumers.length > 0 ? [...bad].sort((a, b) => a - b) : [...graph.badConsumers],
  })
}

/** @throws {UnimplementedError} for an op that had been taken back when the graph was made */
export function checkDeprecation({ name, deprecation }: OpDef, producer: number): void {
  if (!deprecation || producer < deprecation.version) return
  throw new UnimplementedError(
    `Op ${name} is not available in GraphDef version ${producer}. ` +
      `It has been removed in version ${deprecation.version}. ${deprecation.explanation}.`,
  )
}

/** Runs `body`; its ValueError says that the graph is from the future, where it is. */
export function withVersionHint<R>(producer: number, body: () => R): R {
  try {
    return body()
  } catch (error) {
    if (!(error instanceof ValueError) || producer - GRAPH_DEF_VERSION <= FORWARD_COMPATIBILITY) throw error
    throw new ValueError(
      `Converting GraphDef to Graph has failed with an error: '${error.message}' The binary trying to import the ` +
        `GraphDef was built when GraphDef version was ${GRAPH_DEF_VERSION}. The GraphDef was produced by a binary built ` +
        `when GraphDef version was ${producer}. The difference between these versions is larger than TensorFlow's ` +
        `forward compatibility guarantee, and might be the root cause for failing to import the GraphDef.`,
      { cause: error },
    )
  }
}
