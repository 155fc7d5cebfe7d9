/**
 * The most memory that this process had, in bytes.
 *
 * Linux counts it for the program that runs (VmHWM). What getrusage gives there is no less than the parent had when it
 * started the process, since both share their memory for a moment; elsewhere it has to do.
 */
import { readFileSync } from 'node:fs'

export function peakMemory() {
  return highWaterMark() ?? process.resourceUsage().maxRSS * 1024
}

function highWaterMark() {
  if (process.platform !== 'linux') return undefined
  const found = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
  return found === null ? undefined : Number(found[1]) * 1024
}
