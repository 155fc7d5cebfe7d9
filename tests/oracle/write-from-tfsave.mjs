/**
 * tfsave's part in `npm run oracle`: writes every set of sets.json with the built package, reads what TensorFlow wrote
 * of the same sets, and says in tfsave.json what came out otherwise.
 *
 *     node write-from-tfsave.mjs <exchange folder>
 *
 * The folder is made by random_sets.py, which tells its grammar.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Saver, TensorBundleReader, TensorBundleWriter, VariableStore, loadCheckpoint, ndarray, zeros } from 'tfsave'
import { openExchange } from './exchange.mjs'

const folder = process.argv[2]
const { sets, valueOf, same } = openExchange(folder)
const faults = []
const counts = { sets: 0, written: 0, read: 0, restored: 0 }

function compare(where, row, value) {
  if (!same(row, value))
    faults.push(`${where}: another value of ${JSON.stringify(row.key)} (${row.dtype} [${row.shape}])`)
}

/** A store of variables as the set asks for them, and the Saver over it. `fill` gives their values. */
function saverOf(set, fill) {
  const store = new VariableStore()
  if (set.by === 'Saver') {
    const map = new Map(set.tensors.map((row) => [row.key, store.variable(fill(row))]))
    return { saver: new Saver(map), valueIn: (row) => map.get(row.key).read() }
  }
  const rows = new Map(set.tensors.map((row) => [row.key, row]))
  set.names.forEach((name, i) => store.variable(fill(rows.get(set.keys[i])), { name }))
  return { saver: new Saver(store), valueIn: (row) => store.get(row.key).read() }
}

async function write(set) {
  const prefix = join(folder, 'tfsave', set.prefix)
  mkdirSync(dirname(prefix), { recursive: true })
  if (set.by !== 'SaveV2') {
    await saverOf(set, valueOf).saver.save(prefix, { writeMetaGraph: false, writeState: false })
    return
  }
  const writer = await TensorBundleWriter.create(prefix)
  for (const row of set.tensors) await writer.add(row.key, valueOf(row))
  await writer.finish()
}

/** Through CheckpointReader all, through TensorBundleReader the first few. */
async function read(set) {
  const prefix = join(folder, 'tensorflow', set.prefix)
  const reader = await loadCheckpoint(prefix)
  const shapes = reader.getVariableToShapeMap()
  if (shapes.size !== set.tensors.length) faults.push(`${set.prefix}: lists ${shapes.size} names`)
  for (const row of set.tensors) {
    compare(`CheckpointReader, ${set.prefix}`, row, await reader.getTensor(row.key))
    counts.read++
  }
  await reader.close()
  const bundle = await TensorBundleReader.open(prefix)
  for (const row of set.tensors.slice(0, 5))
    compare(`TensorBundleReader, ${set.prefix}`, row, await bundle.lookup(row.key))
  await bundle.close()
}

async function restore(set) {
  const { saver, valueIn } = saverOf(set, (row) => zeros(row.shape, row.dtype))
  await saver.restore(join(folder, 'tensorflow', set.prefix))
  for (const row of set.tensors) {
    compare(`Saver.restore, ${set.prefix}`, row, valueIn(row))
    counts.restored++
  }
}

/** Three saves in a directory of their own, for the state file and the names that it has. */
async function writeState() {
  const directory = join(folder, 'tfsave', 'state')
  mkdirSync(directory, { recursive: true })
  process.chdir(directory)
  const store = new VariableStore()
  store.variable(ndarray('float32', [2], Float32Array.of(1, 2)), { name: 'v' })
  const saver = new Saver(store, { maxToKeep: 2 })
  for (const globalStep of [1, 2, 3]) await saver.save('m', { globalStep, writeMetaGraph: false })
}

async function attempt(what, body) {
  try {
    await body()
  } catch (error) {
    faults.push(`${what}: ${error instanceof Error ? error.stack : error}`)
  }
}

for (const set of sets) {
  counts.sets++
  counts.written += set.tensors.length
  await attempt(`writing ${set.prefix}`, () => write(set))
  await attempt(`reading ${set.prefix}`, () => read(set))
  if (set.by !== 'SaveV2') await attempt(`restoring ${set.prefix}`, () => restore(set))
}
await attempt('writing state files', writeState)
writeFileSync(join(folder, 'tfsave.json'), JSON.stringify({ counts, faults }))
