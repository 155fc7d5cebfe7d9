import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { exportedConstants, othersOf, withConstantsInlined } from '../../scripts/inline-constants'

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url))

test('numbers stand where their names were, and the names where they are made', () => {
  const text = 'const PIECE = 4 << 20\nconst LEFT = 5275\nread(2 * PIECE, `${LEFT}`, a ? LEFT : PIECE)'
  expect(withConstantsInlined(text)).toBe(
    'const PIECE = 4194304\nconst LEFT = 5275\nread(2 * 4194304, `${5275}`, a ? 5275 : 4194304)',
  )
})

test('what only looks like one stays', () => {
  const text = "const A = 1\nexport const B = 2\nconst C = f(3)\n  const D = 4\nuse({ A: B }, x.A, 'A', AA, C, D)"
  expect(withConstantsInlined(text)).toBe(text)
})

test('a negative number, a power and a hexadecimal one', () => {
  const text = 'const LESS = -1\nconst MOST = 2 ** 53\nconst MASK = 0xff\nuse(-LESS, MOST ** 2, MASK)'
  expect(withConstantsInlined(text).split('\n')[3]).toBe('use(-(-1), 9007199254740992 ** 2, 255)')
})

test('constants of another module, but not where they are imported or exported', () => {
  const text = "import { f, PIECE } from './a'\nimport { LEFT } from './b'\nexport { LEFT, PIECE }\nf(PIECE, LEFT)"
  const others = exportedConstants('export const PIECE = 4 << 20\nconst LEFT = 5')
  expect([...others]).toEqual([['PIECE', '4 << 20']])
  expect(withConstantsInlined(text, others)).toBe(text.replace('f(PIECE,', 'f(4194304,'))
})

/** What stands in quotes in a text, the pieces of templates too. */
function literalsOf(text: string): string[] {
  const literals: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      literals.push(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2022, true))
  return literals
}

test('nothing that stands in quotes in the sources is changed', async () => {
  const paths = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  expect(paths.length).toBeGreaterThan(250)
  for (const path of paths) {
    const text = readFileSync(join(SOURCES, path), 'utf8')
    const inlined = withConstantsInlined(text, await othersOf(text, join(SOURCES, path)))
    if (inlined !== text) expect([path, literalsOf(inlined)]).toEqual([path, literalsOf(text)])
  }
})
