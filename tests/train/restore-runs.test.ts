/**
 * Restoring runs of small tensors into arrays that are there: the same as tensor by tensor, whatever is asked for, and whatever
 * is wrong.
 */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { registerFastPaths } from '../../src/checkpoint/fast-paths'
import { useSimdChecksums } from '../../src/checkpoint/simd-checksums'
import { type RandomAccessFile } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { decodeBundleEntry } from '../../src/proto/bundle-messages'
import { array } from '../../src/tensor/convert'
import type { DType } from '../../src/tensor/dtype'
import type { NDArray } from '../../src/tensor/ndarray'
import { inPlace, type RestoreMemory, RestoreStaging } from '../../src/train/restore-memory'
import { restoreValues } from '../../src/train/restore-values'
import { Saver } from '../../src/train/saver'
import { resolveVarList } from '../../src/train/var-list'
import type { RestoreReport } from '../../src/variables/restore-report'
import { VariableStore } from '../../src/variables/variable-store'
import { entriesOf, tableBytes } from '../helpers/bundle'
import { QuickFileSystem } from '../helpers/quick-fs'

beforeEach(() => useSimdChecksums())
afterEach(() => useSimdChecksums())

const DATA = 'm.data-00000-of-00001'
const RULES = { reshape: false, ignoreMissing: false, ignoreMismatched: false }

interface Spec {
  readonly name: string
  readonly dtype: DType
  readonly length: number
  /** In which its values differ from others. */
  readonly base?: number
}

/** 60 small ones of several dtypes, some of which leave the next misaligned; and a few that are none. */
function mixed(): Spec[] {
  const dtypes = ['float32', 'int64', 'uint8', 'bfloat16', 'float64', 'complex64'] as const
  const small = Array.from({ length: 60 }, (_, i) => ({
    name: `v/${100 + i}`,
    dtype: dtypes[Math.floor(i / 7) % dtypes.length] as DType,
    length: (i * 5) % 23,
  }))
  const others: Spec[] = [
    { name: 'v/120/text', dtype: 'string', length: 2 },
    { name: 'v/140/large', dtype: 'float32', length: 70_000 },
  ]
  return [...small, ...others]
}

function valueOf({ dtype, length, base = 0 }: Spec, seed: number): NDArray {
  if (dtype === 'string') return array(Array.from({ length }, (_, i) => `text ${seed} ${i}`))
  const numbers = Array.from({ length }, (_, i) => (i * 7 + seed + base) % 100)
  return array(dtype === 'int64' ? numbers.map(BigInt) : numbers, dtype)
}

/** Every variable in an array of its own; those that `has` says no to have none. */
function storeOf(specs: readonly Spec[], seed: number, has: (at: number) => boolean = () => true): VariableStore {
  const store = new VariableStore()
  for (const [at, spec] of specs.entries()) {
    const variable = store.getVariable(spec.name, { shape: [spec.length], dtype: spec.dtype })
    if (has(at)) variable.assign(valueOf(spec, seed) as never)
  }
  return store
}

function textOf({ data }: NDArray): string {
  const pieces = ArrayBuffer.isView(data) ? [data] : data
  return pieces.map((one) => Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString('hex')).join('/')
}

function valuesOf(store: VariableStore): string[] {
  return [...store].map((variable) => (variable.initialized ? textOf(variable.read()) : 'none'))
}

async function saved(specs: readonly Spec[], seed = 1): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  await new Saver(storeOf(specs, seed), { fs }).save('m', { writeMetaGraph: false, writeState: false })
  return fs
}

interface Outcome {
  readonly report?: RestoreReport
  readonly error?: string
}

/** Restores by the fast ways, or without them. */
async function restore(
  files: MemoryFileSystem,
  store: VariableStore,
  memory: RestoreMemory,
  fast: boolean,
  rules = RULES,
): Promise<Outcome> {
  if (!fast) registerFastPaths(undefined)
  const reader = await CheckpointReader.open('m', { fs: new QuickFileSystem(files) })
  try {
    return { report: await restoreValues(reader, resolveVarList(store), rules, memory) }
  } catch (error) {
    return { error: String(error) }
  } finally {
    await reader.close()
    useSimdChecksums()
  }
}

/** Changes a byte of the data for as long as `run` takes. */
async function withFault(files: MemoryFileSystem, at: number, run: () => Promise<void>): Promise<void> {
  const data = files.files.get(DATA) ?? new Uint8Array()
  const flip = (): void => void (data[at] = (data[at] as number) ^ 0x10)
  flip()
  await run()
  flip()
}

/** Calls `release` once, with the seventh read from where it was set on: four are under way at once. */
class ReleasingFileSystem extends QuickFileSystem {
  static release: (() => void) | undefined

  override async open(path: string, options?: { signal?: AbortSignal }): Promise<RandomAccessFile> {
    const file = await super.open(path, options)
    let reads = 0
    const readInto = async (offset: number, target: Uint8Array): Promise<void> => {
      await file.readInto?.(offset, target)
      if (++reads !== 7) return
      ReleasingFileSystem.release?.()
      ReleasingFileSystem.release = undefined
    }
    return { ...file, readInto }
  }
}

describe('Restoring runs of small tensors', () => {
  test('gives what restoring each by itself does, with rollback and without, whatever has an array already', async () => {
    const specs = mixed()
    const files = await saved(specs)
    await fc.assert(
      fc.asyncProperty(fc.func(fc.boolean()), fc.boolean(), async (has, rollback) => {
        const stores = [true, false].map((fast) => ({
          fast,
          store: storeOf(specs, 2, has),
          staging: new RestoreStaging(),
        }))
        for (let round = 0; round < 3; round++) {
          const outcomes: Outcome[] = []
          for (const { fast, store, staging } of stores) {
            const memory = rollback ? staging.begin() : inPlace()
            outcomes.push(await restore(files, store, memory, fast))
            expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 1)))
          }
          expect(outcomes[0]).toEqual(outcomes[1])
          expect(outcomes[0]?.report?.restored).toHaveLength(specs.length)
        }
      }),
      { numRuns: 15 },
    )
  })

  test('makes no array in place, and leaves the variables theirs', async () => {
    const specs = mixed().slice(0, 60)
    const store = storeOf(specs, 2)
    const before = [...store].map((variable) => variable.read().data)
    await restore(await saved(specs), store, inPlace(), true)
    expect([...store].every((variable, at) => variable.read().data === before[at])).toBe(true)
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 1)))
  })

  test('of a part of the checkpoint, with others between, reads just that', async () => {
    const alike = Array.from({ length: 40 }, (_, i): Spec => ({
      name: `w/${100 + i}`,
      dtype: 'float32',
      length: 10,
      base: i,
    }))
    const specs = [...mixed(), ...alike]
    const files = await saved(specs)
    for (const keep of [(at: number) => at % 3 > 0, (at: number) => at > 30, (at: number) => at !== 20 && at !== 80]) {
      const some = specs.filter((_, at) => keep(at))
      const store = storeOf(some, 2)
      const { report } = await restore(files, store, inPlace(), true)
      expect(valuesOf(store)).toEqual(valuesOf(storeOf(some, 1)))
      const other = await restore(files, storeOf(some, 2), inPlace(), false)
      expect(report).toEqual(other.report)
    }
  })

  test('reads each byte once, in pieces of 1 MiB at most', async () => {
    const specs = Array.from({ length: 3000 }, (_, i): Spec => ({
      name: `v/${1000 + i}`,
      dtype: 'float32',
      length: 250,
    }))
    const fs = new QuickFileSystem(await saved(specs))
    const reader = await CheckpointReader.open('m', { fs })
    fs.ranges.length = 0
    await restoreValues(reader, resolveVarList(storeOf(specs, 2)), RULES, inPlace())
    await reader.close()
    expect(fs.ranges.map(({ length }) => length)).toEqual([1_048_000, 1_048_000, 904_000])
  })

  test('of many runs of tensors of several sizes and dtypes, gives each its own', async () => {
    const dtypes = ['float32', 'int32', 'float32', 'uint8', 'float64'] as const
    const specs = Array.from({ length: 2400 }, (_, i): Spec => ({
      name: `v/${1000 + i}`,
      dtype: dtypes[Math.floor(i / 150) % dtypes.length] as DType,
      // Of one size for a while, then of many.
      length: i % 800 < 500 ? 1000 : 900 + ((i * 37) % 600),
      base: i,
    }))
    const files = await saved(specs)
    const store = storeOf(specs, 2)
    for (const memory of [inPlace(), new RestoreStaging().begin()]) {
      for (const variable of store) (variable.read().data as Float32Array).fill(0)
      await restore(files, store, memory, true)
      expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 1)))
    }
  })

  test('says what is missing or does not fit before a byte of data is read', async () => {
    const specs = mixed()
    const files = await saved(specs)
    const changes: ((specs: Spec[]) => void)[] = [
      (all) => all.push({ name: 'w', dtype: 'float32', length: 1 }),
      (all) => void (all[7] = { ...(all[7] as Spec), dtype: 'float32' }),
      (all) => void (all[9] = { ...(all[9] as Spec), length: 99 }),
      (all) => void (all[59] = { ...(all[59] as Spec), name: 'v/15x' }),
    ]
    for (const change of changes) {
      const wanted = mixed()
      change(wanted)
      const fs = new QuickFileSystem(files)
      const store = storeOf(wanted, 2)
      const reader = await CheckpointReader.open('m', { fs })
      fs.ranges.length = 0
      await expect(restoreValues(reader, resolveVarList(store), RULES, inPlace())).rejects.toThrow('most likely due to')
      await reader.close()
      expect(fs.ranges).toEqual([])
      expect(valuesOf(store)).toEqual(valuesOf(storeOf(wanted, 2)))
      const lenient = { reshape: false, ignoreMissing: true, ignoreMismatched: true }
      const both = [storeOf(wanted, 2), storeOf(wanted, 2)] as const
      const outcome = await restore(files, both[0], inPlace(), true, lenient)
      expect(outcome).toEqual(await restore(files, both[1], inPlace(), false, lenient))
      expect(valuesOf(both[0])).toEqual(valuesOf(both[1]))
      expect(outcome.report?.restored.length).toBeGreaterThan(50)
    }
  })

  test('says of a part that its whole has another shape before a byte of data is read, though the part itself would fit', async () => {
    const files = await saved(mixed())
    const specs = mixed()
    const store = storeOf(specs, 2)
    const items = resolveVarList(store).map((item) =>
      // 15 elements are stored.
      item.key === 'v/103' ? { ...item, part: { fullShape: [30], slice: [[0, 15] as const] } } : item,
    )
    expect(items.find(({ key }) => key === 'v/103')?.saveable.shape).toEqual([15])
    const fs = new QuickFileSystem(files)
    const reader = await CheckpointReader.open('m', { fs })
    fs.ranges.length = 0
    for (const memory of [inPlace(), new RestoreStaging().begin()]) {
      await expect(restoreValues(reader, items, RULES, memory)).rejects.toThrow('shape in shape_and_slice spec [30]')
    }
    await reader.close()
    expect(fs.ranges).toEqual([])
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 2)))
  })

  test('of several checkpoints at once, again and again, gives each its own, and leaves who reads one alone', async () => {
    const specs = [20, 300, 90, 500].map((count, which) =>
      Array.from({ length: count }, (_, i): Spec => ({
        name: `${'n'.repeat(which + 1)}/${1000 + i}`,
        dtype: 'float32',
        length: 1 + ((i + which) % 7),
      })),
    )
    const jobs = await Promise.all(
      specs.map(async (some, which) => {
        const fs = new QuickFileSystem(await saved(some, 10 + which))
        const store = storeOf(some, 2)
        return { fs, some, which, store, saver: new Saver(store, { fs, logger: { info() {} } }) }
      }),
    )
    const readers = await Promise.all(jobs.map(({ fs }) => CheckpointReader.open('m', { fs })))
    for (let round = 0; round < 4; round++) {
      const rollback = round % 2 === 0
      for (const { store } of jobs)
        for (const variable of store) variable.assign(new Float32Array(variable.shape[0] ?? 0))
      await Promise.all(jobs.map(({ saver }) => saver.restore('m', { rollback })))
      for (const { some, which, store } of jobs) expect(valuesOf(store)).toEqual(valuesOf(storeOf(some, 10 + which)))
      for (const [which, reader] of readers.entries()) {
        const shapes = Object.fromEntries(jobs[which]?.some.map(({ name, length }) => [name, [length]]) ?? [])
        expect(Object.fromEntries(reader.getVariableToShapeMap())).toEqual(shapes)
        await reader.getTensor(jobs[which]?.some[round]?.name ?? '')
      }
    }
    for (const reader of readers) await reader.close()
  })

  test('of a checkpoint that has less than the one before, says what is missing', async () => {
    const specs = Array.from({ length: 60 }, (_, i): Spec => ({
      name: `v/${100 + i}`,
      dtype: 'float32',
      length: 9,
      base: i,
    }))
    const [all, less] = await Promise.all(
      [specs, specs.slice(0, 55)].map(async (some) => new QuickFileSystem(await saved(some))),
    )
    const store = storeOf(specs, 2)
    const savers = [all, less].map((fs) => new Saver(store, { ...(fs && { fs }), logger: { info() {} } }))
    for (const rollback of [true, false]) {
      for (let round = 0; round < 2; round++) await savers[0]?.restore('m', { rollback })
      expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 1)))
      await expect(savers[1]?.restore('m', { rollback })).rejects.toThrow('Key v/155 not found in checkpoint')
      for (const variable of store) variable.assign(new Float32Array(9))
      const report = await savers[1]?.restore('m', { rollback, ignoreMissing: true })
      expect(report?.missing).toEqual(specs.slice(55).map(({ name }) => name))
      const zeros = [...store].filter((variable) => (variable.read().data as Float32Array).every((one) => one === 0))
      expect(zeros.map(({ op }) => op.name)).toEqual(report?.missing)
    }
  })

  test('restores all where its staging is let go of when some runs are copied and others are not', async () => {
    const specs = Array.from({ length: 2500 }, (_, i): Spec => ({
      name: `v/${1000 + i}`,
      dtype: 'float32',
      length: 1000,
      base: i,
    }))
    const store = storeOf(specs, 2)
    const files = await saved(specs)
    const saver = new Saver(store, { fs: new ReleasingFileSystem(files), logger: { info() {} } })
    await saver.restore('m')
    for (const variable of store) variable.assign(new Float32Array(1000))
    ReleasingFileSystem.release = () => saver.releaseStaging()
    await saver.restore('m')
    expect(ReleasingFileSystem.release).toBeUndefined()
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 1)))
  })

  test('with rollback, of every byte that was changed says which tensor it is in, and assigns nothing', async () => {
    const specs = mixed().filter(({ length }) => length < 1000)
    const files = await saved(specs)
    const before = valuesOf(storeOf(specs, 2))
    for (let at = 0; at < (files.files.get(DATA)?.length ?? 0); at += 29) {
      await withFault(files, at, async () => {
        const [store, staging] = [storeOf(specs, 2), new RestoreStaging()]
        const slow = await restore(files, storeOf(specs, 2), staging.begin(), false)
        expect(slow.error).toMatch(/^DataLossError: .*hecksum/)
        // What a first restore leaves is there to be copied into.
        await restore(await saved(specs, 2), store, staging.begin(), true)
        expect(await restore(files, store, staging.begin(), true)).toEqual(slow)
        expect(valuesOf(store)).toEqual(before)
      })
    }
  })

  test('in place, says how many values are there and how many are lost', async () => {
    const specs = mixed()
    const files = await saved(specs)
    const [old, fresh] = [valuesOf(storeOf(specs, 2)), valuesOf(storeOf(specs, 1))]
    for (let at = 3; at < (files.files.get(DATA)?.length ?? 0); at += 4999) {
      await withFault(files, at, async () => {
        const store = storeOf(specs, 2)
        const { error } = await restore(files, store, inPlace(), true)
        const [, restored, lost] = /\((\d+) values were restored, (\d+) variables are uninit/.exec(error ?? '') ?? []
        const values = valuesOf(store)
        expect(values.filter((value) => value === 'none')).toHaveLength(Number(lost))
        for (const [i, value] of values.entries()) expect(['none', old[i], fresh[i]]).toContain(value)
        // Of what is empty, old and new are the same.
        const changed = values.filter((value, i) => value === fresh[i] && value !== old[i]).length
        const empty = specs.filter(({ length }) => length === 0).length
        expect(Number(restored)).toBeGreaterThanOrEqual(changed)
        expect(Number(restored)).toBeLessThanOrEqual(changed + empty)
      })
    }
  })

  test('of a file that is too short, or not there, says what is missing, and touches nothing', async () => {
    const specs = mixed()
    const files = await saved(specs)
    const data = files.files.get(DATA) ?? new Uint8Array()
    for (const change of [() => files.files.set(DATA, data.slice(0, 900)), () => files.files.delete(DATA)]) {
      change()
      const [store, slow] = [storeOf(specs, 2), storeOf(specs, 2)]
      const outcome = await restore(files, store, inPlace(), true)
      expect(outcome).toEqual(await restore(files, slow, inPlace(), false))
      expect(outcome.error).toMatch(/bytes are missing|No such file/)
      expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 2)))
    }
  })

  test('of a read that fails, reads each by itself', async () => {
    const specs = mixed()
    const fs = new QuickFileSystem(await saved(specs))
    const store = storeOf(specs, 2)
    const reader = await CheckpointReader.open('m', { fs })
    fs.failing = fs.ranges.length + 4
    await restoreValues(reader, resolveVarList(store), RULES, inPlace())
    await reader.close()
    expect(fs.ranges.length).toBeGreaterThan(fs.failing)
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 1)))
  })

  test('finds tensors that lie on the same bytes', async () => {
    // All hold the same, so that the checksum is right wherever one lies.
    const specs = Array.from({ length: 40 }, (_, i): Spec => ({ name: `v/${100 + i}`, dtype: 'float32', length: 10 }))
    const files = await saved(specs)
    const rows = await entriesOf(files, 'm.index')
    const offsets = rows.slice(1).map(([, value]) => decodeBundleEntry(value).offset)
    const last = rows.length - 1
    // The last is said to lie where the one before it does: its entry, with that one's offset.
    const value = (rows[last]?.[1] ?? new Uint8Array()).slice()
    const wanted = offsets[last - 2] as number
    const entry = decodeBundleEntry(value)
    const bytes = [...value]
    const varint = (number: number): number[] =>
      number < 128 ? [number] : [(number & 127) | 128, ...varint(number >> 7)]
    const find = varint(entry.offset)
    const at = bytes.findIndex((byte, i) => byte === 0x20 && find.every((one, j) => bytes[i + 1 + j] === one))
    bytes.splice(at + 1, find.length, ...varint(wanted))
    const changed = rows.map(
      ([key, old], i) => [key, i === last ? Uint8Array.from(bytes) : old] as [Uint8Array, Uint8Array],
    )
    files.files.set('m.index', tableBytes(changed))
    const outcome = await restore(files, storeOf(specs, 2), inPlace(), true)
    expect(outcome.error).toContain('lie on the same bytes')
  })

  test('stops where it is told to', async () => {
    // Small ones alone: nothing else would hear of it.
    const specs = mixed().slice(0, 60)
    const files = await saved(specs)
    const aborter = new AbortController()
    const reader = await CheckpointReader.open('m', { fs: new QuickFileSystem(files), signal: aborter.signal })
    const store = storeOf(specs, 2)
    const restoring = restoreValues(reader, resolveVarList(store), RULES, inPlace())
    aborter.abort(new Error('enough'))
    await expect(restoring).rejects.toThrow('enough')
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 2)))
    await reader.close()
  })

  test('leaves alone what is being saved, and writes the new value beside it', async () => {
    const specs = mixed().slice(0, 60)
    const [files, others] = [await saved(specs), new MemoryFileSystem()]
    const store = storeOf(specs, 2)
    const saving = new Saver(store, { fs: others }).save('m', { writeMetaGraph: false, writeState: false })
    await restore(files, store, inPlace(), true)
    await saving
    expect(valuesOf(store)).toEqual(valuesOf(storeOf(specs, 1)))
    const back = storeOf(specs, 3)
    await restore(others, back, inPlace(), true)
    expect(valuesOf(back)).toEqual(valuesOf(storeOf(specs, 2)))
  })

  test('gives two variables of one key the same value', async () => {
    const specs = mixed().slice(0, 60)
    const files = await saved(specs)
    const [store, twins] = [storeOf(specs, 2), storeOf(specs, 3)]
    const items = [...resolveVarList(store), ...resolveVarList(twins)].sort((a, b) => (a.key < b.key ? -1 : 1))
    const reader = await CheckpointReader.open('m', { fs: new QuickFileSystem(files) })
    await restoreValues(reader, items, RULES, inPlace())
    await reader.close()
    for (const one of [store, twins]) expect(valuesOf(one)).toEqual(valuesOf(storeOf(specs, 1)))
  })
})
