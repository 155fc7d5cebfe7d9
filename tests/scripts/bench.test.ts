import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

interface TensorSet {
  readonly tensors: number
  readonly bytes: number
}

interface Row {
  readonly ours: string
  readonly theirs?: string
  readonly limit?: string
}

interface Step {
  readonly id: string
  readonly sets: readonly string[]
  readonly takers?: readonly { readonly name: string; readonly script: string; readonly set: string }[]
  readonly rows?: readonly Row[]
}

type Sets = ReadonlyMap<string, TensorSet>

interface Samples {
  readonly ours: readonly number[]
  readonly theirs?: readonly number[]
  readonly limit?: readonly number[]
  readonly bytes?: number
}

// Plain JavaScript that runs without a build; its types stand here.
const bench = (name: string): string => fileURLToPath(new URL(`../../bench/${name}`, import.meta.url))
const { setsAt, tensorName } = (await import(bench('sets.mjs'))) as {
  setsAt(scale: number): Sets
  tensorName(index: number): string
}
const { worksAt } = (await import(bench('works.mjs'))) as { worksAt(sets: Sets): Step[] }
const { wholeWorksAt } = (await import(bench('whole-process.mjs'))) as { wholeWorksAt(sets: Sets): Step[] }
const { linearWorksAt } = (await import(bench('linearity.mjs'))) as { linearWorksAt(sets: Sets): Step[] }
const { memoryWorksAt } = (await import(bench('memory.mjs'))) as { memoryWorksAt(sets: Sets): Step[] }
const { Checkpoints, filesOf } = (await import(bench('checkpoints.mjs'))) as {
  Checkpoints: new (
    directory: string,
    sets: Sets,
    steps: readonly Step[],
    make: (set: TensorSet, prefix: string) => void,
  ) => { prefixOf(name: string): Promise<string>; release(step: Step): void }
  filesOf(prefix: string): string[]
}
const { judge, judgeBytes } = (await import(bench('musts.mjs'))) as {
  judge(label: string, musts: readonly object[], found: Samples, scale: number): string[]
  judgeBytes(label: string, most: number, bytes: number, scale: number): string
}

const stepsAt = (scale: number): Step[] => {
  const sets = setsAt(scale)
  return [worksAt, wholeWorksAt, linearWorksAt, memoryWorksAt].flatMap((works) => works(sets))
}

describe('the works of the bench', () => {
  test('have ids of their own, and name sets, takers and scripts that there are', () => {
    const steps = stepsAt(1)
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length)
    const sets = setsAt(1)
    for (const { id, sets: names, takers = [], rows = [] } of steps) {
      for (const name of [...names, ...takers.map(({ set }) => set)])
        expect(sets.has(name), `${id}: ${name}`).toBe(true)
      for (const { script } of takers) expect(['.mjs', '.py'].some((end) => existsSync(bench(script + end)))).toBe(true)
      const known = takers.map(({ name }) => name)
      const named = rows
        .flatMap(({ ours, theirs, limit }) => [ours, theirs, limit])
        .filter((name) => name !== undefined)
      expect(known, id).toEqual(expect.arrayContaining(named))
    }
  })

  test('are of 1 GB, 50,000 tensors and 1,000,000 entries, and shrink with the scale to one tensor', () => {
    expect(setsAt(1).get('large')).toMatchObject({ tensors: 1, bytes: 1e9 })
    expect(setsAt(1).get('medium')).toMatchObject({ tensors: 1000, bytes: 1e6 })
    expect(setsAt(1).get('small')).toMatchObject({ tensors: 50_000, bytes: 4000 })
    expect(setsAt(1).get('million')).toMatchObject({ tensors: 1_000_000, bytes: 4 })
    expect(setsAt(0.05).get('million')).toMatchObject({ tensors: 50_000, bytes: 4 })
    expect(setsAt(1e-9).get('large')).toMatchObject({ tensors: 1, bytes: 4 })
    expect(stepsAt(0.05).map(({ id }) => id)).toEqual(stepsAt(1).map(({ id }) => id))
  })

  test('name tensors so that they sort as they are counted', () => {
    const names = [0, 9, 10, 999, 1000, 99_999, 100_000, 999_999].map(tensorName)
    expect([...names].sort()).toEqual(names)
  })

  test('are listed, and chosen by a whole id or a part of one', () => {
    const run = (...args: string[]): string => execFileSync(process.execPath, [bench('run.mjs'), ...args]).toString()
    expect(run('--list').split('\n')).toEqual(expect.arrayContaining(stepsAt(1).map(({ id }) => id)))
    const chosen = (only: string): string[] => run('--list', '--only', only).trim().split('\n')
    expect(chosen('list-million')).toEqual(['list-million'])
    expect(chosen('verify-sma')).toEqual(['verify-small', 'linear-verify-small', 'memory-verify-small'])
  })
})

test('Checkpoints are made once, and removed when no step to come needs them', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const steps: Step[] = [
      { id: 'a', sets: ['few'] },
      { id: 'b', sets: ['few', 'small'] },
    ]
    const made: TensorSet[] = []
    const checkpoints = new Checkpoints(directory, setsAt(1), steps, (set, prefix) => {
      made.push(set)
      for (const file of filesOf(prefix)) writeFileSync(file, '')
    })
    for (const step of steps) {
      for (const name of step.sets) expect(await checkpoints.prefixOf(name)).toBe(join(directory, name))
      checkpoints.release(step)
      expect(readdirSync(directory)).toHaveLength(step.id === 'a' ? 2 : 0)
    }
    expect(made).toMatchObject([{ tensors: 200 }, { tensors: 50_000 }])
  } finally {
    rmSync(directory, { recursive: true })
  }
})

describe('judge()', () => {
  const found: Samples = { ours: [10, 30, 20], theirs: [50, 30, 40], limit: [10], bytes: 1e8 }

  test('holds our median against theirs, a limit, a speed and a time', () => {
    const musts = [
      { to: 'theirs', least: 2 },
      { to: 'theirs', least: 2.1 },
      { to: 'limit', least: 0.5, of: 'a plain read' },
      { to: 'limit', least: 0.6, of: 'a plain read' },
      { to: 'limit', least: 0.6, of: 'a plain read', orSpeed: 5e9 },
      { to: 'time', most: 20 },
    ]
    expect(judge('it', musts, found, 1)).toEqual([
      "- it: at least 2x TensorFlow's speed: 2.00x, holds",
      "- it: at least 2.1x TensorFlow's speed: 2.00x, MISSED",
      '- it: at least 50 % of the speed of a plain read: 50 %, holds',
      '- it: at least 60 % of the speed of a plain read: 50 %, MISSED',
      '- it: 5.0 GB/s, or at least 60 % of the speed of a plain read: 5.0 GB/s, 50 %, holds',
      '- it: in less than 20 ms: 20.0 ms, MISSED',
    ])
  })

  test('says nothing of a peer that is not there, and judges nothing of small sizes', () => {
    expect(judge('it', [{ to: 'theirs', least: 2 }], { ours: [1], theirs: [] }, 1)).toEqual([])
    expect(judge('it', [{ to: 'time', most: 2 }], { ours: [1] }, 0.05)).toEqual([
      '- it: in less than 2 ms: 1.0 ms, not judged at a scale of 0.05',
    ])
  })

  test('shows bytes to the megabyte', () => {
    expect(judgeBytes('it', 2016e6, 2024e6, 1)).toBe('- it: at most 2016 MB: 2024 MB, MISSED')
    expect(judgeBytes('it', 1e6, 525_000, 1)).toBe('- it: at most 1 MB: 525 kB, holds')
  })
})
