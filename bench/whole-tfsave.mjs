/**
 * A whole program of ours, timed from outside by whole-process.mjs:
 *
 *     node whole-tfsave.mjs <start|list|load|restore> <prefix> <tensors> <bytes of each>
 *
 * Prints the most memory that it had.
 */
import { listVariables, loadVariable, Saver, VariableStore } from '../dist/index.js'
import { peakMemory } from './peak.mjs'
import { tensorName } from './sets.mjs'

const [what, prefix, tensors, bytes] = process.argv.slice(2)

const PROGRAMS = {
  start: () => undefined,
  list: () => listVariables(prefix),
  load: () => loadVariable(prefix, tensorName(tensors >> 1)),
  restore() {
    const store = new VariableStore()
    for (let i = 0; i < Number(tensors); i++) store.getVariable(tensorName(i), { shape: [bytes / 4] })
    return new Saver(store).restore(prefix)
  },
}

await PROGRAMS[what]()
console.log(JSON.stringify({ peak: peakMemory() }))
