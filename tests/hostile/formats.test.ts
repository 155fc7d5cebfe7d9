/**
 * Weight files of Python's with one thing wrong: every length cut off, every bit flipped of small ones. What comes is a
 * typed error, never another one, and of an npz, which has checksums, else the right values.
 */
import { describe, expect, test } from 'vitest'
import { arraysEqual } from '../../src/tensor/convert'
import type { NDArray } from '../../src/tensor/ndarray'
import { encodeNpz } from '../../src/formats'
import { OpError } from '../../src/util/errors'
import { goldenWeights, goldenWeightFile } from '../formats/golden'
import { readWeights } from '../formats/read'

const SMALL = [
  'float32.npy',
  'version 2.npy',
  'U.npy',
  'one.2.pickle',
  'one.3.pickle',
  'one.4.pickle',
  'one.5.pickle',
  'scalars.5.pickle',
  'OrderedDict.2.pickle',
  'Python 2 OrderedDict.pickle',
  'metadata.safetensors',
]

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice()
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

/** Every bit of a small file; of a larger one a thousand or two, at all places within a byte. */
function bitsOf(bytes: Uint8Array): number[] {
  const step = Math.max(1, 4 * Math.floor(bytes.length / 500) + 1)
  return Array.from({ length: Math.floor((8 * bytes.length) / step) }, (_, i) => i * step)
}

/** The damaged files that give neither a typed error nor what `isRight` takes; with the error's stack. */
async function faults(
  name: string,
  files: Iterable<readonly [what: number, bytes: Uint8Array]>,
  isRight: (found: Map<string, NDArray>) => boolean,
): Promise<string[]> {
  const wrong: string[] = []
  for (const [what, bytes] of files) {
    const found = await readWeights(name, bytes).catch((error: unknown) => error)
    if (found instanceof OpError || (found instanceof Map && isRight(found as Map<string, NDArray>))) continue
    wrong.push(`${what}: ${found instanceof Error ? found.stack : 'other values'}`)
  }
  return wrong
}

function cuts(bytes: Uint8Array): [number, Uint8Array][] {
  return Array.from(bytes, (_, length) => [length, bytes.subarray(0, length)])
}

function flips(bytes: Uint8Array): [number, Uint8Array][] {
  return bitsOf(bytes).map((bit) => [bit, flipped(bytes, bit)])
}

describe.each(SMALL)('%s', (name) => {
  const { bytes } = goldenWeights(name)

  test('cut off anywhere, it is an error with a code', async () => {
    expect(await faults(name, cuts(bytes), () => false)).toEqual([])
  })

  test('with a byte behind it, it is an error with a code', async () => {
    const longer = new Uint8Array(bytes.length + 1)
    longer.set(bytes)
    expect(await faults(name, [[0, longer]], () => false)).toEqual([])
  })

  test('with a bit flipped, it is an error with a code, or some value', async () => {
    expect(await faults(name, flips(bytes), () => true)).toEqual([])
  }, 30_000)
})

describe.each(['stored', 'packed'])('an npz, %s', (how) => {
  const { tensors } = goldenWeights('scalars.5.pickle')
  const encoded = encodeNpz(tensors, { compress: how === 'packed' })
  const isSame = (found: ReadonlyMap<string, NDArray>): boolean =>
    found.size === tensors.size &&
    [...tensors].every(([name, value]) => found.has(name) && arraysEqual(value, found.get(name) as NDArray))

  test('cut off anywhere, it is an error with a code', async () => {
    expect(await faults('.npz', cuts(await encoded), () => false)).toEqual([])
  })

  test('with a bit flipped, it is an error with a code, or the right values', async () => {
    expect(await faults('.npz', flips(await encoded), isSame)).toEqual([])
  }, 30_000)
})

test("numpy's packed npz, with bits flipped here and there", async () => {
  const bytes = goldenWeightFile('packed.npz')
  const { tensors } = goldenWeights('packed.npz')
  const isSame = (found: ReadonlyMap<string, NDArray>): boolean =>
    [...tensors].every(([name, value]) => found.has(name) && arraysEqual(value, found.get(name) as NDArray))
  const files = Array.from({ length: 80 }, (_, i): [number, Uint8Array] => [i, flipped(bytes, 3 + i * 973)])
  expect(await faults('.npz', files, isSame)).toEqual([])
})
