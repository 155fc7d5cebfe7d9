/**
 * The works with graphs that are timed, and the files that they read.
 *
 * A frozen graph of 50,000 nodes and 100 MB: layers of a Const of 8 kB, the Identity that reads it, and two ops of a net.
 * A `.meta` of 20,000 variables with their initializers, as a Saver exports it: 80,000 nodes and the Saver's own.
 */

/**
 * @typedef {object} GraphWork
 * @property {string} id what --only matches
 * @property {'parse' | 'import' | 'write' | 'whole'} kind
 * @property {'frozen' | 'meta'} file
 * @property {string} label
 * @property {string} peer who does it on the other side
 * @property {number} [must] the ratio to the peer that may not be missed
 */

const PROTOBUF = 'protobuf (upb)'

/** @returns {GraphWork[]} */
export function graphWorks() {
  return [
    work('parse', 'frozen', 'parse', PROTOBUF, 0.5),
    work('import', 'frozen', 'import', 'TensorFlow', 1),
    work('write', 'frozen', 'write', 'TensorFlow'),
    work('whole', 'frozen', 'read, import and write', 'TensorFlow'),
    work('parse', 'meta', 'parse', PROTOBUF, 0.5),
    work('import', 'meta', 'import', 'TensorFlow', 1),
    work('write', 'meta', 'export and write', 'TensorFlow'),
    work('whole', 'meta', 'read, import, export and write', 'TensorFlow'),
  ]
}

function work(kind, file, does, peer, must) {
  return { id: `graph-${kind}-${file}`, kind, file, does, peer, must }
}

export const FROZEN_LAYERS = 12500
export const FROZEN_FLOATS = 2000
export const META_VARIABLES = 20000

/** "frozen graph, 50,000 nodes, 101 MB". */
export function fileLabel(file, scale, bytes) {
  const size = `${Number((bytes / 1e6).toPrecision(3))} MB`
  if (file === 'frozen') return `frozen graph, ${scaled(FROZEN_LAYERS, scale) * 4} nodes, ${size}`
  return `.meta of ${scaled(META_VARIABLES, scale)} variables, ${size}`
}

export function scaled(count, scale) {
  return Math.max(1, Math.round(count * scale))
}
