import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MessagePrinter } from '../../src/proto/message-printer'
import { parseMessage, printMessage } from '../../src/proto/message-text'
import { messageType, messageTypeNames } from '../../src/proto/message-type'
import type { GraphDef } from '../../src/proto/messages'
import { MAX_TEXT_DEPTH } from '../../src/proto/text-format'
import { quoteBytes } from '../../src/proto/text-printer'
import { ParseError } from '../../src/proto/parse-error'
import { InvalidArgumentError, ValueError } from '../../src/util/errors'
import { caught, decodeHex, encodeHex } from '../helpers/messages'

interface GoldenMessage {
  readonly type: string
  readonly hex: string
  readonly text: string
  readonly parse: Answer
}
type Answer = { readonly hex: string } | { readonly error: string; readonly message: string }
interface GoldenText {
  readonly type: string
  readonly text: string
  readonly parse: Answer
  readonly merge: Answer
}

/** What protobuf's text_format gave: tests/oracle/make_text_format_golden.py. */
function golden<T>(file: string): readonly T[] {
  const text = readFileSync(new URL(`../golden/text-format/${file}`, import.meta.url), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

const messages = golden<GoldenMessage>('messages.jsonl')
const texts = golden<GoldenText>('texts.jsonl')

describe('printMessage()', () => {
  test('prints every golden message byte for byte as Python', () => {
    expect(messages.length).toBeGreaterThan(400)
    for (const { type, hex, text } of messages) expect(printMessage(type, decodeHex(type, hex)), type).toBe(text)
  })

  test('takes plain objects, with numbers and bigints for 64 bits', () => {
    const list = { i: [1, -2n, 2n ** 63n - 1n], f: [0.1], type: [1, 12345] }
    expect(printMessage('tensorflow.AttrValue', { list, s: undefined, i: null })).toBe(
      'list {\n  i: 1\n  i: -2\n  i: 9223372036854775807\n  f: 0.1\n  type: DT_FLOAT\n  type: 12345\n}\n',
    )
  })

  test('prints strings of proto2 that are no UTF-8 as Python does, as bytes', () => {
    expect(printMessage('tensorflow.GraphDebugInfo', { files: ['a\udcffb\u00e9'] })).toBe(
      'files: "a\\377b\\303\\251"\n',
    )
    expect(() => printMessage('tensorflow.NodeDef', { name: 'a\udcff' })).toThrow(ValueError)
  })

  test('prints large byte strings as small ones', () => {
    const content = Uint8Array.from({ length: 40_000 }, (_, at) => (at * 7919) >> 4)
    const small = Array.from(content, (byte) => quoteBytes(Uint8Array.of(byte)).slice(1, -1)).join('')
    expect(printMessage('tensorflow.TensorProto', { tensorContent: content })).toBe(`tensor_content: "${small}"\n`)
  })

  test.each([
    ['tensorflow.GraphDef', { node: [{ name: 5 }] }, 'GraphDef.node[0].name: a string is expected, not 5'],
    ['tensorflow.GraphDef', { node: [5] }, 'GraphDef.node[0]: a tensorflow.NodeDef is expected, not 5'],
    ['tensorflow.AttrValue', { list: { i: 'ab' } }, 'AttrValue.list.i: an array is expected, not "ab"'],
    ['tensorflow.NodeDef', { attr: new Map() }, 'NodeDef.attr: an object with an entry for each key is expected'],
  ])('throws TypeError with the path: %s %j', (type, message, text) => {
    expect(() => printMessage(type, message)).toThrow(TypeError)
    expect(() => printMessage(type, message)).toThrow(text)
  })

  test('refuses messages that hold themselves, and text that is too long', () => {
    const type: { args: unknown[] } = { args: [] }
    type.args.push({}, type)
    expect(() => printMessage('tensorflow.FullTypeDef', type)).toThrow(InvalidArgumentError)
    const printer = new MessagePrinter(10)
    printer.print(messageType('tensorflow.NodeDef'), { name: 'abc' }, 0)
    expect(() => printer.finish()).toThrow('longer than 10 characters: write it in binary')
  })

  test('prints messages of every type', () => {
    expect(new Set(messages.map(({ type }) => type))).toEqual(new Set(messageTypeNames()))
  })
})

describe('decodeMessage() and encodeMessage()', () => {
  test('give every golden message back byte for byte', () => {
    for (const { type, hex } of messages) expect(encodeHex(type, decodeHex(type, hex)), `${type} ${hex}`).toBe(hex)
  })
})

describe('parseMessage()', () => {
  test('makes of each golden text what Python makes of it', () => {
    for (const { type, text, parse } of messages) check(type, text, 'parse', parse)
  })

  test.each([MAX_TEXT_DEPTH + 1, 10_000, 200_000])('refuses %i messages within one another', (depth) => {
    expect(() => parseMessage('tensorflow.FullTypeDef', 'args {'.repeat(depth) + '}'.repeat(depth))).toThrow(ParseError)
  })

  test('reads as deep as it prints', () => {
    const text = printMessage('tensorflow.FullTypeDef', parseMessage('tensorflow.FullTypeDef', deepText(900)))
    expect(text).toBe(deepText(900))
    expect(() => encodeHex('tensorflow.FullTypeDef', parseMessage('tensorflow.FullTypeDef', deepText(101)))).toThrow(
      InvalidArgumentError,
    )
  })

  test('tells the line and the column far into a long text', () => {
    const text = `${'node {\n  name: "a" # é\n}\n'.repeat(5000)}node { nme: 1 }`
    const error = caught(() => parseMessage('tensorflow.GraphDef', text)) as ParseError
    expect(error).toMatchObject({ line: 15_001, column: 8 })
    expect(error.message).toBe('15001:8 : Message type "tensorflow.NodeDef" has no field named "nme".')
  })

  test('gives strings that do not depend on what was read before', () => {
    const names = ['a', 'é', '\u{1f600}', 'x'.repeat(64), 'x'.repeat(65), 'a b', '']
    const text = names.map((name) => `node { name: "${name}" op: '${name}' }`).join('\n')
    for (let round = 0; round < 2; round++) {
      const { node } = parseMessage<GraphDef>('tensorflow.GraphDef', text)
      expect(node.map(({ name, op }) => [name, op])).toEqual(names.map((name) => [name, name]))
    }
  })

  test.each(['parse', 'merge'] as const)('gives what Python gives in %s, or its error', (mode) => {
    for (const { type, text, [mode]: answer } of texts) check(type, text, mode, answer)
  })
})

/** FullTypeDefs within one another. */
function deepText(depth: number): string {
  const heads = Array.from({ length: depth }, (_, at) => `${'  '.repeat(at)}args {\n`)
  return (
    heads.join('') +
    heads
      .map((head) => `${/^ */.exec(head)?.[0] ?? ''}}\n`)
      .reverse()
      .join('')
  )
}

function check(type: string, text: string, mode: 'parse' | 'merge', answer: Answer): void {
  const where = `${type}: ${text}`
  if ('hex' in answer) {
    const parsed = parseMessage(type, text, mode)
    expect(encodeHex(type, parsed), where).toBe(answer.hex)
    expect(printMessage(type, parsed), where).toBe(printMessage(type, decodeHex(type, answer.hex)))
    return
  }
  const error = caught(() => parseMessage(type, text, mode))
  expect(error, where).toBeInstanceOf(ParseError)
  // Python forgets the place where protobuf's C code refuses a value.
  if (answer.error === 'ValueError') expect((error as Error).message).toContain(answer.message)
  else expect((error as Error).message, where).toBe(answer.message)
}

describe('an error', () => {
  test('of nesting says where', () => {
    const text = `attr { key: "a" value {\n${'func { attr { key: "a" value {\n'.repeat(400)}`
    expect(() => parseMessage('tensorflow.NodeDef', text)).toThrow(/^\d+:\d+ : Message too deep/)
  })

  test('does not repeat a token of any length', () => {
    const refused = (): unknown => parseMessage('tensorflow.GraphDef', '['.repeat(100_000))
    expect(refused).toThrow(/^1:2 : /)
    expect(refused).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{900,1100}$/s) }))
  })
})
