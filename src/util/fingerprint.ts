/**
 * A hash of bytes that TensorFlow's messages show where a list is cut short.
 *
 * FarmHash's Fingerprint64, by G. Pike: farmhash.cc (farmhashna). TensorFlow: core/platform/fingerprint.h.
 */

const K0 = 0xc3a5c85c97cb3127n
const K1 = 0xb492b66fbe98f273n
const K2 = 0x9ae16a3b2f90404fn
const MASK = 0xffff_ffff_ffff_ffffn

type Pair = readonly [bigint, bigint]

/** An unsigned number of 64 bits. */
export function fingerprint64(bytes: Uint8Array): bigint {
  const { length } = bytes
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  if (length <= 16) return upTo16(view)
  if (length <= 32) return upTo32(view)
  return length <= 64 ? upTo64(view) : beyond64(view)
}

function word(view: DataView, offset: number): bigint {
  return view.getBigUint64(offset, true)
}

/** The lower 64 bits. */
function low(value: bigint): bigint {
  return value & MASK
}

function rotate(value: bigint, right: bigint): bigint {
  const bits = low(value)
  return low((bits >> right) | (bits << (64n - right)))
}

function shiftMix(value: bigint): bigint {
  const bits = low(value)
  return bits ^ (bits >> 47n)
}

function mix(u: bigint, v: bigint, factor: bigint): bigint {
  const a = shiftMix(low(u ^ v) * factor)
  return low(shiftMix(low(v ^ a) * factor) * factor)
}

function upTo16(view: DataView): bigint {
  const length = view.byteLength
  const size = BigInt(length)
  const factor = K2 + size * 2n
  if (length >= 8) {
    const a = low(word(view, 0) + K2)
    const b = word(view, length - 8)
    return mix(low(rotate(b, 37n) * factor + a), low((rotate(a, 25n) + b) * factor), factor)
  }
  if (length >= 4) {
    const first = BigInt(view.getUint32(0, true))
    return mix(size + (first << 3n), BigInt(view.getUint32(length - 4, true)), factor)
  }
  if (length === 0) return K2
  const y = BigInt(view.getUint8(0) + (view.getUint8(length >> 1) << 8))
  const z = BigInt(length + (view.getUint8(length - 1) << 2))
  return low(shiftMix(low(y * K2) ^ low(z * K0)) * K2)
}

function upTo32(view: DataView): bigint {
  const end = view.byteLength
  const factor = K2 + BigInt(end) * 2n
  const a = low(word(view, 0) * K1)
  const b = word(view, 8)
  const c = low(word(view, end - 8) * factor)
  const d = low(word(view, end - 16) * K2)
  return mix(low(rotate(a + b, 43n) + rotate(c, 30n) + d), low(a + rotate(b + K2, 18n) + c), factor)
}

function upTo64(view: DataView): bigint {
  const end = view.byteLength
  const factor = K2 + BigInt(end) * 2n
  const a = low(word(view, 0) * K2)
  const b = word(view, 8)
  const c = low(word(view, end - 8) * factor)
  const d = low(word(view, end - 16) * K2)
  const y = low(rotate(a + b, 43n) + rotate(c, 30n) + d)
  const z = mix(y, low(a + rotate(b + K2, 18n) + c), factor)
  const e = low(word(view, 16) * factor)
  const f = word(view, 24)
  const g = low((y + word(view, end - 32)) * factor)
  const h = low((z + word(view, end - 24)) * factor)
  return mix(low(rotate(e + f, 43n) + rotate(g, 30n) + h), low(e + rotate(f + a, 18n) + g), factor)
}

/** Two words from the 32 bytes at `offset`. */
function weak(view: DataView, offset: number, seedA: bigint, seedB: bigint): Pair {
  const z = word(view, offset + 24)
  const a = low(seedA + word(view, offset))
  const b = rotate(seedB + a + z, 21n)
  const c = low(a + word(view, offset + 8) + word(view, offset + 16))
  return [low(c + z), low(b + rotate(c, 44n) + a)]
}

/** What is carried from one 64 bytes to the next. */
interface State {
  x: bigint
  y: bigint
  z: bigint
  v: Pair
  w: Pair
}

function beyond64(view: DataView): bigint {
  const last = (view.byteLength - 1) & 63
  const end = view.byteLength - 1 - last
  const y = low(81n * K1 + 113n)
  const state: State = {
    x: low(81n * K2 + word(view, 0)),
    y,
    z: low(shiftMix(y * K2 + 113n) * K2),
    v: [0n, 0n],
    w: [0n, 0n],
  }
  for (let offset = 0; offset < end; offset += 64) step(view, offset, state, K1, 1n)
  const factor = K1 + ((state.z & 0xffn) << 1n)
  const { v, w } = state
  const first = low(v[0] + w[0] + BigInt(last))
  state.v = [first, v[1]]
  state.w = [low(w[0] + BigInt(last) + first), w[1]]
  // The last 64 bytes, some of which were read before.
  step(view, end + last - 63, state, factor, 9n)
  const { v: p, w: q, x, z } = state
  return mix(low(mix(p[0], q[0], factor) + shiftMix(state.y) * K0 + z), low(mix(p[1], q[1], factor) + x), factor)
}

function step(view: DataView, offset: number, state: State, factor: bigint, weight: bigint): void {
  const { v, w } = state
  const x = low(rotate(state.x + state.y + v[0] + word(view, offset + 8), 37n) * factor) ^ low(w[1] * weight)
  const rotated = low(rotate(state.y + v[1] + word(view, offset + 48), 42n) * factor)
  const y = low(rotated + v[0] * weight + word(view, offset + 40))
  const z = low(rotate(state.z + w[0], 33n) * factor)
  state.v = weak(view, offset, low(v[1] * factor), low(x + w[0]))
  state.w = weak(view, offset + 32, low(z + w[1]), low(y + word(view, offset + 16)))
  state.x = z
  state.y = y
  state.z = x
}
