// Moving averages of weights: what follows what, under which names, and what a Saver restores for an evaluation.
// `node examples/moving-averages.mjs`; it writes into ./model, which git ignores. It prints what Python prints of the
// same calls; where Python prints a dict in any order, this prints a map in the order of its making.
import { array, ExponentialMovingAverage, formatArray, Saver, VariableStore } from 'tfsave'

const store = new VariableStore()
const v1 = store.variable(array(10), { name: 'v1' })
const v2 = store.variable(array(30), { name: 'v2' })
const step = store.variable(array(0, 'int32'), { name: 'step', trainable: false })
const both = store.computed(() => array(number(v1) + number(v2)), { name: 'add', type: 'AddV2' })

// The decay is min(0.99, (1 + step) / (10 + step)).
const ema = new ExponentialMovingAverage(store, { decay: 0.99, numUpdates: step })
const update = ema.apply([v1, both])

// ── A shadow follows its variable slowly ────────────────────────────────────────────────────────────────────────────

print('averages at first', [value(ema.average(v1)), value(ema.average(both))])
v1.assign(5)
step.assign(10000)
update()
print('after an update', [value(ema.average(v1)), value(ema.average(both))])

// ── What is restored for an evaluation: averages into plain variables, everything else as it is ─────────────────────

print('variables_to_restore of [step]', ema.variablesToRestore([step]))
print('variables_to_restore', ema.variablesToRestore())
print('variables_to_restore of [v2]', ema.variablesToRestore([v2]))
print('variables_to_restore of [v1]', ema.variablesToRestore([v1]))

// ── Who is who ──────────────────────────────────────────────────────────────────────────────────────────────────────

print('trainable_variables', store.trainableVariables())
print('average(v2)', ema.average(v2))
print('average(v1)', ema.average(v1))
print('average_name(v2)', ema.averageName(v2))
print('moving_average_variables', store.movingAverageVariables())
print('global_variables', store.globalVariables())
const names = store.globalVariables().map((variable) => `('${variable.op.name}', '${variable.name}')`)
print('names', names)

// ── Train here, evaluate there ──────────────────────────────────────────────────────────────────────────────────────

const prefix = await new Saver(store).save('model/averages', { globalStep: step })

const model = new VariableStore()
const w1 = model.variable(array(0), { name: 'v1' })
const averages = new ExponentialMovingAverage(model, { decay: 0.99 })
await new Saver(averages.variablesToRestore()).restore(prefix)
print(`v1 restored from ${prefix}`, formatArray(w1.read()))

// ── As Python prints ────────────────────────────────────────────────────────────────────────────────────────────────

function print(what, thing) {
  console.log(`${what}: ${pythonText(thing)}`)
}

function pythonText(thing) {
  if (thing === undefined) return 'None'
  if (Array.isArray(thing)) return `[${thing.map(pythonText).join(', ')}]`
  if (!(thing instanceof Map)) return String(thing)
  return `{${[...thing].map(([key, item]) => `'${key}': ${item}`).join(', ')}}`
}

function number(variable) {
  return variable.read().data[0]
}

function value(variable) {
  return formatArray(variable.read())
}
