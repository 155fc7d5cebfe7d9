/**
 * Where a restore reads values to: memory that is there, for as long as all-or-nothing allows it.
 */
import { describe, expect, test } from 'vitest'
import type { ReadableFileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array } from '../../src/tensor/convert'
import type { DType } from '../../src/tensor/dtype'
import { ndarray, type NDArray } from '../../src/tensor/ndarray'
import { Saver } from '../../src/train/saver'
import { isOpError } from '../../src/util/errors'
import { allocations } from '../../src/util/memory'
import type { Saveable } from '../../src/variables/saveable'
import type { Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'

const LARGE = 70_000

/** Small ones side by side, one that is read by itself, bytes that leave what is behind them misaligned, strings, nothing. */
const SHAPES: readonly (readonly [name: string, dtype: DType, length: number])[] = [
  ['a/0', 'float32', 1000],
  ['a/1', 'float32', 300],
  ['a/2', 'int64', 70],
  ['b/large', 'float32', LARGE],
  ['c/odd', 'uint8', 3],
  ['d/0', 'float64', 40],
  ['d/1', 'bfloat16', 50],
  ['e/empty', 'float32', 0],
  ['f/text', 'string', 2],
  ['g/0', 'complex64', 20],
]

function valueOf(dtype: DType, length: number, seed: number): NDArray {
  if (dtype === 'string') return array(Array.from({ length }, (_, i) => `text ${seed} ${i}`))
  const numbers = Array.from({ length }, (_, i) => (i * 7 + seed) % 100)
  return array(dtype === 'int64' ? numbers.map(BigInt) : numbers, dtype)
}

/** Every variable in an array of its own, that it may be read into. */
function storeOf(seed: number, version: 'V1' | 'V2' = 'V2'): VariableStore {
  const store = new VariableStore()
  for (const [name, dtype, length] of SHAPES) {
    // V1 has no place for it.
    if (version === 'V1' && dtype === 'bfloat16') continue
    store.getVariable(name, { shape: [length], dtype }).assign(valueOf(dtype, length, seed) as never)
  }
  return store
}

function arraysOf(store: VariableStore): unknown[] {
  return [...store].map((variable) => variable.read().data)
}

/** To be compared: large arrays of numbers take long. */
function valuesOf(store: VariableStore): string[] {
  return [...store].map((variable) => textOf(variable.read().data))
}

function textOf(data: NDArray['data']): string {
  const pieces = ArrayBuffer.isView(data) ? [data] : data
  const texts = pieces.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength).toString('latin1'),
  )
  return texts.join(' ')
}

/** Checkpoints m-1 and m-2, of other values each. */
async function twoCheckpoints(writeVersion: 'V1' | 'V2' = 'V2'): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  const logger = { warn: () => undefined }
  for (const step of [1, 2]) {
    const saver = new Saver(storeOf(step, writeVersion), { fs, writeVersion, logger })
    await saver.save('m', { globalStep: step, writeMetaGraph: false })
  }
  return fs
}

/** Notes where bytes are read to, and may damage them. */
function watching(fs: MemoryFileSystem, change: (bytes: Uint8Array, at: number) => void = () => undefined) {
  const targets: Uint8Array[] = []
  const watched: ReadableFileSystem = {
    exists: (path) => fs.exists(path),
    async open(path) {
      const file = await fs.open(path)
      if (!path.includes('.data-')) return file
      return {
        size: file.size,
        read: (offset, length) => file.read(offset, length),
        async readInto(offset, target) {
          targets.push(target)
          target.set(await file.read(offset, target.length))
          change(target, offset)
        },
        close: () => file.close(),
      }
    },
  }
  return { fs: watched, targets }
}

const quiet = { info: () => undefined }

describe.each(['V2', 'V1'] as const)('Of format %s', (version) => {
  test.each([true, false])('restores that follow one another give the values, rollback: %s', async (rollback) => {
    const fs = await twoCheckpoints(version)
    const store = storeOf(9, version)
    const saver = new Saver(store, { fs, logger: quiet })
    for (const step of [1, 2, 1, 1, 2]) {
      await saver.restore(`m-${step}`, { rollback })
      expect(valuesOf(store)).toEqual(valuesOf(storeOf(step, version)))
    }
  })
})

test.each([true, false])(
  'parts that are cut otherwise than in the file, again and again, rollback: %s',
  async (rollback) => {
    const fs = new MemoryFileSystem()
    const cut = (numShards: number, seed: number): VariableStore => {
      const store = new VariableStore()
      const initializer = (shape: readonly number[]) => filledWith(shape, seed)
      store.getPartitionedVariable('p', { shape: [12, 5], numShards, initializer })
      store.getVariable('q', { initializer: filledWith([7], seed) })
      return store
    }
    for (const step of [1, 2]) {
      const logger = { warn: () => undefined }
      await new Saver(cut(3, step), { fs, logger }).save('m', { globalStep: step, writeMetaGraph: false })
    }
    for (const numShards of [1, 2, 3, 4]) {
      const store = cut(numShards, 9)
      const saver = new Saver(store, { fs, logger: quiet })
      for (const step of [1, 2, 2, 1]) {
        await saver.restore(`m-${step}`, { rollback })
        expect([...store].flatMap((variable) => [...(variable.read().data as Float32Array)])).toEqual(
          new Array(67).fill(step),
        )
      }
    }
  },
)

function filledWith(shape: readonly number[], seed: number): NDArray<'float32'> {
  const count = shape.reduce((product, size) => product * size, 1)
  return ndarray('float32', shape, new Float32Array(count).fill(seed))
}

describe('With rollback', () => {
  test('what the variables had is the memory of the next restore: no buffer is made for values any more', async () => {
    const fs = await twoCheckpoints()
    const store = storeOf(9)
    const saver = new Saver(store, { fs, logger: quiet })
    await saver.restore('m-1')
    const before = arraysOf(store)
    const made: number[] = []
    for (const step of [2, 1, 2, 1]) {
      allocations.bytes = 0
      await saver.restore(`m-${step}`)
      made.push(allocations.bytes)
    }
    // Two arrays a variable, in turns; strings and what is empty have none.
    const after = arraysOf(store)
    const same = after.filter((data, i) => data === before[i])
    expect(same.length).toBe(SHAPES.length - 1)
    // A slab for what does not lie in memory as in the file, and the blocks of the index.
    for (const bytes of made) expect(bytes).toBeLessThan(4 * LARGE)
  })

  test('small neighbours are read straight into the variables once a restore has laid them out', async () => {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    for (let i = 0; i < 50; i++) store.getVariable(`v/${i}`, { shape: [100] }).assign(new Float32Array(100).fill(i))
    const saver = new Saver(store, { fs, logger: quiet })
    await saver.save('m', { writeMetaGraph: false })
    const { fs: watched, targets } = watching(fs)
    const buffers = new Set<unknown>()
    for (let i = 0; i < 5; i++) {
      await saver.restore('m', { fs: watched })
      for (const variable of store) buffers.add((variable.read().data as Float32Array).buffer)
    }
    expect(targets.length).toBe(5)
    const last = store.get('v/0')?.read().data as Float32Array
    expect(targets.filter(({ buffer }) => buffer === last.buffer).length).toBe(3)
    // One slab of the first restore; the arrays that were there before; in turns.
    expect(buffers.size).toBeLessThanOrEqual(51)
    expect([...store].map((variable) => variable.read().data[7])).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })

  test('small ones far from one another do not keep what lies between them', async () => {
    const fs = new MemoryFileSystem()
    const all = new VariableStore()
    for (let i = 0; i < 40; i++) {
      all.getVariable(`v/${i + 10}/a`, { shape: [10] }).assign(new Float32Array(10).fill(i))
      all.getVariable(`v/${i + 10}/between`, { shape: [3000] }).assign(new Float32Array(3000))
    }
    await new Saver(all, { fs, logger: quiet }).save('m', { writeMetaGraph: false })
    const few = new VariableStore()
    for (let i = 0; i < 40; i++) few.getVariable(`v/${i + 10}/a`, { shape: [10] })
    await new Saver(few, { fs, logger: quiet }).restore('m')
    const buffers = new Set([...few].map((variable) => (variable.read().data as Float32Array).buffer))
    expect([...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(40 * 40)
    expect([...few].map((variable) => variable.read().data[9])).toEqual(Array.from({ length: 40 }, (_, i) => i))
  })

  test('a damaged byte leaves every value as it was, also of a restore that uses memory again', async () => {
    const fs = await twoCheckpoints()
    const store = storeOf(9)
    const saver = new Saver(store, { fs, logger: quiet })
    await saver.restore('m-1')
    await saver.restore('m-2')
    for (const place of [10, 4000 + 1200 + 560 + 200_000, 4000 + 1200 + 560 + 4 * LARGE + 20]) {
      const damaged = watching(fs, (bytes, at) => {
        if (at <= place && place < at + bytes.length) (bytes[place - at] as number)++
      })
      const restoring = saver.restore('m-1', { fs: damaged.fs })
      await expect(restoring).rejects.toSatisfy((error) => isOpError(error, 'DATA_LOSS'))
      expect(valuesOf(store)).toEqual(valuesOf(storeOf(2)))
    }
    await saver.restore('m-1')
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(1)))
  })

  test('the value that a save holds is not written to', async () => {
    const fs = await twoCheckpoints()
    const store = storeOf(9)
    const restorer = new Saver(store, { fs, logger: quiet })
    await restorer.restore('m-1')
    await restorer.restore('m-2')
    const saving = new Saver(store, { fs, logger: quiet }).save('held', { writeMetaGraph: false })
    await Promise.all([saving, restorer.restore('m-1'), restorer.restore('m-1'), restorer.restore('m-1')])
    const other = storeOf(0)
    await new Saver(other, { fs, logger: quiet }).restore('held')
    expect(valuesOf(other)).toEqual(valuesOf(storeOf(2)))
  })

  test('memory is not kept where that is not wanted, and can be let go of', async () => {
    const fs = await twoCheckpoints()
    const store = storeOf(9)
    const saver = new Saver(store, { fs, logger: quiet })
    const bytesOf = async (restoring: () => Promise<unknown>): Promise<number> => {
      allocations.bytes = 0
      await restoring()
      return allocations.bytes
    }
    const [fresh, warm] = [4 * LARGE, 4 * LARGE - 1]
    expect(await bytesOf(() => saver.restore('m-1'))).toBeGreaterThan(fresh)
    expect(await bytesOf(() => saver.restore('m-2', { keepStaging: false }))).toBeLessThan(warm)
    expect(await bytesOf(() => saver.restore('m-2'))).toBeGreaterThan(fresh)
    expect(await bytesOf(() => saver.restore('m-2'))).toBeLessThan(warm)
    saver.releaseStaging()
    expect(await bytesOf(() => saver.restore('m-2'))).toBeGreaterThan(fresh)
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(2)))
  })

  test('an assignment and another Saver in between change nothing about it', async () => {
    const fs = await twoCheckpoints()
    const store = storeOf(9)
    const [one, two] = [new Saver(store, { fs, logger: quiet }), new Saver(store, { fs, logger: quiet })]
    for (const saver of [one, two, one, one, two]) {
      await saver.restore('m-1')
      expect(valuesOf(store)).toEqual(valuesOf(storeOf(1)))
      for (const variable of store) variable.assign(zerosLike(variable) as never)
      await Promise.all([one.restore('m-2'), two.restore('m-2')])
      expect(valuesOf(store)).toEqual(valuesOf(storeOf(2)))
    }
  })
})

function zerosLike({ dtype, shape }: Variable): NDArray {
  return dtype === 'string' ? array(['', '']) : valueOf(dtype, shape[0] ?? 0, 0)
}

describe('Without rollback', () => {
  test('values are read into the arrays that the variables have', async () => {
    const fs = await twoCheckpoints()
    const store = storeOf(9)
    const before = arraysOf(store)
    const { fs: watched, targets } = watching(fs)
    await new Saver(store, { fs, logger: quiet }).restore('m-1', { fs: watched, rollback: false })
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(1)))
    const strings = SHAPES.findIndex(([, dtype]) => dtype === 'string')
    arraysOf(store).forEach((data, i) => i !== strings && expect(data).toBe(before[i]))
    const large = before[3] as Float32Array
    expect(targets.some(({ buffer }) => buffer === large.buffer)).toBe(true)
  })

  test('arrays of one slab that lie in it otherwise than the tensors in the file are not read into as one', async () => {
    const fs = new MemoryFileSystem()
    const saved = new VariableStore()
    const names = ['a', 'b', 'c']
    for (const [i, name] of names.entries()) saved.getVariable(name, { shape: [4] }).assign(new Float32Array(4).fill(i))
    await new Saver(saved, { fs, logger: quiet }).save('m', { writeMetaGraph: false })
    const store = new VariableStore()
    const variables = names.map((name) => store.getVariable(name, { shape: [4] }))
    const under = (order: readonly string[]) => new Map(variables.map((variable, i) => [order[i] ?? '', variable]))
    for (const order of [names, ['c', 'b', 'a'], ['b', 'c', 'a'], names]) {
      await new Saver(under(order), { fs, logger: quiet }).restore('m', { rollback: false })
      expect(variables.map((variable) => [...variable.read().data])).toEqual(
        order.map((name) => new Array(4).fill(names.indexOf(name))),
      )
    }
  })

  test('what keys, dtypes, shapes and sizes tell is told before a byte is read, and loses nothing', async () => {
    const fs = await twoCheckpoints()
    const { fs: watched, targets } = watching(fs)
    const wrong: readonly ((store: VariableStore) => unknown)[] = [
      (store) => store.getVariable('a/missing', { shape: [1] }).assign(array([5])),
      (store) => store.variable(array([1, 2]), { name: 'z' }),
    ]
    for (const add of wrong) {
      const store = storeOf(9)
      add(store)
      const before = valuesOf(store)
      const restoring = new Saver(store, { fs: fs, logger: quiet }).restore('m-1', { fs: watched, rollback: false })
      await expect(restoring).rejects.toSatisfy((error) => isOpError(error, 'NOT_FOUND'))
      expect(valuesOf(store)).toEqual(before)
    }
    const cut = fs.files.get('m-2.data-00000-of-00001') ?? new Uint8Array()
    fs.files.set('m-2.data-00000-of-00001', cut.slice(0, -1))
    const store = storeOf(9)
    const restoring = new Saver(store, { fs, logger: quiet }).restore('m-2', { fs: watched, rollback: false })
    await expect(restoring).rejects.toSatisfy((error) => isOpError(error, 'OUT_OF_RANGE'))
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(9)))
    expect(targets).toEqual([])
  })

  test('a damaged byte leaves its variable uninitialized; the error says what became of the others', async () => {
    const fs = await twoCheckpoints()
    const store = storeOf(9)
    const inLarge = 4000 + 1200 + 560 + 200_000
    const damaged = watching(fs, (bytes, at) => {
      if (at <= inLarge && inLarge < at + bytes.length) (bytes[inLarge - at] as number)++
    })
    const saver = new Saver(store, { fs, logger: quiet })
    const restoring = saver.restore('m-1', { fs: damaged.fs, rollback: false })
    await expect(restoring).rejects.toThrow(
      /Checksum does not match.*\(3 values were restored, \d variables are uninit/,
    )
    expect(() => store.get('b/large')?.read()).toThrow('Attempting to use uninitialized value b/large')
    // What was read before it has its new value; the rest is as it was, or says that it is not initialized.
    const [first, last] = [storeOf(1), storeOf(9)]
    for (const [at, variable] of [...store].entries()) {
      if (!variable.initialized) continue
      const expected = [...(at < 3 ? first : last)][at]?.read().data
      expect(variable.read().data).toEqual(expected)
    }
    await saver.restore('m-1', { rollback: false })
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(1)))
  })

  test('who reads or saves a variable while it is being read into is told, and does not get half of it', async () => {
    const fs = await twoCheckpoints()
    const store = storeOf(9)
    const large = store.get('b/large')
    const seen: unknown[] = []
    const other = new Saver(store, { fs, logger: quiet })
    const { fs: watched } = watching(fs, () => {
      seen.push(large?.initialized)
      other.save('torn', { writeMetaGraph: false }).catch((error: Error) => seen.push(error.message))
    })
    await new Saver(store, { fs, logger: quiet }).restore('m-1', { fs: watched, rollback: false })
    await other.restore('m-1')
    expect(seen).toContain(false)
    expect(seen.some((one) => String(one).includes('Attempting to use uninitialized value'))).toBe(true)
    expect(fs.files.has('torn.index')).toBe(false)
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(1)))
  })

  test('a Saveable of the caller’s own gets its value as soon as that is there', async () => {
    const fs = await twoCheckpoints()
    const taken: NDArray[] = []
    const own: Saveable<'float32'> = {
      dtype: 'float32',
      shape: [300],
      read: () => ndarray('float32', [300], new Float32Array(300)),
      assign: (value) => Promise.resolve(void taken.push(value)),
    }
    await new Saver({ 'a/1': own }, { fs, logger: quiet }).restore('m-1', { rollback: false })
    expect(taken).toEqual([ndarray('float32', [300], storeOf(1).get('a/1')?.read().data as Float32Array)])
  })
})
