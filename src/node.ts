/*! tfsave, Apache-2.0: see NOTICE */
/**
 * What `import … from 'tfsave'` means wherever a bundler does not ask for a browser's: the names of index.ts, Node's disk
 * as the file system that is meant where none is named, what puts a checkpoint back that a crashed save left aside, and the
 * checksums that are fast for what is short, and for many, too.
 */
import { registerRecovery, registerShardRecovery } from './checkpoint/interrupted-save'
import { recoverReader } from './checkpoint/replace-checkpoint'
import { recoverPath } from './checkpoint/replace-shards'
import { registerDisk } from './fs/default'
import { nodeDisk } from './fs/node'
import { useSimdChecksums } from './checkpoint/simd-checksums'

export * from './index'

registerDisk(nodeDisk)
registerRecovery(recoverReader)
registerShardRecovery(recoverPath)
useSimdChecksums()
