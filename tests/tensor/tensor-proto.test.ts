import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeMessage, encodeMessage, type ITensorProto, tensorflow, type TensorProto } from '../../src/proto/messages'
import { array, arraysEqual } from '../../src/tensor/convert'
import { type DType, DTYPES, dtypeInfo } from '../../src/tensor/dtype'
import { bytesOf, elementCount, type NDArray, ndarray, type Shape } from '../../src/tensor/ndarray'
import { compactTensorProto, tensorFromProto, tensorToProto } from '../../src/tensor/tensor-proto'
import { InvalidArgumentError, OpError, ResourceExhaustedError, ValueError } from '../../src/util/errors'
import { GOLDEN_DIR } from '../oracle/golden'
import { anyValue } from './values'

interface GoldenValue {
  readonly dtype: DType
  readonly shape: Shape
  readonly hex?: string
  readonly strings?: readonly string[]
}
type Form = GoldenValue & { readonly proto?: string; readonly error?: string }
type Reading = Partial<GoldenValue> & { readonly text: string; readonly proto: string; readonly error?: string }

const { forms, readings } = JSON.parse(readFileSync(`${GOLDEN_DIR}/tensor-proto.json`, 'utf8')) as {
  forms: readonly Form[]
  readings: readonly Reading[]
}

function hexed(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'hex'))
}

function valueOf({ dtype, shape, hex, strings }: GoldenValue): NDArray {
  if (strings !== undefined) return ndarray('string', shape, strings.map(hexed))
  const { Array: Items, lanes } = dtypeInfo(dtype)
  if (Items === undefined) throw new Error(dtype)
  const data = new Items(elementCount(shape) * lanes)
  new Uint8Array(data.buffer).set(hexed(hex ?? ''))
  return ndarray(dtype, shape, data as never)
}

function encode(proto: ITensorProto): Uint8Array<ArrayBuffer> {
  return encodeMessage(tensorflow.TensorProto, proto, 'TensorProto')
}

function decode(bytes: Uint8Array): TensorProto {
  return decodeMessage(tensorflow.TensorProto, bytes, 'TensorProto') as TensorProto
}

describe('tensorToProto()', () => {
  test.each(forms.filter(({ error }) => error === undefined))('$dtype $shape is as make_tensor_proto', (form) => {
    expect(Buffer.from(encode(tensorToProto(valueOf(form)))).toString('hex')).toBe(form.proto)
  })

  test('goes on where make_tensor_proto has no field for one element of a dtype', () => {
    const refused = forms.filter(({ error }) => error !== undefined)
    expect(refused).not.toEqual([])
    for (const form of refused) {
      const value = valueOf(form)
      expect(arraysEqual(tensorFromProto(decode(encode(tensorToProto(value)))), value)).toBe(true)
    }
  })

  test('copies the elements, unless it may share them', () => {
    const value = array([1, 2, 3])
    expect(tensorToProto(value).tensorContent?.buffer).not.toBe(value.data.buffer)
    expect(tensorToProto(value, { share: true }).tensorContent?.buffer).toBe(value.data.buffer)
  })

  test('refuses variants in the words of make_tensor_proto, and 2 GB', () => {
    const variant = ndarray('variant', [], [new Uint8Array(1)])
    expect(() => tensorToProto(variant)).toThrow(new TypeError('Element type not supported in TensorProto: variant.'))
    const large = { dtype: 'uint8', shape: [2 ** 31], data: new Uint8Array(2 ** 31) } as NDArray
    const text = 'Cannot create a tensor proto whose content is larger than 2GB.'
    expect(() => tensorToProto(large, { share: true })).toThrow(new ValueError(text))
  })
})

describe('tensorFromProto()', () => {
  // What the runtime takes and loses something of; see docs/deviations.md.
  const LOSSY = new Map([
    ['dtype: DT_FLOAT tensor_shape { dim { size: 4 } } float_val: [1, 2, 3, 4, 5]', '5 elements'],
    ['dtype: DT_FLOAT tensor_shape { dim { size: 4 } } double_val: 3', 'its elements are in double_val'],
    ['dtype: DT_FLOAT tensor_shape { dim { size: 0 } } float_val: 1', '1 elements, shape [0] takes 0'],
    ['dtype: DT_STRING tensor_shape { dim { size: 4 } } string_val: ["a", "b", "c", "d", "e"]', '5 elements'],
    ['dtype: DT_HALF tensor_shape { dim { size: 4 } } half_val: [80000]', '80000'],
    ['dtype: DT_COMPLEX64 tensor_shape { dim { size: 4 } } scomplex_val: [1, 2, 3]', 'no pairs'],
    ['dtype: DT_UINT8 tensor_shape { dim { size: 4 } } int_val: [300]', '300, which uint8 cannot hold'],
    ['dtype: DT_INT8 tensor_shape { dim { size: 4 } } int_val: [300]', '300, which int8 cannot hold'],
    ['dtype: DT_UINT16 tensor_shape { dim { size: 4 } } int_val: [70000]', '70000'],
  ])
  const refused = readings.filter(({ text, error }) => error !== undefined || LOSSY.has(text))

  test.each(readings.filter((one) => !refused.includes(one)))('gives what a session gives for $text', (reading) => {
    const value = tensorFromProto(decode(hexed(reading.proto)))
    expect(arraysEqual(value, valueOf(reading as GoldenValue))).toBe(true)
  })

  test.each(refused)('refuses $text', ({ text, proto }) => {
    const attempt = (): NDArray => tensorFromProto(decode(hexed(proto)), 'conv/w')
    expect(attempt).toThrow(/^Cannot parse tensor from proto: .*: the value of node conv\/w$/)
    expect(attempt).toThrow(LOSSY.get(text) ?? 'Cannot parse')
    expect(attempt).toThrow(OpError)
  })

  test('has seen every text that TensorFlow takes and loses something of', () => {
    const texts = new Set(readings.map(({ text }) => text))
    expect([...LOSSY.keys()].filter((text) => !texts.has(text))).toEqual([])
  })

  test.each(forms.filter(({ error }) => error === undefined))('reads $dtype $shape back', (form) => {
    expect(arraysEqual(tensorFromProto(decode(hexed(form.proto ?? ''))), valueOf(form))).toBe(true)
  })

  test('says that there is no plain value of a resource, a variant, a reference or an unknown dtype', () => {
    for (const dtype of [0, 20, 21, 77, 101]) {
      expect(() => tensorFromProto({ dtype })).toThrow(`Unsupported tensor type: ${dtype}. See https://`)
      expect(() => tensorFromProto({ dtype })).toThrow(TypeError)
    }
  })

  test('does not allocate what a shape alone asks for', () => {
    const size = 2 ** 20
    const proto = { dtype: 1, tensorShape: { dim: [{ size }, { size }] }, floatVal: [1] }
    expect(() => tensorFromProto(proto)).toThrow(ResourceExhaustedError)
    expect(() => tensorFromProto(proto)).toThrow('float32 of shape [1048576,1048576] takes 4398046511104 bytes')
    expect(() => tensorFromProto({ ...proto, dtype: 7, floatVal: [] })).toThrow(ResourceExhaustedError)
    expect(() => tensorFromProto({ ...proto, tensorContent: new Uint8Array(8) })).toThrow(InvalidArgumentError)
  })

  test('is a view of the bytes where they lie aligned, and a copy where they do not', () => {
    const bytes = new Uint8Array(17)
    const proto = { dtype: 1, tensorShape: { dim: [{ size: 4 }] } }
    const aligned = tensorFromProto({ ...proto, tensorContent: bytes.subarray(0, 16) })
    expect(bytesOf(aligned).buffer).toBe(bytes.buffer)
    const odd = tensorFromProto({ ...proto, tensorContent: bytes.subarray(1) })
    expect(bytesOf(odd).buffer).not.toBe(bytes.buffer)
    expect(odd.data.length).toBe(4)
  })

  test('takes 64-bit integers as numbers and bigints too', () => {
    const proto: ITensorProto = { dtype: 9, tensorShape: { dim: [{ size: 3n }] }, int64Val: [1, -2n] }
    expect(tensorFromProto(proto)).toEqual(array([1n, -2n, -2n]))
  })
})

describe('any value', () => {
  const dtypes = DTYPES.map(({ name }) => name).filter((name) => name !== 'variant')
  const isCanonical = (value: NDArray): boolean => {
    const { bits } = dtypeInfo(value.dtype)
    // The upper bits of narrow elements are 0, those of a bool but the lowest.
    const mask = value.dtype === 'bool' ? 1 : bits !== undefined && bits < 8 ? (1 << bits) - 1 : 0xff
    return mask === 0xff || (value.data as Uint8Array).every((byte) => (byte & 0xff) <= mask)
  }

  test.each(dtypes)('of %s comes back bit for bit, NaNs too', (dtype) => {
    const value = anyValue(dtype).map((one) => (isCanonical(one) ? one : masked(one)))
    fc.assert(
      fc.property(value, (one) => {
        for (const proto of [tensorToProto(one), compactTensorProto(one)]) {
          expect(arraysEqual(tensorFromProto(decode(encode(proto))), one)).toBe(true)
        }
      }),
    )
  })

  function masked(value: NDArray): NDArray {
    const { bits = 1 } = dtypeInfo(value.dtype)
    const bytes = new Uint8Array(bytesOf(value)).map((byte) => byte & ((1 << bits) - 1))
    const data = value.data instanceof Int8Array ? new Int8Array(bytes.buffer) : bytes
    return ndarray(value.dtype, value.shape, data as never)
  }

  test.each(dtypes)('of %s repeated is one element in compact form', (dtype) => {
    const one = forms.find((form) => form.dtype === dtype && form.shape.length === 0) as Form
    const value = valueOf({ ...one, shape: [200], ...repeated(one, 200) })
    const bytes = encode(compactTensorProto(value))
    expect(bytes.length).toBeLessThan(40)
    expect(arraysEqual(tensorFromProto(decode(bytes)), value)).toBe(true)
  })

  function repeated({ hex, strings }: GoldenValue, times: number): Pick<GoldenValue, 'hex' | 'strings'> {
    return strings === undefined
      ? { hex: (hex ?? '').repeat(times) }
      : { strings: Array<string>(times).fill(strings[0] ?? '') }
  }

  test('keeps the bits of a NaN that JavaScript does not have, alone and repeated', () => {
    for (const bits of [0xffc00000, 0x7fc00001, 0x7f800001]) {
      for (const count of [1, 3]) {
        const value = ndarray('float32', [count], new Float32Array(new Uint32Array(count).fill(bits).buffer))
        expect(arraysEqual(tensorFromProto(decode(encode(tensorToProto(value)))), value)).toBe(true)
        expect(arraysEqual(tensorFromProto(decode(encode(compactTensorProto(value)))), value)).toBe(true)
      }
    }
  })
})
