/**
 * Any weight file by the ending of its name, and values compared by their bits.
 */
import { expect } from 'vitest'
import { parseNpy, readNpz, readPickle, readSafetensors } from '../../src/formats'
import { arraysEqual } from '../../src/tensor/convert'
import type { NDArray } from '../../src/tensor/ndarray'

/** What is in a file, by the ending of `name`; an npy's array has no name. */
export async function readWeights(name: string, bytes: Uint8Array): Promise<Map<string, NDArray>> {
  if (name.endsWith('.npy')) return new Map([['', parseNpy(bytes)]])
  if (name.endsWith('.npz')) return readNpz(bytes)
  return name.endsWith('.pickle') ? readPickle(bytes) : (await readSafetensors(bytes)).tensors
}

/** Names in order, dtypes, shapes and bits. */
export function expectSame(found: ReadonlyMap<string, NDArray>, expected: ReadonlyMap<string, NDArray>): void {
  expect([...found.keys()]).toEqual([...expected.keys()])
  for (const [name, value] of expected) {
    const other = found.get(name)
    expect(other).toMatchObject({ dtype: value.dtype, shape: value.shape })
    expect(other !== undefined && arraysEqual(other, value), name).toBe(true)
  }
}

/** The error of a promise that has to reject. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}
