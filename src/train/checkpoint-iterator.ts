/**
 * Following a training run: each checkpoint that a directory's state file comes to name.
 *
 * Only the latest is seen: one that was saved and overtaken between two looks is not. It may also be gone by the time it
 * is restored, when the run keeps few: Saver.restore() then rejects with NotFoundError, and the next one comes.
 *
 * TensorFlow: python/training/checkpoint_utils.py, wait_for_new_checkpoint and checkpoints_iterator.
 */
import { type Clock, loggerOf, type StateOptions } from '../fs/file-system'
import { SYSTEM_CLOCK } from '../fs/system-clock'
import { ValueError } from '../util/errors'
import { latestCheckpoint } from './checkpoint-state'

/** How to wait for one checkpoint. */
export interface WaitOptions extends StateOptions {
  /** The prefix that is known already: only another one is new. */
  lastCheckpoint?: string | undefined
  /** Between two looks. Default 1. */
  secondsToSleep?: number
  /** Seconds after which it gives up. Default: never. 0 looks once. */
  timeout?: number | undefined
  /** A test hands in its own. */
  clock?: Clock
}

/** How to follow a directory. */
export interface IterateOptions extends StateOptions {
  /** Seconds between two checkpoints that are yielded, at least. Default 0. */
  minIntervalSecs?: number
  /** Seconds to wait for each checkpoint. Default: as long as it takes. */
  timeout?: number
  /** Asked after each timeout and after each checkpoint: true ends the iteration. Without it a timeout does. */
  timeoutFn?: () => boolean
  /** A test hands in its own. */
  clock?: Clock
}

/**
 * tf.train.wait_for_new_checkpoint: the prefix of the latest checkpoint, once it is another than `lastCheckpoint`;
 * undefined after `timeout` seconds without one.
 *
 * @throws {ValueError} where it is to sleep for a time that is none; the signal's reason on an abort; what
 *   latestCheckpoint() throws
 */
export async function waitForNewCheckpoint(
  checkpointDir: string,
  options: WaitOptions = {},
): Promise<string | undefined> {
  const { lastCheckpoint, secondsToSleep = 1, timeout, clock = SYSTEM_CLOCK, signal } = options
  checkSeconds(secondsToSleep)
  loggerOf(options).info?.(`Waiting for new checkpoint at ${checkpointDir}`)
  const end = timeout === undefined ? Infinity : clock.now() + timeout
  for (;;) {
    signal?.throwIfAborted()
    const latest = await latestCheckpoint(checkpointDir, options)
    if (latest !== undefined && latest !== lastCheckpoint) {
      loggerOf(options).info?.(`Found new checkpoint at ${latest}`)
      return latest
    }
    if (clock.now() + secondsToSleep > end) return undefined
    await clock.sleep(secondsToSleep, signal)
  }
}

/**
 * tf.train.checkpoints_iterator: yields the prefix of each new latest checkpoint. It looks only while it is asked for the
 * next one. It ends on an abort, and on a timeout, which `timeoutFn` can forbid. Like every generator it hears of a
 * return() only when it next yields: while it waits, the signal is what ends it.
 *
 * @throws what latestCheckpoint() throws
 */
export async function* checkpointsIterator(
  checkpointDir: string,
  options: IterateOptions = {},
): AsyncGenerator<string, void, undefined> {
  const { signal } = options
  try {
    yield* eachCheckpoint(checkpointDir, options)
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error
  }
}

async function* eachCheckpoint(
  checkpointDir: string,
  options: IterateOptions,
): AsyncGenerator<string, void, undefined> {
  const { minIntervalSecs = 0, timeoutFn, clock = SYSTEM_CLOCK, signal } = options
  let last: string | undefined
  for (;;) {
    const found = await waitForNewCheckpoint(checkpointDir, { ...options, lastCheckpoint: last })
    if (found !== undefined) {
      const start = clock.now()
      last = found
      yield found
      const rest = start + minIntervalSecs - clock.now()
      if (rest > 0) await clock.sleep(rest, signal)
    } else if (timeoutFn === undefined) {
      loggerOf(options).info?.('Timed-out waiting for a checkpoint (without timeout_fn).')
      return
    }
    if (timeoutFn?.() === true) {
      loggerOf(options).info?.('Done. No new checkpoints will be generated.')
      return
    }
    // With a timeout of 0 nothing has slept: whoever aborts, or saves, gets a turn.
    if (found === undefined) await SYSTEM_CLOCK.sleep(0, signal)
  }
}

/** @throws {ValueError} in the words of Python's sleep; a timer would fire at once, again and again */
function checkSeconds(seconds: number): void {
  if (!(seconds >= 0)) throw new ValueError('sleep length must be non-negative')
}
