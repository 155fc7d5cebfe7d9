/**
 * A checkpoint of any size for a simulated store: real indexes over data files that have no bytes.
 *
 *     <shard s> = rows of `embedding`, then 15 layers: kernel, bias
 *
 * Every tensor's size is a multiple of PATTERN's, so that all tensors of one shape have the same bytes, and one checksum.
 */
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { PATTERN } from './pattern.mjs'

const FLOAT = 1
/** Rows of `embedding` in a shard, and its columns. */
export const ROWS = 256
export const COLUMNS = 1024
export const LAYERS = 15
const KERNEL = [988, 4096]
const BIAS = [4096]

/** Bytes of a shard's data, and of what is in it. */
export const BYTES = { part: 4 * ROWS * COLUMNS, kernel: 4 * KERNEL[0] * KERNEL[1], bias: 4 * BIAS[0] }
export const SHARD = BYTES.part + LAYERS * (BYTES.kernel + BYTES.bias)

export function layerName(shard, layer) {
  return `stage_${String(shard).padStart(5, '0')}/layer_${String(layer).padStart(2, '0')}`
}

export function partPrefix(shard, shards) {
  return `m_temp/part-${String(shard).padStart(5, '0')}-of-${String(shards).padStart(5, '0')}`
}

export function dataFile(shard, shards) {
  return `m.data-${String(shard).padStart(5, '0')}-of-${String(shards).padStart(5, '0')}`
}

/** The shards of which a process restores the layers that has one of 64 parts of the program. */
export function ownShards(shards) {
  const count = Math.ceil(shards / 64)
  return Array.from({ length: count }, (_, i) => Math.floor(shards / 2) + i)
}

/** The layers of the shards: [key, shape]. */
export function tensorsOf(shards) {
  const keys = []
  for (const shard of shards) {
    for (let layer = 0; layer < LAYERS; layer++) {
      const name = layerName(shard, layer)
      keys.push([`${name}/bias`, BIAS], [`${name}/kernel`, KERNEL])
    }
  }
  return keys
}

/** Our own encoders, which the package does not export. */
async function internals(directory) {
  const outfile = join(directory, 'encoders.mjs')
  const contents = `
    export { encodeBundleEntry, encodeBundleHeader } from './proto/bundle-messages'
    export { encodeSliceKey } from './checkpoint/slice-key'
    export { TableBuilder } from './table/table-builder'
    export { bytesFromKey, concatBytes } from './util/bytes'
    export { ByteWriter } from './util/coding'
    export { crc32c, maskCrc } from './util/crc32c'`
  const resolveDir = fileURLToPath(new URL('../src', import.meta.url))
  buildSync({ stdin: { contents, resolveDir, loader: 'ts' }, outfile, bundle: true, format: 'esm', logLevel: 'error' })
  return import(pathToFileURL(outfile).href)
}

/** The files of the parts, as so many processes would have written them. */
export async function writeParts(store, shards, directory) {
  const tools = await internals(directory)
  const { crc32c, maskCrc } = tools
  const pattern = new Uint8Array(PATTERN.buffer)
  const sums = Object.fromEntries(
    Object.entries(BYTES).map(([kind, bytes]) => {
      let crc = 0
      for (let at = 0; at < bytes; at += pattern.length) crc = crc32c(pattern, crc)
      return [kind, maskCrc(crc)]
    }),
  )
  for (let shard = 0; shard < shards; shard++) {
    const prefix = partPrefix(shard, shards)
    store.files.set(`${prefix}.index`, indexOf(shard, shards, sums, tools))
    store.files.set(`${prefix}.data-00000-of-00001`, SHARD)
  }
}

function indexOf(
  shard,
  shards,
  sums,
  { encodeBundleEntry, encodeBundleHeader, encodeSliceKey, TableBuilder, bytesFromKey, concatBytes, ByteWriter },
) {
  const rows = []
  let offset = 0
  const entry = { dtype: FLOAT, unknownRank: false, shardId: 0, slices: [] }
  const put = (key, shape, kind) => {
    rows.push([key, { ...entry, shape, offset, size: BYTES[kind], crc32c: sums[kind] }])
    offset += BYTES[kind]
  }
  const slice = [[ROWS * shard, ROWS], undefined]
  put(encodeSliceKey('embedding', slice), [ROWS, COLUMNS], 'part')
  const whole = { ...entry, shape: [ROWS * shards, COLUMNS], offset: 0, size: 0, crc32c: 0, slices: [slice] }
  rows.push([bytesFromKey('embedding'), whole])
  for (let layer = 0; layer < LAYERS; layer++) {
    const name = layerName(shard, layer)
    put(bytesFromKey(`${name}/bias`), BIAS, 'bias')
    put(bytesFromKey(`${name}/kernel`), KERNEL, 'kernel')
  }
  const pieces = []
  const builder = new TableBuilder((bytes) => pieces.push(bytes.slice()))
  const version = { producer: 1, minConsumer: 0, badConsumers: [] }
  builder.add(new Uint8Array(0), encodeBundleHeader({ numShards: 1, bigEndian: false, version }))
  for (const [key, value] of rows) {
    const writer = new ByteWriter()
    encodeBundleEntry(writer, value)
    builder.add(key, writer.take())
  }
  builder.finish()
  return concatBytes(pieces)
}

/** The merged checkpoint `m`, whose index is there. */
export function mergedFiles(store, shards, index) {
  store.files.set('m.index', index)
  for (let shard = 0; shard < shards; shard++) store.files.set(dataFile(shard, shards), SHARD)
}
