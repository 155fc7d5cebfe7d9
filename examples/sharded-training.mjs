// A training job over several processes, or machines with one file system: each worker writes its own part of a checkpoint,
// and the chief merges them. No process ever holds all of the weights. Then the same checkpoint is restored by one process,
// and by another number of workers.
// `node examples/sharded-training.mjs`; it writes into ./model, which git ignores.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  formatArray,
  latestCheckpoint,
  loadCheckpoint,
  mergeBundles,
  Saver,
  updateCheckpointState,
  VariableStore,
  zeros,
} from 'tfsave'

const DIRECTORY = 'model/sharded'
const ROWS = 10
const COLUMNS = 4
const WORKERS = 3

await rm(DIRECTORY, { recursive: true, force: true })
await mkdir(DIRECTORY, { recursive: true })

// ── The chief trains, and saves now and then ────────────────────────────────────────────────────────────────────────

const workers = Array.from({ length: WORKERS }, (_, i) => startWorker(i))
const saved = []
for (const step of [100, 200]) {
  await Promise.all(workers.map((worker) => ask(worker, { train: 100 })))
  saved.push(await save(`${DIRECTORY}/model.ckpt-${step}`))
  // TensorFlow's `checkpoint` file: what latestCheckpoint() looks at.
  await updateCheckpointState(DIRECTORY, saved.at(-1), { allModelCheckpointPaths: saved })
}
for (const worker of workers) worker.disconnect()
console.log((await readdir(DIRECTORY)).sort().join('\n'))

async function save(prefix) {
  // The names that TensorFlow's Saver gives to parts.
  const parts = workers.map((_, i) => `${prefix}_temp/part-${fiveDigits(i)}-of-${fiveDigits(WORKERS)}`)
  await Promise.all(workers.map((worker, i) => ask(worker, { save: parts[i] })))
  // Data files are renamed, the indexes become one, and the directory of the parts goes.
  await mergeBundles(parts, prefix)
  return prefix
}

// ── One process restores all of it: a variable, whose parts it need not know ────────────────────────────────────────

const prefix = await latestCheckpoint(DIRECTORY)
const store = new VariableStore()
const embedding = store.variable(zeros([ROWS, COLUMNS]), { name: 'embedding' })
await new Saver(store).restore(prefix)
console.log(`\nRestored from ${prefix}\n${formatArray(embedding.read())}`)

// ── Two workers take over from three: each reads its own rows, wherever they are ────────────────────────────────────

const reader = await loadCheckpoint(prefix)
for (const i of [0, 1]) {
  const rows = await reader.getSlice('embedding', [rowsOf(i, 2), undefined])
  console.log(`\nWorker ${i} of 2 takes ${rows.shape[0]} rows, the last one ${formatArray(lastRow(rows))}`)
}
await reader.close()

function startWorker(i) {
  const [first, rows] = rowsOf(i, WORKERS)
  const script = fileURLToPath(new URL('sharded/worker.mjs', import.meta.url))
  return fork(script, [i, first, rows, ROWS, COLUMNS].map(String))
}

/** Has a worker do something, and waits until it is done. */
async function ask(worker, message) {
  worker.send(message)
  const gone = once(worker, 'exit').then(([code]) => Promise.reject(new Error(`A worker has ended with ${code}`)))
  gone.catch(() => undefined)
  await Promise.race([once(worker, 'message'), gone])
}

/** [first, count]: the first workers have a row more where they do not come out even. */
function rowsOf(i, count) {
  const share = Math.floor(ROWS / count)
  const more = ROWS % count
  return [i * share + Math.min(i, more), share + (i < more ? 1 : 0)]
}

function lastRow({ data }) {
  return { dtype: 'float32', shape: [COLUMNS], data: data.slice(-COLUMNS) }
}

function fiveDigits(number) {
  return String(number).padStart(5, '0')
}
