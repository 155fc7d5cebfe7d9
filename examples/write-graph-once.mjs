// Checkpoints without a graph beside each: the graph stays the same while a model learns, so it is written once.
// `node examples/write-graph-once.mjs`; it writes into ./model, which git ignores.
import { readdir } from 'node:fs/promises'
import { array, formatArray, importMetaGraph, latestCheckpoint, Saver, VariableStore, writeGraph, zeros } from 'tfsave'

const directory = 'model/once'

// ── Save as often as you like, and the graph once ───────────────────────────────────────────────────────────────────

const store = new VariableStore()
const step = store.variable(array(0n), { name: 'global_step', trainable: false })
const weights = store.variable(zeros([2, 3]), { name: 'layer/weights' })
const saver = new Saver(store, { maxToKeep: 3 })

await saver.exportMetaGraph({ filename: `${directory}/graph.meta` })
for (let i = 0; i < 5; i++) {
  weights.assignAdd(
    array([
      [0.5, 1, 1.5],
      [2, 2.5, 3],
    ]),
  )
  step.assignAdd(1)
  await saver.save(`${directory}/weights`, { globalStep: step, writeMetaGraph: false })
}
console.log(directory)
for (const file of (await readdir(directory)).sort()) console.log(`  ${file}`)

// ── Elsewhere, without the program above: the graph says what the checkpoint's values belong to ─────────────────────

const model = await importMetaGraph(`${directory}/graph.meta`)
await model.saver.restore(await latestCheckpoint(directory))
console.log(`\nstep ${model.variables.get('global_step').read().data[0]}`)
for (const variable of model.variables.trainableVariables()) {
  console.log(`${variable}\n${formatArray(variable.read())}`)
}

// ── To look at: the same graph as text ──────────────────────────────────────────────────────────────────────────────

const path = await writeGraph(model.graph, directory, 'graph.pbtxt')
console.log(`\n${path}: ${model.graph.getOperations().length} nodes`)
