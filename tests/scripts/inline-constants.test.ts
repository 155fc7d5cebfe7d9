import { expect, test } from 'vitest'
import { exportedConstants, withConstantsInlined } from '../../scripts/inline-constants'

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
