/**
 * Memory that values share, one after another.
 */
import { type NumericArray } from '../tensor/dtype'
import { newBuffer } from '../util/memory'
import { type StoredTensor } from './checkpoint-source'
import { allocating } from './tensor-entry'

/** Arrays that are used again for tensors of the same kind and size. */
export class BufferPool {
  #free: ArrayBuffer[] = []

  take(tensor: StoredTensor): NumericArray | undefined {
    const { Array, size, lanes } = tensor.dtype
    if (Array === undefined) return undefined
    const bytes = tensor.count * size
    const at = this.#free.findIndex((buffer) => buffer.byteLength >= bytes)
    return allocating(tensor, bytes, () => {
      const [buffer] = at < 0 ? [newBuffer(bytes)] : this.#free.splice(at, 1)
      return buffer === undefined ? undefined : new Array(buffer, 0, tensor.count * lanes)
    })
  }

  give(array: NumericArray): void {
    this.#free.push(array.buffer)
    // Reads under way hold a few; more than that are left to the collector, the smallest first.
    this.#free.sort((a, b) => a.byteLength - b.byteLength)
    if (this.#free.length > 4) this.#free.shift()
  }
}
