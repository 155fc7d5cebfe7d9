/** A heap of integers: the smallest comes out first. */
export class IntHeap {
  readonly #heap: number[] = []

  push(value: number): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(value)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent] as number
      if (above <= value) break
      heap[at] = above
      at = parent
    }
    heap[at] = value
  }

  /** undefined where it is empty. */
  pop(): number | undefined {
    const heap = this.#heap
    const smallest = heap[0]
    const last = heap.pop()
    if (heap.length > 0 && last !== undefined) this.#sink(last)
    return smallest
  }

  /** Puts `value` where the smallest has gone. */
  #sink(value: number): void {
    const heap = this.#heap
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++
      const below = heap[child] as number
      if (below >= value) break
      heap[at] = below
      at = child
    }
    heap[at] = value
  }
}
