import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ORACLE_CASES } from './oracle/cases'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGES = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(ROOT, 'docs')).map((page) => `docs/${page}`)]

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

describe('docs/formats.md', () => {
  test('shows the golden file tiny, every byte of it at its offset', () => {
    const rows = [...read('docs/formats.md').matchAll(/^0x([0-9a-f]+) {2}((?:[0-9a-f]{2} ?)+?)(?: {2,}.*)?$/gm)]
    const bytes: number[] = []
    for (const [, offset = '', hex = ''] of rows) {
      expect(bytes.length).toBe(parseInt(offset, 16))
      bytes.push(
        ...hex
          .trim()
          .split(' ')
          .map((byte) => parseInt(byte, 16)),
      )
    }
    expect(Buffer.from(bytes).equals(readFileSync(join(ROOT, 'tests', 'golden', 'tiny', 'm.index')))).toBe(true)
  })
})

describe('docs/deviations.md', () => {
  test('names cases that there are', () => {
    const known = new Set(ORACLE_CASES.map(({ id }) => id))
    const cells = [...read('docs/deviations.md').matchAll(/^\|.*\| ([^|]*) \|$/gm)].map(([, cell = '']) => cell)
    const ids = cells.flatMap((cell) => [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, id = '']) => id))
    expect(ids.length).toBeGreaterThan(3)
    expect(ids.filter((id) => !known.has(id))).toEqual([])
  })
})

describe('The pages', () => {
  test.each(PAGES)('%s links to files that there are', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link)
    const files = links.filter((link) => !/^[a-z]+:/.test(link))
    expect(files.filter((file) => !existsSync(join(ROOT, dirname(page), file)))).toEqual([])
  })
})
