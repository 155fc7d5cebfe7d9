/**
 * What a page does with tfsave, as it is built: scripts/browser.mjs serves this file under a strict content security policy,
 * calls what hangs on `globalThis.page`, and judges what comes back.
 */
import {
  array,
  BlobFileSystem,
  CheckpointReader,
  ExponentialMovingAverage,
  HttpFileSystem,
  loadCheckpoint,
  loadVariable,
  MemoryFileSystem,
  Saver,
  TensorBundleWriter,
  VariableStore,
} from './dist/index.js'
import {
  encodeNpy,
  parseNpy,
  readNpz,
  readPickle,
  readSafetensors,
  writeNpz,
  writePickle,
  writeSafetensors,
} from './dist/formats.js'

/** What the policy forbade: "wasm-eval", or the address of what was not loaded. */
const violations = []
document.addEventListener('securitypolicyviolation', ({ blockedURI }) => violations.push(blockedURI))

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Numbers in order; strings with their length, uint32, before each. */
async function contentOf({ data }) {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const parts = data.flatMap((element) => [Uint32Array.of(element.length), element])
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

/** A value as tests/golden/manifest.json has it: in full, or as the SHA-256 of its content. */
async function told(value, key) {
  const { dtype, shape, data } = value
  const bytes = await contentOf(value)
  const digest = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  const full = ArrayBuffer.isView(data) ? { hex: hex(bytes) } : { strings: data.map(hex) }
  return { key, dtype, shape, ...full, sha256: digest }
}

async function tellAll(reader) {
  const all = []
  for await (const [key, value] of reader.tensors()) all.push(await told(value, key))
  return all
}

/** Every tensor of a checkpoint, by HTTP ranges. */
async function readOverHttp(base, prefix) {
  const reader = await CheckpointReader.open(prefix, { fs: new HttpFileSystem(base) })
  try {
    return { version: reader.version, tensors: await tellAll(reader), faults: (await reader.verify()).faults.length }
  } finally {
    await reader.close()
  }
}

/** Slices of tensors, each with its range in every dimension. */
async function readSlices(base, prefix, slices) {
  const reader = await loadCheckpoint(prefix, { fs: new HttpFileSystem(base) })
  try {
    const all = []
    for (const [key, slice] of slices) all.push(await told(await reader.getSlice(key, slice), key))
    return all
  } finally {
    await reader.close()
  }
}

/** One tensor. */
async function readOne(base, prefix, key) {
  return told(await loadVariable(prefix, key, { fs: new HttpFileSystem(base) }), key)
}

/** The message of the error that reading meets. */
async function failure(base, prefix, key) {
  try {
    await readOne(base, prefix, key)
    return 'read'
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
}

/** Whatever files came last, by the input or by a drop. */
let files = []
document.querySelector('#folder').addEventListener('change', ({ target }) => {
  files = [...target.files]
})
const drop = document.querySelector('#drop')
drop.addEventListener('dragover', (event) => event.preventDefault())
drop.addEventListener('drop', (event) => {
  event.preventDefault()
  files = [...event.dataTransfer.files]
})

/** Drops files with these bytes, as a user would. */
async function dropFiles(paths) {
  const transfer = new DataTransfer()
  for (const path of paths) {
    const bytes = await (await fetch(path)).arrayBuffer()
    transfer.items.add(new File([bytes], path.split('/').at(-1)))
  }
  drop.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  return files.length
}

/** Every tensor of the checkpoint that came as files. */
async function readFiles(prefix) {
  const fs = new BlobFileSystem(files.map((file) => [file.webkitRelativePath || file.name, file]))
  const reader = await loadCheckpoint(prefix, { fs })
  try {
    return await tellAll(reader)
  } finally {
    await reader.close()
  }
}

/** Reads a checkpoint, writes it again in memory, and offers both files for download. */
async function offerCopy(base, prefix) {
  const fs = new MemoryFileSystem()
  const reader = await loadCheckpoint(prefix, { fs: new HttpFileSystem(base) })
  const writer = await TensorBundleWriter.create('model', { fs })
  for await (const [key, value] of reader.tensors()) await writer.add(key, value)
  await writer.finish()
  await reader.close()
  offer('#download', fs.files.get('model.data-00000-of-00001'))
  offer('#download-index', fs.files.get('model.index'))
  return [...fs.files.keys()].sort()
}

function offer(link, bytes) {
  document.querySelector(link).href = URL.createObjectURL(new Blob([bytes]))
}

/** A Saver's round trip in memory, moving averages and all: what needs WebAssembly elsewhere. */
async function train() {
  const fs = new MemoryFileSystem()
  const store = new VariableStore()
  const w = store.variable(array([1, 2, 3, 4, 5]), { name: 'w' })
  const averages = new ExponentialMovingAverage(store, { decay: 0.5 })
  const update = averages.apply([w])
  w.assign(array([3, 4, 5, 6, 7]))
  update()
  const saver = new Saver(store, { fs })
  const prefix = await saver.save('model/m', { globalStep: 3 })
  w.assign(array([0, 0, 0, 0, 0]))
  await saver.restore(prefix)
  return {
    prefix,
    w: [...w.read().data],
    average: [...averages.average(w).read().data],
    files: [...fs.files.keys()].sort(),
  }
}

/** A weight through every other format and back. */
async function otherFormats() {
  const fs = new MemoryFileSystem()
  const w = array([
    [1.5, -2],
    [0, 4],
  ])
  const back = [parseNpy(encodeNpy(w))]
  await writeNpz('w.npz', [['w', w]], { fs, compress: true })
  back.push((await readNpz('w.npz', { fs })).get('w'))
  await writeSafetensors('w.safetensors', [['w', w]], { fs })
  back.push((await readSafetensors('w.safetensors', { fs })).tensors.get('w'))
  await writePickle('w.pkl', [['w', w]], { fs })
  back.push((await readPickle('w.pkl', { fs })).get('w'))
  return back.map(({ dtype, shape, data }) => ({ dtype, shape, data: [...data] }))
}

globalThis.page = {
  readOverHttp,
  readOne,
  readSlices,
  failure,
  dropFiles,
  readFiles,
  offerCopy,
  train,
  otherFormats,
  violations: () => violations,
}
