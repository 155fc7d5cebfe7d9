import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { array, zeros } from '../../src/tensor/convert'
import { DTYPES, type DType, type DTypeMap, dtypeInfo } from '../../src/tensor/dtype'
import { bytesOf, type NDArray, ndarray } from '../../src/tensor/ndarray'
import { FailedPreconditionError, InvalidArgumentError } from '../../src/util/errors'
import type { Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { oracleTest } from '../oracle/cases'

type Row = Readonly<Record<'value' | 'delta' | 'add' | 'sub', string>>

const golden: Readonly<Record<string, Row>> = JSON.parse(
  readFileSync(new URL('../golden/assign-arithmetic.json', import.meta.url), 'utf8'),
)

function variableOf<D extends DType>(value: NDArray<D>, useResource = false): Variable<D> {
  return new VariableStore().variable(value, { name: 'v', useResource })
}

function fromHex(dtype: DType, hex: string): NDArray {
  const info = dtypeInfo(dtype)
  if (info.Array === undefined) throw new Error(`${dtype} is not in the golden file`)
  const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
  const data = new info.Array(bytes.buffer)
  return ndarray(dtype, [data.length / info.lanes], data as DTypeMap[DType])
}

function toHex(variable: Variable): string {
  return Buffer.from(bytesOf(variable.read())).toString('hex')
}

describe('Variable.assignAdd() and assignSub()', () => {
  test('round and wrap around as TensorFlow, bit for bit', () => {
    expect(Object.keys(golden)).toHaveLength(14)
    for (const [name, row] of Object.entries(golden)) {
      const dtype = name as DType
      const [value, delta] = [fromHex(dtype, row.value), fromHex(dtype, row.delta)]
      expect([dtype, toHex(variableOf(value).assignAdd(delta))]).toEqual([dtype, row.add])
      expect([dtype, toHex(variableOf(value).assignSub(delta))]).toEqual([dtype, row.sub])
    }
  })

  oracleTest<[number[], number[], number, number]>('assign-add-sub', ({ result }) => {
    const v = variableOf(array([1, 2]))
    const r = variableOf(array(1, 'int32'), true)
    const added = Array.from(v.assignAdd(array([1, 1])).read().data)
    const subtracted = Array.from(v.assignSub(array([0.5, 0.5])).read().data)
    const counted = r.assignAdd(5).read().data[0]
    expect([added, subtracted, counted, r.read().data[0]]).toEqual(result.slice(0, 4))
  })

  test('wrap around at the ends of integers', () => {
    expect(variableOf(array(2147483647, 'int32')).assignAdd(1).read().data[0]).toBe(-2147483648)
    expect(variableOf(array(0, 'uint8')).assignSub(1).read().data[0]).toBe(255)
    expect(
      variableOf(array(-(2n ** 63n)))
        .assignSub(1n)
        .read().data[0],
    ).toBe(2n ** 63n - 1n)
  })

  test('throw for another shape, as the two kinds of variable do', () => {
    const other = array([1, 2, 3])
    expect(() => variableOf(array([1, 2])).assignAdd(other)).toThrow(/^Parameters and update must be the same size/)
    expect(() => variableOf(array([1, 2]), true).assignSub(other)).toThrow(
      new InvalidArgumentError(
        'Cannot update variable with shape [2] using a Tensor with shape [3], shapes must be equal.',
        { key: 'v' },
      ),
    )
    expect(() => variableOf(array([1, 2])).assignAdd(1)).toThrow(InvalidArgumentError)
  })

  test('throw for another dtype, and name the op', () => {
    const v = variableOf(array([1, 2]))
    const delta = array([1n, 2n]) as NDArray as NDArray<'float32'>
    const message = (op: string): string =>
      `Input 'value' of '${op}' Op has type int64 that does not match type float32 of argument 'ref'.`
    expect(() => v.assignAdd(delta)).toThrow(new TypeError(message('AssignAdd')))
    expect(() => v.assignSub(delta)).toThrow(new TypeError(message('AssignSub')))
    expect(Array.from(v.read().data)).toEqual([1, 2])
  })

  test('throw FailedPreconditionError while uninitialized', () => {
    for (const useResource of [false, true]) {
      const v = new VariableStore().getVariable('v', { shape: [], useResource })
      expect(() => v.assignAdd(1)).toThrow(FailedPreconditionError)
      expect(v.initialized).toBe(false)
    }
  })

  test('throw for dtypes that TensorFlow does not add', () => {
    const addable = new Set(Object.keys(golden))
    for (const { name } of DTYPES.filter((info) => !addable.has(info.name))) {
      const value = zeros([1], name)
      const refused =
        /^(Value passed to parameter 'ref' has DataType|No OpKernel was registered to support Op 'AssignAdd')/
      expect(() => variableOf(value).assignAdd(value)).toThrow(refused)
      expect(() => variableOf(value, true).assignSub(value)).toThrow(InvalidArgumentError)
    }
    const allowed =
      'float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32, uint64'
    expect(() => variableOf(array([true])).assignAdd(array([true]))).toThrow(
      new TypeError(`Value passed to parameter 'ref' has DataType bool not in list of allowed values: ${allowed}`),
    )
    expect(() => variableOf(zeros([1], 'qint8')).assignSub(zeros([1], 'qint8'))).toThrow(
      /^No OpKernel was registered to support Op 'AssignSub' with these attrs: \[T=DT_QINT8\]$/,
    )
  })
})
