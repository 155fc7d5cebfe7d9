import { describe, expect, test } from 'vitest'
import { dataFilename } from '../../src/checkpoint/naming'
import { replaceCheckpoint } from '../../src/checkpoint/replace-checkpoint'
import { MemoryFileSystem } from '../../src/fs/memory'
import { ResourceExhaustedError } from '../../src/util/errors'

const SHARDS = 40

/** Renames take a turn of the event loop, as a request to a store does. */
class SlowFileSystem extends MemoryFileSystem {
  renamed: string[] = []
  underWay = 0
  most = 0
  /** The name that none of the new files gets. */
  refused = ''

  override async rename(from: string, to: string): Promise<void> {
    this.most = Math.max(this.most, ++this.underWay)
    await new Promise((resolve) => setImmediate(resolve))
    this.underWay--
    if (to === this.refused && !from.endsWith('.previous')) throw new ResourceExhaustedError('No space left on device')
    await super.rename(from, to)
    this.renamed.push(to)
  }
}

/** A checkpoint of 40 shards, and another that is to take its place. */
function filled(): { fs: SlowFileSystem; data: string[] } {
  const fs = new SlowFileSystem()
  const data = Array.from({ length: SHARDS }, (_, i) => `part-${i}`)
  for (const [name, byte] of [...data.map((path) => [path, 2] as const), ['new.index', 2] as const]) {
    fs.files.set(name, Uint8Array.of(byte))
  }
  for (let i = 0; i < SHARDS; i++) fs.files.set(dataFilename('m', i, SHARDS), Uint8Array.of(1))
  fs.files.set('m.index', Uint8Array.of(1))
  return { fs, data }
}

const own = ['m.index', ...Array.from({ length: SHARDS }, (_, i) => dataFilename('m', i, SHARDS))].sort()

describe('replaceCheckpoint() of many shards', () => {
  test('renames several at once: the index away first, and the new one in its place last', async () => {
    const { fs, data } = filled()
    await replaceCheckpoint(fs, 'm', { index: 'new.index', data }, async () => undefined)
    expect(fs.most).toBe(16)
    expect([fs.renamed.find((path) => path.endsWith('.previous')), fs.renamed.at(-1)]).toEqual([
      'm.index.previous',
      'm.index',
    ])
    expect([...fs.files.keys()].sort()).toEqual(own)
    for (const bytes of fs.files.values()) expect([...bytes]).toEqual([2])
  })

  test('puts the old set back where one of them fails', async () => {
    const { fs, data } = filled()
    fs.refused = dataFilename('m', 21, SHARDS)
    const work = replaceCheckpoint(fs, 'm', { index: 'new.index', data }, async () => undefined)
    await expect(work).rejects.toThrow(ResourceExhaustedError)
    expect(fs.underWay).toBe(0)
    for (const path of own) expect([...(fs.files.get(path) ?? [])], path).toEqual([1])
    for (const path of data) expect([...(fs.files.get(path) ?? [])], path).toEqual([2])
  })
})
