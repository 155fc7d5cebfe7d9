import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TextMessageType, TextScalarKind } from '../../src/proto/text-format'
import { ParseError } from '../../src/proto/parse-error'
import { formatDouble, quoteText } from '../../src/proto/text-printer'
import { type CheckpointState, decodeCheckpointState } from '../../src/train/checkpoint-state-text'
import { isFieldEntry, parseTextMessage } from '../helpers/text-tree'

type Answer =
  { readonly fields: Readonly<Record<string, unknown>> } | { readonly error: string; readonly message: string }

/** What Python answered: tests/oracle/make_state_golden.py. */
const golden = JSON.parse(readFileSync(new URL('../golden/checkpoint-state.json', import.meta.url), 'utf8')) as {
  readonly state: readonly (readonly [string, Answer])[]
}

/** What Python reads and this reader refuses: nobody writes it. */
const REFUSED = [
  'model_checkpoint_path: "\\\\u0041 \\\\\\u0041 \\u005cu0042 \\u005cn"',
  'model_checkpoint_path: "\\中"',
  'model_checkpoint_path: "\\😀"',
  'last_preserved_timestamp: 1_000.2_5',
]

const KINDS = new Map<string, TextScalarKind>([
  ['model_checkpoint_path', 'string'],
  ['all_model_checkpoint_paths', 'string'],
  ['all_model_checkpoint_timestamps', 'double'],
  ['last_preserved_timestamp', 'double'],
])
const STATE: TextMessageType = {
  fullName: 'tensorflow.CheckpointState',
  field: (name) => {
    const kind = KINDS.get(name)
    return kind === undefined ? undefined : { name, repeated: name.startsWith('all_'), kind }
  },
}

/** The same by the reader that answers as Python does, word for word. */
function byTree(text: string): CheckpointState {
  const state: CheckpointState = decodeCheckpointState('')
  for (const { field, value } of parseTextMessage(text, STATE).entries.filter(isFieldEntry)) {
    if (field.name === 'model_checkpoint_path') state.modelCheckpointPath = value as string
    else if (field.name === 'all_model_checkpoint_paths') state.allModelCheckpointPaths.push(value as string)
    else if (field.name === 'last_preserved_timestamp') state.lastPreservedTimestamp = value as number
    else state.allModelCheckpointTimestamps.push(value as number)
  }
  return state
}

function attempt<T>(read: () => T): T | ParseError {
  try {
    return read()
  } catch (error) {
    if (error instanceof ParseError) return error
    throw error
  }
}

/** What both make of a text: equal, or errors, or refused here alone. */
function compare(text: string): 'read' | 'error' | 'refused' {
  const [ours, pythons] = [attempt(() => decodeCheckpointState(text)), attempt(() => byTree(text))]
  if (!(ours instanceof ParseError)) expect(ours, JSON.stringify(text)).toEqual(pythons)
  if (!(ours instanceof ParseError)) return 'read'
  expect([ours.line, ours.column].every((one) => (one ?? 0) >= 1)).toBe(true)
  return pythons instanceof ParseError ? 'error' : 'refused'
}

describe('readFlatText()', () => {
  test('reads what Python reads, as Python reads it, and refuses what Python refuses', () => {
    const refused = golden.state.flatMap(([text, answer]) => {
      const result = compare(text)
      expect(result === 'error', text).toBe('error' in answer)
      return result === 'refused' ? [text] : []
    })
    expect(refused).toEqual(REFUSED)
  })

  test("has Python's words for a field that is not there, with the place", () => {
    for (const [text, answer] of golden.state) {
      if (!('error' in answer) || !answer.message.includes('has no field named')) continue
      // Python's letters and digits are those of Unicode.
      if (!/[^ -~\s]/.test(text))
        expect(attempt(() => decodeCheckpointState(text))).toMatchObject({ message: answer.message })
    }
  })

  test('tells line and column, in code points', () => {
    const error = attempt(() =>
      decodeCheckpointState('model_checkpoint_path: "é"\n# 中\n  all_model_checkpoint_paths: "😀" $'),
    )
    expect(error).toMatchObject({ name: 'ParseError', code: 'DATA_LOSS', line: 3, column: 35 })
    expect(attempt(() => decodeCheckpointState(`a${'b'.repeat(5000)}: 1`))).toMatchObject({
      message: expect.stringMatching(/^.{900,1100}$/s),
    })
  })

  test('reads what was printed, whatever the paths', () => {
    const path = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/\p{Surrogate}/u.test(text))
    fc.assert(
      fc.property(fc.array(path, { minLength: 1 }), fc.array(fc.double()), (paths, times) => {
        const lines = [
          `model_checkpoint_path: ${quoteText(paths[0] ?? '')}`,
          ...paths.map((one) => `all_model_checkpoint_paths: ${quoteText(one)}`),
          ...times.map((one) => `all_model_checkpoint_timestamps: ${formatDouble(one)}`),
        ]
        const state = decodeCheckpointState(`${lines.join('\n')}\n`)
        expect(state.modelCheckpointPath).toBe(paths[0])
        expect(state.allModelCheckpointPaths).toEqual(paths)
        expect(state.allModelCheckpointTimestamps).toEqual(times)
      }),
    )
  })

  test('never reads anything otherwise than Python', { timeout: 60_000 }, () => {
    const words = [
      ...KINDS.keys(),
      ':',
      ' ',
      '\n',
      '"',
      "'",
      '\\',
      '\\303\\251',
      '\\x4',
      '\\u00e9',
      '\\u',
      '\\U0001F600',
      '\\n',
      '\\q',
      '\\777',
    ]
    const more = [
      '[',
      ']',
      ',',
      ';',
      '#',
      '#x\n',
      'a',
      '😀',
      '1',
      '-1.5e3',
      '.5',
      'inf',
      'nanf',
      '+',
      '01',
      '\ufeff',
      '\x1c',
      '\x85',
      '\\',
      '{',
      '<',
    ]
    const part = fc.oneof(fc.constantFrom(...words, ...more), fc.string({ maxLength: 3 }))
    const string = fc.array(part, { maxLength: 5 }).map((parts) => `model_checkpoint_path: "${parts.join('')}"`)
    const list = fc
      .array(part, { maxLength: 6 })
      .map((parts) => `all_model_checkpoint_timestamps: [${parts.join(',')}]`)
    const text = fc.array(fc.oneof(string, list, part), { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (one) => {
        if (/\p{Surrogate}/u.test(one)) return
        if (compare(one) === 'refused') expect(one).toMatch(/\\[uU]|\\[^\0-\xff]|\d_\d/)
      }),
      { numRuns: 3000 },
    )
  })

  test('reads long strings, comments and blanks', () => {
    const long = 'x'.repeat(1_000_000)
    const text = `${' '.repeat(1_000_000)}#${long}\nmodel_checkpoint_path: "${'\\n'.repeat(1_000_000)}" "${long}"`
    expect(decodeCheckpointState(text).modelCheckpointPath).toBe('\n'.repeat(1_000_000) + long)
    expect(attempt(() => decodeCheckpointState('['.repeat(1_000_000)))).toBeInstanceOf(ParseError)
  })
})
