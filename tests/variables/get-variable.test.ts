import { describe, expect, expectTypeOf, test } from 'vitest'
import { array, zeros } from '../../src/tensor/convert'
import type { NDArray } from '../../src/tensor/ndarray'
import { InvalidArgumentError, ValueError } from '../../src/util/errors'
import type { Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'

function names(variables: Iterable<{ readonly op: { readonly name: string } }>): string[] {
  return [...variables].map((v) => v.op.name)
}

const EXISTS =
  'Variable v/x already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope?'

function missing(name: string): ValueError {
  return new ValueError(
    `Variable ${name} does not exist, or was not created with tf.get_variable(). Did you mean to set reuse=tf.AUTO_REUSE in VarScope?`,
  )
}

describe('VariableStore.getVariable()', () => {
  test('is float32 and uninitialized, where nothing else is said', () => {
    const v = new VariableStore().getVariable('w', { shape: [2, 3] })
    expectTypeOf(v).toEqualTypeOf<Variable<'float32'>>()
    expect([v.dtype, v.shape, v.initialized]).toEqual(['float32', [2, 3], false])
  })

  test('takes value, dtype and shape from an initializer', () => {
    const store = new VariableStore()
    const step = store.getVariable('step', { initializer: array(1n) })
    expectTypeOf(step).toEqualTypeOf<Variable<'int64'>>()
    expect(step.read()).toEqual(array(1n))
    const made = store.getVariable('made', {
      shape: [2],
      dtype: 'int32',
      initializer: (shape, dtype) => zeros(shape, dtype),
    })
    expect(made.read()).toEqual(zeros([2], 'int32'))
    const own = store.getVariable('own', { initializer: () => array([1, 2, 3]) })
    expect(own.shape).toEqual([3])
  })

  test('throws where the initializer does not fit', () => {
    const store = new VariableStore()
    const refuse = (options: Parameters<typeof store.getVariable>[1]): string => {
      try {
        store.getVariable('z', options)
      } catch (error) {
        if (error instanceof ValueError) return error.message
      }
      return 'no ValueError'
    }
    const ones = array([1, 2])
    expect(refuse({})).toBe('Variable z did not get an initializer, so its `shape` argument must be specified.')
    expect(refuse({ shape: [2], initializer: ones })).toBe('If initializer is a constant, do not specify shape.')
    expect(refuse({ dtype: 'int32', initializer: ones as NDArray })).toBe(
      "Initializer type '<dtype: 'float32'>' and explicit dtype '<dtype: 'int32'>' don't match.",
    )
    expect(refuse({ initializer: (shape) => zeros(shape) })).toMatch(/^The initializer passed is not valid\./)
    expect(refuse({ shape: [3], initializer: () => ones })).toBe(
      "In this `tf.Variable` creation, the initial value's shape ((2,)) is not compatible with the explicitly supplied `shape` argument ((3,)).",
    )
    expect(refuse({ shape: [2], dtype: 'int32', initializer: () => ones })).toBe(
      'initial_value: Tensor conversion requested dtype int32 for Tensor with dtype float32',
    )
    expect(() => store.getVariable('z', { shape: [-1] })).toThrow(InvalidArgumentError)
    expect([...store]).toEqual([])
    expect(store.getVariable('z', { shape: [2] }).name).toBe('z:0')
  })

  test('must be new, where the scope does not reuse', () => {
    const store = new VariableStore()
    store.variableScope('v', () => {
      store.getVariable('x', { shape: [1] })
      expect(() => store.getVariable('x', { shape: [1] })).toThrow(new ValueError(EXISTS))
    })
  })

  test('must be old, where it does, and made by getVariable()', () => {
    const store = new VariableStore()
    store.variable(array([1]), { name: 'v/y' })
    const x = store.variableScope('v', () => store.getVariable('x', { shape: [1] }))
    store.variableScope(
      'v',
      () => {
        expect(store.getVariable('x', { shape: [1] })).toBe(x)
        expect(store.getVariable('x')).toBe(x)
        expect(() => store.getVariable('y', { shape: [1] })).toThrow(missing('v/y'))
      },
      { reuse: true },
    )
  })

  test("may be either under 'auto'", () => {
    const store = new VariableStore()
    const [first, second] = store.variableScope('v', () => [0, 1].map(() => store.getVariable('x', { shape: [1] })), {
      reuse: 'auto',
    })
    expect(second).toBe(first)
    expect(names(store)).toEqual(['v/x'])
  })

  test('calls no initializer of a variable that is reused', () => {
    const store = new VariableStore()
    let calls = 0
    const initializer = (shape: readonly number[]): NDArray<'float32'> => {
      calls++
      return zeros(shape)
    }
    const make = (): Variable => store.getVariable('x', { shape: [1], initializer })
    store.variableScope('', () => [make(), make()], { reuse: 'auto' })
    expect(calls).toBe(1)
  })

  test('throws where the variable that is reused is another one', () => {
    const store = new VariableStore()
    store.getVariable('x', { shape: [2] })
    store.getVariable('r', { shape: [2], dtype: 'int32', useResource: true })
    const again = (name: string, options: Parameters<typeof store.getVariable>[1]) => (): unknown =>
      store.variableScope('', () => store.getVariable(name, options), { reuse: true })
    const shared = 'Trying to share variable'
    expect(again('x', { shape: [2, 3] })).toThrow(
      new ValueError(`${shared} x, but specified shape (2, 3) and found shape (2,).`),
    )
    expect(again('x', { shape: [] })).toThrow(`${shared} x, but specified shape () and found shape (2,).`)
    expect(again('x', { dtype: 'int32' })).toThrow(
      `${shared} x, but specified dtype int32 and found dtype float32_ref.`,
    )
    expect(again('r', { shape: [2] })).toThrow(`${shared} r, but specified dtype float32 and found dtype int32.`)
    expect(again('r', { initializer: array([1, 2], 'int32') as NDArray })).toThrow('specified dtype float32')
    expect(again('r', { dtype: 'int32', initializer: array([1, 2], 'int32') as NDArray })).not.toThrow()
    // TensorFlow gives x for both.
    expect(again('x', { initializer: array([1n, 2n]) as NDArray })).toThrow('specified dtype int64')
    expect(again('x', { initializer: array([1, 2, 3]) as NDArray })).toThrow('specified shape (3,)')
  })

  test('gets another name where variable() has it, and is found by the one it asked for', () => {
    const store = new VariableStore()
    store.variable(array([1]), { name: 'v' })
    const v = store.getVariable('v', { shape: [1] })
    expect(v.name).toBe('v_1:0')
    expect(store.variableScope('', () => store.getVariable('v'), { reuse: true })).toBe(v)
  })
})

describe('VariableStore scopes', () => {
  test('of variables stay, and open a new name scope each time', () => {
    const store = new VariableStore()
    const enter = (): string[] =>
      store.variableScope('v', () => names([store.variable(array(1)), store.getVariable('x', { shape: [] })]), {
        reuse: 'auto',
      })
    expect([enter(), enter()]).toEqual([
      ['v/Variable', 'v/x'],
      ['v_1/Variable', 'v/x'],
    ])
  })

  test('of names do not touch getVariable()', () => {
    const store = new VariableStore()
    const v = store.nameScope('n', () => store.variableScope('v', () => store.getVariable('x', { shape: [] })))
    const w = store.nameScope('n', () => store.variableScope('v', () => store.variable(array(1), { name: 'x' })))
    expect(names([v, w])).toEqual(['v/x', 'n_1/v/x'])
  })

  test('inside of one that reuses, reuse, whatever they say', () => {
    const store = new VariableStore()
    store.variableScope(
      'v',
      () => {
        for (const reuse of [false, true]) {
          store.variableScope('w', () => expect(() => store.getVariable('x')).toThrow(missing('v/w/x')), { reuse })
        }
        store.variableScope('w', () => expect(() => store.getVariable('x')).toThrow(missing('v/w/x')))
        store.variableScope('w', () => store.getVariable('x', { shape: [] }), { reuse: 'auto' })
      },
      { reuse: true },
    )
    expect(names(store)).toEqual(['v/w/x'])
  })

  test('are closed where the body throws', () => {
    const store = new VariableStore()
    const fail = (): never => {
      throw new RangeError('body')
    }
    expect(() => store.nameScope('n', fail)).toThrow('body')
    expect(() => store.variableScope('v', fail, { reuse: true })).toThrow('body')
    expect(names([store.variable(array(1)), store.getVariable('x', { shape: [] })])).toEqual(['Variable', 'x'])
  })

  test('take no body that returns a promise, and are closed then', () => {
    const store = new VariableStore()
    expect(() => store.nameScope('n', () => Promise.resolve(1))).toThrow(TypeError)
    expect(() => store.variableScope('v', async () => {})).toThrow(TypeError)
    expect(() => store.variableScope('', async () => {}, { reuse: true })).toThrow(TypeError)
    expect(names([store.variable(array(1)), store.getVariable('x', { shape: [] })])).toEqual(['Variable', 'x'])
  })

  test('give what the body gives', () => {
    const store = new VariableStore()
    expect(store.variableScope('v', () => 3)).toBe(3)
    expect(store.nameScope('v', (scope) => scope)).toBe('v_1/')
    expect(store.variableScope('w', () => undefined)).toBeUndefined()
  })
})
