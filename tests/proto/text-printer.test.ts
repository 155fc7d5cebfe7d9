import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TextMessageType } from '../../src/proto/text-format'
import { formatDouble, formatFloat, quoteBytes, quoteText } from '../../src/proto/text-printer'
import { isFieldEntry, parseTextMessage, type TextValue } from '../helpers/text-tree'
import { ValueError } from '../../src/util/errors'

/** What Python answered: tests/oracle/make_state_golden.py. */
const golden: {
  readonly strings: readonly (readonly [string, string])[]
  readonly bytes: readonly (readonly [string, string])[]
  readonly doubles: readonly (readonly [string, string])[]
  readonly floats: readonly (readonly [string, string])[]
} = JSON.parse(readFileSync(new URL('../golden/checkpoint-state.json', import.meta.url), 'utf8'))

/** A field of each kind, by the kind's name. */
const TYPE: TextMessageType = {
  fullName: 'All',
  field: (name) =>
    name === 'string' || name === 'bytes' || name === 'double' || name === 'float'
      ? { name, repeated: false, kind: name }
      : undefined,
}

function bytesOfHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'))
}

function caught(body: () => unknown): unknown {
  try {
    body()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('the printer', () => {
  test('quoteText() prints as Python prints a string field', () => {
    for (const [utf8, printed] of golden.strings) {
      // Python prints no field that is empty.
      expect(quoteText(bytesOfHex(utf8).length === 0 ? '' : Buffer.from(utf8, 'hex').toString())).toBe(printed || '""')
    }
  })

  test('quoteText() throws ValueError for half of a surrogate pair', () => {
    expect(caught(() => quoteText('😀\udc80'))).toEqual(
      new ValueError("'utf-8' codec can't encode character '\\udc80' in position 1: surrogates not allowed"),
    )
  })

  test('quoteBytes() prints as Python prints a bytes field', () => {
    for (const [bytes, printed] of golden.bytes) expect(quoteBytes(bytesOfHex(bytes))).toBe(printed)
  })

  test('formatDouble() prints as Python prints a double field', () => {
    for (const [bits, printed] of golden.doubles) {
      expect(formatDouble(Buffer.from(bits, 'hex').readDoubleBE())).toBe(printed)
    }
  })

  test('formatFloat() prints as Python prints a float field', () => {
    for (const [bits, printed] of golden.floats) {
      expect(formatFloat(Buffer.from(bits, 'hex').readFloatBE())).toBe(printed)
    }
  })

  test('what is printed reads back', () => {
    const one = (text: string): TextValue | undefined => parseTextMessage(text, TYPE).entries.find(isFieldEntry)?.value
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.uint8Array(),
        fc.double(),
        fc.float(),
        (text, bytes, double, float) => {
          expect(one(`string: ${quoteText(text)}`)).toBe(text)
          expect(one(`bytes: ${quoteBytes(bytes)}`)).toEqual(bytes)
          expect(one(`double: ${formatDouble(double)}`)).toBe(double)
          expect(one(`float: ${formatFloat(float)}`)).toBe(float)
        },
      ),
    )
  })
})
