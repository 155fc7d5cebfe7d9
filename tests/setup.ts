/** Before each file of tests: what src/node.ts does for whoever imports the package. */
import { registerRecovery } from '../src/checkpoint/interrupted-save'
import { recoverReader } from '../src/checkpoint/replace-checkpoint'
import { registerDisk } from '../src/fs/default'
import { nodeDisk } from '../src/fs/node'

registerDisk(nodeDisk)
registerRecovery(recoverReader)
