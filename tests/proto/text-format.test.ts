import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  MAX_TEXT_DEPTH,
  type TextFieldType,
  type TextMessageType,
  type TextScalarKind,
} from '../../src/proto/text-format'
import { ParseError } from '../../src/proto/parse-error'
import { isFieldEntry, parseTextMessage, type TextMessage, type TextValue } from '../helpers/text-tree'
import { DataLossError } from '../../src/util/errors'

type Answer = { readonly fields: unknown } | { readonly error: string; readonly message: string }
type Pairs<B> = readonly (readonly [string, B])[]

/** What Python answered: tests/oracle/make_state_golden.py. */
const golden: {
  readonly state: Pairs<Answer>
  readonly tensor: Pairs<Answer>
  readonly any: Pairs<Answer>
} = JSON.parse(readFileSync(new URL('../golden/checkpoint-state.json', import.meta.url), 'utf8'))

type Kind = TextScalarKind | 'dtype' | TextMessageType
interface Schema extends TextMessageType {
  readonly fields: Map<string, TextFieldType>
}

const DTYPES = new Map([
  ['DT_FLOAT', 1],
  ['DT_INT32', 3],
  ['DT_BOOL', 10],
])

/** "name*" is repeated. */
function schema(fullName: string, kinds: Readonly<Record<string, Kind>>): Schema {
  const fields = new Map<string, TextFieldType>()
  for (const [key, kind] of Object.entries(kinds)) {
    const name = key.replace('*', '')
    const common = { name, repeated: key.endsWith('*') }
    if (kind === 'dtype') {
      const enumType = { fullName: 'tensorflow.DataType', numberOf: (one: string) => DTYPES.get(one) }
      fields.set(name, { ...common, kind: 'enum', enumType })
    } else if (typeof kind === 'string') fields.set(name, { ...common, kind })
    else fields.set(name, { ...common, kind: 'message', messageType: kind })
  }
  return { fullName, fields, field: (name) => fields.get(name) }
}

const STATE = schema('tensorflow.CheckpointState', {
  model_checkpoint_path: 'string',
  'all_model_checkpoint_paths*': 'string',
  'all_model_checkpoint_timestamps*': 'double',
  last_preserved_timestamp: 'double',
})
const DIM = schema('tensorflow.TensorShapeProto.Dim', { size: 'int64', name: 'string' })
const SHAPE = schema('tensorflow.TensorShapeProto', { 'dim*': DIM, unknown_rank: 'bool' })
const HANDLE_PART = schema('tensorflow.ResourceHandleProto.DtypeAndShape', { dtype: 'dtype', shape: SHAPE })
const HANDLE = schema('tensorflow.ResourceHandleProto', { hash_code: 'uint64', 'dtypes_and_shapes*': HANDLE_PART })
const VARIANT = schema('tensorflow.VariantTensorDataProto', { type_name: 'string', metadata: 'bytes' })
const TENSOR = schema('tensorflow.TensorProto', {
  dtype: 'dtype',
  tensor_shape: SHAPE,
  version_number: 'int32',
  tensor_content: 'bytes',
  'float_val*': 'float',
  'double_val*': 'double',
  'string_val*': 'bytes',
  'scomplex_val*': 'float',
  'int64_val*': 'int64',
  'bool_val*': 'bool',
  'resource_handle_val*': HANDLE,
  'variant_val*': VARIANT,
  'uint32_val*': 'uint32',
  'uint64_val*': 'uint64',
})
VARIANT.fields.set('tensors', { name: 'tensors', repeated: true, kind: 'message', messageType: TENSOR })
const ANY: TextMessageType = {
  ...schema('google.protobuf.Any', { type_url: 'string', value: 'bytes' }),
  anyType: (name) => (name === SHAPE.fullName ? SHAPE : undefined),
}
const INFO = schema('tensorflow.MetaGraphDef.MetaInfoDef', { 'tags*': 'string', any_info: ANY })

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function plain(value: TextValue, kind: string): unknown {
  if (value instanceof Uint8Array) return hex(value)
  if (typeof value === 'object') return message(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'number') return value
  if (kind !== 'double' && kind !== 'float') return String(value)
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return Number.isNaN(value) ? 'nan' : hex(bytes)
}

const DEFAULTS = new Set<unknown>(['', '0', '0000000000000000', false])

/** The tree as the golden file has messages: merged, without defaults. */
function message(tree: TextMessage, into: Record<string, unknown> = {}): Record<string, unknown> {
  for (const entry of tree.entries) {
    if (!isFieldEntry(entry)) {
      into['type_url'] = entry.typeUrl
      continue
    }
    const { field, value } = entry
    const one = plain(value, field.kind)
    if (field.repeated) into[field.name] = [...((into[field.name] as unknown[] | undefined) ?? []), one]
    else if (typeof value === 'object' && !(value instanceof Uint8Array)) {
      into[field.name] = message(value, into[field.name] as Record<string, unknown> | undefined)
    } else if (DEFAULTS.has(one)) delete into[field.name]
    else into[field.name] = one
  }
  return into
}

function answer(text: string, type: TextMessageType): unknown {
  try {
    return { fields: message(parseTextMessage(text, type)) }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { error: error.name, message: error.message }
  }
}

/** One test for a table: every text that has another answer than Python's is named. */
function differences(pairs: Pairs<Answer>, type: TextMessageType): unknown[] {
  return pairs.flatMap(([text, expected]) => {
    const actual = answer(text, type)
    return JSON.stringify(sorted(actual)) === JSON.stringify(sorted(expected)) ? [] : [{ text, expected, actual }]
  })
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}

describe('parseTextMessage()', () => {
  test('answers as Python does: strings, doubles, names, places and words of errors', () => {
    expect(golden.state.length).toBeGreaterThan(150)
    expect(differences(golden.state, STATE)).toEqual([])
  })

  test('answers as Python does: integers, enums, bools, bytes, messages in messages', () => {
    // An enum's number beyond int32 is a ValueError in Python, without a place: here it is a ParseError like the others.
    const [beyond, others] = [golden.tensor.filter(isBeyond), golden.tensor.filter((pair) => !isBeyond(pair))]
    expect(differences(others, TENSOR)).toEqual([])
    expect(beyond.map(([text]) => answer(text, TENSOR))).toEqual([
      { error: 'ParseError', message: "1:8 : 'dtype: 3000000000': Value out of range: 3000000000" },
    ])
  })

  test('answers as Python does: expanded Any', () => {
    // The bytes of `value` are the caller's to make.
    const withoutValue = golden.any.map(([text, expected]) => [text, withoutAnyValue(text, expected)] as const)
    expect(differences(withoutValue, INFO)).toEqual([])
  })

  test('keeps what stood in an Any in order', () => {
    const tree = parseTextMessage('any_info { value: "x" [a/tensorflow.TensorShapeProto] { } type_url: "b" }', INFO)
    const any = tree.entries.find(isFieldEntry)?.value as TextMessage
    expect(any.entries.map((entry) => (isFieldEntry(entry) ? entry.field.name : entry.typeUrl))).toEqual([
      'value',
      'a/tensorflow.TensorShapeProto',
      'type_url',
    ])
  })

  test('throws ParseError, a DataLossError with line and column', () => {
    const error = caught(() => parseTextMessage('\n  garbage', STATE))
    expect(error).toBeInstanceOf(DataLossError)
    expect(error).toMatchObject({ name: 'ParseError', line: 2, column: 3 })
  })

  test('nests as deep as MAX_TEXT_DEPTH, and throws ParseError beyond it', () => {
    const nested = (depth: number): string => 'variant_val { tensors { '.repeat(depth / 2) + '} } '.repeat(depth / 2)
    expect(() => parseTextMessage(nested(MAX_TEXT_DEPTH - 2), TENSOR)).not.toThrow()
    expect(caught(() => parseTextMessage(nested(MAX_TEXT_DEPTH), TENSOR))).toBeInstanceOf(ParseError)
    expect(caught(() => parseTextMessage(nested(10_000), TENSOR))).toBeInstanceOf(ParseError)
    expect(caught(() => parseTextMessage('['.repeat(1_000_000), TENSOR))).toBeInstanceOf(ParseError)
    expect(caught(() => parseTextMessage('any_info { [a/'.repeat(10_000), INFO))).toBeInstanceOf(ParseError)
  })

  test('reads long strings, comments and blanks', () => {
    const long = 'x'.repeat(2_000_000)
    const text = `${' '.repeat(2_000_000)}#${long}\nmodel_checkpoint_path: "${'\\n'.repeat(2_000_000)}" "${long}"`
    const value = parseTextMessage(text, STATE).entries.find(isFieldEntry)?.value
    expect(value).toBe('\n'.repeat(2_000_000) + long)
  })

  test('gives a tree or a ParseError for anything', { timeout: 60_000 }, () => {
    const words = [
      'model_checkpoint_path',
      'dtype',
      'tensor_shape',
      'variant_val',
      'tensors',
      'dim',
      ':',
      '{',
      '}',
      '<',
      '>',
    ]
    const rest = [
      '[',
      ']',
      '"',
      "'",
      '\\',
      '#',
      '\n',
      ' ',
      ',',
      ';',
      '.',
      '/',
      '-',
      '0',
      '017',
      '0x1f',
      '1e5',
      'inf',
      '\\x',
      '\\u00',
      'é',
    ]
    const texts = fc.array(fc.oneof(fc.constantFrom(...words, ...rest), fc.string({ unit: 'binary' })))
    fc.assert(
      fc.property(texts, fc.constantFrom(STATE, TENSOR, INFO), (parts, type) => {
        try {
          parseTextMessage(parts.join(''), type)
        } catch (error) {
          if (!(error instanceof ParseError)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})

function isBeyond([, expected]: readonly [string, Answer]): boolean {
  return 'error' in expected && expected.error === 'ValueError'
}

function withoutAnyValue(text: string, expected: Answer): Answer {
  if (!('fields' in expected) || text.includes('value:')) return expected
  const fields = structuredClone(expected.fields) as { any_info?: { value?: string } }
  delete fields.any_info?.value
  return { fields }
}

function caught(body: () => unknown): unknown {
  try {
    body()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
