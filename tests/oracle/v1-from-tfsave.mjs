/**
 * tfsave's part in check_v1.py: saves the models of models.json in format V1, reads what TensorFlow saved of them, and says in
 * said.json what came out.
 *
 *     node v1-from-tfsave.mjs <folder>
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { loadCheckpoint, ndarray, Saver, VariableStore, zeros } from 'tfsave'

const folder = process.argv[2]
const models = JSON.parse(readFileSync(join(folder, 'models.json'), 'utf8'))
const paths = []
const faults = []
let read = 0

function valueOf({ dtype, shape, hex, strings }) {
  if (dtype === 'string') return ndarray(dtype, shape, strings.map(fromHex))
  const { data } = zeros([0], dtype)
  return ndarray(dtype, shape, new data.constructor(fromHex(hex).buffer))
}

function fromHex(text) {
  return new Uint8Array(Buffer.from(text, 'hex'))
}

function textOf({ dtype, shape, data }) {
  const bytes =
    dtype === 'string'
      ? data.map((one) => Buffer.from(one).toString('hex'))
      : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')
  return JSON.stringify([dtype, shape, bytes])
}

/** The variables of a model by name, filled by `fill`, and their store. */
function makeModel(model, fill) {
  const store = new VariableStore()
  const variables = new Map()
  for (const variable of model.variables) {
    const { name, shape, dtype, parts, device } = variable
    const made =
      parts === null
        ? store.getVariable(name, { initializer: fill(variable), ...(device && { device }) })
        : store.getPartitionedVariable(name, { shape, dtype, ...parts }).assign(fill(variable))
    variables.set(name, made)
  }
  return { store, variables }
}

function compare(where, variable, value) {
  read++
  if (textOf(value) !== textOf(valueOf(variable))) faults.push(`${where}: another value of ${variable.name}`)
}

for (const model of models) {
  const { store } = makeModel(model, valueOf)
  const saver = new Saver(store, { writeVersion: 'V1', sharded: model.sharded, logger: {} })
  const path = await saver.save(join(folder, 'tfsave', `m-${model.number}`), {
    writeMetaGraph: false,
    writeState: false,
  })
  paths.push(basename(path))
  const theirs = join(folder, 'tensorflow', basename(path))

  const reader = await loadCheckpoint(theirs)
  if (reader.version !== 'V1') faults.push(`${theirs}: version ${reader.version}`)
  for (const variable of model.variables) compare('CheckpointReader', variable, await reader.getTensor(variable.name))
  const { faults: found } = await reader.verify()
  if (found.length > 0) faults.push(`${theirs}: ${found[0].message}`)
  await reader.close()

  const empty = makeModel(model, ({ shape, dtype }) => zeros(shape, dtype))
  await new Saver(empty.store, { sharded: model.sharded }).restore(theirs)
  for (const variable of model.variables) compare('Saver', variable, empty.variables.get(variable.name).read())
}
writeFileSync(join(folder, 'said.json'), JSON.stringify({ paths, faults, read }))
