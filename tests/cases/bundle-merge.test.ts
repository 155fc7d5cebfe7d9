/**
 * The cases of MergeV2Checkpoints: which files are moved where, and what the merged index says.
 */
import { describe, expect } from 'vitest'
import { mergeBundles } from '../../src/checkpoint/merge-bundles'
import { MemoryFileSystem } from '../../src/fs/memory'
import { errorOf, entriesOf, hex, ls } from '../helpers/bundle'
import { FaultFileSystem } from '../helpers/fault-fs'
import { indexOf, savePart, valuesIn } from '../helpers/parts'
import { oracleTest, withoutNode } from '../oracle/cases'

type Row = Record<string, unknown>

/** Two parts of one tensor each. */
async function twoParts(names: readonly [string, string], keys: readonly [string, string]): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  for (const [i, name] of names.entries()) await savePart(fs, name, [[keys[i] as string, '', i]])
  return fs
}

describe('mergeBundles()', () => {
  oracleTest<{ before: string[]; index: Row[] }>('v2-merge-moves-files', async ({ result, files }) => {
    const parts = ['m_temp/part-00000-of-00002', 'm_temp/part-00001-of-00002'] as const
    const fs = await twoParts(parts, ['x0', 'x1'])
    const before = ls(fs)
    await mergeBundles(parts, 'm', { fs, deleteOld: true })
    expect({ before, index: await indexOf(fs, 'm') }).toEqual(result)
    expect(ls(fs)).toEqual(files)
    expect(await fs.isDirectory('m_temp')).toBe(false)
  })

  oracleTest<Row[]>('v2-merge-order-gives-shard-ids', async ({ result, files }) => {
    const fs = await twoParts(['t/p0', 't/p1'], ['x0', 'x1'])
    await mergeBundles(['t/p1', 't/p0'], 'm', { fs, deleteOld: false })
    expect(await indexOf(fs, 'm')).toEqual(result)
    expect([...ls(fs), ...((await fs.isDirectory('t')) ? ['t/'] : [])]).toEqual(files)
    expect(await valuesIn(fs, 'm')).toEqual({ x0: 0, x1: 1 })
  })

  oracleTest('v2-merge-duplicate', async ({ error_class, error_message }) => {
    const fs = await twoParts(['t/p0', 't/p1'], ['x', 'x'])
    const error = await errorOf(mergeBundles(['t/p0', 't/p1'], 'm', { fs }))
    expect(error).toEqual([error_class, withoutNode(error_message ?? '')])
  })

  oracleTest('v2-merge-failure-leaves-parts', async ({ files }) => {
    const fs = await twoParts(['m_temp/p0', 'm_temp/p1'], ['x', 'x'])
    const before = new Map(fs.files)
    expect((await errorOf(mergeBundles(['m_temp/p0', 'm_temp/p1'], 'm', { fs })))[0]).toBe('InvalidArgumentError')
    expect(ls(fs)).toEqual(files)
    expect(new Map(fs.files)).toEqual(before)
  })

  oracleTest<{ index: Row[]; raw: [string, string][]; whole: number[] }>(
    'v2-merge-full-entry-shard',
    async ({ result }) => {
      const fs = new MemoryFileSystem()
      await savePart(fs, 't/p0', [['a', '', 1]])
      await savePart(fs, 't/p1', [['w', '4 0,2', [1, 2]]])
      await savePart(fs, 't/p2', [['w', '4 2,2', [3, 4]]])
      await mergeBundles(['t/p0', 't/p1', 't/p2'], 'm', { fs })
      const raw = (await entriesOf(fs, 'm.index')).map(([key, value]) => [hex(key), hex(value)])
      const { w: whole } = await valuesIn(fs, 'm')
      expect({ index: await indexOf(fs, 'm'), raw, whole }).toEqual(result)
    },
  )

  oracleTest('v2-merge-temp-dir-not-empty', async ({ files }) => {
    const fs = new MemoryFileSystem()
    await savePart(fs, 'm_temp/p0', [['x', '', 1]])
    fs.files.set('m_temp/stray', Uint8Array.of(1))
    await mergeBundles(['m_temp/p0'], 'm', { fs })
    expect(ls(fs)).toEqual(files)
  })

  // Ours writes the index under a temporary name, before the data files are renamed.
  oracleTest<[string[], string[]]>('save-merge-events', async ({ result }) => {
    const fs = new FaultFileSystem(await twoParts(['m_temp/p0', 'm_temp/p1'], ['x0', 'x1']))
    await mergeBundles(['m_temp/p0', 'm_temp/p1'], 'm', { fs, durable: false })
    const names = fs.events.map((event) => event.replace(/tempstate\d+/, 'tempstate<n>')).filter(isOfNames)
    const data = result[1]
    const [created, ...deleted] = [...new Set(result[0])]
    expect(names).toEqual([
      `${created}.tempstate<n>`,
      ...[0, 1].map((i) => `rename ${nameIn(data, i)} ${nameIn(data, i + 2)}`),
      'rename m.index.tempstate<n> m.index',
      ...deleted.map((event) => event.replace(/^delete (.*)\/$/, 'removeDir $1').replace(/^delete/, 'remove')),
    ])
  })
})

function isOfNames(event: string): boolean {
  return /^(create|rename|remove|removeDir) /.test(event)
}

/** "m.data-00000-of-00002" of "rename-to m.data-00000-of-00002". */
function nameIn(events: readonly string[], at: number): string | undefined {
  return events[at]?.replace(/^rename-\w+ /, '')
}
