// A model that TensorFlow trained, from its files alone: the graph out of .meta, the values out of the checkpoint. The net
// has two convolutions and was trained with Adam and dropout. `node examples/meta-graph.mjs`
import { formatArray, importMetaGraph, latestCheckpoint } from 'tfsave'

const directory = 'tests/golden/convnet'

// ── The graph, its variables and its Saver, all of which the file knows ─────────────────────────────────────────────

const { graph, variables, saver } = await importMetaGraph(`${directory}/model-40.meta`)
const all = [...variables]
console.log(`${graph.getOperations().length} operations, ${all.length} variables`)
for (const variable of variables.trainableVariables()) console.log(`  ${variable}`)
const others = all.filter((variable) => !variable.trainable).map((variable) => variable.op.name)
console.log(`and what training needs besides: ${others.join(', ')}`)

// ── The values of the latest checkpoint ─────────────────────────────────────────────────────────────────────────────

const latest = await latestCheckpoint(directory)
await saver.restore(latest)
console.log(`\nRestored from ${latest}, step ${variables.get('global_step').read().data[0]}`)
for (const name of ['fc2/w:0', 'fc2/b/Adam:0', 'beta1_power:0']) {
  console.log(`${name}\n${formatArray(variables.get(name).read())}`)
}

// ── What the model takes, and what it gives ─────────────────────────────────────────────────────────────────────────

console.log(`\ninput   ${graph.getOperationByName('x').outputs[0]}`)
for (const tensor of graph.getCollection('predict')) console.log(`predict ${tensor}`)
