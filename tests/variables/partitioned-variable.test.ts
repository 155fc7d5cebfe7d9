import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { array, arraysEqual, toNested, zeros } from '../../src/tensor/convert'
import { type DType, dtypeInfo } from '../../src/tensor/dtype'
import { elementCount, type NDArray, ndarray, type Shape } from '../../src/tensor/ndarray'
import { FailedPreconditionError, InvalidArgumentError, ValueError } from '../../src/util/errors'
import { isPartitionedVariable, partsOf, type PartitionedVariable } from '../../src/variables/partitioned-variable'
import type { SaveSliceInfo } from '../../src/variables/saveable'
import { pinValue } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { attempt } from '../helpers/attempt'

/** 0, 1, 2, … */
function counting(shape: Shape): NDArray<'float32'> {
  return ndarray(
    'float32',
    shape,
    Float32Array.from({ length: elementCount(shape) }, (_, i) => i),
  )
}

function rows(store = new VariableStore(), name = 'p'): PartitionedVariable<'float32'> {
  return store.getPartitionedVariable(name, { shape: [5, 2], numShards: 2, initializer: counting([5, 2]) })
}

function names(store: VariableStore): string[] {
  return [...store].map(({ op }) => op.name)
}

describe('VariableStore.getPartitionedVariable()', () => {
  test('makes uninitialized float32 parts, where nothing else is said', () => {
    const store = new VariableStore()
    const p = store.getPartitionedVariable('p', { shape: [5, 2], numShards: 2 })
    expectTypeOf(p).toEqualTypeOf<PartitionedVariable<'float32'>>()
    expect([p.name, p.dtype, p.shape, p.partitions, p.length, p.initialized]).toEqual([
      'p',
      'float32',
      [5, 2],
      [2, 1],
      2,
      false,
    ])
    expect([...p]).toEqual(p.parts)
    expect(p.parts.map(({ name, shape }) => [name, shape])).toEqual([
      ['p/part_0:0', [3, 2]],
      ['p/part_1:0', [2, 2]],
    ])
    expect(p.parts[1]?.saveSliceInfo).toEqual({
      fullName: 'p',
      fullShape: [5, 2],
      slice: [
        [3, 2],
        [0, 2],
      ],
    })
    expect(store.get('p/part_1')).toBe(p.parts[1])
    expect([store.globalVariables(), store.trainableVariables()]).toEqual([p.parts, p.parts])
  })

  test('calls an initializer for each part, with its shape, its dtype and its place', () => {
    const calls: [Shape, DType, SaveSliceInfo][] = []
    const initializer = (shape: Shape, dtype: 'int32', part: SaveSliceInfo): NDArray<'int32'> => {
      calls.push([shape, dtype, part])
      return zeros(shape, dtype)
    }
    const p = new VariableStore().getPartitionedVariable('p', {
      shape: [2, 3],
      dtype: 'int32',
      numShards: 2,
      axis: 1,
      initializer,
    })
    expect(calls).toEqual(p.parts.map(({ shape, saveSliceInfo }) => [shape, 'int32', saveSliceInfo]))
    expect(p.read()).toEqual(zeros([2, 3], 'int32'))
  })

  test('cuts a value of the whole', () => {
    const value = array([['a', 'b', 'c']])
    const p = new VariableStore().getPartitionedVariable('p', {
      shape: [1, 3],
      numShards: 2,
      axis: 1,
      initializer: value,
    })
    expectTypeOf(p).toEqualTypeOf<PartitionedVariable<'string'>>()
    value.data[0]?.fill(0)
    expect(p.parts.map((part) => part.read())).toEqual([array([['a', 'b']]), array([['c']])])
  })

  test('refuses a value of another dtype or shape', () => {
    const store = new VariableStore()
    const make = (initializer: NDArray<'float32'>, dtype?: 'float64'): unknown =>
      store.getPartitionedVariable('p', { shape: [4], numShards: 2, initializer, ...(dtype && { dtype }) } as never)
    expect(attempt(() => make(counting([5])))).toEqual([
      'ValueError',
      "In this `tf.Variable` creation, the initial value's shape ((5,)) is not compatible with the explicitly supplied `shape` argument ((4,)).",
    ])
    expect(attempt(() => make(counting([4]), 'float64'))).toEqual([
      'ValueError',
      "Initializer type '<dtype: 'float32'>' and explicit dtype '<dtype: 'float64'>' don't match.",
    ])
    expect(names(store)).toEqual([])
  })

  test('makes no part where the initializer of one fails, and no name is used up', () => {
    const store = new VariableStore()
    let calls = 0
    const initializer = (shape: Shape): NDArray<'float32'> => {
      if (++calls === 2) throw new RangeError('second')
      return zeros(shape)
    }
    const options = { shape: [4], numShards: 2, initializer }
    expect(() => store.getPartitionedVariable('p', options)).toThrow(new RangeError('second'))
    const ofOtherShape = { ...options, initializer: () => zeros([2, calls++ % 2]) }
    expect(() => store.getPartitionedVariable('p', ofOtherShape)).toThrow(ValueError)
    expect([names(store), store.globalVariables()]).toEqual([[], []])
    expect(store.getPartitionedVariable('p', options).parts.map(({ op }) => op.name)).toEqual(['p/part_0', 'p/part_1'])
  })

  test('makes no part where a later one cannot be shared', () => {
    const store = new VariableStore()
    const part = store.getVariable('p/part_1', { shape: [3] })
    const get = (): unknown =>
      store.variableScope('', () => store.getPartitionedVariable('p', { shape: [4], numShards: 2 }), { reuse: 'auto' })
    expect(attempt(get)).toEqual([
      'ValueError',
      'Trying to share variable p/part_1, but specified shape (2,) and found shape (3,).',
    ])
    expect([names(store), part.saveSliceInfo]).toEqual([['p/part_1'], undefined])
  })

  test('makes no part where the name of one is taken as it is', () => {
    const store = new VariableStore()
    store.variable(zeros([]), { name: 'p/part_1/' })
    const make = (): unknown => store.getPartitionedVariable('p', { shape: [4], numShards: 2 })
    expect(attempt(make)).toEqual(['ValueError', "Duplicate node name in graph: 'p/part_1'"])
    expect(names(store)).toEqual(['p/part_1'])
  })

  test('makes parts of variables that are there, where the scope reuses those', () => {
    const store = new VariableStore()
    // The last one is looked for, as the first.
    const part = store.getVariable('p/part_0', { shape: [1], initializer: () => counting([1]) })
    store.getVariable('p/part_2', { shape: [1] })
    const p = store.variableScope('', () => store.getPartitionedVariable('p', { shape: [3], numShards: 3 }), {
      reuse: 'auto',
    })
    expect(p.parts[0]).toBe(part)
    expect(part.saveSliceInfo).toEqual({ fullName: 'p', fullShape: [3], slice: [[0, 1]] })
    expect(names(store)).toEqual(['p/part_0', 'p/part_2', 'p/part_1'])
  })

  test('gives the same object again, where the scope reuses', () => {
    const store = new VariableStore()
    const p = store.variableScope('v', () => rows(store))
    const again = store.variableScope('v', () => rows(store), { reuse: true })
    expect([p.name, again === p, names(store).length]).toEqual(['v/p', true, 2])
    expect(store.variableScope('v', () => store.getVariable('p/part_0', { shape: [3, 2] }), { reuse: true })).toBe(
      p.parts[0],
    )
  })

  test('puts its options on every part', () => {
    const store = new VariableStore()
    const p = store.getPartitionedVariable('p', {
      shape: [4],
      numShards: 2,
      trainable: false,
      collections: ['mine'],
      useResource: true,
      device: '/cpu:0',
    })
    for (const part of p) {
      expect([part.trainable, part.op.type, part.device]).toEqual([false, 'VarHandleOp', '/cpu:0'])
    }
    expect([store.getCollection('mine'), store.globalVariables()]).toEqual([p.parts, []])
  })

  test('refuses what has no parts, and parts of no whole number', () => {
    const store = new VariableStore()
    const make = (shape: Shape | undefined, numShards: number, axis = 0): unknown =>
      attempt(() => store.getPartitionedVariable('p', { shape: shape as Shape, numShards, axis }))
    expect(make([], 2)).toEqual(['ValueError', 'A partitioned Variable must have rank at least 1, shape: ()'])
    expect(make([4], 1.5)).toEqual([
      'TypeError',
      "'float' object cannot be interpreted as an integer: numShards is 1.5",
    ])
    expect(make([4], Number.NaN)).toEqual([
      'TypeError',
      "'float' object cannot be interpreted as an integer: numShards is NaN",
    ])
    expect(make([4], 2, 0.5)).toEqual(['LookupError', 'list index out of range: axis 0.5 of (4,)'])
    expect(make([-1], 2)).toEqual(['InvalidArgumentError', 'Not a shape: [-1] has the dimension -1'])
    expect(make(undefined, 2)).toEqual([
      'ValueError',
      'Shape of a new partitioned variable must be fully defined, but instead was <unknown>.',
    ])
    expect(names(store)).toEqual([])
  })

  test('looks at what is there before it looks for elements, as TensorFlow does', () => {
    const store = new VariableStore()
    store.getPartitionedVariable('p', { shape: [4, 2], numShards: 2 })
    const make = (name: string, shape: Shape, reuse: boolean | 'auto'): unknown =>
      attempt(() =>
        store.variableScope('', () => store.getPartitionedVariable(name, { shape, numShards: 2 }), { reuse }),
      )
    const differs = (shape: string) =>
      `Trying to reuse partitioned variable p, but specified shape ${shape} and found shape (4, 2).`
    expect(make('p', [3, 0], false)).toEqual([
      'ValueError',
      'Partitioned variable with name p already exists. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope?',
    ])
    expect(make('p', [3, 0], true)).toEqual(['ValueError', differs('(3, 0)')])
    expect(make('p', [4, 0], 'auto')).toEqual(['ValueError', differs('(4, 0)')])
    expect(make('q', [3, 0], true)).toEqual([
      'ValueError',
      'PartitionedVariable q does not exist, or was not created with tf.get_variable(). Did you mean to set reuse=False or reuse=tf.AUTO_REUSE in VarScope?',
    ])
    expect(make('r', [4, 0], false)).toEqual([
      'ValueError',
      'Expected 0 <= offset < shape but found offset=0, shape=0 for var_offset=[0, 0], full_shape=[4, 0]',
    ])
  })
})

test('VariableStore.getVariable() says who gives a partitioned variable, where the scope reuses too', () => {
  const store = new VariableStore()
  rows(store)
  const text =
    'No partitioner was provided, but a partitioned version of the variable was found: p/part_0. Perhaps a variable of the same name was already created with partitioning? getPartitionedVariable() gives it'
  for (const reuse of [false, true, 'auto'] as const) {
    const get = (): unknown => store.variableScope('', () => store.getVariable('p', { shape: [5, 2] }), { reuse })
    expect(attempt(get)).toEqual(['ValueError', text])
  }
})

describe('PartitionedVariable', () => {
  test('reads as one value, in an array of its own', () => {
    const p = rows()
    const value = p.read()
    expect(value).toEqual(counting([5, 2]))
    value.data.fill(9)
    expect(p.read()).toEqual(counting([5, 2]))
    const strings = new VariableStore().getPartitionedVariable('s', {
      shape: [2],
      numShards: 2,
      initializer: array(['a', 'b']),
    })
    strings.read().data[0]?.fill(0)
    expect(strings.read()).toEqual(array(['a', 'b']))
  })

  test('throws where a part has no value, and reads or changes nothing', () => {
    const p = new VariableStore().getPartitionedVariable('p', { shape: [4], numShards: 2 })
    p.parts[0]?.assign(counting([2]))
    const error = new FailedPreconditionError('Attempting to use uninitialized value p/part_1', { key: 'p/part_1' })
    expect(p.initialized).toBe(false)
    expect(() => p.read()).toThrow(error)
    expect(() => p.assignAdd(counting([4]))).toThrow(error)
    expect(p.parts[0]?.read()).toEqual(counting([2]))
    p.parts[1]?.assign(counting([2]))
    expect([p.initialized, toNested(p.read())]).toEqual([true, [0, 1, 0, 1]])
  })

  test('assigns to each part its piece: of a value, of elements, of another partitioned variable', () => {
    const store = new VariableStore()
    const p = rows(store)
    const value = zeros([5, 2])
    expect(p.assign(value)).toBe(p)
    value.data.fill(1)
    expect(p.read()).toEqual(zeros([5, 2]))
    p.assign(counting([5, 2]).data)
    expect(p.read()).toEqual(counting([5, 2]))
    const columns = store.getPartitionedVariable('q', {
      shape: [5, 2],
      numShards: 2,
      axis: 1,
      initializer: (shape) => zeros(shape),
    })
    columns.assign(p)
    expect(columns.parts.map((part) => toNested(part.read()))).toEqual([
      [[0], [2], [4], [6], [8]],
      [[1], [3], [5], [7], [9]],
    ])
  })

  test('adds and subtracts piece by piece', () => {
    const p = rows()
    p.assignAdd(counting([5, 2]))
    expect(toNested(p.read())).toEqual([
      [0, 2],
      [4, 6],
      [8, 10],
      [12, 14],
      [16, 18],
    ])
    p.assignSub(counting([5, 2])).assignSub(p)
    expect(p.read()).toEqual(zeros([5, 2]))
  })

  test('leaves what a save holds as it is', () => {
    const p = rows()
    const [first] = p.parts
    const pinned = pinValue(first as NonNullable<typeof first>)
    p.assign(zeros([5, 2])).assignAdd(counting([5, 2]))
    expect(toNested(pinned.value)).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ])
    pinned.release()
  })

  test('refuses other dtypes and shapes in the words of TensorFlow’s run time, and keeps what it has', () => {
    const p = rows()
    const split =
      'Determined shape must either match input shape along split_dim exactly if fully specified, or be less than the size of the input along split_dim if not fully specified.  Got: 5: the parts of p take 5, and the value has 4'
    expect(attempt(() => p.assign(counting([4, 2])))).toEqual(['InvalidArgumentError', split])
    expect(attempt(() => p.assign(counting([5, 3])))).toEqual([
      'InvalidArgumentError',
      'Assign requires shapes of both tensors to match. lhs shape= [3,2] rhs shape= [3,3]',
    ])
    expect(attempt(() => p.assign(counting([10])))).toEqual([
      'InvalidArgumentError',
      'Assign requires shapes of both tensors to match. lhs shape= [3,2] rhs shape= [10]',
    ])
    expect(attempt(() => p.assign(zeros([5, 2], 'int32') as never))).toEqual([
      'TypeError',
      "Input 'value' of 'Assign' Op has type int32 that does not match type float32 of argument 'ref'.",
    ])
    expect(() => p.assign(new Float32Array(9))).toThrow(InvalidArgumentError)
    for (const nothing of [1, undefined, null, 'x']) expect(() => p.assign(nothing as never)).toThrow(TypeError)
    expect(attempt(() => p.assignSub(counting([4, 2])))).toEqual(['InvalidArgumentError', split])
    expect(p.read()).toEqual(counting([5, 2]))
    const r = new VariableStore().getPartitionedVariable('r', { shape: [4], numShards: 2, useResource: true })
    expect(attempt(() => r.assign(zeros([4], 'int32') as never))[0]).toBe('ValueError')
    expect(r.initialized).toBe(false)
  })

  test('does not add what TensorFlow does not', () => {
    const p = new VariableStore().getPartitionedVariable('p', {
      shape: [2],
      numShards: 2,
      initializer: array([true, false]),
    })
    expect(() => p.assignAdd(array([true, true]))).toThrow(/^Value passed to parameter 'ref' has DataType bool/)
  })

  test('prints, and is told apart', () => {
    const p = rows()
    const text = "<tf.PartitionedVariable 'p' shape=(5, 2) dtype=float32 partitions=[2, 1]>"
    expect([String(p), (p as never)[Symbol.for('nodejs.util.inspect.custom')]]).toEqual([text, expect.any(Function)])
    expect([p, [...p], p.parts[0], null, 'p'].map(isPartitionedVariable)).toEqual([true, false, false, false, false])
    expect(partsOf(p)).toBe(p.parts)
  })

  test('gives back what was assigned, whatever the cut and the dtype', () => {
    const dtypes: readonly DType[] = ['float32', 'int64', 'complex128', 'bool', 'bfloat16', 'string', 'int4']
    const dimensions = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
    const cut = fc.record({
      shape: dimensions,
      axis: fc.nat(3),
      numShards: fc.integer({ min: 1, max: 6 }),
      dtype: fc.constantFrom(...dtypes),
    })
    fc.assert(
      fc.property(cut, ({ shape, axis, numShards, dtype }) => {
        const options = { shape, dtype, numShards, axis: axis % shape.length }
        const p = new VariableStore().getPartitionedVariable('p', options)
        const value = distinct(shape, dtype)
        expect(arraysEqual(p.assign(value).read(), value)).toBe(true)
        const sizes = p.parts.map((part) => elementCount(part.shape))
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(elementCount(shape))
      }),
      { numRuns: 60 },
    )
  })
})

/** Bytes that count. */
function distinct(shape: Shape, dtype: DType): NDArray {
  const { Array: Items, size, lanes } = dtypeInfo(dtype)
  const count = elementCount(shape)
  if (Items === undefined) {
    return ndarray(
      'string',
      shape,
      Array.from({ length: count }, (_, i) => Uint8Array.of(i, i >> 8)),
    )
  }
  const bytes = Uint8Array.from({ length: count * size }, (_, i) => i)
  return ndarray(dtype, shape, new Items(bytes.buffer, 0, count * lanes) as never)
}

describe('VariableStore.load()', () => {
  test('gives parts their pieces of the value that has the name of the whole', () => {
    const store = new VariableStore()
    const p = rows(store)
    const w = store.variable(zeros([]), { name: 'w' })
    const value = zeros([5, 2])
    const report = store.load([
      ['p:0', value],
      ['w', array(3)],
      ['q', array(4)],
    ])
    expect(report).toEqual({ restored: ['p/part_0', 'p/part_1', 'w'], missing: [], mismatched: [], unused: ['q'] })
    value.data.fill(7)
    expect([p.read(), toNested(w.read())]).toEqual([zeros([5, 2]), 3])
  })

  test('takes names of parts first', () => {
    const store = new VariableStore()
    const p = rows(store)
    const ones = array([
      [1, 1],
      [1, 1],
    ])
    const values = new Map<string, NDArray>([
      ['p', zeros([5, 2])],
      ['p/part_1', ones],
    ])
    expect(store.load(values).unused).toEqual([])
    expect(p.parts.map((part) => part.read())).toEqual([zeros([3, 2]), ones])
    expect(() => store.load([['p/part_0', zeros([3, 2])]])).toThrow(/^Key p\/part_1 not found among the values/)
  })

  test('loads nothing where the whole is of another shape or dtype, even one that a part has', () => {
    const store = new VariableStore()
    const p = store.getPartitionedVariable('p', { shape: [4], numShards: 2, initializer: counting([4]) })
    const w = store.variable(zeros([]), { name: 'w' })
    const load = (value: NDArray): unknown =>
      attempt(() =>
        store.load([
          ['w', array(1)],
          ['p', value],
        ]),
      )
    expect(load(zeros([2]))).toEqual([
      'InvalidArgumentError',
      'Assign requires shapes of both tensors to match. lhs shape= [4] rhs shape= [2]: "p/part_0" is a part of "p", which is float32 [4], its value float32 [2]; "p/part_1" is a part of "p", which is float32 [4], its value float32 [2]',
    ])
    expect(load(zeros([4], 'int32'))).toEqual(['TypeError', expect.stringContaining('which is float32 [4]')])
    expect([toNested(w.read()), p.read()]).toEqual([0, counting([4])])
  })
})
