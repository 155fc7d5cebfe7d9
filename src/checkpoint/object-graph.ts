/**
 * Checkpoints of tf.train.Checkpoint: their keys are paths through objects, and a graph of the objects beside them says
 * which variable each one was.
 *
 * TensorFlow: python/training/saver.py, object_graph_key_mapping; python/trackable/base.py.
 */
import { decodeObjectGraph, type ObjectGraph } from '../proto/object-graph'
import { type CheckpointSource, type StoredTensors } from './checkpoint-source'
import { readOne } from './tensor-value'

/** Under this key, in a string scalar, the graph stands. */
export const OBJECT_GRAPH_KEY = '_CHECKPOINTABLE_OBJECT_GRAPH'

/**
 * The graph of an object-based checkpoint; undefined for any other.
 * @throws {DataLossError} where it is damaged
 */
export async function readObjectGraph(source: CheckpointSource): Promise<ObjectGraph | undefined> {
  const tensor = source.tensors.get(OBJECT_GRAPH_KEY)
  if (tensor?.dtype.name !== 'string') return undefined
  const { data } = await readOne((requests, how) => source.read(requests, how), { tensor })
  const [bytes] = data as readonly Uint8Array[]
  return bytes === undefined ? undefined : decodeObjectGraph(bytes, { key: OBJECT_GRAPH_KEY })
}

/** The key of each variable by the name that it had in the program that saved it. Of two of one name the last counts. */
export function namesToKeys(graph: ObjectGraph): Map<string, string> {
  const keys = new Map<string, string>()
  for (const { fullName, checkpointKey } of graph) keys.set(fullName, checkpointKey)
  return keys
}

/**
 * A name for every tensor but the graph: the one that its variable had in the program that saved it, slot variables too
 * ("dense/kernel/Adam"). It is the key itself where there was none, and where several have one; of two for one tensor the
 * first counts.
 */
export function readableNames(graph: ObjectGraph | undefined, tensors: StoredTensors): Map<string, string> {
  const nameOf = new Map<string, string>()
  const keyOf = new Map<string, string>()
  const shared = new Set<string>()
  for (const { fullName, checkpointKey: key } of graph ?? []) {
    if (!tensors.has(key) || nameOf.has(key)) continue
    nameOf.set(key, fullName)
    if (keyOf.has(fullName) || tensors.has(fullName)) shared.add(fullName)
    keyOf.set(fullName, key)
  }
  const names = new Map<string, string>()
  for (const key of tensors.keys()) {
    const name = nameOf.get(key) ?? ''
    if (key !== OBJECT_GRAPH_KEY) names.set(name === '' || shared.has(name) ? key : name, key)
  }
  return names
}
