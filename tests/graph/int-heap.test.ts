import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IntHeap } from '../../src/graph/int-heap'

test('IntHeap gives the smallest of what it holds, then undefined', () => {
  const step = fc.option(fc.integer({ min: -50, max: 50 }), { nil: undefined })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new IntHeap()
      const model: number[] = []
      for (const value of steps) {
        if (value === undefined) expect(heap.pop()).toBe(model.shift())
        else {
          heap.push(value)
          model.push(value)
          model.sort((a, b) => a - b)
        }
      }
      while (model.length > 0) expect(heap.pop()).toBe(model.shift())
      expect(heap.pop()).toBeUndefined()
    }),
  )
})
