/**
 * average - (average - value) * rate, four numbers at a time: moving-average.wat, and how arrays get there. JavaScript
 * alone, which computes in doubles and rounds after each operation, takes twice as long for float32, and ten times for
 * float16 (`npm run bench -- --only averages`).
 *
 *     <memory> = averages: 3072 bytes or fewer, values: as many                     arrays pass through it block by block
 *
 * 128-bit SIMD is in Node 16.4 and in browsers since 2023. Where it is missing, or a content security policy forbids it,
 * moving-average-update.ts goes on without.
 */
import { wasmModule } from '../util/wasm-module'
import { MOVING_AVERAGE_MODULE } from './moving-average.gen'

/**
 * Bytes of averages in a block. Small, so that all of it stays in the processor's nearest cache; up to some 4 kB a copy is
 * a plain loop in C's libraries, which beats the processor's own instruction for copying.
 */
const BLOCK = 3072
/** A block is a multiple of this. */
const STEP = 64

/** Writes to `target`, which may be `average`; all three have one length. */
export type MoveFloats = (target: Float32Array, average: Float32Array, value: Float32Array, rate: number) => void
/** The same of codes. */
export type MoveCodes = (target: Uint16Array, average: Uint16Array, value: Uint16Array, rate: number) => void

/** The fast ways. Of codes, what it cannot do it leaves to `otherwise`. */
interface SimdMovers {
  readonly float32: MoveFloats
  readonly float16: (otherwise: MoveCodes) => MoveCodes
  readonly bfloat16: (otherwise: MoveCodes) => MoveCodes
}

let known: SimdMovers | undefined | null = null

/** Undefined where there is no WebAssembly with SIMD, or it may not be used. */
export function simdMovers(): SimdMovers | undefined {
  if (known === null) known = instantiate()
  return known
}

/** That of simdMovers() for float32. */
export function simdMoveFloats(): MoveFloats | undefined {
  return simdMovers()?.float32
}

/** Averages the first `end` bytes of the memory; 1 where they are to be done otherwise. */
type Kernel = (end: number, rate: number) => number

function instantiate(): SimdMovers | undefined {
  try {
    const { memory, ...kernels } = new WebAssembly.Instance(wasmModule(MOVING_AVERAGE_MODULE)).exports
    const { float32, float16, bfloat16 } = kernels as Record<keyof SimdMovers, Kernel>
    const { buffer } = memory as WebAssembly.Memory
    const codes = new Uint16Array(buffer)
    return {
      float32: floatMover(new Float32Array(buffer), float32),
      float16: (otherwise) => codeMover(codes, float16, otherwise),
      bfloat16: (otherwise) => codeMover(codes, bfloat16, otherwise),
    }
  } catch {
    return undefined
  }
}

/** By new views, and no subarray(): that asks for the array's species, and takes twice as long. */
function floatMover(memory: Float32Array, kernel: Kernel): MoveFloats {
  const block = BLOCK / 4
  const whole = memory.subarray(0, block)
  return (target, average, value, rate) => {
    for (let at = 0; at < target.length; at += block) {
      const count = Math.min(block, target.length - at)
      const end = roundUp(4 * count)
      // The averages second: they are near when they are written over.
      memory.set(new Float32Array(value.buffer, value.byteOffset + 4 * at, count), end / 4)
      memory.set(new Float32Array(average.buffer, average.byteOffset + 4 * at, count))
      kernel(end, rate)
      target.set(count === block ? whole : memory.subarray(0, count), at)
    }
  }
}

function codeMover(memory: Uint16Array, kernel: Kernel, otherwise: MoveCodes): MoveCodes {
  const block = BLOCK / 2
  const whole = memory.subarray(0, block)
  return (target, average, value, rate) => {
    for (let at = 0; at < target.length; at += block) {
      const count = Math.min(block, target.length - at)
      const end = roundUp(2 * count)
      const values = new Uint16Array(value.buffer, value.byteOffset + 2 * at, count)
      const averages = new Uint16Array(average.buffer, average.byteOffset + 2 * at, count)
      // What is behind the last number is computed, and not taken: zeros, so that it never counts.
      if (count < block) memory.fill(0, 0, end)
      memory.set(values, end / 2)
      memory.set(averages)
      if (kernel(end, rate) !== 0) otherwise(target.subarray(at, at + count), averages, values, rate)
      else target.set(count === block ? whole : memory.subarray(0, count), at)
    }
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / STEP) * STEP
}
