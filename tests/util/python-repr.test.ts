import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { escapeCodePoint, reprFloat, reprString } from '../../src/util/python-repr'

/** What Python answered: tests/oracle/make_state_golden.py. */
const golden: {
  readonly reprs: readonly (readonly [string, string])[]
  readonly doubles: readonly (readonly [string, string])[]
} = JSON.parse(readFileSync(new URL('../golden/checkpoint-state.json', import.meta.url), 'utf8'))

test('reprString() is as repr() in Python', () => {
  for (const [text, printed] of golden.reprs) expect(reprString(text)).toBe(printed)
})

test('reprFloat() is as repr() in Python', () => {
  for (const [bits, printed] of golden.doubles) expect(reprFloat(Buffer.from(bits, 'hex').readDoubleBE())).toBe(printed)
})

test('escapeCodePoint() takes the shortest of three forms', () => {
  expect([0x7f, 0x100, 0xffff, 0x10000].map(escapeCodePoint)).toEqual(['\\x7f', '\\u0100', '\\uffff', '\\U00010000'])
})
