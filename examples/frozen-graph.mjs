// The weights of a model that is one file: a frozen graph. They are listed, kept as a dictionary, and put into a new model
// whose last layer differs. `node examples/frozen-graph.mjs [model]`; it writes into ./model, which git ignores.
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { evaluate, formatArray, loadCheckpoint, loadModel, Saver, VariableStore } from 'tfsave'

// ── Load it: a frozen .pb or .pbtxt, or a directory with .meta and checkpoint ────────────────────────────────────────

const model = process.argv[2] ?? 'tests/golden/convnet/frozen.pb'
const { graph, variables, files } = await loadModel(model)

if ((await stat(model)).isDirectory()) {
  console.log(`Model directory: ${model}`)
  console.log(`Metagraph file: ${basename(files.graph)}`)
  console.log(`Checkpoint file: ${basename(files.checkpoint)}`)
} else console.log(`Model filename: ${files.graph}`)

// ── What is in it: "conv1/w" is the weight, "conv1/w/read" the Identity through which everybody reads it ─────────────

const operations = graph.getOperations()
console.log(`\n${operations.length} operations, the first five:`)
for (const operation of operations.slice(0, 5)) console.log(`  ${operation}`)

const names = operations.map(({ name }) => name).filter((name) => name.endsWith('/read'))
const weights = new Map()
for (const name of names) {
  const tensor = graph.getTensorByName(`${name}:0`)
  weights.set(name.replace(/\/read$/, ''), evaluate(tensor, { graph, variables }))
}
console.log(`\n${weights.size} weights`)
for (const [name, { dtype, shape }] of weights) console.log(`  ${name} ${dtype} [${shape.join(', ')}]`)
console.log(`fc2/b = ${formatArray(weights.get('fc2/b'))}`)

// ── Keep them as a dictionary: a checkpoint under those very names ──────────────────────────────────────────────────

const dictionary = new Map([...weights].map(([name, value]) => [name, { ...value, read: () => value, assign() {} }]))
await new Saver(dictionary).save('model/weights', { writeState: false, writeMetaGraph: false })
const reader = await loadCheckpoint('model/weights')
const values = []
for await (const entry of reader.tensors()) values.push(entry)
await reader.close()

// ── Put them into a model with five classes: all but the last layer ─────────────────────────────────────────────────

const store = newModel(5)
const report = store.load(values, { exclude: (variable) => variable.name.startsWith('fc2/') })
console.log(`\nLoaded ${report.restored.length} of ${[...store].length} variables into the new model`)
console.log(`not used: ${report.unused.join(', ')}`)
console.log(`the last layer has no value yet: ${!store.get('fc2/w').initialized && !store.get('fc2/b').initialized}`)

// ── A name that the file does not have is an error, and nothing has changed ─────────────────────────────────────────

const other = newModel(3)
other.getVariable('fc3/w', { shape: [3, 3] })
try {
  other.load(values)
} catch (error) {
  console.log(`\n${error.name}: ${error.message.split('\n')[0]}`)
}

/** The net's variables, without values. */
function newModel(classes) {
  const net = new VariableStore()
  const layers = { conv1: [3, 3, 1, 4], conv2: [3, 3, 4, 8], fc1: [32, 16], fc2: [16, classes] }
  for (const [name, shape] of Object.entries(layers)) {
    net.variableScope(name, () => {
      net.getVariable('w', { shape })
      net.getVariable('b', { shape: shape.slice(-1) })
    })
  }
  return net
}
