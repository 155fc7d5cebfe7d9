/**
 * The folder through which TensorFlow's side of `npm run oracle` hands over tensors: sets.json and values.bin, whose grammar
 * random_sets.py tells.
 */
import { openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { ndarray, zeros } from 'tfsave'

/** What the folder holds: `sets`, and what its rows stand for. */
export function openExchange(folder) {
  const values = openSync(join(folder, 'values.bin'))

  /** The bytes of a row in values.bin, in a buffer of their own. */
  function elementsOf(row) {
    const bytes = new Uint8Array(row.length)
    let at = 0
    while (at < row.length) {
      const count = readSync(values, bytes, at, row.length - at, row.offset + at)
      if (count === 0) throw new Error('values.bin is too short')
      at += count
    }
    return bytes
  }

  /** The value of a row of sets.json. */
  function valueOf(row) {
    const bytes = elementsOf(row)
    if (row.dtype === 'string') return ndarray('string', row.shape, splitStrings(bytes))
    const { data } = zeros([0], row.dtype)
    return ndarray(row.dtype, row.shape, new data.constructor(bytes.buffer))
  }

  /** Whether a value is that of the row, bit for bit. */
  function same(row, value) {
    return (
      value.dtype === row.dtype &&
      value.shape.length === row.shape.length &&
      value.shape.every((size, i) => size === row.shape[i]) &&
      bytesOf(value).equals(elementsOf(row))
    )
  }

  return { sets: JSON.parse(readFileSync(join(folder, 'sets.json'), 'utf8')), valueOf, same }
}

function splitStrings(bytes) {
  const view = new DataView(bytes.buffer)
  const strings = []
  for (let at = 0; at < bytes.length; at += 4 + strings.at(-1).length) {
    strings.push(bytes.slice(at + 4, at + 4 + view.getUint32(at, true)))
  }
  return strings
}

/** The elements of a value in the form of values.bin. */
function bytesOf(value) {
  if (value.dtype !== 'string') {
    return Buffer.from(value.data.buffer, value.data.byteOffset, value.data.byteLength)
  }
  return Buffer.concat(value.data.flatMap((bytes) => [Buffer.from(Uint32Array.of(bytes.length).buffer), bytes]))
}
