/**
 * A network that is not there, in time that passes as fast as everybody is done with what has arrived.
 *
 *     a request takes   <latency>, then <bytes> / <bandwidth of a request>, more where all of them together fill the line, which
 *                       they share alike
 *     the clock         goes on to the next moment at which something arrives when everybody waits: 1 TB takes as long as the
 *                       processor needs for what is asked for
 */

/** Time that passes only where everybody waits for the network, in seconds. */
export class SimulatedNetwork {
  now = 0
  #latency
  #bandwidth
  #line
  /** Whose latency is not over, the oldest first. */
  #coming = []
  /** Whose bytes are under way, all at one speed. */
  #moving = []
  /** Bytes that each of those has got since the beginning, had it been there. */
  #served = 0

  /** @param {{ latency: number, bandwidth: number, line: number }} limits seconds; bytes a second of a request, and of all */
  constructor({ latency, bandwidth, line }) {
    this.#latency = latency
    this.#bandwidth = bandwidth
    this.#line = line
  }

  /** Settles when a request with so many bytes in its answer, or in itself, is over. */
  request(bytes) {
    return new Promise((resolve) => this.#coming.push({ at: this.now + this.#latency, bytes, resolve }))
  }

  /** What `work` gives; meanwhile time passes. */
  async run(work) {
    let open = true
    const done = work().finally(() => (open = false))
    done.catch(() => undefined)
    for (let idle = 0; open;) {
      // Everything that can go on without an answer does so first.
      await new Promise((resolve) => setImmediate(resolve))
      if (open && !this.#next() && ++idle > 1e6) throw new Error('Somebody waits for something else than the network')
    }
    return done
  }

  #next() {
    const [first] = this.#coming
    const least = this.#moving.reduce(
      (found, one) => (found === undefined || one.end < found.end ? one : found),
      undefined,
    )
    const arrives = least === undefined ? Infinity : this.now + (least.end - this.#served) / this.#speed()
    const begins = first?.at ?? Infinity
    if (begins === Infinity && arrives === Infinity) return false
    if (begins <= arrives) {
      this.#goTo(begins)
      this.#coming.shift()
      if (first.bytes === 0) first.resolve()
      else this.#moving.push({ end: this.#served + first.bytes, resolve: first.resolve })
    } else {
      this.#goTo(arrives)
      this.#moving.splice(this.#moving.indexOf(least), 1)
      least.resolve()
    }
    return true
  }

  #speed() {
    return Math.min(this.#bandwidth, this.#line / this.#moving.length)
  }

  #goTo(time) {
    if (this.#moving.length > 0) this.#served += (time - this.now) * this.#speed()
    this.now = time
  }
}
