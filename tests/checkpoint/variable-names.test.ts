/**
 * Readable names of object-based checkpoints, beside their keys.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested } from '../../src/tensor/convert'
import { ndarray, type NDArray } from '../../src/tensor/ndarray'
import { DataLossError, NotFoundError } from '../../src/util/errors'
import { message } from '../hostile/crafted'

const FOLDER = new URL('../golden/object-based/', import.meta.url)
const GRAPH = '_CHECKPOINTABLE_OBJECT_GRAPH'
const VALUES = JSON.parse(readFileSync(new URL('values.json', FOLDER), 'utf8')) as Record<
  string,
  Record<string, unknown>
>

/** TensorFlow's file. */
function golden(name: string): MemoryFileSystem {
  const fs = new MemoryFileSystem()
  for (const ending of ['.index', '.data-00000-of-00001']) {
    fs.files.set(name + ending, new Uint8Array(readFileSync(new URL(name + ending, FOLDER))))
  }
  return fs
}

/** A checkpoint of these tensors and a graph that names keys so; or of these bytes in place of a graph. */
async function withGraph(
  tensors: Readonly<Record<string, NDArray>>,
  names: readonly (readonly [name: string, key: string])[] | Uint8Array,
): Promise<MemoryFileSystem> {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  const graph =
    names instanceof Uint8Array
      ? names
      : message(...names.map(([name, key]) => [1, message([2, message([2, bytes(name)], [3, bytes(key)])])] as const))
  const fs = new MemoryFileSystem()
  const writer = await TensorBundleWriter.create('m', { fs })
  for (const [key, value] of Object.entries(tensors)) await writer.add(key, value)
  await writer.add(GRAPH, ndarray('string', [], [graph]))
  await writer.finish()
  return fs
}

/** JSON has no bigint. */
function asNumbers(nested: unknown): unknown {
  if (Array.isArray(nested)) return nested.map(asNumbers)
  return typeof nested === 'bigint' ? Number(nested) : nested
}

describe('variableNames()', () => {
  test.each(Object.keys(VALUES))(
    'of TensorFlow’s %s: every variable by its name, slot variables too',
    async (prefix) => {
      await using reader = await CheckpointReader.open(prefix, { fs: golden(prefix) })
      const names = reader.variableNames()
      const values = VALUES[prefix] ?? {}
      expect([...names.keys()].sort()).toEqual(Object.keys(values).sort())
      expect([...names.values()]).toEqual([...reader.getVariableToShapeMap().keys()].filter((key) => key !== GRAPH))
      for (const [name, key] of names) {
        expect([reader.hasTensor(name), reader.hasTensor(key)]).toEqual([true, true])
        const value = await reader.getTensor(name)
        expect(value).toEqual(await reader.getTensor(key))
        expect(asNumbers(toNested(value))).toEqual(values[name])
      }
    },
  )

  test('of TensorFlow’s model-1 has the optimizer’s slots', async () => {
    await using reader = await CheckpointReader.open('model-1', { fs: golden('model-1') })
    expect(reader.variableNames().get('dense/kernel/Adam_1')).toBe(
      'first/kernel/.OPTIMIZER_SLOT/optimizer/v/.ATTRIBUTES/VARIABLE_VALUE',
    )
    expect(reader.getVariableToShapeMap().has('dense/kernel')).toBe(false)
    expect((await reader.getSlice('dense/kernel', [[1, 1], undefined])).shape).toEqual([1, 2])
    const target = ndarray('float32', [3, 2], new Float32Array(6))
    expect(await reader.readTensor('dense/kernel', target)).toEqual(await reader.getTensor('dense/kernel', 'float32'))
  })

  test('of a checkpoint by names are its keys', async () => {
    const fs = new MemoryFileSystem()
    const writer = await TensorBundleWriter.create('m', { fs })
    for (const key of ['b', 'a/w']) await writer.add(key, array([1]))
    await writer.finish()
    await using reader = await CheckpointReader.open('m', { fs })
    expect([...reader.variableNames()]).toEqual([
      ['a/w', 'a/w'],
      ['b', 'b'],
    ])
  })

  test('a key stays where there is no name, or several have it, or it is another’s key; of two names the first counts', async () => {
    const tensors = Object.fromEntries(
      ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', '__proto__'].map((key, i) => [key, array([i])]),
    )
    const fs = await withGraph({ ...tensors, ['__proto__']: array([6]) }, [
      ['same', 'k1'],
      ['same', 'k2'],
      ['', 'k3'],
      ['k1', 'k4'],
      ['first', 'k5'],
      ['second', 'k5'],
      ['constructor', '__proto__'],
      ['gone', 'not there'],
    ])
    await using reader = await CheckpointReader.open('m', { fs })
    expect([...reader.variableNames()].sort()).toEqual([
      ['constructor', '__proto__'],
      ['first', 'k5'],
      ['k1', 'k1'],
      ['k2', 'k2'],
      ['k3', 'k3'],
      ['k4', 'k4'],
      ['k6', 'k6'],
    ])
    expect(toNested(await reader.getTensor('k1'))).toEqual([0])
    expect(toNested(await reader.getTensor('first'))).toEqual([4])
    expect(toNested(await reader.getTensor('constructor'))).toEqual([6])
    for (const name of ['same', 'second', 'gone', '']) expect(reader.hasTensor(name), name).toBe(false)
  })

  test('a name that is missing is told of with the names that come nearest', async () => {
    await using reader = await CheckpointReader.open('model-1', { fs: golden('model-1') })
    const error: unknown = await reader.getTensor('dense/kernels').catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(NotFoundError)
    expect((error as Error).message).toMatch(/^Key dense\/kernels not found in checkpoint \(there is dense\/kernel/)
  })
})

describe('A graph of objects that is damaged', () => {
  test.each([
    ['no message', Uint8Array.of(0x0a, 9, 1)],
    ['bytes that changed', undefined],
  ])('keeps nobody from the keys: %s', async (_, graph) => {
    const fs = await withGraph({ k: array([1, 2]) }, graph ?? [['w', 'k']])
    const data = fs.files.get('m.data-00000-of-00001') as Uint8Array
    if (graph === undefined) data[data.length - 1] = 0
    await using reader = await CheckpointReader.open('m', { fs })
    expect([...reader.getVariableToShapeMap().keys()]).toEqual([GRAPH, 'k'])
    expect(reader.hasTensor('k')).toBe(true)
    expect(toNested(await reader.getTensor('k'))).toEqual([1, 2])
    expect(() => reader.variableNames()).toThrow(DataLossError)
    expect(() => reader.hasTensor('w')).toThrow(DataLossError)
    await expect(reader.getTensor('w')).rejects.toBeInstanceOf(DataLossError)
  })

  test('an abort while opening is an abort', async () => {
    const fs = golden('model-1')
    const controller = new AbortController()
    const open = fs.open.bind(fs)
    fs.open = async (path, options) => {
      if (path.endsWith('-of-00001')) controller.abort(new Error('enough'))
      return open(path, options)
    }
    await expect(CheckpointReader.open('model-1', { fs, signal: controller.signal })).rejects.toThrow('enough')
  })
})
