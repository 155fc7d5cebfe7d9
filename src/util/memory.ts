/**
 * The one place where memory for tensors' bytes comes from: arrays, slabs, pieces, staging. A test counts it; scratch memory and
 * that of an index are not meant.
 */

/** What was made since the program began, or since a test set it to 0. */
export const allocations = { buffers: 0, bytes: 0 }

/** Zeros. @throws {RangeError} where the engine refuses */
export function newBuffer(bytes: number): ArrayBuffer {
  allocations.buffers++
  allocations.bytes += bytes
  return new ArrayBuffer(bytes)
}

/** The array, or one that is larger and begins with the same, where it holds less than `length` elements. */
export function roomFor<T extends Uint8Array | Uint32Array | Float64Array>(array: T, length: number): T {
  if (length <= array.length) return array
  const more = new (array.constructor as new (length: number) => T)(2 * length)
  more.set(array)
  return more
}
