// Follows a training run: every now and then it restores the latest checkpoint, averages in place of weights, and says
// how much the model knows. The training runs in another process (digits/train.mjs), and deletes what is old.
// `node examples/evaluate-digits.mjs`; it writes into ./model, which git ignores.
import { fork } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ExponentialMovingAverage, getCheckpointState, isOpError, Saver } from 'tfsave'
import { accuracy, draw, makeDigits, makeModel } from './digits/model.mjs'

const DIRECTORY = 'model/digits'
const STEPS = 1000
const EVAL_INTERVAL_SECS = 0.25

await rm(DIRECTORY, { recursive: true, force: true })
const digits = makeDigits(300, 99)
const model = makeModel(3)
const ema = new ExponentialMovingAverage(model.store, { decay: 0.99 })
const saver = new Saver(ema.variablesToRestore())
console.log(`${draw(digits[7])}\nis a ${digits[7].label}\n`)

/** The step of the checkpoint that it restored; 0 where there is none. */
async function evaluateOnce() {
  const state = await getCheckpointState(DIRECTORY)
  if (state === undefined) {
    console.log('No checkpoint file found')
    return 0
  }
  const path = state.modelCheckpointPath
  await saver.restore(path)
  const step = path.split('/').at(-1).split('-').at(-1)
  console.log(`After ${step} training steps, validation accuracy = ${percentG(accuracy(model, digits))}`)
  return Number(step)
}

await evaluateOnce()
const training = fork(fileURLToPath(new URL('digits/train.mjs', import.meta.url)), [DIRECTORY, String(STEPS)])
let failed = false
training.on('exit', (code) => (failed = code !== 0))
for (let step = 0; step < STEPS && !failed;) {
  await setTimeout(EVAL_INTERVAL_SECS * 1000)
  try {
    step = await evaluateOnce()
  } catch (error) {
    // What was deleted before it was read is no reason to stop: the next one comes soon.
    if (!isOpError(error, 'NOT_FOUND')) throw error
  }
}
process.exitCode = failed ? 1 : 0

/** "%g" of C: six digits, no zeros at the end. */
function percentG(number) {
  return String(Number(number.toPrecision(6)))
}
