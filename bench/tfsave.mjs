/**
 * Our side of the comparison, as it is packed: dist/. Driven by run.mjs over stdin.
 *
 *     setup { work, prefix }       what the work needs; `prefix` is the checkpoint that is read
 *     run   { out, durable }       does it once → { ms }; a save writes `out`, which is deleted after the clock stopped
 *     make  { work, prefix }       writes the checkpoint that the other works read
 */
import { rmSync } from 'node:fs'
import { CheckpointReader, listVariables, loadVariable, Saver, VariableStore } from '../dist/index.js'
import { serve, timed } from './serve.mjs'
import { tensorName } from './works.mjs'

const QUIET = { info() {} }
let run

/** Uninitialized variables, as a program has them before its first restore. */
function variables({ tensors, bytes }) {
  const store = new VariableStore()
  for (let i = 0; i < tensors; i++) store.getVariable(tensorName(i), { shape: [bytes / 4] })
  return store
}

/** Every variable in memory of its own. The zeros that are copied are the system's and take none; a byte is a byte. */
function filled(work) {
  const store = variables(work)
  const zeros = new Float32Array(work.bytes / 4)
  for (const variable of store) variable.assign(zeros)
  return store
}

function removeCheckpoint(prefix) {
  for (const end of ['.index', '.data-00000-of-00001']) rmSync(prefix + end)
}

const KINDS = {
  save(work) {
    const store = filled(work)
    const savers = [false, true].map((durable) => new Saver(store, { durable, logger: QUIET }))
    return async ({ out, durable }) => {
      const ms = await timed(() => savers[Number(durable)].save(out, { writeState: false }))
      removeCheckpoint(out)
      return ms
    }
  },
  restore(work, prefix) {
    const saver = new Saver(variables(work), { logger: QUIET })
    return () => timed(() => saver.restore(prefix))
  },
  verify: (work, prefix) => () =>
    timed(async () => {
      const reader = await CheckpointReader.open(prefix)
      const { faults } = await reader.verify()
      await reader.close()
      if (faults.length > 0) throw faults[0]
    }),
  list: (work, prefix) => () => timed(() => listVariables(prefix)),
  load: (work, prefix) => () => timed(() => loadVariable(prefix, tensorName(work.tensors >> 1))),
}

await serve({
  setup({ work, prefix }) {
    run = KINDS[work.kind](work, prefix)
  },
  async run(details) {
    return { ms: await run(details) }
  },
  async make({ work, prefix }) {
    await new Saver(filled(work), { logger: QUIET }).save(prefix, { writeState: false })
  },
})
