/**
 * tfsave's part in check_sharded.py: saves the models of sharded.json in every kind, restores what TensorFlow saved of them
 * into variables that are cut otherwise, and says in sharded-tfsave.json what came out.
 *
 *     node sharded-from-tfsave.mjs <folder>
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ndarray, Saver, VariableStore, zeros } from 'tfsave'

const KINDS = {
  plain: {},
  sharded: { sharded: true },
  v1: { writeVersion: 'V1' },
  'v1-sharded': { sharded: true, writeVersion: 'V1' },
}
const OPTIONS = { logger: {}, durable: false }
const folder = process.argv[2]
const { models, ours } = JSON.parse(readFileSync(join(folder, 'sharded.json'), 'utf8'))
const faults = []
let restored = 0

function valueOf({ dtype, shape, hex }) {
  const bytes = new Uint8Array(Buffer.from(hex, 'hex'))
  if (dtype === 'string') return ndarray('string', shape, splitStrings(bytes))
  const { data } = zeros([0], dtype)
  return ndarray(dtype, shape, new data.constructor(bytes.buffer))
}

function splitStrings(bytes) {
  const view = new DataView(bytes.buffer)
  const strings = []
  for (let at = 0; at < bytes.length; at += 4 + strings.at(-1).length) {
    strings.push(bytes.slice(at + 4, at + 4 + view.getUint32(at, true)))
  }
  return strings
}

function hexOf(value) {
  if (value.dtype !== 'string') {
    return Buffer.from(value.data.buffer, value.data.byteOffset, value.data.byteLength).toString('hex')
  }
  return Buffer.concat(
    value.data.flatMap((bytes) => [Buffer.from(Uint32Array.of(bytes.length).buffer), bytes]),
  ).toString('hex')
}

/** The variables of a model, by name; `partsOf` says in how many parts each is. */
function storeOf({ variables }, fill, partsOf) {
  const store = new VariableStore()
  const made = new Map()
  for (const one of variables) {
    const { name, shape, axis, device, resource: useResource } = one
    const [numShards, initializer] = [partsOf(one), fill(one)]
    const options = { initializer, device, useResource }
    const variable =
      numShards === 0
        ? store.getVariable(name, options)
        : store.getPartitionedVariable(name, { ...options, shape, dtype: one.dtype, numShards, axis })
    made.set(name, variable)
  }
  return { store, made }
}

function kindsOf({ v1 }, kinds) {
  return Object.entries(kinds).filter(([kind]) => v1 || !kind.startsWith('v1'))
}

async function save(model) {
  const { store } = storeOf(model, valueOf, ({ parts }) => parts)
  for (const [kind, options] of kindsOf(model, { ...KINDS, ...ours })) {
    const saver = new Saver(store, { ...OPTIONS, ...options })
    const prefix = join(folder, 'tfsave', String(model.number), kind)
    await saver.save(prefix, { writeMetaGraph: false, writeState: false })
  }
}

/** "v1-sharded-?????-of-00002" for the shards that are there. */
function pathOf(directory, kind) {
  const shards = readdirSync(directory).filter((name) => name.startsWith(`${kind}-0`)).length
  return join(directory, kind.startsWith('v1-') ? `${kind}-?????-of-${String(shards).padStart(5, '0')}` : kind)
}

async function restore(model) {
  const directory = join(folder, 'tensorflow', String(model.number))
  const zero = ({ shape, dtype }) => zeros(shape, dtype)
  const cuts = [({ parts }) => parts, () => 0, ({ shape }) => (shape.length === 0 ? 0 : 2)]
  for (const [kind] of kindsOf(model, KINDS)) {
    for (const cut of cuts) {
      const { store, made } = storeOf(model, zero, cut)
      await new Saver(store, OPTIONS).restore(pathOf(directory, kind))
      restored++
      for (const one of model.variables) {
        if (hexOf(made.get(one.name).read()) !== one.hex) {
          faults.push(`model ${model.number}, ${kind}: another ${one.name} in ${cut(one)} parts`)
        }
      }
    }
  }
}

for (const model of models) {
  for (const work of [save, restore]) {
    try {
      await work(model)
    } catch (error) {
      faults.push(`model ${model.number}: ${error.stack}`)
    }
  }
}
writeFileSync(join(folder, 'sharded-tfsave.json'), JSON.stringify({ restored, faults }))
