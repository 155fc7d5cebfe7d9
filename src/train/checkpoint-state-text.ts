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
import type { TextFieldType, TextMessageType } from '../proto/text-format'
import { formatDouble, quoteText } from '../proto/text-printer'
import { isFieldEntry, parseTextMessage } from '../proto/text-tree'

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

const FIELDS: ReadonlyMap<string, TextFieldType> = new Map(
  [
    { name: 'model_checkpoint_path', repeated: false, kind: 'string' } as const,
    { name: 'all_model_checkpoint_paths', repeated: true, kind: 'string' } as const,
    { name: 'all_model_checkpoint_timestamps', repeated: true, kind: 'double' } as const,
    { name: 'last_preserved_timestamp', repeated: false, kind: 'double' } as const,
  ].map((field) => [field.name, field]),
)

const TYPE: TextMessageType = { fullName: 'tensorflow.CheckpointState', field: (name) => FIELDS.get(name) }

/** A field that comes twice holds what came last, as in TensorFlow. @throws {ParseError} in Python's words. */
export function decodeCheckpointState(text: string): CheckpointState {
  const state: CheckpointState = {
    modelCheckpointPath: '',
    allModelCheckpointPaths: [],
    allModelCheckpointTimestamps: [],
    lastPreservedTimestamp: 0,
  }
  for (const { field, value } of parseTextMessage(text, TYPE).entries.filter(isFieldEntry)) {
    // The strings are paths and the numbers are seconds: FIELDS says so.
    if (typeof value === 'string') {
      if (field.repeated) state.allModelCheckpointPaths.push(value)
      else state.modelCheckpointPath = value
    } else if (typeof value === 'number') {
      if (field.repeated) state.allModelCheckpointTimestamps.push(value)
      else state.lastPreservedTimestamp = value
    }
  }
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
