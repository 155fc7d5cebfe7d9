/**
 * Floats of sixteen bits and fewer, as the codes that TensorFlow keeps them in.
 *
 *     <code>     = sign: 1 bit, exponent: exponentBits, mantissa: mantissaBits     from the highest bit down
 *     <value>    = (1 + mantissa / 2^mantissaBits) * 2^(exponent - bias)           where exponent > 0
 *     <value>    = mantissa / 2^mantissaBits * 2^(1 - bias)                        where exponent = 0
 *
 * Formats differ in what stands beyond the finite numbers, see `special`. Rounding is to nearest, ties to even, from
 * the double itself, as numpy does it for a Python float; for bfloat16 from the float32, as ml_dtypes does it.
 *
 * TensorFlow: tsl/platform (ml_dtypes, float8.h, mxfloat.h); numpy: _core/src/common/half.hpp.
 */

/** The layout of a binary float. */
export interface FloatFormat {
  readonly exponentBits: number
  readonly mantissaBits: number
  readonly bias: number
  /**
   * ieee: the highest exponent means infinities and NaNs. fn: no infinity, and only the code of all ones is NaN.
   * fnuz: no infinity and no -0, whose code is the one NaN. finite: nothing but numbers, and the largest for what is larger.
   */
  readonly special: 'ieee' | 'fn' | 'fnuz' | 'finite'
}

export const FLOAT64 = /* @__PURE__ */ layout(11, 52)
export const FLOAT32 = /* @__PURE__ */ layout(8, 23)
export const FLOAT16 = /* @__PURE__ */ layout(5, 10)
export const BFLOAT16 = /* @__PURE__ */ layout(8, 7)
export const FLOAT8_E5M2 = /* @__PURE__ */ layout(5, 2)
export const FLOAT8_E4M3FN = /* @__PURE__ */ layout(4, 3, 'fn')
export const FLOAT8_E4M3FNUZ = /* @__PURE__ */ layout(4, 3, 'fnuz', 8)
export const FLOAT8_E4M3B11FNUZ = /* @__PURE__ */ layout(4, 3, 'fnuz', 11)
export const FLOAT8_E5M2FNUZ = /* @__PURE__ */ layout(5, 2, 'fnuz', 16)
export const FLOAT4_E2M1FN = /* @__PURE__ */ layout(2, 1, 'finite')

function layout(
  exponentBits: number,
  mantissaBits: number,
  special: FloatFormat['special'] = 'ieee',
  bias: number = 2 ** (exponentBits - 1) - 1,
): FloatFormat {
  return { exponentBits, mantissaBits, bias, special }
}

/** Adding and subtracting it leaves a double below 2^52 rounded to an integer, ties to even. */
const ROUNDER = 0x10000000000000

const CANONICAL_NAN = 0x7fc00000
const FLOAT32_INFINITY = 0x7f800000
// Bits of float32: 65536, where float16 has ended; 2^-14, its least normal number; 0.5.
const FLOAT32_65536 = 0x47800000
const FLOAT32_LEAST_NORMAL_HALF = 0x38800000
const FLOAT32_HALF = 0x3f000000
/** What float32's exponents are above float16's, in float32's bits. */
const REBIAS = 0x38000000 // (127 - 15) << 23

// Two views of one double, low word first: hosts are little-endian, as NDArray's data is.
const scratchWords = /* @__PURE__ */ new Int32Array(2)
const scratchDouble = /* @__PURE__ */ viewOf(Float64Array, scratchWords)
// And of one float32.
const scratchBits = /* @__PURE__ */ new Uint32Array(1)
const scratchFloat = /* @__PURE__ */ viewOf(Float32Array, scratchBits)

function viewOf<A>(Array: new (buffer: ArrayBufferLike) => A, { buffer }: ArrayBufferView): A {
  return new Array(buffer)
}

/** floor(log2(|value|)) of a double; -1023 for zero and subnormals, 1024 for infinities and NaN. */
export function binaryExponent(value: number): number {
  scratchDouble[0] = value
  return (((scratchWords[1] ?? 0) >>> 20) & 0x7ff) - 1023
}

/** 2^exponent, for exponents of normal doubles: -1022 to 1023. */
function powerOfTwo(exponent: number): number {
  scratchWords[0] = 0
  scratchWords[1] = (exponent + 1023) << 20
  return scratchDouble[0] ?? 0
}

/** The value of a code of up to 16 bits. Bits above the format's own count as its sign, as in ml_dtypes. */
export function decodeFloat(format: FloatFormat, code: number): number {
  const { exponentBits, mantissaBits, bias, special } = format
  const signBit = 1 << (exponentBits + mantissaBits)
  const magnitude = code & (signBit - 1)
  const exponent = magnitude >> mantissaBits
  const mantissa = magnitude & ((1 << mantissaBits) - 1)
  if (special === 'fnuz' && code === signBit) return NaN
  if (special === 'fn' && magnitude === signBit - 1) return NaN
  if (special === 'ieee' && exponent === (1 << exponentBits) - 1) {
    return mantissa !== 0 ? NaN : code >= signBit ? -Infinity : Infinity
  }
  const lead = exponent === 0 ? 0 : 1 << mantissaBits
  const absolute = (lead + mantissa) * 2 ** (Math.max(exponent, 1) - bias - mantissaBits)
  return code >= signBit ? -absolute : absolute
}

/** The code of the largest finite number. */
function largestCode({ exponentBits, mantissaBits, special }: FloatFormat): number {
  const signBit = 1 << (exponentBits + mantissaBits)
  if (special === 'ieee') return signBit - (1 << mantissaBits) - 1
  return special === 'fn' ? signBit - 2 : signBit - 1
}

/** The code of NaN; in a format without one, that of -0, as in ml_dtypes. */
function nanCode({ exponentBits, mantissaBits, special }: FloatFormat): number {
  const signBit = 1 << (exponentBits + mantissaBits)
  if (special === 'ieee') return signBit - (1 << (mantissaBits - 1))
  return special === 'fn' ? signBit - 1 : signBit
}

/** The code of a number too large: infinity, where there is none NaN, and where there is none the largest number. */
function overflowCode(format: FloatFormat, sign: number): number {
  if (format.special === 'fnuz') return nanCode(format)
  return sign | (format.special === 'finite' ? largestCode(format) : largestCode(format) + 1)
}

/** The code nearest to a double, ties to even, in a format of up to 16 bits. */
export function encodeFloat(format: FloatFormat, value: number): number {
  if (Number.isNaN(value)) return nanCode(format)
  const { exponentBits, mantissaBits, bias } = format
  const sign = value < 0 || Object.is(value, -0) ? 1 << (exponentBits + mantissaBits) : 0
  const exponent = Math.max(binaryExponent(value), 1 - bias)
  if (exponent > (1 << exponentBits) - 1 - bias) return overflowCode(format, sign)
  const steps = Math.abs(value) * powerOfTwo(mantissaBits - exponent) + ROUNDER - ROUNDER
  // A mantissa that rounds up to the next power of two carries into the exponent by itself.
  const code = steps + ((exponent + bias - 1) << mantissaBits)
  if (code > largestCode(format)) return overflowCode(format, sign)
  return code === 0 && format.special === 'fnuz' ? 0 : sign | code
}

let halfTable: Float32Array | undefined

/** The value of a float16's bits. */
export function halfToFloat(bits: number): number {
  return (halfTable ??= floatValues(FLOAT16))[bits] ?? 0
}

/**
 * The float16 nearest to a float32, ties to even: floatToHalf() for what needs no rounding to float32, and a lot faster.
 * Fabian Giesen: float_to_half_fast3_rtne.
 */
export function float32ToHalf(value: number): number {
  scratchFloat[0] = value
  const bits = scratchBits[0] as number
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude >= FLOAT32_65536) return magnitude > FLOAT32_INFINITY ? nanCode(FLOAT16) : sign | 0x7c00
  if (magnitude < FLOAT32_LEAST_NORMAL_HALF) {
    // The sum's lowest bits are the subnormal's, rounded by the addition.
    scratchFloat[0] = Math.abs(value) + 0.5
    return sign | ((scratchBits[0] as number) - FLOAT32_HALF)
  }
  const odd = (magnitude >>> 13) & 1
  return sign | ((magnitude - REBIAS + 0xfff + odd) >>> 13)
}

/**
 * The float16 nearest to a double, ties to even; infinite from 65520 on. What a float32 does not hold becomes the one of its
 * two neighbours that is odd: that is no float16 and no tie of two, so that rounding it gives what rounding the double gives.
 */
export function floatToHalf(value: number): number {
  const float = Math.fround(value)
  if (float === value || Number.isNaN(value)) return float32ToHalf(float)
  scratchFloat[0] = float
  const bits = scratchBits[0] as number
  scratchBits[0] = (Math.abs(float) > Math.abs(value) ? bits - 1 : bits) | 1
  return float32ToHalf(scratchFloat[0])
}

/** The value of a bfloat16's bits. */
export function bfloat16ToFloat(bits: number): number {
  scratchBits[0] = bits << 16
  return scratchFloat[0] ?? 0
}

/** The bfloat16 nearest to the float32 nearest to a double: the two roundings of ml_dtypes. */
export function floatToBfloat16(value: number): number {
  if (Number.isNaN(value)) return nanCode(BFLOAT16)
  scratchFloat[0] = value
  const bits = scratchBits[0] ?? 0
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16
}

/** What tableOf() has made, and the same as floats. */
const tables = new Map<FloatFormat, { readonly bits: Int32Array; readonly values: Float32Array }>()

/** The value of every code, by the code: 65536 of them, or 256 of eight bits and fewer. NaNs are as numpy has them. */
export function floatValues(format: FloatFormat): Float32Array {
  return tableOf(format).values
}

/** The float32 of every code, as bits too. Made at the first use. */
function tableOf(format: FloatFormat): { readonly bits: Int32Array; readonly values: Float32Array } {
  const known = tables.get(format)
  if (known !== undefined) return known
  const bits = new Int32Array(1 + format.exponentBits + format.mantissaBits > 8 ? 1 << 16 : 1 << 8)
  for (let code = 0; code < bits.length; code++) bits[code] = float32Bits(format, code)
  const table = { bits, values: viewOf(Float32Array, bits) }
  tables.set(format, table)
  return table
}

/** What a code is as a float32: of a NaN the sign stays, and in float16 the payload, as numpy and ml_dtypes have it. */
function float32Bits(format: FloatFormat, code: number): number {
  if (format === BFLOAT16) return code << 16
  const value = decodeFloat(format, code)
  if (Number.isNaN(value)) {
    const negative = code >= 1 << (format.exponentBits + format.mantissaBits)
    const bits = format === FLOAT16 ? FLOAT32_INFINITY | ((code & 0x3ff) << 13) : CANONICAL_NAN
    return negative ? bits | 0x80000000 : bits
  }
  scratchFloat[0] = value
  return scratchBits[0] ?? 0
}

/**
 * Codes of one format as float32, bit for bit: NaNs keep their sign.
 * @param target where they go: as many as there are codes; by default an array that is made for them
 */
export function toFloat32Array(
  format: FloatFormat,
  codes: Uint16Array | Uint8Array,
  target: Float32Array<ArrayBuffer> = new Float32Array(codes.length),
): Float32Array<ArrayBuffer> {
  // As bits: a float that is read and written may lose a NaN's.
  const bits = new Int32Array(target.buffer, target.byteOffset, codes.length)
  if (format === BFLOAT16) widenBfloat16(codes, bits)
  else widenBy(tableOf(format).bits, codes, bits)
  return target
}

/** Eight at a time: the loop's own work and its checks are then small beside the rest. Half the time in V8. */
function widenBy(table: Int32Array, codes: Uint16Array | Uint8Array, bits: Int32Array): void {
  const eights = codes.length - (codes.length % 8)
  for (let i = 0; i < eights; i += 8) {
    bits[i] = table[codes[i] as number] as number
    bits[i + 1] = table[codes[i + 1] as number] as number
    bits[i + 2] = table[codes[i + 2] as number] as number
    bits[i + 3] = table[codes[i + 3] as number] as number
    bits[i + 4] = table[codes[i + 4] as number] as number
    bits[i + 5] = table[codes[i + 5] as number] as number
    bits[i + 6] = table[codes[i + 6] as number] as number
    bits[i + 7] = table[codes[i + 7] as number] as number
  }
  for (let i = eights; i < codes.length; i++) bits[i] = table[codes[i] as number] as number
}

/** bfloat16 bits are the upper half of a float32's. */
function widenBfloat16(codes: Uint16Array | Uint8Array, bits: Int32Array): void {
  const eights = codes.length - (codes.length % 8)
  for (let i = 0; i < eights; i += 8) {
    bits[i] = (codes[i] as number) << 16
    bits[i + 1] = (codes[i + 1] as number) << 16
    bits[i + 2] = (codes[i + 2] as number) << 16
    bits[i + 3] = (codes[i + 3] as number) << 16
    bits[i + 4] = (codes[i + 4] as number) << 16
    bits[i + 5] = (codes[i + 5] as number) << 16
    bits[i + 6] = (codes[i + 6] as number) << 16
    bits[i + 7] = (codes[i + 7] as number) << 16
  }
  for (let i = eights; i < codes.length; i++) bits[i] = (codes[i] as number) << 16
}

/** float16 bits as float32. */
export function halfToFloat32Array(codes: Uint16Array): Float32Array<ArrayBuffer> {
  return toFloat32Array(FLOAT16, codes)
}

/** bfloat16 bits as float32. */
export function bfloat16ToFloat32Array(codes: Uint16Array | Uint8Array): Float32Array<ArrayBuffer> {
  return toFloat32Array(BFLOAT16, codes)
}
