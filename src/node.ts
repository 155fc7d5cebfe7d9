/**
 * What `import … from 'tfsave'` means wherever a bundler does not ask for a browser's: the names of index.ts, Node's disk
 * as the file system that is meant where none is named, and what puts a checkpoint back that a crashed save left aside.
 */
import { registerRecovery, registerShardRecovery } from './checkpoint/interrupted-save'
import { recoverReader } from './checkpoint/replace-checkpoint'
import { recoverPath } from './checkpoint/replace-shards'
import { registerDisk } from './fs/default'
import { nodeDisk } from './fs/node'

export * from './index'

registerDisk(nodeDisk)
registerRecovery(recoverReader)
registerShardRecovery(recoverPath)
