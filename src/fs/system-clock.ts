/**
 * The time of the machine.
 */
import type { Clock } from './file-system'

// Timers that are longer fire at once; who waits looks again anyway.
const LONGEST_TIMER = 2_000_000

/** Waits by a timer. */
export const SYSTEM_CLOCK: Clock = { now: () => Date.now() / 1000, sleep }

function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason)
    const give = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', give)
        resolve()
      },
      Math.min(seconds, LONGEST_TIMER) * 1000,
    )
    signal?.addEventListener('abort', give, { once: true })
  })
}
