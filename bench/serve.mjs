/**
 * The other end of child.mjs: answers each line of stdin by what `handlers` has under its name.
 */
import { createInterface } from 'node:readline'
import { peakMemory } from './peak.mjs'

/** @param {Record<string, (details: any) => unknown>} handlers what they give is the answer, a promise is awaited */
export async function serve(handlers) {
  const peak = () => ({ peak: peakMemory() })
  const known = { ...handlers, peak }
  for await (const line of createInterface({ input: process.stdin })) {
    const { do: what, ...details } = JSON.parse(line)
    process.stdout.write(`${JSON.stringify((await known[what](details)) ?? {})}\n`)
  }
}

/** Milliseconds that `work` takes. */
export async function timed(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}
