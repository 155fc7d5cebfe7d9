/** The reading half of soak.mjs: restores the latest checkpoint of a directory until it is told to stop. */
import { setImmediate } from 'node:timers/promises'
import { array, isOpError, latestCheckpoint, Saver, VariableStore, zeros } from 'tfsave'

const directory = process.argv[2]
const report = { restored: 0, late: 0, faults: [], grown: 0 }
const store = new VariableStore()
const variables = Array.from({ length: 20 }, (_, i) => store.variable(zeros([i * 10 + 1]), { name: `layer${i}/w` }))
const step = store.variable(array(0n), { name: 'global_step', trainable: false })
const silent = {}
const saver = new Saver(store, { logger: silent })
let stopped = false
let early
process.on('message', () => {
  stopped = true
})

function heap() {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Every element holds the step that the name says. */
function check(prefix) {
  const expected = Number(prefix.slice(prefix.lastIndexOf('-') + 1))
  const isMixed = variables.some((variable) => variable.read().data.some((value) => value !== expected))
  if (isMixed || Number(step.read().data[0]) !== expected) report.faults.push(`${prefix} holds something else`)
}

// A saver that failed does not say so: its end closes the channel.
while (!stopped && process.connected) {
  const prefix = await latestCheckpoint(directory, { logger: silent })
  if (prefix === undefined) await setImmediate()
  else {
    try {
      await saver.restore(prefix)
      check(prefix)
      report.restored++
    } catch (error) {
      if (isOpError(error, 'NOT_FOUND')) report.late++
      else report.faults.push(`${prefix}: ${error.stack}`)
    }
  }
  if (early === undefined && report.restored === 100) early = heap()
}
report.grown = early === undefined ? 0 : heap() - early
if (process.connected) process.send({ report }, () => process.disconnect())
