/**
 * The state file's content: tensorflow.CheckpointState as protobuf text.
 *
 *     model_checkpoint_path: "m-2"
 *     all_model_checkpoint_paths: "m-1"
 *     all_model_checkpoint_paths: "m-2"
 *     all_model_checkpoint_timestamps: 1.5        one for each path, or none; not from a Saver
 *     all_model_checkpoint_timestamps: 2.5
 *     last_preserved_timestamp: 1.0               left out when 0
 *
 * TensorFlow: python/training/checkpoint_state.proto.
 */
import { type FlatField, readFlatText } from '../proto/flat-text'
import { formatDouble, quoteText } from '../proto/text-printer'

/** tensorflow.CheckpointState: which checkpoints a directory has. */
export interface CheckpointState {
  /** The newest one's prefix; '' where the file names none. */
  modelCheckpointPath: string
  /** All that are kept, oldest first. */
  allModelCheckpointPaths: string[]
  /** Seconds since 1970 at which each was made; empty where that was not recorded. */
  allModelCheckpointTimestamps: number[]
  /** Seconds since 1970 of the last one that is preserved for good; 0 where that was not recorded. */
  lastPreservedTimestamp: number
}

/** A field that comes twice holds what came last, as in TensorFlow. @throws {ParseError} with line and column. */
export function decodeCheckpointState(text: string): CheckpointState {
  const state: CheckpointState = {
    modelCheckpointPath: '',
    allModelCheckpointPaths: [],
    allModelCheckpointTimestamps: [],
    lastPreservedTimestamp: 0,
  }
  const fields = new Map<string, FlatField>([
    ['model_checkpoint_path', { repeated: false, string: (path) => (state.modelCheckpointPath = path) }],
    ['all_model_checkpoint_paths', { repeated: true, string: (path) => state.allModelCheckpointPaths.push(path) }],
    [
      'all_model_checkpoint_timestamps',
      { repeated: true, number: (time) => state.allModelCheckpointTimestamps.push(time) },
    ],
    ['last_preserved_timestamp', { repeated: false, number: (time) => (state.lastPreservedTimestamp = time) }],
  ])
  readFlatText(text, 'tensorflow.CheckpointState', fields)
  return state
}

/** The text that TensorFlow writes. @throws {ValueError} for a path that has no UTF-8. */
export function encodeCheckpointState(state: CheckpointState): string {
  const lines: string[] = []
  if (state.modelCheckpointPath !== '') lines.push(`model_checkpoint_path: ${quoteText(state.modelCheckpointPath)}`)
  for (const path of state.allModelCheckpointPaths) lines.push(`all_model_checkpoint_paths: ${quoteText(path)}`)
  for (const seconds of state.allModelCheckpointTimestamps) {
    lines.push(`all_model_checkpoint_timestamps: ${formatDouble(seconds)}`)
  }
  if (!Object.is(state.lastPreservedTimestamp, 0)) {
    lines.push(`last_preserved_timestamp: ${formatDouble(state.lastPreservedTimestamp)}`)
  }
  return lines.map((line) => `${line}\n`).join('')
}
