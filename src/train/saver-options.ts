/**
 * What a Saver is told: when it is made, when it saves, when it restores.
 */
import type { Progress } from '../checkpoint/checkpoint-reader'
import type { ReadOptions, WriteOptions } from '../fs/file-system'
import type { Graph } from '../graph/graph'
import type { Variable } from '../variables/variable'

/** How a Saver saves. */
export interface SaverOptions extends WriteOptions {
  /** How many checkpoints are kept; 0 and null keep all. Default 5. */
  maxToKeep?: number | null
  /** One checkpoint in this many hours is kept for good. Default 10000. */
  keepCheckpointEveryNHours?: number
  /** Restores into variables of another shape with as many elements. Default false. */
  reshape?: boolean
  /** Without effect, as in TensorFlow: nothing here is restored at the same time. */
  restoreSequentially?: boolean
  /** A Saver of no variables is no error: it saves nothing. Default false. */
  allowEmpty?: boolean
  /** Steps have eight digits at least: "m-00000005". Default false. */
  padStepNumber?: boolean
  /** The state file of an absolute directory names checkpoints relative to it. Default false. */
  saveRelativePaths?: boolean
  /**
   * One file for each device that has variables, merged into one checkpoint (V2), or side by side (V1). Default false; true
   * where `numShards` or `shardOf` is given.
   */
  sharded?: boolean
  /**
   * Into how many shards of like size the variables are cut, whatever their devices, from 1 to 99999: the largest first, each
   * into the shard that has the fewest bytes so far. Fewer variables than shards make fewer shards.
   */
  numShards?: number
  /**
   * Which shard each key goes into, a whole number from 0, asked once when the Saver is made; below `numShards`, where that is
   * given. Numbers that no key has are passed over.
   */
  shardOf?: (key: string) => number
  /** The format that is written; either is read. V1 is the one of early releases. Default V2. */
  writeVersion?: 'V1' | 'V2'
  /** The name scope of the Saver's nodes; a taken name gets _1, _2, …. Default "save". */
  name?: string
  /** What the Saver's nodes take for the prefix where a session feeds none. Default "model". */
  filename?: string
  /**
   * The graph that is written beside each checkpoint. It has a node for each variable, by its op's name; of a Saveable, by
   * its key. Default: the graph of the variables' store; for anything else, a graph of its own, with a variable for each key.
   */
  graph?: Graph
  /** Seconds since 1970; a test hands in its own clock. */
  now?: () => number
  /** Hears of each tensor that a save has written; of V1, that it has taken up: a file is written when it has all of them. */
  onProgress?: (progress: Progress) => void
}

/** How one checkpoint is saved. */
export interface SaveOptions {
  /** Is appended to the path: "m-3". A variable is read at the call. */
  globalStep?: number | bigint | Variable
  /** The state file's name. Default "checkpoint". */
  latestFilename?: string
  /** What the meta graph's name ends with, and that of a checkpoint that is deleted: "m-3.meta". Default "meta". */
  metaGraphSuffix?: string
  /** Whether the graph is written, as the last of the files. Default true. */
  writeMetaGraph?: boolean
  /** Whether the checkpoint is recorded and named in the state file, and an old one deleted. Default true. */
  writeState?: boolean
  /** Leaves attributes out of the meta graph that are what the op has by default. Default false. */
  stripDefaultAttrs?: boolean
  /**
   * Gives the save up: nothing of it is left, and it rejects with `signal.reason`. Once the last tensor, or the last shard, is
   * written it goes on.
   */
  signal?: AbortSignal
}

/** How a checkpoint is restored. */
export interface RestoreOptions extends ReadOptions {
  /** Restores what is there, and reports the rest as `missing`. */
  ignoreMissing?: boolean
  /** Restores what fits, and reports the rest as `mismatched`. */
  ignoreMismatched?: boolean
  /**
   * false gives up that a restore is all or nothing, for the last of the speed and the memory: values are read into the
   * variables' own arrays. What keys, dtypes, shapes and file sizes tell is still told before the first byte is read. A variable
   * is uninitialized while it is being read into, and stays so where its bytes turn out to be damaged or missing; which values
   * were restored before it cannot be told. Default true.
   */
  rollback?: boolean
  /**
   * Whether the arrays that the variables had are kept for the next restore of this Saver, which then takes no fresh memory:
   * until Saver.releaseStaging(), or as long as there is the Saver. Of the first values of variables there are none. Default true.
   */
  keepStaging?: boolean
}
