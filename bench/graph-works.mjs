/**
 * The works with graphs that are timed, and the files that they read.
 *
 * A frozen graph of 50,000 nodes and 100 MB: layers of a Const of 8 kB, the Identity that reads it, and two ops of a net.
 * A `.meta` of 20,000 variables with their initializers, as a Saver exports it: 80,000 nodes and the Saver's own. The same of
 * 4,000 variables as text. And stores of 1,000, 10,000 and 100,000 variables, saved with their `.meta`, which is imported.
 */

/**
 * @typedef {object} GraphWork
 * @property {string} id what --only matches
 * @property {'parse' | 'import' | 'write' | 'whole' | 'save'} kind
 * @property {'frozen' | 'meta' | 'text' | 'many'} file
 * @property {string} does in the words of the table
 * @property {string} [peer] who does it on the other side; nobody, where that takes minutes a run
 * @property {number} [must] the ratio to the peer that may not be missed
 * @property {number} [variables] how many, where the file does not say
 */

const PROTOBUF = 'protobuf (upb)'
const TEXT_FORMAT = "protobuf's text_format"
const TENSORFLOW = 'TensorFlow'

/** Whether what it takes grows with their number alone. */
const MANY = [1000, 10_000, 100_000]

/** @returns {GraphWork[]} */
export function graphWorks() {
  return [
    work('parse', 'frozen', 'parse', PROTOBUF, 0.5),
    work('import', 'frozen', 'import', TENSORFLOW, 1),
    work('write', 'frozen', 'write', TENSORFLOW),
    work('whole', 'frozen', 'read, import and write', TENSORFLOW),
    work('parse', 'meta', 'parse', PROTOBUF, 0.5),
    work('import', 'meta', 'import', TENSORFLOW, 1),
    work('write', 'meta', 'export and write', TENSORFLOW),
    work('whole', 'meta', 'read, import, export and write', TENSORFLOW),
    work('parse', 'text', 'parse', TEXT_FORMAT, 1),
    work('write', 'text', 'print', TEXT_FORMAT, 1),
    ...MANY.map((variables) => ({
      ...work('save', 'many', 'make and save'),
      id: `graph-save-${variables}`,
      variables,
    })),
    // TensorFlow takes a minute and more to make the largest.
    ...MANY.map((variables) => ({
      ...work('import', 'many', 'import', variables > 20_000 ? undefined : TENSORFLOW),
      id: `graph-import-${variables}`,
      variables,
    })),
  ]
}

function work(kind, file, does, peer, must) {
  return { id: `graph-${kind}-${file}`, kind, file, does, peer, must }
}

export const FROZEN_LAYERS = 12500
export const FROZEN_FLOATS = 2000
const META_VARIABLES = 20000
const TEXT_VARIABLES = 4000

/** How many variables the file of a work has. */
export function variablesOf({ file, variables }, scale) {
  return scaled(variables ?? (file === 'text' ? TEXT_VARIABLES : META_VARIABLES), scale)
}

/** "import a .meta of 20000 variables, 30.6 MB; TensorFlow". @param {GraphWork} one @param {number} [bytes] of the file, where there is one */
export function labelOf(one, scale, bytes) {
  const { kind, file, does, peer } = one
  const size = bytes === undefined ? '' : `, ${Number((bytes / 1e6).toPrecision(3))} MB`
  const behind = peer === undefined ? '' : `; ${peer}`
  if (file === 'frozen') return `${does} a frozen graph, ${scaled(FROZEN_LAYERS, scale) * 4} nodes${size}${behind}`
  const variables = variablesOf(one, scale)
  if (kind === 'save') return `${does} ${variables} variables with their .meta${behind}`
  return `${does} a ${file === 'text' ? '.pbtxt' : '.meta'} of ${variables} variables${size}${behind}`
}

export function scaled(count, scale) {
  return Math.max(1, Math.round(count * scale))
}
