/**
 * The cases of area ema, on a store. Running the global initializer has no counterpart: values are there at once.
 */
import { describe, expect } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toFloat32, toNested } from '../../src/tensor/convert'
import { type DType } from '../../src/tensor/dtype'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { ExponentialMovingAverage } from '../../src/train/moving-averages'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { loadVariable } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { type ComputedTensor } from '../../src/variables/computed-tensor'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { hex } from '../helpers/bundle'
import { outcome } from '../helpers/state-files'
import { oracleTest } from '../oracle/cases'

type Source = Variable | ComputedTensor

function bits(value: NDArray): string {
  const { buffer, byteOffset, byteLength } = value.data as Float32Array
  return hex(new Uint8Array(buffer, byteOffset, byteLength))
}

function sum(a: { read(): NDArray }, b: { read(): NDArray } | number): NDArray<'float32'> {
  const { shape, data } = toFloat32(a.read())
  const other = typeof b === 'number' ? data.map(() => b) : toFloat32(b.read()).data
  return ndarray(
    'float32',
    shape,
    data.map((x, i) => x + (other[i] ?? 0)),
  )
}

function averages(ema: ExponentialMovingAverage, sources: readonly Source[]): Variable[] {
  return sources.map((source) => {
    const shadow = ema.average(source)
    if (shadow === undefined) throw new Error(`no average of ${source.name}`)
    return shadow
  })
}

function opNames(variables: Iterable<{ readonly op: { readonly name: string } }>): string[] {
  return [...variables].map(({ op }) => op.name)
}

/** {checkpoint key: op name}, in any order, as the cases print it. */
function restoreMap(ema: ExponentialMovingAverage): Record<string, string> {
  return Object.fromEntries([...ema.variablesToRestore()].map(([key, v]) => [key, v.op.name]))
}

function scalar(store: VariableStore, name: string, value = 1, options: object = {}): Variable<'float32'> {
  return store.variable(array(value), { name, ...options })
}

describe('the arithmetic', () => {
  oracleTest<{ names: string[]; steps: unknown[] }>('ema-basic', ({ result }) => {
    const store = new VariableStore()
    const a = scalar(store, 'v0', 10)
    const b = store.variable(array([30, 30]), { name: 'v1' })
    const t = store.computed(() => sum(b, (a.read().data as Float32Array)[0] ?? 0), { name: 'add', type: 'AddV2' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.25 })
    const update = ema.apply([a, b, t])
    const shadows = averages(ema, [a, b, t])
    expect(shadows.map(({ name }) => name)).toEqual(result.names)
    const steps = [shadows.map((v) => toNested(v.read()))]
    for (let i = 0; i < 2; i++) {
      update()
      steps.push(shadows.map((v) => toNested(v.read())))
    }
    expect(steps).toEqual(result.steps)
  })

  oracleTest<(string | null)[]>('ema-formula-bits', ({ result }) => {
    // np.random.RandomState(0).randn(20), in fours.
    const drawn = [
      [1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458],
      [1.8675579901499675, -0.977277879876411, 0.9500884175255894, -0.1513572082976979],
      [-0.10321885179355784, 0.41059850193837233, 0.144043571160878, 1.454273506962975],
      [0.7610377251469934, 0.12167501649282841, 0.44386323274542566, 0.33367432737426683],
      [1.4940790731576061, -0.20515826376580087, 0.31306770165090136, -0.8540957393017248],
    ]
    const store = new VariableStore()
    const x = store.variable(array([0.1, -3.7, 1e-8, 12345.678]), { name: 'x' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.999 })
    const update = ema.apply([x])
    const found = drawn.map((values) => {
      x.assign(array(values))
      update()
      return averages(ema, [x]).map((v) => bits(v.read()))[0]
    })
    expect(found).toEqual(result.slice(1))
  })

  oracleTest('ema-half-and-bfloat16', ({ result }) => {
    const found = (['float16', 'bfloat16'] as const).map((dtype) => {
      const store = new VariableStore()
      const x: Variable = store.variable(array([1, 2], dtype), { name: 'x' })
      const ema = new ExponentialMovingAverage(store, { decay: 0.9 })
      const update = ema.apply([x])
      x.assign(array([3, -1], dtype))
      update()
      return averages(ema, [x]).flatMap((v) => [v.dtype, bits(v.read())])
    })
    expect(found).toEqual(result)
  })

  oracleTest<[number, number][]>('ema-num-updates-int', ({ result }) => {
    for (const [numUpdates, expected] of result) {
      const store = new VariableStore()
      const x = scalar(store, 'x', 0)
      const ema = new ExponentialMovingAverage(store, { decay: 0.9, numUpdates })
      const update = ema.apply([x])
      x.assign(1)
      update()
      expect(averages(ema, [x]).map((v) => toNested(v.read()))).toEqual([expected])
    }
  })

  oracleTest<string[][]>('ema-num-updates-variable', ({ result }) => {
    const found = (['int32', 'int64', 'float32'] as const).map((dtype) => {
      const store = new VariableStore()
      const n: Variable = store.variable(array(0, dtype as DType), { name: 'n', trainable: false })
      const x = scalar(store, 'x', 0)
      const ema = new ExponentialMovingAverage(store, { decay: 0.5, numUpdates: n })
      const update = ema.apply([x])
      return [0, 1, 2, 3].map((i) => {
        x.assign(i)
        n.assign(array(i * 3, dtype as DType))
        update()
        return averages(ema, [x]).map((v) => bits(v.read()))[0]
      })
    })
    expect(found).toEqual(result)
  })

  oracleTest<boolean[]>('ema-num-updates-by-hand', ({ result }) => {
    const f = Math.fround
    const store = new VariableStore()
    const n = store.variable(array(0, 'int32'), { name: 'n', trainable: false })
    const x = store.variable(array([0.3, -7.7]), { name: 'x' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.97, numUpdates: n })
    const update = ema.apply([x])
    let byHand = [f(0.3), f(-7.7)]
    const found: boolean[] = []
    for (let i = 0; i < 600; i += 40) {
      const y = [f(i * 0.11), f(-i)]
      x.assign(array(y))
      n.assign(i)
      update()
      const rate = f(1 - Math.min(f(0.97), f(f(1 + i) / f(10 + i))))
      byHand = byHand.map((v, k) => f(v - f(f(v - (y[k] ?? 0)) * rate)))
      found.push(averages(ema, [x]).every((v) => [...(v.read().data as Float32Array)].join() === byHand.join()))
    }
    expect(found).toEqual(result)
  })

  oracleTest<[boolean[], string]>('ema-float64-by-hand', ({ result: [expected] }) => {
    const store = new VariableStore()
    const x = store.variable(array([0.3, -7.7], 'float64'), { name: 'x' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.97 })
    const update = ema.apply([x])
    const rate = Math.fround(1) - Math.fround(0.97)
    let byHand = [0.3, -7.7]
    const found = expected.map((_, i) => {
      const y = [i * 0.11, -i]
      x.assign(array(y, 'float64'))
      update()
      byHand = byHand.map((v, k) => v - (v - (y[k] ?? 0)) * rate)
      return averages(ema, [x]).every((v) => [...(v.read().data as Float64Array)].join() === byHand.join())
    })
    expect(found).toEqual(expected)
  })

  oracleTest<[number, number, [string, string]]>('ema-decay-tensor', async ({ result }) => {
    const store = new VariableStore()
    const d = scalar(store, 'd', 0.5, { trainable: false })
    const x = scalar(store, 'x', 0)
    const ema = new ExponentialMovingAverage(store, { decay: d })
    const update = ema.apply([x])
    const [shadow] = averages(ema, [x])
    x.assign(8)
    update()
    const first = shadow && toNested(shadow.read())
    d.assign(0.75)
    update()
    expect([first, shadow && toNested(shadow.read())]).toEqual(result.slice(0, 2))
    const wide = store.variable(array(0.5, 'float64'), { name: 'wide' })
    const refused = await outcome(() => new ExponentialMovingAverage(store, { decay: wide }).apply([x]))
    // TensorFlow has this text for a variable, and that of the case for a constant.
    const text = "Incompatible type conversion requested to type 'float32' for variable of type 'float64_ref'"
    expect(refused).toEqual([result[2][0], text])
  })

  oracleTest<[number, number][]>('ema-decay-out-of-range', ({ result }) => {
    for (const [decay, expected] of result) {
      const store = new VariableStore()
      const x = scalar(store, 'x')
      const ema = new ExponentialMovingAverage(store, { decay })
      const update = ema.apply([x])
      x.assign(3)
      update()
      expect(
        averages(ema, [x]).map((v) => toNested(v.read())),
        `decay ${decay}`,
      ).toEqual([expected])
    }
  })
})

describe('the names', () => {
  oracleTest('ema-names', ({ result }) => {
    const store = new VariableStore()
    const a = scalar(store, 'a')
    const b = store.nameScope('ns', () => scalar(store, 'b'))
    const add = (name: string): ComputedTensor => store.computed(() => sum(a, b), { name, type: 'AddV2' })
    const [c, t] = store.variableScope(
      'vs',
      () => [store.getVariable('c', { initializer: array(1) }), add('t')] as const,
    )
    const u = store.variable(array(1))
    const [x, y] = [add('add'), add('Add')]
    const e1 = new ExponentialMovingAverage(store, { decay: 0.5 })
    const all = [a, b, c, t, u, x, y]
    e1.apply(all)
    const e2 = new ExponentialMovingAverage(store, { decay: 0.5 })
    e2.apply([a])
    const e3 = new ExponentialMovingAverage(store, { decay: 0.5, name: 'foo_avg' })
    e3.apply([a, t])
    const others = [e2.average(a), e3.average(a), e3.average(t)].map((v) => v?.name)
    expect([averages(e1, all).map(({ name }) => name), ...others, e1.name, e3.name]).toEqual(result)
  })

  oracleTest('ema-default-var-list', ({ result }) => {
    const store = new VariableStore()
    const [a, b] = [scalar(store, 'a'), scalar(store, 'b', 1, { trainable: false })]
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    ema.apply()
    expect([ema.average(a)?.name, ema.average(b) ?? null]).toEqual(result)
  })

  oracleTest<[string, string, string]>('ema-empty-list', ({ result: [first, , second] }) => {
    const store = new VariableStore()
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    const updates = [ema.apply([]), ema.apply()]
    for (const update of updates) update()
    // Two nodes have the names of the two updates.
    expect([first, second]).toEqual([ema.name, `${ema.name}_1`])
    expect(scalar(store, ema.name).op.name).toBe(`${ema.name}_2`)
  })

  oracleTest<Record<string, string[]>>('ema-collections', ({ result }) => {
    const store = new VariableStore()
    const [a, b] = [scalar(store, 'a'), scalar(store, 'b', 1, { trainable: false })]
    const t = store.computed(() => sum(a, b), { name: 't' })
    new ExponentialMovingAverage(store, { decay: 0.5 }).apply([a, b, t])
    const { keys = [], ...collections } = result
    for (const [key, names] of Object.entries(collections)) {
      expect(opNames(store.getCollection(key) as Variable[]), key).toEqual(names)
    }
    // The condition that TensorFlow builds, and its collection, are not needed here.
    expect(keys.filter((key) => store.getCollection(key).length === 0)).toEqual(['cond_context'])
  })

  oracleTest('ema-moving-average-collection-duplicates', ({ result }) => {
    const store = new VariableStore()
    const a = scalar(store, 'a')
    for (let i = 0; i < 2; i++) new ExponentialMovingAverage(store, { decay: 0.5 }).apply([a])
    expect(store.movingAverageVariables().map(({ name }) => name)).toEqual(result)
  })

  oracleTest<[number, string[]]>('ema-variable-twice-in-one-list', ({ result: [count, updates] }) => {
    const store = new VariableStore()
    const a = scalar(store, 'a')
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    const update = ema.apply([a, a])
    expect(store.globalVariables()).toHaveLength(count)
    a.assign(5)
    update()
    // Updated as often as TensorFlow has nodes for it: 1 to 3 to 4.
    expect(updates).toHaveLength(2)
    expect(averages(ema, [a]).map((v) => toNested(v.read()))).toEqual([4])
  })

  oracleTest('ema-bad-dtype-after-good', async ({ result }) => {
    const store = new VariableStore()
    const a = scalar(store, 'a')
    const i = store.variable(array(1, 'int32'), { name: 'i' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    const refused = await outcome(() => ema.apply([a, i]))
    expect([refused, ema.average(a)?.name, opNames(store.globalVariables())]).toEqual(result)
  })

  oracleTest('ema-average-name-second-output', ({ result }) => {
    const store = new VariableStore()
    const y = { ...store.computed(() => array([2]), { name: 'sp', type: 'Split' }), name: 'sp:1' }
    const second: ComputedTensor = Object.assign(Object.create(null), y, {
      dtype: 'float32',
      shape: [1],
      read: () => array([2]),
    })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    const names = [ema.averageName({ ...second, name: 'sp:0' }), ema.averageName(second)]
    ema.apply([second])
    expect([...names, ema.average(second)?.name]).toEqual(result)
  })

  oracleTest('ema-two-outputs-of-one-op', ({ result }) => {
    const store = new VariableStore()
    const op = { name: 'sp', type: 'Split' }
    const output = (i: number): ComputedTensor => ({
      name: `sp:${i}`,
      op,
      dtype: 'float32',
      shape: [],
      read: () => array(i),
    })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    const outputs = [output(0), output(1)]
    ema.apply(outputs)
    expect(averages(ema, outputs).map(({ name }) => name)).toEqual(result)
  })

  oracleTest('ema-under-reuse', async ({ result }) => {
    const store = new VariableStore()
    const a = store.variableScope('s', () => store.getVariable('a', { initializer: array(1) }))
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    expect(await outcome(() => store.variableScope('s', () => void ema.apply([a]), { reuse: true }))).toEqual(result)
    expect(opNames(store)).toEqual(['s/a'])
  })
})

describe('the value that a shadow starts from', () => {
  oracleTest('ema-initial-value-is-current-if-initialized', ({ result }) => {
    const found = [false, true].map((assigned) => {
      const store = new VariableStore()
      const a = scalar(store, 'a')
      if (assigned) a.assign(7)
      const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
      ema.apply([a])
      return averages(ema, [a]).map((v) => toNested(v.read()))[0]
    })
    expect(found).toEqual(result)
  })

  oracleTest<boolean[]>('ema-global-init-order', ({ result }) => {
    const found = result.map((_, seed) => {
      const store = new VariableStore()
      const a = store.getVariable('a', { shape: [4] })
      const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
      const update = ema.apply([a])
      // The variable gets its value behind the shadow's making, as an initializer would give it.
      const drawn = array([1, 2, 3, 4].map((x) => Math.sin(x + seed)))
      a.assign(drawn)
      update()
      return averages(ema, [a]).every((v) => bits(v.read()) === bits(drawn))
    })
    expect(found).toEqual(result)
  })
})

describe('zeroDebias', () => {
  oracleTest('ema-zero-debias-variables', ({ result }) => {
    const store = new VariableStore()
    const a = scalar(store, 'a')
    new ExponentialMovingAverage(store, { decay: 0.5, zeroDebias: true }).apply([a])
    expect(opNames(store.globalVariables())).toEqual(result)
  })

  interface Debiased {
    readonly names: string[]
    readonly dtypes: string[]
    readonly shapes: number[][]
    readonly steps: string[][]
    readonly averages: number[]
  }
  oracleTest<Debiased>('ema-zero-debias-tensor', ({ result }) => {
    const store = new VariableStore()
    const a = store.variable(array([1, 2]), { name: 'a' })
    const t = store.computed(() => sum(a, 1), { name: 't' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.9, zeroDebias: true })
    const update = ema.apply([t])
    const made = store.globalVariables().filter((v) => v !== a)
    const steps = [0, 1, 2].map((i) => {
      update()
      const step = made.map((v) => bits(v.read()))
      a.assign(array([i * 2, -i]))
      return step
    })
    const found = {
      names: opNames(made),
      dtypes: made.map(({ dtype }) => dtype),
      shapes: made.map(({ shape }) => shape),
      steps,
      averages: averages(ema, [t]).map((v) => toNested(v.read()))[0],
    }
    expect(found).toEqual(result)
  })

  oracleTest<[string, string, string][]>('ema-zero-debias-formula', ({ result }) => {
    const store = new VariableStore()
    const t = store.computed(() => array([2, 3]), { name: 't' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.9, zeroDebias: true })
    const update = ema.apply([t])
    const found = result.map(() => {
      update()
      return averages(ema, [t]).map((v) => bits(v.read()))[0]
    })
    expect(found).toEqual(result.map(([tensorFlow]) => tensorFlow))
  })

  oracleTest('ema-zero-debias-scoped', ({ result }) => {
    const store = new VariableStore()
    store.variableScope('vs', () => {
      const a = store.getVariable('a', { initializer: array(1) })
      const t = store.computed(() => sum(a, 1), { name: 't' })
      new ExponentialMovingAverage(store, { decay: 0.9, zeroDebias: true }).apply([t])
    })
    expect(opNames(store.globalVariables())).toEqual(result)
  })
})

describe('variablesToRestore()', () => {
  oracleTest('ema-variables-to-restore', ({ result }) => {
    const store = new VariableStore()
    const [a, b] = [scalar(store, 'a'), scalar(store, 'b')]
    store.variable(array(0, 'int32'), { name: 'g', trainable: false })
    const t = store.computed(() => sum(a, b), { name: 't' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    ema.apply([a, t])
    expect(restoreMap(ema)).toEqual(result)
  })

  oracleTest('ema-variables-to-restore-before-apply', ({ result }) => {
    const store = new VariableStore()
    scalar(store, 'a')
    store.variable(array(0, 'int32'), { name: 'g', trainable: false })
    expect(restoreMap(new ExponentialMovingAverage(store, { decay: 0.5, name: 'avg' }))).toEqual(result)
  })

  oracleTest('ema-variables-to-restore-non-trainable-applied', ({ result }) => {
    const store = new VariableStore()
    const n = scalar(store, 'n', 1, { trainable: false })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    ema.apply([n])
    expect(restoreMap(ema)).toEqual(result)
  })

  oracleTest('ema-variables-to-restore-trainable-not-global', ({ result }) => {
    const store = new VariableStore()
    scalar(store, 'a', 1, { collections: ['local_variables'] })
    expect(restoreMap(new ExponentialMovingAverage(store, { decay: 0.5 }))).toEqual(result)
  })

  function model(value: number, step: number): { store: VariableStore; a: Variable; g: Variable } {
    const store = new VariableStore()
    const a = scalar(store, 'a', value)
    return { store, a, g: store.variable(array(step, 'int32'), { name: 'g', trainable: false }) }
  }

  oracleTest<[string[], [number, number]]>('ema-save-and-restore', async ({ result: [keys, values] }) => {
    const fs = new MemoryFileSystem()
    const trained = model(1, 5)
    const update = new ExponentialMovingAverage(trained.store, { decay: 0.5 }).apply([trained.a])
    trained.a.assign(3 as never)
    update()
    await new Saver(trained.store, { fs }).save('m')
    await using reader = await CheckpointReader.open('m', { fs })
    expect([...reader.getVariableToShapeMap().keys()]).toEqual(keys)
    const evaluated = model(0, 0)
    const ema = new ExponentialMovingAverage(evaluated.store, { decay: 0.5 })
    await new Saver(ema.variablesToRestore(), { fs }).restore('m')
    expect([evaluated.a, evaluated.g].map((v) => toNested(v.read()))).toEqual(values)
  })

  oracleTest<[string, string, string[], number]>('ema-tensor-shadow-saved', async ({ result }) => {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    const [v1, v2] = [scalar(store, 'v1', 1), scalar(store, 'v2', 2)]
    const t = store.computed(() => sum(v1, v2), { name: 'Add', type: 'AddV2' })
    new ExponentialMovingAverage(store, { decay: 0.5 }).apply([v1, v2, t])()
    await new Saver(store, { fs }).save('m')
    await using reader = await CheckpointReader.open('m', { fs })
    const saved = await loadVariable('m', 'Add/ExponentialMovingAverage', { fs })
    const found = [t.name, t.op.type, [...reader.getVariableToShapeMap().keys()], toNested(saved)]
    expect(found).toEqual(result)
  })
})
