/**
 * The most memory of a process that does one thing, above that of `node -e 0`, beside what it may be. Each in a process of
 * its own, which saves or restores three times, as a program does, and does anything else once.
 */
import { startNode } from './child.mjs'
import { nextOut } from './measure.mjs'
import { judgeBytes } from './musts.mjs'
import { count, sizeOf } from './sets.mjs'
import { megabytes, table } from './table.mjs'

const HEAD = ['MB above `node -e 0`', 'values', 'before it', 'peak', 'at most']
/** What a work may take beside the variables, or beside the largest tensor. */
const SLACK = 64e6
const LISTING = 300e6

const all = ({ tensors, bytes }) => tensors * bytes
const IN_PLACE = { kind: 'restore', values: true, options: { rollback: false } }

/**
 * What is done, and the bytes that it may take above those that a Node takes: `own` is what the process has before it, the
 * variables with all that belongs to them.
 */
const KINDS = [
  { id: 'save', does: 'save', work: { kind: 'save', durable: false }, times: 3, most: (_, own) => own + SLACK },
  {
    id: 'restore',
    does: 'restore',
    work: { kind: 'restore', values: true },
    times: 3,
    most: (set, own) => own + all(set),
  },
  { id: 'place', does: 'restore in place', work: IN_PLACE, times: 3, most: (_, own) => own + SLACK },
  ...[
    { id: 'verify', does: 'verify', work: { kind: 'verify' } },
    { id: 'tensors', does: 'iterate', work: { kind: 'iterate' } },
    { id: 'reuse', does: 'iterate, one buffer', work: { kind: 'iterate', options: { reuseBuffer: true } } },
    { id: 'npz', does: 'to npz', work: { kind: 'convert', format: 'writeNpz' } },
    { id: 'safetensors', does: 'to safetensors', work: { kind: 'convert', format: 'writeSafetensors' } },
  ].map((kind) => ({ ...kind, times: 1, most: (set) => set.bytes + SLACK })),
]

export function memoryWorksAt(sets) {
  const works = KINDS.flatMap(({ id, does, work, times, most }) =>
    ['large', 'medium', 'small'].map((name) => {
      const set = sets.get(name)
      const values = work.kind === 'save' || work.kind === 'restore' ? all(set) : 0
      const label = `${does} ${sizeOf(set)}`
      return { id: `memory-${id}-${name}`, label, work, sets: [name], times, values, most: (own) => most(set, own) }
    }),
  )
  const label = `list ${count(sets.get('million').tensors)} entries`
  const listing = { work: { kind: 'list' }, sets: ['million'], times: 1, values: 0, most: () => LISTING }
  return [...works, { id: 'memory-list-million', label, ...listing }]
}

/** Prints the table; gives what may not be missed. */
export async function benchMemory(works, context) {
  const rows = []
  const musts = []
  for (const work of works) {
    console.error(`… memory: ${work.label}`)
    const { before, peak } = await peaksOf(work, context)
    const most = work.most(before)
    rows.push([work.label, ...[work.values, before, peak, most].map(megabytes)])
    musts.push(judgeBytes(`memory: ${work.label}`, most, peak, context.scale))
    context.checkpoints.release(work)
  }
  console.log(`${table(HEAD, rows)}\n\nvalues: of the variables; before it: with the variables made.\n`)
  return musts
}

async function peaksOf({ work, sets: [name], times }, { checkpoints, idle, ...context }) {
  const child = startNode('tfsave')
  await child.ask('setup', { work, set: checkpoints.set(name), prefix: await checkpoints.prefixOf(name) })
  const { peak: before } = await child.ask('peak')
  for (let i = 0; i < times; i++) await child.ask('run', nextOut(context))
  return { before: before - idle, peak: (await child.end()) - idle }
}
