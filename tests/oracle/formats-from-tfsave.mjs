/**
 * tfsave's part in check_formats.py: writes the sets of sets.json as weight files, reads those that Python wrote, and says
 * what differs.
 *
 *     node formats-from-tfsave.mjs <folder>
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { array, arraysEqual, ndarray, zeros } from 'tfsave'
import {
  encodeNpy,
  parseNpy,
  readNpz,
  readPickle,
  readSafetensors,
  writeNpz,
  writePickle,
  writeSafetensors,
} from 'tfsave/formats'

const folder = process.argv[2]
const sets = JSON.parse(readFileSync(join(folder, 'sets.json'), 'utf8'))
const faults = []
let read = 0

const theirs = (name) => join(folder, 'theirs', name)
const ours = (name) => join(folder, 'ours', name)

function valueOf({ dtype, shape, hex, strings }) {
  if (strings !== undefined) {
    return ndarray(
      dtype,
      shape,
      strings.map((text) => new Uint8Array(Buffer.from(text, 'hex'))),
    )
  }
  const { data } = zeros([0], dtype)
  return ndarray(dtype, shape, new data.constructor(new Uint8Array(Buffer.from(hex, 'hex')).buffer))
}

/** Values that come one at a time, in an array that is used again. */
async function* streamed(values) {
  for (const [name, value] of values) {
    const passed = ndarray(value.dtype, value.shape, value.data.slice())
    yield [name, passed]
    if (passed.dtype !== 'string') new Uint8Array(passed.data.buffer).fill(0)
  }
}

/** Reads from the path and from the bytes. */
async function compare(name, expected, reading, sorted = false) {
  for (const file of [theirs(name), new Uint8Array(readFileSync(theirs(name)))]) {
    try {
      const found = await reading(file)
      read++
      const names = (values) => JSON.stringify(sorted ? [...values.keys()].sort() : [...values.keys()])
      if (names(found) !== names(expected)) faults.push(`${name}: other names`)
      for (const [key, value] of expected) {
        const other = found.get(key)
        if (other !== undefined && !arraysEqual(other, value)) faults.push(`${name}: another ${key}`)
      }
    } catch (error) {
      faults.push(`${name}: ${error.name}: ${error.message}`)
    }
  }
}

for (const [number, { kind, tensors }] of sets.entries()) {
  const values = new Map(tensors.map((tensor) => [tensor.name, valueOf(tensor)]))
  const input = () => (number % 2 === 0 ? values : streamed(values))
  for (const protocol of [2, 3, 4, 5]) {
    await writePickle(ours(`${number}.pickle${protocol}`), input(), { protocol, durable: false })
    await compare(`${number}.pickle${protocol}`, values, (file) => readPickle(file))
    await compare(`${number}.other.pickle${protocol}`, values, (file) => readPickle(file))
  }
  if (kind === 'numpy') {
    await writeNpz(ours(`${number}.npz`), input(), { durable: false })
    await writeNpz(ours(`${number}.packed.npz`), input(), { compress: true, durable: false })
    for (const name of ['npz', 'packed.npz', 'other.npz']) {
      await compare(`${number}.${name}`, values, (file) => readNpz(file))
    }
    for (const [i, [key, value]] of [...values].entries()) {
      const name = `${number}.${i}.npy`
      writeFileSync(ours(name), encodeNpy(value))
      if (!arraysEqual(parseNpy(new Uint8Array(readFileSync(theirs(name)))), value))
        faults.push(`${name}: another ${key}`)
      read++
    }
  } else if (kind === 'safetensors') {
    const metadata = values.size % 2 === 1 ? { format: 'np' } : {}
    await writeSafetensors(ours(`${number}.safetensors`), input(), { metadata, durable: false })
    await compare(`${number}.safetensors`, values, async (file) => (await readSafetensors(file)).tensors, true)
  }
}

const many = Array.from({ length: 66_000 }, (_, i) => [String(i).padStart(5, '0'), array([i], 'int32')])
await writeNpz(ours('many.npz'), many, { durable: false })
const again = await readNpz(ours('many.npz'))
if (again.size !== many.length || !arraysEqual(again.get('65999'), array([65_999], 'int32')))
  faults.push('many.npz: others')

writeFileSync(join(folder, 'said.json'), JSON.stringify({ read, faults }))
