/**
 * average - (average - value) * rate over float32, four at a time: a WebAssembly module of a hundred bytes, written out
 * here instruction by instruction. JavaScript alone, which computes in doubles and rounds after each operation, takes
 * twice as long (`npm run bench -- --only averages`).
 *
 *     <memory> = averages: 8192 float32, values: 8192 float32           one page; arrays pass through it block by block
 *
 * WebAssembly core specification, 5.4 and 5.5; 128-bit SIMD is in Node 16.4 and in browsers since 2023. Where it is missing,
 * or a content security policy forbids it, moving-average-update.ts goes on without.
 */

/** Numbers in a block: two blocks fill one page of memory. */
const BLOCK = 8192

const MODULE = [
  [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
  [0x01, 0x06, 0x01, 0x60, 0x02, 0x7f, 0x7d, 0x00], // types: (end: i32, rate: f32) → nothing
  [0x03, 0x02, 0x01, 0x00], // functions: one, of that type
  [0x05, 0x03, 0x01, 0x00, 0x01], // memory: one page
  [0x07, 0x09, 0x02, 0x01, 0x6d, 0x02, 0x00, 0x01, 0x66, 0x00, 0x00], // exports: memory "m", function "f"
  [0x0a, 0x3c, 0x01, 0x3a, 0x02, 0x01, 0x7f, 0x01, 0x7b], // code: one body, locals at: i32, four: v128
  [0x03, 0x40], // loop
  [0x20, 0x02], //   at, for the store below
  [0x20, 0x02, 0xfd, 0x00, 0x04, 0x00, 0x22, 0x03], //   four = v128.load averages[at]
  [0x20, 0x03], //   four
  [0x20, 0x02, 0xfd, 0x00, 0x04, 0x80, 0x80, 0x02], //   v128.load values[at]
  [0xfd, 0xe5, 0x01], //   f32x4.sub
  [0x20, 0x01, 0xfd, 0x13], //   f32x4.splat rate
  [0xfd, 0xe6, 0x01], //   f32x4.mul
  [0xfd, 0xe5, 0x01], //   f32x4.sub
  [0xfd, 0x0b, 0x04, 0x00], //   v128.store averages[at]
  [0x20, 0x02, 0x41, 0x10, 0x6a, 0x22, 0x02], //   at += 16
  [0x20, 0x00, 0x49, 0x0d, 0x00], //   again while at < end
  [0x0b, 0x0b], // end, end
]

/** Writes to `target`, which may be `average`; all three have one length. */
export type MoveFloats = (target: Float32Array, average: Float32Array, value: Float32Array, rate: number) => void

let known: MoveFloats | undefined | null = null

/** The fast way; undefined where there is no WebAssembly with SIMD, or it may not be used. */
export function simdMoveFloats(): MoveFloats | undefined {
  if (known === null) known = instantiate()
  return known
}

function instantiate(): MoveFloats | undefined {
  try {
    const { m, f } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(MODULE.flat()))).exports
    const { buffer } = m as WebAssembly.Memory
    return moverOf(new Float32Array(buffer, 0, 2 * BLOCK), f as (end: number, rate: number) => void)
  } catch {
    return undefined
  }
}

function moverOf(memory: Float32Array, move: (end: number, rate: number) => void): MoveFloats {
  return (target, average, value, rate) => {
    for (let at = 0; at < target.length; at += BLOCK) {
      const count = Math.min(BLOCK, target.length - at)
      memory.set(average.subarray(at, at + count), 0)
      memory.set(value.subarray(at, at + count), BLOCK)
      // Up to the next four: what is behind the last number is computed, and not taken.
      move(16 * Math.ceil(count / 4), rate)
      target.set(count === BLOCK ? memory.subarray(0, BLOCK) : memory.subarray(0, count), at)
    }
  }
}
