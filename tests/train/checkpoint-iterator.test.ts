import { describe, expect, test } from 'vitest'
import { checkpointsIterator, type IterateOptions, waitForNewCheckpoint } from '../../src/train/checkpoint-iterator'
import { latestCheckpoint, updateCheckpointState } from '../../src/train/checkpoint-state'
import { Saver } from '../../src/train/saver'
import { array, toNested } from '../../src/tensor/convert'
import { isOpError, NotFoundError, ValueError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import type { Clock } from '../../src/fs/file-system'
import type { MemoryFileSystem } from '../../src/fs/memory'
import { fileSystem, put, recorder } from '../helpers/state-files'
import { oracleTest } from '../oracle/cases'

/** Stands at 1000 until somebody sleeps. */
class FakeClock implements Clock {
  t = 1000
  slept: number[] = []
  onSleep: () => Promise<void> = async () => undefined

  now(): number {
    return this.t
  }

  async sleep(seconds: number): Promise<void> {
    this.slept.push(seconds)
    this.t += seconds
    await this.onSleep()
  }
}

async function publish(fs: MemoryFileSystem, prefix: string, options: object = {}): Promise<void> {
  await put(fs, `${prefix}.index`, '')
  await updateCheckpointState('.', prefix, { fs, ...options })
}

async function collect(checkpoints: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = []
  for await (const path of checkpoints) found.push(path)
  return found
}

describe('waitForNewCheckpoint()', () => {
  oracleTest('wait-for-new-checkpoint', async (expected) => {
    const fs = await fileSystem()
    const clock = new FakeClock()
    const first = await waitForNewCheckpoint('.', { fs, clock, timeout: 3 })
    const slept = clock.slept
    Object.assign(clock, { t: 1000, slept: [] })
    await publish(fs, 'm')
    const found = await waitForNewCheckpoint('.', { fs, clock })
    const again = await waitForNewCheckpoint('.', { fs, clock, lastCheckpoint: './m', secondsToSleep: 2, timeout: 5 })
    expect([first ?? null, slept, found, again ?? null, clock.slept, clock.t]).toEqual(expected.result)
  })

  test('looks once with a timeout of 0', async () => {
    const clock = new FakeClock()
    expect(await waitForNewCheckpoint('.', { fs: await fileSystem(), clock, timeout: 0 })).toBeUndefined()
    expect(clock.slept).toEqual([])
  })

  test('rejects with the reason of an abort, at once and while it sleeps', async () => {
    const fs = await fileSystem()
    const reason = new Error('enough')
    const aborted = waitForNewCheckpoint('.', { fs, signal: AbortSignal.abort(reason) })
    await expect(aborted).rejects.toBe(reason)
    const controller = new AbortController()
    const waiting = waitForNewCheckpoint('.', { fs, signal: controller.signal })
    setTimeout(() => controller.abort(reason), 5)
    await expect(waiting).rejects.toBe(reason)
  })

  test.each([-1, NaN])('does not sleep for %s seconds, in the words of Python', async (secondsToSleep) => {
    const waiting = waitForNewCheckpoint('.', { fs: await fileSystem(), secondsToSleep, timeout: 1 })
    await expect(waiting).rejects.toThrow(new ValueError('sleep length must be non-negative'))
  })

  test('sees what comes while it sleeps, by the time of the machine', async () => {
    const fs = await fileSystem()
    const waiting = waitForNewCheckpoint('.', { fs, secondsToSleep: 0.001 })
    setTimeout(() => void publish(fs, 'm-7'), 5)
    expect(await waiting).toBe('./m-7')
  })
})

describe('checkpointsIterator()', () => {
  oracleTest('checkpoints-iterator', async (expected) => {
    const fs = await fileSystem()
    const { logger, logs } = recorder()
    const clock = new FakeClock()
    clock.onSleep = async () => {
      if (clock.t === 1004) await publish(fs, 'm-2', { logger })
    }
    await publish(fs, 'm-1', { logger })
    const found: unknown[] = []
    for await (const path of checkpointsIterator('.', { fs, logger, clock, minIntervalSecs: 2, timeout: 4 })) {
      found.push([path, clock.t])
      clock.t += 0.5
    }
    expect([found, clock.slept, clock.t, logs]).toEqual(expected.result)
  })

  oracleTest('checkpoints-iterator-timeout-fn', async (expected) => {
    const fs = await fileSystem()
    const clock = new FakeClock()
    await publish(fs, 'm-1')
    const asked: number[] = []
    const timeoutFn = (): boolean => asked.push(clock.t) >= 3
    const found = await collect(checkpointsIterator('.', { fs, clock, timeout: 2, timeoutFn }))
    expect([found, asked, clock.slept]).toEqual(expected.result)
  })

  test('goes on behind a checkpoint that was deleted before it was restored', async () => {
    const fs = await fileSystem()
    const trained = new VariableStore()
    const step = trained.variable(array(0), { name: 'step' })
    const saver = new Saver(trained, { fs, maxToKeep: 1 })
    const save = async (value: number): Promise<void> => {
      step.assign(value)
      await saver.save('m', { globalStep: value })
    }
    await save(1)
    const store = new VariableStore()
    const restored = store.variable(array(-1), { name: 'step' })
    const seen: unknown[] = []
    for await (const path of checkpointsIterator('.', { fs, clock: new FakeClock(), timeout: 0, logger: {} })) {
      // The run goes on, and keeps one checkpoint.
      if (path === './m-1') await save(2)
      const error = await new Saver(store, { fs, logger: {} }).restore(path).catch((caught: unknown) => caught)
      seen.push([path, isOpError(error, 'NOT_FOUND'), toNested(restored.read())])
    }
    expect(seen).toEqual([
      ['./m-1', true, -1],
      ['./m-2', false, 2],
    ])
  })

  test('restore() tells what was deleted from what never was', async () => {
    const fs = await fileSystem()
    await publish(fs, 'm-1')
    const saver = new Saver({ v: new VariableStore().variable(array(1)) }, { fs, logger: {} })
    await expect(saver.restore('./m-1x')).rejects.toThrow('The passed save_path is not a valid checkpoint: ./m-1x')
    await latestCheckpoint('.', { fs })
    await fs.remove('m-1.index')
    const deleted = saver.restore('./m-1')
    await expect(deleted).rejects.toThrow(NotFoundError)
    await expect(deleted).rejects.toThrow('it was deleted since')
  })

  test('ends on an abort: before, between two, and while it waits', async () => {
    const fs = await fileSystem()
    await publish(fs, 'm-1')
    const follow = (signal: AbortSignal, more: IterateOptions = {}): Promise<string[]> =>
      collect(checkpointsIterator('.', { fs, signal, ...more }))
    expect(await follow(AbortSignal.abort())).toEqual([])
    const soon = new AbortController()
    setTimeout(() => soon.abort(), 20)
    expect(await follow(soon.signal, { minIntervalSecs: 1000 })).toEqual(['./m-1'])
  })

  test('gives an abort a turn where nothing sleeps and no timeout ends it', async () => {
    const fs = await fileSystem()
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 1)
    let asked = 0
    // The count is for the test to end without the turn.
    const timeoutFn = (): boolean => ++asked > 100_000
    const { signal } = controller
    expect(await collect(checkpointsIterator('.', { fs, signal, timeout: 0, timeoutFn, logger: {} }))).toEqual([])
    expect(asked).toBeLessThan(100_000)
  })

  test('passes on an error that is none of the abort', async () => {
    const fs = await fileSystem()
    await put(fs, 'checkpoint', '')
    await expect(collect(checkpointsIterator('.', { fs, timeout: 0 }))).rejects.toThrow('Invalid checkpoint state')
  })
})
