/** What tfsave.target.d.ts names of the protocol buffers: the state file in full; of graphs, tfsave's own types. */
export interface CheckpointState {
  modelCheckpointPath: string
  allModelCheckpointPaths: string[]
  allModelCheckpointTimestamps: number[]
  lastPreservedTimestamp: number
}
export type { AttrValue, GraphDef, MetaGraphDef, NodeDef, SaverDef, TensorProto } from 'tfsave'
