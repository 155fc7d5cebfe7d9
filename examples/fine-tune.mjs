// Fine-tuning: a model of other classes takes the first layers of one that was trained, and learns a last layer anew.
// `node examples/fine-tune.mjs`; it writes into ./model, which git ignores.
import { array, formatArray, loadCheckpoint, Saver, VariableStore, zeros } from 'tfsave'

// ── A model of five classes, trained ────────────────────────────────────────────────────────────────────────────────

const trained = makeModel(5, (i) => Math.sin(i))
const prefix = await new Saver(trained.store).save('model/five-classes')

// ── One of three classes: the same first layers, another last one ───────────────────────────────────────────────────

const { store, lastLayer } = makeModel(3, () => 0)

// Either name what is to be restored…
const firstLayers = store.globalVariables().filter((variable) => !lastLayer.includes(variable))
await new Saver(firstLayers).restore(prefix)
console.log(`Restored ${firstLayers.map(({ op }) => op.name).join(', ')}`)

// …or restore what fits, and look at what does not.
const report = await new Saver(store).restore(prefix, { ignoreMissing: true, ignoreMismatched: true })
console.log(`Restored ${report.restored.length} of ${store.globalVariables().length} variables`)
for (const { key, expected, found } of report.mismatched) {
  console.log(`  ${key} is ${expected} here, and ${found} in the checkpoint`)
}
for (const key of report.missing) console.log(`  ${key} is not in the checkpoint`)

// ── Or assign by hand, from whatever holds names and values; the count tells that nothing was forgotten ─────────────

const reader = await loadCheckpoint(prefix)
const values = []
for await (const pair of reader.tensors()) values.push(pair)
await reader.close()
const loaded = store.load(values, { exclude: (variable) => variable.op.name.startsWith('logits/') })
console.log(`Loaded ${loaded.restored.length} of ${values.length} values; not used: ${loaded.unused.join(', ')}`)

// ── Learn the last layer ────────────────────────────────────────────────────────────────────────────────────────────

for (const variable of lastLayer)
  variable.assign(variable.shape.length === 1 ? array([0.5, 0, -0.5]) : zeros(variable.shape))
console.log(`conv1/weights\n${formatArray(store.get('conv1/weights').read())}`)
console.log(`logits/biases\n${formatArray(store.get('logits/biases').read())}`)
await new Saver(store).save('model/three-classes')

function makeModel(classes, fill) {
  const model = new VariableStore()
  const variable = (name, shape) => {
    const count = shape.reduce((product, size) => product * size, 1)
    const data = Float32Array.from({ length: count }, (_, i) => fill(i))
    return model.getVariable(name, { shape, initializer: () => ({ dtype: 'float32', shape, data }) })
  }
  variable('conv1/weights', [2, 3])
  variable('conv1/biases', [3])
  variable('fc/weights', [3, 4])
  return { store: model, lastLayer: [variable('logits/weights', [4, classes]), variable('logits/biases', [classes])] }
}
