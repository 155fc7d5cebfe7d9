/*! tfsave, Apache-2.0: see NOTICE */
/**
 * tfsave: TensorFlow 1.x's saving system in TypeScript.
 *
 * What is public is listed here name by name; tests/surface.test.ts holds the list against the API's description.
 */

// Values
export type { DType, DTypeMap } from './tensor/dtype'
export { ndarray } from './tensor/ndarray'
export type { NDArray, Shape, TensorSlice } from './tensor/ndarray'
export { array, arraysEqual, toFloat32, toNested, toStrings, zeros } from './tensor/convert'
export type { Nested } from './tensor/convert'
export { formatArray } from './tensor/format-array'

// Variables
export { Variable } from './variables/variable'
export { VariableStore } from './variables/variable-store'
export type { ComputedTensor } from './variables/computed-tensor'
export type { GetPartitionedVariableOptions } from './variables/get-partitioned-variable'
export type { PartitionedVariable } from './variables/partitioned-variable'
export type { Saveable, SaveSliceInfo } from './variables/saveable'
export type { RestoreReport } from './variables/restore-report'

// tf.train.Saver
export { Saver } from './train/saver'
export type { RestoreOptions, SaveOptions, SaverOptions } from './train/saver'
export type { SaveableLike, VarList } from './train/var-list'

// tf.train.ExponentialMovingAverage
export { ExponentialMovingAverage } from './train/moving-averages'
export type { MovingAverageOptions } from './train/moving-averages'

// tf.train: the checkpoint state file and the directory
export {
  generateCheckpointState,
  getCheckpointState,
  latestCheckpoint,
  updateCheckpointState,
} from './train/checkpoint-state'
export type { CheckpointState } from './train/checkpoint-state'
export { checkpointExists, getCheckpointMtimes, removeCheckpoint } from './train/checkpoint-files'
export { checkpointsIterator, waitForNewCheckpoint } from './train/checkpoint-iterator'
export type { IterateOptions, WaitOptions } from './train/checkpoint-iterator'

// tf.train: reading checkpoints
export { CheckpointReader } from './checkpoint/checkpoint-reader'
export type { Progress, VerifyReport } from './checkpoint/checkpoint-reader'
export { listVariables, loadCheckpoint, loadVariable } from './train/checkpoint-utils'
export { initFromCheckpoint } from './train/init-from-checkpoint'
export type { AssignmentMap, AssignmentTarget } from './train/init-from-checkpoint'

// The formats underneath
export { TensorBundleReader } from './checkpoint/tensor-bundle-reader'
export { TensorBundleWriter } from './checkpoint/tensor-bundle-writer'
export { mergeBundles } from './checkpoint/merge-bundles'
export type { MergeOptions } from './checkpoint/merge-bundles'

// Graphs
export { Graph } from './graph/graph'
export type { Operation } from './graph/operation'
export type { Tensor } from './graph/tensor'
export { evaluate } from './graph/evaluate'
export type { EvaluationContext } from './graph/evaluate'
export { parseGraphDef, readGraphDef, writeGraph } from './graph/graph-io'
export { importGraphDef } from './graph/import-graph-def'
export type { ImportGraphDefOptions } from './graph/import-options'
export { frozenVariables } from './graph/frozen-variables'
export { convertVariablesToConstants } from './graph/convert-variables'
export type { ConversionOptions } from './graph/convert-variables'
export { extractSubGraph } from './graph/extract-sub-graph'
export { removeTrainingNodes } from './graph/remove-training-nodes'
export { exportMetaGraph } from './train/export-meta-graph'
export type { ExportMetaGraphOptions } from './train/export-meta-graph'
export { importMetaGraph } from './train/import-meta-graph'
export type { ImportMetaGraphOptions } from './train/import-meta-graph'
export { freezeGraph } from './tools/freeze-graph'
export type { FreezeGraphOptions } from './tools/freeze-graph'
export { loadModel } from './tools/load-model'
export type { LoadedModel, LoadModelOptions } from './tools/load-model'
export type { AttrValue, GraphDef, MetaGraphDef, NodeDef, SaverDef, TensorProto } from './proto/messages'

// Files
export { BlobFileSystem } from './fs/blob'
export type { BlobLike, DirectoryHandleLike, DroppedItemLike, FileLike } from './fs/blob'
export { HttpFileSystem } from './fs/http'
export type { HttpOptions } from './fs/http'
export { MemoryFileSystem } from './fs/memory'
export { NodeFileSystem } from './fs/node'
export type {
  Clock,
  FileSystem,
  Logger,
  RandomAccessFile,
  ReadableFileSystem,
  ReadOptions,
  StateOptions,
  WritableFile,
  WriteOptions,
} from './fs/file-system'

// Errors
export {
  AbortedError,
  AlreadyExistsError,
  AssertionError,
  DataLossError,
  FailedPreconditionError,
  InternalError,
  InvalidArgumentError,
  isOpError,
  KeyError,
  LookupError,
  NotFoundError,
  OpError,
  OSError,
  OutOfRangeError,
  PermissionDeniedError,
  ResourceExhaustedError,
  RuntimeError,
  UnavailableError,
  UnimplementedError,
  UnknownError,
  ValueError,
} from './util/errors'
export type { ErrorCode, OpErrorDetails } from './util/errors'
