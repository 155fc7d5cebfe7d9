// A process of its own that writes a part of a checkpoint, or merges parts; tests/checkpoint/processes.test.ts starts it.
//
//     node save-process.mjs '{ "write": prefix, "number": i, "of": n, "value": v }'
//     node save-process.mjs '{ "merge": [prefix, …], "into": prefix, "killAt": k }'
//
// With `killAt` it ends as by SIGKILL before its rename number k.
import { mergeBundles, NodeFileSystem, TensorBundleWriter } from 'tfsave'

const { write, number, of, value, merge, into, killAt } = JSON.parse(process.argv[2])
const ROWS = 4096
if (write !== undefined) await writePart()
else await mergeBundles(merge, into, { fs: mortal(new NodeFileSystem()) })

async function writePart() {
  const writer = await TensorBundleWriter.create(write)
  const rows = ROWS / of
  const filled = (count) => new Float32Array(count).fill(value)
  await writer.addSlice('table', [ROWS, 16], [[number * rows, rows], undefined], {
    dtype: 'float32',
    shape: [rows, 16],
    data: filled(rows * 16).map((sum, i) => sum + number * rows + (i >> 4)),
  })
  for (let i = number; i < 8; i += of) await writer.add(`layer_${i}`, { dtype: 'float32', shape: [3], data: filled(3) })
  await writer.finish()
}

function mortal(fs) {
  let renames = 0
  const { rename } = fs
  fs.rename = async (from, to) => {
    if (renames++ === killAt) {
      process.kill(process.pid, 'SIGKILL')
      await new Promise(() => {})
    }
    return rename.call(fs, from, to)
  }
  return fs
}
