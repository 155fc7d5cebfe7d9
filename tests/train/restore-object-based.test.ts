import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CheckpointReader, checkpointInternals } from '../../src/checkpoint/checkpoint-reader'
import { namesToKeys, readObjectGraph } from '../../src/checkpoint/object-graph'
import { MemoryFileSystem } from '../../src/fs/memory'
import { decodeObjectGraph } from '../../src/proto/object-graph'
import { array, toNested, zeros } from '../../src/tensor/convert'
import { ndarray } from '../../src/tensor/ndarray'
import { restoreByKeysOrNames } from '../../src/train/restore-object-based'
import { Saver } from '../../src/train/saver'
import { DataLossError, NotFoundError } from '../../src/util/errors'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { recorder } from '../helpers/state-files'
import { oracleTest } from '../oracle/cases'

const FOLDER = new URL('../golden/object-based/', import.meta.url)
const VALUES = JSON.parse(readFileSync(new URL('values.json', FOLDER), 'utf8')) as Record<
  string,
  Record<string, unknown>
>

/** TensorFlow's file, in memory under another prefix. */
function golden(name: string, prefix = name): MemoryFileSystem {
  const fs = new MemoryFileSystem()
  for (const ending of ['.index', '.data-00000-of-00001']) {
    fs.files.set(`${prefix}${ending}`, new Uint8Array(readFileSync(new URL(`${name}${ending}`, FOLDER))))
  }
  return fs
}

/** Variables of these names, with nothing in them. */
function storeOf(shapes: Readonly<Record<string, readonly number[]>>, useResource = true): VariableStore {
  const store = new VariableStore()
  for (const [name, shape] of Object.entries(shapes)) store.variable(zeros(shape), { name, useResource })
  return store
}

const KERNELS = { 'dense/kernel': [3, 2], 'dense/kernel/Adam': [3, 2], 'dense_1/bias/Adam_1': [4] }

describe('a checkpoint of tf.train.Checkpoint', () => {
  oracleTest<[string, number[], [string, string][]]>('restore-object-based', async ({ result }) => {
    const [prefix, values, warnings] = result
    const { logger, logs } = recorder()
    const store = storeOf({ a: [1] })
    const report = await new Saver(store, { fs: golden('simple-1', prefix), logger }).restore(prefix)
    expect([...store].map((v) => toNested(v.read()))).toEqual([values])
    expect(logs.filter(([level]) => level === 'WARNING')).toEqual(warnings)
    expect(report).toMatchObject({ restored: ['a'], missing: [], mismatched: [] })
  })

  oracleTest('restore-object-based-missing', async ({ error_class, error_message }) => {
    const store = storeOf({ b: [1] }, false)
    const restore = new Saver(store, { fs: golden('simple-1'), logger: {} }).restore('simple-1')
    const error = await restore.catch((caught: unknown) => caught as Error)
    expect(error).toBeInstanceOf(NotFoundError)
    expect([(error as Error).name, (error as Error).message]).toEqual([error_class, error_message])
    expect([...store].map((v) => toNested(v.read()))).toEqual([[0]])
  })

  test('gives slots of an optimizer by their names, too', async () => {
    const store = storeOf(KERNELS)
    await new Saver(store, { fs: golden('model-1'), logger: {} }).restore('model-1')
    for (const variable of store) {
      expect(toNested(variable.read()), variable.name).toEqual(VALUES['model-1']?.[variable.op.name])
    }
  })

  test('restores what is there where missing names are allowed, and reports by names', async () => {
    const store = storeOf({ ...KERNELS, other: [2] })
    const saver = new Saver(store, { fs: golden('model-1'), logger: {} })
    const report = await saver.restore('model-1', { ignoreMissing: true })
    expect([...report.restored].sort()).toEqual(Object.keys(KERNELS).sort())
    expect(report.missing).toEqual(['other'])
    expect(report.unused).toContain('global_step')
    expect(store.get('other')?.read().data).toEqual(Float32Array.of(0, 0))
  })

  test('refuses another shape, and names the variable by its key', async () => {
    const store = storeOf({ 'dense/kernel': [2, 3] })
    const saver = new Saver(store, { fs: golden('model-1'), logger: {} })
    await expect(saver.restore('model-1')).rejects.toThrow(/Assign requires shapes[^]*first\/kernel/)
    const report = await saver.restore('model-1', { ignoreMismatched: true })
    expect(report.mismatched.map(({ key }) => key)).toEqual(['dense/kernel'])
  })

  test('is restored by raw keys without a word', async () => {
    const store = new VariableStore()
    const kernel: Variable = store.variable(zeros([3, 2]), { name: 'k' })
    const { logger, logs } = recorder()
    await using reader = await CheckpointReader.open('model-1', { fs: golden('model-1') })
    const items = [{ key: 'first/kernel/.ATTRIBUTES/VARIABLE_VALUE', saveable: kernel }]
    await restoreByKeysOrNames(reader, items, { reshape: false, ignoreMissing: false, ignoreMismatched: false }, logger)
    expect(toNested(kernel.read())).toEqual(VALUES['model-1']?.['dense/kernel'])
    expect(logs).toEqual([])
  })

  test('takes raw keys beside names where missing ones may be left out', async () => {
    const store = storeOf({ k: [3, 2], other: [2], twice: [3, 2] })
    const [k, other, twice] = [...store] as [Variable, Variable, Variable]
    const rawKey = 'first/kernel/.ATTRIBUTES/VARIABLE_VALUE'
    const saver = new Saver({ [rawKey]: k, other }, { fs: golden('model-1'), logger: {} })
    const report = await saver.restore('model-1', { ignoreMissing: true })
    expect(report).toMatchObject({ restored: [rawKey], missing: ['other'] })
    expect(report.unused).not.toContain('dense/kernel')
    expect(toNested(k.read())).toEqual(VALUES['model-1']?.['dense/kernel'])
    // The name comes first.
    const both = new Saver({ [rawKey]: k, 'dense/kernel': twice }, { fs: golden('model-1'), logger: {} })
    const second = await both.restore('model-1', { ignoreMissing: true })
    expect(second).toMatchObject({ restored: ['dense/kernel'], missing: [rawKey] })
  })

  test('reshapes what it finds by name', async () => {
    const store = storeOf({ 'dense/kernel': [6], other: [1] })
    const saver = new Saver(store, { fs: golden('model-1'), logger: {}, reshape: true })
    await saver.restore('model-1', { ignoreMissing: true })
    const expected = VALUES['model-1']?.['dense/kernel'] as number[][]
    expect(toNested((store.get('dense/kernel') as Variable).read())).toEqual(expected.flat())
  })

  test('is refused where two names are for one tensor: one variable would keep its old value', async () => {
    const fs = new MemoryFileSystem()
    const field = (tag: number, bytes: readonly number[]): number[] => [tag, bytes.length, ...bytes]
    const text = (value: string): number[] => [...new TextEncoder().encode(value)]
    const attribute = (name: string): number[] => field(0x12, [...field(0x12, text(name)), ...field(0x1a, text('w'))])
    const graph = field(0x0a, [...attribute('a'), ...attribute('b')])
    const strings = ndarray('string', [], [Uint8Array.from(graph)])
    const written = new VariableStore()
    const items = { w: written.variable(array(5)), _CHECKPOINTABLE_OBJECT_GRAPH: written.variable(strings) }
    await new Saver(items, { fs }).save('m', { writeMetaGraph: false })
    const store = storeOf({ a: [], b: [] })
    const restore = new Saver(store, { fs, logger: {} }).restore('m')
    await expect(restore).rejects.toThrow(
      new DataLossError('The object graph gives the tensor w two names: a, b', { key: 'w' }),
    )
    expect([...store].map((v) => toNested(v.read()))).toEqual([0, 0])
    // One of them alone is found.
    await new Saver([store.get('b') as Variable], { fs, logger: {} }).restore('m')
    expect([...store].map((v) => toNested(v.read()))).toEqual([0, 5])
  })

  test('knows the key of each name', async () => {
    await using reader = await CheckpointReader.open('model-1', { fs: golden('model-1') })
    const graph = await readObjectGraph(checkpointInternals(reader).source)
    const keys = namesToKeys(graph ?? [])
    expect([...keys.keys()].sort()).toEqual(Object.keys(VALUES['model-1'] ?? {}).sort())
    for (const key of keys.values()) expect(reader.hasTensor(key), key).toBe(true)
  })
})

describe('the object graph', () => {
  test('is not in a checkpoint by names', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf({ a: [1] })
    await new Saver(store, { fs }).save('m', { writeMetaGraph: false })
    await using reader = await CheckpointReader.open('m', { fs })
    expect(await readObjectGraph(checkpointInternals(reader).source)).toBeUndefined()
  })

  test('is not taken for one where its key holds numbers', async () => {
    const fs = new MemoryFileSystem()
    const v = new VariableStore().variable(array([1]))
    await new Saver({ _CHECKPOINTABLE_OBJECT_GRAPH: v }, { fs }).save('m', { writeMetaGraph: false })
    await using reader = await CheckpointReader.open('m', { fs })
    expect(await readObjectGraph(checkpointInternals(reader).source)).toBeUndefined()
  })

  test('that is cut off is an error with the place', () => {
    expect(() => decodeObjectGraph(Uint8Array.of(0x0a, 5, 0x12), { key: 'k' })).toThrow(/Corrupted bytes.* byte 2/)
  })

  test('reads over fields that it does not know', () => {
    const bytes = Uint8Array.of(0x0a, 8, 0x12, 4, 0x12, 2, 0x76, 0x31, 0x28, 1, 0x50, 7)
    expect(decodeObjectGraph(bytes)).toEqual([{ fullName: 'v1', checkpointKey: '' }])
  })
})
