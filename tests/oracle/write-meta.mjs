/**
 * tfsave's part in check_meta.py: stores of every kind, saved with their meta graphs by the built package.
 *
 *     node write-meta.mjs <folder>
 *
 * meta.json lists the checkpoints: prefix, and for each variable its node, its kind, dtype, shape, bytes in hex (strings:
 * a list), and its key.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { array, MemoryFileSystem, ndarray, Saver, VariableStore, zeros } from 'tfsave'

const folder = process.argv[2]
const DTYPES =
  'float32 float64 float16 bfloat16 int8 int16 int32 int64 uint8 uint16 uint32 uint64 complex64 complex128 bool string qint8 quint8 qint32'.split(
    ' ',
  )
const SHAPES = [[], [0], [3, 0, 2], [5], [2, 1, 3, 2]]
const written = []

/** A stream of bytes that is the same at each run: xorshift32. */
let state = 20251121
function randomByte() {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return state & 0xff
}

/** Any bits that the dtype can hold. */
function randomValue(dtype, shape) {
  const count = shape.reduce((product, size) => product * size, 1)
  if (dtype === 'string') {
    const strings = Array.from({ length: count }, () => Uint8Array.from({ length: randomByte() % 40 }, randomByte))
    return ndarray('string', shape, strings)
  }
  const value = zeros(shape, dtype)
  const bytes = new Uint8Array(value.data.buffer, value.data.byteOffset, value.data.byteLength)
  for (let i = 0; i < bytes.length; i++) bytes[i] = dtype === 'bool' ? randomByte() & 1 : randomByte()
  return value
}

function contents({ dtype, data }) {
  if (dtype === 'string') return data.map((bytes) => Buffer.from(bytes).toString('hex'))
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')
}

/** Saves, and notes what TensorFlow has to find: `nodes` gives a node's name for each key. */
async function save(name, varList, { options = {}, save: how = {}, nodes } = {}) {
  const prefix = join(folder, name)
  await new Saver(varList, options).save(prefix, { writeState: false, ...how })
  const pairs =
    varList instanceof VariableStore
      ? varList.globalVariables().map((variable) => [variable.op.name, variable])
      : [...varList]
  const variables = await Promise.all(
    pairs.map(async ([key, saveable]) => {
      const value = await saveable.read()
      const node = nodes?.(key) ?? saveable.op.name
      const kind = saveable.op?.type ?? 'VariableV2'
      return { key, node, kind, dtype: value.dtype, shape: value.shape, contents: contents(value) }
    }),
  )
  written.push({ name, variables })
}

function fill(store, dtypes, shapes, useResource) {
  for (const dtype of dtypes) {
    shapes.forEach((shape, at) => {
      const name = `${useResource ? 'r' : 'v'}_${dtype}_${at}`
      store.variable(randomValue(dtype, shape), { name, useResource })
    })
  }
}

for (const [name, how] of [
  ['every-dtype', {}],
  ['stripped', { save: { stripDefaultAttrs: true } }],
  ['reshape', { options: { reshape: true } }],
]) {
  const store = new VariableStore()
  for (const useResource of [false, true]) fill(store, DTYPES, SHAPES, useResource)
  await save(name, store, how)
}

const many = new VariableStore()
for (let i = 0; i < 200; i++) {
  many.nameScope(`layer${i % 7}`, () =>
    many.variableScope(
      `block_${i % 3}`,
      () => {
        const kind = { name: i % 2 ? 'w' : 'b', useResource: i % 5 === 0, trainable: i % 3 === 0 }
        many.variable(randomValue('float32', [1 + (i % 4), 3]), kind)
      },
      { reuse: 'auto' },
    ),
  )
}
await save('many', many)

/** Values that were assigned since, an initial value of one kind, a variable without any, devices. */
const later = new VariableStore()
later.variable(zeros([1000, 300]), { name: 'zeros' }).assign(randomValue('float32', [1000, 300]))
later.variable(zeros([40, 30]), { name: 'r', useResource: true }).assign(randomValue('float32', [40, 30]))
later.variable(array(['', '']), { name: 'texts' }).assign(array(['a', 'é']))
later.getVariable('unset', { shape: [2, 3] }).assign(randomValue('float32', [2, 3]))
later
  .getVariable('made', { shape: [2, 3], initializer: (shape) => zeros(shape) })
  .assign(randomValue('float32', [2, 3]))
later.variable(array(1), { name: 'on', device: '/cpu:0' })
later.variable(array(1), { name: 'on_r', device: '/cpu:0', useResource: true })
await save('later', later)
await save('second-saver', later, { options: { name: 'save', filename: 'elsewhere' } })

const renamed = new Map([...later].map((variable) => [`key/of ${variable.op.name} é`, variable]))
await save('dict', renamed)

const [one, two] = [new VariableStore(), new VariableStore()]
const apart = new Map([
  ['one/w', one.variable(randomValue('float32', [3]), { name: 'w' })],
  ['two/w', two.variable(randomValue('int64', [3]), { name: 'w', useResource: true })],
])
await save('two-stores', apart, { nodes: (key) => key })

/** Values of the caller's own. */
const holder = (value) => ({ dtype: value.dtype, shape: value.shape, read: () => value, assign: () => undefined })
const own = new Map([
  ['counts', holder(randomValue('int64', [4]))],
  ['a key/with é', holder(randomValue('string', [2]))],
  ['_odd', holder(randomValue('float32', []))],
])
await save('saveables', own, { nodes: (key) => ({ _odd: 'v_odd' })[key] ?? key.replace(/[^a-z/]/g, '_') })

// What fromProto() makes is a Saver like any other.
const again = Saver.fromProto(new Saver(later).asSaverDef(), later)
await again.save(join(folder, 'from-proto'), { writeState: false })
written.push({ ...written.find(({ name }) => name === 'later'), name: 'from-proto' })

// Nothing to save: the meta graph alone.
await new Saver([], { allowEmpty: true, fs: new MemoryFileSystem() }).save('m')
await new Saver([], { allowEmpty: true }).save(join(folder, 'empty'))

writeFileSync(join(folder, 'meta.json'), JSON.stringify({ written, empty: 'empty' }))
