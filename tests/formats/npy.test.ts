import { describe, expect, test } from 'vitest'
import { encodeNpy, parseNpy } from '../../src/formats'
import { parseLiteral } from '../../src/formats/python-literal'
import { array, toNested, toStrings } from '../../src/tensor/convert'
import { DTYPES } from '../../src/tensor/dtype'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { DataLossError, InvalidArgumentError, UnimplementedError } from '../../src/util/errors'
import { fromBytes } from '../tensor/values'

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** An npy file of this header and these elements. */
function npy(header: string, elements: readonly number[] = [], version = 1): Uint8Array {
  const length =
    version === 1 ? [header.length & 0xff, header.length >> 8] : [header.length & 0xff, header.length >> 8, 0, 0]
  return Uint8Array.from([...ascii('\x93NUMPY'), version, 0, ...length, ...ascii(header), ...elements])
}

function headerOf(descr: string, shape = '(1,)', fortran = 'False'): string {
  return `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`
}

describe('parseNpy()', () => {
  test('gives a view where the elements lie aligned', () => {
    const bytes = encodeNpy(array([1, 2, 3]))
    const { data } = parseNpy(bytes)
    expect((data as Float32Array).buffer).toBe(bytes.buffer)
  })

  test("reads what Python 2 wrote: (2L, 1L), and '|' before a number of more than one byte", () => {
    expect(toNested(parseNpy(npy(headerOf("'|i2'", '(2L, 1L)'), [1, 0, 2, 0])))).toEqual([[1], [2]])
  })

  test("reads '=' as the machine's order, and big-endian numbers of eight bytes", () => {
    expect(toNested(parseNpy(npy(headerOf("'=i2'"), [1, 2])))).toEqual([513])
    expect(toNested(parseNpy(npy(headerOf("'>u8'"), [0, 0, 0, 0, 0, 0, 1, 2])))).toEqual([258n])
    expect(toNested(parseNpy(npy(headerOf("'>c8'"), [0x3f, 0x80, 0, 0, 0x40, 0, 0, 0])))).toEqual([[1, 2]])
  })

  test('leaves the bytes that it is given as they are', () => {
    const bytes = npy(headerOf("'>i4'"), [0, 0, 0, 1])
    const before = bytes.slice()
    expect(toNested(parseNpy(bytes))).toEqual([1])
    expect(bytes).toEqual(before)
  })

  test('reads U of many NULs in time that grows with them', () => {
    const codes = Array.from({ length: 1_000_000 }, (_, i) => (i === 999_996 ? 0x41 : 0))
    const { data } = parseNpy(npy(headerOf("'<U250000'", '()'), codes)) as NDArray<'string'>
    expect(data[0]).toHaveLength(250_000)
  })

  test.each([
    ["'|S1'", [97, 0, 97, 98]],
    ["'|S2'", [97, 0, 0, 97, 97, 0, 0, 0]],
    ["'<U1'", [97, 0, 0, 0, 0, 0, 0, 0, 97, 0, 0, 0, 0, 4, 1, 0]],
  ])('holds equal strings of %s once', (descr, bytes) => {
    const { data } = parseNpy(npy(headerOf(descr, '(4,)'), bytes)) as NDArray<'string'>
    const texts = data.map((string) => Buffer.from(string).toString())
    expect(texts).toEqual(
      descr === "'|S2'" ? ['a', '\0a', 'a', ''] : ['a', '', 'a', descr === "'|S1'" ? 'b' : '\u{10400}'],
    )
    expect(data[2]).toBe(data[0])
  })

  test('reads a size of -0 as 0', () => {
    expect(Object.is(parseNpy(npy(headerOf("'<f4'", '(-0,)'))).shape[0], 0)).toBe(true)
  })

  test('cuts the NULs at the end of U, and keeps those within', () => {
    const codes = [0x61, 0, 0x1f600, 0].flatMap((code) => [...new Uint8Array(Uint32Array.of(code).buffer)])
    expect(toStrings(parseNpy(npy(headerOf("'<U4'"), codes)) as NDArray<'string'>)).toEqual(['a\0😀'])
  })

  test.each([
    ['no npy', ascii('PK'), 'it does not begin with \\x93NUMPY'],
    ['nothing', new Uint8Array(0), 'it does not begin with'],
    ['only the magic', ascii('\x93NUMPY'), 'its format is 0.0'],
    ['a cut length', ascii('\x93NUMPY\x01\x00\x10'), 'its header is cut off'],
    ['a cut header', npy(headerOf("'<f4'")).subarray(0, 30), 'are announced and 20 are there'],
    [
      'a header of 4 GB',
      ascii('\x93NUMPY\x02\x00\xff\xff\xff\xff{}'),
      '4294967295 bytes are announced and 2 are there',
    ],
    ['code', npy("__import__('os').system('touch executed')"), 'its header is no Python dict'],
    ['another key', npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}"), 'has not the keys'],
    ['no shape', npy("{'descr': '<f4', 'fortran_order': False}"), 'has not the keys'],
    [
      'a key twice',
      npy("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}"),
      "the key 'descr' twice",
    ],
    ['a list', npy('[1, 2]'), 'has not the keys'],
    ['an order that is none', npy(headerOf("'<f4'", '(1,)', '1')), 'fortran_order is neither'],
    ['a descr that is none', npy(headerOf('4')), 'its descr names no dtype'],
    ['a shape that is none', npy(headerOf("'<f4'", '4')), 'its shape is no tuple'],
    ['a negative size', npy(headerOf("'<f4'", '(-1,)')), 'its shape is no tuple'],
    ['a size beyond 2^53', npy(headerOf("'<f4'", '(9007199254740993,)')), 'an integer beyond 2^53'],
    ['sizes beyond 2^53', npy(headerOf("'<f4'", '(9007199254740991, 9007199254740991)')), 'has 2^53 elements or more'],
    ['too few elements', npy(headerOf("'<f4'", '(2,)'), [0, 0, 0, 0]), '[2] of <f4 takes 8 bytes, and there are 4'],
    ['too many elements', npy(headerOf("'<f4'"), [0, 0, 0, 0, 0]), 'takes 4 bytes, and there are 5'],
    ['a boolean of 2', npy(headerOf("'|b1'"), [2]), 'element 0 is a boolean of 2'],
    ['strings of no bytes', npy(headerOf("'|S0'", '(4503599627370496,)')), 'which take no bytes'],
    ['a size that begins with 0', npy(headerOf("'<f4'", '(01,)'), [0, 0, 0, 0]), 'its header is no Python dict'],
    ['half a surrogate pair', npy(headerOf("'<U1'"), [0, 0xd8, 0, 0]), 'U+D800 is no character'],
    ['a code point beyond', npy(headerOf("'<U1'"), [0, 0, 0x11, 0]), 'U+110000 is no character'],
    ['65 dimensions', npy(headerOf("'<f4'", `(${'1, '.repeat(65)})`), [0, 0, 0, 0]), '65 dimensions'],
    ['a header of no UTF-8', npy('\xff', [], 3), 'its header is no UTF-8'],
  ])('throws DataLossError for %s', (what, bytes, words) => {
    const kind = what === 'only the magic' ? UnimplementedError : DataLossError
    expect(() => parseNpy(bytes)).toThrow(kind)
    expect(() => parseNpy(bytes)).toThrow(words)
  })

  test.each([
    ["'<f3'", 'its dtype is <f3: none that is known here'],
    ["'float32'", 'its dtype is float32: none'],
    ["'<f4 '", 'its dtype is <f4 '],
    ["''", 'its dtype is : none'],
    ["'|T16'", 'its dtype is |T16: strings of varying size'],
  ])('throws UnimplementedError for the dtype %s', (descr, words) => {
    expect(() => parseNpy(npy(headerOf(descr), [0, 0, 0, 0]))).toThrow(UnimplementedError)
    expect(() => parseNpy(npy(headerOf(descr), [0, 0, 0, 0]))).toThrow(words)
  })

  test('throws UnimplementedError for a header that is longer than np.load takes, and does not parse it', () => {
    const long = npy(headerOf(`'${'a'.repeat(20_000)}'`), [], 2)
    expect(() => parseNpy(long)).toThrow(UnimplementedError)
    expect(() => parseNpy(long)).toThrow('its header has 20055 bytes, and np.load takes 10000 at most')
  })

  test('throws UnimplementedError for format 4.0', () => {
    expect(() => parseNpy(npy(headerOf("'<f4'"), [], 4))).toThrow('its format is 4.0')
  })
})

describe('encodeNpy()', () => {
  const bfloat16 = ndarray('bfloat16', [2], Uint16Array.of(0x3fc0, 0xff81))

  test('makes bfloat16 what is chosen, and nothing without a choice', () => {
    expect(() => encodeNpy(bfloat16)).toThrow("choose { bfloat16: 'float32' }, or 'uint16' for its bits")
    expect(parseNpy(encodeNpy(bfloat16, { bfloat16: 'uint16' }))).toEqual(ndarray('uint16', [2], bfloat16.data))
    const { dtype, data } = parseNpy(encodeNpy(bfloat16, { bfloat16: 'float32' })) as NDArray<'float32'>
    expect([dtype, data[0], new Uint32Array(data.buffer, data.byteOffset)[1]]).toEqual(['float32', 1.5, 0xff810000])
    expect(() => encodeNpy(bfloat16, { bfloat16: 'float64' as never })).toThrow(InvalidArgumentError)
  })

  test.each(
    DTYPES.filter(({ numpy, name }) => numpy !== 'builtin' && name !== 'bfloat16').map(({ name }) => [name] as const),
  )('throws InvalidArgumentError for %s, and says how to write it', (dtype) => {
    const value = fromBytes(dtype, [1], Uint8Array.of(1))
    expect(() => encodeNpy(value)).toThrow(InvalidArgumentError)
    expect(() => encodeNpy(value)).toThrow(/numpy has no .*: write its elements as they are held, ndarray\('u?int\d+'/)
  })

  test.each([
    ['variant', ndarray('variant', [], [Uint8Array.of(1)]), 'numpy has no variant'],
    ['a string that ends in NUL', array(['a', 'b\0']), "element 1 ends in a NUL, which numpy's strings lose"],
    [
      '65 dimensions',
      ndarray(
        'float32',
        Array.from({ length: 65 }, () => 1),
        new Float32Array(1),
      ),
      '64 dimensions at most',
    ],
    ['a boolean of 2', ndarray('bool', [1], Uint8Array.of(2)), 'element 0 is a boolean of 2'],
    ['no NDArray', { dtype: 'float32', shape: [2], data: new Float32Array(3) } as NDArray, 'Cannot shape 3 items'],
  ])('throws InvalidArgumentError for %s', (_, value, words) => {
    expect(() => encodeNpy(value)).toThrow(InvalidArgumentError)
    expect(() => encodeNpy(value)).toThrow(words)
  })

  test('adds a whole line of spaces where the header would end at a multiple of 64, as numpy does', () => {
    for (let digits = 1; digits < 40; digits++) {
      const shape = [...Array.from({ length: digits }, () => 1), 0]
      const bytes = encodeNpy(ndarray('float32', shape, new Float32Array(0)))
      expect(bytes.length % 64).toBe(0)
      expect(String.fromCharCode(...bytes.subarray(-2))).toBe(' \n')
    }
  })
})

describe('parseLiteral()', () => {
  test('reads what headers are made of', () => {
    expect(parseLiteral(" {\"a\\'b\": (1, -2,), '': [None, True, False, '\\\\'], } ")).toEqual(
      new Map<string, unknown>([
        ["a'b", [1, -2]],
        ['', [null, true, false, '\\']],
      ]),
    )
  })

  test.each([
    '',
    '(1)',
    '(1 2)',
    "{'a' 1}",
    '{1: 2}',
    "'a",
    '"a\'',
    '1 2',
    'nan',
    'True()',
    '[1',
    "'\\x41'",
    '1.5',
    '()()',
  ])('throws SyntaxError for %s', (text) => expect(() => parseLiteral(text)).toThrow(SyntaxError))

  test('throws for a deep nesting in place of running out of stack', () => {
    expect(() => parseLiteral('('.repeat(100_000))).toThrow('more than 32 values within one another')
  })
})
