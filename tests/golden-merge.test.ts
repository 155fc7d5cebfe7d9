/**
 * Parts that TensorFlow wrote, merged by it and by us: the merged index byte for byte, and every data file in its place.
 * make_merge_golden.py tells the grammar of the manifest.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mergeBundles } from '../src/checkpoint/merge-bundles'
import { MemoryFileSystem } from '../src/fs/memory'
import { hex } from './helpers/bundle'
import { FaultFileSystem } from './helpers/fault-fs'
import { GOLDEN_DIR, goldenFile } from './oracle/golden'

interface GoldenMerge {
  readonly merge: string
  readonly bent?: string
  readonly prefixes: readonly string[]
  readonly parts: readonly string[]
  /** The merged data files, and whose bytes they have. */
  readonly data: Readonly<Record<string, string>>
}

const { merges } = JSON.parse(readFileSync(`${GOLDEN_DIR}/merge/manifest.json`, 'utf8')) as {
  readonly merges: readonly GoldenMerge[]
}

function fileOf(path: string): Uint8Array<ArrayBuffer> {
  return goldenFile(`merge/${path}`)
}

test.each(merges.map((one) => [one.merge, one] as const))('mergeBundles() makes golden merge/%s', async (_, one) => {
  const fs = new MemoryFileSystem(one.parts.map((path) => [path, fileOf(path)] as const))
  const counting = new FaultFileSystem(fs)
  await mergeBundles(one.prefixes, one.merge, { fs: counting, deleteOld: false })
  const expected = new Map([[`${one.merge}.index`, hex(fileOf(`${one.merge}.index`))]])
  for (const [path, part] of Object.entries(one.data)) expected.set(path, hex(fileOf(part)))
  expect(new Map(Array.from(fs.files, ([path, bytes]) => [path, hex(bytes)]))).toEqual(expected)
  // Of the data not a byte was read.
  const indexes = one.prefixes.map((prefix) => fileOf(`${prefix}.index`).length)
  expect(counting.counts.bytesRead).toBeLessThanOrEqual(indexes.reduce((sum, size) => sum + size))
})

test('The goldens hold merges in several orders, of whole tensors, of parts, and what no writer writes', () => {
  const stories = new Set(merges.map(({ merge }) => merge.split('/')[0]))
  expect([...stories]).toEqual(['plain', 'partitioned', 'names', 'many', 'bent'])
  expect(merges.filter(({ bent }) => bent !== undefined)).toHaveLength(1)
})
