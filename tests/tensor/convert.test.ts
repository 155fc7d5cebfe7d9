import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  array,
  arraysEqual,
  type Nested,
  scalarOf,
  toFloat32,
  toNested,
  toStrings,
  zeros,
} from '../../src/tensor/convert'
import { type DType, DTYPES, dtypeInfo } from '../../src/tensor/dtype'
import { bytesOf, type NDArray, ndarray } from '../../src/tensor/ndarray'
import { InvalidArgumentError, ValueError } from '../../src/util/errors'
import { anyValue, fromBytes } from './values'

interface Conversions {
  readonly int64: { readonly values: readonly string[]; readonly float32: string }
  readonly uint64: { readonly values: readonly string[]; readonly float32: string }
  /** What each byte is as an element: int8. */
  readonly narrow: Readonly<Record<string, string>>
}

const golden: Conversions = JSON.parse(
  readFileSync(new URL('../golden/float-conversions.json', import.meta.url), 'utf8'),
)

function hexOf(value: NDArray): string {
  return Buffer.from(bytesOf(value)).toString('hex')
}

describe('array() without a dtype', () => {
  test('takes float32, int64, bool and string from the first element', () => {
    expect(array([1, 2.5])).toEqual(ndarray('float32', [2], Float32Array.of(1, 2.5)))
    expect(array([[1n], [-2n]])).toEqual(ndarray('int64', [2, 1], BigInt64Array.of(1n, -2n)))
    expect(array([true, false])).toEqual(ndarray('bool', [2], Uint8Array.of(1, 0)))
    expect(array(['é', Uint8Array.of(255)])).toEqual(
      ndarray('string', [2], [Uint8Array.of(0xc3, 0xa9), Uint8Array.of(255)]),
    )
  })

  test('copies bytes', () => {
    const bytes = Buffer.from('ab')
    const value = array([bytes])
    bytes[0] = 0
    expect(value.data).toEqual([Uint8Array.of(97, 98)])
  })

  test('makes a scalar of a value alone', () => {
    expect(array(3)).toEqual(ndarray('float32', [], Float32Array.of(3)))
    expect(array('')).toEqual(ndarray('string', [], [new Uint8Array(0)]))
  })

  test('makes float32 of no elements', () => {
    expect(array([])).toEqual(ndarray('float32', [0], new Float32Array(0)))
    expect(array([[], []] as Nested<number>)).toEqual(ndarray('float32', [2, 0], new Float32Array(0)))
  })

  test('gives infinity for what is beyond float32, as tf.constant does', () => {
    expect(array([1e40, -1e40]).data).toEqual(Float32Array.of(Infinity, -Infinity))
  })

  test.each<[string, unknown]>([
    ['a number and a string', [1, 'a']],
    ['a number and a bigint', [1, 1n]],
    ['a number and a boolean', [[1], [true]]],
    ['null', [null]],
    ['a hole', [1, undefined]],
    ['an object', {}],
    ['a typed array', [new Float32Array(2)]],
  ])('throws TypeError for %s', (_, values) => {
    expect(() => array(values as number[])).toThrow(TypeError)
  })

  test('names the place of what does not go with the others', () => {
    expect(() => array([[1], ['a']] as unknown as number[])).toThrow(
      'Cannot make one array of different kinds: a string at [1][0] among float32',
    )
  })
})

describe('array() throws ValueError for a ragged nesting and says where', () => {
  test.each<[Nested<number>, string]>([
    [[[1, 2], [3]], '[1] has length 1, [0] has length 2'],
    [[1, [2]], '[1] has length 1, [0] is no array'],
    [[[1], 2], '[1] is no array, [0] has length 1'],
    [[[], [1]], '[1] has length 1, [0] has length 0'],
    [
      [
        [[1], [2, 3]],
        [[1], [2]],
      ],
      '[0][1] has length 2, [0][0] has length 1',
    ],
  ])('%j', (values, message) => {
    expect(() => array(values)).toThrow(ValueError)
    expect(() => array(values)).toThrow(`setting an array element with a sequence: ${message}`)
  })

  test('an array that contains itself', () => {
    const self: Nested<number>[] = []
    self.push(self)
    expect(() => array(self)).toThrow(ValueError)
  })
})

describe('array() with a dtype', () => {
  // The bytes are those of np.array(values, dtype), in TensorFlow's own dtypes those of ml_dtypes.
  test.each<[DType, Nested<number | bigint>, string]>([
    ['int8', [-128, 127n, -0], '807f00'],
    ['uint16', [65535, 1n], 'ffff0100'],
    ['int64', [2 ** 60, -1n], '0000000000000010ffffffffffffffff'],
    ['uint64', [2n ** 64n - 1n], 'ffffffffffffffff'],
    ['int4', [-1, -8, 7], '0f0807'],
    ['uint2', [3, 0], '0300'],
    ['int2', [-1, -2, 1], '030201'],
    ['quint8', [200], 'c8'],
    ['float64', [0.1, 2n ** 60n], '9a9999999999b93f000000000000b043'],
    ['float16', [1, 1e6, -0], '003c007c0080'],
    ['bfloat16', [1, 1 + 2 ** -8 + 2 ** -40], '803f803f'],
    ['float8_e4m3fn', [1, 1e6], '387f'],
    ['float4_e2m1fn', [1, -300], '020f'],
    ['complex64', [1, 2n], '0000803f000000000000004000000000'],
    ['bool', [1, 0n], '0100'],
  ])('%s holds %o', (dtype, values, hex) => {
    expect(hexOf(array(values, dtype))).toBe(hex)
  })

  test.each<[DType, number | bigint, string]>([
    ['int8', 300, 'Cannot hold 300 in int8: it takes -128 to 127'],
    ['uint8', -1, 'Cannot hold -1 in uint8: it takes 0 to 255'],
    ['int32', 1.5, 'Cannot hold 1.5 in int32: it takes integers alone'],
    ['int32', NaN, 'Cannot hold NaN in int32: it takes integers alone'],
    ['int32', Infinity, 'Cannot hold Infinity in int32: it takes integers alone'],
    [
      'int64',
      2 ** 63,
      'Cannot hold 9223372036854776000 in int64: it takes -9223372036854775808 to 9223372036854775807',
    ],
    [
      'int64',
      2n ** 63n,
      'Cannot hold 9223372036854775808 in int64: it takes -9223372036854775808 to 9223372036854775807',
    ],
    ['uint64', -1n, 'Cannot hold -1 in uint64: it takes 0 to 18446744073709551615'],
    ['int4', 8, 'Cannot hold 8 in int4: it takes -8 to 7'],
    ['bool', 2, 'Cannot hold 2 in bool: it takes true, false, 1 and 0'],
    ['float4_e2m1fn', NaN, 'Cannot hold NaN in float4_e2m1fn: it takes finite numbers alone'],
    ['float4_e2m1fn', -Infinity, 'Cannot hold -Infinity in float4_e2m1fn: it takes finite numbers alone'],
  ])('%s refuses %s', (dtype, value, message) => {
    expect(() => array(value, dtype)).toThrow(InvalidArgumentError)
    expect(() => scalarOf(dtype, value)).toThrow(message)
  })

  test('refuses a bigint beyond float64', () => {
    expect(() => array(10n ** 400n, 'float32')).toThrow(InvalidArgumentError)
  })

  test('names the place of what the dtype cannot hold', () => {
    expect(() =>
      array(
        [
          [1, 2],
          [3, 400],
        ],
        'uint8',
      ),
    ).toThrow('Cannot hold 400 in uint8 at [1][1]: it takes 0 to 255')
  })

  test.each<[DType, number | boolean | string | Uint8Array]>([
    ['int32', true],
    ['float32', 'a'],
    ['complex64', false],
    ['string', 1],
    ['bool', 'true'],
    ['variant', 'text'],
    ['float16', new Uint8Array(2)],
  ])('throws TypeError for a value of another kind: %s', (dtype, value) => {
    expect(() => array([value], dtype)).toThrow(TypeError)
  })

  test('refuses text that has no UTF-8', () => {
    expect(() => array(['a\ud800'])).toThrow(InvalidArgumentError)
    expect(() => array(['\udc80\ud800'])).toThrow('its character 0 is a lone surrogate')
    expect(array('😀').data[0]).toEqual(Uint8Array.of(0xf0, 0x9f, 0x98, 0x80))
  })

  test('throws InvalidArgumentError for a dtype that is none', () => {
    expect(() => array([1], 'float31' as DType)).toThrow(InvalidArgumentError)
  })
})

test('scalarOf() makes a value of shape []', () => {
  expect(scalarOf('int64', 5)).toEqual(ndarray('int64', [], BigInt64Array.of(5n)))
})

describe('zeros()', () => {
  test('is float32 unless told otherwise', () => {
    expect(zeros([2, 2])).toEqual(ndarray('float32', [2, 2], new Float32Array(4)))
  })

  test.each(DTYPES.map((info) => info.name))('holds every element of %s', (dtype) => {
    const value = zeros([2, 3], dtype)
    expect(value.data.length).toBe(6 * dtypeInfo(dtype).lanes)
    expect(
      Array.from(value.data as ArrayLike<unknown>).every(
        (item) => Number(item) === 0 || (item as Uint8Array).length === 0,
      ),
    ).toBe(true)
  })

  test('throws InvalidArgumentError for what is no shape', () => {
    expect(() => zeros([-1])).toThrow(InvalidArgumentError)
  })
})

describe('toNested()', () => {
  test('nests as the shape is', () => {
    expect(
      toNested(
        array([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(toNested(array(7n))).toBe(7n)
    expect(toNested(zeros([2, 0]))).toEqual([[], []])
    expect(toNested(zeros([0, 2]))).toEqual([])
  })

  test('gives raw floats as numbers, bool as booleans, complex as pairs, strings as bytes', () => {
    expect(toNested(ndarray('float16', [2], Uint16Array.of(0x3800, 0xfc00)))).toEqual([0.5, -Infinity])
    expect(toNested(ndarray('bool', [2], Uint8Array.of(1, 0)))).toEqual([true, false])
    expect(toNested(ndarray('complex64', [1], Float32Array.of(1, 2)))).toEqual([[1, 2]])
    expect(toNested(array(['a']))).toEqual([Uint8Array.of(97)])
  })

  test.each(Object.entries(golden.narrow))('reads every byte of %s as ml_dtypes does', (dtype, hex) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
    const elements = toNested(fromBytes(dtype as DType, [256], bytes)) as number[]
    expect(Buffer.from(Int8Array.from(elements).buffer).toString('hex')).toBe(hex)
    const floats = toFloat32(fromBytes(dtype as DType, [256], bytes)).data
    expect([...floats]).toEqual(elements)
  })

  const invertible = DTYPES.filter((info) => info.kind !== 'complex').map((info) => info.name)
  test.each(invertible)('array() makes the same %s of it', (dtype) => {
    const { format, bits = 8 } = dtypeInfo(dtype)
    fc.assert(
      fc.property(anyValue(dtype), (value) => {
        // Dimensions of size 0 hide those behind them.
        fc.pre(!value.shape.slice(0, -1).includes(0))
        const nested = toNested(value)
        const again = array(nested, dtype)
        expect(toNested(again)).toEqual(nested)
        // NaNs lose their payload; upper bits of a byte and values of a bool other than 1 their meaning.
        if (format === undefined && bits >= 8 && dtype !== 'bool') expect(arraysEqual(again, value)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})

describe('toStrings()', () => {
  test('gives the text, a byte order mark included', () => {
    expect(
      toStrings(
        array([
          ['é', '\ufeffa'],
          ['', '😀'],
        ]),
      ),
    ).toEqual(['é', '\ufeffa', '', '😀'])
  })

  test('throws InvalidArgumentError for bytes that are no UTF-8', () => {
    expect(() => toStrings(array(['a', Uint8Array.of(0xff)]))).toThrow(InvalidArgumentError)
    expect(() => toStrings(array(['a', Uint8Array.of(0xff)]))).toThrow(
      "Cannot read element 1 as text: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
    )
  })
})

describe('toFloat32()', () => {
  test('returns a float32 value as it is', () => {
    const value = array([1, 2])
    expect(toFloat32(value)).toBe(value)
  })

  test.each<[DType, Nested<number>]>([
    ['float64', [0.1, 1e300, NaN]],
    ['float16', [0.5, -2, Infinity]],
    ['bfloat16', [0.5, -2, NaN]],
    ['float8_e5m2', [0.5, -2]],
    ['int8', [-1, 2]],
    ['uint32', [2 ** 32 - 1]],
    ['qint32', [-5]],
    ['int4', [-5, 7]],
    ['bool', [1, 0]],
  ])('converts %s', (dtype, values) => {
    expect(toFloat32(array(values, dtype))).toEqual(array(values, 'float32'))
  })

  test.each(['int64', 'uint64'] as const)('rounds %s once, as numpy does', (dtype) => {
    const { values, float32 } = golden[dtype]
    expect(hexOf(toFloat32(array(values.map(BigInt), dtype)))).toBe(float32)
  })

  test.each(['string', 'variant', 'complex64', 'complex128'] as const)(
    'throws InvalidArgumentError for %s',
    (dtype) => {
      expect(() => toFloat32(zeros([1], dtype))).toThrow(InvalidArgumentError)
    },
  )
})

describe('arraysEqual()', () => {
  test('compares bytes: a NaN equals itself, 0 differs from -0', () => {
    expect(arraysEqual(array([NaN, 1]), array([NaN, 1]))).toBe(true)
    expect(arraysEqual(array([0]), array([-0]))).toBe(false)
  })

  test('compares dtype and shape', () => {
    expect(arraysEqual(zeros([2], 'int8'), zeros([2], 'uint8'))).toBe(false)
    expect(arraysEqual(zeros([2, 1]), zeros([1, 2]))).toBe(false)
    expect(arraysEqual(zeros([0, 1]), zeros([0, 2]))).toBe(false)
  })

  test('compares strings', () => {
    expect(arraysEqual(array(['a', 'bcdef']), array(['a', 'bcdef']))).toBe(true)
    expect(arraysEqual(array(['a', 'bcdef']), array(['a', 'bcdeg']))).toBe(false)
    expect(arraysEqual(array(['a', '']), array(['', 'a']))).toBe(false)
  })

  test.each([0, 1, 2, 3, 6])('sees the byte that differs at %i, at any alignment', (at) => {
    const bytes = Uint8Array.from({ length: 8 }, (_, i) => i)
    const other = bytes.slice()
    other[at + 1] = 99
    for (const start of [0, 1]) {
      const [a, b] = [bytes, other].map((whole) => ndarray('uint8', [8 - start], whole.subarray(start)))
      expect(a !== undefined && b !== undefined && arraysEqual(a, b)).toBe(false)
      expect(a !== undefined && arraysEqual(a, ndarray('uint8', [8 - start], bytes.slice(start)))).toBe(true)
    }
  })
})
