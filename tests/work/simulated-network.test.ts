/** The time that the bench of object storage counts in. */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

interface Network {
  readonly now: number
  request(bytes: number): Promise<void>
  run<T>(work: () => Promise<T>): Promise<T>
}

// Plain JavaScript that runs without a build.
const path = fileURLToPath(new URL('../../bench/simulated-network.mjs', import.meta.url))
const { SimulatedNetwork } = (await import(path)) as {
  SimulatedNetwork: new (limits: { latency: number; bandwidth: number; line: number }) => Network
}

const LIMITS = { latency: 0.5, bandwidth: 100, line: 250 }

/** When each request is over that begins at the start. */
async function endsOf(...sizes: readonly number[]): Promise<number[]> {
  const network = new SimulatedNetwork(LIMITS)
  const end = async (bytes: number): Promise<number> => {
    await network.request(bytes)
    return network.now
  }
  return network.run(() => Promise.all(sizes.map(end)))
}

test('A request takes the latency, and its bytes at the bandwidth of one', async () => {
  expect(await endsOf(0)).toEqual([0.5])
  expect(await endsOf(100)).toEqual([1.5])
})

test('Requests at once take no longer while the line is not full', async () => {
  expect(await endsOf(100, 50)).toEqual([1.5, 1])
})

test('They share a line that is full, alike, until some are over', async () => {
  // Five at 50 each for a second; then two at 100 each.
  const ends = await endsOf(50, 50, 50, 150, 150)
  expect(ends.map((end) => Math.round(end * 1e6) / 1e6)).toEqual([1.5, 1.5, 1.5, 2.5, 2.5])
})

test('Requests one after another take the sum', async () => {
  const network = new SimulatedNetwork(LIMITS)
  await network.run(async () => {
    for (let i = 0; i < 3; i++) await network.request(100)
  })
  expect(network.now).toBeCloseTo(4.5)
})

test('What the work throws is thrown', async () => {
  const network = new SimulatedNetwork(LIMITS)
  await expect(network.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
})
