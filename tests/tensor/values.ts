/** Values of every dtype, for tests. */
import fc from 'fast-check'
import { type DType, dtypeInfo } from '../../src/tensor/dtype'
import { elementCount, type NDArray, ndarray, type Shape } from '../../src/tensor/ndarray'

/** A value of `dtype` whose elements are the bytes, cycled until the shape is full. */
export function fromBytes(dtype: DType, shape: Shape, bytes: Uint8Array): NDArray {
  const { Array: Items, lanes } = dtypeInfo(dtype)
  if (Items === undefined) throw new Error(`${dtype} has no bytes of fixed size`)
  const data = new Items(elementCount(shape) * lanes)
  const filled = new Uint8Array(data.buffer)
  for (let i = 0; i < filled.length; i++) filled[i] = bytes[i % bytes.length] ?? 0
  return ndarray(dtype, shape, data as never)
}

/** Any value of a dtype: any bits, any shape of up to `maxRank` dimensions. */
export function anyValue(dtype: DType, maxRank = 3): fc.Arbitrary<NDArray> {
  const { Array, size } = dtypeInfo(dtype)
  return fc.array(fc.nat(4), { maxLength: maxRank }).chain((shape): fc.Arbitrary<NDArray> => {
    const count = elementCount(shape)
    if (Array === undefined) {
      const bytes = fc.uint8Array({ maxLength: 8 })
      return fc.array(bytes, { minLength: count, maxLength: count }).map((data) => ndarray(dtype, shape, data as never))
    }
    const bytes = fc.uint8Array({ minLength: count * size, maxLength: count * size })
    return bytes.map((data) => fromBytes(dtype, shape, data))
  })
}
