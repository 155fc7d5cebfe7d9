import { expect, test } from 'vitest'
import { defaultFileSystem } from '../../src/fs/default'
import { NodeFileSystem } from '../../src/fs/node'

test('defaultFileSystem() is the disk, one object for all', async () => {
  const fs = defaultFileSystem()
  expect(fs).toBeInstanceOf(NodeFileSystem)
  expect(defaultFileSystem()).toBe(fs)
  expect(await fs.exists('.')).toBe(true)
})
