// An embedding that TensorFlow trained and saved in three parts, one for each parameter server. A checkpoint holds one tensor
// for all of them, so that whoever reads it may cut it otherwise, or not at all.
// `node examples/partitioned-embedding.mjs`; it writes into ./model, which git ignores.
import { ExponentialMovingAverage, formatArray, loadCheckpoint, Saver, VariableStore, zeros } from 'tfsave'

const TRAINED = 'tests/golden/partitioned/embedding/m'

// ── A few rows of it: no other is read ──────────────────────────────────────────────────────────────────────────────

const reader = await loadCheckpoint(TRAINED)
for (const [name, shape] of reader.getVariableToShapeMap()) console.log(`${name} has the shape [${shape}]`)
const rows = await reader.getSlice('words/embedding', [[3, 2], undefined])
console.log(`Rows 3 and 4, out of two parts:\n${formatArray(rows)}`)
await reader.close()

// ── Restored into two parts ─────────────────────────────────────────────────────────────────────────────────────────

const store = new VariableStore()
const embedding = store.variableScope('words', () =>
  store.getPartitionedVariable('embedding', {
    shape: [12, 4],
    numShards: 2,
    initializer: (shape) => zeros(shape),
  }),
)
const report = await new Saver(store).restore(TRAINED)
console.log(`\nRestored ${report.restored.join(', ')} into ${embedding.length} parts:`)
for (const part of embedding) console.log(`  ${part}`)

// ── Trained on, and saved with its average: what TensorFlow restores, into as many parts as it likes ────────────────

const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
const updateAverages = ema.apply([embedding])
embedding.assignAdd(new Float32Array(48).fill(2))
updateAverages()
const prefix = await new Saver(store).save('model/embedding')

// ── The average, as one variable that is whole ──────────────────────────────────────────────────────────────────────

const evaluated = new VariableStore()
const whole = evaluated.variable(zeros([12, 4]), { name: 'words/embedding' })
await new Saver({ [ema.averageName(embedding)]: whole }).restore(prefix)
console.log(`\n${ema.averageName(embedding)} in one piece:\n${formatArray(whole.read())}`)
