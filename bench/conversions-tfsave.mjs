/**
 * Our side of conversions.mjs, as it is packed: dist/. Driven over stdin (child.mjs).
 *
 *     make  { set, prefix, files }     writes the checkpoint, and of it the files that are read: { npz, safetensors }
 *     setup { kind, prefix, files }    one of WORKS
 *     run   { out }                    does it once → { ms }; what it writes is deleted after the clock stopped
 */
import { rmSync } from 'node:fs'
import { readNpz, readSafetensors, writeNpz, writeSafetensors } from '../dist/formats.js'
import { CheckpointReader, TensorBundleWriter } from '../dist/index.js'
import { serve, timed } from './serve.mjs'
import { tensorName, weight } from './sets.mjs'

/** numpy does not sync either. */
const UNSYNCED = { durable: false }
let run

/** One tensor at a time is in memory, in one buffer. */
async function convert(prefix, out, write) {
  const reader = await CheckpointReader.open(prefix)
  await write(out, reader.tensors({ reuseBuffer: true }), UNSYNCED)
  await reader.close()
}

const WORKS = {
  'npz-write': ({ prefix }) => writing(prefix, writeNpz),
  'safetensors-write': ({ prefix }) => writing(prefix, writeSafetensors),
  'npz-read':
    ({ files }) =>
    () =>
      timed(async () => check(await readNpz(files.npz))),
  'safetensors-read':
    ({ files }) =>
    () =>
      timed(async () => check((await readSafetensors(files.safetensors)).tensors)),
}

function writing(prefix, write) {
  return async (out) => {
    const ms = await timed(() => convert(prefix, out, write))
    rmSync(out)
    return ms
  }
}

/** What does nothing takes no time. */
function check(tensors) {
  const { data } = tensors.get(tensorName(0))
  if (data.at(-1) !== weight(data.length - 1)) throw new Error('It was not read')
}

await serve({
  async make({ set, prefix, files }) {
    const data = new Float32Array(set.bytes / 4).map((_, i) => weight(i))
    const value = { dtype: 'float32', shape: [data.length], data }
    const writer = await TensorBundleWriter.create(prefix)
    for (let i = 0; i < set.tensors; i++) await writer.add(tensorName(i), value)
    await writer.finish()
    await convert(prefix, files.npz, writeNpz)
    await convert(prefix, files.safetensors, writeSafetensors)
  },
  setup({ kind, prefix, files }) {
    run = WORKS[kind]({ prefix, files })
  },
  run: async ({ out }) => ({ ms: await run(out) }),
})
