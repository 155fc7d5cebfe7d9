import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  encodeNpy,
  encodeNpz,
  encodePickle,
  encodeSafetensors,
  readNpz,
  readPickle,
  readSafetensors,
  writeNpz,
  writePickle,
  writeSafetensors,
} from '../../src/node-formats'
import { MemoryFileSystem } from '../../src/fs/memory'
import type { NDArray } from '../../src/tensor/ndarray'
import { UnimplementedError } from '../../src/util/errors'
import { FORMATS_DIR, GOLDEN_WEIGHTS, goldenWeightFile, goldenWeights } from './golden'
import { errorOf, expectSame, readWeights } from './read'

const readable = GOLDEN_WEIGHTS.filter(({ refusal }) => refusal === undefined)
const refused = GOLDEN_WEIGHTS.filter(({ refusal }) => refusal !== undefined)
const sorted = (tensors: ReadonlyMap<string, NDArray>): Map<string, NDArray> => new Map([...tensors].sort())

describe('What Python wrote is read bit for bit', () => {
  test.each(readable.map((one) => [one.name, one] as const))('%s', async (name, { bytes, tensors }) => {
    const found = await readWeights(name, bytes)
    // The package gives them in an order of its own.
    if (name.endsWith('.safetensors')) expectSame(sorted(found), sorted(tensors))
    else expectSame(found, tensors)
  })

  test('there are files of every kind', () => {
    expect(readable.length).toBeGreaterThan(100)
    expect(refused.length).toBeGreaterThan(40)
  })

  test('at an offset where nothing is aligned', async () => {
    for (const { name, bytes, tensors } of readable) {
      const shifted = new Uint8Array(bytes.length + 1)
      shifted.set(bytes, 1)
      expectSame(sorted(await readWeights(name, shifted.subarray(1))), sorted(tensors))
    }
  })

  test('from the disk', async () => {
    expectSame(await readNpz(`${FORMATS_DIR}/every.npz`), goldenWeights('every.npz').tensors)
    expectSame(await readPickle(`${FORMATS_DIR}/every.5.pickle`), goldenWeights('every.5.pickle').tensors)
    const { tensors } = await readSafetensors(`${FORMATS_DIR}/every.safetensors`)
    expectSame(sorted(tensors), sorted(goldenWeights('every.safetensors').tensors))
  })
})

describe('What no NDArray holds is refused by name, and nothing is executed', () => {
  test.each(refused.map((one) => [one.name, one] as const))('%s', async (name, { bytes, refusal = '' }) => {
    const error = await errorOf(readWeights(name, bytes))
    expect(error).toBeInstanceOf(UnimplementedError)
    expect((error as Error).message).toContain(refusal)
    expect(existsSync('executed')).toBe(false)
  })
})

describe('What Python wrote is written again byte for byte', () => {
  test.each(
    readable
      .filter(
        ({ name }) =>
          /^(\w+|version 1|of shape [^ ]*( \d+,?\]?)*)\.npy$/.test(name) && !/^(U|bfloat16|float8)/.test(name),
      )
      .map((one) => [one.name, one] as const),
  )('%s', (name, { bytes, tensors }) => {
    const value = tensors.get('') as NDArray
    if (name === 'version 2.npy' || name === 'version 3.npy') return
    expect(Buffer.compare(encodeNpy(value), bytes)).toBe(0)
  })

  test('every.npz', async () => {
    expect(await encodeNpz(goldenWeights('every.npz').tensors)).toEqual(goldenWeightFile('every.npz'))
  })

  test.each([2, 3, 4, 5] as const)('every.%d.pickle', async (protocol) => {
    const { tensors, bytes } = goldenWeights(`every.${protocol}.pickle`)
    expect(await encodePickle(tensors, { protocol })).toEqual(bytes)
  })

  test.each([2, 3, 4, 5] as const)('one.%d.pickle and none.%d.pickle', async (protocol) => {
    for (const name of ['one', 'none']) {
      const { tensors, bytes } = goldenWeights(`${name}.${protocol}.pickle`)
      expect(await encodePickle(tensors, { protocol })).toEqual(bytes)
    }
  })

  test('lone surrogate.pickle: bytes of a key that are no UTF-8, as Python has them', async () => {
    const { tensors, bytes } = goldenWeights('lone surrogate.pickle')
    expect(await encodePickle(tensors)).toEqual(bytes)
  })

  test('every.safetensors, whatever order the tensors come in', async () => {
    const { tensors } = goldenWeights('every.safetensors')
    expect(await encodeSafetensors([...tensors].reverse())).toEqual(goldenWeightFile('every.safetensors'))
    const one = goldenWeights('metadata.safetensors')
    expect(await encodeSafetensors(one.tensors, { metadata: { format: 'np' } })).toEqual(one.bytes)
  })

  test('into files, of a stream that uses its arrays again', async () => {
    async function* stream(name: string): AsyncGenerator<[string, NDArray]> {
      for (const [key, value] of goldenWeights(name).tensors) {
        const passed = { ...value, data: value.data.slice() } as NDArray
        yield [key, passed]
        if (ArrayBuffer.isView(passed.data)) new Uint8Array(passed.data.buffer).fill(1)
      }
    }
    const fs = new MemoryFileSystem()
    await writeNpz('m.npz', stream('every.npz'), { fs })
    await writePickle('m.pickle', stream('every.5.pickle'), { fs })
    await writePickle('one.pickle', stream('one.2.pickle'), { fs, protocol: 2 })
    await writeSafetensors('m.safetensors', stream('every.safetensors'), { fs })
    expect(fs.files.get('m.npz')).toEqual(goldenWeightFile('every.npz'))
    expect(fs.files.get('m.pickle')).toEqual(goldenWeightFile('every.5.pickle'))
    expect(fs.files.get('one.pickle')).toEqual(goldenWeights('one.2.pickle').bytes)
    expect(fs.files.get('m.safetensors')).toEqual(goldenWeightFile('every.safetensors'))
    expect([...fs.files.keys()].sort()).toEqual(['m.npz', 'm.pickle', 'm.safetensors', 'one.pickle'])
  })
})
