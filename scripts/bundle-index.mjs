/**
 * Reads the index of a tensor bundle, with hands of its own: for scripts that hold what tfsave wrote against something
 * else. What it does not understand it takes for a fault.
 *
 * The grammar of a table stands in src/table/format.ts and block.ts, that of the messages in src/proto/bundle-messages.ts.
 */
import { readFileSync } from 'node:fs'

const MAGIC = '57fb808b247547db'

/** Reads varints and bytes, one after another. */
class Cursor {
  at = 0

  constructor(bytes) {
    this.bytes = bytes
  }

  get done() {
    return this.at >= this.bytes.length
  }

  varint() {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++]
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }

  take(length) {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
}

/** [key, value] of every entry of a table that is not compressed; keys as latin1 text, in which bytes sort. */
function entriesOfTable(bytes) {
  const footer = bytes.subarray(-48)
  if (footer.subarray(40).toString('hex') !== MAGIC) throw new Error('no table')
  const handles = new Cursor(footer)
  handles.varint()
  handles.varint()
  return entriesOfBlock(bytes, handles).flatMap(([, handle]) => entriesOfBlock(bytes, new Cursor(handle)))
}

function entriesOfBlock(bytes, handle) {
  const offset = handle.varint()
  const size = handle.varint()
  if (bytes[offset + size] !== 0) throw new Error(`the block at ${offset} is compressed`)
  const block = bytes.subarray(offset, offset + size)
  const cursor = new Cursor(block.subarray(0, size - 4 - 4 * block.readUInt32LE(size - 4)))
  const entries = []
  for (let key = ''; !cursor.done;) {
    const [shared, unshared, length] = [cursor.varint(), cursor.varint(), cursor.varint()]
    key = key.slice(0, shared) + cursor.take(unshared).toString('latin1')
    entries.push([key, cursor.take(length)])
  }
  return entries
}

/** [field, value] of a message: a number, or bytes. */
function* fieldsOf(bytes) {
  for (const cursor = new Cursor(bytes); !cursor.done;) {
    const tag = cursor.varint()
    const kind = tag % 8
    if (kind === 0) yield [tag >> 3, cursor.varint()]
    else if (kind === 2) yield [tag >> 3, cursor.take(cursor.varint())]
    else if (kind === 5) yield [tag >> 3, cursor.take(4).readUInt32LE()]
    else throw new Error(`a field of type ${kind}`)
  }
}

/**
 * @typedef {{ dtype: number, shape: string, shardId: number, offset: number, size: number, crc32c: number, slices: string[] }} Entry
 *   shape and slices as the hex of their messages
 * @returns {{ numShards: number, entries: Map<string, Entry> }} by key, as latin1 text
 */
export function readBundleIndex(path) {
  const entries = new Map()
  let numShards = 0
  for (const [key, value] of entriesOfTable(readFileSync(path))) {
    if (key === '') numShards = new Map(fieldsOf(value)).get(1)
    else entries.set(key, entryOf(value))
  }
  return { numShards, entries }
}

function entryOf(bytes) {
  const entry = { dtype: 0, shape: '', shardId: 0, offset: 0, size: 0, crc32c: 0, slices: [] }
  for (const [field, value] of fieldsOf(bytes)) {
    if (field === 7) entry.slices.push(value.toString('hex'))
    else if (field === 2) entry.shape = value.toString('hex')
    else entry[['', 'dtype', '', 'shardId', 'offset', 'size', 'crc32c'][field]] = value
  }
  return entry
}
