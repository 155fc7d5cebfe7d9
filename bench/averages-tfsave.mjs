/**
 * Our side of averages.mjs, as it is packed: dist/. Driven over stdin.
 *
 *     setup { variables, weights, dtype, plain }    makes them, and averages of them; plain: without WebAssembly
 *     run                                           one update → { ms }
 */
import { ExponentialMovingAverage, ndarray, VariableStore, zeros } from '../dist/index.js'
import { serve, timed } from './serve.mjs'

let update

await serve({
  setup({ variables, weights, dtype, plain = false }) {
    // It is asked for at the first update.
    if (plain) globalThis.WebAssembly = undefined
    const store = new VariableStore()
    const shape = [Math.round(weights / variables)]
    for (let i = 0; i < variables; i++) store.variable(zeros(shape, dtype), { name: `layer_${i}/weights` })
    update = new ExponentialMovingAverage(store, { decay: 0.999 }).apply()
    const numbers = zeros(shape, dtype).data.map((_, i) => 0x3c00 + (i % 1000))
    const value = ndarray(dtype, shape, dtype === 'float32' ? numbers.map((x) => x / 1e4) : numbers)
    for (const variable of store.trainableVariables()) variable.assign(value)
  },
  run: async () => ({ ms: await timed(update) }),
})
