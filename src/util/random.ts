/**
 * Random names for temporary files: hard to meet twice, not secret.
 */

/** A random source: fills the array and gives it back, as crypto.getRandomValues. */
export type RandomSource = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array

/** The platform's generator, and Math.random where there is none (an insecure context of an old browser). */
export function randomBytes(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  const crypto: Crypto | undefined = globalThis.crypto
  if (crypto !== undefined) return crypto.getRandomValues(bytes)
  return bytes.map(() => Math.floor(Math.random() * 256))
}

/** 32 hexadecimal digits, as uuid4().hex in Python. */
export function randomHex32(random: RandomSource = randomBytes): string {
  const bytes = random(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A number below 2^64. */
export function randomUint64(random: RandomSource = randomBytes): bigint {
  return BigInt(`0x${randomHex32(random).slice(0, 16)}`)
}
