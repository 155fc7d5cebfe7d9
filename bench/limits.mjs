/**
 * What the same bytes take at least: crc-32's checksum alone, reading them, copying them. Driven by run.mjs over stdin.
 *
 *     run { files, piece, out } → { crc, read, copy } in ms; `piece`: bytes of a tensor
 */
import { closeSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import CRC32C from 'crc-32/crc32c.js'
import { serve, timed } from './serve.mjs'

/** 4 MiB is what measured fastest for reads and writes of Node's. */
const buffer = new Uint8Array(4 << 20)

function eachPiece(file, use) {
  const fd = openSync(file, 'r')
  for (let count = readSync(fd, buffer); count > 0; count = readSync(fd, buffer)) use(buffer.subarray(0, count))
  closeSync(fd)
}

function read(files) {
  for (const file of files) eachPiece(file, () => undefined)
}

function copy(files, out) {
  const fd = openSync(out, 'w')
  for (const file of files) eachPiece(file, (piece) => writeSync(fd, piece))
  closeSync(fd)
}

/** At its best: in larger pieces crc-32 runs at half the speed in many a process. */
const BEST = 1 << 13

/** As many bytes as the files have, from memory that is warm. */
function checksum(files, piece) {
  const size = Math.min(piece, BEST)
  for (const file of files) {
    let at = 0
    for (let rest = statSync(file).size; rest > 0; rest -= size) {
      if (at + size > buffer.length) at = 0
      CRC32C.buf(buffer.subarray(at, at + Math.min(size, rest)))
      at += size
    }
  }
}

await serve({
  async run({ files, piece, out }) {
    const times = {
      crc: await timed(() => checksum(files, piece)),
      read: await timed(() => read(files)),
      copy: await timed(() => copy(files, out)),
    }
    rmSync(out)
    return times
  },
})
