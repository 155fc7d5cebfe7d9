import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested } from '../../src/tensor/convert'
import { listVariables, loadCheckpoint, loadVariable } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf } from '../helpers/bundle'
import { silent } from '../helpers/state-files'

async function saved(...names: string[]): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  const store = new VariableStore()
  const variables = new Map(names.map((name, i) => [name, store.variable(array(i))]))
  await new Saver(variables, { fs }).save('m')
  return fs
}

describe('A directory or a prefix', () => {
  test('"" is a prefix and no directory, "." and "./" are directories', async () => {
    const fs = await saved('v')
    expect(await errorOf(loadCheckpoint('', { fs }))).toEqual([
      'NotFoundError',
      'Unsuccessful TensorSliceReader constructor: Failed to find any matching files for . Checkpoints there: m',
    ])
    for (const dir of ['.', './']) expect(await listVariables(dir, { fs })).toEqual([['v', []]])
  })

  test('a directory without a state file is told apart from a prefix without files', async () => {
    const fs = await saved('v')
    await fs.mkdir('d')
    expect((await errorOf(loadCheckpoint('d', { fs, logger: silent })))[1]).toBe(
      "Couldn't find 'checkpoint' file or checkpoints in given directory d",
    )
    expect((await errorOf(loadCheckpoint('e', { fs })))[0]).toBe('NotFoundError')
  })
})

describe('listVariables()', () => {
  test('sorts names by code point, not by UTF-16', async () => {
    const fs = await saved('\u{10348}', '\uffe6', 'b', 'a/b', 'a', 'B', 'é')
    const names = (await listVariables('m', { fs })).map(([name]) => name)
    expect(names).toEqual(['B', 'a', 'a/b', 'b', 'é', '\uffe6', '\u{10348}'])
  })
})

describe('loadVariable()', () => {
  test('cuts one ":0"', async () => {
    const fs = await saved('v')
    expect(toNested(await loadVariable('m', 'v:0', { fs }))).toBe(0)
    expect(await errorOf(loadVariable('m', 'v:0:0', { fs }))).toEqual([
      'NotFoundError',
      'Key v:0 not found in checkpoint',
    ])
  })
})
