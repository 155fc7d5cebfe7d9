/**
 * Messages of all types, filled at random: through bytes, through text and copied they stay what they are; and any bytes
 * and any text give a message or a typed error.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyMessage } from '../../src/proto/message-copy'
import { parseMessage, printMessage } from '../../src/proto/message-text'
import { type FieldType, type MessageField, messageType, messageTypeNames } from '../../src/proto/message-type'
import { ParseError } from '../../src/proto/parse-error'
import { concatBytes } from '../../src/util/bytes'
import { InvalidArgumentError } from '../../src/util/errors'
import { decodeAs, encodeAs } from '../helpers/messages'

/** The same cases in every run: what fails, fails again. */
const SEED = 20_170_829

/** Deeper messages are empty. */
const DEPTH = 3

const text = fc.string({ unit: 'binary', maxLength: 12 })
const float = fc.float({ noNaN: true })

function scalar(field: FieldType): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'string':
      return fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'T', 'Tidx', '10', '9'))
    case 'bytes':
      return fc.uint8Array({ maxLength: 40 })
    case 'bool':
      return fc.boolean()
    case 'float':
      return fc.oneof(float, fc.constant(NaN))
    case 'double':
      return fc.double()
    case 'int64':
      return fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.maxSafeInteger())
    case 'uint64':
      return fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.maxSafeNat())
    case 'uint32':
      return fc.nat({ max: 0xffff_ffff })
    case 'enum':
      return fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer())
    default:
      return fc.integer()
  }
}

function value(field: FieldType, depth: number): fc.Arbitrary<unknown> {
  return field.kind === 'message' ? message(field.messageType.fullName, depth + 1) : scalar(field)
}

function mapKey(field: FieldType): fc.Arbitrary<string> {
  return scalar(field).map(String)
}

function filled(field: FieldType, depth: number): fc.Arbitrary<unknown> {
  if (field.kind === 'message' && field.isMap) {
    const [key, member] = field.messageType.fields as readonly [FieldType, FieldType]
    return fc
      .array(fc.tuple(mapKey(key), value(member, depth)), { maxLength: 3 })
      .map((pairs) => Object.fromEntries(pairs))
  }
  return field.repeated ? fc.array(value(field, depth), { maxLength: 3 }) : value(field, depth)
}

/** A plain object; of a oneof one member at most. */
function message(fullName: string, depth: number): fc.Arbitrary<object> {
  const { fields } = messageType(fullName)
  if (depth > DEPTH || fields.length === 0) return fc.constant({})
  const some = fc.subarray([...fields], { maxLength: depth === 0 ? fields.length : Math.min(3, fields.length) })
  return some.chain((chosen) => {
    const single = chosen.filter(
      (field, at) => field.oneof === undefined || chosen.findIndex((one) => one.oneof === field.oneof) === at,
    )
    return fc.record(Object.fromEntries(single.map((field) => [field.property, filled(field, depth)])))
  })
}

const ATTR = (messageType('tensorflow.NodeDef').field('attr') as MessageField).messageType.field('value') as FieldType

const anyMessage = fc
  .constantFrom(...messageTypeNames())
  .chain((fullName) => message(fullName, 0).map((content) => ({ fullName, content })))

test('a message is the same behind its bytes, its text and a copy', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyMessage, ({ fullName, content }) => {
      const bytes = encodeAs(fullName, content)
      const decoded = decodeAs(fullName, bytes)
      expect(encodeAs(fullName, decoded)).toEqual(bytes)
      expect(encodeAs(fullName, copyMessage(fullName, content))).toEqual(bytes)
      expect(encodeAs(fullName, copyMessage(fullName, decoded))).toEqual(bytes)
      const printed = printMessage(fullName, content)
      expect(printMessage(fullName, decoded)).toBe(printed)
      expect(encodeAs(fullName, parseMessage(fullName, printed))).toEqual(bytes)
      expect(encodeAs(fullName, parseMessage(fullName, printed, 'merge'))).toEqual(bytes)
    }),
    { seed: SEED, numRuns: 600 },
  )
})

test('damaged bytes give a message that can be written, or InvalidArgumentError', { timeout: 60_000 }, () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(anyMessage, damage, fc.boolean(), ({ fullName, content }, places, isCut) => {
      const bytes = encodeAs(fullName, content)
      for (const [at, byte] of places) if (bytes.length > 0) bytes[at % bytes.length] = byte
      const damaged = isCut ? bytes.subarray(0, (places[0]?.[0] ?? 0) % (bytes.length + 1)) : bytes
      const outcome = attempt(() => decodeAs(fullName, damaged), InvalidArgumentError)
      if (outcome === undefined) return
      const again = encodeAs(fullName, outcome)
      expect(encodeAs(fullName, decodeAs(fullName, again))).toEqual(again)
      attempt(() => printMessage(fullName, outcome), InvalidArgumentError)
    }),
    { seed: SEED, numRuns: 1500 },
  )
})

/** Bytes of nodes as others may write them: fields twice and in any order, entries in any order, numbers with idle bytes. */
const strangeNodes = fc.array(message('tensorflow.NodeDef', 0), { minLength: 1, maxLength: 3 }).chain((contents) => {
  const pieces = contents.map((content) => encodeAs('tensorflow.NodeDef', content))
  const attr = fc.array(fc.tuple(fc.constantFrom('', 'T', 'Tidx', 'a', '\u00e9'), value(ATTR, 1)), { maxLength: 4 })
  return attr.map((pairs) =>
    concatBytes([...pieces, ...pairs.map(([key, one]) => encodeAs('tensorflow.NodeDef', { attr: { [key]: one } }))]),
  )
})

test('nodes that nobody looked at are written as those are that somebody looked at', { timeout: 60_000 }, () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 2 })
  fc.assert(
    fc.property(fc.array(strangeNodes, { minLength: 1, maxLength: 3 }), damage, (nodes, places) => {
      const bytes = concatBytes(nodes.map(framed))
      for (const [at, byte] of places) bytes[at % bytes.length] = byte
      const looked = attempt(() => decodeAs('tensorflow.GraphDef', bytes), InvalidArgumentError)
      if (looked === undefined) return
      const untouched = decodeAs('tensorflow.GraphDef', bytes)
      const written = encodeAs('tensorflow.GraphDef', copyMessage('tensorflow.GraphDef', looked))
      expect(encodeAs('tensorflow.GraphDef', untouched)).toEqual(written)
      expect(encodeAs('tensorflow.GraphDef', looked)).toEqual(written)
      expect(Object.keys(untouched)).toEqual(Object.keys(looked))
    }),
    { seed: SEED, numRuns: 1500 },
  )
})

test('any bytes give a message or InvalidArgumentError', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.constantFrom(...messageTypeNames()), fc.uint8Array({ maxLength: 60 }), (fullName, bytes) => {
      attempt(() => decodeAs(fullName, bytes), InvalidArgumentError)
    }),
    { seed: SEED, numRuns: 3000 },
  )
})

test('damaged text gives a message or ParseError', { timeout: 60_000 }, () => {
  const piece = fc.oneof(
    fc.constantFrom('{', '}', '<', '>', '[', ']', ':', ',', ';', '"', "'", '\\', '#', '\n', '-', '0x', 'inf'),
    text,
  )
  fc.assert(
    fc.property(anyMessage, fc.nat(), fc.nat(12), piece, ({ fullName, content }, at, length, put) => {
      const printed = printMessage(fullName, content)
      const start = at % (printed.length + 1)
      const damaged = printed.slice(0, start) + put + printed.slice(start + length)
      attempt(() => parseMessage(fullName, damaged), ParseError)
    }),
    { seed: SEED, numRuns: 1500 },
  )
})

/** As a node of a GraphDef. */
function framed(node: Uint8Array): Uint8Array {
  const head = [0x0a]
  let rest = node.length
  for (; rest > 0x7f; rest >>>= 7) head.push((rest & 0x7f) | 0x80)
  return concatBytes([Uint8Array.from([...head, rest]), node])
}

/** What `body` gives; undefined where it throws an error of that class. Other errors are thrown. */
function attempt<T>(body: () => T, allowed: abstract new (...args: never[]) => Error): T | undefined {
  try {
    return body()
  } catch (error) {
    if (error instanceof allowed) return undefined
    throw error
  }
}
