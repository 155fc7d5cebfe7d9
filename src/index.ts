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
export type { PartitionedVariable } from './variables/partitioned-variable'
export type { Saveable, SaveSliceInfo } from './variables/saveable'
export type { RestoreReport } from './variables/restore-report'

// tf.train.Saver
export { Saver } from './train/saver'
export type { RestoreOptions, SaveOptions, SaverOptions } from './train/saver'
export type { SaveableLike, VarList } from './train/var-list'

// tf.train: the checkpoint state file and the directory
export {
  generateCheckpointState,
  getCheckpointState,
  latestCheckpoint,
  updateCheckpointState,
} from './train/checkpoint-state'
export type { CheckpointState } from './train/checkpoint-state'
export { checkpointExists, getCheckpointMtimes, removeCheckpoint } from './train/checkpoint-files'

// tf.train: reading checkpoints
export { CheckpointReader } from './checkpoint/checkpoint-reader'
export type { Progress, VerifyReport } from './checkpoint/checkpoint-reader'
export { listVariables, loadCheckpoint, loadVariable } from './train/checkpoint-utils'

// The formats underneath
export { TensorBundleReader } from './checkpoint/tensor-bundle-reader'
export { TensorBundleWriter } from './checkpoint/tensor-bundle-writer'

// Files
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
