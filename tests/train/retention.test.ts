import { describe, expect, test } from 'vitest'
import { generateCheckpointState } from '../../src/train/checkpoint-state'
import { Retention, type RetentionOptions } from '../../src/train/retention'
import { AssertionError } from '../../src/util/errors'

/** A Saver without files: what it would leave on the disk. Numbers are those of the keep-* cases, that ran on TensorFlow. */
class Run {
  time = 1000
  readonly files: string[] = []
  readonly retention: Retention
  state: string[] = []

  constructor(options: Partial<RetentionOptions> = {}) {
    const now = (): number => this.time
    this.retention = new Retention({ maxToKeep: 5, keepCheckpointEveryNHours: 10000, now, ...options })
  }

  save(path: string, time = this.time): void {
    this.time = time
    if (!this.files.includes(path)) this.files.push(path)
    this.retention.record(path)
    const allModelCheckpointPaths = this.retention.lastCheckpoints
    this.state = generateCheckpointState('/', path, { allModelCheckpointPaths }).allModelCheckpointPaths
    const old = this.retention.takeForDeletion()
    if (old !== undefined) this.files.splice(this.files.indexOf(old), 1)
  }
}

describe('Retention keeps the newest', () => {
  test('five by default: seven saves (keep-default-five)', () => {
    const run = new Run()
    for (let i = 0; i < 7; i++) run.save(`m-${i}`)
    expect(run.retention.lastCheckpoints).toEqual(['m-2', 'm-3', 'm-4', 'm-5', 'm-6'])
    expect(run.files).toEqual(run.retention.lastCheckpoints)
    expect(run.state).toEqual(run.retention.lastCheckpoints)
  })

  test('one (keep-1)', () => {
    const run = new Run({ maxToKeep: 1 })
    for (let i = 0; i < 4; i++) run.save(`m-${i}`)
    expect([run.files, run.state]).toEqual([['m-3'], ['m-3']])
  })

  test('all, unrecorded, for 0 and null: the state names the newest alone (keep-0, keep-none)', () => {
    for (const maxToKeep of [0, null]) {
      const run = new Run({ maxToKeep })
      for (let i = 0; i < 3; i++) run.save(`m-${i}`)
      expect([run.retention.lastCheckpoints, run.files, run.state]).toEqual([[], ['m-0', 'm-1', 'm-2'], ['m-2']])
    }
  })

  test('none for a negative number, not even the one that was just written (D11)', () => {
    const run = new Run({ maxToKeep: -1 })
    for (let i = 0; i < 2; i++) run.save(`m-${i}`)
    expect([run.retention.lastCheckpoints, run.files, run.state]).toEqual([[], [], ['m-1']])
  })

  test('by path: one that is saved again moves to the end (keep-resave-same-step)', () => {
    const run = new Run({ maxToKeep: 2 })
    const lists = [1, 2, 1, 3].map((step) => {
      run.save(`m-${step}`)
      return run.retention.lastCheckpoints
    })
    expect(lists).toEqual([['m-1'], ['m-1', 'm-2'], ['m-2', 'm-1'], ['m-1', 'm-3']])
    expect(run.files).toEqual(['m-1', 'm-3'])
  })

  test('and deletes nothing where the same path is written over (keep-deleted-while-saving-same-path)', () => {
    const run = new Run({ maxToKeep: 1 })
    for (let i = 0; i < 3; i++) run.save('m')
    expect([run.retention.lastCheckpoints, run.files]).toEqual([['m'], ['m']])
  })
})

describe('Retention deletes no files that the list still names', () => {
  test('under another spelling: "./m-2" after recovering, "m-2" after saving again', () => {
    const { retention } = new Run({ maxToKeep: 2 })
    retention.setLastCheckpointsWithTime([
      ['./m-1', 0],
      ['./m-2', 0],
    ])
    const deleted = ['m-2', 'm-3', 'm-4'].map((path) => {
      retention.record(path)
      return retention.takeForDeletion()
    })
    expect(deleted).toEqual(['./m-1', undefined, 'm-2'])
    expect(retention.lastCheckpoints).toEqual(['m-3', 'm-4'])
  })

  test('nor one that was set aside in vain and then saved again', () => {
    const { retention } = new Run({ maxToKeep: 1 })
    retention.record('m-1')
    retention.record('m-2') // The state file could not be written: nothing was deleted.
    retention.record('m-1')
    expect(retention.takeForDeletion()).toBeUndefined()
    expect(retention.takeForDeletion()).toBe('m-2')
  })

  test('but "d/" and "d" are two', () => {
    const { retention } = new Run({ maxToKeep: 1 })
    retention.record('d/')
    retention.record('d')
    expect(retention.takeForDeletion()).toBe('d/')
  })
})

describe('Retention keeps one every n hours for good', () => {
  test('a save every 20 minutes, kept every hour (keep-every-hour)', () => {
    const run = new Run({ maxToKeep: 2, keepCheckpointEveryNHours: 1 })
    expect(run.retention.nextCheckpointTime).toBe(4600)
    const left = Array.from({ length: 12 }, (_, i) => {
      run.save(String(i), 1000 + 1200 * (i + 1))
      return [run.retention.nextCheckpointTime, run.files.join()]
    })
    expect(left).toEqual([
      [4600, '0'],
      [4600, '0,1'],
      [4600, '1,2'],
      [4600, '2,3'],
      [4600, '3,4'],
      [8200, '3,4,5'],
      [8200, '3,5,6'],
      [8200, '3,6,7'],
      [11800, '3,6,7,8'],
      [11800, '3,6,8,9'],
      [11800, '3,6,9,10'],
      [15400, '3,6,9,10,11'],
    ])
    expect(run.state).toEqual(['10', '11'])
  })

  test('that is later than the limit, not one at the limit (keep-every-n-boundary)', () => {
    const run = new Run({ maxToKeep: 1, keepCheckpointEveryNHours: 1 })
    run.save('m-1', 4600)
    run.save('m-2', 4600.001)
    expect(run.files).toEqual(['m-2'])
    run.save('m-3', 5000)
    expect([run.files, run.retention.nextCheckpointTime]).toEqual([['m-2', 'm-3'], 8200])
  })

  test('each moving the limit by one period: after a long gap several in a row (D5)', () => {
    const run = new Run({ maxToKeep: 1, keepCheckpointEveryNHours: 1 })
    for (const [i, time] of [9000, 9001, 9002, 9003].entries()) run.save(`m-${i}`, time)
    expect([run.files, run.retention.nextCheckpointTime]).toEqual([['m-0', 'm-1', 'm-3'], 11800])
  })

  test('and forgets it (keep-kept-ones-leave-the-list)', () => {
    const run = new Run({ maxToKeep: 1, keepCheckpointEveryNHours: 1 })
    run.save('m-0', 9000)
    run.save('m-1', 9100)
    expect([run.retention.lastCheckpoints, run.files, run.state]).toEqual([['m-1'], ['m-0', 'm-1'], ['m-1']])
  })

  test('by the time of the last recording (keep-resave-updates-time)', () => {
    const run = new Run({ maxToKeep: 2, keepCheckpointEveryNHours: 1 })
    for (const [step, time] of [
      [1, 1000],
      [2, 2000],
      [1, 9000],
      [3, 9001],
      [4, 9002],
    ] as const)
      run.save(`m-${step}`, time)
    expect(run.files).toEqual(['m-1', 'm-3', 'm-4'])
    expect([run.retention.lastCheckpoints, run.retention.nextCheckpointTime]).toEqual([['m-3', 'm-4'], 8200])
  })

  test('0 hours: all that come after the building moment (keep-every-zero-hours)', () => {
    const run = new Run({ maxToKeep: 1, keepCheckpointEveryNHours: 0 })
    for (const [i, time] of [1000, 1000, 1001, 1002].entries()) run.save(`m-${i}`, time)
    expect([run.files, run.state]).toEqual([['m-2', 'm-3'], ['m-3']])
  })

  test('half an hour (keep-every-half-hour)', () => {
    const run = new Run({ maxToKeep: 1, keepCheckpointEveryNHours: 0.5 })
    const limits = [0, 1, 2, 3, 4].map((i) => {
      run.save(`m-${i}`, 1000 + 1000 * i)
      return run.retention.nextCheckpointTime
    })
    expect([limits, run.files]).toEqual([
      [2800, 2800, 2800, 4600, 4600],
      ['m-2', 'm-4'],
    ])
  })

  test('hours pass through float32 (keep-hours-is-float32)', () => {
    const limits = [0.1, 0.7, 1e6, 1 / 3].map((hours) => {
      return new Run({ keepCheckpointEveryNHours: hours }).retention.nextCheckpointTime
    })
    expect(limits).toEqual([1360.000005364418, 3519.9999570846558, 3600001000, 2200.000035762787])
  })
})

describe('Retention takes a list over', () => {
  test('setLastCheckpoints(): never deleted, each moves the limit (keep-set-last-checkpoints)', () => {
    const run = new Run({ maxToKeep: 2 })
    run.files.push('m-1', 'm-2')
    run.retention.setLastCheckpoints(['m-1', 'm-2'])
    expect(run.retention.nextCheckpointTime).toBe(36001000)
    for (const i of [3, 4, 5]) run.save(`m-${i}`)
    expect([run.retention.lastCheckpoints, run.retention.nextCheckpointTime]).toEqual([['m-4', 'm-5'], 108001000])
    expect(run.files).toEqual(['m-1', 'm-2', 'm-4', 'm-5'])
  })

  test('setLastCheckpointsWithTime(): deleted as usual (keep-set-last-checkpoints-with-time)', () => {
    const run = new Run({ maxToKeep: 2 })
    run.files.push('m-1', 'm-2')
    run.retention.setLastCheckpointsWithTime([
      ['m-1', 1000],
      ['m-2', 1000],
    ])
    for (const i of [3, 4]) run.save(`m-${i}`)
    expect([run.retention.lastCheckpoints, run.files]).toEqual([
      ['m-3', 'm-4'],
      ['m-3', 'm-4'],
    ])
  })

  test('a list longer than the limit stays that long: one goes per save (keep-longer-list-than-limit)', () => {
    const run = new Run({ maxToKeep: 2 })
    run.retention.setLastCheckpointsWithTime([0, 1, 2, 3, 4].map((i) => [`m-${i}`, 1]))
    run.save('m-5')
    expect(run.retention.lastCheckpoints).toEqual(['m-1', 'm-2', 'm-3', 'm-4', 'm-5'])
    run.save('m-6')
    expect(run.retention.lastCheckpoints).toEqual(['m-2', 'm-3', 'm-4', 'm-5', 'm-6'])
  })

  test('setLastCheckpointsWithTime() leaves the caller its list', () => {
    const list: [string, number][] = [['m-1', 1]]
    const run = new Run()
    run.retention.setLastCheckpointsWithTime(list)
    run.save('m-2')
    expect(list).toEqual([['m-1', 1]])
  })

  test('lastCheckpoints is a new list each time', () => {
    const run = new Run()
    run.save('m-1')
    run.retention.lastCheckpoints.push('x')
    expect(run.retention.lastCheckpoints).toEqual(['m-1'])
  })

  test('AssertionError without a word for what is no array (keep-set-last-checkpoints-type)', () => {
    const { retention } = new Run()
    const notAnArray = new Set(['a']) as unknown as never[]
    for (const set of [
      () => retention.setLastCheckpoints(notAnArray),
      () => retention.setLastCheckpointsWithTime(notAnArray),
    ]) {
      expect(set).toThrow(AssertionError)
      expect(set).toThrow(/^$/)
    }
  })
})

test('a list to which nothing is added is named in the state before the new path (D3)', () => {
  const run = new Run({ maxToKeep: 0 })
  run.retention.setLastCheckpoints(['a'])
  run.save('b')
  expect([run.state, run.retention.lastCheckpoints]).toEqual([['a', 'b'], ['a']])
})
