/** Lines of the registry, written and read: those that are there, and random ones. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseOpDef } from '../../src/graph/op-def-text'
import { allOpNames } from '../../src/graph/op-registry'
import { OPS, SHARED_VALUES } from '../../src/graph/ops.gen'
import { encodeMessage, type OpDef, tensorflow } from '../../src/proto/messages'
import { InternalError } from '../../src/util/errors'
import { someOp } from './op-answers'
import { writeOpDef } from './op-def-writer'

const shared = new Map(
  SHARED_VALUES.trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
)

function parse(line: string): OpDef {
  return parseOpDef(line, 0, line.length, (alias) => shared.get(alias) ?? '')
}

function bytesOf(op: OpDef): string {
  return Buffer.from(encodeMessage(tensorflow.OpDef, op, 'OpDef')).toString('hex')
}

test('every line is what its op writes', () => {
  const lines = OPS.trim().split('\n')
  const expanded = lines.map((line) => line.replace(/\$\d+/g, (alias) => shared.get(alias) ?? ''))
  // JavaScript leaves the exponent later than Python does: 1e-05 is 0.00001.
  const ours = allOpNames().map((name) => writeOpDef(someOp(name)))
  expect(ours.map(plainNumbers)).toEqual(expanded.map(plainNumbers))
})

function plainNumbers(line: string): string {
  return line.replace(/(?<==|\[|,)-?[\d.]+e[+-]\d+/g, (number) => String(Number(number)))
}

const name = fc.stringMatching(/^[A-Za-z]\w{0,5}$/)
const dtype = fc.integer({ min: 1, max: 33 })
const bytes = fc.uint8Array({ maxLength: 6 })
const int = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const float = fc.float({ noNaN: true })
const shape = fc.oneof(
  fc.constant(new tensorflow.TensorShapeProto({ unknownRank: true })),
  fc
    .array(int, { maxLength: 3 })
    .map(
      (sizes) =>
        new tensorflow.TensorShapeProto({ dim: sizes.map((size) => new tensorflow.TensorShapeProto.Dim({ size })) }),
    ),
)
const tensor = fc
  .tuple(dtype, shape, fc.array(fc.integer(), { maxLength: 3 }))
  .map(([type, tensorShape, intVal]) => new tensorflow.TensorProto({ dtype: type, tensorShape, intVal }))

const VALUES = new Map<string, readonly [field: string, value: fc.Arbitrary<unknown>]>([
  ['string', ['s', bytes]],
  ['int', ['i', int]],
  ['float', ['f', float]],
  ['bool', ['b', fc.boolean()]],
  ['type', ['type', dtype]],
  ['shape', ['shape', shape]],
  ['tensor', ['tensor', tensor]],
])

function listOf(kind: string, minLength: number): fc.Arbitrary<object> {
  const [field, value] = VALUES.get(kind) ?? ['s', bytes]
  return fc
    .array(value, { minLength, maxLength: 3 })
    .map((items) => new tensorflow.AttrValue({ list: new tensorflow.AttrValue.ListValue({ [field]: items }) }))
}

const attr = fc.constantFrom(...VALUES.keys()).chain((kind) =>
  fc.boolean().chain((isList) => {
    const [field, value] = VALUES.get(kind) ?? ['s', bytes]
    const one = value.map((item) => new tensorflow.AttrValue({ [field]: item }))
    return fc.record(
      {
        name: name.map((text) => `a_${text}`),
        type: fc.constant(isList ? `list(${kind})` : kind),
        defaultValue: isList ? listOf(kind, 0) : one,
        minimum: int,
        allowedValues: listOf(kind, 1),
      },
      { requiredKeys: ['name', 'type'] },
    )
  }),
)

const fullType: fc.Arbitrary<object> = fc.letrec((tie) => ({
  type: fc
    .tuple(
      fc.constantFrom(0, 1, 2, 3, 4, 1000, 10102),
      fc.option(fc.string({ maxLength: 4, unit: 'binary' })),
      tie('args'),
    )
    .map(([typeId, s, args]) => new tensorflow.FullTypeDef({ ...(typeId !== 0 && { typeId }), s, args })),
  args: fc.oneof({ maxDepth: 2, withCrossShrink: true }, fc.constant([]), fc.array(tie('type'), { maxLength: 2 })),
})).type as fc.Arbitrary<object>

const op = fc
  .record({
    name,
    attrs: fc.uniqueArray(attr, { maxLength: 4, selector: (one) => one.name }),
    inputs: fc.nat(),
    args: fc.array(fc.tuple(name, dtype, fc.boolean(), fc.option(fullType), fc.nat()), { maxLength: 4 }),
    flags: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
    deprecation: fc.option(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.string({ unit: 'binary', maxLength: 8 }))),
    controlOutput: fc.array(name, { maxLength: 2 }),
  })
  .map(({ attrs, args, inputs, flags, deprecation, ...rest }) => {
    const [isCommutative, isAggregate, isStateful, allowsUninitializedInput, isDistributedCommunication] = flags
    const argDefs = args.map(([argName, type, isRef, full, pick]) => {
      const numbers = attrs.filter((one) => one.type === 'int')
      const types = attrs.filter((one) => one.type === 'type')
      const number = numbers[pick % (numbers.length + 1)]?.name
      const typeAttr = types[pick % (types.length + 1)]?.name
      return new tensorflow.OpDef.ArgDef({
        name: argName,
        ...(typeAttr === undefined ? { type } : { typeAttr }),
        ...(number !== undefined && { numberAttr: number }),
        ...(isRef && { isRef }),
        ...(full !== null && { experimentalFullType: full }),
      })
    })
    const cut = inputs % (argDefs.length + 1)
    const set = { isCommutative, isAggregate, isStateful, allowsUninitializedInput, isDistributedCommunication }
    return new tensorflow.OpDef({
      ...rest,
      attr: attrs.map((one) => new tensorflow.OpDef.AttrDef({ ...one, ...('minimum' in one && { hasMinimum: true }) })),
      inputArg: argDefs.slice(0, cut),
      outputArg: argDefs.slice(cut),
      ...Object.fromEntries(Object.entries(set).filter(([, value]) => value)),
      ...(deprecation !== null && {
        deprecation: new tensorflow.OpDeprecation({ version: deprecation[0], explanation: deprecation[1] }),
      }),
    })
  })

test('parseOpDef() reads any op that is written so', () => {
  fc.assert(
    fc.property(op, (written) => {
      expect(bytesOf(parse(writeOpDef(written)))).toBe(bytesOf(written))
    }),
  )
})

describe('a damaged line', () => {
  test.each([
    ['Add(x:T,y:T)->z:T T:type{', 'was expected at column 26'],
    ['Add(x:T,y:T)->z:T T:type{flaot}', 'no dtype is called flaot at column 31'],
    ['Add(x:T,y:T)->z:T', 'no dtype is called T'],
    ['Add(x:T,y:T)->z:T T:int', "an argument's type is T, which is of kind int"],
    ['Add(x:int32 !stateful', '")" was expected at column 12'],
    ['Add() !statefull', 'no flag is called statefull'],
    ['Add() s:string="a%2"', 'was expected at column 16'],
    ['Add() f:func=f', 'no value of kind func can stand here'],
    ['Add() f:color=red', 'no attribute is of kind color'],
    ['Add()->x:variant~TENSOUR', 'no full type is called TENSOUR'],
    ['Add() !deprecated soon', 'was expected at column 19'],
    ['', 'was expected at column 1 of '],
  ])('%s', (line, message) => {
    expect(() => parse(line)).toThrow(InternalError)
    expect(() => parse(line)).toThrow(`The op registry is damaged: `)
    expect(() => parse(line)).toThrow(message)
  })

  test('is not read beyond its end', () => {
    const text = 'Add(x:int32) !sta\nteful'
    expect(() => parseOpDef(text, 0, text.indexOf('\n'), () => '')).toThrow('no flag is called sta')
    expect(() => parseOpDef('Add()', 0, 2, () => '')).toThrow(InternalError)
  })

  test('throws no other error, wherever it is cut', () => {
    const lines = OPS.trim().split('\n')
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.nat(), fc.nat({ max: 3 }), (line, place, count) => {
        const at = place % line.length
        try {
          parse(line.slice(0, at) + line.slice(at + count))
        } catch (error) {
          expect(error).toBeInstanceOf(InternalError)
        }
      }),
    )
  })
})
