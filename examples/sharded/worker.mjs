// One worker of a training job: it holds some rows of a table that no machine could hold alone, and writes them as its
// part of a checkpoint. ../sharded-training.mjs starts several, and tells them what to do.
//
//     node examples/sharded/worker.mjs <number> <first row> <rows> <rows of all workers> <columns>
import { TensorBundleWriter } from 'tfsave'

const [number, first, rows, allRows, columns] = process.argv.slice(2).map(Number)
const weights = { dtype: 'float32', shape: [rows, columns], data: new Float32Array(rows * columns) }
let steps = 0

process.on('message', async ({ train, save }) => {
  if (train !== undefined) learn(train)
  if (save !== undefined) await savePart(save)
  process.send('done')
})
// The one that started it is gone.
process.on('disconnect', () => process.exit())

/** So that one can see where a number comes from: its row before the point, its column and the step behind it. */
function learn(count) {
  steps += count
  weights.data.forEach((_, i, data) => {
    data[i] = first + Math.floor(i / columns) + (i % columns) / 10 + steps / 1000
  })
}

async function savePart(prefix) {
  const writer = await TensorBundleWriter.create(prefix)
  try {
    // Its rows of the one tensor that all have in common…
    await writer.addSlice('embedding', [allRows, columns], [[first, rows], undefined], weights)
    // …and what it has alone.
    await writer.add(`worker_${number}/steps`, { dtype: 'int64', shape: [], data: BigInt64Array.of(BigInt(steps)) })
    await writer.finish()
  } catch (error) {
    await writer.abandon()
    throw error
  }
}
