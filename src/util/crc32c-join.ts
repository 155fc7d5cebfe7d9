/**
 * Joins checksums: that of A followed by B from those of A and of B alone, so that pieces can be checked as they arrive, and
 * many small tensors by one checksum of all their bytes.
 *
 * The checksum of A moves by x^n, n the bits of B, modulo the polynomial, and the one of B is added. Numbers here are
 * polynomials of 32 coefficients, that of x^0 in the top bit, as CRC-32C has them.
 */

/** The polynomial but for x^32. */
const POLYNOMIAL = 0x82f63b78
/** 1, as a polynomial. */
const ONE = 1 << 31

/** Neighbours are often of one length: of many, four tables say what it makes of each byte of a checksum. */
let lastLength = 0
let lastPower = ONE
let repeats = 0
let tables: Int32Array | undefined
/** A table costs as much as so many multiplications. */
const MANY = 100
/** x^(8 · 2^k). */
const squares: number[] = []

/** The checksum of A followed by B, which has so many bytes. Unsigned. */
export function joinCrc32c(a: number, b: number, length: number): number {
  if (length !== lastLength) {
    lastPower = power(length)
    lastLength = length
    repeats = 0
    tables = undefined
  } else if (++repeats === MANY) tables = tablesOf(lastPower)
  return ((tables === undefined ? multiply(a, lastPower) : moved(a, tables)) ^ b) >>> 0
}

function moved(a: number, all: Int32Array): number {
  const of = (k: number, byte: number): number => all[(k << 8) | (byte & 255)] as number
  return of(0, a) ^ of(1, a >>> 8) ^ of(2, a >>> 16) ^ of(3, a >>> 24)
}

/** Table k is of the byte number k from below. */
function tablesOf(factor: number): Int32Array {
  return Int32Array.from({ length: 4 << 8 }, (_, at) => multiply((at & 255) << (8 * (at >>> 8)), factor))
}

/** x^(8 · bytes). */
function power(bytes: number): number {
  let product = ONE
  let rest = bytes
  for (let k = 0; rest >= 1; k++, rest = Math.floor(rest / 2)) {
    const before = squares[k - 1]
    const square = (squares[k] ??= before === undefined ? ONE >>> 8 : multiply(before, before))
    if (rest % 2 === 1) product = multiply(product, square)
  }
  return product
}

function multiply(a: number, b: number): number {
  let product = 0
  let shifted = b
  for (let rest = a | 0; rest !== 0; rest <<= 1) {
    if (rest < 0) product ^= shifted
    shifted = (shifted >>> 1) ^ (POLYNOMIAL & -(shifted & 1))
  }
  return product
}
