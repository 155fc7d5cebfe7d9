// Trains the model of model.mjs with moving averages, and saves it as it learns; ../evaluate-digits.mjs starts it in a
// process of its own and follows it.
//
//     node examples/digits/train.mjs [<directory>] [<steps>]
import { mkdir } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { ExponentialMovingAverage, Saver } from 'tfsave'
import { makeDigits, makeModel, trainOn } from './model.mjs'

const [directory = 'model/digits', steps = '1000'] = process.argv.slice(2)
const digits = makeDigits(200, 1)
const model = makeModel(2)
const ema = new ExponentialMovingAverage(model.store, { decay: 0.99, numUpdates: model.step })
const updateAverages = ema.apply()
const saver = new Saver(model.store, { maxToKeep: 3 })
await mkdir(directory, { recursive: true })

for (let i = 0; i < Number(steps); i++) {
  trainOn(model, digits[i % digits.length], 0.05)
  updateAverages()
  if ((i + 1) % 100 === 0) {
    await saver.save(`${directory}/model.ckpt`, { globalStep: model.step })
    // A model of this size learns faster than one can watch.
    await setTimeout(100)
  }
}
