import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeBundles } from '../../src/checkpoint/merge-bundles'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array } from '../../src/tensor/convert'
import { compareKeys } from '../../src/util/bytes'
import { errorOf, hex, ls, saveV2 } from '../helpers/bundle'
import { FaultFileSystem } from '../helpers/fault-fs'
import { indexOf, savePart, valuesIn } from '../helpers/parts'

/** Parts p0, p1, … of a checkpoint, in `t`. */
async function parts(...tensors: Parameters<typeof savePart>[2][]): Promise<{ fs: MemoryFileSystem; names: string[] }> {
  const fs = new MemoryFileSystem()
  const names = tensors.map((_, i) => `t/p${i}`)
  for (const [i, name] of names.entries()) await savePart(fs, name, tensors[i] ?? [])
  return { fs, names }
}

describe('mergeBundles()', { timeout: 30_000 }, () => {
  test('makes the directory of the checkpoint, one level', async () => {
    const { fs, names } = await parts([['x', '', 1]])
    await mergeBundles(names, 'a/m', { fs })
    expect(ls(fs)).toEqual(['a/m.data-00000-of-00001', 'a/m.index'])
    const two = await parts([['x', '', 1]])
    const error = await errorOf(mergeBundles(two.names, 'a/b/m', { fs: two.fs }))
    expect(error).toEqual(['NotFoundError', 'a/b; No such file or directory'])
  })

  test('keeps the directory of the checkpoint, whatever it is called', async () => {
    const { fs } = await parts([['x', '', 1]])
    await mergeBundles(['t/p0'], './t//m', { fs })
    expect(ls(fs)).toEqual(['t/m.data-00000-of-00001', 't/m.index'])
    await mergeBundles(['./t/m'], 't/n', { fs })
    expect(ls(fs)).toEqual(['t/n.data-00000-of-00001', 't/n.index'])
  })

  test('leaves the parts’ directories where that is asked for', async () => {
    const { fs, names } = await parts([['x', '', 1]])
    await mergeBundles(names, 'm', { fs, deleteOld: false })
    expect(ls(fs)).toEqual(['m.data-00000-of-00001', 'm.index'])
    expect(await fs.isDirectory('t')).toBe(true)
  })

  test('removes the directory of every part', async () => {
    const fs = new MemoryFileSystem()
    for (const dir of ['t', 'u']) await savePart(fs, `${dir}/p`, [[dir, '', 1]])
    await mergeBundles(['t/p', 'u/p'], 'm', { fs })
    expect([await fs.isDirectory('t'), await fs.isDirectory('u')]).toEqual([false, false])
  })

  test('takes parts that are in shards themselves', async () => {
    const { fs, names } = await parts(
      [['a', '', 1]],
      [['w', '4 0,2', [1, 2]]],
      [['w', '4 2,2', [3, 4]]],
      [['b', '', 5]],
    )
    await mergeBundles(names.slice(1, 3), 't/q', { fs })
    await mergeBundles(['t/p3', 't/q', 't/p0'], 'm', { fs })
    expect(ls(fs)).toEqual([...[0, 1, 2, 3].map((i) => `m.data-0000${i}-of-00004`), 'm.index'])
    const shards = (await indexOf(fs, 'm')).slice(1).map((row) => [row['key'] ?? 'slice', row['shard_id']])
    expect(shards).toEqual([
      ['slice', 1],
      ['slice', 2],
      ['a', 3],
      ['b', 0],
      ['w', 1],
    ])
    expect(await valuesIn(fs, 'm')).toEqual({ a: 1, b: 5, w: [1, 2, 3, 4] })
  })

  test('takes the files of a part without tensors along: TensorFlow counts them, and names the others as if they were not', async () => {
    const { fs, names } = await parts([['a', '', 1]], [], [['c', '', 3]])
    await mergeBundles(names, 'm', { fs })
    expect(ls(fs)).toEqual([...[0, 1, 2].map((i) => `m.data-0000${i}-of-00003`), 'm.index'])
    expect((await indexOf(fs, 'm'))[0]).toMatchObject({ value_hex: '08031a020801' })
    expect(await valuesIn(fs, 'm')).toEqual({ a: 1, c: 3 })
  })

  test('takes a part whose index a crash left aside', async () => {
    const { fs, names } = await parts([['a', '', 1]], [['b', '', 2]])
    for (const file of ['t/p1.index', 't/p1.data-00000-of-00001']) await fs.rename(file, `${file}.previous`)
    await mergeBundles(names, 'm', { fs })
    expect(await valuesIn(fs, 'm')).toEqual({ a: 1, b: 2 })
  })

  test('merges what several writers make at once into what one would have made, but for shards and offsets', async () => {
    const keys = fc.uniqueArray(fc.string({ minLength: 1, unit: 'binary', maxLength: 8 }), {
      minLength: 1,
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 4 }), async (unsorted, shards) => {
        const tensors = unsorted.sort(compareKeys).map((key, i) => [key, array([i, i + 0.5])] as const)
        const alone = new MemoryFileSystem()
        await saveV2(alone, 'm', tensors)
        const fs = new MemoryFileSystem()
        const names = Array.from({ length: shards }, (_, i) => `t/p${i}`)
        for (const [i, name] of names.entries()) {
          await saveV2(
            fs,
            name,
            tensors.filter((_, at) => at % shards === i),
          )
        }
        await mergeBundles(names, 'm', { fs })
        expect(await placeless(fs, shards)).toEqual(await placeless(alone, 1))
        expect(await valuesIn(fs, 'm')).toEqual(await valuesIn(alone, 'm'))
      }),
      { numRuns: 8 },
    )
  })

  test('keeps what nobody here knows in an entry, and no more than five digits of shards', async () => {
    const { fs } = await parts([['x', '', 1]])
    const many = Array.from({ length: 100_000 }, (_, i) => `t/p${i}`)
    const counting = new FaultFileSystem(fs)
    expect(await errorOf(mergeBundles(many, 'm', { fs: counting }))).toEqual([
      'InvalidArgumentError',
      'Cannot merge into 100000 shards: a checkpoint has 99999 at most',
    ])
    expect([counting.operations, counting.counts.opens]).toEqual([0, 0])
  })

  test('is durable in this order: index, names, and only then what is old goes', async () => {
    const { fs, names } = await parts([['x', '', 1]], [['y', '', 2]])
    const recording = new FaultFileSystem(fs)
    await mergeBundles(names, 'm', { fs: recording })
    const events = recording.events.map((event) =>
      event
        .replace(/\.tempstate\d+/, '.tempstate')
        .split(' ')
        .slice(0, 2),
    )
    expect(events.filter(([what]) => what !== 'append').map((event) => event.join(' '))).toEqual([
      'create m.index.tempstate',
      'sync m.index.tempstate',
      'close m.index.tempstate',
      'rename t/p0.data-00000-of-00001',
      'rename t/p1.data-00000-of-00001',
      'rename m.index.tempstate',
      'syncDir ',
      'remove t/p0.index',
      'remove t/p1.index',
      'removeDir t',
    ])
  })

  test('two merges into one prefix at once leave one of the two, whole', async () => {
    const fs = new MemoryFileSystem()
    for (const dir of ['t', 'u']) {
      for (const i of [0, 1]) await savePart(fs, `${dir}/p${i}`, [[`x${i}`, '', dir === 't' ? 1 : 2]])
    }
    await Promise.all(['t', 'u'].map((dir) => mergeBundles([`${dir}/p0`, `${dir}/p1`], 'm', { fs })))
    expect(await valuesIn(fs, 'm')).toEqual({ x0: 2, x1: 2 })
    expect(ls(fs)).toEqual(['m.data-00000-of-00002', 'm.data-00001-of-00002', 'm.index'])
  })
})

/** The index, without places and shards. */
async function placeless(fs: MemoryFileSystem, numShards: number): Promise<unknown[]> {
  const [header, ...rows] = await indexOf(fs, 'm')
  expect(header).toMatchObject({ header: { num_shards: numShards } })
  return rows.map(({ shard_id: _, offset: _offset, ...row }) => row)
}

describe('Hundreds of parts', { timeout: 30_000 }, () => {
  test('are merged with few files open at once, and every index read twice at most', async () => {
    const fs = new MemoryFileSystem()
    const names = Array.from({ length: 300 }, (_, i) => `t/p${i}`)
    for (const [i, name] of names.entries()) {
      const writer = await TensorBundleWriter.create(name, { fs, durable: false })
      for (let at = 0; at < 5; at++) await writer.add(`k${at}/${i}`, array([i]))
      await writer.addSlice('w', [300], [[i, 1]], array([i]))
      await writer.finish()
    }
    const indexes = names.reduce((sum, name) => sum + (fs.files.get(`${name}.index`)?.length ?? 0), 0)
    const counting = new FaultFileSystem(fs)
    let most = 0
    const open: MemoryFileSystem['open'] = async (...how) => {
      const file = await counting.open(...how)
      most = Math.max(most, counting.counts.openFiles)
      return file
    }
    const watched = new Proxy(counting, {
      get: (target, name) => {
        if (name === 'open') return open
        const value = Reflect.get(target, name, target) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    await mergeBundles(names, 'm', { fs: watched })
    expect(most).toBeLessThanOrEqual(16)
    expect(counting.counts.openFiles).toBe(0)
    expect(counting.counts.bytesRead).toBeLessThanOrEqual(2 * indexes)
    const reader = await TensorBundleReader.open('m', { fs })
    expect(reader.numShards).toBe(300)
    expect(hex(new Uint8Array((await reader.lookup('k3/299')).data as Float32Array))).toBe('2b')
    expect([...((await reader.lookup('w')).data as Float32Array)]).toEqual(Array.from({ length: 300 }, (_, i) => i))
    await reader.close()
  })
})
