// The whole road of weights from one program to another: a frozen graph, a dictionary, a pickle that Python loads as numpy
// arrays, and from there a new model, without its layer Bottleneck2.
// `node examples/frozen-to-pickle.mjs [frozen.pb] [weights.pickle]`; it writes into ./model, which git ignores.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { frozenVariables, loadModel, VariableStore } from 'tfsave'
import { readPickle, writePickle } from 'tfsave/formats'

const [model = 'tests/golden/bottleneck/frozen.pb', pickle = 'model/weights.pickle'] = process.argv.slice(2)

// ── The weights of the frozen graph, as a dictionary: a Map from name to value ──────────────────────────────────────

const { graph } = await loadModel(model)
const weights = frozenVariables(graph)
console.log(`${weights.size} weights in ${model}`)
for (const [name, { dtype, shape }] of weights) console.log(`  ${name} ${dtype} [${shape.join(', ')}]`)

// ── Into a pickle: `pickle.load(open('model/weights.pickle', 'rb'))` gives Python the same dictionary ────────────────

await mkdir(dirname(pickle), { recursive: true })
await writePickle(pickle, weights)
console.log(`\nWritten: ${pickle}`)

// ── Out of it: nothing in a pickle is executed, this one's or another's ─────────────────────────────────────────────

const values = await readPickle(pickle)
console.log(`Read: ${values.size} arrays`)

// ── Into a model with eleven classes: all but the layer Bottleneck2 ─────────────────────────────────────────────────

const store = newModel(11)
const report = store.load(values, { exclude: (variable) => variable.name.startsWith('Bottleneck2/') })
console.log(`\nLoaded ${report.restored.length} of ${[...store].length} variables`)
console.log(`not used: ${report.unused.join(', ')}`)
const fresh = [...store].filter((variable) => !variable.initialized)
console.log(`without a value yet: ${fresh.map((variable) => variable.op.name).join(', ')}`)

/** The net's variables, without values. */
function newModel(classes) {
  const net = new VariableStore()
  const layers = { Conv1: [3, 3, 1, 4], Conv2: [3, 3, 4, 8], Bottleneck1: [128, 16], Bottleneck2: [16, classes] }
  for (const [name, shape] of Object.entries(layers)) {
    net.variableScope(name, () => {
      net.getVariable('weights', { shape })
      net.getVariable('biases', { shape: shape.slice(-1) })
      if (!name.startsWith('Conv')) return
      net.getVariable('BatchNorm/moving_mean', { shape: shape.slice(-1), trainable: false })
      net.getVariable('BatchNorm/moving_variance', { shape: shape.slice(-1), trainable: false })
    })
  }
  return net
}
