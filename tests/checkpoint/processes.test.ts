/**
 * A checkpoint that real processes save: each writes its part, one merges them, and some are killed while they do.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { NodeFileSystem } from '../../src/fs/node'
import { makeWorkplace } from '../helpers/run-program'

const workplace = makeWorkplace()
workplace.add('save-process.mjs', fileURLToPath(new URL('../helpers/save-process.mjs', import.meta.url)))
afterAll(() => workplace.remove())

const fs = new NodeFileSystem()

/** How a process ended: 0, another code or a signal. */
async function run(task: object): Promise<number | string> {
  const child: ChildProcess = spawn(process.execPath, ['save-process.mjs', JSON.stringify(task)], {
    cwd: workplace.directory,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return code ?? signal ?? ''
}

function partsOf(prefix: string, of: number): string[] {
  return Array.from({ length: of }, (_, i) => `${prefix}_temp/part-0000${i}-of-0000${of}`)
}

/** All parts at once, in a directory that each of them makes. */
async function writeParts(prefix: string, of: number, value: number): Promise<string[]> {
  const parts = partsOf(prefix, of)
  mkdirSync(join(workplace.directory, prefix, '..'), { recursive: true })
  const ends = await Promise.all(parts.map((write, number) => run({ write, number, of, value })))
  expect(ends).toEqual(parts.map(() => 0))
  return parts
}

async function save(prefix: string, of: number, value: number): Promise<void> {
  expect(await run({ merge: await writeParts(prefix, of, value), into: prefix })).toBe(0)
}

/** What every tensor was filled with. @throws where they differ, or where a byte is damaged */
async function valueIn(prefix: string): Promise<number> {
  const reader = await CheckpointReader.open(join(workplace.directory, prefix), { fs })
  try {
    const values = new Set<number>()
    for await (const [key, { data }] of reader.tensors()) {
      const numbers = data as Float32Array
      numbers.forEach((number, i) => values.add(key === 'table' ? number - (i >> 4) : number))
    }
    expect([...values]).toHaveLength(1)
    return [...values][0] as number
  } finally {
    await reader.close()
  }
}

function filesIn(directory: string): string[] {
  return readdirSync(join(workplace.directory, directory)).sort()
}

describe('Several processes that write their parts at once', { timeout: 60_000 }, () => {
  test('make one checkpoint, and the merge leaves nothing of the parts', async () => {
    await save('a/m', 4, 7)
    expect(filesIn('a')).toEqual([...[0, 1, 2, 3].map((i) => `m.data-0000${i}-of-00004`), 'm.index'])
    expect(await valueIn('a/m')).toBe(7)
  })

  test('give each shard the bytes that their process wrote', async () => {
    const parts = await writeParts('b/m', 2, 3)
    const bytes = parts.map((part) => readFileSync(join(workplace.directory, `${part}.data-00000-of-00001`)))
    expect(await run({ merge: [...parts].reverse(), into: 'b/m' })).toBe(0)
    for (const [i, expected] of bytes.reverse().entries()) {
      expect(readFileSync(join(workplace.directory, `b/m.data-0000${i}-of-00002`)).equals(expected)).toBe(true)
    }
  })

  test('and one that is killed while it merges leave the checkpoint before it, or the new one', async () => {
    await save('c/m', 2, 1)
    // Two data files are staged, the old set goes aside, the new one comes into place: eight renames.
    const found: number[] = []
    for (const killAt of [1, 3, 6, 7, 8]) {
      const merge = await writeParts('c/m', 2, killAt + 2)
      const end = await run({ merge, into: 'c/m', killAt })
      expect([killAt, end]).toEqual([killAt, killAt < 8 ? 'SIGKILL' : 0])
      found.push(await valueIn('c/m'))
    }
    expect(found).toEqual([1, 1, 1, 1, 10])
    expect(filesIn('c').filter((name) => /previous/.test(name))).toEqual([])
  })
})
