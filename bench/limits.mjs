/**
 * What the same bytes take at least. Driven over stdin (child.mjs).
 *
 *     setup { work, files }   work.kind: 'read', into one buffer; 'array', into memory of their own; 'copy'
 *     run   { out }           does it once → { ms }; a copy goes to `out`, which is deleted after the clock stopped
 */
import { closeSync, openSync, read, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { serve, timed } from './serve.mjs'

/** 4 MB is what measured fastest for reads and writes of Node's, four of them at a time. */
const PIECE = 4 << 20
const IN_FLIGHT = 4
const readAt = promisify(read)
let run

function eachPiece(file, buffer, use) {
  const fd = openSync(file, 'r')
  for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) use(buffer.subarray(0, got))
  closeSync(fd)
}

/** Fills `array` with the file, from `start` on. */
async function fill(array, file, start) {
  const handle = await open(file, 'r')
  const { size } = await handle.stat()
  let next = 0
  const worker = async () => {
    while (next < size) {
      const at = next
      const length = Math.min(PIECE, size - at)
      next += length
      const { bytesRead } = await readAt(handle.fd, array, start + at, length, at)
      if (bytesRead !== length) throw new Error(`${file} gave ${bytesRead} of ${length} bytes at ${at}`)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  await handle.close()
  return start + size
}

const KINDS = {
  read(files) {
    const buffer = new Uint8Array(PIECE)
    return () =>
      timed(() => {
        for (const file of files) eachPiece(file, buffer, () => undefined)
      })
  },
  /** The array's pages are there before the clock starts: those of variables are. */
  array(files) {
    const array = new Uint8Array(files.reduce((sum, file) => sum + statSync(file).size, 0)).fill(1)
    return () =>
      timed(async () => {
        let at = 0
        for (const file of files) at = await fill(array, file, at)
      })
  },
  copy(files) {
    const buffer = new Uint8Array(PIECE)
    return async (out) => {
      const ms = await timed(() => {
        const fd = openSync(out, 'w')
        for (const file of files) eachPiece(file, buffer, (piece) => writeSync(fd, piece))
        closeSync(fd)
      })
      rmSync(out)
      return ms
    }
  },
}

await serve({
  setup({ work, files }) {
    run = KINDS[work.kind](files)
  },
  async run({ out }) {
    return { ms: await run(out) }
  },
})
