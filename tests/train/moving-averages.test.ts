import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested, zeros } from '../../src/tensor/convert'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import {
  type AverageDType,
  biasFactor,
  cappedDecay,
  moveAverage,
  moveBfloats,
  moveFloats,
  moveHalves,
  rateOf,
  removeBias,
} from '../../src/train/moving-average-update'
import { simdMoveFloats, simdMovers } from '../../src/train/moving-average-simd'
import { ExponentialMovingAverage } from '../../src/train/moving-averages'
import { Saver } from '../../src/train/saver'
import { FailedPreconditionError, InvalidArgumentError } from '../../src/util/errors'
import { bfloat16ToFloat, floatToBfloat16, floatToHalf, halfToFloat } from '../../src/util/float16'
import { type ComputedTensor } from '../../src/variables/computed-tensor'
import { type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'

function scalar(store: VariableStore, name: string, value = 1, options: object = {}): Variable<'float32'> {
  return store.variable(array(value), { name, ...options })
}

function shadowOf(ema: ExponentialMovingAverage, v: Parameters<ExponentialMovingAverage['average']>[0]): Variable {
  const shadow = ema.average(v)
  if (shadow === undefined) throw new Error(`no average of ${v.name}`)
  return shadow
}

function opNames(store: VariableStore): string[] {
  return [...store].map(({ op }) => op.name)
}

const CODES: Record<AverageDType, [(code: number) => number, (value: number) => number]> = {
  float64: [(x) => x, (x) => x],
  float32: [(x) => x, Math.fround],
  float16: [halfToFloat, floatToHalf],
  bfloat16: [bfloat16ToFloat, floatToBfloat16],
}

function valueOf(dtype: AverageDType, numbers: readonly number[]): NDArray {
  const [, encode] = CODES[dtype]
  const data = zeros([numbers.length], dtype).data as Float32Array
  numbers.forEach((x, i) => (data[i] = encode(x)))
  return ndarray(dtype, [numbers.length], data as never)
}

function numbersOf({ dtype, data }: NDArray): number[] {
  return [...(data as Float32Array)].map(CODES[dtype as AverageDType][0])
}

const number = fc.double({ min: -1e4, max: 1e4, noNaN: true })

describe('the update', () => {
  test.each(Object.keys(CODES) as AverageDType[])('%s: each operation is rounded, whatever the length', (dtype) => {
    const [decode, encode] = CODES[dtype]
    const round = (x: number): number => decode(encode(x))
    const pairs = fc.array(fc.tuple(number, number), { maxLength: 11 })
    fc.assert(
      fc.property(pairs, fc.double({ min: -0.5, max: 1.5, noNaN: true }), (given, decay) => {
        const average = valueOf(
          dtype,
          given.map(([a]) => a),
        )
        const value = valueOf(
          dtype,
          given.map(([, b]) => b),
        )
        const rate = rateOf(decay, dtype)
        const expected = numbersOf(average).map((a, i) => {
          const b = numbersOf(value)[i] ?? 0
          return round(a - round(round(a - b) * rate))
        })
        moveAverage(average, average, value, rate)
        expect(numbersOf(average)).toEqual(expected)
      }),
    )
  })

  test('by WebAssembly it is the same, bit for bit, for any length and over blocks', () => {
    const simd = simdMoveFloats()
    expect(simd).toBeDefined()
    const lengths = fc.oneof(fc.integer({ min: 0, max: 70 }), fc.constantFrom(8191, 8192, 8193, 16384, 20_001))
    const bits = (array: Float32Array): number[] => [...new Uint32Array(array.buffer)]
    fc.assert(
      fc.property(lengths, fc.integer(), fc.float({ noNaN: true, min: -2, max: 2 }), (length, seed, rate) => {
        const number = (i: number): number => Math.sin(i * 7.7 + seed) * 10 ** (((i + seed) % 60) - 30)
        const [average, value] = [0, 1].map((k) => Float32Array.from({ length }, (_, i) => number(2 * i + k)))
        if (average === undefined || value === undefined) throw new Error('no numbers')
        const [ours, theirs] = [new Float32Array(length), average.slice()]
        moveFloats(ours, average, value, rate)
        simd?.(theirs, theirs, value, rate)
        expect(bits(theirs)).toEqual(bits(ours))
      }),
    )
  })

  test('goes on without WebAssembly', async () => {
    vi.resetModules()
    vi.stubGlobal('WebAssembly', undefined)
    const without = await import('../../src/train/moving-average-simd')
    expect(without.simdMoveFloats()).toBeUndefined()
    vi.unstubAllGlobals()
  })

  test('the rate is a float32 before it is anything else', () => {
    expect(rateOf(0.97, 'float64')).toBe(1 - Math.fround(0.97))
    expect(rateOf(0.999, 'float32')).toBe(Math.fround(1 - Math.fround(0.999)))
  })

  test('the decay is capped by the number of updates', () => {
    expect(cappedDecay(0.9, 0)).toBe(Math.fround(0.1))
    expect(cappedDecay(0.9, 1e6)).toBe(Math.fround(0.9))
  })

  test('without bias: the factor is 1 - (1 - rate) ^ steps, to the last bit', () => {
    // By integers of 200 bits: (1 - 2^-10)^n.
    for (const steps of [1, 2, 3, 18, 1000, 100_000]) {
      const exact = ((1023n ** BigInt(steps)) << 200n) / 1024n ** BigInt(steps)
      expect(biasFactor('float64', 2 ** -10, steps)).toBe(1 - Number(exact) / 2 ** 200)
    }
    // (1 - float32(0.01))^n, also by integers: Math.pow is off in the last bit.
    const rate = rateOf(0.99, 'float64')
    const factors = [17, 33, 40].map((steps) => biasFactor('float64', rate, steps))
    expect(factors).toEqual([0.1570566685737832, 0.2822692392412981, 0.33102798366009545])
    expect(biasFactor('float64', 1, 5)).toBe(1)
    expect(biasFactor('float32', 0, 5)).toBe(0)
    expect(biasFactor('float64', 2, 0)).toBe(0)
  })

  test('a power beyond the largest double is infinite, as C has it', () => {
    expect(biasFactor('float64', -0.5, 1844)).toBe(-Infinity)
    expect(biasFactor('float32', -0.5, 1844)).toBe(-Infinity)
    expect(biasFactor('float64', 1 - 2 ** 1000, 1)).toBe(1 - 2 ** 1000)
    expect(biasFactor('float64', 2.5, 1)).toBe(2.5)
  })

  test('0 / 0 has the bits of the processor that TensorFlow runs on', () => {
    const halves = ndarray('float16', [2], Uint16Array.of(0, floatToHalf(1)))
    removeBias(halves, halves, 0)
    expect([...halves.data]).toEqual([0xfe00, 0x7c00])
    const brains = ndarray('bfloat16', [1], Uint16Array.of(0))
    removeBias(brains, brains, 0)
    expect([...brains.data]).toEqual([0xffc0])
  })
})

describe('ExponentialMovingAverage', () => {
  test('changes no average where one cannot be read', () => {
    const store = new VariableStore()
    const a = scalar(store, 'a')
    const b = store.getVariable('b', { shape: [] })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    const update = ema.apply([a, b])
    a.assign(3)
    expect(update).toThrow(FailedPreconditionError)
    expect(toNested(shadowOf(ema, a).read())).toBe(1)
    b.assign(7)
    update()
    expect([a, b].map((v) => toNested(shadowOf(ema, v).read()))).toEqual([2, 7])
  })

  test('gives no average its first value where another one cannot be read', () => {
    const store = new VariableStore()
    const [a, b] = [store.getVariable('a', { shape: [] }), store.getVariable('b', { shape: [] })]
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    const update = ema.apply([a, b])
    a.assign(3)
    expect(update).toThrow(FailedPreconditionError)
    expect(shadowOf(ema, a).initialized).toBe(false)
    a.assign(5)
    b.assign(7)
    update()
    expect([a, b].map((v) => toNested(shadowOf(ema, v).read()))).toEqual([5, 7])
  })

  // What TensorFlow gives for the same counts.
  test.each([
    ['int64', 3n, 2.384615421295166],
    ['bool', true, 2.6363635063171387],
    ['float16', 3, 2.384615421295166],
    ['float8_e5m2', 3, 2.384615421295166],
    ['complex64', [3, 4], 2.384615421295166],
  ] as const)('takes a count of the dtype %s', (dtype, count, expected) => {
    const store = new VariableStore()
    const a = scalar(store, 'a')
    const value = dtype === 'complex64' ? ndarray(dtype, [], Float32Array.of(3, 4)) : array(count as number, dtype)
    const numUpdates = store.variable(value, { name: 'n', trainable: false })
    const ema = new ExponentialMovingAverage(store, { decay: 0.9, numUpdates })
    const update = ema.apply([a])
    a.assign(3)
    update()
    expect(toNested(shadowOf(ema, a).read())).toBe(expected)
  })

  test('takes a decay and a count out of functions, at each update', () => {
    const store = new VariableStore()
    const a = scalar(store, 'a', 0)
    const settings = { decay: 0.5, updates: 10n ** 6n }
    const ema = new ExponentialMovingAverage(store, { decay: () => settings.decay, numUpdates: () => settings.updates })
    const update = ema.apply()
    a.assign(8)
    update()
    settings.decay = 0.25
    update()
    expect(toNested(shadowOf(ema, a).read())).toBe(7)
  })

  test('does not write into what a save holds', async () => {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    const a = store.variable(array([1, 1]), { name: 'a' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    const update = ema.apply()
    a.assign(array([3, 3]))
    const saver = new Saver(store, { fs })
    const saving = saver.save('m')
    update()
    await saving
    expect(toNested(shadowOf(ema, a).read())).toEqual([2, 2])
    await saver.restore('m')
    expect(toNested(shadowOf(ema, a).read())).toEqual([1, 1])
  })

  test('follows a computed tensor only while its shape stays', () => {
    const store = new VariableStore()
    let value = array([1, 2])
    const op = { name: 't', type: 'PyFunc' }
    const t: ComputedTensor = { name: 't:0', op, dtype: 'float32', shape: [2], read: () => value }
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    const update = ema.apply([t])
    update()
    expect(toNested(shadowOf(ema, t).read())).toEqual([0.5, 1])
    value = array([1, 2, 3])
    expect(update).toThrow(InvalidArgumentError)
    expect(update).toThrow('Cannot average t:0: it is float32[3], its average float32[2]')
    expect(toNested(shadowOf(ema, t).read())).toEqual([0.5, 1])
  })

  test('keeps the kind and the device of the source', () => {
    const store = new VariableStore()
    const r = scalar(store, 'r', 1, { useResource: true, device: '/cpu:1' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    ema.apply()
    expect(shadowOf(ema, r)).toMatchObject({ op: { type: 'VarHandleOp' }, device: '/cpu:1', trainable: false })
  })

  // As TensorFlow names them: run on it with the same calls.
  test('takes the names that the nodes of TensorFlow have', () => {
    const store = new VariableStore()
    const v = scalar(store, 'v')
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    store.variableScope('w', () => {
      ema.apply([v])
      ema.apply([store.computed(() => array(1), { name: 'add' })])
    })
    store.nameScope('q', () => {
      const u = scalar(store, 'u')
      ema.apply([u])
      const t = store.computed(() => array(1), { name: 'add' })
      new ExponentialMovingAverage(store, { decay: 0.5, zeroDebias: true }).apply([t])
    })
    scalar(store, 'cond')
    expect(opNames(store)).toEqual([
      'v',
      'w/v/ExponentialMovingAverage',
      'w/w/add/ExponentialMovingAverage',
      'q/u',
      'q/u/ExponentialMovingAverage',
      'q/add/ExponentialMovingAverage',
      'q/add/ExponentialMovingAverage/biased',
      'q/add/ExponentialMovingAverage/local_step',
      'cond',
    ])
  })

  // As TensorFlow names them: run on it with the same calls.
  test('names an average that is not there as a node would be named here', () => {
    const store = new VariableStore()
    const v = scalar(store, 'v')
    const ema = new ExponentialMovingAverage(store, { decay: 0.5 })
    expect(store.nameScope('q', () => ema.averageName(v))).toBe('q/v/ExponentialMovingAverage')
    const within = store.variableScope('w', () => [...ema.variablesToRestore().keys()])
    expect(within).toEqual(['w/v/ExponentialMovingAverage'])
    ema.apply()
    expect(store.nameScope('q', () => ema.averageName(v))).toBe('v/ExponentialMovingAverage')
    const other = new ExponentialMovingAverage(store, { decay: 0.5 })
    expect(other.averageName(v)).toBe('v/ExponentialMovingAverage_1')
  })

  // As TensorFlow answers, run with the same calls.
  test.each([
    [false, ['cond_1', 'IsVariableInitialized_1', 'VarIsInitializedOp', 'ExponentialMovingAverage_1']],
    [true, ['cond_1', 'IsVariableInitialized', 'VarIsInitializedOp_1', 'ExponentialMovingAverage_1']],
  ])('leaves later variables the names that TensorFlow leaves them (resource: %s)', (useResource, expected) => {
    const store = new VariableStore()
    new ExponentialMovingAverage(store, { decay: 0.5 }).apply([scalar(store, 'v', 1, { useResource })])
    const asked = ['cond', 'IsVariableInitialized', 'VarIsInitializedOp', 'ExponentialMovingAverage']
    expect(asked.map((name) => scalar(store, name).op.name)).toEqual(expected)
  })

  test('applied a second time uses the shadow again, and moves it by itself', () => {
    const store = new VariableStore()
    const t = store.computed(() => array(8), { name: 't' })
    const ema = new ExponentialMovingAverage(store, { decay: 0.5, zeroDebias: true })
    const [first, second] = [ema.apply([t]), ema.apply([t])]
    first()
    expect(toNested(shadowOf(ema, t).read())).toBe(8)
    second()
    expect(toNested(shadowOf(ema, t).read())).toBe(8)
    expect(opNames(store)).toHaveLength(3)
  })
})

describe('bad input', () => {
  const store = new VariableStore()
  const v = scalar(store, 'v')
  const before = opNames(store)

  function attempt(options: object): () => unknown {
    return () => new ExponentialMovingAverage(store, { decay: 0.5, ...options }).apply([v])
  }

  test.each([
    ['no decay', { decay: undefined }, 'ValueError', 'None values not supported.'],
    ['a text', { decay: 'abc' }, 'TypeError', "Expected float32, but got abc of type 'str'."],
    ['NaN', { decay: NaN }, 'ValueError', 'decay is NaN: every average would be'],
    ['a count that is none', { numUpdates: 'abc' }, 'TypeError', "Expected float32, but got abc of type 'str'."],
    ['an empty name', { name: '' }, 'ValueError', "'' is not a valid root scope name."],
    ['a name that ends in nothing', { name: 'a/' }, 'ValueError', "'a/' is not a valid scope name"],
    ['a name that is none', { name: '/x' }, 'ValueError', "'/x' is not a valid root scope name."],
  ])('%s: nothing is changed', (_, options, name, text) => {
    expect(attempt(options)).toThrow(expect.objectContaining({ name, message: expect.stringContaining(text) }))
    expect(opNames(store)).toEqual(before)
  })

  test('a decay of another dtype or shape', () => {
    const other = new VariableStore()
    const wide = other.variable(array(1, 'int32'), { name: 'wide', useResource: true })
    const text = "Incompatible type conversion requested to type 'float32' for variable of type 'int32'"
    expect(attempt({ decay: wide })).toThrow(text)
    expect(attempt({ decay: other.variable(array([0.5]), { name: 'd' }) })).toThrow('decay must be a scalar: d:0 has')
  })

  test('a count of another shape', () => {
    const counts = new VariableStore().variable(array([3n, 1000n]), { name: 'n' })
    expect(attempt({ numUpdates: counts })).toThrow('num_updates must be a scalar: n:0 has the shape [2]')
    expect(opNames(store)).toEqual(before)
  })

  test('a count without end, of which no decay comes', () => {
    const ema = new ExponentialMovingAverage(store, { decay: 0.5, numUpdates: Infinity, name: 'endless' })
    const update = ema.apply([v])
    expect(update).toThrow('num_updates is Infinity: every average would be NaN')
    expect(toNested(shadowOf(ema, v).read())).toBe(1)
  })

  test('an integer variable', () => {
    const ints = new VariableStore()
    const i = ints.variable(array(1, 'int32'), { name: 'i' })
    const ema = new ExponentialMovingAverage(ints, { decay: 0.5 })
    expect(() => ema.apply([i])).toThrow(new TypeError('The variables must be half, float, or double: i:0'))
    expect(opNames(ints)).toEqual(['i'])
  })

  test('a function that gives no number, when it is called', () => {
    const ema = new ExponentialMovingAverage(store, { decay: () => NaN, name: 'late' })
    const update = ema.apply([v])
    v.assign(9)
    expect(update).toThrow('decay is NaN')
    expect(toNested(shadowOf(ema, v).read())).toBe(1)
  })
})

describe.each([
  ['float16', moveHalves, 0x7c00],
  ['bfloat16', moveBfloats, 0x7f80],
] as const)('%s by WebAssembly', (dtype, plain, infinity) => {
  /** Codes of any kind; `most` is the largest without its sign. */
  const codesOf = (length: number, seed: number, most: number): Uint16Array =>
    Uint16Array.from({ length }, (_, i) => {
      const noise = Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ (seed | 0), 0x85ebca6b) >>> 0
      return (((noise >>> 1) % (most + 1)) | ((noise & 1) << 15)) & 0xffff
    })
  const expectSame = (length: number, seed: number, most: number, rate: number): void => {
    const [average, value] = [codesOf(length, seed, most), codesOf(length, ~seed, most)]
    const expected = new Uint16Array(length)
    plain(expected, average, value, rate)
    const [before, held] = [average.slice(), value.slice()]
    moveAverage(
      ndarray(dtype, [length], average) as NDArray,
      ndarray(dtype, [length], average) as NDArray,
      ndarray(dtype, [length], value) as NDArray,
      rate,
    )
    if (Buffer.compare(Buffer.from(average.buffer), Buffer.from(expected.buffer)) !== 0) {
      const at = average.findIndex((code, i) => code !== expected[i])
      throw new Error(`${before[at]} towards ${value[at]} by ${rate} is ${average[at]}, and not ${expected[at]}`)
    }
    expect(value).toEqual(held)
  }
  const rates = [0.001, 0.5, -3, 1, 0, 1e-7, 300].map((rate) => rateOf(1 - rate, dtype))

  test('is there', () => {
    expect(simdMovers()?.[dtype]).toBeDefined()
  })

  test.each([
    ['numbers of any size', infinity - 1],
    ['all that there is, infinities and NaNs too', 0x7fff],
    ['small ones', 0x0900],
  ])('rounds as the plain way, bit for bit: %s', (_, most) => {
    for (const rate of rates) expectSame(60_000, Math.round(rate * 1e6), most, rate)
  })

  test('over blocks, and of any length', () => {
    for (const length of [0, 1, 63, 64, 65, 96, 127, 1535, 1536, 1537, 3071, 3072, 3073, 5000]) {
      expectSame(length, length, infinity - 1, rates[0] as number)
      expectSame(length, length, 0x7fff, rates[0] as number)
    }
  })

  test('one pair alone in a block: infinities, NaNs, and whatever is near the largest number', () => {
    const large = [0x7fff, infinity + 1, infinity, infinity - 1, infinity - 2, infinity - 0x80, 0x3c00, 0]
    // What a float16 of 65504 and these differ by rounds to infinity, or just does not.
    const small = [0x4b00, 0x4bff, 0x4c00, 0x4c01, 0x4e00, 0x7b00, 0x7b7f]
    const codes = [...large, ...small].flatMap((code) => [code, code | 0x8000])
    for (const rate of [0.001, 1, -1, 1.5, 60_000].map((given) => rateOf(1 - given, dtype))) {
      for (const [a, b] of codes.flatMap((first) => codes.map((second) => [first, second] as const))) {
        const [average, value] = [Uint16Array.of(a), Uint16Array.of(b)]
        const target = new Uint16Array(1)
        plain(target, average, value, rate)
        const room = new Uint16Array(64)
        const other = new Uint16Array(64)
        room[17] = a
        other[17] = b
        const held = ndarray(dtype, [64], room) as NDArray
        moveAverage(held, held, ndarray(dtype, [64], other) as NDArray, rate)
        if (room[17] !== target[0]) throw new Error(`${a} towards ${b} by ${rate} is ${room[17]}, and not ${target[0]}`)
      }
    }
  })

  test('a block with one NaN or one number too large is done the plain way, and the others are not lost', () => {
    const length = 4000
    for (const at of [0, 1535, 1536, 2000, 3999]) {
      const [average, value] = [codesOf(length, 1, 0x3c00), codesOf(length, 2, 0x3c00)]
      value[at] = 0x7fff
      average[length - 1 - at] = infinity - 1
      value[length - 1 - at] = (infinity - 1) | 0x8000
      const expected = new Uint16Array(length)
      plain(expected, average, value, rates[0] as number)
      const target = ndarray(dtype, [length], new Uint16Array(length)) as NDArray
      const [a, b] = [ndarray(dtype, [length], average) as NDArray, ndarray(dtype, [length], value) as NDArray]
      moveAverage(target, a, b, rates[0] as number)
      expect(target.data).toEqual(expected)
    }
  })
})

test('moving-average.gen.ts and crc32.gen.ts are what npm run generate makes of their sources', () => {
  const project = new URL('../..', import.meta.url)
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-wasm.mjs', '--check'], { cwd: project })
  expect(String(stderr)).toBe('')
  expect(status).toBe(0)
})
