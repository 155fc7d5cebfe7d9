/**
 * The cases of area assign that ask what becomes of a variable's value when one that does not fit is put in. The other
 * cases of that area are told beside Variable's own tests.
 */
import { describe, expect, test } from 'vitest'
import { array, toNested } from '../../src/tensor/convert'
import { type NDArray } from '../../src/tensor/ndarray'
import { InvalidArgumentError } from '../../src/util/errors'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { oracleTest } from '../oracle/cases'

function twoOf(name: string, useResource = false): Variable<'float32'> {
  return new VariableStore().variable(array([1, 2]), { name, useResource })
}

describe('a value of another shape', () => {
  // TensorFlow finds these while the graph is built, with the node in the message; here the value itself is refused.
  oracleTest<[string, string][]>('assign-shape-mismatch-static', ({ result }) => {
    const [v, r] = [twoOf('v'), twoOf('r', true)]
    const attempts: readonly (readonly [Variable<'float32'>, NDArray<'float32'>])[] = [
      [v, array([1, 2, 3])],
      [v, array(1)],
      [r, array([1, 2, 3])],
      [v, array([[1, 2]])],
    ]
    expect(result.map(([kind]) => kind)).toEqual(attempts.map(() => 'ValueError'))
    for (const [variable, value] of attempts) {
      expect(() => variable.assign(value)).toThrow(InvalidArgumentError)
      expect(toNested(variable.read())).toEqual([1, 2])
    }
  })

  oracleTest<[number[], [string, string], unknown, number[]]>('variable-load-and-eval', ({ result }) => {
    const store = new VariableStore()
    const v = store.variable(array([1, 2]), { name: 'v' })
    store.load([['v', array([7, 8])]])
    expect(toNested(v.read())).toEqual(result[0])
    expect(result[1][0]).toBe('ValueError')
    expect(() => store.load([['v', array([1])]])).toThrow(/v/)
    expect(toNested(v.read())).toEqual(result[3])
  })

  test('is refused where the value is a plain typed array too', () => {
    const v = twoOf('v')
    expect(() => v.assign(Float32Array.of(1))).toThrow(InvalidArgumentError)
    expect(toNested(v.read())).toEqual([1, 2])
  })
})
