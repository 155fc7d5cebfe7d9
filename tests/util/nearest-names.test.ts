import { describe, expect, test } from 'vitest'
import { nearestNames, withNearest } from '../../src/util/nearest-names'

function nearest(name: string, ...known: string[]): string[] {
  return nearestNames(name, new Set(known))
}

describe('nearestNames()', () => {
  test('finds the name behind other scopes', () => {
    expect(nearest('model/dense/kernel', 'bias', 'dense/kernel')).toEqual(['dense/kernel'])
    expect(nearest('kernel', 'bias', 'dense/kernel')).toEqual(['dense/kernel'])
  })

  test('finds the name that differs least first, three at most', () => {
    expect(nearest('dense/kernel', 'dense_1/kernel', 'dense/kernels')[0]).toBe('dense/kernels')
    expect(nearest('Weights', 'biases', 'weights')).toEqual(['weights'])
    expect(nearest('conv1/w', '1conv/w')).toEqual(['1conv/w'])
    expect(nearest('layer1', 'layer2', 'layer3', 'layer4', 'layer5')).toHaveLength(3)
  })

  test('knows the names that TensorFlow changed, averages, and names with an output', () => {
    expect(nearest('rnn/lstm_cell/kernel', 'rnn/lstm_cell/weights', 'rnn/lstm_cell/w')[0]).toBe('rnn/lstm_cell/weights')
    expect(nearest('b/biases', 'b/bias')).toEqual(['b/bias'])
    expect(nearest('w', 'w/ExponentialMovingAverage')).toEqual(['w/ExponentialMovingAverage'])
    expect(nearest('w/ExponentialMovingAverage', 'w')).toEqual(['w'])
    expect(nearest('w:0', 'w', 'x')).toEqual(['w'])
  })

  test('finds none where all differ a lot', () => {
    expect(nearest('kernel', 'bias', 'moving_mean', '')).toEqual([])
    expect(nearest('a')).toEqual([])
  })

  test('takes names of any length', () => {
    const long = 'a'.repeat(200_000)
    expect(nearest(`b${long}`, `${long}b`, `c${long}`)).toEqual([`c${long}`])
  })

  test('compares beginnings and ends alone where there are many names', () => {
    const many = Array.from({ length: 6000 }, (_, i) => `layer_${i}/moving_variance`)
    expect(nearest('layer_5/moving_varianc', ...many)[0]).toBe('layer_5/moving_variance')
  })
})

describe('withNearest()', () => {
  test('seeks fewer where very many names are known', () => {
    const known = ['scope/w', ...Array.from({ length: 99_999 }, (_, i) => `${i}`)]
    const missing = Array.from({ length: 10 }, (_, i) => `scope_${i}/w`)
    expect(withNearest(missing, known).filter((line) => line.endsWith(')'))).toHaveLength(5)
  })

  test('lists every name, and what may be meant for the first twenty', () => {
    const missing = Array.from({ length: 22 }, (_, i) => `scope_${i}/w`)
    const lines = withNearest(missing, ['other', 'scope/w'])
    expect(lines).toHaveLength(22)
    expect(lines[0]).toBe('scope_0/w (there is scope/w)')
    expect(lines.filter((line) => line.endsWith(')'))).toHaveLength(20)
  })
})
