/**
 * The cases of area saver-retention, with files.
 */
import { describe, expect } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array } from '../../src/tensor/convert'
import { getCheckpointState } from '../../src/train/checkpoint-state'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { PermissionDeniedError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, ls } from '../helpers/bundle'
import { oracleTest } from '../oracle/cases'

/** A working directory, one variable, a clock that stands at 1000. */
class Desk {
  readonly fs = new MemoryFileSystem()
  readonly store = new VariableStore()
  readonly logs: [level: string, message: string][] = []
  time = 1000

  constructor() {
    this.store.variable(array(1), { name: 'v' })
  }

  saver(options: SaverOptions = {}): Saver {
    const log = (level: string) => (message: string) => void this.logs.push([level, message])
    const logger = { info: log('INFO'), warn: log('WARNING'), error: log('ERROR') }
    return new Saver(this.store, { fs: this.fs, now: () => this.time, logger, ...options })
  }

  ls(): string[] {
    return ls(this.fs)
  }

  text(): string {
    return new TextDecoder().decode(this.fs.files.get('checkpoint'))
  }

  /** Saves at a time. */
  async saveAt(saver: Saver, time: number, globalStep: number): Promise<void> {
    this.time = time
    await saver.save('m', { globalStep, writeMetaGraph: false })
  }

  /** The steps whose index is there. */
  steps(): number[] {
    const indexes = this.ls().filter((file) => file.endsWith('.index'))
    return indexes.map((file) => Number(file.slice(2, -'.index'.length))).sort((a, b) => a - b)
  }
}

interface Expected {
  readonly result?: unknown
  readonly files?: readonly string[]
  readonly checkpoint_text?: string
}

/** Holds last checkpoints, files and state file against what TensorFlow left. */
function expectLeft(desk: Desk, saver: Saver, { result, files, checkpoint_text }: Expected): void {
  if (result !== undefined) expect(saver.lastCheckpoints).toEqual(result)
  if (files !== undefined) expect(desk.ls()).toEqual(files)
  if (checkpoint_text !== undefined) expect(desk.text()).toBe(checkpoint_text)
}

describe('how many are kept', () => {
  const counts: readonly (readonly [id: string, saves: number, maxToKeep: number | null | undefined, meta: boolean])[] =
    [
      ['keep-default-five', 7, undefined, true],
      ['keep-1', 4, 1, true],
      ['keep-0', 3, 0, false],
      ['keep-none', 3, null, false],
    ]
  for (const [id, saves, maxToKeep, writeMetaGraph] of counts) {
    oracleTest(id, async (expected) => {
      const desk = new Desk()
      const saver = desk.saver(maxToKeep === undefined ? {} : { maxToKeep })
      for (let step = 0; step < saves; step++) await saver.save('m', { globalStep: step, writeMetaGraph })
      expectLeft(desk, saver, expected)
    })
  }

  oracleTest('keep-resave-same-step', async ({ result, ...left }) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 2 })
    const lists: (readonly string[])[] = []
    for (const globalStep of [1, 2, 1, 3]) {
      await saver.save('m', { globalStep, writeMetaGraph: false })
      lists.push(saver.lastCheckpoints)
    }
    expect(lists).toEqual(result)
    expectLeft(desk, saver, left)
  })

  oracleTest('keep-deleted-while-saving-same-path', async (expected) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 1 })
    for (let i = 0; i < 3; i++) await saver.save('m')
    expectLeft(desk, saver, expected)
  })

  oracleTest('keep-longer-list-than-limit', async ({ result }) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 2 })
    saver.setLastCheckpointsWithTime([0, 1, 2, 3, 4].map((i) => [`m-${i}`, 1]))
    const lists: (readonly string[])[] = []
    for (const globalStep of [5, 6]) {
      await saver.save('m', { globalStep, writeMetaGraph: false })
      lists.push(saver.lastCheckpoints)
    }
    expect(lists).toEqual(result)
  })
})

describe('which are kept for good', () => {
  oracleTest<[readonly string[], number]>('keep-resave-updates-time', async ({ result: [last], files }) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 2, keepCheckpointEveryNHours: 1 })
    const saves = [
      [1, 1000],
      [2, 2000],
      [1, 9000],
      [3, 9001],
      [4, 9002],
    ] as const
    for (const [step, time] of saves) await desk.saveAt(saver, time, step)
    expectLeft(desk, saver, { result: last, ...(files === undefined ? {} : { files }) })
  })

  oracleTest<[number, ...[number, number, number, number[]][]]>('keep-every-hour', async ({ result, ...left }) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 2, keepCheckpointEveryNHours: 1 })
    const [, ...rows] = result
    for (const [step, time, , kept] of rows) {
      await desk.saveAt(saver, time, step)
      expect([step, desk.steps()]).toEqual([step, kept])
    }
    expectLeft(desk, saver, left)
  })

  oracleTest<[string[], string[], string[], number]>('keep-every-n-boundary', async ({ result }) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 1, keepCheckpointEveryNHours: 1 })
    const saves = [
      [1, 4600],
      [2, 4600.001],
      [3, 5000],
    ] as const
    for (const [i, [step, time]] of saves.entries()) {
      await desk.saveAt(saver, time, step)
      expect(desk.ls()).toEqual(result[i])
    }
  })

  oracleTest('keep-every-zero-hours', async (expected) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 1, keepCheckpointEveryNHours: 0 })
    for (const [step, time] of [1000, 1000, 1001, 1002].entries()) await desk.saveAt(saver, time, step)
    expectLeft(desk, saver, expected)
  })

  oracleTest('keep-every-half-hour', async ({ files }) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 1, keepCheckpointEveryNHours: 0.5 })
    for (let i = 0; i < 5; i++) await desk.saveAt(saver, 1000 + 1000 * i, i)
    expect(desk.ls()).toEqual(files)
  })

  oracleTest<[hours: number, limit: number][]>('keep-hours-is-float32', async ({ result }) => {
    for (const [keepCheckpointEveryNHours, limit] of result) {
      const desk = new Desk()
      const saver = desk.saver({ maxToKeep: 1, keepCheckpointEveryNHours })
      await desk.saveAt(saver, limit, 1) // At the limit: deleted by the next save.
      await desk.saveAt(saver, limit + 2e-7 * limit, 2) // Behind it: kept for good.
      await desk.saveAt(saver, limit, 3)
      expect([keepCheckpointEveryNHours, desk.steps()]).toEqual([keepCheckpointEveryNHours, [2, 3]])
    }
  })

  oracleTest('keep-kept-ones-leave-the-list', async (expected) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 1, keepCheckpointEveryNHours: 1 })
    for (const [step, time] of [9000, 9100].entries()) await desk.saveAt(saver, time, step)
    expectLeft(desk, saver, expected)
  })
})

describe('lists that are set', () => {
  async function twoSaved(desk: Desk): Promise<readonly string[]> {
    const saver = desk.saver({ maxToKeep: 2 })
    for (const globalStep of [1, 2]) await saver.save('m', { globalStep, writeMetaGraph: false })
    return saver.lastCheckpoints
  }

  oracleTest<[readonly string[], number, number]>('keep-set-last-checkpoints', async ({ result: [last], files }) => {
    const desk = new Desk()
    const before = await twoSaved(desk)
    const saver = desk.saver({ maxToKeep: 2 })
    saver.setLastCheckpoints(before)
    for (const globalStep of [3, 4, 5]) await saver.save('m', { globalStep, writeMetaGraph: false })
    expectLeft(desk, saver, { result: last, ...(files === undefined ? {} : { files }) })
  })

  oracleTest('keep-set-last-checkpoints-with-time', async (expected) => {
    const desk = new Desk()
    const before = await twoSaved(desk)
    const saver = desk.saver({ maxToKeep: 2 })
    saver.setLastCheckpointsWithTime(before.map((path) => [path, 1000]))
    for (const globalStep of [3, 4]) await saver.save('m', { globalStep, writeMetaGraph: false })
    expectLeft(desk, saver, expected)
  })

  oracleTest('keep-set-last-checkpoints-type', async ({ result }) => {
    const saver = new Desk().saver()
    const notAList = 'a' as unknown as string[]
    expect([
      await errorOf(() => saver.setLastCheckpoints(notAList)),
      await errorOf(() => saver.setLastCheckpointsWithTime(notAList as unknown as [string, number][])),
    ]).toEqual(result)
  })

  oracleTest('keep-recover-from-state', async (expected) => {
    const desk = new Desk()
    await twoSaved(desk)
    // The files have the times of this machine: a clock at 1000 would find them beyond the limit of the hours.
    desk.time = Date.now() / 1000
    const saver = desk.saver({ maxToKeep: 2 })
    const state = await getCheckpointState('.', { fs: desk.fs })
    await saver.recoverLastCheckpoints([...(state?.allModelCheckpointPaths ?? []), './gone-1'])
    await saver.save('m', { globalStep: 3, writeMetaGraph: false })
    expectLeft(desk, saver, expected)
  })
})

describe('deleting', () => {
  oracleTest('keep-files-already-gone', async ({ result, files }) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 1 })
    await saver.save('m', { globalStep: 1 })
    for (const file of desk.ls().filter((name) => name.startsWith('m-1'))) desk.fs.files.delete(file)
    await saver.save('m', { globalStep: 2 })
    expect(desk.logs).toEqual(result)
    expect(desk.ls()).toEqual(files)
  })

  oracleTest('keep-delete-failure-is-ignored', async ({ result, files }) => {
    const desk = new Desk()
    const saver = desk.saver({ maxToKeep: 1 })
    await saver.save('m', { globalStep: 1 })
    desk.fs.remove = () => Promise.reject(new PermissionDeniedError('no way'))
    expect([await saver.save('m', { globalStep: 2 }), desk.logs]).toEqual(result)
    expect(desk.ls()).toEqual(files)
  })
})
