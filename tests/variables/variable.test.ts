import { describe, expect, expectTypeOf, test } from 'vitest'
import { array, zeros } from '../../src/tensor/convert'
import type { DType } from '../../src/tensor/dtype'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { FailedPreconditionError, InvalidArgumentError, ValueError } from '../../src/util/errors'
import { adoptValue, pinValue, valueTarget, Variable } from '../../src/variables/variable'
import { storeInternals, VariableStore } from '../../src/variables/variable-store'
import { oracleTest, withoutNode } from '../oracle/cases'

function variableOf<D extends DType>(value: NDArray<D>, options: { useResource?: boolean } = {}): Variable<D> {
  return new VariableStore().variable(value, { name: 'v', ...options })
}

/** One whose value is not the initial one any more. */
function written<D extends DType>(value: NDArray<D>): Variable<D> {
  const v = variableOf(value)
  v.assign(value)
  return v
}

function uninitialized(useResource = false): Variable<'float32'> {
  return new VariableStore().getVariable('n/v', { shape: [2], useResource })
}

function elements(variable: Variable): number[] {
  return Array.from(variable.read().data as ArrayLike<number>)
}

describe('Variable', () => {
  test('prints as in Python', () => {
    const printed = (shape: number[], useResource: boolean): string =>
      String(new VariableStore().variable(zeros(shape), { name: 'v1', useResource }))
    expect(printed([], false)).toBe("<tf.Variable 'v1:0' shape=() dtype=float32_ref>")
    expect(printed([2], false)).toBe("<tf.Variable 'v1:0' shape=(2,) dtype=float32_ref>")
    expect(printed([2, 3], true)).toBe("<tf.Variable 'v1:0' shape=(2, 3) dtype=float32>")
    expect(printed([0], true)).toBe("<tf.Variable 'v1:0' shape=(0,) dtype=float32>")
  })

  test('prints the same to console.log', async () => {
    const { inspect } = await import('node:util')
    const v = variableOf(array(1))
    expect(inspect([v])).toBe("[ <tf.Variable 'v:0' shape=() dtype=float32_ref> ]")
  })

  test('is a VariableV2, or a VarHandleOp', () => {
    expect(variableOf(array(1)).op).toEqual({ name: 'v', type: 'VariableV2' })
    expect(variableOf(array(1), { useResource: true }).op).toEqual({ name: 'v', type: 'VarHandleOp' })
  })

  test('is known by its class and by its dtype', () => {
    const v = variableOf(array([1]))
    expect(v).toBeInstanceOf(Variable)
    expectTypeOf(v).toEqualTypeOf<Variable<'float32'>>()
    expectTypeOf(v).toExtend<Variable>()
    expectTypeOf(v).not.toExtend<Variable<'int32'>>()
    expectTypeOf(v.read()).toEqualTypeOf<NDArray<'float32'>>()
  })

  test('keeps its shape from who writes into it', () => {
    const v = variableOf(array([1, 2]))
    expect(() => (v.shape as number[]).push(3)).toThrow(TypeError)
    ;(v.read().shape as number[]).push(3)
    expect(v.assign(array([3, 4])).shape).toEqual([2])
  })
})

describe('Variable.read()', () => {
  test('throws FailedPreconditionError while uninitialized', () => {
    const v = uninitialized()
    expect(v.initialized).toBe(false)
    expect(() => v.read()).toThrow(
      new FailedPreconditionError('Attempting to use uninitialized value n/v', { key: 'n/v' }),
    )
    expect(() => uninitialized(true).read()).toThrow(
      /^Could not find variable n\/v\. This could mean that the variable has been deleted\. In TF1, it can also mean the variable is uninitialized\./,
    )
  })

  test('gives the value after the first assign', () => {
    const v = uninitialized().assign(array([1, 2]))
    expect(v.initialized).toBe(true)
    expect(v.read()).toEqual(array([1, 2]))
  })
})

describe('Variable.assign()', () => {
  oracleTest<[[string, string], [string, string], number[], number[]]>(
    'assign-shape-mismatch-dynamic',
    ({ result }) => {
      const v = variableOf(array([1, 2]))
      const r = variableOf(array([1, 2]), { useResource: true })
      const [refError, resourceError] = [result[0][1], result[1][1]].map(withoutNode)
      expect(() => v.assign(array([1, 2, 3]))).toThrow(new InvalidArgumentError(refError ?? '', { key: 'v' }))
      expect(() => r.assign(array([1, 2, 3]))).toThrow(new InvalidArgumentError(resourceError ?? '', { key: 'v' }))
      expect([elements(v), elements(r)]).toEqual(result.slice(2))
    },
  )

  // TensorFlow says so while it builds the graph, in words about its nodes; here is no graph: the words are those at run time.
  oracleTest<[string, string][]>('assign-shape-mismatch-static', ({ result }) => {
    const v = variableOf(array([1, 2]))
    const r = variableOf(array([1, 2]), { useResource: true })
    const attempts = [
      () => v.assign(array([1, 2, 3])),
      () => v.assign(1),
      () => r.assign(array([1, 2, 3])),
      () => v.assign(array([[1, 2]])),
    ]
    expect(result.map(([kind]) => kind)).toEqual(attempts.map(() => 'ValueError'))
    const [short, scalar, resource, nested] = attempts
    expect(short).toThrow('lhs shape= [2] rhs shape= [3]')
    expect(scalar).toThrow('lhs shape= [2] rhs shape= []')
    expect(resource).toThrow('Expected [2] got [3]')
    expect(nested).toThrow('lhs shape= [2] rhs shape= [1,2]')
    expect([elements(v), elements(r)]).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  test('throws for another dtype, and names both', () => {
    const value = array([1, 2], 'int32') as NDArray as NDArray<'float32'>
    expect(() => variableOf(array([1, 2])).assign(value)).toThrow(
      new TypeError("Input 'value' of 'Assign' Op has type int32 that does not match type float32 of argument 'ref'."),
    )
    expect(() => variableOf(array([1, 2]), { useResource: true }).assign(value)).toThrow(
      new ValueError('Tensor conversion requested dtype float32 for Tensor with dtype int32'),
    )
  })

  test('copies: the caller may go on with the array', () => {
    const data = Float32Array.of(1, 2)
    const value = ndarray('float32', [2], data)
    const store = new VariableStore()
    const created = store.variable(value)
    const assigned = uninitialized().assign(value)
    const raw = uninitialized().assign(data)
    const made = store.getVariable('made', { shape: [2], initializer: () => value })
    data[0] = 9
    expect([created, assigned, raw, made].map(elements)).toEqual([1, 2, 3, 4].map(() => [1, 2]))
  })

  test('copies strings, and Node buffers, whose slice() does not', () => {
    const bytes = Buffer.from('ab')
    const text = variableOf(ndarray('string', [1], [bytes]))
    const numbers = variableOf(ndarray('uint8', [2], bytes))
    bytes[0] = 0
    expect(text.read().data).toEqual([Uint8Array.of(97, 98)])
    expect(elements(numbers)).toEqual([97, 98])
    const later = Buffer.from('cd')
    text.assign([later])
    numbers.assign(later)
    later[0] = 0
    expect(text.read().data).toEqual([Uint8Array.of(99, 100)])
    expect(elements(numbers)).toEqual([99, 100])
  })

  test('takes the elements alone, where they are as many, and in the right array', () => {
    const v = variableOf(zeros([2, 2]))
    expect(elements(v.assign(Float32Array.of(1, 2, 3, 4)))).toEqual([1, 2, 3, 4])
    expect(() => v.assign(Float32Array.of(1, 2))).toThrow(InvalidArgumentError)
    expect(() => v.assign(new Float64Array(4) as unknown as Float32Array)).toThrow(InvalidArgumentError)
    expect(() => v.assign([1, 2, 3, 4] as unknown as Float32Array)).toThrow(InvalidArgumentError)
    expect(elements(v)).toEqual([1, 2, 3, 4])
  })

  test('takes a number for shape [] only', () => {
    expect(elements(variableOf(array(1)).assign(0.5))).toEqual([0.5])
    expect(
      variableOf(array(1n))
        .assign(2n ** 62n)
        .read().data,
    ).toEqual(BigInt64Array.of(2n ** 62n))
    expect(variableOf(array(1n)).assign(7).read().data).toEqual(BigInt64Array.of(7n))
    expect(() => variableOf(array([1])).assign(2)).toThrow(
      'Assign requires shapes of both tensors to match. lhs shape= [1] rhs shape= []',
    )
  })

  test('throws for a number that the dtype cannot hold, and keeps the value', () => {
    const narrow = variableOf(array(1, 'int8'))
    const whole = variableOf(array(1, 'int32'))
    expect(() => narrow.assign(300)).toThrow(InvalidArgumentError)
    expect(() => whole.assign(1.5)).toThrow(InvalidArgumentError)
    expect(() => whole.assignAdd(2n ** 31n)).toThrow(InvalidArgumentError)
    expect([elements(narrow), elements(whole)]).toEqual([[1], [1]])
  })

  test('throws for what is no value', () => {
    const v = variableOf(array([1, 2]))
    for (const value of [undefined, null, true, 'a', {}]) {
      expect(() => v.assign(value as unknown as number)).toThrow(TypeError)
    }
    const torn = { dtype: 'float32', shape: [2], data: new Float32Array(1) } as const
    expect(() => v.assign(torn)).toThrow(InvalidArgumentError)
    expect(elements(v)).toEqual([1, 2])
  })

  test('takes its own value', () => {
    const v = variableOf(array([1, 2]))
    expect(elements(v.assign(v.read()).assignAdd(v.read()))).toEqual([2, 4])
  })
})

describe('pinValue()', () => {
  test('keeps the value while everything else goes on', () => {
    const v = variableOf(array([1, 2]))
    const pinned = pinValue(v)
    v.assign(array([3, 4]))
    expect(elements(v)).toEqual([3, 4])
    v.assignAdd(array([1, 1]))
    expect(elements(v)).toEqual([4, 5])
    expect(pinned.value).toEqual(array([1, 2]))
  })

  test('keeps it from an addition, and from one into the array of the restore', () => {
    const v = variableOf(array([1, 2]))
    const pinned = pinValue(v)
    expect(valueTarget(v)).toBeUndefined()
    v.assignSub(array([1, 1]))
    expect(pinned.value).toEqual(array([1, 2]))
    expect(elements(v)).toEqual([0, 1])
    expect(valueTarget(v)).toBe(v.read())
  })

  test('holds as long as one of several does, and no longer', () => {
    const v = written(array([1, 2]))
    const before = v.read()
    const [first, second] = [pinValue(v), pinValue(v)]
    first.release()
    first.release()
    expect(valueTarget(v)).toBeUndefined()
    second.release()
    expect(valueTarget(v)).toBe(before)
    v.assign(array([5, 6]))
    expect(v.read()).toBe(before)
  })

  test('released late, does not let go of what was pinned since', () => {
    const v = variableOf(array([1, 2]))
    const first = pinValue(v)
    v.assign(array([3, 4]))
    const second = pinValue(v)
    first.release()
    v.assign(array([5, 6]))
    expect(second.value).toEqual(array([3, 4]))
  })

  test('pins strings', () => {
    const v = variableOf(array(['a']))
    const pinned = pinValue(v)
    v.assign(array(['b']))
    expect(pinned.value).toEqual(array(['a']))
  })

  test('throws while uninitialized', () => {
    expect(() => pinValue(uninitialized())).toThrow('Attempting to use uninitialized value n/v')
  })
})

describe('adoptValue()', () => {
  test('takes the array itself, and initializes', () => {
    const v = uninitialized()
    const value = array([7, 8])
    adoptValue(v, value)
    expect(v.read().data).toBe(value.data)
  })

  test('leaves what was pinned, and the array after it free', () => {
    const v = variableOf(array([1, 2]))
    const pinned = pinValue(v)
    adoptValue(v, array([7, 8]))
    expect(valueTarget(v)).toBe(v.read())
    expect(pinned.value).toEqual(array([1, 2]))
  })

  test('throws as assign() does, and changes nothing', () => {
    const v = variableOf(array([1, 2]))
    expect(() => adoptValue(v, array([1]))).toThrow('lhs shape= [2] rhs shape= [1]')
    expect(() => adoptValue(v, array([1n, 2n]))).toThrow(TypeError)
    expect(elements(v)).toEqual([1, 2])
  })
})

describe('valueTarget()', () => {
  test('is the array of a value that may be written into', () => {
    const v = written(array([1, 2]))
    expect(valueTarget(v)).toBe(v.read())
    expect(valueTarget(uninitialized())).toBeUndefined()
    expect(valueTarget(written(array(['a'])))).toBeUndefined()
  })

  test('is not that of an initial value which the graph keeps', () => {
    const v = variableOf(array([1, 2]))
    const initial = v.read()
    expect(valueTarget(v)).toBeUndefined()
    v.assign(array([3, 4]))
    expect([initial, storeInternals.initialValue(v)]).toEqual([array([1, 2]), array([1, 2])])
    v.assign(array([1, 2]))
    v.assignAdd(array([1, 1]))
    expect(initial).toEqual(array([1, 2]))
    const long = variableOf(zeros([257]))
    expect(valueTarget(long)).toBe(long.read())
  })
})
