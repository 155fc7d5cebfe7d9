/**
 * What reading a checkpoint takes, and nothing of graphs. Not an entry of the package: the build takes it for the line
 * along which it cuts dist/index.js in two (tsup.config.ts).
 */
export { CheckpointReader } from './checkpoint/checkpoint-reader'
export { TensorBundleReader } from './checkpoint/tensor-bundle-reader'
export { getCheckpointState, latestCheckpoint } from './train/checkpoint-state'
export { checkpointExists } from './train/checkpoint-files'
export { listVariables, loadCheckpoint, loadVariable } from './train/checkpoint-utils'
export { formatArray } from './tensor/format-array'
export { BlobFileSystem } from './fs/blob'
export { HttpFileSystem } from './fs/http'
export { MemoryFileSystem } from './fs/memory'
export { NodeFileSystem } from './fs/node'
