import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeUtf8, describeUtf8Fault, findUtf8Fault } from '../../src/util/utf8'

/** What Python answered: tests/oracle/make_state_golden.py. */
const golden: {
  readonly utf8: readonly (readonly [string, string | null])[]
} = JSON.parse(readFileSync(new URL('../golden/checkpoint-state.json', import.meta.url), 'utf8'))

test('findUtf8Fault() finds what Python finds', () => {
  for (const [data, expected] of golden.utf8) {
    const bytes = new Uint8Array(Buffer.from(data, 'hex'))
    const fault = findUtf8Fault(bytes)
    expect(fault === undefined ? null : describeUtf8Fault(bytes, fault)).toBe(expected)
    expect(decodeUtf8(bytes)).toBe(expected === null ? Buffer.from(bytes).toString() : undefined)
  }
})

test('findUtf8Fault() finds a fault where decodeUtf8() has no text, and nowhere else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
      expect(findUtf8Fault(bytes) === undefined).toBe(decodeUtf8(bytes) !== undefined)
    }),
    { numRuns: 2000 },
  )
})
