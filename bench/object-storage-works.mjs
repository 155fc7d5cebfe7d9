/**
 * The works of object-storage.mjs, each in a process of its own, that tells what it took.
 *
 *     node bench/object-storage-works.mjs '{"id": "storage-open", "shards": 64, "directory": "…", "limits": {…}}'
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CheckpointReader, listVariables, loadVariable, mergeBundles, Saver } from '../dist/index.js'
import { PATTERN } from './pattern.mjs'
import { peakMemory } from './peak.mjs'
import { layerName, mergedFiles, ownShards, partPrefix, ROWS, tensorsOf, writeParts } from './simulated-checkpoint.mjs'
import { SimulatedStore } from './simulated-store.mjs'

/** What is done once the store is as it should be; `after` hears of what became of it. */
const WORKS = {
  'storage-merge': {
    async prepare(store, { shards, directory }) {
      await writeParts(store, shards, directory)
      const prefixes = Array.from({ length: shards }, (_, shard) => partPrefix(shard, shards))
      return () => mergeBundles(prefixes, 'm', { fs: store })
    },
    after: (store, task) => writeFileSync(indexFile(task), store.files.get('m.index')),
  },
  'storage-open': merged((store) => withReader(store, () => undefined)),
  'storage-list': merged((store) => listVariables('m', { fs: store })),
  'storage-load': merged(async (store, { shards }) =>
    check(await loadVariable('m', `${layerName(shards / 2, 7)}/kernel`, { fs: store })),
  ),
  'storage-slice': {
    async prepare(store, task) {
      useIndex(store, task)
      const reader = await store.network.run(() => CheckpointReader.open('m', { fs: store }))
      const rows = [ROWS * (task.shards / 2) + 100, 2 * ROWS]
      return async () => check(await reader.getSlice('embedding', [rows, undefined]))
    },
  },
  'storage-restore': merged(async (store, { shards }) => {
    const saver = new Saver(Object.fromEntries(tensorsOf(ownShards(shards)).map(asSaveable)), { fs: store })
    await saver.restore('m', { rollback: false })
  }),
  'storage-stream': merged((store) =>
    withReader(store, async (reader) => {
      const isWhole = (key) => key !== 'embedding'
      for await (const [name, value] of reader.tensors({ reuseBuffer: true, filter: isWhole })) check(value, name)
    }),
  ),
  'storage-verify': merged((store) =>
    withReader(store, async (reader) => {
      const { faults } = await reader.verify()
      if (faults.length > 0) throw faults[0]
    }),
  ),
}

/** A work on the merged checkpoint. */
function merged(work) {
  return {
    prepare(store, task) {
      useIndex(store, task)
      return () => work(store, task)
    },
  }
}

function indexFile({ directory, shards }) {
  return join(directory, `simulated-${shards}.index`)
}

function useIndex(store, task) {
  mergedFiles(store, task.shards, readFileSync(indexFile(task)))
}

async function withReader(store, use) {
  const reader = await CheckpointReader.open('m', { fs: store })
  await use(reader)
  await reader.close()
}

/** The values are those of the pattern. */
function check({ data }, name = '') {
  for (const i of [0, data.length >> 1, data.length - 1]) {
    if (data[i] !== PATTERN[i % PATTERN.length]) throw new Error(`${name}[${i}] is ${data[i]}`)
  }
}

/** What takes a value and hands it on, as to a device. */
function asSaveable([key, shape]) {
  const read = () => Promise.reject(new Error(`${key} is on its device`))
  return [key, { dtype: 'float32', shape, read, assign: (value) => check(value, key) }]
}

async function measure(task) {
  const { prepare, after } = WORKS[task.id]
  const store = new SimulatedStore(task.limits)
  const run = await prepare(store, task)
  forgetPeak()
  const [before, cpu] = [peakMemory(), process.cpuUsage()]
  const took = await store.measure(run)
  const { user, system } = process.cpuUsage(cpu)
  const peak = peakMemory() - before
  after?.(store, task)
  return { ...took, peak, cpu: (user + system) / 1e6, index: store.files.get('m.index').length }
}

/** From here on the most memory is counted anew, where the system can. */
function forgetPeak() {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // Then it is the most so far that counts: that of a few indexes.
  }
}

process.stdout.write(JSON.stringify(await measure(JSON.parse(process.argv[2]))))
