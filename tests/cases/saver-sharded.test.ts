/**
 * The cases of sharded Savers of format V2, and of those over the parts of partitioned variables.
 */
import { describe, expect } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { graphOf } from '../../src/graph/store-graph'
import { array } from '../../src/tensor/convert'
import { type Operation } from '../../src/graph/graph'
import { tensorFromProto } from '../../src/tensor/tensor-proto'
import { listVariables } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { type VarList } from '../../src/train/var-list'
import { type PartitionedVariable } from '../../src/variables/partitioned-variable'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, indexRows, ls } from '../helpers/bundle'
import { FaultFileSystem } from '../helpers/fault-fs'
import { oracleTest } from '../oracle/cases'

/** Two variables on two devices. */
function twoDevices(): { store: VariableStore; a: Variable; b: Variable } {
  const store = new VariableStore()
  const a = store.variable(array([1]), { name: 'a', device: '/cpu:0' })
  const b = store.variable(array([2]), { name: 'b', device: '/cpu:1' })
  return { store, a, b }
}

/** Four numbers in two parts. */
function twoParts(store: VariableStore, name: string): PartitionedVariable {
  return store.getPartitionedVariable(name, { shape: [4], initializer: array([0, 1, 2, 3]), numShards: 2 })
}

function textsOf(op: Operation | undefined): string[] {
  const { data } = tensorFromProto(op?.getAttr('value')?.tensor ?? {})
  return (data as readonly Uint8Array[]).map((bytes) => new TextDecoder().decode(bytes))
}

describe('shards', () => {
  oracleTest('v2-sharded-unspecified-device', async ({ result, files }) => {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    store.variable(array([1]), { name: 'a', device: '/cpu:0' })
    store.variable(array([2, 2]), { name: 'b' })
    expect(await new Saver(store, { fs, sharded: true }).save('m')).toBe('m')
    expect(await indexRows(fs, 'm')).toEqual(result)
    expect(ls(fs)).toEqual(files)
  })

  oracleTest('v2-sharded-device-order', ({ result }) => {
    const store = new VariableStore()
    const devices = ['/job:ps/task:2', '/job:ps/task:10', '/cpu:0', '', '/job:ps/task:0/gpu:1', '/job:ps/task:0/cpu:0']
    devices.forEach((device, i) => store.variable(array([1]), { name: `v${i}`, device }))
    const saver = new Saver(store, { sharded: true })
    expect(saver.asSaverDef().sharded).toBe(true)
    const ops = graphOf(store).getOperations()
    const saves = ops.filter(({ type }) => type === 'SaveV2')
    const merges = ops.filter(({ type }) => type === 'MergeV2Checkpoints')
    expect([
      ...saves.map(({ name, device, inputs }) => [name, device, textsOf(inputs[1]?.op)]),
      ...merges.map(({ name, device }) => [name, device]),
    ]).toEqual(result)
  })

  /** What the graph computes is what the Saver does. */
  oracleTest<readonly { hex: string }[]>('v2-sharded-names', async ({ result }) => {
    const [prefix, first, second, remote] = result.map(({ hex }) => Buffer.from(hex, 'hex').toString())
    const fs = new FaultFileSystem(new MemoryFileSystem())
    await fs.mkdir('some')
    await fs.mkdir('some/dir')
    await new Saver(twoDevices().store, { fs, sharded: true }).save('some/dir/m', { globalStep: 3 })
    const indexes = (): (string | undefined)[] =>
      fs.events.map((event) => /^rename \S+ (\S+)\.index$/.exec(event)?.[1]).filter((part) => part !== undefined)
    expect(indexes()).toEqual([first, second, 'some/dir/m-3'])
    expect(first?.startsWith(`${prefix}-`)).toBe(true)
    // A place without renaming has no directories either: the parts lie beside the checkpoint.
    fs.events.length = 0
    await fs.mkdir('s3:')
    await fs.mkdir('s3:/bucket')
    await new Saver(twoDevices().store, { fs, sharded: true }).save('s3://bucket/m')
    expect(indexes()).toEqual([`${remote}-00000-of-00002`, `${remote}-00001-of-00002`, 's3://bucket/m'])
    expect(await fs.list('s3://bucket')).toHaveLength(5)
  })

  oracleTest('v2-resave-fewer-shards-leaves-old-files', async ({ result, files }) => {
    const fs = new MemoryFileSystem()
    const { store, a, b } = twoDevices()
    await new Saver(store, { fs, sharded: true }).save('m')
    a.assign(array([5]))
    await new Saver(store, { fs }).save('m', { writeMetaGraph: false })
    expect(ls(fs)).toEqual(files)
    expect((await indexRows(fs, 'm'))[0]).toEqual(result)
    a.assign(array([0]))
    await new Saver([a, b], { fs }).restore('m')
    expect([...a.read().data, ...b.read().data]).toEqual([5, 2])
  })

  oracleTest<[string[], string[]]>('save-file-events-sharded', async ({ result }) => {
    const fs = new FaultFileSystem(new MemoryFileSystem())
    await new Saver(twoDevices().store, { fs, sharded: true }).save('m')
    const events = watched(fs.events)
    const isData = (event: string): boolean => event.includes('.data-')
    // The index is written under a temporary name, and gets its own after the data: docs/deviations.md.
    expect([events.filter((event) => !isData(event)), events.filter(isData).sort()]).toEqual(result)
  })

  oracleTest<number[][][]>('restore-sharded', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const { store, a, b } = twoDevices()
    const [sharded, plain] = [new Saver(store, { fs, sharded: true }), new Saver(store, { fs })]
    await sharded.save('sh')
    await plain.save('pl')
    const answers: number[][][] = []
    for (const [saver, path] of [
      [plain, 'sh'],
      [sharded, 'pl'],
    ] as const) {
      for (const variable of [a, b]) variable.assign(array([0]))
      await saver.restore(path)
      answers.push([a, b].map((variable) => [...(variable.read().data as Float32Array)]))
    }
    expect(answers).toEqual(result)
  })

  oracleTest('keep-delete-removes-shards', async ({ files }) => {
    const fs = new MemoryFileSystem()
    const saver = new Saver(twoDevices().store, { fs, sharded: true, maxToKeep: 1 })
    for (const globalStep of [1, 2]) await saver.save('m', { globalStep })
    expect(ls(fs)).toEqual(files)
  })
})

/** Events as inotify has them, of the working directory alone; a temporary index is its name's creation. */
function watched(events: readonly string[]): string[] {
  return events.flatMap((event) => {
    const words = event.split(' ').map((word) => word.replace(/\.tmp[0-9a-f]{32}/, '.tmp<32 hex>'))
    const [what, from = '', to = ''] = words
    if (what === 'mkdir') return [`create ${from}/`]
    if (what === 'removeDir') return [`delete ${from}/`]
    if (from.includes('.tempstate') && to === 'm.index') return [`create ${to}`]
    if (from.includes('.tempstate') || (from.includes('/') && !to)) return []
    if (what === 'create') return [`create ${from}`]
    if (what !== 'rename') return []
    return from.includes('/') ? [`rename-to ${to}`] : [`rename-from ${from}`, `rename-to ${to}`]
  })
}

describe('parts of partitioned variables', () => {
  oracleTest('names-partitioned-dict-and-list', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    const p = twoParts(store, 'p')
    const answers: unknown[] = []
    for (const varList of [{ k: p }, { k: [...p] }, [p], [...p], store]) {
      await new Saver(varList, { fs }).save('m')
      answers.push(await listVariables('m', { fs }))
    }
    expect(answers).toEqual(result)
  })

  oracleTest<[Record<string, unknown>[], ...[string, string][]]>('names-part-of-partition', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    const [p, q] = [[...twoParts(store, 'p')], [...twoParts(store, 'q')]]
    const [one, , , last] = [...p, ...q] as [Variable, Variable, Variable, Variable]
    const z = store.variable(array(1), { name: 'z' })
    await new Saver({ one }, { fs }).save('m')
    expect([
      (await indexRows(fs, 'm')).slice(1),
      await errorOf(() => new Saver({ k: [one, last] })),
      await errorOf(() => new Saver({ k: [z] })),
    ]).toEqual(result)
  })

  oracleTest<[string, ...[string, string][]]>('names-mixing-slices', async ({ result }) => {
    const store = new VariableStore()
    const p = twoParts(store, 'p')
    const v = store.variable(array(1), { name: 'p' })
    const lists: VarList[] = [
      [v, ...p],
      [...p, p],
    ]
    const errors = await Promise.all(lists.map((list) => errorOf(() => new Saver(list))))
    expect([v.op.name, ...errors]).toEqual(result)
  })
})
