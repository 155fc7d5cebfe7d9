// Trains a line, saves it as it learns, restores it into a new model, and reads a checkpoint that TensorFlow wrote.
// `npm run quickstart` runs it. It writes into ./model, which git ignores.
import { readdir, readFile } from 'node:fs/promises'
import { array, formatArray, importMetaGraph, latestCheckpoint, loadCheckpoint, Saver, VariableStore } from 'tfsave'

// ── Train: y = w x + b, whose right answer is w = 0.1, b = 0.2 ──────────────────────────────────────────────────────

const STEPS = 300
const LEARNING_RATE = 0.5

const { x, y } = makeData(100)
const store = new VariableStore()
const w = store.variable(array(randomNumbers(1, 7)[0] * 2 - 1), { name: 'w' })
const b = store.variable(array(0), { name: 'b' })
const saver = new Saver(store, { maxToKeep: 4 })

console.log('Training y = w x + b\n\n step       loss        w        b')
for (let step = 0; step < STEPS; step++) {
  const loss = trainOnce()
  if (step % 10 === 0) {
    await saver.save('model/my-model', { globalStep: step })
    const columns = [loss.toExponential(3), value(w).toFixed(5), value(b).toFixed(5)]
    console.log(String(step).padStart(5), columns[0].padStart(10), columns[1].padStart(8), columns[2].padStart(8))
  }
}

/** One step of gradient descent on the mean squared error; returns the loss before it. */
function trainOnce() {
  const errors = x.map((xi, i) => value(w) * xi + value(b) - y[i])
  const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  const loss = mean(errors.map((error) => error * error))
  const gradientOfW = mean(errors.map((error, i) => 2 * error * x[i]))
  const gradientOfB = mean(errors.map((error) => 2 * error))
  w.assignSub(LEARNING_RATE * gradientOfW)
  b.assignSub(LEARNING_RATE * gradientOfB)
  return loss
}

/** The number in a variable of shape []. */
function value(variable) {
  return variable.read().data[0]
}

// ── What is on the disk now: of the 30 checkpoints, the last four ───────────────────────────────────────────────────

console.log('\nmodel/')
for (const file of (await readdir('model')).sort()) console.log(`  ${file}`)
console.log('\nmodel/checkpoint')
console.log((await readFile('model/checkpoint', 'utf8')).trimEnd().replace(/^/gm, '  '))

// ── Restore the latest into a fresh store ───────────────────────────────────────────────────────────────────────────

const fresh = new VariableStore()
fresh.getVariable('w', { shape: [] })
fresh.getVariable('b', { shape: [] })
const latest = await latestCheckpoint('model')
await new Saver(fresh).restore(latest)

console.log(`\nRestored from ${latest}`)
for (const variable of fresh) console.log(`  ${variable.name} = ${formatArray(variable.read())}`)

// ── Or without the model's code: the graph is in .meta, and knows its variables and its saver ───────────────────────

const model = await importMetaGraph('model/my-model-290.meta')
await model.saver.restore(await latestCheckpoint('model/'))

console.log('\nImported model/my-model-290.meta')
for (const name of ['w:0', 'b:0']) console.log(`  ${name} = ${formatArray(model.variables.get(name).read())}`)

// ── Read what TensorFlow wrote ──────────────────────────────────────────────────────────────────────────────────────

const prefix = 'tests/golden/quickstart/my-model-290'
const reader = await loadCheckpoint(prefix)
const rows = []
for await (const [name, { dtype, shape, data }] of reader.tensors()) {
  const bytes = dtype === 'string' ? data.reduce((sum, text) => sum + text.length, 0) : data.byteLength
  rows.push([name, dtype, `[${shape.join(', ')}]`, String(bytes)])
}
const { tensors, bytes, faults } = await reader.verify()
await reader.close()

console.log(`\n${prefix}, written by TensorFlow`)
printTable(['name', 'dtype', 'shape', 'bytes'], rows)
console.log(`${tensors} tensors, ${bytes} bytes in the file, checksums verified: ${faults.length} faults`)

// ── What this page needs besides ────────────────────────────────────────────────────────────────────────────────────

/** Points on the line, at random places in [0, 1). */
function makeData(count) {
  const places = randomNumbers(count, 42)
  return { x: places, y: places.map((xi) => 0.1 * xi + 0.2) }
}

/** The same numbers in [0, 1) each time (a linear congruential generator, so that this page runs the same anywhere). */
function randomNumbers(count, seed) {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  })
}

function printTable(head, body) {
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((row) => row[i].length)))
  const line = (row) => row.map((cell, i) => (i === 3 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ')
  console.log(`  ${line(head)}\n  ${widths.map((width) => '─'.repeat(width)).join('  ')}`)
  for (const row of body) console.log(`  ${line(row)}`)
}
