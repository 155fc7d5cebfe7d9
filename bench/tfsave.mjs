/**
 * Our side of the comparison, as it is packed: dist/. Driven over stdin (child.mjs).
 *
 *     make    { set, prefix }         writes the checkpoint that the works read
 *     setup   { work, set, prefix }   what the work needs; `prefix` is the checkpoint that is read
 *     run     { out }                 does it once → { ms }; what it writes is deleted after the clock stopped
 *     touched { set, prefix }         loads one variable → { bytes, reads } of the file system
 */
import { rmSync } from 'node:fs'
import {
  CheckpointReader,
  listVariables,
  loadCheckpoint,
  loadVariable,
  NodeFileSystem,
  Saver,
  TensorBundleWriter,
  VariableStore,
} from '../dist/index.js'
import { filesOf } from './checkpoints.mjs'
import { serve, timed } from './serve.mjs'
import { tensorName, weight } from './sets.mjs'

const QUIET = { info() {} }
let run

/** Uninitialized variables, as a program has them before its first restore. */
function variables({ tensors, bytes }) {
  const store = new VariableStore()
  for (let i = 0; i < tensors; i++) store.getVariable(tensorName(i), { shape: [bytes / 4] })
  return store
}

/** Every variable in memory of its own. The zeros that are copied are the system's and take none; a byte is a byte. */
function filled(set) {
  const store = variables(set)
  const zeros = new Float32Array(set.bytes / 4)
  for (const variable of store) variable.assign(zeros)
  return store
}

/** Whether the last variable has what was written: what does nothing takes no time. */
function checkRestored(store, { bytes }) {
  const last = [...store].at(-1).read().data
  if (last[bytes / 4 - 1] !== weight(bytes / 4 - 1)) throw new Error('The last variable was not restored')
}

async function withReader(prefix, use) {
  const reader = await CheckpointReader.open(prefix)
  await use(reader)
  await reader.close()
}

/** By the work's kind: what `run` does. Each gives milliseconds. */
const KINDS = {
  save(set, _, { durable }) {
    const saver = new Saver(filled(set), { durable, logger: QUIET })
    return async (out) => {
      const ms = await timed(() => saver.save(out, { writeMetaGraph: false, writeState: false }))
      for (const file of filesOf(out)) rmSync(file)
      return ms
    }
  },
  restore(set, prefix, { values, options }) {
    const store = values ? filled(set) : variables(set)
    const saver = new Saver(store, { logger: QUIET })
    return async () => {
      const ms = await timed(() => saver.restore(prefix, options))
      checkRestored(store, set)
      return ms
    }
  },
  every: (_, prefix) => () =>
    timed(async () => {
      const reader = await loadCheckpoint(prefix)
      for (const key of [...reader.getVariableToShapeMap().keys()].sort()) await reader.getTensor(key)
      await reader.close()
    }),
  async verify(_, prefix, { open }) {
    const check = async (reader) => {
      const { faults } = await reader.verify()
      if (faults.length > 0) throw faults[0]
    }
    if (!open) return () => timed(() => withReader(prefix, check))
    const reader = await CheckpointReader.open(prefix)
    return () => timed(() => check(reader))
  },
  iterate:
    (_, prefix, { options }) =>
    () =>
      timed(() =>
        withReader(prefix, async (reader) => {
          for await (const [name, value] of reader.tensors(options)) if (value.data[0] === 0) throw new Error(name)
        }),
      ),
  async convert(_, prefix, { format }) {
    const { [format]: write } = await import('../dist/formats.js')
    return async (out) => {
      const ms = await timed(() =>
        withReader(prefix, (reader) => write(out, reader.tensors({ reuseBuffer: true }), { durable: false })),
      )
      rmSync(out)
      return ms
    }
  },
  list: (_, prefix) => () => timed(() => listVariables(prefix)),
  load: (set, prefix) => () => timed(() => loadVariable(prefix, oneOf(set))),
}

function oneOf({ tensors }) {
  return tensorName(tensors >> 1)
}

/** The disk, with what is read of it counted. */
function countedDisk() {
  const disk = new NodeFileSystem()
  const counted = { bytes: 0, reads: 0 }
  const count = (length) => {
    counted.bytes += length
    counted.reads++
  }
  const open = async (path, options) => {
    const file = await disk.open(path, options)
    return {
      size: file.size,
      read: (offset, length) => (count(length), file.read(offset, length)),
      readInto: (offset, target) => (count(target.byteLength), file.readInto(offset, target)),
      close: () => file.close(),
    }
  }
  return { counted, fs: { open, exists: (path) => disk.exists(path), list: (path) => disk.list(path) } }
}

await serve({
  async make({ set, prefix }) {
    const data = new Float32Array(set.bytes / 4).map((_, i) => weight(i))
    const value = { dtype: 'float32', shape: [data.length], data }
    const writer = await TensorBundleWriter.create(prefix)
    for (let i = 0; i < set.tensors; i++) await writer.add(tensorName(i), value)
    await writer.finish()
  },
  async setup({ work, set, prefix }) {
    run = await KINDS[work.kind](set, prefix, work)
  },
  async run({ out }) {
    return { ms: await run(out) }
  },
  async touched({ set, prefix }) {
    const { counted, fs } = countedDisk()
    await loadVariable(prefix, oneOf(set), { fs })
    return counted
  },
})
