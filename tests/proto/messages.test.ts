import Long from 'long'
import { describe, expect, test } from 'vitest'
import { copyMessage } from '../../src/proto/message-copy'
import {
  type AttrValue,
  decodeMessage,
  encodeMessage,
  type FunctionDef,
  type GraphDef,
  type IGraphDef,
  type NodeDef,
  tensorflow,
  type TensorProto,
} from '../../src/proto/messages'
import { InvalidArgumentError, ValueError } from '../../src/util/errors'
import { bytesOfHex, caught, decodeAs, decodeHex, encodeAs, encodeHex } from '../helpers/messages'

const NODE = 'tensorflow.NodeDef'
const FULL_TYPE = 'tensorflow.FullTypeDef'
const NAME_ATTR_LIST = 'tensorflow.NameAttrList'

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))]
}

/** A field of length-delimited bytes. */
function field(number: number, content: readonly number[]): number[] {
  return [...varint(number * 8 + 2), ...varint(content.length), ...content]
}

/** FullTypeDefs within one another, `levels` below the outermost. */
function nested(levels: number): Uint8Array {
  const heads: number[][] = []
  let size = 0
  for (let level = 0; level < levels; level++) {
    const head = [0x12, ...varint(size)]
    heads.push(head)
    size += head.length
  }
  return new Uint8Array(heads.reverse().flat())
}

describe('decodeMessage()', () => {
  test('gives byte fields that are views of the input, and plain arrays', () => {
    const input = Buffer.from('0a06 0801 2202 0708'.replaceAll(' ', ''), 'hex')
    const { metaInfoDef } = decodeMessage(tensorflow.MetaGraphDef, bytesOfHex('0a00'), 'MetaGraphDef')
    expect(metaInfoDef).toBeDefined()
    const { tensorContent } = decodeMessage(tensorflow.TensorProto, input.subarray(2), 'TensorProto')
    expect(tensorContent.constructor).toBe(Uint8Array)
    expect([...tensorContent]).toEqual([7, 8])
    input[6] = 9
    expect([...tensorContent]).toEqual([9, 8])
  })

  test('keeps 64-bit integers exact', () => {
    const numbers = [0n, 1n, -1n, 127n, 128n, 2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n, 2n ** 32n, -(2n ** 31n)]
    const list = { list: { i: numbers } }
    const back = decodeAs('tensorflow.AttrValue', encodeAs('tensorflow.AttrValue', list)) as unknown as AttrValue
    expect(back.list?.i.map((long) => long.toBigInt())).toEqual(numbers)
  })

  test('merges a message that comes in two pieces, and takes the last member of a oneof', () => {
    const node = decodeHex(NODE, '3a02 0801 3a04 1a02 6162'.replaceAll(' ', '')) as unknown as NodeDef
    expect(node.experimentalType).toMatchObject({ typeId: 1, s: 'ab' })
    expect(encodeHex('tensorflow.AttrValue', decodeHex('tensorflow.AttrValue', '0a031201781805'))).toBe('1805')
    expect(encodeHex('tensorflow.AttrValue', decodeHex('tensorflow.AttrValue', '18050a031201780a03120179'))).toBe(
      '0a06120178120179',
    )
  })

  test('gives lists and maps that nobody wrote when they are looked at, and does not write them', () => {
    const tensor = decodeHex('tensorflow.TensorProto', '0801') as unknown as TensorProto
    expect(tensor.floatVal).toEqual([])
    tensor.floatVal.push(0.5)
    tensor.intVal = [3]
    expect(tensor.floatVal).toEqual([0.5])
    expect(Object.keys(tensor).sort()).toEqual(['dtype', 'floatVal', 'intVal'])
    expect(encodeHex('tensorflow.TensorProto', tensor)).toBe('08012a040000003f3a0103')
    expect(Object.keys(new tensorflow.TensorProto({ intVal: [1] }))).toEqual(['intVal'])
  })

  test('makes nodes and attributes when somebody looks, and shows them like any other property', () => {
    const bytes = bytesOfHex(
      '0a12 0a0161 12014f 2a0a 0a0154 1205 1a03 616263 0a03 0a0162'.replace('1205 1a03 616263', '1205 1203 616263'),
    )
    const graph = (): GraphDef => decodeMessage(tensorflow.GraphDef, bytes, 'GraphDef')
    expect(Object.keys(graph())).toEqual(['node'])
    const spread = { ...graph() }
    expect(spread.node.map(({ name }) => name)).toEqual(['a', 'b'])
    const [a, b] = graph().node as [NodeDef, NodeDef]
    expect(Object.keys(a)).toEqual(['input', 'name', 'op', 'attr'])
    expect({ ...a }.attr['T']?.s).toEqual(Uint8Array.of(97, 98, 99))
    expect(a.attr).toBe(a.attr)
    expect(b.attr).toEqual({})
    expect(Object.hasOwn(b, 'attr')).toBe(true)
    expect(structuredClone({ attr: a.attr })).toEqual({ attr: { T: { s: Uint8Array.of(97, 98, 99) } } })
    expect((Object.create(graph()) as GraphDef).node).toHaveLength(2)
    const frozen = Object.freeze(graph().node[0] as NodeDef)
    expect(Object.keys(frozen.attr)).toEqual(['T'])
    expect(frozen.attr).toEqual(a.attr)
  })

  /** A graph of one node with one attribute, "T", of those bytes. */
  const withAttr = (hex: string): Uint8Array => {
    const attr = [...field(1, [0x54]), ...field(2, [...bytesOfHex(hex)])]
    return new Uint8Array(field(1, field(5, attr)))
  }

  test.each([
    ['two members of a oneof', '18012801', '2801'],
    ['a message in two pieces', '3a0218013a00', '3a021801'],
    ['a number with idle bytes', '188500', '1805'],
    ['a length with idle bytes', '12810061', '120161'],
    ['true as 2', '2802', '2801'],
    ['true in two bytes', '288100', '2801'],
    ['-1 in five bytes', '30ffffffff7f', '30ffffffffffffffffff01'],
    ['a number of more than 64 bits', '18ffffffffffffffffff7f', '18ffffffffffffffffff01'],
    ['an enum of more than 32 bits', '30818080808010', '3001'],
    ['fields in another order', '420412000801', '420408011200'],
    ['a default that does not tell', '42020800', '4200'],
    ['no bytes where that does not tell', '42022200', '4200'],
    ['a list that is not packed', '0a0418011802', '0a021a0102'.replace('021a', '041a02')],
    ['a packed list of nothing', '0a021a00', '0a00'],
    ['a packed list in two pieces', '0a061a01011a0102', '0a041a020102'],
    ['an entry without a value', '520512030a0161', '52071205 0a0161 1200'],
    ['an entry with its value first', '520712051200 0a0161', '52071205 0a0161 1200'],
    ['an entry with two keys', '520a1208 0a0162 0a0161 1200', '52071205 0a0161 1200'],
    ['keys in another order', '520e 1205 0a0162 1200 1205 0a0161 1200', '520e 1205 0a0161 1200 1205 0a0162 1200'],
    ['a key twice', '520e 1205 0a0161 1200 1205 0a0161 1200', '52071205 0a0161 1200'],
    ['the shorter key first', '520f 1205 0a0161 1200 1206 0a026162 1200', '520f 1206 0a026162 1200 1205 0a0161 1200'],
  ])('writes %s as it writes others, looked at or not', (_, strange, usual) => {
    const written = withAttr(usual.replaceAll(' ', ''))
    const graph = decodeAs('tensorflow.GraphDef', withAttr(strange.replaceAll(' ', '')))
    expect(encodeAs('tensorflow.GraphDef', graph)).toEqual(written)
    expect(encodeAs('tensorflow.GraphDef', copyMessage('tensorflow.GraphDef', graph))).toEqual(written)
    const again = decodeAs('tensorflow.GraphDef', written)
    expect(encodeAs('tensorflow.GraphDef', again)).toEqual(written)
    expect(encodeAs('tensorflow.GraphDef', copyMessage('tensorflow.GraphDef', again))).toEqual(written)
  })

  test.each([
    ['a string that is no UTF-8', '4a01ff', /no UTF-8/],
    ['a number that does not end', `18${'80'.repeat(11)}`, /more than ten bytes/],
    ['a list of floats that is cut', '0a0522030000 00', /a list of 3 bytes/],
    ['a list that ends in a number', '0a031a0180', /ends within a field/],
    ['a float that is cut', '250000', /ends within a field/],
    ['a length that runs over', '1205 61', /a length of 5 bytes/],
  ])('throws at once for an attribute with %s', (_, hex, text) => {
    expect(() => decodeAs('tensorflow.GraphDef', withAttr(hex.replaceAll(' ', '')))).toThrow(text)
  })

  test('counts the depth of nodes that nobody looks at', () => {
    const graph = (levels: number): Uint8Array => new Uint8Array(field(1, field(7, [...nested(levels)])))
    expect(encodeAs('tensorflow.GraphDef', decodeAs('tensorflow.GraphDef', graph(98)))).toEqual(graph(98))
    expect(() => decodeAs('tensorflow.GraphDef', graph(99))).toThrow(/messages nest deeper than 100/)
  })

  test('writes what was put in the place of nodes that nobody looked at', () => {
    const hex = '0a030a0161'
    const graph = decodeHex('tensorflow.GraphDef', hex)
    graph['node'] = [{ name: 'b' }]
    expect(encodeHex('tensorflow.GraphDef', graph)).toBe('0a030a0162')
    const other = decodeHex('tensorflow.GraphDef', hex)
    Object.defineProperty(other, 'node', { value: [], enumerable: true })
    expect(encodeHex('tensorflow.GraphDef', other)).toBe('')
    const looked = decodeHex('tensorflow.GraphDef', hex) as unknown as GraphDef
    looked.node.push(new tensorflow.NodeDef({ name: 'c' }))
    expect(encodeHex('tensorflow.GraphDef', looked)).toBe('0a030a01610a030a0163')
    expect(encodeHex('tensorflow.GraphDef', new tensorflow.GraphDef(decodeHex('tensorflow.GraphDef', hex)))).toBe(hex)
  })

  test('takes any key of a map as its own, __proto__ and constructor too', () => {
    const entry = (key: string): number[] => field(5, [...field(1, [...Buffer.from(key)]), ...field(2, [0x18, 5])])
    const keys = ['__proto__', 'constructor', '10', '9', '']
    const bytes = new Uint8Array(keys.flatMap(entry))
    const node = decodeAs(NODE, bytes) as unknown as NodeDef
    expect(new Set(Object.keys(node.attr))).toEqual(new Set(keys))
    expect(Object.getPrototypeOf(node.attr)).toBe(Object.prototype)
    expect(Object.getOwnPropertyDescriptor(node.attr, '__proto__')?.value).toMatchObject({ i: Long.fromInt(5) })
    // In upb's order, byte by byte, the empty key last.
    expect(encodeAs(NODE, node)).toEqual(new Uint8Array(['10', '9', '__proto__', 'constructor', ''].flatMap(entry)))
  })

  test('writes maps of integers from the largest key down', () => {
    const bytes = encodeAs('tensorflow.FunctionDef', { resourceArgUniqueId: { 9: 1, 10: 2, 4294967295: 3, 0: 0 } })
    const back = decodeAs('tensorflow.FunctionDef', bytes) as unknown as FunctionDef
    expect(back.resourceArgUniqueId).toEqual({ 0: 0, 9: 1, 10: 2, 4294967295: 3 })
    expect(Buffer.from(bytes).toString('hex')).toBe('420808ffffffff0f10034204080a1002420408091001420408001000')
  })

  test('keeps strings of proto2 that are no UTF-8', () => {
    const hex = '0a0361ff62'
    const info = decodeHex('tensorflow.GraphDebugInfo', hex)
    expect(info['files']).toEqual(['a\udcffb'])
    expect(encodeHex('tensorflow.GraphDebugInfo', info)).toBe(hex)
  })

  test('keeps what the schema does not know within oneofs, maps and lists', () => {
    for (const [type, hex] of [
      [NODE, '2a0e0a016b120918059a0604deadbeef'],
      [NODE, '0a0161980105a2060178'],
      ['tensorflow.AttrValue', '42059a06022122'],
      ['tensorflow.GraphDef', '0a060a0161980105180a5a0155'],
      [NODE, '5b08015c'],
      ['tensorflow.NoneValue', '5b08015c0d01020304'],
    ] as const) {
      expect(encodeHex(type, decodeHex(type, hex)), hex).toBe(hex)
    }
  })

  test.each([
    [
      'a string that is no UTF-8',
      NODE,
      '0a0361ff62',
      /'utf-8' codec can't decode byte 0xff in position 1: invalid start byte/,
      3,
    ],
    ['a key that is no UTF-8', NODE, '2a030a01ff', /is no UTF-8/, 4],
    ['a length behind the end', NODE, '0a0561', /a length of 5 bytes where 1 are left/, 2],
    ['a length of 2^31', NODE, '0a808080800861', /a length of more than 31 bits/, 6],
    ['a length of 2^31 - 1', NODE, '0affffffff0761', /a length of 2147483647 bytes where 1 are left/, 6],
    ['a length of 2^32 and more', NODE, '0affffffffffff0f61', /a length of more than 31 bits/, 6],
    ['a tag that is cut off', NODE, '0a016180', /ends within a field/, 4],
    ['a number that does not end', 'tensorflow.TensorProto', `08${'80'.repeat(12)}`, /more than ten bytes/, 11],
    ['a field with the number 0', NODE, '0000', /a field with the number 0/, 1],
    ['a field of type 7', NODE, '0f', /a field of type 7/, 1],
    ['the end of a group', NODE, '0c', /end of a group/, 1],
    ['a group without an end', NODE, '5b0801', /ends within a field/, 3],
    ['a group with another end', NODE, '5b080164', /end of a group/, 4],
    [
      'a list of floats that is cut',
      'tensorflow.TensorProto',
      '2a050000000000',
      /a list of 5 bytes whose elements have 4/,
      2,
    ],
    ['a list of integers that runs over', 'tensorflow.TensorProto', '3a02058008', /ends within a field/, 4],
    ['an inner message that runs over', 'tensorflow.GraphDef', '0a020a0561', /a length of 5 bytes where 0 are left/, 4],
  ])('throws InvalidArgumentError with the byte for %s', (_, type, hex, text, offset) => {
    const error = caught(() => decodeHex(type, hex)) as InvalidArgumentError
    expect(error).toBeInstanceOf(InvalidArgumentError)
    expect(error.message).toMatch(text)
    expect(error.message).toMatch(/^Cannot parse \d+ bytes as a \w+: .* \(at byte \d+\)$/)
    expect(error.offset).toBe(offset)
  })

  test('reads 100 messages within one another, entries of maps counted, and no more', () => {
    expect(encodeAs(FULL_TYPE, decodeAs(FULL_TYPE, nested(100)))).toEqual(nested(100))
    for (const levels of [101, 10_000]) {
      expect(() => decodeAs(FULL_TYPE, nested(levels)), `${levels}`).toThrow(/messages nest deeper than 100/)
    }
    const entries = (levels: number): Uint8Array => {
      let bytes: number[] = []
      for (let level = 0; level < levels; level++)
        bytes = field(2, [...field(1, [0x6b]), ...field(2, field(10, bytes))])
      return new Uint8Array(bytes)
    }
    expect(encodeAs(NAME_ATTR_LIST, decodeAs(NAME_ATTR_LIST, entries(33)))).toEqual(entries(33))
    expect(() => decodeAs(NAME_ATTR_LIST, entries(34))).toThrow(InvalidArgumentError)
  })

  test.each([100, 101, 100_000])('skips groups within groups, or refuses them: %i', (levels) => {
    const bytes = new Uint8Array([...new Array<number>(levels).fill(0x5b), ...new Array<number>(levels).fill(0x5c)])
    if (levels <= 100) expect(encodeAs(NODE, decodeAs(NODE, bytes))).toEqual(bytes)
    else expect(() => decodeAs(NODE, bytes)).toThrow(InvalidArgumentError)
  })
})

describe('encodeMessage()', () => {
  test('gives an array that is its whole buffer, and no Buffer', () => {
    const bytes = encodeMessage(tensorflow.NodeDef, { name: 'a' }, 'NodeDef')
    expect(bytes.constructor).toBe(Uint8Array)
    expect(bytes.buffer.byteLength).toBe(bytes.length)
  })

  test.each([5, 5n, Long.fromInt(5), Long.fromInt(5, true)])('writes %o into a field of 64 bits', (value) => {
    expect(encodeHex('tensorflow.AttrValue', { i: value })).toBe('1805')
    expect(encodeHex('tensorflow.AttrValue', { list: { i: [value] } })).toBe('0a031a0105')
    expect(encodeHex('tensorflow.TensorShapeProto.Dim', { size: value })).toBe('0805')
    expect(encodeHex('tensorflow.StructuredValue', { int64Value: value })).toBe('600a')
    expect(encodeHex('tensorflow.GraphDebugInfo', { nameToTraceId: { a: value } })).toBe('2a0c0a0161110500000000000000')
  })

  test('writes no field of 64 bits that is zero and does not tell', () => {
    for (const size of [0, 0n, Long.ZERO, -0]) expect(encodeHex('tensorflow.TensorShapeProto.Dim', { size })).toBe('')
    expect(encodeHex('tensorflow.AttrValue', { i: 0n })).toBe('1800')
  })

  test('keeps the sign of zero', () => {
    expect(encodeHex('google.protobuf.FloatValue', { value: -0 })).toBe('0d00000080')
    expect(encodeHex('google.protobuf.DoubleValue', { value: -0 })).toBe('090000000000000080')
    expect(encodeHex('google.protobuf.FloatValue', { value: 0 })).toBe('')
  })

  test('writes one bit pattern for a NaN that came from nowhere', () => {
    expect(encodeHex('tensorflow.TensorProto', { floatVal: [NaN, -NaN], doubleVal: [NaN] })).toBe(
      '2a080000c07f0000c07f3208000000000000f87f',
    )
  })

  test('refuses more than 2 GB before it makes any of it', () => {
    const half = new Uint8Array(2 ** 30)
    const value = { list: { s: [half, half] } }
    const graph: IGraphDef = { node: [{ attr: { value } }] }
    expect(() => encodeMessage(tensorflow.GraphDef, graph, 'GraphDef')).toThrow(ValueError)
    expect(() => encodeMessage(tensorflow.GraphDef, graph, 'GraphDef')).toThrow(
      /^GraphDef cannot be larger than 2GB\. It has 2147483\d+ bytes$/,
    )
  })

  test.each([
    [{ node: [{}, { name: 5 }] }, 'GraphDef.node[1].name: a string is expected, not 5'],
    [
      { node: [{ attr: { T: { type: 'DT_FLOAT' } } }] },
      'GraphDef.node[0].attr["T"].type: a number of tensorflow.DataType (DT_FLOAT is 1) is expected, not "DT_FLOAT"',
    ],
    [{ node: {} }, 'GraphDef.node: an array is expected, not an object (Object)'],
    [{ node: 'abc' }, 'GraphDef.node: an array is expected, not "abc"'],
    [{ node: [null] }, 'GraphDef.node[0]: a tensorflow.NodeDef is expected, not null'],
    [
      { node: [{ attr: new Map() }] },
      'GraphDef.node[0].attr: an object with an entry for each key is expected, not an object (Map)',
    ],
    [
      { node: [{ attr: { a: undefined } }] },
      'GraphDef.node[0].attr["a"]: a tensorflow.AttrValue is expected, not undefined',
    ],
    [
      { node: [{ attr: { a: { tensor: { tensorContent: [1] } } } }] },
      'GraphDef.node[0].attr["a"].tensor.tensorContent: a Uint8Array is expected, not an array',
    ],
    [{ node: [{ attr: { a: { f: '1' } } }] }, 'GraphDef.node[0].attr["a"].f: a number is expected, not "1"'],
    [{ node: [{ attr: { a: { b: 1 } } }] }, 'GraphDef.node[0].attr["a"].b: a boolean is expected, not 1'],
    [{ version: 1.5 }, 'GraphDef.version: an integer from -2147483648 to 2147483647 is expected, not 1.5'],
    [{ versions: 5 }, 'GraphDef.versions: a tensorflow.VersionDef is expected, not 5'],
  ])('throws TypeError with the path for a value of another type: %j', (graph, text) => {
    const error = caught(() => encodeAs('tensorflow.GraphDef', graph)) as TypeError
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toBe(text)
  })

  test('refuses text without UTF-8 and integers that do not fit', () => {
    expect(() => encodeAs(NODE, { name: 'a\ud800' })).toThrow(
      new ValueError("'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed"),
    )
    expect(() => encodeAs('tensorflow.AttrValue', { i: 2 ** 53 })).toThrow(InvalidArgumentError)
    expect(() => encodeAs('tensorflow.AttrValue', { i: 2n ** 64n })).toThrow(InvalidArgumentError)
  })

  test('refuses messages that hold themselves', () => {
    const type: { args: unknown[] } = { args: [] }
    type.args.push({}, type)
    expect(() => encodeAs(FULL_TYPE, type)).toThrow(InvalidArgumentError)
  })
})
