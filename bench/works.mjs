/**
 * The works that are timed. Sizes are decimal: 1 MB is 10^6 bytes, and all tensors are float32 vectors.
 */

/**
 * @typedef {object} Work
 * @property {string} id what --only matches
 * @property {'save' | 'restore' | 'verify' | 'list' | 'load'} kind
 * @property {string} label
 * @property {number} tensors how many the checkpoint has
 * @property {number} bytes of each tensor
 * @property {boolean} peer whether TensorFlow has such a thing
 * @property {number} [must] the ratio to TensorFlow that may not be missed
 */

/** Large tensors run at the speed of the checksum, small ones at that of the bookkeeping. */
const MUST_LARGE = 0.4
const MUST_SMALL = 2

/** @returns {Work[]} */
export function worksAt(scale) {
  const one = { name: 'large', tensors: 1, bytes: 4 * Math.max(1, Math.round(128e6 * scale)), must: MUST_LARGE }
  const some = { name: 'medium', tensors: Math.max(1, Math.round(500 * scale)), bytes: 1e6, must: MUST_LARGE }
  const many = { name: 'small', tensors: Math.max(1, Math.round(20000 * scale)), bytes: 4e3, must: MUST_SMALL }
  const sets = [one, some, many]
  return [
    ...sets.map((set) => work('save', set, `save ${sizeOf(set)}`, true)),
    ...sets.map((set) => work('restore', set, `restore ${sizeOf(set)}`, true)),
    ...sets.map(({ must: _, ...set }) => work('verify', set, `verify ${sizeOf(set)}`, false)),
    work('list', many, `list ${count(many.tensors)} entries`, true),
    work('load', many, `open and load 1 of ${count(many.tensors)}`, true),
  ]
}

function work(kind, { name, ...set }, label, peer) {
  return { id: `${kind}-${name}`, kind, label, peer, ...set }
}

function sizeOf({ tensors, bytes }) {
  const size = bytes < 1e6 ? `${bytes / 1e3} kB` : `${Number((bytes / 1e6).toPrecision(3))} MB`
  return `${count(tensors)} x ${size}`
}

function count(number) {
  return number.toLocaleString('en')
}

/** Names that look like a model's: neighbours share most of theirs, as in a real index. */
export function tensorName(index) {
  return `model/layer_${String(index).padStart(5, '0')}/weights`
}
