/*! tfsave, Apache-2.0: see NOTICE */
/** What `import … from 'tfsave/formats'` means, as node.ts for 'tfsave': the names of formats.ts, and Node's disk. */
import { registerDisk } from './fs/default'
import { nodeDisk } from './fs/node'

export * from './formats'

registerDisk(nodeDisk)
