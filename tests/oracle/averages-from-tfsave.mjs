/**
 * tfsave's part in check_averages.py: runs the settings of averages.json, saves and restores, and writes what came out.
 *
 *     node averages-from-tfsave.mjs <folder>
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { array, ExponentialMovingAverage, ndarray, Saver, VariableStore, zeros } from 'tfsave'

const UPDATES = 50
const folder = process.argv[2]
const { settings, restore } = JSON.parse(readFileSync(join(folder, 'averages.json'), 'utf8'))

function valueOf(hex, { dtype, shape }) {
  const { data } = zeros([0], dtype)
  const bytes = new Uint8Array(Buffer.from(hex, 'hex'))
  return ndarray(dtype, shape, new data.constructor(bytes.buffer))
}

function bits({ data }) {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')
}

function inScope(store, scope, make) {
  return scope === '' ? make() : store.variableScope(scope, make)
}

/** What is averaged, and the variable to assign to. */
function makeSource(store, source) {
  const { name, kind, resource } = source
  const initializer = valueOf(source.values[0], source)
  return inScope(store, source.scope, () => {
    if (kind === 'variable') {
      const variable = store.getVariable(name, { initializer, useResource: resource })
      return { what: variable, variable }
    }
    const options = { initializer, useResource: resource, trainable: false }
    const variable = store.getVariable(`${name}_in`, options)
    return { what: store.computed(() => variable.read(), { name, type: 'Identity' }), variable }
  })
}

async function runSetting(setting) {
  const store = new VariableStore()
  const made = setting.sources.map((source) => makeSource(store, source))
  let { decay } = setting
  let numUpdates
  if (setting.decayIs === 'variable')
    decay = store.getVariable('decay', { initializer: array(decay), trainable: false })
  if (setting.numUpdates === 'int') numUpdates = 7
  else if (setting.numUpdates) {
    numUpdates = store.getVariable('step', { initializer: array(0, setting.numUpdates), trainable: false })
  }
  const { zeroDebias, name } = setting
  const average = new ExponentialMovingAverage(store, { decay, numUpdates, zeroDebias, name })
  let update = inScope(store, setting.applyScope, () => average.apply(made.map(({ what }) => what)))
  if (setting.twice && zeroDebias) update = average.apply([made[0].what])
  const steps = []
  for (let i = 0; i < UPDATES; i++) {
    made.forEach(({ variable }, k) => variable.assign(valueOf(setting.sources[k].values[i + 1], setting.sources[k])))
    if (typeof numUpdates === 'object') numUpdates.assign(array(i, setting.numUpdates))
    update()
    steps.push(store.globalVariables().map((v) => bits(v.read())))
  }
  const restored = Object.fromEntries([...average.variablesToRestore()].map(([key, v]) => [key, v.op.name]))
  await new Saver(store).save(join(folder, 'tfsave', `m-${setting.number}`), { writeState: false })
  return { names: store.globalVariables().map(({ op }) => op.name), steps, restored }
}

/** An evaluating model takes the averages that TensorFlow saved. */
async function restoreSetting(setting) {
  const store = new VariableStore()
  for (const source of setting.sources) makeSource(store, source)
  const average = new ExponentialMovingAverage(store, { decay: 0.5, name: setting.name })
  const saver = new Saver(average.variablesToRestore(store.trainableVariables()))
  await saver.restore(join(folder, 'tensorflow', `m-${setting.number}`))
  return Object.fromEntries(store.trainableVariables().map((v) => [v.op.name, bits(v.read())]))
}

const runs = []
const restored = {}
for (const [i, setting] of settings.entries()) {
  runs.push(await runSetting(setting))
  if (restore[i]) restored[setting.number] = await restoreSetting(setting)
}
writeFileSync(join(folder, 'averages-tfsave.json'), JSON.stringify({ runs, restored }))
