/**
 * The works that are timed with checkpoints. Those who do one thing, or what bounds it, take turns in the same rounds; the
 * rows of the table, and what may not be missed, are made of what they took.
 */
import { count, sizeOf } from './sets.mjs'

/**
 * One that takes turns.
 *
 * @typedef {object} Taker
 * @property {string} name
 * @property {'tfsave' | 'checkpoints_tensorflow' | 'limits'} script who does it
 * @property {object} work what it is asked to set up
 * @property {string} set
 * @property {number} fresh processes whose first run is timed; the one that stays is among them
 * @property {boolean} [stays] false: it is only timed fresh
 * @property {boolean} [apart] has rounds of its own, behind the others: it keeps the disk busy
 */

/**
 * @typedef {object} Row
 * @property {string} label
 * @property {string} ours a taker's name, as are `theirs` and `limit`
 * @property {string} [theirs]
 * @property {string} [limit] what bounds ours
 * @property {boolean} [first] of the first run of a process
 * @property {number} [bytes] that ours moves
 * @property {import('./musts.mjs').Must[]} [musts]
 */

/**
 * @typedef {object} Work
 * @property {string} id what --only matches
 * @property {string} label
 * @property {string[]} sets
 * @property {'data' | 'index'} touches the files whose bytes are moved
 * @property {Taker[]} takers
 * @property {Row[]} rows
 * @property {boolean} [touched] whether the bytes are counted that loading reads
 */

/** The first run of a process is timed in this many processes: each starts TensorFlow anew. */
const FRESH = 3
const FIRST = '… first of a process'

/** @returns {Work[]} */
export function worksAt(sets) {
  const [large, medium, small, million] = ['large', 'medium', 'small', 'million'].map((name) => sets.get(name))
  return [
    save(large, 1.5),
    save(medium, 1.5),
    save(small, 3),
    restore(large, { place: 1.6, array: 0.6 }),
    restore(medium, { place: 1.6, array: 0.6 }),
    restore(small, { place: 6 }),
    ...[large, medium, small].map(verify),
    list(small, 20),
    list(million),
    load(small),
    load(million, { ms: 20, bytes: 1e6 }),
  ]
}

/** TensorFlow builds its executor in the first run, and of many variables for a minute: the process that stays will do. */
function freshOf({ tensors }) {
  return tensors > 10_000 ? 1 : FRESH
}

function taker(name, set, work, details) {
  return { name, script: 'tfsave', work, set: set.name, fresh: FRESH, ...details }
}

function peer(name, set, kind, fresh = FRESH) {
  return taker(name, set, { kind }, { script: 'checkpoints_tensorflow', fresh })
}

function limit(kind, set) {
  return taker(kind, set, { kind }, { script: 'limits', fresh: 1 })
}

function save(set, must) {
  const label = `save ${sizeOf(set)}`
  const bytes = set.tensors * set.bytes
  return {
    id: `save-${set.name}`,
    label,
    sets: [set.name],
    touches: 'data',
    takers: [
      taker('save', set, { kind: 'save', durable: false }),
      peer('theirs', set, 'save', freshOf(set)),
      limit('copy', set),
      taker('durable', set, { kind: 'save', durable: true }, { apart: true, fresh: 1 }),
    ],
    rows: [
      { label, ours: 'save', theirs: 'theirs', limit: 'copy', bytes, musts: [{ to: 'theirs', least: must }] },
      { label: FIRST, ours: 'save', theirs: 'theirs', first: true, bytes },
      { label: '… durable', ours: 'durable', bytes },
    ],
  }
}

/** Our first restore of a process is into variables that have no values, as TensorFlow's is. */
function restore(set, { place, array }) {
  const size = sizeOf(set)
  const bytes = set.tensors * set.bytes
  const theirs = { theirs: 'theirs', bytes, musts: [{ to: 'theirs', least: place }] }
  const inPlace =
    array === undefined
      ? theirs.musts
      : [...theirs.musts, { to: 'limit', least: array, of: 'reading into the same memory' }]
  return {
    id: `restore-${set.name}`,
    label: `restore ${size}`,
    sets: [set.name],
    touches: 'data',
    takers: [
      taker('place', set, { kind: 'restore', values: true, options: { rollback: false } }),
      taker('rollback', set, { kind: 'restore', values: true }),
      peer('theirs', set, 'restore', freshOf(set)),
      taker('every', set, { kind: 'every' }),
      peer('theirsEvery', set, 'every'),
      limit('array', set),
      limit('read', set),
      taker('first', set, { kind: 'restore', values: false }, { stays: false }),
    ],
    rows: [
      { ...theirs, label: `restore ${size} in place`, ours: 'place', limit: 'array', musts: inPlace },
      { label: FIRST, ours: 'place', first: true, bytes },
      { ...theirs, label: `restore ${size} with rollback`, ours: 'rollback', limit: 'array' },
      {
        ...theirs,
        label: `${FIRST}, no values yet`,
        ours: 'first',
        first: true,
        musts: [{ to: 'theirs', least: 1.8 }],
      },
      { label: '… in place, beside get_tensor of each', ours: 'place', theirs: 'theirsEvery', bytes },
      { label: `get_tensor of each, ${size}`, ours: 'every', theirs: 'theirsEvery', limit: 'read', bytes },
      { label: FIRST, ours: 'every', theirs: 'theirsEvery', first: true, bytes },
    ],
  }
}

function verify(set) {
  const label = `verify ${sizeOf(set)}`
  const bytes = set.tensors * set.bytes
  return {
    id: `verify-${set.name}`,
    label,
    sets: [set.name],
    touches: 'data',
    takers: [
      taker('open', set, { kind: 'verify', open: true }),
      taker('verify', set, { kind: 'verify' }),
      limit('read', set),
    ],
    rows: [
      {
        label,
        ours: 'open',
        limit: 'read',
        bytes,
        musts: [{ to: 'limit', least: 0.7, of: 'a plain read', orSpeed: 6e9 }],
      },
      { label: '… opening included', ours: 'verify', limit: 'read', bytes },
      { label: FIRST, ours: 'verify', first: true, bytes },
    ],
  }
}

function list(set, must) {
  const label = `list ${count(set.tensors)} entries`
  return {
    ...index('list', set, label),
    rows: [
      {
        label,
        ours: 'list',
        theirs: 'theirs',
        limit: 'read',
        musts: must === undefined ? [] : [{ to: 'theirs', least: must }],
      },
      { label: FIRST, ours: 'list', theirs: 'theirs', first: true },
    ],
  }
}

function load(set, most) {
  const label = `open and load 1 of ${count(set.tensors)}`
  const musts = most === undefined ? [] : [{ to: 'time', most: most.ms }]
  return {
    ...index('load', set, label),
    touched: true,
    touchedMust: most?.bytes,
    rows: [
      { label, ours: 'load', theirs: 'theirs', limit: 'read' },
      { label: FIRST, ours: 'load', theirs: 'theirs', first: true, musts },
    ],
  }
}

/** What only reads the index. TensorFlow takes seconds for a million entries. */
function index(kind, set, label) {
  const takers = [taker(kind, set, { kind }), peer('theirs', set, kind, set.name === 'million' ? 1 : FRESH)]
  return {
    id: `${kind}-${set.name}`,
    label,
    sets: [set.name],
    touches: 'index',
    takers: [...takers, limit('read', set)],
  }
}
