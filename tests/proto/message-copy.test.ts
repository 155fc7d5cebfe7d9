import Long from 'long'
import { describe, expect, test } from 'vitest'
import { copyMessage } from '../../src/proto/message-copy'
import { type AttrValue, type GraphDef, type NodeDef, tensorflow, type TensorProto } from '../../src/proto/messages'
import { InvalidArgumentError } from '../../src/util/errors'
import { caught, decodeHex, encodeHex } from '../helpers/messages'

describe('copyMessage()', () => {
  test('gives messages of the static code, of plain objects', () => {
    const content = Uint8Array.of(1, 2)
    const graph = {
      node: [
        {
          name: 'a',
          attr: { value: { tensor: { dtype: 1, tensorContent: content, tensorShape: { dim: [{ size: 2n }] } } } },
        },
      ],
    }
    const copy = copyMessage<GraphDef>('tensorflow.GraphDef', graph)
    expect(copy).toBeInstanceOf(tensorflow.GraphDef)
    const node = copy.node[0] as NodeDef
    expect(node).toBeInstanceOf(tensorflow.NodeDef)
    const tensor = node.attr['value']?.tensor as TensorProto
    expect(tensor.tensorShape?.dim[0]?.size).toEqual(Long.fromInt(2))
    expect(tensor.tensorContent).toBe(content)
    expect(node.device).toBe('')
    expect(node.input).toEqual([])
  })

  test('shares nothing that can be changed but byte arrays', () => {
    const graph = decodeHex('tensorflow.GraphDef', '0a0b0a016112014f1a01622a0022020801') as unknown as GraphDef
    const copy = copyMessage<GraphDef>('tensorflow.GraphDef', graph)
    const before = encodeHex('tensorflow.GraphDef', graph)
    expect(encodeHex('tensorflow.GraphDef', copy)).toBe(before)
    const node = copy.node[0] as NodeDef
    node.input.push('c')
    node.attr['x'] = new tensorflow.AttrValue({ i: 1 })
    copy.node.push(new tensorflow.NodeDef())
    if (copy.versions) copy.versions.producer = 7
    expect(encodeHex('tensorflow.GraphDef', graph)).toBe(before)
  })

  test('takes numbers, bigints and Longs for 64 bits, and leaves out what is not set', () => {
    const list = { i: [1, 2n, Long.fromInt(3), Long.fromInt(4, true)], f: undefined, b: null }
    const copy = copyMessage<AttrValue>('tensorflow.AttrValue', { list, s: undefined, i: null })
    expect(copy.list?.i).toEqual([1, 2, 3, 4].map((value) => Long.fromInt(value)))
    expect(Object.keys(copy)).toEqual(['list'])
    expect(Object.keys(copy.list ?? {})).toEqual(['i'])
  })

  test('rounds floats as they are written', () => {
    expect(copyMessage<AttrValue>('tensorflow.AttrValue', { f: 0.1 }).f).toBe(Math.fround(0.1))
  })

  test.each(['0a03120178980105', '250000c0ff', '0a0622040100807f'])(
    'keeps unknown fields and the bits of NaNs: %s',
    (hex) => {
      const copy = copyMessage('tensorflow.AttrValue', decodeHex('tensorflow.AttrValue', hex))
      expect(encodeHex('tensorflow.AttrValue', copy)).toBe(hex)
    },
  )

  test("keeps a map's key __proto__", () => {
    const attr = JSON.parse('{"__proto__": {"b": true}, "constructor": {"b": false}}') as object
    const copy = copyMessage<NodeDef>('tensorflow.NodeDef', { attr })
    expect(Object.keys(copy.attr)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(copy.attr)).toBe(Object.prototype)
    expect(encodeHex('tensorflow.NodeDef', copy)).toBe(
      '2a0f0a095f5f70726f746f5f5f120228012a110a0b636f6e7374727563746f7212022800',
    )
  })

  test.each([
    ['tensorflow.NodeDef', { nme: 'a' }, 'NodeDef.nme: tensorflow.NodeDef has no such field'],
    [
      'tensorflow.TensorProto',
      { tensor_content: null, dtype: 1, tensor_shape: {} },
      'TensorProto.tensor_shape: tensorflow.TensorProto has no such field',
    ],
    [
      'tensorflow.AttrValue',
      { i: 1, s: new Uint8Array(0) },
      'AttrValue.s: .i is set already, and only one of the two can be',
    ],
    [
      'tensorflow.AttrValue',
      { i: 2 ** 53 },
      'AttrValue.i: a 64-bit integer (a number, bigint or Long) is expected, not 9007199254740992',
    ],
    [
      'tensorflow.AttrValue',
      { i: 2n ** 63n },
      'AttrValue.i: a 64-bit integer (a number, bigint or Long) is expected, not 9223372036854775808n',
    ],
    [
      'tensorflow.AttrValue',
      { i: '1' },
      'AttrValue.i: a 64-bit integer (a number, bigint or Long) is expected, not "1"',
    ],
    [
      'tensorflow.TensorProto',
      { uint64Val: [-1] },
      'TensorProto.uint64Val[0]: an unsigned 64-bit integer (a number, bigint or Long) is expected, not -1',
    ],
    [
      'tensorflow.TensorProto',
      { uint32Val: [1, -1] },
      'TensorProto.uint32Val[1]: an integer from 0 to 4294967295 is expected, not -1',
    ],
    [
      'tensorflow.TensorProto',
      { dtype: 1.5 },
      'TensorProto.dtype: a number of tensorflow.DataType is expected, not 1.5',
    ],
    [
      'tensorflow.TensorProto',
      { dtype: 'DT_NONE' },
      'TensorProto.dtype: a number of tensorflow.DataType is expected, not "DT_NONE"',
    ],
    [
      'tensorflow.FunctionDef',
      { resourceArgUniqueId: { '-1': 0 } },
      'FunctionDef.resourceArgUniqueId["-1"]: an integer from 0 to 4294967295 is expected, not "-1"',
    ],
    ['tensorflow.FunctionDef', { ret: { a: 1 } }, 'FunctionDef.ret["a"]: a string is expected, not 1'],
    [
      'tensorflow.FunctionDef',
      { nodeDef: [[]] },
      'FunctionDef.nodeDef[0]: a tensorflow.NodeDef is expected, not an array',
    ],
    [
      'tensorflow.NodeDef',
      { $unknowns: [1] },
      'NodeDef: an array of Uint8Arrays in $unknowns is expected, not an array',
    ],
  ])('throws TypeError with the path: %s %o', (type, message, text) => {
    const error = caught(() => copyMessage(type, message)) as TypeError
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toBe(text)
  })

  test('refuses messages that hold themselves', () => {
    const type: { args: unknown[] } = { args: [] }
    type.args.push({}, type)
    expect(() => copyMessage('tensorflow.FullTypeDef', type)).toThrow(InvalidArgumentError)
  })

  test('knows the messages of proto/ alone', () => {
    expect(() => copyMessage('tensorflow.Session', {})).toThrow('no message tensorflow.Session in proto/')
    expect(() => copyMessage('tensorflow.__proto__', {})).toThrow('no message')
  })
})
