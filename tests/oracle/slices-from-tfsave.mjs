/**
 * tfsave's part in check_slices.py, which tells the grammar of the folder: writes every set, reads what TensorFlow wrote of
 * the same sets, and says in tfsave.json what came out otherwise.
 *
 *     node slices-from-tfsave.mjs <folder>
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  Saver,
  TensorBundleReader,
  TensorBundleWriter,
  VariableStore,
  loadCheckpoint,
  mergeBundles,
  zeros,
} from 'tfsave'
import { openExchange } from './exchange.mjs'

const folder = process.argv[2]
const { sets, valueOf, same } = openExchange(folder)
const faults = []
let read = 0

function compare(where, row, value) {
  read++
  if (same(row, value)) return
  faults.push(`${where}: another value of ${JSON.stringify(row.key)} (${row.dtype} [${row.shape}] of ${row.slice})`)
}

/** undefined is all of a dimension, where JSON has null. */
function sliceOf(row) {
  return (row.slice ?? row.shape.map(() => null)).map((range) => range ?? undefined)
}

async function writeShard(prefix, rows) {
  const writer = await TensorBundleWriter.create(prefix)
  for (const row of rows) {
    if (row.slice === undefined) await writer.add(row.key, valueOf(row))
    else await writer.addSlice(row.key, row.fullShape, sliceOf(row), valueOf(row))
  }
  await writer.finish()
}

async function writeParts(prefix, { shards }) {
  if (shards.length === 1) return writeShard(prefix, shards[0])
  const prefixes = shards.map((_, shard) => `${prefix}_temp/part-${shard}`)
  for (const [shard, rows] of shards.entries()) await writeShard(prefixes[shard], rows)
  await mergeBundles(prefixes, prefix, { deleteOld: true })
}

/** The variables of a set, each in as many parts as its row says under `count`. */
function partitioned({ variables }, count, initial) {
  const store = new VariableStore()
  const parts = variables.map((row) => {
    const { key, shape, dtype, axis } = row
    return store.getPartitionedVariable(key, { shape, dtype, axis, numShards: row[count], initializer: initial(row) })
  })
  return { saver: new Saver(store), parts }
}

async function write(set) {
  const prefix = join(folder, 'tfsave', set.prefix)
  mkdirSync(dirname(prefix), { recursive: true })
  if (set.variables.length === 0) return writeParts(prefix, set)
  await partitioned(set, 'numShards', valueOf).saver.save(prefix, { writeMetaGraph: false, writeState: false })
}

async function readParts(prefix, { shards, reads }) {
  const bundle = await TensorBundleReader.open(prefix)
  const reader = await loadCheckpoint(prefix)
  for (const row of [...shards.flat(), ...reads]) {
    compare(`lookupSlice(), ${prefix}`, row, await bundle.lookupSlice(row.key, sliceOf(row)))
    compare(`getSlice(), ${prefix}`, row, await reader.getSlice(row.key, sliceOf(row)))
    const isWhole = row.fullShape === undefined || sliceOf(row).every((range) => range === undefined)
    if (isWhole) compare(`getTensor(), ${prefix}`, row, await reader.getTensor(row.key))
  }
  await reader.close()
  await bundle.close()
}

async function readSet(set) {
  const prefix = join(folder, 'tensorflow', set.prefix)
  if (set.variables.length === 0) return readParts(prefix, set)
  const { saver, parts } = partitioned(set, 'other', (row) => zeros(row.shape, row.dtype))
  await saver.restore(prefix)
  for (const [i, row] of set.variables.entries()) compare(`Saver.restore(), ${prefix}`, row, parts[i].read())
}

async function attempt(what, body) {
  try {
    await body()
  } catch (error) {
    faults.push(`${what}: ${error instanceof Error ? error.stack : error}`)
  }
}

for (const set of sets) {
  await attempt(`writing ${set.prefix}`, () => write(set))
  await attempt(`reading ${set.prefix}`, () => readSet(set))
}
writeFileSync(join(folder, 'tfsave.json'), JSON.stringify({ read, faults }))
