/**
 * Checkpoints of tf.train.Checkpoint: their keys are paths through objects, and a graph of the objects beside them says
 * which variable each one was.
 *
 * TensorFlow: python/training/saver.py, object_graph_key_mapping; python/trackable/base.py.
 */
import { decodeObjectGraph, type ObjectGraph } from '../proto/object-graph'
import { type CheckpointReader } from './checkpoint-reader'

/** Under this key, in a string scalar, the graph stands. */
export const OBJECT_GRAPH_KEY = '_CHECKPOINTABLE_OBJECT_GRAPH'

/**
 * The graph of an object-based checkpoint; undefined for any other.
 * @throws {DataLossError} where it is damaged
 */
export async function readObjectGraph(reader: CheckpointReader): Promise<ObjectGraph | undefined> {
  if (reader.getVariableToDtypeMap().get(OBJECT_GRAPH_KEY) !== 'string') return undefined
  const { data } = await reader.getTensor(OBJECT_GRAPH_KEY, 'string')
  const [bytes] = data
  return bytes === undefined ? undefined : decodeObjectGraph(bytes, { key: OBJECT_GRAPH_KEY })
}

/** The key of each variable by the name that it had in the program that saved it. Of two of one name the last counts. */
export function namesToKeys(graph: ObjectGraph): Map<string, string> {
  const keys = new Map<string, string>()
  for (const { attributes } of graph.nodes) {
    for (const { fullName, checkpointKey } of attributes) keys.set(fullName, checkpointKey)
  }
  return keys
}
