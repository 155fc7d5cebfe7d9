/** What tfsave.target.d.ts names of the protocol buffers: the state file in full, graphs (issue 3) as names alone. */
export interface CheckpointState {
  modelCheckpointPath: string
  allModelCheckpointPaths: string[]
  allModelCheckpointTimestamps: number[]
  lastPreservedTimestamp: number
}
export interface AttrValue {}
export interface GraphDef {}
export interface MetaGraphDef {}
export interface NodeDef {}
export interface SaverDef {}
export interface TensorProto {}
